//! tenfoot against a certified provider that somebody else wrote: npm's oidc-provider,
//! approved through the provider's own pages, and an API that checks its tokens.
//!
//! The provider sends no `interval`, so each sign-in takes the 5 s of RFC 8628 §3.2.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "support/oidc.rs"]
mod oidc;

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use oidc::{Lifetimes, Person, Provider, Told};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use tempfile::TempDir;
use tenfoot::clock::SystemClock;
use tenfoot::config::Config;
use tenfoot::session::store::OneFile;
use tenfoot::session::{Flow, TokenManager};
use url::form_urlencoded::Serializer;

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Tokens that a test can wait out.
const BRIEF: Lifetimes = Lifetimes {
    device_code: 600,
    access_token: 3,
};

#[tokio::test]
async fn approval_through_the_providers_own_forms_gives_tokens() {
    let provider = Provider::start(Lifetimes::default());
    let (client, resource) = (
        provider.at.client_id.as_str(),
        provider.at.resource.as_str(),
    );

    let asked = [
        ("client_id", client),
        ("scope", &provider.at.scope),
        ("resource", resource),
    ];
    let (_, device) = post(&provider.endpoint("/device/auth"), &asked).await;
    let complete = device["verification_uri_complete"].as_str().unwrap();
    Person::new("alice").approve(Told::Complete(complete)).await;
    let code = device["device_code"].as_str().unwrap();
    let asked = [
        ("client_id", client),
        ("grant_type", DEVICE_CODE),
        ("device_code", code),
        ("resource", resource),
    ];
    let (status, tokens) = post(&provider.endpoint("/token"), &asked).await;

    assert_eq!(status, 200, "{tokens}");
    assert!(tokens["refresh_token"].is_string());
    let access = claims(&tokens["access_token"]);
    assert_eq!(
        (&access["aud"], &access["scope"]),
        (&Value::from(resource), &Value::from("read:items"))
    );
    let items = format!("{}/items", provider.at.api);
    assert_eq!(reqwest::get(&items).await.unwrap().status(), 401);
}

#[tokio::test]
async fn without_a_resource_the_id_token_says_no_name() {
    let provider = Provider::start(Lifetimes::default());
    let client = provider.at.client_id.as_str();

    let asked = [("client_id", client), ("scope", "openid profile email")];
    let (_, device) = post(&provider.endpoint("/device/auth"), &asked).await;
    let told = Told::Code {
        uri: device["verification_uri"].as_str().unwrap(),
        code: device["user_code"].as_str().unwrap(),
    };
    Person::new("alice").approve(told).await;
    let code = device["device_code"].as_str().unwrap();
    let asked = [
        ("client_id", client),
        ("grant_type", DEVICE_CODE),
        ("device_code", code),
    ];
    let (_, tokens) = post(&provider.endpoint("/token"), &asked).await;

    let id = claims(&tokens["id_token"]);
    assert_eq!((id["sub"].as_str(), id.get("name")), (Some("alice"), None));
}

#[tokio::test]
async fn a_sign_in_gives_a_session_that_calls_the_api_page_by_page() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::at(&provider);

    let (code, signed_in, log) = tv.sign_in("alice").await;
    assert_eq!(signed_in["subject"], "alice", "{signed_in}");
    assert_eq!(signed_in["name"], "Alice Example", "{signed_in}");
    assert_eq!(code["expires_in"], 600, "{code}");
    let user_code = code["user_code"].as_str().unwrap();
    assert!(
        !log.contains(user_code),
        "the user code is in the log:\n{log}"
    );

    let status = tv.run(&["status", "--json"]);
    let said = text(&status.stdout);
    assert_eq!(status.status.code(), Some(0), "{status:?}");
    let told: Value = serde_json::from_str(said).expect("one JSON value");
    assert_eq!(
        (&told["name"], &told["scope"]),
        (&"Alice Example".into(), &"read:items".into())
    );
    assert_eq!(told["missing_scopes"], serde_json::json!([]), "{told}");
    for secret in tv.secrets() {
        assert!(!said.contains(&secret), "a token is in the status: {said}");
        assert!(!log.contains(&secret), "a token is in the log:\n{log}");
    }

    let first = tv.fetched(&["fetch", "Items"]);
    assert_eq!(first["data"][0]["name"], "Amber", "{first}");
    assert_eq!(first["data"][0]["subtitle"], "Held for alice", "{first}");
    let second = tv.fetched(&["fetch", "Items", "--page", "2"]);
    assert_eq!(second["data"][0]["name"], "Diorite", "{second}");
}

#[tokio::test]
async fn a_name_that_the_id_token_lacks_is_asked_of_userinfo() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::with(&provider, "openid profile email offline_access", None);

    let (_, signed_in, _) = tv.sign_in("bob").await;

    assert_eq!(signed_in["subject"], "bob", "{signed_in}");
    assert_eq!(signed_in["name"], "Bob Example", "{signed_in}");
}

