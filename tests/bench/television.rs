//! A television with no display, and what it shows: for benchmarks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::window::RedrawRequest;
use iced::{Color, Size, Task, mouse, window};
use iced_test::core::clipboard;
use iced_test::core::renderer::{Headless, Style};
use iced_test::futures::futures::future::BoxFuture;
use iced_test::futures::futures::{FutureExt, StreamExt, executor};
use iced_test::renderer::graphics::text::font_system;
use iced_test::runtime::user_interface::{Cache, State};
use iced_test::runtime::{Action, UserInterface, task};
use jiff::Timestamp;
use tenfoot::channel::{Error, Item, Listing, NextPage, Page, Picture, Value};
use tenfoot::clock::Moment;
use tenfoot::config::{Channel, Display};
use tenfoot::oauth::Who;
use tenfoot::oauth::flow::{Prompt, Reason, Wait};
use tenfoot::renderer::software::Painter;
use tenfoot::screen::pending::Pending;
use tenfoot::screen::signed_in::source::Source;
use tenfoot::screen::signed_in::{self, Entrance};
use tenfoot::session::sign_in::Event;
use tenfoot::session::token_manager::SignedOut;
use tenfoot::ui::{Element, Look, Renderer, font, stage};
use url::Url;

/// Physical pixels for each logical one, as a television has them.
const DENSITY: f32 = 1.0;
/// When everything begins.
pub(crate) const START: Moment = Moment::from_boot(Duration::from_secs(1000));

/// Has texts set in the fonts that the program brings.
pub(crate) fn load_fonts() {
    for file in font::FILES {
        font_system().write().unwrap().load_font(file.into());
    }
}

/// A television with no display.
pub(crate) struct Tv {
    renderer: Renderer,
    painter: Painter,
    pixels: Vec<u32>,
    size: Size<u32>,
    pub(crate) look: Look,
    cache: Option<Cache>,
    pub(crate) now: Instant,
}

impl Tv {
    pub(crate) fn new((width, height): (u32, u32)) -> Self {
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

    /// Shows a screen.
    pub(crate) fn shown<M>(&mut self, screen: Element<'_, M>) -> Shown {
        let logical = Size::new(
            self.size.width as f32 / DENSITY,
            self.size.height as f32 / DENSITY,
        );
        let screen = stage::stage(&self.look, 0, screen.map(|_| ()));
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(screen, logical, cache, &mut self.renderer);
        let redraw = iced::Event::Window(window::Event::RedrawRequested(self.now));
        let nowhere = mouse::Cursor::Unavailable;
        let (state, _) = interface.update(
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
        let goes_on = match state {
            State::Updated { redraw_request, .. } => redraw_request != RedrawRequest::Wait,
            State::Outdated => true,
        };
        Shown {
            painted: painted as f64 / self.pixels.len() as f64,
            goes_on,
        }
    }
}

/// What came of showing a screen.
pub(crate) struct Shown {
    /// The part of the pixels that was painted.
    pub(crate) painted: f64,
    /// Whether another picture is asked for.
    pub(crate) goes_on: bool,
}

/// A signed-in screen with so many things, once all that it asked for has come.
pub(crate) fn filled(layout: &str, count: usize, look: &Look) -> signed_in::State {
    let text = format!("name = \"Things\"\nurl = \"https://api.example/\"\nlayout = \"{layout}\"");
    let channel: Channel = toml::from_str(&text).unwrap();
    let times = (START, Timestamp::UNIX_EPOCH);
    let host = "acme.example".to_owned();
    let channels = vec![channel];
    let mut state = signed_in::State::new(
        Arc::new(Shop(count)),
        host,
        channels,
        Entrance::Restored,
        times,
    );
    let task = state.start();
    run(&mut state, task, look);
    state
}

/// Carries a task through as far as it goes by itself.
pub(crate) fn run(state: &mut signed_in::State, task: Task<signed_in::Message>, look: &Look) {
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

/// Has so many things, each with a picture.
#[derive(Debug)]
struct Shop(usize);

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
    fn page(&self, _: &Channel, _: Option<&NextPage>) -> BoxFuture<'static, Result<Page, Error>> {
        let page = Page {
            listing: Listing::Items((0..self.0).map(item).collect()),
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
pub(crate) fn pending() -> Pending {
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
