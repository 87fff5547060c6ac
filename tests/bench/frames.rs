//! What a picture costs after a key: the key, the screen that is built from it, its layout,
//! and the pixels that have changed. No window is opened, so nothing is handed to a display.
//!
//! `cargo run --release --example frames` prints medians and the slowest of a hundred, and
//! how much of the screen is painted; with `--json` the same for programs. `--only WORD` and
//! `--steps N` are for profilers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for developers may fail loudly"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::{Color, Size, Task, mouse, window};
use iced_test::core::clipboard;
use iced_test::core::renderer::{Headless, Style};
use iced_test::futures::futures::future::BoxFuture;
use iced_test::futures::futures::{FutureExt, StreamExt, executor};
use iced_test::renderer::graphics::text::font_system;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, UserInterface, task};
use jiff::Timestamp;
use tenfoot::channel::{Error, Item, Listing, Page, Picture, Value};
use tenfoot::clock::Moment;
use tenfoot::config::{Channel, Display};
use tenfoot::oauth::flow::{Event, Prompt, Reason, Wait};
use tenfoot::renderer::software::Painter;
use tenfoot::screen::code;
use tenfoot::screen::pending::Pending;
use tenfoot::screen::signed_in::source::Source;
use tenfoot::screen::signed_in::{self, Entrance};
use tenfoot::session::Who;
use tenfoot::session::keeper::SignedOut;
use tenfoot::ui::keys::Press;
use tenfoot::ui::{Element, Look, Renderer, font, stage};
use url::Url;

/// The sizes that are measured.
const SIZES: [(u32, u32); 2] = [(1920, 1080), (3840, 2160)];
/// Physical pixels for each logical one, as a television has them.
const DENSITY: f32 = 1.0;
const START: Moment = Moment::from_boot(Duration::from_secs(1000));

fn main() {
    for file in font::FILES {
        font_system().write().unwrap().load_font(file.into());
    }
    let words: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let only = after("--only").unwrap_or_default();
    let steps = after("--steps").map_or(100, |steps| steps.parse().unwrap());
    let json = words.iter().any(|word| word == "--json");
    let mut figures = Vec::new();
    for size in SIZES {
        for kind in ["cards", "list", "table", "code"] {
            let name = format!("{kind} {}", size.1);
            if name.contains(&only) {
                figures.push((name, measured(kind, size, steps)));
            }
        }
    }
    if json {
        let figures = figures
            .iter()
            .map(|(name, figures)| (name.clone(), figures.json()));
        let figures: serde_json::Map<_, _> = figures.collect();
        println!("{}", serde_json::Value::Object(figures));
        return;
    }
    println!(
        "{:12} {:>10} {:>10} {:>10} {:>8}",
        "", "median", "99 %", "longest", "painted"
    );
    for (name, figures) in figures {
        let [median, late, longest] = [50, 99, 100].map(|part| figures.time(part));
        let share = figures.painted() * 100.0;
        println!("{name:12} {median:>10.1?} {late:>10.1?} {longest:>10.1?} {share:>7.2}%");
    }
}

/// What steps took, and which part of the screen was painted.
struct Figures {
    times: Vec<Duration>,
    parts: Vec<f64>,
}

impl Figures {
    /// The time that so many of a hundred steps take at most.
    fn time(&self, part: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[(times.len() * part / 100).min(times.len() - 1)]
    }

    /// The median part of the screen.
    fn painted(&self) -> f64 {
        let mut parts = self.parts.clone();
        parts.sort_by(f64::total_cmp);
        parts[parts.len() / 2]
    }

    fn json(&self) -> serde_json::Value {
        let ms = |part| self.time(part).as_secs_f64() * 1000.0;
        serde_json::json!({
            "median_ms": ms(50),
            "late_ms": ms(99),
            "longest_ms": ms(100),
            "painted": self.painted(),
        })
    }
}

fn measured(kind: &str, size: (u32, u32), steps: u32) -> Figures {
    let mut tv = Tv::new(size);
    if kind == "code" {
        return ticks(&mut tv, steps);
    }
    let look = tv.look;
    let mut state = filled(kind, &look);
    let _ = tv.shown(state.view(&look));
    let mut figures = Figures {
        times: Vec::new(),
        parts: Vec::new(),
    };
    for number in 0..steps {
        let press = match (kind, number % 10) {
            ("cards", 0..=3) => Press::Right,
            ("cards", 5..=8) => Press::Left,
            _ if number < steps / 2 => Press::Down,
            _ => Press::Up,
        };
        let began = Instant::now();
        let action = state.update(signed_in::Message::Press(press), &look);
        let part = tv.shown(state.view(&look));
        figures.times.push(began.elapsed());
        figures.parts.push(part);
        if let signed_in::Action::Run(task) = action {
            run(&mut state, task, &look);
        }
        // Pictures that have come, and the end of what moves.
        let _ = tv.shown(state.view(&look));
        tv.now += Duration::from_secs(1);
        let _ = tv.shown(state.view(&look));
    }
    figures
}

fn ticks(tv: &mut Tv, steps: u32) -> Figures {
    let mut figures = Figures {
        times: Vec::new(),
        parts: Vec::new(),
    };
    let look = tv.look;
    let mut state = code::State::new(pending(), &look);
    let _ = tv.shown(state.view(&look));
    for number in 1..=steps {
        tv.now += Duration::from_secs(1);
        let now = START + Duration::from_secs(number.into());
        let began = Instant::now();
        let _ = state.update(code::Message::Tick(now));
        let part = tv.shown(state.view(&look));
        figures.times.push(began.elapsed());
        figures.parts.push(part);
    }
    figures
}