#[tokio::test]
async fn each_renewal_stores_the_rotated_refresh_token() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    let first = tv.refresh_token();

    tv.let_the_token_end().await;
    tv.fetched(&["fetch", "Items"]);
    let second = tv.refresh_token();
    tv.let_the_token_end().await;
    tv.fetched(&["fetch", "Items"]);
    let third = tv.refresh_token();

    assert!(
        first != second && second != third,
        "a refresh token was kept"
    );
}

#[tokio::test]
async fn a_session_bound_to_a_key_signs_in_calls_renews_and_ends() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.set_in_provider("dpop = true");

    let (_, signed_in, log) = tv.sign_in("alice").await;
    assert_eq!(signed_in["name"], "Alice Example", "{signed_in}");
    let [token, _] = tv.secrets();
    let key = tv.session()["dpop_key"].as_str().unwrap().to_owned();
    assert!(claims(&token.as_str().into())["cnf"]["jkt"].is_string());
    assert_eq!(tv.fetched(&["fetch", "Items"])["data"][0]["name"], "Amber");
    // The token alone opens nothing.
    let stolen = Client::new()
        .get(format!("{}/items", provider.at.api))
        .header("Authorization", format!("Bearer {token}"));
    assert_eq!(stolen.send().await.unwrap().status(), 401);

    tv.let_the_token_end().await;
    let fetch = tv.run(&["fetch", "Items"]);

    assert_eq!(fetch.status.code(), Some(0), "{fetch:?}");
    // This provider rotates no refresh token that is bound: it is of use to nobody else.
    assert_ne!(tv.secrets()[0], token, "the session was not renewed");
    assert_eq!(tv.session()["dpop_key"], key.as_str());
    for told in [log.as_str(), text(&fetch.stderr)] {
        assert!(!told.contains(&key), "the key is in the log:\n{told}");
    }
    assert_eq!(tv.run(&["sign-out"]).status.code(), Some(0));
    assert_eq!(tv.session_file(), None);
}

#[tokio::test]
async fn a_code_that_was_out_when_the_program_was_killed_is_back() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::at(&provider);
    let mut killed = tv.start_sign_in();
    let shown = killed.event("code");
    killed.kill();

    let mut again = tv.start_sign_in();
    let back = again.event("code");

    assert_eq!(back["user_code"], shown["user_code"]);
    let complete = back["verification_uri_complete"].as_str().unwrap();
    Person::new("alice").approve(Told::Complete(complete)).await;
    again.event("signed_in");
    assert_eq!(again.end().0, Some(0));
}

#[tokio::test]
async fn two_tenfoots_at_the_same_time_dont_spend_the_same_refresh_token() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    let (one, other) = (tv.keeper().await, tv.keeper().await);
    tv.let_the_token_end().await;

    let (one, other) = tokio::join!(one.access_token(), other.access_token());

    assert_eq!(one.unwrap(), other.unwrap());
    tv.let_the_token_end().await;
    tv.fetched(&["fetch", "Items"]);
}

#[tokio::test]
async fn a_running_tv_goes_on_from_what_a_fetch_beside_it_has_stored() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    let running = tv.keeper().await;
    tv.let_the_token_end().await;

    tv.fetched(&["fetch", "Items"]);
    tv.let_the_token_end().await;

    let renewed = running.access_token().await.expect("the session lives on");
    let [stored, _] = tv.secrets();
    assert_eq!(renewed.expose(), stored);
    tv.let_the_token_end().await;
    tv.fetched(&["fetch", "Items"]);
}

#[tokio::test]
async fn a_reused_refresh_token_ends_the_session_in_words() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    let stolen = tv.refresh_token();
    tv.let_the_token_end().await;
    tv.fetched(&["fetch", "Items"]);

    let (_, refused) = refresh(&provider, &stolen).await;
    assert_eq!(refused["error"], "invalid_grant");
    tv.let_the_token_end().await;
    let fetch = tv.run(&["fetch", "Items"]);

    assert_eq!(fetch.status.code(), Some(3), "{fetch:?}");
    assert!(fetch.stdout.is_empty(), "{fetch:?}");
    assert!(
        text(&fetch.stderr).contains("sign in"),
        "{}",
        text(&fetch.stderr)
    );
    assert_eq!(tv.run(&["status"]).status.code(), Some(3));
    assert!(
        tv.session_file().is_some(),
        "it is kept until the next sign-in"
    );
    tv.sign_in("alice").await;
    assert_eq!(tv.run(&["status"]).status.code(), Some(0));
}

