//! Pictures of what is on the screen, and a bounded number of those that were.

use ::image::imageops::FilterType;
use ::image::{DynamicImage, Pixel, Rgba, RgbaImage};
use futures::future::BoxFuture;
use iced::task::Handle;
use iced::widget::image;
use iced::{Size, Task};
use url::Url;

use super::Message;
use crate::channel::{Error, Picture};
use crate::ui::Look;

/// How many pictures are kept, and how many bytes of them: a screen of cards, and the one
/// before. Where one fills a 4K screen, that is itself and its neighbours.
const KEPT: usize = 40;
const KEPT_BYTES: usize = 64 << 20;
/// However large they are, the newest are kept: what is seen, and what comes next.
const KEPT_LEAST: usize = 2;

/// A picture at a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Where it is.
    pub url: Url,
    /// Physical pixels.
    pub size: (u32, u32),
}

impl Key {
    const fn bytes(&self) -> usize {
        const RGBA: usize = 4;
        let (width, height) = self.size;
        RGBA * width as usize * height as usize
    }
}

/// The pictures, the least recently asked for first.
#[derive(Debug, Default)]
pub struct Pictures {
    slots: Vec<(Key, Slot)>,
}

#[derive(Debug)]
enum Slot {
    Loading { _work: Handle },
    Ready(image::Handle),
    Broken,
}

/// A size on the canvas in physical pixels.
#[must_use]
pub fn physical(look: &Look, size: Size) -> (u32, u32) {
    let pixels = |length: f32| (length * look.metrics.physical()).round().max(1.0) as u32;
    (pixels(size.width), pixels(size.height))
}

impl Pictures {
    /// The picture, if it is here; while it is fetched at this size, the same one at
    /// another.
    #[must_use]
    pub fn get(&self, url: &Url, size: (u32, u32)) -> Option<&image::Handle> {
        self.slots
            .iter()
            .filter(|(key, _)| key.url == *url)
            .filter_map(|(key, slot)| match slot {
                Slot::Ready(handle) => Some((key.size == size, handle)),
                Slot::Loading { .. } | Slot::Broken => None,
            })
            .max_by_key(|(fits, _)| *fits)
            .map(|(_, handle)| handle)
    }

    /// Asks for a picture that isn't here yet.
    pub fn ask(
        &mut self,
        key: &Key,
        radius: f32,
        frame: Frame,
        fetch: impl FnOnce() -> BoxFuture<'static, Result<Picture, Error>>,
    ) -> Option<Task<Message>> {
        if let Some(at) = self.slots.iter().position(|(each, _)| each == key) {
            // The newest stand last; the first are given up when there are too many.
            let slot = self.slots.remove(at);
            self.slots.push(slot);
            return None;
        }
        let (fetching, size) = (fetch(), key.size);
        let framing = async move {
            let picture = fetching.await?;
            Ok(match frame {
                Frame::Card => framed(picture, size, radius, Corners::Top),
                Frame::OnItself => on_itself(&picture, size, radius),
            })
        };
        let (task, handle) = Task::future(framing).abortable();
        self.slots.push((
            key.clone(),
            Slot::Loading {
                _work: handle.abort_on_drop(),
            },
        ));
        while self.slots.len() > KEPT || self.slots.len() > KEPT_LEAST && self.bytes() > KEPT_BYTES
        {
            drop(self.slots.remove(0));
        }
        let key = key.clone();
        Some(task.map(move |result| Message::Pictured(key.clone(), result)))
    }

    fn bytes(&self) -> usize {
        self.slots.iter().map(|(key, _)| key.bytes()).sum()
    }

    /// Takes in a picture; nothing where it is broken.
    pub fn arrived(&mut self, key: &Key, picture: Option<Picture>) {
        if let Some((_, slot)) = self.slots.iter_mut().find(|(each, _)| each == key) {
            *slot = picture.map_or(Slot::Broken, |picture| Slot::Ready(handle(picture)));
        }
    }
}

/// What a picture stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// It fills it, where little is lost by that.
    Card,
    /// It is whole, on a blur of itself.
    OnItself,
}

