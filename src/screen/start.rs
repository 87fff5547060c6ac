//! What tenfoot is, what signing in gives, and one button; or who is there, where
//! people's sessions are kept.

mod people;

use std::path::PathBuf;

use iced::Length;
use iced::widget::column;

use super::spoken::{Spoken, sentences};
use crate::i18n::{Argument, Phrase};
use crate::session::Profile;
use crate::text;
use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Button, Statement, Weight};
use crate::ui::{Element, Look, font};

use people::Chosen;
pub use people::People;

/// The start screen.
#[derive(Debug)]
pub struct State {
    offer: Offer,
    notice: Option<Notice>,
    buttons: Line<Choice>,
    /// Whether Back leads out of the app.
    exit: bool,
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
        demo: Vec<Phrase>,
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
    Done(Phrase),
    /// Something didn't work.
    Trouble(Phrase),
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
    pub fn new(offer: Offer, notice: Option<Notice>) -> Self {
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
            exit: true,
        }
    }

    /// The same where there is no way out of the app; the demo would be one, to a screen that
    /// nobody meant for this TV.
    #[must_use]
    pub fn without_exit(self) -> Self {
        let buttons = match self.offer {
            Offer::SetUp { .. } => Line::new(&[Choice::Reread]),
            Offer::SignIn { .. } | Offer::People(_) => self.buttons,
        };
        Self {
            exit: false,
            buttons,
            ..self
        }
    }

    /// Offers what `other` does; what is said about before stays.
    pub fn invite_as(&mut self, other: Self) {
        let (buttons, exit) = (self.buttons, self.exit);
        let same = buttons.choices() == other.buttons.choices();
        *self = Self {
            notice: self.notice.take(),
            buttons: if same { buttons } else { other.buttons },
            offer: other.offer,
            exit,
        };
    }

    /// Whether it invites somebody to sign in, and nobody is kept.
    #[must_use]
    pub const fn invites(&self) -> bool {
        matches!(self.offer, Offer::SignIn { .. })
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

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let notice = self.notice.as_ref();
        let notice = notice.map_or_else(String::new, |notice| look.tell(notice.words()));
        let (title, more) = match &self.offer {
            Offer::SignIn { host, .. } => {
                let host = Phrase::new("start-account").with("host", host);
                (look.say("start-title"), look.tell(&host))
            }
            Offer::People(_) => (look.say("start-who"), String::new()),
            Offer::SetUp { path } => {
                let file = look.say("start-set-up-file");
                let file = sentences(&[file, path.display().to_string()]);
                (look.say("start-set-up-title"), file)
            }
        };
        let person = match &self.offer {
            Offer::People(people) => people.focused().map(str::to_owned),
            Offer::SignIn { .. } | Offer::SetUp { .. } => None,
        };
        let focus = person.unwrap_or_else(|| look.say(caption(self.buttons.current())));
        Spoken::new([notice, title, more], focus)
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let notice = self.notice.as_ref();
        let choices = self.buttons(look);
        let arrows = match &self.offer {
            Offer::People(_) => Some("← → ↑ ↓"),
            Offer::SignIn { .. } | Offer::SetUp { .. } => (choices.len() > 1).then_some("← →"),
        };
        let keys = [("OK".to_owned(), look.say("key-choose"))]
            .into_iter()
            .chain(arrows.map(|arrows| (arrows.to_owned(), look.say("key-move"))))
            .chain(
                self.exit
                    .then(|| (look.say("key-back"), look.say("key-leave"))),
            );
        let keys = keys.collect();
        if let Offer::People(people) = &self.offer {
            let body = people.view(look, notice, choices);
            return widget::page(look, body, widget::legend(look, keys));
        }
        let said = || {
            let notice = notice.map(|notice| notice.view(look));
            notice.into_iter().chain(self.said(look)).collect()
        };
        let said = Statement {
            sign: Sign::Yes,
            said: &said,
            choices,
            keys,
        };
        widget::statement(look, said)
    }

    fn said<'a>(&'a self, look: &Look) -> Vec<Element<'a, Message>> {
        match &self.offer {
            Offer::SignIn {
                host,
                channels,
                demo,
                guests,
            } => invitation(look, host, channels, demo, *guests),
            Offer::SetUp { path } => set_up(look, &path.display().to_string(), self.exit),
            Offer::People(_) => Vec::new(),
        }
    }

    fn buttons(&self, look: &Look) -> Vec<Button<'_, Message>> {
        let (here, first) = match &self.offer {
            Offer::People(people) => (people.buttons_have_focus(), Weight::Secondary),
            Offer::SignIn { .. } | Offer::SetUp { .. } => (true, Weight::Primary),
        };
        let buttons = self.buttons.choices().iter().map(|&choice| Button {
            caption: look.say(caption(choice)).into(),
            weight: match choice {
                Choice::SignIn | Choice::Demo | Choice::Add => first,
                Choice::Reread if self.buttons.choices().len() == 1 => first,
                Choice::Guest | Choice::Reread => Weight::Secondary,
            },
            focused: here && self.buttons.is(choice),
            message: Message::Chosen(choice),
        });
        buttons.collect()
    }
}

