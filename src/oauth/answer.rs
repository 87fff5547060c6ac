//! The tolerant reading of answers: what a status, a few headers and a body mean,
//! whoever sent them.
//!
//! The error is read from the body before the status, since GitHub answers errors
//! with 200, Auth0 with 403, Google with 428. Everything here is a pure function.

mod code;
mod fields;
mod pause;
mod words;

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

pub use crate::text::shown;
use fields::Fields;

use super::dpop::USE_NONCE;
use super::flow::End;
use super::token::Tokens;
use crate::config::Preset;
use crate::secret::Secret;
use crate::text;
use crate::words::Phrase;

/// The lifetime of a code whose answer doesn't say (RFC 8628 makes it required;
/// some servers leave it out).
const DEFAULT_LIFETIME: Duration = Duration::from_secs(1800);
/// RFC 8628 §3.2.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
/// No code that a person types and no address that they see is longer, in bytes.
const LONGEST_CODE: usize = 128;
const LONGEST_ADDRESS: usize = 2048;
/// No provider's code lives longer; a number beyond is a mistake or an attack.
const LONGEST: Duration = Duration::from_secs(86_400);

/// An HTTP answer, reduced to what its meaning depends on.
#[derive(Clone, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `X-RateLimit-Reset` header: seconds since 1970.
    pub rate_limit_reset: Option<String>,
    /// The `Date` header: the provider's clock.
    pub date: Option<Timestamp>,
    /// The `DPoP-Nonce` header (RFC 9449 §8.1).
    pub dpop_nonce: Option<String>,
    /// The body, capped by whoever read it.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether it may hold what it is not to be searched for.
    #[must_use]
    pub fn gives_tokens(&self) -> bool {
        (200..=299).contains(&self.status) && Fields::read(&self.body).tokens().is_some()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What a poll of the token endpoint means (RFC 8628 §3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Poll {
    /// The person said yes.
    Tokens(Tokens),
    /// `authorization_pending`.
    Pending,
    /// `slow_down`, with the interval that the body may name.
    SlowDown(Option<Duration>),
    /// 429 or 503 without `slow_down`: how long to stay away.
    RateLimited(Option<Duration>),
    /// No answer, or one that isn't OAuth: in words. Not the end.
    Nothing(Phrase),
    /// The flow is over.
    Ended(End),
}

/// What the device authorization endpoint gives (RFC 8628 §3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceGrant {
    /// What polls carry.
    pub device_code: Secret,
    /// What the person sees.
    pub user_code: String,
    /// Where it is entered.
    pub verification_uri: String,
    /// The same with the code inside.
    pub verification_uri_complete: Option<String>,
    /// How long both codes live.
    pub lifetime: Duration,
    /// The least time between two polls.
    pub interval: Duration,
}

/// What a refresh means (RFC 6749 §6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// New tokens.
    Tokens(Tokens),
    /// The refresh token is dead: the session is over; why, in words.
    Dead(Phrase),
    /// The provider limits requests: how long to stay away.
    Busy(Option<Duration>),
    /// No answer that says either: try again. Why, in words.
    Nothing(Phrase),
    /// The provider refuses for another reason than the token.
    Refused(Phrase),
}

/// Reads the answer to a device request.
///
/// # Errors
/// [`End`]: a refusal in the provider's words, or that the answer makes no sense.
pub fn device(answer: &Answer, preset: &Preset) -> Result<DeviceGrant, End> {
    let fields = Fields::read(&answer.body);
    if let Some(error) = code::of(&fields, preset) {
        return Err(refused(&error, answer, &fields));
    }
    let needed = |names: &[&str]| fields.text(names).filter(|text| !text.is_empty());
    let (Some(device_code), Some(user_code), Some(verification_uri)) = (
        needed(&["device_code", "code"]),
        needed(&["user_code"]),
        needed(&["verification_uri", "verification_url"]).filter(|uri| is_web_address(uri)),
    ) else {
        return Err(no_code(answer.status, fields.is_empty()));
    };
    // To the letter or not at all (RFC 8628 §3.3.1): what is left of a code that was
    // cleaned is another code.
    if user_code.len() > LONGEST_CODE || !text::can_be_typed(&user_code) {
        return Err(End::Misconfigured(Phrase::new("provider-untypeable")));
    }
    let complete = needed(&["verification_uri_complete", "verification_url_complete"])
        .or_else(|| preset.complete(&verification_uri, &user_code))
        .filter(|uri| is_web_address(uri));
    Ok(DeviceGrant {
        device_code: Secret::new(device_code),
        user_code,
        verification_uri,
        verification_uri_complete: complete,
        lifetime: fields
            .seconds("expires_in")
            .filter(|life| !life.is_zero())
            .unwrap_or(DEFAULT_LIFETIME),
        interval: fields
            .seconds("interval")
            .unwrap_or(DEFAULT_INTERVAL)
            .max(Duration::from_secs(1)),
    })
}

fn refused(error: &str, answer: &Answer, fields: &Fields) -> End {
    let description = fields.description();
    let misconfigured = |ours| End::Misconfigured(words::with(ours, description.clone()));
    match error {
        // No grant was sent yet: it's the kind of grant that is meant.
        "unauthorized_client" | "unsupported_grant_type" | "invalid_grant" => {
            misconfigured(Phrase::new("provider-no-device-flow"))
        }
        "invalid_client" => misconfigured(Phrase::new("provider-unknown-client")),
        _ if passes_by_itself(error, answer.status) => {
            End::Unreachable(words::unavailable(answer.status))
        }
        _ => End::Refused {
            error: shown(error),
            description,
        },
    }
}

