//! The address, the code and the QR.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Row, Space, column, container, row, text};
use iced::{Background, Border, Element, Length};

use super::pending::Pending;
use super::spoken::{Spoken, spelled};
use crate::clock::Moment;
use crate::oauth::flow::Event;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{CODE, Gap, QR_CARD, Role};
use crate::ui::qr::Qr;
use crate::ui::stage::as_written;
use crate::ui::theme::QR_CARD as QR_CARD_COLOR;
use crate::ui::widget::{self, Button, Label, Weight, Widths};
use crate::ui::words::{bar_width, words};
use crate::ui::{Look, brand, font, ring};
use crate::words::Phrase;

/// The code screen.
#[derive(Debug)]
pub struct State {
    pending: Pending,
    /// Nothing where the address is too long for a QR.
    qr: Option<Qr>,
    buttons: Line<Choice>,
}

/// The buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The code has been entered on the phone.
    Entered,
    /// Another code.
    NewCode,
}

/// What happens here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A key.
    Press(Press),
    /// A button was clicked.
    Chosen(Choice),
    /// A second went by.
    Tick(Moment),
}

/// What the root does.
#[derive(Debug, PartialEq)]
pub enum Action {
    /// Nothing.
    None,
    /// Scroll the words, in lines.
    Scroll(f32),
    /// Wait for the approval.
    Entered,
    /// Leave this attempt and begin another.
    NewCode,
    /// Leave this attempt.
    Cancel,
}

impl State {
    /// Shows a code.
    #[must_use]
    pub fn new(pending: Pending, look: &Look) -> Self {
        let qr = Qr::new(pending.prompt.qr_text(), look);
        Self {
            pending,
            qr,
            buttons: Line::new(&[Choice::Entered, Choice::NewCode]),
        }
    }

    /// The window has another size now.
    pub fn resized(&mut self, look: &Look) {
        self.qr = Qr::new(self.pending.prompt.qr_text(), look);
    }

    /// The code that is shown.
    #[must_use]
    pub const fn pending(&self) -> &Pending {
        &self.pending
    }

