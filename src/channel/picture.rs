//! Pictures: decoded within limits, scaled to the size that is shown.

pub(super) mod data;
pub(super) mod kind;

use std::io::Cursor;

use image::error::{LimitError, LimitErrorKind};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbaImage,
};

use super::{Error, decoding, unusable};
use crate::i18n::Phrase;
use kind::Kind;

/// Pixels on a side: beyond it a picture is refused before it is decoded.
const LONGEST_SIDE: u32 = 16_384;
/// Bytes that a decoded picture may take: 64 million pixels in RGBA.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// A decoded picture: 8 bit RGBA, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// 4 bytes a pixel, not premultiplied.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

impl Picture {
    /// Decodes PNG, JPEG, GIF (its first picture) or WebP and scales it down, where
    /// it is larger, to fit `width` × `height` pixels; smaller ones stay as they
    /// are. Turns photos as their camera was held. Takes a while: not for the
    /// threads that wait for the network.
    ///
    /// # Errors
    /// [`Error::Unusable`]: not a picture of these kinds, broken, or too large.
    pub fn decode(bytes: &[u8], width: u32, height: u32) -> Result<Self, Error> {
        if let Some(Kind::Foreign(name)) = kind::of(bytes) {
            let phrase = Phrase::new("channel-picture-kind").with("kind", name);
            return Err(Error::Unusable(phrase));
        }
        let scaled = decoded(bytes, (width.max(1), height.max(1))).map_err(|why| words(&why))?;
        Ok(Self {
            width: scaled.width(),
            height: scaled.height(),
            rgba: scaled.into_raw(),
        })
    }
}

fn decoded(bytes: &[u8], into: (u32, u32)) -> Result<RgbaImage, ImageError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let format = reader.format();
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // Not every decoder counts the picture itself.
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let is_turned = is_on_its_side(orientation);
    let into = if is_turned { (into.1, into.0) } else { into };
    let size = decoder.dimensions();
    let plan = Plan::new(size, into);
    let extra = match format {
        Some(ImageFormat::Jpeg) => jpeg_extra(bytes, size),
        Some(ImageFormat::WebP) => pixels(size) * WEBP_EXTRA,
        // A frame beside the picture that it is laid into.
        Some(ImageFormat::Gif) => decoder.total_bytes() + LEAST_EXTRA,
        Some(_) | None => LEAST_EXTRA,
    };
    let scaling = plan.memory(size, decoder.color_type(), is_turned);
    let whole = decoder.total_bytes() + extra.max(scaling);
    if whole > decoding::ROOM {
        let why = LimitError::from_kind(LimitErrorKind::InsufficientMemory);
        return Err(ImageError::Limits(why));
    }
    let _room = decoding::reserve(whole);
    limits.max_alloc = Some(extra);
    decoder.set_limits(limits)?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let mut scaled = DynamicImage::from(plan.scale(picture));
    scaled.apply_orientation(orientation);
    Ok(scaled.into_rgba8())
}

const fn is_on_its_side(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

const fn pixels((width, height): (u32, u32)) -> u64 {
    width as u64 * height as u64
}

/// What a decoder takes for a pixel of a WebP beside the picture, at most: its colours, its
/// opacity, and the canvas of what moves.
const WEBP_EXTRA: u64 = 7;
/// What each decoder takes beside the picture.
const LEAST_EXTRA: u64 = 4 << 20;

/// What the decoder takes for a JPEG beside the picture: little, unless each of its colours
/// comes in a piece of its own or several, which are all kept until the last one is there.
fn jpeg_extra(bytes: &[u8], size: (u32, u32)) -> u64 {
    const COEFFICIENT: u64 = 2;
    const MOST_COLOURS: u64 = 4;
    let all_kept = |colours: u64| pixels(size) * colours * COEFFICIENT + LEAST_EXTRA;
    let mut colours = MOST_COLOURS;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&byte| byte == 0xff) {
        let [_, marker, segment @ ..] = &rest[at..] else {
            break;
        };
        let number = |at: usize| segment.get(at).map_or(0, |&number| u64::from(number));
        match marker {
            // What fills, and what has no segment.
            0xff => {
                rest = &rest[at + 1..];
                continue;
            }
            0x00 | 0x01 | 0xd0..=0xd9 => {
                rest = segment;
                continue;
            }
            0xc2 | 0xc6 | 0xca | 0xce => return all_kept(number(7)),
            0xc0 | 0xc1 | 0xc3 | 0xc5 | 0xc7 | 0xc9 | 0xcb | 0xcd | 0xcf => colours = number(7),
            0xda if number(2) < colours => return all_kept(colours),
            0xda => return LEAST_EXTRA,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([
            segment.first().copied().unwrap_or(0),
            segment.get(1).copied().unwrap_or(0),
        ]));
        rest = segment.get(length.max(2)..).unwrap_or_default();
    }
    all_kept(colours)
}

