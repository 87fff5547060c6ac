//! What a provider's answers mean for whoever set this TV up, and which setting would
//! change them: pure decisions.

use jiff::{SignedDuration, Timestamp};

use super::{Cause, Check, Finding, Remedy, State};
use crate::config::Provider;
use crate::i18n::Phrase;
use crate::oauth::error::{Misconfiguration, Reason, Refusal, Unavailable, quoting};
use crate::oauth::flow::End;
use crate::oauth::id_token::skew;
use crate::oauth::provider::Metadata;
use crate::oauth::response::Poll;
use crate::session::Session;
use crate::web::proxy::Proxy;
use crate::web::{Obstacle, RequestError, TransportError};

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

/// Which proxy requests to the provider go through, without its password.
#[must_use]
pub fn of_proxy(proxy: Result<Option<Proxy>, TransportError>, provider: &Provider) -> Finding {
    const CHECK: Check = Check::Proxy;
    let about = |id| Phrase::new(id).with("host", provider.host());
    match proxy {
        Ok(None) => Finding::good(CHECK, about("doctor-no-proxy")),
        Ok(Some(proxy)) => Finding::good(
            CHECK,
            about("doctor-through-proxy").with("proxy", proxy.label()),
        ),
        Err(why) => Finding::bad(CHECK, why.phrase(provider.host()), Cause::Proxy.remedy()),
    }
}

/// What the provider's own document says against the configuration, where it gave a code all
/// the same.
#[must_use]
pub fn doubts(provider: &Provider, metadata: &Metadata) -> Option<Finding> {
    let lacks_dpop = provider.dpop && metadata.offers_dpop == Some(false);
    lacks_dpop.then(|| {
        let seen = Phrase::new("doctor-dpop-not-offered").with("host", provider.host());
        Finding::weak(Check::DeviceFlow, seen, Cause::DpopNotOffered.remedy())
    })
}

/// The remedy for a scope that was refused, with the names of those that the provider doesn't
/// list.
#[must_use]
pub fn with_scopes(finding: Finding, provider: &Provider, metadata: &Metadata) -> Finding {
    let is_about_scopes = finding
        .remedy
        .as_ref()
        .is_some_and(|remedy| remedy.cause == Cause::Scope);
    let listed = &metadata.scopes_supported;
    let unlisted: Vec<_> = provider
        .scopes()
        .filter(|scope| !listed.iter().any(|one| one == scope))
        .collect();
    if !is_about_scopes || listed.is_empty() || unlisted.is_empty() {
        return finding;
    }
    let words = Phrase::new("doctor-do-scope-unlisted").with("scopes", unlisted.join(" "));
    Finding {
        remedy: Some(Remedy {
            cause: Cause::Scope,
            words,
        }),
        ..finding
    }
}

/// The same with the addresses that were asked in vain.
#[must_use]
pub fn with_address(mut findings: Vec<Finding>, asked: &[String]) -> Vec<Finding> {
    let failed = findings
        .iter_mut()
        .find(|finding| finding.state == State::Bad);
    if let (Some(finding), false) = (failed, asked.is_empty()) {
        finding.seen = Phrase::new("doctor-asked")
            .with("why", finding.seen.clone())
            .with("addresses", asked.join(", "));
    }
    findings
}

/// Why there was no code; `now` is this machine's clock.
#[must_use]
pub fn without_code(end: &End, provider: &Provider, now: Timestamp) -> [Finding; 3] {
    let (seen, remedy) = match end {
        End::Unreachable(why) => {
            return [
                Finding::bad(Check::Provider, why.phrase(), unreachable(why, now)),
                Finding::skipped(Check::DeviceFlow, Check::Provider),
                Finding::skipped(Check::TokenEndpoint, Check::Provider),
            ];
        }
        End::NoCode(refusal) | End::Refused(refusal) => {
            (with_code(refusal), of_refusal(refusal, provider))
        }
        End::Denied { .. } => (end.phrase(), Cause::Application),
        End::Misconfigured(why) => (why.phrase(), of_misconfiguration(why)),
        End::Expired | End::AnswerLost | End::Untrusted(_) | End::NotStored(_) => {
            (end.phrase(), Cause::Grant)
        }
    };
    [
        answers(provider),
        Finding::bad(Check::DeviceFlow, seen, remedy.remedy_at(provider)),
        Finding::skipped(Check::TokenEndpoint, Check::DeviceFlow),
    ]
}

/// The error's code as well as its words: whoever reads over the phone needs both.
fn with_code(refusal: &Refusal) -> Phrase {
    match &refusal.description {
        Some(_) => quoting(refusal.phrase(), Some(&refusal.error)),
        None => refusal.phrase(),
    }
}

/// What helps where no answer of the provider's came.
fn unreachable(why: &Unavailable, now: Timestamp) -> Remedy {
    if let Unavailable::Request(RequestError {
        cause: TransportError::ConnectionRefused,
        ..
    }) = why
    {
        return Cause::Address.remedy();
    }
    match why.obstacle(now) {
        Obstacle::Network => Cause::Network.remedy(),
        Obstacle::Proxy => Cause::Proxy.remedy(),
        Obstacle::Portal => Cause::Portal.remedy(),
        Obstacle::Clock => Cause::Clock.remedy(),
        Obstacle::Busy => Cause::Busy.remedy(),
        Obstacle::Unavailable => Cause::Unavailable.remedy(),
        Obstacle::Handshake => Cause::Handshake.remedy(),
        Obstacle::Untrusted => {
            let time = now.strftime("%F %T UTC").to_string();
            Cause::Insecure.remedy().with("time", time)
        }
    }
}

