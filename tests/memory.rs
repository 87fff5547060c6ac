//! What a service sends may not fill the memory: what can't be shown within the budget is
//! refused in a sentence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};
use std::thread;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use jiff::Timestamp;
use peak_alloc::PeakAlloc;
use tenfoot::channel::{Error, Listing, Page, Picture, page_of};
use tenfoot::config::Channel;
use tenfoot::i18n::Language;
use url::Url;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Memory is measured by one test at a time.
static ONE: Mutex<()> = Mutex::new(());

const MIB: usize = 1 << 20;
/// An answer, and what it grows into.
const MOST_FOR_AN_ANSWER: usize = 200 * MIB;
/// All pictures that are decoded at a time, beside what the test itself holds.
const MOST_FOR_PICTURES: usize = 400 * MIB;
const LAYOUTS: [&str; 3] = ["auto", "details", "text"];

/// How many bytes more there were at a time than before.
fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let result = work();
    (HEAP.peak_usage().saturating_sub(before), result)
}

fn channel(layout: &str, more: &str) -> Channel {
    let text = "name = \"Things\"\nurl = \"https://api.example/things\"";
    toml::from_str(&format!("{text}\nlayout = \"{layout}\"\n{more}")).unwrap()
}

fn read(channel: &Channel, kind: &str, body: Vec<u8>) -> Result<Page, Error> {
    let url = Url::parse("https://api.example/things").unwrap();
    page_of(
        channel,
        url,
        Some(kind.to_owned()),
        body,
        Timestamp::UNIX_EPOCH,
    )
}

/// All that a screen may ask of the first things.
fn look_at(listing: &Listing) {
    if let Listing::Items(items) = listing {
        for item in items.iter().take(3) {
            drop(item.said(Language::English));
        }
    }
    if let Listing::Details(item) = listing {
        drop(item.said(Language::English));
    }
}

fn repeated(start: &str, each: &str, end: &str, size: usize) -> Vec<u8> {
    let times = size / each.len();
    let each = each.repeat(times);
    [start.as_bytes(), each.as_bytes(), end.as_bytes()].concat()
}

fn hostile() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    const JSON: &str = "application/json";
    let json =
        |start: &str, each: &str, end: &str, mib: usize| repeated(start, each, end, mib * MIB);
    let columns: String = (0..300_000)
        .map(|at| format!("\"column {at}\":{at},"))
        .collect();
    let deep = format!("{}0{},", "[".repeat(100), "]".repeat(100));
    vec![
        ("zeros", JSON, json("[", "0,", "0]", 3)),
        ("zeros in a field", JSON, json("{\"a\":[", "0,", "0]}", 4)),
        ("zeros in a thing", JSON, json("[{\"a\":[", "0,", "0]}]", 4)),
        ("zeros in lists", JSON, json("[[", "0,", "0]]", 4)),
        (
            "one field over and over",
            JSON,
            json("{", "\"a\":1,", "\"a\":1}", 12),
        ),
        (
            "one field of a thing",
            JSON,
            json("[{", "\"a\":1,", "\"a\":1}]", 12),
        ),
        ("things without fields", JSON, json("[", "{},", "{}]", 4)),
        ("things in lists", JSON, json("[[", "{\"a\":1},", "0]]", 6)),
        ("empty lists", JSON, json("[[", "[],", "0]]", 6)),
        ("tiny texts", JSON, json("[", "\"a\",", "\"\"]", 4)),
        ("tiny escaped texts", JSON, json("[[", "\"\\n\",", "0]]", 6)),
        ("deep lists", JSON, json("[", &deep, "0]", 6)),
        (
            "groups",
            JSON,
            json("[", "{\"title\":\"a\",\"items\":[{}]},", "{}]", 12),
        ),
        (
            "one group",
            JSON,
            json("[{\"title\":\"a\",\"items\":[", "{},", "{}]}]", 6),
        ),
        (
            "lists by name",
            JSON,
            json("{\"one\":[{}],\"two\":[", "{},", "{}]}", 6),
        ),
        (
            "columns",
            JSON,
            format!("[{{{columns}\"x\":1}}]").into_bytes(),
        ),
        (
            "tabs in a field",
            JSON,
            json("[{\"a\":\"", "\\t", "\"}]", 16),
        ),
        ("lines", "text/plain", json("", "\n", "", 16)),
        ("tabs", "text/plain", json("", "\t", "", 24)),
        (
            "lines in a text",
            JSON,
            json("{\"text\":\"", "\\n", "\"}", 8),
        ),
        ("no text at all", JSON, vec![0xff; 48 * MIB]),
        (
            "old text",
            "text/plain; charset=iso-8859-1",
            vec![0xe9; 32 * MIB],
        ),
    ]
}

