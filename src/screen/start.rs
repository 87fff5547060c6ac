//! What tenfoot is, what signing in gives, and one button.

use std::path::PathBuf;

use iced::widget::{column, image, row};
use iced::{Element, Length};

use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Button, Weight};
use crate::ui::{Look, font};

/// The start screen.
#[derive(Debug)]
pub struct State {
    offer: Offer,
    notice: Option<Notice>,
    buttons: Line<Choice>,
    logo: Option<image::Handle>,
}

/// What can be done from here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Sign in at a provider.
    SignIn {
        /// The provider's host.
        host: String,
        /// What there is to see, by name.
        channels: Vec<String>,
        /// Where to approve and what to know, in the demo.
        demo: Vec<String>,
    },
    /// There is no configuration.
    SetUp {
        /// Where it goes.
        path: PathBuf,
    },
}

/// Something to know about what happened before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// As it should be.
    Done(String),
    /// Something didn't work.
    Trouble(String),
}

/// The buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Ask for a code.
    SignIn,
    /// Run the built-in provider.
    Demo,
    /// Look for the file again.
    Reread,
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
    /// Ask for a code.
    SignIn,
    /// Run the built-in provider.
    Demo,
    /// Look for the configuration again.
    Reread(PathBuf),
    /// Leave the app.
    Leave,
}

impl State {
    /// A start screen with that offer.
    #[must_use]
    pub fn new(offer: Offer, notice: Option<Notice>, logo: Option<image::Handle>) -> Self {
        let buttons = match offer {
            Offer::SignIn { .. } => Line::new(&[Choice::SignIn]),
            Offer::SetUp { .. } => Line::new(&[Choice::Demo, Choice::Reread]),
        };
        Self {
            offer,
            notice,
            buttons,
            logo,
        }
    }

    /// What is said about before, if anything is.
    #[must_use]
    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Chosen(choice) => self.choose(choice),
            Message::Press(press) => match self.buttons.press(press) {
                Pressed::Chosen(choice) => self.choose(choice),
                Pressed::Back => Action::Leave,
                Pressed::Scroll(by) => Action::Scroll(by),
                Pressed::Nothing => Action::None,
            },
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        self.buttons.set(choice);
        match (choice, &self.offer) {
            (Choice::SignIn, _) => Action::SignIn,
            (Choice::Demo, _) => Action::Demo,
            (Choice::Reread, Offer::SetUp { path }) => Action::Reread(path.clone()),
            (Choice::Reread, Offer::SignIn { .. }) => Action::None,
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let mut said = Vec::new();
        if let Some(notice) = &self.notice {
            let (color, words) = match notice {
                Notice::Done(words) => (look.palette.accent, words),
                Notice::Trouble(words) => (look.palette.warning, words),
            };
            said.push(widget::notice(look, color, words.as_str()));
        }
        match &self.offer {
            Offer::SignIn {
                host,
                channels,
                demo,
            } => said.extend(invitation(look, host, channels, demo)),
            Offer::SetUp { path } => said.extend(set_up(look, &path.display().to_string())),
        }
        let buttons = self.buttons.choices().iter().map(|&choice| Button {
            caption: caption(choice),
            weight: match choice {
                Choice::SignIn | Choice::Demo => Weight::Primary,
                Choice::Reread => Weight::Secondary,
            },
            focused: self.buttons.is(choice),
            message: Message::Chosen(choice),
        });
        let (logo, buttons) = (self.logo.as_ref(), buttons.collect());
        let statement = widget::statement(look, logo, Sign::Yes, said, buttons);
        let several = self.buttons.choices().len() > 1;
        let keys = [("OK", "Choose")]
            .into_iter()
            .chain(several.then_some(("← →", "Move")))
            .chain([("Back", "Leave")]);
        widget::page(look, statement, widget::legend(look, keys))
    }
}

fn caption(choice: Choice) -> &'static str {
    match choice {
        Choice::SignIn => "Sign in",
        Choice::Demo => "Try the demo",
        Choice::Reread => "Look again",
    }
}

fn invitation<'a>(
    look: &Look,
    host: &str,
    channels: &[String],
    demo: &'a [String],
) -> Vec<Element<'a, Message>> {
    let gives = match channels {
        [] => "Sign in with your phone or computer. Nothing is typed on this TV.".to_owned(),
        channels => format!(
            "See {} on this TV. You sign in on your phone or computer; nothing is typed here.",
            list(channels)
        ),
    };
    let host = row![
        widget::small(look, "You sign in at"),
        widget::label(
            look,
            Role::Small,
            font::STRONG,
            look.palette.accent,
            host.to_owned()
        ),
    ]
    .spacing(look.metrics.gap(Gap::Tight));
    let mut said = vec![
        column![
            widget::title(look, "Sign in with your phone"),
            widget::body(look, gives)
        ]
        .spacing(look.metrics.gap(Gap::Medium))
        .width(Length::Fill)
        .into(),
        host.wrap().into(),
    ];
    said.extend(
        demo.iter()
            .map(|line| widget::notice(look, look.palette.accent, line.as_str())),
    );
    said
}

fn set_up<'a>(look: &Look, path: &str) -> Vec<Element<'a, Message>> {
    vec![
        widget::title(look, "Nothing is set up yet").into(),
        widget::body(look, "tenfoot reads one file that says where you sign in and what to show. It goes here:").into(),
        widget::card(look, 24.0, widget::label(look, Role::Body, font::STRONG, look.palette.accent, path.to_owned()))
            .into(),
        widget::small(look, "“tenfoot config example” prints a file to begin with. The demo needs no file and no account.")
            .into(),
    ]
}

/// “Contacts, Pictures and News”
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> State {
        let offer = Offer::SignIn {
            host: "acme.example".to_owned(),
            channels: Vec::new(),
            demo: Vec::new(),
        };
        State::new(offer, None, None)
    }

    fn empty() -> State {
        State::new(
            Offer::SetUp {
                path: PathBuf::from("/etc/tenfoot/config.toml"),
            },
            None,
            None,
        )
    }

    #[test]
    fn ok_signs_in() {
        assert_eq!(ready().update(Message::Press(Press::Ok)), Action::SignIn);
    }

    #[test]
    fn back_leaves() {
        assert_eq!(ready().update(Message::Press(Press::Back)), Action::Leave);
    }

    #[test]
    fn without_a_configuration_the_demo_has_the_focus() {
        assert_eq!(empty().update(Message::Press(Press::Ok)), Action::Demo);
    }

    #[test]
    fn the_file_can_be_looked_for_again() {
        let mut state = empty();
        assert_eq!(state.update(Message::Press(Press::Right)), Action::None);
        let path = PathBuf::from("/etc/tenfoot/config.toml");
        assert_eq!(
            state.update(Message::Press(Press::Ok)),
            Action::Reread(path)
        );
    }

    #[test]
    fn a_click_gives_the_focus_and_acts() {
        let mut state = empty();
        assert!(matches!(
            state.update(Message::Chosen(Choice::Reread)),
            Action::Reread(_)
        ));
        assert!(state.buttons.is(Choice::Reread));
    }

    #[test]
    fn names_are_listed_as_a_person_would() {
        let names = ["Contacts", "Pictures", "News"].map(str::to_owned);
        assert_eq!(list(&names), "Contacts, Pictures and News");
        assert_eq!(list(&names[..1]), "Contacts");
    }
}
