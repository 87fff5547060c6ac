//! The decision after each poll (RFC 8628 §3.5): a pure function of the state,
//! the answer and the time.

use std::time::Duration;

use super::flow::{End, Prompt, Reason, Wait};
use super::response::{DeviceGrant, Poll};
use super::token::Tokens;
use crate::clock::Moment;

/// Added to each wait, for a clock that runs a little fast: a hundredth of the usual interval,
/// twenty times what setting a clock right by and by makes of it. Who has approved waits for
/// it too.
pub const MARGIN: Duration = Duration::from_millis(50);
/// The same once the provider said `slow_down` although each interval was waited for. On some
/// virtual machines the clock runs so fast, and a client with no more than the usual margin
/// lives in `slow_down` for ever.
pub const WIDE_MARGIN: Duration = Duration::from_millis(500);
/// RFC 8628 §3.5: what each `slow_down` adds for good.
pub const SLOW_DOWN_STEP: Duration = Duration::from_secs(5);
/// The longest pause between two tries while the provider can't be reached.
pub const LONGEST_BACKOFF: Duration = Duration::from_secs(60);

/// How long before its end a code is polled for once more.
const LAST_CALL: Duration = Duration::from_secs(2);
/// How long after its end a code may be polled for, once: somebody may have approved since
/// the poll before. A TV that slept for longer has nothing to wait for.
pub const LAST_POLL_WITHIN: Duration = Duration::from_secs(60);

/// A code that is being polled for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polling {
    deadline: Moment,
    /// Only ever grows.
    interval: Duration,
    /// The wait after the last failure; apart from the interval, and forgotten
    /// with the next good answer.
    backoff: Option<Duration>,
    /// What is added to each wait.
    margin: Duration,
    /// Whether the provider may have given the tokens in an answer that got lost.
    answer_lost: bool,
    wait: Wait,
}

/// What follows from an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Wait, then poll again.
    Wait(Polling),
    /// Success: never poll again.
    Tokens(Tokens),
    /// The end: never poll again.
    Ended(End),
}

/// What to do when the time of a wait has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Not yet: come back then.
    Later(Moment),
    /// Send a poll.
    Poll,
    /// The code's time is over.
    Expired,
}

impl DeviceGrant {
    /// What the person sees of a grant that was received at `now`.
    #[must_use]
    pub fn prompt(&self, now: Moment) -> Prompt {
        Prompt {
            user_code: self.user_code.clone(),
            verification_uri: self.verification_uri.clone(),
            verification_uri_complete: self.verification_uri_complete.clone(),
            deadline: now + self.lifetime,
            lifetime: self.lifetime,
            interval: self.interval,
        }
    }
}

impl Polling {
    /// The state after the device request: one interval before the first poll.
    #[must_use]
    pub fn start(prompt: &Prompt, now: Moment) -> Self {
        Self {
            deadline: prompt.deadline,
            interval: prompt.interval,
            backoff: None,
            margin: MARGIN,
            answer_lost: false,
            wait: Wait {
                reason: Reason::Pending,
                next_poll: now + prompt.interval + MARGIN,
            },
        }
    }

    /// What is being waited for.
    #[must_use]
    pub const fn wait(&self) -> &Wait {
        &self.wait
    }

    /// The least time between two polls, as it stands.
    #[must_use]
    pub const fn interval(&self) -> Duration {
        self.interval
    }

    /// What is added to each wait, as it stands.
    #[must_use]
    pub const fn margin(&self) -> Duration {
        self.margin
    }

    /// What to do at `now`. The client enforces the deadline itself, since some
    /// servers say `authorization_pending` for ever; the poll that is due then is still sent,
    /// no sooner than the interval allows.
    #[must_use]
    pub fn due(&self, now: Moment) -> Due {
        let (next, last) = (self.wait.next_poll, self.deadline + LAST_POLL_WITHIN);
        if now > last || (next > last && now >= self.deadline) {
            Due::Expired
        } else if next > last {
            Due::Later(self.deadline)
        } else if now >= next {
            Due::Poll
        } else {
            Due::Later(next)
        }
    }

