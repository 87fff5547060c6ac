//! The demo over real HTTP on loopback: Auth0's wire to the letter, the page's
//! forms, the API.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "support/demo_bench.rs"]
mod demo_bench;
#[path = "support/demo.rs"]
mod demo_support;

use std::time::Duration;

use demo_bench::Bench;
use demo_support::{Answer, Phone};
use serde_json::{Value, json};
use tenfoot::config::{Config, Layout};
use tenfoot::demo::Options;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

// The device request.

#[tokio::test]
async fn a_device_request_gives_what_the_document_shows() {
    let bench = Bench::start().await;

    let answer = bench.device(&[]).await;

    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .starts_with("application/json")
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let user_code = answer.text("user_code");
    assert_eq!(user_code.len(), 9);
    assert_eq!(answer.json["verification_uri"], bench.demo.activation_url());
    assert_eq!(
        answer.json["verification_uri_complete"],
        format!("{}?user_code={user_code}", bench.demo.activation_url())
    );
    assert_eq!(answer.json["expires_in"], 900);
    assert_eq!(answer.json["interval"], 5);
    assert_eq!(answer.json.as_object().unwrap().len(), 6);
}

#[tokio::test]
async fn a_device_request_of_an_unknown_client_or_audience_is_refused() {
    let bench = Bench::start().await;

    let nobody = bench
        .post("oauth/device/code", &[("client_id", "somebody-else")])
        .await;
    let elsewhere = bench
        .device(&[("audience", "https://api.example.com")])
        .await;
    let nameless = bench
        .post("oauth/device/code", &[("scope", "openid")])
        .await;

    assert_eq!((nobody.status, nobody.error()), (401, "invalid_client"));
    assert_eq!(
        (elsewhere.status, elsewhere.error()),
        (403, "access_denied")
    );
    assert_eq!(
        (nameless.status, nameless.error()),
        (400, "invalid_request")
    );
    assert!(!nameless.text("error_description").is_empty());
}

#[tokio::test]
async fn a_parameter_given_twice_is_refused() {
    let bench = Bench::start().await;

    let answer = bench
        .device(&[("scope", "openid"), ("scope", "email")])
        .await;

    assert_eq!((answer.status, answer.error()), (400, "invalid_request"));
}

#[tokio::test]
async fn digits_and_a_mask_make_other_codes() {
    let options = Options {
        user_code_charset: tenfoot::demo::Charset::Digits,
        user_code_mask: "*** ***".parse().unwrap(),
        ..Options::default()
    };
    let bench = Bench::with(options).await;

    let answer = bench.device(&[]).await;

    let code = answer.text("user_code");
    assert!(
        code.len() == 7 && code.chars().all(|c| c.is_ascii_digit() || c == ' '),
        "the mask is not kept"
    );
    let page = demo_support::answer(
        answer.text("verification_uri_complete"),
        Answer::AllowAs("ada"),
    )
    .await;
    assert!(page.html.contains("Look at your TV"));
}

// The token request.

#[tokio::test]
async fn pending_then_allowed_gives_tokens_once() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;

    let pending = bench.poll(&device).await;
    assert_eq!(
        (pending.status, pending.error()),
        (403, "authorization_pending")
    );

    let page = demo_support::answer(
        device.text("verification_uri_complete"),
        Answer::AllowAs("ada"),
    )
    .await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("Look at your TV"));

    bench.clock.advance(5);
    let tokens = bench.poll(&device).await;
    assert_eq!(tokens.status, 200);
    assert_eq!(tokens.header("cache-control"), "no-store");
    assert_eq!(tokens.json["token_type"], "Bearer");
    assert_eq!(tokens.json["expires_in"], 86_400);
    for token in ["access_token", "refresh_token", "id_token"] {
        assert!(!tokens.text(token).is_empty());
    }
    assert_eq!(tokens.json.as_object().unwrap().len(), 5);

    bench.clock.advance(5);
    let again = bench.poll(&device).await;
    assert_eq!((again.status, again.error()), (403, "invalid_grant"));
}

