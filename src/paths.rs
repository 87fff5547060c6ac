//! Which files are read and written.
//!
//! systemd's variables come first, then the XDG base directories, then their
//! defaults below the home directory. [`Places`] decides from what it is given;
//! the functions beside it give it this process's environment.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::i18n::Phrase;

/// What all of tenfoot's files are called.
const NAME: &str = "tenfoot";
const CONFIG: &str = "config.toml";

/// Where the configuration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This file is read: it was named, or it is there. A named file may yet turn
    /// out not to exist; reading it says so.
    File(PathBuf),
    /// There is no configuration anywhere.
    Nowhere {
        /// Where a user's own goes.
        goes: PathBuf,
    },
}

impl Found {
    /// The file that is read, or would be if it existed.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Nowhere { goes: path } => path,
        }
    }
}

/// The file that the configuration is read from; `explicit` is what `--config` says.
#[must_use]
pub fn config_file(explicit: Option<&Path>) -> Found {
    here().config_file(explicit, Path::exists)
}

/// Where a user's own configuration goes, whether or not it is there.
#[must_use]
pub fn own_config_file() -> PathBuf {
    match here().config_file(None, |_| false) {
        Found::File(path) | Found::Nowhere { goes: path } => path,
    }
}

/// The file that is meant by `file`: a bare name is that of a credential where a service
/// manager hands some over (`$CREDENTIALS_DIRECTORY`, systemd.exec(5)).
#[must_use]
pub fn credential(file: &Path) -> PathBuf {
    here().credential(file)
}

/// Whether `file` is a credential that systemd hands to its service alone: a bare name where
/// no service manager hands any over, and no file of that name lies here.
#[must_use]
pub fn is_handed_over_elsewhere(file: &Path) -> bool {
    let is_bare = file.components().count() == 1 && file.is_relative();
    is_bare && std::env::var_os("CREDENTIALS_DIRECTORY").is_none() && !file.exists()
}

/// Where sessions are kept. Nothing is created.
///
/// # Errors
/// In words: neither the environment nor the user database names a place.
pub fn state_dir() -> Result<PathBuf, Phrase> {
    here().state_dir()
}

/// Where what can be fetched again is kept. Nothing is created.
///
/// # Errors
/// In words: neither the environment nor the user database names a place.
pub fn cache_dir() -> Result<PathBuf, Phrase> {
    here().cache_dir()
}

fn here() -> Places<impl Fn(&str) -> Option<OsString>> {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    Places {
        variable: |name: &str| std::env::var_os(name),
        home,
    }
}

/// What the places follow from.
#[derive(Debug, Clone)]
pub struct Places<F> {
    /// Looks up a variable of the environment.
    pub variable: F,
    /// The home directory, if there is one.
    pub home: Option<PathBuf>,
}

impl<F: Fn(&str) -> Option<OsString>> Places<F> {
    /// See [`config_file`]; `exists` says whether a file is there.
    pub fn config_file(&self, explicit: Option<&Path>, exists: impl Fn(&Path) -> bool) -> Found {
        if let Some(path) = explicit {
            return Found::File(path.to_owned());
        }
        if let Some(path) = self.text("TENFOOT_CONFIG") {
            return Found::File(path.into());
        }
        let system = Path::new("/etc").join(NAME).join(CONFIG);
        let own = self
            .below("XDG_CONFIG_HOME", ".config")
            .map(|dir| dir.join(CONFIG));
        match own {
            Some(own) if exists(&own) => Found::File(own),
            _ if exists(&system) => Found::File(system),
            Some(own) => Found::Nowhere { goes: own },
            None => Found::Nowhere { goes: system },
        }
    }

    /// See [`credential`].
    pub fn credential(&self, file: &Path) -> PathBuf {
        let is_bare = file.components().count() == 1 && file.is_relative();
        let directory = self.text("CREDENTIALS_DIRECTORY").filter(|_| is_bare);
        directory.map_or_else(
            || file.to_owned(),
            |directory| Path::new(&directory).join(file),
        )
    }

    /// See [`state_dir`].
    ///
    /// # Errors
    /// There is no place.
    pub fn state_dir(&self) -> Result<PathBuf, Phrase> {
        self.given_by_systemd("STATE_DIRECTORY")
            .or_else(|| self.below("XDG_STATE_HOME", ".local/state"))
            .ok_or_else(|| Phrase::new("session-no-place"))
    }

    /// See [`cache_dir`].
    ///
    /// # Errors
    /// There is no place.
    pub fn cache_dir(&self) -> Result<PathBuf, Phrase> {
        self.given_by_systemd("CACHE_DIRECTORY")
            .or_else(|| self.below("XDG_CACHE_HOME", ".cache"))
            .ok_or_else(|| Phrase::new("session-no-place-for-cache"))
    }