/// All of `picture` in a frame of exactly `size`, on a dark blur of itself.
#[must_use]
pub fn on_itself(picture: &Picture, size: (u32, u32), radius: f32) -> Picture {
    /// Details smaller than a part of this many are lost in the blur.
    const COARSE: (u32, u32) = (16, 9);
    /// So that the picture stands out.
    const DARK: u16 = 2;
    let (width, height) = (size.0.max(1), size.1.max(1));
    let read = |rgba: &[u8]| RgbaImage::from_raw(picture.width, picture.height, rgba.to_vec());
    let Some(source) = read(&picture.rgba) else {
        return picture.clone();
    };
    let source = DynamicImage::ImageRgba8(source);
    let mut ground = source
        .thumbnail_exact(COARSE.0, COARSE.1)
        .blur(1.5)
        .into_rgba8();
    for pixel in ground.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let dark = |part: u8| (u16::from(part) * u16::from(alpha) / 255 / DARK) as u8;
        pixel.0 = [dark(red), dark(green), dark(blue), 255];
    }
    let ground = DynamicImage::ImageRgba8(ground);
    let mut frame = resized(&ground, width, height);
    let factor = (width as f32 / source.width().max(1) as f32)
        .min(height as f32 / source.height().max(1) as f32)
        .min(MOST_FACTOR);
    let scaled = |length: u32| ((length as f32 * factor).round() as u32).max(1);
    let (wide, high) = (scaled(source.width()), scaled(source.height()));
    let whole = resized(&source, wide, high);
    let middle = |all: u32, part: u32| (i64::from(all) - i64::from(part)) / 2;
    lay(
        &mut frame,
        &whole,
        middle(width, wide),
        middle(height, high),
    );
    round(&mut frame, radius, Corners::Top);
    Picture {
        width,
        height,
        rgba: frame.into_raw(),
    }
}

/// Nothing is blown up to more than this.
const MOST_FACTOR: f32 = 2.0;

/// Which corners of a picture are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corners {
    /// Those at the top: something else follows below.
    Top,
    /// All.
    All,
}

/// The size that is asked for, so that a picture of another shape still fills its frame.
#[must_use]
pub const fn asked((width, height): (u32, u32)) -> (u32, u32) {
    (width.saturating_mul(2), height.saturating_mul(2))
}

/// `picture` in a frame of exactly `size`: it fills the frame where little of it is
/// lost by that, and stands in the middle of it otherwise.
#[must_use]
pub fn framed(picture: Picture, size: (u32, u32), radius: f32, corners: Corners) -> Picture {
    /// The most that may be cut away: a portrait fills a card, but is no strip across the
    /// whole screen.
    const LOST: f32 = 0.585;
    let (width, height) = (size.0.max(1), size.1.max(1));
    let Some(source) = RgbaImage::from_raw(picture.width, picture.height, picture.rgba) else {
        return Picture {
            width: 1,
            height: 1,
            rgba: vec![0; 4],
        };
    };
    let across = width as f32 / source.width().max(1) as f32;
    let down = height as f32 / source.height().max(1) as f32;
    let covers = across.min(down) / across.max(down) >= 1.0 - LOST;
    let factor = if covers {
        across.max(down)
    } else {
        across.min(down)
    }
    .min(MOST_FACTOR);
    let scaled = |length: u32| ((length as f32 * factor).round() as u32).max(1);
    let (wide, high) = (scaled(source.width()), scaled(source.height()));
    let scaled = resized(&DynamicImage::ImageRgba8(source), wide, high);
    let mut frame = RgbaImage::new(width, height);
    let x = (i64::from(width) - i64::from(scaled.width())) / 2;
    // What matters in a portrait or poster is above its middle.
    let y = (i64::from(height) - i64::from(scaled.height()))
        / if scaled.height() > height { 3 } else { 2 };
    lay(&mut frame, &scaled, x, y);
    round(&mut frame, radius, corners);
    Picture {
        width,
        height,
        rgba: frame.into_raw(),
    }
}

fn resized(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    picture
        .resize_exact(width, height, FilterType::Triangle)
        .into_rgba8()
}

