//! The one owner of a running session: hands out access tokens, refreshes them
//! single-flight, and signs out.

use super::Session;
use crate::secret::Secret;

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
pub struct Keeper {}

impl Keeper {
    /// An access token that isn't about to end; renewed first where it is.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn access_token(&self) -> Result<Secret, Error> {
        unimplemented!()
    }

    /// Another access token than `rejected`, which an API answered with 401.
    ///
    /// # Errors
    /// [`Error`]
    pub async fn renewed(&self, rejected: &Secret) -> Result<Secret, Error> {
        let _ = rejected;
        unimplemented!()
    }

    /// The session as it stands.
    #[must_use]
    pub fn session(&self) -> Session {
        unimplemented!()
    }

    /// Revokes at the provider (RFC 7009), then deletes locally whatever it said.
    pub async fn sign_out(&self) -> SignedOut {
        unimplemented!()
    }
}
