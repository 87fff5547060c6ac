//! One canvas of 1920 × 1080, upright where the window is, scaled to it; every size is named
//! here.

use iced::{Padding, Size};

/// The canvas that all sizes are given on; a window that is higher than wide has it upright.
pub const CANVAS: Size = Size::new(1920.0, 1080.0);

/// What a text is for; its size follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A screen's title.
    Title,
    /// A heading inside a screen.
    Heading,
    /// What is addressed to the person, a step, a button.
    Body,
    /// The title of a row or tile.
    Card,
    /// What stands below a picture.
    Caption,
    /// Second lines, hints, the legend.
    Small,
}

impl Role {
    /// Pixels on the canvas at text scale 1.
    #[must_use]
    pub const fn base(self) -> f32 {
        match self {
            Self::Title => 72.0,
            Self::Heading => 44.0,
            Self::Body => 34.0,
            Self::Card => 36.0,
            Self::Caption => 32.0,
            Self::Small => 29.0,
        }
    }
}

/// Distances between things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Between a label and its text.
    Hair,
    /// Inside a group.
    Tight,
    /// Between lines of a group.
    Small,
    /// Between groups.
    Medium,
    /// Between cards and columns.
    Gutter,
    /// Between parts of a screen.
    Large,
}

impl Gap {
    /// Pixels on the canvas.
    #[must_use]
    pub const fn base(self) -> f32 {
        match self {
            Self::Hair => 6.0,
            Self::Tight => 12.0,
            Self::Small => 20.0,
            Self::Medium => 32.0,
            Self::Gutter => 40.0,
            Self::Large => 64.0,
        }
    }
}

/// A line's height by its text's size.
pub const LINE: f32 = 1.3;
/// The width of the ring around what has the focus.
pub const RING: f32 = 8.0;
/// The least height of what can be pressed.
pub const TARGET: f32 = 76.0;
/// The side of the QR's card; the smaller one where very large texts stand below it.
const QR_CARD: f32 = 680.0;
const LEAST_QR_CARD: f32 = 520.0;
/// A user code's size where there is room.
pub const CODE: f32 = 132.0;
/// Above this, what is said beside the main thing moves out of its way.
pub const LARGE_TEXT: f32 = 1.25;
/// Up to this text scale there is room for more than what must be there.
pub const ROOMY_TEXT: f32 = 1.7;

/// Turns sizes on the canvas into logical pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    window: Size,
    factor: f32,
    density: f32,
    text: f32,
    safe: f32,
    /// What lies at the top, below which everything else begins, on the canvas.
    above: f32,
}

impl Metrics {
    /// For a window of `window` logical pixels; `density` is physical pixels per
    /// logical one, `text` what texts are multiplied by, `safe` the unused edge as a
    /// fraction of each side.
    #[must_use]
    pub fn new(window: Size, density: f32, text: f32, safe: f32) -> Self {
        let least = |side: f32| side.max(180.0);
        let window = Size::new(least(window.width), least(window.height));
        let (long, short) = (
            window.width.max(window.height),
            window.width.min(window.height),
        );
        let factor = (long / CANVAS.width).min(short / CANVAS.height);
        Self {
            window,
            factor,
            density,
            text,
            safe,
            above: 0.0,
        }
    }

    /// The same with `above` pixels of the canvas taken at the top of the safe area.
    #[must_use]
    pub const fn below(self, above: f32) -> Self {
        Self { above, ..self }
    }

    /// `size` on the canvas in logical pixels.
    #[must_use]
    pub fn px(&self, size: f32) -> f32 {
        size * self.factor
    }

    /// A gap in logical pixels.
    #[must_use]
    pub fn gap(&self, gap: Gap) -> f32 {
        self.px(gap.base())
    }

    /// A text's size on the canvas. What is large anyway grows less, so that the
    /// whole still fits: no role grows beyond the body's size at that scale.
    #[must_use]
    pub fn text_base(&self, role: Role) -> f32 {
        let base = role.base();
        let most = (Role::Body.base() * self.text * 1.06).max(base);
        (base * self.text).min(most)
    }

    /// A text's size in logical pixels.
    #[must_use]
    pub fn text(&self, role: Role) -> f32 {
        self.px(self.text_base(role))
    }

