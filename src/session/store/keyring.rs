//! A session in the person's keyring, with a marker in the state directory.

use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

use url::Url;
use zeroize::Zeroizing;

use super::file::OneFile;
use super::marker::{Held, Marker, Note};
use super::secret_service::SecretService;
use super::{Error, Lock, Operation, Store};
use crate::i18n::Phrase;
use crate::oauth::Who;
use crate::session::Session;

pub(super) use crate::storage::KeyringTrouble as Trouble;

/// What keeps one secret behind a lock of the person's own. No function waits for
/// longer than a few seconds, or asks a person for anything.
pub(super) trait Vault: Send + Sync + fmt::Debug {
    /// Proves that a secret could be written.
    fn try_out(&self) -> Result<(), Trouble>;

    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble>;

    /// Replaces the secret; `label` is what a person sees.
    fn write(&self, label: &str, secret: &[u8]) -> Result<(), Trouble>;

    /// None being there is fine.
    fn remove(&self) -> Result<(), Trouble>;

    /// Gives the secret another label, under which tenfoot doesn't look for it.
    fn set_aside(&self, label: &str) -> Result<(), Trouble>;
}

/// All that tenfoot ever put into a person's keyring. The same limits hold as for a vault.
pub(super) trait Entries: Send + Sync + fmt::Debug {
    fn read_all(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, Trouble>;

    /// None being there is fine.
    fn remove_all(&self) -> Result<(), Trouble>;
}

/// The keyring of the person that tenfoot runs for.
#[derive(Debug)]
pub struct Keyring {
    vault: Box<dyn Vault>,
    marker: Marker,
    /// Where the session's file would be: its directory is the marker's, its lock
    /// this store's too.
    beside: OneFile,
    profile: String,
}

impl Keyring {
    /// The entry of `profile` at a provider's client; its marker lies under the state
    /// directory.
    #[must_use]
    pub fn new(state_dir: &Path, profile: &str, issuer: &str, client_id: &str) -> Self {
        let vault = SecretService::new(profile, issuer, client_id);
        Self::with_vault(Box::new(vault), state_dir, profile, issuer, client_id)
    }

    pub(super) fn with_vault(
        vault: Box<dyn Vault>,
        state_dir: &Path,
        profile: &str,
        issuer: &str,
        client_id: &str,
    ) -> Self {
        Self {
            vault,
            marker: Marker::new(state_dir, profile, issuer, client_id),
            beside: OneFile::new(state_dir, profile, issuer, client_id),
            profile: profile.to_owned(),
        }
    }

    /// Whether the session is in there, as far as is known here.
    pub(super) fn holds_session(&self) -> bool {
        // One that can't be read may say so.
        self.note_of_session().map_or(true, |note| note.is_some())
    }

    /// What is in there is not the session any more.
    ///
    /// # Errors
    /// That can't be written down.
    pub(super) fn supersede(&self) -> io::Result<()> {
        match self.note_of_session()? {
            Some(note) => self.marker.write(&Note::leftover(note.who)),
            None => Ok(()),
        }
    }

    /// Whether the keyring itself could keep a session.
    ///
    /// # Errors
    /// Why it could not.
    pub(super) fn try_out(&self) -> Result<(), Trouble> {
        self.vault.try_out()
    }

    fn note_of_session(&self) -> io::Result<Option<Note>> {
        let note = self.marker.read()?;
        Ok(note.filter(|note| note.held == Held::Session))
    }

    /// What the marker says; the most that it may say where it can't be read.
    fn note_or_more(&self) -> Option<Note> {
        let note = self.marker.read();
        note.unwrap_or_else(|_| Some(Note::somebodys()))
    }

    fn note(&self, note: &Note) -> Result<(), Error> {
        self.marker
            .write(note)
            .map_err(|why| self.beside(Operation::WriteMarker, &why))
    }

    fn beside(&self, operation: Operation, why: &io::Error) -> Error {
        Error::io(operation, self.beside.path(), why)
    }

    /// After a write that failed: what the keyring holds now, as far as is known.
    fn note_of_failure(&self, before: Option<Note>, trouble: &Trouble, who: &Who) {
        let noted = match (before, trouble) {
            (Some(before), _) => self.marker.write(&before),
            (None, Trouble::NoAnswer) => self.marker.write(&Note::leftover(who.clone())),
            (None, _) => self.marker.remove(),
        };
        if let Err(why) = noted {
            tracing::warn!(%why, "the note of what the keyring holds can't be put right");
        }
    }

    fn set_aside(&self) -> Error {
        let label = format!("tenfoot: set aside ({})", self.profile);
        match self.vault.set_aside(&label) {
            Ok(()) => {
                let _ = self.marker.remove();
                Error::KeyringSetAside { label }
            }
            Err(trouble) => Error::KeyringOdd(trouble),
        }
    }
}

impl Store for Keyring {
    fn probe(&self) -> Result<(), Error> {
        self.beside.probe()?;
        self.try_out().map_err(Error::KeyringUnusable)
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        let noted = self.note_of_session();
        let noted = noted.map_err(|why| Error::io(Operation::Read, self.marker.path(), &why))?;
        let Some(note) = noted else {
            return Ok(None);
        };
        match self.vault.read() {
            Ok(Some(bytes)) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|_| self.set_aside()),
            Ok(None) => Ok(None),
            Err(trouble) => Err(Error::KeyringNotRead {
                name: note.who.label().to_owned(),
                trouble,
            }),
        }
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        let secret = serde_json::to_vec(session)
            .map(Zeroizing::new)
            .map_err(|why| Error::Unencodable(why.to_string()))?;
        let before = self.note_or_more();
        // First the note: an entry that nobody knows of would never be removed.
        self.note(&Note::session(session.who.clone()).of(&session.issuer))?;
        self.vault
            .write(&label(session), &secret)
            .map_err(|trouble| {
                self.note_of_failure(before, &trouble, &session.who);
                Error::KeyringNotStored(trouble)
            })
    }

    fn delete(&self) -> Result<(), Error> {
        let Some(note) = self.note_or_more() else {
            return Ok(());
        };
        match self.vault.remove() {
            Ok(()) => self
                .marker
                .remove()
                .map_err(|why| self.beside(Operation::DeleteMarker, &why)),
            Err(trouble) => {
                let _ = self.marker.write(&Note::leftover(note.who.clone()));
                Err(Error::KeyringNotDeleted {
                    name: note.who.label().to_owned(),
                    trouble,
                })
            }
        }
    }

    fn place(&self) -> Phrase {
        Phrase::new("session-place-keyring")
    }

    fn lock(&self, patience: Duration) -> Result<Option<Lock>, Error> {
        self.beside.lock(patience)
    }
}

/// What a person sees in a list of what the keyring holds.
fn label(session: &Session) -> String {
    let host = Url::parse(&session.issuer)
        .ok()
        .and_then(|issuer| issuer.host_str().map(str::to_owned))
        .unwrap_or_else(|| session.issuer.clone());
    format!("tenfoot: {} at {host}", session.who.label())
}
