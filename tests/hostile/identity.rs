//! Discovery, keys, ID tokens and userinfo.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use tenfoot::clock::Clock as _;
use tenfoot::config::{Preset, Provider};
use tenfoot::oauth::flow::End;
use tenfoot::oauth::id_token::{self, Expected, Keys};
use tenfoot::oauth::provider::{self, Unusable};
use tenfoot::oauth::response::Answer;
use tenfoot::oauth::userinfo;
use tenfoot::secret::Secret;
use tenfoot::session::Flow;
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::Memory;

use crate::scripted::{CLIENT_ID, Reply, Scripted, SigningKey};
use crate::{STEERING, is_clean, senseless};

const ISSUER: &str = "https://acme.example/";

fn expected(preset: &Preset) -> Expected<'_> {
    Expected {
        issuer: ISSUER,
        preset,
        client_id: CLIENT_ID,
        now: Timestamp::from_second(1_800_000_000).unwrap(),
        ahead: None,
    }
}

fn ours() -> Provider {
    toml::from_str(&format!("issuer = \"{ISSUER}\"\nclient_id = \"tv\"")).unwrap()
}

fn claims(changes: &Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "sub": "user-1", "aud": CLIENT_ID, "iat": 1_800_000_000, "exp": 1_800_003_600,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// What comes of an ID token whose signature is good.
fn signed(changes: &Value) -> Result<tenfoot::oauth::Who, id_token::Error> {
    let key = SigningKey::new("key-1");
    let keys = Keys::parse(json!({ "keys": [key.jwk()] }).to_string().as_bytes()).unwrap();
    id_token::verify(
        &Secret::new(key.sign(&claims(changes))),
        &keys,
        expected(&Preset::default()),
    )
}

async fn end_of(provider: &Scripted) -> End {
    use futures::StreamExt as _;
    let store = std::sync::Arc::new(Memory::default());
    let flow = Flow::new(&provider.provider(), store, provider.clock.clone()).unwrap();
    let events: Vec<Event> = flow.events().collect().await;
    match events.into_iter().next_back() {
        Some(Event::Ended(end)) => end,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_senseless_discovery_document_is_none() {
    let ours = ours();
    for (what, body) in senseless() {
        let answer = Answer {
            status: 200,
            body,
            ..Answer::default()
        };
        // Something else answers in the provider's place: that may pass.
        assert!(
            matches!(provider::read(&ours, &answer), Err(Unusable::Page(_))),
            "{what}"
        );
    }
}

#[test]
fn a_discovered_address_that_no_secret_may_go_to_is_refused() {
    let ours = ours();
    for hostile in [
        "http://acme.example/token",
        "javascript:alert(1)",
        "data:,x",
        "file:///etc/passwd",
        "https://user:password@acme.example/token",
        "https://",
        "/token",
        STEERING,
    ] {
        let document = json!({
            "issuer": ISSUER, "device_authorization_endpoint": "https://acme.example/device",
            "token_endpoint": hostile,
        });
        let answer = Answer {
            status: 200,
            body: document.to_string().into_bytes(),
            ..Answer::default()
        };
        let document = provider::read(&ours, &answer).unwrap();
        let refused = provider::metadata(&ours, Some(&document))
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("token_endpoint can’t be used"),
            "{refused}"
        );
        assert!(is_clean(&refused), "{refused:?}");
    }
}

#[test]
fn a_provider_elsewhere_names_no_address_of_this_machine_or_its_network() {
    let refused = |issuer: &str, endpoint: &str| {
        let ours: Provider =
            toml::from_str(&format!("issuer = \"{issuer}\"\nclient_id = \"tv\"")).unwrap();
        let document = json!({
            "issuer": issuer, "device_authorization_endpoint": format!("{issuer}device"),
            "token_endpoint": format!("{issuer}token"), "userinfo_endpoint": endpoint,
        });
        let answer = Answer {
            status: 200,
            body: document.to_string().into_bytes(),
            ..Answer::default()
        };
        let document = provider::read(&ours, &answer).unwrap();
        let metadata = provider::metadata(&ours, Some(&document));
        metadata.err().map(|words| words.to_string())
    };
    for local in [
        "http://localhost/x",
        "http://localhost./x",
        "https://tv.localhost/x",
        "http://127.0.0.1:631/x",
        "http://127.1.2.3/x",
        "http://2130706433/x",
        "http://0.0.0.0:8080/x",
        "http://[::]/x",
        "http://[::1]/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://[::ffff:0.0.0.0]/x",
        "https://[::ffff:7f00:1]/x",
        "https://localhost.localdomain/x",
        "https://router.local./x",
        "https://192.168.1.1/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/x",
        "https://[fe80::1]/x",
        "https://[fd00::1]/x",
    ] {
        let words = refused(ISSUER, local).unwrap_or_else(|| panic!("{local} is accepted"));
        assert!(words.contains("userinfo_endpoint"), "{words}");
        assert!(words.contains("this machine or its network"), "{words}");
    }
    // Its own network's, or this machine's.
    assert_eq!(
        refused("https://192.168.1.5/", "https://192.168.1.6/x"),
        None
    );
    assert_eq!(refused("http://127.0.0.1:9/", "http://[::1]:9/x"), None);
    assert!(refused("https://192.168.1.5/", "http://127.0.0.1/x").is_some());
    assert_eq!(refused(ISSUER, "https://user.acme.example/x"), None);
}

#[test]
fn somebody_elses_issuer_is_named_without_its_tricks() {
    let ours = ours();
    let body =
        json!({ "issuer": format!("https://{STEERING}evil.example/{}", "x".repeat(100_000)) });
    let answer = Answer {
        status: 200,
        body: body.to_string().into_bytes(),
        ..Answer::default()
    };

    let Err(Unusable::Foreign(words)) = provider::read(&ours, &answer) else {
        panic!()
    };

    let words = words.to_string();
    assert!(is_clean(&words) && words.len() < 1000, "{words:?}");
}

#[tokio::test]
async fn a_body_of_ten_megabytes_is_not_read_to_its_end() {
    let large = || Reply::new(200, vec![b' '; 10 << 20]);
    let provider = Scripted::start().await;
    provider.on("/device", [large()]);
    let End::Unreachable(words) = end_of(&provider).await else {
        panic!()
    };
    assert!(words.to_string().contains("more than 1 MiB"), "{words}");

    let provider = Scripted::start().await;
    provider.on("/.well-known/openid-configuration", [large()]);
    assert!(
        matches!(end_of(&provider).await, End::Unreachable(words) if words.to_string().contains("1 MiB"))
    );

    let provider = Scripted::start().await;
    provider.on("/token", [Reply::json(200, &provider.tokens())]);
    provider.on("/jwks", [large()]);
    assert!(
        matches!(end_of(&provider).await, End::Unreachable(words) if words.to_string().contains("1 MiB"))
    );
}

#[test]
fn a_senseless_set_of_keys_is_none_and_senseless_keys_are_left_out() {
    for (what, body) in senseless() {
        assert!(Keys::parse(&body).is_err(), "{what}");
    }
    let good = SigningKey::new("key-1");
    let zeros = "A".repeat(1_000_000);
    let keys = json!({ "keys": [
        null, 1, [], {}, { "kty": "EC" }, { "kty": "EC", "crv": "P-256", "x": "", "y": "" },
        { "kty": "EC", "crv": "P-256", "x": zeros, "y": "AA" },
        { "kty": "RSA", "n": "", "e": "" }, { "kty": "RSA", "n": zeros, "e": "AQAB" },
        { "kty": "RSA", "n": "AA", "e": "AA" }, { "kty": "oct", "k": "c2VjcmV0" },
        { "kty": "OKP", "crv": "Ed25519", "x": "AA" }, { "kty": "EC", "crv": "P-256", "x": "%", "y": "%" },
        good.jwk(),
    ] });
    let keys = Keys::parse(keys.to_string().as_bytes()).unwrap();

    let token = Secret::new(good.sign(&claims(&json!({}))));
    assert!(id_token::verify(&token, &keys, expected(&Preset::default())).is_ok());
    for alg in ["ES256", "RS256", "PS512", "EdDSA", "ES384"] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": alg }).to_string());
        let payload = URL_SAFE_NO_PAD.encode(claims(&json!({})).to_string());
        for signature in ["", "AA", &zeros] {
            let forged = Secret::new(format!("{header}.{payload}.{signature}"));
            assert!(
                id_token::verify(&forged, &keys, expected(&Preset::default())).is_err(),
                "{alg}"
            );
        }
    }
}

#[test]
fn what_is_no_signed_token_is_refused() {
    let key = SigningKey::new("key-1");
    let keys = Keys::parse(
        json!({ "keys": [key.jwk(), { "kty": "oct", "k": "c2VjcmV0", "kid": "key-1" }] })
            .to_string()
            .as_bytes(),
    )
    .unwrap();
    let good = key.sign(&claims(&json!({})));
    let [header, payload, signature] =
        <[&str; 3]>::try_from(good.split('.').collect::<Vec<_>>()).unwrap();
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let deep = "[".repeat(100_000);
    for hostile in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        ".".repeat(100_000),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{signature}.{signature}"),
        format!("{header}.{payload}.{}", part("x")),
        format!(".{payload}.{signature}"),
        format!("{}.{payload}.", part("{\"alg\":\"none\"}")),
        format!("{}.{payload}.", part("{\"alg\":\"NONE\"}")),
        format!(
            "{}.{payload}.{}",
            part("{\"alg\":\"HS256\",\"kid\":\"key-1\"}"),
            part("x")
        ),
        format!("{}.{payload}.{signature}", part("{\"alg\":[\"ES256\"]}")),
        format!(
            "{}.{payload}.{signature}",
            part("{\"alg\":\"ES256\",\"alg\":\"none\"}")
        ),
        format!("{}.{payload}.{signature}", part(&deep)),
        format!(
            "{}.{payload}.{signature}",
            part(&format!("{{\"alg\":\"ES256\",\"jwk\":{deep}"))
        ),
        format!("{header}.{}.{signature}", part(&deep)),
        format!("{header}.{}.{signature}", part("\u{0}")),
        format!("{header}.{payload}=.{signature}"),
        format!("{header}.{payload}.{}", "A".repeat(1 << 20)),
        STEERING.to_owned(),
        "é.名.\u{202e}".to_owned(),
    ] {
        let refused =
            id_token::verify(&Secret::new(&*hostile), &keys, expected(&Preset::default()));
        let words = refused
            .expect_err(&hostile.chars().take(200).collect::<String>())
            .to_string();
        assert!(is_clean(&words) && words.len() < 1000, "{words:?}");
    }
}

