//! What it takes to read 100,000 things, 30 MB of JSON, into what a screen shows of them,
//! beside what a general reader takes: `serde_json` making a `Value` of the same bytes.
//! `cargo run --release --example listing` prints a table, with `--json` a line of JSON.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for developers may fail loudly"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use tenfoot::channel::{Listing, Page, page_of};
use tenfoot::config::Channel;
use url::Url;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const THINGS: usize = 100_000;
const RUNS: usize = 7;

fn main() {
    let body = body();
    let mut pairs: Vec<(Duration, Duration)> = (0..=RUNS).map(|_| pair(&body)).collect();
    // The first warms up.
    let _ = pairs.remove(0);
    let ratio = |(ours, value): &(Duration, Duration)| ours.as_secs_f64() / value.as_secs_f64();
    let ratios: Vec<f64> = pairs.iter().map(ratio).collect();
    let ms = |time: &Duration| time.as_secs_f64() * 1000.0;
    let ours: Vec<f64> = pairs.iter().map(|(ours, _)| ms(ours)).collect();
    let value: Vec<f64> = pairs.iter().map(|(_, value)| ms(value)).collect();

    let size = body.len() as f64;
    let own = body.clone();
    let before = HEAP.current_usage() - own.capacity();
    HEAP.reset_peak_usage();
    let page = read(own);
    let peak = (HEAP.peak_usage() - before) as f64 / size;
    let kept = (HEAP.current_usage() - before) as f64 / size;
    let began = Instant::now();
    drop(page);
    let dropped = ms(&began.elapsed());
    let left = HEAP.current_usage().saturating_sub(before);

    let found = [
        json!({ "what": "bytes to listing", "unit": "ms", "samples": ours }),
        json!({ "what": "bytes to serde_json's Value", "unit": "ms", "samples": value }),
        json!({ "what": "listing / Value", "unit": "×", "samples": ratios, "goal": 1.5 }),
        json!({ "what": "most memory while reading, the body's own included", "unit": "bodies", "samples": [peak], "goal": 3.0 }),
        json!({ "what": "memory of the listing, the body included", "unit": "bodies", "samples": [kept] }),
        json!({ "what": "to forget the listing, beside the interface", "unit": "ms", "samples": [dropped] }),
        json!({ "what": "left of it after that", "unit": "bytes", "samples": [left] }),
    ];
    println!("{THINGS} things, {:.1} MB", size / 1e6);
    for row in found {
        if std::env::args().any(|word| word == "--json") {
            println!("{row}");
        } else {
            let numbers = row["samples"].as_array().unwrap().iter();
            let middle = median(numbers.map(|number| number.as_f64().unwrap()));
            let goal = row
                .get("goal")
                .map_or(String::new(), |goal| format!("goal <= {goal}"));
            let (what, unit) = (&row["what"], &row["unit"]);
            println!(
                "{:52} {middle:10.2} {:8} {goal}",
                what.as_str().unwrap(),
                unit.as_str().unwrap()
            );
        }
    }
}

/// Ours and the other, one after the other.
fn pair(body: &[u8]) -> (Duration, Duration) {
    let own = body.to_vec();
    let began = Instant::now();
    let page = read(own);
    let ours = began.elapsed();
    let Listing::Items(items) = &page.listing else {
        unreachable!()
    };
    assert_eq!(items.len(), THINGS);
    drop(page);
    let began = Instant::now();
    let value: Value = serde_json::from_slice(body).unwrap();
    let other = began.elapsed();
    drop(value);
    (ours, other)
}

fn read(body: Vec<u8>) -> Page {
    let text = "name = \"Things\"\nurl = \"https://api.example/things\"";
    let channel: Channel = toml::from_str(text).unwrap();
    let url = Url::parse("https://api.example/things").unwrap();
    let kind = Some("application/json".to_owned());
    page_of(&channel, url, kind, body, Timestamp::UNIX_EPOCH).unwrap()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What an API of contacts might answer.
fn body() -> Vec<u8> {
    let mut text = String::from("{\"data\":[");
    for number in 0..THINGS {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            "{comma}{{\"id\":{number},\"name\":\"Person number {number}\",\"title\":\"The one after {}\",\
             \"email\":\"person{number}@people.example\",\"address\":{{\"street\":\"Long Road {number}\",\
             \"city\":\"Bonn\"}},\"tags\":[\"red\",\"green\"],\"joined\":\"2026-05-03T14:05:00Z\",\
             \"balance\":{}.25,\"active\":{},\"picture\":\"https://pictures.example/{number}.jpg\"}}",
            number.wrapping_sub(1),
            number * 7,
            number % 2 == 0,
        )
        .unwrap();
    }
    text.push_str("],\"total\":100000}");
    text.into_bytes()
}
