//! A grid of pictures with titles.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Column, Row, column, container, image, mouse_area, text};
use iced::{Background, Border, ContentFit, Element, Length, Size};

use super::Message;
use super::pictures::{self, Pictures};
use super::shape::{CARD_INSET as INSET, CARD_PADDING, Shape};
use super::tab::Tab;
use crate::channel::Item;
use crate::config::Layout;
use crate::ui::metrics::{Gap, Role};
use crate::ui::theme::between;
use crate::ui::widget::{self, slot};
use crate::ui::{Look, font};

/// The corners of a card.
pub const RADIUS: f32 = 22.0;

/// What stands below a card's picture.
#[derive(Debug, Clone, Copy)]
enum TitleLines {
    /// One line.
    Alone,
    /// That many lines and a smaller one.
    WithSubtitle(usize),
}

/// The visible rows of cards.
pub fn grid<'a>(
    look: &Look,
    tab: &'a Tab,
    shape: Shape,
    pictures: &Pictures,
    focused: bool,
) -> Element<'a, Message> {
    let gutter = look.metrics.px(Gap::Gutter.base() - 2.0 * slot());
    let lines = match tab.arrangement() {
        Layout::Image => TitleLines::Alone,
        Layout::Auto
        | Layout::Cards
        | Layout::List
        | Layout::Table
        | Layout::Details
        | Layout::Text => TitleLines::WithSubtitle(tab.title_lines(look)),
    };
    let cells: Vec<Element<'a, Message>> = tab
        .visible(shape)
        .map(|(at, item)| {
            let size = shape.picture.unwrap_or(shape.cell);
            let picture = item
                .image
                .as_ref()
                .and_then(|url| pictures.get(url, pictures::physical(look, size)));
            let card = card(look, item, size, picture, focused && at == tab.at, lines);
            mouse_area(container(card).width(Length::Fixed(look.metrics.px(shape.cell.width))))
                .on_press(Message::ItemChosen(at))
                .into()
        })
        .collect();
    let mut rows = Column::new().spacing(gutter);
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() {
        rows = rows
            .push(Row::with_children(cells.by_ref().take(shape.columns.max(1))).spacing(gutter));
    }
    rows.into()
}

fn card<'a>(
    look: &Look,
    item: &'a Item,
    size: Size,
    picture: Option<&image::Handle>,
    focused: bool,
    lines: TitleLines,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let inset = if focused { 0.0 } else { INSET };
    let wide = size.width - 2.0 * inset;
    // The same with and without the focus: a title must not wrap anew as it comes.
    let room = size.width - 2.0 * INSET - 2.0 * CARD_PADDING;
    let (most, second) = match lines {
        TitleLines::Alone => (1, None),
        TitleLines::WithSubtitle(most) => {
            (most, Some(item.subtitle.as_deref().unwrap_or_default()))
        }
    };
    let title = font::fit(&item.title, room / metrics.text_base(Role::Card), most);
    let title = widget::label(look, Role::Card, font::MEDIUM, palette.text, title)
        .width(Length::Fixed(metrics.px(room)));
    let subtitle = second.map(|line| {
        let fitted = font::fit(
            line,
            room / (metrics.text_base(Role::Small) * font::REGULAR_WIDTH),
            1,
        );
        widget::small(look, fitted).wrapping(Wrapping::None)
    });
    let second_line = if second.is_some() {
        metrics.line(Role::Small)
    } else {
        0.0
    };
    let tall = metrics.line(Role::Card) * most as f32 + second_line + 2.0 * CARD_PADDING;
    let words = container(column![title, subtitle])
        .padding(metrics.px(CARD_PADDING))
        .width(Length::Fill)
        .height(Length::Fixed(metrics.px(tall)))
        .clip(true);
    let tall = size.height - 2.0 * inset;
    let (fill, radius) = (
        if focused {
            palette.raised
        } else {
            palette.surface
        },
        metrics.px(RADIUS),
    );
    let edge = if focused {
        palette.raised
    } else {
        palette.resting_edge()
    };
    let thin = metrics.px(2.0);
    let card = container(column![
        picture_or_stand_in(look, &item.title, Size::new(wide, tall), picture),
        words
    ])
    .width(Length::Fixed(metrics.px(wide)))
    .style(move |_| container::Style {
        background: Some(Background::Color(fill)),
        border: Border {
            color: edge,
            width: thin,
            radius: radius.into(),
        },
        ..container::Style::default()
    });
    container(widget::ring(look, focused, RADIUS, card))
        .padding(metrics.px(inset))
        .into()
}

/// A picture fitted into `size`, or the first letter of what it would show on a tint.
pub fn picture_or_stand_in<'a, Message: 'a>(
    look: &Look,
    name: &str,
    size: Size,
    picture: Option<&image::Handle>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (width, height) = (
        Length::Fixed(metrics.px(size.width)),
        Length::Fixed(metrics.px(size.height)),
    );
    let tint = look.palette.tint(name);
    let (top, soft) = (
        metrics.px(RADIUS),
        between(look.palette.surface, tint, 0.45),
    );
    let ground = if picture.is_some() { soft } else { tint };
    let inner: Element<'a, Message> = match picture {
        Some(handle) => image(handle.clone())
            .width(width)
            .height(height)
            // The same picture made for another size is shown whole until the right one
            // is here: the software renderer doesn't clip what would stand out.
            .content_fit(ContentFit::Contain)
            .into(),
        None => letter(look, name, size.height * 0.42),
    };
    container(inner)
        .width(width)
        .height(height)
        .align_x(iced::alignment::Horizontal::Center)
        .align_y(Vertical::Center)
        .style(move |_| container::Style {
            background: Some(Background::Color(ground)),
            border: Border {
                radius: iced::border::top(top),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

fn letter<'a, Message: 'a>(look: &Look, name: &str, size: f32) -> Element<'a, Message> {
    let first = name
        .chars()
        .find(|character| character.is_alphanumeric())
        .unwrap_or('·');
    let ink = on_tint(look);
    text(first.to_uppercase().to_string())
        .size(look.metrics.px(size))
        .font(font::STRONG)
        .color(ink)
        .into()
}

fn on_tint(look: &Look) -> iced::Color {
    let (text, other) = (look.palette.text, look.palette.on_accent);
    let tint = look.palette.tints[0];
    if crate::ui::theme::contrast(text, tint) >= crate::ui::theme::contrast(other, tint) {
        text
    } else {
        other
    }
}

/// A disc with the first letter of a name.
pub fn initial<'a, Message: 'a>(look: &Look, name: &str, diameter: f32) -> Element<'a, Message> {
    initial_on(look, look.palette.tint(name), name, diameter)
}

/// The same in that colour.
pub fn initial_on<'a, Message: 'a>(
    look: &Look,
    tint: iced::Color,
    name: &str,
    diameter: f32,
) -> Element<'a, Message> {
    let radius = look.metrics.px(diameter / 2.0);
    container(letter(look, name, diameter * 0.5))
        .center(Length::Fixed(look.metrics.px(diameter)))
        .style(move |_| container::Style {
            background: Some(Background::Color(tint)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}
