//! The picture beside the words of a screen: a television, and a phone that says how
//! things stand.

pub mod standing;

use iced::widget::canvas::{self, Canvas, Frame, LineCap, LineJoin, Path, Stroke};
use iced::{Color, Element, Length, Point, Rectangle, Renderer, Size, Theme, mouse};

use super::Look;
use super::kept::Kept;
use super::theme::{Palette, between};

/// The picture's size, on the canvas.
pub const SIZE: Size = Size::new(600.0, 460.0);

/// What the phone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It is, or can be, approved.
    Yes,
    /// It was refused.
    No,
    /// Something is waited for.
    Wait,
    /// Time ran out.
    Time,
    /// Something went wrong.
    Trouble,
}

impl Sign {
    const fn lines(self) -> &'static [&'static [(f32, f32)]] {
        match self {
            Self::Yes => &[&[(-20.0, 2.0), (-5.0, 17.0), (22.0, -15.0)]],
            Self::No => &[
                &[(-16.0, -16.0), (16.0, 16.0)],
                &[(16.0, -16.0), (-16.0, 16.0)],
            ],
            Self::Wait => &[],
            Self::Time => &[&[(0.0, -24.0), (0.0, 2.0), (16.0, 12.0)]],
            Self::Trouble => &[&[(0.0, -22.0), (0.0, 4.0)]],
        }
    }

    const fn dots(self) -> &'static [(f32, f32)] {
        match self {
            Self::Wait => &[(-20.0, 0.0), (0.0, 0.0), (20.0, 0.0)],
            Self::Trouble => &[(0.0, 22.0)],
            Self::Yes | Self::No | Self::Time => &[],
        }
    }
}

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
        scale: look.metrics.px(1.0),
    })
    .width(Length::Fixed(look.metrics.px(SIZE.width)))
    .height(Length::Fixed(look.metrics.px(SIZE.height)))
    .into()
}

impl<Message> canvas::Program<Message> for Art {
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

impl Art {
    fn paint(&self, frame: &mut Frame) {
        frame.scale(self.scale);
        let palette = self.palette;
        let faint = between(palette.ground[0], palette.edge, 0.55);
        self.block(
            frame,
            (20.0, 20.0),
            (500.0, 312.0),
            26.0,
            palette.surface,
            Some(faint),
        );
        self.block(frame, (190.0, 356.0), (160.0, 10.0), 5.0, faint, None);
        // What there is to see.
        for (number, tint) in palette.tints.iter().take(3).enumerate() {
            let x = 56.0 + 146.0 * number as f32;
            self.block(
                frame,
                (x, 60.0),
                (126.0, 118.0),
                14.0,
                between(*tint, palette.edge, 0.15),
                None,
            );
            self.block(frame, (x, 198.0), (96.0, 12.0), 6.0, faint, None);
            self.block(
                frame,
                (x, 224.0),
                (62.0, 12.0),
                6.0,
                between(palette.surface, faint, 0.6),
                None,
            );
        }
        self.block(
            frame,
            (56.0, 276.0),
            (180.0, 16.0),
            8.0,
            palette.accent,
            None,
        );
        self.phone(frame);
    }

    fn phone(&self, frame: &mut Frame) {
        let palette = self.palette;
        self.block(
            frame,
            (392.0, 128.0),
            (188.0, 324.0),
            38.0,
            palette.ground[1],
            None,
        );
        self.block(
            frame,
            (400.0, 136.0),
            (172.0, 308.0),
            30.0,
            palette.raised,
            Some(palette.edge),
        );
        self.block(frame, (456.0, 156.0), (60.0, 8.0), 4.0, palette.edge, None);
        let middle = Point::new(486.0, 268.0);
        self.sign(frame, middle);
        self.block(
            frame,
            (436.0, 344.0),
            (100.0, 12.0),
            6.0,
            palette.edge,
            None,
        );
        self.block(
            frame,
            (452.0, 372.0),
            (68.0, 12.0),
            6.0,
            between(palette.raised, palette.edge, 0.5),
            None,
        );
    }

    fn sign(&self, frame: &mut Frame, middle: Point) {
        let palette = self.palette;
        let (disc, ink) = match self.sign {
            Sign::Yes => (palette.accent, palette.on_accent),
            Sign::No => (palette.danger, palette.surface),
            Sign::Wait => (palette.edge, palette.raised),
            Sign::Time | Sign::Trouble => (palette.warning, palette.surface),
        };
        frame.fill(&Path::circle(middle, 46.0), disc);
        let pen = Stroke::default()
            .with_color(ink)
            .with_width(9.0 * self.scale)
            .with_line_cap(LineCap::Round)
            .with_line_join(LineJoin::Round);
        for line in self.sign.lines() {
            let path = Path::new(|path| {
                for (number, (x, y)) in line.iter().enumerate() {
                    let point = Point::new(middle.x + x, middle.y + y);
                    if number == 0 {
                        path.move_to(point);
                    } else {
                        path.line_to(point);
                    }
                }
            });
            frame.stroke(&path, pen);
        }
        for (x, y) in self.sign.dots() {
            let point = Point::new(middle.x + x, middle.y + y);
            frame.fill(&Path::circle(point, 6.0), ink);
        }
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