    /// A line's height in pixels of the canvas.
    #[must_use]
    pub fn line(&self, role: Role) -> f32 {
        self.text_base(role) * LINE
    }

    /// The height of what can be pressed, on the canvas.
    #[must_use]
    pub fn target(&self) -> f32 {
        TARGET.max(self.line(Role::Body) + 2.0 * Gap::Tight.base())
    }

    /// The edge that stays free on the left and right.
    #[must_use]
    pub fn safe_x(&self) -> f32 {
        self.window.width * self.safe
    }

    /// The edge that stays free at the top and bottom.
    #[must_use]
    pub fn safe_y(&self) -> f32 {
        self.window.height * self.safe
    }

    /// The edge that stays free on the left and right, in pixels of the canvas.
    #[must_use]
    pub fn margin(&self) -> f32 {
        self.safe_x() / self.factor
    }

    /// Both edges, with what lies at the top.
    #[must_use]
    pub fn safe_area(&self) -> Padding {
        Padding {
            top: self.safe_y() + self.px(self.above),
            ..Padding::from([self.safe_y(), self.safe_x()])
        }
    }

    /// The room inside the safe area, in pixels of the canvas.
    #[must_use]
    pub fn room(&self) -> Size {
        Size::new(
            (self.window.width - 2.0 * self.safe_x()) / self.factor,
            (self.window.height - 2.0 * self.safe_y()) / self.factor - self.above,
        )
    }

    /// Whether the window is higher than wide: what stands side by side elsewhere doesn't fit.
    #[must_use]
    pub fn portrait(&self) -> bool {
        self.window.height > self.window.width
    }

    /// The side of the QR's card.
    #[must_use]
    pub fn qr_card(&self) -> f32 {
        if self.portrait() && self.text > ROOMY_TEXT {
            LEAST_QR_CARD
        } else {
            QR_CARD
        }
    }

    /// Whether texts are so large that side matters move out of the way.
    #[must_use]
    pub fn large_text(&self) -> bool {
        self.text >= LARGE_TEXT
    }

    /// What texts are multiplied by.
    #[must_use]
    pub fn text_scale(&self) -> f32 {
        self.text
    }

    /// Physical pixels per pixel of the canvas.
    #[must_use]
    pub fn physical(&self) -> f32 {
        self.factor * self.density
    }

    /// Physical pixels per logical one.
    #[must_use]
    pub fn density(&self) -> f32 {
        self.density
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: f32, height: f32, text: f32) -> Metrics {
        Metrics::new(Size::new(width, height), 1.0, text, 0.05)
    }

    #[test]
    fn the_canvas_is_scaled_by_the_side_that_is_shorter_of_room() {
        assert!((at(3840.0, 2160.0, 1.0).px(100.0) - 200.0).abs() < 0.01);
        assert!((at(3840.0, 1080.0, 1.0).px(100.0) - 100.0).abs() < 0.01);
        assert!((at(1280.0, 720.0, 1.0).px(90.0) - 60.0).abs() < 0.01);
    }

    #[test]
    fn nothing_is_smaller_than_28_pixels_and_nothing_shrinks_as_texts_grow() {
        for role in [
            Role::Title,
            Role::Heading,
            Role::Body,
            Role::Card,
            Role::Caption,
            Role::Small,
        ] {
            assert!(role.base() >= 28.0, "{role:?}");
            let mut before = 0.0;
            for tenths in 10..=25u8 {
                let size = at(1920.0, 1080.0, f32::from(tenths) / 10.0).text_base(role);
                assert!(size >= before, "{role:?} at {tenths}");
                before = size;
            }
        }
    }

    #[test]
    fn at_the_largest_scale_a_body_text_has_capitals_of_the_height_that_en_301_549_asks() {
        let body = at(1920.0, 1080.0, 2.5).text_base(Role::Body);
        assert!(body >= 81.0, "{body}");
    }

    #[test]
    fn the_safe_area_is_five_percent() {
        let metrics = at(1920.0, 1080.0, 1.0);
        assert!((metrics.safe_x() - 96.0).abs() < 0.01);
        assert!((metrics.safe_y() - 54.0).abs() < 0.01);
        assert!((metrics.room().width - 1728.0).abs() < 0.1);
    }
}
