//! One line an item, alone or in columns.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Column, Row, Space, container, mouse_area, row};
use iced::{Background, Border, Color, Element, Font, Length};

use super::Message;
use super::shape::Shape;
use super::tab::Tab;
use crate::channel::Item;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Look, font};

/// The inner edge of a row.
const SIDE: f32 = 32.0;

/// Titles with their second lines.
pub fn list<'a>(look: &Look, tab: &'a Tab, shape: Shape, focused: bool) -> Element<'a, Message> {
    let room = shape.cell.width - 2.0 * (SIDE + slot()) - Gap::Gutter.base();
    Column::with_children(tab.visible(shape).map(|(at, item)| {
        let has = focused && at == tab.at;
        let face = if has { font::STRONG } else { font::MEDIUM };
        let second = item.subtitle.as_deref().unwrap_or_default();
        // The title has what it needs, up to two thirds.
        let title = room * if second.is_empty() { 1.0 } else { 0.62 };
        let cells = row![
            cell(
                look,
                Role::Card,
                face,
                look.palette.text,
                &item.title,
                title
            ),
            Space::new().width(Length::Fill),
            cell(
                look,
                Role::Small,
                font::REGULAR,
                look.palette.muted,
                second,
                room - title
            ),
        ];
        line(look, at, has, shape, cells.align_y(Vertical::Center).into())
    }))
    .into()
}

/// Columns under their labels.
pub fn table<'a>(look: &Look, tab: &'a Tab, shape: Shape, focused: bool) -> Element<'a, Message> {
    let metrics = look.metrics;
    let labels = labels(tab.items(), most_columns(look));
    let gaps = Gap::Gutter.base() * labels.len().saturating_sub(1) as f32;
    let room = (shape.cell.width - 2.0 * (SIDE + slot()) - gaps) / labels.len().max(1) as f32;
    let columns = |cells: Vec<Element<'a, Message>>| {
        Row::with_children(cells.into_iter().map(|cell| {
            container(cell)
                .width(Length::Fixed(metrics.px(room)))
                .into()
        }))
        .spacing(metrics.gap(Gap::Gutter))
        .align_y(Vertical::Center)
    };
    let head = labels.iter().map(|name| {
        cell(
            look,
            Role::Small,
            font::MEDIUM,
            look.palette.accent,
            name,
            room,
        )
    });
    let head = container(columns(head.collect())).padding([0.0, metrics.px(SIDE + slot())]);
    let head = head.height(Length::Fixed(
        metrics.px(metrics.line(Role::Small) + Gap::Tight.base()),
    ));
    let rows = tab.visible(shape).map(|(at, item)| {
        let has = focused && at == tab.at;
        let cells = labels.iter().enumerate().map(|(number, name)| {
            let value = item
                .fields
                .iter()
                .find(|(label, _)| label == name)
                .map_or_else(String::new, |(_, value)| value.said(look.language));
            let face = match (number, has) {
                (0, true) => font::STRONG,
                (0, false) => font::MEDIUM,
                (_, _) => font::REGULAR,
            };
            cell(look, Role::Body, face, look.palette.text, &value, room)
        });
        line(look, at, has, shape, columns(cells.collect()).into())
    });
    Column::with_children(std::iter::once(head.into()).chain(rows)).into()
}

fn most_columns(look: &Look) -> usize {
    ((5.0 / look.metrics.text_scale()) as usize).clamp(2, 5)
}

/// The labels of the first items, in the order of the answer.
fn labels(items: &[Item], most: usize) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (label, _) in items.iter().take(20).flat_map(|item| &item.fields) {
        if labels.len() < most && !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    labels
}

fn cell<'a>(
    look: &Look,
    role: Role,
    face: Font,
    color: Color,
    content: &str,
    room: f32,
) -> Element<'a, Message> {
    let fitted = font::fit(content, room / look.metrics.text_base(role), 1);
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
        Color::TRANSPARENT
    };
    let (radius, thin) = (
        metrics.px(18.0),
        if focused { metrics.px(2.0) } else { 0.0 },
    );
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

#[cfg(test)]
mod tests {
    use super::*;

    fn item(fields: &[(&str, &str)]) -> Item {
        let fields = fields
            .iter()
            .map(|(label, value)| ((*label).to_owned(), (*value).into()))
            .collect();
        Item {
            title: String::new(),
            subtitle: None,
            image: None,
            fields,
        }
    }

    #[test]
    fn columns_are_the_labels_in_the_order_of_the_answer_up_to_a_limit() {
        let items = [
            item(&[("Name", "Ada"), ("Town", "London")]),
            item(&[("Name", "Bob"), ("Age", "7"), ("Dog", "Rex")]),
        ];
        assert_eq!(labels(&items, 3), ["Name", "Town", "Age"]);
    }
}
