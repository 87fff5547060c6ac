//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, CommandFactory, Parser, Subcommand};
use tracing_subscriber::filter::Targets;

use crate::session::Profile;
use crate::{app, demo};

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 not signed in, \
                          4 denied or expired, 5 provider or network, \
                          10 a kiosk left through its service menu.";

/// What is logged when nobody says: not the window's sixty attributes, nor each empty line
/// that the renderer is given.
const DEFAULT_LOG: &str = "info,iced_winit=error,winit=error,tiny_skia=error,calloop=error,\
     wgpu_hal=error,wgpu_core=error,iced_wgpu=warn,naga=error";

/// Signs a person in on a television with a code that is approved on the phone,
/// and shows what an API holds for them
///
/// Without a command, the TV app opens.
#[derive(Debug, Clone, Parser)]
#[command(name = "tenfoot", version, after_help = EXIT_CODES, subcommand_precedence_over_arg = true)]
pub struct Cli {
    /// What all commands share.
    #[command(flatten)]
    pub options: Options,
    /// What to do; the TV app without.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What all commands share.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Read the configuration from this file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Use the session of this name, where several people share a TV; "guest" is in
    /// memory alone [default: whoever used the TV last]
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<Profile>,

    /// Open a window instead of the whole screen [default size: 1280x720]
    #[arg(long, global = true, value_name = "WxH", num_args = 0..=1, default_missing_value = "1280x720")]
    pub windowed: Option<Size>,

    /// Don't leave the TV app with Escape or Back: only the service menu does, which
    /// Up Up Down Down Left Right Left Right OK opens
    #[arg(long, global = true)]
    pub kiosk: bool,

    /// Log this to stderr, as in "debug" or "tenfoot=debug"; also TENFOOT_LOG [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Try the TV app with the provider and the API built into the program
    Demo(Demo),
    /// Sign in from the terminal; the TV app then uses the same session
    SignIn(Json),
    /// Say who is signed in
    Status(Json),
    /// Call a channel and print what it answers
    Fetch(Fetch),
    /// Revoke the session at the provider and delete it here
    SignOut(SignOut),
    /// Look at everything that signing in depends on, with a remedy for what is wrong
    Doctor(Doctor),
    /// Check, find or begin the configuration
    #[command(subcommand)]
    Config(Config),
}

/// What is looked at.
#[derive(Debug, Clone, Copy, Args)]
pub struct Doctor {
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Call each channel once, too, with the stored session
    #[arg(long)]
    pub channels: bool,
}

/// How the demo runs.
#[derive(Debug, Clone, Args)]
pub struct Demo {
    /// Where it listens.
    #[command(flatten)]
    pub options: demo::Options,
    /// Run the provider and the API alone, without a window, until stopped
    #[arg(long)]
    pub serve: bool,
}

/// Whether a program reads along.
#[derive(Debug, Clone, Copy, Args)]
pub struct Json {
    /// Print JSON for a program to read
    #[arg(long)]
    pub json: bool,
}

/// What to call.
#[derive(Debug, Clone, Args)]
pub struct Fetch {
    /// The channel's name in the configuration, or its number
    pub channel: String,
    /// Print this page of the results, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub page: u32,
}

/// Who leaves.
#[derive(Debug, Clone, Copy, Args)]
pub struct SignOut {
    /// Sign out everybody, whatever configuration stored their session, and delete all that is left
    #[arg(long, conflicts_with = "profile")]
    pub all: bool,
}

/// What to do with the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Config {
    /// Say whether the configuration can be used, and if not, what is wrong where
    Check,
    /// Print a commented example with every key
    Example,
    /// Print which file is read
    Path,
}

impl Cli {
    /// Reads this process's command line. Where it is wrong, or asks for help or
    /// the version, this prints and exits: 2 or 0.
    #[must_use]
    pub fn read() -> Self {
        Self::parse()
    }

    /// Says what is wrong with the command line and exits with 2.
    pub fn refuse(words: impl std::fmt::Display) -> ! {
        Self::command()
            .error(clap::error::ErrorKind::ValueValidation, words)
            .exit()
    }
}

