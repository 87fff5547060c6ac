//! Single values in words: labels, dates, numbers, and other people's text made
//! fit for a screen.

use std::borrow::Cow;

use super::json::Json;
use super::value::Value;
use crate::i18n::Language;
use crate::text::{at_most, beginning, steers, without_escapes};

/// What stands where there is nothing.
pub(super) const NOTHING: &str = "–";
/// No title or label is longer on a television, in characters.
const LONGEST_LINE: usize = 300;

/// Text with its line breaks, without characters that steer a terminal or turn
/// the direction of what follows.
pub(super) fn block(text: &str) -> String {
    let text = without_escapes(text);
    let mut clean = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            c if steers(c) => {}
            c => clean.push(c),
        }
        after_return = c == '\r';
    }
    clean
}

/// How large the block of a text is at most, in bytes.
pub(super) fn block_size(text: &str) -> usize {
    text.len() + 3 * text.bytes().filter(|&byte| byte == b'\t').count()
}

/// Text on one line: white space becomes single spaces, and the end is cut off
/// where it is longer than any line on a screen.
pub(super) fn line(text: &str) -> String {
    let mut clean = String::new();
    let mut space = false;
    // Looks at a bounded part of the text, since titles are made from strings of
    // any length.
    let text = without_escapes(beginning(text, LONGEST_LINE * 16));
    for c in text.chars().take(LONGEST_LINE * 4) {
        if c.is_whitespace() {
            space = true;
        } else if !steers(c) {
            if space && !clean.is_empty() {
                clean.push(' ');
            }
            space = false;
            clean.push(c);
        }
    }
    if let Cow::Owned(cut) = at_most(&clean, LONGEST_LINE) {
        return cut;
    }
    clean
}

/// A value that isn't made of others, in English words; `None` for arrays and objects.
pub(super) fn scalar(value: &Json) -> Option<String> {
    Some(Value::of(value, "")?.said(Language::English))
}

/// A number as a person writes it: with the digits that it came with, `3` rather than `3.0`, no
/// exponent unless it is astronomical.
pub(super) fn plain(written: &str) -> String {
    if written.contains(['e', 'E']) {
        return match written.parse::<f64>() {
            Ok(0.0) => "0".to_owned(),
            Ok(float) if (1e-7..1e21).contains(&float.abs()) => float.to_string(),
            Ok(float) if float.is_finite() => format!("{float:e}"),
            Ok(_) | Err(_) => written.to_ascii_lowercase(),
        };
    }
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", written.trim_start_matches('+')),
    };
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    // Some languages write each float with one decimal; money has two.
    match (sign, whole, decimals) {
        (_, "0", "" | "0") => "0".to_owned(),
        (_, _, "" | "0") => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{decimals}"),
    }
}

/// A field's name as a label: `release_year` and `releaseYear` are “Release year”.
pub(super) fn label(name: &str) -> String {
    let name = line(name);
    if name.contains(' ') {
        return capitalised(&name);
    }
    let words = words(&name);
    let shouted = !name.chars().any(char::is_lowercase);
    let words: Vec<String> = words
        .into_iter()
        .map(|word| spoken(word, shouted))
        .collect();
    if words.is_empty() {
        NOTHING.to_owned()
    } else {
        capitalised(&words.join(" "))
    }
}

