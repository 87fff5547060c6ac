//! What a picture is made of: parts in the order in which they are painted, each with the
//! pixels that it touches and a number for what it looks like there.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use iced::{Color, Rectangle, Size, Transformation};
use iced_tiny_skia::graphics::Image;
use iced_tiny_skia::graphics::text::{Text, font_system};
use iced_tiny_skia::{Layer, Primitive};

use super::canvas::{Canvas, Ink};
use super::damage::Mark;
use super::drawings::Drawings;
use super::glyphs::{Glyph, Glyphs};
use super::pictures::{Picture, Pictures};
use super::pixel_rect::PixelRect;
use super::pixmap::Sheet;
use super::quad::Plate;
use super::texts::Texts;

/// A picture before it is painted.
#[derive(Debug)]
pub struct Scene {
    parts: Vec<Part>,
    marks: Vec<Mark>,
    letters: Vec<Glyph>,
}

#[derive(Debug)]
enum Part {
    /// What lies behind everything.
    Ground(Ink),
    Plate(Plate),
    /// Which of the letters.
    Text(Range<usize>),
    Picture(Picture),
    Drawing(Sheet),
}

/// What is kept from one picture to the next.
#[derive(Debug, Default)]
pub struct Caches {
    glyphs: Glyphs,
    texts: Texts,
    pictures: Pictures,
    drawings: Drawings,
}

impl Scene {
    /// What layers show, each over the one before, on a screen of `size` pixels.
    #[must_use]
    pub fn of(
        layers: &[Layer],
        (size, scale): (Size<u32>, f32),
        background: Color,
        caches: &mut Caches,
    ) -> Self {
        let mut build = Build {
            whole: Rectangle::with_size(Size::new(size.width as f32, size.height as f32)),
            scale: Transformation::scale(scale),
            caches,
            scene: Self {
                parts: Vec::new(),
                marks: Vec::new(),
                letters: Vec::new(),
            },
        };
        let behind = Ink::new(Color {
            a: 1.0,
            ..background
        });
        if let Some(ink) = behind {
            let whole = build.whole;
            build.add(PixelRect::around(whole), whole, Part::Ground(ink));
        }
        for layer in layers {
            build.layer(layer);
        }
        build.caches.trim();
        build.scene
    }

    /// What it is made of, to be compared.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The same, when the picture itself is no longer needed.
    #[must_use]
    pub fn into_marks(self) -> Vec<Mark> {
        self.marks
    }

    /// Paints it over anything.
    pub fn paint(&self, mut canvas: Canvas<'_>) {
        for (part, mark) in self.parts.iter().zip(&self.marks) {
            let Some(area) = mark.area.intersection(canvas.area()) else {
                continue;
            };
            match part {
                Part::Ground(ink) => canvas.fill(area, *ink),
                Part::Plate(plate) => plate.paint(&mut canvas, area),
                Part::Text(range) => {
                    for letter in self.letters.get(range.clone()).unwrap_or_default() {
                        letter.paint(&mut canvas, area);
                    }
                }
                Part::Picture(picture) => picture.paint(&mut canvas, area),
                Part::Drawing(drawing) => drawing.paint(&mut canvas, area),
            }
        }
    }
}

/// A picture that is being put together.
struct Build<'a> {
    whole: Rectangle,
    scale: Transformation,
    caches: &'a mut Caches,
    scene: Scene,
}

