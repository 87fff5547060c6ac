//! What goes wrong on the wire, towards the provider and towards a channel: each cause is
//! told apart, and both sides tell the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tenfoot::channel::{self, Bearer, Error, Unreachable};
use tenfoot::clock::{Clock, Moment, SharedClock};
use tenfoot::config;
use tenfoot::oauth::dpop::Access;
use tenfoot::oauth::error::Unavailable;
use tenfoot::oauth::flow::End;
use tenfoot::secret::Secret;
use tenfoot::web::proxy::{ProxyError, ProxySettings};
use tenfoot::web::{Obstacle, RequestError, TlsError, TransportError, Web};

#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Moment {
        Moment::from_boot(Duration::ZERO)
    }

    fn wall(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
}

#[derive(Debug, Clone)]
struct Token;

impl Bearer for Token {
    async fn access(&self) -> Result<Access, Error> {
        Ok(Access {
            token: Secret::new("the-access-token"),
            key: None,
            ahead: jiff::SignedDuration::ZERO,
        })
    }

    async fn renewed(&self, _: &Access) -> Result<Access, Error> {
        self.access().await
    }
}

/// A port where each connection gets `answer` once something came, and is closed then.
fn answering(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(std::thread::spawn(move || {
        for stream in listener.incoming().take(20) {
            answer_once(stream.unwrap(), answer);
        }
    }));
    port
}

fn answer_once(mut stream: TcpStream, answer: &[u8]) {
    let _ = stream.read(&mut [0; 8192]);
    let _ = stream.write_all(answer);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    // Closing with unread data would reset the connection before the answer is read.
    while stream.read(&mut [0; 8192]).is_ok_and(|count| count > 0) {}
}

fn unused_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Why neither the provider nor a channel at `base` answers; asserts that it is the same.
async fn cause_at(base: &str, web: &Web) -> RequestError {
    let (of_provider, of_channel) = (of_provider(base, web).await, of_channel(base, web).await);
    assert_eq!(of_provider, of_channel);
    of_channel
}

async fn of_provider(base: &str, web: &Web) -> RequestError {
    let provider: config::Provider =
        toml::from_str(&format!("issuer = \"{base}/\"\nclient_id = \"tv\"")).unwrap();
    let clock: SharedClock = Arc::new(Stopped);
    let client = tenfoot::oauth::Client::new(provider, clock)
        .unwrap()
        .with_web(web.clone());
    match client.device_authorization().await {
        Err(End::Unreachable(Unavailable::Request(error))) => error,
        other => panic!("{other:?}"),
    }
}

async fn of_channel(base: &str, web: &Web) -> RequestError {
    let channel: config::Channel = toml::from_str(&format!(
        "name = \"Things\"\nurl = \"{base}/things?key=qu3ry\"\ntimeout = \"10s\""
    ))
    .unwrap();
    let client = channel::Client::new(web.clone(), Arc::new(Stopped));
    match client.fetch(&channel, None, &Token).await {
        Err(Error::Unreachable(Unreachable::Request(error))) => error,
        other => panic!("{other:?}"),
    }
}

async fn over_tls(answer: &'static [u8]) -> TransportError {
    let base = format!("https://127.0.0.1:{}", answering(answer));
    cause_at(&base, &Web::default()).await.cause
}

