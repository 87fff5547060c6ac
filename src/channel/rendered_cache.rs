//! Pictures kept as they stood on the first screen of a channel, pixel by pixel: decoding them
//! and laying them into their frames takes longer than all else of a start.
//!
//! They are copies of what the album has as it came, and no better: of a picture that is old,
//! or not there any more, nothing is shown.

use std::fmt::Write as _;
use std::io::{BufRead, Read as _};

use jiff::Timestamp;
use url::Url;

use super::image_cache::Album;
use super::{Listing, Picture};

/// Room for one person's, in bytes: two that fill a 4K screen, or the cards of several screens.
const ROOM: u64 = 80 << 20;
/// A first screen has no more, and a start reads no more. In bytes and in number.
const MOST_BYTES: usize = 68 << 20;
const MOST: usize = 40;
/// In pixels on a side.
const LONGEST: u32 = 1 << 14;
/// How they are made: with another number, what was made before counts no more.
const EDITION: u32 = 1;
const RGBA: usize = 4;

/// The first screen's pictures of one channel of one person.
#[derive(Debug)]
pub(super) struct Shown {
    as_they_came: Album,
    laid_out: Album,
}

impl Shown {
    /// Copies of what is in `as_they_came`, kept in `laid_out`.
    pub(super) fn new(as_they_came: Album, laid_out: Album) -> Self {
        Self {
            as_they_came,
            laid_out: laid_out.with_room(ROOM),
        }
    }

    /// Keeps a picture as it stands on the screen, if the album has it. Blocks.
    pub(super) fn keep(&self, url: &Url, picture: &Picture, now: Timestamp) {
        let Some(came) = self.as_they_came.came(url) else {
            return;
        };
        let sum = crc32fast::hash(&picture.rgba);
        let Picture { width, height, .. } = picture;
        let mut head = String::new();
        let _ = writeln!(head, "{EDITION} {width} {height} {sum}");
        let parts = [head.as_bytes(), &picture.rgba];
        self.laid_out.write(url, came, &parts, now);
    }

    /// Those of the first things of a listing that are kept and not old. Blocks.
    pub(super) fn load(&self, listing: &Listing, now: Timestamp) -> Vec<(Url, Picture)> {
        let Listing::Items(items) = listing else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut room = MOST_BYTES;
        for url in items
            .iter()
            .take(MOST)
            .filter_map(|item| item.image.as_ref())
        {
            let Some(picture) = self.picture(url, room, now) else {
                continue;
            };
            room -= picture.rgba.len();
            found.push((url.clone(), picture));
        }
        found
    }

    fn picture(&self, url: &Url, room: usize, now: Timestamp) -> Option<Picture> {
        let (came, file) = self.laid_out.open(url)?;
        let is_its_copy = self.as_they_came.came(url)? == came;
        if !is_its_copy || !came.is_fresh(now)? {
            return None;
        }
        let picture = read(file, room)?;
        self.laid_out.touch(url, now);
        Some(picture)
    }
}

