//! Why a sign-in ended without a session, and one press for another code. What may end by
//! itself, a cut network or a full disk, is tried again by itself.

use std::time::Duration;

use iced::Element;

use super::spoken::Spoken;
use crate::clock::Moment;
use crate::oauth::flow::End;
use crate::ui::Look;
use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::widget::{self, Button, Statement, Weight};
use crate::words::Phrase;

/// The screen after a sign-in that came to nothing.
#[derive(Debug)]
pub struct State {
    end: End,
    host: String,
    buttons: Line<Choice>,
    now: Moment,
    /// When it is tried again by itself.
    retry_at: Option<Moment>,
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
    /// Ask for another code.
    Again,
    /// The same, since it is time for it and nobody has pressed anything.
    AgainByItself,
    /// Back to the start.
    Start,
}

impl State {
    /// The screen for that end, which came at `now`; nobody has pressed a key since
    /// `failed` ends before it. `luck` is a random number from 0 to 1.
    #[must_use]
    pub fn new(end: End, host: String, now: Moment, failed: u32, luck: f32) -> Self {
        let retry_at = may_end_by_itself(&end).then(|| now + pause(failed, luck));
        Self {
            end,
            host,
            buttons: Line::new(&[Choice::Again, Choice::Start]),
            now,
            retry_at,
        }
    }

    /// Whether it is tried again by itself.
    #[must_use]
    pub const fn retries(&self) -> bool {
        self.retry_at.is_some()
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now) => {
                self.now = now;
                match self.retry_at {
                    Some(at) if at <= now => Action::AgainByItself,
                    Some(_) | None => Action::None,
                }
            }
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

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let told = told(&self.end, &self.host);
        let heading = [
            look.tell(&told.title),
            look.tell(&told.why),
            look.say(told.way_on),
        ];
        let focus = match self.buttons.current() {
            Choice::Again => told.again,
            Choice::Start => "ended-to-start",
        };
        Spoken::new(heading, look.say(focus))
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let told = told(&self.end, &self.host);
        let button = |choice, caption, weight| Button {
            caption: look.say(caption).into(),
            weight,
            focused: self.buttons.is(choice),
            message: Message::Chosen(choice),
        };
        let choices = vec![
            button(Choice::Again, told.again, Weight::Primary),
            button(Choice::Start, "ended-to-start", Weight::Secondary),
        ];
        let sign = match self.end {
            End::Expired => Sign::Time,
            End::Denied { .. } => Sign::No,
            End::Refused { .. } => Sign::Trouble,
            End::Unreachable(_) => Sign::Offline,
            End::Misconfigured(_) => Sign::File,
            End::Untrusted(_) => Sign::Shield,
            End::NotStored(_) => Sign::Disk,
        };
        let statement = Statement {
            sign,
            said: &|| self.said(look, &told),
            choices,
            keys: vec![
                ("OK".to_owned(), look.say("key-choose")),
                ("← →".to_owned(), look.say("key-move")),
                (look.say("key-back"), look.say("key-start")),
            ],
        };
        widget::statement(look, statement)
    }

    fn said<'a>(&'a self, look: &Look, told: &Told) -> Vec<Element<'a, Message>> {
        let mut said: Vec<Element<'a, Message>> = vec![
            widget::title(look, look.tell(&told.title)).into(),
            widget::body(look, look.tell(&told.why)).into(),
        ];
        if let Some(quoted) = &told.quoted {
            said.push(widget::notice(
                look,
                look.palette.warning,
                look.tell(quoted),
            ));
        }
        said.push(widget::small(look, look.say(told.way_on)).into());
        said.extend(self.retry_at.map(|at| {
            let seconds = at.since(self.now).as_millis().div_ceil(1000) as u64;
            let words = Phrase::new("ended-again-in").with("seconds", seconds);
            widget::small(look, look.tell(&words))
                .color(look.palette.text)
                .into()
        }));
        said
    }
}

/// Whether waiting may help: whatever is wrong is neither in the answer nor in the
/// configuration.
const fn may_end_by_itself(end: &End) -> bool {
    match end {
        End::Unreachable(_) | End::NotStored(_) => true,
        End::Expired
        | End::Denied { .. }
        | End::Refused { .. }
        | End::Misconfigured(_)
        | End::Untrusted(_) => false,
    }
}

/// How long until the next try: longer each time, and not the same on each of many TVs that
/// lost their network together.
fn pause(failed: u32, luck: f32) -> Duration {
    const FIRST: Duration = Duration::from_secs(15);
    const MOST: Duration = Duration::from_secs(120);
    let whole = FIRST.saturating_mul(1 << failed.min(10)).min(MOST);
    whole.mul_f32(0.75 + 0.5 * luck.clamp(0.0, 1.0))
}

