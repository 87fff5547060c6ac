//! Certificates that a machine can't believe in, and what that says of its clock.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs};

use super::check;
use super::program::{Machine, Ran, only_line};

/// In these years, first and last, a certificate is good.
type Years = (i32, i32);

const NOW: Years = (2020, 2090);
const LATER: Years = (2090, 2099);
const EARLIER: Years = (2001, 2002);

/// What the doctor finds where the provider has a certificate of those years, by an authority
/// that the machine trusts, or doesn't. Whoever gets through to it is sent elsewhere.
async fn found(years: Years, trusted: bool) -> Value {
    let (authority, server) = certified(years);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(tokio::spawn(serve(listener, server)));
    let machine = Machine::new();
    machine.write_config(&format!(
        "[provider]\nissuer = \"https://localhost:{port}/\"\nclient_id = \"tv\"\n"
    ));
    let file = machine.path("authority.pem");
    std::fs::write(&file, authority).unwrap();
    let mut command = machine.command(&["doctor", "--json"]);
    if trusted {
        command.env("SSL_CERT_FILE", file);
    }
    let ran = tokio::task::spawn_blocking(move || Ran::from(command.output().unwrap()));
    let told = only_line(&ran.await.unwrap().out);
    check(&told, "provider").clone()
}

/// An authority, and what a server needs that it vouches for.
fn certified((first, last): Years) -> (String, ServerConfig) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);

    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_before = date_time_ymd(first, 1, 1);
    params.not_after = date_time_ymd(last, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    (authority, server)
}

async fn serve(listener: TcpListener, server: ServerConfig) {
    let acceptor = TlsAcceptor::from(Arc::new(server));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = acceptor.accept(stream).await else {
            continue;
        };
        let _ = stream.read(&mut [0; 4096]).await;
        let elsewhere = b"HTTP/1.1 302 Found\r\nLocation: https://login.hotel.example/\r\n\
                          Content-Length: 0\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(elsewhere).await;
        let _ = stream.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_valid_yet_is_a_clock_that_is_behind() {
    let told = found(LATER, true).await;
    assert_eq!(told["cause"], "clock", "{told}");
    assert!(told["seen"].as_str().unwrap().contains("valid yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_has_expired_may_be_either_ones_fault() {
    let told = found(EARLIER, true).await;
    assert_eq!(told["cause"], "insecure", "{told}");
    assert!(told["seen"].as_str().unwrap().contains("has expired"));
    let remedy = told["remedy"].as_str().unwrap();
    assert!(remedy.contains("UTC"), "{remedy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_nobody_vouches_for_is_no_secure_connection_and_a_good_one_is() {
    assert_eq!(found(NOW, false).await["cause"], "insecure");
    // It is believed, and then it sends the TV elsewhere.
    assert_eq!(found(NOW, true).await["cause"], "portal");
}
