//! Which files are read and written.

use std::path::PathBuf;

/// Where sessions are kept.
///
/// # Errors
/// In words: there is no home directory.
pub fn state_dir() -> Result<PathBuf, String> {
    Err("not yet".to_owned())
}
