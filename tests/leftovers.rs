//! What earlier configurations left on a machine: sessions of other issuers and clients,
//! files that can't be understood, codes, locks and caches; and what others may read.

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

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use program::{Demo, Machine, only_line, sign_in};
use serde_json::{Value, json};

/// Everything in the sessions' directory, the locks too.
fn in_sessions(machine: &Machine) -> Vec<PathBuf> {
    entries(&machine.path("state/tenfoot/sessions"))
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn session_file(machine: &Machine) -> PathBuf {
    let mut sessions = in_sessions(machine);
    sessions.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    let [file] = <[PathBuf; 1]>::try_from(sessions).unwrap();
    file
}

/// The cache of whoever has that session, with something in it.
fn cache_beside(machine: &Machine, session: &Path) -> PathBuf {
    let cache = machine
        .path("cache/tenfoot")
        .join(session.file_stem().unwrap());
    fs::create_dir_all(cache.join("pictures")).unwrap();
    fs::write(cache.join("pictures/1"), "of Ada").unwrap();
    cache
}

fn config(machine: &Machine) -> String {
    fs::read_to_string(machine.path("config/tenfoot/config.toml")).unwrap()
}

fn with_client(text: &str, client: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.starts_with("client_id") {
            format!("client_id = \"{client}\"\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn open_to_others(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Whether the demo there still renews a session.
fn renews(issuer: &str, session: &Value) -> bool {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", session["client_id"].as_str().unwrap()),
        ("refresh_token", session["refresh_token"].as_str().unwrap()),
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let url = format!("{}oauth/token", issuer);
        let body = serde_urlencoded::to_string(form).unwrap();
        let answer = reqwest::Client::builder()
            .no_proxy()
            .build()
            .unwrap()
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
            .unwrap();
        answer.status().is_success()
    })
}

#[test]
fn sign_out_all_ends_sessions_of_earlier_issuers_at_their_own_issuer() {
    let machine = Machine::new();
    let _old = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let file = session_file(&machine);
    let session: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let cache = cache_beside(&machine, &file);
    let issuer = session["issuer"].as_str().unwrap().to_owned();
    let _new = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);

    let out = machine.run(&["sign-out", "--all"]);

    assert_eq!(out.code, 0, "{}{}", out.out, out.err);
    let revoked = out.out.matches("at the provider and here").count();
    assert_eq!(revoked, 2, "{}{}", out.out, out.err);
    assert_eq!(in_sessions(&machine), Vec::<PathBuf>::new());
    assert!(!cache.exists());
    assert!(
        !renews(&issuer, &session),
        "the old refresh token still works"
    );
}

#[test]
fn sign_out_all_ends_sessions_of_another_client_of_the_same_issuer() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    machine.write_config(&with_client(&config(&machine), "another"));

    let out = machine.run(&["sign-out", "--all"]);

    assert_eq!(out.code, 0, "{}{}", out.out, out.err);
    assert!(out.out.contains("Signed out Ada Winter"), "{}", out.out);
    assert_eq!(in_sessions(&machine), Vec::<PathBuf>::new());
}

#[test]
fn sign_out_all_needs_no_configuration_that_can_be_read() {
    for text in [Some("[provider"), None] {
        let machine = Machine::new();
        let _demo = Demo::start(&machine, &[]);
        sign_in(&machine, &[]);
        match text {
            Some(text) => machine.write_config(text),
            None => fs::remove_file(machine.path("config/tenfoot/config.toml")).unwrap(),
        }

        let out = machine.run(&["sign-out", "--all"]);

        assert_eq!(out.code, 0, "{}{}", out.out, out.err);
        assert!(out.out.contains("at the provider and here"), "{}", out.out);
        assert_eq!(in_sessions(&machine), Vec::<PathBuf>::new());
    }
}

#[test]
fn sign_out_all_removes_whatever_lies_where_sessions_are_stored() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let sessions = machine.path("state/tenfoot/sessions");
    let elsewhere = machine.path("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    for (name, text) in [
        ("default-0badc0de.json.unreadable", "{ \"refresh_token\""),
        ("default-0badc0de.json.unreadable-2", "{"),
        ("default-0badc0de.json", "not a session"),
        ("default-0badc0de.pending", "{}"),
        ("default-0badc0de.pending.lock", ""),
        ("default-0badc0de.lock", ""),
        ("0badc0de.current", "default\n"),
        (".new-default-0badc0de.json.xyz", "{}"),
    ] {
        fs::write(sessions.join(name), text).unwrap();
    }
    symlink(&elsewhere, sessions.join("kitchen-0badc0de.json")).unwrap();
    fs::create_dir_all(sessions.join("hall-0badc0de.json.unreadable/deeper")).unwrap();
    let orphaned = machine.path("cache/tenfoot/person-123-0badc0de");
    fs::create_dir_all(&orphaned).unwrap();
    fs::write(orphaned.join("answer"), "of Grace").unwrap();

    let out = machine.run(&["sign-out", "--all"]);

    assert_eq!(out.code, 0, "{}{}", out.out, out.err);
    assert_eq!(in_sessions(&machine), Vec::<PathBuf>::new());
    assert!(!orphaned.exists());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    let again = machine.run(&["sign-out", "--all"]);
    assert_eq!((again.code, &*again.out), (0, "Nobody is signed in.\n"));
}

