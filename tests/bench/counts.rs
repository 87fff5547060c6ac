//! Counts that are the same on each machine: instructions, allocations, pictures, painted
//! pixels, requests. `counts` beside this compares them with those in `counts.json`.
//!
//! `cargo run --example counts` prints a JSON object of all but the instructions;
//! `--only SCENARIO` carries that one through, for who counts its instructions inside of
//! [`measured`]; `--scenarios` names them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    unused_results,
    unreachable_pub,
    reason = "a tool for developers may fail loudly"
)]

#[path = "../support/scripted.rs"]
#[allow(dead_code, reason = "each program uses a part of it")]
mod scripted;
#[allow(dead_code, reason = "each program uses a part of it")]
mod television;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use iced_test::runtime::{Action, task};
use jiff::Timestamp;
use scripted::{Reply, Scripted};
use serde_json::json;
use television::{START, Tv, filled, pending, run};
use tenfoot::app::LiveSource;
use tenfoot::channel::{self, page_of};
use tenfoot::clock::Clock as _;
use tenfoot::config::{self, Channel, Config};
use tenfoot::screen::signed_in::source::Stay;
use tenfoot::screen::signed_in::{self, Entrance};
use tenfoot::screen::{code, start};
use tenfoot::session::sign_in::Event;
use tenfoot::session::store::Memory;
use tenfoot::session::{Flow, Session};
use tenfoot::ui::keys::Press;
use tenfoot::ui::qr::Qr;
use tenfoot::web::Web;
use url::Url;

const SIZE: (u32, u32) = (1920, 1080);
/// What is carried through, by name; each of them once before it is counted.
const SCENARIOS: [&str; 7] = [
    "a step through 1,000 cards",
    "a step through 100,000 cards",
    "a second of the code screen",
    "the code screen from nothing",
    "the start screen from nothing",
    "1,000 things read",
    "the example configuration read",
];

fn main() {
    television::load_fonts();
    let words: Vec<String> = std::env::args().collect();
    if words.iter().any(|word| word == "--scenarios") {
        return println!("{}", json!(SCENARIOS));
    }
    if let Some(at) = words.iter().position(|word| word == "--only") {
        carried_through(&words[at + 1], |work| measured(work));
        return;
    }
    let mut counts = BTreeMap::new();
    for name in SCENARIOS {
        carried_through(name, |work| {
            let told = allocation_counter::measure(work);
            counts.insert(format!("{name}: allocations"), told.count_total as f64);
            counts.insert(format!("{name}: allocated bytes"), told.bytes_total as f64);
            counts.insert(
                format!("{name}: most at once, bytes"),
                told.bytes_max as f64,
            );
        });
    }
    pictures(&mut counts);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(requests(&mut counts));
    println!("{}", json!(counts));
}

/// Instructions are counted from here on, and until it returns.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Prepares what that scenario needs, does it once so that caches are warm, and has it
/// counted.
fn carried_through(name: &str, count: impl FnOnce(&mut dyn FnMut())) {
    let mut tv = Tv::new(SIZE);
    let look = tv.look;
    match name {
        "a step through 1,000 cards" => step(&mut tv, 1_000, count),
        "a step through 100,000 cards" => step(&mut tv, 100_000, count),
        "a second of the code screen" => {
            let mut screen = code::State::new(pending(), &look);
            let mut second = 0;
            twice(count, &mut || {
                second += 1;
                let now = START + Duration::from_secs(second);
                let _ = screen.update(code::Message::Tick(now));
                let _ = tv.shown(screen.view(&look));
            });
        }
        "the code screen from nothing" => twice(count, &mut || {
            let screen = code::State::new(pending(), &look);
            black_box(Qr::new("https://acme.example/activate", &look));
            let _ = Tv::new(SIZE).shown(screen.view(&look));
        }),
        "the start screen from nothing" => twice(count, &mut || {
            let path = Path::new("/etc/tenfoot/config.toml").to_owned();
            let screen = start::State::new(start::Offer::SetUp { path }, None);
            let _ = Tv::new(SIZE).shown(screen.view(&look));
        }),
        "1,000 things read" => {
            let body = body(1_000);
            let url = Url::parse("https://api.example/things").unwrap();
            let channel = channel_at(&url, "");
            twice(count, &mut || {
                let kind = Some("application/json".to_owned());
                let page = page_of(
                    &channel,
                    url.clone(),
                    kind,
                    body.clone(),
                    Timestamp::UNIX_EPOCH,
                );
                black_box(page.unwrap());
            });
        }
        "the example configuration read" => twice(count, &mut || {
            black_box(Config::parse(Path::new("config.toml"), config::EXAMPLE).unwrap());
        }),
        other => panic!("there is no {other}"),
    }
}

