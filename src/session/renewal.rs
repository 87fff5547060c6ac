//! What failed renewals mean for a session: pure decisions, with the time as an argument.
//!
//! Providers refuse a dead session in many ways. A definite refusal ends it for the person,
//! and so does the second answer in a row that is no answer to the question, once the access
//! token is of no use any more. What is stored is kept: an administrator may yet repair the
//! client, so each start asks once more.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How long a provider may have a problem before a new sign-in is offered.
const LONG: Duration = Duration::from_secs(3600);
/// So many answers in a row that are no answer to the question end a session.
const MOST_UNCLEAR: u32 = 2;

/// Renewals that failed since the last one that worked. It is stored with the session, so that
/// all programs on this machine count the same ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRenewal {
    /// What the last one was.
    pub outcome: Outcome,
    /// When the first one of that kind in a row was.
    pub since: Timestamp,
    /// How many unclear answers there were in a row.
    pub unclear: u32,
    /// Whether the session is over for the person.
    pub over: bool,
    /// What the provider said, as a sentence in English.
    pub words: String,
}

/// What came of a renewal that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An OAuth error with a status below 500.
    Refused,
    /// Neither tokens nor an error: an empty 4xx, a page of the provider's, 200 without a token.
    Unclear,
    /// The provider has a problem of its own (HTTP 5xx).
    ServerError,
}

impl FailedRenewal {
    /// The record after another renewal failed at `now`. `needed`: the access token has ended
    /// or was refused, so that the person can do nothing without the renewal.
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        outcome: Outcome,
        words: String,
        needed: bool,
        now: Timestamp,
    ) -> Self {
        let same = before.filter(|before| before.outcome == outcome);
        let was_over = before.is_some_and(|before| before.over);
        let unclear = match outcome {
            Outcome::Unclear => before.map_or(1, |before| before.unclear.saturating_add(1)),
            Outcome::Refused | Outcome::ServerError => 0,
        };
        let ends = match outcome {
            Outcome::Refused => true,
            Outcome::Unclear => was_over || unclear >= MOST_UNCLEAR,
            Outcome::ServerError => was_over,
        };
        Self {
            outcome,
            since: same.map_or(now, |same| same.since),
            unclear,
            over: needed && ends,
            words,
        }
    }

    /// Whether the provider has had a problem for so long that a new sign-in is worth a try.
    #[must_use]
    pub fn is_lasting(&self, now: Timestamp) -> bool {
        self.outcome == Outcome::ServerError
            && Duration::try_from(now.duration_since(self.since)).is_ok_and(|time| time >= LONG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
    }

    fn after(before: Option<&FailedRenewal>, outcome: Outcome, needed: bool) -> FailedRenewal {
        FailedRenewal::after(before, outcome, String::new(), needed, at(0))
    }

    #[test]
    fn a_refusal_ends_a_session_once_the_access_token_is_of_no_use() {
        assert!(!after(None, Outcome::Refused, false).over);
        assert!(after(None, Outcome::Refused, true).over);
    }

    #[test]
    fn the_second_unclear_answer_in_a_row_ends_a_session_and_the_first_does_not() {
        let first = after(None, Outcome::Unclear, true);
        let second = after(Some(&first), Outcome::Unclear, true);

        assert_eq!((first.over, second.over), (false, true));
    }

    #[test]
    fn a_session_that_is_over_stays_so_until_it_is_renewed() {
        let over = after(None, Outcome::Refused, true);

        assert!(after(Some(&over), Outcome::Unclear, true).over);
        assert!(after(Some(&over), Outcome::ServerError, true).over);
    }

    #[test]
    fn a_problem_of_the_provider_in_between_begins_the_count_again() {
        let first = after(None, Outcome::Unclear, true);
        let between = after(Some(&first), Outcome::ServerError, true);

        assert!(!after(Some(&between), Outcome::Unclear, true).over);
    }

    #[test]
    fn problems_of_the_provider_end_nothing_however_often() {
        let mut last = after(None, Outcome::ServerError, true);
        for _ in 0..1000 {
            last = after(Some(&last), Outcome::ServerError, true);
        }

        assert!(!last.over);
    }

    #[test]
    fn after_an_hour_of_problems_a_sign_in_is_worth_a_try() {
        let first = after(None, Outcome::ServerError, true);
        let later = FailedRenewal::after(
            Some(&first),
            Outcome::ServerError,
            String::new(),
            true,
            at(59),
        );

        assert!(!later.is_lasting(at(59)));
        assert!(later.is_lasting(at(60)));
        assert!(!after(None, Outcome::Unclear, true).is_lasting(at(60)));
    }
}
