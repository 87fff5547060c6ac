//! The TV app. Nothing that is wrong keeps it from opening: it is shown as a
//! screen.

use tokio::runtime::Runtime;

use super::exit::{Exit, Failure, Outcome};
use super::{GRACE, output, start_runtime};
use crate::app::{self, Boot};
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::demo;
use crate::paths::{self, Found};
use crate::setup::Setup;
use crate::work;

/// `tenfoot`
pub(super) fn run(options: &Options, clock: SharedClock) -> Outcome {
    let runtime = start_runtime()?;
    let boot = boot(options, &clock);
    open(runtime, boot, options, clock)
}

/// `tenfoot demo`
pub(super) fn demo(options: &Options, demo: &demo::Options, clock: SharedClock) -> Outcome {
    super::demo_options(demo)?;
    let runtime = start_runtime()?;
    let setup = runtime
        .block_on(Setup::demo(demo, clock.clone()))
        .map_err(|why| Failure::new(Exit::Failed, why))?;
    if let Some(running) = &setup.demo {
        output::line(&format!("Approve sign-ins at {}", running.activation_url()))?;
        if let Some(notice) = running.notice() {
            output::line(&notice.to_string())?;
        }
    }
    open(runtime, Boot::Ready(setup), options, clock)
}

fn boot(options: &Options, clock: &SharedClock) -> Boot {
    let path = match paths::config_file(options.config.as_deref()) {
        Found::File(path) => path,
        Found::Nowhere { goes } => return Boot::NoConfig { path: goes },
    };
    let config = match Config::read(&path) {
        Ok(config) => config,
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
fn open(runtime: Runtime, boot: Boot, options: &Options, clock: SharedClock) -> Outcome {
    let left = {
        let _context = runtime.enter();
        app::run(boot, options.window(), options.profile.clone(), clock)
    };
    runtime.block_on(work::settled());
    // A file or a name that is still waited for doesn't hold up the end.
    runtime.shutdown_timeout(GRACE);
    left.map_err(|why| Failure::new(Exit::Failed, why))
}
