//! Everything that is stored for this user, whatever issuer, client, profile and backend it
//! was stored with: what earlier configurations left lies here too.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::keyring::{Entries, Trouble};
use super::secret_service::AllItems;
use super::{DIRECTORY, Error, Operation, file, marker, provider_mark};
use crate::config::{Backend, Provider};
use crate::oauth::Who;
use crate::session::Session;
use crate::storage::private::{self, Found};

/// How long another process that changes a session is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);

/// The places where sessions, and what belongs to them, are stored.
#[derive(Debug)]
pub struct Inventory {
    state_dir: PathBuf,
    cache_dir: Option<PathBuf>,
    keyring: Box<dyn Entries>,
}

/// A session that is stored, and that the configuration has no use for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Whose it is; nobody is known where it can't be read.
    pub who: Who,
    /// The issuer that it is of, where that is known.
    pub issuer: Option<String>,
    /// What says so.
    pub path: PathBuf,
}

/// What is stored.
#[derive(Debug, Default)]
pub struct Contents {
    /// Every session that can be read, each once.
    pub sessions: Vec<Session>,
    /// What should hold one and can't be understood.
    pub unreadable: Vec<PathBuf>,
    /// Whether there is anything else that tells of somebody.
    pub traces: bool,
    /// Why the keyring's sessions aren't among them, where it may have some.
    pub keyring: Option<Error>,
}

/// A file that is named after a profile at a provider's client.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name<'a> {
    profile: &'a str,
    mark: &'a str,
    /// With all that follows it.
    ending: &'a str,
}

impl<'a> Name<'a> {
    /// `{profile}-{mark}{ending}`; the mark is eight digits.
    fn parse(name: &'a str) -> Option<Self> {
        name.rmatch_indices('-').find_map(|(at, _)| {
            let (profile, rest) = (&name[..at], &name[at + 1..]);
            let (mark, ending) = rest.split_at_checked(8)?;
            let is_mark = mark.bytes().all(|byte| byte.is_ascii_hexdigit());
            let whole = ending.is_empty() || ending.starts_with('.');
            (is_mark && whole && !profile.is_empty()).then_some(Self {
                profile,
                mark,
                ending,
            })
        })
    }

    fn is_session(&self) -> bool {
        self.ending == file::ENDING
    }

    /// A session that was set aside, as `private::set_aside` names it.
    fn is_set_aside(&self) -> bool {
        let rest = self.ending.strip_prefix(file::ENDING);
        rest.is_some_and(|rest| rest.starts_with(".unreadable"))
    }

    fn is_marker(&self) -> bool {
        self.ending == marker::ENDING
    }

    fn is_lock(&self) -> bool {
        self.ending.ends_with(".lock")
    }
}

