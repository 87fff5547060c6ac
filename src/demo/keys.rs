//! The key that signs ID tokens.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use super::Error;
use super::account::Account;
use super::scope::{Granted, Scope};
use crate::i18n::Phrase;

/// How long an ID token may be relied on: ten hours, as at Auth0.
const ID_TOKEN_LIFETIME: i64 = 36_000;

/// An RSA key that lives as long as the demo.
pub(super) struct SigningKey {
    private: EncodingKey,
    public: Jwk,
    id: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
}

impl SigningKey {
    /// Makes a key of 2048 bits; takes a fraction of a second.
    pub(super) fn generate() -> Result<Self, Error> {
        let failed = |step: &str| Error(Phrase::new("session-demo-key").with("step", step));
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| failed("generating"))?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| failed("encoding"))?;
        let private = EncodingKey::from_rsa_der(
            rsa_private_key(der.as_ref()).ok_or_else(|| failed("unwrapping"))?,
        );
        let mut public =
            Jwk::from_encoding_key(&private, Algorithm::RS256).map_err(|_| failed("publishing"))?;
        let id = super::random::token();
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            private,
            public,
            id,
        })
    }

    /// What `/.well-known/jwks.json` holds (RFC 7517 §5).
    pub(super) fn published(&self) -> JwkSet {
        JwkSet {
            keys: vec![self.public.clone()],
        }
    }

    /// An ID token (OpenID Connect Core §2); nothing if it can't be signed.
    pub(super) fn id_token(
        &self,
        issuer: &str,
        client_id: &str,
        account: Account,
        picture: &str,
        granted: &Granted,
        now: Timestamp,
    ) -> Option<String> {
        let with = |scope| granted.has(scope).then_some(());
        let claims = Claims {
            iss: issuer,
            sub: account.subject(),
            aud: client_id,
            iat: now.as_second(),
            exp: now.as_second() + ID_TOKEN_LIFETIME,
            name: with(Scope::Profile).map(|()| account.name()),
            picture: with(Scope::Profile).map(|()| picture),
            email: with(Scope::Email).map(|()| account.email()),
            email_verified: with(Scope::Email).map(|()| true),
        };
        let header = Header {
            kid: Some(self.id.clone()),
            ..Header::new(Algorithm::RS256)
        };
        jsonwebtoken::encode(&header, &claims, &self.private).ok()
    }
}

/// The `RSAPrivateKey` (RFC 8017 A.1.2) inside a PKCS #8 `PrivateKeyInfo`
/// (RFC 5208 §5): the form that jsonwebtoken signs with.
fn rsa_private_key(pkcs8: &[u8]) -> Option<&[u8]> {
    const INTEGER: u8 = 0x02;
    const OCTET_STRING: u8 = 0x04;
    const SEQUENCE: u8 = 0x30;
    let (info, _) = der_value(SEQUENCE, pkcs8)?;
    let (_version, rest) = der_value(INTEGER, info)?;
    let (_algorithm, rest) = der_value(SEQUENCE, rest)?;
    let (key, _attributes) = der_value(OCTET_STRING, rest)?;
    Some(key)
}

/// The content of the value that `der` begins with, if it has this tag, and what
/// comes after it.
fn der_value(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = der.split_first_chunk::<2>()?;
    if found != tag {
        return None;
    }
    if length < 0x80 {
        return rest.split_at_checked(usize::from(length));
    }
    let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
    let length = digits.iter().try_fold(0_usize, |sum, &digit| {
        sum.checked_mul(256)?.checked_add(usize::from(digit))
    })?;
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lengths_are_read() {
        assert_eq!(
            der_value(0x02, &[0x02, 1, 7, 9]),
            Some((&[7_u8][..], &[9_u8][..]))
        );
        assert_eq!(
            der_value(0x04, &[0x04, 0x82, 0, 2, 5, 6]),
            Some((&[5_u8, 6][..], &[][..]))
        );
    }

    #[test]
    fn what_is_cut_off_or_of_another_kind_is_refused() {
        assert_eq!(der_value(0x02, &[0x02, 3, 7]), None);
        assert_eq!(der_value(0x02, &[0x04, 1, 7]), None);
        assert_eq!(der_value(0x02, &[0x02]), None);
        assert_eq!(rsa_private_key(&[0x30, 0]), None);
    }

    #[test]
    fn claims_follow_the_scopes() {
        let key = SigningKey::generate().unwrap();
        let claims = |scope: &str| {
            let token = key
                .id_token(
                    "http://127.0.0.1/",
                    "tv",
                    Account::Ada,
                    "p",
                    &Granted::of(scope),
                    Timestamp::UNIX_EPOCH,
                )
                .unwrap();
            let claims =
                jsonwebtoken::dangerous::insecure_decode::<serde_json::Value>(&token).unwrap();
            claims.claims
        };

        assert_eq!(claims("openid")["sub"], "demo|ada");
        assert_eq!(claims("openid")["name"], serde_json::Value::Null);
        assert_eq!(claims("openid profile email")["name"], "Ada Winter");
        assert_eq!(claims("openid profile email")["email"], "ada@example.com");
    }
}
