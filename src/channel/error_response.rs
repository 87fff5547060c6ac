//! What an answer other than 2xx means, in words: a pure function of what came.

use std::time::Duration;

use jiff::Timestamp;

use super::json::Json;
use super::{Error, Missing, Unreachable, header, plain_text, quoting, reported};
use crate::i18n::Phrase;
use crate::web;

/// The pause where the service names none.
const DEFAULT_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause that is kept: a mistaken header shouldn't silence a channel
/// for days.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// What a refusal depends on. The body is looked at for a missing scope alone, and
/// none of it gets into words.
#[derive(Debug, Default)]
pub(super) struct Refusal<'a> {
    /// The HTTP status.
    pub(super) status: u16,
    /// The `WWW-Authenticate` headers.
    pub(super) challenges: &'a [String],
    /// The `Retry-After` header (RFC 9110 §10.2.3).
    pub(super) retry_after: Option<&'a str>,
    /// When the rate limit starts anew.
    pub(super) rate_limit_reset: Option<String>,
    /// `X-RateLimit-Remaining`.
    pub(super) rate_limit_remaining: Option<&'a str>,
    /// `X-Accepted-OAuth-Scopes`: one of these is needed.
    pub(super) accepted_scopes: Option<&'a str>,
    /// `X-OAuth-Scopes`: those that the token has.
    pub(super) granted_scopes: Option<&'a str>,
    /// The scope that such addresses want, where it wasn't asked for.
    pub(super) likely_scope: Option<&'a str>,
    /// The beginning of the body.
    pub(super) body: &'a [u8],
}

