//! What the app is as a TV box: words to the service manager, a screen that stays on while
//! it is due, the service menu.

use std::fmt;
use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use iced::window::Id;
use iced::{Subscription, Task};
use tokio::runtime::Handle;

use super::idle_inhibit::Awake;
use super::{App, Boot, Message};
use crate::config::ExitLock;
use crate::doctor::Finding;
use crate::kiosk::compositor::{Compositor, Unable};
use crate::kiosk::inhibit::End;
use crate::kiosk::notify::{self, Manager, Word};
use crate::kiosk::pin::{Answer, Guard};
use crate::kiosk::sequence::Sequence;
use crate::screen::service;
use crate::ui::keys::{Gate, Press};
use crate::work;

/// How the app was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppExit {
    /// As any app is.
    Usually,
    /// Through a kiosk's service menu.
    ByService,
}

/// What looks at everything that signing in depends on.
#[derive(Clone)]
pub struct Diagnose(Arc<dyn Fn() -> BoxFuture<'static, Vec<Finding>> + Send + Sync>);

impl Diagnose {
    /// Looks by calling this.
    #[must_use]
    pub fn by(look: impl Fn() -> BoxFuture<'static, Vec<Finding>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }
}

impl fmt::Debug for Diagnose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("diagnose")
    }
}

/// Tells, when the window is gone, how it was left. The first who leaves decides.
#[derive(Debug, Clone, Default)]
pub(super) struct WayOut(Arc<OnceLock<AppExit>>);

impl WayOut {
    pub(super) fn take(&self, left: AppExit) {
        let _ = self.0.set(left);
    }

    /// Nothing if the window went without having been left.
    pub(super) fn taken(&self) -> Option<AppExit> {
        self.0.get().copied()
    }
}

/// The box around the app.
#[derive(Debug, Default)]
pub(super) struct Kiosk {
    manager: Manager,
    sequence: Sequence,
    guard: Guard,
    pub(super) way_out: WayOut,
    pub(super) awake: Awake,
    /// What is told that the program ends; nobody where it isn't this program's end.
    ending: Option<fn()>,
    /// The service menu, where it lies over the screen.
    pub(super) menu: Option<service::State>,
}

impl Kiosk {
    /// That of this process, around a window with that `end`.
    pub(super) fn of_process(way_out: WayOut, end: End) -> Self {
        Self {
            manager: Manager::of_process(),
            way_out,
            awake: Awake::until(end),
            ..Self::default()
        }
    }

    /// The same in a program that ends with its window: `begin_end` is told so.
    pub(super) fn ending_by(self, begin_end: fn()) -> Self {
        Self {
            ending: Some(begin_end),
            ..self
        }
    }
}

/// What concerns the box.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A picture is drawn.
    Drawn,
    /// The service manager wants to hear of the picture.
    Ping,
    /// Whether the window's compositor can keep the screen on, or no longer.
    Compositor(Result<(Id, Compositor), Unable>),
    /// What the file says of the way out now.
    Locked(ExitLock),
    /// The service menu.
    Menu(service::Message),
}

