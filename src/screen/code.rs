//! The address, the code and the QR.

mod letters;
mod view;

use super::pending::Pending;
use super::spoken::{Spoken, spelled};
use crate::clock::Moment;
use crate::i18n::Phrase;
use crate::session::sign_in::Event;
use crate::ui::Look;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::qr::Qr;

pub use letters::code_card;

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
        let said = if prompt.is_code_in_address() {
            "spoken-code-compare"
        } else {
            "spoken-code"
        };
        let code = Phrase::new(said)
            .with("address", &prompt.verification_uri)
            .with("code", spelled(prompt, look));
        let focus = look.say(match self.buttons.current() {
            Choice::Entered => "code-entered",
            Choice::NewCode => "code-new",
        });
        Spoken::new([look.tell(&code), look.say("code-safety")], focus)
    }
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
