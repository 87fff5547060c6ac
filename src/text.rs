//! What other people write, made fit for a screen and a terminal.

/// The longest text of somebody else that is quoted, in characters.
const LONGEST: usize = 300;

/// Whether a character does something instead of showing something: steers a
/// terminal, turns the direction of what follows, breaks a line unasked.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// A text on one line, without characters that steer.
#[must_use]
pub fn clean(text: &str) -> String {
    clean_characters(text).collect()
}

/// The same, not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    clean_characters(text).take(LONGEST).collect()
}

fn clean_characters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !steers(c))
}

/// Whether a text can be read on a screen and typed elsewhere to the letter.
#[must_use]
pub fn can_be_typed(text: &str) -> bool {
    let invisible = |c: char| {
        steers(c)
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}')
            || c.is_whitespace() && c != ' '
    };
    !text.trim().is_empty() && !text.chars().any(invisible)
}
