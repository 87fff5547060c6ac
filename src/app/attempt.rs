//! An attempt to sign in as a subscription: it runs as long as a screen with its
//! number is shown, and is cancelled when that is left.

use std::hash::{Hash, Hasher};

use futures::StreamExt;
use futures::stream::BoxStream;
use iced::Subscription;

use super::Message;
use super::attempts::SignInTarget;
use crate::session::Flow;
use crate::session::sign_in::Begin;

/// The attempt's number is its whole identity: a new number is a new attempt, and
/// the same number is never begun twice.
struct Attempt {
    number: u64,
    flow: Flow,
    begin: Begin,
}

impl Hash for Attempt {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

/// What the attempt of that number says.
pub(super) fn subscription(number: u64, seat: &SignInTarget) -> Subscription<Message> {
    Subscription::run_with(
        Attempt {
            number,
            flow: seat.flow.clone(),
            begin: seat.begin,
        },
        events,
    )
}

fn events(attempt: &Attempt) -> BoxStream<'static, Message> {
    let number = attempt.number;
    attempt
        .flow
        .events_of(attempt.begin)
        .map(move |event| Message::Flow(number, event))
        .boxed()
}
