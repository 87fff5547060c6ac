//! What the token endpoint gives (RFC 6749 §5.1).

use std::time::Duration;

use super::error::Untrusted;
use super::response::shown;
use crate::secret::Secret;

/// A successful token response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// What API calls carry.
    pub access_token: Secret,
    /// How API calls carry it.
    pub kind: Kind,
    /// How long it lives; absent where the provider doesn't say.
    pub expires_in: Option<Duration>,
    /// The scopes granted; absent means as asked (RFC 6749 §5.1).
    pub scope: Option<String>,
    /// What gets the next access token.
    pub refresh_token: Option<Secret>,
    /// How long the refresh token lives, where the provider says so: Keycloak's
    /// `refresh_expires_in`, others' `refresh_token_expires_in`.
    pub refresh_expires_in: Option<Duration>,
    /// Who signed in (OpenID Connect Core §2).
    pub id_token: Option<Secret>,
}

/// The token type (RFC 6749 §7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Of use to whoever has it (RFC 6750).
    Bearer,
    /// Of use together with a key alone (RFC 9449 §5).
    Dpop,
    /// Something else, by its name.
    Unknown(String),
}

impl Kind {
    /// The kind that an answer names, whatever the case. Providers that name none give
    /// bearer tokens.
    #[must_use]
    pub fn of(name: Option<&str>) -> Self {
        match name {
            None => Self::Bearer,
            Some(name) if name.eq_ignore_ascii_case("bearer") => Self::Bearer,
            Some(name) if name.eq_ignore_ascii_case("dpop") => Self::Dpop,
            Some(other) => Self::Unknown(shown(other)),
        }
    }
}

impl Tokens {
    /// Whether the access token can be used, where tokens were asked for that are bound
    /// to a key (`dpop`) or not.
    ///
    /// # Errors
    /// [`Untrusted`]: why it can't be.
    pub fn usable(&self, dpop: bool) -> Result<(), Untrusted> {
        match (&self.kind, dpop) {
            (Kind::Bearer, false) | (Kind::Dpop, true) => Ok(()),
            (Kind::Bearer, true) => Err(Untrusted::NotBound),
            (Kind::Dpop, false) => Err(Untrusted::Bound),
            (Kind::Unknown(kind), _) => Err(Untrusted::UnknownKind(kind.clone())),
        }
    }
}
