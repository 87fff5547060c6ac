//! What a start can do before there is a window: that takes a while to open, and a stored
//! session with what its person saw the last time is read meanwhile.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use jiff::tz::TimeZone;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Boot;
use crate::channel::{Cache, Seen};
use crate::disk::{self, Asked, MOMENT};
use crate::session::profiles::{self, First, People};
use crate::session::{Profile, Session, store};
use crate::setup::Setup;
use crate::work;

/// What a card takes no longer than that is asked for the first time since the machine began.
const COLD: Duration = Duration::from_millis(500);
/// How long what somebody saw the last time is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was stored for somebody.
#[derive(Debug, Clone)]
pub(super) struct Restored {
    pub(super) session: Result<Option<Session>, store::Error>,
    /// What they saw the last time, of the first channel.
    pub(super) seen: Option<Arc<Seen>>,
}

/// Reads what is stored for that profile.
pub(super) fn restore(setup: &Setup, profile: &Profile) -> BoxFuture<'static, Restored> {
    let (setup, profile) = (setup.clone(), profile.clone());
    let flow = setup.flow_of(&profile);
    Box::pin(async move {
        let session = flow.restore().await;
        let seen = match &session {
            // They go on without it where the disk that has it hangs.
            Ok(Some(session)) => timeout(PATIENCE, last_seen(&setup, &profile, session))
                .await
                .ok()
                .flatten(),
            Ok(None) | Err(_) => None,
        };
        Restored {
            session,
            seen: seen.map(Arc::new),
        }
    })
}

async fn last_seen(setup: &Setup, profile: &Profile, session: &Session) -> Option<Seen> {
    let channel = setup.config.channels.first()?;
    // The first picture says when the results came; to find the zone takes a while once.
    drop(tokio::task::spawn_blocking(TimeZone::system));
    let (directory, mark) = (setup.profiles.cache(profile)?, session.mark());
    let cache = work::aside(move || Cache::open(&directory, &mark)).await??;
    setup.channels.caching(Some(cache)).seen(channel).await
}

/// What a start goes on with.
#[derive(Debug, Clone)]
pub(super) enum Beginning {
    /// A code of an earlier run.
    Code,
    /// The session of that profile, if there is one.
    Restore(Profile),
    /// The question who is there.
    Choose,
}

/// The same for a screen that can wait.
pub(super) async fn beginning_later(setup: &Setup) -> Option<Beginning> {
    match beginning(setup, Duration::ZERO) {
        Asked::Now(beginning) => Some(beginning),
        Asked::Later(later) => later.await,
    }
}

/// What `setup` begins with.
pub(super) fn beginning(setup: &Setup, patience: Duration) -> Asked<Beginning> {
    let setup = setup.clone();
    look(setup.profiles.are_in_memory(), patience, move || {
        if setup.flow.has_code() {
            return Beginning::Code;
        }
        let people = setup.profiles.people();
        match profiles::first(setup.named.as_ref(), &people.kept, &people.current) {
            First::Restore(profile) => Beginning::Restore(profile),
            First::Choose => Beginning::Choose,
        }
    })
}

/// Who is kept: as far as that is known by now, and what comes later.
pub(super) fn people(setup: &Setup) -> (People, Option<BoxFuture<'static, Option<People>>>) {
    let profiles = setup.profiles.clone();
    match look(profiles.are_in_memory(), MOMENT, move || profiles.people()) {
        Asked::Now(people) => (people, None),
        Asked::Later(later) => (setup.profiles.known_people(), Some(later)),
    }
}

fn look<T: Send + 'static>(
    is_in_memory: bool,
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Asked<T> {
    if is_in_memory {
        Asked::Now(work())
    } else {
        disk::ask(patience, work)
    }
}

/// The cache for that session, unless the disk doesn't answer.
pub(super) fn cache_at_once(setup: &Setup, profile: &Profile, session: &Session) -> Option<Cache> {
    let directory = setup.profiles.cache(profile)?;
    let mark = session.mark();
    disk::ask(MOMENT, move || Cache::open(&directory, &mark))
        .now()
        .flatten()
}

/// A session that is read while the window opens.
pub(super) struct Preload {
    profile: Profile,
    work: JoinHandle<Restored>,
}

impl Preload {
    /// Begins to read, where `boot` begins with a stored session. To be called inside a tokio
    /// runtime.
    pub(super) fn begin(boot: &Boot) -> Option<Self> {
        let Boot::Ready(setup) = boot else {
            return None;
        };
        match beginning(setup, COLD) {
            Asked::Now(Beginning::Restore(profile)) => Some(Self {
                work: tokio::spawn(restore(setup, &profile)),
                profile,
            }),
            Asked::Now(Beginning::Code | Beginning::Choose) | Asked::Later(_) => None,
        }
    }

    /// What was read, and for whom, if that is done.
    pub(super) fn done(&mut self) -> Option<(Profile, Restored)> {
        let restored = (&mut self.work).now_or_never()?.ok()?;
        Some((self.profile.clone(), restored))
    }

    #[cfg(test)]
    pub(super) async fn finish(&mut self) {
        while !self.work.is_finished() {
            tokio::task::yield_now().await;
        }
    }

    /// What will have been read for `profile`.
    pub(super) fn result(self, setup: &Setup, profile: &Profile) -> BoxFuture<'static, Restored> {
        let anew = restore(setup, profile);
        if *profile != self.profile {
            return anew;
        }
        Box::pin(async move {
            match self.work.await {
                Ok(restored) => restored,
                Err(_) => anew.await,
            }
        })
    }
}
