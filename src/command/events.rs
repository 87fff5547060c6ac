//! A sign-in told to a program: one JSON object a line. No token and no device
//! code has a field here.

use std::time::Duration;

use serde::Serialize;

use crate::clock::Moment;
use crate::oauth::flow::{End, Reason};
use crate::session::sign_in::Event;

/// What `tenfoot sign-in --json` prints. Times are whole seconds, rounded up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum OutputEvent {
    Code {
        user_code: String,
        verification_uri: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        verification_uri_complete: Option<String>,
        expires_in: u64,
        interval: u64,
    },
    Pending {
        next_poll_in: u64,
    },
    SlowDown {
        interval: u64,
    },
    Retrying {
        reason: String,
        next_poll_in: u64,
    },
    SignedIn {
        #[serde(skip_serializing_if = "Option::is_none")]
        subject: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        scope: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        expires_in: Option<u64>,
    },
    Failed {
        error: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
    },
}

impl OutputEvent {
    /// What is told of an event that happened at `now`.
    pub(super) fn of(event: &Event, now: Moment) -> Option<Self> {
        match event {
            Event::Code(prompt) => Some(Self::Code {
                user_code: prompt.user_code.clone(),
                verification_uri: prompt.verification_uri.clone(),
                verification_uri_complete: prompt.verification_uri_complete.clone(),
                expires_in: seconds(prompt.lifetime),
                interval: seconds(prompt.interval),
            }),
            Event::Checking | Event::Approved => None,
            Event::Waiting(wait) => {
                let next_poll_in = seconds(wait.next_poll.since(now));
                Some(match &wait.reason {
                    Reason::Pending => Self::Pending { next_poll_in },
                    Reason::SlowDown(interval) => Self::SlowDown {
                        interval: seconds(*interval),
                    },
                    Reason::RateLimited => Self::Retrying {
                        reason: "The provider limits requests for a while.".to_owned(),
                        next_poll_in,
                    },
                    Reason::Reconnecting(why) => Self::Retrying {
                        reason: why.to_string(),
                        next_poll_in,
                    },
                })
            }
            Event::SignedIn(session) => Some(Self::SignedIn {
                subject: session.who.subject.clone(),
                name: session.who.name.clone(),
                scope: session.scope.clone(),
                expires_in: session
                    .expires_at
                    .map(|end| end.duration_since(session.obtained_at).as_secs())
                    .and_then(|seconds| u64::try_from(seconds).ok()),
            }),
            Event::Ended(end) => Some(Self::of_end(end)),
        }
    }

    /// What is told of an attempt that the person gave up.
    pub(super) fn cancelled() -> Self {
        Self::Failed {
            error: "cancelled".to_owned(),
            description: None,
        }
    }

    fn of_end(end: &End) -> Self {
        let (error, description) = match end {
            End::Expired => ("expired_token", Some(end.to_string())),
            End::Denied { description } => ("access_denied", description.clone()),
            End::AnswerLost => ("answer_lost", Some(end.to_string())),
            End::NoCode(refusal) | End::Refused(refusal) => {
                let words = refusal.description.clone();
                (
                    refusal.error.as_str(),
                    words.or_else(|| Some(end.to_string())),
                )
            }
            End::Unreachable(why) => (
                why.error_code().unwrap_or("unreachable"),
                Some(why.to_string()),
            ),
            End::Misconfigured(why) => ("misconfigured", Some(why.to_string())),
            End::Untrusted(why) => ("untrusted_token", Some(why.to_string())),
            End::NotStored(why) => ("not_stored", Some(why.to_string())),
        };
        Self::Failed {
            error: error.to_owned(),
            description,
        }
    }

    /// As one line.
    pub(super) fn to_line(&self) -> String {
        // A struct of strings and numbers has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Whole seconds, rounded up: nobody is told to come too early.
pub(super) fn seconds(length: Duration) -> u64 {
    length.as_secs() + u64::from(length.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::Who;
    use crate::oauth::error::{Reason as Why, Refusal};
    use crate::oauth::flow::{Prompt, Wait};
    use crate::secret::Secret;
    use crate::session::Session;

    const NOW: Moment = Moment::from_boot(Duration::from_secs(1000));

    fn line(event: Event) -> String {
        OutputEvent::of(&event, NOW).unwrap().to_line()
    }

    fn waiting(reason: Reason) -> Event {
        Event::Waiting(Wait {
            reason,
            next_poll: NOW + Duration::from_millis(5200),
        })
    }

    #[test]
    fn a_code_has_the_fields_that_scripts_rely_on() {
        let prompt = Prompt {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://a.example/activate".to_owned(),
            verification_uri_complete: None,
            deadline: NOW + Duration::from_secs(900),
            lifetime: Duration::from_secs(900),
            interval: Duration::from_secs(5),
        };

        assert_eq!(
            line(Event::Code(prompt)),
            r#"{"event":"code","user_code":"QTZL-MCBW","verification_uri":"https://a.example/activate","expires_in":900,"interval":5}"#
        );
    }

    #[test]
    fn each_kind_of_wait_is_its_own_event() {
        assert_eq!(
            line(waiting(Reason::Pending)),
            r#"{"event":"pending","next_poll_in":6}"#
        );
        assert_eq!(
            line(waiting(Reason::SlowDown(Duration::from_secs(10)))),
            r#"{"event":"slow_down","interval":10}"#
        );
        assert_eq!(
            line(waiting(Reason::Reconnecting(
                crate::web::RequestError::new("acme.example", crate::web::TransportError::CutOff)
                    .into()
            ))),
            r#"{"event":"retrying","reason":"acme.example closed the connection before the response was complete.","next_poll_in":6}"#
        );
        assert!(line(waiting(Reason::RateLimited)).starts_with(r#"{"event":"retrying""#));
    }

    #[test]
    fn a_session_is_told_without_its_tokens() {
        let session = Session {
            issuer: "https://a.example/".to_owned(),
            client_id: "client".to_owned(),
            who: Who {
                subject: Some("demo|1".to_owned()),
                ..Who::default()
            },
            scope: "openid".to_owned(),
            access_token: Secret::new("access-token"),
            obtained_at: "2026-01-01T10:00:00Z".parse().unwrap(),
            expires_at: Some("2026-01-01T11:00:00Z".parse().unwrap()),
            refresh_token: Some(Secret::new("refresh-token")),
            dpop_key: None,
            refresh_expires_at: None,
            failed_renewal: None,
            signed_in_at: "2026-01-01T10:00:00Z".parse().unwrap(),
        };

        assert_eq!(
            line(Event::SignedIn(session)),
            r#"{"event":"signed_in","subject":"demo|1","scope":"openid","expires_in":3600}"#
        );
    }

    #[test]
    fn a_failure_carries_the_protocols_code() {
        let refused = End::NoCode(Refusal {
            reason: Why::UnknownClient,
            error: "invalid_client".to_owned(),
            description: Some("Unknown.".to_owned()),
        });

        assert_eq!(
            line(Event::Ended(refused)),
            r#"{"event":"failed","error":"invalid_client","description":"Unknown."}"#
        );
        assert_eq!(
            line(Event::Ended(End::Denied { description: None })),
            r#"{"event":"failed","error":"access_denied"}"#
        );
        assert!(line(Event::Ended(End::Expired)).contains("expired_token"));
    }
}
