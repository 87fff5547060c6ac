//! Rules 10 to 13 and 15: what a client owes the tokens, each against a scripted
//! provider and on a clock that jumps.
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
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::StreamExt as _;
use jiff::SignedDuration;
use scripted::{Reply, Scripted, SigningKey};
use serde_json::{Value, json};
use tenfoot::clock::Clock as _;
use tenfoot::oauth::flow::End;
use tenfoot::secret::Secret;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::{self, Memory, OneFile, Store};
use tenfoot::session::token_manager::Error;
use tenfoot::session::{Flow, Session, TokenManager};

async fn sign_in_to(provider: &Scripted, store: Arc<dyn Store>) -> (Flow, Event) {
    let flow = Flow::new(&provider.provider(), store, provider.clock.clone()).unwrap();
    let events: Vec<Event> = flow.events().collect().await;
    (flow, events.into_iter().next_back().expect("an end"))
}

/// The last event of a sign-in whose code is approved with these tokens.
async fn outcome(provider: &Scripted, tokens: &Value) -> Event {
    provider.on("/token", [Reply::json(200, tokens)]);
    sign_in_to(provider, Arc::new(Memory::default())).await.1
}

async fn signed_in(provider: &Scripted, tokens: &Value) -> Session {
    match outcome(provider, tokens).await {
        Event::SignedIn(session) => session,
        other => panic!("{other:?}"),
    }
}

async fn untrusted(provider: &Scripted, tokens: &Value) -> String {
    match outcome(provider, tokens).await {
        Event::Ended(End::Untrusted(words)) => words.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Somebody who signed in, with a store to look into.
fn flow(provider: &Scripted, store: Arc<dyn Store>) -> Flow {
    Flow::new(&provider.provider(), store, provider.clock.clone()).unwrap()
}

async fn kept(provider: &Scripted, store: Arc<dyn Store>) -> TokenManager {
    provider.on("/token", [Reply::json(200, &provider.tokens())]);
    let (flow, event) = sign_in_to(provider, store).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    flow.keeper(session)
}

fn renewed(number: u32) -> Reply {
    Reply::json(
        200,
        &json!({
            "access_token": format!("access-{number}"), "refresh_token": format!("refresh-{number}"),
            "token_type": "Bearer", "expires_in": 3600,
        }),
    )
}

/// The refresh tokens that were sent, in order.
fn refreshes(provider: &Scripted) -> Vec<String> {
    provider
        .requests("/token")
        .iter()
        .filter_map(|request| request.form.get("refresh_token").cloned())
        .collect()
}

#[tokio::test]
async fn rule_10_a_redirect_is_not_followed_with_a_code() {
    let elsewhere = Scripted::start().await;
    let provider = Scripted::start().await;
    let redirect = Reply::new(307, "").header("Location", &elsewhere.url("/token"));
    provider.on("/token", [redirect, Reply::error(403, "access_denied")]);

    sign_in_to(&provider, Arc::new(Memory::default())).await;

    assert_eq!(provider.requests("/token").len(), 2);
    assert_eq!(elsewhere.all_requests(), 0);
}

#[tokio::test]
async fn rule_10_an_endless_body_is_cut_off_and_the_flow_goes_on() {
    let provider = Scripted::start().await;
    let endless = Reply::new(200, vec![b' '; 3 * 1024 * 1024]);
    provider.on("/token", [endless, Reply::error(403, "access_denied")]);

    let (_, event) = sign_in_to(&provider, Arc::new(Memory::default())).await;

    assert!(matches!(event, Event::Ended(End::Denied { .. })));
}

#[tokio::test]
async fn rule_11_the_token_type_is_read_without_case_and_an_unknown_one_refused() {
    let provider = Scripted::start().await;
    signed_in(
        &provider,
        &provider.tokens_with(&json!({ "token_type": "bEARER" })),
    )
    .await;

    let words = untrusted(
        &provider,
        &provider.tokens_with(&json!({ "token_type": "mac" })),
    )
    .await;

    assert!(words.contains("mac"), "{words}");
}

#[tokio::test]
async fn rule_11_a_missing_scope_is_as_asked_and_a_smaller_one_is_kept() {
    let provider = Scripted::start().await;

    let as_asked = signed_in(&provider, &provider.tokens_with(&json!({ "scope": null }))).await;
    let smaller = signed_in(
        &provider,
        &provider.tokens_with(&json!({ "scope": "openid" })),
    )
    .await;

    assert_eq!(as_asked.scope, "openid profile offline_access");
    let missing: Vec<&str> = smaller
        .missing_scopes("openid profile offline_access")
        .collect();
    assert_eq!(missing, ["profile", "offline_access"]);
}

#[tokio::test]
async fn rule_12_an_id_token_that_is_not_ours_is_refused() {
    let provider = Scripted::start().await;
    let now = provider.clock.wall().as_second();
    for (claim, value, expected) in [
        ("iss", json!("https://evil.example/"), "comes from"),
        (
            "iss",
            json!(provider.issuer().trim_end_matches('/')),
            "comes from",
        ),
        ("aud", json!("another"), "another application"),
        ("aud", json!(["another", "third"]), "another application"),
        (
            "aud",
            json!([scripted::CLIENT_ID, "another"]),
            "which application",
        ),
        ("azp", json!("another"), "another application"),
        ("exp", json!(now - 200), "expired"),
        ("sub", json!(""), "nobody"),
    ] {
        let mut claims = provider.claims();
        claims[claim] = value;
        let id_token = provider.id_token(&claims);

        let words = untrusted(
            &provider,
            &provider.tokens_with(&json!({ "id_token": id_token })),
        )
        .await;

        assert!(words.contains(expected), "{claim}: {words}");
        assert!(!words.contains(&id_token));
    }
}

#[tokio::test]
async fn rule_12_two_minutes_of_leeway_and_an_audience_in_a_list_are_fine() {
    let provider = Scripted::start().await;
    let now = provider.clock.wall().as_second();
    let mut claims = provider.claims();
    claims["aud"] = json!([scripted::CLIENT_ID, "another"]);
    claims["azp"] = json!(scripted::CLIENT_ID);
    claims["exp"] = json!(now - 100);
    claims["iat"] = json!(now + 100);

    signed_in(
        &provider,
        &provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) })),
    )
    .await;
}