#[test]
fn times_that_no_calendar_knows_are_before_or_after_all_others() {
    for (changes, good) in [
        (json!({ "exp": 1e300 }), true),
        (json!({ "exp": u64::MAX }), true),
        (json!({ "exp": -1e300 }), false),
        (json!({ "exp": i64::MIN }), false),
        (json!({ "iat": -1e300 }), true),
        (json!({ "iat": 1e300 }), false),
        (json!({ "exp": "1800003600" }), false),
        (json!({ "exp": null }), false),
        (json!({ "exp": [1_800_003_600] }), false),
    ] {
        assert_eq!(signed(&changes).is_ok(), good, "{changes}");
    }
}

#[test]
fn claims_of_the_wrong_kind_are_refused() {
    for changes in [
        json!({ "sub": 7.5 }),
        json!({ "sub": true }),
        json!({ "sub": "" }),
        json!({ "sub": ["user-1"] }),
        json!({ "aud": [] }),
        json!({ "aud": {} }),
        json!({ "aud": [CLIENT_ID, "other"] }),
        json!({ "aud": [[CLIENT_ID]] }),
        json!({ "iss": [ISSUER] }),
        json!({ "iss": "HTTPS://ACME.example/" }),
        json!({ "azp": "other" }),
    ] {
        assert!(signed(&changes).is_err(), "{changes}");
    }
}

