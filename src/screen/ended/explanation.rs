//! What is said of each end, and with which picture.

use jiff::Timestamp;

use crate::clock;
use crate::i18n::Phrase;
use crate::oauth::error::{Refusal, Unavailable};
use crate::oauth::flow::End;
use crate::ui::art::Sign;
use crate::web::Obstacle;

const NEW_CODE: &str = "ended-new-code";
const TRY_AGAIN: &str = "ended-again";

/// What is said of an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explanation {
    pub(super) sign: Sign,
    pub(super) title: Phrase,
    pub(super) why: Phrase,
    /// Somebody else's words.
    pub(super) quoted: Option<Phrase>,
    /// What to do, and what is done by itself.
    pub(super) way_on: &'static str,
    /// The caption of the button that tries again.
    pub(super) again: &'static str,
}

impl Explanation {
    /// What is said of an end at `host` where the machine's wall clock says `wall`.
    pub(super) fn of(end: &End, host: &str, wall: Timestamp) -> Self {
        let at = |id| Phrase::new(id).with("host", host);
        match end {
            End::Expired => Self {
                sign: Sign::Time,
                title: Phrase::new("ended-expired"),
                why: Phrase::new("ended-expired-why"),
                quoted: None,
                way_on: "ended-expired-on",
                again: NEW_CODE,
            },
            End::Denied { description } => Self {
                sign: Sign::No,
                title: Phrase::new("ended-denied"),
                why: at("ended-denied-why"),
                quoted: description.as_deref().map(|words| quote(words, host)),
                way_on: "ended-denied-on",
                again: NEW_CODE,
            },
            End::AnswerLost => Self {
                again: NEW_CODE,
                ..Self::plain(
                    Sign::Trouble,
                    Phrase::new("ended-answer-lost"),
                    &end.phrase(),
                    "ended-answer-lost-on",
                )
            },
            End::NoCode(refusal) => Self {
                quoted: Some(quote(&refusal.quote(), host)),
                ..Self::plain(
                    Sign::File,
                    at("ended-no-code"),
                    &refusal.summary(),
                    "ended-no-code-on",
                )
            },
            End::Refused(refusal) => Self::refused(refusal, host),
            End::Unreachable(why) => Self::unreachable(why, host, wall),
            End::Misconfigured(why) => Self::plain(
                Sign::File,
                Phrase::new("ended-misconfigured"),
                &why.phrase(),
                "ended-misconfigured-on",
            ),
            End::Untrusted(why) if why.is_about_the_clock() => Self {
                again: NEW_CODE,
                ..Self::plain(
                    Sign::Clock,
                    Phrase::new("ended-clock"),
                    &why.phrase(),
                    "ended-clock-again",
                )
            },
            End::Untrusted(why) => Self::plain(
                Sign::Shield,
                Phrase::new("ended-untrusted"),
                &why.phrase(),
                "ended-untrusted-on",
            ),
            End::NotStored(error) => {
                let (title, way_on) = if error.is_read_only() {
                    ("ended-read-only", "ended-read-only-on")
                } else {
                    ("ended-not-stored", "ended-not-stored-on")
                };
                Self::plain(Sign::Disk, Phrase::new(title), &error.phrase(), way_on)
            }
        }
    }

    /// Whether another time might make it right.
    pub(super) const fn is_about_time(&self) -> bool {
        matches!(self.sign, Sign::Clock | Sign::Lock)
    }

    fn refused(refusal: &Refusal, host: &str) -> Self {
        Self {
            sign: Sign::Trouble,
            title: Phrase::new("ended-refused").with("host", host),
            why: if refusal.is_about_configuration() {
                refusal.summary()
            } else {
                Phrase::new("ended-refused-why")
            },
            quoted: Some(quote(&refusal.quote(), host)),
            way_on: "ended-refused-on",
            again: NEW_CODE,
        }
    }

    fn unreachable(why: &Unavailable, host: &str, wall: Timestamp) -> Self {
        let at = |id| Phrase::new(id).with("host", host);
        let words = &why.phrase();
        match why.obstacle(wall) {
            Obstacle::Network => Self::plain(
                Sign::Offline,
                at("ended-unreachable"),
                words,
                "ended-unreachable-on",
            ),
            Obstacle::Proxy => Self::plain(
                Sign::Offline,
                Phrase::new("ended-proxy"),
                words,
                "ended-proxy-on",
            ),
            Obstacle::Portal => Self {
                quoted: Some(words.clone()),
                ..Self::plain(
                    Sign::Door,
                    Phrase::new("ended-portal"),
                    &at("ended-portal-why"),
                    "ended-portal-on",
                )
            },
            Obstacle::Untrusted => Self::plain(
                Sign::Lock,
                Phrase::new("ended-insecure"),
                words,
                "ended-insecure-on",
            ),
            Obstacle::Handshake => Self::plain(
                Sign::Shield,
                at("ended-handshake"),
                words,
                "ended-handshake-on",
            ),
            Obstacle::Clock => {
                let (title, why) = if clock::is_unset(wall) {
                    ("ended-clock-unset", at("ended-clock-unset-why"))
                } else {
                    ("ended-clock", words.clone())
                };
                Self::plain(Sign::Clock, Phrase::new(title), &why, "ended-clock-on")
            }
            Obstacle::Unavailable => Self::plain(
                Sign::Wait,
                at("ended-unavailable"),
                words,
                "ended-unavailable-on",
            ),
            Obstacle::Busy => Self::plain(Sign::Wait, at("ended-busy"), words, "ended-busy-on"),
        }
    }