#[tokio::test]
async fn rule_12_unsigned_and_symmetrically_signed_tokens_prove_nothing() {
    let provider = Scripted::start().await;
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = provider.claims();
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
    let hmac = jsonwebtoken::encode(
        &jsonwebtoken::Header::default(),
        &claims,
        &jsonwebtoken::EncodingKey::from_secret(b"the public key"),
    )
    .unwrap();
    let mut forged = provider.id_token(&claims);
    forged.replace_range(forged.len() - 8..forged.len() - 4, "AAAA");

    for id_token in [unsigned, hmac, forged, "nonsense".to_owned()] {
        untrusted(
            &provider,
            &provider.tokens_with(&json!({ "id_token": id_token })),
        )
        .await;
    }
}

#[tokio::test]
async fn rule_12_an_unknown_key_is_looked_up_once_more() {
    let provider = Scripted::start().await;
    let (old, new) = (SigningKey::new("old"), SigningKey::new("new"));
    let keys = |keys: &[&SigningKey]| {
        Reply::json(
            200,
            &json!({ "keys": keys.iter().map(|key| key.jwk()).collect::<Vec<_>>() }),
        )
    };
    let store: Arc<dyn Store> = Arc::new(Memory::default());
    provider.on("/jwks", [keys(&[&old]), keys(&[&old, &new])]);
    let first = provider.tokens_with(&json!({ "id_token": old.sign(&provider.claims()) }));
    let rotated = provider.tokens_with(&json!({ "id_token": new.sign(&provider.claims()) }));
    provider.on(
        "/token",
        [Reply::json(200, &first), Reply::json(200, &rotated)],
    );
    let flow = Flow::new(&provider.provider(), store, provider.clock.clone()).unwrap();
    drop(flow.events().collect::<Vec<_>>().await);
    provider.clock.pass(Duration::from_secs(120));

    let events: Vec<Event> = flow.events().collect().await;

    assert!(
        matches!(events.last(), Some(Event::SignedIn(_))),
        "{events:?}"
    );
    assert_eq!(provider.requests("/jwks").len(), 2);
}

#[tokio::test]
async fn rule_12_keys_that_came_a_moment_ago_are_asked_for_once_more_past_caches() {
    let provider = Scripted::start().await;
    let new = SigningKey::new("new");
    let keys = |key: Value| Reply::json(200, &json!({ "keys": [key] }));
    // A cache on the way has the old ones.
    provider.on("/jwks", [keys(provider.jwk()), keys(new.jwk())]);
    let tokens = provider.tokens_with(&json!({ "id_token": new.sign(&provider.claims()) }));

    let session = signed_in(&provider, &tokens).await;

    assert_eq!(session.who.label(), "Ada Lovelace");
    let asked = provider.requests("/jwks");
    let cached = |at: usize| asked[at].headers.get("cache-control").map(String::as_str);
    assert_eq!(
        (asked.len(), cached(0), cached(1)),
        (2, None, Some("no-cache"))
    );
}

#[tokio::test]
async fn rule_12_a_key_that_stays_unknown_is_not_looked_up_again_at_once() {
    let provider = Scripted::start().await;
    let foreign = SigningKey::new("foreign");
    let id_token = foreign.sign(&provider.claims());
    let tokens = provider.tokens_with(&json!({ "id_token": id_token }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    let store: Arc<dyn Store> = Arc::new(Memory::default());
    let flow = Flow::new(&provider.provider(), store, provider.clock.clone()).unwrap();

    for _ in 0..3 {
        let events: Vec<Event> = flow.events().collect().await;
        let Some(Event::Ended(End::Untrusted(_))) = events.last() else {
            panic!("{events:?}")
        };
    }

    assert_eq!(
        provider.requests("/jwks").len(),
        2,
        "once, and once more past caches"
    );
    provider.clock.pass(Duration::from_secs(60));
    drop(flow.events().collect::<Vec<_>>().await);
    assert_eq!(provider.requests("/jwks").len(), 3);
}

#[tokio::test]
async fn rule_12_a_wrong_clock_is_named_with_its_size() {
    let provider = Scripted::start().await;
    // The provider's time is right; this machine's is three hours behind.
    let mut claims = provider.claims();
    let right = provider.clock.wall().as_second() + 3 * 3600;
    claims["iat"] = json!(right);
    claims["exp"] = json!(right + 600);
    let date = httpdate::fmt_http_date(
        std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(right).unwrap()),
    );
    let tokens = provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) }));
    provider.on("/token", [Reply::json(200, &tokens).header("Date", &date)]);

    let (_, event) = sign_in_to(&provider, Arc::new(Memory::default())).await;

    let Event::Ended(End::Untrusted(words)) = event else {
        panic!("{event:?}")
    };
    assert!(words.to_string().contains("clock is 3 h behind"), "{words}");
}

/// A provider whose code is dated three hours after this machine's time.
async fn ahead_by_three_hours() -> Scripted {
    let provider = Scripted::start().await;
    let right = provider.clock.wall().as_second() + 3 * 3600;
    let date = httpdate::fmt_http_date(
        std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(right).unwrap()),
    );
    let grant = Reply::json(200, &provider.grant()).header("Date", &date);
    provider.on("/device", [grant]);
    provider.on("/token", [Reply::error(403, "access_denied")]);
    provider
}

async fn events(provider: &Scripted, scope: &str) -> Vec<Event> {
    let mut configured = provider.provider();
    configured.scope = scope.to_owned();
    let store = Arc::new(Memory::default());
    let flow = Flow::new(&configured, store, provider.clock.clone()).unwrap();
    flow.events().collect().await
}

fn shows_a_code(events: &[Event]) -> bool {
    events.iter().any(|event| matches!(event, Event::Code(_)))
}

#[tokio::test]
async fn rule_12_a_clock_that_is_behind_is_named_before_anybody_approves_until_it_is_set() {
    let provider = ahead_by_three_hours().await;

    let told = events(&provider, "openid").await;

    let [Event::Ended(End::Unreachable(words))] = &told[..] else {
        panic!("{told:?}")
    };
    assert!(words.to_string().contains("clock is 3 h behind"), "{words}");

    provider.clock.set_wall(SignedDuration::from_hours(3));
    assert!(shows_a_code(&events(&provider, "openid").await));
}

