//! Where sessions are kept, behind one small trait.
//!
//! A session is in one place at a time: the keyring (Secret Service), a file, or this
//! program's memory. What lies in the state directory says which, so that a keyring
//! that is locked, absent or hanging is asked only for what it holds.

mod auto;
mod file;
mod inventory;
mod keyring;
mod marker;
mod memory;
mod secret_service;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::{Session, Who};
use crate::config::Backend;
use crate::i18n::Phrase;

pub use crate::storage::{Error, Operation};
pub use auto::Auto;
pub use file::OneFile;
pub use inventory::{Contents, Inventory, Unused};
pub use keyring::Keyring;
pub use memory::Memory;

/// A place for one session: one profile at one provider's client.
///
/// Its functions block, each for a few seconds at most ([`Store::lock`] as long as it is
/// told to).
pub trait Store: Send + Sync + fmt::Debug {
    /// Proves that a session could be saved here, before someone signs in for
    /// nothing.
    ///
    /// # Errors
    /// Why it could not.
    fn probe(&self) -> Result<(), Error>;

    /// The stored session, if there is one.
    ///
    /// # Errors
    /// Why it can't be read; what can't be understood is set aside, not deleted.
    fn load(&self) -> Result<Option<Session>, Error>;

    /// Replaces the stored session. On return it survives a power cut.
    ///
    /// # Errors
    /// Why it was not stored; the old one is then still there.
    fn save(&self, session: &Session) -> Result<(), Error>;

    /// Forgets the stored session; none being there is fine.
    ///
    /// # Errors
    /// Why it could not be deleted.
    fn delete(&self) -> Result<(), Error>;

    /// Where it is, for a person, to stand after "stored in": a path, "memory". This
    /// asks no keyring.
    fn place(&self) -> Phrase;

    /// Whether a session that is saved here is there at the next start.
    fn outlives_program(&self) -> bool {
        true
    }

    /// Waits until no other tenfoot on this machine changes this session, and keeps
    /// the others waiting for as long as the answer is held.
    ///
    /// `None` where one of them holds on for longer than `patience`.
    ///
    /// # Errors
    /// Why the others can't be kept waiting.
    fn lock(&self, patience: Duration) -> Result<Option<Lock>, Error> {
        let _ = patience;
        Ok(Some(Lock(None)))
    }
}

/// Held while a session is changed that another tenfoot on this machine may use.
#[derive(Debug)]
#[must_use = "the others wait only while this is held"]
pub struct Lock(#[expect(dead_code, reason = "closing the file is what unlocks it")] Option<File>);

/// The store of `profile` at a provider's client, as the configuration wants it.
/// Nothing is read, written or asked yet; memory needs no `state_dir`.
#[must_use]
pub fn open(
    backend: Backend,
    state_dir: &Path,
    profile: &str,
    issuer: &str,
    client_id: &str,
) -> Arc<dyn Store> {
    let file = || OneFile::new(state_dir, profile, issuer, client_id);
    let keyring = || Keyring::new(state_dir, profile, issuer, client_id);
    match backend {
        Backend::Auto => Arc::new(Auto::new(file(), keyring())),
        Backend::SecretService => Arc::new(keyring()),
        Backend::File => Arc::new(file()),
        Backend::Memory => Arc::new(Memory::default()),
    }
}

/// A profile with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProfile {
    /// The profile's name.
    pub profile: String,
    /// Whose session it is; nobody is known where the file can't be understood.
    pub who: Who,
}

/// The profiles that have a session with this provider's client, by name. This asks
/// no keyring.
#[must_use]
pub fn profiles(state_dir: &Path, issuer: &str, client_id: &str) -> Vec<StoredProfile> {
    let directory = state_dir.join(DIRECTORY);
    let mark = provider_mark(issuer, client_id);
    let mut kept = BTreeMap::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let name = entry.file_name();
        let ends_in = |ending: &str| {
            let name = name.to_str()?.strip_suffix(ending)?;
            name.strip_suffix(&format!("-{mark}")).map(str::to_owned)
        };
        if let Some(profile) = ends_in(file::ENDING) {
            let _ = kept.insert(profile, file::whose(&entry.path()));
        } else if let Some(profile) = ends_in(marker::ENDING)
            && let Some(who) = marker::whose(&entry.path())
        {
            // A session file is newer than what its keyring holds.
            let _ = kept.entry(profile).or_insert(who);
        }
    }
    kept.into_iter()
        .map(|(profile, who)| StoredProfile { profile, who })
        .collect()
}

/// Under the state directory.
const DIRECTORY: &str = "sessions";

/// Where sessions are stored, or noted where a keyring holds them.
#[must_use]
pub fn directory(state_dir: &Path) -> std::path::PathBuf {
    state_dir.join(DIRECTORY)
}

/// A profile's file at a provider's client; `ending` says what it is.
pub(super) fn path(
    state_dir: &Path,
    profile: &str,
    issuer: &str,
    client_id: &str,
    ending: &str,
) -> std::path::PathBuf {
    let mark = provider_mark(issuer, client_id);
    state_dir
        .join(DIRECTORY)
        .join(format!("{profile}-{mark}{ending}"))
}

/// Eight digits that keep the sessions of different providers apart.
pub(crate) fn provider_mark(issuer: &str, client_id: &str) -> String {
    let hash = Sha256::digest(format!("{issuer}\n{client_id}"));
    hash.iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
