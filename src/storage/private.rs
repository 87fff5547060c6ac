//! Files that are their owner's alone: read with suspicion, replaced as a whole.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::Oddity;

/// In bytes; what is larger was not written by tenfoot.
const LARGEST: u64 = 1024 * 1024;

/// What the names of files that will take this one's place begin with.
const NEW: &str = ".new-";
/// The same of files that only show whether there is room.
const PROBE: &str = ".probe-";

/// What lies at a path.
#[derive(Debug)]
pub(crate) enum Found {
    /// Nothing.
    Nothing,
    /// A file of this user's.
    Bytes(Zeroizing<Vec<u8>>),
    /// Something that tenfoot did not put there.
    Foreign(Oddity),
}

/// Makes the directory, readable by its owner alone.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)?;
    if is_open_to_others(&fs::metadata(directory)?) {
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Proves that a file of this size could be written beside this one.
pub(crate) fn try_out(path: &Path, size: usize) -> io::Result<()> {
    make_directory(directory(path))?;
    let mut file = tempfile::Builder::new()
        .prefix(&unfinished(PROBE, path))
        .tempfile_in(directory(path))?;
    file.write_all(&vec![b' '; size])?;
    file.as_file().sync_all()
}

/// A fresh file of mode 0600 beside the old one; the rename puts it in its place
/// whole, and the directory's fsync makes that last.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_directory(directory(path))?;
    let mut file = tempfile::Builder::new()
        .prefix(&unfinished(NEW, path))
        .tempfile_in(directory(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let _ = file.persist(path).map_err(|failed| failed.error)?;
    File::open(directory(path))?.sync_all()
}

/// How the names of this file's unfinished ones begin.
fn unfinished(kind: &str, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    format!("{kind}{}.", name.to_string_lossy())
}

/// Deletes what a tenfoot that was killed while it wrote this file has left behind: its
/// tokens would lie about for ever. Only whoever holds the file's lock may.
pub(crate) fn sweep(path: &Path) {
    let Ok(entries) = fs::read_dir(directory(path)) else {
        return;
    };
    let ours = [NEW, PROBE].map(|kind| unfinished(kind, path));
    for entry in entries.flatten() {
        let name = entry.file_name();
        // Another file's name may begin with this one's, but goes on with a dot.
        let left_behind = ours
            .iter()
            .filter_map(|start| name.to_str()?.strip_prefix(start.as_str()))
            .any(|rest| !rest.contains('.'));
        if left_behind {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Reads a file that no link leads to and no other user owns.
pub(crate) fn read(path: &Path) -> io::Result<Found> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(why) => return Err(why),
    };
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Ok(Found::Foreign(Oddity::Owner));
    }
    if metadata.is_symlink() {
        return Ok(Found::Foreign(Oddity::Link));
    }
    if !metadata.is_file() {
        return Ok(Found::Foreign(Oddity::Kind));
    }
    if metadata.len() > LARGEST {
        return Ok(Found::Foreign(Oddity::Size));
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    if is_open_to_others(&metadata) {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        tracing::warn!(file = %path.display(), "the file of a session was open to others; it is 0600 again");
    }
    let mut bytes = Zeroizing::new(Vec::new());
    let _ = file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(Found::Bytes(bytes))
}

/// Waits, at most so long, until this file is locked by nobody else, and locks it for as
/// long as the answer is held.
pub(crate) fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    const BETWEEN_TRIES: Duration = Duration::from_millis(50);
    make_directory(directory(path))?;
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    let mut waited = Duration::ZERO;
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(Errno::WOULDBLOCK) if waited < patience => {
                std::thread::sleep(BETWEEN_TRIES);
                waited += BETWEEN_TRIES;
            }
            Err(why) => return Err(io::Error::from(why)),
        }
    }
}

/// Removes a file; none being there is fine.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => {
            let _ = File::open(directory(path)).and_then(|directory| directory.sync_all());
            Ok(())
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(why) => Err(why),
    }
}

/// Gives what lies there another name, which is the answer.
pub(crate) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(".unreadable");
        if number > 1 {
            name.push(format!("-{number}"));
        }
        PathBuf::from(name)
    };
    // What was set aside before stays too.
    let aside = (1..100)
        .map(name)
        .find(|name| fs::symlink_metadata(name).is_err())
        .ok_or(io::ErrorKind::AlreadyExists)?;
    fs::rename(path, &aside)?;
    Ok(aside)
}

pub(crate) fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    metadata.permissions().mode() & 0o077 != 0
}
