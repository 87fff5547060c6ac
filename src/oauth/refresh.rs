//! When an access token is renewed: a pure decision.

use std::time::Duration;

use jiff::Timestamp;

/// How long before its end a token is renewed.
const AHEAD: Duration = Duration::from_secs(60);

/// Whether a token that was given at `obtained_at` and ends at `expires_at` should
/// be renewed at `now`: a minute before its end, or in the last fifth of a shorter
/// life. A token without a known end is renewed when the API refuses it.
#[must_use]
pub fn is_due(obtained_at: Timestamp, expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    let Some(expires_at) = expires_at else {
        return false;
    };
    let lifetime = seconds(expires_at.as_second() - obtained_at.as_second());
    let ahead = AHEAD.min(lifetime / 5);
    seconds(expires_at.as_second() - now.as_second()) <= ahead
}

/// Whether a token is over at `now`.
#[must_use]
pub fn is_over(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|end| now >= end)
}

fn seconds(count: i64) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_day_long_token_is_renewed_a_minute_before_its_end() {
        let end = Some(at(86_400));

        assert!(!is_due(at(0), end, at(86_339)));
        assert!(is_due(at(0), end, at(86_340)));
    }

    #[test]
    fn a_short_token_is_renewed_in_its_last_fifth() {
        let end = Some(at(10));

        assert!(!is_due(at(0), end, at(7)));
        assert!(is_due(at(0), end, at(8)));
    }

    #[test]
    fn a_token_without_a_known_end_is_left_to_the_api() {
        assert!(!is_due(at(0), None, at(i64::from(i32::MAX))));
    }
}
