//! Keeps what the process has in memory, tokens among it, to the process.

use std::io;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// From here on no crash writes the memory to a disk, and no other process of the same user
/// reads it or attaches to this one. To be called before there is a secret.
///
/// # Errors
/// The system doesn't allow it.
pub fn forbid() -> io::Result<()> {
    // A core pattern that is a program is asked whatever the limit: that is why both are needed.
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}

#[cfg(test)]
mod tests {
    use rustix::process::{dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn the_process_leaves_no_core_dump_and_is_read_by_no_other() {
        forbid().unwrap();

        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
