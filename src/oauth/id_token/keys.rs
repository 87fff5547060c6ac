//! The keys that a provider publishes, read as they are really written.

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use serde_json::{Map, Value};

use crate::oauth::error::Unavailable;

/// A provider's signing keys (RFC 7517 §5). Keys of unknown kinds are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<Jwk>);

impl Keys {
    /// Reads a key set.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(body: &[u8]) -> Result<Self, Unavailable> {
        let set: Value = serde_json::from_slice(body).map_err(|_| Unavailable::KeysUnreadable)?;
        let keys = set.get("keys").and_then(Value::as_array);
        let keys = keys.ok_or(Unavailable::KeysUnreadable)?;
        Ok(Self(keys.iter().filter_map(key).collect()))
    }

    /// The keys that may have signed: those under the identifier that the token names, and
    /// those under none.
    pub(super) fn candidates<'a>(
        &'a self,
        kid: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Jwk> + 'a {
        let may_be = move |key: &&Jwk| {
            let under = key.common.key_id.as_deref();
            kid.is_none() || under.is_none() || under == kid
        };
        self.0
            .iter()
            .filter(|key| key.common.public_key_use != Some(PublicKeyUse::Encryption))
            .filter(may_be)
    }
}

/// One key, by the members that matter here: what else stands beside them, and of what type,
/// is its publisher's business (RFC 7517 §4).
fn key(written: &Value) -> Option<Jwk> {
    const TEXTS: [&str; 5] = ["kty", "use", "kid", "alg", "crv"];
    const NUMBERS: [&str; 4] = ["n", "e", "x", "y"];
    let written = written.as_object()?;
    let text = |name: &str| written.get(name)?.as_str();
    let texts = TEXTS
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), Value::from(text(name)?))));
    let numbers = NUMBERS
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), Value::from(base64url(text(name)?)))));
    let members: Map<String, Value> = texts.chain(numbers).collect();
    serde_json::from_value(Value::Object(members)).ok()
}

/// As RFC 7515 §2 has it; some publish the usual alphabet of Base64, or with padding.
fn base64url(text: &str) -> String {
    let plain = text.trim_end_matches('=').chars();
    plain
        .map(|c| match c {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .collect()
}
