//! The tolerant reading of answers: what a status, a few headers and a body mean,
//! whoever sent them.
//!
//! The error is read from the body before the status, since GitHub answers errors
//! with 200, Auth0 with 403, Google with 428. Everything here is a pure function.

mod code;
mod diagnosis;
mod fields;
mod retry_after;
mod verification;

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

pub use crate::text::shown;
use fields::Fields;
use verification::Verification;

use super::dpop::USE_NONCE;
use super::error::{Misconfiguration, Refusal, Unavailable};
use super::flow::End;
use super::token::Tokens;
use crate::config::Preset;
use crate::secret::Secret;
use crate::text;
use crate::web::{self, RequestError, TransportError};
use diagnosis::Endpoint;

/// The lifetime of a code whose answer doesn't say (RFC 8628 makes it required;
/// some servers leave it out).
const DEFAULT_LIFETIME: Duration = Duration::from_secs(1800);
/// RFC 8628 §3.2.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
/// No code that a person types is longer, in bytes.
const LONGEST_CODE: usize = 128;
/// No provider's code lives longer; a number beyond is a mistake or an attack.
const LONGEST: Duration = Duration::from_secs(86_400);

/// An HTTP answer, reduced to what its meaning depends on.
#[derive(Clone, Default)]
pub struct Answer {
    /// Where it came from.
    pub url: Option<Url>,
    /// The HTTP status.
    pub status: u16,
    /// The `Location` header.
    pub location: Option<String>,
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
    /// Why an answer without an error of OAuth's doesn't count.
    pub(super) fn without_meaning(&self) -> Unavailable {
        let status = self.status;
        let from = |cause| {
            let host = self.url.as_ref().map(web::host).unwrap_or_default();
            Unavailable::Request(RequestError::new(host, cause))
        };
        match status {
            300..=399 => from(TransportError::Redirect {
                status,
                target: self.target(),
            }),
            // RFC 6585 §6: a network that wants a login.
            511 => from(TransportError::WebPage { status }),
            429 => Unavailable::RateLimited {
                error: None,
                retry_after: None,
            },
            500.. => Unavailable::ServerError {
                status,
                error: None,
                description: None,
                retry_after: None,
            },
            _ if fields::is_markup(&self.body) => from(TransportError::WebPage { status }),
            _ => Unavailable::Unreadable { status },
        }
    }

    /// Where a redirect leads.
    pub(super) fn redirect(&self) -> Option<Url> {
        let redirects = matches!(self.status, 301 | 302 | 303 | 307 | 308);
        let location = self.location.as_deref().filter(|_| redirects)?;
        self.url.as_ref()?.join(location).ok()
    }

    /// Where a redirect leads, without what may be private: the address's query.
    fn target(&self) -> Option<String> {
        let mut target = self.url.as_ref()?.join(self.location.as_deref()?).ok()?;
        target.set_query(None);
        target.set_fragment(None);
        target.has_host().then(|| shown(target.as_str()))
    }

    /// An address for a person, where the provider wrote it without its scheme or below its
    /// own host.
    fn web_address(&self, written: &str) -> Option<String> {
        let has_scheme = written
            .split_once(':')
            .is_some_and(|(scheme, rest)| rest.starts_with("//") && !scheme.contains('/'));
        if has_scheme {
            return Some(written.to_owned());
        }
        if written.starts_with('/') {
            return Some(self.url.as_ref()?.join(written).ok()?.into());
        }
        // "acme.example/activate", and not "activate".
        let host = written.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.').then(|| format!("https://{written}"))
    }

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
    /// No answer, or one that isn't OAuth. Not the end.
    Nothing(Unavailable),
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
    /// The provider limits requests: how long to stay away.
    Busy(Option<Duration>),
    /// No answer that counts: try again.
    Nothing(Unavailable),
    /// The provider refuses.
    Refused(Refusal),
    /// Neither tokens nor an error: what the status and the body say.
    Unclear(Refusal),
}

/// Reads the answer to a device request; `now` is the wall clock, for rate limits that name a
/// time.
///
/// # Errors
/// [`End`]: a refusal in the provider's words, that the answer makes no sense, or that the code
/// had ended before it came.
pub fn device(answer: &Answer, preset: &Preset, now: Timestamp) -> Result<DeviceGrant, End> {
    device_grant(answer, preset).map_err(|end| {
        if let End::Unreachable(why) = end {
            End::Unreachable(why.retrying_after(answer.pause(now)))
        } else {
            end
        }
    })
}