/// How a picture gets to its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// It fits.
    AsItIs,
    /// Blocks are averaged.
    Averaged((u32, u32)),
    /// The same, if at all, and a finer filter.
    Filtered {
        first: Option<(u32, u32)>,
        into: (u32, u32),
    },
}

impl Plan {
    fn new(from: (u32, u32), into: (u32, u32)) -> Self {
        if from.0 <= into.0 && from.1 <= into.1 {
            return Self::AsItIs;
        }
        let into = fitted(from, into);
        // Averaging whole blocks first is as good at this ratio and many times faster.
        let first =
            (from.0 / into.0 >= 4 && from.1 / into.1 >= 4).then(|| (into.0 * 2, into.1 * 2));
        if filtering(first.unwrap_or(from), into) > MOST_FILTERING {
            Self::Averaged(into)
        } else {
            Self::Filtered { first, into }
        }
    }

    /// What it takes beside the decoded picture, in bytes.
    fn memory(self, from: (u32, u32), colours: ColorType, is_turned: bool) -> u64 {
        const RGBA: u64 = 4;
        let own = u64::from(colours.bytes_per_pixel());
        let multiplied = colours.has_alpha() && colours != ColorType::Rgba8;
        let copy = if multiplied { pixels(from) * RGBA } else { 0 };
        let each = own.max(RGBA);
        match self {
            Self::AsItIs => {
                let copies = u64::from(colours != ColorType::Rgba8) + u64::from(is_turned);
                pixels(from) * RGBA * copies
            }
            // The result, and the same with other colours or turned.
            Self::Averaged(into) => copy + pixels(into) * (each + RGBA),
            Self::Filtered { first, into } => {
                let first_size = first.map_or(0, |first| pixels(first) * each);
                let filtering = filtering(first.unwrap_or(from), into);
                copy + first_size + filtering + pixels(into) * (each + RGBA)
            }
        }
    }

    fn scale(self, mut picture: DynamicImage) -> RgbaImage {
        let transparent = picture.color().has_alpha();
        if transparent && self != Self::AsItIs {
            let mut pixels = picture.into_rgba8();
            multiply(&mut pixels);
            picture = pixels.into();
        }
        let picture = match self {
            Self::AsItIs => return picture.into_rgba8(),
            Self::Averaged(into) => picture.thumbnail_exact(into.0, into.1),
            Self::Filtered { first, into } => {
                if let Some(first) = first {
                    picture = picture.thumbnail_exact(first.0, first.1);
                }
                picture.resize_exact(into.0, into.1, FilterType::CatmullRom)
            }
        };
        let mut pixels = picture.into_rgba8();
        if transparent {
            divide(&mut pixels);
        }
        pixels
    }
}

/// A finer filter makes columns first, of four numbers of four bytes a pixel. Beyond this it
/// would take more memory than the picture, and what it does isn't seen.
const MOST_FILTERING: u64 = 64 << 20;

const fn filtering(from: (u32, u32), into: (u32, u32)) -> u64 {
    const PIXEL: u64 = 16;
    from.0 as u64 * into.1 as u64 * PIXEL
}

/// The largest size of the same shape that fits.
fn fitted((from_width, from_height): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let share = |part: u32, of: u32, whole: u32| {
        let rounded = (u64::from(part) * u64::from(whole) + u64::from(of) / 2) / u64::from(of);
        u32::try_from(rounded).unwrap_or(whole).max(1)
    };
    if u64::from(from_width) * u64::from(height) >= u64::from(from_height) * u64::from(width) {
        (width, share(width, from_width, from_height).min(height))
    } else {
        (share(height, from_height, from_width).min(width), height)
    }
}

/// Colours weighted by their opacity: otherwise the colour of pixels that nobody
/// sees would bleed into the edges when they are averaged.
fn multiply(pixels: &mut RgbaImage) {
    recolour(pixels, |colour, alpha| (colour * alpha + 127) / 255);
}

fn divide(pixels: &mut RgbaImage) {
    recolour(pixels, |colour, alpha| {
        (colour * 255 + alpha / 2).checked_div(alpha).unwrap_or(0)
    });
}

fn recolour(pixels: &mut RgbaImage, change: impl Fn(u32, u32) -> u32) {
    for pixel in pixels.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        let changed =
            |colour| u8::try_from(change(u32::from(colour), u32::from(a))).unwrap_or(u8::MAX);
        pixel.0 = [changed(r), changed(g), changed(b), a];
    }
}

