//! The window: opened on a display that is there, as large as the monitor.

use std::cell::Cell;
use std::ffi::OsString;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{Stream, stream};
use iced::window::{self, Id, Mode};
use iced::{Point, Rectangle, Settings, Size, Task, Theme, theme};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::kiosk::{Kiosk, WayOut};
use super::preload::Preload;
use super::{App, AppExit, Boot, Message, Options, Origin, window_size};
use crate::clock::SharedClock;
use crate::kiosk::outputs::{Outputs, same};
use crate::kiosk::x11::{self, Depth};
use crate::kiosk::{inhibit, wayland, xlib};
use crate::ui::font;
use crate::work;

/// Wayland's app id, X11's class and the desktop file's name.
const APPLICATION: &str = "tenfoot";

/// Opens the window and runs the app until it is left.
pub(super) fn run(
    boot: Boot,
    options: Options,
    origin: Origin,
    clock: SharedClock,
    lost: fn(Result<AppExit, String>),
) -> Result<AppExit, String> {
    let on = display()?;
    if let On::X11Instead(_) = on {
        return Err(again_on_x11());
    }
    let settings = Settings {
        id: Some(APPLICATION.to_owned()),
        fonts: font::FILES.into_iter().map(Into::into).collect(),
        default_font: font::REGULAR,
        ..Settings::default()
    };
    let way_out = WayOut::default();
    let taken = way_out.clone();
    if on != On::Wayland {
        let taken = way_out.clone();
        xlib::when_lost(move || lost(left_by(&taken)));
    }
    let open = inhibit::Window::open();
    let end = open.end();
    let window = window::Settings {
        // Without an alpha channel windows have the depth of the screen.
        transparent: on == On::X11(Depth::WithAlpha),
        ..settings_for(options, window_size::first(options, &origin))
    };
    let ahead = Cell::new(Preload::begin(&boot));
    let start = move || {
        let (boot, origin, clock) = (boot.clone(), origin.clone(), clock.clone());
        let (mut app, task) = App::new(boot, options, origin, clock, ahead.take());
        let kiosk = Kiosk::of_process(way_out.clone(), end.clone());
        app.kiosk = kiosk.ending_by(work::begin_end);
        (app, task)
    };
    let app = iced::application(start, App::update, App::view)
        .executor::<Caller>()
        .settings(settings)
        .window(window)
        .title(|_: &App| "tenfoot".to_owned())
        .subscription(App::subscription)
        .theme(|_: &App| Theme::Dark)
        .style(|app: &App, _| theme::Style {
            // Behind the ground, and never seen.
            background_color: app.look.palette.ground[1],
            text_color: app.look.palette.text,
        });
    // winit panics where a display is named that it can't talk to.
    tell_panics_of_an_open_window_alone();
    let ran = catch_unwind(AssertUnwindSafe(|| app.run()));
    drop(open);
    let was_opened = OPENED.load(Ordering::Relaxed);
    if on == On::Wayland && !was_opened && !matches!(ran, Ok(Ok(()))) && x11_answers() {
        return Err(again_on_x11());
    }
    if !was_opened
        && !matches!(ran, Ok(Ok(())))
        && let packages = missing_packages(on)
        && !packages.is_empty()
    {
        let packages = packages.join(" ");
        return Err(format!(
            "The window can’t be opened: libraries are missing. On Debian, install {packages}."
        ));
    }
    match ran {
        Ok(Ok(())) => left_by(&taken),
        Ok(Err(error)) => Err(format!("The window can’t be opened: {error}.")),
        Err(panic) if !was_opened => {
            let why = panic.downcast_ref::<&str>().map(|why| (*why).to_owned());
            let why = why.or_else(|| panic.downcast_ref::<String>().cloned());
            let why = crate::text::excerpt(&why.unwrap_or_default());
            Err(if why.contains("XKBNotFound") {
                "The window can’t be opened: keyboard data is missing. On Debian, install xkb-data."
                    .to_owned()
            } else {
                format!("The window can’t be opened: {why}")
            })
        }
        Err(_) => Err("The display was lost, or doesn’t let tenfoot open a window.".to_owned()),
    }
}

/// Until the window is open, its caller reports a panic in one line.
fn tell_panics_of_an_open_window_alone() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if OPENED.load(Ordering::Relaxed) {
            usual(panic);
        } else {
            tracing::debug!(%panic, "before there was a window");
        }
    }));
}

