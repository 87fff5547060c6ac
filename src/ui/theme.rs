//! The palettes. Every colour is named here and nowhere else.

use std::sync::{Mutex, PoisonError};

use iced::Color;

use crate::config::{self, types::BrandColor};

/// A screen's colours. Everything stays within 16–235, the range that a television
/// shows without clipping.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// The background's top and bottom; it fades from one to the other.
    pub ground: [Color; 2],
    /// Cards, panels, buttons.
    pub surface: Color,
    /// A surface that has the focus.
    pub raised: Color,
    /// The thin edge of a surface, and parts of a drawing that carry meaning.
    pub edge: Color,
    /// The ring around what has the focus.
    pub ring: Color,
    /// Text that matters.
    pub text: Color,
    /// Second lines and hints.
    pub muted: Color,
    /// The one colour that stands out.
    pub accent: Color,
    /// Text on [`Palette::accent`].
    pub on_accent: Color,
    /// Something failed.
    pub danger: Color,
    /// Something needs patience.
    pub warning: Color,
    /// Tints for pictures that aren't there.
    pub tints: [Color; 6],
    /// The veil behind a panel that lies over a screen.
    pub veil: Color,
    /// What casts no light.
    pub shadow: Color,
}

/// The contrast of text with what is below it.
const READABLE: f32 = 7.0;
/// The contrast of an edge with what is on both sides of it.
const SEEN: f32 = 3.0;
/// The contrast of a surface that stands out from the ground by itself.
const DISTINCT: f32 = 1.15;

/// The card that the QR lies on, in every theme.
pub const QR_LIGHT: [u8; 4] = [255, 255, 255, 255];
/// A QR's module.
pub const QR_DARK: [u8; 4] = [0, 0, 0, 255];
/// The card around the QR.
pub const QR_CARD: Color = Color::WHITE;

/// A screen that nobody looks at; below the range of a television, so that it gives no light.
pub const NIGHT: Color = Color::BLACK;
/// The clock on it.
pub const CLOCK: Color = rgb(156, 156, 156);

impl Palette {
    /// The palette of that name.
    #[must_use]
    pub const fn of(theme: config::Theme) -> &'static Self {
        match theme {
            config::Theme::Dark => &DARK,
            config::Theme::Light => &LIGHT,
            config::Theme::HighContrast => &HIGH_CONTRAST,
        }
    }

    /// The palette of that name with the brand's colour for what stands out. High
    /// contrast stays as it is: people choose it because they need it.
    #[must_use]
    pub fn branded(theme: config::Theme, brand: Option<BrandColor>) -> &'static Self {
        /// Palettes are few and are needed until the program ends.
        static MADE: Mutex<Vec<&'static Palette>> = Mutex::new(Vec::new());
        let plain = Self::of(theme);
        let Some(brand) = brand.filter(|_| theme != config::Theme::HighContrast) else {
            return plain;
        };
        let wanted = plain.with_brand(brand);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.iter().find(|palette| ***palette == wanted) {
            return known;
        }
        let kept: &'static Self = Box::leak(Box::new(wanted));
        made.push(kept);
        kept
    }

    /// The same with the brand's colour, brought as near to the text's as it takes to
    /// be read on every surface, and with the ink that is read best on it.
    fn with_brand(&self, brand: BrandColor) -> Self {
        let [red, green, blue] = brand.rgb().map(|channel| channel.clamp(16, 235));
        let brand = Color::from_rgb8(red, green, blue);
        let readable = |color: &Color| {
            let grounds = [self.ground[0], self.ground[1], self.surface];
            grounds
                .iter()
                .all(|ground| contrast(*color, *ground) >= READABLE)
        };
        let accent = (0..=20u8)
            .map(|step| between(brand, self.text, f32::from(step) / 20.0))
            .find(readable)
            .unwrap_or(self.text);
        let ink = |color: &Color| (contrast(*color, accent) * 1000.0) as u32;
        let inks = [self.on_accent, self.text, self.ground[1]];
        Self {
            accent,
            on_accent: inks.into_iter().max_by_key(ink).unwrap_or(self.on_accent),
            ..self.clone()
        }
    }

    /// The tint for something called `name`: always the same one.
    #[must_use]
    pub fn tint(&self, name: &str) -> Color {
        self.tints[self.tint_number(name)]
    }

    /// Which of the tints that is.
    #[must_use]
    pub fn tint_number(&self, name: &str) -> usize {
        let sum = name.bytes().fold(7usize, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(usize::from(byte))
        });
        sum % self.tints.len()
    }
}

