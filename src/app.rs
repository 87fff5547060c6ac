//! The iced root: state, message, router; the only place where one screen replaces
//! another.

use std::path::PathBuf;

use crate::clock::SharedClock;
use crate::config;
use crate::setup::Setup;

/// What the app starts from.
#[derive(Debug)]
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
    /// Something else stands in the way, in words.
    Problem(String),
}

/// How the window opens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Width and height in pixels; fullscreen without.
    pub windowed: Option<(u32, u32)>,
    /// Escape doesn't leave.
    pub kiosk: bool,
}

/// Runs the app until it is left.
///
/// # Errors
/// No display, in words.
pub fn run(boot: Boot, options: Options, clock: SharedClock) -> Result<(), String> {
    let _ = (boot, options, clock);
    unimplemented!()
}
