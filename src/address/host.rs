//! Which host names can be shown in their own letters.
//!
//! Each label in one script of today's use (UTS 39 §5.2, "single script"), none of letters
//! that all pass for Latin ones, and no accents or marks that aren't part of an alphabet.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};
use icu_properties::script::ScriptWithExtensions;

/// The scripts that languages are written in today (UAX 31, table 5); some need several.
const WRITING_SYSTEMS: [&[Script]; 27] = [
    &[Script::Cyrillic],
    &[Script::Greek],
    &[Script::Han, Script::Hiragana, Script::Katakana],
    &[Script::Han, Script::Bopomofo],
    &[Script::Han, Script::Hangul],
    &[Script::Arabic],
    &[Script::Armenian],
    &[Script::Bengali],
    &[Script::Devanagari],
    &[Script::Ethiopic],
    &[Script::Georgian],
    &[Script::Gujarati],
    &[Script::Gurmukhi],
    &[Script::Hebrew],
    &[Script::Kannada],
    &[Script::Khmer],
    &[Script::Lao],
    &[Script::Malayalam],
    &[Script::Myanmar],
    &[Script::Oriya],
    &[Script::Sinhala],
    &[Script::Tamil],
    &[Script::Telugu],
    &[Script::Thaana],
    &[Script::Thai],
    &[Script::Tibetan],
    &[Script::Hangul],
];

/// Letters of other scripts that pass for Latin ones.
const LIKE_LATIN: &str = "аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ\
     αικνρυωηοτ\
     ագզէլհյոսւօ\
     იოყძხჽჿ\
     דוחיןסװײ\
     ဝဿ၀০০੦૦୦௦౦೦൦๐໐०ഠഃ";

/// A host for people: in its own letters where these can only be what they look like, else
/// as it is (`ascii`).
pub(super) fn readable(ascii: &str) -> String {
    let (unicode, result) = idna::domain_to_unicode(ascii);
    let top = unicode
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    if result.is_ok() && unicode.split('.').all(|label| is_readable(label, top)) {
        unicode
    } else {
        ascii.to_owned()
    }
}

fn is_readable(label: &str, top: &str) -> bool {
    if label.is_ascii() {
        return true;
    }
    let letters = || label.chars().filter(|c| !c.is_ascii_digit() && *c != '-');
    if letters().all(is_latin) {
        return true;
    }
    let passes_for_latin = || top.is_ascii() && letters().all(|c| LIKE_LATIN.contains(c));
    WRITING_SYSTEMS
        .iter()
        .any(|scripts| letters().all(|c| is_of(c, scripts)))
        && !passes_for_latin()
}

/// The letters of languages in Latin script, without those that pass for another.
fn is_latin(c: char) -> bool {
    match c {
        'ı' | 'ĸ' | 'ŀ' | 'ŉ' | 'ſ' | 'þ' | '÷' => false,
        'a'..='z' | 'ß'..='ÿ' | 'ā'..='ž' | 'ș' | 'ț' | 'ạ'..='ỹ' => true,
        _ => false,
    }
}

fn is_of(c: char, scripts: &[Script]) -> bool {
    let is_letter = matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        GeneralCategory::LowercaseLetter
            | GeneralCategory::OtherLetter
            | GeneralCategory::ModifierLetter
            | GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::DecimalNumber
    );
    let known = ScriptWithExtensions::new();
    is_letter && scripts.iter().any(|script| known.has_script(c, *script))
}
