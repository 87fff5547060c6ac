//! Who calls, and whether they may (RFC 6750).

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::scope::Scope;
use super::service::Service;
use super::store::Owner;

/// The owner of the request's bearer token.
///
/// # Errors
/// 401, with the reason in `WWW-Authenticate` (RFC 6750 §3).
pub(super) fn owner(service: &Service, headers: &HeaderMap) -> Result<Owner, Response> {
    let Some(token) = token(headers) else {
        // §3.1: without any token, no error code is given.
        return Err(refusal(
            StatusCode::UNAUTHORIZED,
            r#"Bearer realm="tenfoot demo""#,
            "unauthorized",
            "Sign in first",
        ));
    };
    service
        .store()
        .owner(token, service.clock.now())
        .cloned()
        .ok_or_else(invalid_token)
}

/// [`owner`], where the token was made for the API and holds `scope`.
///
/// # Errors
/// 401, or 403 that names the scope.
pub(super) fn api_owner(
    service: &Service,
    headers: &HeaderMap,
    scope: Scope,
) -> Result<Owner, Response> {
    let owner = owner(service, headers)?;
    if !owner.for_api {
        return Err(invalid_token());
    }
    require(&owner, scope)?;
    Ok(owner)
}

/// Whether `owner` was granted `scope`.
///
/// # Errors
/// 403 that names the scope.
pub(super) fn require(owner: &Owner, scope: Scope) -> Result<(), Response> {
    if owner.granted.has(scope) {
        return Ok(());
    }
    let challenge = format!(
        r#"Bearer realm="tenfoot demo", error="insufficient_scope", scope="{}""#,
        scope.name()
    );
    Err(refusal(
        StatusCode::FORBIDDEN,
        &challenge,
        "insufficient_scope",
        "The token lacks a scope",
    ))
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn invalid_token() -> Response {
    refusal(
        StatusCode::UNAUTHORIZED,
        r#"Bearer realm="tenfoot demo", error="invalid_token""#,
        "invalid_token",
        "The token is unknown, revoked, expired or not made for this API",
    )
}

fn refusal(status: StatusCode, challenge: &str, error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (
        status,
        [(header::WWW_AUTHENTICATE, challenge.to_owned())],
        Json(body),
    )
        .into_response()
}
