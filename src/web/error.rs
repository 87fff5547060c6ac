//! What goes wrong between this machine and a host, by the error values of the operating
//! system, the TLS library and the HTTP library; provider and channels share it.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use jiff::Timestamp;
use rustls::{AlertDescription, CertificateError};

use super::proxy::ProxyError;
use crate::clock;
use crate::i18n::Phrase;

/// Why no usable answer came from a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    /// The host's name can't be resolved.
    NameNotFound,
    /// No program listens on that port.
    ConnectionRefused,
    /// The network doesn't lead to the host.
    NoRoute,
    /// No answer within the limit, in seconds; 0 where the system gave up.
    TimedOut {
        /// How long was waited.
        seconds: u64,
    },
    /// The proxy didn't pass the request on.
    Proxy {
        /// Its host and port, without a password; the variable's name where it names none.
        proxy: String,
        /// Why.
        error: ProxyError,
    },
    /// No secure connection could be set up.
    Tls(TlsError),
    /// The status line or a header isn't HTTP.
    UnreadableHead,
    /// There are more headers than anybody needs.
    HeadTooLarge,
    /// The connection ended before the whole answer was here.
    CutOff,
    /// The body is larger than is read.
    TooLarge {
        /// The limit, in MiB.
        mebibytes: u64,
    },
    /// The body is packed in a way that isn't known here (RFC 9110 §8.4).
    ContentCoding {
        /// The coding's name.
        name: String,
    },
    /// The body can't be unpacked.
    BrokenCoding,
    /// The answer leads to another address, where the request isn't sent.
    Redirect {
        /// The HTTP status.
        status: u16,
        /// The origin or the address that it leads to, where it can be read.
        target: Option<String>,
    },
    /// A web page came where data belongs.
    WebPage {
        /// The HTTP status.
        status: u16,
    },
    /// A header's value can't be sent.
    UnsendableHeader {
        /// The header's name.
        name: String,
    },
    /// This system has no certificates to tell a host by.
    NoRootCertificates,
    /// The connection failed, and nothing says why.
    Failed,
}

/// Why there is no secure connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsError {
    /// The certificate's issuer isn't among the system's.
    NotTrusted,
    /// The certificate is another host's.
    WrongName,
    /// The certificate has expired by this machine's clock.
    Expired,
    /// The certificate isn't valid yet by this machine's clock.
    NotYetValid,
    /// The certificate was revoked.
    Revoked,
    /// The host wants a certificate from its clients.
    ClientCertificateRequired,
    /// What answers there doesn't speak TLS.
    NotTls,
    /// The connection ended in the middle of the handshake.
    HandshakeCutShort,
    /// The host ended the handshake with this alert (RFC 8446 §6).
    Alert(u8),
    /// The two sides have no version or cipher in common.
    Incompatible,
    /// Another mistake of the host in the handshake.
    Misbehaved,
}

/// What stands between this machine and a host, as far as a failure says: it decides which
/// picture and which advice people get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// This machine's network: a cable, the Wi-Fi, the name server.
    Network,
    /// The proxy that this machine is told to use.
    Proxy,
    /// Something else answers in the host's place, such as a network's login page.
    Portal,
    /// The host can't prove who it is.
    Untrusted,
    /// The host can't, or doesn't want to, set up a secure connection with this client.
    Handshake,
    /// This machine's clock, by which certificates and tokens are judged.
    Clock,
    /// The host doesn't answer, or answers nonsense.
    Unavailable,
    /// The host is there, and says that it can't answer right now.
    Busy,
}

/// A request without a usable answer. `Display` is a sentence; of the address it shows
/// nothing but the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    /// The host, with its port where that isn't the usual one.
    pub host: String,
    /// What went wrong.
    pub cause: TransportError,
}

impl TransportError {
    /// What an error of the HTTP client means. `encrypted`: whether the connection is to be
    /// a TLS one.
    pub(super) fn of(error: &reqwest::Error, encrypted: bool) -> Self {
        if error.is_timeout() {
            return Self::TimedOut { seconds: 0 };
        }
        if error.is_dns() {
            return Self::NameNotFound;
        }
        let causes: Vec<_> = causes(error).collect();
        if let Some(tls) = causes.iter().find_map(|cause| cause.downcast_ref()) {
            return Self::Tls(TlsError::of(tls));
        }
        causes
            .iter()
            .find_map(|cause| Self::of_http(cause.downcast_ref()?))
            .or_else(|| {
                let in_handshake = encrypted && error.is_connect();
                causes
                    .iter()
                    .find_map(|cause| Self::of_io(cause.downcast_ref()?, in_handshake))
            })
            .unwrap_or(Self::Failed)
    }

