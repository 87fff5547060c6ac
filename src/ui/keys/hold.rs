//! Holding OK down.
//!
//! Where Menu means something else than OK, a long OK is Menu: remotes without that key
//! have no other way to it. There, and only there, OK waits for its release, and the
//! screen shows meanwhile that it is pressed. The time runs from press to release:
//! some kernels send no repeats of a remote's OK.

use std::time::Duration;

use iced::keyboard::key::Physical;

use super::Press;
use crate::clock::Moment;

/// Whether OK is being held, since when, and by which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hold {
    held: Option<(Physical, Moment)>,
}

impl Hold {
    /// From here on a press is long.
    pub const LONG: Duration = Duration::from_millis(600);

    /// OK went down at `now`.
    pub const fn begin(&mut self, key: Physical, now: Moment) {
        self.held = Some((key, now));
    }

    /// Whether OK is down and it is open what it will mean.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.held.is_some()
    }

    /// That key went up at `now`: what the press was.
    pub fn release(&mut self, key: Physical, now: Moment) -> Option<Press> {
        let (_, since) = self.held.take_if(|(held, _)| *held == key)?;
        Some(if now.since(since) < Self::LONG {
            Press::Ok
        } else {
            Press::Menu
        })
    }

    /// It is `now`: Menu, once OK has been down for long. The release that follows
    /// means nothing any more.
    pub fn lasts(&mut self, now: Moment) -> Option<Press> {
        let _ = self
            .held
            .take_if(|(_, since)| now.since(*since) >= Self::LONG)?;
        Some(Press::Menu)
    }

    /// Another key went down meanwhile: quick fingers, so it was a short one.
    pub fn interrupt(&mut self) -> Option<Press> {
        self.held.take().map(|_| Press::Ok)
    }

    /// What it was meant for is gone, or the release will go elsewhere.
    pub const fn forget(&mut self) {
        self.held = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::key::NativeCode;

    const OK: Physical = Physical::Unidentified(NativeCode::Xkb(352));
    const OTHER: Physical = Physical::Unidentified(NativeCode::Xkb(402));

    fn at(milliseconds: u64) -> Moment {
        Moment::from_boot(Duration::from_millis(7000 + milliseconds))
    }

    fn begun() -> Hold {
        let mut hold = Hold::default();
        hold.begin(OK, at(0));
        hold
    }

    #[test]
    fn a_release_before_600_milliseconds_is_ok() {
        assert_eq!(begun().release(OK, at(599)), Some(Press::Ok));
    }

    #[test]
    fn a_release_after_600_milliseconds_is_menu() {
        assert_eq!(begun().release(OK, at(600)), Some(Press::Menu));
    }

    #[test]
    fn menu_comes_while_the_key_is_still_down_and_the_release_adds_nothing() {
        let mut hold = begun();
        assert_eq!(hold.lasts(at(599)), None);
        assert_eq!(hold.lasts(at(600)), Some(Press::Menu));
        assert_eq!(hold.lasts(at(700)), None);
        assert_eq!(hold.release(OK, at(800)), None);
    }

    #[test]
    fn the_release_of_another_key_is_none_of_it() {
        let mut hold = begun();
        assert_eq!(hold.release(OTHER, at(50)), None);
        assert_eq!(hold.release(OK, at(100)), Some(Press::Ok));
    }

    #[test]
    fn another_key_makes_it_a_short_one_at_once() {
        let mut hold = begun();
        assert_eq!(hold.interrupt(), Some(Press::Ok));
        assert_eq!(hold.release(OK, at(900)), None);
        assert_eq!(hold.interrupt(), None);
    }

    #[test]
    fn what_is_forgotten_means_nothing() {
        let mut hold = begun();
        hold.forget();
        assert!(!hold.is_open());
        assert_eq!(hold.lasts(at(700)), None);
    }
}
