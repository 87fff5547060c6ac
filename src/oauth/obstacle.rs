//! What stands between this TV and its provider, as far as a failure tells.

use jiff::Timestamp;

use crate::clock;
use crate::words::Phrase;

/// What is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// There is no way to the provider: a cable, the Wi-Fi, a name that isn't known.
    Network,
    /// Somebody else answers in its place: a network that wants a login, a proxy.
    Portal,
    /// Whoever answers can't prove to be the provider.
    Insecure,
    /// This machine's clock, by which proofs are judged.
    Clock,
    /// The provider is there, but can't answer just now.
    Busy,
}

impl Obstacle {
    /// What the words for a failure mean where this machine's clock says `now`.
    #[must_use]
    pub fn of(words: &Phrase, now: Timestamp) -> Self {
        match words.ours().id() {
            "provider-redirect"
            | "provider-page"
            | "provider-login-page"
            | "provider-somebody-else"
            | "provider-unreadable" => Self::Portal,
            "provider-not-yet-valid" | "provider-clock" => Self::Clock,
            "provider-insecure" | "provider-expired-certificate" if clock::is_unset(now) => {
                Self::Clock
            }
            "provider-insecure" | "provider-expired-certificate" => Self::Insecure,
            "provider-too-many" | "provider-fault-now" | "provider-fault" | "provider-busy" => {
                Self::Busy
            }
            _ => Self::Network,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::preset::Preset;
    use crate::oauth::answer::{self, Answer};
    use crate::oauth::flow::End;

    fn of(id: &'static str, now: &str) -> Obstacle {
        Obstacle::of(&Phrase::new(id).alone(), now.parse().unwrap())
    }

    const SET: &str = "2026-11-28T02:00:00Z";
    const UNSET: &str = "1970-01-01T00:02:00Z";

    #[test]
    fn whoever_answers_in_the_providers_place_is_a_portal_whatever_the_time() {
        for now in [SET, UNSET] {
            assert_eq!(of("provider-redirect", now), Obstacle::Portal);
            assert_eq!(of("provider-login-page", now), Obstacle::Portal);
        }
    }

    #[test]
    fn a_proof_that_fails_is_the_clocks_fault_where_nobody_has_set_that() {
        assert_eq!(of("provider-insecure", SET), Obstacle::Insecure);
        assert_eq!(of("provider-insecure", UNSET), Obstacle::Clock);
        assert_eq!(of("provider-expired-certificate", SET), Obstacle::Insecure);
        assert_eq!(of("provider-not-yet-valid", SET), Obstacle::Clock);
    }

    #[test]
    fn words_that_are_quoted_beside_ours_change_nothing() {
        let quoted = Phrase::new("provider-quoted")
            .with("ours", Phrase::new("provider-busy"))
            .with("theirs", "Come back later.");
        assert_eq!(Obstacle::of(&quoted, SET.parse().unwrap()), Obstacle::Busy);
        assert_eq!(of("provider-not-found", UNSET), Obstacle::Network);
    }

    /// What stands in the way where a device request is answered so.
    fn at_the_code(status: u16, body: &str) -> Obstacle {
        let answer = Answer {
            status,
            retry_after: None,
            rate_limit_reset: None,
            date: None,
            dpop_nonce: None,
            body: body.into(),
        };
        match answer::device(&answer, &Preset::default()) {
            Err(End::Unreachable(words)) => Obstacle::of(&words, SET.parse().unwrap()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_by_a_page_is_not_the_providers_and_does_not_pass_by_itself() {
        let page = "<html><body>Forbidden</body></html>";
        assert_eq!(at_the_code(403, page), Obstacle::Portal);
        assert_eq!(at_the_code(429, page), Obstacle::Busy);
        assert_eq!(at_the_code(503, page), Obstacle::Busy);
        assert_eq!(
            at_the_code(403, r#"{"message":"Forbidden"}"#),
            Obstacle::Busy
        );
    }
}