    fn of_http(error: &hyper::Error) -> Option<Self> {
        if error.is_parse_too_large() {
            Some(Self::HeadTooLarge)
        } else if error.is_parse() || error.is_parse_status() {
            Some(Self::UnreadableHead)
        } else if error.is_incomplete_message() || error.is_closed() {
            Some(Self::CutOff)
        } else {
            None
        }
    }

    /// `in_handshake`: the connection was open, but not yet secure.
    fn of_io(error: &io::Error, in_handshake: bool) -> Option<Self> {
        use io::ErrorKind as Kind;
        let kind = error.kind();
        let one_of = |kinds: &[Kind]| kinds.contains(&kind);
        if one_of(&[Kind::ConnectionRefused]) {
            Some(Self::ConnectionRefused)
        } else if one_of(&[
            Kind::NetworkUnreachable,
            Kind::HostUnreachable,
            Kind::NetworkDown,
            Kind::AddrNotAvailable,
        ]) {
            Some(Self::NoRoute)
        } else if one_of(&[Kind::TimedOut]) {
            Some(Self::TimedOut { seconds: 0 })
        } else if one_of(&[
            Kind::ConnectionReset,
            Kind::ConnectionAborted,
            Kind::BrokenPipe,
            Kind::UnexpectedEof,
            Kind::NotConnected,
        ]) {
            Some(if in_handshake {
                Self::Tls(TlsError::HandshakeCutShort)
            } else {
                Self::CutOff
            })
        } else {
            None
        }
    }

    /// Whether the host may have got the request.
    #[must_use]
    pub const fn may_have_arrived(&self) -> bool {
        match self {
            Self::TimedOut { .. }
            | Self::UnreadableHead
            | Self::HeadTooLarge
            | Self::CutOff
            // The answer is there, and nobody knows what it says.
            | Self::ContentCoding { .. }
            | Self::BrokenCoding
            | Self::Failed => true,
            Self::NameNotFound
            | Self::ConnectionRefused
            | Self::NoRoute
            | Self::Proxy { .. }
            | Self::Tls(_)
            | Self::Redirect { .. }
            // What came instead of the answer wasn't the answer.
            | Self::TooLarge { .. }
            | Self::WebPage { .. }
            | Self::UnsendableHeader { .. }
            | Self::NoRootCertificates => false,
        }
    }

    /// What is in the way, where this machine's clock says `now`.
    #[must_use]
    pub fn obstacle(&self, now: Timestamp) -> Obstacle {
        match self {
            Self::NameNotFound | Self::NoRoute => Obstacle::Network,
            Self::Proxy { .. } => Obstacle::Proxy,
            Self::Redirect { .. } | Self::WebPage { .. } => Obstacle::Portal,
            Self::NoRootCertificates => Obstacle::Untrusted,
            Self::Tls(error) => error.obstacle(now),
            Self::ConnectionRefused
            | Self::TimedOut { .. }
            | Self::UnreadableHead
            | Self::HeadTooLarge
            | Self::CutOff
            | Self::TooLarge { .. }
            | Self::ContentCoding { .. }
            | Self::BrokenCoding
            | Self::UnsendableHeader { .. }
            | Self::Failed => Obstacle::Unavailable,
        }
    }

    /// A sentence about `host`.
    #[must_use]
    pub fn phrase(&self, host: &str) -> Phrase {
        let phrase = match self {
            Self::NameNotFound => Phrase::new("connection-name-not-found"),
            Self::ConnectionRefused => Phrase::new("connection-refused"),
            Self::NoRoute => Phrase::new("connection-no-route"),
            Self::TimedOut { seconds: 0 } => Phrase::new("connection-timed-out"),
            Self::TimedOut { seconds } => {
                Phrase::new("connection-timed-out-after").with("seconds", *seconds)
            }
            Self::Proxy { proxy, error } => error.phrase(proxy),
            Self::Tls(error) => error.phrase(),
            Self::UnreadableHead => Phrase::new("connection-unreadable-head"),
            Self::HeadTooLarge => Phrase::new("connection-head-too-large"),
            Self::CutOff => Phrase::new("connection-cut-off"),
            Self::TooLarge { mebibytes } => {
                Phrase::new("connection-too-large").with("size", *mebibytes)
            }
            Self::ContentCoding { name } => {
                Phrase::new("connection-content-coding").with("name", crate::text::shown(name))
            }
            Self::BrokenCoding => Phrase::new("connection-broken-coding"),
            Self::Redirect {
                status,
                target: Some(target),
            } => Phrase::new("connection-redirect-to")
                .with("status", status.to_string())
                .with("target", target),
            Self::Redirect {
                status,
                target: None,
            } => Phrase::new("connection-redirect").with("status", status.to_string()),
            Self::WebPage { status } => {
                Phrase::new("connection-web-page").with("status", status.to_string())
            }
            Self::UnsendableHeader { name } => {
                Phrase::new("connection-unsendable-header").with("name", name)
            }
            Self::NoRootCertificates => Phrase::new("session-no-certificates"),
            Self::Failed => Phrase::new("connection-failed"),
        };
        phrase.with("host", host)
    }
}

