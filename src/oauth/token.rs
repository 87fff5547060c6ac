//! What the token endpoint gives (RFC 6749 §5.1).

use std::time::Duration;

use crate::secret::Secret;

/// A successful token response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// What API calls carry.
    pub access_token: Secret,
    /// How long it lives; absent where the provider doesn't say.
    pub expires_in: Option<Duration>,
    /// The scopes granted; absent means as asked (RFC 6749 §5.1).
    pub scope: Option<String>,
    /// What gets the next access token.
    pub refresh_token: Option<Secret>,
    /// Who signed in (OpenID Connect Core §2).
    pub id_token: Option<Secret>,
}