#[tokio::test]
async fn a_sign_out_revokes_at_the_provider_and_deletes_the_session() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    let token = tv.refresh_token();
    assert_eq!(introspect(&provider, &token).await["active"], true);

    let sign_out = tv.run(&["sign-out"]);

    assert_eq!(sign_out.status.code(), Some(0), "{sign_out:?}");
    assert_eq!(introspect(&provider, &token).await["active"], false);
    assert_eq!(refresh(&provider, &token).await.1["error"], "invalid_grant");
    assert_eq!(tv.session_file(), None);
    assert_eq!(tv.run(&["status"]).status.code(), Some(3));
    assert_eq!(tv.run(&["fetch", "Items"]).status.code(), Some(3));
}

#[tokio::test]
async fn a_sign_out_deletes_the_session_although_the_provider_is_gone() {
    let provider = Provider::start(BRIEF);
    let tv = Tv::at(&provider);
    tv.sign_in("alice").await;
    drop(provider);
    tv.let_the_token_end().await;

    let fetch = tv.run(&["fetch", "Items"]);
    assert_eq!(fetch.status.code(), Some(5), "{fetch:?}");
    assert!(
        tv.session_file().is_some(),
        "the session died with the network"
    );
    let sign_out = tv.run(&["sign-out"]);

    assert!(
        !sign_out.stderr.is_empty() || !sign_out.stdout.is_empty(),
        "nothing is said of the revocation"
    );
    assert_eq!(tv.session_file(), None);
}

#[tokio::test]
async fn an_abort_where_the_code_is_confirmed_is_a_denial() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::at(&provider);
    let mut sign_in = tv.start_sign_in();
    let code = sign_in.event("code");

    Person::new("alice").abort_at_the_code(typed(&code)).await;

    sign_in.must_fail_with("access_denied");
    assert_eq!(tv.session_file(), None);
}

#[tokio::test]
async fn a_cancel_where_consent_is_asked_is_a_denial() {
    let provider = Provider::start(Lifetimes::default());
    let tv = Tv::at(&provider);
    let mut sign_in = tv.start_sign_in();
    let code = sign_in.event("code");

    Person::new("alice").cancel_at_consent(typed(&code)).await;

    sign_in.must_fail_with("access_denied");
    assert_eq!(tv.session_file(), None);
}

#[tokio::test]
async fn a_code_that_nobody_enters_expires() {
    let provider = Provider::start(Lifetimes {
        device_code: 6,
        access_token: 3600,
    });
    let tv = Tv::at(&provider);

    let mut sign_in = tv.start_sign_in();

    assert_eq!(sign_in.event("code")["expires_in"], 6);
    sign_in.must_fail_with("expired_token");
}

/// A machine of its own for tenfoot: its configuration and all its directories.
struct Tv {
    home: TempDir,
}

impl Tv {
    /// Asks for all that the provider has.
    fn at(provider: &Provider) -> Self {
        Self::with(provider, &provider.at.scope, Some(&provider.at.resource))
    }

    fn with(provider: &Provider, scope: &str, resource: Option<&str>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let at = &provider.at;
        let resource = resource
            .map(|resource| format!("resource = \"{resource}\""))
            .unwrap_or_default();
        let config = format!(
            r#"
            [provider]
            issuer = "{issuer}"
            client_id = "{client}"
            scope = "{scope}"
            {resource}

            [[channel]]
            name = "Items"
            url = "{api}/items"

            [storage]
            backend = "file"
            "#,
            issuer = at.issuer,
            client = at.client_id,
            api = at.api,
        );
        let tv = Self { home };
        std::fs::write(tv.config(), config).unwrap();
        tv
    }

    fn config(&self) -> PathBuf {
        self.home.path().join("config.toml")
    }

    /// Adds a line to the section `[provider]`.
    fn set_in_provider(&self, line: &str) {
        let config = std::fs::read_to_string(self.config()).unwrap();
        let config = config.replace("[provider]", &format!("[provider]\n{line}"));
        std::fs::write(self.config(), config).unwrap();
    }