#[tokio::test]
async fn a_denial_is_access_denied() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;

    let page = demo_support::answer(
        device.text("verification_uri_complete"),
        Answer::DenyAs("ada"),
    )
    .await;

    assert!(page.html.contains("Refused"));
    let denied = bench.poll(&device).await;
    assert_eq!((denied.status, denied.error()), (403, "access_denied"));
}

#[tokio::test]
async fn a_code_that_nobody_approved_expires() {
    let bench = Bench::with(Options {
        code_lifetime: 60,
        ..Options::default()
    })
    .await;
    let device = bench.device(&[]).await;
    assert_eq!(device.json["expires_in"], 60);

    bench.clock.advance(60);

    let expired = bench.poll(&device).await;
    assert_eq!((expired.status, expired.error()), (403, "expired_token"));
}

#[tokio::test]
async fn polling_faster_than_the_interval_is_slowed_down() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    bench.poll(&device).await;

    bench.clock.advance(4);
    let early = bench.poll(&device).await;
    bench.clock.advance(5);
    let in_time = bench.poll(&device).await;

    assert_eq!((early.status, early.error()), (429, "slow_down"));
    assert_eq!(
        (in_time.status, in_time.error()),
        (403, "authorization_pending")
    );
}

#[tokio::test]
async fn an_unknown_device_code_and_an_unknown_grant_are_refused() {
    let bench = Bench::start().await;
    let client = ("client_id", bench.demo.client_id());

    let unknown = bench
        .post(
            "oauth/token",
            &[("grant_type", DEVICE_GRANT), ("device_code", "x"), client],
        )
        .await;
    let password = bench
        .post("oauth/token", &[("grant_type", "password"), client])
        .await;
    let nothing = bench.post("oauth/token", &[client]).await;

    assert_eq!((unknown.status, unknown.error()), (403, "invalid_grant"));
    assert_eq!(
        (password.status, password.error()),
        (400, "unsupported_grant_type")
    );
    assert_eq!((nothing.status, nothing.error()), (400, "invalid_request"));
}

#[tokio::test]
async fn a_token_request_by_another_method_is_refused() {
    let bench = Bench::start().await;

    let answer = bench.get("oauth/token", None).await;

    assert_eq!((answer.status, answer.error()), (405, "invalid_request"));
    assert_eq!(answer.header("allow"), "POST");
}

#[tokio::test]
async fn a_smaller_scope_than_asked_for_is_told() {
    let bench = Bench::start().await;
    let device = bench.device(&[("scope", "openid launch:rockets")]).await;
    demo_support::answer(
        device.text("verification_uri_complete"),
        Answer::AllowAs("ada"),
    )
    .await;

    let tokens = bench.poll(&device).await;

    assert_eq!(tokens.json["scope"], "openid");
    assert_eq!(tokens.json["refresh_token"], Value::Null);
}

#[tokio::test]
async fn a_challenge_must_be_answered_with_its_verifier() {
    // RFC 7636 appendix B.
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let bench = Bench::start().await;
    let plain = bench.device(&[("code_challenge", challenge)]).await;
    assert_eq!((plain.status, plain.error()), (400, "invalid_request"));
    let device = bench
        .device(&[
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ])
        .await;
    demo_support::answer(
        device.text("verification_uri_complete"),
        Answer::AllowAs("ada"),
    )
    .await;

    let without = bench.poll(&device).await;
    let with = bench
        .poll_with(&device, &[("code_verifier", verifier)])
        .await;

    assert_eq!((without.status, without.error()), (403, "invalid_grant"));
    assert_eq!(with.status, 200);
}

// Discovery and identity.

#[tokio::test]
async fn discovery_names_the_endpoints_under_an_issuer_that_ends_in_a_slash() {
    let bench = Bench::start().await;

    let found = bench.get(".well-known/openid-configuration", None).await;

    let issuer = bench.demo.issuer();
    assert!(issuer.ends_with('/'));
    assert_eq!(found.json["issuer"], issuer);
    for (name, path) in [
        ("device_authorization_endpoint", "oauth/device/code"),
        ("token_endpoint", "oauth/token"),
        ("userinfo_endpoint", "userinfo"),
        ("revocation_endpoint", "oauth/revoke"),
        ("jwks_uri", ".well-known/jwks.json"),
    ] {
        assert_eq!(found.json[name], format!("{issuer}{path}"));
    }
}

