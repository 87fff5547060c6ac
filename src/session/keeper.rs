//! The one owner of a running session: hands out access tokens, refreshes them
//! single-flight, and signs out.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;

use super::Session;
use super::store::{Lock, Store};
use crate::clock::{Moment, SharedClock};
use crate::oauth::answer::Refresh;
use crate::oauth::client::{Unverified, expiry};
use crate::oauth::token::Tokens;
use crate::oauth::{self, refresh};
use crate::secret::Secret;

/// Before the same old token is tried once more, when an answer was lost.
const AFTER_A_LOST_ANSWER: Duration = Duration::from_secs(1);
/// After a refresh that came to nothing, the next is tried at the earliest then.
const COOL_DOWN: Duration = Duration::from_secs(30);

/// Why there is no access token. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The session is over and deleted: back to the start.
    #[error("{0}")]
    Over(String),
    /// The provider can't be reached; the session is kept.
    #[error("{0}")]
    Unreachable(String),
    /// A renewed session can't be stored; it is kept in memory and stored as soon
    /// as that works.
    #[error("{0}")]
    NotStored(String),
}

/// What came of a sign-out. The session is deleted here in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOut {
    /// Whether the provider said that the tokens are revoked.
    pub revoked: bool,
    /// What a person should know, where something didn't work.
    pub problem: Option<String>,
}

/// A running session. Clones share it.
#[derive(Debug, Clone)]
pub struct Keeper(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Arc<oauth::Client>,
    store: Arc<dyn Store>,
    clock: SharedClock,
    /// Held through a whole refresh: that is what makes it single-flight.
    state: Mutex<State>,
    /// The session as it may be used, for readers that don't wait.
    current: RwLock<Session>,
}

#[derive(Debug)]
enum State {
    /// The session is stored as it is used.
    Stored,
    /// The last refresh came to nothing: not again before then, and why.
    CoolingDown { until: Moment, why: String },
    /// A rotated session waits to be stored, and isn't used before it is.
    Unsaved(Box<Session>),
    /// The session is over: why, in words.
    Over(String),
}

/// Which access token isn't good enough.
#[derive(Debug, Clone)]
enum Unfit {
    /// One that is about to end.
    Ending,
    /// This one: an API answered 401.
    Rejected(Secret),
}

