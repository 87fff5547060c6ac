//! The TV app. Nothing that is wrong keeps it from opening: it is shown as a
//! screen.

use super::exit::{Exit, Failure, Outcome};
use super::{GRACE, output, start_runtime};
use crate::app::{self, Boot};
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::demo;
use crate::paths::{self, Found};
use crate::setup::Setup;

/// `tenfoot`
pub(super) fn run(options: &Options, clock: SharedClock) -> Outcome {
    let runtime = start_runtime()?;
    let boot = {
        let _context = runtime.enter();
        boot(options, &clock)
    };
    let left = open(boot, options, clock);
    runtime.shutdown_timeout(GRACE);
    left
}

/// `tenfoot demo`
pub(super) fn demo(options: &Options, demo: &demo::Options, clock: SharedClock) -> Outcome {
    super::demo_options(demo)?;
    // The demo's servers run here, beside the app's own runtime.
    let runtime = start_runtime()?;
    let setup = runtime
        .block_on(Setup::demo(demo, clock.clone()))
        .map_err(|why| Failure::new(Exit::Failed, why))?;
    if let Some(running) = &setup.demo {
        output::line(&format!("Approve sign-ins at {}", running.activation_url()))?;
        if let Some(notice) = running.notice() {
            output::line(&notice)?;
        }
    }
    let left = open(Boot::Ready(setup), options, clock);
    runtime.shutdown_timeout(GRACE);
    left
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
    match Setup::from_config(config, options.profile(), clock.clone()) {
        Ok(setup) => Boot::Ready(setup),
        Err(why) => {
            tracing::error!("{why}");
            Boot::Problem(why)
        }
    }
}

fn open(boot: Boot, options: &Options, clock: SharedClock) -> Outcome {
    app::run_as(boot, options.window(), options.profile(), clock)
        .map_err(|why| Failure::new(Exit::Failed, why))
}
