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

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use program::{Machine, Ran};
use scripted::{CLIENT_ID, Reply, Scripted};

const CLIENT_SECRET: &str = "kl1ent/geheim+und=lang&genug";
const DEVICE_CODE: &str = "d3vice~c0de/that+nobody=sees&ever";
const USER_CODE: &str = "QTZL-MCBW";
const ACCESS: &str = "acc3ss.t0ken/of-the+first=hour";
const REFRESH: &str = "refr3sh.t0ken/of-the+first=hour";
const QUERY: &str = "k3y-in-the-channels-address";
const ACCESS_2: &str = "acc3ss.t0ken/of-the+second=hour-9";
const REFRESH_2: &str = "refr3sh.t0ken/of-the+second=hour-9";

/// A machine whose every output is kept, at a provider whose every secret is known.
struct Watched {
    machine: Machine,
    provider: Scripted,
    /// What was printed and logged, by command.
    told: Vec<(String, Ran)>,
    id_token: String,
}

impl Watched {
    async fn new() -> Self {
        let machine = Machine::new();
        let provider = Scripted::start().await;
        let secret = machine.path("client-secret");
        fs::write(&secret, CLIENT_SECRET).unwrap();
        let issuer = provider.issuer();
        machine.write_config(&format!(
            "[provider]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\npkce = true\n\
             client_secret_file = \"{}\"\n[storage]\nbackend = \"file\"\n\
             [[channel]]\nname = \"Things\"\nurl = \"{issuer}things?key={QUERY}\"\n",
            secret.display()
        ));
        let mut grant = provider.grant();
        grant["device_code"] = json!(DEVICE_CODE);
        grant["user_code"] = json!(USER_CODE);
        grant["verification_uri_complete"] = json!(format!("https://acme.example/a?c={USER_CODE}"));
        grant["interval"] = json!(1);
        provider.on("/device", [Reply::json(200, &grant)]);
        let now = Timestamp::now().as_second();
        // Nobody's name, so that the userinfo endpoint is asked for it.
        let claims = json!({
            "iss": issuer, "sub": "user-1", "aud": CLIENT_ID, "iat": now, "exp": now + 3600,
        });
        provider.on(
            "/userinfo",
            [Reply::json(200, &json!({ "sub": "user-1", "name": "Ada" }))],
        );
        provider.on(
            "/things",
            [Reply::json(200, &json!([{ "name": "A thing" }]))],
        );
        Self {
            machine,
            id_token: provider.id_token(&claims),
            provider,
            told: Vec::new(),
        }
    }

    fn tokens(&self) -> Value {
        json!({
            "access_token": ACCESS, "refresh_token": REFRESH, "token_type": "Bearer",
            "expires_in": 3600, "id_token": self.id_token,
        })
    }

    fn renewed(&self) -> Value {
        json!({
            "access_token": ACCESS_2, "refresh_token": REFRESH_2, "token_type": "Bearer",
            "expires_in": 3600, "id_token": self.id_token,
        })
    }

    /// Runs the program at the trace level.
    async fn run(&mut self, arguments: &[&str]) -> i32 {
        let mut command = self
            .machine
            .command(&[&["--log", "trace"], arguments].concat());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap();
        self.keep(arguments, output.into())
    }

    /// The same, ended by a signal as soon as the provider was asked for this.
    async fn run_until_asked(&mut self, arguments: &[&str], path: &str) -> i32 {
        let before = self.provider.requests(path).len();
        let mut command = self
            .machine
            .command(&[&["--log", "trace"], arguments].concat());
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let id = Pid::from_child(&child);
        let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        while self.provider.requests(path).len() == before {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        kill_process(id, Signal::INT).unwrap();
        let output = ended.await.unwrap();
        self.keep(arguments, output.into())
    }

    fn keep(&mut self, arguments: &[&str], ran: Ran) -> i32 {
        let code = ran.code;
        self.told.push((arguments.join(" "), ran));
        code
    }

    async fn sign_in(&mut self, tokens: &Value) {
        self.provider.on("/token", [Reply::json(200, tokens)]);
        assert_eq!(self.run(&["sign-in", "--json"]).await, 0, "{:?}", self.told);
    }

    fn session_file(&self) -> PathBuf {
        let [file] = <[PathBuf; 1]>::try_from(self.machine.stored()).unwrap();
        file
    }

    /// Makes the stored access token one that has ended.
    fn let_time_pass(&self) {
        let file = self.session_file();
        let mut session: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        session["obtained_at"] = json!("2026-01-01T00:00:00Z");
        session["expires_at"] = json!("2026-01-01T01:00:00Z");
        fs::write(file, session.to_string()).unwrap();
    }

    /// Every secret that went over the wire, by name.
    fn secrets(&self) -> BTreeMap<String, String> {
        let mut secrets: BTreeMap<String, String> = [
            ("the client's secret", CLIENT_SECRET),
            ("the device code", DEVICE_CODE),
            ("the access token", ACCESS),
            ("the refresh token", REFRESH),
            ("the channel's query", QUERY),
            ("the second access token", ACCESS_2),
            ("the second refresh token", REFRESH_2),
        ]
        .map(|(name, secret)| (name.to_owned(), secret.to_owned()))
        .into();
        for (part, of) in self
            .id_token
            .split('.')
            .zip(["header", "claims", "signature"])
        {
            // An ID token's header is no secret and looks like any other.
            if of != "header" {
                secrets.insert(format!("the ID token's {of}"), part.to_owned());
            }
        }
        for request in self.provider.requests("/token") {
            if let Some(verifier) = request.form.get("code_verifier") {
                secrets.insert("the PKCE verifier".to_owned(), verifier.clone());
            }
        }
        secrets
    }

    /// Every text that somebody else than the owner of the session file may see.
    fn traces(&self) -> Vec<(String, Vec<u8>)> {
        let mut traces = Vec::new();
        for (command, ran) in &self.told {
            traces.push((
                format!("the output of {command}"),
                ran.out.clone().into_bytes(),
            ));
            traces.push((
                format!("the log of {command}"),
                ran.err.clone().into_bytes(),
            ));
        }
        let ours = [
            self.machine.path("client-secret"),
            self.machine.path("config"),
            self.machine.path("state/tenfoot/sessions"),
        ];
        for file in traces::files(&self.machine.path("")) {
            let is_session = file.extension().is_some_and(|ending| ending == "json");
            let is_ours = ours[..2].iter().any(|place| file.starts_with(place))
                || file.starts_with(&ours[2]) && is_session;
            if !is_ours {
                traces.push((file.display().to_string(), fs::read(&file).unwrap()));
            }
        }
        traces
    }

    fn assert_nothing_got_out(&self) {
        let secrets = self.secrets();
        for (place, text) in self.traces() {
            for (name, secret) in &secrets {
                if let Some(found) = traces::find(secret, &text) {
                    panic!("{name} is in {place}: …{found}…");
                }
            }
        }
        assert!(self.told.iter().any(|(_, ran)| ran.err.contains("TRACE")));
        for (command, ran) in &self.told {
            assert!(
                !ran.err.contains(USER_CODE),
                "the user code is in the log of {command}"
            );
        }
    }
}

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

    assert!(watched.secrets().contains_key("the PKCE verifier"));
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
        (Reply::error(400, "invalid_client"), 5),
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
        assert_eq!(watched.run_until_asked(arguments, "/device").await, 1);
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
        (Reply::error(400, "invalid_client"), 5),
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
