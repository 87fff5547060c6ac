//! The screen stays on while that is due.

use std::hash::{Hash, Hasher};

use futures::stream::{self, BoxStream, StreamExt};
use iced::window::{self, Id};
use iced::{Subscription, Task};

use super::kiosk::Event;
use super::{App, Message};
use crate::kiosk::compositor::{Compositor, Unable};
use crate::kiosk::inhibit::{self, Buses, End};
use crate::kiosk::screen_keeper::ScreenKeeper;
use crate::ui::idle::Step;

/// Who keeps it on, and what hears of the end of the window.
#[derive(Debug, Default)]
pub(super) struct Awake {
    keeper: ScreenKeeper<(Id, Compositor)>,
    end: End,
}

impl Awake {
    /// Until that end of the window.
    pub(super) fn until(end: End) -> Self {
        let keeper = ScreenKeeper::default();
        Self { keeper, end }
    }
}

/// Whether the compositor of this window can keep the screen on.
pub(super) fn find(id: Id) -> Task<Message> {
    window::run(id, Compositor::of)
        .map(move |found| Message::Kiosk(Event::Compositor(found.map(|found| (id, found)))))
}

impl App {
    /// Whether the compositor of the window can, or no longer.
    pub(super) fn compositor(&mut self, found: Result<(Id, Compositor), Unable>) {
        self.kiosk.awake.keeper = match found {
            Ok(found) => {
                tracing::info!(by = "compositor", "it can keep the screen on");
                ScreenKeeper::compositor(found)
            }
            Err(why) => {
                tracing::info!(by = "bus", %why, "it is asked to keep the screen on");
                ScreenKeeper::Buses
            }
        };
    }

    fn has_to_stay_on(&self) -> bool {
        inhibit::is_due(self.is_watched(), self.idle.step() >= Step::Dim)
    }

    /// Tells the compositor, where it is the one and has to be told.
    pub(super) fn keep_on(&mut self) -> Option<Task<Message>> {
        let due = self.has_to_stay_on();
        let ((id, compositor), on) = self.kiosk.awake.keeper.turn(due)?;
        tracing::debug!(by = "compositor", on, "whether the screen is kept on");
        let told = window::run(id, move |window| compositor.leave_on(window, on));
        Some(told.then(|told| match told {
            Ok(()) => Task::none(),
            Err(why) => Task::done(Message::Kiosk(Event::Compositor(Err(why)))),
        }))
    }

    /// Asks whoever is on a bus, where the compositor can't.
    pub(super) fn kept_on(&self) -> Subscription<Message> {
        let awake = &self.kiosk.awake;
        if awake.keeper.asks_buses(self.has_to_stay_on()) {
            let end = awake.end.clone();
            Subscription::run_with(KeptOn { end }, kept_on)
        } else {
            Subscription::none()
        }
    }
}

/// There is one at most.
struct KeptOn {
    end: End,
}

impl Hash for KeptOn {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The screen stays on as long as somebody listens to this and there is a window.
fn kept_on(kept: &KeptOn) -> BoxStream<'static, Message> {
    let end = kept.end.clone();
    stream::once(async {
        let _held = inhibit::hold(Buses::default(), end);
        std::future::pending().await
    })
    .boxed()
}
