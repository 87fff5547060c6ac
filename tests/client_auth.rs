//! How a client with a secret says who it is (RFC 6749 §2.3.1, RFC 8414 §2): which way
//! comes first, what is tried where it is refused, and that what worked is remembered.
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

use std::io::Write as _;
use std::sync::Arc;

use scripted::{Reply, Request, Scripted};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tenfoot::oauth::client::{Client, Grant};
use tenfoot::oauth::error::Reason;
use tenfoot::oauth::flow::End;
use tenfoot::oauth::response::{Poll, Refresh};
use tenfoot::secret::Secret;

const SECRET: &str = "the secret: 100%";
/// `tv-client` and the secret, form-encoded, then in base64.
const CREDENTIALS: &str = "Basic dHYtY2xpZW50OnRoZStzZWNyZXQlM0ErMTAwJTI1";

/// How a request said who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    Basic,
    Post,
    Nothing,
    Both,
}

fn by(request: &Request) -> By {
    let header = request.headers.get("authorization").map(String::as_str);
    let body = request.form.get("client_secret").map(String::as_str);
    match (header, body) {
        (Some(CREDENTIALS), None) => By::Basic,
        (None, Some(SECRET)) => By::Post,
        (None, None) => By::Nothing,
        (Some(_), Some(_)) => By::Both,
        (header, body) => panic!("{header:?} {body:?}"),
    }
}

struct Tv {
    provider: Scripted,
    client: Client,
    _secret: NamedTempFile,
}

impl Tv {
    async fn new() -> Self {
        Self::with("").await
    }

    async fn with(config: &str) -> Self {
        Self::at(Scripted::start().await, config)
    }

    /// A TV whose provider lists these methods.
    async fn listing(methods: &Value) -> Self {
        let provider = Scripted::start().await;
        let mut discovery = provider.discovery();
        discovery["token_endpoint_auth_methods_supported"] = methods.clone();
        provider.on(
            "/.well-known/openid-configuration",
            [Reply::json(200, &discovery)],
        );
        Self::at(provider, "")
    }

    fn at(provider: Scripted, config: &str) -> Self {
        let mut secret = NamedTempFile::new().unwrap();
        secret.write_all(SECRET.as_bytes()).unwrap();
        let path = secret.path().display();
        let config = provider.provider_with(&format!("client_secret_file = \"{path}\"\n{config}"));
        let clock = Arc::clone(&provider.clock);
        Self {
            client: Client::new(config, clock).unwrap(),
            provider,
            _secret: secret,
        }
    }

    async fn code(&self) -> Grant {
        self.client.device_authorization().await.unwrap()
    }

    async fn refresh(&self) -> Refresh {
        self.client.refresh(&Secret::new("refresh-1"), None).await
    }

    fn asked(&self, path: &str) -> Vec<By> {
        self.provider.requests(path).iter().map(by).collect()
    }
}

fn renewed() -> Reply {
    Reply::json(
        200,
        &json!({ "access_token": "access-2", "token_type": "Bearer", "expires_in": 3600 }),
    )
}

#[tokio::test]
async fn where_nothing_is_listed_the_secret_goes_into_the_header() {
    let tv = Tv::new().await;

    let grant = tv.code().await;
    assert_eq!(tv.client.poll(&grant).await, Poll::Pending);
    tv.provider.on("/token", [renewed()]);
    tv.refresh().await;
    let given_back = tv.client.give_back(None, &Secret::new("access-1")).await;

    given_back.unwrap();
    assert_eq!(tv.asked("/device"), [By::Basic]);
    assert_eq!(tv.asked("/token"), [By::Basic, By::Basic]);
    assert_eq!(tv.asked("/revoke"), [By::Basic]);
    // RFC 8628 §3.1 wants the identifier in the device request's body all the same.
    let named = |path: &str| {
        let requests = tv.provider.requests(path);
        requests
            .iter()
            .map(|request| request.form.contains_key("client_id"))
            .collect::<Vec<_>>()
    };
    assert_eq!(named("/device"), [true]);
    assert_eq!(named("/token"), [false, false]);
}

#[tokio::test]
async fn a_refused_header_is_tried_once_as_a_parameter_and_that_is_remembered() {
    for refusal in [
        Reply::new(401, ""),
        Reply::error(401, "invalid_client"),
        Reply::error(401, "unauthorized_client"),
        Reply::error(400, "invalid_client"),
        Reply::error(403, "invalid_client"),
    ] {
        let tv = Tv::new().await;
        let grant = Reply::json(200, &tv.provider.grant());
        tv.provider.on("/device", [refusal, grant]);

        let grant = tv.code().await;
        tv.client.poll(&grant).await;
        tv.provider.on("/token", [renewed()]);
        tv.refresh().await;
        tv.refresh().await;
        let given_back = tv.client.give_back(None, &Secret::new("access-1")).await;

        given_back.unwrap();
        assert_eq!(tv.asked("/device"), [By::Basic, By::Post]);
        assert_eq!(tv.asked("/token"), [By::Post, By::Post, By::Post]);
        assert_eq!(tv.asked("/revoke"), [By::Post]);
    }
}

