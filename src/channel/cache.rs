//! A channel's last answer, kept on this machine for one person: their screen shows it
//! at once at the next start, as old as it is, until a newer one comes.
//!
//! The directory is made when the person's screen opens and goes with their session; an
//! answer that comes after that is kept nowhere. Its files are their owner's alone, by the
//! same rules as sessions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::body::Written;
use super::budget::Budget;
use super::image_cache::Album;
use super::paging::Numbering;
use super::rendered_cache::Shown;
use super::undrawn::{LeftBy, Mark};
use super::{Error, Listing, Page, body, paging};
use crate::config::Channel;
use crate::storage::private::{self, Found};

/// Larger answers are fetched anew each time. In bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// The same with what is known about it.
const LARGEST_FILE: u64 = LARGEST as u64 + 256 * 1024;
/// Answers of channels that were configured once go when there are more than these.
const MOST: usize = 32;

/// Where one person's answers are kept.
#[derive(Debug, Clone)]
pub struct Cache {
    directory: PathBuf,
    /// Who that is: another tenfoot may use the same directory for somebody else by now.
    owner: String,
}

/// An answer as it came, with what its meaning depends on.
pub(super) struct Answered {
    pub(super) about: About,
    pub(super) body: Written,
}

/// All of an answer but its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// Where it came from in the end.
    pub(super) url: Url,
    pub(super) content_type: Option<String>,
    /// The `Link` headers.
    pub(super) links: Vec<String>,
    /// Which page it is, where pages have numbers.
    #[serde(default)]
    pub(super) numbering: Option<Numbering>,
    /// When it came, by the wall clock.
    pub(super) as_of: Timestamp,
}

impl Answered {
    pub(super) fn page(&self, channel: &Channel) -> Result<Page, Error> {
        let About {
            url,
            content_type,
            links,
            numbering,
            as_of,
        } = &self.about;
        if self.is_picture() {
            return Ok(Page {
                listing: Listing::picture(channel, url),
                next: paging::next(channel, links, None, url),
                as_of: *as_of,
            });
        }
        let (body, budget) = (&self.body, Budget::answer());
        let read = body::read(channel.layout, content_type.as_deref(), body, &budget)?;
        let listing = Listing::read(channel, &read, body.shared(), url, &budget)?;
        let next = paging::next(channel, links, read.json(), url)
            .or_else(|| paging::numbered(channel, *numbering, &listing, url));
        Ok(Page {
            listing,
            next,
            as_of: *as_of,
        })
    }

    fn is_picture(&self) -> bool {
        body::is_picture(self.about.content_type.as_deref(), self.body.bytes())
    }
}

impl Cache {
    /// The answers of `owner` in this directory, which is made, readable by its owner alone;
    /// `None` where that fails, where a link leads there, and where it is another user's.
    #[must_use]
    pub fn open(directory: &Path, owner: &str) -> Option<Self> {
        match private::make_directory(directory) {
            Ok(()) => Some(Self {
                directory: directory.to_owned(),
                owner: owner.to_owned(),
            }),
            Err(why) => {
                tracing::debug!(directory = %directory.display(), %why, "no answers are kept");
                None
            }
        }
    }

    /// The last answer of a channel. Blocks.
    #[must_use]
    pub fn load(&self, channel: &Channel) -> Option<Page> {
        let Ok(Found::Bytes(bytes)) = private::read_up_to(&self.file(channel), LARGEST_FILE) else {
            return None;
        };
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let answered = Answered {
            about: serde_json::from_slice(&bytes[..end]).ok()?,
            body: bytes[end + 1..].to_vec().into(),
        };
        answered.page(channel).ok()
    }

    /// The last answer of a channel for a screen that is about to show it; one that an earlier
    /// start didn't survive is deleted instead. [`Cache::drawn`] says that this one did. Blocks.
    pub(super) fn load_to_draw(&self, channel: &Channel) -> Option<Page> {
        let file = self.file(channel);
        let mark = Mark::of(&file);
        match mark.left_by() {
            LeftBy::AnotherStart => {
                tracing::warn!(
                    channel = channel.name,
                    "the last start ended before it had drawn what is kept; it is deleted"
                );
                let _ = fs::remove_file(&file);
                mark.remove();
                return None;
            }
            LeftBy::Nobody | LeftBy::ThisStart => {}
        }
        if fs::symlink_metadata(&file).is_err() {
            return None;
        }
        // What can't be marked might be met at each start again.
        if let Err(why) = mark.leave() {
            tracing::debug!(%why, "what is kept isn't shown");
            return None;
        }
        let page = self.load(channel);
        if page.is_none() {
            mark.remove();
        }
        page
    }

