//! The code on the screen, kept until its deadline: whoever is just typing it on their
//! phone isn't to begin again because the TV lost its power.
//!
//! The file is its owner's alone. It holds what polls carry, so it goes with the code.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::clock::Moment;
use crate::config::Provider;
use crate::oauth::client::Grant;
use crate::oauth::dpop;
use crate::oauth::flow::Prompt;
use crate::oauth::response::DeviceGrant;
use crate::secret::{self, Secret};
use crate::storage::private::{self, Found};

const ENDING: &str = ".pending";

/// Where a code is kept while it is out. Clones share what this program does there.
#[derive(Debug, Clone)]
pub struct CodeFile {
    path: PathBuf,
    asked: Asked,
    shared: Arc<Mutex<Shared>>,
}

/// This program's hold on the file.
#[derive(Debug, Default)]
struct Shared {
    /// Keeps other tenfoots out as long as an attempt runs.
    lock: Weak<File>,
    /// Counts what was begun or cancelled here: an older attempt that still ends its last
    /// request writes nothing any more.
    turn: u64,
}

/// What a code was asked for: another configuration's code isn't gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    issuer: String,
    client_id: String,
    scope: String,
    audience: Option<String>,
    resource: Option<String>,
    #[serde(default)]
    params: BTreeMap<String, String>,
}

/// Time as it is known now, in all the ways that a deadline may have to be told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Since the machine's start.
    pub moment: Moment,
    /// The wall clock, which may be wrong.
    pub wall: Timestamp,
    /// Which start of the machine this is; `None` where it doesn't say.
    pub boot: Option<String>,
}

/// A code that was out when the program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCode {
    /// The code.
    pub grant: Grant,
    /// What the person sees of it, with what is left of its time.
    pub prompt: Prompt,
}

/// The file is this attempt's, until another one begins here or it is cancelled.
#[derive(Debug)]
pub struct Claim {
    place: CodeFile,
    turn: u64,
    _lock: Arc<File>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    asked: Asked,
    #[serde(serialize_with = "secret::store")]
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    #[serde(default, serialize_with = "secret::store_option")]
    verifier: Option<Secret>,
    #[serde(default, serialize_with = "secret::store_option")]
    dpop_key: Option<Secret>,
    lifetime_s: u64,
    interval_s: u64,
    deadline: Deadline,
}

/// A deadline that can be told after the machine was off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Deadline {
    wall: Timestamp,
    /// Milliseconds since the machine's start, in the run that `boot` names.
    since_boot_ms: u64,
    boot: Option<String>,
    written_at: Timestamp,
}

impl CodeFile {
    /// The place of codes that lead to sessions of `profile`.
    #[must_use]
    pub fn new(state_dir: &Path, profile: &str, provider: &Provider) -> Self {
        let (issuer, client_id) = (provider.issuer.as_written(), &provider.client_id);
        Self {
            path: super::store::path(state_dir, profile, issuer, client_id, ENDING),
            asked: Asked {
                issuer: issuer.to_owned(),
                client_id: client_id.clone(),
                scope: provider.scope.clone(),
                audience: provider.audience.clone(),
                resource: provider.resource.clone(),
                params: provider.params.clone(),
            },
            shared: Arc::default(),
        }
    }

    /// Whether a code is kept that still lives, and no other tenfoot shows it. Blocks.
    #[must_use]
    pub fn has_code(&self, now: &Now) -> bool {
        // Mostly there is none; then nothing is locked, and no file made for that.
        if !matches!(private::read(&self.path), Ok(Found::Bytes(_))) {
            return false;
        }
        let lock = self.shared().lock.upgrade().map_or_else(
            || self.locked(Duration::ZERO).map(Arc::new),
            // It is on our own screen.
            |_| None,
        );
        lock.is_some() && self.load(now).is_some()
    }

    /// Takes the file for an attempt; `None` while another tenfoot has it, or where
    /// nothing can be kept. What an earlier attempt of this program still does counts no
    /// more. Blocks.
    #[must_use]
    pub fn claim(&self) -> Option<Claim> {
        let mut shared = self.shared();
        shared.turn += 1;
        let lock = match shared.lock.upgrade() {
            Some(lock) => lock,
            None => Arc::new(self.locked(Duration::ZERO)?),
        };
        shared.lock = Arc::downgrade(&lock);
        private::sweep(&self.path);
        Some(Claim {
            place: self.clone(),
            turn: shared.turn,
            _lock: lock,
        })
    }

