//! The TV app. Nothing that is wrong keeps it from opening: it is shown as a
//! screen.

use std::path::PathBuf;

use tokio::runtime::Runtime;

use super::exit::{Exit, Failure, Outcome};
use super::{GRACE, output, start_runtime};
use crate::app::{self, Boot, Origin};
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::{Config, Room, files};
use crate::demo;
use crate::paths::{self, Found};
use crate::setup::Setup;
use crate::work;

/// `tenfoot`
pub(super) fn run(options: &Options, clock: SharedClock) -> Outcome {
    let runtime = start_runtime()?;
    let (Found::File(file) | Found::Nowhere { goes: file }) =
        paths::config_file(options.config.as_deref());
    let boot = boot(options, &clock);
    open(runtime, boot, Some(file), options, clock)
}

/// `tenfoot demo`
pub(super) fn demo(options: &Options, demo: &demo::Options, clock: SharedClock) -> Outcome {
    super::demo_options(demo)?;
    let room = room(options)?;
    let runtime = start_runtime()?;
    let setup = runtime
        .block_on(Setup::demo(demo, room, clock.clone()))
        .map_err(|why| Failure::new(Exit::Failed, why))?;
    if let Some(running) = &setup.demo {
        output::line(&format!("Approve sign-ins at {}", running.activation_url()))?;
        if let Some(notice) = running.notice() {
            output::line(&notice.to_string())?;
        }
    }
    open(runtime, Boot::Ready(setup), None, options, clock)
}

/// What the configuration says of the room. A file that nobody named for the demo doesn't
/// keep it from running.
fn room(options: &Options) -> Result<Room, Failure> {
    match (
        paths::config_file(options.config.as_deref()),
        &options.config,
    ) {
        (Found::Nowhere { .. }, _) => Ok(Room::default()),
        (Found::File(path), Some(_)) => {
            Room::read(&path).map_err(|wrong| Failure::new(Exit::Usage, wrong))
        }
        (Found::File(path), None) => Ok(Room::read(&path).unwrap_or_else(|wrong| {
            tracing::warn!("{wrong}");
            Room::default()
        })),
    }
}

fn boot(options: &Options, clock: &SharedClock) -> Boot {
    let path = match paths::config_file(options.config.as_deref()) {
        Found::File(path) => path,
        Found::Nowhere { goes } => return Boot::NoConfig { path: goes },
    };
    let config = match Config::read(&path) {
        Ok(config) => config,
        Err(_) if files::say_nothing(&path) => return Boot::NoConfig { path },
        Err(wrong) => {
            tracing::error!("{wrong}");
            return Boot::BadConfig(wrong);
        }
    };
    match Setup::from_config(config, options.profile.clone(), clock.clone()) {
        Ok(setup) => Boot::Ready(setup),
        Err(why) => {
            tracing::error!("{why}");
            Boot::Problem {
                words: why,
                file: path,
            }
        }
    }
}

/// Everything of the app runs in `runtime`, so that what must not be cut off goes on
/// after the window is closed.
fn open(
    runtime: Runtime,
    boot: Boot,
    file: Option<PathBuf>,
    options: &Options,
    clock: SharedClock,
) -> Outcome {
    let origin = Origin {
        file,
        profile: options.profile.clone(),
    };
    let left = {
        let _context = runtime.enter();
        app::run(boot, options.window(), origin, clock)
    };
    runtime.block_on(work::settled());
    // A file or a name that is still waited for doesn't hold up the end.
    runtime.shutdown_timeout(GRACE);
    left.map_err(|why| Failure::new(Exit::Failed, why))
}
