//! Why no answer came, in words.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::words::Phrase;

/// The kinds that a person can do something different about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// The name can't be resolved.
    Name,
    /// Nobody listens there.
    Refused,
    /// The certificate's dates don't hold.
    Clock,
    /// The certificate isn't trusted.
    Certificate,
    /// What answers there doesn't speak TLS.
    NotEncrypted,
    /// The network doesn't lead there.
    NoRoute,
    /// The other side hung up.
    BrokenOff,
    /// Anything else.
    Other,
}

impl Failure {
    /// By the causes of an error. Their texts may hold the whole address, so they
    /// are looked at and not repeated.
    pub(super) fn of(error: &dyn Error, in_name: bool) -> Self {
        if in_name {
            return Self::Name;
        }
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        causes
            .map(Self::of_cause)
            .find(|failure| *failure != Self::Other)
            .unwrap_or(Self::Other)
    }

    fn of_cause(cause: &(dyn Error + 'static)) -> Self {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let text = cause.to_string();
        if text.contains("certificate") {
            // As rustls and the system's verifiers put it.
            let dated = ["Expired", "expired", "NotValidYet", "not valid yet"]
                .iter()
                .any(|word| text.contains(word));
            if dated {
                Self::Clock
            } else {
                Self::Certificate
            }
        } else if text.contains("corrupt message") {
            Self::NotEncrypted
        } else if kind == Some(ErrorKind::ConnectionRefused) {
            Self::Refused
        } else if matches!(
            kind,
            Some(
                ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown
            )
        ) {
            Self::NoRoute
        } else if matches!(
            kind,
            Some(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof)
        ) || text.contains("connection closed before message completed")
        {
            Self::BrokenOff
        } else {
            Self::Other
        }
    }

    /// A sentence; `host` is all of the address that it shows.
    pub(super) fn words(self, host: &str) -> Phrase {
        let phrase = match self {
            Self::Name => Phrase::new("channel-name-unknown"),
            Self::Refused => Phrase::new("channel-refused"),
            Self::Clock => Phrase::new("channel-clock"),
            Self::Certificate => Phrase::new("channel-certificate"),
            Self::NotEncrypted => Phrase::new("channel-not-encrypted"),
            Self::NoRoute => Phrase::new("channel-no-route"),
            Self::BrokenOff => Phrase::new("channel-broken-off"),
            Self::Other => Phrase::new("channel-no-answer"),
        };
        phrase.with("host", host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("https://api.acme.com/x?key=s3cret")]
    struct Outer(#[source] io::Error);

    fn failure(kind: ErrorKind, text: &str) -> Failure {
        Failure::of(&Outer(io::Error::new(kind, text.to_owned())), false)
    }

    #[test]
    fn each_cause_has_its_own_words() {
        assert_eq!(
            failure(ErrorKind::ConnectionRefused, "no"),
            Failure::Refused
        );
        assert_eq!(
            failure(ErrorKind::NetworkUnreachable, "no"),
            Failure::NoRoute
        );
        assert_eq!(
            failure(ErrorKind::ConnectionReset, "no"),
            Failure::BrokenOff
        );
        assert_eq!(
            failure(ErrorKind::Other, "invalid peer certificate: UnknownIssuer"),
            Failure::Certificate
        );
        assert_eq!(
            failure(
                ErrorKind::Other,
                "invalid peer certificate: certificate not valid yet: …"
            ),
            Failure::Clock
        );
        assert_eq!(failure(ErrorKind::Other, "no"), Failure::Other);
    }

    #[test]
    fn a_certificate_out_of_its_dates_points_to_the_clock() {
        let words = failure(ErrorKind::InvalidData, "invalid peer certificate: Expired")
            .words("api.acme.com");

        assert_eq!(
            words.to_string(),
            "The certificate of api.acme.com isn’t valid at this time: check this machine’s clock."
        );
    }
}
