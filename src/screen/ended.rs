//! Why a sign-in ended without a session, and one press for another code. What may end by
//! itself, a cut network, a wrong clock or a full disk, is tried again by itself.

mod explanation;

use std::time::Duration;

use crate::ui::Element;
use jiff::{SignedDuration, Timestamp};

use super::retry::pause;
use super::spoken::Spoken;
use crate::clock::{Moment, next_second};
use crate::i18n::Phrase;
use crate::oauth::flow::End;
use crate::ui::Look;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::widget::{self, Button, Statement, Weight};

use explanation::Explanation;

/// The longest pause that a provider is granted: nobody comes back to a TV that went silent.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);
/// How far apart TVs that were sent away together come back, at most twice.
const SPREAD: Duration = Duration::from_secs(60);

/// The screen after a sign-in that came to nothing.
#[derive(Debug)]
pub struct State {
    told: Explanation,
    buttons: Line<Choice>,
    /// When it came, by both clocks.
    came: (Moment, Timestamp),
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
    /// A second went by: by the machine's clock and by the wall's.
    Tick(Moment, Timestamp),
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
    /// The screen for that end, which came at `now` and at `wall` by the machine's wall
    /// clock; nobody has pressed a key since `failed` ends before it. `luck` is a random
    /// number from 0 to 1.
    #[must_use]
    pub fn new(
        end: &End,
        host: &str,
        (now, wall): (Moment, Timestamp),
        failed: u32,
        luck: f32,
    ) -> Self {
        let retry_at = may_end_by_itself(end).then(|| {
            let asked = end.retry_after().unwrap_or_default().min(LONGEST_PAUSE);
            now + pause(failed, luck).max(asked + asked.min(SPREAD).mul_f32(luck / 2.0))
        });
        Self {
            told: Explanation::of(end, host, wall),
            buttons: Line::new(&[Choice::Again, Choice::Start]),
            came: (now, wall),
            now,
            retry_at,
        }
    }

    /// Whether it is tried again by itself.
    #[must_use]
    pub const fn retries(&self) -> bool {
        self.retry_at.is_some()
    }

    /// When it looks different, or is tried again, by itself.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        self.retry_at.map(|at| next_second(at, self.now))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now, wall) => {
                self.now = now;
                match self.retry_at {
                    Some(at) if at <= now || self.clock_was_set(wall) => Action::AgainByItself,
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

    /// Whether somebody has set the wall clock meanwhile: what was wrong with the time may
    /// be right now.
    fn clock_was_set(&self, wall: Timestamp) -> bool {
        const NOTICEABLE: SignedDuration = SignedDuration::from_secs(30);
        let (then, wall_then) = self.came;
        let passed = SignedDuration::try_from(self.now.since(then)).unwrap_or_default();
        let off = wall.duration_since(wall_then).checked_sub(passed);
        self.told.is_about_time() && off.is_none_or(|off| off.abs() > NOTICEABLE)
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
        let told = &self.told;
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
        let told = &self.told;
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
        let statement = Statement {
            sign: told.sign,
            said: &|| self.said(look, told),
            choices,
            keys: vec![
                ("OK".to_owned(), look.say("key-choose")),
                ("← →".to_owned(), look.say("key-move")),
                (look.say("key-back"), look.say("key-start")),
            ],
        };
        widget::statement(look, statement)
    }

    fn said<'a>(&'a self, look: &Look, told: &Explanation) -> Vec<Element<'a, Message>> {
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
            let left = Duration::from_secs(at.since(self.now).as_millis().div_ceil(1000) as u64);
            let words = Phrase::new("ended-again-in").with("time", left);
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
        | End::AnswerLost
        | End::NoCode(_)
        | End::Refused(_)
        | End::Misconfigured(_)
        | End::Untrusted(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::oauth::error::{Misconfiguration, Reason, Refusal, Untrusted};
    use crate::web::{RequestError, TlsError, TransportError};

    fn state(end: &End) -> State {
        State::new(end, "acme.example", (at(0), WALL), 0, 0.5)
    }

    /// Somebody has set it.
    const WALL: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(1000 + seconds))
    }

    fn refusal() -> Refusal {
        Refusal {
            reason: Reason::Other,
            error: "server_error".to_owned(),
            description: None,
        }
    }

    fn ends() -> [End; 9] {
        [
            End::Expired,
            End::Denied { description: None },
            End::AnswerLost,
            End::NoCode(refusal()),
            End::Refused(refusal()),
            End::Unreachable(RequestError::new("acme.example", TransportError::CutOff).into()),
            End::Misconfigured(Misconfiguration::NoDeviceEndpoint),
            End::Untrusted(Untrusted::NotBound),
            End::NotStored(crate::storage::Error::Interrupted("closed".to_owned())),
        ]
    }

    #[test]
    fn what_may_end_by_itself_is_tried_again_by_itself_and_nothing_else() {
        let mut tried = Vec::new();
        for end in ends() {
            let mut state = state(&end);
            assert_eq!(state.update(Message::Tick(at(14), WALL)), Action::None);
            if state.update(Message::Tick(at(15), WALL)) == Action::AgainByItself {
                tried.push(end);
            }
        }
        assert!(
            matches!(tried[..], [End::Unreachable(_), End::NotStored(_)]),
            "{tried:?}"
        );
    }

    #[test]
    fn as_soon_as_somebody_sets_the_clock_what_the_time_kept_is_tried_again() {
        let hours = |hours| WALL.checked_add(SignedDuration::from_hours(hours)).unwrap();
        let tried = |cause, wall| {
            let error = RequestError::new("acme.example", cause);
            let mut state = state(&End::Unreachable(error.into()));
            state.update(Message::Tick(at(2), wall)) == Action::AgainByItself
        };
        assert!(tried(TransportError::Tls(TlsError::NotYetValid), hours(3)));
        assert!(tried(TransportError::Tls(TlsError::Expired), hours(-3)));
        assert!(!tried(TransportError::Tls(TlsError::NotYetValid), WALL));
        assert!(!tried(TransportError::NameNotFound, hours(3)));
    }

    #[test]
    fn one_press_asks_for_another_code_and_back_does_not() {
        let mut state = state(&End::Expired);
        assert_eq!(state.update(Message::Press(Press::Ok)), Action::Again);
        assert_eq!(state.update(Message::Press(Press::Back)), Action::Start);
    }
}
