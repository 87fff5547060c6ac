//! Why a sign-in ended without a session, and one press for another code.

use iced::Element;

use crate::oauth::flow::End;
use crate::ui::Look;
use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::widget::{self, Button, Weight};

/// The screen after a sign-in that came to nothing.
#[derive(Debug)]
pub struct State {
    end: End,
    host: String,
    buttons: Line<Choice>,
}

/// The buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Ask for another code.
    Again,
    /// Back to the start.
    Start,
}

/// What happens here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A key.
    Press(Press),
    /// A button was clicked.
    Chosen(Choice),
}

/// What the root does.
#[derive(Debug, PartialEq)]
pub enum Action {
    /// Nothing.
    None,
    /// Scroll the words, in lines.
    Scroll(f32),
    /// Ask for another code.
    Again,
    /// Back to the start.
    Start,
}

impl State {
    /// The screen for that end.
    #[must_use]
    pub fn new(end: End, host: String) -> Self {
        Self {
            end,
            host,
            buttons: Line::new(&[Choice::Again, Choice::Start]),
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Chosen(choice) => self.choose(choice),
            Message::Press(press) => match self.buttons.press(press) {
                Pressed::Chosen(choice) => self.choose(choice),
                Pressed::Back => Action::Start,
                Pressed::Scroll(by) => Action::Scroll(by),
                Pressed::Nothing => Action::None,
            },
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        self.buttons.set(choice);
        match choice {
            Choice::Again => Action::Again,
            Choice::Start => Action::Start,
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let told = told(&self.end, &self.host);
        let mut said: Vec<Element<'a, Message>> = vec![
            widget::title(look, told.title).into(),
            widget::body(look, told.why).into(),
        ];
        if let Some(quoted) = told.quoted {
            said.push(widget::notice(look, look.palette.warning, quoted));
        }
        said.push(widget::small(look, told.way_on).into());
        let button = |choice, caption: &'static str, weight| Button {
            caption: caption.into(),
            weight,
            focused: self.buttons.is(choice),
            message: Message::Chosen(choice),
        };
        let buttons = vec![
            button(Choice::Again, told.again, Weight::Primary),
            button(Choice::Start, "Back to the start", Weight::Secondary),
        ];
        let sign = match self.end {
            End::Expired => Sign::Time,
            End::Denied { .. } => Sign::No,
            End::Refused { .. }
            | End::Unreachable(_)
            | End::Misconfigured(_)
            | End::Untrusted(_)
            | End::NotStored(_) => Sign::Trouble,
        };
        let statement = widget::statement(look, None, sign, said, buttons);
        widget::page(
            look,
            statement,
            widget::legend(look, [("OK", "Choose"), ("← →", "Move"), ("Back", "Start")]),
        )
    }
}

struct Told {
    title: String,
    why: String,
    /// Somebody else's words.
    quoted: Option<String>,
    way_on: &'static str,
    again: &'static str,
}

fn told(end: &End, host: &str) -> Told {
    const NEW_CODE: &str = "Get a new code";
    const TRY_AGAIN: &str = "Try again";
    match end {
        End::Expired => Told {
            title: "The code has expired".to_owned(),
            why: "Nobody approved it in time.".to_owned(),
            quoted: None,
            way_on: "A new code is one press away. The old one no longer works.",
            again: NEW_CODE,
        },
        End::Denied { description } => Told {
            title: "The sign-in was refused".to_owned(),
            why: format!(
                "Somebody said no on the phone, or {host} did. Nobody is signed in on this TV."
            ),
            quoted: quote(description.as_deref(), host),
            way_on: "If that was a mistake, get a new code and approve it.",
            again: NEW_CODE,
        },
        End::Refused { error, description } => Told {
            title: format!("{host} ended the sign-in"),
            why: "The code can’t be used any more.".to_owned(),
            quoted: quote(Some(description.as_deref().unwrap_or(error)), host),
            way_on: "A new code often helps. If not, the provider’s settings for this app need a look.",
            again: NEW_CODE,
        },
        End::Unreachable(words) => Told {
            title: format!("{host} can’t be reached"),
            why: words.clone(),
            quoted: None,
            way_on: "Check this TV’s network cable or Wi-Fi, then try again.",
            again: TRY_AGAIN,
        },
        End::Misconfigured(words) => Told {
            title: "Sign-in isn’t set up right".to_owned(),
            why: words.clone(),
            quoted: None,
            way_on: "Whoever set up this TV can mend it, here or at the provider.",
            again: TRY_AGAIN,
        },
        End::Untrusted(words) => Told {
            title: "The answer can’t be trusted".to_owned(),
            why: words.clone(),
            quoted: None,
            way_on: "Nothing was kept and nobody is signed in. Look at this TV’s clock first, then try again.",
            again: TRY_AGAIN,
        },
        End::NotStored(words) => Told {
            title: "The sign-in can’t be kept".to_owned(),
            why: words.clone(),
            quoted: None,
            way_on: "Nobody is signed in. Make room or mend the permissions of that place, then try again.",
            again: TRY_AGAIN,
        },
    }
}

fn quote(words: Option<&str>, host: &str) -> Option<String> {
    words.map(|words| format!("{host} says: “{words}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends() -> [End; 7] {
        [
            End::Expired,
            End::Denied { description: None },
            End::Refused {
                error: "server_error".to_owned(),
                description: None,
            },
            End::Unreachable("No answer.".to_owned()),
            End::Misconfigured("Unknown client.".to_owned()),
            End::Untrusted("The clock is wrong.".to_owned()),
            End::NotStored("The disk is full.".to_owned()),
        ]
    }

    #[test]
    fn each_end_has_its_own_title() {
        let titles: std::collections::BTreeSet<_> = ends()
            .iter()
            .map(|end| told(end, "acme.example").title)
            .collect();
        assert_eq!(titles.len(), 7);
    }

    #[test]
    fn the_reason_is_on_the_screen() {
        assert_eq!(
            told(
                &End::NotStored("The disk is full.".to_owned()),
                "acme.example"
            )
            .why,
            "The disk is full."
        );
        let refused = End::Refused {
            error: "server_error".to_owned(),
            description: None,
        };
        assert!(
            told(&refused, "acme.example")
                .quoted
                .unwrap()
                .contains("server_error")
        );
    }

    #[test]
    fn one_press_asks_for_another_code_and_back_does_not() {
        let mut state = State::new(End::Expired, "acme.example".to_owned());
        assert_eq!(state.update(Message::Press(Press::Ok)), Action::Again);
        assert_eq!(state.update(Message::Press(Press::Back)), Action::Start);
    }
}