impl App {
    pub(super) fn on_kiosk(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::Drawn => {
                let word = self.kiosk.manager.drawn();
                tell(word);
                Task::none()
            }
            // Sent from here and nowhere else: a picture that is frozen sends none.
            Event::Ping => {
                tell(Some(Word::Alive));
                Task::none()
            }
            Event::Compositor(found) => {
                self.compositor(found);
                Task::none()
            }
            // What can't be understood doesn't undo what was.
            Event::Locked(ExitLock::Unknown) => Task::none(),
            Event::Locked(lock @ (ExitLock::Open | ExitLock::Pin(_))) => {
                self.origin.exit_lock = lock;
                Task::none()
            }
            Event::Menu(message) => self.on_service(message),
        }
    }

    /// Says which screen is shown, where somebody wants to know.
    pub(super) fn tell_manager(&mut self) {
        let name = match (&self.help, &self.kiosk.menu) {
            (Some(_), _) => "help",
            (None, Some(_)) => "service",
            (None, None) => self.screen.name(),
        };
        tell(self.kiosk.manager.shows(name));
    }

    /// Says that the end begins.
    pub(super) fn tell_end(&self) {
        tell(self.kiosk.manager.ends());
        if let Some(begin_end) = self.kiosk.ending {
            begin_end();
        }
    }

    pub(super) fn box_subscriptions(&self) -> Subscription<Message> {
        let manager = &self.kiosk.manager;
        let drawn = if manager.awaits_a_picture() {
            iced::window::frames().map(|_| Message::Kiosk(Event::Drawn))
        } else {
            Subscription::none()
        };
        let pings = manager
            .interval()
            .map_or_else(Subscription::none, |interval| {
                iced::time::every(interval).map(|_| Message::Kiosk(Event::Ping))
            });
        Subscription::batch([drawn, pings, self.kept_on()])
    }

    /// A key while nothing but the screen is shown. Says whether it opened the menu. The
    /// keys are those on the remote, whatever the direction of reading.
    pub(super) fn opens_service(&mut self, press: Press) -> bool {
        let now = self.now();
        if !self.options.kiosk || !self.kiosk.sequence.hear(press, now) {
            return false;
        }
        tracing::info!(from = self.screen.name(), to = "service", "screen");
        self.hold.forget();
        self.gate = Gate::closed(now);
        let diagnosable = self.origin.diagnose.is_some();
        self.kiosk.menu = Some(match self.exit_lock() {
            ExitLock::Open => service::State::open(diagnosable, now),
            ExitLock::Pin(_) => {
                service::State::locked(diagnosable, now, self.kiosk.guard.waits(now))
            }
            ExitLock::Unknown => service::State::without_exit(diagnosable, now),
        });
        true
    }

    /// What stands before the way out: what the file says, however wrong the rest of it is,
    /// and what the configuration in force says.
    fn exit_lock(&self) -> ExitLock {
        match (&self.origin.exit_lock, &self.boot) {
            (ExitLock::Open | ExitLock::Unknown, Boot::Ready(setup)) => {
                match (&setup.config.kiosk.pin, &setup.demo) {
                    (Some(pin), _) => ExitLock::Pin(pin.clone()),
                    // The demo isn't what a file says.
                    (None, Some(_)) => self.origin.exit_lock.clone(),
                    (None, None) => ExitLock::Open,
                }
            }
            (lock, _) => lock.clone(),
        }
    }

    pub(super) fn on_service(&mut self, message: service::Message) -> Task<Message> {
        let now = self.now();
        let Some(menu) = &mut self.kiosk.menu else {
            return Task::none();
        };
        match menu.update(message) {
            service::Action::None => {}
            service::Action::Scroll(by) => return Self::scroll(by),
            service::Action::Close => self.close_service(),
            service::Action::Try(typed) => {
                let mut guard = self.kiosk.guard;
                let answer = match self.exit_lock() {
                    ExitLock::Open => Answer::Right,
                    ExitLock::Pin(pin) => guard.look(typed.expose(), &pin, now),
                    ExitLock::Unknown => Answer::Wrong { next: now },
                };
                self.kiosk.guard = guard;
                if let Some(menu) = &mut self.kiosk.menu {
                    match answer {
                        Answer::Right => menu.unlock(),
                        Answer::Wrong { next } => {
                            tracing::warn!("a wrong PIN for the service menu");
                            menu.refuse(now, next);
                        }
                    }
                }
            }
            service::Action::Diagnose => return self.diagnose(),
            service::Action::Leave => {
                tracing::info!("left by the service menu");
                self.kiosk.way_out.take(AppExit::ByService);
                return self.exit();
            }
        }
        Task::none()
    }

    fn close_service(&mut self) {
        self.kiosk.menu = None;
        self.gate = Gate::closed(self.clock.now());
        tracing::info!(from = "service", to = self.screen.name(), "screen");
    }

    fn diagnose(&self) -> Task<Message> {
        let Some(Diagnose(look)) = &self.origin.diagnose else {
            return Task::none();
        };
        // It looks at files, too, which may take as long as a disk that hangs.
        let look = Arc::clone(look);
        let looking = work::aside(move || match Handle::try_current() {
            Ok(runtime) => runtime.block_on(look()),
            Err(_) => futures::executor::block_on(look()),
        });
        Task::future(looking).and_then(|findings| {
            let found = service::Message::Found(findings);
            Task::done(Message::Kiosk(Event::Menu(found)))
        })
    }
}

fn tell(word: Option<Word>) {
    if let Some(word) = word {
        notify::say(word);
    }
}
