//! What is said of each end, and with which picture.

use jiff::Timestamp;

use crate::clock;
use crate::oauth::flow::End;
use crate::oauth::obstacle::Obstacle;
use crate::ui::art::Sign;
use crate::words::Phrase;

const NEW_CODE: &str = "ended-new-code";
const TRY_AGAIN: &str = "ended-again";

/// What is said of an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
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

impl Told {
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
            End::Refused { error, description } => Self {
                sign: Sign::Trouble,
                title: at("ended-refused"),
                why: Phrase::new("ended-refused-why"),
                quoted: Some(quote(description.as_deref().unwrap_or(error), host)),
                way_on: "ended-refused-on",
                again: NEW_CODE,
            },
            End::Unreachable(words) => Self::unreachable(words, host, wall),
            End::Misconfigured(words) => Self::plain(
                Sign::File,
                Phrase::new("ended-misconfigured"),
                words,
                "ended-misconfigured-on",
            ),
            End::Untrusted(words) if Obstacle::of(words, wall) == Obstacle::Clock => Self {
                again: NEW_CODE,
                ..Self::plain(
                    Sign::Clock,
                    Phrase::new("ended-clock"),
                    words,
                    "ended-clock-again",
                )
            },
            End::Untrusted(words) => Self::plain(
                Sign::Shield,
                Phrase::new("ended-untrusted"),
                words,
                "ended-untrusted-on",
            ),
            End::NotStored(words) => {
                let (title, way_on) = if words.mentions("io-read-only") {
                    ("ended-read-only", "ended-read-only-on")
                } else {
                    ("ended-not-stored", "ended-not-stored-on")
                };
                Self::plain(Sign::Disk, Phrase::new(title), words, way_on)
            }
        }
    }

    /// Whether another time might make it right.
    pub(super) const fn is_about_time(&self) -> bool {
        matches!(self.sign, Sign::Clock | Sign::Lock)
    }

    fn unreachable(words: &Phrase, host: &str, wall: Timestamp) -> Self {
        let at = |id| Phrase::new(id).with("host", host);
        match Obstacle::of(words, wall) {
            Obstacle::Network => Self::plain(
                Sign::Offline,
                at("ended-unreachable"),
                words,
                "ended-unreachable-on",
            ),
            Obstacle::Portal => Self::plain(
                Sign::Door,
                Phrase::new("ended-portal"),
                &at("ended-portal-why"),
                "ended-portal-on",
            ),
            Obstacle::Insecure => Self::plain(
                Sign::Lock,
                Phrase::new("ended-insecure"),
                words,
                "ended-insecure-on",
            ),
            Obstacle::Clock => {
                let (title, why) = if clock::is_unset(wall) {
                    ("ended-clock-unset", at("ended-clock-unset-why"))
                } else {
                    ("ended-clock", words.clone())
                };
                Self::plain(Sign::Clock, Phrase::new(title), &why, "ended-clock-on")
            }
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
    use super::*;

    const SET: &str = "2026-11-28T02:00:00Z";
    const UNSET: &str = "1970-01-01T00:02:00Z";

    fn told(end: &End, wall: &str) -> Told {
        Told::of(end, "acme.example", wall.parse().unwrap())
    }

    fn unreachable(id: &'static str) -> End {
        End::Unreachable(
            Phrase::new(id)
                .with("host", "acme.example")
                .with("status", "302")
                .alone(),
        )
    }

    #[test]
    fn each_end_and_each_obstacle_has_its_own_title() {
        let read_only = Phrase::new("session-not-stored")
            .with("path", "/var/lib/tenfoot")
            .with("why", Phrase::new("io-read-only"));
        let ends = [
            End::Expired,
            End::Denied { description: None },
            End::Refused {
                error: "server_error".to_owned(),
                description: None,
            },
            unreachable("provider-not-found"),
            unreachable("provider-redirect"),
            unreachable("provider-insecure"),
            unreachable("provider-not-yet-valid"),
            unreachable("provider-fault-now"),
            End::Misconfigured(Phrase::said("Unknown client.")),
            End::Untrusted(Phrase::said("It is signed with nothing.")),
            End::NotStored(Phrase::said("The disk is full.")),
            End::NotStored(read_only),
        ];
        let titles: std::collections::BTreeSet<_> = ends
            .iter()
            .map(|end| told(end, SET).title.to_string())
            .collect();
        assert_eq!(titles.len(), ends.len(), "{titles:?}");
    }

    #[test]
    fn each_obstacle_has_its_own_picture() {
        let signs = [
            "provider-not-found",
            "provider-page",
            "provider-insecure",
            "provider-not-yet-valid",
            "provider-fault-now",
        ]
        .map(|id| told(&unreachable(id), SET).sign);
        assert_eq!(
            signs,
            [
                Sign::Offline,
                Sign::Door,
                Sign::Lock,
                Sign::Clock,
                Sign::Wait
            ]
        );
    }

    #[test]
    fn a_machine_without_the_time_is_told_that_and_not_that_somebody_cheats() {
        let end = unreachable("provider-insecure");
        assert_eq!(told(&end, SET).title.id(), "ended-insecure");
        assert_eq!(told(&end, UNSET).title.id(), "ended-clock-unset");
    }

    #[test]
    fn a_clock_that_cost_an_approval_wants_a_new_code_and_says_how_wrong_it_is() {
        let behind = Phrase::new("provider-clock").with("skew", Phrase::said("3 h behind"));
        let told = told(&End::Untrusted(behind), SET);
        assert_eq!((told.sign, told.again), (Sign::Clock, NEW_CODE));
        assert!(told.why.to_string().contains("3 h behind"), "{told:?}");
    }

    #[test]
    fn the_reason_is_on_the_screen() {
        let full = End::NotStored(Phrase::said("The disk is full."));
        assert_eq!(told(&full, SET).why.to_string(), "The disk is full.");
        let refused = End::Refused {
            error: "server_error".to_owned(),
            description: None,
        };
        let quoted = told(&refused, SET).quoted.unwrap().to_string();
        assert!(quoted.contains("server_error"), "{quoted}");
    }
}
