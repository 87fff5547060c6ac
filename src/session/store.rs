//! Where sessions are kept, behind one small trait.

use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{Session, Who};
use crate::config::Backend;

/// Why a store can't do its work: a sentence for a person, with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub String);

/// A place for one session: one profile at one provider's client.
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

    /// Where it is, for a person: a path, or "in memory".
    fn place(&self) -> String;

    /// Waits until no other tenfoot on this machine changes this session, and keeps
    /// the others waiting for as long as the answer is held.
    ///
    /// # Errors
    /// Why the others can't be kept waiting: one of them holds on for longer than
    /// `patience`, for instance.
    fn lock(&self, patience: Duration) -> Result<Lock, Error> {
        let _ = patience;
        Ok(Lock(None))
    }
}

/// Held while a session is changed that another tenfoot on this machine may use.
#[derive(Debug)]
#[must_use = "the others wait only while this is held"]
pub struct Lock(#[expect(dead_code, reason = "closing the file is what unlocks it")] Option<File>);

/// A session that ends with the program.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Option<Session>>);

impl Store for Memory {
    fn probe(&self) -> Result<(), Error> {
        Ok(())
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        Ok(())
    }

    fn delete(&self) -> Result<(), Error> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    fn place(&self) -> String {
        "in memory".to_owned()
    }
}

/// A file of mode 0600 in a directory of mode 0700, replaced as a whole.
#[derive(Debug, Clone)]
pub struct OneFile {
    path: PathBuf,
}

impl OneFile {
    /// The file of `profile` at a provider's client, under the state directory.
    #[must_use]
    pub fn new(state_dir: &Path, profile: &str, issuer: &str, client_id: &str) -> Self {
        let name = format!("{profile}-{}.json", provider_mark(issuer, client_id));
        Self {
            path: state_dir.join("sessions").join(name),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn directory(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// Makes the directory, readable by its owner alone.
    fn make_directory(&self) -> io::Result<()> {
        let directory = self.directory();
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)?;
        if fs::metadata(directory)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        self.make_directory()?;
        // A fresh file of mode 0600 beside the old one; the rename puts it in its
        // place whole, and the directory's fsync makes that last.
        let mut file = tempfile::Builder::new()
            .prefix(".new-")
            .tempfile_in(self.directory())?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let _ = file.persist(&self.path).map_err(|failed| failed.error)?;
        File::open(self.directory())?.sync_all()
    }

    fn set_aside(&self, why: &str) -> Error {
        let aside = self.path.with_extension("json.unreadable");
        match fs::rename(&self.path, &aside) {
            Ok(()) => Error(format!(
                "The stored session {why}. It was set aside as {}.",
                aside.display()
            )),
            Err(_) => Error(format!("The stored session {} {why}.", self.path.display())),
        }
    }

    fn error(&self, doing: &str, why: &io::Error) -> Error {
        Error(format!(
            "The session can't be {doing} {}: {why}.",
            self.path.display()
        ))
    }
}

impl Store for OneFile {
    fn probe(&self) -> Result<(), Error> {
        let try_it = || {
            self.make_directory()?;
            let mut file = tempfile::Builder::new()
                .prefix(".probe-")
                .tempfile_in(self.directory())?;
            // As much as a session takes: a full disk shows here.
            file.write_all(&[b' '; 16 * 1024])?;
            file.as_file().sync_all()
        };
        try_it().map_err(|why| self.error("stored in", &why))
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(self.error("read from", &why)),
        };
        let metadata = fs::metadata(&self.path).map_err(|why| self.error("read from", &why))?;
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Err(self.set_aside("belongs to another user of this machine"));
        }
        if metadata.permissions().mode() & 0o077 != 0 {
            let private = fs::Permissions::from_mode(0o600);
            fs::set_permissions(&self.path, private)
                .map_err(|why| self.error("protected in", &why))?;
            tracing::warn!(file = %self.path.display(), "the session file was open to others; it is 0600 again");
        }
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| self.set_aside("can't be understood"))
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        let bytes = serde_json::to_vec_pretty(session)
            .map(zeroize::Zeroizing::new)
            .map_err(|why| self.error("written to", &why.into()))?;
        self.replace(&bytes)
            .map_err(|why| self.error("stored in", &why))
    }

    fn delete(&self) -> Result<(), Error> {
        match fs::remove_file(&self.path) {
            Ok(()) => {
                let _ = File::open(self.directory()).and_then(|directory| directory.sync_all());
                Ok(())
            }
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(why) => Err(self.error("deleted from", &why)),
        }
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn lock(&self, patience: Duration) -> Result<Lock, Error> {
        const BETWEEN_TRIES: Duration = Duration::from_millis(50);
        let try_it = || {
            self.make_directory()?;
            let file = OpenOptions::new()
                .create(true)
                .append(true)
                .mode(0o600)
                .open(self.path.with_extension("lock"))?;
            let mut waited = Duration::ZERO;
            loop {
                match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                    Ok(()) => return Ok(Lock(Some(file))),
                    Err(Errno::WOULDBLOCK) if waited < patience => {
                        std::thread::sleep(BETWEEN_TRIES);
                        waited += BETWEEN_TRIES;
                    }
                    Err(why) => return Err(io::Error::from(why)),
                }
            }
        };
        try_it().map_err(|why| self.error("locked in", &why))
    }
}

/// Where the session of `profile` at a provider's client is kept.
#[must_use]
pub fn open(
    backend: Backend,
    state_dir: &Path,
    profile: &str,
    issuer: &str,
    client_id: &str,
) -> Arc<dyn Store> {
    match backend {
        Backend::Auto | Backend::File => {
            Arc::new(OneFile::new(state_dir, profile, issuer, client_id))
        }
        Backend::Memory => Arc::new(Memory::default()),
    }
}

/// A profile that holds a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub profile: String,
    /// Whose session it is; nobody is named where that can't be read.
    pub who: Who,
}

/// The profiles that hold a session at this provider's client, by name.
#[must_use]
pub fn profiles(state_dir: &Path, issuer: &str, client_id: &str) -> Vec<Kept> {
    let ending = format!("-{}.json", provider_mark(issuer, client_id));
    let Ok(entries) = fs::read_dir(state_dir.join("sessions")) else {
        return Vec::new();
    };
    let mut profiles: Vec<Kept> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let profile = path.file_name()?.to_str()?.strip_suffix(&ending)?;
            // A pipe would be waited for.
            fs::metadata(&path).ok()?.is_file().then(|| Kept {
                profile: profile.to_owned(),
                who: whose(&path),
            })
        })
        .collect();
    profiles.sort_by(|one, other| one.profile.cmp(&other.profile));
    profiles
}

/// Who the session in a file belongs to.
fn whose(path: &Path) -> Who {
    #[derive(Deserialize)]
    struct Whose {
        who: Who,
    }
    let bytes = fs::read(path).map(zeroize::Zeroizing::new);
    bytes
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .map_or_else(Who::default, |Whose { who }| who)
}

/// Eight digits that keep the sessions of different providers apart.
pub(super) fn provider_mark(issuer: &str, client_id: &str) -> String {
    let hash = Sha256::digest(format!("{issuer}\n{client_id}"));
    hash.iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
