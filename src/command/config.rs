//! `tenfoot config`

use super::exit::{Exit, Failure, Outcome};
use super::{configuration_to_check, output};
use crate::cli::{self, Options};
use crate::config;
use crate::paths::{self, Found};

pub(super) fn run(what: cli::Config, options: &Options) -> Outcome {
    match what {
        cli::Config::Check => check(options),
        cli::Config::Example => output::raw(config::EXAMPLE.as_bytes()),
        cli::Config::Path => path(options),
    }
}

fn check(options: &Options) -> Outcome {
    let path = paths::config_file(options.config.as_deref());
    if let Found::File(file) = &path {
        let wrong = config::check(file);
        if !wrong.is_empty() {
            let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            return Err(Failure::new(Exit::Usage, lines.join("\n")));
        }
    }
    let config = configuration_to_check(options)?;
    let channels = match config.channels.len() {
        1 => "1 channel".to_owned(),
        several => format!("{several} channels"),
    };
    output::line(&format!("{} is fine: {channels}.", path.path().display()))
}

fn path(options: &Options) -> Outcome {
    let found = paths::config_file(options.config.as_deref());
    match &found {
        Found::Nowhere { .. } => {
            output::note("There is no configuration yet; this is where it goes:");
        }
        Found::File(path) if !path.exists() => output::note("There is no such file yet:"),
        Found::File(_) => {}
    }
    let files = config::files::files(found.path());
    let lines: Vec<_> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    output::line(&lines.join("\n"))
}
