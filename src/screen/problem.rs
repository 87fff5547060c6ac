//! What stands in the way before anything can start. What may end by itself, a secret that
//! isn't there yet, is looked at again by itself; a configuration is, when its file changes.

use std::time::Duration;

use std::path::PathBuf;

use iced::Length;
use iced::widget::{column, row};

use super::retry::pause;
use super::spoken::Spoken;
use crate::clock::{Moment, next_second};
use crate::config;
use crate::i18n::Phrase;
use crate::ui::art::Sign;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Button, Statement, Weight};
use crate::ui::{Element, Look, font};

/// The problem screen.
#[derive(Debug)]
pub struct State {
    problem: Problem,
    buttons: Line<Choice>,
    /// What time it is, and when it is tried again by itself, where it is.
    retry: Option<Retry>,
}

#[derive(Debug, Clone, Copy)]
struct Retry {
    now: Moment,
    at: Moment,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The configuration.
    Config(config::Error),
    /// Something that stands between a good configuration and the app.
    Setup {
        /// What, for a person.
        words: Phrase,
        /// The configuration, read again for another try.
        file: PathBuf,
    },
}

/// The buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Read the file again.
    Again,
    /// Leave the app.
    Leave,
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
    /// Read that file again.
    Reread(PathBuf),
    /// The same, since it is time for it and nobody has pressed anything.
    RereadByItself(PathBuf),
    /// Leave the app.
    Leave,
}

impl State {
    /// The screen for that problem.
    #[must_use]
    pub fn new(problem: Problem) -> Self {
        let buttons = Line::new(&[Choice::Again, Choice::Leave]);
        Self {
            problem,
            buttons,
            retry: None,
        }
    }

    /// It is shown from `now` on, and tried again by itself where that may help; nobody has
    /// pressed a key since it was so, `failed` times. `luck` is a random number from 0 to 1.
    pub fn postpone(&mut self, now: Moment, failed: u32, luck: f32) {
        let at = now + pause(failed, luck);
        self.retry = match self.problem {
            Problem::Setup { .. } => Some(Retry { now, at }),
            Problem::Config(_) => None,
        };
    }

    /// Whether it is tried again by itself.
    #[must_use]
    pub const fn retries(&self) -> bool {
        self.retry.is_some()
    }

    /// When it looks different, or is tried again, by itself.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let retry = self.retry.as_ref()?;
        Some(next_second(retry.at, retry.now))
    }

    /// Whether it is about these words.
    #[must_use]
    pub fn says(&self, other: &Phrase) -> bool {
        matches!(&self.problem, Problem::Setup { words, .. } if words == other)
    }

    /// The same where there is no way out of the app.
    #[must_use]
    pub fn without_exit(self) -> Self {
        Self {
            buttons: Line::new(&[Choice::Again]),
            ..self
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Tick(now) => self.tick(now),
            Message::Chosen(choice) => self.choose(choice),
            Message::Press(Press::Refresh) => self.choose(Choice::Again),
            Message::Press(press) => match self.buttons.press(press) {
                Pressed::Chosen(choice) => self.choose(choice),
                Pressed::Back => Action::Leave,
                Pressed::Scroll(by) => Action::Scroll(by),
                Pressed::Nothing => Action::None,
            },
        }
    }

    fn tick(&mut self, now: Moment) -> Action {
        let Some(retry) = &mut self.retry else {
            return Action::None;
        };
        retry.now = now;
        match &self.problem {
            Problem::Setup { file, .. } if retry.at <= now => Action::RereadByItself(file.clone()),
            Problem::Setup { .. } | Problem::Config(_) => Action::None,
        }
    }

    fn choose(&mut self, choice: Choice) -> Action {
        self.buttons.set(choice);
        match (choice, &self.problem) {
            (Choice::Again, Problem::Config(error)) => Action::Reread(error.file.clone()),
            (Choice::Again, Problem::Setup { file, .. }) => Action::Reread(file.clone()),
            (Choice::Leave, _) => Action::Leave,
        }
    }

    /// What is said of it aloud.
    #[must_use]
    pub fn spoken(&self, look: &Look) -> Spoken {
        let words = match &self.problem {
            Problem::Config(error) => error.to_string(),
            Problem::Setup { words, .. } => look.tell(&words.clone().alone()),
        };
        let focus = match self.buttons.current() {
            Choice::Again => "problem-again",
            Choice::Leave => "key-leave",
        };
        Spoken::new([look.say("problem-title"), words], look.say(focus))
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let buttons = self.buttons.choices().iter().map(|&choice| {
            let (caption, weight) = match choice {
                Choice::Again => ("problem-again", Weight::Primary),
                Choice::Leave => ("key-leave", Weight::Secondary),
            };
            Button {
                caption: look.say(caption).into(),
                weight,
                focused: self.buttons.is(choice),
                message: Message::Chosen(choice),
            }
        });
        let choices = buttons.collect();
        let sign = match &self.problem {
            Problem::Config(_) => Sign::File,
            Problem::Setup { .. } => Sign::Trouble,
        };
        let mut keys = vec![("OK".to_owned(), look.say("key-choose"))];
        if self.buttons.choices().len() > 1 {
            keys.push(("← →".to_owned(), look.say("key-move")));
            keys.push((look.say("key-back"), look.say("key-leave")));
        }
        let statement = Statement {
            sign,
            said: &|| self.said(look),
            choices,
            keys,
        };
        widget::statement(look, statement)
    }

    fn said<'a>(&'a self, look: &Look) -> Vec<Element<'a, Message>> {
        let mut said = match &self.problem {
            Problem::Config(error) => config_error(look, error),
            Problem::Setup { words, .. } => vec![
                widget::title(look, look.say("problem-title")).into(),
                widget::body(look, look.tell(&words.clone().alone())).into(),
                widget::small(look, look.say("problem-on")).into(),
            ],
        };
        said.extend(self.retry.map(|Retry { now, at }| {
            let left = Duration::from_secs(at.since(now).as_millis().div_ceil(1000) as u64);
            let words = Phrase::new("ended-again-in").with("time", left);
            widget::small(look, look.tell(&words))
                .color(look.palette.text)
                .into()
        }));
        said
    }
}

