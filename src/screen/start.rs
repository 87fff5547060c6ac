//! What tenfoot is, what signing in gives, and one button; or who is there, where
//! people's sessions are kept.

mod people;

use std::path::PathBuf;

use iced::widget::{column, image, row};
use iced::{Element, Length};

use crate::session::Profile;
use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Button, Weight};
use crate::ui::{Look, font};

use people::Chosen;
pub use people::People;

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
        /// Who may do it as a guest.
        guests: Guests,
    },
    /// Go on as one of these, or sign in as somebody else.
    People(People),
    /// There is no configuration.
    SetUp {
        /// Where it goes.
        path: PathBuf,
    },
}

/// Whose session may be in memory alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guests {
    /// Whoever likes it so.
    Welcome,
    /// Everybody's.
    Only,
    /// Nobody's.
    Never,
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
    /// Ask for a code for one more person.
    Add,
    /// Ask for a code for somebody who leaves no trace.
    Guest,
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
    /// A person was clicked.
    PersonChosen(usize),
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
    /// Ask for a code for a guest.
    Guest,
    /// Take that profile's session into use.
    Restore(Profile),
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
            Offer::SignIn {
                guests: Guests::Welcome,
                ..
            } => Line::new(&[Choice::SignIn, Choice::Guest]),
            Offer::SignIn { .. } => Line::new(&[Choice::SignIn]),
            Offer::People(_) => Line::new(&[Choice::Add, Choice::Guest]),
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
        let pressed = match (message, &mut self.offer) {
            (Message::Chosen(choice), _) => Pressed::Chosen(Chosen::Button(choice)),
            (Message::PersonChosen(at), _) => Pressed::Chosen(Chosen::Person(at)),
            (Message::Press(press), Offer::People(people)) => {
                people.press(press, &mut self.buttons)
            }
            (Message::Press(press), Offer::SignIn { .. } | Offer::SetUp { .. }) => {
                self.buttons.press(press).map(Chosen::Button)
            }
        };
        match pressed {
            Pressed::Chosen(Chosen::Button(choice)) => self.choose(choice),
            Pressed::Chosen(Chosen::Person(at)) => self.restore(at),
            Pressed::Back => Action::Leave,
            Pressed::Scroll(by) => Action::Scroll(by),
            Pressed::Nothing => Action::None,
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        self.buttons.set(choice);
        if let Offer::People(people) = &mut self.offer {
            people.leave();
        }
        match (choice, &self.offer) {
            (Choice::SignIn | Choice::Add, _) => Action::SignIn,
            (Choice::Guest, _) => Action::Guest,
            (Choice::Demo, _) => Action::Demo,
            (Choice::Reread, Offer::SetUp { path }) => Action::Reread(path.clone()),
            (Choice::Reread, Offer::SignIn { .. } | Offer::People(_)) => Action::None,
        }
    }

    fn restore(&mut self, at: usize) -> Action {
        let Offer::People(people) = &mut self.offer else {
            return Action::None;
        };
        people.set(at);
        people
            .profile(at)
            .map_or(Action::None, |profile| Action::Restore(profile.clone()))
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let (notice, logo) = (self.notice.as_ref(), self.logo.as_ref());
        let buttons = self.buttons();
        let several = buttons.len() > 1;
        let statement = |said: Vec<Element<'a, Message>>, buttons| {
            let notice = notice.map(|notice| notice.view(look));
            let said = notice.into_iter().chain(said).collect();
            widget::statement(look, logo, Sign::Yes, said, buttons)
        };
        let (body, arrows) = match &self.offer {
            Offer::SignIn {
                host,
                channels,
                demo,
                guests,
            } => {
                let said = invitation(look, host, channels, demo, *guests);
                (statement(said, buttons), "← →")
            }
            Offer::People(people) => (people.view(look, logo, notice, buttons), "← → ↑ ↓"),
            Offer::SetUp { path } => {
                let said = set_up(look, &path.display().to_string());
                (statement(said, buttons), "← →")
            }
        };
        let keys = [("OK", look.say("key-choose"))]
            .into_iter()
            .chain(several.then_some((arrows, "Move".to_owned())))
            .chain([("Back", "Leave".to_owned())]);
        widget::page(look, body, widget::legend(look, keys))
    }

    fn buttons(&self) -> Vec<Button<'_, Message>> {
        let (here, first) = match &self.offer {
            Offer::People(people) => (people.buttons_have_focus(), Weight::Secondary),
            Offer::SignIn { .. } | Offer::SetUp { .. } => (true, Weight::Primary),
        };
        let buttons = self.buttons.choices().iter().map(|&choice| Button {
            caption: caption(choice).into(),
            weight: match choice {
                Choice::SignIn | Choice::Demo | Choice::Add => first,
                Choice::Guest | Choice::Reread => Weight::Secondary,
            },
            focused: here && self.buttons.is(choice),
            message: Message::Chosen(choice),
        });
        buttons.collect()
    }
}

impl Notice {
    fn words(&self) -> &str {
        match self {
            Self::Done(words) | Self::Trouble(words) => words,
        }
    }

    fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let color = match self {
            Self::Done(_) => look.palette.accent,
            Self::Trouble(_) => look.palette.warning,
        };
        widget::notice(look, color, self.words())
    }
}

fn caption(choice: Choice) -> &'static str {
    match choice {
        Choice::SignIn => "Sign in",
        Choice::Add => "Add someone",
        Choice::Guest => "Sign in as guest",
        Choice::Demo => "Try the demo",
        Choice::Reread => "Look again",
    }
}

fn invitation<'a>(
    look: &Look,
    host: &str,
    channels: &[String],
    demo: &'a [String],
    guests: Guests,
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
    said.extend((guests != Guests::Never).then(|| widget::small(look, GUESTS).into()));
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

/// What a guest is.
const GUESTS: &str = "A guest is signed out on leaving, and nothing is kept on this TV.";

/// “Contacts, Pictures and News”
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
