//! The shape of a rectangle with round corners.

use std::hash::{Hash, Hasher};

use iced::Rectangle;

/// A rectangle with corners of these radii, the upper left first and then clockwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounded {
    /// What it takes.
    pub bounds: Rectangle,
    /// How round its corners are.
    pub radii: [f32; 4],
}

impl Hash for Rounded {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Rectangle {
            x,
            y,
            width,
            height,
        } = self.bounds;
        [x, y, width, height].map(f32::to_bits).hash(state);
        self.radii.map(f32::to_bits).hash(state);
    }
}

impl Rounded {
    /// The same with all edges that much farther inside.
    #[must_use]
    pub fn shrunk(self, by: f32) -> Self {
        Self {
            bounds: self.bounds.shrink(by),
            radii: self.radii.map(|radius| (radius - by).max(0.0)),
        }
    }

    /// How much of a pixel it covers, 0 to 1.
    #[must_use]
    pub fn cover(&self, x: i32, y: i32) -> f32 {
        let bounds = self.bounds;
        let along = |at: f32, from: f32, length: f32| {
            ((at + 1.0).min(from + length) - at.max(from)).clamp(0.0, 1.0)
        };
        let straight =
            along(x as f32, bounds.x, bounds.width) * along(y as f32, bounds.y, bounds.height);
        match self.corner(x, y) {
            Some((radius, away)) => straight.min((radius - away + 0.5).clamp(0.0, 1.0)),
            None => straight,
        }
    }

    /// The radius of the corner that a pixel is in, and how far the pixel is from its middle.
    fn corner(&self, x: i32, y: i32) -> Option<(f32, f32)> {
        let bounds = self.bounds;
        let (x, y) = (x as f32 + 0.5 - bounds.x, y as f32 + 0.5 - bounds.y);
        let left = x < bounds.width / 2.0;
        let radius = match (left, y < bounds.height / 2.0) {
            (true, true) => self.radii[0],
            (false, true) => self.radii[1],
            (false, false) => self.radii[2],
            (true, false) => self.radii[3],
        };
        let across = radius - x.min(bounds.width - x);
        let down = radius - y.min(bounds.height - y);
        (across > 0.0 && down > 0.0).then(|| (radius, across.hypot(down)))
    }

    /// How far a pixel is from it, below 0 inside.
    #[must_use]
    pub fn distance(&self, x: i32, y: i32) -> f32 {
        if let Some((radius, away)) = self.corner(x, y) {
            return away - radius;
        }
        let bounds = self.bounds;
        let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
        let across = (bounds.x - x).max(x - bounds.x - bounds.width);
        let down = (bounds.y - y).max(y - bounds.y - bounds.height);
        if across > 0.0 && down > 0.0 {
            across.hypot(down)
        } else {
            across.max(down)
        }
    }
}
