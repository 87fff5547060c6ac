//! The pictures of a channel one after another, by themselves.

use std::time::Duration;

use super::tab::Tab;
use super::{Overlay, Refreshing, State};
use crate::clock::Moment;
use crate::config::Layout;
use crate::ui::focus::Direction;

/// How long each picture is shown.
pub const EACH: Duration = Duration::from_secs(10);

/// When the picture that is shown came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slides {
    since: Moment,
}

impl Slides {
    /// A picture that came at `now`.
    #[must_use]
    pub const fn new(now: Moment) -> Self {
        Self { since: now }
    }

    /// The picture stays for its whole time from `now` on.
    pub const fn begin(&mut self, now: Moment) {
        self.since = now;
    }

    /// When it is time for another picture.
    #[must_use]
    pub fn due(&self) -> Moment {
        self.since + EACH
    }

    /// Whether it is time for another picture at `now`; that one is then the one that came.
    pub fn turn(&mut self, now: Moment) -> bool {
        let due = now >= self.due();
        if due {
            self.since = now;
        }
        due
    }
}

/// The picture after `at` of `all`; after the last comes the first.
#[must_use]
pub const fn after(at: usize, all: usize) -> usize {
    if at + 1 < all { at + 1 } else { 0 }
}

/// Where an arrow leads among pictures that are shown one at a time, as in a column.
#[must_use]
pub const fn along(direction: Direction) -> Option<Direction> {
    match direction {
        Direction::Left => Some(Direction::Up),
        Direction::Right => Some(Direction::Down),
        Direction::Up | Direction::Down => None,
    }
}

impl Tab {
    /// Whether it shows several pictures, one at a time.
    #[must_use]
    pub fn has_slides(&self) -> bool {
        self.items().len() > 1 && self.arrangement() == Layout::Image
    }
}

impl State {
    /// Nobody looks at the pictures at `now`: the one that is shown stays.
    pub const fn hold(&mut self, now: Moment) {
        self.slides.begin(now);
    }

    /// Whether pictures follow each other by themselves now.
    pub(super) fn slides_go(&self) -> bool {
        let free = self.refreshing == Refreshing::On && matches!(self.overlay, Overlay::None);
        free && self.tabs.get(self.active).is_some_and(Tab::has_slides)
    }

    /// Where none follows, the one that is shown has its whole time still before it.
    pub(super) fn keep_slide(&mut self) {
        if !self.slides_go() {
            self.slides.begin(self.now);
        }
    }

    /// Shows the next picture if it is time for it; says whether it was.
    pub(super) fn turn(&mut self) -> bool {
        self.keep_slide();
        let turns = self.slides.turn(self.now);
        let Some(tab) = self.tabs.get_mut(self.active) else {
            return false;
        };
        if turns {
            tab.at = after(tab.at, tab.items().len());
        }
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment::from_boot(Duration::from_secs(100));

    fn later(seconds: u64) -> Moment {
        START + Duration::from_secs(seconds)
    }

    #[test]
    fn another_picture_comes_every_ten_seconds() {
        let mut slides = Slides::new(START);
        let turns: Vec<_> = (1..=30).filter(|at| slides.turn(later(*at))).collect();
        assert_eq!(turns, [10, 20, 30]);
    }

    #[test]
    fn a_picture_that_somebody_chose_stays_for_its_whole_time() {
        let mut slides = Slides::new(START);
        slides.begin(later(9));
        assert!(!slides.turn(later(18)));
        assert!(slides.turn(later(19)));
    }

    #[test]
    fn a_turn_that_comes_late_is_one_turn() {
        let mut slides = Slides::new(START);
        assert!(slides.turn(later(60)));
        assert!(!slides.turn(later(61)));
    }

    #[test]
    fn after_the_last_picture_comes_the_first() {
        assert_eq!([after(0, 3), after(1, 3), after(2, 3)], [1, 2, 0]);
    }
}
