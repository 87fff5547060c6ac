//! From tokens to a stored session.

use std::sync::Arc;
use std::time::Duration;

use super::events::{Cancelled, Telling};
use super::{Inner, LOCK_PATIENCE, blocking};
use crate::oauth::Who;
use crate::oauth::client::{Grant, Unverified, until};
use crate::oauth::error::Untrusted;
use crate::oauth::flow::End;
use crate::oauth::token::Tokens;
use crate::session::Session;
use crate::session::sign_in::Event;
use crate::session::store::Store;
use crate::work::carry_out;

impl Inner {
    /// Checks the tokens, finds out whose they are, and stores them where they belong;
    /// `tried` is what was tried out before there was a code.
    pub(super) async fn finish(
        &self,
        tokens: &Tokens,
        grant: &Grant,
        tried: &Arc<dyn Store>,
        telling: &Telling,
    ) -> Result<Event, Cancelled> {
        telling.tell(Event::Approved).await?;
        if let Err(why) = tokens.usable(grant.key.is_some()) {
            return Ok(Event::Ended(End::Untrusted(why)));
        }
        let who = match telling.unless_cancelled(self.who(tokens, grant)).await? {
            Ok(who) => who,
            Err(end) => return Ok(Event::Ended(end)),
        };
        let provider = self.client.provider();
        let now = self.clock.wall();
        let session = Session {
            issuer: provider.issuer.as_written().to_owned(),
            client_id: provider.client_id.clone(),
            who,
            scope: tokens
                .scope
                .clone()
                .unwrap_or_else(|| provider.scope.clone()),
            access_token: tokens.access_token.clone(),
            obtained_at: now,
            expires_at: until(tokens.expires_in, now),
            refresh_token: tokens.refresh_token.clone(),
            dpop_key: grant.key.as_ref().map(|key| key.stored().clone()),
            refresh_expires_at: until(tokens.refresh_expires_in, now),
            failed_renewal: None,
            signed_in_at: now,
        };
        let store = self.store_of(&session.who).await;
        if !Arc::ptr_eq(&store, tried)
            && let Err(why) = blocking(&store, |store| store.probe()).await
        {
            return Ok(Event::Ended(End::NotStored(why)));
        }
        telling.check()?;
        let saved = session.clone();
        let stored = blocking(&store, move |store| {
            // Another tenfoot that just renews an older session stores it first.
            let _turn = store.lock(LOCK_PATIENCE);
            let replaced = store.load().ok().flatten();
            store.save(&saved).map(|()| replaced)
        });
        Ok(match stored.await {
            Ok(replaced) => {
                self.revoke_replaced(replaced, &session);
                Event::SignedIn(session)
            }
            Err(why) => Event::Ended(End::NotStored(why)),
        })
    }

    /// Somebody else's session that was replaced is ended at the provider too. The
    /// same person's is left alone: some providers would end the new one with it.
    fn revoke_replaced(&self, replaced: Option<Session>, session: &Session) {
        let somebody_else =
            |old: &Session| old.who.subject.is_none() || old.who.subject != session.who.subject;
        if let Some(old) = replaced.filter(somebody_else) {
            let client = Arc::clone(&self.client);
            drop(carry_out(async move {
                let refresh_token = old.refresh_token.as_ref();
                let _ = client.give_back(refresh_token, &old.access_token).await;
            }));
        }
    }

    /// The provider's keys are asked for a few times: a blip of the network must
    /// not cost a person their sign-in.
    async fn who(&self, tokens: &Tokens, grant: &Grant) -> Result<Who, End> {
        let mut pauses = [1, 2, 4, 8, 15].into_iter().map(Duration::from_secs);
        loop {
            match (
                self.client.who(tokens, grant.key.as_ref()).await,
                pauses.next(),
            ) {
                (Ok(who), _) => return Ok(who),
                (Err(Unverified::Untrusted(why)), _) => return Err(End::Untrusted(why)),
                (Err(Unverified::Unsure(why)), _) => {
                    return Err(End::Untrusted(Untrusted::IdToken(why)));
                }
                (Err(Unverified::Unreachable(_) | Unverified::Nameless), Some(pause)) => {
                    self.clock.sleep_until(self.clock.now() + pause).await;
                }
                (Err(Unverified::Unreachable(why)), None) => return Err(End::Unreachable(why)),
                // The session is somebody's, whoever it is.
                (Err(Unverified::Nameless), None) => return Ok(Who::default()),
            }
        }
    }
}