#[tokio::test]
async fn rule_12_a_clock_that_was_set_is_in_nobodys_way_where_the_provider_tells_no_time_again() {
    let provider = ahead_by_three_hours().await;
    let mut configured = provider.provider();
    configured.scope = "openid".to_owned();
    let store = Arc::new(Memory::default());
    let flow = Flow::new(&configured, store, provider.clock.clone()).unwrap();
    let told: Vec<_> = flow.events().collect().await;
    assert!(!shows_a_code(&told), "{told:?}");

    provider.clock.set_wall(SignedDuration::from_hours(3));
    let grant = Reply::json(200, &provider.grant()).header("Date", "");
    provider.on("/device", [grant]);
    let told: Vec<_> = flow.events().collect().await;
    assert!(shows_a_code(&told), "{told:?}");
}

#[tokio::test]
async fn rule_12_where_no_id_token_is_asked_for_the_clock_is_in_nobodys_way() {
    let provider = ahead_by_three_hours().await;
    assert!(shows_a_code(&events(&provider, "read:contacts").await));
}

#[tokio::test]
async fn rule_12_tokens_that_cannot_be_trusted_are_revoked_and_not_stored() {
    let provider = Scripted::start().await;
    let mut claims = provider.claims();
    claims["aud"] = json!("another");
    let tokens = provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    let store = Arc::new(Memory::default());

    sign_in_to(&provider, store.clone()).await;

    assert_eq!(provider.requests("/revoke")[0].form["token"], "refresh-1");
    assert_eq!(store.load().unwrap(), None);
}

#[tokio::test]
async fn userinfo_names_the_person_where_the_id_token_does_not_and_is_believed_of_nobody_else() {
    for (subject, label) in [("user-1", "Ada of the endpoint"), ("user-2", "user-1")] {
        let provider = Scripted::start().await;
        let mut claims = provider.claims();
        claims["name"] = Value::Null;
        claims["email"] = Value::Null;
        provider.on(
            "/userinfo",
            [Reply::json(
                200,
                &json!({ "sub": subject, "name": "Ada of the endpoint" }),
            )],
        );

        let session = signed_in(
            &provider,
            &provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) })),
        )
        .await;

        assert_eq!(session.who.label(), label);
    }
}

#[tokio::test]
async fn rule_13_a_token_is_renewed_before_its_end_and_not_for_each_call() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on("/token", [renewed(2)]);
    let before = keeper.access_token().await.unwrap();
    assert_eq!(before.expose(), "access-1");
    provider.clock.pass(Duration::from_secs(3600 - 50));

    let after = [
        keeper.access_token().await.unwrap(),
        keeper.access_token().await.unwrap(),
    ];

    assert!(after.iter().all(|token| token.expose() == "access-2"));
    assert_eq!(refreshes(&provider), ["refresh-1"]);
}

#[tokio::test]
async fn rule_13_many_callers_share_one_refresh() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on("/token", [renewed(2), renewed(3)]);
    let rejected = Secret::new("access-1");

    let calls = (0..20).map(|_| keeper.renewed(&rejected));
    let tokens = futures::future::join_all(calls).await;

    assert!(
        tokens
            .iter()
            .all(|token| token.as_ref().unwrap().expose() == "access-2")
    );
    assert_eq!(refreshes(&provider), ["refresh-1"]);
}

fn full_disk() -> store::Error {
    let full = std::io::ErrorKind::StorageFull.into();
    store::Error::io(
        store::Operation::Store,
        std::path::Path::new("/state"),
        &full,
    )
}

#[tokio::test]
async fn rule_13_a_rotated_token_that_cannot_be_stored_is_not_relied_on_until_it_is() {
    #[derive(Debug, Default)]
    struct Full(Memory, AtomicBool);
    impl Store for Full {
        fn probe(&self) -> Result<(), store::Error> {
            Ok(())
        }
        fn load(&self) -> Result<Option<Session>, store::Error> {
            self.0.load()
        }
        fn save(&self, session: &Session) -> Result<(), store::Error> {
            if self.1.load(Ordering::SeqCst) {
                return Err(full_disk());
            }
            self.0.save(session)
        }
        fn delete(&self) -> Result<(), store::Error> {
            self.0.delete()
        }
        fn place(&self) -> tenfoot::i18n::Phrase {
            self.0.place()
        }
    }
    let provider = Scripted::start().await;
    let store = Arc::new(Full::default());
    let keeper = kept(&provider, store.clone()).await;
    provider.on("/token", [renewed(2)]);
    let rejected = Secret::new("access-1");
    store.1.store(true, Ordering::SeqCst);

    let while_full = keeper.renewed(&rejected).await;
    store.1.store(false, Ordering::SeqCst);
    let afterwards = keeper.renewed(&rejected).await.unwrap();

    assert_eq!(while_full, Err(Error::NotStored(full_disk())));
    assert_eq!(afterwards.expose(), "access-2");
    assert_eq!(
        store
            .load()
            .unwrap()
            .unwrap()
            .refresh_token
            .unwrap()
            .expose(),
        "refresh-2"
    );
    assert_eq!(
        refreshes(&provider),
        ["refresh-1"],
        "the rotated token is not spent a second time"
    );
}

#[tokio::test]
async fn rule_13_a_lost_answer_is_asked_for_once_more_with_the_same_old_token() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on("/token", [Reply::dropped(), renewed(2)]);

    let token = keeper.renewed(&Secret::new("access-1")).await.unwrap();

    assert_eq!(token.expose(), "access-2");
    assert_eq!(refreshes(&provider), ["refresh-1", "refresh-1"]);
}

#[tokio::test]
async fn rule_13_a_dead_refresh_token_ends_the_session_in_words() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    provider.on("/token", [Reply::error(403, "invalid_grant")]);

    let error = keeper.renewed(&Secret::new("access-1")).await.unwrap_err();

    assert!(
        matches!(&error, Error::Over(words) if words.to_string().contains("sign in again")),
        "{error:?}"
    );
    // It is kept until the next sign-in: an administrator may yet repair what is wrong there.
    let stored = store.load().unwrap().unwrap();
    assert!(
        stored
            .over()
            .is_some_and(|why| why.contains("about invalid_grant"))
    );
}

/// What comes of a renewal where the API has refused the access token, for these answers one
/// after the other.
async fn renewals(replies: impl IntoIterator<Item = Reply>) -> Vec<Result<Secret, Error>> {
    let replies: Vec<_> = replies.into_iter().collect();
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    let mut outcomes = Vec::new();
    for reply in replies {
        provider.on("/token", [reply]);
        outcomes.push(keeper.renewed(&Secret::new("access-1")).await);
        // The provider is left alone for a while after a failure.
        provider.clock.pass(Duration::from_secs(60));
    }
    outcomes
}

