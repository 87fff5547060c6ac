//! The one owner of a running session: hands out access tokens, refreshes them
//! single-flight, and signs out.

mod ending;
mod outcome;
mod renewal;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::Mutex;

use super::Session;
use super::store::{self, Lock, Store};
use crate::clock::{Moment, SharedClock};
use crate::i18n::Phrase;
use crate::oauth;
use crate::oauth::token::Tokens;
use crate::secret::Secret;
use crate::work::carry_out;
pub use outcome::{NotRenewed, SessionEnd};

/// Why there is no access token. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The session is over: back to the start.
    #[error("{0}")]
    Over(SessionEnd),
    /// The session couldn't be renewed right now; it is kept.
    #[error("{0}")]
    NotRenewed(NotRenewed),
    /// A renewed session can't be stored; it is kept in memory and stored as soon
    /// as that works.
    #[error("{0}")]
    NotStored(store::Error),
}

impl Error {
    /// The sentence.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Over(why) => why.phrase(),
            Self::NotRenewed(why) => why.phrase(),
            Self::NotStored(why) => why.phrase(),
        }
    }
}

/// What came of a sign-out. Deleting is tried whatever the provider said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOut {
    /// Whether the provider said that the tokens are revoked.
    pub revoked: bool,
    /// Whether nothing of the session is left on this machine.
    pub deleted: bool,
    /// What a person should know, where something didn't work.
    pub problem: Option<Phrase>,
}

/// A running session. Clones share it.
#[derive(Debug, Clone)]
pub struct TokenManager(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Arc<oauth::Client>,
    store: Arc<dyn Store>,
    clock: SharedClock,
    /// Held through a whole refresh: that is what makes it single-flight.
    state: Mutex<State>,
    /// The session as it may be used, for readers that don't wait.
    current: RwLock<Session>,
    /// Set while the session in use could not be stored.
    unstored: AtomicBool,
    /// Set by a sign-out: a refresh that is on its way throws away what it gets.
    leaving: AtomicBool,
}

#[derive(Debug)]
enum State {
    /// The session is stored as it is used, and was renewed then.
    Stored { renewed_at: Option<Moment> },
    /// The last refresh came to nothing: not again before then, and why.
    CoolingDown { until: Moment, why: NotRenewed },
    /// A rotated session waits to be stored, and isn't used before it is.
    Unsaved(Box<Unsaved>),
    /// The session is over.
    Over(SessionEnd),
}

/// A session that could not be stored, and the answer that it came with.
#[derive(Debug)]
struct Unsaved {
    session: Session,
    tokens: Tokens,
}

/// What became of the wait for other tenfoots on this machine.
#[derive(Debug)]
#[must_use = "the others wait only while this is held"]
enum RenewalLock {
    /// It is ours, as long as this is held.
    Ours(#[expect(dead_code, reason = "dropping it is what lets the others go on")] Lock),
    /// Nobody can be kept waiting here.
    Nobodys,
    /// Another one holds on.
    Theirs,
}

/// Which access token isn't good enough.
#[derive(Debug, Clone)]
enum Unfit {
    /// One that is about to end.
    Ending,
    /// This one: an API answered 401.
    Rejected(Secret),
}

impl TokenManager {
    /// Takes a stored session into use.
    #[must_use]
    pub fn new(
        client: Arc<oauth::Client>,
        store: Arc<dyn Store>,
        clock: SharedClock,
        session: Session,
    ) -> Self {
        Self(Arc::new(Inner {
            client,
            store,
            clock,
            state: Mutex::new(State::Stored { renewed_at: None }),
            current: RwLock::new(session),
            unstored: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
        }))
    }

    /// An access token that isn't about to end; renewed first where it is.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn access_token(&self) -> Result<Secret, Error> {
        self.fit(Unfit::Ending).await
    }

    /// Another access token than `rejected`, which an API answered with 401.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn renewed(&self, rejected: &Secret) -> Result<Secret, Error> {
        self.fit(Unfit::Rejected(rejected.clone())).await
    }

    /// The session as it stands.
    #[must_use]
    pub fn session(&self) -> Session {
        self.0.session()
    }

    /// How far this machine's clock is ahead of the provider's, as far as is known.
    #[must_use]
    pub fn clock_ahead(&self) -> SignedDuration {
        self.0.client.ahead().unwrap_or_default()
    }

    /// Revokes at the provider (RFC 7009), then deletes locally whatever it said.
    pub async fn sign_out(&self) -> SignedOut {
        let inner = Arc::clone(&self.0);
        finish(async move { inner.sign_out().await })
            .await
            .unwrap_or_else(|why| SignedOut {
                revoked: false,
                deleted: false,
                problem: Some(why.phrase()),
            })
    }

    /// In a task of its own: a screen that is left must not lose a rotated token.
    async fn fit(&self, unfit: Unfit) -> Result<Secret, Error> {
        let inner = Arc::clone(&self.0);
        finish(async move { inner.fit(unfit).await }).await?
    }
}

