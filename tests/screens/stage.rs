//! A window that isn't there: draws a screen and reads its texts.

use std::cell::RefCell;
use std::process::Command;
use std::sync::{Arc, Mutex};

use iced::{Point, Rectangle, Size};
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::{clipboard, mouse, time, widget, window};
use iced_test::futures::futures::executor;
use iced_test::renderer::graphics::text::font_system;
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use iced_test::selector::{Candidate, Selector};
use image::{RgbImage, RgbaImage};
use jiff::tz::TimeZone;
use tenfoot::config::types::TextScale;
use tenfoot::config::{Display, Theme};
use tenfoot::i18n::Language;
use tenfoot::ui::idle::Idle;
use tenfoot::ui::{self, Element, Look, Renderer, font};

/// The sizes that televisions have.
pub(crate) const SIZES: [(u32, u32); 3] = [(1280, 720), (1920, 1080), (3840, 2160)];
/// A screen that stands upright.
pub(crate) const PORTRAIT: (u32, u32) = (1080, 1920);
pub(crate) const THEMES: [Theme; 3] = [Theme::Dark, Theme::Light, Theme::HighContrast];
/// The part of each side that a television may not show.
const SAFE: f32 = 0.05;
/// Physical pixels for each logical one.
pub(crate) const DENSITY: f32 = 2.0;

/// Where a screen is drawn. Its messages are dropped: each has messages of its own.
pub(crate) type Canvas<'a> = &'a mut dyn FnMut(Element<'_, ()>);

/// How a screen is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    width: u32,
    height: u32,
    display: Display,
    idle: Option<Idle>,
    /// Where the screen lies in a window that is larger, in logical pixels.
    at: Point,
}

impl Stage {
    pub(crate) fn new((width, height): (u32, u32)) -> Self {
        Self {
            width,
            height,
            // A picture stands still.
            display: Display {
                motion: false,
                ..Display::default()
            },
            idle: None,
            at: Point::ORIGIN,
        }
    }

    /// The screen is a part of a window, as far from its left as from its right.
    pub(crate) fn at(mut self, x: f32, y: f32) -> Self {
        self.at = Point::new(x, y);
        self
    }

    /// The size of the window.
    fn window(&self) -> Size {
        let size = self.size();
        Size::new(size.width + 2.0 * self.at.x, size.height + 2.0 * self.at.y)
    }

    pub(crate) fn theme(mut self, theme: Theme) -> Self {
        self.display.theme = theme;
        self
    }

    pub(crate) fn text_scale(mut self, factor: f32) -> Self {
        self.display.text_scale = TextScale::new(factor).unwrap();
        self
    }

    pub(crate) fn language(mut self, language: Language) -> Self {
        self.display.language = Some(language);
        self
    }

    pub(crate) fn idle(mut self, idle: Idle) -> Self {
        self.idle = Some(idle);
        self
    }

    pub(crate) fn size(&self) -> Size {
        Size::new(self.width as f32 / DENSITY, self.height as f32 / DENSITY)
    }

    pub(crate) fn pixels(&self) -> Size<u32> {
        let window = self.window();
        let physical = |length: f32| (length * DENSITY).round() as u32;
        Size::new(physical(window.width), physical(window.height))
    }

    pub(crate) fn look(&self) -> Look {
        let look = Look::new(self.size(), DENSITY, &self.display);
        let hints = self.idle.as_ref().map_or(1.0, Idle::hints);
        Look { hints, ..look }
    }

