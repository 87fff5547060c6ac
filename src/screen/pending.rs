//! What is known while a code waits for its approval, and how it is said. The code
//! screen and the waiting screen both show it.

use std::time::Duration;

use iced::Color;

use crate::clock::{Moment, next_second};
use crate::i18n::Phrase;
use crate::oauth::flow::{Prompt, Reason, Wait};
use crate::session::sign_in::Event;
use crate::ui::theme::Palette;

/// A code that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The attempt that the code belongs to.
    pub attempt: u64,
    /// The provider's host.
    pub host: String,
    /// Whether nothing of the person is to be kept.
    pub guest: bool,
    /// What the provider gave.
    pub prompt: Prompt,
    /// What is going on.
    pub doing: Doing,
    /// The time that is drawn.
    pub now: Moment,
}

/// What is going on at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// A pause between two polls.
    Waiting(Wait),
    /// A poll.
    Checking,
}

impl Pending {
    /// A code that has just come.
    #[must_use]
    pub fn new(attempt: u64, host: String, prompt: Prompt, now: Moment) -> Self {
        let doing = Doing::Waiting(Wait {
            reason: Reason::Pending,
            next_poll: now + prompt.interval,
        });
        Self {
            attempt,
            host,
            guest: false,
            prompt,
            doing,
            now,
        }
    }

    /// The same for somebody of whom nothing is kept.
    #[must_use]
    pub fn of_guest(self) -> Self {
        Self {
            guest: true,
            ..self
        }
    }

    /// Takes in what the flow says, as far as it changes what is drawn.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::Checking => self.doing = Doing::Checking,
            Event::Waiting(wait) => self.doing = Doing::Waiting(wait.clone()),
            Event::Code(_) | Event::Approved | Event::SignedIn(_) | Event::Ended(_) => {}
        }
    }

    /// How long the code still lives.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.prompt.deadline.since(self.now)
    }

    /// When what is left of it is written in another way.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let next = next_second(self.prompt.deadline, self.now);
        (next > self.now).then_some(next)
    }

    /// The same as a part of its life, 0 to 1.
    #[must_use]
    pub fn part_left(&self) -> f32 {
        let whole = self.prompt.lifetime.as_secs_f32().max(1.0);
        (self.left().as_secs_f32() / whole).clamp(0.0, 1.0)
    }

    /// Time left, in words.
    #[must_use]
    pub fn time_left(&self) -> Phrase {
        let seconds = whole_seconds(self.left());
        let time = format!("{}:{:02}", seconds / 60, seconds % 60);
        Phrase::new("code-time-left").with("time", time)
    }

    /// What is going on, in words.
    #[must_use]
    pub fn activity(&self) -> Phrase {
        match &self.doing {
            Doing::Checking => Phrase::new("code-checking"),
            Doing::Waiting(wait) => {
                let next = next_check(wait.next_poll.since(self.now));
                match &wait.reason {
                    Reason::Pending => next,
                    Reason::SlowDown(interval) => Phrase::new("code-slow-down")
                        .with("host", &self.host)
                        .with("seconds", interval.as_secs())
                        .with("next", next),
                    Reason::RateLimited => Phrase::new("code-busy")
                        .with("host", &self.host)
                        .with("next", next),
                    Reason::Reconnecting(why) => Phrase::new("code-reconnecting")
                        .with("why", why.phrase())
                        .with("next", next),
                }
            }
        }
    }

    /// Whether it goes another way than it should.
    #[must_use]
    pub const fn is_unusual(&self) -> bool {
        match &self.doing {
            Doing::Checking => false,
            Doing::Waiting(wait) => !matches!(wait.reason, Reason::Pending),
        }
    }

    /// What is unusual, in a word or two.
    #[must_use]
    pub fn unusual(&self) -> Option<Phrase> {
        let Doing::Waiting(wait) = &self.doing else {
            return None;
        };
        match wait.reason {
            Reason::Pending => None,
            Reason::SlowDown(_) => Some(Phrase::new("code-slow-down-short")),
            Reason::RateLimited => Some(Phrase::new("code-busy-short")),
            Reason::Reconnecting(_) => Some(Phrase::new("code-reconnecting-short")),
        }
    }

    /// The colour for [`Pending::activity`].
    #[must_use]
    pub fn tone(&self, palette: &Palette) -> Color {
        match &self.doing {
            Doing::Checking => palette.accent,
            Doing::Waiting(wait) => match wait.reason {
                Reason::Pending => palette.muted,
                Reason::SlowDown(_) | Reason::RateLimited | Reason::Reconnecting(_) => {
                    palette.warning
                }
            },
        }
    }
}

fn next_check(wait: Duration) -> Phrase {
    match whole_seconds(wait) {
        0 => Phrase::new("code-checking"),
        seconds => Phrase::new("code-next").with("seconds", seconds),
    }
}

/// Rounded up: something is left until nothing is.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::web::{RequestError, TransportError};

    pub(crate) const START: Moment = Moment::from_boot(Duration::from_secs(100));

    pub(crate) fn pending() -> Pending {
        let prompt = Prompt {
            user_code: "WDJB-MJHT".to_owned(),
            verification_uri: "https://acme.example/activate".to_owned(),
            verification_uri_complete: Some(
                "https://acme.example/activate?user_code=WDJB-MJHT".to_owned(),
            ),
            deadline: START + Duration::from_secs(900),
            lifetime: Duration::from_secs(900),
            interval: Duration::from_secs(5),
        };
        Pending::new(4, "acme.example".to_owned(), prompt, START)
    }

    fn waiting(reason: Reason) -> Pending {
        let mut pending = pending();
        pending.hear(&Event::Waiting(Wait {
            reason,
            next_poll: START + Duration::from_secs(3),
        }));
        pending
    }

    #[test]
    fn a_new_code_says_when_the_first_check_is() {
        assert_eq!(pending().activity().to_string(), "Next check in 5 s");
    }

    #[test]
    fn a_check_is_named() {
        let mut pending = pending();
        pending.hear(&Event::Checking);
        assert_eq!(pending.activity().to_string(), "Checking…");
    }

    #[test]
    fn each_reason_to_wait_has_its_words() {
        assert_eq!(
            waiting(Reason::Pending).activity().to_string(),
            "Next check in 3 s"
        );
        assert_eq!(
            waiting(Reason::SlowDown(Duration::from_secs(10)))
                .activity()
                .to_string(),
            "acme.example asked for fewer checks: every 10\u{a0}s. Next check in 3 s"
        );
        assert_eq!(
            waiting(Reason::RateLimited).activity().to_string(),
            "acme.example is busy. Next check in 3 s"
        );
        assert_eq!(
            waiting(Reason::Reconnecting(
                RequestError::new("acme.example", TransportError::TimedOut { seconds: 10 }).into()
            ))
            .activity()
            .to_string(),
            "Reconnecting: acme.example didn’t respond within 10 s. Next check in 3 s. The code is still valid."
        );
    }

    #[test]
    fn time_left_runs_out_and_stays_at_nothing() {
        let mut pending = pending();
        assert_eq!(pending.time_left().to_string(), "15:00 left");
        pending.now = START + Duration::from_millis(839_500);
        assert_eq!(pending.time_left().to_string(), "1:01 left");
        pending.now = START + Duration::from_secs(2000);
        assert_eq!(pending.time_left().to_string(), "0:00 left");
        assert!(pending.part_left().abs() < f32::EPSILON);
    }
}