fn twice(count: impl FnOnce(&mut dyn FnMut()), work: &mut dyn FnMut()) {
    work();
    count(work);
}

/// A step to the right, from the middle of the screen.
fn step(tv: &mut Tv, things: usize, count: impl FnOnce(&mut dyn FnMut())) {
    let look = tv.look;
    let mut state = filled("cards", things, &look);
    press(&mut state, Press::Down, tv);
    let mut presses = [Press::Right, Press::Left].into_iter().cycle();
    twice(count, &mut || {
        let press = presses.next().unwrap();
        let _ = state.update(signed_in::Message::Press(press), &look);
        let _ = tv.shown(state.view(&look));
    });
}

fn press(state: &mut signed_in::State, press: Press, tv: &mut Tv) {
    let look = tv.look;
    if let signed_in::Action::Run(task) = state.update(signed_in::Message::Press(press), &look) {
        run(state, task, &look);
    }
    settled(tv, state);
}

/// How many pictures are asked for until nothing moves any more, and how much is painted.
fn settled(tv: &mut Tv, state: &signed_in::State) -> (u32, f64) {
    const FRAME: Duration = Duration::from_millis(16);
    let look = tv.look;
    let (mut pictures, mut painted) = (0, 0.0);
    loop {
        let shown = tv.shown(state.view(&look));
        (pictures, painted) = (pictures + 1, painted + shown.painted);
        tv.now += FRAME;
        if !shown.goes_on {
            return (pictures, painted);
        }
        assert!(pictures < 1000, "it never comes to rest");
    }
}

/// How many pictures are drawn, and how much of the screen with them.
fn pictures(counts: &mut BTreeMap<String, f64>) {
    let mut tv = Tv::new(SIZE);
    let look = tv.look;
    let mut state = filled("cards", 1_000, &look);
    press(&mut state, Press::Down, &mut tv);
    let _ = state.update(signed_in::Message::Press(Press::Right), &look);
    let (number, painted) = settled(&mut tv, &state);
    counts.insert(
        "a step through cards: pictures until it rests".to_owned(),
        number.into(),
    );
    counts.insert("a step through cards: painted, screens".to_owned(), painted);

    let mut tv = Tv::new(SIZE);
    let mut screen = code::State::new(pending(), &look);
    let _ = tv.shown(screen.view(&look));
    let (mut number, mut painted, mut now) = (0, 0.0, START);
    while now < START + Duration::from_secs(60) {
        now = screen.pending().due().unwrap();
        let _ = screen.update(code::Message::Tick(now));
        tv.now += Duration::from_secs(1);
        painted += tv.shown(screen.view(&look)).painted;
        number += 1;
    }
    counts.insert(
        "a minute of the code screen: pictures".to_owned(),
        number.into(),
    );
    counts.insert(
        "a minute of the code screen: painted, screens".to_owned(),
        painted,
    );

    let mut state = filled("cards", 50, &look);
    let (mut ticks, mut after) = (0, Duration::ZERO);
    while let Some(due) = state
        .due()
        .filter(|due| due.since(START) < Duration::from_secs(3600))
    {
        after = due.since(START).max(after);
        let wall = Timestamp::UNIX_EPOCH + after;
        let _ = state.update(signed_in::Message::Tick(START + after, wall), &look);
        ticks += 1;
    }
    counts.insert(
        "an hour signed in, nothing happening: ticks".to_owned(),
        ticks.into(),
    );
}

