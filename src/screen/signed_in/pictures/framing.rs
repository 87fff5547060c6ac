//! Pictures laid into the frames that they stand in. This takes long enough to be done off
//! the thread of the screen.

use ::image::imageops::{self, FilterType};
use ::image::{Pixel, Rgba, RgbaImage};

use crate::channel::Picture;

/// All of `picture` in a frame of exactly `size`, on a dark blur of itself.
#[must_use]
pub(super) fn on_itself(picture: &Picture, size: (u32, u32), radius: f32) -> Picture {
    /// Details smaller than a part of this many are lost in the blur.
    const COARSE: (u32, u32) = (16, 9);
    /// So that the picture stands out.
    const DARK: u16 = 2;
    let (width, height) = (size.0.max(1), size.1.max(1));
    let read = |rgba: &[u8]| RgbaImage::from_raw(picture.width, picture.height, rgba.to_vec());
    let Some(source) = read(&picture.rgba) else {
        return picture.clone();
    };
    let coarse = imageops::thumbnail(&source, COARSE.0, COARSE.1);
    let mut ground = imageops::blur(&coarse, 1.5);
    for pixel in ground.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let dark = |part: u8| (u16::from(part) * u16::from(alpha) / 255 / DARK) as u8;
        pixel.0 = [dark(red), dark(green), dark(blue), 255];
    }
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
    let scaled = resized(&source, wide, high);
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

/// By the functions for this kind of pixel alone: those for any kind are a part of the program
/// for each of the ten kinds.
fn resized(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    imageops::resize(picture, width, height, FilterType::Triangle)
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