struct Told {
    title: Phrase,
    why: Phrase,
    /// Somebody else's words.
    quoted: Option<Phrase>,
    way_on: &'static str,
    again: &'static str,
}

fn told(end: &End, host: &str) -> Told {
    const NEW_CODE: &str = "ended-new-code";
    const TRY_AGAIN: &str = "ended-again";
    let at = |id| Phrase::new(id).with("host", host);
    match end {
        End::Expired => Told {
            title: Phrase::new("ended-expired"),
            why: Phrase::new("ended-expired-why"),
            quoted: None,
            way_on: "ended-expired-on",
            again: NEW_CODE,
        },
        End::Denied { description } => Told {
            title: Phrase::new("ended-denied"),
            why: at("ended-denied-why"),
            quoted: description.as_deref().map(|words| quote(words, host)),
            way_on: "ended-denied-on",
            again: NEW_CODE,
        },
        End::Refused { error, description } => Told {
            title: at("ended-refused"),
            why: Phrase::new("ended-refused-why"),
            quoted: Some(quote(description.as_deref().unwrap_or(error), host)),
            way_on: "ended-refused-on",
            again: NEW_CODE,
        },
        End::Unreachable(words) => Told {
            title: at("ended-unreachable"),
            why: words.clone(),
            quoted: None,
            way_on: "ended-unreachable-on",
            again: TRY_AGAIN,
        },
        End::Misconfigured(words) => Told {
            title: Phrase::new("ended-misconfigured"),
            why: words.clone(),
            quoted: None,
            way_on: "ended-misconfigured-on",
            again: TRY_AGAIN,
        },
        End::Untrusted(words) => Told {
            title: Phrase::new("ended-untrusted"),
            why: words.clone(),
            quoted: None,
            way_on: "ended-untrusted-on",
            again: TRY_AGAIN,
        },
        End::NotStored(words) => Told {
            title: Phrase::new("ended-not-stored"),
            why: words.clone(),
            quoted: None,
            way_on: "ended-not-stored-on",
            again: TRY_AGAIN,
        },
    }
}

fn quote(words: &str, host: &str) -> Phrase {
    Phrase::new("ended-quote")
        .with("host", host)
        .with("words", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(end: End) -> State {
        State::new(end, "acme.example".to_owned(), at(0), 0, 0.5)
    }

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(1000 + seconds))
    }

    fn ends() -> [End; 7] {
        [
            End::Expired,
            End::Denied { description: None },
            End::Refused {
                error: "server_error".to_owned(),
                description: None,
            },
            End::Unreachable(Phrase::said("No answer.")),
            End::Misconfigured(Phrase::said("Unknown client.")),
            End::Untrusted(Phrase::said("The clock is wrong.")),
            End::NotStored(Phrase::said("The disk is full.")),
        ]
    }

    #[test]
    fn each_end_has_its_own_title() {
        let titles: std::collections::BTreeSet<_> = ends()
            .iter()
            .map(|end| told(end, "acme.example").title.to_string())
            .collect();
        assert_eq!(titles.len(), 7);
    }

    #[test]
    fn the_reason_is_on_the_screen() {
        assert_eq!(
            told(
                &End::NotStored(Phrase::said("The disk is full.")),
                "acme.example"
            )
            .why
            .to_string(),
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
                .to_string()
                .contains("server_error")
        );
    }

    #[test]
    fn what_may_end_by_itself_is_tried_again_by_itself_and_nothing_else() {
        let mut tried = Vec::new();
        for end in ends() {
            let mut state = state(end.clone());
            assert_eq!(state.update(Message::Tick(at(14))), Action::None);
            if state.update(Message::Tick(at(15))) == Action::AgainByItself {
                tried.push(end);
            }
        }
        assert!(
            matches!(tried[..], [End::Unreachable(_), End::NotStored(_)]),
            "{tried:?}"
        );
    }

    #[test]
    fn the_pauses_grow_are_bounded_and_differ_from_tv_to_tv() {
        let seconds = |failed, luck| pause(failed, luck).as_secs_f32();
        assert_eq!(
            [0, 1, 2, 3, 40].map(|failed| seconds(failed, 0.5)),
            [15.0, 30.0, 60.0, 120.0, 120.0]
        );
        assert_eq!([0.0, 1.0].map(|luck| seconds(3, luck)), [90.0, 150.0]);
    }

    #[test]
    fn one_press_asks_for_another_code_and_back_does_not() {
        let mut state = state(End::Expired);
        assert_eq!(state.update(Message::Press(Press::Ok)), Action::Again);
        assert_eq!(state.update(Message::Press(Press::Back)), Action::Start);
    }
}
