//! What the state directory says of a session in the keyring, so that the keyring need
//! not be asked. There is no secret in it.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::oauth::Who;
use crate::storage::private::{self, Found};

/// What a marker's name ends in.
pub(super) const ENDING: &str = ".keyring";

/// Where the marker lies.
#[derive(Debug)]
pub(super) struct Marker(PathBuf);

/// What a marker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    store: Kind,
    /// What the keyring holds.
    pub(super) held: Held,
    /// Whose it is.
    pub(super) who: Who,
    /// The issuer that gave it; older markers don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) issuer: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    SecretService,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Held {
    /// The session.
    Session,
    /// One that is no longer used, and could not be removed.
    Leftover,
}

impl Note {
    pub(super) fn session(who: Who) -> Self {
        Self {
            store: Kind::SecretService,
            held: Held::Session,
            who,
            issuer: None,
        }
    }

    /// The same with the issuer that gave it.
    pub(super) fn of(self, issuer: &str) -> Self {
        Self {
            issuer: Some(issuer.to_owned()),
            ..self
        }
    }

    /// What a marker that can't be understood still says: the keyring was used.
    pub(super) fn somebodys() -> Self {
        Self::session(Who::default())
    }

    pub(super) fn leftover(who: Who) -> Self {
        Self {
            held: Held::Leftover,
            ..Self::session(who)
        }
    }
}

impl Marker {
    /// The marker of `profile` at a provider's client, under the state directory.
    pub(super) fn new(state_dir: &Path, profile: &str, issuer: &str, client_id: &str) -> Self {
        Self(super::path(state_dir, profile, issuer, client_id, ENDING))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn read(&self) -> io::Result<Option<Note>> {
        read(&self.0)
    }

    /// Leaves it as it is where it says so already.
    pub(super) fn write(&self, note: &Note) -> io::Result<()> {
        write(&self.0, note)
    }

    pub(super) fn remove(&self) -> io::Result<()> {
        private::remove(&self.0)
    }
}

/// Whose session the keyring holds, if it does; nobody's, as far as can be told, where the
/// marker can't be read.
pub(super) fn whose(path: &Path) -> Option<Who> {
    of_session(path).map(|note| note.who)
}

/// The marker there, where it says that the keyring holds a session, or may.
pub(super) fn of_session(path: &Path) -> Option<Note> {
    any(path).filter(|note| note.held == Held::Session)
}

/// The marker there, whatever it says.
pub(super) fn any(path: &Path) -> Option<Note> {
    read(path).unwrap_or_else(|_| Some(Note::somebodys()))
}

/// Leaves it as it is where it says so already.
pub(super) fn write(path: &Path, note: &Note) -> io::Result<()> {
    if matches!(read(path), Ok(Some(old)) if old == *note) {
        return Ok(());
    }
    private::replace(path, &serde_json::to_vec_pretty(note)?)
}

fn read(path: &Path) -> io::Result<Option<Note>> {
    Ok(match private::read(path)? {
        Found::Nothing => None,
        Found::Bytes(bytes) => {
            Some(serde_json::from_slice(&bytes).unwrap_or_else(|_| Note::somebodys()))
        }
        Found::Foreign(_) => Some(Note::somebodys()),
    })
}
