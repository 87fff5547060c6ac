//! Pictures, at the size that they are seen in.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use iced::advanced::image::{FilterMethod, Handle, Id, Image};
use iced::{Rectangle, Size};
use iced_tiny_skia::{core::Bytes, graphics};

use super::canvas::{Canvas, WHOLE, mixed, opaque, over, wide};
use super::pixel_rect::PixelRect;
use super::pixmap::{scaled, weighed};

/// A picture where it is painted.
#[derive(Debug, Clone)]
pub struct Picture {
    id: Id,
    sharp: bool,
    pixels: Pixels,
    area: PixelRect,
    /// How opaque it is as a whole, of [`WHOLE`].
    part: u32,
}

#[derive(Debug, Clone)]
enum Pixels {
    /// Red, green, blue and how opaque: the picture's own.
    Own(Bytes),
    /// The same in another size, multiplied by how opaque they are.
    Scaled(Arc<[u32]>),
}

/// Pictures that were made smaller or larger, as long as they are seen.
#[derive(Debug, Default)]
pub struct Pictures {
    scaled: HashMap<Key, Scaled>,
}

/// Which picture, in which size, and whether its pixels stay sharp.
type Key = (Id, u32, u32, bool);

#[derive(Debug)]
struct Scaled {
    pixels: Arc<[u32]>,
    seen: bool,
}

/// How large a picture is by itself.
#[must_use]
pub fn size(handle: &Handle) -> Option<Size<u32>> {
    if let Handle::Rgba { width, height, .. } = handle {
        return Some(Size::new(*width, *height));
    }
    let loaded = graphics::image::load(handle).ok()?;
    Some(Size::new(loaded.width(), loaded.height()))
}

impl Pictures {
    /// The picture in `bounds`, which are physical pixels.
    pub fn of(&mut self, image: &Image, bounds: Rectangle) -> Option<Picture> {
        let part = (image.opacity.clamp(0.0, 1.0) * WHOLE as f32).round() as u32;
        let is_own = |length: f32, own: u32| (length - own as f32).abs() < 0.75;
        let (pixels, area) = match &image.handle {
            Handle::Rgba {
                width,
                height,
                pixels,
                ..
            } if is_own(bounds.width, *width) && is_own(bounds.height, *height) => {
                // Between two pixels it moves to the first.
                const NEARLY: f32 = 0.01;
                let whole = |at: f32| (at + NEARLY).floor() as i32;
                let area = PixelRect::at(whole(bounds.x), whole(bounds.y), *width, *height);
                (Pixels::Own(pixels.clone()), area)
            }
            Handle::Rgba { .. } | Handle::Path(..) | Handle::Bytes(..) => {
                let area = PixelRect::inside(bounds);
                (Pixels::Scaled(self.scaled(image, area)?), area)
            }
        };
        (part > 0).then_some(Picture {
            id: image.handle.id(),
            sharp: image.filter_method == FilterMethod::Nearest,
            pixels,
            area,
            part,
        })
    }

    fn scaled(&mut self, image: &Image, area: PixelRect) -> Option<Arc<[u32]>> {
        let sharp = image.filter_method == FilterMethod::Nearest;
        let key = (image.handle.id(), area.width(), area.height(), sharp);
        if let Some(scaled) = self.scaled.get_mut(&key) {
            scaled.seen = true;
            return Some(Arc::clone(&scaled.pixels));
        }
        let loaded = graphics::image::load(&image.handle).ok()?;
        let own: Vec<u32> = loaded.pixels().map(|pixel| weighed(pixel.0)).collect();
        let size = (loaded.width(), loaded.height());
        let pixels = scaled(&own, size, (area.width(), area.height()), sharp);
        let pixels: Arc<[u32]> = pixels.into();
        let kept = Scaled {
            pixels: Arc::clone(&pixels),
            seen: true,
        };
        let _ = self.scaled.insert(key, kept);
        Some(pixels)
    }

    /// To be told after each picture of the screen: what wasn't in it is dropped.
    pub fn trim(&mut self) {
        self.scaled
            .retain(|_, scaled| std::mem::take(&mut scaled.seen));
    }
}

impl Picture {
    /// The pixels that it may touch.
    #[must_use]
    pub fn area(&self) -> PixelRect {
        self.area
    }

    /// Tells what it looks like.
    pub fn tell(&self, state: &mut impl Hasher) {
        (self.id, self.sharp, self.area, self.part).hash(state);
    }

    /// Paints what of it is in `area`.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: PixelRect) {
        let Some(area) = area.intersection(self.area) else {
            return;
        };
        for y in area.top..area.bottom {
            let row = canvas.row(y, area.left, area.right);
            match &self.pixels {
                Pixels::Own(pixels) => {
                    let colors = pixels.as_chunks::<4>().0;
                    self.lay(row, self.area.row(colors, y, area));
                }
                Pixels::Scaled(pixels) => {
                    for (pixel, color) in row.iter_mut().zip(self.area.row(pixels, y, area)) {
                        let whole = over(*pixel, *color);
                        *pixel = mixed(*pixel, whole, self.part);
                    }
                }
            }
        }
    }

    fn lay(&self, row: &mut [u32], colors: &[[u8; 4]]) {
        for (pixel, color) in row.iter_mut().zip(colors) {
            let [red, green, blue, alpha] = *color;
            let part = (wide(alpha) * self.part) >> 8;
            let color = opaque(red, green, blue);
            *pixel = if part == WHOLE {
                color
            } else {
                mixed(*pixel, color, part)
            };
        }
    }
}
