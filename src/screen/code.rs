//! The address, the code and the QR.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{Space, column, container, row, text};
use iced::{Background, Border, Element, Length};

use super::pending::Pending;
use super::spoken::{Spoken, spelled};
use crate::clock::Moment;
use crate::oauth::flow::Event;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{CODE, Gap, QR_CARD, Role};
use crate::ui::qr::Qr;
use crate::ui::theme::QR_CARD as QR_CARD_COLOR;
use crate::ui::widget::{self, Weight};
use crate::ui::{Look, font, ring};
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
        let gutter = if metrics.large_text() {
            Gap::Gutter
        } else {
            Gap::Large
        };
        let width = metrics.room().width - QR_CARD - gutter.base();
        let left = column![widget::words(look, self.words(look, width - 30.0))].width(Length::Fill);
        let left = container(left).center_y(Length::Fill);
        let right = container(self.scan(look)).center_y(Length::Fill);
        let halves = row![left, right]
            .spacing(metrics.gap(gutter))
            .height(Length::Fill);
        let legend = widget::legend(
            look,
            [
                ("OK".to_owned(), look.say("key-choose")),
                ("← →".to_owned(), look.say("key-move")),
                (look.say("key-back"), look.say("key-cancel")),
            ],
        );
        if metrics.large_text() {
            return widget::page(look, halves, self.choices(look));
        }
        let below = row![self.choices(look), Space::new().width(Length::Fill), legend]
            .align_y(Vertical::Center);
        let head = row![widget::brand(look, None), Space::new().width(Length::Fill)];
        widget::page(look, column![head, halves], below)
    }

    fn choices<'a>(&self, look: &Look) -> Element<'a, Message> {
        let press = |choice, caption: String, weight| {
            widget::press(
                look,
                caption,
                weight,
                self.buttons.is(choice),
                Message::Chosen(choice),
            )
        };
        row![
            press(Choice::Entered, look.say("code-entered"), Weight::Primary),
            press(Choice::NewCode, look.say("code-new"), Weight::Secondary),
        ]
        .spacing(look.metrics.gap(Gap::Tight))
        .wrap()
        .into()
    }

    fn words<'a>(&'a self, look: &Look, width: f32) -> Element<'a, Message> {
        let metrics = look.metrics;
        let prompt = &self.pending.prompt;
        let large = metrics.large_text();
        let gap = if large { Gap::Small } else { Gap::Gutter };
        let inner = if large {
            width
        } else {
            width - STEP - Gap::Medium.base()
        };
        let address = address(look, &prompt.verification_uri, inner);
        let code = code(look, &prompt.user_code, inner, CODE);
        let host = Phrase::new("code-host").with("host", &self.pending.host);
        let trust = column![
            widget::body(look, look.say("code-safety")),
            widget::small(look, look.tell(&host)),
        ]
        .spacing(metrics.gap(Gap::Hair));
        let first = column![widget::body(look, look.say("code-go")), address]
            .spacing(metrics.gap(Gap::Hair));
        let second = column![widget::body(look, look.say("code-enter")), code]
            .spacing(metrics.gap(Gap::Hair));
        if large {
            return column![first, second, self.progress(look), trust]
                .spacing(metrics.gap(gap))
                .into();
        }
        column![
            step(look, "1", first),
            step(look, "2", second),
            step(look, "3", trust),
            self.progress(look)
        ]
        .spacing(metrics.gap(gap))
        .into()
    }

    fn progress<'a>(&self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let tone = self.pending.tone(look.palette);
        let part = self.pending.part_left();
        let color = if part < 0.15 {
            look.palette.warning
        } else {
            look.palette.accent
        };
        let told = column![
            widget::label(
                look,
                Role::Body,
                font::MEDIUM,
                look.palette.text,
                look.tell(&self.pending.time_left())
            ),
            widget::small(look, look.tell(&self.pending.activity()))
                .color(tone)
                .width(Length::Fill),
        ];
        row![
            container(ring::ring(look, STEP, part, color)).center_y(Length::Shrink),
            told
        ]
        .spacing(metrics.gap(Gap::Medium))
        .align_y(Vertical::Center)
        .into()
    }

    fn scan<'a>(&self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let Some(qr) = &self.qr else {
            return Space::new().into();
        };
        let radius = metrics.px(28.0);
        let card = container(qr.view(look))
            .center(Length::Fixed(metrics.px(QR_CARD)))
            .style(move |_| container::Style {
                background: Some(Background::Color(QR_CARD_COLOR)),
                border: Border {
                    radius: radius.into(),
                    ..Border::default()
                },
                ..container::Style::default()
            });
        if metrics.large_text() {
            return card.into();
        }
        let hint = match self.pending.prompt.verification_uri_complete {
            Some(_) => look.say("code-scan-filled"),
            None => look.say("code-scan"),
        };
        let hint = widget::small(look, hint)
            .align_x(Horizontal::Center)
            .width(Length::Fixed(metrics.px(QR_CARD)));
        column![card, hint].spacing(metrics.gap(Gap::Small)).into()
    }
}

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

/// The code to the letter, as large as fits on one line.
pub fn code<'a, Message: 'a>(
    look: &Look,
    code: &'a str,
    width: f32,
    largest: f32,
) -> Element<'a, Message> {
    const LEAST: f32 = 40.0;
    let fitting = width / (font::CODE_ADVANCE * code.chars().count().max(1) as f32);
    let wrapping = if fitting < LEAST {
        Wrapping::Glyph
    } else {
        Wrapping::None
    };
    text(code)
        .size(look.metrics.px(fitting.clamp(LEAST, largest)))
        .font(font::CODE)
        .color(look.palette.text)
        .line_height(LineHeight::Relative(1.15))
        .wrapping(wrapping)
        .into()
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
