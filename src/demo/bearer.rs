//! Who calls, and whether they may (RFC 6750).

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::scope::Scope;
use super::service::Service;
use super::store::Owner;

/// Why a call is refused; becomes an answer by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is no token.
    NoToken,
    /// It is unknown, revoked, over, or not made for the API.
    InvalidToken,
    /// It lacks this scope.
    InsufficientScope(Scope),
}

/// The owner of the request's bearer token.
///
/// # Errors
/// [`Refused`], not for a scope.
pub(super) fn owner(service: &Service, headers: &HeaderMap) -> Result<Owner, Refused> {
    let token = token(headers).ok_or(Refused::NoToken)?;
    let store = service.store();
    store
        .owner(token, service.clock.now())
        .cloned()
        .ok_or(Refused::InvalidToken)
}

/// [`owner`], where the token was made for the API and holds `scope`.
///
/// # Errors
/// [`Refused`]
pub(super) fn api_owner(
    service: &Service,
    headers: &HeaderMap,
    scope: Scope,
) -> Result<Owner, Refused> {
    let owner = owner(service, headers)?;
    if !owner.for_api {
        return Err(Refused::InvalidToken);
    }
    require(&owner, scope)?;
    Ok(owner)
}

/// Whether `owner` was granted `scope`.
///
/// # Errors
/// [`Refused::InsufficientScope`]
pub(super) fn require(owner: &Owner, scope: Scope) -> Result<(), Refused> {
    if owner.granted.has(scope) {
        Ok(())
    } else {
        Err(Refused::InsufficientScope(scope))
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl From<Refused> for Response {
    /// RFC 6750 §3: the reason stands in `WWW-Authenticate`; without any token no
    /// error code is given there.
    fn from(refused: Refused) -> Self {
        const REALM: &str = r#"Bearer realm="tenfoot demo""#;
        let (status, challenge, error, description) = match refused {
            Refused::NoToken => (
                StatusCode::UNAUTHORIZED,
                REALM.to_owned(),
                "unauthorized",
                "Sign in first",
            ),
            Refused::InvalidToken => (
                StatusCode::UNAUTHORIZED,
                format!(r#"{REALM}, error="invalid_token""#),
                "invalid_token",
                "The token is unknown, revoked, expired or not made for this API",
            ),
            Refused::InsufficientScope(scope) => (
                StatusCode::FORBIDDEN,
                format!(
                    r#"{REALM}, error="insufficient_scope", scope="{}""#,
                    scope.name()
                ),
                "insufficient_scope",
                "The token lacks a scope",
            ),
        };
        let body = json!({ "error": error, "error_description": description });
        (status, [(header::WWW_AUTHENTICATE, challenge)], Json(body)).into_response()
    }
}
