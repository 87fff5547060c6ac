//! Something to know about what happened before.

use std::borrow::Cow;

use crate::ui::Element;
use iced::alignment::Vertical;
use iced::widget::{Space, container, row, stack};
use iced::{Background, Border, Color, Length};

use super::{body, panel};
use crate::ui::Look;
use crate::ui::font;
use crate::ui::metrics::{Gap, Role};

/// A screen with words of trouble above it; it has less room.
pub fn below_banner<'a, Message: 'a>(
    look: &Look,
    words: &str,
    screen: impl FnOnce(&Look) -> Element<'a, Message>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    // They leave the screen most of its room, if they can.
    let lines = if metrics.large_text() { 4 } else { 2 };
    let room = (metrics.room().width - 2.0 * Gap::Large.base()) / metrics.text_base(Role::Body);
    let words = font::fit(words, room, lines);
    let lines = font::wrap(&words, room).len() as f32;
    let tall = lines * metrics.line(Role::Body) + 2.0 * INSIDE + Gap::Small.base();
    let lower = Look {
        metrics: metrics.below(tall),
        ..*look
    };
    stack![screen(&lower), banner(look, words)].into()
}

fn banner<'a, Message: 'a>(look: &Look, words: String) -> Element<'a, Message> {
    let words = notice(look, look.palette.warning, words);
    let card = panel(look, 0.0, look.palette.surface, words);
    container(card.width(Length::Fill).height(Length::Shrink))
        .padding(look.metrics.safe_area())
        .width(Length::Fill)
        .height(Length::Shrink)
        .into()
}

/// Above and below the words of a notice, on the canvas.
const INSIDE: f32 = 18.0;

/// Words that are set off by a bar of `color`.
pub fn notice<'a, Message: 'a>(
    look: &Look,
    color: Color,
    words: impl Into<Cow<'a, str>>,
) -> Element<'a, Message> {
    const BAR: f32 = 8.0;
    let metrics = look.metrics;
    let rounded = |fill: Color, radius: f32| {
        let radius = metrics.px(radius);
        move |_: &iced::Theme| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        }
    };
    let bar = container(Space::new())
        .width(Length::Fixed(metrics.px(BAR)))
        .height(Length::Fill)
        .style(rounded(color, BAR / 2.0));
    let inner = row![bar, body(look, words).width(Length::Fill)]
        .spacing(metrics.gap(Gap::Small))
        .align_y(Vertical::Center);
    container(inner)
        .padding([metrics.px(INSIDE), metrics.gap(Gap::Small)])
        .width(Length::Fill)
        .style(rounded(look.palette.surface, 16.0))
        .into()
}
