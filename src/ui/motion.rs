//! What moves on a screen, and for how long. Times are those since something fixed that
//! whoever draws has chosen.

use std::time::Duration;

use iced::time::Instant;

/// How long the ring around the focus is on its way.
pub const GLIDE: Duration = Duration::from_millis(150);
/// How long a screen takes to appear, and the ring of the time left to fill.
pub const APPEAR: Duration = Duration::from_millis(180);
/// From one picture of something that moves to the next. X11 doesn't wait for the display.
pub const FRAME: Duration = Duration::from_millis(16);
/// Where drawing takes this long, motion would only hold people up.
const SLOW: Duration = Duration::from_millis(50);

/// The way from one state to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transition {
    began: Duration,
    drawn: Duration,
}

impl Transition {
    /// One that begins now.
    #[must_use]
    pub const fn beginning(now: Duration) -> Self {
        Self {
            began: now,
            drawn: now,
        }
    }

    /// The part of the way that is done now, fast at first and slow at the end; nothing
    /// where it is over: after `lasts`, or as soon as this machine can't keep up.
    pub fn step(&mut self, now: Duration, lasts: Duration) -> Option<f32> {
        let slow = now.saturating_sub(self.drawn) > SLOW;
        self.drawn = now;
        let part = now.saturating_sub(self.began).as_secs_f32() / lasts.as_secs_f32();
        (part < 1.0 && !slow).then(|| ease_out(part))
    }
}

fn ease_out(part: f32) -> f32 {
    1.0 - (1.0 - part).powi(3)
}

/// Turns iced's times into those since the first that was seen.
#[derive(Debug, Default)]
pub struct Epoch(Option<Instant>);

impl Epoch {
    /// The time since the first.
    pub fn since(&mut self, now: Instant) -> Duration {
        now.saturating_duration_since(*self.0.get_or_insert(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    #[test]
    fn a_transition_goes_from_nothing_to_all_and_never_back() {
        let mut way = Transition::beginning(ms(1000));
        let parts: Vec<_> = (0..10)
            .map(|n| way.step(ms(1000 + 16 * n), GLIDE))
            .collect();
        assert_eq!(parts[0], Some(0.0));
        assert!(parts.windows(2).all(|pair| pair[0] < pair[1]), "{parts:?}");
        assert!(parts[4] > Some(0.5), "{parts:?}");
        assert_eq!(way.step(ms(1150), GLIDE), None);
    }

    #[test]
    fn where_a_picture_takes_too_long_it_ends_at_once() {
        let mut way = Transition::beginning(ms(0));
        assert!(way.step(ms(50), APPEAR).is_some());
        assert_eq!(way.step(ms(101), APPEAR), None);
    }
}
