//! Auth0's wire, to the letter: device codes, tokens, discovery, revocation.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::bearer;
use super::grant::{Poll, Request};
use super::params::Params;
use super::scope::{Granted, Scope};
use super::service::Service;
use super::store::{Issued, Opened, Polled, RefreshRefused};

/// RFC 8628 §3.4.
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A refusal (RFC 6749 §5.2), with Auth0's statuses.
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl Refusal {
    pub(super) fn new(
        status: StatusCode,
        error: &'static str,
        description: impl Into<String>,
    ) -> Self {
        Self {
            status,
            error,
            description: description.into(),
        }
    }

    fn invalid_grant(description: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "invalid_grant", description)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        (self.status, unstored(), Json(body)).into_response()
    }
}

/// RFC 6749 §5.1: what holds a code or a token is stored nowhere.
fn unstored() -> [(header::HeaderName, HeaderValue); 2] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ]
}

/// `POST /oauth/device/code`
pub(super) async fn device_code(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let params = Params::read(&headers, &body)?;
    known_client(&params)?;
    let asked = params.get("scope").unwrap_or_default();
    let granted = Granted::of(asked);
    let request = Request {
        narrowed: granted.text() != asked,
        granted,
        for_api: audience(&service, &params)?,
        code_challenge: code_challenge(&params)?,
        from: peer.ip().to_canonical(),
    };
    let Ok(Opened {
        device_code,
        user_code,
    }) = service
        .store()
        .open(request, &service.options, service.clock.now())
    else {
        return Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            "Too many codes wait for an approval already",
        ));
    };
    let query: String = form_urlencoded::byte_serialize(user_code.as_bytes()).collect();
    let body = DeviceBody {
        device_code: &device_code,
        user_code: &user_code,
        verification_uri: &service.activation_url,
        verification_uri_complete: format!("{}?user_code={query}", service.activation_url),
        expires_in: service.options.code_lifetime,
        interval: service.options.interval,
    };
    Ok((unstored(), Json(body)).into_response())
}

/// RFC 8628 §3.2, in the seed's order.
#[derive(Serialize)]
struct DeviceBody<'a> {
    device_code: &'a str,
    user_code: &'a str,
    verification_uri: &'a str,
    verification_uri_complete: String,
    expires_in: u64,
    interval: u64,
}

/// `POST /oauth/token`
pub(super) async fn token(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let params = Params::read(&headers, &body)?;
    let issued = match params.required("grant_type")? {
        DEVICE_GRANT => {
            known_client(&params)?;
            let device_code = params.required("device_code")?;
            let now = service.clock.now();
            let polled = service.store().poll(
                device_code,
                params.get("code_verifier"),
                &service.options,
                now,
            );
            tokens_of(polled)?
        }
        "refresh_token" => {
            known_client(&params)?;
            let token = params.required("refresh_token")?;
            let asked = params.get("scope").map(Granted::of);
            let now = service.clock.now();
            let refreshed = service
                .store()
                .refresh(token, asked.as_ref(), &service.options, now);
            Box::new(refreshed.map_err(|refused| match refused {
                RefreshRefused::Grant => {
                    Refusal::invalid_grant("Unknown or invalid refresh token.")
                }
                RefreshRefused::Scope => Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "invalid_scope",
                    "A refresh can't ask for more scopes",
                ),
            })?)
        }
        _ => {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "This server knows the device code and refresh token grants",
            ));
        }
    };
    Ok((unstored(), Json(token_body(&service, &issued))).into_response())
}

fn tokens_of(polled: Polled) -> Result<Box<Issued>, Refusal> {
    let forbidden = |error, words| Err(Refusal::new(StatusCode::FORBIDDEN, error, words));
    match polled {
        Polled::Tokens(issued) => Ok(issued),
        Polled::Unknown | Polled::Not(Poll::Used | Poll::Granted(_)) => {
            Err(Refusal::invalid_grant("Invalid or expired device code."))
        }
        Polled::Not(Poll::Pending) => forbidden(
            "authorization_pending",
            "User has yet to authorize device code.",
        ),
        Polled::Not(Poll::SlowDown) => Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "slow_down",
            "You are polling faster than the specified interval.",
        )),
        Polled::Not(Poll::Expired) => forbidden("expired_token", "The device code has expired."),
        Polled::Not(Poll::Denied) => forbidden(
            "access_denied",
            "The end-user denied the authorization request.",
        ),
        Polled::Not(Poll::WrongVerifier) => Err(Refusal::invalid_grant(
            "The code verifier is missing or doesn't match the challenge.",
        )),
    }
}

