//! The demo's connections: how many there may be, and how slow.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Connections at once, of this machine and of all others: these can't keep the app out.
const MOST: usize = 128;
/// For the head of a request, and between two requests.
const HEAD: Duration = Duration::from_secs(30);
/// For the body of a request.
const BODY: Duration = Duration::from_secs(10);
/// Forms here hold a code, a token and a few words.
const LARGEST_BODY: usize = 16 * 1024;
/// No connection is open for longer: neither does one whose answers nobody reads.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// For the answer under way when a connection has to end.
const GRACE: Duration = Duration::from_secs(5);

/// The address of this machine that a connection was made to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local(pub(super) SocketAddr);

/// Lives as long as the demo does.
#[derive(Debug)]
pub(super) struct Stop(#[expect(dead_code, reason = "its end is what counts")] watch::Sender<()>);

/// What ends with a [`Stop`].
#[derive(Debug, Clone)]
pub(super) struct Stopped(watch::Receiver<()>);

pub(super) fn stop() -> (Stop, Stopped) {
    let (stop, stopped) = watch::channel(());
    (Stop(stop), Stopped(stopped))
}

impl Stopped {
    async fn wait(mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

/// Answers until the demo is stopped, and then what is under way. Dropping it ends all
/// connections.
pub(super) async fn serve(mut listener: TcpListener, app: Router, stopped: Stopped) {
    let room = || Arc::new(Semaphore::new(MOST));
    let (own, others) = (room(), room());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stopped.clone().wait());
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = Listener::accept(&mut listener) => accepted,
        };
        while connections.try_join_next().is_some() {}
        let room = if peer.ip().to_canonical().is_loopback() {
            &own
        } else {
            &others
        };
        let (Ok(room), Ok(local)) = (Arc::clone(room).try_acquire_owned(), stream.local_addr())
        else {
            tracing::debug!(%peer, "too many connections to the demo");
            continue;
        };
        let app = app
            .clone()
            .layer(Extension(ConnectInfo(peer)))
            .layer(Extension(Local(local)));
        let stopped = stopped.clone();
        let _ = connections.spawn(async move {
            attend(stream, app, stopped).await;
            drop(room);
        });
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn attend(stream: TcpStream, app: Router, stopped: Stopped) {
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app));
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stopped.wait() => {}
        () = tokio::time::sleep(LONGEST) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(GRACE, connection).await;
}

/// Reads the body of each request before it is answered, in time and up to a certain length.
pub(super) async fn read_body(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    match tokio::time::timeout(BODY, to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(body)) => next.run(Request::from_parts(head, Body::from(body))).await,
        Ok(Err(_)) => closing(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => closing(StatusCode::REQUEST_TIMEOUT),
    }
}

/// What is left of the request isn't waited for.
fn closing(status: StatusCode) -> Response {
    let close = HeaderValue::from_static("close");
    (status, [(header::CONNECTION, close)]).into_response()
}
