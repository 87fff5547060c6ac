//! Whole pixels.

use iced::Rectangle;

/// A rectangle of whole pixels; those at `right` and `bottom` are no longer in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PixelRect {
    /// The first column.
    pub left: i32,
    /// The first row.
    pub top: i32,
    /// The first column beyond.
    pub right: i32,
    /// The first row beyond.
    pub bottom: i32,
}

impl PixelRect {
    /// All of a picture of that size.
    #[must_use]
    pub fn of(width: u32, height: u32) -> Self {
        Self::at(0, 0, width, height)
    }

    /// That many pixels from there on.
    #[must_use]
    pub fn at(left: i32, top: i32, width: u32, height: u32) -> Self {
        let beyond = |from: i32, size: u32| from.saturating_add_unsigned(size);
        Self {
            left,
            top,
            right: beyond(left, width),
            bottom: beyond(top, height),
        }
    }

    /// All pixels that `bounds` touches.
    #[must_use]
    pub fn around(bounds: Rectangle) -> Self {
        Self {
            left: bounds.x.floor() as i32,
            top: bounds.y.floor() as i32,
            right: (bounds.x + bounds.width).ceil() as i32,
            bottom: (bounds.y + bounds.height).ceil() as i32,
        }
    }

    /// The pixels whose middle is in `bounds`.
    #[must_use]
    pub fn inside(bounds: Rectangle) -> Self {
        Self {
            left: bounds.x.round() as i32,
            top: bounds.y.round() as i32,
            right: (bounds.x + bounds.width).round() as i32,
            bottom: (bounds.y + bounds.height).round() as i32,
        }
    }

    /// What is in both, if anything is.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (both.left < both.right && both.top < both.bottom).then_some(both)
    }

    /// The least that both are in.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(self) -> u32 {
        u32::try_from(self.right.saturating_sub(self.left)).unwrap_or(0)
    }

    /// How many rows there are.
    #[must_use]
    pub fn height(self) -> u32 {
        u32::try_from(self.bottom.saturating_sub(self.top)).unwrap_or(0)
    }

    /// How many pixels there are.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.width()) * u64::from(self.height())
    }

    /// Of things that there is one of for each pixel, row by row: those in the row `y`, as far
    /// as they are in `part`, which is in this area.
    #[must_use]
    pub fn row<T>(self, things: &[T], y: i32, part: Self) -> &[T] {
        let from = |length: i32| usize::try_from(length).unwrap_or(0);
        let begin = from(y - self.top) * self.width() as usize + from(part.left - self.left);
        let end = begin + part.width() as usize;
        things.get(begin..end).unwrap_or_default()
    }
}
