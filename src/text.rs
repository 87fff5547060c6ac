//! What other people write, made fit for a screen and a terminal.

use std::borrow::Cow;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_segmentation::UnicodeSegmentation as _;

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
    clean_characters(&without_escapes(text)).collect()
}

/// The same, not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    clean_characters(&without_escapes(text))
        .take(LONGEST)
        .collect()
}

/// A sentence of somebody else's on one line, not endless. Where it is too long its middle is left
/// out: some servers begin with what their standard says and end with what is wrong.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 600;
    const BEGINNING: usize = 200;
    const END: usize = 380;
    let clean = clean(text);
    let length = clean.chars().count();
    if length <= LONGEST {
        return clean;
    }
    let beginning: String = clean.chars().take(BEGINNING).collect();
    let end: String = clean.chars().skip(length - END).collect();
    format!("{} … {}", beginning.trim_end(), end.trim_start())
}

/// A text without the sequences with which a program colours a terminal (ECMA-48 §5.4): from ESC
/// or CSI to the letter that ends them, titles and links from OSC to its end.
#[must_use]
pub fn without_escapes(text: &str) -> Cow<'_, str> {
    const ESC: char = '\u{1b}';
    const CSI: char = '\u{9b}';
    if !text.contains([ESC, CSI]) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, found)) = rest.find([ESC, CSI]).map(|at| rest.split_at(at)) {
        plain.push_str(before);
        let mut behind = found.chars();
        let sequence = match (behind.next(), behind.clone().next()) {
            (Some(CSI), _) => Some(behind.as_str()),
            (_, Some('[')) => behind.as_str().strip_prefix('['),
            (_, Some(']')) => {
                let title = behind.as_str();
                let end = title.find(['\u{7}', ESC, '\u{9c}', '\n']);
                rest = end.map_or(title, |end| {
                    title[end..].trim_start_matches(['\u{7}', '\u{9c}'])
                });
                rest = rest.strip_prefix("\u{1b}\\").unwrap_or(rest);
                if end.is_none() {
                    rest = rest.strip_prefix(']').unwrap_or(rest);
                }
                continue;
            }
            _ => None,
        };
        rest = match sequence {
            Some(sequence) => {
                let parameters = |c: char| ('\u{20}'..='\u{3f}').contains(&c);
                let end = sequence.trim_start_matches(parameters);
                match end.chars().next() {
                    Some('\u{40}'..='\u{7e}') => &end[1..],
                    _ => sequence,
                }
            }
            None => behind.as_str(),
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn clean_characters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !steers(c))
}

/// The beginning of a text: at most so many bytes, and no half of a character.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The nearest place at or before `at` that isn't within what a reader takes for one character,
/// such as a letter with its marks or an emoji of several (UAX #29). A cluster that has no end
/// is cut where it is.
#[must_use]
pub fn whole(text: &str, at: usize) -> usize {
    let near = nearby(text, at);
    let cuts = text[near.clone()].grapheme_indices(true);
    let starts = cuts.map(|(start, _)| near.start + start);
    let end = (near.end == text.len()).then_some(text.len());
    starts
        .chain(end)
        .take_while(|&place| place <= at)
        .last()
        .map_or(at, |place| {
            if place == near.start && near.start > 0 {
                at
            } else {
                place
            }
        })
}

/// The same at or after `at`.
#[must_use]
pub fn whole_after(text: &str, at: usize) -> usize {
    let before = whole(text, at);
    if before == at {
        return at;
    }
    let cluster = text[before..].graphemes(true).next();
    cluster.map_or(at, |cluster| before + cluster.len())
}

/// What has to be looked at to see what is one character there.
fn nearby(text: &str, at: usize) -> std::ops::Range<usize> {
    const LONGEST_CLUSTER: usize = 256;
    let mut start = at.saturating_sub(LONGEST_CLUSTER);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (at + LONGEST_CLUSTER).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// At most so many characters of a text, with “…” where there are more.
#[must_use]
pub fn at_most(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", text[..whole(text, end)].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a text can be read on a screen and typed elsewhere to the letter.
#[must_use]
pub fn can_be_typed(text: &str) -> bool {
    let unseen = |c: char| is_invisible(c) || c.is_whitespace() && c != ' ';
    !text.trim().is_empty() && !text.chars().any(unseen)
}

/// Whether a character leaves nothing on a screen to be read: those that are made to be
/// ignored (fillers, tags, variation selectors), those that steer, and those that no font
/// knows or that stand for what could not be read.
fn is_invisible(c: char) -> bool {
    let steers = steers(c) || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c);
    let has_no_shape = matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    );
    // A Braille pattern without dots, a note without a head, and what replaces the unreadable.
    steers || has_no_shape || matches!(c, '\u{2800}' | '\u{1d159}' | '\u{fffc}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_cannot_be_typed() {
        for hidden in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180b}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2065}',
            '\u{206a}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{fffc}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{e000}',
            '\u{a0}',
            '\u{3000}',
            '\t',
        ] {
            assert!(!can_be_typed(&format!("WDJB{hidden}MJHT")), "{hidden:?}");
        }
        for code in [
            "WDJB-MJHT",
            "123 456",
            "wd jb—mjht",
            "ÄÖÜ-ßéñ",
            "シックス",
            "٠١٢٣",
        ] {
            assert!(can_be_typed(code), "{code}");
        }
        assert!(!can_be_typed(" "));
    }

    #[test]
    fn of_a_long_sentence_the_beginning_and_the_end_are_kept() {
        let sentence = format!(
            "The request is malformed. {}Set redirect_uri.",
            "a ".repeat(5000)
        );

        let excerpt = excerpt(&sentence);

        assert!(excerpt.starts_with("The request is malformed."));
        assert!(excerpt.ends_with("Set redirect_uri."));
        assert!(excerpt.chars().count() <= 600);
    }

    #[test]
    fn a_sentence_of_ordinary_length_is_whole() {
        let sentence = "b ".repeat(250);

        assert_eq!(excerpt(&sentence), sentence);
    }

    #[test]
    fn no_cut_goes_through_what_is_one_character() {
        let family = "👨‍👩‍👧‍👦";
        for text in ["e\u{301}e\u{301}", "क्षि", "🇩🇪🇫🇷", "1️⃣2", family] {
            let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let (before, after) = (whole(text, at), whole_after(text, at));
                assert!(
                    starts.contains(&before) || before == text.len(),
                    "{text} {at}"
                );
                assert!(
                    starts.contains(&after) || after == text.len(),
                    "{text} {at}"
                );
                assert!(before <= at && at <= after);
            }
        }
        assert_eq!(
            at_most(&format!("a{family}{family}"), 9),
            format!("a{family}…")
        );
        // Marks without end are no character.
        let endless = format!("e{}", "\u{301}".repeat(10_000));
        assert_eq!(whole(&endless, 5001), 5001);
    }
}
