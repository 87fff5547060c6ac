//! What is said to people, in their language.
//!
//! Texts are Fluent messages under `assets/texts`: a folder a language, a file an area.
//! Whoever says something names the message and what it is about, as a [`Phrase`]; a
//! [`Language`] turns it into words where they are shown. So nothing below the screens
//! knows which language that is, and what is told in a terminal is told in English.

mod bundle;
mod language;

use std::fmt;
use std::time::Duration;

pub use language::{Direction, Language};

/// Something to say: a message and what it is about. `Display` is English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    id: &'static str,
    arguments: Vec<(&'static str, Argument)>,
    /// Whether it stands alone, with a capital and a full stop.
    alone: bool,
}

/// What a phrase is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A name, or somebody else's words.
    Text(String),
    /// A number; it decides between one and several.
    Number(i64),
    /// A phrase in a phrase.
    Phrase(Phrase),
}

impl Phrase {
    /// The message of that name in `assets/texts`, about nothing yet.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
            alone: false,
        }
    }

    /// Somebody else's words, in whatever language they are.
    #[must_use]
    pub fn said(words: impl fmt::Display) -> Self {
        Self::new("said").with("words", words.to_string())
    }

    /// A part of a sentence as a sentence of its own: begun with a capital where it isn't a
    /// name, and ended where it doesn't end by itself.
    #[must_use]
    pub const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// The same, with what its variable `name` stands for.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: impl Into<Argument>) -> Self {
        self.arguments.push((name, argument.into()));
        self
    }

    /// The message's name.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.tell(self))
    }
}

impl From<&std::io::Error> for Argument {
    /// What usually goes wrong is said in the person's language.
    fn from(error: &std::io::Error) -> Self {
        match Self::from(error.kind()) {
            Self::Text(_) => Self::Text(error.to_string()),
            known @ (Self::Phrase(_) | Self::Number(_)) => known,
        }
    }
}

impl From<std::io::ErrorKind> for Argument {
    fn from(failure: std::io::ErrorKind) -> Self {
        use std::io::ErrorKind;
        let told = [
            (ErrorKind::NotFound, "io-missing"),
            (ErrorKind::PermissionDenied, "io-denied"),
            (ErrorKind::StorageFull, "io-full"),
            (ErrorKind::ReadOnlyFilesystem, "io-read-only"),
        ];
        let known = told.into_iter().find(|(kind, _)| *kind == failure);
        match known {
            Some((_, id)) => Self::Phrase(Phrase::new(id)),
            None => Self::Text(failure.to_string()),
        }
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Phrase> for Argument {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<&Phrase> for Argument {
    fn from(phrase: &Phrase) -> Self {
        Self::Phrase(phrase.clone())
    }
}

impl From<Duration> for Argument {
    /// A length of time in the largest unit that says enough, such as "90 s" or "20 min".
    fn from(duration: Duration) -> Self {
        let seconds = duration.as_secs();
        let (id, count) = match seconds {
            0..120 => ("provider-seconds", seconds),
            120..7200 => ("provider-minutes", (seconds + 30) / 60),
            7200..172_800 => ("provider-hours", (seconds + 1800) / 3600),
            _ => ("provider-days", (seconds + 43_200) / 86_400),
        };
        Self::Phrase(Phrase::new(id).with("count", count))
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests;
