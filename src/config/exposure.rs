//! Secrets in files that others on this machine can read.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::{Config, exit_lock};
use crate::paths;

/// A file with a secret in it that others can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exposed {
    /// It holds the client's secret.
    Secret(PathBuf),
    /// It holds a kiosk's PIN.
    Pin(PathBuf),
}

impl Exposed {
    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::Secret(file) | Self::Pin(file) => file,
        }
    }
}

/// Says it in a terminal or a log.
impl std::fmt::Display for Exposed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self {
            Self::Secret(_) => "the client's secret",
            Self::Pin(_) => "the kiosk's PIN",
        };
        let file = self.file().display();
        write!(
            f,
            "Other users of this machine can read {what} in {file}. Let only the user that \
             tenfoot runs as read it: chmod 600 if that user owns it, otherwise chmod 640 with \
             that user's group."
        )
    }
}

/// The files of a configuration whose secrets others can read. Blocks.
#[must_use]
pub fn exposed(main: &Path, config: &Config) -> Vec<Exposed> {
    let secret = config.provider.client_secret_file.as_deref();
    let secret = secret.map(paths::credential).map(Exposed::Secret);
    let pins = exit_lock::files_with_pin(main);
    let all = secret.into_iter().chain(pins.into_iter().map(Exposed::Pin));
    all.filter(|exposed| others_can_read(exposed.file()))
        .collect()
}

/// Whether more users than need it can read that file. A group is needed where it lets a
/// service's user read a file that somebody else owns, and root can't tell whether it does.
fn others_can_read(file: &Path) -> bool {
    let Ok(metadata) = fs::metadata(file) else {
        return false;
    };
    let user = rustix::process::geteuid();
    let needs_group = user.is_root() || metadata.uid() != user.as_raw();
    let others = if needs_group { 0o004 } else { 0o044 };
    metadata.mode() & others != 0
}