    /// Takes in what the flow says.
    pub fn hear(&mut self, event: &Event, now: Moment) {
        self.pending.now = now;
        self.pending.hear(event);
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now) => {
                self.pending.now = now;
                Action::None
            }
            Message::Chosen(choice) => self.choose(choice),
            Message::Press(press) => match self.buttons.press(press) {
                Pressed::Chosen(choice) => self.choose(choice),
                Pressed::Back => Action::Cancel,
                Pressed::Scroll(by) => Action::Scroll(by),
                Pressed::Nothing => Action::None,
            },
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        self.buttons.set(choice);
        match choice {
            Choice::Entered => Action::Entered,
            Choice::NewCode => Action::NewCode,
        }
    }

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let prompt = &self.pending.prompt;
        let code = Phrase::new("spoken-code")
            .with("address", &prompt.verification_uri)
            .with("code", spelled(&prompt.user_code));
        let focus = look.say(match self.buttons.current() {
            Choice::Entered => "code-entered",
            Choice::NewCode => "code-new",
        });
        Spoken::new([look.tell(&code), look.say("code-safety")], focus)
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let large = metrics.large_text();
        let gutter = if large { Gap::Gutter } else { Gap::Large };
        let width = metrics.room().width - QR_CARD - gutter.base();
        let words = words(look, self.words(look, width - bar_width(look)));
        let left = column![
            (!large).then(|| brand::brand(look)),
            container(words).center_y(Length::Fill)
        ];
        let right = container(self.scan(look)).center_y(Length::Fill);
        let halves = row![left.width(Length::Fill), right]
            .spacing(metrics.gap(gutter))
            .height(Length::Fill);
        widget::page(look, halves, self.below(look))
    }

    /// The buttons, and the keys where there is room beside them.
    fn below<'a>(&self, look: &Look) -> Element<'a, Message> {
        let button = |choice, id, weight| Button {
            caption: look.say(id).into(),
            weight,
            focused: self.buttons.is(choice),
            message: Message::Chosen(choice),
        };
        let choices = vec![
            button(Choice::Entered, "code-entered", Weight::Primary),
            button(Choice::NewCode, "code-new", Weight::Secondary),
        ];
        let room = look.metrics.room().width;
        let captions = choices.iter().map(|button| button.caption.as_ref());
        let widths = Widths::new(look, captions, room);
        let legend = widget::legend_in(
            look,
            room - widths.size(look).width - Gap::Gutter.base(),
            [
                ("OK".to_owned(), look.say("key-choose")),
                ("← →".to_owned(), look.say("key-move")),
                (look.say("key-back"), look.say("key-cancel")),
            ],
        );
        row![
            widget::buttons(look, &widths, choices),
            Space::new().width(Length::Fill),
            legend
        ]
        .align_y(Vertical::Center)
        .into()
    }

    fn words<'a>(&'a self, look: &Look, width: f32) -> Element<'a, Message> {
        let metrics = look.metrics;
        let prompt = &self.pending.prompt;
        let large = metrics.large_text();
        let inner = if large {
            width
        } else {
            width - STEP - Gap::Medium.base()
        };
        let label = |id| {
            let role = if large { Role::Small } else { Role::Body };
            widget::label(look, role, font::REGULAR, look.palette.text, look.say(id))
        };
        let pair = |label, thing| column![label, thing].spacing(metrics.gap(Gap::Hair));
        let first = pair(
            label("code-go"),
            address(look, &prompt.verification_uri, inner),
        );
        let second = pair(
            label("code-enter"),
            code_card(look, &prompt.user_code, inner, largest_code(look)),
        );
        let host = Phrase::new("code-host").with("host", &self.pending.host);
        let trust = column![
            label("code-safety"),
            widget::small(look, look.tell(&host)),
            self.pending
                .guest
                .then(|| widget::small(look, look.say("code-guest"))),
        ]
        .spacing(metrics.gap(Gap::Hair));
        if large {
            let unusual = self.pending.is_unusual().then(|| self.activity(look));
            return column![first, second, trust, unusual]
                .spacing(metrics.gap(Gap::Small))
                .into();
        }
        let told = column![self.time_left(look, Role::Body), self.activity(look)];
        let progress = row![self.ring(look), told]
            .spacing(metrics.gap(Gap::Medium))
            .align_y(Vertical::Center);
        column![
            step(look, "1", first),
            step(look, "2", second),
            step(look, "3", trust),
            progress
        ]
        .spacing(metrics.gap(Gap::Gutter))
        .into()
    }

    fn ring<'a>(&self, look: &Look) -> Element<'a, Message> {
        let part = self.pending.part_left();
        let color = if part < LITTLE {
            look.palette.warning
        } else {
            look.palette.accent
        };
        ring::ring(look, STEP, part, color)
    }

    fn time_left<'a>(&self, look: &Look, role: Role) -> Label<'a> {
        let words = look.tell(&self.pending.time_left());
        let color = if self.pending.part_left() < LITTLE {
            look.palette.warning
        } else {
            look.palette.text
        };
        widget::label(look, role, font::MEDIUM, color, words)
    }

    fn activity<'a>(&self, look: &Look) -> Label<'a> {
        widget::small(look, look.tell(&self.pending.activity()))
            .color(self.pending.tone(look.palette))
            .width(Length::Fill)
    }

    /// The QR, with what it is for below it; with the time left where texts are large.
    fn scan<'a>(&self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let card = self.qr.as_ref().map(|qr| card(look, qr));
        if metrics.large_text() {
            // Wherever the words are scrolled to, this is seen. Where there is room for one
            // line, what is unusual is worth more than the time, which the ring shows.
            let beside = if metrics.text_scale() > ROOMY {
                STEP + Gap::Small.base()
            } else {
                0.0
            };
            let room = (QR_CARD - beside) / metrics.text_base(Role::Small);
            let unusual = self.pending.is_unusual().then(|| {
                let words = font::fit(&look.tell(&self.pending.activity()), room, 1);
                widget::small(look, words)
                    .color(self.pending.tone(look.palette))
                    .wrapping(Wrapping::None)
            });
            let time = self.time_left(look, Role::Small);
            let (first, second) = match unusual {
                Some(unusual) if metrics.text_scale() > ROOMY => (unusual, None),
                unusual => (time, unusual),
            };
            let first = row![self.ring(look), first]
                .spacing(metrics.gap(Gap::Small))
                .align_y(Vertical::Center);
            return column![card, first, second]
                .spacing(metrics.gap(Gap::Tight))
                .align_x(Horizontal::Center)
                .into();
        }
        let hint = match self.pending.prompt.verification_uri_complete {
            Some(_) => "code-scan-filled",
            None => "code-scan",
        };
        let hint = card.is_some().then(|| {
            widget::small(look, look.say(hint))
                .align_x(Horizontal::Center)
                .width(Length::Fixed(
                    metrics.px(QR_CARD - 2.0 * Gap::Gutter.base()),
                ))
        });
        column![card, hint]
            .spacing(metrics.gap(Gap::Small))
            .align_x(Horizontal::Center)
            .into()
    }
}

