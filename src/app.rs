//! The iced root: state, message, router; the only place where one screen replaces
//! another.

mod attempt;
mod awake;
mod brand;
mod hand;
mod kiosk;
mod live;
mod moved;
mod reload;
mod rest;
mod route;
mod seat;
pub mod spread;
mod turn;
mod voice;
mod window;

use std::path::PathBuf;
use std::sync::Arc;

use futures::{Stream, stream};
use iced::widget::image::Handle;
use iced::widget::operation::{AbsoluteOffset, scroll_by};
use iced::{Element, Event, Point, Size, Subscription, Task, event, keyboard, mouse, touch};
use jiff::tz::TimeZone;

use crate::clock::{Moment, SharedClock};
use crate::config::{self, Display};
use crate::oauth::flow;
use crate::screen::signed_in::source::Source;
use crate::screen::{code, details, ended, help, problem, service, signed_in, start, waiting};
use crate::session::{Profile, Session, store};
use crate::setup::Setup;
use crate::stop;
use crate::ui::idle::{self, Idle, Step};
use crate::ui::keys::{Gate, Hold, Pace, Table};
use crate::ui::{Look, font, stage, widget, words};
use crate::words::Language;
use crate::words::Phrase;

pub use kiosk::{Diagnose, Left};
pub use live::Live;
pub use reload::Origin;
use seat::Attempts;
use voice::Speaker;

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
/// # Errors
/// No display, in words.
pub fn run(
    boot: Boot,
    options: Options,
    origin: Origin,
    clock: SharedClock,
) -> Result<Left, String> {
    window::run(boot, options, origin, clock)
}

/// Whether there is a display that answers.
///
/// # Errors
/// In words: there is none, and what to do.
pub fn find_display() -> Result<(), String> {
    window::display()
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
    look: Look,
    keys: Table,
    gate: Gate,
    pace: Pace,
    hold: Hold,
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

/// The one screen that is shown.
#[derive(Debug)]
enum Screen {
    Start(start::State),
    Waiting(waiting::State),
    Code(code::State),
    SignedIn(signed_in::State),
    Details(details::State),
    Ended(ended::State),
    Problem(problem::State),
}

/// Whether the mouse's pointer is seen: not before it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pointer {
    /// Nothing is known about it.
    Hidden,
    /// It lies where it was when the window opened.
    Resting(Point),
    /// Somebody moves it.
    Seen,
}

impl Pointer {
    /// Less than this many pixels is a knock against the table.
    const KNOCK: f32 = 8.0;

    fn moved(self, to: Point) -> Self {
        match self {
            Self::Hidden => Self::Resting(to),
            Self::Resting(from) if from.distance(to) < Self::KNOCK => self,
            Self::Resting(_) | Self::Seen => Self::Seen,
        }
    }
}

/// Everything that can happen.
#[derive(Debug, Clone)]
enum Message {
    Key(keyboard::Event),
    /// A press of OK has lasted for long by now, if it still lasts.
    Held,
    /// Keys go elsewhere.
    Unfocused,
    RightClick,
    Wheel(f32),
    PointerMoved(Point),
    /// A click, or a finger; what it is on hears of it by itself.
    Touched,
    /// It has been quiet for some time.
    Rest,
    Opened(iced::window::Id, Size),
    Resized(Size),
    Rescaled(f32),
    Tick,
    Kiosk(kiosk::Event),
    /// The service manager, or Ctrl-C, wants the program to end.
    Stopped,
    /// The window is being closed.
    CloseRequested,
    /// What an attempt to sign in says; with its number.
    Flow(u64, flow::Event),
    /// What was stored for that profile.
    Restored(Profile, Result<Option<Session>, store::Error>),
    DemoStarted(Result<Setup, Phrase>),
    /// What the configuration's file says.
    Configured(Box<Result<config::Config, config::Error>>),
    /// The user's own logo, where it could be read.
    Logo(Option<Handle>),
    Start(start::Message),
    Waiting(waiting::Message),
    Code(code::Message),
    SignedIn(signed_in::Message),
    Details(details::Message),
    Ended(ended::Message),
    Problem(problem::Message),
}

