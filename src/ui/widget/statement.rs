//! A screen that says one thing and offers a few buttons.

use crate::ui::Element;
use iced::Length;
use iced::widget::{Column, column, container, row};

use super::{Button, Widths, buttons, fitting, legend, whole_page};
use crate::ui::Look;
use crate::ui::art::{self, Sign};
use crate::ui::brand;
use crate::ui::metrics::{Gap, Role};
use crate::ui::scroll_text::words;

/// What a key does here.
type Hint = (String, String);

/// A screen that says one thing.
pub struct Statement<'a, 'b, Message> {
    /// What the picture says of it.
    pub sign: Sign,
    /// The words; made anew for each way in which they are tried to be laid out.
    pub said: &'b dyn Fn() -> Vec<Element<'a, Message>>,
    /// What can be done.
    pub choices: Vec<Button<'a, Message>>,
    /// The keys that work here.
    pub keys: Vec<Hint>,
}

/// What stands around the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// The picture beside them, or above them on an upright screen, and the logo above.
    Picture,
    /// The logo.
    Logo,
    /// Nothing.
    Nothing,
}

/// Words with buttons below and a picture beside them: the shape of every screen
/// that says one thing. Where words need the room, the picture makes way for them and
/// then the logo; where it still isn't enough they scroll, and the buttons stay.
pub fn statement<'a, Message: Clone + 'a>(
    look: &Look,
    statement: Statement<'a, '_, Message>,
) -> Element<'a, Message> {
    let Statement {
        sign,
        said,
        choices,
        keys,
    } = statement;
    let way = |around, keys: Vec<Hint>| {
        let words = words_and_buttons(look, around, said(), choices.clone());
        column![surrounded(look, around, sign, words), legend(look, keys)]
            .spacing(look.metrics.gap(Gap::Small))
            .into()
    };
    let mut scrolled = keys.clone();
    let scroll = ("↑ ↓".to_owned(), look.say("key-scroll"));
    scrolled.insert(scrolled.len().min(1), scroll);
    let mut ways: Vec<Element<'a, Message>> = vec![
        way(Around::Logo, keys.clone()),
        way(Around::Nothing, keys.clone()),
        way(Around::Nothing, scrolled),
    ];
    let widths = Widths::new(look, captions(&choices), room(look, Around::Picture));
    if widths.is_natural() {
        ways.insert(0, way(Around::Picture, keys));
    }
    whole_page(look, 0.0, fitting(ways))
}

fn captions<'b, Message>(
    choices: &'b [Button<'_, Message>],
) -> impl Iterator<Item = &'b str> + Clone {
    choices.iter().map(|button| button.caption.as_ref())
}

/// What there is for words and buttons beside each other, on the canvas.
fn room(look: &Look, around: Around) -> f32 {
    let room = look.metrics.room().width;
    match around {
        Around::Picture if !look.metrics.portrait() => room - art::SIZE.width - Gap::Large.base(),
        Around::Picture | Around::Logo | Around::Nothing => room,
    }
}

fn words_and_buttons<'a, Message: Clone + 'a>(
    look: &Look,
    around: Around,
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
    let widths = Widths::new(look, captions(&choices), room(look, around));
    let legend = metrics.line(Role::Small) + 8.0 + Gap::Small.base();
    let above = match around {
        Around::Picture if metrics.portrait() => {
            brand::HEIGHT + Gap::Small.base() + art::SIZE.height + Gap::Large.base()
        }
        Around::Picture | Around::Logo => brand::HEIGHT + Gap::Small.base(),
        Around::Nothing => 0.0,
    };
    let most =
        metrics.room().height - Gap::Gutter.base() - legend - above - widths.size(look).height;
    let said = container(words(look, said)).max_height(metrics.px(most));
    column![said, buttons(look, &widths, choices)]
        .spacing(metrics.gap(Gap::Gutter))
        .into()
}

fn surrounded<'a, Message: 'a>(
    look: &Look,
    around: Around,
    sign: Sign,
    words: Element<'a, Message>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let words = match around {
        Around::Picture if metrics.portrait() => {
            let picture = container(art::television_and_phone(look, sign)).center_x(Length::Fill);
            column![picture, words]
                .spacing(metrics.gap(Gap::Large))
                .into()
        }
        Around::Picture | Around::Logo | Around::Nothing => words,
    };
    let main = container(words).center_y(Length::Fill).width(Length::Fill);
    let below: Element<'a, Message> = match around {
        Around::Nothing => return main.into(),
        Around::Logo => main.into(),
        Around::Picture if metrics.portrait() => main.into(),
        Around::Picture => {
            let picture = container(art::television_and_phone(look, sign)).center_y(Length::Fill);
            row![main, picture].spacing(metrics.gap(Gap::Large)).into()
        }
    };
    column![brand::brand(look), below]
        .spacing(metrics.gap(Gap::Small))
        .into()
}
