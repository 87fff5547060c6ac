//! Letters: where each is, and the masks that they are painted through.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use iced::{Color, Point, Transformation};
use iced_tiny_skia::graphics::text::cosmic_text::{
    Buffer, CacheKey, FontSystem, SwashCache, SwashContent,
};

use super::canvas::{Canvas, Ink, mixed, opaque, wide};
use super::pixel_rect::PixelRect;

/// A letter where it is painted.
#[derive(Debug, Clone)]
pub struct Glyph {
    shape: Arc<Shape>,
    key: CacheKey,
    area: PixelRect,
    ink: Ink,
}

/// What a letter looks like.
#[derive(Debug)]
struct Shape {
    left: i32,
    top: i32,
    width: u32,
    height: u32,
    looks: Looks,
}

#[derive(Debug)]
enum Looks {
    /// How much of each pixel it covers.
    Mask(Vec<u8>),
    /// It has colours of its own: red, green, blue and how opaque.
    Colors(Vec<u8>),
}

/// The letters that were painted lately.
#[derive(Debug, Default)]
pub struct Glyphs {
    shapes: HashMap<CacheKey, CachedShape>,
    turn: u32,
}

#[derive(Debug)]
struct CachedShape {
    /// None for a space.
    shape: Option<Arc<Shape>>,
    used: u32,
}

impl Glyphs {
    /// The letters of a text whose upper left corner is at `position`. Lines that are not
    /// between those two rows are left out.
    pub fn of(
        &mut self,
        fonts: &mut FontSystem,
        text: &Buffer,
        (position, color): (Point, Color),
        (transformation, (top, bottom)): (Transformation, (f32, f32)),
        letters: &mut Vec<Glyph>,
    ) {
        let scale = transformation.scale_factor();
        let place = position * transformation;
        for line in text.layout_runs() {
            let begins = place.y + line.line_top * scale;
            let height = line.line_height * scale;
            // Letters may reach into the lines beside theirs.
            if begins + 2.0 * height < top || begins - height > bottom {
                continue;
            }
            let down = (line.line_y * scale).round() as i32;
            for glyph in line.glyphs {
                let physical = glyph.physical((place.x, place.y), scale);
                let own = glyph.color_opt.map(|color| {
                    let [red, green, blue, alpha] = color.as_rgba();
                    Color::from_rgba8(red, green, blue, f32::from(alpha) / 255.0)
                });
                let Some(ink) = Ink::new(own.unwrap_or(color)) else {
                    continue;
                };
                let Some(shape) = self.shape(fonts, physical.cache_key) else {
                    continue;
                };
                let left = physical.x + shape.left;
                let top = physical.y + down - shape.top;
                letters.push(Glyph {
                    area: PixelRect::at(left, top, shape.width, shape.height),
                    key: physical.cache_key,
                    shape,
                    ink,
                });
            }
        }
    }

    fn shape(&mut self, fonts: &mut FontSystem, key: CacheKey) -> Option<Arc<Shape>> {
        let turn = self.turn;
        let kept = self.shapes.entry(key).or_insert_with(|| CachedShape {
            shape: drawn(fonts, key).map(Arc::new),
            used: turn,
        });
        kept.used = turn;
        kept.shape.clone()
    }

    /// To be told after each picture: letters that haven't been in one for long are dropped.
    pub fn trim(&mut self) {
        /// So many pictures are looked back on.
        const LONG: u32 = 300;
        self.turn = self.turn.wrapping_add(1);
        if self.turn.is_multiple_of(LONG) {
            let turn = self.turn;
            self.shapes
                .retain(|_, kept| turn.wrapping_sub(kept.used) <= LONG);
        }
    }
}

/// What a letter looks like; nothing where it has no looks.
fn drawn(fonts: &mut FontSystem, key: CacheKey) -> Option<Shape> {
    let image = SwashCache::new().get_image_uncached(fonts, key)?;
    let looks = match image.content {
        SwashContent::Mask => Looks::Mask(image.data),
        SwashContent::Color => Looks::Colors(image.data),
        SwashContent::SubpixelMask => return None,
    };
    let place = image.placement;
    (place.width > 0 && place.height > 0).then_some(Shape {
        left: place.left,
        top: place.top,
        width: place.width,
        height: place.height,
        looks,
    })
}

impl Glyph {
    /// The pixels that it may touch.
    #[must_use]
    pub fn area(&self) -> PixelRect {
        self.area
    }

    /// Tells what it looks like and where it is.
    pub fn tell(&self, state: &mut impl Hasher) {
        (self.key, self.area, self.ink).hash(state);
    }

    /// Paints what of it is in `area`.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: PixelRect) {
        let Some(area) = area.intersection(self.area) else {
            return;
        };
        for y in area.top..area.bottom {
            let row = canvas.row(y, area.left, area.right);
            match &self.shape.looks {
                Looks::Mask(mask) => self.ink.stencil(row, self.area.row(mask, y, area)),
                Looks::Colors(colors) => {
                    let colors = self.area.row(colors.as_chunks::<4>().0, y, area);
                    for (pixel, color) in row.iter_mut().zip(colors) {
                        let [red, green, blue, alpha] = *color;
                        let part = self.ink.part_of(wide(alpha));
                        *pixel = mixed(*pixel, opaque(red, green, blue), part);
                    }
                }
            }
        }
    }
}
