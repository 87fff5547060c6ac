//! Several people on one TV: each has a profile of their own, with a session and a
//! cache that nobody else's screen sees.
//!
//! The *current* profile is that of whoever used the TV last. It is the one that a
//! terminal command means where none is named.

mod place;
mod slot;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::Who;
use super::pending;
use super::store::{self, Memory, Operation, Store, StoredProfile};
use crate::config::{Backend, Provider};
use crate::storage::private::{self, Found};

pub use place::SessionSlot;
use slot::Slot;

/// The name of a profile: part of a file's name, so it is held short and plain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile(String);

impl Profile {
    /// What the one that is kept in memory alone is called.
    const GUEST: &str = "guest";

    /// The one that a session leaves no trace of.
    #[must_use]
    pub fn guest() -> Self {
        Self(Self::GUEST.to_owned())
    }

    /// Whether it is kept in memory alone.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.0.eq_ignore_ascii_case(Self::GUEST)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name that follows from the person (OpenID Connect Core §5.7: issuer and
    /// subject together, and nothing else, tell people apart).
    fn derived(issuer: &str, subject: &str) -> Self {
        let hash = Sha256::digest(format!("{issuer}\n{subject}"));
        let digits = hash.iter().take(6).map(|byte| format!("{byte:02x}"));
        Self(format!("person-{}", digits.collect::<String>()))
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Profile {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if text.is_empty() || text.len() > 64 || text.starts_with('.') || !text.chars().all(allowed)
        {
            return Err(
                "write up to 64 letters, digits, hyphens, underscores and full stops, \
                        not beginning with a full stop",
            );
        }
        Ok(Self(text.to_owned()))
    }
}

/// Somebody whose session is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Where.
    pub profile: Profile,
    /// Who; nobody is named where the session can't be read.
    pub who: Who,
}

/// Who is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Whose sessions are kept, by the name that people know them by.
    pub kept: Vec<Person>,
    /// The profile of whoever used the TV last.
    pub current: Profile,
}

/// What the TV begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// The session of that profile, if there is one.
    Restore(Profile),
    /// The question who is there.
    Choose,
}

/// What the TV begins with; `named` is the profile that somebody asked for.
#[must_use]
pub fn first(named: Option<&Profile>, kept: &[Person], current: &Profile) -> First {
    match (named, kept) {
        (Some(named), _) => First::Restore(named.clone()),
        (None, []) => First::Restore(current.clone()),
        (None, [only]) => First::Restore(only.profile.clone()),
        (None, _) => First::Choose,
    }
}

/// The profile for somebody who signs in: their own if they have one, else
/// [`Profile::default`] if it is free, else one that follows from who they are.
/// Where the provider names no subject, people can't be told apart: they share one, and
/// never take the place of somebody who is known.
fn profile_of(issuer: &str, who: &Who, kept: &[Person]) -> Profile {
    let of = |profile: &Profile| kept.iter().find(|each| each.profile == *profile);
    let Some(subject) = who.subject.as_deref() else {
        let taken = of(&Profile::default()).is_some_and(|each| each.who.subject.is_some());
        return if taken {
            Profile::derived(issuer, "")
        } else {
            Profile::default()
        };
    };
    let own = kept
        .iter()
        .find(|person| person.who.subject.as_deref() == Some(subject));
    match own {
        Some(person) => person.profile.clone(),
        None if of(&Profile::default()).is_some() => Profile::derived(issuer, subject),
        None => Profile::default(),
    }
}

/// The profile that is noted as the current one, as long as it holds a session.
fn current(noted: Option<Profile>, kept: &[Person]) -> Profile {
    noted
        .filter(|noted| kept.iter().any(|person| person.profile == *noted))
        .unwrap_or_default()
}

/// The people at one provider's client. Clones share everything.
#[derive(Debug, Clone)]
pub struct Profiles(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    issuer: String,
    client_id: String,
    home: Home,
    known: Known,
}

/// What was found when somebody last looked. Who that is stands in no log.
#[derive(Default)]
struct Known(Mutex<People>);

impl fmt::Debug for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("people")
    }
}