/// The Debian packages whose absence keeps a window from opening.
fn missing_packages(on: On) -> Vec<&'static str> {
    match on {
        On::Wayland if !wayland::has_library() => vec!["libwayland-client0"],
        On::Wayland => Vec::new(),
        On::X11(_) | On::X11Instead(_) => xlib::missing_packages(),
    }
}

/// Whether the window has been there.
static OPENED: AtomicBool = AtomicBool::new(false);

fn x11_answers() -> bool {
    let name = named("DISPLAY").and_then(|value| value.into_string().ok());
    name.is_some_and(|name| x11::depth(&name).is_ok_and(|it| !matches!(it, Depth::None(_))))
}

/// How the app was left, once its window is gone.
fn left_by(way_out: &WayOut) -> Result<AppExit, String> {
    let lost = || "The display was lost.".to_owned();
    way_out.taken().ok_or_else(lost)
}

/// The runtime that the app was started in. iced would make one of its own and end it
/// with the window, and with it a refresh that must be stored.
struct Caller(Handle);

impl iced::Executor for Caller {
    fn new() -> Result<Self, std::io::Error> {
        Handle::try_current()
            .map(Self)
            .map_err(std::io::Error::other)
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(future));
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }

    fn enter<R>(&self, work: impl FnOnce() -> R) -> R {
        let _context = self.0.enter();
        work()
    }
}

fn settings_for(options: Options, size: Size) -> window::Settings {
    let platform_specific = window::settings::PlatformSpecific {
        application_id: APPLICATION.to_owned(),
        ..window::settings::PlatformSpecific::default()
    };
    let fullscreen = options.windowed.is_none();
    window::Settings {
        size,
        fullscreen,
        decorations: !fullscreen,
        // A guest is signed out first.
        exit_on_close_request: false,
        platform_specific,
        ..window::Settings::default()
    }
}

/// A window that has opened becomes as large as its screen, if it isn't: somebody sees to that
/// or, on X11 with no window manager, nobody but it itself. Then its size is known.
pub(super) fn fill_monitor(id: Id) -> Task<Message> {
    OPENED.store(true, Ordering::Relaxed);
    /// What a window manager takes to answer.
    const PATIENCE: Duration = Duration::from_millis(250);
    let sizes = move || {
        window::monitor_size(id)
            .then(move |monitor| window::size(id).map(move |size| (monitor, size)))
    };
    let known = || Task::done(Message::Settled);
    let differs =
        |(monitor, size): (Option<Size>, Size)| monitor.filter(|monitor| !same(*monitor, size));
    sizes().then(move |at_once| match differs(at_once) {
        None => known(),
        Some(_) => Task::future(tokio::time::sleep(PATIENCE))
            .then(move |()| sizes())
            .then(move |later| match differs(later) {
                None => known(),
                Some(monitor) => Task::batch([
                    window::move_to(id, Point::ORIGIN),
                    window::resize(id, monitor),
                ])
                // What it is then has been heard of by then.
                .chain(Task::future(tokio::time::sleep(PATIENCE)).then(move |()| known())),
            }),
    })
}

/// Tells where the display's outputs are, and each time that changes.
pub(super) fn outputs() -> impl Stream<Item = Outputs> {
    let (sender, receiver) = mpsc::unbounded_channel();
    let tell = move |outputs| sender.send(outputs).is_ok();
    let watch: Box<dyn FnOnce() + Send> = match display() {
        Ok(On::X11(_)) => Box::new(move || x11::outputs(tell)),
        // A connection that was handed over is the window's.
        Ok(On::Wayland) if named("WAYLAND_SOCKET").is_none() => {
            Box::new(move || wayland::outputs(tell))
        }
        Ok(On::Wayland | On::X11Instead(_)) | Err(_) => Box::new(|| {}),
    };
    let watching = std::thread::Builder::new().name("outputs".to_owned());
    if let Err(why) = watching.spawn(watch) {
        tracing::debug!(%why, "no thread for the outputs");
    }
    stream::unfold(receiver, |mut receiver| async move {
        match receiver.recv().await {
            Some(outputs) => Some((outputs, receiver)),
            None => std::future::pending().await,
        }
    })
}

