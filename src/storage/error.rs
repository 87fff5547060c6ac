//! Why something can't be stored, read or deleted.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::i18n::Phrase;

/// Why a store can't do its work. `Display` is a sentence for a person, with the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The system refuses something with a file or a directory.
    Io {
        /// What was to be done.
        operation: Operation,
        /// With what.
        path: PathBuf,
        /// What the system said.
        failure: Failure,
    },
    /// A session can't be turned into bytes.
    Unencodable(String),
    /// What was stored is no session of this user's. It was renamed, so that its owner can
    /// sign in again.
    SetAside {
        /// What is odd about it.
        oddity: Oddity,
        /// Its new name.
        path: PathBuf,
    },
    /// What was stored is no session of this user's, and can't be renamed.
    Odd {
        /// What is odd about it.
        oddity: Oddity,
        /// Where it is.
        path: PathBuf,
    },
    /// The keyring can't take a session in.
    KeyringNotStored(KeyringTrouble),
    /// The same, found out before anybody signs in: another store may be configured.
    KeyringUnusable(KeyringTrouble),
    /// A session is in the keyring and can't be read.
    KeyringNotRead {
        /// What its owner is called.
        name: String,
        /// Why.
        trouble: KeyringTrouble,
    },
    /// A session that isn't used any more is left in the keyring.
    KeyringNotDeleted {
        /// What its owner is called.
        name: String,
        /// Why.
        trouble: KeyringTrouble,
    },
    /// The keyring's entry is no session. It got another label, so that its owner can sign
    /// in again.
    KeyringSetAside {
        /// Its new label.
        label: String,
    },
    /// The keyring's entry is no session, and can't get another label.
    KeyringOdd(KeyringTrouble),
    /// Two things went wrong.
    Both {
        /// The first of them.
        first: Box<Error>,
        /// The second.
        second: Box<Error>,
    },
    /// The work ended before it was done: the program is being closed, or has a fault.
    Interrupted(String),
}

/// What was to be done with a file or a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Store a session.
    Store,
    /// Read a session.
    Read,
    /// Write a session down.
    Write,
    /// Delete a session.
    Delete,
    /// Keep other processes from changing a session.
    Lock,
    /// Note who uses the TV.
    NoteCurrent,
    /// Delete what was kept of an API's answers.
    DeleteCache,
    /// Note that a session is in the keyring.
    WriteMarker,
    /// Delete that note.
    DeleteMarker,
}

impl Operation {
    const fn message(self) -> &'static str {
        match self {
            Self::Store => "session-not-stored",
            Self::Read => "session-not-read",
            Self::Write => "session-not-written",
            Self::Delete => "session-not-deleted",
            Self::Lock => "session-not-locked",
            Self::NoteCurrent => "session-not-noted",
            Self::DeleteCache => "session-cache-stays",
            Self::WriteMarker => "session-keyring-no-note",
            Self::DeleteMarker => "session-keyring-note-stays",
        }
    }
}

/// What the system said: an [`io::Error`] that can be copied and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    kind: io::ErrorKind,
    words: String,
}

impl From<&io::Error> for Failure {
    fn from(error: &io::Error) -> Self {
        Self {
            kind: error.kind(),
            words: error.to_string(),
        }
    }
}

/// Why something that was found isn't used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// It makes no sense.
    Nonsense,
    /// It belongs to another user of this machine.
    Owner,
    /// It is a link to somewhere else.
    Link,
    /// It is neither a file nor a link.
    Kind,
    /// It is larger than anything that is written there.
    Size,
}

impl Oddity {
    /// To stand after what was found.
    pub(crate) const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Nonsense => "session-odd-nonsense",
            Self::Owner => "session-odd-owner",
            Self::Link => "session-odd-link",
            Self::Kind => "session-odd-kind",
            Self::Size => "session-odd-size",
        })
    }
}

/// Why a keyring is of no use just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringTrouble {
    /// None is running.
    Absent,
    /// It has no default collection.
    NoCollection,
    /// It is locked.
    Locked,
    /// It didn't answer in time. What was asked for may yet be done.
    NoAnswer,
    /// Anything else, in its own words.
    Failed(String),
}

/// To stand after "the keyring".
impl fmt::Display for KeyringTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl KeyringTrouble {
    /// Whether this machine has no keyring for its person, which is nothing unusual.
    pub(crate) fn is_absence(&self) -> bool {
        match self {
            Self::Absent | Self::NoCollection => true,
            Self::Locked | Self::NoAnswer | Self::Failed(_) => false,
        }
    }

    /// To stand after "the keyring".
    fn phrase(&self) -> Phrase {
        match self {
            Self::Absent => Phrase::new("session-keyring-absent"),
            Self::NoCollection => Phrase::new("session-keyring-no-collection"),
            Self::Locked => Phrase::new("session-keyring-locked"),
            Self::NoAnswer => Phrase::new("session-keyring-no-answer"),
            Self::Failed(why) => Phrase::new("session-keyring-failed").with("why", why),
        }
    }

    /// What a person can do, to stand before "and try again".
    fn remedy(&self) -> Phrase {
        Phrase::new(match self {
            Self::Absent => "session-remedy-absent",
            Self::NoCollection => "session-remedy-no-collection",
            Self::Locked => "session-remedy-locked",
            Self::NoAnswer => "session-remedy-no-answer",
            Self::Failed(_) => "session-remedy-failed",
        })
    }
}