impl Keeper {
    /// Takes a stored session into use.
    #[must_use]
    pub fn new(
        client: Arc<oauth::Client>,
        store: Arc<dyn Store>,
        clock: SharedClock,
        session: Session,
    ) -> Self {
        let (state, current) = (Mutex::new(State::Stored), RwLock::new(session));
        Self(Arc::new(Inner {
            client,
            store,
            clock,
            state,
            current,
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

    /// Revokes at the provider (RFC 7009), then deletes locally whatever it said.
    pub async fn sign_out(&self) -> SignedOut {
        let inner = Arc::clone(&self.0);
        finish(async move { inner.sign_out().await })
            .await
            .unwrap_or_else(|why| SignedOut {
                revoked: false,
                problem: Some(why.to_string()),
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
    tokio::spawn(work)
        .await
        .map_err(|_| Error::Unreachable("tenfoot is being closed.".to_owned()))
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

    async fn fit(&self, unfit: Unfit) -> Result<Secret, Error> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Over(why) => return Err(Error::Over(why.clone())),
            State::Unsaved(session) => {
                let session = (**session).clone();
                self.save(&session).await?;
                *state = State::Stored;
                let _ = self.use_session(session);
            }
            State::Stored | State::CoolingDown { .. } => {}
        }
        let mut session = self.session();
        if self.is_fit(&session, &unfit) {
            return Ok(session.access_token);
        }
        if let State::CoolingDown { until, why } = &*state
            && self.clock.now() < *until
        {
            return self.make_do(&session, &unfit, why);
        }
        let _lock = self.lock().await;
        match self.stored().await {
            Stored::Renewed(stored) => {
                *state = State::Stored;
                session = *stored;
                let token = self.use_session(session.clone());
                if self.is_fit(&session, &unfit) {
                    return Ok(token);
                }
            }
            Stored::SignedOut => {
                return Err(end(
                    &mut state,
                    "The session was ended elsewhere. Please sign in again.",
                ));
            }
            Stored::AsUsed => {}
        }
        let Some(refresh_token) = session.refresh_token.clone() else {
            if self.is_over(&session, &unfit) {
                let _ = self.forget().await;
                return Err(end(
                    &mut state,
                    "The session has ended. Please sign in again.",
                ));
            }
            return Ok(session.access_token);
        };
        match self.refresh(&refresh_token).await {
            Refresh::Tokens(tokens) => self.take(&mut state, session, tokens).await,
            Refresh::Dead(why) => {
                let _ = self.forget().await;
                Err(end(&mut state, &why))
            }
            Refresh::Nothing(why) | Refresh::Refused(why) => {
                tracing::debug!(%why, "the session could not be renewed");
                let answer = self.make_do(&session, &unfit, &why);
                *state = State::CoolingDown {
                    until: self.clock.now() + COOL_DOWN,
                    why,
                };
                answer
            }
        }
    }

    fn is_fit(&self, session: &Session, unfit: &Unfit) -> bool {
        match unfit {
            Unfit::Ending => {
                !refresh::is_due(session.obtained_at, session.expires_at, self.clock.wall())
            }
            Unfit::Rejected(rejected) => session.access_token != *rejected,
        }
    }

    fn is_over(&self, session: &Session, unfit: &Unfit) -> bool {
        match unfit {
            Unfit::Ending => refresh::is_over(session.expires_at, self.clock.wall()),
            Unfit::Rejected(_) => true,
        }
    }

    /// A token that only nears its end is still good.
    fn make_do(&self, session: &Session, unfit: &Unfit, why: &str) -> Result<Secret, Error> {
        if self.is_over(session, unfit) {
            Err(Error::Unreachable(format!(
                "The session can't be renewed just now: {why}"
            )))
        } else {
            Ok(session.access_token.clone())
        }
    }

    /// Two tenfoots on one machine must not spend the same refresh token: a provider
    /// takes that for theft and ends the session of both.
    async fn lock(&self) -> Option<Lock> {
        let store = Arc::clone(&self.store);
        match tokio::task::spawn_blocking(move || store.lock()).await {
            Ok(Ok(lock)) => Some(lock),
            Ok(Err(why)) => {
                tracing::debug!(%why, "going on without a lock");
                None
            }
            Err(_) => None,
        }
    }

    /// What another tenfoot on this machine has made of the stored session. Its
    /// refresh token is the living one, even where its access token has ended too.
    async fn stored(&self) -> Stored {
        let store = Arc::clone(&self.store);
        let stored = tokio::task::spawn_blocking(move || store.load()).await;
        match stored {
            Ok(Ok(Some(stored))) if stored != self.session() => Stored::Renewed(Box::new(stored)),
            Ok(Ok(None)) => Stored::SignedOut,
            Ok(Ok(Some(_)) | Err(_)) | Err(_) => Stored::AsUsed,
        }
    }

    /// A lost answer may have rotated the token already; providers with an overlap
    /// window accept the immediately previous one, so it is tried once more.
    async fn refresh(&self, refresh_token: &Secret) -> Refresh {
        match self.client.refresh(refresh_token).await {
            Refresh::Nothing(_) => {
                self.clock
                    .sleep_until(self.clock.now() + AFTER_A_LOST_ANSWER)
                    .await;
                self.client.refresh(refresh_token).await
            }
            answer @ (Refresh::Tokens(_) | Refresh::Dead(_) | Refresh::Refused(_)) => answer,
        }
    }

    /// A rotated refresh token is stored before the new access token is used.
    async fn take(&self, state: &mut State, old: Session, tokens: Tokens) -> Result<Secret, Error> {
        let rotated = tokens.refresh_token.is_some() && tokens.refresh_token != old.refresh_token;
        let renewed = renewed(&old, &tokens, self.clock.wall());
        if let Err(why) = self.save(&renewed).await {
            if rotated {
                *state = State::Unsaved(Box::new(renewed));
                return Err(why);
            }
            tracing::warn!(%why, "the renewed session is used without being stored");
        }
        *state = State::Stored;
        if let Some(why) = self.somebody_else(&old, &tokens).await {
            self.client.discard(&tokens).await;
            let _ = self.forget().await;
            return Err(end(state, &why));
        }
        Ok(self.use_session(renewed))
    }

    /// OpenID Connect Core §12.2: the subject stays the same. Keys that can't be
    /// had just now don't end a session.
    async fn somebody_else(&self, old: &Session, tokens: &Tokens) -> Option<String> {
        let _ = tokens.id_token.as_ref()?;
        match self.client.who(tokens).await {
            Ok(who) if old.who.subject.is_some() && who.subject != old.who.subject => Some(
                "The provider renewed the session for somebody else. Please sign in again."
                    .to_owned(),
            ),
            Err(Unverified::Untrusted(why)) => Some(why),
            Ok(_) | Err(Unverified::Unreachable(_)) => None,
        }
    }

    async fn save(&self, session: &Session) -> Result<(), Error> {
        let (store, session) = (Arc::clone(&self.store), session.clone());
        tokio::task::spawn_blocking(move || store.save(&session))
            .await
            .map_err(|why| Error::NotStored(why.to_string()))?
            .map_err(|why| Error::NotStored(why.to_string()))
    }

    async fn forget(&self) -> Option<String> {
        let store = Arc::clone(&self.store);
        let deleted = tokio::task::spawn_blocking(move || store.delete()).await;
        match deleted {
            Ok(Ok(())) => None,
            Ok(Err(why)) => Some(why.to_string()),
            Err(why) => Some(why.to_string()),
        }
    }

    async fn sign_out(&self) -> SignedOut {
        let mut state = self.state.lock().await;
        if let State::Over(_) = &*state {
            return SignedOut {
                revoked: true,
                problem: None,
            };
        }
        let _lock = self.lock().await;
        let session = match (&*state, self.stored().await) {
            (State::Unsaved(session), _) => (**session).clone(),
            (_, Stored::Renewed(stored)) => *stored,
            (_, Stored::SignedOut | Stored::AsUsed) => self.session(),
        };
        let revocation = match &session.refresh_token {
            Some(refresh_token) => {
                let first = self.client.revoke(refresh_token, "refresh_token").await;
                if first.is_ok() {
                    // Where it is supported; many providers can't take these back.
                    let _ = self
                        .client
                        .revoke(&session.access_token, "access_token")
                        .await;
                }
                first
            }
            None => {
                self.client
                    .revoke(&session.access_token, "access_token")
                    .await
            }
        };
        let undeleted = self.forget().await;
        let _ = end(&mut state, "You are signed out.");
        SignedOut {
            revoked: revocation.is_ok(),
            problem: undeleted.or_else(|| revocation.err()),
        }
    }
}

enum Stored {
    Renewed(Box<Session>),
    SignedOut,
    AsUsed,
}

fn end(state: &mut State, why: &str) -> Error {
    *state = State::Over(why.to_owned());
    Error::Over(why.to_owned())
}

/// The session after a refresh: what the answer leaves out stays (RFC 6749 §6).
fn renewed(old: &Session, tokens: &Tokens, now: jiff::Timestamp) -> Session {
    Session {
        access_token: tokens.access_token.clone(),
        obtained_at: now,
        expires_at: expiry(tokens, now),
        refresh_token: tokens
            .refresh_token
            .clone()
            .or_else(|| old.refresh_token.clone()),
        scope: tokens.scope.clone().unwrap_or_else(|| old.scope.clone()),
        ..old.clone()
    }
}
