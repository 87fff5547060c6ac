//! What the handlers share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Error;
use super::account::Account;
use super::keys::SigningKey;
use super::options::Options;
use super::pictures::Pictures;
use super::store::Store;
use crate::clock::SharedClock;
use crate::i18n::Phrase;

/// The demo as its handlers see it.
pub(super) struct Service {
    pub(super) options: Options,
    pub(super) clock: SharedClock,
    pub(super) key: SigningKey,
    pub(super) pictures: Pictures,
    pub(super) issuer: String,
    pub(super) activation_url: String,
    pub(super) audience: String,
    pub(super) csrf_key: aws_lc_rs::hmac::Key,
    store: Mutex<Store>,
}

impl Service {
    pub(super) fn new(
        options: Options,
        clock: SharedClock,
        issuer: String,
        activation_url: String,
    ) -> Result<Self, Error> {
        let csrf_key = aws_lc_rs::hmac::Key::generate(
            aws_lc_rs::hmac::HMAC_SHA256,
            &aws_lc_rs::rand::SystemRandom::new(),
        )
        .map_err(|_| Error(Phrase::new("session-demo-form-key")))?;
        Ok(Self {
            options,
            clock,
            key: SigningKey::generate()?,
            pictures: Pictures::default(),
            audience: format!("{issuer}api/"),
            issuer,
            activation_url,
            csrf_key,
            store: Mutex::default(),
        })
    }

    /// The state, for a moment; never held over an `await`.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the API is; ends in a slash.
    pub(super) fn api_url(&self) -> String {
        format!("{}api/", self.issuer)
    }

    /// The account's portrait, which is open to all.
    pub(super) fn portrait_url(&self, account: Account) -> String {
        format!("{}portraits/{}.png", self.issuer, account.id())
    }
}
