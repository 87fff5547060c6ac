//! What the screens share: metrics, colours, fonts, keys, focus, the QR raster and
//! the few widgets that more than one of them draws.

pub mod art;
pub mod bar;
pub mod brand;
pub mod cached_canvas;
pub mod focus;
pub mod font;
pub mod idle;
pub mod keys;
pub mod lines;
pub mod metrics;
pub mod motion;
pub mod qr;
pub mod ring;
pub mod scroll_text;
pub mod stage;
pub mod theme;
pub mod widget;

pub use crate::renderer::Renderer;

use crate::config::Display;
use crate::i18n::{Direction, Language, Phrase};
use iced::widget::canvas;
use iced::widget::image::Handle;
use iced::widget::text::Alignment;
use iced::{Size, Theme};
use metrics::Metrics;
use theme::Palette;

/// A part of a screen.
pub type Element<'a, Message> = iced::Element<'a, Message, Theme, Renderer>;
/// A box around a part of a screen.
pub type Container<'a, Message> = iced::widget::Container<'a, Message, Theme, Renderer>;
/// What is painted on.
pub type Frame = canvas::Frame<Renderer>;

/// How everything is drawn and said at the moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Sizes.
    pub metrics: Metrics,
    /// Colours.
    pub palette: &'static Palette,
    /// The user's own logo, where it could be read.
    pub logo: Option<&'static Handle>,
    /// What the texts are in.
    pub language: Language,
    /// Whether anything moves.
    pub motion: bool,
    /// How much of the keys that work here is shown, 0 to 1; their room stays.
    pub hints: f32,
    /// Whether what has the focus is being pressed, and it is open for how long.
    pub pressed: bool,
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
            logo: None,
            language: display.language.unwrap_or(Language::English),
            motion: display.motion,
            hints: 1.0,
            pressed: false,
        }
    }

    /// The same with a logo.
    #[must_use]
    pub const fn with_logo(self, logo: Option<&'static Handle>) -> Self {
        Self { logo, ..self }
    }

    /// Where lines of text begin in the person's language. What is read from the left
    /// leaves it to each text, so that an Arabic name stands right.
    #[must_use]
    pub const fn start(&self) -> Alignment {
        match self.language.direction() {
            Direction::LeftToRight => Alignment::Default,
            Direction::RightToLeft => Alignment::Right,
        }
    }

    /// What points to more before and after something, in the person's direction.
    #[must_use]
    pub const fn arrows(&self) -> [&'static str; 2] {
        match self.language.direction() {
            Direction::LeftToRight => ["‹", "›"],
            Direction::RightToLeft => ["›", "‹"],
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
