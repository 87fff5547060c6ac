//! Carries one attempt to sign in through, from the device request to a stored
//! session, and tells it as a stream of [`Event`]s.

use std::sync::Arc;

use futures::Stream;

use super::keeper::Keeper;
use super::store::{self, Store};
use super::Session;
use crate::clock::SharedClock;
use crate::config;
use crate::oauth::flow::Event;

/// How people sign in with one provider. Clones share everything.
#[derive(Debug, Clone)]
pub struct Flow {}

impl Flow {
    /// A flow for `provider` whose sessions go to `store`.
    ///
    /// # Errors
    /// In words: the client secret's file can't be read, or TLS can't be set up.
    pub fn new(provider: &config::Provider, store: Arc<dyn Store>, clock: SharedClock) -> Result<Self, String> {
        let _ = (provider, store, clock);
        unimplemented!()
    }

    /// One attempt. Nothing is sent before the stream is polled; dropping it
    /// cancels the attempt, and tokens that arrive afterwards are revoked.
    pub fn events(&self) -> impl Stream<Item = Event> + Send + 'static + use<> {
        futures::stream::empty()
    }

    /// The session of an earlier run, if there is one.
    ///
    /// # Errors
    /// The store's, in words.
    pub async fn restore(&self) -> Result<Option<Session>, store::Error> {
        unimplemented!()
    }

    /// Takes a session into use.
    #[must_use]
    pub fn keeper(&self, session: Session) -> Keeper {
        let _ = session;
        unimplemented!()
    }

    /// Where sessions are stored, for a person.
    #[must_use]
    pub fn place(&self) -> String {
        unimplemented!()
    }
}
