//! A window that isn't there: draws a screen, reads its texts, compares it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use iced::{Element, Rectangle, Settings, Size};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use image::RgbImage;
use image::imageops::FilterType;
use tenfoot::config::types::TextScale;
use tenfoot::config::{Display, Theme};
use tenfoot::ui::{Look, font, stage};
use tenfoot::words::Language;

/// The sizes that televisions have.
pub(crate) const SIZES: [(u32, u32); 3] = [(1280, 720), (1920, 1080), (3840, 2160)];
/// The simulator draws this many pixels for each logical one.
const DENSITY: f32 = 2.0;
/// What pictures are kept at.
const KEPT: (u32, u32) = (480, 270);

/// How a screen is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    width: u32,
    height: u32,
    display: Display,
}

/// A screen: draws itself with a look. Boxed, since each has messages of its own.
pub(crate) type Scene = fn(&Look, &mut dyn FnMut(Element<'_, ()>));

impl Stage {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            display: Display::default(),
        }
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

    fn size(&self) -> Size {
        Size::new(self.width as f32 / DENSITY, self.height as f32 / DENSITY)
    }

    fn look(&self) -> Look {
        Look::new(self.size(), DENSITY, &self.display)
    }

    fn simulator<'a>(&self, element: Element<'a, ()>) -> Simulator<'a, ()> {
        let settings = Settings {
            fonts: font::FILES.into_iter().map(Into::into).collect(),
            default_font: font::REGULAR,
            ..Settings::default()
        };
        let whole = stage::stage(&self.look(), element);
        Simulator::with_size(settings, self.size(), whole)
    }
}

/// The screen as a picture.
pub(crate) fn drawn(name: &str, stage: &Stage, scene: Scene) -> RgbImage {
    let folder = tempfile::tempdir().unwrap();
    scene(&stage.look(), &mut |element| {
        let snapshot = stage
            .simulator(element)
            .snapshot(&iced::Theme::Dark)
            .unwrap();
        snapshot
            .matches_image(folder.path().join("drawn.png"))
            .unwrap();
    });
    let file = folder
        .path()
        .read_dir()
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let picture = image::open(file).unwrap().into_rgb8();
    assert_eq!(
        (picture.width(), picture.height()),
        (stage.width, stage.height)
    );
    if let Some(shots) = std::env::var_os("TENFOOT_SHOTS") {
        std::fs::create_dir_all(&shots).unwrap();
        picture
            .save(Path::new(&shots).join(format!("{name}-{}.png", stage.height)))
            .unwrap();
    }
    picture
}

/// Draws the screen at all sizes and compares each with the picture that is kept.
pub(crate) fn compare(name: &str, scene: Scene) {
    for (width, height) in SIZES {
        let picture = drawn(name, &Stage::new(width, height), scene);
        let small = image::imageops::resize(&picture, KEPT.0, KEPT.1, FilterType::Triangle);
        let kept = kept(name, height);
        if std::env::var_os("TENFOOT_UPDATE_SNAPSHOTS").is_some() {
            small.save(&kept).unwrap();
        }
        assert!(
            kept.exists(),
            "{} is missing: TENFOOT_UPDATE_SNAPSHOTS=1 makes it",
            kept.display()
        );
        let different = difference(&small, &image::open(&kept).unwrap().into_rgb8());
        assert!(
            different < 0.004,
            "{name} at {height}: {:.2} % of it differs",
            different * 100.0
        );
    }
}

fn kept(name: &str, height: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}-{height}.png"))
}

/// The part of the pixels that differ visibly.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    const VISIBLE: u8 = 40;
    assert_eq!(one.dimensions(), other.dimensions());
    let differ = |(one, other): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
        one.0
            .iter()
            .zip(other.0)
            .any(|(one, other)| one.abs_diff(other) > VISIBLE)
    };
    let count = one.pixels().zip(other.pixels()).filter(differ).count();
    count as f64 / f64::from(one.width() * one.height())
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

    /// Physical pixels.
    pub(crate) fn height(&self) -> f32 {
        self.bounds.height * DENSITY
    }
}

/// All texts of a screen.
pub(crate) fn texts(
    stage: &Stage,
    scene: impl FnOnce(&Look, &mut dyn FnMut(Element<'_, ()>)),
) -> Vec<Text> {
    let found = Arc::new(Mutex::new(Vec::new()));
    scene(&stage.look(), &mut |element| {
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
        let _ = stage.simulator(element).find(collect);
    });
    let texts = found.lock().unwrap();
    texts.clone()
}
