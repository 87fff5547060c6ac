//! A session gives channels their tokens.

use super::Keeper;
use super::keeper::Error;
use crate::channel::{self, Bearer};
use crate::secret::Secret;

impl Bearer for Keeper {
    async fn access_token(&self) -> Result<Secret, channel::Error> {
        Ok(Keeper::access_token(self).await?)
    }

    async fn renewed(&self, rejected: &Secret) -> Result<Secret, channel::Error> {
        Ok(Keeper::renewed(self, rejected).await?)
    }
}

impl From<Error> for channel::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Over(why) => Self::SignedOut(why),
            Error::Unreachable(why) => Self::Unreachable(why),
            Error::NotStored(why) => Self::NotStored(why),
        }
    }
}
