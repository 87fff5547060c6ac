//! A provider that answers what a test wrote down, and a clock that jumps to
//! whatever is waited for: hours of polling pass in milliseconds.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tenfoot::clock::{Clock, Moment};
use tenfoot::config;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub const CLIENT_ID: &str = "tv-client";

/// Time that passes by being waited for.
#[derive(Debug)]
pub struct JumpingClock {
    now: Mutex<Duration>,
    wall: Mutex<Timestamp>,
}

impl JumpingClock {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(Duration::from_secs(1000)),
            wall: Mutex::new("2026-11-23T12:00:00Z".parse().unwrap()),
        })
    }

    /// Both clocks go on, as they do in a request or a suspend.
    pub fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
        self.set_wall(SignedDuration::try_from(time).unwrap());
    }

    /// Somebody sets the wall clock.
    pub fn set_wall(&self, by: SignedDuration) {
        let mut wall = self.wall.lock().unwrap();
        *wall = wall.checked_add(by).unwrap();
    }
}

impl Clock for JumpingClock {
    fn now(&self) -> Moment {
        Moment::from_boot(*self.now.lock().unwrap())
    }

    fn wall(&self) -> Timestamp {
        *self.wall.lock().unwrap()
    }

    fn sleep_until(&self, due: Moment) -> BoxFuture<'_, ()> {
        let left = due.since(self.now());
        self.pass(left);
        Box::pin(tokio::task::yield_now())
    }
}

/// What the provider does with one request.
#[derive(Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// How long the request takes by the test's clock.
    takes: Duration,
    /// The connection is closed without a word.
    dropped: bool,
    /// The connection stays open without a word.
    silent: bool,
    /// So much of the body never comes.
    missing: usize,
    /// Run before the answer is sent.
    meanwhile: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            takes: Duration::ZERO,
            dropped: false,
            silent: false,
            missing: 0,
            meanwhile: None,
        }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("Content-Type", "application/json")
    }

    pub fn error(status: u16, error: &str) -> Self {
        Self::json(
            status,
            &json!({ "error": error, "error_description": format!("about {error}") }),
        )
    }

    pub fn pending() -> Self {
        Self::error(403, "authorization_pending")
    }

    pub fn dropped() -> Self {
        Self {
            dropped: true,
            ..Self::new(0, "")
        }
    }

    pub fn silent() -> Self {
        Self {
            silent: true,
            ..Self::new(0, "")
        }
    }

    /// The connection breaks off in the middle of the body.
    pub fn broken_off(self) -> Self {
        let missing = self.body.len() / 2 + 1;
        Self { missing, ..self }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn taking(self, takes: Duration) -> Self {
        Self { takes, ..self }
    }

    pub fn meanwhile(self, work: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            meanwhile: Some(Arc::new(work)),
            ..self
        }
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub form: HashMap<String, String>,
    /// By their names in small letters.
    pub headers: HashMap<String, String>,
    pub at: Moment,
}

pub struct Scripted {
    pub clock: Arc<JumpingClock>,
    base: String,
    key: Arc<SigningKey>,
    script: Arc<Mutex<Script>>,
}

#[derive(Default)]
struct Script {
    /// The last reply of a path is repeated for ever.
    replies: HashMap<String, VecDeque<Reply>>,
    requests: Vec<Request>,
}

