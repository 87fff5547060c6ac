//! Who signed in, from the ID token (OpenID Connect Core 1.0 §2, §3.1.3.7): its
//! signature by the provider's keys, and its claims against a `now` that is an
//! argument.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

use super::answer::shown;
use crate::secret::Secret;
use crate::session::Who;

/// How far two clocks may differ.
const LEEWAY: SignedDuration = SignedDuration::from_mins(2);

/// Never `none`, and never HS*: a public client has no secret to check those with.
const ALLOWED: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// A provider's signing keys (RFC 7517 §5). Keys of unknown kinds are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<Jwk>);

/// What an ID token must say to be believed.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// To the letter.
    pub issuer: &'a str,
    /// Must be in the audience.
    pub client_id: &'a str,
    /// This machine's wall clock.
    pub now: Timestamp,
    /// How far this machine's clock is ahead of the provider's, where known.
    pub ahead: Option<SignedDuration>,
}

/// Why an ID token isn't believed. `Display` is a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// None of the keys has signed it: they may have changed.
    #[error("The provider signed with a key that it doesn't publish.")]
    UnknownKey,
    /// This machine's clock is wrong.
    #[error("This TV's clock is {0}. Set it, then sign in again.")]
    Clock(String),
    /// It has expired or is from the future, and the clock isn't known to be wrong.
    #[error("The provider's proof of identity can't be trusted: {0}.")]
    Time(&'static str),
    /// Anything else, in words.
    #[error("The provider's proof of identity can't be trusted: {0}.")]
    Invalid(String),
}

impl Keys {
    /// Reads a key set.
    ///
    /// # Errors
    /// In words: it is none.
    pub fn parse(body: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let set: Set = serde_json::from_slice(body)
            .map_err(|_| "the provider's keys can't be read".to_owned())?;
        let key = |value| serde_json::from_value::<Jwk>(value).ok();
        Ok(Self(set.keys.into_iter().filter_map(key).collect()))
    }

    /// The keys that may have signed: by identifier where the token names one.
    fn candidates<'a>(&'a self, kid: Option<&'a str>) -> impl Iterator<Item = DecodingKey> + 'a {
        self.0
            .iter()
            .filter(|key| key.common.public_key_use != Some(PublicKeyUse::Encryption))
            .filter(move |key| kid.is_none() || key.common.key_id.as_deref() == kid)
            .filter_map(|key| DecodingKey::from_jwk(key).ok())
    }
}

/// Checks an ID token and says whom it names.
///
/// # Errors
/// [`Error`]
pub fn verify(token: &Secret, keys: &Keys, expected: Expected<'_>) -> Result<Who, Error> {
    let claims = signed(token, keys)?;
    check(&claims, expected)?;
    Ok(claims.who())
}