#[derive(Debug)]
enum Home {
    Disk {
        backend: Backend,
        state_dir: PathBuf,
        cache_dir: Option<PathBuf>,
        /// A store remembers what it found out: where it chose to keep a session.
        stores: Mutex<BTreeMap<Profile, Arc<dyn Store>>>,
    },
    Memory(Mutex<InMemory>),
}

#[derive(Debug, Default)]
struct InMemory {
    stores: BTreeMap<Profile, Arc<Memory>>,
    current: Option<Profile>,
}

impl Profiles {
    /// Kept by `backend` and below these directories, which need not exist yet, and are
    /// closed to others where they do; a machine may have no place for a cache.
    #[must_use]
    pub fn on_disk(
        provider: &Provider,
        backend: Backend,
        state_dir: PathBuf,
        cache_dir: Option<PathBuf>,
    ) -> Self {
        for directory in std::iter::once(&state_dir).chain(&cache_dir) {
            // What lies in it is looked at by itself before it is used.
            if let Err(why) = private::check_base(directory) {
                let directory = directory.display();
                tracing::warn!(%directory, %why, "the directory isn't this user's alone");
            }
        }
        let home = Home::Disk {
            backend,
            state_dir,
            cache_dir,
            stores: Mutex::default(),
        };
        Self::new(provider, home)
    }

    /// Kept as long as the program runs.
    #[must_use]
    pub fn in_memory(provider: &Provider) -> Self {
        Self::new(provider, Home::Memory(Mutex::default()))
    }

    fn new(provider: &Provider, home: Home) -> Self {
        Self(Arc::new(Inner {
            issuer: provider.issuer.as_written().to_owned(),
            client_id: provider.client_id.clone(),
            home,
            known: Known::default(),
        }))
    }

    /// Whose sessions are kept, by the name that people know them by. What isn't
    /// ours to name is passed over.
    #[must_use]
    pub fn kept(&self) -> Vec<Person> {
        let mut people = match &self.0.home {
            Home::Disk { state_dir, .. } => {
                store::profiles(state_dir, &self.0.issuer, &self.0.client_id)
                    .into_iter()
                    .filter_map(|StoredProfile { profile, who }| {
                        let profile = profile.parse().ok()?;
                        Some(Person { profile, who })
                    })
                    .collect()
            }
            Home::Memory(memory) => in_memory(memory),
        };
        people.retain(|person| !person.profile.is_guest());
        people.sort_by_cached_key(|Person { profile, who }| {
            (who.label().to_lowercase(), profile.clone())
        });
        people
    }

    /// The profile of whoever used the TV last; [`Profile::default`] where that is
    /// nobody any more.
    #[must_use]
    pub fn current(&self) -> Profile {
        self.people().current
    }

    /// Who is kept, and who used the TV last. Blocks.
    #[must_use]
    pub fn people(&self) -> People {
        let kept = self.kept();
        let noted = match &self.0.home {
            Home::Disk { state_dir, .. } => noted(&self.note_in(state_dir)),
            Home::Memory(memory) => locked(memory).current.clone(),
        };
        let people = People {
            current: current(noted, &kept),
            kept,
        };
        locked(&self.0.known.0).clone_from(&people);
        people
    }

    /// The same as it was when somebody last looked: this doesn't block.
    #[must_use]
    pub fn known_people(&self) -> People {
        locked(&self.0.known.0).clone()
    }

    /// Whether to look takes no disk.
    #[must_use]
    pub fn are_in_memory(&self) -> bool {
        match &self.0.home {
            Home::Disk { .. } => false,
            Home::Memory(_) => true,
        }
    }

    /// Notes who uses the TV. A guest leaves no trace, so nothing is noted of them.
    ///
    /// # Errors
    /// In words: it can't be written down.
    pub fn make_current(&self, profile: &Profile) -> Result<(), store::Error> {
        if profile.is_guest() {
            return Ok(());
        }
        match &self.0.home {
            Home::Disk { state_dir, .. } => {
                let note = self.note_in(state_dir);
                let written = if *profile == Profile::default() {
                    unless_missing(fs::remove_file(&note))
                } else {
                    write_note(&note, profile)
                };
                written.map_err(|why| store::Error::io(Operation::NoteCurrent, &note, &why))
            }
            Home::Memory(memory) => {
                locked(memory).current = Some(profile.clone());
                Ok(())
            }
        }
    }

