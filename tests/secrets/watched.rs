//! A machine that is watched: what it prints, logs and writes, and which secrets went over
//! the wire meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::program::{Machine, Ran};
use super::scripted::{CLIENT_ID, Reply, Scripted};
use super::traces;

pub(crate) const CLIENT_SECRET: &str = "kl1ent/geheim+und=lang&genug";
pub(crate) const DEVICE_CODE: &str = "d3vice~c0de/that+nobody=sees&ever";
pub(crate) const USER_CODE: &str = "QTZL-MCBW";
pub(crate) const ACCESS: &str = "acc3ss.t0ken/of-the+first=hour";
pub(crate) const REFRESH: &str = "refr3sh.t0ken/of-the+first=hour";
pub(crate) const QUERY: &str = "k3y-in-the-channels-address";
pub(crate) const ACCESS_2: &str = "acc3ss.t0ken/of-the+second=hour-9";
pub(crate) const REFRESH_2: &str = "refr3sh.t0ken/of-the+second=hour-9";

/// A machine whose every output is kept, at a provider whose every secret is known.
pub(crate) struct Watched {
    pub(crate) machine: Machine,
    pub(crate) provider: Scripted,
    /// What was printed and logged, by command.
    pub(crate) told: Vec<(String, Ran)>,
    pub(crate) id_token: String,
    /// The keys that tokens were bound to.
    keys: Vec<String>,
}

impl Watched {
    pub(crate) async fn new() -> Self {
        Self::with("").await
    }

    /// With more about the provider.
    pub(crate) async fn with(more: &str) -> Self {
        let machine = Machine::new();
        let provider = Scripted::start().await;
        let secret = machine.path("client-secret");
        fs::write(&secret, CLIENT_SECRET).unwrap();
        let issuer = provider.issuer();
        machine.write_config(&format!(
            "[provider]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\npkce = true\n\
             client_secret_file = \"{}\"\n{more}\n[storage]\nbackend = \"file\"\n\
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
            keys: Vec::new(),
        }
    }

    pub(crate) fn tokens(&self) -> Value {
        json!({
            "access_token": ACCESS, "refresh_token": REFRESH, "token_type": "Bearer",
            "expires_in": 3600, "id_token": self.id_token,
        })
    }

    pub(crate) fn renewed(&self) -> Value {
        json!({
            "access_token": ACCESS_2, "refresh_token": REFRESH_2, "token_type": "Bearer",
            "expires_in": 3600, "id_token": self.id_token,
        })
    }

    /// Runs the program at the trace level.
    pub(crate) async fn run(&mut self, arguments: &[&str]) -> i32 {
        let mut command = self
            .machine
            .command(&[&["--log", "trace"], arguments].concat());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap();
        self.keep(arguments, output.into())
    }

    /// The same, ended by a signal as soon as the provider was asked for this.
    pub(crate) async fn run_until_asked(
        &mut self,
        arguments: &[&str],
        path: &str,
        signal: Signal,
    ) -> Option<i32> {
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
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill_process(id, signal).unwrap();
        let output = ended.await.unwrap();
        let code = output.status.code();
        let ran = Ran {
            code: code.unwrap_or_default(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        self.keep(arguments, ran);
        code
    }

    pub(crate) fn keep(&mut self, arguments: &[&str], ran: Ran) -> i32 {
        let code = ran.code;
        self.told.push((arguments.join(" "), ran));
        code
    }

    pub(crate) async fn sign_in(&mut self, tokens: &Value) {
        self.provider.on("/token", [Reply::json(200, tokens)]);
        assert_eq!(self.run(&["sign-in", "--json"]).await, 0, "{:?}", self.told);
    }

    /// The one file of a session, or of a code that is out.
    pub(crate) fn session_file(&self) -> PathBuf {
        let [file] = <[PathBuf; 1]>::try_from(self.machine.stored()).unwrap();
        file
    }

    /// Takes the key in it for a secret from now on.
    pub(crate) fn note_key(&mut self) -> String {
        let stored: Value =
            serde_json::from_slice(&fs::read(self.session_file()).unwrap()).unwrap();
        let key = stored["dpop_key"].as_str().unwrap().to_owned();
        self.keys.push(key.clone());
        key
    }

    /// Makes the stored access token one that has ended.
    pub(crate) fn let_time_pass(&self) {
        let file = self.session_file();
        let mut session: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        session["obtained_at"] = json!("2026-01-01T00:00:00Z");
        session["expires_at"] = json!("2026-01-01T01:00:00Z");
        fs::write(file, session.to_string()).unwrap();
    }

    /// Every secret that went over the wire, by name.
    pub(crate) fn secrets(&self) -> BTreeMap<String, String> {
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
        for path in ["/device", "/token", "/userinfo", "/things", "/revoke"] {
            for (nth, request) in self.provider.requests(path).iter().enumerate() {
                if let Some(verifier) = request.form.get("code_verifier") {
                    secrets.insert(format!("the PKCE verifier {verifier}"), verifier.clone());
                }
                let proof = request.headers.get("dpop").map(String::as_str);
                // Its header is the public key.
                for part in proof.unwrap_or_default().split('.').skip(1) {
                    secrets.insert(format!("proof {nth} to {path}: {part}"), part.to_owned());
                }
            }
        }
        for key in &self.keys {
            secrets.insert(format!("the key {key}"), key.clone());
        }
        secrets
    }

    /// Every text that somebody else than the owner of the sessions may see.
    pub(crate) fn traces(&self) -> Vec<(String, Vec<u8>)> {
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
            let is_session = file
                .extension()
                .is_some_and(|ending| ending == "json" || ending == "pending");
            let is_ours = ours[..2].iter().any(|place| file.starts_with(place))
                || file.starts_with(&ours[2]) && is_session;
            if !is_ours {
                traces.push((file.display().to_string(), fs::read(&file).unwrap()));
            }
        }
        traces
    }

    pub(crate) fn assert_nothing_got_out(&self) {
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
