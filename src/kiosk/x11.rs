//! The X server, asked by a connection of our own: where its outputs are, what it can draw, and
//! that its own screen saver waits.

use std::error::Error;
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::randr::{self, ConnectionExt as _};
use x11rb::protocol::screensaver::ConnectionExt as _;
use x11rb::protocol::xproto::{ConnectionExt as _, Screen, VisualClass};
use x11rb::rust_connection::{ConnectError, RustConnection};

use super::outputs::{Output, Outputs};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What is drawn into windows.
const USUAL_DEPTH: u8 = 24;
const DEPTH_WITH_ALPHA: u8 = 32;
/// A byte for each pixel.
const DEPTH_OF_FEW: u8 = 8;

/// How windows of an X screen are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// As its own root is.
    Usual,
    /// The root has another depth; windows with an alpha channel have one that can be drawn.
    WithAlpha,
    /// With the few colours that the root has.
    Few,
    /// There is none that can be drawn.
    None(u8),
}

/// Asks the X server of that name for a connection, and what it can draw. Blocks.
///
/// # Errors
/// It doesn't answer, or refuses.
pub fn depth(display: &str) -> Result<Depth, ConnectError> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let root = connection.setup().roots.get(screen);
    Ok(root.map_or(Depth::Usual, depth_of))
}

fn depth_of(screen: &Screen) -> Depth {
    let has_true_colour = |depth: u8| {
        screen.allowed_depths.iter().any(|allowed| {
            let true_colour = |class| class == VisualClass::TRUE_COLOR;
            allowed.depth == depth && allowed.visuals.iter().any(|v| true_colour(v.class))
        })
    };
    if screen.root_depth == USUAL_DEPTH {
        Depth::Usual
    } else if has_true_colour(DEPTH_WITH_ALPHA) {
        Depth::WithAlpha
    } else if screen.root_depth == DEPTH_OF_FEW {
        Depth::Few
    } else {
        Depth::None(screen.root_depth)
    }
}

/// Tells where the outputs are, the primary one first, now and after each change of that, until
/// the X server is gone or `tell` says that nobody listens any more. Blocks.
pub fn outputs(tell: impl Fn(Outputs) -> bool) {
    if let Err(why) = watch(tell) {
        tracing::debug!(%why, "changes of the X screen aren't heard of");
    }
}

fn watch(tell: impl Fn(Outputs) -> bool) -> Outcome<()> {
    /// One change comes as several events.
    const QUIET: Duration = Duration::from_millis(150);
    let (connection, number) = x11rb::connect(None)?;
    let screen = connection.setup().roots.get(number).ok_or("no screen")?;
    let root = screen.root;
    let _ = connection.randr_query_version(1, 5)?.reply()?;
    let events = randr::NotifyMask::SCREEN_CHANGE
        | randr::NotifyMask::CRTC_CHANGE
        | randr::NotifyMask::OUTPUT_CHANGE;
    connection.randr_select_input(root, events)?.check()?;
    let mut before = Outputs::default();
    loop {
        let outputs = outputs_of(&connection, root)?;
        if !outputs.all.is_empty() && outputs != before {
            before.clone_from(&outputs);
            if !tell(outputs) {
                return Ok(());
            }
        }
        let _ = connection.wait_for_event()?;
        std::thread::sleep(QUIET);
        while connection.poll_for_event()?.is_some() {}
    }
}

/// The outputs that are on, the primary one first.
fn outputs_of(connection: &RustConnection, root: u32) -> Outcome<Outputs> {
    let mut monitors = connection.randr_get_monitors(root, true)?.reply()?.monitors;
    monitors.retain(|monitor| monitor.width > 1 && monitor.height > 1);
    monitors.sort_by_key(|monitor| !monitor.primary);
    let mut all = Vec::with_capacity(monitors.len());
    for monitor in monitors {
        let name = connection.get_atom_name(monitor.name)?.reply()?.name;
        all.push(Output {
            name: String::from_utf8_lossy(&name).into_owned(),
            x: monitor.x.into(),
            y: monitor.y.into(),
            width: monitor.width.into(),
            height: monitor.height.into(),
        });
    }
    Ok(Outputs {
        all,
        physical: true,
    })
}

/// The X server's own screen saver waits as long as this is there.
#[derive(Debug)]
pub struct Suspended(RustConnection);

/// Has the X server's screen saver, and what switches the screen off with it, wait. Blocks.
#[must_use]
pub fn suspend_screen_saver() -> Option<Suspended> {
    let suspend = || -> Outcome<RustConnection> {
        let (connection, _) = x11rb::connect(None)?;
        let _ = connection.screensaver_query_version(1, 1)?.reply()?;
        connection.screensaver_suspend(1)?.check()?;
        Ok(connection)
    };
    match suspend() {
        Ok(connection) => Some(Suspended(connection)),
        Err(why) => {
            tracing::debug!(%why, "the X server's screen saver isn't suspended");
            None
        }
    }
}

impl Suspended {
    /// Whether the X server is still there. That it ends says the same to the server.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.poll_for_event().is_ok()
    }
}