impl Options {
    /// How the window opens.
    #[must_use]
    pub fn window(&self) -> app::Options {
        let windowed = self.windowed.map(|Size { width, height }| (width, height));
        app::Options {
            windowed,
            kiosk: self.kiosk,
        }
    }

    /// What is logged; `variable` is what `TENFOOT_LOG` says.
    ///
    /// # Errors
    /// In words: what is wrong with the filter.
    pub fn log_filter(&self, variable: Option<&str>) -> Result<Targets, String> {
        let variable = variable.filter(|text| !text.is_empty());
        let (filter, origin) = match (&self.log, variable) {
            (Some(filter), _) => (filter.as_str(), "--log"),
            (None, Some(filter)) => (filter, "TENFOOT_LOG"),
            (None, None) => (DEFAULT_LOG, "the default"),
        };
        filter.parse::<Targets>().map_err(|why| {
            format!("“{filter}” ({origin}) is not a log filter: {why}; write as in \"info\" or \"tenfoot=debug\"")
        })
    }
}

/// A window's size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    width: u32,
    height: u32,
}

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let side = |text: &str| {
            text.parse()
                .ok()
                .filter(|side| (160..=16384).contains(side))
        };
        text.split_once(['x', 'X', '×'])
            .and_then(|(width, height)| {
                Some(Self {
                    width: side(width)?,
                    height: side(height)?,
                })
            })
            .ok_or("write width and height in pixels, as in 1280x720 (at least 160x160)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Cli, clap::error::ErrorKind> {
        Cli::try_parse_from([&["tenfoot"], arguments].concat()).map_err(|wrong| wrong.kind())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_tv_app_opens_on_the_whole_screen() {
        let cli = read(&[]).unwrap();

        assert!(cli.command.is_none());
        assert_eq!(cli.options.window().windowed, None);
        assert_eq!(cli.options.profile, None);
    }

    #[test]
    fn a_window_has_a_size_even_if_none_is_named() {
        let size = |arguments: &[&str]| read(arguments).unwrap().options.window().windowed;

        assert_eq!(size(&["--windowed"]), Some((1280, 720)));
        assert_eq!(size(&["--windowed", "1920x1080"]), Some((1920, 1080)));
        assert_eq!(size(&["--windowed=800x600"]), Some((800, 600)));
        assert!(read(&["--windowed", "big"]).is_err());
    }

    #[test]
    fn a_command_after_windowed_is_not_taken_for_a_size() {
        let cli = read(&["--windowed", "demo"]).unwrap();

        assert!(matches!(cli.command, Some(Command::Demo(_))));
        assert_eq!(cli.options.window().windowed, Some((1280, 720)));
    }

    #[test]
    fn common_options_may_stand_before_or_after_the_command() {
        for arguments in [
            ["--profile", "ada", "status"],
            ["status", "--profile", "ada"],
        ] {
            let profile = read(&arguments).unwrap().options.profile;
            assert_eq!(profile.unwrap().as_str(), "ada");
        }
    }

    #[test]
    fn all_profiles_and_one_profile_exclude_each_other() {
        assert_eq!(
            read(&["sign-out", "--all", "--profile", "ada"]).unwrap_err(),
            clap::error::ErrorKind::ArgumentConflict
        );
    }

    #[test]
    fn pages_count_from_one() {
        assert!(read(&["fetch", "Contacts", "--page", "0"]).is_err());
        assert!(read(&["fetch", "Contacts", "--page", "2"]).is_ok());
    }

    #[test]
    fn the_option_comes_before_the_variable_and_a_bad_filter_names_its_origin() {
        let options = read(&["--log", "warn"]).unwrap().options;
        assert_eq!(
            options.log_filter(Some("trace")).unwrap().to_string(),
            "warn"
        );

        let options = read(&[]).unwrap().options;
        let default = options.log_filter(None).unwrap().to_string();
        assert!(default.split(',').any(|part| part == "info"), "{default}");
        let refused = options.log_filter(Some("tenfoot=loud")).unwrap_err();
        assert!(refused.contains("TENFOOT_LOG"), "{refused}");
    }
}