fn device_grant(answer: &Answer, preset: &Preset) -> Result<DeviceGrant, End> {
    let fields = Fields::read(&answer.body);
    if let Some(error) = code::of(&fields, preset) {
        return Err(no_code_for(&error, answer, &fields));
    }
    let needed = |names: &[&str]| fields.word(names);
    let (Some(device_code), Some(user_code), Some(verification_uri)) = (
        needed(&["device_code", "code"]),
        needed(&["user_code"]),
        needed(&["verification_uri", "verification_url"]),
    ) else {
        return Err(no_code(answer, &fields));
    };
    let sent = answer
        .web_address(&verification_uri)
        .unwrap_or(verification_uri);
    let complete = needed(&["verification_uri_complete", "verification_url_complete"])
        .and_then(|complete| answer.web_address(&complete));
    let verification = Verification::read(&sent, complete.as_deref(), &user_code, preset).ok_or(
        End::Misconfigured(Misconfiguration::UnusableVerificationUri),
    )?;
    // To the letter or not at all (RFC 8628 §3.3.1): what is left of a code that was
    // cleaned is another code.
    if user_code.len() > LONGEST_CODE || !text::can_be_typed(&user_code) {
        return Err(End::Misconfigured(Misconfiguration::UntypeableCode));
    }
    let lifetime = fields.lifetime_of_code().unwrap_or(DEFAULT_LIFETIME);
    if lifetime.is_zero() {
        return Err(End::Expired);
    }
    Ok(DeviceGrant {
        device_code: Secret::new(device_code),
        user_code,
        verification_uri: verification.uri,
        verification_uri_complete: verification.complete,
        lifetime,
        interval: fields
            .seconds("interval")
            .unwrap_or(DEFAULT_INTERVAL)
            .max(Duration::from_secs(1)),
    })
}

fn no_code_for(error: &str, answer: &Answer, fields: &Fields) -> End {
    let description = fields.description().unwrap_or_default();
    // Zitadel's library says so with HTTP 500.
    let is_unknown_client = diagnosis::is_unknown_client(error, &description);
    if !is_unknown_client && passes_with_time(error, answer.status) {
        return End::Unreachable(busy(answer.status, fields));
    }
    End::NoCode(diagnosis::refusal(
        error,
        answer.status,
        fields,
        Endpoint::Device,
    ))
}

fn no_code(answer: &Answer, fields: &Fields) -> End {
    let status = answer.status;
    let is_page = fields::is_markup(&answer.body);
    match status {
        // A page in the place of a missing endpoint says that it is missing.
        404 | 405 => End::Misconfigured(Misconfiguration::NoDeviceEndpoint),
        415 => End::NoCode(diagnosis::refusal_by_status(
            status,
            fields,
            Endpoint::Device,
        )),
        _ if is_page => End::Unreachable(answer.without_meaning()),
        401 => End::NoCode(diagnosis::refusal_by_status(
            status,
            fields,
            Endpoint::Device,
        )),
        // Casdoor's way to refuse is 200 with a message.
        200..=299 | 400..=428 | 430..=499 if fields.description().is_some() => End::NoCode(
            diagnosis::refusal_by_status(status, fields, Endpoint::Device),
        ),
        200..=299 if !fields.is_empty() => End::Misconfigured(Misconfiguration::NoCode),
        _ => End::Unreachable(answer.without_meaning()),
    }
}