#[tokio::test]
async fn where_only_parameters_are_listed_the_header_comes_second() {
    let tv = Tv::listing(&json!(["client_secret_post", "private_key_jwt"])).await;
    let grant = Reply::json(200, &tv.provider.grant());
    tv.provider.on("/device", [Reply::new(401, ""), grant]);

    let grant = tv.code().await;
    tv.client.poll(&grant).await;

    assert_eq!(tv.asked("/device"), [By::Post, By::Basic]);
    assert_eq!(tv.asked("/token"), [By::Basic]);
}

#[tokio::test]
async fn a_client_that_is_refused_only_at_the_poll_asks_again_for_the_same_code() {
    let tv = Tv::new().await;
    let tokens = Reply::json(200, &tv.provider.tokens());
    tv.provider
        .on("/token", [Reply::new(401, ""), tokens, renewed()]);

    let grant = tv.code().await;
    let poll = tv.client.poll(&grant).await;
    let refresh = tv.refresh().await;

    assert!(matches!(poll, Poll::Tokens(_)), "{poll:?}");
    assert!(matches!(refresh, Refresh::Tokens(_)), "{refresh:?}");
    assert_eq!(tv.asked("/token"), [By::Basic, By::Post, By::Post]);
    let codes: Vec<_> = tv.provider.requests("/token")[..2]
        .iter()
        .map(|request| request.form["device_code"].clone())
        .collect();
    assert_eq!(codes, ["the-device-code", "the-device-code"]);
}

#[tokio::test]
async fn a_provider_that_looks_for_the_client_in_the_body_alone_finds_it_there() {
    // What one answers that ignores the header.
    let tv = Tv::new().await;
    let missing = Reply::error(400, "invalid_request");
    tv.provider
        .on("/token", [missing.clone(), Reply::pending(), missing]);

    let grant = tv.code().await;
    let first = tv.client.poll(&grant).await;
    // It is known by now where the client is looked for.
    let second = tv.client.poll(&grant).await;

    assert_eq!(first, Poll::Pending);
    assert!(matches!(second, Poll::Ended(_)), "{second:?}");
    assert_eq!(tv.asked("/token"), [By::Basic, By::Post, By::Post]);
}

#[tokio::test]
async fn where_both_ways_are_refused_each_is_tried_once() {
    let tv = Tv::new().await;
    tv.provider
        .on("/device", [Reply::error(401, "invalid_client")]);
    tv.provider
        .on("/token", [Reply::error(401, "invalid_client")]);
    tv.provider.on("/revoke", [Reply::new(401, "")]);

    assert!(tv.client.device_authorization().await.is_err());
    let refresh = tv.refresh().await;
    let given_back = tv.client.give_back(None, &Secret::new("access-1")).await;

    assert!(matches!(refresh, Refresh::Refused(_)), "{refresh:?}");
    assert!(given_back.is_err());
    let with_secret = |path: &str| {
        let mut asked = tv.asked(path);
        asked.retain(|by| *by != By::Nothing);
        asked
    };
    for path in ["/device", "/token", "/revoke"] {
        assert_eq!(with_secret(path), [By::Basic, By::Post], "{path}");
    }
}

#[tokio::test]
async fn a_configured_method_is_the_only_one() {
    for (method, expected) in [("basic", By::Basic), ("post", By::Post)] {
        let tv = Tv::with(&format!("client_auth = \"{method}\"")).await;
        tv.provider.on("/token", [Reply::new(401, "")]);

        let grant = tv.code().await;
        tv.client.poll(&grant).await;

        let asked = [tv.asked("/device"), tv.asked("/token")].concat();
        let with_secret: Vec<_> = asked.iter().filter(|by| **by != By::Nothing).collect();
        assert_eq!(with_secret, [&expected, &expected]);
    }
}

#[tokio::test]
async fn an_answer_about_the_code_or_the_token_is_final() {
    for error in [
        "authorization_pending",
        "slow_down",
        "access_denied",
        "expired_token",
        "invalid_grant",
    ] {
        let tv = Tv::new().await;
        let grant = tv.code().await;
        tv.provider.on("/token", [Reply::error(401, error)]);

        tv.client.poll(&grant).await;

        assert_eq!(tv.asked("/token"), [By::Basic], "{error}");
    }
    for refusal in [
        Reply::new(500, ""),
        Reply::new(429, ""),
        Reply::new(404, ""),
    ] {
        let tv = Tv::new().await;
        tv.provider.on("/token", [refusal]);

        tv.refresh().await;

        assert_eq!(tv.asked("/token"), [By::Basic]);
    }
}