    /// Where tenfoot has its sessions.
    fn state(&self) -> PathBuf {
        self.home.path().join("xdg/state/tenfoot")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let home = self.home.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tenfoot"));
        command
            .args(arguments)
            .arg("--config")
            .arg(self.config())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("xdg/config"))
            .env("XDG_STATE_HOME", home.join("xdg/state"))
            .env("XDG_CACHE_HOME", home.join("xdg/cache"))
            .env("XDG_DATA_HOME", home.join("xdg/data"))
            .env("TENFOOT_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a `fetch` that works prints.
    #[track_caller]
    fn fetched(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("the API's JSON, as it came")
    }

    fn start_sign_in(&self) -> SignIn {
        SignIn::of(self.command(&["sign-in", "--json"]).spawn().unwrap())
    }

    /// A whole sign-in: the events `code` and `signed_in`, and the log.
    async fn sign_in(&self, login: &'static str) -> (Value, Value, String) {
        let mut sign_in = self.start_sign_in();
        let code = sign_in.event("code");
        let complete = code["verification_uri_complete"]
            .as_str()
            .expect("this provider has one");
        Person::new(login).approve(Told::Complete(complete)).await;
        let signed_in = sign_in.event("signed_in");
        let (exit, log) = sign_in.end();
        assert_eq!(exit, Some(0), "{log}");
        (code, signed_in, log)
    }

    /// The one stored session, if there is one.
    fn session_file(&self) -> Option<PathBuf> {
        let mut places = vec![self.state()];
        while let Some(place) = places.pop() {
            for entry in std::fs::read_dir(place).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    places.push(path);
                } else if std::fs::read_to_string(&path)
                    .unwrap()
                    .contains("refresh_token")
                {
                    return Some(path);
                }
            }
        }
        None
    }

    fn session(&self) -> Value {
        let file = self.session_file().expect("a session is stored");
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
    }

    fn refresh_token(&self) -> String {
        self.session()["refresh_token"].as_str().unwrap().to_owned()
    }

    /// What the TV app makes of the stored session when it starts.
    async fn keeper(&self) -> TokenManager {
        let config = Config::read(&self.config()).unwrap();
        let provider = &config.provider;
        let (issuer, client) = (provider.issuer.as_written(), &provider.client_id);
        let store = OneFile::new(&self.state(), "default", issuer, client);
        let flow = Flow::new(provider, Arc::new(store), Arc::new(SystemClock)).unwrap();
        let session = flow.restore().await.unwrap();
        flow.keeper(session.expect("a session is stored"))
    }

    /// Waits until the stored access token is over.
    async fn let_the_token_end(&self) {
        let session = self.session();
        let end: Timestamp = session["expires_at"].as_str().unwrap().parse().unwrap();
        let left = Duration::try_from(end.duration_since(Timestamp::now())).unwrap_or_default();
        tokio::time::sleep(left + Duration::from_millis(100)).await;
    }

    fn secrets(&self) -> [String; 2] {
        let session = self.session();
        ["access_token", "refresh_token"].map(|name| session[name].as_str().unwrap().to_owned())
    }
}

/// A running `tenfoot sign-in --json`.
struct SignIn {
    process: Child,
    lines: Receiver<String>,
    log: thread::JoinHandle<String>,
}

impl SignIn {
    fn of(mut process: Child) -> Self {
        let (sender, lines) = channel();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        thread::spawn(move || {
            for line in stdout.lines() {
                let _ = sender.send(line.unwrap());
            }
        });
        let mut stderr = process.stderr.take().unwrap();
        let log = thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        Self {
            process,
            lines,
            log,
        }
    }

    /// The next event of this name. Polls that find nothing may come before it.
    #[track_caller]
    fn event(&mut self, name: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("tenfoot never said {name:?}"));
            let event: Value = serde_json::from_str(&line).expect("one JSON object a line");
            if event["event"] == name {
                return event;
            }
            assert_eq!(
                event["event"], "pending",
                "while waiting for {name:?}: {event}"
            );
        }
    }

    /// As a power cut does it.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The exit code and the log.
    fn end(mut self) -> (Option<i32>, String) {
        let status = self.process.wait().unwrap();
        (status.code(), self.log.join().unwrap())
    }

    #[track_caller]
    fn must_fail_with(mut self, error: &str) {
        let failed = self.event("failed");
        assert_eq!(failed["error"], error, "{failed}");
        let (exit, log) = self.end();
        assert_eq!(exit, Some(4), "{log}");
    }
}

/// What a person types who reads the `code` event.
fn typed(code: &Value) -> Told<'_> {
    Told::Code {
        uri: code["verification_uri"].as_str().unwrap(),
        code: code["user_code"].as_str().unwrap(),
    }
}

async fn refresh(provider: &Provider, token: &str) -> (u16, Value) {
    let asked = [
        ("client_id", provider.at.client_id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
    ];
    post(&provider.endpoint("/token"), &asked).await
}

async fn introspect(provider: &Provider, token: &str) -> Value {
    let asked = [
        ("client_id", provider.at.client_id.as_str()),
        ("token", token),
    ];
    post(&provider.endpoint("/token/introspection"), &asked)
        .await
        .1
}

async fn post(address: &str, fields: &[(&str, &str)]) -> (u16, Value) {
    let form = Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = reqwest::Client::new()
        .post(address)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = request.body(form).send().await.unwrap();
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap(),
    )
}

/// What a JWT says, unchecked.
fn claims(token: &Value) -> Value {
    let payload = token.as_str().unwrap().split('.').nth(1).expect("a JWT");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