static DARK: Palette = Palette {
    ground: [rgb(24, 30, 50), rgb(16, 18, 26)],
    surface: rgb(38, 45, 70),
    raised: rgb(56, 66, 98),
    edge: rgb(150, 160, 188),
    ring: rgb(235, 235, 230),
    text: rgb(235, 235, 232),
    muted: rgb(214, 220, 232),
    accent: rgb(112, 222, 196),
    on_accent: rgb(16, 26, 32),
    danger: rgb(235, 176, 164),
    warning: rgb(235, 198, 122),
    tints: [
        rgb(62, 58, 108),
        rgb(30, 84, 96),
        rgb(96, 52, 82),
        rgb(40, 78, 60),
        rgb(98, 64, 44),
        rgb(44, 70, 112),
    ],
    veil: Color {
        a: 0.72,
        ..rgb(16, 18, 26)
    },
    shadow: Color {
        a: 0.5,
        ..rgb(16, 16, 18)
    },
};

static LIGHT: Palette = Palette {
    ground: [rgb(214, 219, 227), rgb(202, 208, 218)],
    surface: rgb(235, 235, 235),
    raised: rgb(186, 218, 224),
    edge: rgb(78, 86, 104),
    ring: rgb(16, 62, 76),
    text: rgb(22, 26, 36),
    muted: rgb(44, 52, 68),
    accent: rgb(16, 62, 76),
    on_accent: rgb(235, 235, 232),
    danger: rgb(104, 18, 18),
    warning: rgb(76, 46, 16),
    tints: [
        rgb(66, 60, 120),
        rgb(24, 84, 98),
        rgb(110, 48, 88),
        rgb(34, 84, 62),
        rgb(110, 62, 32),
        rgb(40, 72, 124),
    ],
    veil: Color {
        a: 0.6,
        ..rgb(52, 58, 72)
    },
    shadow: Color {
        a: 0.25,
        ..rgb(40, 44, 56)
    },
};

static HIGH_CONTRAST: Palette = Palette {
    ground: [rgb(16, 16, 16), rgb(16, 16, 16)],
    surface: rgb(16, 16, 16),
    raised: rgb(54, 54, 54),
    edge: rgb(235, 235, 235),
    ring: rgb(235, 220, 16),
    text: rgb(235, 235, 235),
    muted: rgb(235, 235, 235),
    accent: rgb(235, 220, 16),
    on_accent: rgb(16, 16, 16),
    danger: rgb(235, 190, 180),
    warning: rgb(235, 220, 16),
    tints: [rgb(40, 40, 40); 6],
    veil: Color {
        a: 0.85,
        ..rgb(16, 16, 16)
    },
    shadow: Color {
        a: 0.0,
        ..rgb(16, 16, 16)
    },
};

impl Palette {
    /// The edge of what lies there without the focus: as faint as it may be to be seen
    /// from the sofa, and plain where the surface doesn't stand out by itself.
    #[must_use]
    pub fn resting_edge(&self) -> Color {
        if contrast(self.surface, self.ground[0]) < DISTINCT {
            return self.edge;
        }
        let seen = |color: &Color| {
            let around = [self.ground[0], self.ground[1], self.surface];
            around
                .iter()
                .all(|ground| contrast(*color, *ground) >= SEEN)
        };
        (0..=20u8)
            .map(|step| between(self.surface, self.edge, f32::from(step) / 20.0))
            .find(seen)
            .unwrap_or(self.edge)
    }
}

const fn rgb(red: u8, green: u8, blue: u8) -> Color {
    Color::from_rgb8(red, green, blue)
}

/// A colour between two, `0.0` being the first.
#[must_use]
pub fn between(one: Color, other: Color, part: f32) -> Color {
    let mix = |from: f32, to: f32| from + (to - from) * part.clamp(0.0, 1.0);
    Color::from_rgba(
        mix(one.r, other.r),
        mix(one.g, other.g),
        mix(one.b, other.b),
        mix(one.a, other.a),
    )
}