impl Build<'_> {
    fn layer(&mut self, layer: &Layer) {
        let Some(clip) = (layer.bounds * self.scale).intersection(&self.whole) else {
            return;
        };
        for (quad, background) in &layer.quads {
            if let Some(plate) = Plate::new(quad, background, self.scale.scale_factor()) {
                let clip = self.clip(quad.bounds * self.scale, clip);
                self.add(plate.area(), clip, Part::Plate(plate));
            }
        }
        for item in &layer.primitives {
            let transformation = self.scale * item.transformation();
            let room = item.clip_bounds() * self.scale.scale_factor();
            self.lines(item.as_slice(), (transformation, room), clip);
        }
        for image in &layer.images {
            if let Image::Raster { image, bounds, .. } = image {
                let bounds = *bounds * self.scale;
                let picture = self.caches.pictures.of(image, bounds);
                if let Some(picture) = picture {
                    let clip = self.clip(bounds, clip);
                    self.add(picture.area(), clip, Part::Picture(picture));
                }
            }
        }
        for item in &layer.text {
            let transformation = self.scale * item.transformation();
            for text in item.as_slice() {
                self.text(text, transformation, clip);
            }
        }
    }

    /// Where something is seen that is meant to be in `bounds`: what fits isn't cut off, so
    /// that the softened pixels around it stay.
    fn clip(&self, bounds: Rectangle, clip: Rectangle) -> Rectangle {
        if bounds.is_within(&clip) {
            self.whole
        } else {
            clip
        }
    }

    fn lines(
        &mut self,
        lines: &[Primitive],
        (transformation, room): (Transformation, Rectangle),
        clip: Rectangle,
    ) {
        let Some(clip) = room.intersection(&clip) else {
            return;
        };
        // Painted whole, whatever of it is seen.
        let drawing = self.caches.drawings.of(lines, transformation, room);
        if let Some(drawing) = drawing {
            self.add(drawing.area, clip, Part::Drawing(drawing));
        }
    }

    fn text(&mut self, text: &Text, transformation: Transformation, clip: Rectangle) {
        let mut fonts = match font_system().write() {
            Ok(fonts) => fonts,
            Err(poisoned) => poisoned.into_inner(),
        };
        let begin = self.scene.letters.len();
        let mut seen = None;
        let letters = &mut self.scene.letters;
        let Caches { glyphs, texts, .. } = &mut *self.caches;
        texts.with(text, transformation, fonts.raw(), |fonts, laid| {
            let clip = laid.clip.intersection(&clip);
            let clip = clip.filter(|clip| clip.intersects(&laid.bounds));
            if let Some(clip) = clip {
                let ink = (laid.position, laid.color);
                let rows = (clip.y, clip.y + clip.height);
                glyphs.of(
                    fonts,
                    laid.buffer,
                    ink,
                    (laid.transformation, rows),
                    letters,
                );
                seen = Some((laid.bounds, clip));
            }
        });
        drop(fonts);
        let areas = self.scene.letters[begin..].iter().map(Glyph::area);
        if let (Some(area), Some((bounds, clip))) = (areas.reduce(PixelRect::union), seen) {
            let clip = self.clip(bounds, clip);
            let range = begin..self.scene.letters.len();
            self.add(area, clip, Part::Text(range));
        }
    }

    /// Adds a part that may touch `area`, but nothing beyond `clip`.
    fn add(&mut self, area: PixelRect, clip: Rectangle, part: Part) {
        let whole = PixelRect::around(self.whole);
        let area = area.intersection(PixelRect::inside(clip));
        let Some(area) = area.and_then(|area| area.intersection(whole)) else {
            return;
        };
        let key = self.key(&part);
        self.scene.parts.push(part);
        self.scene.marks.push(Mark { key, area });
    }

    fn key(&self, part: &Part) -> u64 {
        let mut state = DefaultHasher::new();
        std::mem::discriminant(part).hash(&mut state);
        match part {
            Part::Ground(ink) => ink.hash(&mut state),
            Part::Plate(plate) => plate.tell(&mut state),
            Part::Text(range) => {
                for letter in self.scene.letters.get(range.clone()).unwrap_or_default() {
                    letter.tell(&mut state);
                }
            }
            Part::Picture(picture) => picture.tell(&mut state),
            Part::Drawing(drawing) => drawing.tell(&mut state),
        }
        state.finish()
    }
}

impl Caches {
    /// Lines that are kept by whoever draws them, and in the next picture.
    pub fn keep(&mut self, lines: &Arc<[Primitive]>) {
        self.drawings.keep(lines);
    }

    /// After each picture: what wasn't in it is dropped, sooner or later.
    fn trim(&mut self) {
        self.glyphs.trim();
        self.texts.trim();
        self.pictures.trim();
        self.drawings.trim();
    }
}
