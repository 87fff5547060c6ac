//! What stands before a kiosk's way out, read from files that may be wrong in every other way.

use std::io;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::files;
use super::kiosk::Pin;

/// What stands before the way out of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ExitLock {
    /// Nothing: no PIN is set.
    #[default]
    Open,
    /// This PIN.
    Pin(Pin),
    /// The files can't be understood, so a PIN may be set. There is no way out.
    Unknown,
}

impl ExitLock {
    /// What `main` and its drop-ins say; nothing where there is no such file. A mistake
    /// anywhere else in them changes nothing about it. Blocks.
    #[must_use]
    pub fn read(main: &Path) -> Option<Self> {
        let said = files::files(main)
            .into_iter()
            .filter_map(|path| Said::read(&path));
        said.fold(None, |lock, said| {
            Some(match (lock, said) {
                (_, Said::Pin(pin)) => Self::Pin(pin),
                (Some(Self::Pin(pin)), Said::Nothing | Said::Unclear) => Self::Pin(pin),
                (Some(Self::Unknown), Said::Nothing) | (_, Said::Unclear) => Self::Unknown,
                (Some(Self::Open) | None, Said::Nothing) => Self::Open,
            })
        })
    }
}

/// The files of `main` that hold a PIN. Blocks.
pub(super) fn files_with_pin(main: &Path) -> Vec<PathBuf> {
    let mut files = files::files(main);
    files.retain(|path| matches!(Said::read(path), Some(Said::Pin(_))));
    files
}

/// What one file says about the PIN.
enum Said {
    Nothing,
    Pin(Pin),
    /// It can't be understood.
    Unclear,
}

impl Said {
    fn read(path: &Path) -> Option<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Some(Self::parse(&text)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => None,
            Err(_) => Some(Self::Unclear),
        }
    }

    fn parse(text: &str) -> Self {
        let (root, mistakes) = DeTable::parse_recoverable(text);
        // A mistake may hide it.
        let nothing = if mistakes.is_empty() {
            Self::Nothing
        } else {
            Self::Unclear
        };
        let pin = match root.get_ref().get("kiosk").map(toml::Spanned::get_ref) {
            None => return nothing,
            Some(DeValue::Table(kiosk)) => kiosk.get("pin"),
            Some(
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_),
            ) => return Self::Unclear,
        };
        match pin.map(|pin| pin.get_ref().as_str().map(str::parse)) {
            None => nothing,
            Some(Some(Ok(pin))) => Self::Pin(pin),
            Some(None | Some(Err(_))) => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(files: &[(&str, &str)]) -> Option<ExitLock> {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("conf.d")).unwrap();
        for (name, text) in files {
            std::fs::write(home.path().join(name), text).unwrap();
        }
        ExitLock::read(&home.path().join("config.toml"))
    }

    fn pin(text: &str) -> Option<ExitLock> {
        Some(ExitLock::Pin(text.parse().unwrap()))
    }

    #[test]
    fn a_pin_counts_whatever_else_is_wrong() {
        for wrong in [
            "[kiosk]\npin = \"2580\"\n",
            "[kiosk]\npin = \"2580\"\nunknown = 1\n",
            "kiosk.pin = \"2580\"\n[provider]\nissuer = 5\n",
            "[kiosk]\npin = \"2580\"\n[[channel]]\nname = 1\nurl = \"http://a.example\"\n",
            "[kiosk]\npin = \"2580\"\n[display]\ntheme = \"none\"\n",
            "[kiosk]\npin = \"2580\"\n[provider\n",
            "[provider]\nissuer = \n[kiosk]\npin = \"2580\"\n",
        ] {
            assert_eq!(lock(&[("config.toml", wrong)]), pin("2580"), "{wrong}");
        }
    }

    #[test]
    fn where_it_cannot_be_told_whether_there_is_a_pin_there_is_no_way_out() {
        for wrong in [
            "[kiosk]\npin = 2580\n",
            "[kiosk]\npin = \"12\"\n",
            "kiosk = true\n",
            "[kiosk\npin = \"2580\"\n",
            "[[[",
            "[provider]\nissuer = \n",
        ] {
            let read = lock(&[("config.toml", wrong)]);
            assert_eq!(read, Some(ExitLock::Unknown), "{wrong}");
        }
    }

    #[test]
    fn without_a_pin_or_a_file_it_is_open() {
        assert_eq!(lock(&[]), None);
        for text in ["", "[kiosk]\n", "[provider]\nissuer = 5\n"] {
            assert_eq!(lock(&[("config.toml", text)]), Some(ExitLock::Open));
        }
    }

    #[test]
    fn the_last_drop_in_that_sets_one_wins_and_a_broken_one_hides_none() {
        let main = ("config.toml", "[kiosk]\npin = \"1111\"\n");
        let (one, broken) = (
            ("conf.d/1.toml", "kiosk.pin = \"2222\""),
            ("conf.d/2.toml", "[["),
        );
        assert_eq!(lock(&[main, one]), pin("2222"));
        assert_eq!(lock(&[main, broken]), pin("1111"));
        assert_eq!(lock(&[one, broken]), pin("2222"));
        let empty = ("config.toml", "");
        assert_eq!(lock(&[empty, broken]), Some(ExitLock::Unknown));
    }
}