#[tokio::test]
async fn a_sign_out_is_tried_in_the_other_way_too() {
    let tv = Tv::new().await;
    tv.provider
        .on("/revoke", [Reply::new(401, ""), Reply::new(200, "")]);

    let given_back = tv
        .client
        .give_back(Some(&Secret::new("refresh-1")), &Secret::new("access-1"))
        .await;

    given_back.unwrap();
    assert_eq!(tv.asked("/revoke"), [By::Basic, By::Post, By::Post]);
}

#[tokio::test]
async fn a_wish_for_a_nonce_is_no_refusal_of_the_client() {
    let tv = Tv::with("dpop = true").await;
    let grant = tv.code().await;
    let nonce = Reply::error(401, "use_dpop_nonce").header("DPoP-Nonce", "n-1");
    tv.provider.on(
        "/token",
        [
            nonce,
            Reply::new(401, ""),
            Reply::pending(),
            Reply::pending(),
        ],
    );

    let poll = tv.client.poll(&grant).await;

    assert_eq!(poll, Poll::Pending);
    assert_eq!(tv.asked("/token"), [By::Basic, By::Basic, By::Post]);
}

#[tokio::test]
async fn a_client_that_gets_codes_but_is_not_known_is_found_out_without_using_anything_up() {
    let tv = Tv::new().await;
    for (answer, expected) in [
        (Reply::error(400, "invalid_grant"), None),
        (
            Reply::error(401, "invalid_client"),
            Some(Reason::SecretRefused),
        ),
        (
            Reply::error(401, "unauthorized_client"),
            Some(Reason::SecretRefused),
        ),
        (Reply::new(401, ""), Some(Reason::SecretRefused)),
        (Reply::new(503, ""), None),
    ] {
        tv.provider.forget();
        tv.provider.on("/token", [answer]);

        let refusal = tv.client.refusal_of_client().await;

        assert_eq!(refusal.map(|refusal| refusal.reason), expected);
        for request in tv.provider.requests("/token") {
            assert_eq!(request.form["grant_type"], "refresh_token");
        }
        assert!(tv.provider.requests("/device").is_empty());
    }
}

fn reason(refused: End) -> Reason {
    match refused {
        End::NoCode(refusal) | End::Refused(refusal) => refusal.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_missing_a_wrong_and_a_needless_secret_are_told_apart() {
    let hydra = json!({
        "error": "invalid_client",
        "error_description": "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).",
    });
    for refused in [
        Reply::error(401, "invalid_client"),
        Reply::error(401, "unauthorized_client"),
        Reply::new(401, ""),
        Reply::json(401, &hydra),
    ] {
        let tv = Tv::new().await;
        tv.provider.on("/device", [refused.clone()]);
        tv.provider.on("/token", [refused.clone()]);
        let end = tv.client.device_authorization().await.unwrap_err();
        assert_eq!(reason(end), Reason::SecretRefused);

        // A public client is known as soon as it sends none.
        tv.provider
            .on("/token", [Reply::error(400, "invalid_grant")]);
        let end = tv.client.device_authorization().await.unwrap_err();
        assert_eq!(reason(end), Reason::SecretNeedless);

        let provider = Scripted::start().await;
        let public = Client::new(provider.provider(), Arc::clone(&provider.clock) as _).unwrap();
        provider.on("/device", [refused]);
        let end = public.device_authorization().await.unwrap_err();
        assert_eq!(reason(end), Reason::SecretMissing);
        assert!(provider.requests("/token").is_empty());
    }
}

#[tokio::test]
async fn a_sentence_about_an_unknown_client_is_believed() {
    let tv = Tv::new().await;
    let unknown = json!({ "error": "invalid_client", "error_description": "Client not found" });
    tv.provider.on("/device", [Reply::json(401, &unknown)]);

    let end = tv.client.device_authorization().await.unwrap_err();

    assert_eq!(reason(end), Reason::UnknownClient);
}

#[tokio::test]
async fn a_provider_that_takes_no_forms_says_so_at_each_endpoint() {
    let tv = Tv::new().await;
    let grant = tv.code().await;
    let body =
        json!({ "message": "Content-Type is not allowed", "code": "UNSUPPORTED_MEDIA_TYPE" });
    for refusal in [Reply::json(415, &body), Reply::new(415, "")] {
        tv.provider.forget();
        for path in ["/device", "/token"] {
            tv.provider.on(path, [refusal.clone()]);
        }

        let end = tv.client.device_authorization().await.unwrap_err();
        let poll = tv.client.poll(&grant).await;
        let refresh = tv.refresh().await;

        assert_eq!(reason(end), Reason::UnsupportedEncoding);
        let (Poll::Ended(end), Refresh::Refused(refused) | Refresh::Unclear(refused)) =
            (poll, refresh)
        else {
            panic!("not final");
        };
        assert_eq!(reason(end), Reason::UnsupportedEncoding);
        assert_eq!(refused.reason, Reason::UnsupportedEncoding);
        assert_eq!(tv.provider.all_requests(), 3);
    }
}
