//! When keys count.

use std::time::Duration;

use super::Press;
use crate::clock::Moment;

/// Nobody presses a key for a screen that has just appeared: what arrives in the
/// first moments was meant for the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    opens: Moment,
    /// For OK, where an OK led to the screen.
    opens_to_ok: Moment,
}

impl Gate {
    const PAUSE: Duration = Duration::from_millis(150);
    /// Who presses a button twice means it once.
    const TWICE: Duration = Duration::from_millis(500);

    /// Closed from `now` on, for a little.
    #[must_use]
    pub fn closed(now: Moment) -> Self {
        Self {
            opens: now + Self::PAUSE,
            opens_to_ok: now,
        }
    }

    /// The same for a screen that an OK at `pressed` led to.
    #[must_use]
    pub fn after_ok(self, pressed: Moment) -> Self {
        Self {
            opens_to_ok: pressed + Self::TWICE,
            ..self
        }
    }

    /// Whether that key counts.
    #[must_use]
    pub fn lets_in(self, press: Press, now: Moment) -> bool {
        self.is_open(now) && (press != Press::Ok || now >= self.opens_to_ok)
    }

    /// Whether keys count.
    #[must_use]
    pub fn is_open(self, now: Moment) -> bool {
        now >= self.opens
    }
}

/// One step a frame: a held key that repeats faster than the screen can follow, or
/// whose repeats have piled up while it was drawn, moves no further than what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    last: Option<Moment>,
}

impl Pace {
    /// How long a screen shows one picture: 60 a second.
    const FRAME: Duration = Duration::from_millis(16);

    /// Whether a press counts at `now`. One that isn't a `repeat` always does.
    #[must_use]
    pub fn takes(&mut self, now: Moment, repeat: bool) -> bool {
        let is_due = self.last.is_none_or(|last| now.since(last) >= Self::FRAME);
        let takes = is_due || !repeat;
        if takes {
            self.last = Some(now);
        }
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Moment {
        Moment::from_boot(Duration::from_millis(7000 + milliseconds))
    }

    #[test]
    fn a_gate_lets_nothing_through_for_150_milliseconds() {
        let gate = Gate::closed(at(0));
        assert!(!gate.is_open(at(149)));
        assert!(gate.is_open(at(150)));
    }

    #[test]
    fn repeats_of_a_held_key_are_one_step_a_frame() {
        let mut pace = Pace::default();
        assert!(pace.takes(at(0), false));
        let steps = (1..=160).filter(|&ms| pace.takes(at(ms), true)).count();
        assert_eq!(steps, 10);
    }

    #[test]
    fn repeats_that_piled_up_while_the_screen_was_drawn_are_one_step() {
        let mut pace = Pace::default();
        assert!(pace.takes(at(0), false));
        assert!(pace.takes(at(400), true));
        let rest = (0..30).filter(|_| pace.takes(at(400), true)).count();
        assert_eq!(rest, 0);
    }

    #[test]
    fn quick_presses_all_count() {
        let mut pace = Pace::default();
        let steps = (0..5).filter(|&ms| pace.takes(at(ms), false)).count();
        assert_eq!(steps, 5);
    }

    #[test]
    fn an_ok_that_follows_another_within_half_a_second_is_the_same() {
        let gate = Gate::closed(at(300)).after_ok(at(0));
        assert!(!gate.lets_in(Press::Ok, at(499)) && gate.lets_in(Press::Ok, at(500)));
        assert!(gate.lets_in(Press::Back, at(450)) && !gate.lets_in(Press::Back, at(449)));
    }
}
