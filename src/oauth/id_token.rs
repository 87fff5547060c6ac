//! Who signed in, from the ID token (OpenID Connect Core 1.0 §2, §3.1.3.7): its
//! signature by the provider's keys, and its claims against a `now` that is an
//! argument.

mod keys;

use std::fmt;

use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

pub use keys::Keys;

use super::response::shown;
use super::userinfo;
use crate::config::Preset;
use crate::i18n::Phrase;
use crate::oauth::Who;
use crate::secret::Secret;

/// How far two clocks may differ.
const LEEWAY: SignedDuration = SignedDuration::from_mins(2);

/// How a token may be signed. Never `none`, and never HS*: a public client has no
/// secret to check those with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signed {
    /// What the crate can check.
    By(Algorithm),
    /// What it can't (RFC 7518 §3.4, with P-521).
    ByEs512,
}

const ALLOWED: [(&str, Signed); 10] = [
    ("RS256", Signed::By(Algorithm::RS256)),
    ("RS384", Signed::By(Algorithm::RS384)),
    ("RS512", Signed::By(Algorithm::RS512)),
    ("PS256", Signed::By(Algorithm::PS256)),
    ("PS384", Signed::By(Algorithm::PS384)),
    ("PS512", Signed::By(Algorithm::PS512)),
    ("ES256", Signed::By(Algorithm::ES256)),
    ("ES384", Signed::By(Algorithm::ES384)),
    ("ES512", Signed::ByEs512),
    ("EdDSA", Signed::By(Algorithm::EdDSA)),
];

/// What an ID token must say to be believed.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// To the letter.
    pub issuer: &'a str,
    /// What else counts as the issuer.
    pub preset: &'a Preset,
    /// Must be in the audience.
    pub client_id: &'a str,
    /// This machine's wall clock.
    pub now: Timestamp,
    /// How far this machine's clock is ahead of the provider's, where known.
    pub ahead: Option<SignedDuration>,
}

/// Why an ID token isn't believed. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// None of the keys has signed it: they may have changed.
    UnknownKey,
    /// This machine's clock is so far ahead of the provider's.
    Clock(SignedDuration),
    /// It has expired, and the clock isn't known to be wrong.
    Expired,
    /// It is from the future, and the clock isn't known to be wrong.
    FromTheFuture,
    /// Anything else.
    Invalid(Flaw),
}

/// What is wrong with an ID token, whatever the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It isn't a JWS (RFC 7515).
    Unsigned,
    /// It is a JWE (RFC 7516), for which a client needs a key of its own.
    Encrypted,
    /// Its header lists members that must be understood (RFC 7515 §4.1.11).
    Critical,
    /// It is signed with an algorithm that proves nothing here.
    Algorithm(String),
    /// Its signature is wrong, or a claim is missing.
    Signature,
    /// It comes from another issuer.
    Issuer {
        /// The token's.
        theirs: String,
        /// The provider's.
        ours: String,
    },
    /// It was made for another client (`aud`).
    Audience,
    /// It was given to another client (`azp`).
    AuthorizedParty,
    /// It is for several clients and doesn't say which one it was given to.
    NoAuthorizedParty,
    /// It names no subject.
    NoSubject,
}

impl Flaw {
    /// A part of a sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unsigned => Phrase::new("provider-id-unsigned"),
            Self::Encrypted => Phrase::new("provider-id-encrypted"),
            Self::Critical => Phrase::new("provider-id-critical"),
            Self::Algorithm(algorithm) => {
                Phrase::new("provider-id-algorithm").with("algorithm", algorithm)
            }
            Self::Signature => Phrase::new("provider-id-signature"),
            Self::Issuer { theirs, ours } => Phrase::new("provider-id-issuer")
                .with("theirs", theirs)
                .with("ours", ours),
            Self::Audience => Phrase::new("provider-id-other-app"),
            Self::AuthorizedParty => Phrase::new("provider-id-given-away"),
            Self::NoAuthorizedParty => Phrase::new("provider-id-no-app"),
            Self::NoSubject => Phrase::new("provider-id-nobody"),
        }
    }
}

impl Error {
    /// Whether this machine's clock is to blame.
    #[must_use]
    pub const fn is_about_the_clock(&self) -> bool {
        match self {
            Self::Clock(_) => true,
            Self::UnknownKey | Self::Expired | Self::FromTheFuture | Self::Invalid(_) => false,
        }
    }