impl App {
    fn new(
        boot: Boot,
        options: Options,
        origin: Origin,
        clock: SharedClock,
    ) -> (Self, Task<Message>) {
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
        let size = options
            .windowed
            .map_or(Size::new(1920.0, 1080.0), window::logical);
        let mut attempts = Attempts::default();
        let (screen, task) = Self::first(&boot, &mut attempts);
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
            idle: rest::idle(&display, clock.now()),
            speaker: Speaker::new(&display),
            boot,
            options,
            origin,
            clock,
            display,
            size,
            density: 1.0,
            keys,
            pace: Pace::default(),
            hold: Hold::default(),
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
            Message::Unfocused => {
                self.hold.forget();
                Task::none()
            }
            Message::RightClick => self.right_click(),
            Message::Wheel(lines) => self.wheel(lines),
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
                let fill = match self.options.windowed {
                    None => window::fill_monitor(id),
                    Some(_) => Task::none(),
                };
                let density = iced::window::scale_factor(id).map(Message::Rescaled);
                let found = awake::find(id);
                Task::batch([self.resized(size, self.density), density, fill, found])
            }
            Message::Resized(size) => self.resized(size, self.density),
            Message::Rescaled(density) => self.resized(self.size, density),
            Message::Tick => self.tick(),
            Message::Kiosk(event) => self.on_kiosk(event),
            Message::Stopped => self.exit(),
            Message::CloseRequested => self.leave(),
            Message::Flow(attempt, event) => self.hear(attempt, event),
            Message::Restored(profile, result) => self.restored(&profile, result),
            Message::DemoStarted(result) => self.demo_started(result),
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
        self.look = self.looks();
        self.laid_out_anew()
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
        scroll_by(words::WORDS, AbsoluteOffset { x: 0.0, y: by })
    }

    fn subscription(&self) -> Subscription<Message> {
        // Always the same one: what arrives while one takes another's place is lost, and
        // the pointer and the window's size come together when a window opens.
        let input = event::listen_with(|event, _, id| input(event, id));
        let pointer = match self.pointer {
            Pointer::Hidden | Pointer::Resting(_) => {
                event::listen_with(|event, _, _| pointer_moved(&event))
            }
            Pointer::Seen => moved::moves(Arc::clone(&self.clock)),
        };
        let ticks = self.help.is_some()
            || self.kiosk.menu.is_some()
            || match &self.screen {
                Screen::Code(_)
                | Screen::Waiting(waiting::State::Approval(_))
                | Screen::SignedIn(_)
                | Screen::Details(_) => true,
                Screen::Ended(screen) => screen.retries(),
                Screen::Problem(screen) => screen.retries(),
                Screen::Waiting(_) | Screen::Start(_) => false,
            };
        let tick = if ticks {
            iced::time::every(self.idle.tick()).map(|_| Message::Tick)
        } else {
            Subscription::none()
        };
        let seated = self.screen.attempt().and_then(|number| {
            let seat = self.seat(number)?;
            Some(attempt::subscription(number, seat))
        });
        let attempt = seated.unwrap_or_else(Subscription::none);
        let stopped = Subscription::run(stopped);
        let (resting, configured) = (self.resting(), self.configurations());
        let boxed = self.box_subscriptions();
        Subscription::batch([
            input, pointer, tick, attempt, resting, configured, stopped, boxed,
        ])
    }

    fn view(&self) -> Element<'_, Message> {
        let look = &Look {
            hints: self.idle.hints(),
            pressed: self.hold.is_open(),
            ..self.look
        };
        let over = match (&self.help, &self.kiosk.menu) {
            (Some(_), _) => 1,
            (None, Some(_)) => 2,
            (None, None) => 0,
        };
        let shown = match &self.wrong {
            Some(why) => {
                let words = look.tell(&unchanged(why));
                widget::below_banner(look, &words, |look| self.view_top(look))
            }
            None => self.view_top(look),
        };
        // What lies over a screen is one of its own.
        let number = 3 * self.shown + over;
        let staged = stage::stage(look, number, shown);
        let resting = idle::resting(look, &self.idle, TimeZone::system(), staged);
        stage::without_pointer(self.pointer != Pointer::Seen, resting)
    }

    /// What lies over all else.
    fn view_top<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        match (&self.help, &self.kiosk.menu) {
            (Some(help), _) => help.view(look, &self.keys),
            (None, Some(menu)) => {
                let menu = menu.view(look).map(kiosk::Event::Menu);
                menu.map(Message::Kiosk)
            }
            (None, None) => self.view_screen(look),
        }
    }

    fn view_screen<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        match &self.screen {
            Screen::Start(screen) => screen.view(look).map(Message::Start),
            Screen::Waiting(screen) => screen.view(look).map(Message::Waiting),
            Screen::Code(screen) => screen.view(look).map(Message::Code),
            Screen::SignedIn(screen) => screen.view(look).map(Message::SignedIn),
            Screen::Details(screen) => screen.view(look).map(Message::Details),
            Screen::Ended(screen) => screen.view(look).map(Message::Ended),
            Screen::Problem(screen) => screen.view(look).map(Message::Problem),
        }
    }
}