/// How many requests go over the network.
async fn requests(counts: &mut BTreeMap<String, f64>) {
    let provider = Scripted::start().await;
    provider.on("/userinfo", [Reply::json(200, &json!({ "sub": "user-1" }))]);
    let pending = std::iter::repeat_n(Reply::pending(), 3);
    let tokens = Reply::json(200, &provider.tokens());
    provider.on("/token", pending.chain([tokens]));
    provider.on(
        "/items",
        [Reply::new(200, body(20)).header("Content-Type", "application/json")],
    );
    let (store, clock) = (Arc::new(Memory::default()), provider.clock.clone());
    let flow = Flow::new(&provider.provider(), store, clock).unwrap();
    let last = flow.events().collect::<Vec<_>>().await.pop();
    let Some(Event::SignedIn(session)) = last else {
        panic!("{last:?}");
    };
    let (mut screen, tv) = shown(&provider, &flow, session).await;
    counts.insert(
        "sign-in at the third poll, to the results: requests".to_owned(),
        provider.all_requests() as f64,
    );

    provider.forget();
    let kept = flow.restore().await.unwrap().unwrap();
    drop(shown(&provider, &flow, kept).await);
    counts.insert(
        "a start with a stored session: requests".to_owned(),
        provider.all_requests() as f64,
    );

    provider.forget();
    let end = provider.clock.now() + Duration::from_secs(1800);
    while let Some(due) = screen.due().filter(|due| *due < end) {
        provider.clock.pass(due.since(provider.clock.now()));
        let (now, wall) = (provider.clock.now(), provider.clock.wall());
        if let signed_in::Action::Run(task) =
            screen.update(signed_in::Message::Tick(now, wall), &tv.look)
        {
            carry_out(&mut screen, task, &tv).await;
        }
    }
    counts.insert(
        "half an hour of a channel called each minute: requests".to_owned(),
        provider.all_requests() as f64,
    );
}

/// The screen of somebody who is signed in, with their results.
async fn shown(provider: &Scripted, flow: &Flow, session: Session) -> (signed_in::State, Tv) {
    let tv = Tv::new(SIZE);
    let channels = channel::Client::new(Web::default(), provider.clock.clone());
    let scope = provider.provider().scope;
    let source = LiveSource::new(flow.keeper(session), channels, scope, Stay::Shared);
    let url = Url::parse(&provider.url("/items")).unwrap();
    let channels = vec![channel_at(&url, "refresh = \"60s\"\nlayout = \"list\"")];
    let times = (provider.clock.now(), provider.clock.wall());
    let host = "acme.example".to_owned();
    let mut screen =
        signed_in::State::new(Arc::new(source), host, channels, Entrance::Restored, times);
    let start = screen.start();
    carry_out(&mut screen, start, &tv).await;
    assert!(screen.shows_something());
    (screen, tv)
}

/// Carries a task out, and what comes of it.
async fn carry_out(screen: &mut signed_in::State, task: iced::Task<signed_in::Message>, tv: &Tv) {
    let mut tasks = vec![task];
    while let Some(task) = tasks.pop() {
        let Some(mut stream) = task::into_stream(task) else {
            continue;
        };
        while let Some(action) = stream.next().await {
            if let Action::Output(message) = action
                && let signed_in::Action::Run(task) = screen.update(message, &tv.look)
            {
                tasks.push(task);
            }
        }
    }
}

fn channel_at(url: &Url, more: &str) -> Channel {
    toml::from_str(&format!("name = \"Things\"\nurl = \"{url}\"\n{more}")).unwrap()
}

/// What an API of contacts might answer, without pictures.
fn body(things: usize) -> Vec<u8> {
    let mut text = String::from("{\"data\":[");
    for number in 0..things {
        let comma = if number == 0 { "" } else { "," };
        write!(
            text,
            "{comma}{{\"id\":{number},\"name\":\"Person number {number}\",\"email\":\"p{number}@people.example\",\
             \"address\":{{\"city\":\"Bonn\"}},\"tags\":[\"red\"],\"joined\":\"2026-05-03T14:05:00Z\"}}"
        )
        .unwrap();
    }
    text.push_str("]}");
    text.into_bytes()
}
