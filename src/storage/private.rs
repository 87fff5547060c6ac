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

/// Of a session, in bytes; what is larger was not written by tenfoot.
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

/// A file, open for reading, or why there is none.
#[derive(Debug)]
pub(crate) enum Opened {
    /// Nothing lies there.
    Nothing,
    /// A file of this user's.
    File(File),
    /// Something that tenfoot did not put there.
    Foreign(Oddity),
}

/// Makes a directory, and its parents, that no link leads to and that its owner alone can
/// enter.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    create_directory(directory)?;
    check_directory(directory)
}

/// The same for a directory that somebody chose for tenfoot: the last part of its path may
/// be a link.
pub(crate) fn make_base(directory: &Path) -> io::Result<()> {
    create_directory(directory)?;
    check_base(directory)
}

fn create_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
}

/// Makes one directory that no link leads to; its parent must be there.
pub(crate) fn make_directory_in_place(directory: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(directory) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(why),
        Ok(()) | Err(_) => check_directory(directory),
    }
}

/// Refuses a link and a directory of another user's; closes one that others can enter.
pub(crate) fn check_directory(directory: &Path) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let opened = File::from(rustix::fs::open(directory, flags, Mode::empty())?);
    let metadata = opened.metadata()?;
    if !is_ours(&metadata) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    close(directory, &opened, &metadata, 0o700);
    Ok(())
}

/// Closes the directory that was chosen for tenfoot, if it is there; refuses one of another
/// user's than root, who could replace what is in it.
pub(crate) fn check_base(directory: &Path) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let opened = match rustix::fs::open(directory, flags, Mode::empty()) {
        Ok(opened) => File::from(opened),
        Err(Errno::NOENT) => return Ok(()),
        Err(why) => return Err(why.into()),
    };
    let metadata = opened.metadata()?;
    if is_ours(&metadata) {
        close(directory, &opened, &metadata, 0o700);
        Ok(())
    } else if metadata.uid() == 0 {
        Ok(())
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

fn is_ours(metadata: &fs::Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// Takes from others what they may do with it. Where that fails, as on a file system that
/// can only be read, it is used all the same.
fn close(path: &Path, opened: &File, metadata: &fs::Metadata, mode: u32) {
    if !is_open_to_others(metadata) {
        return;
    }
    let path = path.display();
    match opened.set_permissions(fs::Permissions::from_mode(mode)) {
        Ok(()) => tracing::warn!(%path, "it was open to others; its mode is {mode:o} again"),
        Err(why) => tracing::warn!(%path, %why, "it is open to others and can't be closed"),
    }
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
    let file = unfinished_file(path, &[bytes])?;
    file.as_file().sync_all()?;
    let _ = file.persist(path).map_err(|failed| failed.error)?;
    File::open(directory(path))?.sync_all()
}

/// The same for what may be lost with the power, in a directory that is there. A link at
/// that path is replaced, not followed.
pub(crate) fn put(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let file = unfinished_file(path, parts)?;
    let _ = file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Of mode 0600, beside the file whose place it will take.
fn unfinished_file(path: &Path, parts: &[&[u8]]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix(&unfinished(NEW, path))
        .tempfile_in(directory(path))?;
    for part in parts {
        file.write_all(part)?;
    }
    Ok(file)
}

/// Whether a file of that name is one that was never finished.
pub(crate) fn is_unfinished(name: &str) -> bool {
    [NEW, PROBE].iter().any(|start| name.starts_with(start))
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
    read_up_to(path, LARGEST)
}

/// The same for one that may have so many bytes.
pub(crate) fn read_up_to(path: &Path, largest: u64) -> io::Result<Found> {
    let file = match open(path, largest)? {
        Opened::Nothing => return Ok(Found::Nothing),
        Opened::Foreign(oddity) => return Ok(Found::Foreign(oddity)),
        Opened::File(file) => file,
    };
    let mut bytes = Zeroizing::new(Vec::new());
    let _ = file.take(largest).read_to_end(&mut bytes)?;
    Ok(Found::Bytes(bytes))
}

/// Opens a file of at most so many bytes in a directory of this user's.
pub(crate) fn open(path: &Path, largest: u64) -> io::Result<Opened> {
    match check_directory(directory(path)) {
        Ok(()) => open_in_any(path, largest),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Opened::Nothing),
        Err(why) => Err(why),
    }
}

/// The same where the directory is one that somebody chose for tenfoot.
pub(crate) fn open_in_any(path: &Path, largest: u64) -> io::Result<Opened> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Opened::Nothing),
        Err(why) => return Err(why),
    };
    if let Some(oddity) = oddity(&metadata, largest) {
        return Ok(Opened::Foreign(oddity));
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    // Something else may lie there by now.
    let metadata = file.metadata()?;
    if let Some(oddity) = oddity(&metadata, largest) {
        return Ok(Opened::Foreign(oddity));
    }
    close(path, &file, &metadata, 0o600);
    Ok(Opened::File(file))
}

fn oddity(metadata: &fs::Metadata, largest: u64) -> Option<Oddity> {
    if !is_ours(metadata) {
        Some(Oddity::Owner)
    } else if metadata.is_symlink() {
        Some(Oddity::Link)
    } else if !metadata.is_file() {
        Some(Oddity::Kind)
    } else if metadata.len() > largest {
        Some(Oddity::Size)
    } else {
        None
    }
}

/// Waits, at most so long, until this file is locked by nobody else, and locks it for as
/// long as the answer is held.
pub(crate) fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    const BETWEEN_TRIES: Duration = Duration::from_millis(50);
    make_directory(directory(path))?;
    let open = || {
        OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
            .open(path)
    };
    let mut file = open()?;
    let mut waited = Duration::ZERO;
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) if is_at(&file, path)? => return Ok(file),
            // A sign-out removed it meanwhile.
            Ok(()) => file = open()?,
            Err(Errno::WOULDBLOCK) if waited < patience => {
                std::thread::sleep(BETWEEN_TRIES);
                waited += BETWEEN_TRIES;
            }
            Err(why) => return Err(io::Error::from(why)),
        }
    }
}

/// Whether that is the file at that path.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(why),
    }
}

/// Removes whatever lies there, with all that is in it; a link itself, not what it leads
/// to. None being there is fine.
pub(crate) fn remove_all(path: &Path) -> io::Result<()> {
    let removed = fs::symlink_metadata(path).and_then(|metadata| {
        if metadata.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        }
    });
    match removed {
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
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
