//! The iced root: state, message, router; the only place where one screen replaces
//! another.

mod attempt;
mod attempts;
mod brand;
mod idle;
mod idle_inhibit;
mod input;
mod kiosk;
mod live_source;
mod message;
mod outputs;
mod pointer;
mod preload;
mod reload;
mod route;
mod screen;
mod sign_in;
mod slow_disk;
mod speech;
pub mod startup_jitter;
mod store_watch;
mod view;
mod window;
mod window_size;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::image::Handle;
use iced::widget::operation::{AbsoluteOffset, scroll_by};
use iced::{Size, Subscription, Task, event};

use crate::clock::{Moment, SharedClock};
use crate::config::{self, Display};
use crate::i18n::Language;
use crate::i18n::Phrase;
use crate::kiosk::outputs::Outputs;
use crate::screen::signed_in::tab::Audience;
use crate::screen::{code, ended, help, problem, service, signed_in, waiting};
use crate::setup::Setup;
use crate::ui::idle::{Idle, Step};
use crate::ui::keys::{Gate, Hold, Pace, Table, Wheel};
use crate::ui::{Look, font, scroll_text};

use attempts::Attempts;
pub use kiosk::{AppExit, Diagnose};
pub use live_source::LiveSource;
use message::{Message, Pointer, input, pointer_moved, stopped};
use preload::Preload;
pub use reload::Origin;
use screen::Screen;
use speech::Speaker;
pub use window_size::WindowSize;

/// What the app starts from.
#[derive(Debug, Clone)]
pub enum Boot {
    /// A configuration that can be used.
    Ready(Setup),
    /// No configuration: `path` is where it goes. The demo is offered.
    NoConfig {
        /// Where the file would be read from.
        path: PathBuf,
    },
    /// The configuration is wrong.
    BadConfig(config::Error),
    /// Something stands between a good configuration and the app.
    Problem {
        /// What, for a person.
        words: Phrase,
        /// The configuration, read again for another try.
        file: PathBuf,
    },
}

/// How the window opens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Width and height in pixels; fullscreen without.
    pub windowed: Option<(u32, u32)>,
    /// Escape doesn't leave, only the service menu does.
    pub kiosk: bool,
}

/// Runs the app until it is left; a configuration that changes is taken over from its
/// `origin`. To be called inside a tokio runtime, which outlives the window.
///
/// The loss of an X display ends the process from within a call: then this doesn't return, and
/// `lost` is called with what it would have returned.
///
/// # Errors
/// No display, in words.
pub fn run(
    boot: Boot,
    options: Options,
    origin: Origin,
    clock: SharedClock,
    lost: fn(Result<AppExit, String>),
) -> Result<AppExit, String> {
    window::run(boot, options, origin, clock, lost)
}

/// Whether there is a display that answers.
///
/// # Errors
/// In words: there is none, and what to do.
pub fn find_display() -> Result<(), String> {
    window::display().map(drop)
}

/// The root.
#[derive(Debug)]
struct App {
    boot: Boot,
    options: Options,
    origin: Origin,
    clock: SharedClock,
    display: Display,
    size: Size,
    density: f32,
    outputs: Outputs,
    look: Look,
    keys: Table,
    gate: Gate,
    wheel: Wheel,
    /// When OK was pressed on the start screen.
    asked_at: Option<Moment>,
    /// What the next start screen says of the session that was there before.
    farewell: Option<Phrase>,
    pace: Pace,
    hold: Hold,
    /// Whether the window is in front, as far as is known.
    window: Audience,
    /// The key tester, where it lies over the screen.
    help: Option<help::State>,
    kiosk: kiosk::Kiosk,
    idle: Idle,
    speaker: Speaker,
    pointer: Pointer,
    /// What each attempt to sign in is for; they are numbered from 1.
    attempts: Attempts,
    /// Counts changes of screen.
    shown: u64,
    /// When the screen last looked at the time, and how often it did.
    ticked: (Moment, u64),
    screen: Screen,
    /// The user's own logo.
    logo: Option<&'static Handle>,
    /// What is wrong with the configuration that is not in force, until a key is pressed.
    wrong: Option<Phrase>,
    /// How many attempts in a row came to nothing without a press in between.
    failed: u32,
    /// What comes into force when nobody is signed in any more.
    next: Option<Setup>,
}