impl Error {
    /// What the system refused with that file or directory.
    #[must_use]
    pub fn io(operation: Operation, path: &Path, failure: &io::Error) -> Self {
        Self::Io {
            operation,
            path: path.to_owned(),
            failure: failure.into(),
        }
    }

    /// What is wrong with either of two things that were done.
    ///
    /// # Errors
    /// What was wrong with one, or with both.
    pub fn of_both(first: Result<(), Self>, second: Result<(), Self>) -> Result<(), Self> {
        match (first, second) {
            (Ok(()), result) | (result, Ok(())) => result,
            (Err(first), Err(second)) => Err(Self::Both {
                first: Box::new(first),
                second: Box::new(second),
            }),
        }
    }

    /// Whether what was stored was laid aside, so that its owner signs in again.
    #[must_use]
    pub const fn is_set_aside(&self) -> bool {
        match self {
            Self::SetAside { .. } | Self::KeyringSetAside { .. } => true,
            Self::Io { .. }
            | Self::Unencodable(_)
            | Self::Odd { .. }
            | Self::KeyringNotStored(_)
            | Self::KeyringUnusable(_)
            | Self::KeyringNotRead { .. }
            | Self::KeyringNotDeleted { .. }
            | Self::KeyringOdd(_)
            | Self::Both { .. }
            | Self::Interrupted(_) => false,
        }
    }

    /// Whether the file system can only be read.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        match self {
            Self::Io { failure, .. } => failure.kind == io::ErrorKind::ReadOnlyFilesystem,
            Self::Both { first, second } => first.is_read_only() || second.is_read_only(),
            Self::Unencodable(_)
            | Self::SetAside { .. }
            | Self::Odd { .. }
            | Self::KeyringNotStored(_)
            | Self::KeyringUnusable(_)
            | Self::KeyringNotRead { .. }
            | Self::KeyringNotDeleted { .. }
            | Self::KeyringSetAside { .. }
            | Self::KeyringOdd(_)
            | Self::Interrupted(_) => false,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Io {
                operation,
                path,
                failure: Failure { kind, words },
            } => Phrase::new(operation.message())
                .with("path", path.display().to_string())
                .with("why", &io::Error::new(*kind, words.as_str())),
            Self::Unencodable(why) => Phrase::new("session-unwritten").with("why", why),
            Self::SetAside { oddity, path } => Phrase::new("session-set-aside")
                .with("path", path.display().to_string())
                .with("why", oddity.phrase()),
            Self::Odd { oddity, path } => Phrase::new("session-odd")
                .with("path", path.display().to_string())
                .with("why", oddity.phrase()),
            Self::KeyringNotStored(trouble) => keyring_not_stored(trouble),
            Self::KeyringUnusable(trouble) => {
                Phrase::new("session-keyring-or").with("why", keyring_not_stored(trouble))
            }
            Self::KeyringNotRead { name, trouble } => Phrase::new("session-keyring-holds")
                .with("name", name)
                .with("trouble", trouble.phrase())
                .with("remedy", trouble.remedy()),
            Self::KeyringNotDeleted { name, trouble } => Phrase::new("session-keyring-left")
                .with("name", name)
                .with("trouble", trouble.phrase()),
            Self::KeyringSetAside { label } => {
                Phrase::new("session-keyring-set-aside").with("label", label)
            }
            Self::KeyringOdd(trouble) => {
                Phrase::new("session-keyring-odd").with("trouble", trouble.phrase())
            }
            Self::Both { first, second } => Phrase::new("session-nor")
                .with("why", first.phrase())
                .with("nor", second.phrase()),
            Self::Interrupted(why) => Phrase::said(why),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for Error {}

fn keyring_not_stored(trouble: &KeyringTrouble) -> Phrase {
    Phrase::new("session-keyring-not-stored")
        .with("trouble", trouble.phrase())
        .with("remedy", trouble.remedy())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(kind: io::ErrorKind) -> Error {
        let path = Path::new("/var/lib/tenfoot/sessions/default.json");
        Error::io(Operation::Store, path, &kind.into())
    }

    #[test]
    fn a_read_only_file_system_is_known_by_what_the_system_said_and_not_by_words() {
        let read_only = stored(io::ErrorKind::ReadOnlyFilesystem);
        assert!(read_only.is_read_only());
        assert!(!stored(io::ErrorKind::StorageFull).is_read_only());
        let both = Error::Both {
            first: Box::new(Error::KeyringNotStored(KeyringTrouble::Locked)),
            second: Box::new(read_only),
        };
        assert!(both.is_read_only());
        // What a keyring says of itself proves nothing, whatever its words.
        let words = "it can only be read".to_owned();
        assert!(!Error::KeyringNotStored(KeyringTrouble::Failed(words)).is_read_only());
    }

    #[test]
    fn what_was_set_aside_is_told_from_what_lies_in_the_way() {
        let path = PathBuf::from("/var/lib/tenfoot/sessions/default.json");
        let oddity = Oddity::Link;
        let (one, other) = (path.clone(), path);
        assert!(Error::SetAside { oddity, path: one }.is_set_aside());
        assert!(
            !Error::Odd {
                oddity,
                path: other
            }
            .is_set_aside()
        );
        let label = "tenfoot: set aside (default)".to_owned();
        assert!(Error::KeyringSetAside { label }.is_set_aside());
    }

    #[test]
    fn the_sentence_names_the_place_and_the_reason() {
        assert_eq!(
            stored(io::ErrorKind::StorageFull).to_string(),
            "The session can’t be stored: there is no room left (/var/lib/tenfoot/sessions/default.json)."
        );
    }
}
