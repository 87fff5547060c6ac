//! What stays on this machine: files that are their owner's alone, and why storing fails.

mod error;
pub(crate) mod private;

pub use error::{Error, Failure, KeyringTrouble, Oddity, Operation};
