//! Tokens that are bound to a key (RFC 9449): who steals one alone has nothing.
//!
//! The key is made for one sign-in and kept with its session. Each request proves with
//! a signature that whoever sends it has the key.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use url::{Origin, Url};

use crate::i18n::Phrase;
use crate::secret::Secret;

/// Why this machine has no proof for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// No key can be made.
    NoKey,
    /// The stored key can't be read.
    UnreadableKey,
    /// The key doesn't sign.
    NoSignature,
}

impl Error {
    /// A sentence for a person.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::NoKey => "provider-no-key",
            Self::UnreadableKey => "provider-key-unreadable",
            Self::NoSignature => "provider-no-signature",
        })
    }
}

/// The error of a server that wants its nonce in the proof (RFC 9449 §8).
pub const USE_NONCE: &str = "use_dpop_nonce";

/// A key pair for ES256. Clones share it.
#[derive(Clone)]
pub struct Key {
    pair: Arc<EcdsaKeyPair>,
    stored: Secret,
}

/// What one proof is about (RFC 9449 §4.2).
#[derive(Debug, Clone, Copy)]
pub struct Claims<'a> {
    /// The request's method.
    pub method: &'a str,
    /// The request's address; query and fragment are left out.
    pub url: &'a Url,
    /// The token that goes along to an API.
    pub access_token: Option<&'a Secret>,
    /// What the server asked to be repeated to it.
    pub nonce: Option<&'a str>,
    /// The server's wall clock, as far as it is known.
    pub now: Timestamp,
}

impl Key {
    /// Makes a key.
    ///
    /// # Errors
    /// In words: the machine can't make one.
    pub fn generate() -> Result<Self, Error> {
        let failed = |_| Error::NoKey;
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .map_err(failed)?;
        Self::from_stored(Secret::new(URL_SAFE_NO_PAD.encode(document.as_ref())))
    }

    /// The key that [`Key::stored`] gave.
    ///
    /// # Errors
    /// In words: it is none.
    pub fn from_stored(stored: Secret) -> Result<Self, Error> {
        let pair = URL_SAFE_NO_PAD
            .decode(stored.expose())
            .ok()
            .map(zeroize::Zeroizing::new)
            .and_then(|der| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok())
            .ok_or(Error::UnreadableKey)?;
        Ok(Self {
            pair: Arc::new(pair),
            stored,
        })
    }

    /// The key pair (PKCS#8, base64url), for the session store alone.
    #[must_use]
    pub const fn stored(&self) -> &Secret {
        &self.stored
    }

    /// The value of the header `DPoP` (RFC 9449 §4.2).
    ///
    /// # Errors
    /// In words: the machine can't sign.
    pub fn proof(&self, claims: &Claims<'_>) -> Result<Secret, Error> {
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let mut payload = json!({
            "jti": URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
            "htm": claims.method,
            "htu": without_query(claims.url).as_str(),
            "iat": claims.now.as_second(),
        });
        if let Some(token) = claims.access_token {
            let hash = digest::digest(&digest::SHA256, token.expose().as_bytes());
            payload["ath"] = json!(URL_SAFE_NO_PAD.encode(hash));
        }
        if let Some(nonce) = claims.nonce {
            payload["nonce"] = json!(nonce);
        }
        let signed = format!("{}.{}", part(&self.header()), part(&payload));
        let signature = self
            .pair
            .sign(&SystemRandom::new(), signed.as_bytes())
            .map_err(|_| Error::NoSignature)?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Ok(Secret::new(format!("{signed}.{signature}")))
    }

    fn header(&self) -> serde_json::Value {
        // An uncompressed point: 4, x, y.
        let point = self.pair.public_key().as_ref();
        let coordinate = |range| URL_SAFE_NO_PAD.encode(point.get(range).unwrap_or_default());
        json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": { "kty": "EC", "crv": "P-256", "x": coordinate(1..33), "y": coordinate(33..65) },
        })
    }
}

fn without_query(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.stored == other.stored
    }
}

impl Eq for Key {}

/// The newest nonce of each server (RFC 9449 §8.2).
#[derive(Debug, Default)]
pub struct Nonces(Mutex<HashMap<Origin, String>>);

impl Nonces {
    /// What the server of `url` wants in the next proof.
    #[must_use]
    pub fn of(&self, url: &Url) -> Option<String> {
        let nonces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.get(&url.origin()).cloned()
    }

    /// Takes note of a nonce that came with an answer.
    pub fn hear(&self, url: &Url, nonce: Option<&str>) {
        if let Some(nonce) = nonce {
            let mut nonces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = nonces.insert(url.origin(), nonce.to_owned());
        }
    }
}

