//! Sentences about answers, for a person.

pub(super) fn unavailable(status: u16) -> String {
    match status {
        429 => "The provider gets too many requests just now. Try again in a minute.".to_owned(),
        status => {
            format!("The provider has a fault just now (HTTP {status}). Try again in a minute.")
        }
    }
}

pub(super) fn no_meaning(status: u16) -> String {
    match status {
        429 | 503 => "the provider is busy".to_owned(),
        500..=599 => format!("the provider has a fault (HTTP {status})"),
        200..=299 => "something else than the provider answered".to_owned(),
        _ => format!("the provider's answer can't be read (HTTP {status})"),
    }
}

pub(super) fn with(ours: &str, theirs: Option<String>) -> String {
    match theirs {
        Some(theirs) => format!("{ours}. ({theirs})"),
        None => format!("{ours}."),
    }
}

/// Somebody else's words, made fit for a screen: no control or bidi characters,
/// and not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const LONGEST_TEXT: usize = 300;
    let bidi = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|&c| !c.is_control() && !bidi(c))
        .take(LONGEST_TEXT)
        .collect()
}