/// Lays `picture` over `frame` at that place; what stands out is cut off.
fn lay(frame: &mut RgbaImage, picture: &RgbaImage, left: i64, top: i64) {
    const RGBA: usize = 4;
    let there = |offset: i64| usize::try_from(offset.max(0)).unwrap_or_default();
    let (width, wide) = (frame.width() as usize, picture.width() as usize);
    // The first column of each that is seen, and how many are.
    let (to, from) = (there(left), there(-left));
    let seen = width.saturating_sub(to).min(wide.saturating_sub(from));
    if seen == 0 {
        return;
    }
    let rows = picture.as_raw().chunks_exact(wide * RGBA).skip(there(-top));
    let lines = frame.chunks_exact_mut(width * RGBA).skip(there(top));
    for (line, row) in lines.zip(rows) {
        let line = &mut line[to * RGBA..(to + seen) * RGBA];
        let row = &row[from * RGBA..(from + seen) * RGBA];
        let (pixels, _) = row.as_chunks::<RGBA>();
        if pixels.iter().all(|pixel| pixel[3] == u8::MAX) {
            line.copy_from_slice(row);
            continue;
        }
        for (under, over) in line.as_chunks_mut::<RGBA>().0.iter_mut().zip(pixels) {
            let mut pixel = Rgba(*under);
            pixel.blend(&Rgba(*over));
            *under = pixel.0;
        }
    }
}

/// Rounds corners, with a soft edge.
fn round(frame: &mut RgbaImage, radius: f32, corners: Corners) {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let reach = radius.ceil().max(0.0) as u32;
    let (across, down) = frame.dimensions();
    let bottom = match corners {
        Corners::Top => down..down,
        Corners::All => down.saturating_sub(reach)..down,
    };
    let near = |x: &u32| *x < reach || *x + reach >= across;
    for y in (0..reach.min(down)).chain(bottom) {
        for x in (0..across).filter(near) {
            let (left, top) = (x as f32 + 0.5, y as f32 + 0.5);
            let beside = (radius - left).max(left - (width - radius)).max(0.0);
            let below = match corners {
                Corners::Top => 0.0,
                Corners::All => top - (height - radius),
            };
            let beyond = (radius - top).max(below).max(0.0);
            let outside = beside.hypot(beyond) - radius;
            if beside > 0.0 && beyond > 0.0 && outside > -0.5 {
                let part = (0.5 - outside).clamp(0.0, 1.0);
                let alpha = &mut frame.get_pixel_mut(x, y).0[3];
                *alpha = (f32::from(*alpha) * part) as u8;
            }
        }
    }
}

