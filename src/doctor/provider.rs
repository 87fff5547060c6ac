//! What a provider's answers mean for whoever set this TV up, and which setting would
//! change them: pure decisions.

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Check, Finding, Remedy};
use crate::config::Provider;
use crate::oauth::answer::Poll;
use crate::oauth::flow::End;
use crate::oauth::id_token::skew;
use crate::oauth::obstacle::Obstacle;
use crate::session::Session;
use crate::words::Phrase;

/// Tokens are judged by the clock: beyond this they are refused.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);

/// The provider answers.
#[must_use]
pub fn answers(provider: &Provider) -> Finding {
    Finding::good(
        Check::Provider,
        Phrase::new("doctor-answers").with("host", provider.host()),
    )
}

/// It gave a code.
#[must_use]
pub fn gave_a_code(provider: &Provider) -> Finding {
    Finding::good(
        Check::DeviceFlow,
        Phrase::new("doctor-gives-codes").with("host", provider.host()),
    )
}

/// Why there was no code; `now` is this machine's clock.
#[must_use]
pub fn without_code(end: &End, provider: &Provider, now: Timestamp) -> [Finding; 3] {
    match end {
        End::Unreachable(words) => [
            Finding::bad(Check::Provider, words.clone(), unreachable(words, now)),
            Finding::skipped(Check::DeviceFlow, Check::Provider),
            Finding::skipped(Check::TokenEndpoint, Check::Provider),
        ],
        End::Expired
        | End::Denied { .. }
        | End::Refused { .. }
        | End::Misconfigured(_)
        | End::Untrusted(_)
        | End::NotStored(_) => [
            answers(provider),
            Finding::bad(
                Check::DeviceFlow,
                told(end),
                refusal(end, provider).remedy_at(provider),
            ),
            Finding::skipped(Check::TokenEndpoint, Check::DeviceFlow),
        ],
    }
}

/// The error's code as well as its words: whoever reads over the phone needs both.
fn told(end: &End) -> Phrase {
    match end {
        End::Refused {
            error,
            description: Some(_),
        } => Phrase::new("provider-quoted")
            .with("ours", end.phrase())
            .with("theirs", error),
        End::Refused { .. }
        | End::Expired
        | End::Denied { .. }
        | End::Unreachable(_)
        | End::Misconfigured(_)
        | End::Untrusted(_)
        | End::NotStored(_) => end.phrase(),
    }
}

/// What helps where no answer of the provider's came.
fn unreachable(words: &Phrase, now: Timestamp) -> Remedy {
    match Obstacle::of(words, now) {
        Obstacle::Network => Cause::Network.remedy(),
        Obstacle::Portal => Cause::Portal.remedy(),
        Obstacle::Clock => Cause::Clock.remedy(),
        Obstacle::Busy => Cause::Busy.remedy(),
        Obstacle::Insecure => {
            let time = now.strftime("%F %T UTC").to_string();
            Cause::Insecure.remedy().with("time", time)
        }
    }
}

/// Why a provider refuses this client a code.
fn refusal(end: &End, provider: &Provider) -> Cause {
    match end {
        End::Misconfigured(words) => match words.ours().id() {
            // Where a secret is sent that must not be, that is what is refused.
            "provider-no-device-flow" if has_needless_secret(provider) => Cause::Application,
            "provider-unknown-client" => Cause::Client,
            "provider-no-device-endpoint"
            | "provider-no-code"
            | "provider-endpoint-missing"
            | "provider-endpoint-unusable"
            | "provider-no-discovery" => Cause::DeviceFlow,
            "provider-issuer-slash" | "provider-issuer-differs" => Cause::Issuer,
            _ => by_words(&words.to_string()).unwrap_or(Cause::Grant),
        },
        End::Refused { error, description } => {
            let words = description.as_deref().unwrap_or_default();
            by_words(words).unwrap_or(match error.as_str() {
                "invalid_target" => Cause::Audience,
                "invalid_scope" => Cause::Scope,
                "access_denied" => Cause::Application,
                _ => Cause::Grant,
            })
        }
        End::Expired
        | End::Denied { .. }
        | End::Unreachable(_)
        | End::Untrusted(_)
        | End::NotStored(_) => Cause::Grant,
    }
}

/// What providers say where the error's code is the same for several causes.
fn by_words(words: &str) -> Option<Cause> {
    let words = words.to_lowercase();
    let says = |part: &str| words.contains(part);
    if says("service not found") {
        Some(Cause::Audience)
    } else if says("not authorized to access") {
        Some(Cause::ApiAccess)
    } else if says("unknown client") || says("client not found") {
        Some(Cause::Client)
    } else {
        None
    }
}