impl Refusal<'_> {
    /// What a person is told; `now` is the wall clock, for pauses that name a time.
    pub(super) fn error(&self, now: Timestamp) -> Error {
        let status = self.status;
        let message = self.message();
        let told = |id: &'static str| {
            let why = Phrase::new(id).with("status", i64::from(status));
            quoting(why, message.as_deref())
        };
        match status {
            // GitHub says 404 where the token may not even know that something is there.
            403 | 404 if self.lacking_scope().is_some() => Error::Forbidden {
                scope: self.lacking_scope().map(Missing::Named),
                message,
            },
            401 => match self.missing_scope() {
                Some(scope) => Error::Forbidden {
                    scope: scope.map(Missing::Named).or_else(|| self.likely_scope()),
                    message,
                },
                None => Error::NotAccepted {
                    can_renew: true,
                    message,
                },
            },
            // GitHub's rate limit is a 403.
            403 if self.retry_after.is_some() || self.has_used_up() => Error::Busy {
                retry_after: self.pause(now),
            },
            // A firewall's page says nothing of the account.
            403 if self.is_page() => Error::Unreachable(Unreachable::Blocked { status }),
            403 => Error::Forbidden {
                scope: self
                    .missing_scope()
                    .flatten()
                    .map(Missing::Named)
                    .or_else(|| self.likely_scope()),
                message,
            },
            429 | 503 => Error::Busy {
                retry_after: self.pause(now),
            },
            404 | 410 => Error::Unusable(told("channel-nothing-there")),
            405 => Error::Unusable(told("channel-wrong-method")),
            406 | 415 => Error::Unusable(told("channel-wrong-form")),
            408 => Error::Unreachable(Unreachable::RequestTimeout),
            300..=399 => Error::Unusable(told("channel-points-nowhere")),
            400..=499 => Error::Unusable(told("channel-not-understood")),
            500..=599 => Error::Unreachable(Unreachable::ServerError { status }),
            _ => Error::Unusable(told("channel-strange-status")),
        }
    }

    fn likely_scope(&self) -> Option<Missing> {
        self.likely_scope.map(|it| Missing::Likely(it.to_owned()))
    }

    /// What the service says in the body, else in its challenge (RFC 6750 §3).
    fn message(&self) -> Option<String> {
        let text = String::from_utf8_lossy(self.body);
        let in_body = Json::read(&text).ok();
        let in_body = in_body.as_ref().and_then(reported::message);
        in_body
            .or_else(|| {
                let challenges = self.challenges.iter();
                let mut params = challenges.filter_map(|text| header::bearer_challenge(text));
                let text = params.find_map(|params| {
                    header::first(&params, "error_description").map(str::to_owned)
                })?;
                reported::message(&Json::Text(text.into()))
            })
            // Those are told in our words.
            .filter(|message| !["insufficient_scope", "invalid_token"].contains(&message.as_str()))
    }

    /// Whether the body is a web page.
    fn is_page(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"<")
    }

    /// Whether the calls that the service allows are used up.
    fn has_used_up(&self) -> bool {
        self.rate_limit_remaining
            .is_some_and(|left| left.trim() == "0")
    }

    /// The scope that is needed, where headers list those that are and the token has none of them.
    fn lacking_scope(&self) -> Option<String> {
        let (accepted, granted) = (self.accepted_scopes?, self.granted_scopes?);
        let words = |list: &'_ str| -> Vec<String> {
            let words = list.split(',').map(str::trim);
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let (accepted, granted) = (words(accepted), words(granted));
        if accepted.iter().any(|scope| granted.contains(scope)) {
            return None;
        }
        accepted.first().and_then(|scope| scope_words(scope))
    }

    /// `Some` where the service says that a scope is missing, with the scope where
    /// it says which (RFC 6750 §3.1; some services put it into the body).
    fn missing_scope(&self) -> Option<Option<String>> {
        let in_header = self
            .challenges
            .iter()
            .filter_map(|challenge| header::bearer_challenge(challenge))
            .find_map(|params| {
                let scope = header::first(&params, "scope").and_then(scope_words);
                match header::first(&params, "error") {
                    Some(error) => error
                        .eq_ignore_ascii_case("insufficient_scope")
                        .then_some(scope),
                    None if self.status == 403 => scope.map(Some),
                    None => None,
                }
            });
        let in_body = || {
            let text = String::from_utf8_lossy(self.body);
            let body = Json::read(&text).ok()?;
            let error = body.field("error")?;
            let code = error.as_text().or_else(|| error.field("code")?.as_text())?;
            let scope = body
                .field("scope")
                .or_else(|| error.field("scope"))
                .and_then(Json::as_text)
                .and_then(scope_words);
            code.eq_ignore_ascii_case("insufficient_scope")
                .then_some(scope)
        };
        match in_header {
            Some(Some(scope)) => Some(Some(scope)),
            Some(None) => Some(in_body().flatten()),
            None => in_body(),
        }
    }

    /// How long the service asks to stay away.
    fn pause(&self, now: Timestamp) -> Duration {
        web::retry_after(self.retry_after, self.rate_limit_reset.as_deref(), now)
            .unwrap_or(DEFAULT_PAUSE)
            .clamp(Duration::from_secs(1), LONGEST_PAUSE)
    }
}

