//! The few widgets that screens share.

mod buttons;
mod fitting;
mod label;
mod legend;
mod notice;
mod statement;

use std::borrow::Cow;

use crate::ui::{Container, Element};
use iced::alignment::Horizontal;
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Column, Space, button, column, container, stack};
use iced::{Background, Border, Color, Font, Length, Padding, Shadow, Size, Vector};

use super::metrics::{Gap, LINE, RING, Role};
use super::stage::{self, FocusMark};
use super::theme::between;
use super::{Look, font};

pub use buttons::{Button, Widths, buttons};
pub use fitting::fitting;
pub use label::Label;
pub use legend::{legend, legend_in};
pub use notice::{below_banner, notice};
pub use statement::{Statement, statement};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What most people want here.
    Primary,
    /// Another way on.
    Secondary,
}

/// A screen: the ground to the edges, `body` inside the safe area, the legend below.
pub fn page<'a, Message: Clone + 'a>(
    look: &Look,
    body: impl Into<Element<'a, Message>>,
    legend: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    page_beyond(look, 0.0, body, legend)
}

/// The same with a body that goes `beyond` the safe area by so many pixels of the canvas
/// on the left and right: rings and what only the focus needs may, so that all the rest
/// stands on the safe area's lines.
pub fn page_beyond<'a, Message: Clone + 'a>(
    look: &Look,
    beyond: f32,
    body: impl Into<Element<'a, Message>>,
    legend: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let aside = look.metrics.px(beyond);
    let inside = column![
        container(body).width(Length::Fill).height(Length::Fill),
        container(legend.into()).padding([0.0, aside])
    ]
    .spacing(look.metrics.gap(Gap::Small));
    whole_page(look, beyond, inside)
}

/// The ground to the edges, and `inside` the safe area and `beyond` it.
pub fn whole_page<'a, Message: Clone + 'a>(
    look: &Look,
    beyond: f32,
    inside: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let beyond = look.metrics.px(beyond);
    let safe = look.metrics.safe_area();
    let padding = Padding {
        left: safe.left - beyond,
        right: safe.right - beyond,
        ..safe
    };
    stack![
        ground(look),
        container(inside)
            .padding(padding)
            .width(Length::Fill)
            .height(Length::Fill),
    ]
    .into()
}

/// The background. Strips of plain colour fade as finely as 8 bits a channel can,
/// and a change on the screen redraws only the strips behind it.
#[must_use]
pub fn ground<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    const STRIPS: u16 = 40;
    let [top, bottom] = look.palette.ground;
    if top == bottom {
        return container(Space::new())
            .width(Length::Fill)
            .height(Length::Fill)
            .style(move |_| top.into_style())
            .into();
    }
    let strip = |number: u16| {
        let color = between(top, bottom, f32::from(number) / f32::from(STRIPS - 1));
        container(Space::new())
            .width(Length::Fill)
            .height(Length::FillPortion(1))
            .style(move |_| color.into_style())
            .into()
    };
    Column::with_children((0..STRIPS).map(strip)).into()
}

trait IntoStyle {
    fn into_style(self) -> container::Style;
}

impl IntoStyle for Color {
    fn into_style(self) -> container::Style {
        container::Style {
            background: Some(Background::Color(self)),
            ..container::Style::default()
        }
    }
}

/// A text of that role.
pub fn label<'a>(
    look: &Look,
    role: Role,
    face: Font,
    color: Color,
    content: impl Into<Cow<'a, str>>,
) -> Label<'a> {
    Label::new(content, look.metrics.text(role), face, color)
        .line_height(LineHeight::Relative(LINE))
        .align_x(look.start())
        .direction(look.language.direction())
        .wrapping(Wrapping::WordOrGlyph)
}

/// A screen's title.
pub fn title<'a>(look: &Look, content: impl Into<Cow<'a, str>>) -> Label<'a> {
    label(look, Role::Title, font::STRONG, look.palette.text, content)
        .line_height(LineHeight::Relative(1.15))
}

/// Running text.
pub fn body<'a>(look: &Look, content: impl Into<Cow<'a, str>>) -> Label<'a> {
    label(look, Role::Body, font::REGULAR, look.palette.text, content)
}

