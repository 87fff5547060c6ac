//! When a channel that failed is called again by itself, not at the same moment on each of
//! many TVs.

use std::time::Duration;

use crate::channel::Error;
use crate::clock::Moment;

/// How long an unreachable channel is left alone before it is called again, at least.
const PATIENCE: Duration = Duration::from_secs(20);

/// Numbers from 0 to 1 that follow from the first one, and are far apart from each other.
#[derive(Debug, Clone, Copy)]
pub struct Jitter(f32);

impl Jitter {
    /// Whoever has none comes first each time.
    pub const NONE: Self = Self(0.0);

    /// Begun with a random number from 0 to 1.
    #[must_use]
    pub const fn new(first: f32) -> Self {
        Self(first.clamp(0.0, 1.0))
    }

    /// The next number.
    pub fn draw(&mut self) -> f32 {
        /// Steps of the golden ratio come near no earlier one for long.
        const STEP: f32 = 0.618_034;
        let drawn = self.0;
        if drawn > 0.0 {
            self.0 = (drawn + STEP).fract();
        }
        drawn
    }
}

/// When a failed call is tried again by itself: never before whoever was called wants it,
/// and not at the same moment on all TVs that lost it together.
#[must_use]
pub fn retry_at(error: &Error, now: Moment, luck: f32) -> Option<Moment> {
    const MOST: Duration = Duration::from_secs(30);
    let least = match error {
        Error::Busy { retry_after } => *retry_after,
        Error::Unreachable(_) => PATIENCE,
        Error::SignedOut(_)
        | Error::Forbidden { .. }
        | Error::NotAccepted { .. }
        | Error::NotStored(_)
        | Error::Unusable(_) => return None,
    };
    let more = (least / 2).min(MOST).mul_f32(luck.clamp(0.0, 1.0));
    Some(now + least + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tvs_that_lost_a_channel_together_call_it_again_at_moments_of_their_own() {
        let now = Moment::from_boot(Duration::from_secs(100));
        let seconds = |error: &Error, luck| {
            let at = retry_at(error, now, luck).unwrap();
            at.since(now).as_secs_f32()
        };
        let cut = Error::from(crate::web::RequestError::new(
            "acme.example",
            crate::web::TransportError::CutOff,
        ));
        assert_eq!(
            [0.0, 0.5, 1.0].map(|luck| seconds(&cut, luck)),
            [20.0, 25.0, 30.0]
        );
        let retry_after = Duration::from_secs(600);
        let busy = Error::Busy { retry_after };
        assert_eq!([0.0, 1.0].map(|luck| seconds(&busy, luck)), [600.0, 630.0]);
        assert_eq!(
            retry_at(
                &Error::SignedOut(crate::session::token_manager::SessionEnd::Expired),
                now,
                0.5
            ),
            None
        );
    }

    #[test]
    fn five_draws_in_a_row_are_far_apart() {
        let mut luck = Jitter::new(0.3);
        let mut drawn: Vec<_> = std::iter::repeat_with(|| luck.draw()).take(5).collect();
        drawn.sort_by(f32::total_cmp);
        assert!(
            drawn.windows(2).all(|pair| pair[1] - pair[0] > 0.1),
            "{drawn:?}"
        );
    }

    #[test]
    fn without_luck_it_is_always_the_first_moment() {
        let mut luck = Jitter::NONE;
        assert_eq!([luck.draw(), luck.draw()], [0.0, 0.0]);
    }
}