/// A picture of at most so many bytes. What a power cut left half written is none.
fn read(mut file: impl BufRead, room: usize) -> Option<Picture> {
    const LINE: u64 = 64;
    let mut head = String::new();
    let _ = (&mut file).take(LINE).read_line(&mut head).ok()?;
    let mut numbers = head.strip_suffix('\n')?.split(' ').map(str::parse::<u32>);
    let mut number = || numbers.next()?.ok();
    let (edition, width, height, sum) = (number()?, number()?, number()?, number()?);
    if edition != EDITION || width > LONGEST || height > LONGEST {
        return None;
    }
    let bytes = width as usize * height as usize * RGBA;
    if bytes == 0 || bytes > room {
        return None;
    }
    let mut rgba = Vec::with_capacity(bytes);
    let _ = file.take(bytes as u64 + 1).read_to_end(&mut rgba).ok()?;
    let is_whole = rgba.len() == bytes && crc32fast::hash(&rgba) == sum;
    is_whole.then_some(Picture {
        width,
        height,
        rgba,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Cursor;
    use std::path::Path;

    use image::{ImageFormat, RgbaImage};

    use super::*;
    use crate::channel::{Fields, Item};

    fn url(number: usize) -> Url {
        Url::parse(&format!("https://api.example/{number}.png")).unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn album(home: &Path, name: &str) -> Album {
        Album::new(home.join(name), "ada".to_owned())
    }

    fn shown(home: &Path) -> Shown {
        Shown::new(album(home, "pictures"), album(home, "shown"))
    }

    fn png() -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::new(2, 2)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    /// A picture as it stands on the screen.
    fn laid_out() -> Picture {
        Picture {
            width: 3,
            height: 2,
            rgba: (0..24).collect(),
        }
    }

    fn things(numbers: std::ops::Range<usize>) -> Listing {
        let item = |number| Item {
            title: "Thing".into(),
            subtitle: None,
            image: Some(url(number)),
            fields: Fields::default(),
            group: None,
        };
        Listing::Items(numbers.map(item).collect())
    }

    #[test]
    fn a_picture_is_back_as_it_stood_there() {
        let home = tempfile::tempdir().unwrap();
        let shown = shown(home.path());
        shown.as_they_came.keep(&url(1), &png(), at(0));
        shown.keep(&url(1), &laid_out(), at(5));

        assert_eq!(shown.load(&things(0..9), at(9)), [(url(1), laid_out())]);
    }

    #[test]
    fn one_that_is_old_or_came_anew_or_is_gone_is_not_shown() {
        let home = tempfile::tempdir().unwrap();
        let shown = shown(home.path());
        shown.keep(&url(1), &laid_out(), at(0));
        assert_eq!(shown.load(&things(1..2), at(1)), [], "it never came");

        shown.as_they_came.keep(&url(1), &png(), at(0));
        shown.keep(&url(1), &laid_out(), at(5));
        assert_eq!(
            shown.load(&things(1..2), at(8 * 24 * 3600)),
            [],
            "it is old"
        );

        shown.as_they_came.keep(&url(1), &png(), at(6));
        assert_eq!(shown.load(&things(1..2), at(9)), [], "it came anew");
    }

    #[test]
    fn what_lies_beyond_a_first_screen_is_not_read() {
        let home = tempfile::tempdir().unwrap();
        let shown = shown(home.path());
        for number in 0..MOST + 3 {
            shown.as_they_came.keep(&url(number), &png(), at(0));
            shown.keep(&url(number), &laid_out(), at(0));
        }

        assert_eq!(shown.load(&things(0..MOST + 3), at(1)).len(), MOST);
    }

    #[test]
    fn a_damaged_or_hostile_file_is_no_picture() {
        let home = tempfile::tempdir().unwrap();
        let shown = shown(home.path());
        shown.as_they_came.keep(&url(1), &png(), at(0));
        shown.keep(&url(1), &laid_out(), at(0));
        let folder = home.path().join("shown");
        let [file] = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let whole = fs::read(&file).unwrap();
        let first = b"1800000000\n";
        assert!(whole.starts_with(first));
        let mut turned = whole.clone();
        *turned.last_mut().unwrap() ^= 1;

        for damaged in [
            Vec::new(),
            whole[..whole.len() - 1].to_vec(),
            [&whole[..], &[0]].concat(),
            turned,
            vec![0; whole.len()],
            [&first[..], b"1 4294967295 4294967295 0\n"].concat(),
            [&first[..], b"1 0 0 0\n"].concat(),
            [&first[..], b"2 1 1 558161692\n\0\0\0\0"].concat(),
            [&first[..], &[b'1'; 9999]].concat(),
        ] {
            fs::write(&file, &damaged).unwrap();
            assert_eq!(shown.load(&things(1..2), at(1)), [], "{damaged:?}");
        }
        fs::write(&file, &whole).unwrap();
        assert_eq!(shown.load(&things(1..2), at(1)).len(), 1);
    }
}
