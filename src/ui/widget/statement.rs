//! A screen that says one thing and offers a few buttons.

use iced::widget::{Column, column, container, row};
use iced::{Element, Length, Size};

use super::{Button, Widths, buttons};
use crate::ui::Look;
use crate::ui::art::{self, Sign};
use crate::ui::brand;
use crate::ui::metrics::{Gap, Role};
use crate::ui::words::words;

/// Words with buttons below and a picture beside them: the shape of every screen
/// that says one thing. Where words are long they scroll; the buttons stay.
pub fn statement<'a, Message: Clone + 'a>(
    look: &Look,
    sign: Sign,
    said: Vec<Element<'a, Message>>,
    choices: Vec<Button<'a, Message>>,
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
    let captions = choices.iter().map(|button| button.caption.as_ref());
    let widths = Widths::new(look, captions, room(look).width);
    let most = room(look).height - widths.size(look).height;
    let said = container(words(look, said)).max_height(metrics.px(most));
    let buttons = buttons(look, &widths, choices);
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

/// What there is for words and buttons together, on the canvas.
fn room(look: &Look) -> Size {
    let metrics = look.metrics;
    let room = metrics.room();
    let legend = metrics.line(Role::Small) + 8.0 + Gap::Small.base();
    let height = room.height - Gap::Gutter.base() - legend;
    if metrics.large_text() {
        return Size::new(room.width, height);
    }
    let beside = art::SIZE.width + Gap::Large.base();
    let above = brand::HEIGHT + Gap::Small.base();
    Size::new(room.width - beside, height - above)
}