    /// Lays a screen out and does something with it.
    fn laid_out<T>(
        &self,
        element: Element<'_, ()>,
        then: impl FnOnce(&mut UserInterface<'_, (), iced::Theme, Renderer>, &mut Renderer) -> T,
    ) -> T {
        thread_local! {
            static RENDERER: RefCell<Renderer> = RefCell::new(renderer());
        }
        // Tests share the fonts: once Japanese, they stay so.
        if self.look().language == Language::Japanese {
            font::prefer_forms_of(Language::Japanese);
        }
        let look = self.look();
        let whole = ui::stage::stage(&look, 0, element);
        let whole = match &self.idle {
            Some(idle) => ui::idle::resting(&look, idle, || TimeZone::UTC, whole),
            None => whole,
        };
        let part = Rectangle::new(self.at, self.size());
        let whole = ui::stage::within(self.window(), part, whole);
        RENDERER.with_borrow_mut(|renderer| {
            let mut interface =
                UserInterface::build(whole, self.window(), Cache::default(), renderer);
            then(&mut interface, renderer)
        })
    }
}

fn renderer() -> Renderer {
    for file in font::FILES {
        font_system().write().unwrap().load_font(file.into());
    }
    let renderer = <Renderer as Headless>::new(font::REGULAR, 16.into(), Some("tiny-skia"));
    executor::block_on(renderer).unwrap()
}

/// The screen as a picture.
pub(crate) fn drawn(stage: &Stage, draw: impl FnOnce(&Look, Canvas<'_>)) -> RgbImage {
    let mut pixels = Vec::new();
    with_renderer(stage, draw, |renderer| {
        pixels = renderer.screenshot(stage.pixels(), DENSITY, iced::Color::BLACK);
    });
    let size = stage.pixels();
    let picture = RgbaImage::from_raw(size.width, size.height, pixels).unwrap();
    image::DynamicImage::from(picture).into_rgb8()
}

/// Has something done with what the screen is drawn with, once it is.
pub(crate) fn with_renderer(
    stage: &Stage,
    draw: impl FnOnce(&Look, Canvas<'_>),
    mut then: impl FnMut(&mut Renderer),
) {
    draw(&stage.look(), &mut |element| {
        stage.laid_out(element, |interface, renderer| {
            let redraw = window::Event::RedrawRequested(time::Instant::now());
            let (nowhere, mut messages) = (mouse::Cursor::Unavailable, Vec::new());
            interface.update(
                &[iced::Event::Window(redraw)],
                nowhere,
                renderer,
                &mut clipboard::Null,
                &mut messages,
            );
            let style = Style::default();
            interface.draw(renderer, &iced::Theme::Dark, &style, nowhere);
            then(renderer);
        });
    });
}

/// What zbarimg reads in a picture.
pub(crate) fn qr(picture: &RgbImage) -> Vec<String> {
    let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
    picture.save(file.path()).unwrap();
    let read = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(file.path())
        .output()
        .expect("zbarimg (package zbar-tools) is installed");
    String::from_utf8(read.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// A text on the screen.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) content: String,
    bounds: Rectangle,
    visible: Option<Rectangle>,
    window: Size,
}

impl Text {
    /// Whether nothing of it is cut off.
    pub(crate) fn is_whole(&self) -> bool {
        let close = |one: f32, other: f32| (one - other).abs() < 1.0;
        self.is_within_the_width()
            && self.visible.is_some_and(|seen| {
                close(seen.width, self.bounds.width) && close(seen.height, self.bounds.height)
            })
            && self.bounds.y >= 0.0
            && self.bounds.y + self.bounds.height <= self.window.height + 0.5
    }

    pub(crate) fn is_within_the_width(&self) -> bool {
        self.bounds.x >= 0.0 && self.bounds.x + self.bounds.width <= self.window.width + 0.5
    }

    /// Whether it stays off the edges that a television may not show.
    pub(crate) fn is_safe(&self) -> bool {
        let (x, y) = (self.window.width * SAFE, self.window.height * SAFE);
        self.bounds.x >= x - 0.5
            && self.bounds.x + self.bounds.width <= self.window.width - x + 0.5
            && self.bounds.y >= y - 0.5
            && self.bounds.y + self.bounds.height <= self.window.height - y + 0.5
    }

    /// How far down it is, in logical pixels.
    pub(crate) fn middle(&self) -> f32 {
        self.bounds.center_y()
    }

    /// Where it begins, in logical pixels.
    pub(crate) fn top(&self) -> f32 {
        self.bounds.y
    }

    /// Physical pixels.
    pub(crate) fn height(&self) -> f32 {
        self.bounds.height * DENSITY
    }
}

/// What has the focus on a screen, with the room for its ring, in logical pixels.
pub(crate) fn marks(stage: &Stage, draw: impl FnOnce(&Look, Canvas<'_>)) -> Vec<Rectangle> {
    let found = Arc::new(Mutex::new(Vec::new()));
    draw(&stage.look(), &mut |element| {
        let sink = Arc::clone(&found);
        let collect = move |candidate: Candidate<'_>| -> Option<()> {
            if let Candidate::Custom { bounds, state, .. } = candidate
                && state.is::<ui::stage::FocusMark>()
            {
                sink.lock().unwrap().push(bounds);
            }
            None
        };
        stage.laid_out(element, |interface, renderer| {
            let mut operation = collect.find();
            interface.operate(renderer, &mut widget::operation::black_box(&mut operation));
        });
    });
    let marks = found.lock().unwrap();
    marks.clone()
}

/// All texts of a screen.
pub(crate) fn texts(stage: &Stage, draw: impl FnOnce(&Look, Canvas<'_>)) -> Vec<Text> {
    let found = Arc::new(Mutex::new(Vec::new()));
    draw(&stage.look(), &mut |element| {
        let (sink, window) = (Arc::clone(&found), stage.size());
        let collect = move |candidate: Candidate<'_>| -> Option<()> {
            if let Candidate::Text {
                bounds,
                visible_bounds,
                content,
                ..
            } = candidate
            {
                if content.is_empty() {
                    return None;
                }
                let text = Text {
                    content: content.to_owned(),
                    bounds,
                    visible: visible_bounds,
                    window,
                };
                sink.lock().unwrap().push(text);
            }
            None
        };
        stage.laid_out(element, |interface, renderer| {
            let mut operation = collect.find();
            interface.operate(renderer, &mut widget::operation::black_box(&mut operation));
        });
    });
    let texts = found.lock().unwrap();
    texts.clone()
}
