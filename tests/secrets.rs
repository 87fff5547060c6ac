//! No secret gets out: whole flows through the real program at the most talkative log
//! level, and every secret looked for in all that it prints, logs and writes, the session
//! store alone left out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/demo.rs"]
mod demo_support;
#[path = "support/program.rs"]
mod program;
#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod scripted;
#[path = "support/traces.rs"]
mod traces;
#[path = "secrets/watched.rs"]
mod watched;

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::Signal;
use serde_json::{Value, json};

use scripted::{Reply, Scripted};
use watched::{ACCESS, CLIENT_SECRET, DEVICE_CODE, REFRESH, REFRESH_2, Watched};

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_session_tells_no_secret() {
    let mut watched = Watched::new().await;
    let tokens = watched.tokens();
    watched.provider.on(
        "/token",
        [
            Reply::pending(),
            Reply::new(503, "down"),
            Reply::json(200, &tokens),
        ],
    );
    assert_eq!(watched.run(&["sign-in", "--json"]).await, 0);
    for (arguments, code) in [
        (&["status"][..], 0),
        (&["status", "--json"], 0),
        (&["fetch", "Things"], 0),
    ] {
        assert_eq!(watched.run(arguments).await, code, "{arguments:?}");
    }

    watched.let_time_pass();
    let renewed = watched.renewed();
    watched.provider.on("/token", [Reply::json(200, &renewed)]);
    assert_eq!(watched.run(&["fetch", "Things"]).await, 0);
    assert!(
        fs::read_to_string(watched.session_file())
            .unwrap()
            .contains(REFRESH_2)
    );
    assert_eq!(watched.run(&["sign-out"]).await, 0);

    let is_verifier = |name: &String| name.starts_with("the PKCE verifier");
    assert!(watched.secrets().keys().any(is_verifier));
    assert!(!watched.provider.requests("/userinfo").is_empty());
    assert_eq!(watched.provider.requests("/revoke").len(), 2);
    watched.assert_nothing_got_out();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_comes_to_nothing_tells_no_secret() {
    let mut watched = Watched::new().await;
    let unknown = json!({ "access_token": ACCESS, "token_type": "mac", "refresh_token": REFRESH });
    let mut forged = watched.tokens();
    forged["id_token"] = json!(format!("{}AAAA", watched.id_token));
    for (reply, code) in [
        (Reply::error(403, "access_denied"), 4),
        (Reply::error(403, "expired_token"), 4),
        (Reply::error(400, "invalid_client"), 2),
        (Reply::json(200, &unknown), 5),
        (Reply::json(200, &forged), 5),
    ] {
        for arguments in [&["sign-in"][..], &["sign-in", "--json"]] {
            watched.provider.on("/token", [reply.clone()]);
            assert_eq!(
                watched.run(arguments).await,
                code,
                "{:?}",
                watched.told.last()
            );
        }
    }
    watched.assert_nothing_got_out();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_sign_in_tells_no_secret_and_keeps_none() {
    let mut watched = Watched::new().await;
    for arguments in [&["sign-in"][..], &["sign-in", "--json"]] {
        let tokens = watched.tokens();
        watched.provider.on("/token", [Reply::json(200, &tokens)]);
        let code = watched.run_until_asked(arguments, "/device", Signal::INT);
        assert_eq!(code.await, Some(1));
    }

    assert_eq!(watched.machine.stored(), Vec::<PathBuf>::new());
    watched.assert_nothing_got_out();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_that_fails_tells_no_secret() {
    let mut watched = Watched::new().await;
    let tokens = watched.tokens();
    watched.sign_in(&tokens).await;
    for (reply, code) in [
        (Reply::dropped(), 5),
        (Reply::new(502, "<html>"), 5),
        (Reply::new(200, vec![b' '; 2 << 20]), 5),
        (Reply::error(400, "invalid_client"), 3),
        (Reply::error(429, "too_many_requests"), 5),
        (Reply::error(403, "invalid_grant"), 3),
    ] {
        watched.let_time_pass();
        watched.provider.on("/token", [reply]);
        assert_eq!(
            watched.run(&["fetch", "Things"]).await,
            code,
            "{:?}",
            watched.told.last()
        );
    }
    watched.assert_nothing_got_out();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_that_refuses_or_redirects_is_told_no_more_than_its_token() {
    let mut watched = Watched::new().await;
    let elsewhere = Scripted::start().await;
    let tokens = watched.tokens();
    watched.sign_in(&tokens).await;
    let renewed = watched.renewed();
    watched.provider.on("/token", [Reply::json(200, &renewed)]);
    for reply in [
        Reply::new(401, "").header("WWW-Authenticate", "Bearer error=\"invalid_token\""),
        Reply::new(403, ""),
        Reply::new(302, "").header("Location", &elsewhere.url("/elsewhere")),
        Reply::dropped(),
    ] {
        watched.provider.on("/things", [reply]);
        assert_eq!(
            watched.run(&["fetch", "Things"]).await,
            5,
            "{:?}",
            watched.told.last()
        );
    }

    watched
        .provider
        .on("/revoke", [Reply::error(503, "server_error")]);
    assert_eq!(watched.run(&["sign-out"]).await, 0);
    watched.assert_nothing_got_out();
}

/// A server's wish for a nonce in the proof (RFC 9449 §8, §9).
fn nonce(status: u16, nonce: &str) -> Reply {
    Reply::error(status, "use_dpop_nonce")
        .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
        .header("DPoP-Nonce", nonce)
}

fn bound(mut tokens: Value) -> Value {
    tokens["token_type"] = json!("DPoP");
    tokens
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_bound_to_a_key_tells_neither_the_key_nor_a_proof() {
    let mut watched = Watched::with("dpop = true").await;
    let tokens = Reply::json(200, &bound(watched.tokens()));
    let provider = &watched.provider;
    provider.on("/token", [nonce(400, "n-1"), Reply::pending(), tokens]);
    let who = json!({ "sub": "user-1", "name": "Ada" });
    provider.on("/userinfo", [nonce(401, "n-2"), Reply::json(200, &who)]);
    let things = json!([{ "name": "A thing" }]);
    provider.on("/things", [nonce(401, "n-3"), Reply::json(200, &things)]);

    assert_eq!(watched.run(&["sign-in", "--json"]).await, 0);
    let key = watched.note_key();
    for arguments in [&["status"][..], &["fetch", "Things"]] {
        assert_eq!(watched.run(arguments).await, 0, "{:?}", watched.told.last());
    }
    watched.let_time_pass();
    let renewed = Reply::json(200, &bound(watched.renewed()));
    watched.provider.on("/token", [nonce(400, "n-4"), renewed]);
    assert_eq!(watched.run(&["fetch", "Things"]).await, 0);
    assert_eq!(watched.note_key(), key, "a renewed session keeps its key");
    for refusal in [nonce(401, "n-5"), Reply::new(403, "")] {
        watched.provider.on("/things", [refusal]);
        assert_eq!(watched.run(&["fetch", "Things"]).await, 5);
    }
    assert_eq!(watched.run(&["sign-out"]).await, 0);

    for path in ["/token", "/userinfo", "/things"] {
        let requests = watched.provider.requests(path);
        assert!(requests.len() >= 2, "{path}");
        let proven = |request: &scripted::Request| request.headers.contains_key("dpop");
        assert!(requests.iter().all(proven), "{path}");
    }
    watched.assert_nothing_got_out();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_with_a_code_is_nowhere_else_and_goes_with_it() {
    let mut watched = Watched::with("dpop = true").await;
    watched.provider.on("/token", [Reply::pending()]);
    let sign_in = ["sign-in", "--json"];
    let killed = watched.run_until_asked(&sign_in, "/token", Signal::KILL);
    assert_eq!(killed.await, None);

    let pending = watched.session_file();
    assert!(
        pending
            .extension()
            .is_some_and(|ending| ending == "pending")
    );
    let kept = fs::read(&pending).unwrap();
    let verifier = serde_json::from_slice::<Value>(&kept).unwrap()["verifier"].clone();
    let verifier = verifier.as_str().unwrap();
    let key = watched.note_key();
    assert!(watched.secrets().values().any(|secret| secret == verifier));
    assert_eq!(traces::find(CLIENT_SECRET, &kept), None);
    watched.assert_nothing_got_out();

    let tokens = bound(watched.tokens());
    watched.sign_in(&tokens).await;
    assert_eq!(watched.note_key(), key, "the same code, so the same key");
    let session = fs::read(watched.session_file()).unwrap();
    for secret in [verifier, DEVICE_CODE, CLIENT_SECRET] {
        assert_eq!(traces::find(secret, &session), None);
    }
    watched.assert_nothing_got_out();
}

#[test]
fn a_session_that_is_set_aside_is_as_private_as_one_that_is_not() {
    use std::os::unix::fs::PermissionsExt as _;
    use tenfoot::session::store::{OneFile, Store as _};
    let home = tempfile::tempdir().unwrap();
    let store = OneFile::new(home.path(), "default", "i", "c");
    drop(store.lock(std::time::Duration::ZERO).unwrap());
    fs::write(store.path(), format!("{{\"access_token\": \"{ACCESS}\"")).unwrap();

    let why = store.load().unwrap_err().to_string();

    assert_eq!(traces::find(ACCESS, why.as_bytes()), None);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store.path().with_extension("json.unreadable")), 0o600);
    assert_eq!(mode(store.path().parent().unwrap()), 0o700);
}
