//! Pixels, and how colours are laid over them.

use std::hash::{Hash, Hasher};

use iced::Color;

use super::pixel_rect::PixelRect;

/// Some rows of a picture. A pixel is `0xAARRGGBB`, and there is nothing behind it.
pub struct Canvas<'a> {
    pixels: &'a mut [u32],
    width: usize,
    /// What is to be painted; beyond it nothing is touched.
    area: PixelRect,
    /// Which row of the picture the first of `pixels` belongs to.
    first: i32,
}

impl<'a> Canvas<'a> {
    /// The rows from `first` on of a picture `width` pixels wide, of which `area` is painted.
    #[must_use]
    pub fn rows(pixels: &'a mut [u32], width: u32, area: PixelRect, first: i32) -> Self {
        let width = width as usize;
        let rows = pixels.len().checked_div(width).unwrap_or(0);
        let whole = PixelRect::at(0, first, width as u32, rows as u32);
        let nothing = PixelRect::at(0, first, 0, 0);
        Self {
            pixels,
            width,
            area: area.intersection(whole).unwrap_or(nothing),
            first,
        }
    }

    /// What is to be painted.
    #[must_use]
    pub fn area(&self) -> PixelRect {
        self.area
    }

    /// The pixels of a row from `left` to `right`, which are in the area.
    pub fn row(&mut self, y: i32, left: i32, right: i32) -> &mut [u32] {
        let at = |x: i32| usize::try_from(x).unwrap_or(0);
        let begin = at(y - self.first) * self.width;
        self.pixels
            .get_mut(begin + at(left)..begin + at(right))
            .unwrap_or_default()
    }

    /// Lays `ink` over all of `area`.
    pub fn fill(&mut self, area: PixelRect, ink: Ink) {
        let Some(area) = area.intersection(self.area) else {
            return;
        };
        for y in area.top..area.bottom {
            ink.lay(self.row(y, area.left, area.right));
        }
    }
}

/// A colour and how much of it there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// `0xFFRRGGBB`.
    color: u32,
    /// How opaque it is.
    alpha: f32,
}

impl Ink {
    /// None where it can't be seen.
    #[must_use]
    pub fn new(color: Color) -> Option<Self> {
        let [red, green, blue, alpha] = color.into_rgba8();
        (alpha > 0).then(|| Self {
            color: opaque(red, green, blue),
            alpha: color.a,
        })
    }

    /// Whether nothing is seen through it.
    #[must_use]
    pub fn is_opaque(self) -> bool {
        part(self.alpha) == WHOLE
    }

    /// `much` of its own part, both 0 to 256.
    #[must_use]
    pub fn part_of(self, much: u32) -> u32 {
        (much * part(self.alpha) + 128) >> 8
    }

    /// Only so much of it, 0 to 1.
    #[must_use]
    pub fn thinned(self, much: f32) -> Self {
        Self {
            alpha: self.alpha * much,
            ..self
        }
    }

    /// Lays it over pixels.
    pub fn lay(self, under: &mut [u32]) {
        let part = part(self.alpha);
        if part == WHOLE {
            under.fill(self.color);
        } else {
            for pixel in under {
                *pixel = mixed(*pixel, self.color, part);
            }
        }
    }

    /// Lays it over a pixel of which it covers so much, 0 to 1.
    pub fn cover(self, under: &mut u32, much: f32) {
        *under = mixed(*under, self.color, part(much * self.alpha));
    }

    /// Lays it over pixels through a mask.
    pub fn stencil(self, under: &mut [u32], mask: &[u8]) {
        let whole = part(self.alpha);
        for (pixel, cover) in under.iter_mut().zip(mask) {
            match *cover {
                0 => {}
                255 if whole == WHOLE => *pixel = self.color,
                cover => *pixel = mixed(*pixel, self.color, (wide(cover) * whole + 128) >> 8),
            }
        }
    }
}

impl Hash for Ink {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.color, self.alpha.to_bits()).hash(state);
    }
}

/// An opaque pixel.
pub fn opaque(red: u8, green: u8, blue: u8) -> u32 {
    u32::from_be_bytes([255, red, green, blue])
}

/// All of it, as [`mixed`] has it.
pub const WHOLE: u32 = 256;

/// 0 to 1 as 0 to 256.
fn part(much: f32) -> u32 {
    (much.clamp(0.0, 1.0) * WHOLE as f32 + 0.5) as u32
}

/// 0 to 255 as 0 to 256.
pub fn wide(cover: u8) -> u32 {
    let cover = u32::from(cover);
    cover + (cover >> 7)
}

/// A pixel with so much of another over it, 0 to 256.
pub fn mixed(under: u32, over: u32, part: u32) -> u32 {
    let rest = WHOLE - part;
    // Two colours at once, with room for each.
    let mix = |colors: u32, half: u32| {
        (((under & colors) * rest + (over & colors) * part + half) >> 8) & colors
    };
    0xff00_0000 | mix(0x00ff_00ff, 0x0080_0080) | mix(0xff00, 0x8000)
}

/// A pixel with one over it that has been multiplied by its own part of all.
pub fn over(under: u32, over: u32) -> u32 {
    let rest = WHOLE - wide((over >> 24) as u8);
    let red_blue = (((under & 0x00ff_00ff) * rest) >> 8) & 0x00ff_00ff;
    let green = (((under & 0xff00) * rest) >> 8) & 0xff00;
    0xff00_0000 | (red_blue | green).wrapping_add(over & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_over_a_pixel_leaves_it_and_all_over_it_hides_it() {
        for pixel in [0xff00_0000, 0xffff_ffff, 0xff12_3456] {
            assert_eq!(mixed(pixel, 0xff65_4321, 0), pixel);
            assert_eq!(mixed(pixel, 0xff65_4321, WHOLE), 0xff65_4321);
            assert_eq!(over(pixel, 0), pixel);
            assert_eq!(over(pixel, 0xff65_4321), 0xff65_4321);
        }
    }

    #[test]
    fn a_colour_over_itself_is_the_same_however_much_of_it() {
        for part in 0..=WHOLE {
            assert_eq!(mixed(0xffab_cdef, 0xffab_cdef, part), 0xffab_cdef);
        }
    }

    #[test]
    fn no_part_of_a_colour_runs_over_into_another() {
        for alpha in 0..=255_u32 {
            let white = alpha << 24 | alpha << 16 | alpha << 8 | alpha;
            let seen = over(0xffff_ffff, white) & 0xff;
            assert!(seen >= 253, "{alpha}: {seen}");
        }
    }

    #[test]
    fn what_is_beyond_the_area_is_not_touched() {
        let mut pixels = [0; 12];
        let area = PixelRect::at(1, 1, 2, 1);
        let mut canvas = Canvas::rows(&mut pixels, 4, area, 0);
        canvas.fill(PixelRect::of(4, 3), Ink::new(Color::WHITE).unwrap());
        let mut wanted = [0; 12];
        wanted[5..7].fill(u32::MAX);
        assert_eq!(pixels, wanted);
    }
}