fn signed(token: &Secret, keys: &Keys) -> Result<Claims, Error> {
    let header = jsonwebtoken::decode_header(token.expose())
        .map_err(|_| Error::Invalid("it isn't signed in a way that can be checked".to_owned()))?;
    if !ALLOWED.contains(&header.alg) {
        return Err(Error::Invalid(format!(
            "it is signed with {:?}, which proves nothing here",
            header.alg
        )));
    }
    let mut validation = Validation::new(header.alg);
    // The claims are checked below, with the time as an argument.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    let mut tried = false;
    for key in keys
        .candidates(header.kid.as_deref())
        .filter(|key| key.family() == header.alg.family())
    {
        tried = true;
        if let Ok(token) = jsonwebtoken::decode::<Claims>(token.expose(), &key, &validation) {
            return Ok(token.claims);
        }
    }
    if tried && header.kid.is_some() {
        Err(Error::Invalid(
            "its signature is wrong or a claim is missing".to_owned(),
        ))
    } else {
        Err(Error::UnknownKey)
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: Option<f64>,
    name: Option<String>,
    nickname: Option<String>,
    preferred_username: Option<String>,
    email: Option<String>,
    picture: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Claims {
    fn who(&self) -> Who {
        let name = [&self.name, &self.nickname, &self.preferred_username];
        Who {
            subject: Some(self.sub.clone()),
            name: name
                .into_iter()
                .flatten()
                .map(|name| shown(name))
                .find(|name| !name.trim().is_empty()),
            email: self.email.as_deref().map(shown),
            picture: self.picture.clone(),
        }
    }
}

fn check(claims: &Claims, expected: Expected<'_>) -> Result<(), Error> {
    let invalid = |words: String| Err(Error::Invalid(words));
    if claims.iss != expected.issuer {
        return invalid(format!(
            "it comes from “{}”, not from “{}”",
            shown(&claims.iss),
            expected.issuer
        ));
    }
    let (ours, several) = match &claims.aud {
        Audience::One(one) => (one == expected.client_id, false),
        Audience::Several(all) => (
            all.iter().any(|one| one == expected.client_id),
            all.len() > 1,
        ),
    };
    if !ours {
        return invalid("it was made for another application".to_owned());
    }
    match &claims.azp {
        Some(azp) if azp != expected.client_id => {
            return invalid("it was given to another application".to_owned());
        }
        None if several => {
            return invalid("it doesn't say which application it was given to".to_owned());
        }
        Some(_) | None => {}
    }
    if !is_subject(&claims.sub) {
        return invalid("it names nobody".to_owned());
    }
    check_times(claims, expected)
}

/// A subject is compared to the letter, and shown where nothing else is known.
fn is_subject(text: &str) -> bool {
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
    let good_at = |now: SignedDuration| {
        let expired = now > seconds(claims.exp).saturating_add(LEEWAY);
        let early = claims
            .iat
            .is_some_and(|iat| seconds(iat) > now.saturating_add(LEEWAY));
        (expired, early)
    };
    let now = expected.now.as_duration();
    let (expired, early) = good_at(now);
    if !expired && !early {
        return Ok(());
    }
    if let Some(ahead) = expected.ahead {
        if ahead.abs() > LEEWAY && good_at(now.saturating_sub(ahead)) == (false, false) {
            return Err(Error::Clock(skew(ahead)));
        }
    } else if early && let Some(iat) = claims.iat {
        // Tokens are made a moment before they arrive.
        return Err(Error::Clock(skew(now.saturating_sub(seconds(iat)))));
    }
    Err(Error::Time(if expired {
        "it has expired"
    } else {
        "it is from the future"
    }))
}

/// "3 h behind", "20 min ahead".
#[must_use]
pub fn skew(ahead: SignedDuration) -> String {
    let size = ahead.unsigned_abs().as_secs();
    let amount = match size {
        0..120 => format!("{size} s"),
        120..7200 => format!("{} min", (size + 30) / 60),
        7200..172_800 => format!("{} h", (size + 1800) / 3600),
        _ => format!("{} days", (size + 43_200) / 86_400),
    };
    format!(
        "{amount} {}",
        if ahead.is_negative() {
            "behind"
        } else {
            "ahead"
        }
    )
}

/// What the userinfo endpoint says (OpenID Connect Core §5.3.2), believed only of
/// the same `subject`; `None` where it is somebody else's or can't be read.
#[must_use]
pub fn userinfo(body: &[u8], subject: Option<&str>) -> Option<Who> {
    #[derive(Deserialize)]
    struct UserInfo {
        sub: String,
        name: Option<String>,
        nickname: Option<String>,
        preferred_username: Option<String>,
        email: Option<String>,
        picture: Option<String>,
    }
    let info: UserInfo = serde_json::from_slice(body).ok()?;
    if subject.is_some_and(|subject| subject != info.sub) || !is_subject(&info.sub) {
        return None;
    }
    let names = [info.name, info.nickname, info.preferred_username];
    Some(Who {
        subject: Some(info.sub),
        name: names
            .into_iter()
            .flatten()
            .map(|name| shown(&name))
            .find(|name| !name.trim().is_empty()),
        email: info.email.as_deref().map(shown),
        picture: info.picture,
    })
}