/// A television with no display.
struct Tv {
    renderer: Renderer,
    painter: Painter,
    pixels: Vec<u32>,
    size: Size<u32>,
    look: Look,
    cache: Option<Cache>,
    now: Instant,
}

impl Tv {
    fn new((width, height): (u32, u32)) -> Self {
        let renderer = <Renderer as Headless>::new(font::REGULAR, 16.into(), Some("tiny-skia"));
        let logical = Size::new(width as f32 / DENSITY, height as f32 / DENSITY);
        Self {
            renderer: executor::block_on(renderer).unwrap(),
            painter: Painter::new(true),
            pixels: vec![0; (width * height) as usize],
            size: Size::new(width, height),
            look: Look::new(logical, DENSITY, &Display::default()),
            cache: None,
            now: Instant::now(),
        }
    }

    /// Shows a screen; says which part of the pixels was painted.
    fn shown<M>(&mut self, screen: Element<'_, M>) -> f64 {
        let logical = Size::new(
            self.size.width as f32 / DENSITY,
            self.size.height as f32 / DENSITY,
        );
        let screen = stage::stage(&self.look, 0, screen.map(|_| ()));
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(screen, logical, cache, &mut self.renderer);
        let redraw = iced::Event::Window(window::Event::RedrawRequested(self.now));
        let nowhere = mouse::Cursor::Unavailable;
        let _ = interface.update(
            &[redraw],
            nowhere,
            &mut self.renderer,
            &mut clipboard::Null,
            &mut Vec::new(),
        );
        interface.draw(
            &mut self.renderer,
            &iced::Theme::Dark,
            &Style::default(),
            nowhere,
        );
        self.cache = Some(interface.into_cache());
        let screen = (self.size, DENSITY);
        let painted = self.painter.paint(
            tenfoot::renderer::software(&mut self.renderer).unwrap(),
            &mut self.pixels,
            screen,
            Color::BLACK,
            1,
        );
        let painted: u64 = painted.iter().map(|area| area.pixels()).sum();
        painted as f64 / self.pixels.len() as f64
    }
}

/// A signed-in screen with a few hundred things, once all that it asked for has come.
fn filled(layout: &str, look: &Look) -> signed_in::State {
    let text = format!("name = \"Things\"\nurl = \"https://api.example/\"\nlayout = \"{layout}\"");
    let channel: Channel = toml::from_str(&text).unwrap();
    let times = (START, Timestamp::UNIX_EPOCH);
    let host = "acme.example".to_owned();
    let channels = vec![channel];
    let mut state =
        signed_in::State::new(Arc::new(Shop), host, channels, Entrance::Restored, times);
    let task = state.start();
    run(&mut state, task, look);
    state
}

/// Carries a task through as far as it goes by itself.
fn run(state: &mut signed_in::State, task: Task<signed_in::Message>, look: &Look) {
    /// A task may have to be asked again although it has all that it needs.
    const PATIENCE: usize = 20;
    let mut tasks = vec![task];
    while let Some(task) = tasks.pop() {
        let Some(mut stream) = task::into_stream(task) else {
            continue;
        };
        let mut asked = 0;
        while asked < PATIENCE {
            match stream.next().now_or_never() {
                None => asked += 1,
                Some(None) => break,
                Some(Some(Action::Output(message))) => {
                    if let signed_in::Action::Run(task) = state.update(message, look) {
                        tasks.push(task);
                    }
                }
                Some(Some(_)) => {}
            }
        }
    }
}

/// Has hundreds of things, each with a picture.
#[derive(Debug)]
struct Shop;

fn item(number: usize) -> Item {
    let picture = format!("https://api.example/{number}.png");
    let digits = number.to_string();
    Item {
        title: format!("Thing {number} of many").into(),
        subtitle: Some(format!("The one after {number}").into()),
        image: Some(Url::parse(&picture).unwrap()),
        fields: vec![
            ("Name".to_owned(), format!("Thing {number}").into()),
            (
                "Count".to_owned(),
                Value::Number {
                    digits,
                    grouped: false,
                },
            ),
            ("New".to_owned(), Value::Truth(number.is_multiple_of(2))),
        ]
        .into(),
        group: None,
    }
}

impl Source for Shop {
    fn page(&self, _: &Channel, _: Option<&Url>) -> BoxFuture<'static, Result<Page, Error>> {
        let page = Page {
            listing: Listing::Items((0..500).map(item).collect()),
            next: None,
            as_of: Timestamp::UNIX_EPOCH,
        };
        Box::pin(async move { Ok(page) })
    }

    fn picture(
        &self,
        _: &Channel,
        url: &Url,
        (width, height): (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        let seed = url.path().bytes().map(usize::from).sum::<usize>();
        let (width, height) = (width / 2, height / 2);
        let pixel = move |at: u32| {
            let (x, y) = (at % width, at / width);
            [(x / 2) as u8, (y / 2) as u8, seed as u8, 255]
        };
        let rgba = (0..width * height).flat_map(pixel).collect();
        Box::pin(async move {
            Ok(Picture {
                width,
                height,
                rgba,
            })
        })
    }

    fn who(&self) -> Who {
        Who::default()
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

/// A code that came a while ago.
fn pending() -> Pending {
    let address = "https://acme.example/activate";
    let prompt = Prompt {
        user_code: "WDJB-MJHT".to_owned(),
        verification_uri: address.to_owned(),
        verification_uri_complete: Some(format!("{address}?user_code=WDJB-MJHT")),
        deadline: START + Duration::from_secs(900),
        lifetime: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    };
    let mut pending = Pending::new(1, "acme.example".to_owned(), prompt, START);
    pending.hear(&Event::Waiting(Wait {
        reason: Reason::Pending,
        next_poll: START + Duration::from_secs(5),
    }));
    pending
}