/// What a device gets (RFC 6749 §5.1), in the seed's order.
#[derive(Serialize)]
struct TokenBody<'a> {
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    token_type: &'static str,
    expires_in: u64,
    /// There where it isn't what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

fn token_body<'a>(service: &Service, issued: &'a Issued) -> TokenBody<'a> {
    let owner = &issued.owner;
    let id_token = || {
        let picture = service.portrait_url(owner.account);
        let now = service.clock.wall();
        service.key.id_token(
            &service.issuer,
            super::CLIENT_ID,
            owner.account,
            &picture,
            &owner.granted,
            now,
        )
    };
    TokenBody {
        access_token: &issued.access_token,
        refresh_token: issued.refresh_token.as_deref(),
        id_token: owner.granted.has(Scope::OpenId).then(id_token).flatten(),
        token_type: "Bearer",
        expires_in: service.options.token_lifetime,
        scope: issued.narrowed.then(|| owner.granted.text()),
    }
}

/// `POST /oauth/revoke` (RFC 7009)
pub(super) async fn revoke(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let params = Params::read(&headers, &body)?;
    known_client(&params)?;
    service.store().revoke(params.required("token")?);
    Ok(StatusCode::OK)
}

/// `GET /userinfo` (OpenID Connect Core §5.3)
pub(super) async fn userinfo(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let owner = bearer::owner(&service, &headers)?;
    bearer::require(&owner, Scope::OpenId)?;
    let mut body = json!({ "sub": owner.account.subject() });
    if owner.granted.has(Scope::Profile) {
        body["name"] = json!(owner.account.name());
        body["given_name"] = json!(owner.account.first_name());
        body["picture"] = json!(service.portrait_url(owner.account));
    }
    if owner.granted.has(Scope::Email) {
        body["email"] = json!(owner.account.email());
        body["email_verified"] = json!(true);
    }
    Ok((unstored(), Json(body)).into_response())
}

/// `GET /.well-known/openid-configuration`
pub(super) async fn discovery(State(service): State<Arc<Service>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", service.issuer);
    Json(json!({
        "issuer": service.issuer,
        "device_authorization_endpoint": at("oauth/device/code"),
        "token_endpoint": at("oauth/token"),
        "userinfo_endpoint": at("userinfo"),
        "revocation_endpoint": at("oauth/revoke"),
        "jwks_uri": at(".well-known/jwks.json"),
        "scopes_supported": Scope::ALL.map(Scope::name),
        "response_types_supported": [],
        "grant_types_supported": [DEVICE_GRANT, "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["iss", "sub", "aud", "iat", "exp", "name", "given_name", "picture", "email", "email_verified"],
    }))
}

/// `GET /.well-known/jwks.json`
pub(super) async fn jwks(State(service): State<Arc<Service>>) -> Response {
    Json(service.key.published()).into_response()
}

/// Any other method at an endpoint that takes forms (RFC 6749 §3.2).
pub(super) async fn only_post() -> Response {
    let refusal = Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "invalid_request",
        "This endpoint takes POST alone",
    );
    ([(header::ALLOW, "POST")], refusal).into_response()
}

fn known_client(params: &Params) -> Result<(), Refusal> {
    if params.required("client_id")? == super::CLIENT_ID {
        Ok(())
    } else {
        Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "Unknown client",
        ))
    }
}

/// Whether the token may call the API: the seed says that an audience must be
/// given for that.
fn audience(service: &Service, params: &Params) -> Result<bool, Refusal> {
    match params.get("audience") {
        None => Ok(false),
        Some(audience) if audience == service.audience => Ok(true),
        Some(_) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "access_denied",
            "Service not found: unknown audience",
        )),
    }
}

fn code_challenge(params: &Params) -> Result<Option<String>, Refusal> {
    let invalid = |words| {
        Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            words,
        ))
    };
    match (
        params.get("code_challenge"),
        params.get("code_challenge_method"),
    ) {
        (None, None) => Ok(None),
        (None, Some(_)) => invalid("code_challenge is missing"),
        // SHA-256 in base64url without padding is 43 characters (RFC 7636 §4.2).
        (Some(challenge), Some("S256")) if challenge.len() == 43 => Ok(Some(challenge.to_owned())),
        (Some(_), Some("S256")) => invalid("code_challenge is not an S256 challenge"),
        (Some(_), _) => invalid("code_challenge_method must be S256"),
    }
}
