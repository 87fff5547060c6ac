//! A session in a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Error, Lock, Operation, Store};
use crate::i18n::Phrase;
use crate::oauth::Who;
use crate::session::Session;
use crate::storage::Oddity;
use crate::storage::private::{self, Found};

/// What a session file's name ends in.
pub(super) const ENDING: &str = ".json";

/// As much as a session takes, in bytes: a full disk shows when this is tried.
const ROOM: usize = 16 * 1024;

/// A file of mode 0600 in a directory of mode 0700, replaced as a whole.
#[derive(Debug, Clone)]
pub struct OneFile {
    path: PathBuf,
}

impl OneFile {
    /// The file of `profile` at a provider's client, under the state directory.
    #[must_use]
    pub fn new(state_dir: &Path, profile: &str, issuer: &str, client_id: &str) -> Self {
        Self {
            path: super::path(state_dir, profile, issuer, client_id, ENDING),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether anything lies there.
    pub(super) fn is_there(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }

    fn set_aside(&self, oddity: Oddity) -> Error {
        match private::set_aside(&self.path) {
            Ok(path) => Error::SetAside { oddity, path },
            Err(_) => Error::Odd {
                oddity,
                path: self.path.clone(),
            },
        }
    }

    fn error(&self, operation: Operation, why: &io::Error) -> Error {
        Error::io(operation, &self.path, why)
    }
}

impl Store for OneFile {
    fn probe(&self) -> Result<(), Error> {
        private::try_out(&self.path, ROOM).map_err(|why| self.error(Operation::Store, &why))
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        match private::read(&self.path) {
            Ok(Found::Nothing) => Ok(None),
            Ok(Found::Bytes(bytes)) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|_| self.set_aside(Oddity::Nonsense)),
            Ok(Found::Foreign(why)) => Err(self.set_aside(why)),
            Err(why) => Err(self.error(Operation::Read, &why)),
        }
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        let bytes = serde_json::to_vec_pretty(session)
            .map(Zeroizing::new)
            .map_err(|why| self.error(Operation::Write, &why.into()))?;
        private::replace(&self.path, &bytes).map_err(|why| self.error(Operation::Store, &why))
    }

    fn delete(&self) -> Result<(), Error> {
        private::remove(&self.path).map_err(|why| self.error(Operation::Delete, &why))
    }

    fn place(&self) -> Phrase {
        Phrase::said(self.path.display())
    }

    fn lock(&self, patience: Duration) -> Result<Option<Lock>, Error> {
        match private::lock(&self.path.with_extension("lock"), patience) {
            Ok(file) => {
                private::sweep(&self.path);
                // The note of a session in the keyring is written under this lock too.
                private::sweep(&self.path.with_extension("keyring"));
                Ok(Some(Lock(Some(file))))
            }
            Err(why) if why.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(why) => Err(self.error(Operation::Lock, &why)),
        }
    }
}

/// Whose session a file holds; nobody's, as far as can be told, where it can't be read.
pub(super) fn whose(path: &Path) -> Who {
    #[derive(Deserialize)]
    struct Named {
        who: Who,
    }
    match private::read(path) {
        Ok(Found::Bytes(bytes)) => {
            serde_json::from_slice(&bytes).map_or_else(|_| Who::default(), |Named { who }| who)
        }
        Ok(Found::Nothing | Found::Foreign(_)) | Err(_) => Who::default(),
    }
}
