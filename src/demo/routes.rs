//! Which address leads where.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

use super::service::Service;
use super::{activate, api, connections, host, pages, wire};
use crate::clock::Stopwatch;

pub(super) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", get(activate::index))
        .route("/.well-known/openid-configuration", get(wire::discovery))
        .route("/.well-known/jwks.json", get(wire::jwks))
        .route(
            "/oauth/device/code",
            post(wire::device_code).fallback(wire::only_post),
        )
        .route("/oauth/token", post(wire::token).fallback(wire::only_post))
        .route(
            "/oauth/revoke",
            post(wire::revoke).fallback(wire::only_post),
        )
        .route("/userinfo", get(wire::userinfo).post(wire::userinfo))
        .route("/activate", get(activate::enter).post(activate::submit))
        .route("/activate/confirm", post(activate::confirm))
        .route(
            "/activate/account",
            get(activate::choose_account).post(activate::sign_in),
        )
        .route("/activate/other-account", post(activate::sign_out))
        .route(
            "/activate/consent",
            get(activate::consent).post(activate::decide),
        )
        .route("/portraits/{file}", get(api::portrait))
        .route("/api/films", get(api::films))
        .route("/api/films/{number}/poster.png", get(api::poster))
        .route("/api/contacts", get(api::contacts))
        .route("/api/contacts/{number}/avatar.png", get(api::avatar))
        .route("/api/me", get(api::me))
        .fallback(activate::nothing_here)
        .layer(middleware::from_fn(connections::read_body))
        .layer(middleware::from_fn(only_for_us))
        .layer(middleware::from_fn(log))
        .with_state(service)
}

/// What is meant for another host is refused, whatever it asks for.
async fn only_for_us(
    Extension(connections::Local(local)): Extension<connections::Local>,
    request: Request,
    next: Next,
) -> Response {
    match host::check(request.uri(), request.headers(), local) {
        Ok(()) => next.run(request).await,
        Err(refused) => pages::not_this_host(local, refused.status()).into_response(),
    }
}

/// One line a request. Never the query: it may hold a code.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let begun = Stopwatch::start();
    let response = next.run(request).await;
    let ms = begun.ms();
    tracing::debug!(%method, path, status = response.status().as_u16(), ms, "demo answered");
    response
}
