//! What `tenfoot` does for each command: the TV app, and the same things in a
//! terminal.

mod channels;
mod config;
mod demo;
mod doctor;
mod events;
mod exit;
mod fetch;
mod output;
mod qr;
mod sign_in;
mod sign_out;
mod status;
mod tv;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{self, Runtime};

use crate::cli::{Cli, Command, Options};
use crate::clock::{SharedClock, SystemClock};
use crate::config::{self as configured, Config, exposed};
use crate::paths::{self, Found};
use crate::setup::Setup;
use crate::{stop, work};

pub use exit::Exit;
use exit::{Failure, Outcome};

/// How long what still runs when everything is done may hold up the end.
const GRACE: Duration = Duration::from_secs(2);

/// Does what the command line asks for, and says on stderr why it could not.
#[must_use]
pub fn run(cli: Cli) -> Exit {
    let clock: SharedClock = Arc::new(SystemClock);
    match outcome(cli, clock) {
        Ok(()) => Exit::Done,
        Err(failure) => {
            failure.tell();
            failure.exit
        }
    }
}

fn outcome(Cli { options, command }: Cli, clock: SharedClock) -> Outcome {
    let Some(command) = command else {
        return tv::run(&options, clock);
    };
    match command {
        Command::Demo(demo) if demo.serve => in_runtime(demo::serve(&demo.options, clock)),
        Command::Demo(demo) => tv::demo(&options, &demo.options, clock),
        Command::SignIn(how) => in_runtime(sign_in::run(&options, how.json, clock)),
        Command::Status(how) => in_runtime(until_stopped(status::run(&options, how.json, clock))),
        Command::Fetch(what) => in_runtime(until_stopped(fetch::run(&options, &what, clock))),
        Command::SignOut(who) => in_runtime(until_stopped(sign_out::run(&options, who, clock))),
        Command::Doctor(how) => in_runtime(until_stopped(doctor::run(&options, how, clock))),
        Command::Config(what) => config::run(what, &options),
    }
}

/// Carries a terminal command out.
fn in_runtime(command: impl Future<Output = Outcome>) -> Outcome {
    let runtime = start_runtime()?;
    let outcome = runtime.block_on(async {
        let outcome = command.await;
        work::settled().await;
        outcome
    });
    runtime.shutdown_timeout(GRACE);
    outcome
}

/// Ends with a signal, but not before work that must not be cut off is done.
async fn until_stopped(command: impl Future<Output = Outcome>) -> Outcome {
    tokio::select! {
        biased;
        () = stop::asked() => {
            work::begin_end();
            Err(Failure::new(Exit::Failed, "Stopped."))
        }
        outcome = command => outcome,
    }
}

fn start_runtime() -> Result<Runtime, Failure> {
    runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|why| Failure::new(Exit::Failed, format!("the runtime can't be started: {why}")))
}

/// The configuration that a terminal command needs.
fn configuration(options: &Options) -> Result<Config, Failure> {
    configuration_with(options, with_secret)
}

/// The same for who needs no secret: one that systemd hands to its service alone isn't looked at.
fn configuration_to_check(options: &Options) -> Result<Config, Failure> {
    configuration_with(options, |config, path| {
        let file = config.provider.client_secret_file.clone();
        match file.filter(|file| paths::is_handed_over_elsewhere(file)) {
            Some(file) => {
                let name = file.display();
                output::note(&format!(
                    "tenfoot: provider.client_secret_file: “{name}” comes from systemd, not checked."
                ));
                Ok(config)
            }
            None => with_secret(config, path),
        }
    })
}

fn configuration_with(
    options: &Options,
    with_secret: impl FnOnce(Config, &Path) -> Result<Config, configured::Error>,
) -> Result<Config, Failure> {
    match paths::config_file(options.config.as_deref()) {
        Found::File(path) => {
            let config = Config::read(&path)
                .and_then(|config| with_secret(config, &path))
                .map_err(|wrong| Failure::new(Exit::Usage, wrong))?;
            for exposed in exposed(&path, &config) {
                output::note(&format!("tenfoot: {exposed}"));
            }
            Ok(config)
        }
        Found::Nowhere { goes } => Err(Failure::new(Exit::Usage, no_configuration(&goes))),
    }
}

/// A secret file that can't be read is a mistake of the configuration, with its line.
fn with_secret(config: Config, path: &Path) -> Result<Config, configured::Error> {
    let file = config.provider.client_secret_file.as_ref();
    let Some(file) = file.map(|file| paths::credential(file)) else {
        return Ok(config);
    };
    match crate::secret::read_file(&file) {
        Ok(_) => Ok(config),
        Err(why) => Err(configured::Error::of_value(
            path,
            "provider.client_secret_file",
            configured::Error::unreadable(&file, &why).to_string(),
        )),
    }
}

fn no_configuration(goes: &std::path::Path) -> String {
    format!(
        "There is no configuration. It goes to {}; `tenfoot config example` prints one to begin with, \
         and `tenfoot demo` needs none.",
        goes.display()
    )
}

/// What the command line's parser can't see: how the values go together.
fn demo_options(options: &crate::demo::Options) -> Outcome {
    options
        .validate()
        .map_err(|why| Failure::new(Exit::Usage, why))
}

/// What a terminal command works with.
fn setup(options: &Options, clock: &SharedClock) -> Result<Setup, Failure> {
    let config = configuration(options)?;
    Setup::from_config(config, options.profile.clone(), clock.clone())
        .map_err(|why| Failure::new(Exit::Usage, why))
}