#[tokio::test]
async fn the_published_key_verifies_the_id_token() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("grace").await;

    let keys = bench.get(".well-known/jwks.json", None).await;
    let key: jsonwebtoken::jwk::Jwk = serde_json::from_value(keys.json["keys"][0].clone()).unwrap();
    let header = jsonwebtoken::decode_header(tokens.text("id_token")).unwrap();
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.set_issuer(&[bench.demo.issuer()]);
    validation.set_audience(&[bench.demo.client_id()]);
    // The bench's clock stands in the past.
    validation.validate_exp = false;
    let decoded = jsonwebtoken::decode::<Value>(
        tokens.text("id_token"),
        &jsonwebtoken::DecodingKey::from_jwk(&key).unwrap(),
        &validation,
    )
    .unwrap();

    assert_eq!(header.kid, key.common.key_id);
    assert_eq!(decoded.claims["sub"], "demo|grace");
    assert_eq!(decoded.claims["name"], "Grace Moreau");
    assert_eq!(decoded.claims["email"], "grace@example.com");
    assert_eq!(decoded.claims["iat"], bench.clock.second());
    assert_eq!(decoded.claims["exp"], bench.clock.second() + 36_000);
    let portrait = bench
        .picture(decoded.claims["picture"].as_str().unwrap(), None)
        .await;
    assert_eq!(portrait, (256, 256));
}

#[tokio::test]
async fn userinfo_tells_who_the_token_is_for_and_wants_openid() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("ada").await;
    let without = bench.tokens_for("ada", &[("scope", "read:films")]).await;

    let who = bench
        .get("userinfo", Some(tokens.text("access_token")))
        .await;
    let refused = bench
        .get("userinfo", Some(without.text("access_token")))
        .await;
    let nobody = bench.get("userinfo", None).await;

    assert_eq!((who.status, &who.json["sub"]), (200, &json!("demo|ada")));
    assert_eq!(who.json["email"], "ada@example.com");
    assert_eq!(refused.status, 403);
    assert!(
        refused
            .header("www-authenticate")
            .contains("scope=\"openid\"")
    );
    assert_eq!(nobody.status, 401);
}

// Refresh and revocation.

#[tokio::test]
async fn a_refresh_rotates_and_gives_an_id_token_of_the_same_person() {
    let bench = Bench::start().await;
    let first = bench.tokens("ada").await;

    let second = bench.refresh(first.text("refresh_token")).await;

    assert_eq!(second.status, 200);
    assert_ne!(second.text("refresh_token"), first.text("refresh_token"));
    assert_ne!(second.text("access_token"), first.text("access_token"));
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(second.text("id_token"))
        .unwrap()
        .claims;
    assert_eq!(claims["sub"], "demo|ada");
}

#[tokio::test]
async fn the_token_before_the_newest_works_within_the_overlap() {
    let bench = Bench::start().await;
    let first = bench.tokens("ada").await;
    bench.refresh(first.text("refresh_token")).await;

    bench.clock.advance(9);
    let again = bench.refresh(first.text("refresh_token")).await;

    assert_eq!(again.status, 200);
    assert_eq!(bench.refresh(again.text("refresh_token")).await.status, 200);
}

