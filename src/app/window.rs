//! The window: opened on a display that is there, as large as the monitor.

use std::cell::Cell;
use std::ffi::OsString;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::window::{self, Id};
use iced::{Point, Settings, Size, Task, Theme, theme};
use tokio::runtime::Handle;

use super::ahead::Ahead;
use super::kiosk::{Kiosk, WayOut};
use super::{App, Boot, Left, Message, Options, Origin, extent};
use crate::clock::SharedClock;
use crate::kiosk::{inhibit, xlib};
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
    lost: fn(Result<Left, String>),
) -> Result<Left, String> {
    display()?;
    let settings = Settings {
        id: Some(APPLICATION.to_owned()),
        fonts: font::FILES.into_iter().map(Into::into).collect(),
        default_font: font::REGULAR,
        ..Settings::default()
    };
    let way_out = WayOut::default();
    let taken = way_out.clone();
    if named("WAYLAND_DISPLAY")
        .or_else(|| named("WAYLAND_SOCKET"))
        .is_none()
    {
        let taken = way_out.clone();
        xlib::when_lost(move || lost(left_by(&taken)));
    }
    let open = inhibit::Window::open();
    let end = open.end();
    let window = settings_for(options, extent::first(options, &origin));
    let ahead = Cell::new(Ahead::begin(&boot));
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
    let ran = catch_unwind(AssertUnwindSafe(|| app.run()));
    drop(open);
    match ran {
        Ok(Ok(())) => left_by(&taken),
        Ok(Err(error)) => Err(format!("The window can’t be opened: {error}.")),
        Err(_) => Err("The display was lost, or doesn’t let tenfoot open a window.".to_owned()),
    }
}

/// How the app was left, once its window is gone.
fn left_by(way_out: &WayOut) -> Result<Left, String> {
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
    /// What a window manager takes to answer.
    const PATIENCE: Duration = Duration::from_millis(250);
    let sizes = move || {
        window::monitor_size(id)
            .then(move |monitor| window::size(id).map(move |size| (monitor, size)))
    };
    let known = || Task::done(Message::Settled);
    // By more than what is lost where pixels are divided by a scale.
    let apart = |one: f32, other: f32| (one - other).abs() >= 1.0;
    let differs = move |(monitor, size): (Option<Size>, Size)| {
        monitor.filter(|it| apart(it.width, size.width) || apart(it.height, size.height))
    };
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

/// Whether there is a display, asked in words rather than by a panic.
pub(super) fn display() -> Result<(), String> {
    if let Some(socket) = named("WAYLAND_SOCKET") {
        tracing::debug!(?socket, "a Wayland connection was handed over");
        return Ok(());
    }
    let wayland = named("WAYLAND_DISPLAY").map(PathBuf::from);
    let x11 = named("DISPLAY").and_then(|value| value.into_string().ok());
    if let Some(name) = &wayland {
        let socket = PathBuf::from(named("XDG_RUNTIME_DIR").unwrap_or_default()).join(name);
        if UnixStream::connect(socket).is_ok() {
            return Ok(());
        }
    }
    if x11.as_deref().is_some_and(x11_answers) {
        return Ok(());
    }
    const HINT: &str = "Start tenfoot in a desktop session, or in a kiosk such as cage.";
    Err(match (wayland, x11) {
        (None, None) => {
            format!("There is no display: neither WAYLAND_DISPLAY nor DISPLAY is set. {HINT}")
        }
        (Some(name), None) => format!(
            "The display “{}” (WAYLAND_DISPLAY) doesn’t answer. {HINT}",
            name.display()
        ),
        (_, Some(name)) => format!("The display “{name}” (DISPLAY) doesn’t answer. {HINT}"),
    })
}

/// What the environment says of a display.
fn named(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}

/// Whether an X server listens at a name such as `:0`, `:0.0` or `host:10.0`.
fn x11_answers(name: &str) -> bool {
    let Some((host, number)) = x11_parts(name) else {
        return false;
    };
    let socket = format!("/tmp/.X11-unix/X{number}");
    if (host.is_empty() || host == "unix") && UnixStream::connect(Path::new(&socket)).is_ok() {
        return true;
    }
    let host = if host.is_empty() { "localhost" } else { host };
    let Ok(addresses) = (host, 6000 + number).to_socket_addrs() else {
        return false;
    };
    addresses
        .into_iter()
        .any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_ok())
}

fn x11_parts(name: &str) -> Option<(&str, u16)> {
    let (host, display) = name.rsplit_once(':')?;
    let number = display
        .split('.')
        .next()?
        .parse()
        .ok()
        .filter(|&number: &u16| number < 10_000)?;
    Some((host.trim_end_matches("/unix"), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_x_display_is_a_host_and_a_number() {
        assert_eq!(x11_parts(":0"), Some(("", 0)));
        assert_eq!(x11_parts(":99.0"), Some(("", 99)));
        assert_eq!(x11_parts("localhost:10.0"), Some(("localhost", 10)));
        assert_eq!(x11_parts("nonsense"), None);
        assert_eq!(x11_parts(":x"), None);
    }
}