#[test]
fn a_token_goes_to_nobody_but_the_issuer_that_gave_it() {
    let machine = Machine::new();
    let mut old = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    old.stop(rustix::process::Signal::TERM);
    let _new = Demo::start(&machine, &[]);

    let mut command = machine.command(&["sign-out", "--all"]);
    let out: program::Ran = command.env("TENFOOT_LOG", "debug").output().unwrap().into();

    assert_eq!(out.code, 0, "{}{}", out.out, out.err);
    assert!(
        out.out.contains("Signed out Ada Winter here."),
        "{}",
        out.out
    );
    assert!(!out.err.contains("/oauth/revoke"), "{}", out.err);
    assert_eq!(in_sessions(&machine), Vec::<PathBuf>::new());
}

#[test]
fn what_an_earlier_configuration_stored_is_named_with_how_to_remove_it() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let issuer = only_line(&machine.run(&["status", "--json"]).out)["issuer"].clone();
    machine.write_config(&with_client(&config(&machine), "another"));

    let out = machine.run(&["sign-out"]);
    let status = machine.run(&["status"]);
    let json = only_line(&machine.run(&["status", "--json"]).out);
    let doctor = only_line(&machine.run(&["doctor", "--json"]).out);

    for told in [&out.out, &status.out] {
        assert!(told.contains("Ada Winter"), "{told}");
        assert!(told.contains(issuer.as_str().unwrap()), "{told}");
        assert!(told.contains("tenfoot sign-out --all"), "{told}");
    }
    assert_eq!((out.code, status.code), (0, 3));
    assert_eq!(json["other_sessions"][0]["name"], "Ada Winter");
    assert_eq!(json["other_sessions"][0]["issuer"], issuer);
    let checks = doctor["checks"].as_array().unwrap();
    let told = checks.iter().any(|check| {
        check["check"] == "storage"
            && check["state"] == "warning"
            && check["seen"].as_str().unwrap().contains("Ada Winter")
    });
    assert!(told, "{doctor}");
    assert!(session_file(&machine).exists(), "it is only named");
}

#[test]
fn a_session_that_cannot_be_deleted_leaves_no_cache_and_is_named_with_its_place() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let file = session_file(&machine);
    let cache = cache_beside(&machine, &file);
    let undeletable = |on: &str| {
        let changed = std::process::Command::new("chattr")
            .arg(on)
            .arg(&file)
            .status();
        changed.is_ok_and(|status| status.success())
    };
    if !undeletable("+i") {
        // Only root can, and not on every file system; `tests/profiles.rs` has the same
        // without it.
        return;
    }

    let all = machine.run(&["sign-out", "--all"]);
    let gone = !cache.exists();
    let cache = cache_beside(&machine, &file);
    let one = machine.run(&["sign-out"]);
    assert!(undeletable("-i"));

    for out in [all, one] {
        assert_eq!(out.code, 1, "{}{}", out.out, out.err);
        assert!(out.err.contains(file.to_str().unwrap()), "{}", out.err);
    }
    assert!(gone && !cache.exists());
}

#[test]
fn directories_that_others_can_enter_are_closed() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    fs::create_dir_all(machine.path("cache/tenfoot")).unwrap();
    let ours = ["state/tenfoot", "state/tenfoot/sessions", "cache/tenfoot"];
    for name in ours {
        open_to_others(&machine.path(name), 0o755);
    }

    let status = machine.run(&["status"]);

    assert_eq!(status.code, 0, "{}", status.err);
    assert_eq!(ours.map(|name| mode(&machine.path(name))), [0o700; 3]);
    assert!(status.err.contains("open to others"), "{}", status.err);
}

#[test]
fn a_secret_or_a_pin_that_others_can_read_is_warned_of() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let secret = machine.path("secret");
    fs::write(&secret, "very secret\n").unwrap();
    let text = config(&machine).replace(
        "[provider]\n",
        &format!("[provider]\nclient_secret_file = {:?}\n", secret),
    );
    machine.write_config(&format!("{text}\n[kiosk]\npin = \"2580\"\n"));
    let file = machine.path("config/tenfoot/config.toml");
    open_to_others(&secret, 0o644);
    open_to_others(&file, 0o644);

    let check = machine.run(&["config", "check"]);
    let status = machine.run(&["status"]);
    let doctor = only_line(&machine.run(&["doctor", "--json"]).out);

    assert_eq!(check.code, 0, "{}", check.err);
    for told in [&check.err, &status.err] {
        for path in [&secret, &file] {
            assert!(told.contains(path.to_str().unwrap()), "{told}");
        }
        assert!(!told.contains("2580") && !told.contains("very secret"));
    }
    let config = &doctor["checks"][0];
    assert_eq!(
        (&config["check"], &config["state"]),
        (&json!("config"), &json!("warning"))
    );
    assert_eq!(config["cause"], "readable-by-others");

    open_to_others(&secret, 0o600);
    open_to_others(&file, 0o600);
    let check = machine.run(&["config", "check"]);
    assert_eq!((check.code, &*check.err), (0, ""));
}
