//! When and how a session's tokens are renewed (RFC 6749 §6).

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Error, Inner, State, Stored, Unfit, end};
use crate::oauth::answer::Refresh;
use crate::oauth::client::{Unverified, expiry};
use crate::oauth::dpop;
use crate::oauth::refresh;
use crate::oauth::token::Tokens;
use crate::secret::Secret;
use crate::session::Session;

/// Before the same old token is tried once more, when an answer was lost.
const AFTER_A_LOST_ANSWER: Duration = Duration::from_secs(1);
/// After a refresh, the next is tried at the earliest then: providers limit them.
const COOL_DOWN: Duration = Duration::from_secs(30);
/// How long another tenfoot that renews the same session is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(30);

impl Inner {
    pub(super) async fn fit(&self, unfit: Unfit) -> Result<Secret, Error> {
        let mut state = self.state.lock().await;
        if let State::Over(why) = &*state {
            return Err(Error::Over(why.clone()));
        }
        self.store_what_waits(&mut state).await?;
        let session = self.session();
        if self.is_fit(&session, &unfit) {
            return Ok(session.access_token);
        }
        match &*state {
            State::CoolingDown { until, why } if self.clock.now() < *until => {
                return self.make_do(&session, &unfit, why);
            }
            // An API that refuses a token this new refuses it for another reason.
            State::Stored {
                renewed_at: Some(then),
            } if self.clock.now().since(*then) < COOL_DOWN
                && matches!(unfit, Unfit::Rejected(_))
                && !refresh::is_over(session.expires_at, self.clock.wall()) =>
            {
                return Ok(session.access_token);
            }
            State::Stored { .. }
            | State::CoolingDown { .. }
            | State::Unsaved(_)
            | State::Over(_) => {}
        }
        let _lock = self.lock(LOCK_PATIENCE).await;
        let session = match self.stored().await {
            Stored::AsUsed => session,
            Stored::Renewed(stored) => {
                *state = State::Stored { renewed_at: None };
                let token = self.use_session((*stored).clone());
                if self.is_fit(&stored, &unfit) {
                    return Ok(token);
                }
                *stored
            }
            Stored::SomebodyElses => {
                return Err(end(&mut state, "Somebody else has signed in on this TV."));
            }
            Stored::SignedOut => {
                let why = "The session was ended elsewhere. Please sign in again.";
                return Err(end(&mut state, why));
            }
        };
        self.renew(&mut state, session, &unfit).await
    }

    async fn renew(
        &self,
        state: &mut State,
        session: Session,
        unfit: &Unfit,
    ) -> Result<Secret, Error> {
        let Some(refresh_token) = session.refresh_token.clone() else {
            return self.without_refresh_token(state, session, unfit).await;
        };
        let key = match session.key() {
            Ok(key) => key,
            Err(why) => {
                let _ = self.forget().await;
                return Err(end(state, &format!("{why} Please sign in again.")));
            }
        };
        let answer = self.refresh(&refresh_token, key.as_ref()).await;
        let (pause, why) = match answer {
            Refresh::Tokens(tokens) => {
                return self.take(state, &session, key.as_ref(), tokens).await;
            }
            Refresh::Dead(why) => {
                let _ = self.forget().await;
                return Err(end(state, &why));
            }
            Refresh::Busy(pause) => (pause, "The provider gets too many requests.".to_owned()),
            Refresh::Nothing(why) | Refresh::Refused(why) => (None, why),
        };
        tracing::debug!(%why, "the session could not be renewed");
        let answer = self.make_do(&session, unfit, &why);
        let until = self.clock.now() + pause.unwrap_or_default().max(COOL_DOWN);
        *state = State::CoolingDown { until, why };
        answer
    }

    fn is_fit(&self, session: &Session, unfit: &Unfit) -> bool {
        match unfit {
            Unfit::Ending => {
                !refresh::is_due(session.obtained_at, session.expires_at, self.clock.wall())
            }
            Unfit::Rejected(rejected) => session.access_token != *rejected,
        }
    }

    /// A token that only nears its end is still good.
    fn make_do(&self, session: &Session, unfit: &Unfit, why: &str) -> Result<Secret, Error> {
        let is_over = match unfit {
            Unfit::Ending => refresh::is_over(session.expires_at, self.clock.wall()),
            Unfit::Rejected(_) => true,
        };
        if is_over {
            Err(Error::Unreachable(format!(
                "The session can't be renewed just now: {why}"
            )))
        } else {
            Ok(session.access_token.clone())
        }
    }

