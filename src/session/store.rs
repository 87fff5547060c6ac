//! Where sessions are kept, behind one small trait.

use std::fmt;

use super::Session;

/// Why a store can't do its work: a sentence for a person, with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub String);

/// A place for one session: one profile at one provider's client.
pub trait Store: Send + Sync + fmt::Debug {
    /// Proves that a session could be saved here, before someone signs in for
    /// nothing.
    ///
    /// # Errors
    /// Why it could not.
    fn probe(&self) -> Result<(), Error>;

    /// The stored session, if there is one.
    ///
    /// # Errors
    /// Why it can't be read; what can't be understood is set aside, not deleted.
    fn load(&self) -> Result<Option<Session>, Error>;

    /// Replaces the stored session. On return it survives a power cut.
    ///
    /// # Errors
    /// Why it was not stored; the old one is then still there.
    fn save(&self, session: &Session) -> Result<(), Error>;

    /// Forgets the stored session; none being there is fine.
    ///
    /// # Errors
    /// Why it could not be deleted.
    fn delete(&self) -> Result<(), Error>;

    /// Where it is, for a person: a path, or "in memory".
    fn place(&self) -> String;
}