    /// A sentence for a person.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let untrusted = |why| Phrase::new("provider-untrusted").with("why", why);
        match self {
            Self::UnknownKey => Phrase::new("provider-unknown-key"),
            Self::Clock(ahead) => Phrase::new("provider-clock").with("skew", skew(*ahead)),
            Self::Expired => untrusted(Phrase::new("provider-id-expired")),
            Self::FromTheFuture => untrusted(Phrase::new("provider-id-future")),
            Self::Invalid(flaw) => untrusted(flaw.phrase()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for Error {}

/// Checks an ID token and says whom it names.
///
/// # Errors
/// [`Error`]
pub fn verify(token: &Secret, keys: &Keys, expected: Expected<'_>) -> Result<Who, Error> {
    let claims = signed(token, keys)?;
    check(&claims, expected)?;
    Ok(userinfo::claimed(&claims.sub, &claims.others))
}

/// What matters of a JWS's header (RFC 7515 §4.1). Members that aren't known are ignored,
/// whatever they hold.
struct Header {
    alg: String,
    kid: Option<String>,
    /// Whether it lists members that have to be understood (§4.1.11): none of them is.
    is_critical: bool,
}

impl Header {
    fn of(token: &Secret) -> Result<Self, Error> {
        let read = |part: &str| {
            let members: Map<String, Value> =
                serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()?;
            Some(members)
        };
        let mut parts = token.expose().split('.');
        let members = parts.next().and_then(read);
        // RFC 7516 §9: a JWE has five parts, and says how it is encrypted.
        if members
            .as_ref()
            .is_some_and(|members| parts.count() == 4 || members.contains_key("enc"))
        {
            return Err(Error::Invalid(Flaw::Encrypted));
        }
        let unsigned = || Error::Invalid(Flaw::Unsigned);
        let members = members.ok_or_else(unsigned)?;
        let text = |name: &str| members.get(name)?.as_str().map(str::to_owned);
        Ok(Self {
            alg: text("alg").ok_or_else(unsigned)?,
            kid: text("kid"),
            is_critical: members.contains_key("crit"),
        })
    }
}

fn signed(token: &Secret, keys: &Keys) -> Result<Claims, Error> {
    let header = Header::of(token)?;
    let Some((_, how)) = ALLOWED.iter().find(|(name, _)| *name == header.alg) else {
        return Err(Error::Invalid(Flaw::Algorithm(shown(&header.alg))));
    };
    if header.is_critical {
        return Err(Error::Invalid(Flaw::Critical));
    }
    let mut tried = false;
    for key in keys.candidates(header.kid.as_deref()) {
        let claims = match how {
            Signed::By(algorithm) => checked_by_crate(token, key, *algorithm),
            Signed::ByEs512 => checked_by_es512(token, key),
        };
        match claims {
            Some(Some(claims)) => return Ok(claims),
            Some(None) => tried |= key.common.key_id.is_some(),
            None => {}
        }
    }
    if tried && header.kid.is_some() {
        Err(Error::Invalid(Flaw::Signature))
    } else {
        Err(Error::UnknownKey)
    }
}

/// `None` where the key is of another kind than the algorithm, `Some(None)` where it
/// is of that kind and hasn't signed.
fn checked_by_crate(token: &Secret, key: &Jwk, algorithm: Algorithm) -> Option<Option<Claims>> {
    let key = DecodingKey::from_jwk(key).ok()?;
    if key.family() != algorithm.family() {
        return None;
    }
    let verified = || {
        let (message, signature) = token.expose().rsplit_once('.')?;
        let is_good = crypto::verify(signature, message.as_bytes(), &key, algorithm).ok()?;
        is_good.then(|| Claims::of(message)).flatten()
    };
    Some(verified())
}

/// The same for ES512, which the crate doesn't know.
fn checked_by_es512(token: &Secret, key: &Jwk) -> Option<Option<Claims>> {
    let AlgorithmParameters::EllipticCurve(parameters) = &key.algorithm else {
        return None;
    };
    if parameters.curve != EllipticCurve::P521 {
        return None;
    }
    let verified = || {
        let (message, signature) = token.expose().rsplit_once('.')?;
        let mut point = vec![4];
        for coordinate in [&parameters.x, &parameters.y] {
            point.extend(URL_SAFE_NO_PAD.decode(coordinate).ok()?);
        }
        UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point)
            .verify(message.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).ok()?)
            .ok()?;
        Claims::of(message)
    };
    Some(verified())
}

#[derive(Debug, Clone, Deserialize)]
struct Claims {
    iss: String,
    #[serde(deserialize_with = "subject")]
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: Option<f64>,
    nbf: Option<f64>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl Claims {
    /// Out of what was signed, a header and a payload; never before the signature is checked.
    fn of(message: &str) -> Option<Self> {
        let (_, payload) = message.split_once('.')?;
        // By way of a map: of a claim that stands there twice the last one counts (RFC 7519 §4).
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        serde_json::from_value(claims).ok()
    }
}

fn subject<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let written = Value::deserialize(deserializer)?;
    // An empty one is told from none at all.
    if let Value::String(text) = written {
        return Ok(text);
    }
    userinfo::identifier(&written).ok_or_else(|| D::Error::custom("no subject"))
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

fn check(claims: &Claims, expected: Expected<'_>) -> Result<(), Error> {
    let invalid = |flaw| Err(Error::Invalid(flaw));
    let other = |name: &str| claims.others.get(name)?.as_str().map(str::to_owned);
    if !expected
        .preset
        .is_token_issuer(expected.issuer, &claims.iss, other)
    {
        return invalid(Flaw::Issuer {
            theirs: shown(&claims.iss),
            ours: expected.issuer.to_owned(),
        });
    }
    let (ours, several) = match &claims.aud {
        Audience::One(one) => (one == expected.client_id, false),
        Audience::Several(all) => (
            all.iter().any(|one| one == expected.client_id),
            all.len() > 1,
        ),
    };
    if !ours {
        return invalid(Flaw::Audience);
    }
    match &claims.azp {
        Some(azp) if azp != expected.client_id => {
            return invalid(Flaw::AuthorizedParty);
        }
        None if several => {
            return invalid(Flaw::NoAuthorizedParty);
        }
        Some(_) | None => {}
    }
    if !is_subject(&claims.sub) {
        return invalid(Flaw::NoSubject);
    }
    check_times(claims, expected)
}

/// A subject is compared to the letter, and shown where nothing else is known.
#[must_use]
pub fn is_subject(text: &str) -> bool {
    !text.is_empty() && shown(text) == text
}

/// A token that our clock alone refuses tells about the clock, not the token.
fn check_times(claims: &Claims, expected: Expected<'_>) -> Result<(), Error> {
    let seconds = |at: f64| {
        let beyond = if at < 0.0 {
            SignedDuration::MIN
        } else {
            SignedDuration::MAX
        };
        SignedDuration::try_from_secs_f64(at).unwrap_or(beyond)
    };
    let is_after = |at: Option<f64>, now: SignedDuration| {
        at.is_some_and(|at| seconds(at) > now.saturating_add(LEEWAY))
    };
    let good_at = |now: SignedDuration| {
        let expired = now > seconds(claims.exp).saturating_add(LEEWAY);
        let early = is_after(claims.iat, now) || is_after(claims.nbf, now);
        (expired, early)
    };
    let now = expected.now.as_duration();
    let (expired, early) = good_at(now);
    if !expired && !early {
        return Ok(());
    }
    if let Some(ahead) = expected.ahead {
        if ahead.abs() > LEEWAY && good_at(now.saturating_sub(ahead)) == (false, false) {
            return Err(Error::Clock(ahead));
        }
    } else if let Some(iat) = claims.iat.filter(|_| is_after(claims.iat, now)) {
        // Tokens are made a moment before they arrive.
        return Err(Error::Clock(now.saturating_sub(seconds(iat))));
    }
    Err(if expired {
        Error::Expired
    } else {
        Error::FromTheFuture
    })
}

/// Why nothing that the provider dates now would be believed, where this machine's clock is
/// so far `ahead` of its own: all of it is from the future to one that is behind.
#[must_use]
pub fn foreseen(ahead: SignedDuration) -> Option<Error> {
    (ahead < -LEEWAY).then_some(Error::Clock(ahead))
}

/// "3 h behind", "20 min ahead".
#[must_use]
pub fn skew(ahead: SignedDuration) -> Phrase {
    let direction = if ahead.is_negative() {
        "provider-behind"
    } else {
        "provider-ahead"
    };
    Phrase::new(direction).with("amount", ahead.unsigned_abs())
}
