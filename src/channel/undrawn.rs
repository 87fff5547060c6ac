//! Answers that a screen is about to show. A mark lies beside a kept answer from before it is
//! read until a picture of it has been drawn: a start that finds the mark of another one knows
//! that the other didn't survive the answer, and doesn't show it again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rustix::fs::OFlags;

/// What a mark's name ends in.
const ENDING: &str = "undrawn";

/// Tells this start's marks from those of others.
static START: LazyLock<String> = LazyLock::new(|| format!("{:032x}", rand::random::<u128>()));

/// The mark of one answer.
#[derive(Debug)]
pub(super) struct Mark(PathBuf);

/// Whose mark lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftBy {
    /// None does.
    Nobody,
    /// This program's, while it runs.
    ThisStart,
    /// That of a start that ended, or was ended, before a picture was drawn.
    AnotherStart,
}

impl Mark {
    /// The one of the answer in that file.
    pub(super) fn of(answer: &Path) -> Self {
        Self(answer.with_extension(ENDING))
    }

    /// Whether that file is a mark.
    pub(super) fn is_one(file: &Path) -> bool {
        file.extension().is_some_and(|ending| ending == ENDING)
    }

    /// Whose it is. Blocks.
    pub(super) fn left_by(&self) -> LeftBy {
        match read(&self.0) {
            Ok(start) if start == *START => LeftBy::ThisStart,
            Err(why) if why.kind() == io::ErrorKind::NotFound => LeftBy::Nobody,
            Ok(_) | Err(_) => LeftBy::AnotherStart,
        }
    }

    /// Leaves it. It is there when this returns, and stays should the program be killed. Blocks.
    pub(super) fn leave(&self) -> io::Result<()> {
        let new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&self.0);
        match new {
            Ok(mut file) => file.write_all(START.as_bytes()),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => match self.left_by() {
                LeftBy::ThisStart => Ok(()),
                LeftBy::Nobody | LeftBy::AnotherStart => Err(why),
            },
            Err(why) => Err(why),
        }
    }

    /// Takes it away. Blocks.
    pub(super) fn remove(&self) {
        match fs::remove_file(&self.0) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => {
                tracing::debug!(%why, "a mark beside a kept answer stays");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

fn read(path: &Path) -> io::Result<String> {
    const LONGEST: u64 = 64;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let file = File::options()
        .read(true)
        .custom_flags(flags.cast_signed())
        .open(path)?;
    let mut text = String::new();
    let _ = file.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
pub(super) mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    /// Makes the marks in a directory those of a start that was killed.
    pub(in crate::channel) fn killed(directory: &Path) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if Mark::is_one(&path) {
                fs::write(path, "another").unwrap();
            }
        }
    }

    #[test]
    fn a_mark_says_whether_this_start_left_it() {
        let home = tempfile::tempdir().unwrap();
        let mark = Mark::of(&home.path().join("abc"));
        assert_eq!(mark.left_by(), LeftBy::Nobody);

        mark.leave().unwrap();
        mark.leave().unwrap();

        assert_eq!(mark.left_by(), LeftBy::ThisStart);
        assert_eq!(
            fs::metadata(&mark.0).unwrap().permissions().mode() & 0o777,
            0o600
        );
        killed(home.path());
        assert_eq!(mark.left_by(), LeftBy::AnotherStart);
        mark.remove();
        mark.remove();
        assert_eq!(mark.left_by(), LeftBy::Nobody);
    }

    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = home.path().join("elsewhere");
        let mark = Mark::of(&home.path().join("abc"));
        symlink(&elsewhere, &mark.0).unwrap();

        assert!(mark.leave().is_err());
        assert_eq!(mark.left_by(), LeftBy::AnotherStart);
        assert!(!elsewhere.exists());
    }
}