    /// The screen has drawn what [`Cache::load_to_draw`] gave. Blocks.
    pub(super) fn drawn(&self, channel: &Channel) {
        Mark::of(&self.file(channel)).remove();
    }

    /// Keeps an answer, unless it is large or a picture. Blocks.
    pub(super) fn keep(&self, channel: &Channel, answered: &Answered) {
        if answered.body.bytes().len() > LARGEST || answered.is_picture() {
            return;
        }
        if let Err(why) = self.write(&self.file(channel), answered) {
            tracing::debug!(%why, "the answer isn't kept");
        }
    }

    /// The pictures of that channel as they stood on the first screen.
    pub(super) fn shown(&self, channel: &Channel) -> Shown {
        let laid_out = self.pictures_in("shown", channel);
        Shown::new(self.album(channel), laid_out)
    }

    /// The pictures of that channel.
    pub(super) fn album(&self, channel: &Channel) -> Album {
        self.pictures_in("pictures", channel)
    }

    /// Other headers may get other pictures.
    fn pictures_in(&self, directory: &str, channel: &Channel) -> Album {
        let mut about = format!("{}\n", self.owner);
        for (name, value) in channel.headers.iter() {
            about.extend([name, ": ", value, "\n"]);
        }
        Album::new(self.directory.join(directory), about)
    }

    fn write(&self, file: &Path, answered: &Answered) -> io::Result<()> {
        if !file.exists() {
            self.make_room();
        }
        // What a power cut loses is fetched again.
        let about = serde_json::to_vec(&answered.about)?;
        private::put(file, &[&about, b"\n", answered.body.bytes()])
    }

