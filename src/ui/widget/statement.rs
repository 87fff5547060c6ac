//! A screen that says one thing and offers a few buttons.

use std::borrow::Cow;

use iced::widget::{Column, Row, column, container, row};
use iced::{Element, Length};

use super::{GROWTH, Weight, press, press_width, slot};
use crate::ui::Look;
use crate::ui::art::{self, Sign};
use crate::ui::brand;
use crate::ui::metrics::{Gap, Role};
use crate::ui::words::words;

/// A button of a screen that says one thing.
#[derive(Debug, Clone)]
pub struct Button<'a, Message> {
    /// What it says.
    pub caption: Cow<'a, str>,
    /// How much it asks for attention.
    pub weight: Weight,
    /// Whether it has the focus.
    pub focused: bool,
    /// What it does.
    pub message: Message,
}

/// Words with buttons below and a picture beside them: the shape of every screen
/// that says one thing. Where words are long they scroll; the buttons stay.
pub fn statement<'a, Message: Clone + 'a>(
    look: &Look,
    sign: Sign,
    said: Vec<Element<'a, Message>>,
    buttons: Vec<Button<'a, Message>>,
) -> Element<'a, Message> {
    const FEW: usize = 3;
    let metrics = look.metrics;
    let gap = if said.len() > FEW {
        Gap::Small
    } else {
        Gap::Medium
    };
    let said = Column::with_children(said)
        .spacing(metrics.gap(gap))
        .width(Length::Fill);
    let most = words_height(look, &buttons);
    let said = container(words(look, said)).max_height(metrics.px(most));
    let buttons = buttons.into_iter().map(|button| {
        let Button {
            caption,
            weight,
            focused,
            message,
        } = button;
        press(look, caption, weight, focused, message)
    });
    let buttons = Row::with_children(buttons)
        .spacing(metrics.px(BUTTON_GAP))
        .wrap()
        .vertical_spacing(metrics.px(BUTTON_GAP));
    let main = column![said, buttons].spacing(metrics.gap(Gap::Gutter));
    let main = container(main).center_y(Length::Fill).width(Length::Fill);
    if metrics.large_text() {
        return main.into();
    }
    let picture = container(art::television_and_phone(look, sign)).center_y(Length::Fill);
    let halves = row![main, picture].spacing(metrics.gap(Gap::Large));
    column![brand::brand(look), halves]
        .spacing(metrics.gap(Gap::Small))
        .into()
}

const BUTTON_GAP: f32 = 8.0;

/// What is left for words above `buttons`, on the canvas.
fn words_height<Message>(look: &Look, buttons: &[Button<'_, Message>]) -> f32 {
    let metrics = look.metrics;
    let room = metrics.room();
    let (wide, brand) = if metrics.large_text() {
        (room.width, 0.0)
    } else {
        let beside = art::SIZE.width + Gap::Large.base();
        (room.width - beside, brand::HEIGHT + Gap::Small.base())
    };
    let (mut lines, mut used) = (1.0, 0.0);
    for button in buttons {
        let width = press_width(look, &button.caption) + 2.0 * (slot() + GROWTH) + BUTTON_GAP;
        if used > 0.0 && used + width > wide {
            lines += 1.0;
            used = 0.0;
        }
        used += width;
    }
    let button = metrics.target() + 2.0 * (slot() + GROWTH) + BUTTON_GAP;
    let legend = metrics.line(Role::Small) + 8.0 + Gap::Small.base();
    room.height - brand - Gap::Gutter.base() - lines * button - legend
}
