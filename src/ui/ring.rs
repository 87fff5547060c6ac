//! Time left, as a ring that empties.

use std::f32::consts::{FRAC_PI_2, TAU};

use iced::widget::canvas::{self, Canvas, Frame, LineCap, Path, Stroke, path};
use iced::{Color, Element, Length, Point, Radians, Rectangle, Renderer, Theme, mouse};

use super::Look;
use super::kept::Kept;

#[derive(Clone, Copy, PartialEq)]
struct Ring {
    left: f32,
    width: f32,
    track: Color,
    color: Color,
}

/// A ring of `diameter` pixels of the canvas of which the part `left` is filled.
pub fn ring<'a, Message: 'a>(
    look: &Look,
    diameter: f32,
    left: f32,
    color: Color,
) -> Element<'a, Message> {
    let side = Length::Fixed(look.metrics.px(diameter));
    Canvas::new(Ring {
        left: left.clamp(0.0, 1.0),
        width: look.metrics.px(diameter / 9.0),
        track: look.palette.raised,
        color,
    })
    .width(side)
    .height(side)
    .into()
}

impl<Message> canvas::Program<Message> for Ring {
    type State = Kept<Self>;

    fn draw(
        &self,
        kept: &Kept<Self>,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        vec![kept.draw(*self, renderer, bounds.size(), |frame| self.paint(frame))]
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