    /// Forgets the code that is kept, unless another tenfoot shows it; what an attempt
    /// still does counts no more. Blocks.
    pub fn forget(&self) {
        let mut shared = self.shared();
        shared.turn += 1;
        let ours = shared.lock.upgrade();
        let lock = ours.or_else(|| self.locked(Duration::ZERO).map(Arc::new));
        if lock.is_some() {
            self.remove();
        }
    }

    fn load(&self, now: &Now) -> Option<StoredCode> {
        let Ok(Found::Bytes(bytes)) = private::read(&self.path) else {
            return None;
        };
        let stored: Stored = serde_json::from_slice(&bytes).ok()?;
        stored.kept(&self.asked, now)
    }

    fn remove(&self) {
        if let Err(why) = private::remove(&self.path) {
            tracing::warn!(file = %self.path.display(), %why, "the code can't be forgotten");
        }
    }

    fn locked(&self, patience: Duration) -> Option<File> {
        private::lock(&self.path.with_extension("pending.lock"), patience)
            .inspect_err(|why| tracing::debug!(%why, "no code is kept"))
            .ok()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Claim {
    /// The code that is kept, if it still lives.
    #[must_use]
    pub fn load(&self, now: &Now) -> Option<StoredCode> {
        self.place.load(now)
    }

    /// Keeps a code; `interval` is the one in force.
    pub fn save(&self, grant: &Grant, prompt: &Prompt, interval: Duration, now: &Now) {
        let shared = self.place.shared();
        if shared.turn != self.turn {
            return;
        }
        let stored = Stored::new(&self.place.asked, grant, prompt, interval, now);
        let kept = serde_json::to_vec(&stored)
            .map(Zeroizing::new)
            .map_err(std::io::Error::from)
            .and_then(|bytes| private::replace(&self.place.path, &bytes));
        // The code can be typed all the same.
        if let Err(why) = kept {
            tracing::warn!(file = %self.place.path.display(), %why, "the code won't outlive a power cut");
        }
    }

    /// Forgets the code: it is used up or over.
    pub fn forget(&self) {
        let shared = self.place.shared();
        if shared.turn == self.turn {
            self.place.remove();
        }
    }
}

impl Stored {
    fn new(asked: &Asked, grant: &Grant, prompt: &Prompt, interval: Duration, now: &Now) -> Self {
        let left = prompt.deadline.since(now.moment);
        let since_boot = prompt.deadline.since(Moment::from_boot(Duration::ZERO));
        Self {
            asked: asked.clone(),
            device_code: grant.device.device_code.clone(),
            user_code: prompt.user_code.clone(),
            verification_uri: prompt.verification_uri.clone(),
            verification_uri_complete: prompt.verification_uri_complete.clone(),
            verifier: grant.verifier.clone(),
            dpop_key: grant.key.as_ref().map(|key| key.stored().clone()),
            lifetime_s: prompt.lifetime.as_secs(),
            interval_s: interval.as_secs(),
            deadline: Deadline {
                wall: now.wall.checked_add(left).unwrap_or(Timestamp::MAX),
                since_boot_ms: u64::try_from(since_boot.as_millis()).unwrap_or(u64::MAX),
                boot: now.boot.clone(),
                written_at: now.wall,
            },
        }
    }

    fn kept(self, asked: &Asked, now: &Now) -> Option<StoredCode> {
        let left = self.deadline.left(now);
        if self.asked != *asked || left.is_zero() {
            return None;
        }
        let (lifetime, interval) = (
            Duration::from_secs(self.lifetime_s),
            Duration::from_secs(self.interval_s),
        );
        let device = DeviceGrant {
            device_code: self.device_code,
            user_code: self.user_code,
            verification_uri: self.verification_uri,
            verification_uri_complete: self.verification_uri_complete,
            lifetime,
            interval,
        };
        let prompt = Prompt {
            deadline: now.moment + left,
            ..device.prompt(now.moment)
        };
        let key = self.dpop_key.map(dpop::Key::from_stored).transpose().ok()?;
        Some(StoredCode {
            grant: Grant {
                device,
                verifier: self.verifier,
                key,
            },
            prompt,
        })
    }
}

impl Deadline {
    /// What is left at `now`. Within one run of the machine its own clock tells, which
    /// nobody can set; after that the wall clock does, as well as it can.
    fn left(&self, now: &Now) -> Duration {
        if self.boot.is_some() && self.boot == now.boot {
            return Moment::from_boot(Duration::from_millis(self.since_boot_ms)).since(now.moment);
        }
        // A clock from before the code was written down isn't set yet: the provider will
        // say when the code is over.
        let now = now.wall.max(self.written_at);
        Duration::try_from(self.wall.duration_since(now)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
