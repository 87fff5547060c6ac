//! A session gives channels what they prove themselves with.

use super::{Bearer, Error, Unreachable};
use crate::oauth::dpop::Access;
use crate::secret::Secret;
use crate::session::{TokenManager, token_manager};

impl Bearer for TokenManager {
    async fn access(&self) -> Result<Access, Error> {
        with_key(self, self.access_token().await?)
    }

    fn can_renew(&self) -> bool {
        self.session().refresh_token.is_some()
    }

    async fn renewed(&self, rejected: &Access) -> Result<Access, Error> {
        with_key(self, TokenManager::renewed(self, &rejected.token).await?)
    }
}

/// The key stays the same for as long as the session lasts.
fn with_key(manager: &TokenManager, token: Secret) -> Result<Access, Error> {
    let key = manager.session().key()?;
    let ahead = manager.clock_ahead();
    Ok(Access { token, key, ahead })
}

impl From<token_manager::Error> for Error {
    fn from(error: token_manager::Error) -> Self {
        match error {
            token_manager::Error::Over(why) => Self::SignedOut(why),
            token_manager::Error::NotRenewed(why) => {
                Self::Unreachable(Unreachable::NotRenewed(why))
            }
            token_manager::Error::NotStored(why) => Self::NotStored(why),
        }
    }
}