    /// Where the session of that profile is kept: a guest's in a place of its own
    /// each time, that is gone when nobody holds it.
    #[must_use]
    pub fn store(&self, profile: &Profile) -> Arc<dyn Store> {
        if profile.is_guest() {
            return Arc::new(Memory::default());
        }
        match &self.0.home {
            Home::Disk {
                backend,
                state_dir,
                stores,
                ..
            } => {
                let (issuer, client_id) = (&self.0.issuer, &self.0.client_id);
                let open = || -> Arc<dyn Store> {
                    let store =
                        store::open(*backend, state_dir, profile.as_str(), issuer, client_id);
                    Arc::new(Slot {
                        store,
                        profile: profile.clone(),
                        note: self.note_in(state_dir),
                        cache: self.cache(profile),
                    })
                };
                Arc::clone(locked(stores).entry(profile.clone()).or_insert_with(open))
            }
            Home::Memory(memory) => {
                let mut memory = locked(memory);
                let store = memory.stores.entry(profile.clone()).or_default();
                let store: Arc<dyn Store> = Arc::<Memory>::clone(store);
                store
            }
        }
    }

    /// The profile for somebody who signs in.
    #[must_use]
    pub fn profile_of(&self, who: &Who) -> Profile {
        profile_of(&self.0.issuer, who, &self.kept())
    }

    /// The same among these people.
    #[must_use]
    pub fn profile_among(&self, who: &Who, kept: &[Person]) -> Profile {
        profile_of(&self.0.issuer, who, kept)
    }

    /// Where what can be fetched again for that profile is kept, if it may be kept
    /// at all. It goes with the profile's session.
    #[must_use]
    pub fn cache(&self, profile: &Profile) -> Option<PathBuf> {
        let directory = match &self.0.home {
            Home::Disk { cache_dir, .. } if !profile.is_guest() => cache_dir.as_ref()?,
            Home::Disk { .. } | Home::Memory(_) => return None,
        };
        Some(directory.join(format!("{profile}-{}", self.mark())))
    }

    /// Where to look for sessions that others stored.
    #[must_use]
    pub fn places(&self) -> Vec<PathBuf> {
        match &self.0.home {
            Home::Disk { state_dir, .. } => vec![store::directory(state_dir)],
            Home::Memory(_) => Vec::new(),
        }
    }

    /// Where a code is kept that leads to a session of that profile, if one may be kept at
    /// all.
    #[must_use]
    pub fn pending(&self, profile: &Profile, provider: &Provider) -> Option<pending::CodeFile> {
        match &self.0.home {
            Home::Disk { state_dir, .. } if !profile.is_guest() => Some(pending::CodeFile::new(
                state_dir,
                profile.as_str(),
                provider,
            )),
            Home::Disk { .. } | Home::Memory(_) => None,
        }
    }

    fn mark(&self) -> String {
        store::provider_mark(&self.0.issuer, &self.0.client_id)
    }

    fn note_in(&self, state_dir: &Path) -> PathBuf {
        state_dir
            .join("sessions")
            .join(format!("{}.current", self.mark()))
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn in_memory(memory: &Mutex<InMemory>) -> Vec<Person> {
    let memory = locked(memory);
    let people = memory.stores.iter().filter_map(|(profile, store)| {
        let session = store.load().ok()??;
        Some(Person {
            profile: profile.clone(),
            who: session.who,
        })
    });
    people.collect()
}

/// The name in a note; anything else that stands there says nothing.
fn noted(note: &Path) -> Option<Profile> {
    let Ok(Found::Bytes(bytes)) = private::read(note) else {
        return None;
    };
    std::str::from_utf8(&bytes).ok()?.trim().parse().ok()
}

/// Readable by its owner alone, and whole or not there. Without a note nobody's
/// session is lost, so a power cut needn't leave one.
fn write_note(note: &Path, profile: &Profile) -> io::Result<()> {
    private::put(note, &[format!("{profile}\n").as_bytes()])
}

/// Forgets who used the TV last, if it was that profile.
fn forget_noted(note: &Path, profile: &Profile) -> io::Result<()> {
    if noted(note).as_ref() == Some(profile) {
        unless_missing(fs::remove_file(note))
    } else {
        Ok(())
    }
}

/// What shall not be there isn't.
fn unless_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests;