#[tokio::test]
async fn a_definite_refusal_of_any_name_ends_a_session_in_the_servers_words() {
    for (status, error) in [
        (400, "invalid_grant"),
        // Dex, for a token that was revoked.
        (400, "invalid_request"),
        (400, "unsupported_grant_type"),
        (400, "invalid_scope"),
        (401, "invalid_client"),
        (401, "token_inactive"),
        (400, "something_of_its_own"),
    ] {
        let outcomes = renewals([Reply::error(status, error)]).await;
        let [Err(error_of @ Error::Over(_))] = &outcomes[..] else {
            panic!("{error}: {outcomes:?}")
        };
        let words = error_of.to_string();
        assert!(words.contains(&format!("about {error}")), "{words}");
    }
}

#[tokio::test]
async fn the_second_answer_in_a_row_that_is_none_ends_a_session() {
    let casdoor = || {
        Reply::json(
            200,
            &json!({ "status": "error", "msg": "token is revoked" }),
        )
    };
    for reply in [
        || Reply::new(401, ""),
        || Reply::new(400, ""),
        || Reply::json(200, &json!({})),
        // Discovery answers, so it is the server's own page.
        || Reply::new(400, "<html>Bad Request</html>"),
        casdoor,
    ] {
        let outcomes = renewals([reply(), reply()]).await;
        assert!(
            matches!(
                outcomes[..],
                [Err(Error::NotRenewed(_)), Err(Error::Over(_))]
            ),
            "{outcomes:?}"
        );
    }
    let words = renewals([casdoor(), casdoor()]).await[1]
        .as_ref()
        .unwrap_err()
        .to_string();
    assert!(words.contains("token is revoked"), "{words}");
}

#[tokio::test]
async fn neither_problems_of_the_server_nor_of_the_network_end_a_session() {
    let replies = [500, 502, 503, 500, 504].map(|status| Reply::new(status, ""));
    let others = [
        Reply::error(500, "server_error"),
        Reply::error(400, "temporarily_unavailable"),
        Reply::error(429, "too_many_requests"),
        Reply::dropped(),
        Reply::dropped(),
    ];

    for outcome in renewals(replies.into_iter().chain(others)).await {
        assert!(matches!(outcome, Err(Error::NotRenewed(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_hour_of_problems_of_the_server_offers_a_sign_in() {
    let outcomes = renewals((0..61).map(|_| Reply::new(500, ""))).await;

    let offers = |outcome: &Result<Secret, Error>| match outcome {
        Err(Error::NotRenewed(why)) => why.offers_sign_in(),
        other => panic!("{other:?}"),
    };
    assert!(!offers(&outcomes[0]) && !offers(&outcomes[30]));
    assert!(offers(&outcomes[60]));
}

#[tokio::test]
async fn another_program_counts_on_where_this_one_stopped() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let first = kept(&provider, store.clone()).await;
    provider.on("/token", [Reply::new(401, "")]);
    let rejected = Secret::new("access-1");
    first.renewed(&rejected).await.unwrap_err();

    let again = flow(&provider, store.clone()).keeper(store.load().unwrap().unwrap());
    let outcome = again.renewed(&rejected).await;

    assert!(matches!(outcome, Err(Error::Over(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_session_that_was_over_is_asked_for_once_more_at_the_next_start() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let first = kept(&provider, store.clone()).await;
    provider.on("/token", [Reply::error(401, "invalid_client"), renewed(2)]);
    let rejected = Secret::new("access-1");
    first.renewed(&rejected).await.unwrap_err();

    let again = flow(&provider, store.clone()).keeper(store.load().unwrap().unwrap());
    let token = again.access_token().await.unwrap();

    assert_eq!(token.expose(), "access-2");
    assert_eq!(store.load().unwrap().unwrap().failed_renewal, None);
}

#[tokio::test]
async fn a_refused_renewal_brings_nothing_back_that_was_signed_out_or_replaced_meanwhile() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    let gone = store.clone();
    let signing_out = move || gone.delete().unwrap();
    provider.on(
        "/token",
        [Reply::error(403, "invalid_grant").meanwhile(signing_out)],
    );
    keeper.renewed(&Secret::new("access-1")).await.unwrap_err();
    assert_eq!(store.load().unwrap(), None);

    let keeper = kept(&provider, store.clone()).await;
    let newer = Session {
        access_token: Secret::new("access-of-a-new-sign-in"),
        ..store.load().unwrap().unwrap()
    };
    let (other, stored) = (store.clone(), newer.clone());
    let signing_in = move || other.save(&stored).unwrap();
    provider.on(
        "/token",
        [Reply::error(403, "invalid_grant").meanwhile(signing_in)],
    );
    keeper.renewed(&Secret::new("access-1")).await.unwrap_err();
    assert_eq!(store.load().unwrap(), Some(newer));
}

#[tokio::test]
async fn a_refusal_while_the_access_token_is_good_ends_nothing_and_is_noted() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    provider.on("/token", [Reply::error(401, "invalid_client")]);
    // In its last minute.
    provider.clock.pass(Duration::from_secs(3600 - 30));

    let token = keeper.access_token().await.unwrap();

    assert_eq!(token.expose(), "access-1");
    let stored = store.load().unwrap().unwrap();
    assert_eq!(stored.over(), None);
    assert!(
        stored
            .failed_renewal
            .unwrap()
            .words
            .contains("about invalid_client")
    );
}

#[tokio::test]
async fn rule_13_a_provider_that_is_down_costs_no_session_and_is_not_asked_again_at_once() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    provider.on("/token", [Reply::new(503, "")]);
    let rejected = Secret::new("access-1");

    let first = keeper.renewed(&rejected).await;
    let second = keeper.renewed(&rejected).await;
    let asked = refreshes(&provider).len();
    provider.on("/token", [renewed(2)]);
    provider.clock.pass(Duration::from_secs(31));
    let later = keeper.renewed(&rejected).await.unwrap();

    assert!(matches!(first, Err(Error::NotRenewed(_))));
    assert!(matches!(second, Err(Error::NotRenewed(_))));
    assert_eq!(asked, 2);
    assert_eq!(later.expose(), "access-2");
    assert!(store.load().unwrap().is_some());
}

#[tokio::test]
async fn rule_13_a_token_that_only_nears_its_end_is_used_while_the_provider_is_down() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on("/token", [Reply::dropped()]);
    provider.clock.pass(Duration::from_secs(3600 - 50));

    assert_eq!(keeper.access_token().await.unwrap().expose(), "access-1");
}

#[tokio::test]
async fn rule_12_a_refresh_for_somebody_else_ends_the_session() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    let mut claims = provider.claims();
    claims["sub"] = json!("user-2");
    let tokens = provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) }));
    provider.on("/token", [Reply::json(200, &tokens)]);

    let error = keeper.renewed(&Secret::new("access-1")).await.unwrap_err();

    assert!(
        matches!(&error, Error::Over(words) if words.to_string().contains("someone else")),
        "{error:?}"
    );
    assert_eq!(store.load().unwrap(), None);
}

