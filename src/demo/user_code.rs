//! Codes that a person reads on one screen and types on another (RFC 8628 §6.1).

use std::fmt;
use std::str::FromStr;

use rand::Rng;

/// What user codes are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Charset {
    /// Consonants: no word can come out, and none looks like a digit
    Letters,
    /// 0 to 9, for phones that show a number pad
    Digits,
}

impl Charset {
    /// The characters, each as likely as the other. The letters are those of
    /// RFC 8628 §6.1: no vowels, no Y.
    #[must_use]
    pub const fn characters(self) -> &'static [u8] {
        match self {
            Self::Letters => b"BCDFGHJKLMNPQRSTVWXZ",
            Self::Digits => b"0123456789",
        }
    }

    /// As a word in a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Digits => "digits",
        }
    }

    /// How many places give at least `count` different codes.
    pub(super) fn places_for(self, count: u64) -> usize {
        (1..=MOST_PLACES)
            .find(|&places| combinations(self, places) >= count)
            .unwrap_or(MOST_PLACES)
    }
}

/// Longer codes aren't typed by anybody.
const MOST_PLACES: usize = 16;

fn combinations(charset: Charset, places: usize) -> u64 {
    let choices = charset.characters().len() as u64;
    (0..places).fold(1_u64, |product, _| product.saturating_mul(choices))
}

/// The form of user codes: each `*` is one character, dashes and spaces stand for
/// themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask(String);

impl Mask {
    pub(super) fn places(&self) -> usize {
        self.0.matches('*').count()
    }

    pub(super) fn combinations(&self, charset: Charset) -> u64 {
        combinations(charset, self.places())
    }

    /// A code that nobody can foresee, given a generator that nobody can.
    pub(super) fn fill(&self, charset: Charset, random: &mut impl Rng) -> String {
        let characters = charset.characters();
        let mut draw = || char::from(characters[random.random_range(0..characters.len())]);
        self.0
            .chars()
            .map(|place| if place == '*' { draw() } else { place })
            .collect()
    }
}

impl Default for Mask {
    fn default() -> Self {
        Self("****-****".to_owned())
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Mask {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(odd) = text.chars().find(|c| !matches!(c, '*' | '-' | ' ')) {
            return Err(format!(
                "“{odd}” can't be part of a mask: write * for a character, and - or a space between"
            ));
        }
        if !(text.starts_with('*') && text.ends_with('*')) {
            return Err("a mask begins and ends with *, as in ****-****".to_owned());
        }
        let mask = Self(text.to_owned());
        if mask.places() > MOST_PLACES || text.len() > 2 * MOST_PLACES {
            return Err(format!(
                "a code that long isn't typed by anybody: write at most {MOST_PLACES} places"
            ));
        }
        Ok(mask)
    }
}

/// A code as typed, made comparable: without regard to case, dashes and spaces
/// (RFC 8628 §6.1).
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Typed(String);

impl Typed {
    pub(super) fn new(text: &str) -> Self {
        // Phones like to write a long dash where a short one was meant.
        let separator = |c: char| {
            c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '_')
        };
        Self(
            text.chars()
                .filter(|&c| !separator(c))
                .map(|c| c.to_ascii_uppercase())
                .take(64)
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_form_of_its_mask() {
        let mask: Mask = "***-***-***".parse().unwrap();

        let code = mask.fill(Charset::Digits, &mut rand::rng());

        let places: Vec<usize> = code.split('-').map(str::len).collect();
        assert_eq!(places, [3, 3, 3]);
        assert!(
            code.bytes().all(|b| b.is_ascii_digit() || b == b'-'),
            "{code}"
        );
    }

    #[test]
    fn letters_hold_no_vowel_and_nothing_that_looks_like_a_digit() {
        for odd in b"AEIOUY0123456789" {
            assert!(!Charset::Letters.characters().contains(odd));
        }
    }

    #[test]
    fn codes_differ() {
        let codes: std::collections::HashSet<String> = (0..200)
            .map(|_| Mask::default().fill(Charset::Letters, &mut rand::rng()))
            .collect();

        assert_eq!(codes.len(), 200);
    }

    #[test]
    fn case_dashes_and_spaces_make_no_difference() {
        for typed in [
            "QTZL-MCBW",
            "qtzlmcbw",
            " Qtzl mcbw ",
            "QTZL–MCBW",
            "q t z l-m c b w",
        ] {
            assert!(Typed::new(typed) == Typed::new("QTZL-MCBW"), "{typed}");
        }
        assert!(Typed::new("QTZL-MCBX") != Typed::new("QTZL-MCBW"));
        assert!(Typed::new(" - ").is_empty());
    }

    #[test]
    fn a_mask_of_other_characters_is_refused_in_words() {
        assert!("TV-****".parse::<Mask>().unwrap_err().contains("“T”"));
        assert!(
            "-****"
                .parse::<Mask>()
                .unwrap_err()
                .contains("begins and ends")
        );
        assert!(
            "*****************"
                .parse::<Mask>()
                .unwrap_err()
                .contains("at most 16")
        );
    }

    #[test]
    fn six_digits_or_five_letters_are_a_million() {
        assert_eq!(Charset::Digits.places_for(1_000_000), 6);
        assert_eq!(Charset::Letters.places_for(1_000_000), 5);
    }
}
