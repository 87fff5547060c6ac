//! `tenfoot config`

use super::exit::{Exit, Failure, Outcome};
use super::{configuration, output};
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
    let config = configuration(options)?;
    let path = paths::config_file(options.config.as_deref());
    if let Some(secret) = &config.provider.client_secret_file
        && let secret = &paths::credential(secret)
        && let Err(why) = std::fs::read_to_string(secret)
    {
        let wrong = config::Error {
            file: path.path().to_owned(),
            line: None,
            key: Some("provider.client_secret_file".to_owned()),
            message: config::Error::unreadable(secret, &why).to_string(),
            nearest: None,
        };
        return Err(Failure::new(Exit::Usage, wrong));
    }
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
