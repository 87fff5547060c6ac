//! Draws every screen in every state into a folder, with a page to look through them;
//! `tests/gallery` calls it. What is drawn of all that could be is decided in [`cover`].
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    reason = "a tool for developers may fail loudly"
)]

#[allow(dead_code, unused_imports, reason = "the tests need the rest")]
mod scenes;
#[allow(dead_code, reason = "the tests need the rest")]
mod stage;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbImage, imageops};
use scenes::Scene;
use stage::{PORTRAIT, SIZES, Stage, THEMES};
use tenfoot::config::Theme;
use tenfoot::i18n::Language;

const USUAL: (u32, u32) = SIZES[1];
/// Text scales, in tenths.
const SCALES: [u8; 4] = [10, 13, 17, 25];
const THUMBNAIL: (u32, u32) = (384, 216);

/// One way to draw a scene.
#[derive(Clone, Copy, PartialEq)]
struct Way {
    size: (u32, u32),
    theme: Theme,
    scale: u8,
    language: Language,
}

const PLAIN: Way = Way {
    size: USUAL,
    theme: Theme::Dark,
    scale: SCALES[0],
    language: Language::English,
};

/// Each size, theme, text scale and language by itself, and the corners where most
/// goes wrong: the largest letters in the longest words on the smallest screen.
fn cover() -> Vec<Way> {
    let mut ways: Vec<_> = SIZES.map(|size| Way { size, ..PLAIN }).to_vec();
    ways.extend(THEMES.map(|theme| Way { theme, ..PLAIN }));
    ways.extend(SCALES.map(|scale| Way { scale, ..PLAIN }));
    ways.extend(Language::ALL.map(|language| Way { language, ..PLAIN }));
    let corners = [
        Language::German,
        Language::French,
        Language::Japanese,
        Language::Arabic,
    ];
    ways.extend(corners.map(|language| Way {
        size: SIZES[0],
        scale: SCALES[3],
        language,
        ..PLAIN
    }));
    ways.push(Way {
        size: SIZES[2],
        theme: Theme::Light,
        ..PLAIN
    });
    for (scale, language) in [
        (SCALES[0], Language::English),
        (SCALES[0], Language::Arabic),
        (SCALES[1], Language::German),
        (SCALES[3], Language::German),
    ] {
        ways.push(Way {
            size: PORTRAIT,
            scale,
            language,
            ..PLAIN
        });
    }
    let mut each: Vec<Way> = Vec::new();
    for way in ways {
        if !each.contains(&way) {
            each.push(way);
        }
    }
    each
}

fn everything() -> Vec<Way> {
    let mut ways = Vec::new();
    for size in SIZES.into_iter().chain([PORTRAIT]) {
        for theme in THEMES {
            for scale in SCALES {
                ways.extend(Language::ALL.map(|language| Way {
                    size,
                    theme,
                    scale,
                    language,
                }));
            }
        }
    }
    ways
}

impl Way {
    fn stage(self) -> Stage {
        Stage::new(self.size)
            .theme(self.theme)
            .text_scale(f32::from(self.scale) / 10.0)
            .language(self.language)
    }

    /// Its size, theme, text scale and language.
    fn facets(self) -> [String; 4] {
        let theme = match self.theme {
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::HighContrast => "contrast",
        };
        let size = if self.size == PORTRAIT {
            "portrait".to_owned()
        } else {
            format!("{}p", self.size.1)
        };
        [
            size,
            theme.to_owned(),
            format!("{}.{}", self.scale / 10, self.scale % 10),
            self.language.tag().to_owned(),
        ]
    }
}

/// What to draw, and where to.
struct Wanted {
    folder: PathBuf,
    only: Option<String>,
    size: Option<String>,
    all: bool,
}

fn wanted() -> Wanted {
    let mut wanted = Wanted {
        folder: PathBuf::from("target/gallery"),
        only: None,
        size: None,
        all: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--all" => wanted.all = true,
            "--only" => wanted.only = Some(words.next().expect("--only needs a part of a name")),
            "--size" => wanted.size = Some(words.next().expect("--size needs one, such as 720p")),
            folder => wanted.folder = folder.into(),
        }
    }
    wanted
}

