//! The tolerant reading of answers: what a status, a few headers and a body mean,
//! whoever sent them.
//!
//! The error is read from the body before the status, since GitHub answers errors
//! with 200, Auth0 with 403, Google with 428. Everything here is a pure function.

mod fields;

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use fields::Fields;

use super::flow::End;
use super::token::Tokens;
use crate::secret::Secret;
use crate::text;

pub use crate::text::shown;

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
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `X-RateLimit-Reset` header: seconds since 1970.
    pub rate_limit_reset: Option<String>,
    /// The `Date` header: the provider's clock.
    pub date: Option<Timestamp>,
    /// The body, capped by whoever read it.
    pub body: Vec<u8>,
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
    Nothing(String),
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
    Dead(String),
    /// The provider limits requests: how long to stay away.
    Busy(Option<Duration>),
    /// No answer that says either: try again. Why, in words.
    Nothing(String),
    /// The provider refuses for another reason than the token.
    Refused(String),
}

/// Reads the answer to a device request.
///
/// # Errors
/// [`End`]: a refusal in the provider's words, or that the answer makes no sense.
pub fn device(answer: &Answer) -> Result<DeviceGrant, End> {
    let fields = Fields::read(&answer.body);
    if let Some(error) = fields.error() {
        let description = fields.description();
        return Err(match error.as_str() {
            "unauthorized_client" => End::Misconfigured(with_words(
                "The provider doesn't let this client use the device flow: enable the grant type “Device Code” for it",
                description,
            )),
            "invalid_client" => End::Misconfigured(with_words(
                "The provider doesn't know this client: check client_id",
                description,
            )),
            _ if passes_by_itself(&error, answer.status) => {
                End::Unreachable(unavailable(answer.status))
            }
            _ => End::Refused {
                error: shown(&error),
                description,
            },
        });
    }
    let needed = |names: &[&str]| fields.text(names).filter(|text| !text.is_empty());
    let (Some(device_code), Some(user_code), Some(verification_uri)) = (
        needed(&["device_code", "code"]),
        needed(&["user_code"]),
        needed(&["verification_uri", "verification_url"]).filter(|uri| is_web_address(uri)),
    ) else {
        return Err(match answer.status {
            200..=299 => End::Misconfigured("The provider's answer holds no code: is the device endpoint right?".to_owned()),
            404 | 405 => End::Misconfigured(
                "The provider has no device endpoint at this address: is the device flow enabled there?".to_owned(),
            ),
            status => End::Unreachable(unavailable(status)),
        });
    };
    // To the letter or not at all (RFC 8628 §3.3.1): what is left of a code that was
    // cleaned is another code.
    if user_code.len() > LONGEST_CODE || !text::can_be_typed(&user_code) {
        return Err(End::Misconfigured(
            "The provider's code can't be shown: it has characters in it that nobody can type."
                .to_owned(),
        ));
    }
    Ok(DeviceGrant {
        device_code: Secret::new(device_code),
        user_code,
        verification_uri,
        verification_uri_complete: needed(&[
            "verification_uri_complete",
            "verification_url_complete",
        ])
        .filter(|uri| is_web_address(uri)),
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

/// Reads the answer to a poll; `now` is the wall clock, for rate limits that name
/// a time.
#[must_use]
pub fn poll(answer: &Answer, now: Timestamp) -> Poll {
    let fields = Fields::read(&answer.body);
    let Some(error) = fields.error() else {
        return match (answer.status, fields.tokens()) {
            (200..=299, Some(Ok(tokens))) => Poll::Tokens(tokens),
            (200..=299, Some(Err(unknown_type))) => Poll::Ended(End::Untrusted(unknown_type)),
            (429, _) => Poll::RateLimited(answer.pause(now)),
            (503, _) if answer.pause(now).is_some() => Poll::RateLimited(answer.pause(now)),
            (status, _) => Poll::Nothing(no_meaning(status)),
        };
    };
    match error.as_str() {
        "authorization_pending" => Poll::Pending,
        "slow_down" => Poll::SlowDown(fields.seconds("interval")),
        "access_denied" | "authorization_declined" => Poll::Ended(End::Denied {
            description: fields.description(),
        }),
        "expired_token"
        | "token_expired"
        | "code_expired"
        | "invalid_grant"
        | "bad_verification_code" => Poll::Ended(End::Expired),
        "too_many_requests" => Poll::RateLimited(answer.pause(now)),
        "temporarily_unavailable" if answer.pause(now).is_some() => {
            Poll::RateLimited(answer.pause(now))
        }
        "temporarily_unavailable" => Poll::Nothing(no_meaning(answer.status)),
        "server_error" => Poll::Nothing(no_meaning(answer.status)),
        _ if answer.status == 429 => Poll::RateLimited(answer.pause(now)),
        _ if answer.status >= 500 => Poll::Nothing(no_meaning(answer.status)),
        _ => Poll::Ended(End::Refused {
            error: shown(&error),
            description: fields.description(),
        }),
    }
}

/// Reads the answer to a refresh; `now` as for [`poll`].
#[must_use]
pub fn refresh(answer: &Answer, now: Timestamp) -> Refresh {
    let fields = Fields::read(&answer.body);
    let Some(error) = fields.error() else {
        return match (answer.status, fields.tokens()) {
            (200..=299, Some(Ok(tokens))) => Refresh::Tokens(tokens),
            (200..=299, Some(Err(unknown_type))) => Refresh::Refused(unknown_type),
            (429, _) => Refresh::Busy(answer.pause(now)),
            (status, _) => Refresh::Nothing(no_meaning(status)),
        };
    };
    match error.as_str() {
        "invalid_grant" | "expired_token" | "token_expired" | "bad_refresh_token" => {
            Refresh::Dead(with_words(
                "The session has ended at the provider. Please sign in again",
                fields.description(),
            ))
        }
        "too_many_requests" | "slow_down" => Refresh::Busy(answer.pause(now)),
        _ if answer.status == 429 => Refresh::Busy(answer.pause(now)),
        _ if passes_by_itself(&error, answer.status) => Refresh::Nothing(no_meaning(answer.status)),
        _ => Refresh::Refused(with_words(
            &format!(
                "The provider refuses to renew the session ({})",
                shown(&error)
            ),
            fields.description(),
        )),
    }
}

/// Whether a revocation took place (RFC 7009 §2.2: 200 also for unknown tokens).
#[must_use]
pub fn revoked(answer: &Answer) -> bool {
    (200..=299).contains(&answer.status)
}

impl Answer {
    /// How long the provider asks to stay away. A time that it names is held against
    /// its own clock where it tells that; ours may be hours off.
    fn pause(&self, now: Timestamp) -> Option<Duration> {
        /// Numbers below it (the year 2000) are seconds from now, whatever the
        /// documents say.
        const A_POINT_IN_TIME: i64 = 946_684_800;
        let now = self.date.unwrap_or(now).as_second();
        let until = |then: i64| {
            let left = if then < A_POINT_IN_TIME {
                then
            } else {
                then.saturating_sub(now)
            };
            Duration::from_secs(u64::try_from(left).unwrap_or(0))
        };
        let retry_after = self.retry_after.as_deref().map(str::trim).and_then(|text| {
            text.parse().ok().map(Duration::from_secs).or_else(|| {
                let then = Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()?;
                Some(until(then.as_second()))
            })
        });
        let reset = || {
            self.rate_limit_reset
                .as_deref()?
                .trim()
                .parse::<i64>()
                .ok()
                .map(until)
        };
        retry_after.or_else(reset).map(|pause| pause.min(LONGEST))
    }
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

fn unavailable(status: u16) -> String {
    match status {
        429 => "The provider gets too many requests just now. Try again in a minute.".to_owned(),
        status => {
            format!("The provider has a fault just now (HTTP {status}). Try again in a minute.")
        }
    }
}

fn no_meaning(status: u16) -> String {
    match status {
        429 | 503 => "the provider is busy".to_owned(),
        500..=599 => format!("the provider has a fault (HTTP {status})"),
        200..=299 => "something else than the provider answered".to_owned(),
        _ => format!("the provider's answer can't be read (HTTP {status})"),
    }
}

fn with_words(ours: &str, theirs: Option<String>) -> String {
    match theirs {
        Some(theirs) => format!("{ours}. ({theirs})"),
        None => format!("{ours}."),
    }
}
