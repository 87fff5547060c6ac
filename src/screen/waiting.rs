//! What is waited for, by name.

use iced::Length;
use iced::alignment::Vertical;
use iced::task::Handle;
use iced::widget::{column, container, row};

use super::code;
use super::pending::Pending;
use super::spoken::{Spoken, spelled};
use crate::clock::Moment;
use crate::i18n::Phrase;
use crate::session::Profile;
use crate::session::sign_in::Event;
use crate::ui::art::Sign;
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Button, Statement, Weight};
use crate::ui::{Element, Look, font, ring};

/// The waiting screen. The work that it waits for ends when this is dropped.
#[derive(Debug)]
pub enum State {
    /// The session of an earlier run.
    Session {
        /// Whose.
        profile: Profile,
        /// What they are called, if that is known.
        name: Option<String>,
        /// Reads it.
        _work: Handle,
    },
    /// The built-in provider.
    Demo {
        /// Starts it.
        _work: Handle,
    },
    /// A code from the provider.
    Code {
        /// The attempt that asked for it.
        attempt: u64,
        /// The provider's host.
        host: String,
        /// Whether nothing of the person is to be kept.
        guest: bool,
    },
    /// The approval on the phone.
    Approval(Pending),
    /// The tokens being checked and stored.
    Tokens {
        /// The attempt that they belong to.
        attempt: u64,
        /// The provider's host.
        host: String,
        /// Whether nothing of the person is to be kept.
        guest: bool,
    },
}

/// What happens here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A key.
    Press(Press),
    /// The button was clicked.
    Chosen,
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
    /// Show the code again.
    ShowCode,
    /// Stop waiting.
    Cancel,
}

impl State {
    /// The attempt that is waited for, if it is one.
    #[must_use]
    pub const fn attempt(&self) -> Option<u64> {
        match self {
            Self::Session { .. } | Self::Demo { .. } => None,
            Self::Code { attempt, .. } | Self::Tokens { attempt, .. } => Some(*attempt),
            Self::Approval(pending) => Some(pending.attempt),
        }
    }

