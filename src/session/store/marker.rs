//! What the state directory says of a session in the keyring, so that the keyring need
//! not be asked. There is no secret in it.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::session::Who;
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
        }
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

    pub(super) fn read(&self) -> Option<Note> {
        read(&self.0)
    }

    /// Leaves it as it is where it says so already.
    pub(super) fn write(&self, note: &Note) -> io::Result<()> {
        if self.read().as_ref() == Some(note) {
            return Ok(());
        }
        private::replace(&self.0, &serde_json::to_vec_pretty(note)?)
    }

    pub(super) fn remove(&self) -> io::Result<()> {
        private::remove(&self.0)
    }
}

/// Whose session the keyring holds, if it does.
pub(super) fn whose(path: &Path) -> Option<Who> {
    read(path)
        .filter(|note| note.held == Held::Session)
        .map(|note| note.who)
}

fn read(path: &Path) -> Option<Note> {
    // A marker that can't be understood still says that the keyring was used.
    let somebodys = || Note::session(Who::default());
    match private::read(path) {
        Ok(Found::Nothing) | Err(_) => None,
        Ok(Found::Bytes(bytes)) => {
            Some(serde_json::from_slice(&bytes).unwrap_or_else(|_| somebodys()))
        }
        Ok(Found::Foreign(_)) => Some(somebodys()),
    }
}
