//! Values that never reach a log, an error or a screen.

use std::fmt;
use std::io;
use std::path::Path;

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

/// Reads a secret out of a file, without the blanks and the byte order mark around it.
///
/// # Errors
/// The file can't be read.
pub fn read_file(path: &Path) -> io::Result<Secret> {
    let bytes = Zeroizing::new(std::fs::read(path)?);
    let text = crate::charset::to_utf8(bytes.to_vec(), None);
    let text = Zeroizing::new(String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData)?);
    Ok(Secret::new(text.trim_matches(|c: char| {
        c.is_whitespace() || c == '\u{feff}'
    })))
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
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_a_secret() {
        let shown = format!("{:?}", Some(Secret::new("eyJhbGciOi")));

        assert_eq!(shown, "Some(Secret(…))");
    }

    #[test]
    fn a_file_may_have_a_byte_order_mark_and_blanks_around_its_secret() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        for bytes in [
            &b"hunter2\n"[..],
            b"\xef\xbb\xbf hunter2 \r\n",
            b"\xff\xfeh\0u\0n\0t\0e\0r\x002\0\n\0",
        ] {
            std::fs::write(&file, bytes).unwrap();
            assert_eq!(read_file(&file).unwrap().expose(), "hunter2");
        }
    }
}