#[tokio::test]
async fn rule_13_the_resource_is_asked_for_again_at_each_refresh() {
    let provider = Scripted::start().await;
    provider.on("/token", [Reply::json(200, &provider.tokens()), renewed(2)]);
    let config = provider.provider_with("resource = \"https://api.acme.example\"");
    let flow = Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone()).unwrap();
    let events: Vec<Event> = flow.events().collect().await;
    let Some(Event::SignedIn(session)) = events.last() else {
        panic!("{events:?}")
    };

    flow.keeper(session.clone())
        .renewed(&Secret::new("access-1"))
        .await
        .unwrap();

    let sent = |path| {
        provider
            .requests(path)
            .iter()
            .all(|request| request.form["resource"] == "https://api.acme.example")
    };
    assert!(sent("/device") && sent("/token"));
}

#[tokio::test]
async fn rule_15_sign_out_revokes_and_deletes() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;

    let signed_out = keeper.sign_out().await;

    assert!(signed_out.revoked);
    let revoked: Vec<String> = provider
        .requests("/revoke")
        .iter()
        .map(|request| request.form["token"].clone())
        .collect();
    assert_eq!(revoked, ["refresh-1", "access-1"]);
    assert_eq!(store.load().unwrap(), None);
    assert!(matches!(keeper.access_token().await, Err(Error::Over(_))));
}

#[tokio::test]
async fn rule_15_sign_out_deletes_whatever_the_provider_says_and_tells() {
    for reply in [
        Reply::new(500, ""),
        Reply::dropped(),
        Reply::error(400, "unsupported_token_type"),
    ] {
        let provider = Scripted::start().await;
        let store = Arc::new(Memory::default());
        let keeper = kept(&provider, store.clone()).await;
        provider.on("/revoke", [reply]);

        let signed_out = keeper.sign_out().await;

        assert!(!signed_out.revoked);
        assert!(signed_out.problem.is_some());
        assert_eq!(store.load().unwrap(), None);
    }
}

#[tokio::test]
async fn a_session_on_disk_outlives_the_program_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let provider = Scripted::start().await;
    let home = tempfile::tempdir().unwrap();
    let file = Arc::new(OneFile::new(
        home.path(),
        "default",
        provider.issuer(),
        scripted::CLIENT_ID,
    ));
    let keeper = kept(&provider, file.clone()).await;
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;

    let flow = Flow::new(&provider.provider(), file.clone(), provider.clock.clone()).unwrap();
    let restored = flow.restore().await.unwrap().expect("a session");

    assert_eq!(restored, keeper.session());
    assert_eq!(mode(file.path()), 0o600);
    assert_eq!(mode(file.path().parent().unwrap()), 0o700);
    let mut lies_there: Vec<_> = std::fs::read_dir(file.path().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path().extension().unwrap().to_owned())
        .collect();
    lies_there.sort();
    assert_eq!(
        lies_there,
        ["json", "lock"],
        "nothing but the session and its lock"
    );
}

#[tokio::test]
async fn a_corrupt_session_file_is_set_aside_and_named() {
    let home = tempfile::tempdir().unwrap();
    let file = OneFile::new(home.path(), "default", "https://acme.example/", "tv");
    std::fs::create_dir_all(file.path().parent().unwrap()).unwrap();
    std::fs::write(file.path(), "{\"issuer\": \"https://ac").unwrap();

    let words = file.load().unwrap_err().to_string();

    assert!(words.to_string().contains(".unreadable"), "{words}");
    assert_eq!(file.load().unwrap(), None);
    let kept: Vec<_> = std::fs::read_dir(file.path().parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(kept.len(), 1, "it is not deleted");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_said_before_a_code_is_asked_for() {
    let provider = Scripted::start().await;
    let home = tempfile::tempdir().unwrap();
    // A file where the directory belongs: not even root can write there.
    std::fs::write(home.path().join("sessions"), "").unwrap();
    let file = OneFile::new(
        home.path(),
        "default",
        provider.issuer(),
        scripted::CLIENT_ID,
    );

    let (_, event) = sign_in_to(&provider, Arc::new(file)).await;

    assert!(
        matches!(event, Event::Ended(End::NotStored(_))),
        "{event:?}"
    );
    assert_eq!(provider.all_requests(), 0);
}

#[tokio::test]
async fn a_wall_clock_that_is_set_back_does_not_renew_for_each_call() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.clock.set_wall(SignedDuration::from_hours(-5));

    keeper.access_token().await.unwrap();

    assert!(refreshes(&provider).is_empty());
}

#[tokio::test]
async fn rule_12_a_wrong_clock_at_a_refresh_ends_no_session() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    let renewed =
        provider.tokens_with(&json!({ "access_token": "access-2", "refresh_token": "refresh-2" }));
    provider.on("/token", [Reply::json(200, &renewed)]);
    // A box without a clock of its own boots ten hours behind.
    provider.clock.set_wall(SignedDuration::from_hours(-10));

    let token = keeper.renewed(&Secret::new("access-1")).await.unwrap();

    assert_eq!(token.expose(), "access-2");
    assert_eq!(
        store
            .load()
            .unwrap()
            .unwrap()
            .refresh_token
            .unwrap()
            .expose(),
        "refresh-2"
    );
    assert!(provider.requests("/revoke").is_empty());
}

