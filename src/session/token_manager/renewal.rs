//! When and how a session's tokens are renewed (RFC 6749 §6).

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{
    Error, Inner, NotRenewed, RenewalLock, SessionEnd, State, Stored, Unfit, Unsaved, end,
};
use crate::oauth::Who;
use crate::oauth::client::{Unverified, until};
use crate::oauth::dpop;
use crate::oauth::refresh;
use crate::oauth::response::Refresh;
use crate::oauth::token::Tokens;
use crate::secret::Secret;
use crate::session::{FailedRenewal, Session};
use crate::work;

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
        let turn = tokio::select! {
            turn = self.lock(LOCK_PATIENCE) => turn,
            () = work::ending() => RenewalLock::Theirs,
        };
        // What is asked for now might be answered after the end: nobody would store that.
        if work::is_ending() {
            return self.make_do(&session, &unfit, &NotRenewed::Closing);
        }
        if let RenewalLock::Theirs = turn {
            // They are at it: the same token sent twice would be taken for theft.
            let why = NotRenewed::RenewedElsewhere;
            *state = State::CoolingDown {
                until: self.clock.now() + COOL_DOWN,
                why: why.clone(),
            };
            return self.make_do(&session, &unfit, &why);
        }
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
            Stored::SomebodyElses => return Err(end(&mut state, SessionEnd::SomebodyElse)),
            Stored::SignedOut => return Err(end(&mut state, SessionEnd::EndedElsewhere)),
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
            return self.without_refresh_token(state, session, unfit);
        };
        let key = match session.key() {
            Ok(key) => key,
            Err(why) => {
                let _ = self.forget().await;
                return Err(end(state, SessionEnd::UnreadableKey(why)));
            }
        };
        let answer = self.refresh(&refresh_token, key.as_ref()).await;
        let (pause, why) = match answer {
            Refresh::Tokens(tokens) => {
                return self.take(state, &session, key.as_ref(), tokens).await;
            }
            Refresh::Busy(pause) => (pause, NotRenewed::RateLimited),
            Refresh::Nothing(why) => {
                let is_lasting = false;
                (None, NotRenewed::Provider { why, is_lasting })
            }
            Refresh::Refused(refusal) => (None, NotRenewed::Refused(refusal)),
            Refresh::Unclear(refusal) => (None, NotRenewed::Unclear(refusal)),
        };
        tracing::debug!(%why, "the session could not be renewed");
        let why = match self.record(session.clone(), unfit, why).await {
            Ok(why) => why,
            Err(over) => return Err(end(state, over)),
        };
        let answer = self.make_do(&session, unfit, &why);
        let until = self.clock.now() + pause.unwrap_or_default().max(COOL_DOWN);
        *state = State::CoolingDown { until, why };
        answer
    }

    fn is_fit(&self, session: &Session, unfit: &Unfit) -> bool {
        match unfit {
            // One that was over is asked for once more, whatever is left of its access token.
            Unfit::Ending => {
                session.over().is_none()
                    && !refresh::is_due(session.obtained_at, session.expires_at, self.clock.wall())
            }
            Unfit::Rejected(rejected) => session.access_token != *rejected,
        }
    }

    /// Stores with the session that its renewal failed.
    ///
    /// # Errors
    /// The session is over for the person.
    async fn record(
        &self,
        mut session: Session,
        unfit: &Unfit,
        why: NotRenewed,
    ) -> Result<NotRenewed, SessionEnd> {
        let Some(outcome) = why.outcome() else {
            return Ok(why);
        };
        let (now, needed) = (self.clock.wall(), self.is_of_no_use(&session, unfit));
        let before = session.failed_renewal.as_ref();
        let failed = FailedRenewal::after(before, outcome, why.reason().to_string(), needed, now);
        if self.leaving.load(Ordering::SeqCst) {
            return Ok(why);
        }
        if before != Some(&failed) {
            // What was signed out or replaced meanwhile isn't brought back.
            let is_unchanged = matches!(self.stored().await, Stored::AsUsed);
            session.failed_renewal = Some(failed.clone());
            if is_unchanged && let Err(why) = self.save(&session).await {
                tracing::warn!(%why, "a failed renewal is not noted");
            }
            let _ = self.use_session(session);
        }
        match why {
            NotRenewed::Refused(refusal) | NotRenewed::Unclear(refusal) if failed.over => {
                Err(SessionEnd::Refused(refusal))
            }
            NotRenewed::Provider { why, .. } => {
                let is_lasting = failed.is_lasting(now);
                Ok(NotRenewed::Provider { why, is_lasting })
            }
            NotRenewed::Refused(_)
            | NotRenewed::Unclear(_)
            | NotRenewed::RateLimited
            | NotRenewed::RenewedElsewhere
            | NotRenewed::Closing => Ok(why),
        }
    }

    fn is_of_no_use(&self, session: &Session, unfit: &Unfit) -> bool {
        match unfit {
            Unfit::Ending => {
                session.over().is_some() || refresh::is_over(session.expires_at, self.clock.wall())
            }
            Unfit::Rejected(_) => true,
        }
    }

    /// A token that only nears its end is still good.
    fn make_do(&self, session: &Session, unfit: &Unfit, why: &NotRenewed) -> Result<Secret, Error> {
        if self.is_of_no_use(session, unfit) {
            Err(Error::NotRenewed(why.clone()))
        } else {
            Ok(session.access_token.clone())
        }
    }

    /// Neither our clock alone ends a session nor one API's refusal alone: either may
    /// be wrong.
    fn without_refresh_token(
        &self,
        state: &mut State,
        session: Session,
        unfit: &Unfit,
    ) -> Result<Secret, Error> {
        match unfit {
            Unfit::Rejected(_) if refresh::is_over(session.expires_at, self.clock.wall()) => {
                Err(end(state, SessionEnd::Expired))
            }
            Unfit::Rejected(_) | Unfit::Ending => Ok(session.access_token),
        }
    }

    /// A lost answer may have rotated the token already; providers with an overlap
    /// window accept the immediately previous one, so it is tried once more.
    async fn refresh(&self, refresh_token: &Secret, key: Option<&dpop::Key>) -> Refresh {
        match self.client.refresh(refresh_token, key).await {
            Refresh::Nothing(_) if !self.leaving.load(Ordering::SeqCst) && !work::is_ending() => {
                self.clock
                    .sleep_until(self.clock.now() + AFTER_A_LOST_ANSWER)
                    .await;
                self.client.refresh(refresh_token, key).await
            }
            answer @ (Refresh::Tokens(_)
            | Refresh::Busy(_)
            | Refresh::Nothing(_)
            | Refresh::Unclear(_)
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
        if let Err(why) = tokens.usable(key.is_some()) {
            let _ = self.forget().await;
            let why = SessionEnd::Untrusted(why);
            return Err(self.drop_tokens(state, old, &tokens, why).await);
        }
        if let Some(why) = self.no_longer_wanted().await {
            return Err(self.drop_tokens(state, old, &tokens, why).await);
        }
        let rotated = tokens.refresh_token.is_some() && tokens.refresh_token != old.refresh_token;
        let session = renewed(old, &tokens, self.clock.wall());
        if let Err(why) = self.save(&session).await {
            if rotated {
                *state = State::Unsaved(Box::new(Unsaved { session, tokens }));
                return Err(why);
            }
            tracing::warn!(%why, "the renewed session is used without being stored");
            self.unstored.store(true, Ordering::SeqCst);
        }
        self.settle(state, session, &tokens).await
    }

    /// A rotated session that could not be stored is stored before anything else.
    async fn store_what_waits(&self, state: &mut State) -> Result<(), Error> {
        let State::Unsaved(waiting) = &*state else {
            return Ok(());
        };
        let (session, tokens) = (waiting.session.clone(), waiting.tokens.clone());
        let _turn = self.lock(LOCK_PATIENCE).await;
        if let Some(why) = self.no_longer_wanted().await {
            return Err(self.drop_tokens(state, &session, &tokens, why).await);
        }
        self.save(&session).await?;
        let _ = self.settle(state, session, &tokens).await?;
        Ok(())
    }

    /// Takes a stored session into use, if it still is the same person's.
    async fn settle(
        &self,
        state: &mut State,
        mut session: Session,
        tokens: &Tokens,
    ) -> Result<Secret, Error> {
        *state = State::Stored {
            renewed_at: Some(self.clock.now()),
        };
        let proven = self.proven(&session.who, tokens).await;
        // That may have taken a while. Who has left meanwhile has revoked the tokens of
        // before.
        if let Some(why) = self.no_longer_wanted().await {
            if self.leaving.load(Ordering::SeqCst) {
                self.forget_ours().await;
            }
            return Err(self.drop_tokens(state, &session, tokens, why).await);
        }
        match proven {
            Ok(None) => {}
            Ok(Some(who)) => {
                session.who = who;
                if let Err(why) = self.save(&session).await {
                    tracing::warn!(%why, "a new name is used without being stored");
                }
            }
            Err(why) => {
                let _ = self.forget().await;
                return Err(self.drop_tokens(state, &session, tokens, why).await);
            }
        }
        Ok(self.use_session(session))
    }

    /// Why new tokens have come too late, if they have: somebody may have signed out, or
    /// in, here or in another tenfoot.
    async fn no_longer_wanted(&self) -> Option<SessionEnd> {
        if self.leaving.load(Ordering::SeqCst) {
            return Some(SessionEnd::SignedOut);
        }
        match self.stored().await {
            Stored::AsUsed | Stored::Renewed(_) => None,
            Stored::SignedOut => Some(SessionEnd::EndedElsewhere),
            Stored::SomebodyElses => Some(SessionEnd::SomebodyElse),
        }
    }

    /// Ends the session; what would renew it is given back, be it new or the `old` one's.
    async fn drop_tokens(
        &self,
        state: &mut State,
        old: &Session,
        tokens: &Tokens,
        why: SessionEnd,
    ) -> Error {
        let tokens = Tokens {
            refresh_token: tokens
                .refresh_token
                .clone()
                .or_else(|| old.refresh_token.clone()),
            ..tokens.clone()
        };
        self.client.discard(&tokens).await;
        end(state, why)
    }

    /// OpenID Connect Core §12.2: the subject stays the same. Says who it is where more is
    /// known of them now. An ID token that can't be judged just now doesn't end a session.
    async fn proven(&self, old: &Who, tokens: &Tokens) -> Result<Option<Who>, SessionEnd> {
        match self.client.proven(tokens).await {
            Ok(Some(who)) if old.subject.is_some() && who.subject != old.subject => {
                Err(SessionEnd::RenewedForSomebodyElse)
            }
            Ok(Some(who)) => {
                let better = Who {
                    subject: who.subject,
                    name: who.name.or_else(|| old.name.clone()),
                    email: who.email.or_else(|| old.email.clone()),
                    picture: who.picture.or_else(|| old.picture.clone()),
                };
                Ok(Some(better).filter(|better| better != old))
            }
            Err(Unverified::Untrusted(why)) => Err(SessionEnd::Untrusted(why)),
            Err(Unverified::Unsure(why)) => {
                tracing::warn!(%why, "the renewed ID token can't be judged; going on with the session");
                Ok(None)
            }
            Ok(None) | Err(Unverified::Unreachable(_) | Unverified::Nameless) => Ok(None),
        }
    }
}

/// The session after a refresh: what the answer leaves out stays (RFC 6749 §6).
fn renewed(old: &Session, tokens: &Tokens, now: jiff::Timestamp) -> Session {
    Session {
        access_token: tokens.access_token.clone(),
        obtained_at: now,
        expires_at: until(tokens.expires_in, now),
        // An answer without another refresh token says nothing of the old one's life.
        refresh_expires_at: until(tokens.refresh_expires_in, now).or(old
            .refresh_expires_at
            .filter(|_| {
                tokens.refresh_token.is_none() || tokens.refresh_token == old.refresh_token
            })),
        failed_renewal: None,
        refresh_token: tokens
            .refresh_token
            .clone()
            .or_else(|| old.refresh_token.clone()),
        scope: tokens.scope.clone().unwrap_or_else(|| old.scope.clone()),
        ..old.clone()
    }
}
