//! The picture beside the words of a screen: a television, and a phone that says how
//! things stand.

mod sign;
pub mod standing;

use crate::ui::{Element, Frame, Renderer};
use iced::widget::canvas::{self, Canvas, Path, Stroke};
use iced::{Color, Length, Point, Rectangle, Size, Theme, mouse};

use super::Look;
use super::cached_canvas::CachedCanvas;
use super::theme::{Palette, between};

pub use sign::Sign;

/// The picture's size, on the canvas.
pub const SIZE: Size = Size::new(640.0, 509.0);
/// The units that it is drawn in, from side to side.
const UNITS: f32 = 704.0;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Art {
    sign: Sign,
    palette: &'static Palette,
    scale: f32,
}

/// Draws the picture.
pub fn television_and_phone<'a, Message: 'a>(look: &Look, sign: Sign) -> Element<'a, Message> {
    Canvas::new(Art {
        sign,
        palette: look.palette,
        scale: look.metrics.px(SIZE.width) / UNITS,
    })
    .width(Length::Fixed(look.metrics.px(SIZE.width)))
    .height(Length::Fixed(look.metrics.px(SIZE.height)))
    .into()
}

impl<Message> canvas::Program<Message, Theme, Renderer> for Art {
    type State = CachedCanvas<Self>;

    fn draw(
        &self,
        kept: &CachedCanvas<Self>,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        vec![kept.draw(*self, renderer, bounds.size(), |frame| self.paint(frame))]
    }
}

impl Art {
    fn paint(&self, frame: &mut Frame) {
        frame.scale(self.scale);
        self.television(frame);
        self.phone(frame);
    }

    fn television(&self, frame: &mut Frame) {
        let palette = self.palette;
        let faint = between(palette.ground[0], palette.edge, 0.6);
        let fainter = between(palette.surface, faint, 0.5);
        let neck = between(palette.ground[1], faint, 0.6);
        self.block(frame, (288.0, 380.0), (72.0, 42.0), 0.0, neck, None);
        self.block(frame, (204.0, 416.0), (240.0, 14.0), 7.0, faint, None);
        let (bezel, screen) = (palette.ground[1], palette.surface);
        self.block(
            frame,
            (12.0, 12.0),
            (624.0, 376.0),
            30.0,
            bezel,
            Some(faint),
        );
        self.block(frame, (26.0, 26.0), (596.0, 348.0), 18.0, screen, None);
        // Channels, and who is there.
        self.block(frame, (62.0, 62.0), (92.0, 14.0), 7.0, palette.accent, None);
        self.block(frame, (180.0, 62.0), (70.0, 14.0), 7.0, faint, None);
        self.block(frame, (276.0, 62.0), (70.0, 14.0), 7.0, faint, None);
        frame.fill(&Path::circle(Point::new(568.0, 69.0), 16.0), faint);
        // What there is to see.
        for (number, tint) in palette.tints.iter().take(3).enumerate() {
            let x = 62.0 + 180.0 * number as f32;
            let card = between(*tint, palette.edge, 0.18);
            self.block(frame, (x, 112.0), (154.0, 146.0), 16.0, card, None);
            self.block(frame, (x, 278.0), (118.0, 13.0), 6.5, faint, None);
            self.block(frame, (x, 306.0), (76.0, 13.0), 6.5, fainter, None);
        }
    }

    fn phone(&self, frame: &mut Frame) {
        let palette = self.palette;
        let (edge, body) = (palette.edge, palette.raised);
        let fainter = between(body, edge, 0.5);
        // The ground around it, so that it stands before the television.
        self.block(
            frame,
            (462.0, 142.0),
            (236.0, 410.0),
            50.0,
            palette.ground[1],
            None,
        );
        self.block(
            frame,
            (474.0, 154.0),
            (212.0, 386.0),
            38.0,
            body,
            Some(edge),
        );
        self.block(frame, (546.0, 178.0), (68.0, 9.0), 4.5, edge, None);
        self.sign
            .paint(frame, Point::new(580.0, 316.0), 62.0, palette, self.scale);
        self.block(frame, (520.0, 422.0), (120.0, 14.0), 7.0, edge, None);
        self.block(frame, (542.0, 454.0), (76.0, 14.0), 7.0, fainter, None);
    }

    fn block(
        &self,
        frame: &mut Frame,
        (x, y): (f32, f32),
        (width, height): (f32, f32),
        radius: f32,
        fill: Color,
        edge: Option<Color>,
    ) {
        let shape =
            Path::rounded_rectangle(Point::new(x, y), Size::new(width, height), radius.into());
        frame.fill(&shape, fill);
        if let Some(edge) = edge {
            frame.stroke(
                &shape,
                Stroke::default()
                    .with_color(edge)
                    .with_width(3.0 * self.scale),
            );
        }
    }
}
