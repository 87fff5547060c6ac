//! What is wrong with a configuration, where, and what would be right.

use std::path::{Path, PathBuf};

/// The first thing that is wrong. `Display` is whole: file, line, key, message,
/// nearest right key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file that was read.
    pub file: PathBuf,
    /// Counted from 1.
    pub line: Option<usize>,
    /// As in `provider.client_id`.
    pub key: Option<String>,
    /// What is wrong, in words.
    pub message: String,
    /// The right key that looks most like a wrong one.
    pub nearest: Option<String>,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The file can't be read.
    #[must_use]
    pub fn unreadable(path: &Path, source: &std::io::Error) -> Self {
        let message = source.to_string();
        Self {
            file: path.to_owned(),
            line: None,
            key: None,
            message,
            nearest: None,
        }
    }

    /// What the parser says about `text`.
    #[must_use]
    pub fn from_toml(path: &Path, text: &str, wrong: &toml::de::Error) -> Self {
        let _ = text;
        Self {
            file: path.to_owned(),
            line: None,
            key: None,
            message: wrong.message().to_owned(),
            nearest: None,
        }
    }
}
