//! Pixels that can be seen through, as they are laid over others.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::canvas::{Canvas, over, wide};
use super::pixel_rect::PixelRect;

/// Pixels where they are painted: `0xAARRGGBB`, multiplied by how opaque they are.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Which they are.
    pub number: u64,
    /// Row by row.
    pub pixels: Arc<[u32]>,
    /// Where they are.
    pub area: PixelRect,
}

impl Sheet {
    /// Tells what it looks like.
    pub fn tell(&self, state: &mut impl Hasher) {
        (self.number, self.area).hash(state);
    }

    /// Paints what of it is in `area`.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: PixelRect) {
        let Some(area) = area.intersection(self.area) else {
            return;
        };
        for y in area.top..area.bottom {
            let colors = self.area.row(&self.pixels, y, area);
            let row = canvas.row(y, area.left, area.right);
            for (pixel, color) in row.iter_mut().zip(colors) {
                *pixel = over(*pixel, *color);
            }
        }
    }
}

/// A pixel of red, green, blue and how opaque it is, multiplied by that.
#[must_use]
pub fn weighed([red, green, blue, alpha]: [u8; 4]) -> u32 {
    let part = wide(alpha);
    let weigh = |color: u8| (u32::from(color) * part) >> 8;
    (u32::from(alpha) << 24) | (weigh(red) << 16) | (weigh(green) << 8) | weigh(blue)
}

/// So many pixels, `from` a picture of that width and height, in another size; `sharp` ones
/// become larger and nothing else.
#[must_use]
pub fn scaled(
    from: &[u32],
    (width, height): (u32, u32),
    (to_width, to_height): (u32, u32),
    sharp: bool,
) -> Vec<u32> {
    let (columns, rows) = (
        steps(width, to_width, sharp),
        steps(height, to_height, sharp),
    );
    let width = width as usize;
    let mut pixels = Vec::with_capacity(columns.len() * rows.len());
    for (upper, lower, down) in rows {
        let row = |at: usize| from.get(at * width..(at + 1) * width).unwrap_or_default();
        let (upper, lower) = (row(upper), row(lower));
        pixels.extend(columns.iter().map(|&(left, right, along)| {
            let at = |row: &[u32], x: usize| row.get(x).copied().unwrap_or(0);
            let above = between(at(upper, left), at(upper, right), along);
            let below = between(at(lower, left), at(lower, right), along);
            between(above, below, down)
        }));
    }
    pixels
}

/// For each of `to` places the two of `from` places that it lies between, and how far on its
/// way from the first to the second it is, of 256.
fn steps(from: u32, to: u32, sharp: bool) -> Vec<(usize, usize, u32)> {
    let ratio = from as f32 / to.max(1) as f32;
    let last = from.saturating_sub(1) as usize;
    let step = |at: u32| {
        let middle = (at as f32 + 0.5) * ratio;
        if sharp {
            let nearest = (middle as usize).min(last);
            return (nearest, nearest, 0);
        }
        let middle = (middle - 0.5).max(0.0);
        let first = (middle as usize).min(last);
        (
            first,
            (first + 1).min(last),
            (middle.fract() * 256.0) as u32,
        )
    };
    (0..to).map(step).collect()
}

/// A mixture of two pixels, with so much of the other, of 256.
fn between(one: u32, other: u32, part: u32) -> u32 {
    const TWO: u32 = 0x00ff_00ff;
    let rest = 256 - part;
    let mix = |one: u32, other: u32| ((one & TWO) * rest + (other & TWO) * part) >> 8;
    (mix(one, other) & TWO) | ((mix(one >> 8, other >> 8) & TWO) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_its_own_size_is_the_same() {
        let picture: Vec<u32> = (0..12).map(|n| 0xff00_0000 + n * 0x0010_0804).collect();
        assert_eq!(scaled(&picture, (4, 3), (4, 3), false), picture);
        assert_eq!(scaled(&picture, (4, 3), (4, 3), true), picture);
    }

    #[test]
    fn a_sharp_picture_gets_larger_squares() {
        let (black, white) = (0xff00_0000, u32::MAX);
        let large = scaled(&[black, white], (2, 1), (6, 2), true);
        let row = [black, black, black, white, white, white];
        assert_eq!(large, [row, row].concat());
    }

    #[test]
    fn a_plain_colour_stays_it_in_any_size() {
        let plain = vec![0x8040_2010; 7 * 5];
        for size in [(3, 2), (14, 11), (1, 1), (7, 50)] {
            let pixels = scaled(&plain, (7, 5), size, false);
            assert_eq!(pixels.len(), (size.0 * size.1) as usize);
            assert!(pixels.iter().all(|pixel| *pixel == 0x8040_2010), "{size:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_has_no_colour() {
        assert_eq!(weighed([255, 9, 7, 0]), 0);
        assert_eq!(weighed([1, 2, 3, 255]), 0xff01_0203);
    }
}