#[tokio::test]
async fn rule_13_an_api_that_refuses_every_token_costs_one_refresh() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on("/token", [renewed(2), renewed(3)]);

    let second = keeper.renewed(&Secret::new("access-1")).await.unwrap();
    let again = keeper.renewed(&second).await.unwrap();

    assert_eq!(again, second);
    assert_eq!(refreshes(&provider), ["refresh-1"]);
}

#[tokio::test]
async fn rule_13_a_rate_limit_at_a_refresh_is_waited_out() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    provider.on(
        "/token",
        [
            Reply::error(429, "too_many_requests").header("Retry-After", "90"),
            renewed(2),
        ],
    );
    let rejected = Secret::new("access-1");

    let limited = keeper.renewed(&rejected).await;
    provider.clock.pass(Duration::from_secs(60));
    let too_early = keeper.renewed(&rejected).await;
    let asked = refreshes(&provider).len();
    provider.clock.pass(Duration::from_secs(31));
    let later = keeper.renewed(&rejected).await.unwrap();

    assert!(matches!(
        (limited, too_early),
        (Err(Error::NotRenewed(_)), Err(Error::NotRenewed(_)))
    ));
    assert_eq!(asked, 1);
    assert_eq!(later.expose(), "access-2");
}

#[tokio::test]
async fn a_session_without_a_refresh_token_survives_one_apis_refusal() {
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "refresh_token": null }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    let store = Arc::new(Memory::default());
    let (flow, event) = sign_in_to(&provider, store.clone()).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    let keeper = flow.keeper(session);
    let rejected = Secret::new("access-1");

    let refused = keeper.renewed(&rejected).await;
    provider.clock.pass(Duration::from_secs(3601));
    let over = keeper.renewed(&rejected).await;

    assert_eq!(refused, Ok(rejected));
    assert!(matches!(over, Err(Error::Over(_))));
    // It is kept until the next sign-in.
    assert!(store.load().unwrap().is_some());
}

#[tokio::test]
async fn rule_16_a_session_is_never_swapped_for_somebody_elses() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let keeper = kept(&provider, store.clone()).await;
    let mut other = keeper.session();
    other.who.subject = Some("user-2".to_owned());
    other.access_token = Secret::new("access-of-user-2");
    other.refresh_token = Some(Secret::new("refresh-of-user-2"));
    other.access_token = Secret::new("access-of-user-2");
    store.save(&other).unwrap();

    let error = keeper.renewed(&Secret::new("access-1")).await.unwrap_err();

    assert!(
        matches!(&error, Error::Over(words) if words.to_string().contains("Someone else")),
        "{error:?}"
    );
    assert_eq!(store.load().unwrap(), Some(other), "theirs is left alone");
}

#[tokio::test]
async fn another_persons_session_that_is_replaced_is_revoked() {
    let provider = Scripted::start().await;
    let store = Arc::new(Memory::default());
    let mut other = kept(&provider, store.clone()).await.session();
    other.who.subject = Some("user-2".to_owned());
    other.refresh_token = Some(Secret::new("refresh-of-user-2"));
    other.access_token = Secret::new("access-of-user-2");
    store.save(&other).unwrap();

    kept(&provider, store.clone()).await;
    tenfoot::work::settled().await;

    let revoked: Vec<String> = provider
        .requests("/revoke")
        .iter()
        .map(|request| request.form["token"].clone())
        .collect();
    assert_eq!(revoked, ["refresh-of-user-2", "access-of-user-2"]);
}

#[tokio::test]
async fn whoever_takes_the_session_and_leaves_at_once_keeps_it() {
    let provider = Scripted::start().await;
    provider.on("/token", [Reply::json(200, &provider.tokens())]);
    let store = Arc::new(Memory::default());
    let flow = Flow::new(&provider.provider(), store.clone(), provider.clock.clone()).unwrap();

    let mut events = Box::pin(flow.events());
    while !matches!(events.next().await, Some(Event::SignedIn(_))) {}
    drop(events);
    tenfoot::work::settled().await;

    assert!(store.load().unwrap().is_some());
    assert!(provider.requests("/revoke").is_empty());
}

#[tokio::test]
async fn a_discovery_that_failed_once_is_asked_again_although_the_endpoints_are_configured() {
    let provider = Scripted::start().await;
    let discovery = Reply::json(200, &provider.discovery());
    provider.on(
        "/.well-known/openid-configuration",
        [Reply::new(503, ""), discovery],
    );
    provider.on("/token", [Reply::json(200, &provider.tokens())]);
    let config = provider.provider_with(&format!(
        "device_authorization_endpoint = \"{}\"\ntoken_endpoint = \"{}\"",
        provider.url("/device"),
        provider.url("/token")
    ));
    let flow = Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone()).unwrap();

    let events: Vec<Event> = flow.events().collect().await;

    assert!(
        matches!(events.last(), Some(Event::SignedIn(_))),
        "{events:?}"
    );
}

#[tokio::test]
async fn a_provider_that_repeats_a_secret_in_its_words_is_not_quoted_with_it() {
    let provider = Scripted::start().await;
    let words = |secret: &str| {
        Reply::json(
            400,
            &json!({ "error": "invalid_request", "error_description": format!("no {secret} here") }),
        )
    };
    provider.on("/token", [words("the-device-code")]);

    let (_, event) = sign_in_to(&provider, Arc::new(Memory::default())).await;

    let Event::Ended(end) = event else {
        panic!("{event:?}")
    };
    assert_eq!(
        end.to_string(),
        "The provider refused the request. (no … here)"
    );
}

#[tokio::test]
async fn a_renewal_asks_nobody_who_it_is() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    let asked = provider.requests("/userinfo").len();
    provider.clock.pass(Duration::from_secs(3600));
    let mut claims = provider.claims();
    claims["name"] = Value::Null;
    claims["email"] = Value::Null;
    let tokens = provider.tokens_with(&json!({
        "access_token": "access-2", "id_token": provider.id_token(&claims),
    }));
    provider.on("/token", [Reply::json(200, &tokens)]);

    assert_eq!(keeper.access_token().await.unwrap().expose(), "access-2");

    assert_eq!(provider.requests("/userinfo").len(), asked);
}