fn words(why: &ImageError) -> Error {
    unusable(match why {
        ImageError::Unsupported(_) => "channel-picture-unknown",
        ImageError::Limits(_) => "channel-picture-too-large",
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => "channel-picture-broken",
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba};

    use super::*;

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn plain(width: u32, height: u32, colour: [u8; 4]) -> DynamicImage {
        RgbaImage::from_pixel(width, height, Rgba(colour)).into()
    }

    fn refused(bytes: &[u8]) -> String {
        Picture::decode(bytes, 100, 100).unwrap_err().to_string()
    }

    #[test]
    fn each_kind_is_decoded() {
        let red = plain(8, 4, [255, 0, 0, 255]);
        for format in [
            ImageFormat::Png,
            ImageFormat::Gif,
            ImageFormat::WebP,
            ImageFormat::Jpeg,
        ] {
            let source = if format == ImageFormat::Jpeg {
                red.to_rgb8().into()
            } else {
                red.clone()
            };
            let picture = Picture::decode(&encoded(&source, format), 100, 100).unwrap();

            assert_eq!(
                (picture.width, picture.height, picture.rgba.len()),
                (8, 4, 128),
                "{format:?}"
            );
            let [r, g, b, a] = picture.rgba[..4] else {
                unreachable!()
            };
            assert!(r > 250 && g < 5 && b < 5 && a == 255, "{format:?}");
        }
    }

    #[test]
    fn a_large_picture_is_scaled_to_fit_in_its_own_shape() {
        for (from, into, expected) in [
            ((400, 200), (100, 100), (100, 50)),
            ((200, 400), (100, 100), (50, 100)),
            ((300, 300), (100, 50), (50, 50)),
            ((101, 100), (100, 100), (100, 99)),
            ((1000, 1), (10, 10), (10, 1)),
            ((100, 100), (0, 0), (1, 1)),
            ((2000, 1000), (100, 100), (100, 50)),
        ] {
            let bytes = encoded(&plain(from.0, from.1, [0, 9, 200, 255]), ImageFormat::Png);
            let picture = Picture::decode(&bytes, into.0, into.1).unwrap();

            assert_eq!(
                (picture.width, picture.height),
                expected,
                "{from:?} into {into:?}"
            );
            assert!(
                picture
                    .rgba
                    .chunks(4)
                    .all(|pixel| pixel == [0, 9, 200, 255]),
                "{from:?} into {into:?}"
            );
        }
    }

    #[test]
    fn a_small_picture_stays_as_it_is() {
        let picture = Picture::decode(
            &encoded(&plain(3, 2, [1, 2, 3, 4]), ImageFormat::Png),
            100,
            100,
        )
        .unwrap();

        assert_eq!(
            picture,
            Picture {
                width: 3,
                height: 2,
                rgba: [1, 2, 3, 4].repeat(6)
            }
        );
    }

    #[test]
    fn colours_that_nobody_sees_do_not_bleed_into_edges() {
        // White left half, invisible black right half.
        let half = RgbaImage::from_fn(20, 20, |x, _| {
            if x < 9 {
                Rgba([255, 255, 255, 255])
            } else {
                Rgba([0, 0, 0, 0])
            }
        });
        let picture = Picture::decode(&encoded(&half.into(), ImageFormat::Png), 5, 5).unwrap();

        for pixel in picture.rgba.chunks(4).filter(|pixel| pixel[3] > 8) {
            assert!(pixel[0] > 240, "{pixel:?}");
        }
    }

    #[test]
    fn a_photo_is_turned_as_its_camera_was_held() {
        let photo = encoded(
            &plain(8, 4, [9, 9, 9, 255]).to_rgb8().into(),
            ImageFormat::Jpeg,
        );
        // An Exif segment with one entry: orientation (0x0112) is 6, a quarter turn.
        let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
        let exif = [&b"Exif\0\0MM\0*\0\0\0\x08\0\x01"[..], &entry, &[0; 4]].concat();
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&photo[..2], &[0xff, 0xe1], &length, &exif, &photo[2..]].concat();

        let picture = Picture::decode(&turned, 100, 100).unwrap();
        assert_eq!((picture.width, picture.height), (4, 8));
    }

    #[test]
    fn a_broken_picture_is_refused_in_words() {
        let whole = encoded(&plain(64, 64, [7, 7, 7, 255]), ImageFormat::Png);

        assert_eq!(
            refused(&whole[..whole.len() / 2]),
            "This picture is damaged."
        );
        assert!(refused(b"").contains("PNG, JPEG, GIF and WebP"));
        assert!(
            refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
                .contains("PNG, JPEG, GIF and WebP")
        );
    }

    /// A small file may claim to be a huge picture.
    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused_before_it_does() {
        for side in [15_000_u32, 1_000_000] {
            let mut bytes = encoded(&plain(1, 1, [0; 4]), ImageFormat::Png);
            // Width and height stand in the header's chunk, which ends with its CRC.
            bytes[16..20].copy_from_slice(&side.to_be_bytes());
            bytes[20..24].copy_from_slice(&side.to_be_bytes());
            let crc = crc32(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&crc.to_be_bytes());

            assert_eq!(
                refused(&bytes),
                "This picture is too large to show.",
                "{side}"
            );
        }
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn debug_shows_no_pixels() {
        let picture = Picture {
            width: 1,
            height: 1,
            rgba: vec![77; 4],
        };

        assert!(!format!("{picture:?}").contains("77"));
    }
}
