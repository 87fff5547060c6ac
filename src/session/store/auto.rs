//! The keyring where one answers, else a file.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{Error, Keyring, Lock, OneFile, Store};
use crate::i18n::Phrase;
use crate::session::Session;

/// A session that goes to the keyring as long as that works, and stays in a file once it
/// is there: a file is always newer than what the keyring holds.
#[derive(Debug)]
pub struct Auto {
    file: OneFile,
    keyring: Keyring,
    chosen: Mutex<Option<StoreKind>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StoreKind {
    Keyring,
    File,
}

impl Auto {
    /// Chooses between these two, which are of the same profile.
    #[must_use]
    pub fn new(file: OneFile, keyring: Keyring) -> Self {
        Self {
            file,
            keyring,
            chosen: Mutex::new(None),
        }
    }

    fn choose(&self, place: StoreKind) {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }

    fn chosen(&self) -> Option<StoreKind> {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a session is, or goes; none is known where nothing was stored or tried yet.
    fn place_of_session(&self) -> Option<StoreKind> {
        if self.file.is_there() {
            return Some(StoreKind::File);
        }
        self.chosen()
            .or_else(|| self.keyring.holds_session().then_some(StoreKind::Keyring))
    }

    fn save_in_file(&self, session: &Session) -> Result<(), Error> {
        self.file.save(session)?;
        self.choose(StoreKind::File);
        if let Err(why) = self.keyring.supersede() {
            tracing::debug!(%why, "the file is newer than the keyring all the same");
        }
        Ok(())
    }
}

impl Store for Auto {
    fn probe(&self) -> Result<(), Error> {
        // The keyring's marker needs the directory as well.
        self.file.probe()?;
        if self.file.is_there() {
            self.choose(StoreKind::File);
            tracing::debug!("a session is in a file already; the next one goes there too");
            return Ok(());
        }
        match self.keyring.try_out() {
            Ok(()) => {
                self.choose(StoreKind::Keyring);
                tracing::debug!("the session goes to the keyring");
            }
            Err(trouble) => {
                self.choose(StoreKind::File);
                if trouble.is_absence() {
                    tracing::debug!(keyring = %trouble, "the session goes to a file");
                } else {
                    tracing::info!(keyring = %trouble, "the session goes to a file");
                }
            }
        }
        Ok(())
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        if let Some(session) = self.file.load()? {
            return Ok(Some(session));
        }
        match self.keyring.load()? {
            Some(session) => Ok(Some(session)),
            // Another tenfoot may just have turned from the keyring to the file.
            None => self.file.load(),
        }
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        if self.place_of_session() == Some(StoreKind::File) {
            return self.save_in_file(session);
        }
        let Err(why) = self.keyring.save(session) else {
            return Ok(());
        };
        tracing::warn!(%why, "the session goes to a file instead");
        self.save_in_file(session).map_err(|nor| Error::Both {
            first: Box::new(why),
            second: Box::new(nor),
        })
    }

    fn delete(&self) -> Result<(), Error> {
        Error::of_both(self.file.delete(), self.keyring.delete())
    }

    fn place(&self) -> Phrase {
        match self.place_of_session() {
            Some(StoreKind::File) => self.file.place(),
            Some(StoreKind::Keyring) => self.keyring.place(),
            None => Phrase::new("session-place-either")
                .with("first", self.keyring.place())
                .with("second", self.file.place()),
        }
    }

    fn lock(&self, patience: Duration) -> Result<Option<Lock>, Error> {
        self.file.lock(patience)
    }
}

#[cfg(test)]
#[path = "auto/tests.rs"]
mod tests;
