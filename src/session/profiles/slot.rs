//! A person's store with what hangs on it: the cache goes with the session.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Profile, forget_noted, unless_missing};
use crate::i18n::Phrase;
use crate::session::Session;
use crate::session::store::{Error, Lock, Operation, Store};
use crate::session::token_manager::is_same_person;

/// One profile's place.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) store: Arc<dyn Store>,
    pub(super) profile: Profile,
    /// Where it may be noted that this one used the TV last.
    pub(super) note: PathBuf,
    /// Where what can be fetched again is kept, if it may be kept at all.
    pub(super) cache: Option<PathBuf>,
}

impl Slot {
    fn has_cache(&self) -> bool {
        let cache = self.cache.as_ref();
        cache.is_some_and(|cache| fs::symlink_metadata(cache).is_ok())
    }

    fn is_of_same_person(&self, session: &Session) -> bool {
        matches!(self.store.load(), Ok(Some(old)) if is_same_person(&old, session))
    }

    fn clear_cache(&self) -> Result<(), Error> {
        let Some(cache) = &self.cache else {
            return Ok(());
        };
        unless_missing(fs::remove_dir_all(cache))
            .map_err(|why| Error::io(Operation::DeleteCache, cache, &why))
    }
}

impl Store for Slot {
    fn probe(&self) -> Result<(), Error> {
        self.store.probe()
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        self.store.load()
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        // Where there is no cache, nobody needs to be asked whose it is.
        if self.has_cache() && !self.is_of_same_person(session) {
            self.clear_cache()?;
        }
        self.store.save(session)
    }

    fn delete(&self) -> Result<(), Error> {
        // What can't be deleted keeps nothing else from going.
        let session = self.store.delete();
        if let Err(why) = forget_noted(&self.note, &self.profile) {
            tracing::debug!(%why, "a note of who used the TV last stays and means nobody");
        }
        Error::of_both(session, self.clear_cache())
    }

    fn place(&self) -> Phrase {
        self.store.place()
    }

    fn lock(&self, patience: Duration) -> Result<Option<Lock>, Error> {
        self.store.lock(patience)
    }
}