async fn over_http(answer: &'static [u8]) -> TransportError {
    let base = format!("http://127.0.0.1:{}", answering(answer));
    cause_at(&base, &Web::default()).await.cause
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_on_a_tls_port_is_not_tls() {
    let cause = over_tls(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;

    assert_eq!(cause, TransportError::Tls(TlsError::NotTls));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_is_cut_short_is_told_as_such() {
    let cause = over_tls(b"").await;

    assert_eq!(cause, TransportError::Tls(TlsError::HandshakeCutShort));
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_alerts_are_told_apart() {
    for (answer, alert) in [
        (b"\x15\x03\x03\x00\x02\x02\x28", 40),
        (b"\x15\x03\x03\x00\x02\x02\x46", 70),
        (b"\x15\x03\x03\x00\x02\x02\x70", 112),
    ] {
        let cause = over_tls(answer).await;
        assert_eq!(cause, TransportError::Tls(TlsError::Alert(alert)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_a_client_certificate_is_told_as_such() {
    let cause = over_tls(b"\x15\x03\x03\x00\x02\x02\x74").await;

    assert_eq!(
        cause,
        TransportError::Tls(TlsError::ClientCertificateRequired)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_headers_are_told_as_such() {
    let head: &'static str = String::leak(format!(
        "HTTP/1.1 200 OK\r\n{}Content-Length: 2\r\n\r\n{{}}",
        "X-Thing: 1\r\n".repeat(120)
    ));

    assert_eq!(
        over_http(head.as_bytes()).await,
        TransportError::HeadTooLarge
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_not_http_is_told_as_such() {
    for head in [
        &b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}"[..],
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
    ] {
        assert_eq!(over_http(head).await, TransportError::UnreadableHead);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_cut_off_is_told_as_such() {
    for answer in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
    ] {
        assert_eq!(over_http(answer).await, TransportError::CutOff);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_where_nobody_listens_and_a_name_that_nobody_has_are_told_apart() {
    let refused = format!("https://127.0.0.1:{}", unused_port());

    assert_eq!(
        cause_at(&refused, &Web::default()).await.cause,
        TransportError::ConnectionRefused
    );
    assert_eq!(
        cause_at("https://tenfoot-test.invalid", &Web::default())
            .await
            .cause,
        TransportError::NameNotFound
    );
}

fn through(proxy: &str) -> Web {
    let value = proxy.to_owned();
    Web::with_proxies(ProxySettings::read(|name| {
        (name == "HTTPS_PROXY").then(|| value.clone())
    }))
}

async fn of_proxy(proxy: &str) -> ProxyError {
    let error = cause_at("https://acme.example", &through(proxy)).await;
    assert_eq!(error.host, "acme.example");
    assert_eq!(
        error.obstacle(Timestamp::from_second(1_800_000_000).unwrap()),
        Obstacle::Proxy
    );
    let words = error.to_string();
    assert!(!words.contains("s3cret"), "{words}");
    let TransportError::Proxy { error, .. } = error.cause else {
        panic!("{error:?}")
    };
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_proxy_answers_is_told_of_the_proxy() {
    let at = |answer| format!("http://tv:s3cret@127.0.0.1:{}", answering(answer));

    let refused = at(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    assert_eq!(of_proxy(&refused).await, ProxyError::AuthenticationRequired);
    let forbidden = at(b"HTTP/1.1 403 Forbidden\r\n\r\n<html>Blocked</html>");
    assert_eq!(of_proxy(&forbidden).await, ProxyError::Forbidden);
    let bad_gateway = at(b"HTTP/1.0 502 Bad Gateway\r\n\r\n");
    assert_eq!(of_proxy(&bad_gateway).await, ProxyError::Status(502));
    let other = at(b"220 mail.acme.example ESMTP\r\n");
    assert_eq!(of_proxy(&other).await, ProxyError::NotAProxy);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_told_of_the_proxy() {
    let dead = format!("http://127.0.0.1:{}", unused_port());
    assert_eq!(of_proxy(&dead).await, ProxyError::ConnectionRefused);
    assert_eq!(
        of_proxy("http://proxy.invalid:3128").await,
        ProxyError::NameNotFound
    );
    let dead = format!("socks5h://127.0.0.1:{}", unused_port());
    assert_eq!(of_proxy(&dead).await, ProxyError::ConnectionRefused);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_none_is_told_by_its_variable_and_nothing_is_sent() {
    for value in ["http://[bad", "ftp://proxy:21"] {
        assert_eq!(of_proxy(value).await, ProxyError::UnusableAddress);
        let words = cause_at("https://acme.example", &through(value))
            .await
            .to_string();
        assert!(words.contains("HTTPS_PROXY"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_that_works_the_host_is_told_of() {
    // The tunnel is there, and what is at its other end doesn't speak TLS.
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = proxy.local_addr().unwrap().port();
    drop(std::thread::spawn(move || {
        for stream in proxy.incoming().take(20) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 8192]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            answer_once(stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    }));

    let error = cause_at(
        "https://acme.example",
        &through(&format!("http://127.0.0.1:{port}")),
    )
    .await;

    assert_eq!(error.cause, TransportError::Tls(TlsError::NotTls));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socks_proxy_is_used() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).unwrap();
        stream.write_all(&[5, 0]).unwrap();
        let mut request = [0; 5];
        stream.read_exact(&mut request).unwrap();
        let mut name = vec![0; usize::from(request[4])];
        stream.read_exact(&mut name).unwrap();
        String::from_utf8(name).unwrap()
    });

    let _ = of_channel(
        "https://acme.example",
        &through(&format!("socks5h://127.0.0.1:{port}")),
    )
    .await;

    assert_eq!(asked.join().unwrap(), "acme.example");
}
