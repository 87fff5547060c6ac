use std::fs::File;
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt as _;

use image::{ImageFormat, Rgba, RgbaImage};

use super::*;

const SIZE: (u32, u32) = (100, 100);

fn url(number: usize) -> Url {
    Url::parse(&format!("https://api.example/{number}.png")).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn album(home: &Path) -> Album {
    Album::new(home.join("pictures"), "ada".to_owned())
}

/// A picture of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbaImage::from_pixel(width, height, Rgba([9, 99, 199, 255]))
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A picture with so many bytes behind it, which nobody looks at.
fn heavy(bytes: usize) -> Vec<u8> {
    let mut picture = png(2, 2);
    picture.resize(bytes, 0);
    picture
}

fn taken(album: &Album) -> u64 {
    let entries = fs::read_dir(&album.directory).unwrap();
    entries
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum()
}

#[test]
fn a_picture_is_back_at_any_size_until_it_is_old() {
    let home = tempfile::tempdir().unwrap();
    let album = album(home.path());
    album.keep(&url(1), &png(40, 20), at(0));

    let kept = album.load(&url(1), (10, 10), at(60)).unwrap();
    assert_eq!((kept.picture.width, kept.picture.height), (10, 5));
    assert!(kept.is_fresh);

    let later = i64::try_from(FRESH.as_secs()).unwrap();
    assert!(!album.load(&url(1), SIZE, at(later)).unwrap().is_fresh);
    assert!(!album.load(&url(1), SIZE, at(-5)).unwrap().is_fresh);
    assert_eq!(album.load(&url(2), SIZE, at(60)), None);
}

#[test]
fn it_is_the_owners_alone_and_of_this_person() {
    let home = tempfile::tempdir().unwrap();
    let ada = album(home.path());
    ada.keep(&url(1), &png(2, 2), at(0));

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&ada.directory), 0o700);
    assert_eq!(mode(&ada.file(&url(1))), 0o600);
    let grace = Album::new(ada.directory, "grace".to_owned());
    assert_eq!(grace.load(&url(1), SIZE, at(1)), None);
}

#[test]
fn what_was_not_looked_at_for_the_longest_time_makes_room() {
    let home = tempfile::tempdir().unwrap();
    let album = Album {
        room: 4000,
        ..album(home.path())
    };
    for number in 1..=3 {
        album.keep(&url(number), &heavy(1000), at(number as i64));
    }
    assert!(album.load(&url(1), SIZE, at(10)).is_some());

    album.keep(&url(4), &heavy(1500), at(11));

    let is_kept = |number| album.load(&url(number), SIZE, at(12)).is_some();
    assert_eq!([1, 2, 3, 4].map(is_kept), [true, false, true, true]);
    assert!(taken(&album) <= 4000, "{}", taken(&album));
}

#[test]
fn many_small_pictures_are_bounded_by_their_number() {
    let home = tempfile::tempdir().unwrap();
    let album = album(home.path());
    fs::create_dir(&album.directory).unwrap();
    for number in 0..MOST_FILES + 10 {
        fs::write(album.directory.join(number.to_string()), "").unwrap();
    }

    album.keep(&url(1), &png(2, 2), at(1_000_000_000));

    assert_eq!(fs::read_dir(&album.directory).unwrap().count(), MOST_FILES);
    assert!(album.load(&url(1), SIZE, at(1_000_000_001)).is_some());
}

#[test]
fn the_same_picture_again_takes_the_room_of_one() {
    let home = tempfile::tempdir().unwrap();
    let album = Album {
        room: 2000,
        ..album(home.path())
    };
    album.keep(&url(1), &heavy(900), at(0));
    for second in 1..9 {
        album.keep(&url(2), &heavy(1000), at(second));
    }

    assert!(album.load(&url(1), SIZE, at(10)).is_some());
}

#[test]
fn what_is_too_large_is_not_kept_and_drives_nothing_out() {
    let home = tempfile::tempdir().unwrap();
    let album = album(home.path());
    album.keep(&url(1), &png(2, 2), at(0));

    album.keep(&url(2), &heavy(LARGEST as usize + 1), at(1));

    assert_eq!(album.load(&url(2), SIZE, at(2)), None);
    assert!(album.load(&url(1), SIZE, at(2)).is_some());
}

#[test]
fn a_damaged_or_hostile_file_is_no_picture() {
    let home = tempfile::tempdir().unwrap();
    let album = album(home.path());
    album.keep(&url(1), &png(2, 2), at(0));
    let file = album.file(&url(1));
    let mut claims_too_much = b"1800000000\n".to_vec();
    claims_too_much.extend(png(2, 2));
    // The width and height in the PNG's header: 4 billion pixels each.
    claims_too_much[11 + 16..11 + 24].fill(0xff);

    for damaged in [
        Vec::new(),
        b"\n".to_vec(),
        b"1800000000".to_vec(),
        b"1800000000\nrubbish".to_vec(),
        b"99999999999999999999\n".to_vec(),
        claims_too_much,
        [b"-9223372036854775808\n".to_vec(), png(2, 2)].concat(),
    ] {
        fs::write(&file, &damaged).unwrap();
        assert_eq!(album.load(&url(1), SIZE, at(1)), None);
    }
}

#[test]
fn a_huge_file_is_read_no_further_than_a_picture_can_be_long() {
    let home = tempfile::tempdir().unwrap();
    let album = album(home.path());
    album.keep(&url(1), &png(2, 2), at(0));
    let file = File::options()
        .append(true)
        .open(album.file(&url(1)))
        .unwrap();
    // Takes no room on the disk.
    file.set_len(1 << 40).unwrap();

    assert!(album.load(&url(1), SIZE, at(1)).is_some());
}

#[test]
fn after_the_sign_out_nothing_is_kept_any_more() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("person");
    fs::create_dir(&directory).unwrap();
    let album = album(&directory);
    album.keep(&url(1), &png(2, 2), at(0));
    fs::remove_dir_all(&directory).unwrap();

    album.keep(&url(1), &png(2, 2), at(1));

    assert!(!directory.exists());
}

#[test]
fn a_broken_picture_is_remembered_and_one_out_of_reach_is_not() {
    let broken = Broken::default();
    let unreachable = Error::Unreachable(crate::channel::Unreachable::ServerError { status: 503 });
    let _ = broken.note(&url(1), unreachable);
    let _ = broken.note(&url(2), super::super::unusable("channel-picture-broken"));

    assert_eq!(broken.why(&url(1)), None);
    assert!(broken.why(&url(2)).is_some());
}