/// The white card that the QR lies on.
fn card<'a>(look: &Look, qr: &Qr) -> Element<'a, Message> {
    let radius = look.metrics.px(28.0);
    container(qr.view(look))
        .center(Length::Fixed(look.metrics.px(QR_CARD)))
        .style(move |_| container::Style {
            background: Some(Background::Color(QR_CARD_COLOR)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

/// A code grows with the texts around it, until these need the room.
fn largest_code(look: &Look) -> f32 {
    let scale = look.metrics.text_scale();
    if scale <= ROOMY { CODE * scale } else { CODE }
}

/// Up to this text scale there is room for more than what must be there.
const ROOMY: f32 = 1.7;

/// The part of the time that is little.
const LITTLE: f32 = 0.15;
/// The diameter of a step's number and of the ring.
const STEP: f32 = 60.0;

fn step<'a>(
    look: &Look,
    number: &'a str,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (edge, radius, width) = (look.palette.accent, metrics.px(STEP / 2.0), metrics.px(3.0));
    let digit = text(number)
        .size(metrics.px(32.0))
        .font(font::STRONG)
        .color(look.palette.accent);
    let disc = container(digit)
        .center(Length::Fixed(metrics.px(STEP)))
        .style(move |_| container::Style {
            border: Border {
                color: edge,
                width,
                radius: radius.into(),
            },
            ..container::Style::default()
        });
    row![disc, content.into()]
        .spacing(metrics.gap(Gap::Medium))
        .into()
}

/// The address on one line, as large as fits; 40 characters always do.
fn address<'a>(look: &Look, uri: &'a str, width: f32) -> Element<'a, Message> {
    const LARGEST: f32 = 58.0;
    const LEAST: f32 = 30.0;
    let fitting = width / font::width(uri).max(1.0);
    let size = fitting.min(LARGEST * look.metrics.text_scale()).max(LEAST);
    let wrapping = if fitting < LEAST {
        Wrapping::Glyph
    } else {
        Wrapping::None
    };
    text(uri)
        .size(look.metrics.px(size))
        .font(font::STRONG)
        .color(look.palette.accent)
        .line_height(LineHeight::Relative(1.2))
        .wrapping(wrapping)
        .into()
}

/// The code on a surface of its own, where texts leave the room for it.
pub fn code_card<'a, Message: 'a>(
    look: &Look,
    letters: &'a str,
    width: f32,
    largest: f32,
) -> Element<'a, Message> {
    const SIDE: f32 = 20.0;
    if look.metrics.large_text() {
        return code(look, letters, width, largest);
    }
    let letters = container(code(look, letters, width - 2.0 * SIDE, largest))
        .padding([look.metrics.gap(Gap::Hair), look.metrics.px(SIDE)]);
    widget::card(look, 0.0, letters).into()
}