/// On X11, a window that lies on no output goes to the chosen one, and so does one that lies on
/// another than the configuration names: without a window manager nobody else sees to that, and
/// some do not when an output comes back.
pub(super) fn follow(outputs: &Outputs, density: f32, wanted: Option<&str>) -> Task<Message> {
    /// What a window manager takes to see to it.
    const PATIENCE: Duration = Duration::from_millis(400);
    if !outputs.physical {
        return Task::none();
    }
    let Some(chosen) = outputs.chosen(wanted) else {
        return Task::none();
    };
    let scale = outputs.scale(density);
    let (name, chosen) = (chosen.name.clone(), chosen.bounds(scale));
    let there: Vec<_> = match outputs.named(wanted) {
        Some(_) => vec![chosen],
        None => outputs.all.iter().map(|it| it.bounds(scale)).collect(),
    };
    let is_placed = outputs.named(wanted).is_some();
    let is_other = move |at: Option<Point>, size: Size| {
        let is_at = |point: Point| at.is_none_or(|at| at.distance(point) < 1.0);
        let fits = |it: &Rectangle| same(it.size(), size) && (!is_placed || is_at(it.position()));
        !there.iter().any(fits)
    };
    Task::future(tokio::time::sleep(PATIENCE))
        .then(|()| window::latest())
        .and_then(move |id| {
            let is_other = is_other.clone();
            window::size(id).then(move |size| {
                let is_other = is_other.clone();
                window::position(id).map(move |at| is_other(at, size).then_some(id))
            })
        })
        .and_then(move |id| {
            tracing::info!(output = name, ?chosen, "the window follows the output");
            let place = move || {
                let moved = window::move_to(id, chosen.position());
                Task::batch([moved, window::resize(id, chosen.size())])
            };
            // A window manager keeps a full screen as large as it was.
            window::set_mode(id, Mode::Windowed)
                .chain(place())
                .chain(Task::future(tokio::time::sleep(PATIENCE)).discard())
                .chain(window::set_mode(id, Mode::Fullscreen))
                .chain(place())
        })
}

/// What the window is opened on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// A Wayland compositor.
    Wayland,
    /// An X server.
    X11(Depth),
    /// An X server, though `WAYLAND_DISPLAY` names a compositor: that doesn't answer.
    X11Instead(Depth),
}

/// The display that answers, asked in words rather than by a panic.
pub(super) fn display() -> Result<On, String> {
    if let Some(socket) = named("WAYLAND_SOCKET") {
        tracing::debug!(?socket, "a Wayland connection was handed over");
        return Ok(On::Wayland);
    }
    let wayland = named("WAYLAND_DISPLAY").map(PathBuf::from);
    let x11 = named("DISPLAY").and_then(|value| value.into_string().ok());
    if let Some(name) = &wayland {
        let socket = PathBuf::from(named("XDG_RUNTIME_DIR").unwrap_or_default()).join(name);
        if UnixStream::connect(socket).is_ok() {
            return Ok(On::Wayland);
        }
    }
    const HINT: &str = "Start tenfoot in a desktop session, or in a kiosk such as cage.";
    let why = match x11.as_deref().map(|name| (name, x11::depth(name))) {
        Some((name, Ok(Depth::None(depth)))) => format!(
            "The display “{name}” (DISPLAY) has a depth of {depth}, which tenfoot can’t draw in. \
             Start the X server with a depth of 24."
        ),
        Some((_, Ok(depth))) if wayland.is_some() => return Ok(On::X11Instead(depth)),
        Some((_, Ok(depth))) => return Ok(On::X11(depth)),
        Some((name, Err(why))) => {
            tracing::debug!(%why, "X11");
            format!("The display “{name}” (DISPLAY) doesn’t answer. {HINT}")
        }
        None => String::new(),
    };
    Err(match wayland {
        None if why.is_empty() => {
            format!("There is no display: neither WAYLAND_DISPLAY nor DISPLAY is set. {HINT}")
        }
        Some(name) if why.is_empty() => format!(
            "The display “{}” (WAYLAND_DISPLAY) doesn’t answer. {HINT}",
            name.display()
        ),
        Some(_) | None => why,
    })
}

/// Starts the program anew on the X server alone: winit goes by the environment. Returns only
/// where that fails.
fn again_on_x11() -> String {
    let failed = |why: std::io::Error| format!("tenfoot can’t be started on DISPLAY: {why}.");
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(why) => return failed(why),
    };
    tracing::warn!("the Wayland display can't be used; DISPLAY is");
    let why = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .exec();
    failed(why)
}

/// What the environment says of a display.
fn named(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}