    /// When it looks different by itself.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        match self {
            Self::Approval(pending) => pending.due(),
            Self::Session { .. } | Self::Demo { .. } | Self::Code { .. } | Self::Tokens { .. } => {
                None
            }
        }
    }

    /// Takes in what the flow says.
    pub fn hear(&mut self, event: &Event, now: Moment) {
        if let Self::Approval(pending) = self {
            pending.now = now;
            pending.hear(event);
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now) => {
                if let Self::Approval(pending) = self {
                    pending.now = now;
                }
                Action::None
            }
            Message::Chosen => self.leave(),
            Message::Press(press) => match press {
                Press::Ok | Press::Back => self.leave(),
                Press::Up => Action::Scroll(-1.0),
                Press::Down => Action::Scroll(1.0),
                Press::Left
                | Press::Right
                | Press::Menu
                | Press::Home
                | Press::NextChannel
                | Press::PreviousChannel
                | Press::Channel(_)
                | Press::Refresh
                | Press::Account
                | Press::Pause
                | Press::Help => Action::None,
            },
        }
    }

    const fn leave(&self) -> Action {
        match self {
            Self::Approval(_) => Action::ShowCode,
            Self::Session { .. } | Self::Demo { .. } | Self::Code { .. } | Self::Tokens { .. } => {
                Action::Cancel
            }
        }
    }

    const fn is_for_guest(&self) -> bool {
        match self {
            Self::Session { .. } | Self::Demo { .. } => false,
            Self::Code { guest, .. } | Self::Tokens { guest, .. } => *guest,
            Self::Approval(pending) => pending.guest,
        }
    }

    /// What is waited for, in short and in full.
    fn words(&self) -> (Phrase, Phrase) {
        match self {
            Self::Session { name, .. } => (
                name.as_ref()
                    .map_or(Phrase::new("waiting-session"), |name| {
                        Phrase::new("waiting-session-of").with("name", name)
                    }),
                Phrase::new("waiting-session-more"),
            ),
            Self::Demo { .. } => (
                Phrase::new("waiting-demo"),
                Phrase::new("waiting-demo-more"),
            ),
            Self::Code { host, .. } => (
                Phrase::new("waiting-code"),
                Phrase::new("waiting-code-more").with("host", host),
            ),
            Self::Approval(pending) => (
                Phrase::new("waiting-approval"),
                Phrase::new("waiting-approval-more").with("host", pending.prompt.page_host()),
            ),
            Self::Tokens { host, guest, .. } => {
                let more = if *guest {
                    "waiting-tokens-guest"
                } else {
                    "waiting-tokens-more"
                };
                (
                    Phrase::new("waiting-tokens"),
                    Phrase::new(more).with("host", host),
                )
            }
        }
    }

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let (title, more) = self.words();
        let code = match self {
            Self::Approval(pending) => spelled(&pending.prompt, look),
            Self::Session { .. } | Self::Demo { .. } | Self::Code { .. } | Self::Tokens { .. } => {
                String::new()
            }
        };
        let heading = [look.tell(&title), look.tell(&more), code];
        Spoken::new(heading, look.say(self.caption()))
    }

    const fn caption(&self) -> &'static str {
        match self {
            Self::Approval(_) => "waiting-show-code",
            Self::Session { .. } | Self::Demo { .. } | Self::Code { .. } | Self::Tokens { .. } => {
                "key-cancel"
            }
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let caption = look.say(self.caption());
        let button = Button {
            caption: caption.clone().into(),
            weight: Weight::Secondary,
            focused: true,
            message: Message::Chosen,
        };
        let sign = match self {
            Self::Session { .. } | Self::Tokens { .. } => Sign::Yes,
            Self::Demo { .. } | Self::Code { .. } | Self::Approval(_) => Sign::Wait,
        };
        let statement = Statement {
            sign,
            said: &|| self.said(look),
            choices: vec![button],
            keys: vec![(format!("OK / {}", look.say("key-back")), caption)],
        };
        widget::statement(look, statement)
    }

    fn said<'a>(&'a self, look: &Look) -> Vec<Element<'a, Message>> {
        let (title, more) = self.words();
        let mut said = vec![widget::title(look, look.tell(&title)).into()];
        let more = widget::body(look, look.tell(&more)).into();
        if let Self::Approval(pending) = self {
            let large = 100.0_f32.max(look.metrics.text_base(Role::Title));
            let code = code::code_card(
                look,
                &pending.prompt.user_code,
                look.metrics.room().width.min(1000.0),
                large,
                !look.metrics.large_text(),
            );
            // What can't be missed comes first where the rest may have to be scrolled.
            let safety = widget::small(look, look.say("code-safety")).into();
            let progress = progress(look, pending);
            if look.metrics.large_text() {
                let reason = pending.is_unusual().then(|| {
                    widget::small(look, look.tell(&pending.activity()))
                        .color(pending.tone(look.palette))
                        .into()
                });
                said.extend([code, safety, progress]);
                said.extend(reason);
                said.push(more);
            } else {
                said.extend([more, code, progress, safety]);
            }
        } else {
            said.push(more);
        }
        if self.is_for_guest() {
            said.push(widget::small(look, look.say("code-guest")).into());
        }
        said
    }
}

/// What goes on. Where the rest may have to be scrolled, what is unusual is said in a word or
/// two, and the reason below.
fn progress_in_words(look: &Look, pending: &Pending) -> Phrase {
    let short = look.metrics.large_text().then(|| pending.unusual());
    short.flatten().unwrap_or_else(|| pending.activity())
}

fn progress<'a>(look: &Look, pending: &Pending) -> Element<'a, Message> {
    let activity = progress_in_words(look, pending);
    let told = column![
        widget::label(
            look,
            Role::Body,
            font::MEDIUM,
            look.palette.text,
            look.tell(&pending.time_left())
        ),
        widget::small(look, look.tell(&activity))
            .color(pending.tone(look.palette))
            .width(Length::Fill),
    ];
    row![
        container(ring::ring(
            look,
            60.0,
            pending.part_left(),
            look.palette.accent
        )),
        told
    ]
    .spacing(look.metrics.gap(Gap::Medium))
    // Where the words have to be scrolled, the ring is seen with the first of them.
    .align_y(if look.metrics.large_text() {
        Vertical::Top
    } else {
        Vertical::Center
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::pending::tests::pending;
    use super::*;

    #[test]
    fn back_from_the_approval_shows_the_code_again() {
        let mut state = State::Approval(pending());
        assert_eq!(state.update(Message::Press(Press::Back)), Action::ShowCode);
    }

    #[test]
    fn the_approval_is_waited_for_at_the_pages_host() {
        let mut pending = pending();
        pending.prompt.verification_uri = "https://www.acme.example/device".to_owned();

        let (_, more) = State::Approval(pending).words();

        let words = more.to_string();
        assert!(words.contains(" at www.acme.example."), "{words}");
    }

    #[test]
    fn back_from_anything_else_cancels() {
        let mut state = State::Code {
            attempt: 1,
            host: "acme.example".to_owned(),
            guest: false,
        };
        assert_eq!(state.update(Message::Press(Press::Back)), Action::Cancel);
    }
}
