//! Tokens bound to a key (RFC 9449): the proof at the token endpoint, at a refresh, at
//! userinfo and at the API, each with the server's nonce.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod scripted;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::StreamExt as _;
use jiff::SignedDuration;
use scripted::{Reply, Request, Scripted};
use serde_json::{Value, json};
use tenfoot::channel;
use tenfoot::clock::Clock as _;
use tenfoot::config::Channel;
use tenfoot::oauth::flow::End;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{Memory, Store};
use tenfoot::session::{Flow, TokenManager};
use tenfoot::web::Web;

fn nonce(status: u16, nonce: &str) -> Reply {
    Reply::error(status, "use_dpop_nonce").header("DPoP-Nonce", nonce)
}

fn dpop_tokens(provider: &Scripted) -> Value {
    provider.tokens_with(&json!({ "token_type": "DPoP" }))
}

async fn outcome(provider: &Scripted, store: Arc<dyn Store>) -> (Flow, Event) {
    let config = provider.provider_with("dpop = true");
    let flow = Flow::new(&config, store, provider.clock.clone()).unwrap();
    let events: Vec<Event> = flow.events().collect().await;
    (flow, events.into_iter().next_back().unwrap())
}

async fn signed_in(provider: &Scripted) -> (TokenManager, Arc<Memory>) {
    provider.on("/token", [Reply::json(200, &dpop_tokens(provider))]);
    let store = Arc::new(Memory::default());
    let (flow, event) = outcome(provider, store.clone()).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    (flow.keeper(session), store)
}