async fn finish<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Error> {
    carry_out(work)
        .await
        .map_err(|_| Error::NotRenewed(NotRenewed::Closing))
}

/// What lies in the store, as another tenfoot on this machine may have left it.
enum Stored {
    /// The session in use.
    AsUsed,
    /// The same person's, renewed meanwhile.
    Renewed(Box<Session>),
    /// Another person's.
    SomebodyElses,
    /// Nothing: it was ended elsewhere.
    SignedOut,
}

impl Inner {
    fn session(&self) -> Session {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn use_session(&self, session: Session) -> Secret {
        let token = session.access_token.clone();
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = session;
        token
    }

    /// Two tenfoots on one machine must not spend the same refresh token: a provider
    /// takes that for theft and ends the session of both.
    async fn lock(&self, patience: Duration) -> RenewalLock {
        let store = Arc::clone(&self.store);
        match tokio::task::spawn_blocking(move || store.lock(patience)).await {
            Ok(Ok(Some(lock))) => RenewalLock::Ours(lock),
            Ok(Ok(None)) => RenewalLock::Theirs,
            Ok(Err(why)) => {
                tracing::debug!(%why, "going on without a lock");
                RenewalLock::Nobodys
            }
            Err(_) => RenewalLock::Nobodys,
        }
    }

    async fn stored(&self) -> Stored {
        let store = Arc::clone(&self.store);
        let stored = tokio::task::spawn_blocking(move || store.load()).await;
        let current = self.session();
        match stored {
            Ok(Ok(Some(stored))) if stored == current => Stored::AsUsed,
            // Ours is the newer one.
            Ok(Ok(Some(stored)))
                if is_same_person(&stored, &current) && self.unstored.load(Ordering::SeqCst) =>
            {
                Stored::AsUsed
            }
            Ok(Ok(Some(stored))) if is_same_person(&stored, &current) => {
                Stored::Renewed(Box::new(stored))
            }
            Ok(Ok(Some(_))) => Stored::SomebodyElses,
            Ok(Ok(None)) => Stored::SignedOut,
            // What can't be read proves nothing.
            Ok(Err(_)) | Err(_) => Stored::AsUsed,
        }
    }

    async fn save(&self, session: &Session) -> Result<(), Error> {
        let (store, session) = (Arc::clone(&self.store), session.clone());
        tokio::task::spawn_blocking(move || store.save(&session))
            .await
            .map_err(|why| Error::NotStored(store::Error::Interrupted(why.to_string())))?
            .map_err(Error::NotStored)?;
        self.unstored.store(false, Ordering::SeqCst);
        Ok(())
    }

    /// Deletes the stored session, unless it is somebody else's.
    async fn forget_ours(&self) {
        if let Stored::AsUsed | Stored::Renewed(_) = self.stored().await {
            let _ = self.forget().await;
        }
    }

    /// Deletes the stored session.
    ///
    /// # Errors
    /// In words: what is left of it.
    async fn forget(&self) -> Result<(), Phrase> {
        let store = Arc::clone(&self.store);
        tokio::task::spawn_blocking(move || store.delete())
            .await
            .map_err(Phrase::said)?
            .map_err(|why| why.phrase())
    }
}

pub(super) fn is_same_person(one: &Session, other: &Session) -> bool {
    // The same sign-in is the same person, also where one of the two doesn't know yet who
    // that is.
    if one.signed_in_at == other.signed_in_at {
        return match (&one.who.subject, &other.who.subject) {
            (Some(one), Some(other)) => one == other,
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
    }
    match (&one.who.subject, &other.who.subject) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) => false,
        // Nobody's name is known: the same sign-in is the same person.
        (None, None) => one.signed_in_at == other.signed_in_at,
    }
}

fn end(state: &mut State, why: SessionEnd) -> Error {
    *state = State::Over(why.clone());
    Error::Over(why)
}
