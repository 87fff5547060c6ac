//! Where the focus is, and the way of its ring from one place to the next.

use std::any::Any;
use std::time::Duration;

use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Size};

use crate::ui::motion::{GLIDE, Transition};

/// What has the focus says so by this, through [`Operation::custom`] with its bounds,
/// the ring's room included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FocusMark {
    /// The ring's outer radius in logical pixels.
    pub radius: f32,
}

/// A ring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub(super) bounds: Rectangle,
    pub(super) radius: f32,
}

impl Mark {
    fn on_the_way_to(self, to: Self, part: f32) -> Self {
        let between = |from: f32, to: f32| from + (to - from) * part;
        let (one, other) = (self.bounds, to.bounds);
        Self {
            bounds: Rectangle {
                x: between(one.x, other.x),
                y: between(one.y, other.y),
                width: between(one.width, other.width),
                height: between(one.height, other.height),
            },
            radius: between(self.radius, to.radius),
        }
    }
}

/// Looks for what has the focus. One thing has; of several, the last one wins, since what
/// is drawn later lies over what is drawn before.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) found: Option<Mark>,
}

impl Operation for Search {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(FocusMark { radius }) = state.downcast_ref().copied() {
            self.found = Some(Mark { bounds, radius });
        }
    }
}

/// The ring that is seen.
#[derive(Debug, Default)]
pub(super) struct Glide {
    shown: Option<Mark>,
    from: Option<Mark>,
    to: Option<Mark>,
    way: Option<Transition>,
}

impl Glide {
    /// The ring as it is drawn.
    pub(super) const fn shown(&self) -> Option<Mark> {
        self.shown
    }

    /// Takes it to where the focus is, at once by `jumps`; says whether it is on its way.
    /// A new aim is headed for from where the ring is now.
    pub(super) fn step(&mut self, to: Option<Mark>, jumps: bool, now: Duration) -> bool {
        if to != self.to {
            self.from = self.shown;
            self.to = to;
            self.way = Some(Transition::beginning(now));
        }
        let part = match (jumps, &mut self.way) {
            (true, _) | (false, None) => None,
            (false, Some(way)) => way.step(now, GLIDE),
        };
        let between = part.zip(self.from).zip(to);
        self.shown = match between {
            Some(((part, from), to)) => Some(from.on_the_way_to(to, part)),
            None => {
                self.way = None;
                to
            }
        };
        self.way.is_some()
    }
}

/// What a ring depends on besides the focus: it doesn't glide from one of these to another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Scene {
    /// Counts changes of screen.
    pub(super) screen: u64,
    pub(super) size: Size,
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::Point;

    fn at(x: f32) -> Option<Mark> {
        Some(Mark {
            bounds: Rectangle::new(Point::new(x, 0.0), Size::new(100.0, 50.0)),
            radius: 10.0,
        })
    }

    fn x(glide: &Glide) -> f32 {
        glide.shown().unwrap().bounds.x
    }

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    #[test]
    fn the_ring_glides_to_its_new_place_and_rests_there() {
        let mut glide = Glide::default();
        assert!(!glide.step(at(0.0), false, ms(0)), "the first one jumps");
        assert!(glide.step(at(80.0), false, ms(1000)));
        assert_eq!(x(&glide), 0.0);
        let mut before = 0.0;
        for time in [1016, 1050, 1090, 1130] {
            assert!(glide.step(at(80.0), false, ms(time)));
            assert!(x(&glide) > before && x(&glide) < 80.0, "{glide:?}");
            before = x(&glide);
        }
        assert!(!glide.step(at(80.0), false, ms(1150)));
        assert_eq!(x(&glide), 80.0);
    }

    #[test]
    fn a_new_aim_is_headed_for_from_where_the_ring_is() {
        let mut glide = Glide::default();
        let _ = glide.step(at(0.0), false, ms(0));
        let _ = glide.step(at(80.0), false, ms(1000));
        let _ = glide.step(at(80.0), false, ms(1040));
        let halfway = x(&glide);
        assert!(glide.step(at(0.0), false, ms(1050)));
        assert_eq!(x(&glide), halfway);
        let _ = glide.step(at(0.0), false, ms(1090));
        assert!(x(&glide) < halfway);
        let _ = glide.step(at(0.0), false, ms(1130));
        assert!(!glide.step(at(0.0), false, ms(1200)), "{glide:?}");
    }

    #[test]
    fn it_jumps_where_nothing_moves_and_from_and_to_nothing() {
        let mut glide = Glide::default();
        let _ = glide.step(at(0.0), true, ms(0));
        assert!(!glide.step(at(80.0), true, ms(10)));
        assert_eq!(x(&glide), 80.0);
        assert!(!glide.step(None, false, ms(20)));
        assert_eq!(glide.shown(), None);
        assert!(!glide.step(at(5.0), false, ms(30)));
        assert_eq!(x(&glide), 5.0);
    }

    #[test]
    fn of_several_marks_the_one_that_is_drawn_last_wins() {
        let mut search = Search::default();
        for x in [1.0, 2.0] {
            let bounds = at(x).unwrap().bounds;
            search.custom(None, bounds, &mut FocusMark { radius: 10.0 });
            search.custom(None, Rectangle::default(), &mut "something else");
        }
        assert_eq!(search.found, at(2.0));
        assert_eq!(Search::default().found, None);
    }
}