#[test]
fn an_answer_of_whatever_form_stays_within_the_budget_or_is_refused_in_words() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut beyond = Vec::new();
    for (what, kind, body) in hostile() {
        // Text is text in each layout.
        let layouts = if kind.starts_with("text/") {
            1
        } else {
            LAYOUTS.len()
        };
        for layout in &LAYOUTS[..layouts] {
            let (channel, own) = (channel(layout, ""), body.clone());
            let size = own.len();
            let (used, page) = peak(|| {
                let page = read(&channel, kind, own);
                if let Ok(page) = &page {
                    look_at(&page.listing);
                }
                page
            });
            if let Err(why) = page {
                assert!(matches!(why, Error::Unusable(_)), "{what}: {why:?}");
            }
            let used = used + size;
            if used > MOST_FOR_AN_ANSWER {
                beyond.push(format!("{what} as {layout}: {} MiB", used / MIB));
            }
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}

#[test]
fn what_is_too_much_is_said_to_be_and_not_called_broken() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let zeros = repeated("[", "0,", "0]", 3 * MIB);
    let why = read(&channel("list", ""), "application/json", zeros).unwrap_err();
    assert!(why.to_string().contains("too many"), "{why}");
}

/// An ordinary answer of 30 MB is shown whole.
#[test]
fn a_large_answer_of_ordinary_things_is_shown() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let thing = r#"{"id":1,"name":"Person number 1","email":"person1@people.example","address":{"street":"Long Road 1","city":"Bonn"},"tags":["red","green"],"joined":"2026-05-03T14:05:00Z","balance":7.25,"active":true,"picture":"https://pictures.example/1.jpg"},"#;
    let body = repeated("{\"data\":[", thing, "{}]}", 30_000_000);
    let size = body.len();
    let (used, page) = peak(|| read(&channel("list", ""), "application/json", body));
    let Listing::Items(items) = page.unwrap().listing else {
        panic!("no items")
    };
    assert!(items.len() > 100_000);
    assert!(used + size <= MOST_FOR_AN_ANSWER, "{}", used / MIB);
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn four_large_pictures_at_once_stay_within_one_budget() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let opaque = RgbImage::from_pixel(8000, 8000, image::Rgb([9, 99, 200]));
    let large = DynamicImage::from(opaque);
    let png = encoded(&large, ImageFormat::Png);
    let gif = {
        let mut gif = encoded(&DynamicImage::from(RgbaImage::new(8, 8)), ImageFormat::Gif);
        // The screen's size stands in the header, the frame's stays small.
        gif[6..10].copy_from_slice(&[0x40, 0x1f, 0x40, 0x1f]);
        gif
    };
    let jpeg = encoded(&large, ImageFormat::Jpeg);
    let webp = encoded(&large, ImageFormat::WebP);
    let grey = encoded(&DynamicImage::from(large.to_luma16()), ImageFormat::Png);
    drop(large);
    let progressive = {
        let small = DynamicImage::from(RgbImage::new(8, 8));
        let mut jpeg = encoded(&small, ImageFormat::Jpeg);
        let at = jpeg
            .windows(2)
            .position(|pair| pair == [0xff, 0xc0])
            .unwrap();
        jpeg[at + 1] = 0xc2;
        jpeg[at + 5..at + 9].copy_from_slice(&[0x1f, 0x40, 0x1f, 0x40]);
        jpeg
    };
    for (what, bytes, size) in [
        ("png as a card", &png, (800, 800)),
        ("png on a 4K screen", &png, (7680, 4320)),
        ("gif", &gif, (7680, 4320)),
        ("webp as a card", &webp, (800, 800)),
        ("webp on a 4K screen", &webp, (7680, 4320)),
        ("grey png", &grey, (7680, 4320)),
        ("progressive jpeg", &progressive, (800, 800)),
        ("jpeg as a card", &jpeg, (800, 800)),
        ("jpeg on a 4K screen", &jpeg, (7680, 4320)),
    ] {
        let (used, _) = peak(|| {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| Picture::decode(bytes, size.0, size.1).map(drop));
                }
            });
        });
        assert!(used <= MOST_FOR_PICTURES, "{what}: {} MiB", used / MIB);
    }
}