#[tokio::test]
async fn reuse_after_the_overlap_ends_the_family_with_its_access_tokens() {
    let bench = Bench::start().await;
    let first = bench.tokens("ada").await;
    let second = bench.refresh(first.text("refresh_token")).await;

    bench.clock.advance(10);
    let reuse = bench.refresh(first.text("refresh_token")).await;

    assert_eq!((reuse.status, reuse.error()), (403, "invalid_grant"));
    let newest = bench.refresh(second.text("refresh_token")).await;
    assert_eq!((newest.status, newest.error()), (403, "invalid_grant"));
    assert_eq!(
        bench
            .get("api/me", Some(second.text("access_token")))
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn a_refresh_cannot_widen_the_scope() {
    let bench = Bench::start().await;
    let tokens = bench
        .tokens_for("ada", &[("scope", "openid offline_access read:films")])
        .await;

    let wider = bench
        .refresh_with(
            tokens.text("refresh_token"),
            &[("scope", "openid read:contacts")],
        )
        .await;
    let narrower = bench
        .refresh_with(tokens.text("refresh_token"), &[("scope", "openid")])
        .await;

    assert_eq!((wider.status, wider.error()), (400, "invalid_scope"));
    assert_eq!(narrower.status, 200);
    assert_eq!(
        bench
            .get("api/films", Some(narrower.text("access_token")))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn revoking_the_refresh_token_ends_the_session() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("ada").await;
    let other = bench.tokens("ada").await;

    let revoked = bench.revoke(tokens.text("refresh_token")).await;

    assert_eq!(revoked.status, 200);
    assert_eq!(
        bench.refresh(tokens.text("refresh_token")).await.error(),
        "invalid_grant"
    );
    assert_eq!(
        bench
            .get("api/me", Some(tokens.text("access_token")))
            .await
            .status,
        401
    );
    assert_eq!(
        bench
            .get("api/me", Some(other.text("access_token")))
            .await
            .status,
        200
    );
    assert_eq!(bench.revoke("never-given").await.status, 200);
}

// The API.

#[tokio::test]
async fn the_api_wants_a_token_of_its_own_that_is_alive() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("ada").await;
    let no_audience = bench.tokens_for("ada", &[("audience", "")]).await;
    let films = |token: String| {
        let bench = &bench;
        async move { bench.get("api/films", Some(&token)).await }
    };

    let without = bench.get("api/films", None).await;
    let wrong = films("wrong".to_owned()).await;
    let opaque = films(no_audience.text("access_token").to_owned()).await;
    let right = films(tokens.text("access_token").to_owned()).await;
    bench.clock.advance(86_400);
    let over = films(tokens.text("access_token").to_owned()).await;

    assert_eq!(
        (without.status, without.header("www-authenticate")),
        (401, "Bearer realm=\"tenfoot demo\"")
    );
    assert!(
        wrong
            .header("www-authenticate")
            .contains("error=\"invalid_token\"")
    );
    assert_eq!(
        [wrong.status, opaque.status, right.status, over.status],
        [401, 401, 200, 401]
    );
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let bench = Bench::start().await;
    let tokens = bench
        .tokens_for("ada", &[("scope", "openid profile read:films")])
        .await;

    let refused = bench
        .get("api/contacts", Some(tokens.text("access_token")))
        .await;

    assert_eq!(
        (refused.status, refused.error()),
        (403, "insufficient_scope")
    );
    assert!(
        refused
            .header("www-authenticate")
            .contains("error=\"insufficient_scope\", scope=\"read:contacts\"")
    );
}

#[tokio::test]
async fn films_come_in_three_pages_of_twenty() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("ada").await;
    let bearer = Some(tokens.text("access_token"));
    let mut titles = std::collections::HashSet::new();
    let mut next = Some(format!("{}films", bench.demo.api_url()));
    let mut pages = 0;

    while let Some(address) = next {
        let page = bench.get_at(&address, bearer).await;
        assert_eq!((page.status, &page.json["total"]), (200, &json!(60)));
        let data = page.json["data"].as_array().unwrap();
        assert_eq!(data.len(), 20);
        titles.extend(
            data.iter()
                .map(|film| film["title"].as_str().unwrap().to_owned()),
        );
        next = page
            .header("link")
            .strip_suffix(">; rel=\"next\"")
            .map(|link| link[1..].to_owned());
        pages += 1;
    }

    assert_eq!((pages, titles.len()), (3, 60));
    assert_eq!(bench.get("api/films?page=4", bearer).await.status, 404);
}

#[tokio::test]
async fn posters_and_avatars_are_pictures_for_the_bearer_alone() {
    let bench = Bench::start().await;
    let tokens = bench.tokens("ada").await;
    let bearer = Some(tokens.text("access_token"));
    let films = bench.get("api/films", bearer).await;
    let contacts = bench.get("api/contacts", bearer).await;
    let poster = films.json["data"][0]["poster"].as_str().unwrap();
    let avatar = contacts.json["data"][0]["picture"].as_str().unwrap();

    assert_eq!(contacts.json["data"].as_array().unwrap().len(), 40);
    assert_eq!(bench.picture(poster, bearer).await, (640, 360));
    assert_eq!(bench.picture(avatar, bearer).await, (256, 256));
    assert_eq!(bench.get_at(poster, None).await.status, 401);
    assert_eq!(bench.get_at(avatar, None).await.status, 401);
    assert_eq!(
        bench.get("api/films/61/poster.png", bearer).await.status,
        404
    );
}

#[tokio::test]
async fn each_account_sees_its_own() {
    let bench = Bench::start().await;
    let ada = bench.tokens("ada").await;
    let grace = bench.tokens("grace").await;

    for path in ["api/me", "api/films", "api/contacts"] {
        let one = bench.get(path, Some(ada.text("access_token"))).await;
        let other = bench.get(path, Some(grace.text("access_token"))).await;
        assert_ne!(one.json, other.json, "{path}");
    }
    let me = bench.get("api/me", Some(ada.text("access_token"))).await;
    assert_eq!(me.json["greeting"], "Good to see you, Ada!");
}

// The ready configuration.

#[tokio::test]
async fn the_ready_configuration_is_accepted_and_leads_to_the_channels() {
    let bench = Bench::start().await;

    let text = bench.demo.config_toml();
    let config = Config::parse(std::path::Path::new("demo.toml"), &text).unwrap();

    assert_eq!(config.provider.issuer.as_written(), bench.demo.issuer());
    assert_eq!(
        config.provider.audience.as_deref(),
        Some(bench.demo.audience())
    );
    assert!(
        config
            .provider
            .scopes()
            .any(|scope| scope == "offline_access")
    );
    let shown: Vec<(&str, Layout)> = config
        .channels
        .iter()
        .map(|c| (c.name.as_str(), c.layout))
        .collect();
    assert_eq!(
        shown,
        [
            ("Films", Layout::Cards),
            ("Contacts", Layout::List),
            ("About me", Layout::Details)
        ]
    );
    let tokens = bench.tokens("ada").await;
    for channel in &config.channels {
        let answer = bench
            .get_at(channel.url.as_written(), Some(tokens.text("access_token")))
            .await;
        let first = match &channel.items {
            Some(items) => answer.json.pointer(items.as_str()).unwrap()[0].clone(),
            None => answer.json.clone(),
        };
        for pointer in [&channel.title, &channel.image, &channel.subtitle]
            .into_iter()
            .flatten()
        {
            assert!(
                first.pointer(pointer.as_str()).unwrap().is_string(),
                "{} {}",
                channel.name,
                pointer.as_str()
            );
        }
    }
}

// Listening.

#[tokio::test]
async fn every_address_keeps_the_app_on_loopback_and_shows_phones_another() {
    let bench = Bench::with(Options {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Options::default()
    })
    .await;
    let port = bench.demo.local_addr().port();

    let device = bench.device(&[]).await;

    assert_eq!(bench.demo.issuer(), format!("http://127.0.0.1:{port}/"));
    assert!(
        bench
            .demo
            .config_toml()
            .contains("issuer = \"http://127.0.0.1:")
    );
    assert!(
        device
            .text("verification_uri")
            .ends_with(&format!(":{port}/activate"))
    );
    assert!(!device.text("verification_uri").contains("0.0.0.0"));
    let page = Phone::new().get(device.text("verification_uri")).await;
    assert_eq!(page.status, 200);
    let notice = bench.demo.notice().unwrap().to_string();
    assert!(
        notice.contains("Anyone in this network") && notice.contains("at home"),
        "{notice}"
    );
}

#[tokio::test]
async fn on_loopback_there_is_nothing_to_notice() {
    assert_eq!(Bench::start().await.demo.notice(), None);
}

#[tokio::test]
async fn an_address_in_use_is_told_in_words() {
    let bench = Bench::start().await;
    let options = Options {
        listen: bench.demo.local_addr(),
        ..Options::default()
    };

    let refused = tenfoot::demo::serve(&options, bench.clock.shared())
        .await
        .unwrap_err()
        .to_string();

    assert!(
        refused.contains("already listens there") && refused.contains("--listen 127.0.0.1:0"),
        "{refused}"
    );
}

#[tokio::test]
async fn dropping_it_and_shutting_it_down_end_it() {
    let dropped = Bench::start().await;
    let stopped = Bench::start().await;
    let (first, second) = (dropped.demo.local_addr(), stopped.demo.local_addr());
    let pages = [
        Phone::new().get(dropped.demo.issuer()).await,
        Phone::new().get(stopped.demo.issuer()).await,
    ];
    assert!(
        pages
            .iter()
            .all(|page| page.status == 200 && page.html.contains("/activate"))
    );

    drop(dropped);
    stopped.demo.shutdown().await;

    for address in [first, second] {
        // The port is free when it can be listened on again; dropping takes a moment.
        let free = async {
            while tokio::net::TcpListener::bind(address).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), free)
            .await
            .unwrap();
    }
}