fn config_error<'a>(look: &Look, error: &'a config::Error) -> Vec<Element<'a, Message>> {
    let metrics = look.metrics;
    let names = [
        "problem-meant",
        "problem-file",
        "problem-line",
        "problem-key",
    ];
    let widest = names.map(|name| font::width(&look.say(name)));
    let widest = widest.into_iter().fold(0.0, f32::max) * metrics.text_base(Role::Small);
    let fact = |name: &'static str, value: String| -> Element<'a, Message> {
        row![
            widget::small(look, look.say(name)).width(Length::Fixed(metrics.px(widest))),
            widget::label(look, Role::Body, font::MEDIUM, look.palette.text, value)
                .width(Length::Fill),
        ]
        .spacing(metrics.gap(Gap::Medium))
        .into()
    };
    // What helps is seen first.
    let mut facts = Vec::new();
    facts.extend(error.nearest.as_ref().map(|nearest| {
        let perhaps = Phrase::new("problem-perhaps").with("key", nearest);
        fact("problem-meant", look.tell(&perhaps))
    }));
    facts.push(fact("problem-file", error.file.display().to_string()));
    facts.extend(
        error
            .line
            .map(|line| fact("problem-line", line.to_string())),
    );
    facts.extend(
        error
            .key
            .as_ref()
            .map(|key| fact("problem-key", key.clone())),
    );
    let facts = iced::widget::Column::with_children(facts).spacing(metrics.gap(Gap::Tight));
    vec![
        column![
            widget::title(look, look.say("problem-config")),
            widget::label(
                look,
                Role::Body,
                font::REGULAR,
                look.palette.warning,
                error.message.as_str()
            ),
        ]
        .spacing(metrics.gap(Gap::Medium))
        .into(),
        widget::card(look, 32.0, facts).width(Length::Fill).into(),
        widget::small(look, look.say("problem-config-on")).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong() -> config::Error {
        config::Error {
            file: PathBuf::from("/etc/tenfoot/config.toml"),
            line: Some(4),
            key: Some("provider.isuer".to_owned()),
            message: "unknown key".to_owned(),
            nearest: Some("issuer".to_owned()),
        }
    }

    #[test]
    fn ok_reads_the_file_again() {
        let mut state = State::new(Problem::Config(wrong()));
        assert_eq!(
            state.update(Message::Press(Press::Ok)),
            Action::Reread(wrong().file)
        );
    }

    #[test]
    fn what_stood_in_the_way_can_be_tried_again_once_it_is_set_right() {
        let file = PathBuf::from("/etc/tenfoot/config.toml");
        let mut state = State::new(Problem::Setup {
            words: Phrase::said("The client's secret can't be read"),
            file: file.clone(),
        });
        assert_eq!(
            state.update(Message::Press(Press::Ok)),
            Action::Reread(file)
        );
    }

    #[test]
    fn what_stood_in_the_way_is_looked_at_again_by_itself_and_a_mistake_is_not() {
        let at = |seconds: u64| Moment::from_boot(std::time::Duration::from_secs(1000 + seconds));
        let file = PathBuf::from("/etc/tenfoot/config.toml");
        let words = Phrase::said("The client's secret can't be read");
        let mut state = State::new(Problem::Setup {
            words,
            file: file.clone(),
        });
        state.postpone(at(0), 0, 0.5);
        assert_eq!(state.update(Message::Tick(at(14))), Action::None);
        assert_eq!(
            state.update(Message::Tick(at(15))),
            Action::RereadByItself(file)
        );
        let mut state = State::new(Problem::Config(wrong()));
        state.postpone(at(0), 0, 0.5);
        assert!(!state.retries());
        assert_eq!(state.update(Message::Tick(at(900))), Action::None);
    }
}
