//! The screen while nobody is there: when it rests, and what wakes it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt};
use iced::{Subscription, Task};

use super::{App, Message, Pointer, Screen};
use crate::clock::{Moment, SharedClock};
use crate::screen::waiting;
use crate::ui::idle::{Idle, Step};

impl App {
    /// Somebody is there, or something is to be seen.
    pub(super) fn wake(&mut self) -> Task<Message> {
        let (now, wall) = (self.clock.now(), self.clock.wall());
        let slept = self.idle.wake(now);
        self.idle.look(now, wall);
        // The screen has looked at the time less often meanwhile.
        if slept { self.tick() } else { Task::none() }
    }

    /// It has been quiet for some time.
    pub(super) fn rest(&mut self) {
        let (now, wall) = (self.clock.now(), self.clock.wall());
        if self.is_watched() {
            let _ = self.idle.wake(now);
        }
        self.idle.look(now, wall);
        if self.idle.step() >= Step::Dim && self.pointer == Pointer::Seen {
            self.pointer = Pointer::Hidden;
        }
    }

    /// What is to be seen whether or not anybody presses keys: a code that is being typed
    /// into a phone, a channel that shows something new by itself.
    pub(super) fn is_watched(&self) -> bool {
        match &self.screen {
            Screen::Code(_) | Screen::Waiting(waiting::State::Approval(_)) => true,
            Screen::SignedIn(screen) => screen.refreshes_by_itself(),
            Screen::Waiting(
                waiting::State::Session { .. }
                | waiting::State::Demo { .. }
                | waiting::State::Code { .. }
                | waiting::State::Tokens { .. },
            )
            | Screen::Start(_)
            | Screen::Details(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => false,
        }
    }

    /// Tells when the picture is another one, if nobody comes.
    pub(super) fn resting(&self) -> Subscription<Message> {
        self.idle.due().map_or_else(Subscription::none, |due| {
            let clock = Arc::clone(&self.clock);
            Subscription::run_with(Rest { due, clock }, rested)
        })
    }
}

/// That moment is its whole identity.
struct Rest {
    due: Moment,
    clock: SharedClock,
}

impl Hash for Rest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.due.hash(state);
    }
}

fn rested(rest: &Rest) -> BoxStream<'static, Message> {
    let (clock, due) = (Arc::clone(&rest.clock), rest.due);
    stream::once(async move {
        clock.sleep_until(due).await;
        Message::Rest
    })
    .boxed()
}

/// The ladder for that display, at its foot.
pub(super) fn idle(display: &crate::config::Display, now: Moment) -> Idle {
    Idle::new(display.idle, display.motion, now)
}
