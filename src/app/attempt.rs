//! An attempt to sign in as a subscription: it runs as long as a screen with its
//! number is shown, and is cancelled when that is left.

use std::hash::{Hash, Hasher};

use futures::StreamExt;
use futures::stream::BoxStream;
use iced::Subscription;

use super::Message;
use crate::session::Flow;

/// The attempt's number is its whole identity: a new number is a new attempt, and
/// the same number is never begun twice.
struct Attempt {
    number: u64,
    flow: Flow,
}

impl Hash for Attempt {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

/// What the attempt of that number says.
pub(super) fn subscription(number: u64, flow: &Flow) -> Subscription<Message> {
    Subscription::run_with(
        Attempt {
            number,
            flow: flow.clone(),
        },
        events,
    )
}

fn events(attempt: &Attempt) -> BoxStream<'static, Message> {
    let number = attempt.number;
    attempt
        .flow
        .events()
        .map(move |event| Message::Flow(number, event))
        .boxed()
}