/// A scope fit for a sentence; `None` where it isn't one (RFC 6749 §3.3).
fn scope_words(scope: &str) -> Option<String> {
    let in_the_alphabet = |c: char| matches!(c, ' ' | '!' | '#'..='[' | ']'..='~');
    let clean = plain_text::line(scope);
    (!clean.is_empty() && clean.len() <= 200 && clean.chars().all(in_the_alphabet)).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn challenged(status: u16, challenge: &str) -> Error {
        Refusal {
            status,
            challenges: &[challenge.to_owned()],
            ..Refusal::default()
        }
        .error(NOW)
    }

    fn pause(retry_after: Option<&str>, rate_limit_reset: Option<&str>, now: i64) -> Duration {
        let refusal = Refusal {
            status: 429,
            retry_after,
            rate_limit_reset: rate_limit_reset.map(str::to_owned),
            ..Refusal::default()
        };
        let error = refusal.error(Timestamp::from_second(now).unwrap());
        let Error::Busy { retry_after } = error else {
            panic!("{error:?}");
        };
        retry_after
    }

    #[test]
    fn http_403_names_the_missing_scope_from_the_header() {
        let error = challenged(
            403,
            r#"Bearer realm="api", error="insufficient_scope", scope="read:contacts""#,
        );

        assert_eq!(
            error,
            Error::Forbidden {
                scope: Some(Missing::Named("read:contacts".to_owned())),
                message: None,
            }
        );
    }

    #[test]
    fn http_403_names_the_missing_scope_from_the_body() {
        for body in [
            r#"{"error": "insufficient_scope", "scope": "read:x"}"#,
            r#"{"error": {"code": "insufficient_scope", "scope": "read:x"}}"#,
        ] {
            let refusal = Refusal {
                status: 403,
                body: body.as_bytes(),
                ..Refusal::default()
            };
            assert_eq!(
                refusal.error(NOW),
                Error::Forbidden {
                    scope: Some(Missing::Named("read:x".to_owned())),
                    message: None,
                },
                "{body}"
            );
        }
    }

    #[test]
    fn http_403_without_a_scope_is_still_a_refusal() {
        for challenge in [
            "",
            "Basic realm=x",
            "Bearer error=\"insufficient_scope\"",
            "Bearer error=\"invalid_token\", scope=\"a\"",
        ] {
            assert_eq!(
                challenged(403, challenge),
                Error::Forbidden {
                    scope: None,
                    message: None
                },
                "{challenge}"
            );
        }
    }

    #[test]
    fn a_refusal_is_told_with_the_services_own_words() {
        let body = br#"{"message": "Resource not accessible by integration"}"#;
        for status in [401, 403, 404, 422] {
            let refusal = Refusal {
                status,
                body,
                ..Refusal::default()
            };
            let told = refusal.error(NOW).to_string();
            assert!(
                told.ends_with("The service says: “Resource not accessible by integration”"),
                "{told}"
            );
        }
        let told = challenged(401, "Bearer error_description=\"The token expired\"").to_string();
        assert!(told.ends_with("“The token expired”"), "{told}");
    }

    #[test]
    fn a_scope_that_headers_list_as_needed_is_named() {
        let refused = |accepted, granted, status| {
            let refusal = Refusal {
                status,
                accepted_scopes: Some(accepted),
                granted_scopes: Some(granted),
                ..Refusal::default()
            };
            refusal.error(NOW).to_string()
        };
        for status in [403, 404] {
            let told = refused("notifications, repo", "read:user, user:email", status);
            assert!(told.contains("“notifications”"), "{told}");
        }
        assert!(!refused("repo", "repo, gist", 404).contains("repo"));
        assert!(!refused("", "gist", 403).contains("gist"));
    }

    #[test]
    fn a_scope_that_is_none_is_not_repeated() {
        assert_eq!(
            challenged(
                403,
                "Bearer error=\"insufficient_scope\", scope=\"a\u{202e}b\u{7}<é>\""
            ),
            Error::Forbidden {
                scope: None,
                message: None
            }
        );
    }

    #[test]
    fn http_401_does_not_sign_the_person_out() {
        assert!(
            matches!(&challenged(401, "Bearer error=\"invalid_token\""), error @ Error::NotAccepted { .. } if error.to_string().contains("audience"))
        );
    }

    #[test]
    fn http_429_with_retry_after_uses_header_value() {
        assert_eq!(pause(Some("7"), None, 0), Duration::from_secs(7));
        assert_eq!(pause(Some(" 7 "), Some("9000"), 0), Duration::from_secs(7));
    }

    #[test]
    fn http_429_with_a_date_waits_until_then() {
        // The date is 784111777 s after 1970.
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");

        assert_eq!(pause(date, None, 784_111_777 - 90), Duration::from_secs(90));
        assert_eq!(pause(date, None, 784_111_777 + 90), Duration::from_secs(1));
    }

    #[test]
    fn http_429_with_a_reset_waits_until_then() {
        assert_eq!(
            pause(None, Some("1900000060"), 1_900_000_000),
            Duration::from_secs(60)
        );
        assert_eq!(
            pause(Some("soon"), Some("45"), 1_900_000_000),
            Duration::from_secs(45)
        );
    }

    #[test]
    fn http_429_without_a_time_waits_half_a_minute_and_never_over_an_hour() {
        assert_eq!(pause(None, None, 0), DEFAULT_PAUSE);
        assert_eq!(pause(Some("-5"), Some("tomorrow"), 0), DEFAULT_PAUSE);
        assert_eq!(pause(Some("0"), None, 0), Duration::from_secs(1));
        assert_eq!(pause(Some("18446744073709551615"), None, 0), LONGEST_PAUSE);
        assert_eq!(pause(None, Some("9223372036854775807"), 0), LONGEST_PAUSE);
    }

    #[test]
    fn a_refusal_that_says_when_to_come_back_is_a_pause() {
        let refusal = Refusal {
            status: 403,
            retry_after: Some("9"),
            ..Refusal::default()
        };

        assert_eq!(
            refusal.error(NOW),
            Error::Busy {
                retry_after: Duration::from_secs(9)
            }
        );
    }

    #[test]
    fn a_rate_limit_that_calls_itself_forbidden_is_a_pause() {
        let refusal = Refusal {
            status: 403,
            rate_limit_remaining: Some("0"),
            rate_limit_reset: Some("12".to_owned()),
            ..Refusal::default()
        };

        assert_eq!(
            refusal.error(NOW),
            Error::Busy {
                retry_after: Duration::from_secs(12)
            }
        );
    }

    #[test]
    fn every_other_status_has_words_that_name_it() {
        for status in [
            100, 304, 400, 404, 405, 406, 408, 410, 418, 500, 502, 504, 599, 999,
        ] {
            let words = Refusal {
                status,
                ..Refusal::default()
            }
            .error(NOW)
            .to_string();
            assert!(words.contains(&format!("HTTP {status}")), "{words}");
        }
    }

    #[test]
    fn a_firewalls_page_says_nothing_of_the_account() {
        let refusal = Refusal {
            status: 403,
            body: b"<!DOCTYPE html><title>Attention Required! | Cloudflare</title>",
            ..Refusal::default()
        };

        assert_eq!(
            refusal.error(NOW),
            Error::Unreachable(Unreachable::Blocked { status: 403 })
        );
    }

    #[test]
    fn a_scope_that_was_not_asked_for_is_named_where_the_service_names_none() {
        let refused = |challenge: &str, body: &[u8]| {
            let refusal = Refusal {
                status: 403,
                challenges: &[challenge.to_owned()],
                likely_scope: Some("Calendars.Read"),
                body,
                ..Refusal::default()
            };
            refusal.error(NOW)
        };
        let scope = |error| match error {
            Error::Forbidden { scope, .. } => scope,
            Error::SignedOut(_)
            | Error::NotAccepted { .. }
            | Error::Busy { .. }
            | Error::Unreachable(_)
            | Error::NotStored(_)
            | Error::Unusable(_) => None,
        };
        let likely = Some(Missing::Likely("Calendars.Read".to_owned()));
        let denied = br#"{"error":{"code":"ErrorAccessDenied","message":"Access is denied."}}"#;
        assert_eq!(scope(refused("Bearer", denied)), likely);
        let named = r#"Bearer error="insufficient_scope", scope="Mail.Read""#;
        let named = scope(refused(named, b""));
        assert_eq!(named, Some(Missing::Named("Mail.Read".to_owned())));
        // A firewall's page says nothing of the account.
        assert_eq!(scope(refused("", b"<html>")), None);
    }
}