/// Whether tenfoot gives files such a name where sessions are stored.
fn is_ours(name: &str) -> bool {
    let is_current = |name: &str| {
        let mark = name.strip_suffix(".current");
        mark.is_some_and(|mark| mark.len() == 8 && mark.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    Name::parse(name).is_some_and(|name| !name.ending.is_empty())
        || is_current(name)
        || private::is_unfinished(name)
}

impl Inventory {
    /// What is stored below these directories, which need not exist, and in the keyring of
    /// this user.
    #[must_use]
    pub fn new(state_dir: PathBuf, cache_dir: Option<PathBuf>) -> Self {
        Self::with_keyring(state_dir, cache_dir, Box::new(AllItems))
    }

    pub(super) fn with_keyring(
        state_dir: PathBuf,
        cache_dir: Option<PathBuf>,
        keyring: Box<dyn Entries>,
    ) -> Self {
        Self {
            state_dir,
            cache_dir,
            keyring,
        }
    }

    /// The sessions that a configuration with that provider and backend has no use for. This
    /// asks no keyring. Blocks.
    #[must_use]
    pub fn unused(&self, provider: &Provider, backend: Backend) -> Vec<Unused> {
        let used = provider_mark(provider.issuer.as_written(), &provider.client_id);
        let is_used = |name: &Name<'_>| {
            name.mark == used
                && match backend {
                    Backend::Auto => true,
                    Backend::SecretService => name.is_marker(),
                    Backend::File => name.is_session(),
                    Backend::Memory => false,
                }
        };
        // A session's file is newer than what its marker says.
        let mut found: BTreeMap<String, Unused> = BTreeMap::new();
        for (text, path) in self.files() {
            let Some(name) = Name::parse(&text).filter(|name| !is_used(name)) else {
                continue;
            };
            let stem = format!("{}-{}", name.profile, name.mark);
            if name.is_session() {
                let session = session_at(&path);
                let (who, issuer) = session.map_or_else(
                    || (Who::default(), None),
                    |session| (session.who, Some(session.issuer)),
                );
                let _ = found.insert(stem, Unused { who, issuer, path });
            } else if name.is_marker()
                && let Some(note) = marker::of_session(&path)
            {
                let (who, issuer) = (note.who, note.issuer);
                let _ = found.entry(stem).or_insert(Unused { who, issuer, path });
            }
        }
        found.into_values().collect()
    }

    /// All that is stored, for somebody who wants it gone. The keyring is asked where a
    /// marker says that it was used, or where `may_use_keyring`. Blocks.
    #[must_use]
    pub fn contents(&self, may_use_keyring: bool) -> Contents {
        let mut contents = Contents::default();
        for (text, path) in self.files() {
            match Name::parse(&text) {
                Some(name) if name.is_session() || name.is_set_aside() => match session_at(&path) {
                    Some(session) => contents.add(session),
                    None => contents.unreadable.push(path),
                },
                Some(name) if name.is_lock() => {}
                Some(_) => contents.traces = true,
                None => {
                    contents.traces |= is_ours(&text);
                    if private::is_unfinished(&text)
                        && let Some(session) = session_at(&path)
                    {
                        contents.add(session);
                    }
                }
            }
        }
        contents.traces |= !self.caches().is_empty();
        let markers = self.markers();
        if may_use_keyring || !markers.is_empty() {
            match self.keyring.read_all() {
                Ok(entries) => {
                    for entry in entries {
                        contents.traces = true;
                        if let Ok(session) = serde_json::from_slice(&entry) {
                            contents.add(session);
                        }
                    }
                }
                Err(trouble) => contents.keyring = keyring_error(&markers, trouble),
            }
        }
        contents
    }

    /// Deletes all of it, whether or not it can be read, but for `kept`: sessions that are
    /// somebody's to delete who failed already. What can't be deleted keeps nothing else
    /// from going. Blocks.
    ///
    /// # Errors
    /// What is left, and why.
    pub fn delete(&self, may_use_keyring: bool, kept: &[PathBuf]) -> Result<(), Vec<Error>> {
        let mut errors = Vec::new();
        // Nobody else renews a session while it goes.
        let locks: Vec<(PathBuf, Option<File>)> = self.locks();
        let markers = self.markers();
        let keyring = if may_use_keyring || !markers.is_empty() {
            self.keyring.remove_all()
        } else {
            Ok(())
        };
        let keyring_failed = keyring.is_err();
        if let Err(trouble) = keyring {
            for (path, note) in &markers {
                let leftover = marker::Note::leftover(note.who.clone());
                // It stays, so that the entry is found when the keyring works.
                let _ = marker::write(path, &leftover);
            }
            errors.extend(keyring_error(&markers, trouble));
        }
        for (text, path) in self.files() {
            let name = Name::parse(&text);
            let stays = kept.contains(&path)
                || name.as_ref().is_some_and(Name::is_lock)
                || keyring_failed && name.as_ref().is_some_and(Name::is_marker)
                || !is_ours(&text);
            if !stays && let Err(why) = private::remove_all(&path) {
                errors.push(Error::io(Operation::Delete, &path, &why));
            }
        }
        for (path, lock) in locks {
            if let Err(why) = private::remove_all(&path) {
                errors.push(Error::io(Operation::Delete, &path, &why));
            }
            drop(lock);
        }
        // What lies there can't be seen, or isn't this user's.
        if let Err(why) = self.look() {
            errors.push(Error::io(Operation::Delete, &self.sessions(), &why));
        }
        if let Some(cache_dir) = &self.cache_dir
            && let Err(why) = entries(cache_dir)
        {
            errors.push(Error::io(Operation::DeleteCache, cache_dir, &why));
        }
        for cache in self.caches() {
            if let Err(why) = private::remove_all(&cache) {
                errors.push(Error::io(Operation::DeleteCache, &cache, &why));
            }
        }
        // It stays where something is left in it.
        let _ = fs::remove_dir(self.sessions());
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// The file that the session of that profile is in, where it is in one.
    #[must_use]
    pub fn session_file(&self, provider: &Provider, profile: &str) -> PathBuf {
        let (issuer, client_id) = (provider.issuer.as_written(), &provider.client_id);
        super::path(&self.state_dir, profile, issuer, client_id, file::ENDING)
    }

    fn sessions(&self) -> PathBuf {
        self.state_dir.join(DIRECTORY)
    }

    /// What lies where sessions are stored, by name.
    fn files(&self) -> Vec<(String, PathBuf)> {
        self.look().unwrap_or_default()
    }

    fn look(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let sessions = self.sessions();
        match private::check_directory(&sessions) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(why) => Err(why),
            Ok(()) => entries(&sessions),
        }
    }

    fn markers(&self) -> Vec<(PathBuf, marker::Note)> {
        let is_marker = |text: &str| Name::parse(text).is_some_and(|name| name.is_marker());
        let markers = self.files().into_iter().filter(|(text, _)| is_marker(text));
        markers
            .filter_map(|(_, path)| {
                let note = marker::any(&path)?;
                Some((path, note))
            })
            .collect()
    }

    /// A lock for each profile, held where no other process holds on to it.
    fn locks(&self) -> Vec<(PathBuf, Option<File>)> {
        let mut paths = Vec::new();
        for (text, path) in self.files() {
            let Some(name) = Name::parse(&text) else {
                continue;
            };
            let stem = format!("{}-{}.lock", name.profile, name.mark);
            paths.push(path.with_file_name(stem));
            if name.is_lock() {
                paths.push(path);
            }
        }
        paths.sort();
        paths.dedup();
        let lock = |path: PathBuf| {
            let lock = private::lock(&path, LOCK_PATIENCE).ok();
            (path, lock)
        };
        paths.into_iter().map(lock).collect()
    }

    /// The directories of what APIs answered, one for each profile at a provider's client.
    fn caches(&self) -> Vec<PathBuf> {
        let entries = self
            .cache_dir
            .as_deref()
            .and_then(|cache| entries(cache).ok());
        let entries = entries.unwrap_or_default();
        let is_ours = |text: &str| Name::parse(text).is_some_and(|name| name.ending.is_empty());
        let caches = entries.into_iter().filter(|(text, _)| is_ours(text));
        caches.map(|(_, path)| path).collect()
    }
}

impl Contents {
    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sessions.is_empty()
            && self.unreadable.is_empty()
            && self.keyring.is_none()
            && !self.traces
    }

    fn add(&mut self, session: Session) {
        let is_same = |known: &Session| {
            (&known.issuer, &known.client_id) == (&session.issuer, &session.client_id)
                && known.refresh_token == session.refresh_token
                && known.access_token == session.access_token
        };
        if !self.sessions.iter().any(is_same) {
            self.sessions.push(session);
        }
    }
}