/// The code to the letter, as large as fits on one line. A long one is set in groups,
/// by space alone.
fn code<'a, Message: 'a>(
    look: &Look,
    code: &'a str,
    width: f32,
    largest: f32,
) -> Element<'a, Message> {
    const LEAST: f32 = 40.0;
    /// In ems.
    const BETWEEN: f32 = 0.25;
    let groups = groups(code);
    let spaces = BETWEEN * groups.len().saturating_sub(1) as f32;
    let ems = font::CODE_ADVANCE * code.chars().count().max(1) as f32 + spaces;
    let fitting = width / ems;
    let size = look.metrics.px(fitting.clamp(LEAST, largest));
    let color = look.palette.text;
    let letters = |letters: &'a str, wrapping| {
        text(letters)
            .size(size)
            .font(font::CODE)
            .color(color)
            .line_height(LineHeight::Relative(1.15))
            .wrapping(wrapping)
    };
    if fitting < LEAST {
        return letters(code, Wrapping::Glyph).into();
    }
    let groups = groups
        .into_iter()
        .map(|group| letters(group, Wrapping::None).into());
    as_written(look, Row::with_children(groups).spacing(size * BETWEEN))
}

/// A code in parts that are read at a glance; as it is where the provider has done so.
fn groups(code: &str) -> Vec<&str> {
    const SHORT: usize = 6;
    let count = code.chars().count();
    if count <= SHORT || !code.chars().all(char::is_alphanumeric) {
        return vec![code];
    }
    // No letter is left over alone: 9 are three times three.
    let size = if !count.is_multiple_of(4) && count.is_multiple_of(3) && count < 12 {
        3
    } else {
        4
    };
    let mut rest = code;
    let mut groups = Vec::new();
    while let Some((at, _)) = rest.char_indices().nth(size) {
        let (group, after) = rest.split_at(at);
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups
}

#[cfg(test)]
mod tests {
    use super::super::pending::tests::{START, pending};
    use super::*;
    use crate::config::Display;
    use iced::Size;
    use std::time::Duration;

    fn look() -> Look {
        Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default())
    }

    fn state() -> State {
        State::new(pending(), &look())
    }

    #[test]
    fn ok_says_that_the_code_is_entered() {
        assert_eq!(state().update(Message::Press(Press::Ok)), Action::Entered);
    }

    #[test]
    fn a_new_code_is_one_step_away() {
        let mut state = state();
        let _ = state.update(Message::Press(Press::Right));
        assert_eq!(state.update(Message::Press(Press::Ok)), Action::NewCode);
    }

    #[test]
    fn back_cancels() {
        assert_eq!(state().update(Message::Press(Press::Back)), Action::Cancel);
    }

    #[test]
    fn time_passing_asks_for_nothing_not_even_after_the_deadline() {
        let mut state = state();
        assert_eq!(
            state.update(Message::Tick(START + Duration::from_secs(5000))),
            Action::None
        );
        assert_eq!(state.pending.time_left().to_string(), "0:00 left");
    }

    #[test]
    fn a_long_code_is_spelled_in_groups_and_no_letter_changes() {
        assert_eq!(groups("WDJB-MJHT"), ["WDJB-MJHT"]);
        assert_eq!(groups("482913"), ["482913"]);
        assert_eq!(groups("WDJBMJHT"), ["WDJB", "MJHT"]);
        assert_eq!(groups("123456789"), ["123", "456", "789"]);
        for count in 7..20 {
            let code = &"kQ7wZ0oO1Il5S8B2z6G"[..count];
            assert_eq!(groups(code).concat(), code);
        }
    }

    #[test]
    fn the_qr_follows_the_window() {
        let mut state = state();
        let before = state.qr.as_ref().map(Qr::module);
        state.resized(&Look::new(
            Size::new(3840.0, 2160.0),
            1.0,
            &Display::default(),
        ));
        assert!(state.qr.as_ref().map(Qr::module) > before);
    }
}