    fn plain(sign: Sign, title: Phrase, why: &Phrase, way_on: &'static str) -> Self {
        Self {
            sign,
            title,
            why: why.clone(),
            quoted: None,
            way_on,
            again: TRY_AGAIN,
        }
    }
}

fn quote(words: &str, host: &str) -> Phrase {
    Phrase::new("ended-quote")
        .with("host", host)
        .with("words", words)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::Path;

    use super::*;
    use crate::oauth::error::{Misconfiguration, Reason, Untrusted};
    use crate::oauth::id_token;
    use crate::storage::{Error, Operation};
    use crate::web::proxy::ProxyError;
    use crate::web::{RequestError, TlsError, TransportError};

    const SET: &str = "2026-11-28T02:00:00Z";
    const UNSET: &str = "1970-01-01T00:02:00Z";

    fn told(end: &End, wall: &str) -> Explanation {
        Explanation::of(end, "acme.example", wall.parse().unwrap())
    }

    fn unreachable(cause: TransportError) -> End {
        End::Unreachable(RequestError::new("acme.example", cause).into())
    }

    fn refusal(reason: Reason) -> Refusal {
        Refusal {
            reason,
            error: "odd_error".to_owned(),
            description: None,
        }
    }

    fn causes() -> [TransportError; 7] {
        let page = TransportError::WebPage { status: 200 };
        let proxy = TransportError::Proxy {
            proxy: "proxy:3128".to_owned(),
            error: ProxyError::Forbidden,
        };
        [
            TransportError::NameNotFound,
            proxy,
            page,
            TransportError::Tls(TlsError::NotTrusted),
            TransportError::Tls(TlsError::ClientCertificateRequired),
            TransportError::Tls(TlsError::NotYetValid),
            TransportError::CutOff,
        ]
    }

    fn not_stored(kind: ErrorKind) -> End {
        let path = Path::new("/var/lib/tenfoot");
        End::NotStored(Error::io(Operation::Store, path, &kind.into()))
    }

    #[test]
    fn each_end_and_each_obstacle_has_its_own_title() {
        let ends = [
            End::Expired,
            End::Denied { description: None },
            End::AnswerLost,
            End::NoCode(refusal(Reason::UnknownClient)),
            End::Refused(refusal(Reason::Other)),
            End::Unreachable(Unavailable::RateLimited {
                error: None,
                retry_after: None,
            }),
            End::Misconfigured(Misconfiguration::NoDeviceEndpoint),
            End::Untrusted(Untrusted::NotBound),
            not_stored(ErrorKind::StorageFull),
            not_stored(ErrorKind::ReadOnlyFilesystem),
        ];
        let ends: Vec<_> = ends.into_iter().chain(causes().map(unreachable)).collect();
        let titles: std::collections::BTreeSet<_> = ends
            .iter()
            .map(|end| told(end, SET).title.to_string())
            .collect();
        assert_eq!(titles.len(), ends.len(), "{titles:?}");
    }

    #[test]
    fn neither_the_clock_nor_the_cable_is_blamed_for_something_else() {
        for cause in causes() {
            let told = told(&unreachable(cause.clone()), SET);
            let words = format!("{} {}", told.title, Phrase::new(told.way_on));
            let clock = words.contains("clock");
            let is_clock = cause == TransportError::Tls(TlsError::NotYetValid);
            let is_network = cause == TransportError::NameNotFound;
            assert_eq!(clock, is_clock, "{words}");
            assert_eq!(words.contains("cable"), is_network, "{words}");
        }
    }

    #[test]
    fn a_request_that_is_refused_speaks_of_no_code_and_names_the_error() {
        let told = told(&End::NoCode(refusal(Reason::Other)), SET);
        let words = format!("{} {}", told.why, told.quoted.unwrap());
        assert!(!words.contains("can’t be used any more"), "{words}");
        assert!(words.contains("odd_error"), "{words}");
    }

    #[test]
    fn a_machine_without_the_time_is_told_that_and_not_that_somebody_cheats() {
        let end = unreachable(TransportError::Tls(TlsError::NotTrusted));
        assert_eq!(told(&end, SET).title.id(), "ended-insecure");
        assert_eq!(told(&end, UNSET).title.id(), "ended-clock-unset");
    }

    #[test]
    fn a_clock_that_cost_an_approval_wants_a_new_code_and_says_how_wrong_it_is() {
        let behind = id_token::foreseen(jiff::SignedDuration::from_hours(-3)).unwrap();
        let told = told(&End::Untrusted(Untrusted::IdToken(behind)), SET);
        assert_eq!((told.sign, told.again), (Sign::Clock, NEW_CODE));
        assert!(told.why.to_string().contains("3 h behind"), "{told:?}");
    }

    #[test]
    fn the_reason_is_on_the_screen() {
        let full = told(&not_stored(ErrorKind::StorageFull), SET)
            .why
            .to_string();
        assert!(full.contains("no room left"), "{full}");
        let refused = told(&End::Refused(refusal(Reason::Other)), SET);
        let quoted = refused.quoted.unwrap().to_string();
        assert!(quoted.contains("odd_error"), "{quoted}");
    }
}
