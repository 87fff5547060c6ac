//! The bar beside something that is longer than its place: where one is in it, and at
//! which end there is more.

use crate::ui::{Element, Renderer};
use iced::advanced::layout::{self, Layout, Node};
use iced::advanced::renderer::{Quad, Renderer as _, Style};
use iced::advanced::text::{Renderer as _, Text};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse};
use iced::alignment::Vertical;
use iced::widget::text::{Alignment, LineHeight, Shaping, Wrapping};
use iced::{Border, Color, Length, Pixels, Point, Rectangle, Size, Theme};

use super::{Look, font};

/// How wide the bar is, with its arrows, on the canvas.
#[must_use]
pub fn width(look: &Look) -> f32 {
    /// Seen from the sofa, but no button.
    const LARGEST: f32 = 1.7;
    26.0 * look.metrics.text_scale().min(LARGEST)
}

/// The track's width, on the canvas.
const TRACK: f32 = 8.0;
/// Between an arrow and the track, on the canvas.
const GAP: f32 = 6.0;

/// Where one is in something long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// How much of the whole is seen, 0 to 1.
    pub seen: f32,
    /// How far one has come from its beginning to its end, 0 to 1.
    pub at: f32,
}

struct Bar {
    look: Look,
    place: Position,
    height: f32,
}

/// The bar, `height` pixels of the canvas high.
pub fn bar<'a, Message: 'a>(look: &Look, place: Position, height: f32) -> Element<'a, Message> {
    Element::new(Bar {
        look: *look,
        place,
        height,
    })
}

/// Draws the bar into `bounds`.
pub fn draw(renderer: &mut Renderer, look: &Look, place: Position, bounds: Rectangle) {
    let px = |size: f32| look.metrics.px(size);
    let (strong, weak) = (look.palette.text, look.palette.resting_edge());
    let wide = width(look);
    let mut arrow = |content: &str, y: f32, possible: bool| {
        let arrow = Text {
            content: content.to_owned(),
            bounds: Size::new(bounds.width, px(wide)),
            size: Pixels(px(wide)),
            line_height: LineHeight::Relative(1.0),
            font: font::STRONG,
            align_x: Alignment::Center,
            align_y: Vertical::Top,
            shaping: Shaping::Basic,
            wrapping: Wrapping::None,
        };
        let color = if possible { strong } else { weak };
        renderer.fill_text(arrow, Point::new(bounds.center_x(), y), color, bounds);
    };
    let end = bounds.y + bounds.height - px(wide);
    arrow("↑", bounds.y, place.at > 0.0);
    arrow("↓", end, place.at < 1.0);

    let room = bounds.height - 2.0 * px(wide + GAP);
    let least = px(20.0);
    if room < 2.0 * least {
        return;
    }
    let length = (room * place.seen).clamp(least, room);
    let mut piece = |y: f32, height: f32, color: Color| {
        let bounds = Rectangle {
            x: bounds.center_x() - px(TRACK) / 2.0,
            y: bounds.y + px(wide + GAP) + y,
            width: px(TRACK),
            height,
        };
        let border = Border {
            radius: px(TRACK / 2.0).into(),
            ..Border::default()
        };
        let quad = Quad {
            bounds,
            border,
            ..Quad::default()
        };
        renderer.fill_quad(quad, color);
    };
    piece(0.0, room, look.palette.surface);
    piece((room - length) * place.at, length, look.palette.edge);
}

impl<Message> Widget<Message, Theme, Renderer> for Bar {
    fn size(&self) -> Size<Length> {
        let px = |size: f32| Length::Fixed(self.look.metrics.px(size));
        Size::new(px(width(&self.look)), px(self.height))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> Node {
        let Size { width, height } = Widget::<Message, Theme, Renderer>::size(self);
        layout::atomic(limits, width, height)
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        draw(renderer, &self.look, self.place, layout.bounds());
    }
}
