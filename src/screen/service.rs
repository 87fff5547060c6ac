//! The service menu of a kiosk, behind a PIN where one is set: the only way out.

mod pad;
mod view;

use std::time::Duration;

use super::spoken::Spoken;
use crate::clock::Moment;
use crate::doctor::{self, Finding};
use crate::i18n::Phrase;
use crate::secret::Secret;
use crate::ui::Look;
use crate::ui::focus::Line;
use crate::ui::keys::Press;

pub use pad::Key;
use pad::Pad;

/// The service menu. It lies over whatever screen it was called from.
#[derive(Debug)]
pub struct State {
    step: Step,
    choices: &'static [Choice],
    /// When a key was pressed last.
    last: Moment,
    now: Moment,
}

/// How far somebody has come.
#[derive(Debug)]
enum Step {
    /// The PIN is asked for.
    Pin(Pad),
    /// The menu itself.
    Menu(Line<Choice>),
    /// Everything is being looked at.
    Looking,
    /// What was found.
    Found(Vec<Finding>),
}

/// The menu's buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Back to the screen behind.
    Close,
    /// Look at everything that signing in depends on.
    Diagnose,
    /// End the program.
    Leave,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key.
    Press(Press),
    /// A button of the menu was clicked.
    Chosen(Choice),
    /// A key on the screen was clicked.
    Typed(Key),
    /// The button below what was found was clicked.
    Back,
    /// What was found.
    Found(Vec<Finding>),
    /// It is that late.
    Tick(Moment),
}

/// What the root does.
#[derive(Debug, PartialEq)]
pub enum Action {
    /// Nothing.
    None,
    /// Scroll the words, in lines.
    Scroll(f32),
    /// Look at that PIN.
    Try(Secret),
    /// Look at everything.
    Diagnose,
    /// Show the screen behind again.
    Close,
    /// End the program.
    Leave,
}

impl State {
    /// Without keys for so long it closes by itself: an open menu is a way out for anybody.
    const PATIENCE: Duration = Duration::from_secs(60);
    /// What was found is read to somebody over the phone.
    const READING: Duration = Duration::from_secs(600);