/// A picture as iced draws it; made once.
#[must_use]
pub fn handle(picture: Picture) -> image::Handle {
    image::Handle::from_rgba(picture.width, picture.height, picture.rgba)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Key {
        Key {
            url: Url::parse(&format!("https://api.example/{number}.png")).unwrap(),
            size: (8, 8),
        }
    }

    #[test]
    fn a_picture_of_about_the_right_shape_fills_its_frame_and_another_stands_in_it() {
        let red = |width, height| Picture {
            width,
            height,
            rgba: [200, 0, 0, 255].repeat((width * height) as usize),
        };
        let filled = framed(red(100, 80), (60, 40), 0.0, Corners::Top);
        assert_eq!((filled.width, filled.height), (60, 40));
        assert!(filled.rgba.chunks(4).all(|pixel| pixel[3] == 255));
        let inside = framed(red(10, 100), (60, 40), 0.0, Corners::Top);
        assert_eq!(inside.rgba[3], 0, "the corner is free");
    }

    #[test]
    fn a_picture_on_a_blur_of_itself_is_whole_and_leaves_nothing_free() {
        let red = Picture {
            width: 10,
            height: 100,
            rgba: [200, 0, 0, 255].repeat(1000),
        };
        let shown = on_itself(&red, (60, 40), 0.0);
        assert!(shown.rgba.chunks(4).all(|pixel| pixel[3] == 255));
        let at = |x: usize, y: usize| shown.rgba[(y * 60 + x) * 4];
        assert_eq!((at(30, 0), at(30, 39)), (200, 200), "it is whole");
        assert!(at(5, 20) < 130, "beside it is dark");
    }

    #[test]
    fn corners_are_rounded_where_they_should_be() {
        let picture = Picture {
            width: 40,
            height: 40,
            rgba: vec![255; 40 * 40 * 4],
        };
        let alpha = |picture: &Picture, x: usize, y: usize| picture.rgba[(y * 40 + x) * 4 + 3];
        let top = framed(picture.clone(), (40, 40), 10.0, Corners::Top);
        assert_eq!(
            (alpha(&top, 0, 0), alpha(&top, 39, 0), alpha(&top, 0, 39)),
            (0, 0, 255)
        );
        assert_eq!(
            alpha(&framed(picture, (40, 40), 10.0, Corners::All), 39, 39),
            0
        );
    }

    fn nothing() -> BoxFuture<'static, Result<Picture, Error>> {
        Box::pin(std::future::pending())
    }

    #[test]
    fn what_is_laid_over_a_frame_is_cut_at_its_edges_and_lets_the_frame_shine_through() {
        let mut frame = RgbaImage::from_pixel(4, 3, Rgba([0, 0, 0, 255]));
        let mut picture = RgbaImage::from_pixel(6, 1, Rgba([200, 0, 0, 255]));
        lay(&mut frame, &picture, -1, 1);
        assert_eq!(frame.get_pixel(0, 1).0, [200, 0, 0, 255]);
        assert_eq!(frame.get_pixel(3, 1).0, [200, 0, 0, 255]);
        assert_eq!(frame.get_pixel(0, 0).0, [0, 0, 0, 255]);
        assert_eq!(frame.get_pixel(0, 2).0, [0, 0, 0, 255]);
        picture.get_pixel_mut(0, 0).0[3] = 0;
        lay(&mut frame, &picture, 2, 2);
        assert_eq!(frame.get_pixel(2, 2).0, [0, 0, 0, 255]);
        assert_eq!(frame.get_pixel(3, 2).0, [200, 0, 0, 255]);
        lay(&mut frame, &picture, 9, 0);
        lay(&mut frame, &picture, 0, -1);
        assert_eq!(frame.get_pixel(0, 0).0, [0, 0, 0, 255]);
    }

    #[test]
    fn pictures_that_fill_a_large_screen_are_kept_by_the_few() {
        let mut pictures = Pictures::default();
        let large = |number| Key {
            size: (3456, 1500),
            ..key(number)
        };
        for number in 0..9 {
            let _ = pictures.ask(&large(number), 0.0, Frame::Card, nothing);
        }
        assert!(pictures.bytes() <= KEPT_BYTES, "{}", pictures.bytes());
        assert!(pictures.slots.len() >= KEPT_LEAST);
        assert!(pictures.ask(&large(8), 0.0, Frame::Card, nothing).is_none());
    }

    #[test]
    fn a_picture_is_asked_for_once() {
        let mut pictures = Pictures::default();
        assert!(pictures.ask(&key(1), 0.0, Frame::Card, nothing).is_some());
        assert!(pictures.ask(&key(1), 0.0, Frame::Card, nothing).is_none());
    }

    #[test]
    fn a_broken_picture_is_not_asked_for_again() {
        let mut pictures = Pictures::default();
        let _ = pictures.ask(&key(1), 0.0, Frame::Card, nothing);
        pictures.arrived(&key(1), None);
        assert!(pictures.get(&key(1).url, (8, 8)).is_none());
        assert!(pictures.ask(&key(1), 0.0, Frame::Card, nothing).is_none());
    }

    #[test]
    fn the_number_of_kept_pictures_is_bounded_and_the_oldest_goes_first() {
        let mut pictures = Pictures::default();
        for number in 0..=KEPT {
            let _ = pictures.ask(&key(number), 0.0, Frame::Card, nothing);
        }
        assert_eq!(pictures.slots.len(), KEPT);
        assert!(pictures.ask(&key(0), 0.0, Frame::Card, nothing).is_some());
        assert!(
            pictures
                .ask(&key(KEPT), 0.0, Frame::Card, nothing)
                .is_none()
        );
    }
}