/// What an API call proves itself with: a token, and the key that it is bound to where
/// it is bound to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The access token.
    pub token: Secret,
    /// Its key.
    pub key: Option<Key>,
    /// How far this machine's clock is ahead of the provider's, as far as is known:
    /// proofs are dated by that one.
    pub ahead: SignedDuration,
}

impl Access {
    /// The value of the header `Authorization` (RFC 6750 §2.1, RFC 9449 §7.1).
    #[must_use]
    pub fn authorization(&self) -> Secret {
        let scheme = match &self.key {
            Some(_) => "DPoP",
            None => "Bearer",
        };
        Secret::new(format!("{scheme} {}", self.token.expose()))
    }

    /// The value of the header `DPoP` for a request; `None` where the token isn't bound.
    /// `wall` is this machine's clock.
    ///
    /// # Errors
    /// In words: the machine can't sign.
    pub fn proof(
        &self,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
        wall: Timestamp,
    ) -> Result<Option<Secret>, Error> {
        let claims = Claims {
            method,
            url,
            access_token: Some(&self.token),
            nonce,
            now: wall.checked_sub(self.ahead).unwrap_or(wall),
        };
        self.key.as_ref().map(|key| key.proof(&claims)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use serde_json::Value;

    use super::*;

    fn decoded(part: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    fn url() -> Url {
        Url::parse("https://api.example/items?page=2#top").unwrap()
    }

    fn proof(key: &Key, access_token: Option<&Secret>, nonce: Option<&str>) -> [String; 3] {
        let claims = Claims {
            method: "GET",
            url: &url(),
            access_token,
            nonce,
            now: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        let proof = key.proof(&claims).unwrap();
        let parts: Vec<_> = proof.expose().split('.').map(str::to_owned).collect();
        parts.try_into().unwrap()
    }

    #[test]
    fn a_proof_is_signed_by_the_key_that_it_names() {
        let key = Key::generate().unwrap();
        let [header, payload, signature] = proof(&key, None, None);

        let jwk = &decoded(&header)["jwk"];
        let mut point = vec![4];
        for name in ["x", "y"] {
            point.extend(URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap());
        }
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
            .verify(
                format!("{header}.{payload}").as_bytes(),
                &URL_SAFE_NO_PAD.decode(signature).unwrap(),
            )
            .unwrap();
        assert_eq!(decoded(&header)["typ"], "dpop+jwt");
        assert_eq!(jwk.as_object().unwrap().len(), 4, "no private part: {jwk}");
    }

    #[test]
    fn a_proof_names_request_and_time_and_not_the_query() {
        let [_, payload, _] = proof(&Key::generate().unwrap(), None, None);
        let payload = decoded(&payload);

        assert_eq!(payload["htm"], "GET");
        assert_eq!(payload["htu"], "https://api.example/items");
        assert_eq!(payload["iat"], 1_800_000_000);
        assert!(payload.get("ath").is_none() && payload.get("nonce").is_none());
    }

    #[test]
    fn a_proof_for_an_api_holds_the_tokens_hash_and_the_nonce() {
        // RFC 9449 §7.1: the example's token and hash.
        let token = Secret::new("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
        let [_, payload, _] = proof(&Key::generate().unwrap(), Some(&token), Some("n-1"));
        let payload = decoded(&payload);

        assert_eq!(
            payload["ath"],
            "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
        );
        assert_eq!(payload["nonce"], "n-1");
    }

    #[test]
    fn no_two_proofs_are_the_same() {
        let key = Key::generate().unwrap();

        let ids = [(); 2].map(|()| decoded(&proof(&key, None, None)[1])["jti"].clone());

        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn a_stored_key_is_the_same_key_and_debug_shows_nothing_of_it() {
        let key = Key::generate().unwrap();
        let again = Key::from_stored(key.stored().clone()).unwrap();

        assert_eq!(proof(&key, None, None)[0], proof(&again, None, None)[0]);
        assert_eq!(format!("{key:?}"), "Key(…)");
        assert!(Key::from_stored(Secret::new("nonsense")).is_err());
    }

    #[test]
    fn a_nonce_belongs_to_the_server_that_gave_it() {
        let nonces = Nonces::default();
        nonces.hear(&url(), Some("n-1"));
        nonces.hear(&url(), None);

        let same = Url::parse("https://api.example/other").unwrap();
        assert_eq!(nonces.of(&same).as_deref(), Some("n-1"));
        assert_eq!(
            nonces.of(&Url::parse("https://api.example:444/").unwrap()),
            None
        );
    }
}
