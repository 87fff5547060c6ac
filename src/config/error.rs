//! What is wrong with a configuration, where, and what would be right.
//!
//! The parser's own words are for programmers. Here they become a sentence for
//! whoever wrote the file: `place` finds the line and the key, `words` the
//! sentence and the nearest right key. A value that could be a secret is never
//! repeated.

mod place;
mod words;

pub(super) use place::{Step, steps};
pub(super) use words::missing;

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::text::clean;

/// The first thing that is wrong. `Display` is whole: file, line, key, message,
/// nearest right key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file that was read.
    pub file: PathBuf,
    /// Counted from 1.
    pub line: Option<usize>,
    /// As in `provider.client_id`; the items of a list count from 1, as in
    /// `channel[2].url`.
    pub key: Option<String>,
    /// What is wrong, in words.
    pub message: String,
    /// The right key that looks most like a wrong one.
    pub nearest: Option<String>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(key) = &self.key {
            write!(f, ", key {key}")?;
        }
        write!(f, ": {}.", self.message.trim_end_matches('.'))?;
        if let Some(nearest) = &self.nearest {
            write!(f, " Did you mean “{nearest}”?")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The file can't be read.
    #[must_use]
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the system has dozens of errors"
    )]
    pub fn unreadable(path: &Path, source: &io::Error) -> Self {
        let message = match source.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => {
                "this user isn't allowed to read the file".to_owned()
            }
            io::ErrorKind::IsADirectory => "this is a directory, not a file".to_owned(),
            io::ErrorKind::InvalidData => "the file isn't text in UTF-8".to_owned(),
            other => format!("the file can't be read ({other})"),
        };
        Self {
            file: path.to_owned(),
            line: None,
            key: None,
            message,
            nearest: None,
        }
    }

    /// Something is wrong with a value that could be read, such as the file that it names.
    #[must_use]
    pub fn of_value(path: &Path, key: &str, message: String) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        Self {
            file: path.to_owned(),
            line: place::line_of(&text, key),
            key: Some(key.to_owned()),
            message,
            nearest: None,
        }
    }

    /// What the parser says about `text`.
    #[must_use]
    pub fn from_toml(path: &Path, text: &str, wrong: &toml::de::Error) -> Self {
        Self::from_parser(path, text, wrong.message(), wrong.span())
    }

    /// What the parser says about that piece of `text`.
    pub(super) fn from_parser(
        path: &Path,
        text: &str,
        message: &str,
        span: Option<Range<usize>>,
    ) -> Self {
        let spot = span.map(|span| place::of(text, span));
        let (line, key) = spot.map_or((None, Vec::new()), |spot| (Some(spot.line), spot.key));
        let words = words::of(message, &key);
        let key: Vec<_> = key.into_iter().chain(words.missing).collect();
        Self {
            file: path.to_owned(),
            line,
            key: (!key.is_empty()).then(|| clean(&place::path(&key))),
            message: clean(&words.message),
            nearest: words.nearest,
        }
    }
}
