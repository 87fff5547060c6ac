//! The mouse that somebody moves while its pointer is seen: told now and then, since each
//! message has the screen built anew.

use std::any::TypeId;
use std::hash::Hash;
use std::time::Duration;

use futures::future;
use futures::stream::{BoxStream, StreamExt};
use iced::advanced::subscription::{self, EventStream, Hasher, Recipe};
use iced::{Event, Subscription, mouse};

use super::Message;
use crate::clock::{Moment, SharedClock};

/// Says that somebody moves the mouse, at most once in some seconds.
pub(super) fn moves(clock: SharedClock) -> Subscription<Message> {
    subscription::from_recipe(Moves { clock })
}

struct Moves {
    clock: SharedClock,
}

impl Recipe for Moves {
    type Output = Message;

    fn hash(&self, state: &mut Hasher) {
        TypeId::of::<Self>().hash(state);
    }

    fn stream(self: Box<Self>, events: EventStream) -> BoxStream<'static, Message> {
        let mut rate = Rate::default();
        let told = move |event| {
            let position = position(&event).filter(|_| rate.takes(self.clock.now()));
            future::ready(position.map(Message::PointerMoved))
        };
        events.filter_map(told).boxed()
    }
}

fn position(event: &subscription::Event) -> Option<iced::Point> {
    match event {
        subscription::Event::Interaction {
            event: Event::Mouse(mouse::Event::CursorMoved { position }),
            ..
        } => Some(*position),
        subscription::Event::Interaction { .. } | subscription::Event::SystemThemeChanged(_) => {
            None
        }
    }
}

/// One of many that follow each other.
#[derive(Debug, Default)]
struct Rate {
    last: Option<Moment>,
}

impl Rate {
    const EVERY: Duration = Duration::from_secs(5);

    fn takes(&mut self, now: Moment) -> bool {
        let takes = self.last.is_none_or(|last| now >= last + Self::EVERY);
        if takes {
            self.last = Some(now);
        }
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mouse_that_is_moved_for_long_one_move_in_five_seconds_is_told() {
        let mut rate = Rate::default();
        let told = (0..100)
            .filter(|tenth| rate.takes(Moment::from_boot(Duration::from_millis(100 * tenth))));
        assert_eq!(told.collect::<Vec<_>>(), [0, 50]);
    }
}
