//! The screen while nobody is there: when it rests, and what wakes it.

use std::hash::{Hash, Hasher};
use std::mem;
use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt};
use iced::{Subscription, Task};

use super::{App, Message, Pointer, Screen};
use crate::clock::{Moment, SharedClock};
use crate::screen::{help, service, waiting};
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
        self.at(self.idle.due(), Message::Rest)
    }

    /// Tells when the screen has to look at the time.
    pub(super) fn ticking(&self) -> Subscription<Message> {
        self.at(self.due(), Message::Tick)
    }

    /// When the screen, or what lies over it, looks different or does something by itself:
    /// nothing wakes the machine before. Where nobody is there that is less often.
    pub(super) fn due(&self) -> Option<Moment> {
        let screen = match &self.screen {
            Screen::Code(screen) => screen.pending().due(),
            Screen::Waiting(screen) => screen.due(),
            Screen::SignedIn(screen) => screen.due(),
            Screen::Details(screen) => screen.behind.due(),
            Screen::Ended(screen) => screen.due(),
            Screen::Problem(screen) => screen.due(),
            Screen::Start(_) => None,
        };
        let help = self.help.as_ref().map(help::State::due);
        let menu = self.kiosk.menu.as_ref().map(service::State::due);
        let due = screen.into_iter().chain(help).chain(menu).min()?;
        let (ticked, _) = self.ticked;
        Some(match self.idle.step() {
            Step::Awake | Step::Quiet => due,
            Step::Dim | Step::Black => due.max(ticked + self.idle.tick()),
        })
    }

    /// Says `message` at `due`. A message that changed nothing is said again: how often the
    /// time was looked at is a part of the subscription's identity.
    fn at(&self, due: Option<Moment>, message: Message) -> Subscription<Message> {
        due.map_or_else(Subscription::none, |due| {
            Subscription::run_with(Timer::of(self, due, message), rung)
        })
    }
}

/// Known by its moment, its message's kind and its turn.
pub(super) struct Timer {
    due: Moment,
    turn: u64,
    message: Message,
    clock: SharedClock,
}

impl Timer {
    pub(super) fn of(app: &App, due: Moment, message: Message) -> Self {
        let (_, turn) = app.ticked;
        let clock = Arc::clone(&app.clock);
        Self {
            due,
            turn,
            message,
            clock,
        }
    }
}

impl Hash for Timer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.due, self.turn).hash(state);
        mem::discriminant(&self.message).hash(state);
    }
}

fn rung(alarm: &Timer) -> BoxStream<'static, Message> {
    let (clock, due, message) = (Arc::clone(&alarm.clock), alarm.due, alarm.message.clone());
    stream::once(async move {
        clock.sleep_until(due).await;
        message
    })
    .boxed()
}

/// The ladder for that display, at its foot.
pub(super) fn idle(display: &crate::config::Display, now: Moment) -> Idle {
    Idle::new(display.idle, display.motion, now)
}
