//! A session gives channels what they prove themselves with.

use super::TokenManager;
use super::token_manager::Error;
use crate::channel::{self, Bearer};
use crate::oauth::dpop::Access;
use crate::secret::Secret;

impl Bearer for TokenManager {
    async fn access(&self) -> Result<Access, channel::Error> {
        self.with_key(self.access_token().await?)
    }

    fn can_renew(&self) -> bool {
        self.session().refresh_token.is_some()
    }

    async fn renewed(&self, rejected: &Access) -> Result<Access, channel::Error> {
        self.with_key(TokenManager::renewed(self, &rejected.token).await?)
    }
}

impl TokenManager {
    /// The key stays the same for as long as the session lasts.
    fn with_key(&self, token: Secret) -> Result<Access, channel::Error> {
        let key = self.session().key()?;
        let ahead = self.clock_ahead();
        Ok(Access { token, key, ahead })
    }
}

impl From<Error> for channel::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Over(why) => Self::SignedOut(why),
            Error::NotRenewed(why) => Self::Unreachable(channel::Unreachable::NotRenewed(why)),
            Error::NotStored(why) => Self::NotStored(why),
        }
    }
}
