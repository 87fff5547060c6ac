//! Time left, as a ring that empties. It fills as it appears, and where it jumps it moves;
//! the steps of the seconds are no more than steps.

use std::f32::consts::{FRAC_PI_2, TAU};
use std::time::Duration;

use crate::ui::{Element, Frame, Renderer};
use iced::widget::canvas::{self, Canvas, LineCap, Path, Stroke, path};
use iced::{Color, Event, Length, Point, Radians, Rectangle, Theme, mouse, window};

use super::Look;
use super::cached_canvas::CachedCanvas;
use super::motion::{APPEAR, Epoch, FRAME, Transition};
use super::stage;
use super::theme::between;

#[derive(Clone, Copy, PartialEq)]
struct Ring {
    left: f32,
    width: f32,
    track: Color,
    color: Color,
    moves: bool,
}

/// A ring of `diameter` pixels of the canvas of which the part `left` is filled.
pub fn ring<'a, Message: 'a>(
    look: &Look,
    diameter: f32,
    left: f32,
    color: Color,
) -> Element<'a, Message> {
    let side = Length::Fixed(look.metrics.px(diameter));
    let ring = Canvas::new(Ring {
        left: left.clamp(0.0, 1.0),
        width: look.metrics.px(diameter / 9.0),
        track: between(look.palette.ground[1], look.palette.edge, 0.4),
        color,
        moves: look.motion,
    });
    stage::one_line(ring.width(side).height(side))
}

/// More than a second takes of any time that a code lasts.
const JUMP: f32 = 1.0 / 12.0;

/// The part that is filled at the moment.
#[derive(Debug, Default)]
struct Sweep {
    shown: f32,
    from: f32,
    to: f32,
    way: Option<Transition>,
}

impl Sweep {
    /// Goes to `to`, at once unless it `moves`; says whether it is on its way.
    fn step(&mut self, to: f32, moves: bool, now: Duration) -> bool {
        if to > self.to || self.to - to > JUMP {
            self.from = self.shown;
            self.way = moves.then(|| Transition::beginning(now));
        }
        self.to = to;
        let part = self.way.as_mut().and_then(|way| way.step(now, APPEAR));
        if part.is_none() {
            self.way = None;
        }
        self.shown = part.map_or(to, |part| self.from + (to - self.from) * part);
        self.way.is_some()
    }
}

#[derive(Default)]
struct State {
    kept: CachedCanvas<Ring>,
    epoch: Epoch,
    sweep: Sweep,
}

impl<Message> canvas::Program<Message, Theme, Renderer> for Ring {
    type State = State;

    fn update(
        &self,
        state: &mut State,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Option<canvas::Action<Message>> {
        let Event::Window(window::Event::RedrawRequested(now)) = event else {
            return None;
        };
        let time = state.epoch.since(*now);
        let moving = state.sweep.step(self.left, self.moves, time);
        moving.then(|| canvas::Action::request_redraw_at(*now + FRAME))
    }

    fn draw(
        &self,
        state: &State,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        let now = Self {
            left: state.sweep.shown,
            ..*self
        };
        let painted = |frame: &mut Frame| now.paint(frame);
        vec![state.kept.draw(now, renderer, bounds.size(), painted)]
    }
}

impl Ring {
    fn paint(&self, frame: &mut Frame) {
        let side = frame.width().min(frame.height());
        // A pixel of room: the edge is smoothed beyond the stroke.
        let (center, radius) = (frame.center(), (side - self.width) / 2.0 - 1.0);
        let stroke = |color| {
            Stroke::default()
                .with_width(self.width)
                .with_color(color)
                .with_line_cap(LineCap::Round)
        };
        frame.stroke(&Path::circle(center, radius), stroke(self.track));
        if self.left > 0.0 {
            frame.stroke(&arc(center, radius, self.left), stroke(self.color));
        }
    }
}

fn arc(center: Point, radius: f32, part: f32) -> Path {
    if part >= 1.0 {
        return Path::circle(center, radius);
    }
    let start = -FRAC_PI_2;
    Path::new(|builder| {
        builder.arc(path::Arc {
            center,
            radius,
            start_angle: Radians(start),
            end_angle: Radians(start + TAU * part),
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Duration {
        Duration::from_millis(time)
    }

    #[test]
    fn it_fills_as_it_appears_and_then_steps() {
        let mut sweep = Sweep::default();
        assert!(sweep.step(0.8, true, ms(0)));
        assert_eq!(sweep.shown, 0.0);
        assert!(sweep.step(0.8, true, ms(40)));
        assert!(sweep.shown > 0.0 && sweep.shown < 0.8, "{sweep:?}");
        assert!(!sweep.step(0.8, true, ms(200)));
        assert!(!sweep.step(0.79, true, ms(1000)), "a second is a step");
        assert_eq!(sweep.shown, 0.79);
        assert!(sweep.step(1.0, true, ms(2000)), "a new code is none");
    }

    #[test]
    fn it_is_there_at_once_where_nothing_moves() {
        let mut sweep = Sweep::default();
        assert!(!sweep.step(0.8, false, ms(0)));
        assert_eq!(sweep.shown, 0.8);
    }
}
