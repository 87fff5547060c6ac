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
use iced::Size;
use metrics::Metrics;
use theme::Palette;

/// How everything is drawn at the moment: sizes and colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Sizes.
    pub metrics: Metrics,
    /// Colours.
    pub palette: &'static Palette,
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
            palette: Palette::of(display.theme),
        }
    }
}