/// Reads the answer to a poll; `now` is the wall clock, for rate limits that name
/// a time.
#[must_use]
pub fn poll(answer: &Answer, preset: &Preset, now: Timestamp) -> Poll {
    let fields = Fields::read(&answer.body);
    let is_page = fields::is_markup(&answer.body);
    let refused = |refusal| Poll::Ended(End::Refused(refusal));
    let Some(error) = code::of_poll(&fields, answer.status, is_page, preset) else {
        return match (answer.status, fields.tokens()) {
            (200..=299, Some(tokens)) => Poll::Tokens(tokens),
            // RFC 6585 §3, and what some say in place of a body.
            (428, _) => Poll::Pending,
            (429, _) => Poll::RateLimited(answer.pause(now)),
            (503, _) if answer.pause(now).is_some() => Poll::RateLimited(answer.pause(now)),
            (status @ (401 | 415), _) if !is_page || status == 415 => refused(
                diagnosis::refusal_by_status(status, &fields, Endpoint::Token),
            ),
            _ => Poll::Nothing(answer.without_meaning()),
        };
    };
    match error.as_str() {
        "authorization_pending" => Poll::Pending,
        "slow_down" => Poll::SlowDown(fields.seconds("interval")),
        "too_many_requests" => Poll::RateLimited(answer.pause(now)),
        "temporarily_unavailable" if answer.pause(now).is_some() => {
            Poll::RateLimited(answer.pause(now))
        }
        // A problem of the provider says nothing about the code, whatever words it has.
        "temporarily_unavailable" | "server_error" => Poll::Nothing(busy(answer.status, &fields)),
        _ if answer.status >= 500 => Poll::Nothing(busy(answer.status, &fields)),
        "access_denied" => Poll::Ended(End::Denied {
            description: fields.description(),
        }),
        "expired_token" => Poll::Ended(End::Expired),
        _ if answer.status == 429 => Poll::RateLimited(answer.pause(now)),
        _ => refused(diagnosis::refusal(
            &error,
            answer.status,
            &fields,
            Endpoint::Token,
        )),
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
            (status @ 415, _) => Refresh::Refused(diagnosis::refusal_by_status(
                status,
                &fields,
                Endpoint::Token,
            )),
            // RFC 9110 §15.5.9 and RFC 8470 §5.2 say to ask again.
            (408 | 425, _) => Refresh::Nothing(answer.without_meaning()),
            (status @ (200..=299 | 400..=499), _) if !fields::is_markup(&answer.body) => {
                let refusal = diagnosis::refusal_by_status(status, &fields, Endpoint::Token);
                Refresh::Unclear(refusal)
            }
            _ => Refresh::Nothing(answer.without_meaning()),
        };
    };
    match error.as_str() {
        _ if answer.status == 503 && answer.pause(now).is_some() => {
            Refresh::Busy(answer.pause(now))
        }
        _ if answer.status >= 500 => Refresh::Nothing(busy(answer.status, &fields)),
        "too_many_requests" | "slow_down" => Refresh::Busy(answer.pause(now)),
        _ if answer.status == 429 => Refresh::Busy(answer.pause(now)),
        _ if passes_with_time(&error, answer.status) => {
            Refresh::Nothing(busy(answer.status, &fields))
        }
        _ => Refresh::Refused(diagnosis::refusal(
            &error,
            answer.status,
            &fields,
            Endpoint::Token,
        )),
    }
}

/// What a provider says where it answers with an error status, in words of its own or by an
/// error's code.
pub(super) fn complaint(answer: &Answer) -> Option<String> {
    let fields = Fields::read(&answer.body);
    let code = || Some(shown(&fields.errors().next()?.text));
    fields.description().or_else(code)
}

/// Why an answer with a status of 429 or 5xx doesn't count.
pub(super) fn unavailable(answer: &Answer) -> Unavailable {
    let mut why = answer.without_meaning();
    if let Unavailable::ServerError { description, .. } = &mut why {
        *description = complaint(answer);
    }
    why
}

/// An error that waiting may help against.
fn busy(status: u16, fields: &Fields) -> Unavailable {
    let error = fields.errors().find(|found| found.is_code);
    let error = error.map(|found| shown(&found.text));
    let is_limit = matches!(
        error.as_deref(),
        Some("too_many_requests" | "rate_limit_exceeded" | "slow_down")
    );
    if status == 429 || is_limit {
        Unavailable::RateLimited {
            error,
            retry_after: None,
        }
    } else {
        Unavailable::ServerError {
            status,
            error,
            description: fields.description(),
            retry_after: None,
        }
    }
}

/// Whether an answer's own sentence says that there is no such client.
pub(super) fn names_unknown_client(answer: &Answer) -> bool {
    let description = Fields::read(&answer.body).description();
    diagnosis::is_unknown_client("", description.as_deref().unwrap_or_default())
}

/// The error that an answer tells, in the specifications' words.
pub(super) fn error(answer: &Answer, preset: &Preset) -> Option<String> {
    code::of(&Fields::read(&answer.body), preset)
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

/// Whether waiting a while can help against an error.
fn passes_with_time(error: &str, status: u16) -> bool {
    let named = [
        "too_many_requests",
        "slow_down",
        "temporarily_unavailable",
        "server_error",
    ];
    status == 429 || status >= 500 || named.contains(&error)
}

#[cfg(test)]
mod tests;