impl Notice {
    /// What is said.
    #[must_use]
    pub const fn words(&self) -> &Phrase {
        match self {
            Self::Done(words) | Self::Trouble(words) => words,
        }
    }

    fn view<'a>(&self, look: &Look) -> Element<'a, Message> {
        let color = match self {
            Self::Done(_) => look.palette.accent,
            Self::Trouble(_) => look.palette.warning,
        };
        widget::notice(look, color, look.tell(self.words()))
    }
}

fn caption(choice: Choice) -> &'static str {
    match choice {
        Choice::SignIn => "start-sign-in",
        Choice::Add => "start-add",
        Choice::Guest => "start-guest",
        Choice::Demo => "start-demo",
        Choice::Reread => "start-again",
    }
}

fn invitation<'a>(
    look: &Look,
    host: &str,
    channels: &[String],
    demo: &[Phrase],
    guests: Guests,
) -> Vec<Element<'a, Message>> {
    let gives = match channels {
        [] => look.say("start-gives-plain"),
        channels => look.tell(&Phrase::new("start-gives").with("channels", list(channels))),
    };
    let host = look.tell(&Phrase::new("start-account").with("host", host));
    let host = widget::label(look, Role::Body, font::MEDIUM, look.palette.accent, host);
    let mut said = vec![
        column![
            widget::title(look, look.say("start-title")),
            widget::body(look, gives)
        ]
        .spacing(look.metrics.gap(Gap::Medium))
        .width(Length::Fill)
        .into(),
        host.into(),
    ];
    said.extend(
        (guests != Guests::Never).then(|| widget::small(look, look.say("start-guests")).into()),
    );
    let demo: Vec<_> = demo.iter().map(|line| look.tell(line)).collect();
    if !demo.is_empty() {
        let notice = widget::notice(look, look.palette.accent, demo.join("\n"));
        // Without its address nobody can approve: it is seen wherever the rest is scrolled.
        let at = if look.metrics.large_text() {
            0
        } else {
            said.len()
        };
        said.insert(at, notice);
    }
    said
}

fn set_up<'a>(look: &Look, path: &str, has_demo: bool) -> Vec<Element<'a, Message>> {
    let more = if has_demo {
        "start-set-up-more"
    } else {
        "start-set-up-example"
    };
    vec![
        widget::title(look, look.say("start-set-up-title")).into(),
        widget::body(look, look.say("start-set-up-file")).into(),
        widget::card(
            look,
            24.0,
            widget::label(
                look,
                Role::Body,
                font::STRONG,
                look.palette.accent,
                path.to_owned(),
            ),
        )
        .into(),
        widget::small(look, look.say(more)).into(),
    ]
}

/// “Contacts, Pictures and News”; of very many, the first and how many there are besides.
fn list(names: &[String]) -> Argument {
    const MANY: usize = 12;
    let (named, others) = names.split_at_checked(MANY).unwrap_or((names, &[]));
    let others = (!others.is_empty())
        .then(|| Argument::from(Phrase::new("list-others").with("count", others.len())));
    let name = |name: &String| Argument::from(text::shown(name));
    let mut all: Vec<Argument> = named.iter().map(name).chain(others).collect();
    let Some(last) = all.pop() else {
        return "".into();
    };
    let more = |most: Argument, next: Argument| {
        Phrase::new("list-more")
            .with("most", most)
            .with("next", next)
            .into()
    };
    let Some(most) = all.into_iter().reduce(more) else {
        return last;
    };
    Phrase::new("list-last")
        .with("most", most)
        .with("last", last)
        .into()
}

#[cfg(test)]
mod tests;
