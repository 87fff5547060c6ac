//! Pictures that are kept, and what counts as another one.

use std::path::{Path, PathBuf};

use image::RgbImage;
use image::imageops::{self, FilterType};

/// What pictures are kept at, upright ones turned.
const KEPT: (u32, u32) = (480, 270);
/// A picture is compared in squares of so many pixels.
const SQUARE: u32 = 12;
/// How much of a square's light may differ, in 255ths.
const DIFFERENT: f64 = 14.0;

/// Compares what was drawn with the picture that is kept under that name, and says
/// what is wrong. `TENFOOT_UPDATE_SNAPSHOTS=1` keeps this one.
pub(crate) fn compared(name: &str, drawn: &RgbImage) -> Option<String> {
    let small = reduced(drawn);
    let name = format!("{name}-{}", drawn.height());
    let kept = folder().join(&name).with_extension("png");
    if std::env::var_os("TENFOOT_UPDATE_SNAPSHOTS").is_some() {
        small.save(&kept).unwrap();
    }
    if !kept.exists() {
        return Some(format!(
            "{name} is missing: TENFOOT_UPDATE_SNAPSHOTS=1 makes it"
        ));
    }
    let different = different(&small, &image::open(&kept).unwrap().into_rgb8());
    (!different.is_empty()).then(|| {
        let (x, y) = different[0];
        let much = different.len();
        format!("{name} differs in {much} squares, first at {x} × {y}")
    })
}

/// As it is kept.
pub(crate) fn reduced(drawn: &RgbImage) -> RgbImage {
    let (width, height) = if drawn.height() > drawn.width() {
        (KEPT.1, KEPT.0)
    } else {
        KEPT
    };
    imageops::resize(drawn, width, height, FilterType::Triangle)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// The names under which pictures are kept.
pub(crate) fn names() -> Vec<String> {
    let files = folder().read_dir().unwrap();
    let name = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.unwrap().path();
        path.file_stem().unwrap().to_str().unwrap().to_owned()
    };
    files.map(name).collect()
}

/// Where two pictures differ to somebody who looks at them: the squares whose mean
/// light isn't the same. The edge of a letter hardly changes that; a letter does, and
/// a button all the more.
pub(crate) fn different(one: &RgbImage, other: &RgbImage) -> Vec<(u32, u32)> {
    assert_eq!(one.dimensions(), other.dimensions());
    let mut found = Vec::new();
    for y in (0..one.height()).step_by(SQUARE as usize) {
        for x in (0..one.width()).step_by(SQUARE as usize) {
            let (one, other) = (mean(one, x, y), mean(other, x, y));
            if one
                .iter()
                .zip(other)
                .any(|(one, other)| (one - other).abs() > DIFFERENT)
            {
                found.push((x, y));
            }
        }
    }
    found
}

fn mean(picture: &RgbImage, x: u32, y: u32) -> [f64; 3] {
    let (width, height) = (
        SQUARE.min(picture.width() - x),
        SQUARE.min(picture.height() - y),
    );
    let mut sum = [0.0; 3];
    for pixel in imageops::crop_imm(picture, x, y, width, height)
        .to_image()
        .pixels()
    {
        for (sum, part) in sum.iter_mut().zip(pixel.0) {
            *sum += f64::from(part);
        }
    }
    sum.map(|sum| sum / f64::from(width * height))
}
