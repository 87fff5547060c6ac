//! Where the session of whoever signs in goes.

use std::sync::Arc;

use super::Profiles;
use crate::oauth::Who;
use crate::session::store::Store;

/// Where the session of whoever signs in goes.
#[derive(Debug, Clone)]
pub enum SessionSlot {
    /// There, whoever it is.
    One(Arc<dyn Store>),
    /// To the person's own profile, which is known once they are.
    Own(Profiles),
}

impl<S: Store + 'static> From<Arc<S>> for SessionSlot {
    fn from(store: Arc<S>) -> Self {
        Self::One(store)
    }
}

impl From<Arc<dyn Store>> for SessionSlot {
    fn from(store: Arc<dyn Store>) -> Self {
        Self::One(store)
    }
}

impl SessionSlot {
    /// What lies there before anybody has signed in, and what is tried out for a
    /// session that comes.
    #[must_use]
    pub fn first(&self) -> Arc<dyn Store> {
        match self {
            Self::One(store) => Arc::clone(store),
            Self::Own(profiles) => profiles.store(&profiles.current()),
        }
    }

    /// Where the session of that person belongs.
    #[must_use]
    pub fn of(&self, who: &Who) -> Arc<dyn Store> {
        match self {
            Self::One(store) => Arc::clone(store),
            Self::Own(profiles) => profiles.store(&profiles.profile_of(who)),
        }
    }
}
