//! A mouse's wheel or a touchpad as steps of the focus.

use std::time::Duration;

use iced::mouse::ScrollDelta;

use crate::clock::Moment;

/// What was scrolled and has led to no step yet.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wheel {
    /// In steps: positive up.
    left: f32,
    last: Option<Moment>,
}

impl Wheel {
    /// A step, in pixels of a touchpad.
    const STEP: f32 = 40.0;
    /// Steps of one event: a wheel that spins freely tells of many.
    const MOST: f32 = 5.0;
    /// After this the rest of a movement is forgotten.
    const PAUSE: Duration = Duration::from_millis(500);

    /// How many steps up, or down where negative, `delta` leads to at `now`. What goes sideways
    /// leads to none.
    pub fn turn(&mut self, delta: ScrollDelta, now: Moment) -> i32 {
        let (x, y) = match delta {
            ScrollDelta::Lines { x, y } => (x, y),
            ScrollDelta::Pixels { x, y } => (x / Self::STEP, y / Self::STEP),
        };
        if !y.is_finite() || x.abs() > y.abs() {
            return 0;
        }
        let is_over = self.last.is_none_or(|last| now.since(last) > Self::PAUSE);
        if is_over || self.left.signum() != y.signum() {
            self.left = 0.0;
        }
        self.last = Some(now);
        self.left = (self.left + y).clamp(-Self::MOST, Self::MOST);
        // Thirds of a line add up to almost one.
        let steps = (self.left + y.signum() * 0.01).trunc();
        self.left -= steps;
        steps as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Moment {
        Moment::from_boot(Duration::from_millis(milliseconds))
    }

    fn pixels(x: f32, y: f32) -> ScrollDelta {
        ScrollDelta::Pixels { x, y }
    }

    fn lines(x: f32, y: f32) -> ScrollDelta {
        ScrollDelta::Lines { x, y }
    }

    #[test]
    fn a_touchpad_steps_once_in_forty_pixels() {
        let mut wheel = Wheel::default();
        let steps: i32 = (0..100)
            .map(|n| wheel.turn(pixels(0.0, -4.0), at(10 * n)))
            .sum();
        assert_eq!(steps, -10);
    }

    #[test]
    fn a_wheel_steps_once_a_notch_and_a_fine_one_once_a_whole_notch() {
        let mut wheel = Wheel::default();
        assert_eq!(wheel.turn(lines(0.0, 1.0), at(0)), 1);
        assert_eq!(wheel.turn(lines(0.0, -1.0), at(10)), -1);
        let steps = [20, 30, 40].map(|now| wheel.turn(lines(0.0, -1.0 / 3.0), at(now)));
        assert_eq!(steps, [0, 0, -1]);
        assert_eq!(wheel.turn(lines(0.0, -400.0), at(50)), -5);
    }

    #[test]
    fn sideways_is_neither_up_nor_down() {
        let mut wheel = Wheel::default();
        for delta in [
            lines(1.0, 0.0),
            lines(-3.0, 0.0),
            pixels(200.0, 30.0),
            lines(0.0, 0.0),
        ] {
            assert_eq!(wheel.turn(delta, at(0)), 0, "{delta:?}");
        }
        assert_eq!(wheel.turn(lines(0.0, f32::NAN), at(0)), 0);
    }

    #[test]
    fn what_is_left_of_a_movement_is_forgotten_after_a_pause_and_a_turn() {
        let mut wheel = Wheel::default();
        assert_eq!(wheel.turn(pixels(0.0, 39.0), at(0)), 0);
        assert_eq!(wheel.turn(pixels(0.0, 10.0), at(900)), 0);
        assert_eq!(wheel.turn(pixels(0.0, -35.0), at(910)), 0);
        assert_eq!(wheel.turn(pixels(0.0, -10.0), at(920)), -1);
    }
}