fn no_code(status: u16, says_nothing: bool) -> End {
    match status {
        200..=399 if says_nothing => End::Unreachable(Phrase::new("provider-login-page")),
        200..=299 => End::Misconfigured(Phrase::new("provider-no-code")),
        404 | 405 => End::Misconfigured(Phrase::new("provider-no-device-endpoint")),
        // Whoever forbids it without a word that can be read stands before the provider.
        400..=428 | 430..=499 if says_nothing => {
            End::Unreachable(Phrase::new("provider-somebody-else"))
        }
        status => End::Unreachable(words::unavailable(status)),
    }
}

/// Reads the answer to a poll; `now` is the wall clock, for rate limits that name
/// a time.
#[must_use]
pub fn poll(answer: &Answer, preset: &Preset, now: Timestamp) -> Poll {
    let fields = Fields::read(&answer.body);
    let Some(error) = code::of_poll(
        &fields,
        answer.status,
        fields::is_markup(&answer.body),
        preset,
    ) else {
        return match (answer.status, fields.tokens()) {
            (200..=299, Some(tokens)) => Poll::Tokens(tokens),
            // RFC 6585 §3, and what some say in place of a body.
            (428, _) => Poll::Pending,
            (429, _) => Poll::RateLimited(answer.pause(now)),
            (503, _) if answer.pause(now).is_some() => Poll::RateLimited(answer.pause(now)),
            (status, _) => Poll::Nothing(words::no_meaning(status)),
        };
    };
    match error.as_str() {
        "authorization_pending" => Poll::Pending,
        "slow_down" => Poll::SlowDown(fields.seconds("interval")),
        "too_many_requests" => Poll::RateLimited(answer.pause(now)),
        "temporarily_unavailable" if answer.pause(now).is_some() => {
            Poll::RateLimited(answer.pause(now))
        }
        // A fault of the provider says nothing about the code, whatever words it has.
        "temporarily_unavailable" | "server_error" => {
            Poll::Nothing(words::no_meaning(answer.status))
        }
        _ if answer.status >= 500 => Poll::Nothing(words::no_meaning(answer.status)),
        "access_denied" => Poll::Ended(End::Denied {
            description: fields.description(),
        }),
        "expired_token" | "invalid_grant" => Poll::Ended(End::Expired),
        _ if answer.status == 429 => Poll::RateLimited(answer.pause(now)),
        _ => Poll::Ended(End::Refused {
            error: shown(&error),
            description: fields.description(),
        }),
    }
}

/// Reads the answer to a refresh; `now` as for [`poll`].
#[must_use]
pub fn refresh(answer: &Answer, preset: &Preset, now: Timestamp) -> Refresh {
    let fields = Fields::read(&answer.body);
    let Some(error) = code::of(&fields, preset) else {
        return match (answer.status, fields.tokens()) {
            (200..=299, Some(tokens)) => Refresh::Tokens(tokens),
            (429, _) => Refresh::Busy(answer.pause(now)),
            (503, _) if answer.pause(now).is_some() => Refresh::Busy(answer.pause(now)),
            (status, _) => Refresh::Nothing(words::no_meaning(status)),
        };
    };
    match error.as_str() {
        _ if answer.status == 503 && answer.pause(now).is_some() => {
            Refresh::Busy(answer.pause(now))
        }
        _ if answer.status >= 500 => Refresh::Nothing(words::no_meaning(answer.status)),
        "invalid_grant"
        | "expired_token"
        | "interaction_required"
        | "login_required"
        | "consent_required" => Refresh::Dead(words::with(
            Phrase::new("provider-session-ended"),
            fields.description(),
        )),
        "too_many_requests" | "slow_down" => Refresh::Busy(answer.pause(now)),
        _ if answer.status == 429 => Refresh::Busy(answer.pause(now)),
        _ if passes_by_itself(&error, answer.status) => {
            Refresh::Nothing(words::no_meaning(answer.status))
        }
        _ => Refresh::Refused(words::with(
            Phrase::new("provider-refuses-renewal").with("error", shown(&error)),
            fields.description(),
        )),
    }
}

/// Whether an answer asks for the same question again with the nonce that it brings
/// (RFC 9449 §8).
#[must_use]
pub fn wants_nonce(answer: &Answer) -> bool {
    answer.dpop_nonce.is_some()
        && Fields::read(&answer.body)
            .errors()
            .any(|found| found.text == USE_NONCE)
}

/// Whether a revocation took place (RFC 7009 §2.2: 200 also for unknown tokens).
#[must_use]
pub fn revoked(answer: &Answer) -> bool {
    // Whoever answers with a page isn't the provider.
    (200..=299).contains(&answer.status) && !fields::is_markup(&answer.body)
}

/// Whether a person can be sent to an address. It is shown to the letter, so nothing in
/// it may be other than it looks, and it names one host.
fn is_web_address(text: &str) -> bool {
    let begins = ["https://", "http://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let plain = text.len() <= LONGEST_ADDRESS && !text.contains(char::is_whitespace);
    begins
        && plain
        && text::can_be_typed(text)
        && Url::parse(text).is_ok_and(|url| {
            url.has_host() && url.username().is_empty() && url.password().is_none()
        })
}

/// Whether waiting a while can help against an error.
fn passes_by_itself(error: &str, status: u16) -> bool {
    let named = [
        "too_many_requests",
        "slow_down",
        "temporarily_unavailable",
        "server_error",
    ];
    status == 429 || status >= 500 || named.contains(&error)
}