// Strangers.

/// Sends this on a connection of its own; gives what came until the demo closed it.
async fn sent(bench: &Bench, request: &str) -> String {
    let mut stream = TcpStream::connect(bench.demo.local_addr()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let closed = stream.read_to_end(&mut answer);
    let patience = Duration::from_secs(60);
    let closed = tokio::time::timeout(patience, closed).await;
    closed.expect("the demo closes the connection").unwrap();
    String::from_utf8(answer).unwrap()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[tokio::test]
async fn a_request_for_another_host_is_refused_whatever_it_asks_for() {
    let bench = Bench::start().await;
    let address = bench.demo.local_addr();
    let port = address.port();
    for path in [
        "/",
        "/activate",
        "/.well-known/openid-configuration",
        "/api/me",
        "/nothing",
    ] {
        for host in [
            "evil.example".to_owned(),
            format!("evil.example:{port}"),
            format!("127.0.0.1.evil.example:{port}"),
            format!("0.0.0.0:{port}"),
            "127.0.0.1".to_owned(),
        ] {
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let answer = sent(&bench, &request).await;
            assert_eq!(status(&answer), "421", "{path} at {host}");
            assert!(answer.contains(&format!("http://{address}/")), "{answer}");
        }
    }
    let two = format!("Host: {address}\r\nHost: evil.example\r\n");
    for hosts in ["", &two] {
        let request = format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        assert_eq!(status(&sent(&bench, &request).await), "400", "{hosts}");
    }
    for host in [address.to_string(), format!("localhost:{port}")] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(status(&sent(&bench, &request).await), "200", "{host}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_is_not_waited_for() {
    let bench = Bench::start().await;
    let started = format!("GET / HTTP/1.1\r\nHost: {}\r\nX-", bench.demo.local_addr());
    for request in ["", "G", &started] {
        let answer = sent(&bench, request).await;
        assert!(["", "408"].contains(&status(&answer)), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_is_not_waited_for() {
    let bench = Bench::start().await;
    let host = bench.demo.local_addr();
    for length in ["Content-Length: 200", "Transfer-Encoding: chunked"] {
        for path in ["/oauth/token", "/activate", "/userinfo", "/nothing"] {
            let request = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n{length}\r\n\r\n5\r\n");
            assert_eq!(status(&sent(&bench, &request).await), "408", "{path}");
        }
    }
}

#[tokio::test]
async fn more_connections_than_the_demo_keeps_are_closed_until_there_is_room_again() {
    let bench = Bench::start().await;
    let host = bench.demo.local_addr();
    let mut open = Vec::new();
    for _ in 0..128 {
        open.push(TcpStream::connect(host).await.unwrap());
    }

    let mut refused = TcpStream::connect(host).await.unwrap();
    let closed = tokio::time::timeout(Duration::from_secs(5), refused.read(&mut [0])).await;
    assert!(matches!(closed, Ok(Ok(0) | Err(_))), "{closed:?}");

    open.clear();
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let served = async {
        loop {
            let mut stream = TcpStream::connect(host).await.unwrap();
            let mut answer = Vec::new();
            let asked = stream.write_all(request.as_bytes()).await;
            if asked.is_ok() && stream.read_to_end(&mut answer).await.is_ok() && !answer.is_empty()
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), served)
        .await
        .expect("there is room again");
}
