//! What the screen does while nobody is there.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::types::{NumberOrText, Seconds};

/// After how long without a key each step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Idle {
    /// The keys at the bottom are hidden.
    pub hints: After,
    /// The picture dims and drifts.
    pub dim: After,
    /// All is black but for a clock.
    pub black: After,
}

impl Default for Idle {
    fn default() -> Self {
        Self {
            hints: After::minutes(2),
            dim: After::minutes(5),
            black: After::minutes(15),
        }
    }
}

/// A length of time, or never: `0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After(Option<Seconds>);

impl After {
    const fn minutes(minutes: u64) -> Self {
        Self(Some(Seconds::new(60 * minutes)))
    }

    /// As the standard library's type; nothing for never.
    #[must_use]
    pub fn duration(self) -> Option<Duration> {
        self.0.map(Seconds::duration)
    }
}

impl<'de> Deserialize<'de> for After {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = NumberOrText::deserialize(deserializer)?.to_string();
        let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = written[digits.len()..].trim();
        if digits == "0" && ["", "s", "m", "min", "h"].contains(&unit) {
            return Ok(Self(None));
        }
        Seconds::parse(&written).map(Some).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "“{written}” is not a length of time: write whole seconds up to 86400, or \"60s\", \"5m\", \"1h\"; 0 for never"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Idle, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn each_step_has_its_time_and_nought_is_never() {
        let idle = read("hints = \"90s\"\ndim = 0\nblack = \"0m\"").unwrap();
        assert_eq!(idle.hints.duration(), Some(Duration::from_secs(90)));
        assert_eq!((idle.dim.duration(), idle.black.duration()), (None, None));
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let idle = read("dim = \"10m\"").unwrap();
        assert_eq!(idle.hints.duration(), Some(Duration::from_secs(120)));
        assert_eq!(idle.black.duration(), Some(Duration::from_secs(900)));
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_to_write() {
        for wrong in ["dim = -1", "dim = \"soon\"", "dim = 1.5", "dim = \"0x\""] {
            let told = read(wrong).unwrap_err().to_string();
            assert!(told.contains("0 for never"), "{wrong}: {told}");
        }
    }
}
