//! Who is signed in, and the tokens that prove it.

pub mod pending;
pub mod profiles;
pub mod renewal;
pub mod sign_in;
pub mod store;
pub mod token_manager;

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::oauth::{Who, dpop};
use crate::secret::{self, Secret};

pub use profiles::{Profile, Profiles};
pub use renewal::FailedRenewal;
pub use sign_in::Flow;
pub use token_manager::TokenManager;

/// OpenID Connect Core §5.4 and §11.
const ABOUT_THE_PERSON: [&str; 6] = [
    "openid",
    "profile",
    "email",
    "address",
    "phone",
    "offline_access",
];

/// A person's session with one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The provider's issuer identifier.
    pub issuer: String,
    /// The client that the tokens were given to.
    pub client_id: String,
    /// Who it is.
    pub who: Who,
    /// The scopes that were granted, separated by spaces.
    pub scope: String,
    /// What API calls carry.
    #[serde(serialize_with = "secret::store")]
    pub access_token: Secret,
    /// When it was given.
    pub obtained_at: Timestamp,
    /// When it ends, as far as the provider said.
    pub expires_at: Option<Timestamp>,
    /// What gets the next access token.
    #[serde(serialize_with = "secret::store_option")]
    pub refresh_token: Option<Secret>,
    /// What the tokens are bound to, where they are (RFC 9449): a key pair.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "secret::store_option"
    )]
    pub dpop_key: Option<Secret>,
    /// When the refresh token ends, as far as the provider said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_expires_at: Option<Timestamp>,
    /// What the last renewals came to, where they failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_renewal: Option<FailedRenewal>,
    /// When the person signed in.
    pub signed_in_at: Timestamp,
}

impl Session {
    /// Why the session is over for the person, where it is: in English.
    #[must_use]
    pub fn over(&self) -> Option<&str> {
        let failed = self.failed_renewal.as_ref().filter(|failed| failed.over)?;
        Some(&failed.words)
    }

    /// Whether the session can be renewed at `now`, as far as the provider said.
    #[must_use]
    pub fn renews(&self, now: Timestamp) -> bool {
        self.refresh_token.is_some()
            && self.failed_renewal.is_none()
            && self.refresh_expires_at.is_none_or(|end| now < end)
    }

    /// Whether nobody can do anything with it at `now`: the provider refused to renew it when
    /// that was needed, or the access token has ended and nothing is left to renew it with.
    #[must_use]
    pub fn has_ended(&self, now: Timestamp) -> bool {
        let nothing_left =
            self.refresh_token.is_none() || self.refresh_expires_at.is_some_and(|end| now >= end);
        let is_over = self.expires_at.is_some_and(|end| now >= end);
        self.over().is_some() || nothing_left && is_over
    }

    /// What tells this person's session from another's: the subject, else when it began.
    #[must_use]
    pub fn mark(&self) -> String {
        self.who
            .subject
            .clone()
            .unwrap_or_else(|| self.signed_in_at.to_string())
    }

    /// What the tokens are bound to; `None` where they are bound to nothing.
    ///
    /// # Errors
    /// The stored key can't be read.
    pub fn key(&self) -> Result<Option<dpop::Key>, dpop::Error> {
        self.dpop_key
            .clone()
            .map(dpop::Key::from_stored)
            .transpose()
    }

    /// The scopes that were asked for but not granted.
    ///
    /// A provider that was asked for a `resource` may name the API's scopes alone
    /// (RFC 8707 §2.2): no `openid`, although somebody is known. Then nothing is said
    /// of those that are about the person, and none of them counts as missing.
    pub fn missing_scopes<'a>(&'a self, asked: &'a str) -> impl Iterator<Item = &'a str> {
        let all: HashSet<&str> = self.scope.split_whitespace().collect();
        let granted = move |wanted: &str| all.contains(wanted);
        let of_the_api_alone = self.who.subject.is_some() && !granted("openid");
        asked.split_whitespace().filter(move |wanted| {
            !(granted(wanted) || of_the_api_alone && ABOUT_THE_PERSON.contains(wanted))
        })
    }
}
