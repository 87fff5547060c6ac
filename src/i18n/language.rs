//! The languages that there are texts in.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A language that the screens speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
    /// Japanese.
    Japanese,
    /// Arabic.
    Arabic,
}

/// Which way a language is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left: the screen is mirrored.
    RightToLeft,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Japanese,
        Self::Arabic,
    ];

    /// Its tag (RFC 5646).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Japanese => "ja",
            Self::Arabic => "ar",
        }
    }

    /// Which way it is read.
    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::RightToLeft,
            Self::English
            | Self::German
            | Self::French
            | Self::Spanish
            | Self::Portuguese
            | Self::Japanese => Direction::LeftToRight,
        }
    }

    /// The language of a tag such as `de-AT`, or of a locale's name such as
    /// `de_AT.UTF-8`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.tag() == primary)
    }

    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that is set counts; English where there are no texts in it. The list in `LANGUAGE` comes
    /// before it, unless it is C: so gettext has it.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(&variable)
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        if ["", "C", "POSIX"].contains(&name) {
            return Self::English;
        }
        let wanted = variable("LANGUAGE").unwrap_or_default();
        let wanted = wanted.split(':').chain([locale.as_str()]);
        wanted
            .filter_map(Self::of_tag)
            .next()
            .unwrap_or(Self::English)
    }

    /// Reads the configuration's `language`: nothing for `auto`.
    ///
    /// # Errors
    /// There are no texts in that language.
    pub(crate) fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        let tag = String::deserialize(deserializer)?;
        if tag.eq_ignore_ascii_case("auto") {
            return Ok(None);
        }
        let unknown = || {
            let tags: Vec<_> = Self::ALL.iter().map(|language| language.tag()).collect();
            D::Error::custom(format!(
                "there are no texts in “{tag}”: write auto, {}",
                tags.join(", ")
            ))
        };
        Self::of_tag(&tag).map(Some).ok_or_else(unknown)
    }
}