#[tokio::test]
async fn rule_15_a_provider_that_takes_access_tokens_alone_gets_those() {
    let provider = Scripted::start().await;
    // Twitch takes no refresh token back, and gives one.
    let config = provider.provider_with("preset = \"twitch\"");
    let tokens = json!({ "access_token": "access-1", "refresh_token": "refresh-1", "token_type": "bearer", "expires_in": 3600, "scope": ["openid"] });
    provider.on("/token", [Reply::json(200, &tokens)]);
    let mut config = config;
    config.userinfo_endpoint =
        Some(tenfoot::config::Endpoint::parse(&provider.url("/users")).unwrap());
    let who = json!({ "data": [{ "id": "1", "display_name": "Ada" }] });
    provider.on("/users", [Reply::json(200, &who)]);
    let flow = Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone()).unwrap();
    let events: Vec<Event> = flow.events().collect().await;
    let Some(Event::SignedIn(session)) = events.last() else {
        panic!("{events:?}")
    };
    assert_eq!(session.who.label(), "Ada");

    let outcome = flow.keeper(session.clone()).sign_out().await;

    assert!(outcome.revoked, "{outcome:?}");
    let revoked = provider.requests("/revoke");
    let tokens: Vec<_> = revoked
        .iter()
        .map(|one| one.form["token"].as_str())
        .collect();
    assert_eq!(tokens, ["access-1"]);
}

#[tokio::test]
async fn a_presets_own_userinfo_is_believed_of_the_same_person_alone() {
    let provider = Scripted::start().await;
    let mut claims = provider.claims();
    claims["name"] = Value::Null;
    claims["email"] = Value::Null;
    let tokens = json!({
        "access_token": "access-1", "token_type": "bearer", "expires_in": 3600,
        "id_token": provider.id_token(&claims),
    });
    let mut config = provider.provider_with("preset = \"twitch\"");
    let at = |path: &str| Some(tenfoot::config::Endpoint::parse(&provider.url(path)).unwrap());
    config.userinfo_endpoint = at("/users");
    config.jwks_uri = at("/jwks");
    for (id, name) in [("user-1", Some("Ada")), ("user-2", None)] {
        let who = json!({ "data": [{ "id": id, "display_name": "Ada" }] });
        provider.on("/users", [Reply::json(200, &who)]);
        provider.on("/token", [Reply::json(200, &tokens)]);
        let store = Arc::new(Memory::default());
        let flow = Flow::new(&config, store, provider.clock.clone()).unwrap();

        let events: Vec<Event> = flow.events().collect().await;

        let Some(Event::SignedIn(session)) = events.last() else {
            panic!("{events:?}")
        };
        assert_eq!(session.who.subject.as_deref(), Some("user-1"), "{id}");
        assert_eq!(session.who.name.as_deref(), name, "{id}");
    }
}

#[tokio::test]
async fn a_token_goes_to_the_server_that_issued_it_whatever_the_preset() {
    let provider = Scripted::start().await;
    // GitHub Enterprise Server: everything is at its own address.
    provider.on("/login/device/code", [Reply::json(200, &provider.grant())]);
    let tokens = json!({ "access_token": "access-1", "token_type": "bearer" });
    provider.on("/login/oauth/access_token", [Reply::json(200, &tokens)]);
    let who = json!({ "id": 583_231, "login": "octo" });
    provider.on("/api/v3/user", [Reply::json(200, &who)]);
    let config = provider.provider_with("preset = \"github\"");
    let flow = Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone()).unwrap();

    let events: Vec<Event> = flow.events().collect().await;

    let Some(Event::SignedIn(session)) = events.last() else {
        panic!("{events:?}")
    };
    assert_eq!(session.who.label(), "octo");
    let asked = &provider.requests("/api/v3/user")[0];
    assert_eq!(asked.headers["authorization"], "Bearer access-1");
}

#[tokio::test]
async fn who_it_is_is_asked_again_where_nothing_else_tells() {
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "id_token": null }));
    let who = Reply::json(200, &json!({ "sub": "user-1", "name": "Ada" }));
    provider.on("/userinfo", [Reply::new(503, ""), Reply::dropped(), who]);

    let session = signed_in(&provider, &tokens).await;

    assert_eq!(session.who.subject.as_deref(), Some("user-1"));
}

#[tokio::test]
async fn a_session_of_nobody_in_particular_is_a_session() {
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "id_token": null }));
    provider.on("/userinfo", [Reply::new(503, "")]);
    assert_eq!(signed_in(&provider, &tokens).await.who.subject, None);

    // A refusal stays one: nobody is asked twice.
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "id_token": null }));
    provider.on("/userinfo", [Reply::new(403, "")]);
    assert_eq!(signed_in(&provider, &tokens).await.who.subject, None);
    assert_eq!(provider.requests("/userinfo").len(), 1);
}

