//! Letters that are composed of several keys: none here.

use std::env;
use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::IntoRawFd as _;

use rustix::fs::{MemfdFlags, memfd_create};

/// Where both Xlib and libxkbcommon look for the file that says what keys compose together.
const FILE: &str = "XCOMPOSEFILE";
/// Where this process finds its own open files.
const OWN: &str = "/proc/self/fd/";

/// Has the libraries of the display read no list of what keys compose together. That is half a
/// megabyte of text, a fifth of all that a start does, and nobody types text on a TV: digits and
/// single letters stay what they are. To be called before anything else is begun.
#[expect(
    unsafe_code,
    reason = "no other thread is there yet that could look at the environment"
)]
pub fn compose_nothing() {
    // One of before the program began anew is gone.
    let is_set = env::var(FILE).is_ok_and(|file| !file.starts_with(OWN));
    if is_set {
        return;
    }
    match nothing() {
        // SAFETY: the program has one thread, this one.
        Ok(file) => unsafe { env::set_var(FILE, file) },
        Err(why) => tracing::debug!(%why, "the list of composed letters is read"),
    }
}

/// A file in memory, as long as the program runs: libxkbcommon takes neither one that isn't
/// there nor an empty one without a word.
fn nothing() -> io::Result<String> {
    let mut file = File::from(memfd_create("compose", MemfdFlags::CLOEXEC)?);
    file.write_all(b"# Nothing is composed.\n")?;
    Ok(format!("{OWN}{}", file.into_raw_fd()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_composed_letters_can_be_read_and_says_nothing() {
        let list = std::fs::read_to_string(nothing().unwrap()).unwrap();
        assert!(list.lines().all(|line| line.starts_with('#')) && !list.is_empty());
    }
}
