//! Texts as iced hands them over, and where their letters begin.

use iced::alignment::Vertical;
use iced::widget::text::Alignment;
use iced::{Color, Point, Rectangle, Size, Transformation};
use iced_tiny_skia::graphics::text::cosmic_text::{Buffer, FontSystem};
use iced_tiny_skia::graphics::text::{Text, cache};

/// A text that is laid out.
pub struct Laid<'a> {
    /// Its letters.
    pub buffer: &'a Buffer,
    /// Where the first line begins.
    pub position: Point,
    /// What it is written in.
    pub color: Color,
    /// From where it is laid out to where it is seen.
    pub transformation: Transformation,
    /// What it takes, in physical pixels.
    pub bounds: Rectangle,
    /// Beyond what it isn’t seen, in physical pixels.
    pub clip: Rectangle,
}

/// The texts that nobody else keeps laid out.
#[derive(Debug, Default)]
pub struct Texts {
    cache: cache::Cache,
}

impl Texts {
    /// Has something done with a text, unless it is gone.
    pub fn with(
        &mut self,
        text: &Text,
        transformation: Transformation,
        fonts: &mut FontSystem,
        then: impl FnOnce(&mut FontSystem, Laid<'_>),
    ) {
        match text {
            Text::Paragraph {
                paragraph,
                position,
                color,
                clip_bounds,
                transformation: own,
            } => {
                let Some(kept) = paragraph.upgrade() else {
                    return;
                };
                let transformation = transformation * *own;
                let laid = Laid {
                    buffer: kept.buffer(),
                    position: *position,
                    color: *color,
                    transformation,
                    bounds: Rectangle::new(*position, paragraph.min_bounds) * transformation,
                    clip: *clip_bounds * transformation,
                };
                then(fonts, laid);
            }
            Text::Editor {
                editor,
                position,
                color,
                clip_bounds,
                transformation: own,
            } => {
                let Some(kept) = editor.upgrade() else {
                    return;
                };
                let transformation = transformation * *own;
                let laid = Laid {
                    buffer: kept.buffer(),
                    position: *position,
                    color: *color,
                    transformation,
                    bounds: Rectangle::new(*position, editor.bounds) * transformation,
                    clip: *clip_bounds * transformation,
                };
                then(fonts, laid);
            }
            Text::Cached {
                content,
                bounds,
                color,
                size,
                line_height,
                font,
                align_x,
                align_y,
                shaping,
                clip_bounds,
            } => {
                let key = cache::Key {
                    content,
                    size: (*size).into(),
                    line_height: (*line_height).into(),
                    font: *font,
                    bounds: bounds.size(),
                    shaping: *shaping,
                    align_x: *align_x,
                };
                let (_, entry) = self.cache.allocate(fonts, key);
                let position = anchored(*bounds, entry.min_bounds, *align_x, *align_y);
                let laid = Laid {
                    buffer: &entry.buffer,
                    position,
                    color: *color,
                    transformation,
                    bounds: *clip_bounds * transformation,
                    clip: *clip_bounds * transformation,
                };
                then(fonts, laid);
            }
            Text::Raw {
                raw,
                transformation: own,
            } => {
                let Some(buffer) = raw.buffer.upgrade() else {
                    return;
                };
                let transformation = transformation * *own;
                let clip = raw.clip_bounds * transformation;
                let laid = Laid {
                    buffer: &buffer,
                    position: raw.position,
                    color: raw.color,
                    transformation,
                    bounds: clip,
                    clip,
                };
                then(fonts, laid);
            }
        }
    }

    /// To be told after each picture of the screen.
    pub fn trim(&mut self) {
        self.cache.trim();
    }
}

/// Where a text of that size begins that stands by a point.
fn anchored(at: Rectangle, size: Size, align_x: Alignment, align_y: Vertical) -> Point {
    let x = match align_x {
        Alignment::Default | Alignment::Left | Alignment::Justified => at.x,
        Alignment::Center => at.x - size.width / 2.0,
        Alignment::Right => at.x - size.width,
    };
    let y = match align_y {
        Vertical::Top => at.y,
        Vertical::Center => at.y - size.height / 2.0,
        Vertical::Bottom => at.y - size.height,
    };
    Point::new(x, y)
}