    /// What follows from an answer that was received at `now`.
    #[must_use]
    pub fn after(self, answer: Poll, now: Moment) -> Step {
        match answer {
            Poll::Tokens(tokens) => Step::Tokens(tokens),
            // Tokens are given once: whoever asks again is refused (RFC 8628 §3.5).
            Poll::Ended(end) if self.answer_lost && end.may_follow_success() => {
                Step::Ended(End::AnswerLost)
            }
            Poll::Ended(end) => Step::Ended(end),
            Poll::Pending | Poll::SlowDown(_) | Poll::RateLimited(_) | Poll::Nothing(_)
                if self.wait.next_poll >= self.deadline =>
            {
                Step::Ended(End::Expired)
            }
            Poll::Pending => self.again(Reason::Pending, now),
            Poll::SlowDown(named) => {
                let interval = (self.interval + SLOW_DOWN_STEP).max(named.unwrap_or_default());
                Self {
                    interval,
                    margin: WIDE_MARGIN,
                    ..self
                }
                .again(Reason::SlowDown(interval), now)
            }
            Poll::RateLimited(pause) => {
                let pause = pause.unwrap_or(self.interval).max(self.interval);
                Step::Wait(self.waiting(Reason::RateLimited, now, pause))
            }
            Poll::Nothing(why) => {
                let answer_lost = self.answer_lost || why.may_have_arrived();
                let doubled = self.backoff.unwrap_or(self.interval) * 2;
                let backoff = doubled.min(LONGEST_BACKOFF).max(self.interval);
                let pause = self.before_the_end(backoff, now);
                Step::Wait(
                    Self {
                        backoff: Some(backoff),
                        answer_lost,
                        ..self
                    }
                    .waiting(Reason::Reconnecting(why), now, pause),
                )
            }
        }
    }

    /// Shortens a pause that would outlast the code, so that a late approval is still
    /// seen; never below the interval.
    fn before_the_end(&self, pause: Duration, now: Moment) -> Duration {
        let left = self.deadline.since(now).saturating_sub(LAST_CALL);
        pause.min(left).max(self.interval)
    }

    fn again(self, reason: Reason, now: Moment) -> Step {
        let pause = self.interval;
        Step::Wait(
            Self {
                backoff: None,
                answer_lost: false,
                ..self
            }
            .waiting(reason, now, pause),
        )
    }

    fn waiting(self, reason: Reason, now: Moment, pause: Duration) -> Self {
        Self {
            wait: Wait {
                reason,
                next_poll: now + pause + self.margin,
            },
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::{Reason as RefusalReason, Refusal, Unavailable};
    use super::*;
    use crate::web::{RequestError, TransportError};

    const NOW: Moment = Moment::from_boot(Duration::from_secs(1000));

    fn polling() -> Polling {
        let prompt = Prompt {
            user_code: "WDJB".to_owned(),
            verification_uri: "https://acme.example".to_owned(),
            verification_uri_complete: None,
            deadline: NOW + Duration::from_secs(900),
            lifetime: Duration::from_secs(900),
            interval: Duration::from_secs(5),
        };
        Polling::start(&prompt, NOW)
    }

    fn nothing(cause: TransportError) -> Poll {
        Poll::Nothing(RequestError::new("acme.example", cause).into())
    }

    fn denied() -> Poll {
        Poll::Ended(End::Denied { description: None })
    }

    fn used_up() -> Poll {
        Poll::Ended(End::Refused(Refusal {
            reason: RefusalReason::InvalidGrant,
            error: "invalid_grant".to_owned(),
            description: None,
        }))
    }

    fn end_after(answers: impl IntoIterator<Item = Poll>) -> End {
        let mut polling = polling();
        for answer in answers {
            match polling.after(answer, NOW) {
                Step::Wait(next) => polling = next,
                Step::Ended(end) => return end,
                Step::Tokens(_) => panic!("tokens"),
            }
        }
        panic!("no end")
    }

    #[test]
    fn a_refusal_after_an_answer_that_was_lost_is_not_a_person_who_said_no() {
        let server_error = Poll::Nothing(Unavailable::ServerError {
            status: 504,
            error: None,
            description: None,
            retry_after: None,
        });
        for lost in [
            nothing(TransportError::CutOff),
            nothing(TransportError::TimedOut { seconds: 10 }),
            server_error,
        ] {
            assert_eq!(end_after([lost.clone(), denied()]), End::AnswerLost);
            assert_eq!(end_after([lost, used_up()]), End::AnswerLost);
        }
    }

    #[test]
    fn a_request_that_never_arrived_lost_no_answer() {
        let end = end_after([nothing(TransportError::ConnectionRefused), denied()]);

        assert_eq!(end, End::Denied { description: None });
    }

    #[test]
    fn a_code_that_is_still_pending_has_not_been_used_up() {
        let end = end_after([nothing(TransportError::CutOff), Poll::Pending, denied()]);

        assert_eq!(end, End::Denied { description: None });
    }
}