/// What lies in a directory, by name; nothing where there is none.
fn entries(directory: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(directory) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?.flatten(),
    };
    let mut named: Vec<_> = entries
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
        .collect();
    named.sort();
    Ok(named)
}

fn session_at(path: &Path) -> Option<Session> {
    match private::read(path) {
        Ok(Found::Bytes(bytes)) => serde_json::from_slice(&bytes).ok(),
        Ok(Found::Nothing | Found::Foreign(_)) | Err(_) => None,
    }
}

/// What a keyring's trouble means where these markers tell of sessions in it.
fn keyring_error(markers: &[(PathBuf, marker::Note)], trouble: Trouble) -> Option<Error> {
    let name = markers.first().map(|(_, note)| note.who.label().to_owned());
    let name = match (name, &trouble) {
        (Some(name), _) => name,
        // There are entries: they are what is locked.
        (None, Trouble::Locked) => Who::default().label().to_owned(),
        (None, Trouble::Absent | Trouble::NoCollection | Trouble::NoAnswer) => return None,
        (None, Trouble::Failed(why)) => {
            tracing::debug!(%why, "the keyring can't be searched");
            return None;
        }
    };
    Some(Error::KeyringNotDeleted { name, trouble })
}

#[cfg(test)]
#[path = "inventory/tests.rs"]
mod tests;