impl Scripted {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let clock = JumpingClock::new();
        let script = Arc::new(Mutex::new(Script::default()));
        let provider = Self {
            clock: Arc::clone(&clock),
            base,
            key: Arc::new(SigningKey::new("key-1")),
            script,
        };
        provider.on(
            "/.well-known/openid-configuration",
            [Reply::json(200, &provider.discovery())],
        );
        provider.on(
            "/jwks",
            [Reply::json(200, &json!({ "keys": [provider.key.jwk()] }))],
        );
        provider.on("/device", [Reply::json(200, &provider.grant())]);
        provider.on("/token", [Reply::pending()]);
        provider.on("/revoke", [Reply::new(200, "")]);
        let script = Arc::clone(&provider.script);
        drop(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(tokio::spawn(answer(
                    stream,
                    Arc::clone(&script),
                    Arc::clone(&clock),
                )));
            }
        }));
        provider
    }

    /// What requests to `path` get, in this order; the last one for ever.
    pub fn on(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        drop(
            self.script
                .lock()
                .unwrap()
                .replies
                .insert(path.to_owned(), replies.into_iter().collect()),
        );
    }

    pub fn requests(&self, path: &str) -> Vec<Request> {
        let script = self.script.lock().unwrap();
        script
            .requests
            .iter()
            .filter(|request| request.path == path)
            .cloned()
            .collect()
    }

    /// Drops what was noted of requests.
    pub fn forget(&self) {
        self.script.lock().unwrap().requests.clear();
    }

    pub fn all_requests(&self) -> usize {
        self.script.lock().unwrap().requests.len()
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.base.trim_end_matches('/'), path)
    }

    pub fn issuer(&self) -> &str {
        &self.base
    }

    pub fn discovery(&self) -> Value {
        json!({
            "issuer": self.base,
            "device_authorization_endpoint": self.url("/device"),
            "token_endpoint": self.url("/token"),
            "userinfo_endpoint": self.url("/userinfo"),
            "revocation_endpoint": self.url("/revoke"),
            "jwks_uri": self.url("/jwks"),
        })
    }

    pub fn grant(&self) -> Value {
        json!({
            "device_code": "the-device-code",
            "user_code": "WDJB-MJHT",
            "verification_uri": "https://acme.example/activate",
            "verification_uri_complete": "https://acme.example/activate?user_code=WDJB-MJHT",
            "expires_in": 900,
            "interval": 5,
        })
    }

    pub fn provider(&self) -> config::Provider {
        self.provider_with("")
    }

    pub fn provider_with(&self, more: &str) -> config::Provider {
        toml::from_str(&format!(
            "issuer = \"{}\"\nclient_id = \"{CLIENT_ID}\"\nscope = \"openid profile offline_access\"\n{more}",
            self.base
        ))
        .unwrap()
    }

    /// The claims of a good ID token.
    pub fn claims(&self) -> Value {
        let now = self.clock.wall().as_second();
        json!({
            "iss": self.base, "sub": "user-1", "aud": CLIENT_ID, "iat": now, "exp": now + 3600,
            "name": "Ada Lovelace", "email": "ada@acme.example",
        })
    }

    /// The key that ID tokens are signed with, as it is published.
    pub fn jwk(&self) -> Value {
        self.key.jwk()
    }

    pub fn id_token(&self, claims: &Value) -> String {
        self.key.sign(claims)
    }

    /// A whole token response with a good ID token.
    pub fn tokens(&self) -> Value {
        json!({
            "access_token": "access-1", "refresh_token": "refresh-1", "token_type": "Bearer",
            "expires_in": 3600, "scope": "openid profile offline_access", "id_token": self.id_token(&self.claims()),
        })
    }

    /// [`Self::tokens`] with some fields replaced; `null` leaves one out.
    pub fn tokens_with(&self, changes: &Value) -> Value {
        let mut tokens = self.tokens();
        for (name, value) in changes.as_object().unwrap() {
            if value.is_null() {
                drop(tokens.as_object_mut().unwrap().remove(name));
            } else {
                tokens[name] = value.clone();
            }
        }
        tokens
    }
}

async fn answer(
    mut stream: TcpStream,
    script: Arc<Mutex<Script>>,
    clock: Arc<JumpingClock>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length = text
        .lines()
        .find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse::<usize>()
                .ok()
        })
        .unwrap_or(0);
    while bytes.len() < head + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let target = text.split(' ').nth(1)?;
    let path = target.split('?').next()?.to_owned();
    let headers = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let form = serde_urlencoded::from_bytes(&bytes[head..]).unwrap_or_default();
    let reply = {
        let mut script = script.lock().unwrap();
        script.requests.push(Request {
            path: path.clone(),
            form,
            headers,
            at: clock.now(),
        });
        let replies = script
            .replies
            .entry(path)
            .or_insert_with(|| VecDeque::from([Reply::new(404, "not here")]));
        if replies.len() > 1 {
            replies.pop_front()?
        } else {
            replies.front()?.clone()
        }
    };
    if let Some(work) = &reply.meanwhile {
        work();
    }
    clock.pass(reply.takes);
    if reply.dropped {
        return None;
    }
    if reply.silent {
        return std::future::pending().await;
    }
    let mut out = format!(
        "HTTP/1.1 {} -\r\nConnection: close\r\nContent-Length: {}\r\n",
        reply.status,
        reply.body.len() + reply.missing
    );
    for (name, value) in &reply.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str("\r\n");
    stream.write_all(out.as_bytes()).await.ok()?;
    stream.write_all(&reply.body).await.ok()?;
    stream.shutdown().await.ok()
}

/// A key that ID tokens are signed with (ES256).
pub struct SigningKey {
    kid: String,
    pkcs8: Vec<u8>,
    point: Vec<u8>,
}

impl SigningKey {
    pub fn new(kid: &str) -> Self {
        let rng = aws_lc_rs::rand::SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).unwrap();
        Self {
            kid: kid.to_owned(),
            point: pair.public_key().as_ref().to_vec(),
            pkcs8: pkcs8.as_ref().to_vec(),
        }
    }

    pub fn jwk(&self) -> Value {
        let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": coordinate(&self.point[1..33]), "y": coordinate(&self.point[33..]),
        })
    }

    pub fn sign(&self, claims: &Value) -> String {
        let mut header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(
            &header,
            claims,
            &jsonwebtoken::EncodingKey::from_ec_der(&self.pkcs8),
        )
        .unwrap()
    }
}
