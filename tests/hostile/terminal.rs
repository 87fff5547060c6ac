//! The real program in a terminal: no escape sequence gets through to it.

use std::process::Command;

use jiff::Timestamp;
use serde_json::{Value, json};
use tenfoot::oauth::Who;
use tenfoot::secret::Secret;
use tenfoot::session::Session;
use tenfoot::session::store::{OneFile, Store as _};

use crate::program::{Machine, Ran};
use crate::scripted::{CLIENT_ID, Reply, Scripted};
use crate::{STEERING, is_clean};

/// A provider for the program, on the clock of this machine.
async fn provider(machine: &Machine) -> Scripted {
    let provider = Scripted::start().await;
    let issuer = provider.issuer();
    machine.write_config(&format!(
        "[provider]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\n[storage]\nbackend = \"file\"\n\
         [[channel]]\nname = \"Things\"\nurl = \"{issuer}things\"\n"
    ));
    provider
}

fn claims(provider: &Scripted, changes: Value) -> Value {
    let now = Timestamp::now().as_second();
    let mut claims = provider.claims();
    claims["iat"] = json!(now);
    claims["exp"] = json!(now + 3600);
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// Runs the program while the provider goes on answering.
async fn run(machine: &Machine, arguments: &[&str]) -> Ran {
    let mut command = machine.command(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
        .into()
}

/// The same on a terminal; all that was written to it.
async fn on_a_terminal(machine: &Machine, arguments: &[&str]) -> String {
    let program = machine.command(arguments);
    let mut command = Command::new("script");
    let line: Vec<&str> = std::iter::once(program.get_program())
        .chain(program.get_args())
        .map(|word| word.to_str().unwrap())
        .collect();
    command
        .args(["-qec", &line.join(" "), "/dev/null"])
        .env_clear();
    for (name, value) in program.get_envs() {
        command.env(name, value.unwrap());
    }
    command
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn assert_clean(what: &str, text: &str) {
    for line in text.lines() {
        assert!(is_clean(line), "{what}: {line:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_persons_name_and_scope_steer_no_terminal() {
    let machine = Machine::new();
    let provider = provider(&machine).await;
    let mut grant = provider.grant();
    grant["interval"] = json!(1);
    provider.on("/device", [Reply::json(200, &grant)]);
    let hostile = format!("Ada{STEERING}Eve");
    let claims = claims(
        &provider,
        json!({ "name": hostile, "email": hostile, "picture": hostile }),
    );
    let tokens = json!({
        "access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 3600,
        "scope": format!("openid {STEERING}x profile"), "id_token": provider.id_token(&claims),
    });
    let odd = json!({ "error": "temporarily_unavailable", "error_description": hostile });
    provider.on(
        "/token",
        [Reply::json(503, &odd), Reply::json(200, &tokens)],
    );

    for arguments in [
        &["sign-in"][..],
        &["status"],
        &["status", "--json"],
        &["sign-in", "--json"],
        &["sign-out"],
    ] {
        let ran = run(&machine, arguments).await;
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert_clean(&format!("{arguments:?}"), &(ran.out + &ran.err));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_refusals_steer_no_terminal() {
    let machine = Machine::new();
    let provider = provider(&machine).await;
    let hostile = format!("no{STEERING}way");
    let refusal = Reply::json(
        400,
        &json!({ "error": hostile, "error_description": hostile }),
    );
    let mut code = provider.grant();
    code["user_code"] = json!("WDJB\u{1b}[2JMJHT");
    let mut address = provider.grant();
    address["verification_uri"] = json!("https://acme.example/\u{9b}2J");
    for reply in [refusal, Reply::json(200, &code), Reply::json(200, &address)] {
        for arguments in [&["sign-in"][..], &["sign-in", "--json"]] {
            provider.on("/device", [reply.clone()]);
            let ran = run(&machine, arguments).await;
            assert_ne!(ran.code, 0);
            assert!(!(ran.out.clone() + &ran.err).is_empty());
            assert_clean(&format!("{arguments:?}"), &(ran.out + &ran.err));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_printed_byte_by_byte_to_a_program_and_cleaned_for_a_terminal() {
    let machine = Machine::new();
    let provider = provider(&machine).await;
    let store = OneFile::new(
        &machine.path("state/tenfoot"),
        "default",
        provider.issuer(),
        CLIENT_ID,
    );
    let now = Timestamp::now();
    store
        .save(&Session {
            issuer: provider.issuer().to_owned(),
            client_id: CLIENT_ID.to_owned(),
            who: Who::default(),
            scope: String::new(),
            access_token: Secret::new("a"),
            obtained_at: now,
            expires_at: None,
            refresh_token: None,
            dpop_key: None,
            refresh_expires_at: None,
            failed_renewal: None,
            signed_in_at: now,
        })
        .unwrap();
    let body = [b"{\n\t\"name\": \"", STEERING.as_bytes(), b"\xff\"\n}"].concat();
    provider.on("/things", [Reply::new(200, body.clone())]);

    let mut command = machine.command(&["fetch", "Things"]);
    let piped = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let seen = on_a_terminal(&machine, &["fetch", "Things"]).await;

    assert_eq!(piped.stdout, body);
    assert!(seen.contains("\"name\": \""), "{seen:?}");
    assert_clean("fetch", &seen.replace('\t', " ").replace("\r\n", "\n"));
}
