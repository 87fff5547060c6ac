//! A session that ends with the program.

use std::sync::{Mutex, PoisonError};

use super::{Error, Store};
use crate::i18n::Phrase;
use crate::session::Session;

/// Nowhere but here.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Option<Session>>);

impl Store for Memory {
    fn probe(&self) -> Result<(), Error> {
        Ok(())
    }

    fn load(&self) -> Result<Option<Session>, Error> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    fn save(&self, session: &Session) -> Result<(), Error> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        Ok(())
    }

    fn delete(&self) -> Result<(), Error> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    fn outlives_program(&self) -> bool {
        false
    }

    fn place(&self) -> Phrase {
        Phrase::new("session-place-memory")
    }
}
