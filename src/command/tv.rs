//! The TV app. Nothing that is wrong keeps it from opening: it is shown as a
//! screen.

use std::path::PathBuf;

use tokio::runtime::Runtime;

use super::exit::{Exit, Failure, Outcome};
use super::{GRACE, doctor, output, sign_out, start_runtime};
use crate::app::{self, AppExit, Boot, Diagnose, Origin, WindowSize};
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::{Backend, Config, ExitLock, Renderer, Room, exposed, files};
use crate::demo;
use crate::disk::{self, START};
use crate::i18n::Phrase;
use crate::paths::{self, Found};
use crate::setup::Setup;
use crate::ui::font;
use crate::ui::keys::compose_nothing;
use crate::{renderer, stop, work};

/// `tenfoot`
pub(super) fn run(options: &Options, clock: SharedClock) -> Outcome {
    compose_nothing();
    let named = options.config.clone();
    let (file, wanted) = disk::ask(START, move || {
        let (Found::File(file) | Found::Nowhere { goes: file }) =
            paths::config_file(named.as_deref());
        let room = Room::read(&file);
        let wanted = room.map_or(Renderer::Auto, |room| room.display.renderer);
        (file, wanted)
    })
    .now()
    .unwrap_or_else(|| {
        let file = options
            .config
            .clone()
            .unwrap_or_else(paths::own_config_file);
        // Nothing is tried that may need another start.
        (file, Renderer::Software)
    });
    renderer::prepare(wanted);
    font::begin();
    let runtime = start_runtime()?;
    let booting = {
        let (options, clock) = (options.clone(), clock.clone());
        let file = file.clone();
        disk::ask(START, move || {
            let lock = ExitLock::read(&file).unwrap_or_default();
            (boot(&options, &clock), lock)
        })
    };
    let (boot, exit_lock) = booting.now().unwrap_or_else(|| {
        tracing::error!(file = %file.display(), "the disk doesn't answer");
        let words = Phrase::new("problem-disk").with("path", file.display().to_string());
        let boot = Boot::Problem {
            words,
            file: file.clone(),
        };
        (boot, ExitLock::Unknown)
    });
    open(runtime, boot, (Some(file), exit_lock), options, clock)
}

/// `tenfoot demo`
pub(super) fn demo(options: &Options, demo: &demo::Options, clock: SharedClock) -> Outcome {
    super::demo_options(demo)?;
    let (room, exit_lock) = room(options)?;
    compose_nothing();
    renderer::prepare(room.display.renderer);
    font::begin();
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
    open(
        runtime,
        Boot::Ready(setup),
        (None, exit_lock),
        options,
        clock,
    )
}

/// What the configuration says of the room, and of the way out of a kiosk. A file that nobody
/// named for the demo doesn't keep it from running.
fn room(options: &Options) -> Result<(Room, ExitLock), Failure> {
    let path = match paths::config_file(options.config.as_deref()) {
        Found::Nowhere { .. } => return Ok((Room::default(), ExitLock::Open)),
        Found::File(path) => path,
    };
    let exit_lock = ExitLock::read(&path).unwrap_or_default();
    let room = match (Room::read(&path), &options.config) {
        (Ok(room), _) => room,
        (Err(wrong), Some(_)) => return Err(Failure::new(Exit::Usage, wrong)),
        (Err(wrong), None) => {
            tracing::warn!("{wrong}");
            Room::default()
        }
    };
    Ok((room, exit_lock))
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
    for exposed in exposed(&path, &config) {
        tracing::warn!("{exposed}");
    }
    for unused in sign_out::unused_now(&config) {
        tracing::warn!("{}", sign_out::still_stored(&unused));
    }
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
    (file, exit_lock): (Option<PathBuf>, ExitLock),
    options: &Options,
    clock: SharedClock,
) -> Outcome {
    let diagnose = file.is_some().then(|| diagnosis(options, &clock));
    let extent = match &boot {
        Boot::Ready(setup) if file.is_some() && setup.config.storage.backend != Backend::Memory => {
            paths::cache_dir().ok().map(WindowSize::in_cache)
        }
        Boot::Ready(_) | Boot::NoConfig { .. } | Boot::BadConfig(_) | Boot::Problem { .. } => None,
    };
    let origin = Origin {
        extent,
        file,
        profile: options.profile.clone(),
        diagnose,
        exit_lock,
    };
    let left = {
        let _context = runtime.enter();
        drop(runtime.spawn(stop::at_the_latest()));
        app::run(boot, options.window(), origin, clock, lost)
    };
    work::begin_end();
    runtime.block_on(work::settled());
    // A file or a name that is still waited for doesn't hold up the end.
    runtime.shutdown_timeout(GRACE);
    outcome_of(left)
}

fn outcome_of(left: Result<AppExit, String>) -> Outcome {
    match left {
        Ok(AppExit::Usually) => Ok(()),
        Ok(AppExit::ByService) => Err(Failure::said(Exit::LeftByService)),
        Err(why) => Err(Failure::new(Exit::Failed, why)),
    }
}

/// The same end where a library is about to end the process: the runtime goes on meanwhile.
fn lost(left: Result<AppExit, String>) {
    work::begin_end();
    let outcome = outcome_of(left);
    if let Err(failure) = &outcome {
        failure.tell();
    }
    if !work::settle_within(work::LIMIT) {
        tracing::warn!("the program ends before its last work does");
    }
    let exit = outcome.err().map_or(Exit::Done, |failure| failure.exit);
    std::process::exit(exit as i32);
}

/// What `tenfoot doctor` looks at, for the service menu.
fn diagnosis(options: &Options, clock: &SharedClock) -> Diagnose {
    let (options, clock) = (options.clone(), clock.clone());
    Diagnose::by(move || {
        let (options, clock) = (options.clone(), clock.clone());
        Box::pin(async move { doctor::look(&options, clock).await })
    })
}