impl App {
    fn new(
        boot: Boot,
        options: Options,
        origin: Origin,
        clock: SharedClock,
        mut ahead: Option<Preload>,
    ) -> (Self, Task<Message>) {
        let restored = ahead.as_mut().and_then(Preload::done);
        let display = match &boot {
            Boot::Ready(setup) => spoken(&setup.config.display),
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => {
                spoken(&Display::default())
            }
        };
        let keys = match &boot {
            Boot::Ready(setup) => Table::new(&setup.config.keys),
            Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => Table::default(),
        };
        let size = window_size::first(options, &origin);
        let mut attempts = Attempts::default();
        let (screen, task) =
            Self::first(&boot, &mut attempts, ahead.filter(|_| restored.is_none()));
        let screen = if options.kiosk {
            screen.without_exit()
        } else {
            screen
        };
        tracing::info!(from = "off", to = screen.name(), "screen");
        let look = Look::new(size, 1.0, &display);
        font::prefer_forms_of(look.language);
        let mut app = Self {
            look,
            gate: Gate::closed(clock.now()),
            wheel: Wheel::default(),
            asked_at: None,
            farewell: None,
            idle: idle::idle(&display, clock.now()),
            speaker: Speaker::new(&display),
            ticked: (clock.now(), 0),
            boot,
            options,
            origin,
            clock,
            display,
            size,
            density: 1.0,
            outputs: Outputs::default(),
            keys,
            pace: Pace::default(),
            hold: Hold::default(),
            window: Audience::Present,
            help: None,
            kiosk: kiosk::Kiosk::default(),
            pointer: Pointer::Hidden,
            attempts,
            shown: 0,
            screen,
            logo: None,
            wrong: None,
            next: None,
            failed: 0,
        };
        app.postpone();
        let logo = app.read_logo();
        // What is known before the first picture needs no picture that says that it is waited for.
        let task = match restored {
            Some((profile, restored)) => app.restored(&profile, restored),
            None => task,
        };
        (app, Task::batch([task, logo]))
    }

    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        let task = self.take_in(message);
        self.speak();
        self.tell_manager();
        match self.keep_on() {
            Some(told) => Task::batch([task, told]),
            None => task,
        }
    }

    fn take_in(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Key(event) => self.key(&event),
            Message::Held => self.held(),
            Message::Focused => {
                self.window = Audience::Present;
                self.tick()
            }
            Message::Unfocused => {
                self.window = Audience::Away;
                self.hold.forget();
                Task::none()
            }
            Message::RightClick => self.right_click(),
            Message::Wheel(delta) => self.wheel(delta),
            Message::PointerMoved(to) => {
                self.pointer = self.pointer.moved(to);
                match self.pointer {
                    Pointer::Seen => self.wake(),
                    Pointer::Hidden | Pointer::Resting(_) => Task::none(),
                }
            }
            Message::Touched => self.wake(),
            Message::Rest => {
                self.rest();
                Task::none()
            }
            Message::Opened(id, size) => {
                let settling = match self.options.windowed {
                    None => window::fill_monitor(id),
                    Some(_) => Task::done(Message::Settled),
                };
                let density = iced::window::scale_factor(id).map(Message::Rescaled);
                let found = idle_inhibit::find(id);
                Task::batch([self.resized(size, self.density), density, settling, found])
            }
            Message::Settled => Task::batch([self.laid_out_anew(), self.note_extent()]),
            Message::Resized(size) => self.resized(size, self.density),
            Message::Rescaled(density) => self.resized(self.size, density),
            Message::Tick => self.tick(),
            Message::Kiosk(event) => self.on_kiosk(event),
            Message::Stopped => self.exit(),
            Message::CloseRequested => self.leave(),
            Message::Flow(attempt, event) => self.hear(attempt, event),
            Message::Restored(profile, restored) => self.restored(&profile, restored),
            Message::DemoStarted(result) => self.demo_started(result),
            Message::Beginning(beginning) => self.go_on(beginning),
            Message::Outputs(outputs) => self.outputs_are(outputs),
            Message::StoreChanged => self.look_who_is_there(),
            Message::FoundSession(profile, found) => self.found_session(&profile, found),
            Message::People(people) => self.people_found(&people),
            Message::Booted(boot, wish) => self.booted_later(*boot, wish),
            Message::SetUp(setup) => self.set_up_later(*setup),
            Message::Configured(read) => self.configured(*read),
            Message::Logo(logo) => {
                self.logo_read(logo);
                Task::none()
            }
            Message::Start(message) => self.on_start(message),
            Message::Waiting(message) => self.on_waiting(message),
            Message::Code(message) => self.on_code(message),
            Message::SignedIn(message) => self.on_signed_in(message),
            Message::Details(message) => self.on_details(message),
            Message::Ended(message) => self.on_ended(message),
            Message::Problem(message) => self.on_problem(message),
        }
    }

    fn tick(&mut self) -> Task<Message> {
        let (now, wall) = (self.clock.now(), self.clock.wall());
        self.ticked = (now, self.ticked.1 + 1);
        self.on_help(&help::Message::Tick(now));
        let serviced = self.on_service(service::Message::Tick(now));
        let covered = self.help.is_some() || self.kiosk.menu.is_some();
        let looks = !covered && self.idle.step() < Step::Dim;
        match &mut self.screen {
            Screen::SignedIn(screen) if !looks => screen.hold(now),
            Screen::Details(screen) => screen.behind.hold(now),
            Screen::SignedIn(_)
            | Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => {}
        }
        let shown = match &mut self.screen {
            Screen::Code(_) => self.on_code(code::Message::Tick(now)),
            Screen::Waiting(_) => self.on_waiting(waiting::Message::Tick(now)),
            Screen::SignedIn(_) | Screen::Details(_) => {
                self.on_signed_in(signed_in::Message::Tick(now, wall))
            }
            Screen::Ended(_) => self.on_ended(ended::Message::Tick(now, wall)),
            Screen::Problem(_) => self.on_problem(problem::Message::Tick(now)),
            Screen::Start(_) => Task::none(),
        };
        Task::batch([serviced, shown])
    }

    fn resized(&mut self, size: Size, density: f32) -> Task<Message> {
        if (self.size, self.density) == (size, density) {
            return Task::none();
        }
        (self.size, self.density) = (size, density);
        self.laid_out_in_part()
    }

    /// Tells that results are in a picture, as long as that is waited for.
    fn drawn_results(&self) -> Subscription<Message> {
        let awaited = match &self.screen {
            Screen::SignedIn(screen) => screen.awaits_a_picture(),
            Screen::Details(_)
            | Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => false,
        };
        if awaited {
            iced::window::frames().map(|_| Message::SignedIn(signed_in::Message::Drawn))
        } else {
            Subscription::none()
        }
    }

    /// Lays out what depends on the look.
    fn laid_out_anew(&mut self) -> Task<Message> {
        let look = self.look;
        match &mut self.screen {
            Screen::Code(screen) => screen.resized(&look),
            Screen::SignedIn(screen) => return screen.resized(&look).map(Message::SignedIn),
            Screen::Details(screen) => {
                let behind = screen.behind.resized(&look).map(Message::SignedIn);
                return Task::batch([behind, screen.resized(&look).map(Message::Details)]);
            }
            Screen::Start(_) | Screen::Waiting(_) | Screen::Ended(_) | Screen::Problem(_) => {}
        }
        Task::none()
    }

    fn scroll(by: f32) -> Task<Message> {
        scroll_by(scroll_text::WORDS, AbsoluteOffset { x: 0.0, y: by })
    }

    fn subscription(&self) -> Subscription<Message> {
        // Always the same one: what arrives while one takes another's place is lost, and
        // the pointer and the window's size come together when a window opens.
        let input = event::listen_with(|event, _, id| input(event, id));
        let pointer = match self.pointer {
            Pointer::Hidden | Pointer::Resting(_) => {
                event::listen_with(|event, _, _| pointer_moved(&event))
            }
            Pointer::Seen => pointer::moves(Arc::clone(&self.clock)),
        };
        let tick = self.ticking();
        let seated = self.screen.attempt().and_then(|number| {
            let seat = self.seat(number)?;
            Some(attempt::subscription(number, seat))
        });
        let attempt = seated.unwrap_or_else(Subscription::none);
        let stopped = Subscription::run(stopped);
        let (resting, configured) = (self.resting(), self.configurations());
        let boxed = self.box_subscriptions();
        let outputs = match self.options.windowed {
            None => Subscription::run(window::outputs).map(Message::Outputs),
            Some(_) => Subscription::none(),
        };
        let (drawn, stored) = (self.drawn_results(), self.stored_elsewhere());
        Subscription::batch([
            input, pointer, tick, attempt, resting, configured, stopped, boxed, drawn, stored,
            outputs,
        ])
    }
}

/// The same, with the environment's language where the configuration names none.
fn spoken(display: &Display) -> Display {
    let from_environment = || {
        let wanted = Language::of_environment(|name| std::env::var(name).ok());
        let drawn = crate::ui::font::drawn_language(wanted);
        if drawn != wanted {
            let (wanted, drawn) = (wanted.tag(), drawn.tag());
            tracing::warn!(wanted, drawn, "no font for the environment's language");
        }
        drawn
    };
    Display {
        language: display.language.or_else(|| Some(from_environment())),
        ..display.clone()
    }
}

#[cfg(test)]
mod tests;