/// The contrast of two opaque colours (WCAG 2.2, 1 to 21).
#[must_use]
pub fn contrast(one: Color, other: Color) -> f32 {
    let luminance = |color: Color| {
        let [red, green, blue, _] = color.into_linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [config::Theme; 3] = [
        config::Theme::Dark,
        config::Theme::Light,
        config::Theme::HighContrast,
    ];

    fn grounds(palette: &Palette) -> [Color; 4] {
        [
            palette.ground[0],
            palette.ground[1],
            palette.surface,
            palette.raised,
        ]
    }

    #[test]
    fn every_text_has_a_contrast_of_seven_to_one() {
        for theme in THEMES {
            let palette = Palette::of(theme);
            for ground in grounds(palette) {
                for (name, text) in [("text", palette.text), ("muted", palette.muted)] {
                    let contrast = contrast(text, ground);
                    assert!(contrast >= 7.0, "{theme:?}: {name} has {contrast}");
                }
            }
            for ground in &grounds(palette)[..3] {
                for (name, text) in [
                    ("accent", palette.accent),
                    ("danger", palette.danger),
                    ("warning", palette.warning),
                ] {
                    let contrast = contrast(text, *ground);
                    assert!(contrast >= 7.0, "{theme:?}: {name} has {contrast}");
                }
            }
            assert!(
                contrast(palette.on_accent, palette.accent) >= 7.0,
                "{theme:?}: on accent"
            );
            for tint in palette.tints {
                let letter = if theme == config::Theme::Light {
                    palette.on_accent
                } else {
                    palette.text
                };
                assert!(
                    contrast(letter, tint) >= 4.5,
                    "{theme:?}: the letter on a tint"
                );
            }
        }
    }

    #[test]
    fn a_brand_colour_is_readable_on_everything_whatever_it_is() {
        for theme in [config::Theme::Dark, config::Theme::Light] {
            for brand in [
                "#000000", "#ffffff", "#e50914", "#00ff00", "#1a1aff", "#808080",
            ] {
                let palette = Palette::branded(theme, Some(brand.parse().unwrap()));
                for ground in &grounds(palette)[..3] {
                    let contrast = contrast(palette.accent, *ground);
                    assert!(contrast >= READABLE, "{theme:?}: {brand} has {contrast}");
                }
                let ink = contrast(palette.on_accent, palette.accent);
                assert!(ink >= READABLE, "{theme:?}: the ink on {brand} has {ink}");
            }
        }
    }

    #[test]
    fn the_clock_at_night_is_readable() {
        assert!(contrast(CLOCK, NIGHT) >= READABLE);
    }

    #[test]
    fn a_brand_colour_that_is_readable_stays_as_it_is() {
        let palette = Palette::branded(config::Theme::Dark, Some("#70dec4".parse().unwrap()));
        assert_eq!(palette.accent, rgb(0x70, 0xde, 0xc4));
    }

    #[test]
    fn high_contrast_knows_no_brand_and_one_brand_is_one_palette() {
        let brand = || Some("#e50914".parse().unwrap());
        let of = |theme| Palette::branded(theme, brand());
        assert!(std::ptr::eq(
            of(config::Theme::HighContrast),
            Palette::of(config::Theme::HighContrast)
        ));
        assert!(std::ptr::eq(
            of(config::Theme::Dark),
            of(config::Theme::Dark)
        ));
    }

    #[test]
    fn focus_and_edges_have_a_contrast_of_four_and_a_half_to_one() {
        for theme in THEMES {
            let palette = Palette::of(theme);
            for ground in grounds(palette) {
                let ring = contrast(palette.ring, ground);
                assert!(ring >= 4.5, "{theme:?}: the ring has {ring}");
            }
            for ground in &grounds(palette)[..3] {
                let edge = contrast(palette.edge, *ground);
                assert!(edge >= 4.5, "{theme:?}: the edge has {edge}");
            }
        }
    }

    #[test]
    fn what_lies_there_without_the_focus_is_seen_by_its_edge_and_by_its_surface() {
        for theme in THEMES {
            let palette = Palette::of(theme);
            let (least, stands_out) = match theme {
                config::Theme::HighContrast => (4.5, false),
                config::Theme::Dark | config::Theme::Light => (3.0, true),
            };
            let edge = palette.resting_edge();
            for ground in &grounds(palette)[..3] {
                let edge = contrast(edge, *ground);
                assert!(edge >= least, "{theme:?}: the resting edge has {edge}");
            }
            for ground in palette.ground {
                let surface = contrast(palette.surface, ground);
                assert!(
                    !stands_out || surface >= 1.15,
                    "{theme:?}: a surface has {surface}"
                );
            }
            let raised = contrast(palette.raised, palette.surface);
            assert!(raised >= 1.15, "{theme:?}: a raised surface has {raised}");
        }
    }

    #[test]
    fn no_colour_leaves_the_range_that_a_television_shows() {
        for theme in THEMES {
            let palette = Palette::of(theme);
            let mut colors = vec![
                palette.surface,
                palette.raised,
                palette.edge,
                palette.ring,
                palette.text,
                palette.muted,
                palette.accent,
                palette.on_accent,
                palette.danger,
                palette.warning,
            ];
            colors.extend(palette.ground);
            colors.extend(palette.tints);
            for color in colors {
                let [red, green, blue, _] = color.into_rgba8();
                for channel in [red, green, blue] {
                    assert!((16..=235).contains(&channel), "{theme:?}: {channel}");
                }
            }
        }
    }
}