#[tokio::test]
async fn a_session_that_was_ended_elsewhere_during_a_refresh_does_not_come_back() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let store = Arc::new(OneFile::new(
        home.path(),
        "default",
        provider.issuer(),
        "tv",
    ));
    let keeper = kept(&provider, store.clone()).await;
    provider.clock.pass(Duration::from_secs(3600));
    let elsewhere = Arc::clone(&store);
    let answer = renewed(2).meanwhile(move || elsewhere.delete().unwrap());
    provider.on("/token", [answer]);

    let over = keeper.access_token().await;

    assert!(matches!(over, Err(Error::Over(_))), "{over:?}");
    assert_eq!(store.load().unwrap(), None);
    assert_eq!(provider.requests("/revoke")[0].form["token"], "refresh-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_a_refresh_brings_after_the_sign_out_are_revoked() {
    let provider = Scripted::start().await;
    let keeper = kept(&provider, Arc::new(Memory::default())).await;
    // The keys are old, so the renewed ID token waits for new ones.
    provider.clock.pass(Duration::from_secs(25 * 3600));
    let tokens = provider.tokens_with(&json!({ "refresh_token": "refresh-2" }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    let (go_on, is_to_go_on) = std::sync::mpsc::channel::<()>();
    let is_to_go_on = std::sync::Mutex::new(is_to_go_on);
    let keys = Reply::json(200, &json!({ "keys": [provider.jwk()] }));
    provider.on(
        "/jwks",
        [keys.meanwhile(move || {
            let _ = is_to_go_on.lock().unwrap().recv();
        })],
    );
    let renewing = tokio::spawn({
        let keeper = keeper.clone();
        async move { keeper.access_token().await }
    });
    while provider.requests("/jwks").len() < 2 {
        tokio::task::yield_now().await;
    }

    // It doesn't wait for the keys for ever.
    assert!(keeper.sign_out().await.deleted);
    drop(go_on);

    assert!(matches!(renewing.await.unwrap(), Err(Error::Over(_))));
    let revoked = provider.requests("/revoke");
    assert!(
        revoked.iter().any(|one| one.form["token"] == "refresh-2"),
        "{revoked:?}"
    );
}

#[tokio::test]
async fn a_discovery_that_fails_at_a_refresh_ends_no_session() {
    let (provider, home) = (Scripted::start().await, tempfile::tempdir().unwrap());
    let store = Arc::new(OneFile::new(
        home.path(),
        "default",
        provider.issuer(),
        "tv",
    ));
    drop(kept(&provider, store.clone()).await);
    // After a restart, with the endpoints that a refresh needs in the configuration.
    let config = provider.provider_with(&format!(
        "device_authorization_endpoint = \"{}\"\ntoken_endpoint = \"{}\"",
        provider.url("/device"),
        provider.url("/token")
    ));
    provider.on("/.well-known/openid-configuration", [Reply::new(503, "")]);
    provider.clock.pass(Duration::from_secs(3600));
    let tokens = provider.tokens_with(&json!({ "access_token": "access-2" }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    let flow = Flow::new(&config, store.clone(), provider.clock.clone()).unwrap();
    let session = flow.restore().await.unwrap().unwrap();

    let token = flow.keeper(session).access_token().await.unwrap();

    assert_eq!(token.expose(), "access-2");
    assert!(store.load().unwrap().is_some());
}

#[tokio::test]
async fn metadata_of_rfc_8414_is_found_behind_a_page_that_answers_every_address() {
    let provider = Scripted::start().await;
    let page = Reply::new(200, "<!doctype html><title>Acme</title>");
    provider.on("/.well-known/openid-configuration", [page]);
    provider.on(
        "/.well-known/oauth-authorization-server",
        [Reply::json(200, &provider.discovery())],
    );

    signed_in(&provider, &provider.tokens()).await;
}

#[tokio::test]
async fn endpoints_that_discovery_said_nothing_of_are_not_looked_up_for_each_request() {
    let provider = Scripted::start().await;
    let config = provider.provider_with(&format!(
        "device_authorization_endpoint = \"{}\"\ntoken_endpoint = \"{}\"",
        provider.url("/device"),
        provider.url("/token")
    ));
    provider.on(
        "/.well-known/openid-configuration",
        [Reply::new(200, "<html>")],
    );
    let pending = std::iter::repeat_n(Reply::pending(), 20);
    provider.on(
        "/token",
        pending.chain([Reply::error(403, "access_denied")]),
    );
    let flow = Flow::new(&config, Arc::new(Memory::default()), provider.clock.clone()).unwrap();

    drop(flow.events().collect::<Vec<_>>().await);

    // Twenty polls take some 104 s.
    let lookups = provider.requests("/.well-known/openid-configuration").len();
    assert!(lookups <= 8, "{lookups}");
}

#[tokio::test]
async fn a_name_that_comes_with_a_refresh_is_taken_on() {
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "id_token": null }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    provider.on("/userinfo", [Reply::new(403, "")]);
    let store = Arc::new(Memory::default());
    let (flow, event) = sign_in_to(&provider, store.clone()).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    assert_eq!(session.who.label(), "someone");
    let keeper = flow.keeper(session);
    provider.clock.pass(Duration::from_secs(3600));
    let named = provider.tokens_with(&json!({ "access_token": "access-2" }));
    provider.on("/token", [Reply::json(200, &named)]);

    keeper.access_token().await.unwrap();

    assert_eq!(keeper.session().who.label(), "Ada Lovelace");
    assert_eq!(store.load().unwrap().unwrap().who.label(), "Ada Lovelace");
}

#[tokio::test]
async fn a_claim_of_an_odd_kind_costs_the_claim_alone() {
    let provider = Scripted::start().await;
    let mut claims = provider.claims();
    claims["picture"] = json!({ "data": { "url": "https://a.example/b" } });
    claims["nickname"] = json!(7);
    let id_token = provider.id_token(&claims);

    let session = signed_in(
        &provider,
        &provider.tokens_with(&json!({ "id_token": id_token })),
    )
    .await;

    assert_eq!(session.who.label(), "Ada Lovelace");
    assert_eq!(session.who.picture, None);
}

#[tokio::test]
async fn every_question_asks_for_json() {
    let provider = Scripted::start().await;
    signed_in(&provider, &provider.tokens()).await;

    for path in [
        "/.well-known/openid-configuration",
        "/device",
        "/token",
        "/jwks",
    ] {
        let asked = &provider.requests(path)[0];
        assert_eq!(asked.headers["accept"], "application/json", "{path}");
    }
}

#[tokio::test]
async fn a_session_that_learns_whose_it_is_stays_the_same_for_another_tenfoot() {
    let provider = Scripted::start().await;
    let tokens = provider.tokens_with(&json!({ "id_token": null }));
    provider.on("/token", [Reply::json(200, &tokens)]);
    provider.on("/userinfo", [Reply::new(403, "")]);
    let store = Arc::new(Memory::default());
    let (flow, event) = sign_in_to(&provider, store.clone()).await;
    let Event::SignedIn(session) = event else {
        panic!("{event:?}")
    };
    let (one, other) = (flow.keeper(session.clone()), flow.keeper(session));
    provider.clock.pass(Duration::from_secs(3600));
    let named = provider.tokens_with(&json!({ "access_token": "access-2" }));
    provider.on("/token", [Reply::json(200, &named)]);
    one.access_token().await.unwrap();

    let token = other.access_token().await.unwrap();

    assert_eq!(token.expose(), "access-2");
    assert_eq!(other.session().who.label(), "Ada Lovelace");
}

#[tokio::test]
async fn a_document_out_of_a_cache_does_not_tell_the_time() {
    let provider = Scripted::start().await;
    let old = httpdate::fmt_http_date(std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let document = Reply::json(200, &provider.discovery());
    let cached = document.header("Date", &old).header("Age", "86400");
    provider.on("/.well-known/openid-configuration", [cached]);
    let mut claims = provider.claims();
    claims["exp"] = json!(provider.clock.wall().as_second() - 600);
    let tokens = provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) }));

    let words = untrusted(&provider, &tokens).await;

    assert!(!words.contains("clock"), "{words}");
}
