//! A flow on a clock of its own, held at each step against what a client owes.

use std::time::Duration;

use proptest::prelude::*;
use tenfoot::clock::Moment;
use tenfoot::oauth::device::{
    Due, LAST_POLL_WITHIN, LONGEST_BACKOFF, MARGIN, Polling, SLOW_DOWN_STEP, Step, WIDE_MARGIN,
};
use tenfoot::oauth::flow::{End, Prompt, Reason};
use tenfoot::oauth::response::Poll;

/// No answer asks for more than a day, whatever it says.
pub(crate) const DAY: Duration = Duration::from_secs(86_400);

/// A flow while it runs, with what was true before.
pub(crate) struct Run {
    polling: Polling,
    deadline: Moment,
    now: Moment,
    /// When the answer before came.
    received: Moment,
    /// How long it asked to be left alone.
    asked: Duration,
    /// Whether the tokens may have been in an answer that got lost.
    lost: bool,
}

impl Run {
    pub(crate) fn start((prompt, now): &(Prompt, Moment)) -> Self {
        Self {
            polling: Polling::start(prompt, *now),
            deadline: prompt.deadline,
            now: *now,
            received: *now,
            asked: Duration::ZERO,
            lost: false,
        }
    }

    /// Waits as the flow does; whether a poll is sent then, at the right time.
    pub(crate) fn poll_is_due(
        &mut self,
        looks: usize,
        late: Duration,
    ) -> Result<bool, TestCaseError> {
        let mut late = Some(late);
        loop {
            let due = self.polling.due(self.now);
            for _ in 0..looks {
                prop_assert_eq!(self.polling.due(self.now), due, "the clock stood still");
            }
            match due {
                Due::Later(then) => {
                    prop_assert!(then > self.now && then <= self.deadline + LAST_POLL_WITHIN);
                    self.now = then + late.take().unwrap_or_default();
                }
                Due::Poll => {
                    prop_assert!(
                        self.now <= self.deadline + LAST_POLL_WITHIN,
                        "polled long after the deadline"
                    );
                    let waited = self.now.since(self.received);
                    prop_assert!(
                        waited >= self.polling.interval() + self.polling.margin(),
                        "polled too early"
                    );
                    prop_assert!(waited >= self.asked, "polled before Retry-After");
                    return Ok(true);
                }
                Due::Expired => {
                    prop_assert!(self.now >= self.deadline, "expired too early");
                    return Ok(false);
                }
            }
        }
    }

    /// Takes in what came after `takes`; whether the flow goes on.
    pub(crate) fn hear(&mut self, answer: &Poll, takes: Duration) -> Result<bool, TestCaseError> {
        self.now = self.now + takes;
        self.received = self.now;
        let before = self.polling.clone();
        let next = match before.clone().after(answer.clone(), self.now) {
            Step::Wait(next) => next,
            Step::Tokens(tokens) => {
                prop_assert_eq!(answer, &Poll::Tokens(tokens));
                return Ok(false);
            }
            Step::Ended(End::AnswerLost) => {
                prop_assert!(self.lost, "no answer was lost");
                prop_assert!(matches!(answer, Poll::Ended(end) if end.may_follow_success()));
                return Ok(false);
            }
            Step::Ended(End::Expired) if before.wait().next_poll >= self.deadline => {
                return Ok(false);
            }
            Step::Ended(end) => {
                prop_assert!(!self.lost || !end.may_follow_success());
                prop_assert_eq!(answer, &Poll::Ended(end));
                return Ok(false);
            }
        };
        prop_assert!(
            before.wait().next_poll < self.deadline,
            "waits after the poll that was due when the time was up"
        );
        self.lost = match answer {
            Poll::Nothing(why) => self.lost || why.may_have_arrived(),
            Poll::Pending | Poll::SlowDown(_) => false,
            Poll::RateLimited(_) | Poll::Tokens(_) | Poll::Ended(_) => self.lost,
        };
        let pause = next.wait().next_poll.since(self.now);
        let margin = next.margin();
        prop_assert!(margin >= MARGIN);
        prop_assert!(
            pause >= next.interval() + margin,
            "back-off below the interval"
        );
        match answer {
            Poll::SlowDown(named) => {
                prop_assert!(next.interval() >= before.interval() + SLOW_DOWN_STEP);
                prop_assert!(named.is_none_or(|named| next.interval() >= named));
                prop_assert_eq!(margin, WIDE_MARGIN);
                prop_assert_eq!(pause, next.interval() + margin);
            }
            Poll::Pending => {
                prop_assert_eq!(next.interval(), before.interval());
                prop_assert_eq!(pause, next.interval() + margin);
            }
            Poll::Nothing(_) => {
                prop_assert_eq!(next.interval(), before.interval());
                prop_assert!(pause <= next.interval().max(LONGEST_BACKOFF) + margin);
                prop_assert!(matches!(next.wait().reason, Reason::Reconnecting(_)));
            }
            Poll::RateLimited(_) => {
                prop_assert_eq!(next.interval(), before.interval());
                prop_assert_eq!(&next.wait().reason, &Reason::RateLimited);
                prop_assert!(pause <= next.interval().max(DAY) + margin);
            }
            Poll::Tokens(_) | Poll::Ended(_) => prop_assert!(false, "an end goes on"),
        }
        let late = self.deadline + LAST_POLL_WITHIN + Duration::from_nanos(1);
        prop_assert_eq!(next.due(late), Due::Expired);
        self.asked = match answer {
            Poll::RateLimited(named) => named.unwrap_or_default(),
            Poll::Pending
            | Poll::SlowDown(_)
            | Poll::Nothing(_)
            | Poll::Tokens(_)
            | Poll::Ended(_) => Duration::ZERO,
        };
        self.polling = next;
        Ok(true)
    }

    /// A provider that says nothing new any more: the code's time ends the flow.
    pub(crate) fn runs_out(&mut self, answer: &Poll) -> Result<(), TestCaseError> {
        let left = self.deadline.since(self.now).as_secs();
        let most = left / self.polling.interval().as_secs().max(1) + 2;
        for _ in 0..=most {
            if !self.poll_is_due(0, Duration::ZERO)? {
                return Ok(());
            }
            if !self.hear(answer, Duration::ZERO)? {
                return Ok(());
            }
        }
        prop_assert!(false, "more polls than fit into the code's life");
        Ok(())
    }
}