/// Whether a secret is configured where the device flow takes none.
fn has_needless_secret(provider: &Provider) -> bool {
    provider.client_secret_file.is_some() && provider.menus().want_no_secret()
}

/// What the first question for the tokens of a code that nobody has seen says of the client.
#[must_use]
pub fn of_poll(poll: &Poll, provider: &Provider, now: Timestamp) -> Finding {
    const CHECK: Check = Check::TokenEndpoint;
    let about = |id| Phrase::new(id).with("host", provider.host());
    match poll {
        Poll::Pending | Poll::SlowDown(_) | Poll::Tokens(_) => {
            Finding::good(CHECK, about("doctor-takes"))
        }
        Poll::RateLimited(_) => {
            Finding::weak(CHECK, Phrase::new("provider-busy"), Cause::Busy.remedy())
        }
        // The same provider has just given a code: no network stands between.
        Poll::Nothing(words) if words.ours().id() == "provider-unreadable" => {
            Finding::bad(CHECK, words.clone(), Cause::Endpoints.remedy())
        }
        Poll::Nothing(words) => Finding::bad(CHECK, words.clone(), unreachable(words, now)),
        // Nobody can have refused or used a code that nobody has seen.
        Poll::Ended(End::Denied { description }) => {
            let theirs = description.as_deref().unwrap_or("access_denied");
            Finding::bad(
                CHECK,
                Phrase::new("provider-quoted")
                    .with("ours", about("doctor-refuses"))
                    .with("theirs", theirs),
                by_words(theirs)
                    .unwrap_or(Cause::Application)
                    .remedy_at(provider),
            )
        }
        Poll::Ended(End::Expired) => Finding::bad(
            CHECK,
            about("doctor-code-unknown"),
            Cause::Endpoints.remedy(),
        ),
        Poll::Ended(end @ End::Refused { error, .. }) if error == "invalid_client" => {
            Finding::bad(CHECK, told(end), Cause::Application.remedy_at(provider))
        }
        Poll::Ended(
            end @ (End::Refused { .. }
            | End::Unreachable(_)
            | End::Misconfigured(_)
            | End::Untrusted(_)
            | End::NotStored(_)),
        ) => Finding::bad(CHECK, told(end), refusal(end, provider).remedy_at(provider)),
    }
}

/// The provider wants a longer wait before the first question than anybody waits here.
#[must_use]
pub fn not_asked(provider: &Provider, seconds: u64) -> Finding {
    let words = Phrase::new("doctor-not-asked")
        .with("host", provider.host())
        .with("seconds", seconds);
    Finding::good(Check::TokenEndpoint, words)
}

/// Whether whoever is, or will be, signed in stays so. Says nothing about who that is.
#[must_use]
pub fn of_session(session: Option<&Session>, provider: &Provider) -> Finding {
    const CHECK: Check = Check::Session;
    const OFFLINE: &str = "offline_access";
    let is_asked = provider.scopes().any(|scope| scope == OFFLINE);
    // What is asked for without a configured scope holds it where it is known.
    let is_known = provider
        .preset
        .scope
        .split_whitespace()
        .any(|scope| scope == OFFLINE);
    let remedy = || Cause::Offline.remedy_at(provider);
    match session {
        Some(session) if session.refresh_token.is_some() => {
            Finding::good(CHECK, Phrase::new("doctor-renews"))
        }
        Some(_) => Finding::weak(CHECK, Phrase::new("doctor-no-renewal"), remedy()),
        None if is_known && !is_asked => {
            Finding::weak(CHECK, Phrase::new("doctor-not-offline"), remedy())
        }
        None => Finding::good(CHECK, Phrase::new("doctor-nobody")),
    }
}

/// How far this machine's clock is from the provider's, where that is known.
#[must_use]
pub fn of_skew(ahead: Option<SignedDuration>, provider: &Provider) -> Finding {
    const CHECK: Check = Check::ClockSkew;
    let Some(ahead) = ahead else {
        return Finding::skipped(CHECK, Check::Provider);
    };
    let about = |id| Phrase::new(id).with("host", provider.host());
    if ahead.abs() <= TOLERATED {
        return Finding::good(CHECK, about("doctor-clocks-agree"));
    }
    let off = about("doctor-clock-off").with("skew", skew(ahead));
    Finding::bad(CHECK, off, Cause::Clock.remedy())
}

#[cfg(test)]
mod tests;
