//! What a start can do before there is a window: that takes a while to open, and a stored
//! session with what its person saw the last time is read meanwhile.

use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use jiff::tz::TimeZone;
use tokio::task::JoinHandle;

use super::Boot;
use crate::channel::{Cache, Seen};
use crate::session::profiles::{self, First};
use crate::session::{Profile, Session, store};
use crate::setup::Setup;

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
            Ok(Some(session)) => last_seen(&setup, &profile, session).await,
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
    let cache = cache(setup, profile, session)?;
    setup.channels.caching(Some(cache)).seen(channel).await
}

/// Where the answers for that session are kept, if anywhere.
pub(super) fn cache(setup: &Setup, profile: &Profile, session: &Session) -> Option<Cache> {
    let directory = setup.profiles.cache(profile)?;
    Cache::open(&directory, &session.mark())
}

/// Whose session `setup` begins with, unless somebody has to choose or a code is waited for.
pub(super) fn first(setup: &Setup) -> First {
    let (kept, current) = (setup.profiles.kept(), setup.profiles.current());
    profiles::first(setup.named.as_ref(), &kept, &current)
}

/// A session that is read while the window opens.
pub(super) struct Ahead {
    profile: Profile,
    work: JoinHandle<Restored>,
}

impl Ahead {
    /// Begins to read, where `boot` begins with a stored session. To be called inside a tokio
    /// runtime.
    pub(super) fn begin(boot: &Boot) -> Option<Self> {
        let Boot::Ready(setup) = boot else {
            return None;
        };
        if setup.flow.has_code() {
            return None;
        }
        match first(setup) {
            First::Restore(profile) => Some(Self {
                work: tokio::spawn(restore(setup, &profile)),
                profile,
            }),
            First::Choose => None,
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
