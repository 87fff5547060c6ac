//! A provider and its API that rotate refresh tokens as the strict ones do, in the
//! test's own process, so that a test knows what the provider has seen.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tenfoot::oauth::Who;
use tenfoot::secret::Secret;
use tenfoot::session::Session;
use tokio::runtime::Runtime;

pub(crate) const CLIENT_ID: &str = "tv-client";

/// Runs until it is dropped.
pub(crate) struct Rotating {
    issuer: String,
    tokens: Arc<Mutex<Tokens>>,
    _runtime: Runtime,
}

struct Tokens {
    issuer: String,
    /// Counts the exchanges; a token's number says which one it came from.
    newest: u64,
    /// Whether the token before the newest still works.
    overlap: bool,
    /// Whether a token was used once too often.
    ended: bool,
    /// What happens while a refresh is answered.
    meanwhile: Arc<dyn Fn() + Send + Sync>,
}

impl Rotating {
    pub(crate) fn start(overlap: bool) -> Self {
        Self::start_with(overlap, || ())
    }

    /// With something that happens while each refresh is answered.
    pub(crate) fn start_with(overlap: bool, meanwhile: impl Fn() + Send + Sync + 'static) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let issuer = format!("http://{}/", listener.local_addr().unwrap());
        let tokens = Arc::new(Mutex::new(Tokens {
            issuer: issuer.clone(),
            newest: 0,
            overlap,
            ended: false,
            meanwhile: Arc::new(meanwhile),
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/device", post(device))
            .route("/token", post(token))
            .route("/things", get(things))
            .with_state(Arc::clone(&tokens));
        drop(runtime.spawn(async move { axum::serve(listener, routes).await }));
        Self {
            issuer,
            tokens,
            _runtime: runtime,
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// A configuration for this provider with one channel, “Things”.
    pub(crate) fn config(&self, backend: &str) -> String {
        let issuer = &self.issuer;
        format!(
            "[provider]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT_ID}\"\nscope = \"offline_access\"\n\
             [storage]\nbackend = \"{backend}\"\n[[channel]]\nname = \"Things\"\nurl = \"{issuer}things\"\n"
        )
    }

    /// The number of the newest refresh token.
    pub(crate) fn newest(&self) -> u64 {
        self.tokens.lock().unwrap().newest
    }

    /// Whether a token was used once too often.
    pub(crate) fn has_ended(&self) -> bool {
        self.tokens.lock().unwrap().ended
    }

    /// A new sign-in: its session, with an access token that has ended.
    pub(crate) fn begin(&self) -> Session {
        let mut tokens = self.tokens.lock().unwrap();
        tokens.ended = false;
        tokens.newest += 1;
        let begun = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(2);
        Session {
            issuer: self.issuer.clone(),
            client_id: CLIENT_ID.to_owned(),
            who: Who {
                subject: Some("user-1".to_owned()),
                ..Who::default()
            },
            scope: "offline_access".to_owned(),
            access_token: Secret::new(format!("access-{}", tokens.newest)),
            obtained_at: begun,
            expires_at: Some(begun + jiff::SignedDuration::from_hours(1)),
            refresh_token: Some(Secret::new(format!("refresh-{}", tokens.newest))),
            dpop_key: None,
            refresh_expires_at: None,
            failed_renewal: None,
            signed_in_at: begun,
        }
    }
}

async fn discovery(State(tokens): State<Arc<Mutex<Tokens>>>) -> Json<Value> {
    let issuer = &tokens.lock().unwrap().issuer;
    Json(json!({
        "issuer": issuer,
        "device_authorization_endpoint": format!("{issuer}device"),
        "token_endpoint": format!("{issuer}token"),
    }))
}

/// A code that is approved already.
async fn device() -> Json<Value> {
    Json(json!({
        "device_code": "the-device-code", "user_code": "WDJB-MJHT", "expires_in": 900,
        "verification_uri": "https://acme.example/activate", "interval": 1,
    }))
}

async fn token(
    State(tokens): State<Arc<Mutex<Tokens>>>,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    if form.contains_key("refresh_token") {
        let meanwhile = Arc::clone(&tokens.lock().unwrap().meanwhile);
        tokio::task::spawn_blocking(move || meanwhile())
            .await
            .unwrap();
    }
    let mut tokens = tokens.lock().unwrap();
    let shown: Option<u64> = form
        .get("refresh_token")
        .and_then(|token| token.strip_prefix("refresh-")?.parse().ok());
    let is_newest = shown == Some(tokens.newest);
    let is_before = tokens.overlap && shown == tokens.newest.checked_sub(1);
    let is_new = form.contains_key("device_code");
    if tokens.ended || !(is_newest || is_before || is_new) {
        tokens.ended = true;
        return (
            StatusCode::FORBIDDEN,
            Json(json!({ "error": "invalid_grant", "error_description": "Unknown or used." })),
        );
    }
    tokens.newest += u64::from(is_newest || is_new);
    let newest = tokens.newest;
    let given = json!({
        "access_token": format!("access-{newest}"), "refresh_token": format!("refresh-{newest}"),
        "token_type": "Bearer", "expires_in": 3600,
    });
    (StatusCode::OK, Json(given))
}

async fn things(
    State(tokens): State<Arc<Mutex<Tokens>>>,
    headers: HeaderMap,
) -> (StatusCode, Json<Value>) {
    let tokens = tokens.lock().unwrap();
    let expected = format!("Bearer access-{}", tokens.newest);
    if headers
        .get("authorization")
        .is_some_and(|value| *value == *expected)
        && !tokens.ended
    {
        (StatusCode::OK, Json(json!([{ "name": "A thing" }])))
    } else {
        (StatusCode::UNAUTHORIZED, Json(json!({})))
    }
}
