//! The session file and the configuration.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tenfoot::config::Config;
use tenfoot::session::store::{OneFile, Store as _};

use crate::{STEERING, is_clean, senseless};

fn session(changes: &Value) -> Vec<u8> {
    let mut session = json!({
        "issuer": "i", "client_id": "c", "who": { "subject": "u", "name": null, "email": null, "picture": null },
        "scope": "openid", "access_token": "a", "obtained_at": "2026-01-01T00:00:00Z",
        "expires_at": null, "refresh_token": "r", "signed_in_at": "2026-01-01T00:00:00Z",
    });
    for (name, value) in changes.as_object().unwrap() {
        session[name] = value.clone();
    }
    session.to_string().into_bytes()
}

fn hostile_sessions() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = senseless()
        .into_iter()
        .map(|(what, body)| (what.to_owned(), body))
        .collect();
    for changes in [
        json!({ "access_token": null }),
        json!({ "access_token": ["a"] }),
        json!({ "expires_at": 1e300 }),
        json!({ "expires_at": "+999999-01-01T00:00:00Z" }),
        json!({ "obtained_at": "yesterday" }),
        json!({ "who": [] }),
    ] {
        all.push((changes.to_string(), session(&changes)));
    }
    let whole = session(&json!({}));
    for length in 0..whole.len() {
        all.push((
            format!("the first {length} bytes"),
            whole[..length].to_vec(),
        ));
    }
    all
}

#[test]
fn a_session_file_that_makes_no_sense_is_set_aside_and_leaves_room_for_another() {
    for (what, bytes) in hostile_sessions() {
        let directory = tempfile::tempdir().unwrap();
        let store = OneFile::new(directory.path(), "default", "i", "c");
        fs::create_dir(store.path().parent().unwrap()).unwrap();
        fs::write(store.path(), &bytes).unwrap();

        let why = store.load().unwrap_err().to_string();

        assert!(why.contains("was set aside as"), "{what}: {why}");
        assert!(is_clean(&why), "{what}: {why}");
        assert_eq!(store.load(), Ok(None), "{what}");
        let aside = store.path().with_extension("json.unreadable");
        assert_eq!(fs::read(aside).unwrap(), bytes, "{what}");
    }
}

#[test]
fn a_session_with_fields_of_a_later_version_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let store = OneFile::new(directory.path(), "default", "i", "c");
    fs::create_dir(store.path().parent().unwrap()).unwrap();
    fs::write(
        store.path(),
        session(&json!({ "added_later": { "a": [1] } })),
    )
    .unwrap();

    assert!(store.load().unwrap().is_some());
}

#[test]
fn a_hostile_configuration_is_refused_in_words_that_steer_nothing() {
    let provider = "[provider]\nissuer = \"https://acme.example/\"\nclient_id = \"tv\"\n";
    for (what, text) in [
        ("nothing", String::new()),
        (
            "100,000 arrays",
            format!("{provider}x = {}", "[".repeat(100_000)),
        ),
        ("100,000 tables", format!("x{} = 1", ".a".repeat(100_000))),
        (
            "a table in a table in…",
            format!("x = {}", "{a = ".repeat(100_000)),
        ),
        (
            "a million digits",
            format!(
                "{provider}[display]\ntext_scale = {}",
                "9".repeat(1_000_000)
            ),
        ),
        (
            "an infinite size",
            format!("{provider}[display]\ntext_scale = inf"),
        ),
        (
            "no number",
            format!("{provider}[display]\nsafe_margin = nan"),
        ),
        (
            "a negative time",
            format!(
                "{provider}[[channel]]\nname = \"C\"\nurl = \"https://a.example\"\ntimeout = -1"
            ),
        ),
        ("a key twice", format!("{provider}client_id = \"tv\"")),
        ("steering", STEERING.to_owned()),
        (
            "a steering key",
            format!("{provider}\"{}\" = 1", "a\\u001b[2J\\u202e"),
        ),
        (
            "a steering value",
            format!("{provider}[display]\ntheme = \"\\u001b[2J\\u202e\""),
        ),
        (
            "a steering issuer",
            "[provider]\nclient_id = \"tv\"\nissuer = \"\\u001b[2J\\u202e\"".to_owned(),
        ),
        (
            "a script as issuer",
            "[provider]\nclient_id = \"tv\"\nissuer = \"javascript:alert(1)\"".to_owned(),
        ),
        (
            "a file as channel",
            format!("{provider}[[channel]]\nname = \"C\"\nurl = \"file:///etc/passwd\""),
        ),
        ("NUL", "\u{0}".repeat(1000)),
    ] {
        let refused = Config::parse(Path::new("config.toml"), &text).expect_err(what);
        let words = refused.to_string();
        let lines_apart = words.replace('\n', " ");
        assert!(is_clean(&lines_apart), "{what}: {words:?}");
        assert!(words.len() < 2000, "{what}: {} bytes", words.len());
    }
}

#[test]
fn a_configuration_that_is_no_text_is_refused_in_words() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for bytes in [
        &b"[provider]\nissuer = \"\xe2\x82"[..],
        b"\xff\xfe[\0p\0",
        &[0; 4096],
    ] {
        fs::write(file.path(), bytes).unwrap();
        assert!(Config::read(file.path()).is_err());
    }
}