    /// Neither our clock alone ends a session nor one API's refusal alone: either may
    /// be wrong.
    async fn without_refresh_token(
        &self,
        state: &mut State,
        session: Session,
        unfit: &Unfit,
    ) -> Result<Secret, Error> {
        match unfit {
            Unfit::Rejected(_) if refresh::is_over(session.expires_at, self.clock.wall()) => {
                let _ = self.forget().await;
                Err(end(state, "The session has ended. Please sign in again."))
            }
            Unfit::Rejected(_) | Unfit::Ending => Ok(session.access_token),
        }
    }

    /// A lost answer may have rotated the token already; providers with an overlap
    /// window accept the immediately previous one, so it is tried once more.
    async fn refresh(&self, refresh_token: &Secret, key: Option<&dpop::Key>) -> Refresh {
        match self.client.refresh(refresh_token, key).await {
            Refresh::Nothing(_) if !self.leaving.load(Ordering::SeqCst) => {
                self.clock
                    .sleep_until(self.clock.now() + AFTER_A_LOST_ANSWER)
                    .await;
                self.client.refresh(refresh_token, key).await
            }
            answer @ (Refresh::Tokens(_)
            | Refresh::Dead(_)
            | Refresh::Busy(_)
            | Refresh::Nothing(_)
            | Refresh::Refused(_)) => answer,
        }
    }

    /// A rotated refresh token is stored before the new access token is used.
    async fn take(
        &self,
        state: &mut State,
        old: &Session,
        key: Option<&dpop::Key>,
        tokens: Tokens,
    ) -> Result<Secret, Error> {
        if self.leaving.load(Ordering::SeqCst) {
            self.client.discard(&tokens).await;
            return Err(end(state, "You are signed out."));
        }
        if let Err(why) = tokens.usable(key.is_some()) {
            self.client.discard(&tokens).await;
            let _ = self.forget().await;
            return Err(end(state, &why));
        }
        let rotated = tokens.refresh_token.is_some() && tokens.refresh_token != old.refresh_token;
        let renewed = renewed(old, &tokens, self.clock.wall());
        if let Err(why) = self.save(&renewed).await {
            if rotated {
                *state = State::Unsaved(Box::new(renewed));
                return Err(why);
            }
            tracing::warn!(%why, "the renewed session is used without being stored");
        }
        *state = State::Stored {
            renewed_at: Some(self.clock.now()),
        };
        if let Some(why) = self.somebody_else(old, &tokens).await {
            self.client.discard(&tokens).await;
            let _ = self.forget().await;
            return Err(end(state, &why));
        }
        Ok(self.use_session(renewed))
    }

    /// A rotated session that could not be stored is stored before anything else.
    async fn store_what_waits(&self, state: &mut State) -> Result<(), Error> {
        let State::Unsaved(session) = &*state else {
            return Ok(());
        };
        let session = (**session).clone();
        let _lock = self.lock(LOCK_PATIENCE).await;
        if matches!(
            self.stored().await,
            Stored::SignedOut | Stored::SomebodyElses
        ) {
            return Err(end(
                state,
                "The session was ended elsewhere. Please sign in again.",
            ));
        }
        self.save(&session).await?;
        *state = State::Stored {
            renewed_at: Some(self.clock.now()),
        };
        let _ = self.use_session(session);
        Ok(())
    }

    /// OpenID Connect Core §12.2: the subject stays the same. An ID token that can't
    /// be judged just now doesn't end a session.
    async fn somebody_else(&self, old: &Session, tokens: &Tokens) -> Option<String> {
        match self.client.proven(tokens).await {
            Ok(Some(who)) if old.who.subject.is_some() && who.subject != old.who.subject => Some(
                "The provider renewed the session for somebody else. Please sign in again."
                    .to_owned(),
            ),
            Err(Unverified::Untrusted(why)) => Some(why),
            Err(Unverified::Unsure(why)) => {
                tracing::warn!(%why, "the renewed ID token can't be judged; going on with the session");
                None
            }
            Ok(_) | Err(Unverified::Unreachable(_)) => None,
        }
    }
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