/// What of the configuration doesn't fit the provider.
fn of_misconfiguration(why: &Misconfiguration) -> Cause {
    match why {
        Misconfiguration::SecretFile { .. } => Cause::SecretFile,
        Misconfiguration::IssuerSlash { .. } | Misconfiguration::IssuerDiffers { .. } => {
            Cause::Issuer
        }
        Misconfiguration::NoDeviceEndpoint
        | Misconfiguration::NoCode
        | Misconfiguration::UntypeableCode
        | Misconfiguration::UnusableVerificationUri
        | Misconfiguration::UnusableEndpoint { .. }
        | Misconfiguration::MissingEndpoint { .. }
        | Misconfiguration::LocalEndpoint { .. }
        | Misconfiguration::PresetElsewhere { .. }
        | Misconfiguration::NoDiscovery { .. } => Cause::DeviceFlow,
        Misconfiguration::Dpop(_) => Cause::Dpop,
    }
}

/// Why a provider refuses this client.
fn of_refusal(refusal: &Refusal, provider: &Provider) -> Cause {
    match refusal.reason {
        // Where a secret is sent that must not be, that is what is refused.
        Reason::GrantNotAllowed if has_needless_secret(provider) => Cause::Application,
        Reason::GrantNotAllowed | Reason::InvalidGrant | Reason::Other => Cause::Grant,
        Reason::AccessDenied => Cause::Application,
        Reason::UnknownClient => Cause::Client,
        Reason::SecretMissing | Reason::SecretRefused | Reason::SecretNeedless => Cause::Secret,
        Reason::InvalidScope => Cause::Scope,
        Reason::UnknownAudience => Cause::Audience,
        Reason::AudienceNotAllowed => Cause::ApiAccess,
        Reason::PkceRequired => Cause::Pkce,
        Reason::DpopRequired => Cause::Dpop,
        Reason::UnsupportedEncoding => Cause::Encoding,
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
        Poll::RateLimited(_) => Finding::weak(
            CHECK,
            Unavailable::RateLimited {
                error: None,
                retry_after: None,
            }
            .phrase(),
            Cause::Busy.remedy(),
        ),
        // The same provider has just given a code: no network stands between.
        Poll::Nothing(why @ Unavailable::Unreadable { .. }) => {
            Finding::bad(CHECK, why.phrase(), Cause::Endpoints.remedy())
        }
        Poll::Nothing(why) => Finding::bad(CHECK, why.phrase(), unreachable(why, now)),
        // Nobody can have refused or used a code that nobody has seen.
        Poll::Ended(End::Denied { description }) => {
            let theirs = description
                .clone()
                .unwrap_or_else(|| "access_denied".to_owned());
            Finding::bad(
                CHECK,
                quoting(about("doctor-refuses"), Some(&theirs)),
                Cause::Application.remedy_at(provider),
            )
        }
        Poll::Ended(End::Expired) => Finding::bad(
            CHECK,
            about("doctor-code-unknown"),
            Cause::Endpoints.remedy(),
        ),
        Poll::Ended(End::Refused(refusal) | End::NoCode(refusal)) => {
            let cause = match refusal.reason {
                Reason::InvalidGrant => Cause::Endpoints,
                Reason::UnknownClient => Cause::Client,
                Reason::AccessDenied
                | Reason::SecretMissing
                | Reason::SecretRefused
                | Reason::SecretNeedless
                | Reason::GrantNotAllowed
                | Reason::InvalidScope
                | Reason::UnknownAudience
                | Reason::AudienceNotAllowed
                | Reason::PkceRequired
                | Reason::DpopRequired
                | Reason::UnsupportedEncoding
                | Reason::Other => of_refusal(refusal, provider),
            };
            Finding::bad(CHECK, with_code(refusal), cause.remedy_at(provider))
        }
        Poll::Ended(
            end @ (End::AnswerLost
            | End::Unreachable(_)
            | End::Misconfigured(_)
            | End::Untrusted(_)
            | End::NotStored(_)),
        ) => Finding::bad(CHECK, end.phrase(), Cause::Grant.remedy_at(provider)),
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
pub fn of_session(session: Option<&Session>, provider: &Provider, now: Timestamp) -> Finding {
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
        Some(Session {
            failed_renewal: Some(failed),
            ..
        }) => {
            let seen = Phrase::new(if failed.over {
                "doctor-session-over"
            } else {
                "doctor-renewal-failed"
            });
            let (seen, remedy) = (seen.with("why", &failed.words), Cause::SignIn.remedy());
            if failed.over {
                Finding::bad(CHECK, seen, remedy)
            } else {
                Finding::weak(CHECK, seen, remedy)
            }
        }
        Some(session) if session.has_ended(now) => {
            Finding::bad(CHECK, Phrase::new("session-ended"), Cause::SignIn.remedy())
        }
        Some(Session {
            refresh_token: Some(_),
            refresh_expires_at: Some(end),
            ..
        }) => {
            let end = end.strftime("%F %T UTC").to_string();
            Finding::weak(
                CHECK,
                Phrase::new("doctor-renews-until").with("end", end),
                remedy(),
            )
        }
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
    let about = |id| Phrase::new(id).with("host", provider.host());
    let Some(ahead) = ahead else {
        // It answered, or it didn't; either way there was no time in it.
        return Finding {
            state: State::Skipped,
            ..Finding::good(CHECK, about("doctor-no-date"))
        };
    };
    if ahead.abs() <= TOLERATED {
        return Finding::good(CHECK, about("doctor-clocks-agree"));
    }
    let off = about("doctor-clock-off").with("skew", skew(ahead));
    Finding::bad(CHECK, off, Cause::Clock.remedy())
}

#[cfg(test)]
mod tests;