    /// A unit with several directories gets them separated by colons.
    fn given_by_systemd(&self, variable: &str) -> Option<PathBuf> {
        let several = self.text(variable)?;
        std::env::split_paths(&several).find(|path| path.is_absolute())
    }

    fn below(&self, variable: &str, otherwise: &str) -> Option<PathBuf> {
        // The XDG specification: a path that isn't absolute is ignored.
        let base = self
            .text(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        base.or_else(|| Some(self.home.as_ref()?.join(otherwise)))
            .map(|base| base.join(NAME))
    }

    fn text(&self, variable: &str) -> Option<OsString> {
        (self.variable)(variable).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(
        variables: &[(&'static str, &'static str)],
    ) -> Places<impl Fn(&str) -> Option<OsString> + use<>> {
        let variables = variables.to_vec();
        let variable = move |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        };
        Places {
            variable,
            home: Some("/home/ada".into()),
        }
    }

    fn only<'a>(there: &'a [&'a str]) -> impl Fn(&Path) -> bool + 'a {
        move |path| there.iter().any(|known| Path::new(known) == path)
    }

    const OWN: &str = "/home/ada/.config/tenfoot/config.toml";
    const SYSTEM: &str = "/etc/tenfoot/config.toml";

    #[test]
    fn a_bare_name_is_that_of_a_credential_where_there_are_some() {
        let handed_over = places(&[("CREDENTIALS_DIRECTORY", "/run/credentials/tv")]);
        let file = |name: &str| handed_over.credential(Path::new(name));
        assert_eq!(file("secret"), Path::new("/run/credentials/tv/secret"));
        assert_eq!(
            file("/etc/tenfoot/secret"),
            Path::new("/etc/tenfoot/secret")
        );
        assert_eq!(file("own/secret"), Path::new("own/secret"));
        assert_eq!(
            places(&[]).credential(Path::new("secret")),
            Path::new("secret")
        );
    }

    #[test]
    fn a_named_file_comes_first_even_if_it_is_missing() {
        let found = places(&[("TENFOOT_CONFIG", "/two")])
            .config_file(Some(Path::new("/one")), only(&[OWN]));

        assert_eq!(found, Found::File("/one".into()));
    }

    #[test]
    fn the_variable_comes_before_the_usual_places() {
        let found = places(&[("TENFOOT_CONFIG", "/two")]).config_file(None, only(&[OWN, SYSTEM]));

        assert_eq!(found, Found::File("/two".into()));
    }

    #[test]
    fn the_users_file_comes_before_the_systems() {
        let places = places(&[]);

        assert_eq!(
            places.config_file(None, only(&[OWN, SYSTEM])),
            Found::File(OWN.into())
        );
        assert_eq!(
            places.config_file(None, only(&[SYSTEM])),
            Found::File(SYSTEM.into())
        );
    }

    #[test]
    fn with_no_file_it_is_said_where_one_goes() {
        let found = places(&[("XDG_CONFIG_HOME", "/x")]).config_file(None, only(&[]));

        assert_eq!(
            found,
            Found::Nowhere {
                goes: "/x/tenfoot/config.toml".into()
            }
        );
    }

    #[test]
    fn without_a_home_the_systems_file_is_the_place() {
        let homeless = Places {
            home: None,
            ..places(&[])
        };

        assert_eq!(
            homeless.config_file(None, only(&[])),
            Found::Nowhere {
                goes: SYSTEM.into()
            }
        );
        assert!(
            homeless
                .state_dir()
                .is_err_and(|why| why.to_string().contains("STATE_DIRECTORY"))
        );
    }

    #[test]
    fn the_first_directory_that_systemd_names_is_taken() {
        let places = places(&[
            ("STATE_DIRECTORY", "/var/lib/tenfoot:/var/lib/other"),
            ("XDG_STATE_HOME", "/x"),
        ]);

        assert_eq!(places.state_dir(), Ok("/var/lib/tenfoot".into()));
    }

    #[test]
    fn the_xdg_directories_get_a_folder_of_their_own() {
        let places = places(&[("XDG_STATE_HOME", "/s"), ("XDG_CACHE_HOME", "/c")]);

        assert_eq!(places.state_dir(), Ok("/s/tenfoot".into()));
        assert_eq!(places.cache_dir(), Ok("/c/tenfoot".into()));
    }

    #[test]
    fn empty_and_relative_variables_count_as_unset() {
        let places = places(&[
            ("STATE_DIRECTORY", ""),
            ("XDG_STATE_HOME", "here"),
            ("TENFOOT_CONFIG", ""),
        ]);

        assert_eq!(
            places.state_dir(),
            Ok("/home/ada/.local/state/tenfoot".into())
        );
        assert_eq!(
            places.config_file(None, only(&[OWN])),
            Found::File(OWN.into())
        );
    }
}
