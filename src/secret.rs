//! Values that never reach a log, an error or a screen.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// A token, a device code, a client secret or a PKCE verifier.
///
/// There is no `Display` and no `Serialize`: whoever needs the characters asks for
/// them with [`Secret::expose`], and each such place can be found by that name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the characters.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The characters themselves: for a request's body or header, and the session
    /// store.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Serializes an exposed secret, for the session store alone:
/// `#[serde(serialize_with = "secret::store")]`.
///
/// # Errors
/// Whatever the serializer says.
pub fn store<S: serde::Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

/// [`store`] for a secret that may be absent.
///
/// # Errors
/// Whatever the serializer says.
pub fn store_option<S: serde::Serializer>(
    secret: &Option<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_some(secret.expose()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_a_secret() {
        let shown = format!("{:?}", Some(Secret::new("eyJhbGciOi")));

        assert_eq!(shown, "Some(Secret(…))");
    }
}