/// A second line or hint.
pub fn small<'a>(look: &Look, content: impl Into<Cow<'a, str>>) -> Label<'a> {
    label(
        look,
        Role::Small,
        font::REGULAR,
        look.palette.muted,
        content,
    )
}

/// A button. The focus shows as a ring, by its fill and by its size.
pub fn press<'a, Message: Clone + 'a>(
    look: &Look,
    caption: impl Into<Cow<'a, str>>,
    weight: Weight,
    focused: bool,
    message: Message,
) -> Element<'a, Message> {
    let caption = caption.into();
    let size = Size::new(press_width(look, &caption), look.metrics.target());
    press_in(look, size, caption, weight, focused, message)
}

/// The width of a button with that caption, on the canvas.
#[must_use]
pub fn press_width(look: &Look, caption: &str) -> f32 {
    const SIDE: f32 = 44.0;
    (font::width(caption) * look.metrics.text_base(Role::Body) + 2.0 * (SIDE + GROWTH + 1.0))
        .min(look.metrics.room().width - 2.0 * (slot() + GROWTH))
}

/// How much a button with the focus is larger, on each side, on the canvas.
pub const GROWTH: f32 = 5.0;

/// A button of that size, on the canvas.
pub fn press_in<'a, Message: Clone + 'a>(
    look: &Look,
    size: Size,
    caption: impl Into<Cow<'a, str>>,
    weight: Weight,
    focused: bool,
    message: Message,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let grown = if focused { GROWTH } else { 0.0 };
    let (fill, ink) = match (focused, weight) {
        (true, _) => (palette.accent, palette.on_accent),
        (false, Weight::Primary | Weight::Secondary) => (palette.surface, palette.text),
    };
    let edge = if focused {
        palette.accent
    } else {
        palette.edge
    };
    let face = if focused { font::STRONG } else { font::MEDIUM };
    let caption = label(look, Role::Body, face, ink, caption.into())
        .align_x(Horizontal::Center)
        .width(Length::Fill);
    let radius = metrics.px(22.0);
    let pressable = button(container(caption).center_y(Length::Fill))
        .on_press(message)
        .padding(0)
        .width(Length::Fixed(metrics.px(size.width + 2.0 * grown)))
        .height(Length::Fixed(metrics.px(size.height + 2.0 * grown)))
        .style(move |_, _| button::Style {
            background: Some(Background::Color(fill)),
            text_color: ink,
            border: Border {
                color: edge,
                width: metrics.px(2.0),
                radius: radius.into(),
            },
            ..button::Style::default()
        });
    container(ring(look, focused, 22.0, pressable))
        .padding(metrics.px(GROWTH - grown))
        .into()
}

/// What the ring takes on each side of what it surrounds, on the canvas.
#[must_use]
pub const fn slot() -> f32 {
    RING + 4.0
}

/// Room for the ring around `content`, which the stage draws where it has the focus.
pub fn ring<'a, Message: 'a>(
    look: &Look,
    focused: bool,
    radius: f32,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let radius = look.metrics.px(radius + slot());
    stage::marked(
        focused.then_some(FocusMark { radius }),
        container(content).padding(look.metrics.px(slot())),
    )
}

/// A raised surface around `content`.
pub fn card<'a, Message: 'a>(
    look: &Look,
    padding: f32,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    panel(look, padding, look.palette.surface, content)
}

/// A surface of that colour around `content`.
pub fn panel<'a, Message: 'a>(
    look: &Look,
    padding: f32,
    surface: Color,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    let radius = look.metrics.px(28.0);
    let edge = look.palette.resting_edge();
    let width = look.metrics.px(2.0);
    container(content)
        .padding(look.metrics.px(padding))
        .style(move |_| container::Style {
            background: Some(Background::Color(surface)),
            border: Border {
                color: edge,
                width,
                radius: radius.into(),
            },
            ..container::Style::default()
        })
}

/// Depth below what lies over something else.
#[must_use]
pub fn shadow(look: &Look) -> Shadow {
    Shadow {
        color: look.palette.shadow,
        offset: Vector::new(0.0, look.metrics.px(10.0)),
        blur_radius: look.metrics.px(28.0),
    }
}