/// Cuts at separators and where a capital begins a word.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in name.split(['_', '-', '.', '@', '$', '#', ':', '/']) {
        let mut start = 0;
        let mut before: Option<char> = None;
        let mut characters = part.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let followed_by_lower = characters
                .peek()
                .is_some_and(|(_, next)| next.is_lowercase());
            let begins =
                c.is_uppercase() && before.is_some_and(|b| !b.is_uppercase() || followed_by_lower);
            if begins {
                words.push(&part[start..at]);
                start = at;
            }
            before = Some(c);
        }
        words.push(&part[start..]);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn spoken(word: &str, shouted: bool) -> String {
    const ABBREVIATIONS: [&str; 13] = [
        "api", "gps", "html", "http", "https", "id", "ip", "isbn", "mac", "tv", "uri", "url",
        "uuid",
    ];
    let lower = word.to_lowercase();
    if let Some(one) = lower.strip_suffix('s')
        && matches!(one, "id" | "url" | "uri")
    {
        return format!("{}s", one.to_uppercase());
    }
    let abbreviated = word.chars().count() > 1 && !shouted && !word.chars().any(char::is_lowercase);
    if ABBREVIATIONS.contains(&lower.as_str()) || abbreviated {
        word.to_uppercase()
    } else {
        lower
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::value::Date;

    #[test]
    fn names_become_labels() {
        for (name, expected) in [
            ("release_year", "Release year"),
            ("releaseYear", "Release year"),
            ("release-year", "Release year"),
            ("RELEASE_YEAR", "Release year"),
            ("ReleaseYear", "Release year"),
            ("avatarURL", "Avatar URL"),
            ("avatar_url", "Avatar URL"),
            ("HTMLBody", "HTML body"),
            ("_id", "ID"),
            ("@type", "Type"),
            ("genre_ids", "Genre IDs"),
            ("address2", "Address2"),
            ("straße", "Straße"),
            ("größeÄndern", "Größe ändern"),
            ("名前", "名前"),
            ("Deutsche Bahn", "Deutsche Bahn"),
            ("first name", "First name"),
            ("", "–"),
            ("__", "–"),
        ] {
            assert_eq!(label(name), expected, "{name}");
        }
    }

    fn date(text: &str) -> Option<String> {
        Some(Date::read(text)?.said(Language::English))
    }

    #[test]
    fn dates_are_said_in_words_in_their_own_zone() {
        for (written, expected) in [
            ("2026-05-03T14:05:00Z", "3 May 2026, 14:05 UTC"),
            ("2026-05-03t14:05:59.123456z", "3 May 2026, 14:05 UTC"),
            ("2026-05-03T14:05:00+00:00", "3 May 2026, 14:05 UTC"),
            ("2026-05-03T14:05:00+02:00", "3 May 2026, 14:05 (UTC+2:00)"),
            (
                "2026-12-31T23:59:59-03:30",
                "31 December 2026, 23:59 (UTC−3:30)",
            ),
            ("2026-05-03T14:05:00", "3 May 2026, 14:05"),
            ("2026-05-03 14:05:00Z", "3 May 2026, 14:05 UTC"),
            ("2026-05-03", "3 May 2026"),
        ] {
            assert_eq!(date(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_stays_as_it_is() {
        for written in [
            "2026-13-03",
            "2026-02-30",
            "2026-05-03T25:00:00Z",
            "2026-05-03 and on",
            "1234567890",
            "555-12-3456",
            "",
            "2026-05-0é",
        ] {
            assert_eq!(date(written), None, "{written}");
        }
    }

    #[test]
    fn numbers_are_plain() {
        for (written, expected) in [
            ("3", "3"),
            ("3.0", "3"),
            ("-0.5", "-0.5"),
            ("0.0", "0"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("1234567.25", "1234567.25"),
            ("1e300", "1e300"),
            ("1E3", "1000"),
            ("1e999", "1e999"),
            ("19.90", "19.90"),
            ("20.00", "20.00"),
            ("-0.0", "0"),
            ("+1", "1"),
            (".5", "0.5"),
            ("007", "7"),
            ("12345678901234567890123", "12345678901234567890123"),
        ] {
            assert_eq!(plain(written), expected);
        }
    }

    #[test]
    fn truth_and_nothing_are_words() {
        let said = |value| scalar(&value).unwrap();

        assert_eq!(said(Json::Bool(true)), "yes");
        assert_eq!(said(Json::Bool(false)), "no");
        assert_eq!(said(Json::Null), "–");
        assert_eq!(said(Json::Text(" \n".into())), "–");
    }

    #[test]
    fn characters_that_steer_are_removed() {
        let hostile = "pay\u{202e}gpj.exe\u{1b}[31m\u{0}\u{2066}!\u{200f}";

        assert_eq!(block(hostile), "paygpj.exe!");
        assert_eq!(line(hostile), "paygpj.exe!");
    }

    #[test]
    fn a_block_keeps_its_lines_and_a_line_is_one() {
        assert_eq!(
            block("one\r\ntwo\rthree\n\nfour\u{2028}five\tsix"),
            "one\ntwo\nthree\n\nfour\nfive    six"
        );
        assert_eq!(line("  one\r\n\ttwo  "), "one two");
    }

    #[test]
    fn a_long_text_is_whole_as_a_block_and_cut_as_a_line() {
        let long = "ä".repeat(100_000);

        assert_eq!(block(&long), long);
        assert_eq!(line(&long).chars().count(), LONGEST_LINE + 1);
        assert!(line(&long).ends_with('…'));
    }
}