    /// Deletes the oldest answers where there are too many.
    fn make_room(&self) {
        let entries = fs::read_dir(&self.directory)
            .into_iter()
            .flatten()
            .flatten();
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                // The pictures lie beside them.
                (about.is_file() && !Mark::is_one(&entry.path())).then_some(())?;
                Some((about.modified().ok()?, entry.path()))
            })
            .collect();
        files.sort();
        let too_many = (files.len() + 1).saturating_sub(MOST);
        for (_, path) in files.into_iter().take(too_many) {
            Mark::of(&path).remove();
            let _ = fs::remove_file(path);
        }
    }

    /// The file's name follows from all that is asked: another question has another
    /// answer.
    fn file(&self, channel: &Channel) -> PathBuf {
        let mut hash = Sha256::new();
        hash.update(&self.owner);
        hash.update("\n");
        hash.update(channel.url.as_written());
        hash.update(format!("\n{:?}\n", channel.method));
        for (name, value) in channel.headers.iter() {
            hash.update(format!("{name}: {value}\n"));
        }
        hash.update(channel.body.as_deref().unwrap_or_default());
        let digits = hash.finalize();
        let name: String = digits.iter().take(12).map(|b| format!("{b:02x}")).collect();
        self.directory.join(name)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::undrawn::tests::killed;
    use super::*;

    fn channel(more: &str) -> Channel {
        toml::from_str(&format!(
            "name = \"Items\"\nurl = \"https://api.example/items\"\n{more}"
        ))
        .unwrap()
    }

    fn answered(body: &str) -> Answered {
        Answered {
            about: About {
                url: Url::parse("https://api.example/items").unwrap(),
                content_type: Some("application/json".to_owned()),
                links: vec!["</items?page=2>; rel=next".to_owned()],
                numbering: None,
                as_of: Timestamp::from_second(1_800_000_000).unwrap(),
            },
            body: body.as_bytes().to_vec().into(),
        }
    }

    #[test]
    fn an_answer_is_back_as_it_came_and_as_old_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        let came = answered("[{\"name\":\"One\"}]");
        cache.keep(&channel(""), &came);

        let page = cache.load(&channel("")).unwrap();

        assert_eq!(Ok(&page), came.page(&channel("")).as_ref());
        assert_eq!(page.as_of, came.about.as_of);
        assert!(page.next.is_some());
    }

    #[test]
    fn an_answer_that_a_start_did_not_survive_is_not_shown_again() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));
        assert!(cache.load_to_draw(&channel("")).is_some());
        killed(home.path());

        assert_eq!(cache.load_to_draw(&channel("")), None);

        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        cache.keep(&channel(""), &answered("[]"));
        assert!(cache.load_to_draw(&channel("")).is_some());
    }

    #[test]
    fn an_answer_that_was_drawn_is_shown_at_the_next_start() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));
        assert!(cache.load_to_draw(&channel("")).is_some());
        cache.drawn(&channel(""));
        killed(home.path());

        assert!(cache.load_to_draw(&channel("")).is_some());
        // Somebody else came in between.
        assert!(cache.load_to_draw(&channel("")).is_some());
    }

    #[test]
    fn where_no_mark_can_be_left_nothing_is_shown() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));
        fs::create_dir(cache.file(&channel("")).with_extension("undrawn")).unwrap();

        assert_eq!(cache.load_to_draw(&channel("")), None);
    }

    #[test]
    fn it_is_the_owners_alone() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("person");
        let cache = Cache::open(&directory, "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&directory), 0o700);
        assert_eq!(mode(&cache.file(&channel(""))), 0o600);
    }

    #[test]
    fn a_directory_that_others_can_enter_and_files_that_they_can_read_are_closed() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("person");
        let cache = Cache::open(&directory, "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));
        let open = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        open(&directory, 0o755);
        open(&cache.file(&channel("")), 0o644);

        let cache = Cache::open(&directory, "ada").unwrap();
        assert!(cache.load(&channel("")).is_some());

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&directory), 0o700);
        assert_eq!(mode(&cache.file(&channel(""))), 0o600);
    }

    #[test]
    fn a_link_is_not_followed_be_it_the_directory_or_a_file() {
        let home = tempfile::tempdir().unwrap();
        let (elsewhere, link) = (home.path().join("elsewhere"), home.path().join("person"));
        let theirs = Cache::open(&elsewhere, "ada").unwrap();
        theirs.keep(&channel(""), &answered("[]"));
        std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
        assert!(Cache::open(&link, "ada").is_none());

        let cache = Cache::open(&home.path().join("own"), "ada").unwrap();
        let (from, to) = (theirs.file(&channel("")), cache.file(&channel("")));
        std::os::unix::fs::symlink(&from, &to).unwrap();
        assert_eq!(cache.load(&channel("")), None);
        cache.keep(&channel(""), &answered("[1]"));
        assert_eq!(
            theirs.load(&channel("")).unwrap().listing,
            answered("[]").page(&channel("")).unwrap().listing
        );
    }

    #[test]
    fn what_belongs_to_another_user_is_not_used() {
        if !rustix::process::geteuid().is_root() {
            // Only root can give a file away.
            return;
        }
        let give_away = |path: &Path| std::os::unix::fs::chown(path, Some(65534), None).unwrap();
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("person");
        let cache = Cache::open(&directory, "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));

        give_away(&cache.file(&channel("")));
        assert_eq!(cache.load(&channel("")), None);

        give_away(&directory);
        assert!(Cache::open(&directory, "ada").is_none());
    }

    #[test]
    fn somebody_else_in_the_same_place_sees_nothing_of_it() {
        let home = tempfile::tempdir().unwrap();
        let ada = Cache::open(home.path(), "ada").unwrap();
        ada.keep(&channel(""), &answered("[]"));

        let grace = Cache::open(home.path(), "grace").unwrap();

        assert_eq!(grace.load(&channel("")), None);
        assert!(ada.load(&channel("")).is_some());
    }

    #[test]
    fn another_question_has_another_answer() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        cache.keep(&channel(""), &answered("[]"));

        for other in [
            "method = \"POST\"",
            "headers = { X-Key = \"other\" }",
            "body = \"a=1\"",
        ] {
            assert_eq!(cache.load(&channel(other)), None, "{other}");
        }
        assert!(cache.load(&channel("layout = \"list\"")).is_some());
    }

    #[test]
    fn what_is_damaged_large_or_a_picture_is_not_kept() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();
        cache.keep(&channel(""), &answered(&"x".repeat(LARGEST + 1)));
        assert_eq!(cache.load(&channel("")), None);
        let mut picture = answered("…");
        picture.about.content_type = Some("image/png".to_owned());
        cache.keep(&channel(""), &picture);
        assert_eq!(cache.load(&channel("")), None);

        for damaged in ["", "{}", "{}\n[]", "\n", "{\"url\":\n"] {
            fs::write(cache.file(&channel("")), damaged).unwrap();
            assert_eq!(cache.load(&channel("")), None, "{damaged:?}");
        }
    }

    #[test]
    fn answers_of_channels_of_before_make_room() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), "ada").unwrap();

        for number in 0..MOST + 5 {
            cache.keep(&channel(&format!("body = \"{number}\"")), &answered("[]"));
        }

        assert_eq!(fs::read_dir(home.path()).unwrap().count(), MOST);
    }

    #[test]
    fn after_the_sign_out_nothing_is_kept_any_more() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("person");
        let cache = Cache::open(&directory, "ada").unwrap();
        fs::remove_dir_all(&directory).unwrap();

        cache.keep(&channel(""), &answered("[]"));

        assert!(!directory.exists());
    }
}