/// What is wrong with a configuration that isn't taken over.
fn unchanged(why: &Phrase) -> Phrase {
    Phrase::new("problem-unchanged").with("why", why.clone())
}

fn pointer_moved(event: &Event) -> Option<Message> {
    let Event::Mouse(mouse::Event::CursorMoved { position }) = event else {
        return None;
    };
    Some(Message::PointerMoved(*position))
}

/// The same, with the environment's language where the configuration names none.
fn spoken(display: &Display) -> Display {
    let from_environment = || Language::of_environment(|name| std::env::var(name).ok());
    Display {
        language: display.language.or_else(|| Some(from_environment())),
        ..display.clone()
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most of what iced tells isn't meant for us"
)]
fn input(event: Event, id: iced::window::Id) -> Option<Message> {
    Some(match event {
        Event::Keyboard(
            event @ (keyboard::Event::KeyPressed { .. } | keyboard::Event::KeyReleased { .. }),
        ) => Message::Key(event),
        Event::Window(iced::window::Event::Unfocused) => Message::Unfocused,
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right | mouse::Button::Back)) => {
            Message::RightClick
        }
        Event::Mouse(mouse::Event::ButtonPressed(_))
        | Event::Touch(touch::Event::FingerPressed { .. }) => Message::Touched,
        Event::Mouse(mouse::Event::WheelScrolled { delta }) => Message::Wheel(match delta {
            mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. } => y,
        }),
        Event::Window(iced::window::Event::Opened { size, .. }) => Message::Opened(id, size),
        Event::Window(iced::window::Event::Resized(size)) => Message::Resized(size),
        Event::Window(iced::window::Event::Rescaled(density)) => Message::Rescaled(density),
        Event::Window(iced::window::Event::CloseRequested) => Message::CloseRequested,
        _ => return None,
    })
}

fn stopped() -> impl Stream<Item = Message> {
    stream::once(async {
        stop::asked().await;
        Message::Stopped
    })
}

impl Screen {
    /// The name that the log knows it by.
    const fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Waiting(_) => "waiting",
            Self::Code(_) => "code",
            Self::SignedIn(_) | Self::Details(_) => "signed-in",
            Self::Ended(_) => "expired",
            Self::Problem(_) => "problem",
        }
    }

    /// The same without a way out of the app.
    fn without_exit(self) -> Self {
        match self {
            Self::Start(screen) => Self::Start(screen.without_exit()),
            Self::Problem(screen) => Self::Problem(screen.without_exit()),
            other @ (Self::Waiting(_)
            | Self::Code(_)
            | Self::SignedIn(_)
            | Self::Details(_)
            | Self::Ended(_)) => other,
        }
    }

    /// The session that is in use on it.
    fn source(&self) -> Option<Arc<dyn Source>> {
        match self {
            Self::SignedIn(screen) => Some(screen.source()),
            Self::Details(screen) => Some(screen.behind.source()),
            Self::Start(_)
            | Self::Waiting(_)
            | Self::Code(_)
            | Self::Ended(_)
            | Self::Problem(_) => None,
        }
    }

    /// The attempt to sign in that belongs to it.
    const fn attempt(&self) -> Option<u64> {
        match self {
            Self::Waiting(screen) => screen.attempt(),
            Self::Code(screen) => Some(screen.pending().attempt),
            Self::Start(_)
            | Self::SignedIn(_)
            | Self::Details(_)
            | Self::Ended(_)
            | Self::Problem(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
