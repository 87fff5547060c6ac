//! The PIN in front of the service menu. Whoever tries PINs gets slower with each.

use std::time::Duration;

use crate::clock::Moment;
use crate::config::Pin;

/// How often a wrong PIN was typed in a row, and until when none is looked at. It outlives
/// the menu, so that closing it is no way around the wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guard {
    wrong: u32,
    opens: Option<Moment>,
}

/// What came of a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is the one.
    Right,
    /// It isn't, or it came too early to be looked at; the next one may come then.
    Wrong {
        /// When a PIN is looked at again.
        next: Moment,
    },
}

impl Guard {
    /// After the first wrong one; each further one doubles it.
    const FIRST: Duration = Duration::from_secs(2);
    const LONGEST: Duration = Duration::from_secs(300);

    /// Somebody typed that at `now`.
    pub fn look(&mut self, typed: &str, pin: &Pin, now: Moment) -> Answer {
        if let Some(next) = self.waits(now) {
            return Answer::Wrong { next };
        }
        if pin.is(typed) {
            *self = Self::default();
            return Answer::Right;
        }
        let doubled = Self::FIRST.saturating_mul(1 << self.wrong.min(16));
        let next = now + doubled.min(Self::LONGEST);
        self.wrong = self.wrong.saturating_add(1);
        self.opens = Some(next);
        Answer::Wrong { next }
    }

    /// Until when no PIN is looked at; nothing if one is.
    #[must_use]
    pub fn waits(&self, now: Moment) -> Option<Moment> {
        self.opens.filter(|opens| now < *opens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(7000 + seconds))
    }

    fn pin() -> Pin {
        "2580".parse().unwrap()
    }

    #[test]
    fn the_right_pin_opens() {
        assert_eq!(Guard::default().look("2580", &pin(), at(0)), Answer::Right);
    }

    #[test]
    fn each_wrong_pin_doubles_the_wait_up_to_five_minutes() {
        let (mut guard, mut now, mut waits) = (Guard::default(), at(0), Vec::new());
        for _ in 0..10 {
            let Answer::Wrong { next } = guard.look("0000", &pin(), now) else {
                panic!("a wrong PIN opens");
            };
            waits.push(next.since(now).as_secs());
            now = next;
        }
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn during_the_wait_not_even_the_right_pin_opens_and_nothing_gets_longer() {
        let mut guard = Guard::default();
        let _ = guard.look("0000", &pin(), at(0));
        let early = Answer::Wrong { next: at(2) };
        assert_eq!(guard.look("2580", &pin(), at(1)), early);
        assert_eq!(guard.look("0000", &pin(), at(1)), early);
        assert_eq!(guard.look("2580", &pin(), at(2)), Answer::Right);
        assert_eq!(guard, Guard::default());
    }
}
