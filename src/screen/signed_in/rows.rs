//! One line an item, alone or in columns.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::Wrapping;
use iced::widget::{Column as Lines, Row, Space, column, container, mouse_area, row};
use iced::{Background, Border, Color, Font, Length};

use super::Message;
use super::columns::{self, Column};
use super::grid::{self, Shape};
use super::groups::Line;
use super::tab::Tab;
use crate::channel::Item;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, font};

/// Of several values, as many as have more than enough room in a cell; in bytes.
const LONGEST_CELL: usize = 2000;
/// The inner edge of a row.
const SIDE: f32 = 32.0;

/// Titles with their second lines.
pub fn list<'a>(look: &Look, tab: &'a Tab, shape: Shape, focused: bool) -> Element<'a, Message> {
    let room = shape.cell.width - 2.0 * (SIDE + slot()) - Gap::Gutter.base();
    Lines::with_children(lines(look, tab, shape, focused, move |item, has| {
        let face = if has { font::STRONG } else { font::MEDIUM };
        let second = item.subtitle(look.language).unwrap_or_default();
        // The title has what it needs, up to two thirds.
        let title = room * if second.is_empty() { 1.0 } else { 0.62 };
        let cells = row![
            cell(
                look,
                Role::Card,
                face,
                look.palette.text,
                &item.title(look.language),
                title
            ),
            Space::new().width(Length::Fill),
            cell(
                look,
                Role::Small,
                font::REGULAR,
                look.palette.muted,
                &second,
                room - title
            ),
        ];
        cells.align_y(Vertical::Center).into()
    }))
    .into()
}

/// Columns under their labels.
pub fn table<'a>(look: &Look, tab: &'a Tab, shape: Shape, focused: bool) -> Element<'a, Message> {
    let metrics = look.metrics;
    let set = |cells: Vec<(Element<'a, Message>, &Column)>| {
        let cells = cells.into_iter().map(|(cell, column)| {
            let side = if column.to_the_end {
                Horizontal::Right
            } else {
                Horizontal::Left
            };
            container(cell)
                .width(Length::Fixed(metrics.px(canvas(look, column.width))))
                .align_x(side)
                .into()
        });
        Row::with_children(cells)
            .spacing(metrics.px(BETWEEN))
            .align_y(Vertical::Center)
    };
    let head = tab.columns().iter().map(|column| {
        let (face, ink) = (font::MEDIUM, look.palette.accent);
        let width = canvas(look, column.width);
        let label = cell(look, Role::Small, face, ink, &column.label, width);
        (label, column)
    });
    let head = container(set(head.collect()))
        .padding([0.0, metrics.px(SIDE + slot())])
        .center_y(Length::Fill);
    let head = column![head, rule(look)].height(Length::Fixed(metrics.px(grid::table_head(look))));
    let rows = lines(look, tab, shape, focused, |item, has| {
        let fields = item.fields.rows();
        let cells = tab.columns().iter().enumerate().map(|(number, column)| {
            let value = fields
                .iter()
                .find(|(label, _)| *label == column.label)
                .map(|(_, value)| value.words_within(look.language, LONGEST_CELL));
            let value = value.unwrap_or_default();
            let face = match (number, has) {
                (0, true) => font::STRONG,
                (0, false) => font::MEDIUM,
                (_, _) => font::REGULAR,
            };
            let width = canvas(look, column.width);
            let cell = cell(look, Role::Body, face, look.palette.text, &value, width);
            (cell, column)
        });
        set(cells.collect()).into()
    });
    Lines::with_children(std::iter::once(head.into()).chain(rows)).into()
}

/// The lines on the screen: headings, and items as `content` shows them with or without the
/// focus.
fn lines<'a>(
    look: &Look,
    tab: &'a Tab,
    shape: Shape,
    focused: bool,
    content: impl Fn(&'a Item, bool) -> Element<'a, Message>,
) -> impl Iterator<Item = Element<'a, Message>> {
    tab.lines(shape).filter_map(move |each| match each {
        Line::Heading(group) => Some(heading(look, tab.heading(group).0, shape)),
        Line::Item(at) => {
            let has = focused && at == tab.at;
            let content = content(tab.items().get(at)?, has);
            Some(line(look, at, has, shape, content))
        }
    })
}

/// What stands above the items of a group, near to the first of them.
fn heading<'a>(look: &Look, name: &str, shape: Shape) -> Element<'a, Message> {
    let metrics = look.metrics;
    let room = shape.cell.width - 2.0 * (SIDE + slot());
    let name = cell(
        look,
        Role::Body,
        font::STRONG,
        look.palette.text,
        name,
        room,
    );
    container(name)
        .padding([metrics.gap(Gap::Tight), metrics.px(SIDE + slot())])
        .align_bottom(Length::Fixed(metrics.px(shape.cell.height)))
        .into()
}

/// Between two columns, on the canvas.
const BETWEEN: f32 = 48.0;

/// What a table's columns have to fit into.
#[must_use]
pub fn room(look: &Look) -> columns::Room {
    const MOST: f32 = 7.0;
    let text = look.metrics.text_base(Role::Body);
    columns::Room {
        width: (grid::row_width(look) - 2.0 * (SIDE + slot())) / text,
        gap: BETWEEN / text,
        label: look.metrics.text_base(Role::Small) / text,
        most: ((MOST / look.metrics.text_scale()) as usize).max(2),
    }
}

/// Ems of a table's text on the canvas.
fn canvas(look: &Look, ems: f32) -> f32 {
    ems * look.metrics.text_base(Role::Body)
}

/// The line below a table's head.
fn rule<'a>(look: &Look) -> Element<'a, Message> {
    let color = look.palette.resting_edge();
    let line = container(Space::new())
        .width(Length::Fill)
        .height(Length::Fixed(look.metrics.px(2.0)))
        .style(move |_| container::Style {
            background: Some(Background::Color(color)),
            ..container::Style::default()
        });
    container(line)
        .padding([0.0, look.metrics.px(slot() + grid::ROW_INSET)])
        .into()
}

fn cell<'a>(
    look: &Look,
    role: Role,
    face: Font,
    color: Color,
    content: &str,
    room: f32,
) -> Element<'a, Message> {
    let fitted = font::fit_ends(content, room / look.metrics.text_base(role), 1);
    widget::label(look, role, face, color, fitted)
        .wrapping(Wrapping::None)
        .into()
}

fn line<'a>(
    look: &Look,
    at: usize,
    focused: bool,
    shape: Shape,
    content: Element<'a, Message>,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    const INSET: f32 = 3.0;
    let inset = if focused { 0.0 } else { INSET };
    let fill = if focused {
        palette.raised
    } else {
        palette.surface
    };
    let edge = if focused {
        palette.accent
    } else {
        palette.resting_edge()
    };
    let (radius, thin) = (metrics.px(18.0), metrics.px(2.0));
    let height = shape.cell.height - 2.0 * slot() - 2.0 * inset;
    let inner = container(content)
        .padding([0.0, metrics.px(SIDE - inset)])
        .width(Length::Fill)
        .center_y(Length::Fixed(metrics.px(height)))
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                color: edge,
                width: thin,
                radius: radius.into(),
            },
            ..container::Style::default()
        });
    let ringed = container(widget::ring(look, focused, 18.0, inner)).padding(metrics.px(inset));
    mouse_area(ringed.height(Length::Fixed(metrics.px(shape.cell.height))))
        .on_press(Message::ItemChosen(at))
        .into()
}