impl TlsError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the rest is all the same to people"
    )]
    pub(super) fn of(error: &rustls::Error) -> Self {
        use rustls::Error;
        match error {
            Error::InvalidCertificate(why) => Self::of_certificate(why),
            Error::AlertReceived(alert) => Self::of_alert(*alert),
            Error::InvalidMessage(_) | Error::PeerSentOversizedRecord => Self::NotTls,
            Error::PeerIncompatible(_) | Error::NoApplicationProtocol => Self::Incompatible,
            Error::NoCertificatesPresented => Self::NotTrusted,
            _ => Self::Misbehaved,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the rest is all the same to people"
    )]
    fn of_certificate(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::NotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::WrongName
            }
            CertificateError::Revoked => Self::Revoked,
            _ => Self::NotTrusted,
        }
    }

    /// A TLS 1.2 server that wants a certificate says `handshake_failure` or
    /// `bad_certificate`; the first has other causes too, so it isn't taken for that.
    fn of_alert(alert: AlertDescription) -> Self {
        if matches!(
            alert,
            AlertDescription::CertificateRequired
                | AlertDescription::BadCertificate
                | AlertDescription::NoCertificate
        ) {
            Self::ClientCertificateRequired
        } else {
            Self::Alert(alert.into())
        }
    }

    fn obstacle(self, now: Timestamp) -> Obstacle {
        match self {
            Self::NotYetValid => Obstacle::Clock,
            // Without the time no certificate can be judged.
            Self::NotTrusted | Self::Expired if clock::is_unset(now) => Obstacle::Clock,
            Self::NotTrusted | Self::WrongName | Self::Expired | Self::Revoked => {
                Obstacle::Untrusted
            }
            Self::ClientCertificateRequired
            | Self::NotTls
            | Self::HandshakeCutShort
            | Self::Alert(_)
            | Self::Incompatible
            | Self::Misbehaved => Obstacle::Handshake,
        }
    }

    fn phrase(self) -> Phrase {
        /// RFC 8446 §6 and RFC 6066 §3.
        const HANDSHAKE_FAILURE: u8 = 40;
        const PROTOCOL_VERSION: u8 = 70;
        const UNRECOGNIZED_NAME: u8 = 112;
        Phrase::new(match self {
            Self::NotTrusted => "connection-not-trusted",
            Self::WrongName => "connection-wrong-name",
            Self::Expired => "connection-expired",
            Self::NotYetValid => "connection-not-yet-valid",
            Self::Revoked => "connection-revoked",
            Self::ClientCertificateRequired => "connection-client-certificate",
            Self::NotTls => "connection-not-tls",
            Self::HandshakeCutShort => "connection-handshake-cut-short",
            Self::Alert(HANDSHAKE_FAILURE) => "connection-handshake-failure",
            Self::Alert(PROTOCOL_VERSION) | Self::Incompatible => "connection-tls-version",
            Self::Alert(UNRECOGNIZED_NAME) => "connection-unrecognized-name",
            Self::Alert(alert) => {
                return Phrase::new("connection-alert").with("alert", alert.to_string());
            }
            Self::Misbehaved => "connection-tls-error",
        })
    }
}

impl RequestError {
    /// A request to `host` that failed.
    #[must_use]
    pub fn new(host: impl Into<String>, cause: TransportError) -> Self {
        Self {
            host: host.into(),
            cause,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        self.cause.phrase(&self.host)
    }

    /// What is in the way, where this machine's clock says `now`.
    #[must_use]
    pub fn obstacle(&self, now: Timestamp) -> Obstacle {
        self.cause.obstacle(now)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl StdError for RequestError {}

/// An error and what led to it. An [`io::Error`] that was made from another error passes
/// that one over in `source`; here it comes next.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    fn next<'a>(cause: &&'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
        let cause: &'a (dyn StdError + 'static) = *cause;
        match cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inside) => Some(inside),
            None => cause.source(),
        }
    }
    std::iter::successors(Some(error), next)
}

#[cfg(test)]
mod tests;