    /// The menu, opened at `now`; `diagnosable` where there is something to look at.
    #[must_use]
    pub const fn open(diagnosable: bool, now: Moment) -> Self {
        let choices: &'static [Choice] = if diagnosable {
            &[Choice::Close, Choice::Diagnose, Choice::Leave]
        } else {
            &[Choice::Close, Choice::Leave]
        };
        Self {
            step: Step::Menu(Line::new(choices)),
            choices,
            last: now,
            now,
        }
    }

    /// The same where there is no way out, since nobody knows whether there is a PIN.
    #[must_use]
    pub const fn without_exit(diagnosable: bool, now: Moment) -> Self {
        let choices: &'static [Choice] = if diagnosable {
            &[Choice::Close, Choice::Diagnose]
        } else {
            &[Choice::Close]
        };
        Self {
            step: Step::Menu(Line::new(choices)),
            choices,
            last: now,
            now,
        }
    }

    /// Whether the menu leads out of the app.
    fn has_exit(&self) -> bool {
        self.choices.contains(&Choice::Leave)
    }

    /// The same behind a PIN; until `next`, if that is still to come, none is looked at.
    #[must_use]
    pub fn locked(diagnosable: bool, now: Moment, next: Option<Moment>) -> Self {
        Self {
            step: Step::Pin(Pad::new(next)),
            ..Self::open(diagnosable, now)
        }
    }

    /// When it has to look at the time.
    #[must_use]
    pub fn due(&self) -> Moment {
        self.now + Duration::from_secs(1)
    }

    /// The PIN was the right one.
    pub fn unlock(&mut self) {
        self.step = Step::Menu(Line::new(self.choices));
    }

    /// It wasn't; until `next` none is looked at.
    pub fn refuse(&mut self, now: Moment, next: Moment) {
        self.now = now;
        self.step = Step::Pin(Pad::new(Some(next)));
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now) => {
                self.now = now;
                let patience = match &self.step {
                    Step::Pin(_) | Step::Menu(_) => Self::PATIENCE,
                    Step::Looking | Step::Found(_) => Self::READING,
                };
                if now.since(self.last) < patience {
                    Action::None
                } else {
                    Action::Close
                }
            }
            Message::Press(press) => {
                self.last = self.now;
                self.press(press)
            }
            Message::Chosen(choice) => self.choose(choice),
            Message::Typed(key) => {
                self.last = self.now;
                match &mut self.step {
                    Step::Pin(pad) => tried(pad.click(key, self.now)),
                    Step::Menu(_) | Step::Looking | Step::Found(_) => Action::None,
                }
            }
            Message::Back => self.press(Press::Back),
            Message::Found(findings) => {
                if matches!(self.step, Step::Looking) {
                    self.step = Step::Found(doctor::worst_first(findings));
                }
                Action::None
            }
        }
    }

    fn press(&mut self, press: Press) -> Action {
        match (&mut self.step, press) {
            (Step::Pin(_) | Step::Menu(_), Press::Back) => Action::Close,
            (Step::Pin(pad), press) => tried(pad.press(press, self.now)),
            (Step::Menu(line), Press::Ok) => {
                let choice = line.current();
                self.choose(choice)
            }
            (Step::Menu(line), Press::Up | Press::Left) => {
                line.previous();
                Action::None
            }
            (Step::Menu(line), Press::Down | Press::Right) => {
                line.next();
                Action::None
            }
            (Step::Looking | Step::Found(_), Press::Back | Press::Ok) => {
                let mut line = Line::new(self.choices);
                line.set(Choice::Diagnose);
                self.step = Step::Menu(line);
                Action::None
            }
            (Step::Found(_), Press::Up) => Action::Scroll(-1.0),
            (Step::Found(_), Press::Down) => Action::Scroll(1.0),
            (Step::Menu(_) | Step::Looking | Step::Found(_), _) => Action::None,
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        let Step::Menu(line) = &mut self.step else {
            return Action::None;
        };
        if !self.choices.contains(&choice) {
            return Action::None;
        }
        line.set(choice);
        match choice {
            Choice::Close => Action::Close,
            Choice::Diagnose => {
                self.step = Step::Looking;
                Action::Diagnose
            }
            Choice::Leave => Action::Leave,
        }
    }

    /// What is said of it aloud; never a digit that was typed.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        match &self.step {
            Step::Pin(pad) => {
                let refused = self.refused(look, pad).unwrap_or_default();
                Spoken::new([look.say("service-pin"), refused], pad.spoken(look))
            }
            Step::Menu(line) => {
                let shut = if self.has_exit() {
                    String::new()
                } else {
                    look.say("service-shut")
                };
                Spoken::new(
                    [look.say("service-title"), shut],
                    look.say(caption(line.current())),
                )
            }
            Step::Looking => Spoken::new([look.say("service-looking")], look.say("key-back")),
            Step::Found(findings) => {
                let count = findings.iter().filter(|found| found.remedy.is_some());
                let found = Phrase::new("service-found").with("count", count.count());
                Spoken::new([look.tell(&found)], look.say("key-back"))
            }
        }
    }

    /// Why no PIN is looked at, while that is so.
    fn refused(&self, look: &Look, pad: &Pad) -> Option<String> {
        let next = pad.waits(self.now)?;
        // A part of a second is a second to a person.
        let seconds = next.since(self.now).as_millis().div_ceil(1000);
        let refused = Phrase::new("service-wrong").with("seconds", seconds.to_string());
        Some(look.tell(&refused))
    }
}

fn tried(typed: Option<Secret>) -> Action {
    typed.map_or(Action::None, Action::Try)
}

const fn caption(choice: Choice) -> &'static str {
    match choice {
        Choice::Close => "service-close",
        Choice::Diagnose => "service-diagnose",
        Choice::Leave => "service-leave",
    }
}

#[cfg(test)]
mod tests;