fn main() {
    let began = Instant::now();
    let wanted = wanted();
    let is_wanted = |scene: &Scene| {
        let only = wanted.only.as_deref();
        only.is_none_or(|part| scene.name.contains(part))
    };
    let mut ways = if wanted.all { everything() } else { cover() };
    if let Some(size) = &wanted.size {
        ways.retain(|way| way.facets()[0] == *size);
    }
    let mut jobs = Vec::new();
    for scene in scenes::all().into_iter().filter(is_wanted) {
        jobs.extend(ways.iter().map(|way| (scene, *way)));
    }
    fs::create_dir_all(wanted.folder.join("thumbnails")).unwrap();
    fs::write(wanted.folder.join("index.html"), index(&jobs)).unwrap();
    let left = Mutex::new(jobs.iter());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some((scene, way)) = left.lock().unwrap().next() else {
                        break;
                    };
                    draw(&wanted.folder, *scene, *way);
                }
            });
        }
    });
    println!(
        "{} pictures of {} scenes in {} s: {}",
        jobs.len(),
        jobs.len() / ways.len(),
        began.elapsed().as_secs(),
        wanted.folder.join("index.html").display()
    );
}

fn file(scene: Scene, way: Way) -> String {
    format!("{}-{}.png", scene.name, way.facets().join("-"))
}

fn draw(folder: &Path, scene: Scene, way: Way) {
    let picture = scene.drawn(&way.stage());
    let name = file(scene, way);
    let small = imageops::thumbnail(&picture, THUMBNAIL.0, THUMBNAIL.1);
    save(&folder.join("thumbnails").join(&name), small);
    save(&folder.join(&name), picture);
}

fn save(path: &Path, picture: RgbImage) {
    let file = BufWriter::new(File::create(path).unwrap());
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Fast, FilterType::Up);
    DynamicImage::from(picture)
        .write_with_encoder(encoder)
        .unwrap();
}

/// The page: pictures by scene, and a way to see only some of them.
fn index(jobs: &[(Scene, Way)]) -> String {
    let screen = |scene: &Scene| scene.name.split('-').next().unwrap_or_default().to_owned();
    let screens: BTreeSet<_> = jobs.iter().map(|(scene, _)| screen(scene)).collect();
    let mut choices = vec![chooser("screen", screens)];
    for (at, name) in ["size", "theme", "scale", "language"].iter().enumerate() {
        let values = jobs.iter().map(|(_, way)| way.facets()[at].clone());
        choices.push(chooser(name, values.collect()));
    }
    let mut figures = String::new();
    for (number, (scene, way)) in jobs.iter().enumerate() {
        if number == 0 || jobs[number - 1].0.name != scene.name {
            figures.push_str(&format!("<h2>{}</h2>\n", scene.name));
        }
        let [size, theme, scale, language] = way.facets();
        let (file, screen) = (file(*scene, *way), screen(scene));
        figures.push_str(&format!(
            "<a href=\"{file}\" data-screen=\"{screen}\" data-size=\"{size}\" data-theme=\"{theme}\" data-scale=\"{scale}\" data-language=\"{language}\" data-name=\"{}\"><img loading=\"lazy\" width=\"{}\" height=\"{}\" src=\"thumbnails/{file}\" alt=\"\"><br>{size} {theme} {scale} {language}</a>\n",
            scene.name, THUMBNAIL.0, THUMBNAIL.1
        ));
    }
    include_str!("gallery.html")
        .replace("{choices}", &choices.concat())
        .replace("{figures}", &figures)
}

fn chooser(name: &str, values: BTreeSet<String>) -> String {
    let options: Vec<_> = values
        .iter()
        .map(|value| format!("<option>{value}</option>"))
        .collect();
    format!(
        "<label>{name} <select name=\"{name}\"><option value=\"\">all</option>{}</select></label>\n",
        options.concat()
    )
}
