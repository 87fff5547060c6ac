//! Drawings of lines and areas, each painted once by itself and kept as long as it is seen.

use std::sync::Arc;

use iced::{Rectangle, Transformation};
use iced_tiny_skia::Primitive;
use tiny_skia::{Pixmap, Transform};

use super::pixel_rect::PixelRect;
use super::pixmap::Sheet;

/// The drawings that are seen.
#[derive(Debug, Default)]
pub struct Drawings {
    kept: Vec<CachedDrawing>,
    /// Lines that are not gone before the next picture.
    held: Vec<Arc<[Primitive]>>,
    count: u64,
}

#[derive(Debug)]
struct CachedDrawing {
    /// Held, so that nothing else is ever where this is.
    lines: Arc<[Primitive]>,
    transformation: Transformation,
    clip: Rectangle,
    sheet: Option<Sheet>,
    seen: bool,
}

impl Drawings {
    /// To be told before [`Self::of`]: these lines are kept by whoever draws them.
    pub fn keep(&mut self, lines: &Arc<[Primitive]>) {
        let is_this = |held: &Arc<[Primitive]>| Arc::ptr_eq(held, lines);
        if !self.held.iter().any(is_this) {
            self.held.push(Arc::clone(lines));
        }
    }

    /// Lines as they are painted inside of `clip`, which are physical pixels.
    pub fn of(
        &mut self,
        lines: &[Primitive],
        transformation: Transformation,
        clip: Rectangle,
    ) -> Option<Sheet> {
        let is_this = |kept: &&mut CachedDrawing| {
            std::ptr::eq(&*kept.lines, lines)
                && kept.transformation == transformation
                && kept.clip == clip
        };
        if let Some(kept) = self.kept.iter_mut().find(is_this) {
            kept.seen = true;
            return kept.sheet.clone();
        }
        let sheet = self.painted(lines, transformation, clip);
        let is_held = |held: &&Arc<[Primitive]>| std::ptr::eq(&***held, lines);
        if let Some(held) = self.held.iter().find(is_held) {
            self.kept.push(CachedDrawing {
                lines: Arc::clone(held),
                transformation,
                clip,
                sheet: sheet.clone(),
                seen: true,
            });
        }
        sheet
    }

    fn painted(
        &mut self,
        lines: &[Primitive],
        transformation: Transformation,
        clip: Rectangle,
    ) -> Option<Sheet> {
        let bounds = lines.iter().map(|line| bounds(line) * transformation);
        let bounds = bounds.reduce(|one, other| one.union(&other))?;
        let area = PixelRect::around(bounds.expand(1.0)).intersection(PixelRect::inside(clip))?;
        let mut pixmap = Pixmap::new(area.width(), area.height())?;
        let (scale, way) = (transformation.scale_factor(), transformation.translation());
        let (x, y) = (way.x - area.left as f32, way.y - area.top as f32);
        let transform = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
        for line in lines {
            match line {
                Primitive::Fill { path, paint, rule } => {
                    pixmap.fill_path(path, paint, *rule, transform, None);
                }
                Primitive::Stroke {
                    path,
                    paint,
                    stroke,
                } => pixmap.stroke_path(path, paint, stroke, transform, None),
            }
        }
        self.count += 1;
        // iced has exchanged red and blue in the colours of lines.
        let pixels = pixmap.pixels().iter().map(|pixel| {
            let colors = [pixel.alpha(), pixel.blue(), pixel.green(), pixel.red()];
            u32::from_be_bytes(colors)
        });
        Some(Sheet {
            number: self.count,
            pixels: pixels.collect(),
            area,
        })
    }

    /// To be told after each picture of the screen: what wasn't in it is dropped.
    pub fn trim(&mut self) {
        self.held.clear();
        self.kept.retain_mut(|kept| std::mem::take(&mut kept.seen));
    }
}

fn bounds(line: &Primitive) -> Rectangle {
    let (path, beyond) = match line {
        Primitive::Fill { path, .. } => (path, 0.0),
        // A sharp corner reaches farther than half of the width.
        Primitive::Stroke { path, stroke, .. } => (path, stroke.width * stroke.miter_limit / 2.0),
    };
    let bounds = path.bounds();
    let bounds = Rectangle {
        x: bounds.x(),
        y: bounds.y(),
        width: bounds.width(),
        height: bounds.height(),
    };
    bounds.expand(beyond)
}