/// The proof of a request: header and claims.
fn proof(request: &Request) -> (Value, Value) {
    let proof = request.headers.get("dpop").expect("a proof");
    let part = |index: usize| {
        let part = proof.split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    (part(0), part(1))
}

fn key(request: &Request) -> Value {
    proof(request).0["jwk"].clone()
}

fn claim(request: &Request, name: &str) -> Value {
    proof(request).1[name].clone()
}

fn api(provider: &Scripted) -> (channel::Client, Channel) {
    let channel = format!("name = \"Items\"\nurl = \"{}\"", provider.url("/items"));
    (
        channel::Client::new(Web::default(), provider.clock.clone()),
        toml::from_str(&channel).unwrap(),
    )
}

#[tokio::test]
async fn each_poll_proves_the_same_key_and_the_device_request_proves_nothing() {
    let provider = Scripted::start().await;
    let tokens = Reply::json(200, &dpop_tokens(&provider));
    provider.on("/token", [Reply::pending(), tokens]);

    let (_, event) = outcome(&provider, Arc::new(Memory::default())).await;

    assert!(matches!(event, Event::SignedIn(_)), "{event:?}");
    let polls = provider.requests("/token");
    assert_eq!(key(&polls[0]), key(&polls[1]));
    assert_eq!(claim(&polls[0], "htm"), "POST");
    assert_eq!(claim(&polls[0], "htu"), provider.url("/token"));
    assert_ne!(claim(&polls[0], "jti"), claim(&polls[1], "jti"));
    assert!(!provider.requests("/device")[0].headers.contains_key("dpop"));
}

#[tokio::test]
async fn a_nonce_that_the_provider_asks_for_is_repeated_at_once_and_in_the_next_poll() {
    let provider = Scripted::start().await;
    let tokens = Reply::json(200, &dpop_tokens(&provider));
    provider.on("/token", [nonce(400, "n-1"), Reply::pending(), tokens]);

    let (_, event) = outcome(&provider, Arc::new(Memory::default())).await;

    assert!(matches!(event, Event::SignedIn(_)), "{event:?}");
    let polls = provider.requests("/token");
    assert_eq!(claim(&polls[0], "nonce"), Value::Null);
    assert_eq!(claim(&polls[1], "nonce"), "n-1");
    assert_eq!(polls[0].at, polls[1].at);
    assert_eq!(claim(&polls[2], "nonce"), "n-1");
    assert!(polls[2].at.since(polls[1].at) >= Duration::from_secs(5));
}

#[tokio::test]
async fn a_provider_that_never_takes_its_own_nonce_ends_the_flow_in_words() {
    let provider = Scripted::start().await;
    provider.on("/token", [nonce(400, "n-1"), nonce(400, "n-2")]);

    let (_, event) = outcome(&provider, Arc::new(Memory::default())).await;

    assert!(
        matches!(&event, Event::Ended(End::Refused(refusal)) if refusal.error == "use_dpop_nonce"),
        "{event:?}"
    );
    assert_eq!(provider.requests("/token").len(), 2);
}

#[tokio::test]
async fn a_token_that_is_not_bound_is_refused_and_revoked() {
    let provider = Scripted::start().await;
    provider.on("/token", [Reply::json(200, &provider.tokens())]);
    let store = Arc::new(Memory::default());

    let (_, event) = outcome(&provider, store.clone()).await;

    let Event::Ended(End::Untrusted(words)) = event else {
        panic!("{event:?}")
    };
    assert!(words.to_string().contains("isn’t bound"), "{words}");
    assert_eq!(provider.requests("/revoke")[0].form["token"], "refresh-1");
    assert_eq!(store.load().unwrap(), None);
}

#[tokio::test]
async fn a_token_of_an_unknown_kind_is_revoked_too() {
    let provider = Scripted::start().await;
    let mac = provider.tokens_with(&json!({ "token_type": "mac" }));
    provider.on("/token", [Reply::json(200, &mac)]);
    let flow = Flow::new(
        &provider.provider(),
        Arc::new(Memory::default()),
        provider.clock.clone(),
    )
    .unwrap();

    drop(flow.events().collect::<Vec<_>>().await);

    assert_eq!(provider.requests("/revoke")[0].form["token"], "refresh-1");
}

#[tokio::test]
async fn the_key_is_kept_with_the_session_and_proves_each_refresh() {
    let provider = Scripted::start().await;
    let (keeper, store) = signed_in(&provider).await;
    let sign_in = provider.requests("/token").pop().unwrap();
    provider.clock.pass(Duration::from_secs(3600));
    let renewed = json!({ "access_token": "access-2", "refresh_token": "refresh-2", "token_type": "DPoP", "expires_in": 3600 });
    provider.on("/token", [nonce(400, "n-9"), Reply::json(200, &renewed)]);

    let token = keeper.access_token().await.unwrap();

    assert_eq!(token.expose(), "access-2");
    let requests = provider.requests("/token");
    let refresh = requests.last().unwrap();
    assert_eq!(refresh.form["refresh_token"], "refresh-1");
    assert_eq!(key(refresh), key(&sign_in));
    assert_eq!(claim(refresh, "nonce"), "n-9");
    let stored = store.load().unwrap().unwrap();
    assert!(stored.dpop_key.is_some(), "a renewed session keeps its key");
}

#[tokio::test]
async fn the_api_gets_token_proof_and_the_nonce_that_it_asks_for() {
    let provider = Scripted::start().await;
    let (keeper, _) = signed_in(&provider).await;
    let challenge = Reply::new(401, "")
        .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
        .header("DPoP-Nonce", "api-1");
    let items = Reply::json(200, &json!([{ "name": "One" }])).header("DPoP-Nonce", "api-2");
    provider.on("/items", [challenge, items]);
    let (client, channel) = api(&provider);

    client.page(&channel, None, &keeper).await.unwrap();
    client.page(&channel, None, &keeper).await.unwrap();

    let calls = provider.requests("/items");
    let nonces: Vec<_> = calls.iter().map(|call| claim(call, "nonce")).collect();
    assert_eq!(nonces, [Value::Null, json!("api-1"), json!("api-2")]);
    for call in &calls {
        assert_eq!(call.headers["authorization"], "DPoP access-1");
        assert_eq!(claim(call, "htm"), "GET");
        assert_eq!(claim(call, "htu"), provider.url("/items"));
        assert!(claim(call, "ath").is_string());
        assert_eq!(key(call), key(&provider.requests("/token")[0]));
    }
    assert_eq!(
        provider.requests("/token").len(),
        1,
        "a wish for a nonce is no reason to refresh"
    );
}

#[tokio::test]
async fn userinfo_is_asked_with_a_proof_and_its_nonce() {
    let provider = Scripted::start().await;
    let challenge = Reply::new(401, "")
        .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
        .header("DPoP-Nonce", "who-1");
    let who = Reply::json(
        200,
        &json!({ "sub": "user-1", "name": "Ada of the endpoint" }),
    );
    provider.on("/userinfo", [challenge, who]);
    let mut tokens = dpop_tokens(&provider);
    tokens.as_object_mut().unwrap().remove("id_token");
    provider.on("/token", [Reply::json(200, &tokens)]);

    let (_, event) = outcome(&provider, Arc::new(Memory::default())).await;

    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    assert_eq!(session.who.label(), "Ada of the endpoint");
    let calls = provider.requests("/userinfo");
    assert_eq!(calls[1].headers["authorization"], "DPoP access-1");
    assert_eq!(claim(&calls[1], "nonce"), "who-1");
}

#[tokio::test]
async fn a_proof_is_dated_by_the_providers_clock() {
    let provider = Scripted::start().await;
    // This machine is three hours ahead of the provider.
    let right = provider.clock.wall().as_second() - 3 * 3600;
    let date = httpdate::fmt_http_date(
        std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(right).unwrap()),
    );
    let grant = Reply::json(200, &provider.grant()).header("Date", &date);
    provider.on("/device", [grant]);
    provider.on("/token", [Reply::error(403, "access_denied")]);

    outcome(&provider, Arc::new(Memory::default())).await;

    let iat = claim(&provider.requests("/token")[0], "iat")
        .as_i64()
        .unwrap();
    let off = SignedDuration::from_secs(iat - right).abs();
    assert!(off < SignedDuration::from_secs(30), "{off}");
}

#[tokio::test]
async fn a_proof_to_an_api_is_dated_by_the_providers_clock_too() {
    let provider = Scripted::start().await;
    let right = provider.clock.wall().as_second() - 3 * 3600;
    let date = httpdate::fmt_http_date(
        std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(right).unwrap()),
    );
    let mut tokens = dpop_tokens(&provider);
    tokens.as_object_mut().unwrap().remove("id_token");
    let tokens = Reply::json(200, &tokens).header("Date", &date);
    provider.on("/token", [tokens]);
    let (flow, event) = outcome(&provider, Arc::new(Memory::default())).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    provider.on("/items", [Reply::json(200, &json!([]))]);
    let (client, channel) = api(&provider);

    client
        .page(&channel, None, &flow.keeper(session))
        .await
        .unwrap();

    let iat = claim(&provider.requests("/items")[0], "iat")
        .as_i64()
        .unwrap();
    assert!((iat - right).abs() < 60, "{}", iat - right);
}
