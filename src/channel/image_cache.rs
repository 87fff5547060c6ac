//! Pictures kept on this machine for one person: at the next start, and without a
//! network, they are there at once.
//!
//! They lie below the person's answers, as they came, and go with them. There is room for
//! so many bytes; what wasn't looked at for the longest time goes first.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Error, Picture};
use crate::storage::private::{self, Opened};

/// Room for one person's pictures, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// However small they are.
const MOST_FILES: usize = 2000;
/// Larger pictures are fetched anew each time. In bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
/// How long a picture is taken for the newest.
const FRESH: Duration = Duration::from_secs(7 * 24 * 3600);
/// More broken pictures than these are not remembered.
const MOST_BROKEN: usize = 1000;

/// Where one person's pictures are kept.
#[derive(Debug, Clone)]
pub(super) struct Album {
    directory: PathBuf,
    /// Whose they are, and what else is sent to get them.
    about: String,
    room: u64,
}

/// A picture that was kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CachedPicture {
    pub(super) picture: Picture,
    /// Whether it need not be asked for again.
    pub(super) is_fresh: bool,
}

/// When a picture came, in seconds since 1970 by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Came(i64);

impl Came {
    /// Whether the picture need not be asked for again; nothing where no clock ever showed that.
    pub(super) fn is_fresh(self, now: Timestamp) -> Option<bool> {
        let age = now.as_second().checked_sub(self.0)?;
        Some(u64::try_from(age).is_ok_and(|age| age < FRESH.as_secs()))
    }
}

impl Album {
    /// The pictures in that directory, which need not be there yet; what its parent is
    /// gone for stays unkept.
    pub(super) const fn new(directory: PathBuf, about: String) -> Self {
        Self {
            directory,
            about,
            room: MOST_BYTES,
        }
    }

    /// The same with another limit, in bytes.
    pub(super) fn with_room(self, room: u64) -> Self {
        Self { room, ..self }
    }

    /// The picture from that address, decoded for that size. Blocks.
    pub(super) fn load(
        &self,
        url: &Url,
        size: (u32, u32),
        now: Timestamp,
    ) -> Option<CachedPicture> {
        let (came, file) = self.open(url)?;
        let mut bytes = Vec::new();
        let _ = file.take(LARGEST + 64).read_to_end(&mut bytes).ok()?;
        let picture = Picture::decode(&bytes, size.0, size.1).ok()?;
        self.touch(url, now);
        Some(CachedPicture {
            picture,
            is_fresh: came.is_fresh(now)?,
        })
    }

    /// When the picture from that address came, if it is kept. Blocks.
    pub(super) fn came(&self, url: &Url) -> Option<Came> {
        self.open(url).map(|(came, _)| came)
    }

    /// A picture's file, read up to where its bytes begin.
    pub(super) fn open(&self, url: &Url) -> Option<(Came, impl BufRead + use<>)> {
        const LINE: u64 = 32;
        // However large it is: no more is read than a picture can have.
        let Ok(Opened::File(file)) = private::open(&self.file(url), u64::MAX) else {
            return None;
        };
        let mut file = BufReader::new(file);
        let mut line = String::new();
        let _ = (&mut file).take(LINE).read_line(&mut line).ok()?;
        Some((Came(line.strip_suffix('\n')?.parse().ok()?), file))
    }

    /// Keeps a picture as it came, unless it is large. Blocks.
    pub(super) fn keep(&self, url: &Url, bytes: &[u8], now: Timestamp) {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size <= LARGEST.min(self.room) {
            self.write(url, Came(now.as_second()), &[bytes], now);
        }
    }

    /// Keeps what belongs to a picture that came then. Blocks.
    pub(super) fn write(&self, url: &Url, came: Came, parts: &[&[u8]], now: Timestamp) {
        if let Err(why) = self.try_to_write(url, came, parts, now) {
            tracing::debug!(%why, "the picture isn't kept");
        }
    }

    fn try_to_write(
        &self,
        url: &Url,
        Came(came): Came,
        parts: &[&[u8]],
        now: Timestamp,
    ) -> io::Result<()> {
        // Not its parents: after the sign-out they are gone, and stay so.
        private::make_directory_in_place(&self.directory)?;
        let file = self.file(url);
        let size: usize = parts.iter().map(|part| part.len()).sum();
        self.make_room(u64::try_from(size).unwrap_or(u64::MAX), &file);
        // What a power cut loses is fetched again.
        let came = format!("{came}\n");
        let parts: Vec<&[u8]> = std::iter::once(came.as_bytes())
            .chain(parts.iter().copied())
            .collect();
        private::put(&file, &parts)?;
        self.touch(url, now);
        Ok(())
    }

    /// Notes that the picture was looked at.
    pub(super) fn touch(&self, url: &Url, now: Timestamp) {
        let noted = match private::open(&self.file(url), u64::MAX) {
            Ok(Opened::File(file)) => file.set_modified(SystemTime::from(now)),
            Ok(Opened::Nothing | Opened::Foreign(_)) => Ok(()),
            Err(why) => Err(why),
        };
        if let Err(why) = noted {
            tracing::debug!(%why, "the picture's age isn't noted");
        }
    }

    /// Deletes what wasn't looked at for the longest time until there is room for so many
    /// bytes more.
    fn make_room(&self, size: u64, but: &Path) {
        let entries = fs::read_dir(&self.directory)
            .into_iter()
            .flatten()
            .flatten();
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .filter(|(_, _, path)| path != but)
            .collect();
        files.sort();
        // The first line of each file counts as well.
        let mut taken = files.iter().map(|(_, size, _)| size).sum::<u64>() + size + 32;
        let mut number = files.len() + 1;
        for (_, size, path) in files {
            if taken <= self.room && number <= MOST_FILES {
                return;
            }
            if fs::remove_file(path).is_ok() {
                taken -= size;
                number -= 1;
            }
        }
    }

    fn file(&self, url: &Url) -> PathBuf {
        let mut hash = Sha256::new();
        hash.update(&self.about);
        hash.update("\n");
        hash.update(url.as_str());
        let digits = hash.finalize();
        let name: String = digits.iter().take(12).map(|b| format!("{b:02x}")).collect();
        self.directory.join(name)
    }
}

/// Which pictures are broken, for as long as the program runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Broken(Arc<Mutex<HashMap<Url, Error>>>);

impl Broken {
    /// Why that picture need not be asked for again.
    pub(super) fn why(&self, url: &Url) -> Option<Error> {
        let broken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        broken.get(url).cloned()
    }

    /// Remembers why a picture can't be had, where another try can't help.
    pub(super) fn note(&self, url: &Url, why: Error) -> Error {
        if let Error::Unusable(_) | Error::NotAccepted { .. } = &why {
            let mut broken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if broken.len() < MOST_BROKEN {
                let _ = broken.insert(url.clone(), why.clone());
            }
        }
        why
    }
}

#[cfg(test)]
mod tests;
