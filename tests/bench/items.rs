//! What a step through 100 and through 100,000 items costs: the key, the screen that is
//! built from it and its layout; and how long the screen's thread is held up when 100,000
//! come. `cargo run --example items` prints the medians of the steps and the longest
//! arrivals, with `--json` a line of JSON each; a build with `--release` is what a television
//! has.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for developers may fail loudly"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Size;
use iced_test::core::renderer::Headless;
use iced_test::futures::futures::executor;
use iced_test::futures::futures::future::BoxFuture;
use iced_test::renderer::graphics::text::font_system;
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use jiff::Timestamp;
use serde_json::json;
use tenfoot::channel::{Error, Item, Listing, NextPage, Page, Picture, Value};
use tenfoot::clock::Moment;
use tenfoot::config::{Channel, Display};
use tenfoot::oauth::Who;
use tenfoot::screen::signed_in::source::Source;
use tenfoot::screen::signed_in::{Entrance, Message, State};
use tenfoot::session::token_manager::SignedOut;
use tenfoot::ui::keys::Press;
use tenfoot::ui::{Look, Renderer, font};
use url::Url;

const STEPS: usize = 200;
const SIZE: Size = Size::new(1920.0, 1080.0);

fn main() {
    for file in font::FILES {
        font_system().write().unwrap().load_font(file.into());
    }
    let renderer = <Renderer as Headless>::new(font::REGULAR, 16.into(), Some("tiny-skia"));
    let mut renderer = executor::block_on(renderer).unwrap();
    let as_json = std::env::args().any(|word| word == "--json");
    if !as_json {
        let arrival = "100,000 come";
        println!(
            "{:24} {:>10} {:>10} {arrival:>14}",
            "a step, median", "100", "100,000"
        );
    }
    for (layout, groups) in [
        ("cards", false),
        ("list", false),
        ("table", false),
        ("cards", true),
        ("list", true),
    ] {
        let [few, many] = [100, 100_000].map(|count| step(layout, groups, count, &mut renderer));
        let arrival = arrival(layout, groups, &mut renderer);
        let name = format!("{layout}{}", if groups { " in groups" } else { "" });
        if as_json {
            let [few_ms, many_ms, arrival_ms] =
                [few, many, arrival].map(|time| time.as_secs_f64() * 1000.0);
            let told = json!({
                "layout": name, "few_ms": few_ms, "many_ms": many_ms, "arrival_ms": arrival_ms,
            });
            println!("{told}");
        } else {
            println!("{name:24} {few:>10.1?} {many:>10.1?} {arrival:>14.1?}");
        }
    }
}

/// The longest of some arrivals of 100,000 things where there are as many, and the focus is on
/// the last of them: taking them in, and the screen that is built from them.
fn arrival(layout: &str, groups: bool, renderer: &mut Renderer) -> Duration {
    const COUNT: usize = 100_000;
    const ARRIVALS: u64 = 7;
    let look = Look::new(SIZE, 1.0, &Display::default());
    let mut state = filled(layout, groups, COUNT, &look);
    // The older ones are forgotten elsewhere: not before all is measured.
    let mut elsewhere = Vec::new();
    let mut longest = Duration::ZERO;
    for request in 2..2 + ARRIVALS {
        let _ = state.update(Message::ItemChosen(COUNT - 1), &look);
        let _ = state.update(Message::RetryChosen, &look);
        let arrived = arrived(groups, COUNT, request);
        let began = Instant::now();
        elsewhere.push(state.update(arrived, &look));
        let _ = UserInterface::build(state.view(&look), SIZE, Cache::default(), renderer);
        longest = longest.max(began.elapsed());
    }
    longest
}

/// The median of steps down and up again.
fn step(layout: &str, groups: bool, count: usize, renderer: &mut Renderer) -> Duration {
    let look = Look::new(SIZE, 1.0, &Display::default());
    let mut state = filled(layout, groups, count, &look);
    let mut times: Vec<Duration> = (0..STEPS)
        .map(|number| {
            let press = if number < STEPS / 2 {
                Press::Down
            } else {
                Press::Up
            };
            let began = Instant::now();
            let _ = state.update(Message::Press(press), &look);
            let _ = UserInterface::build(state.view(&look), SIZE, Cache::default(), renderer);
            began.elapsed()
        })
        .collect();
    times.sort();
    times[STEPS / 2]
}

fn filled(layout: &str, groups: bool, count: usize, look: &Look) -> State {
    let text = format!("name = \"Things\"\nurl = \"https://api.example/\"\nlayout = \"{layout}\"");
    let channel: Channel = toml::from_str(&text).unwrap();
    let times = (
        Moment::from_boot(Duration::from_secs(9)),
        Timestamp::UNIX_EPOCH,
    );
    let host = "acme.example".to_owned();
    let mut state = State::new(
        Arc::new(Silent),
        host,
        vec![channel],
        Entrance::Restored,
        times,
    );
    let _ = state.start();
    let _ = state.update(arrived(groups, count, 1), look);
    state
}

/// The answer to that request.
fn arrived(groups: bool, count: usize, request: u64) -> Message {
    let page = Page {
        listing: Listing::Items((0..count).map(|number| item(number, groups)).collect()),
        next: None,
        as_of: Timestamp::UNIX_EPOCH,
    };
    Message::Arrived {
        tab: 0,
        request,
        result: Ok(page),
    }
}

fn item(number: usize, groups: bool) -> Item {
    let digits = number.to_string();
    let grouped = number > 9999;
    Item {
        title: format!("Thing {number}").into(),
        subtitle: Some(format!("The one after {number}").into()),
        image: None,
        fields: vec![
            ("Name".to_owned(), format!("Thing {number}").into()),
            ("Count".to_owned(), Value::Number { digits, grouped }),
            ("New".to_owned(), Value::Truth(number.is_multiple_of(2))),
        ]
        .into(),
        group: groups.then(|| format!("Group {}", number / 20).into()),
    }
}

/// Never answers.
#[derive(Debug)]
struct Silent;

impl Source for Silent {
    fn page(&self, _: &Channel, _: Option<&NextPage>) -> BoxFuture<'static, Result<Page, Error>> {
        Box::pin(std::future::pending())
    }

    fn picture(
        &self,
        _: &Channel,
        _: &Url,
        _: (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        Box::pin(std::future::pending())
    }

    fn who(&self) -> Who {
        Who::default()
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}