#[test]
fn what_a_person_is_called_is_cleaned_and_cut() {
    let name = format!("Ada{STEERING}{}", "!".repeat(100_000));

    let who = signed(&json!({ "name": name, "email": name })).unwrap();
    let told = userinfo::by_claims(
        json!({ "sub": "user-1", "name": name, "email": name })
            .to_string()
            .as_bytes(),
        None,
    )
    .unwrap();

    for who in [who, told] {
        for text in [who.name.unwrap(), who.email.unwrap()] {
            assert!(
                text.starts_with("Ada") && is_clean(&text) && text.len() < 1000,
                "{text:?}"
            );
        }
    }
}

/// The subject is compared to the letter and shown where there is no name, so it can't
/// be cleaned. OpenID Connect Core §2 allows 255 ASCII characters.
#[test]
fn a_subject_that_can_not_be_shown_names_nobody() {
    let long = "x".repeat(1000);
    for subject in [STEERING, "auth0|\u{1b}[2J", "\u{202e}1-resu", &long] {
        assert!(signed(&json!({ "sub": subject })).is_err(), "{subject:?}");
        let body = json!({ "sub": subject, "name": "Ada" }).to_string();
        assert_eq!(
            userinfo::by_claims(body.as_bytes(), None),
            None,
            "{subject:?}"
        );
    }
}

#[test]
fn a_senseless_userinfo_says_nothing() {
    for (what, body) in senseless() {
        assert_eq!(userinfo::by_claims(&body, None), None, "{what}");
    }
    let somebody_else = json!({ "sub": "user-2", "name": "Eve" }).to_string();
    assert_eq!(
        userinfo::by_claims(somebody_else.as_bytes(), Some("user-1")),
        None
    );
}

#[tokio::test]
async fn hostile_tokens_end_a_sign_in_in_words() {
    let provider = Scripted::start().await;
    let now = provider.clock.wall().as_second();
    let claims = json!({ "iss": provider.issuer(), "sub": STEERING, "aud": CLIENT_ID, "iat": now, "exp": now + 60 });
    let tokens = provider.tokens_with(&json!({ "id_token": provider.id_token(&claims) }));
    provider.on("/token", [Reply::json(200, &tokens)]);

    let End::Untrusted(words) = end_of(&provider).await else {
        panic!()
    };

    assert!(is_clean(&words.to_string()), "{words:?}");
    let revoked = provider.requests("/revoke");
    let revoked: Vec<_> = revoked
        .iter()
        .map(|one| one.form["token"].as_str())
        .collect();
    assert_eq!(
        revoked,
        ["refresh-1", "access-1"],
        "nobody will use these tokens"
    );
}
