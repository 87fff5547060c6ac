//! What only a kiosk needs.

use std::str::FromStr;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::secret::Secret;

/// How a kiosk is left.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Kiosk {
    /// Asked for before the service menu opens.
    pub pin: Option<Pin>,
}

/// Four to twelve digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin(Secret);

impl Pin {
    /// The most digits.
    pub const MOST: usize = 12;

    /// Whether these are its digits.
    #[must_use]
    pub fn is(&self, typed: &str) -> bool {
        self.0.expose() == typed
    }
}

impl FromStr for Pin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && (4..=Self::MOST).contains(&text.len()) {
            Ok(Self(Secret::new(text)))
        } else {
            Err("a PIN is 4 to 12 digits in quotes, as in pin = \"2580\"")
        }
    }
}

impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Kiosk, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn a_pin_is_four_to_twelve_digits() {
        for good in ["0000", "123456789012"] {
            let pin = read(&format!("pin = \"{good}\"")).unwrap().pin.unwrap();
            assert!(pin.is(good) && !pin.is("9999"));
        }
        assert_eq!(read("").unwrap().pin, None);
    }

    #[test]
    fn what_is_no_pin_is_refused_with_what_to_write_and_not_repeated() {
        for wrong in ["\"123\"", "\"12a4\"", "\"1234567890123\"", "\"\""] {
            let told = read(&format!("pin = {wrong}")).unwrap_err();
            assert!(told.message().contains("in quotes"), "{wrong}: {told}");
            let digits = wrong.trim_matches('"');
            assert!(digits.is_empty() || !told.message().contains(digits));
        }
    }

    #[test]
    fn a_pin_is_not_in_what_is_printed_for_developers() {
        let kiosk = read("pin = \"7531\"").unwrap();
        assert!(!format!("{kiosk:?}").contains("7531"));
    }
}
