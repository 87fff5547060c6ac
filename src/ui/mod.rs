//! What the screens share: metrics, colours, fonts, keys, focus, the QR raster and
//! the few widgets that more than one of them draws.

pub mod art;
pub mod focus;
pub mod font;
pub mod kept;
pub mod keys;
pub mod lines;
pub mod metrics;
pub mod qr;
pub mod ring;
pub mod theme;
pub mod widget;

use crate::config::Display;
use crate::words::{Language, Phrase};
use iced::Size;
use metrics::Metrics;
use theme::Palette;

/// How everything is drawn and said at the moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Sizes.
    pub metrics: Metrics,
    /// Colours.
    pub palette: &'static Palette,
    /// What the texts are in.
    pub language: Language,
    /// Whether anything moves.
    pub motion: bool,
}

impl Look {
    /// For a window of `size` logical pixels on a display of `density` physical
    /// pixels per logical one.
    #[must_use]
    pub fn new(size: Size, density: f32, display: &Display) -> Self {
        Self {
            metrics: Metrics::new(
                size,
                density,
                display.text_scale.factor(),
                display.safe_margin.fraction(),
            ),
            palette: Palette::branded(display.theme, display.accent),
            language: display.language.unwrap_or(Language::English),
            motion: display.motion,
        }
    }

    /// The words of a message in the person's language.
    #[must_use]
    pub fn say(&self, id: &'static str) -> String {
        self.language.say(id)
    }

    /// A phrase in the person's language.
    #[must_use]
    pub fn tell(&self, phrase: &Phrase) -> String {
        self.language.tell(phrase)
    }
}
