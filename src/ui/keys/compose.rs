//! Letters that are composed of several keys: none here.

use std::env;

/// Where both Xlib and libxkbcommon look for the file that says what keys compose together.
const FILE: &str = "XCOMPOSEFILE";

/// Has the libraries of the display read no list of what keys compose together. That is half a
/// megabyte of text, a fifth of all that a start does, and nobody types text on a TV: digits and
/// single letters stay what they are. To be called before anything else is begun.
#[expect(
    unsafe_code,
    reason = "no other thread is there yet that could look at the environment"
)]
pub fn compose_nothing() {
    if env::var_os(FILE).is_none() {
        // SAFETY: the program has one thread, this one.
        unsafe { env::set_var(FILE, "/dev/null") };
    }
}
