//! The end of a session that a person wants.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Inner, SessionEnd, SignedOut, State, Stored, end};
use crate::session::Session;

/// A sign-out waits no longer than this for a refresh that is on its way.
const PATIENCE: Duration = Duration::from_secs(3);

impl Inner {
    /// Revokes at the provider, then deletes locally whatever it said.
    pub(super) async fn sign_out(&self) -> SignedOut {
        // A refresh that outlasts the patience below throws its tokens away.
        self.leaving.store(true, Ordering::SeqCst);
        let Ok(mut state) = tokio::time::timeout(PATIENCE, self.state.lock()).await else {
            let ours = !matches!(self.stored().await, Stored::SomebodyElses);
            return self.revoke_and_delete(self.session(), ours).await;
        };
        if let State::Over(_) = &*state {
            return self.after_the_end().await;
        }
        let _turn = self.lock(PATIENCE).await;
        let (session, ours) = match (&*state, self.stored().await) {
            (State::Unsaved(waiting), _) => (waiting.session.clone(), true),
            (_, Stored::Renewed(stored)) => (*stored, true),
            (_, Stored::SomebodyElses) => (self.session(), false),
            (_, Stored::SignedOut | Stored::AsUsed) => (self.session(), true),
        };
        let outcome = self.revoke_and_delete(session, ours).await;
        let _ = end(&mut state, SessionEnd::SignedOut);
        outcome
    }

    /// There is nothing to revoke any more; what is left here is deleted.
    async fn after_the_end(&self) -> SignedOut {
        let deletion = match self.stored().await {
            // They have signed in again meanwhile.
            Stored::Renewed(stored) => return self.revoke_and_delete(*stored, true).await,
            Stored::AsUsed => self.forget().await,
            Stored::SomebodyElses | Stored::SignedOut => Ok(()),
        };
        SignedOut {
            revoked: true,
            deleted: deletion.is_ok(),
            problem: deletion.err(),
        }
    }

    async fn revoke_and_delete(&self, session: Session, ours: bool) -> SignedOut {
        let refresh_token = session.refresh_token.as_ref();
        let access_token = &session.access_token;
        let revocation = self.client.give_back(refresh_token, access_token).await;
        // What somebody else stored since is theirs.
        let deletion = if ours { self.forget().await } else { Ok(()) };
        SignedOut {
            revoked: revocation.is_ok(),
            deleted: deletion.is_ok(),
            problem: deletion
                .err()
                .or_else(|| revocation.err().map(|why| why.phrase())),
        }
    }
}
