use super::*;

#[derive(Debug, thiserror::Error)]
#[error("https://api.acme.com/x?key=s3cret")]
struct Outer(#[source] io::Error);

fn found<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

fn io(kind: io::ErrorKind) -> Option<TransportError> {
    TransportError::of_io(&io::Error::from(kind), false)
}

#[test]
fn an_error_inside_an_io_error_is_found() {
    let inner = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
    let outer = Outer(io::Error::new(io::ErrorKind::InvalidData, inner));

    assert_eq!(TlsError::of(found(&outer).unwrap()), TlsError::NotTrusted);
}

#[test]
fn each_certificate_error_is_its_own_failure() {
    let of = |error| TlsError::of(&rustls::Error::InvalidCertificate(error));

    assert_eq!(of(CertificateError::UnknownIssuer), TlsError::NotTrusted);
    assert_eq!(of(CertificateError::Expired), TlsError::Expired);
    assert_eq!(of(CertificateError::NotValidYet), TlsError::NotYetValid);
    assert_eq!(of(CertificateError::NotValidForName), TlsError::WrongName);
    assert_eq!(of(CertificateError::Revoked), TlsError::Revoked);
}

#[test]
fn alerts_are_told_apart_by_their_number() {
    let of = |alert| TlsError::of(&rustls::Error::AlertReceived(alert));

    assert_eq!(of(AlertDescription::HandshakeFailure), TlsError::Alert(40));
    assert_eq!(of(AlertDescription::ProtocolVersion), TlsError::Alert(70));
    assert_eq!(of(AlertDescription::UnrecognisedName), TlsError::Alert(112));
    assert_eq!(
        of(AlertDescription::CertificateRequired),
        TlsError::ClientCertificateRequired
    );
}

#[test]
fn io_errors_are_told_apart_by_their_kind() {
    assert_eq!(
        io(io::ErrorKind::ConnectionRefused),
        Some(TransportError::ConnectionRefused)
    );
    assert_eq!(
        io(io::ErrorKind::NetworkUnreachable),
        Some(TransportError::NoRoute)
    );
    assert_eq!(
        io(io::ErrorKind::ConnectionReset),
        Some(TransportError::CutOff)
    );
    assert_eq!(io(io::ErrorKind::Other), None);
}

#[test]
fn an_end_in_the_handshake_is_not_an_answer_that_was_cut_off() {
    let error = io::Error::from(io::ErrorKind::UnexpectedEof);

    assert_eq!(
        TransportError::of_io(&error, true),
        Some(TransportError::Tls(TlsError::HandshakeCutShort))
    );
}

#[test]
fn only_what_the_clock_decides_is_blamed_on_the_clock() {
    let set: Timestamp = "2026-11-28T02:00:00Z".parse().unwrap();
    let unset: Timestamp = "1970-01-01T00:02:00Z".parse().unwrap();
    let of = |error, now| TransportError::Tls(error).obstacle(now);

    assert_eq!(of(TlsError::NotYetValid, set), Obstacle::Clock);
    assert_eq!(of(TlsError::Expired, set), Obstacle::Untrusted);
    assert_eq!(of(TlsError::Expired, unset), Obstacle::Clock);
    assert_eq!(of(TlsError::NotTrusted, set), Obstacle::Untrusted);
    for error in [
        TlsError::ClientCertificateRequired,
        TlsError::NotTls,
        TlsError::HandshakeCutShort,
        TlsError::Alert(40),
    ] {
        assert_eq!(of(error, unset), Obstacle::Handshake);
    }
}

#[test]
fn of_an_address_the_host_alone_is_said() {
    let error = RequestError::new("api.acme.com", TransportError::CutOff);

    assert_eq!(
        error.to_string(),
        "api.acme.com closed the connection before the response was complete."
    );
}
