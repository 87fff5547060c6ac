//! Reads JSON (RFC 8259), and what services send in its place: numbers that no machine can
//! hold, `NaN`, raw line breaks in strings, several values one after another, a guard in
//! front. Numbers keep their digits. `serde_json` can do none of that.

use std::borrow::Cow;

use super::super::budget::{Budget, PIECE, Unreadable};
use super::super::lazy_json::Outline;
use super::Json;

/// How many arrays and objects may be in each other.
const DEEPEST: usize = 128;
/// Longer numbers are shown as text.
const LONGEST_NUMBER: usize = 300;
/// What keeps an answer from being run as a script.
const GUARDS: [&str; 6] = [
    ")]}',",
    ")]}'",
    "while(1);",
    "for(;;);",
    "&&&START&&&",
    "{}&&",
];

/// Why a text can't be read as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::channel) enum Fault {
    /// It ends too early.
    #[error("it breaks off")]
    BreaksOff,
    #[error("it is nested too deeply")]
    TooDeep,
    /// Something else than JSON stands at that byte.
    #[error("byte {at} isn't JSON")]
    NotJson { at: usize },
}

/// The line and the column of a byte, counted from 1.
pub(in crate::channel) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    (line, column)
}

/// Reads one text from its beginning to its end.
pub(in crate::channel) struct Reader<'a, 'b> {
    text: &'a str,
    at: usize,
    depth: usize,
    budget: &'b Budget,
}

type Read<T> = Result<T, Unreadable>;

/// The text behind its byte order mark, guard and the name of a function that it is given to.
fn unguarded(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || is_blank(c));
    let guarded = GUARDS.iter().find_map(|guard| text.strip_prefix(guard));
    let text = guarded.unwrap_or(text).trim_start_matches(is_blank);
    let text = match text.strip_prefix("/**/") {
        Some(call) => call.trim_start(),
        None => text,
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    match text.trim_start_matches(is_name).strip_prefix('(') {
        Some(argument) if text.starts_with(|c: char| is_name(c) && !c.is_ascii_digit()) => {
            argument.trim_start_matches(is_blank)
        }
        Some(_) | None => text,
    }
}

/// Whether a text begins like an object or an array.
pub(in crate::channel) fn begins_like_json(text: &str) -> bool {
    unguarded(text).starts_with(['{', '['])
}

/// NUL pads the end of some answers; RS begins each text of a sequence (RFC 7464 §2.2).
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\0' | '\u{1e}' | '\u{feff}')
}

impl<'a, 'b> Reader<'a, 'b> {
    const fn new(text: &'a str, budget: &'b Budget) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            budget,
        }
    }

    /// A whole text.
    pub(in crate::channel) fn json(text: &'a str, budget: &'b Budget) -> Read<Json<'a>> {
        document(text, budget, Self::value, Json::List)
    }

    /// A whole text, whose lists hold objects that aren't read yet.
    pub(in crate::channel) fn outline(text: &'a str, budget: &'b Budget) -> Read<Outline<'a>> {
        let value = |reader: &mut Self| reader.outlined();
        document(text, budget, value, Outline::List)
    }

    fn value(&mut self) -> Read<Json<'a>> {
        match self.peek()? {
            b'{' => Ok(Json::Object(self.object(Self::value)?)),
            b'[' => Ok(Json::List(self.list(Self::value)?)),
            _ => self.scalar(),
        }
    }

    fn outlined(&mut self) -> Read<Outline<'a>> {
        match self.peek()? {
            b'{' => Ok(Outline::Object(self.object(Self::outlined)?)),
            b'[' => Ok(Outline::List(self.list(Self::element)?)),
            _ => Ok(Outline::Whole(self.scalar()?)),
        }
    }

    /// What is in a list: an object stays as it is written.
    fn element(&mut self) -> Read<Outline<'a>> {
        if self.peek()? == b'{' {
            let start = self.at;
            self.skip()?;
            Ok(Outline::Thing(&self.text[start..self.at]))
        } else {
            Ok(Outline::Whole(self.value()?))
        }
    }

    fn object<T>(&mut self, value: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<(Cow<'a, str>, T)>> {
        /// Things have about so many; growing to that takes longer than reading them.
        const USUAL: usize = 8;
        let mut fields = Vec::new();
        let (mut seen, mut may_repeat) = (0, false);
        self.descend()?;
        let mut is_first = true;
        while let Some(quote) = self.next_of(b'}', is_first)? {
            is_first = false;
            if quote != b'"' && quote != b'\'' {
                return Err(self.fault());
            }
            let name = self.string()?;
            if self.peek()? != b':' {
                return Err(self.fault());
            }
            self.at += 1;
            if fields.is_empty() {
                self.budget.take_list::<(Cow<'a, str>, T)>(USUAL)?;
                fields.reserve_exact(USUAL);
            } else if fields.len() >= USUAL {
                self.budget.take_one::<(Cow<'a, str>, T)>(fields.len())?;
            }
            let bit = bit_of(&name);
            may_repeat |= seen & bit != 0;
            seen |= bit;
            fields.push((name, value(self)?));
        }
        self.depth -= 1;
        if may_repeat {
            keep_the_last(&mut fields);
        }
        Ok(fields)
    }

    fn list<T>(&mut self, value: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut elements = Vec::new();
        self.descend()?;
        let mut is_first = true;
        while self.next_of(b']', is_first)?.is_some() {
            is_first = false;
            self.budget.take_one::<T>(elements.len())?;
            elements.push(value(self)?);
        }
        self.depth -= 1;
        Ok(elements)
    }

    fn descend(&mut self) -> Read<()> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::TooDeep.into());
        }
        Ok(())
    }

    /// How the next value begins; nothing, and behind it, where the array or object ends.
    /// Commas too many are passed over.
    fn next_of(&mut self, end: u8, is_first: bool) -> Read<Option<u8>> {
        let mut has_comma = is_first;
        loop {
            match self.peek()? {
                b',' => {
                    has_comma = true;
                    self.at += 1;
                }
                byte if byte == end => {
                    self.at += 1;
                    return Ok(None);
                }
                byte if has_comma => return Ok(Some(byte)),
                _ => return Err(self.fault()),
            }
        }
    }

    fn scalar(&mut self) -> Read<Json<'a>> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return self.string().map(Json::Text);
        }
        let rest = &self.text[self.at..];
        let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_');
        let (bytes, mut end) = (rest.as_bytes(), 0);
        while end < bytes.len() && is_part(bytes[end]) {
            end += 1;
        }
        let word = &rest[..end];
        let value = match word {
            word if is_number(word) && word.len() <= LONGEST_NUMBER => Json::Number(word),
            "null" | "undefined" | "None" => Json::Null,
            "true" | "True" => Json::Bool(true),
            "false" | "False" => Json::Bool(false),
            word if is_no_number(word) => Json::Text(Cow::Borrowed(word)),
            word if is_number(word) => Json::Text(Cow::Borrowed(word)),
            // The answer may end in the middle of a word.
            word if word.len() == rest.len() && begins_a_word(word) => {
                return Err(Fault::BreaksOff.into());
            }
            _ => return Err(self.fault()),
        };
        self.at += word.len();
        Ok(value)
    }

    /// A string, from its quote to the other one. It may hold what should have been escaped.
    fn string(&mut self) -> Read<Cow<'a, str>> {
        let quote = self.peek()?;
        self.at += 1;
        let start = self.at;
        let end = self.end_of_string(quote)?;
        let written = &self.text[start..end];
        self.at = end + 1;
        if memchr::memchr(b'\\', written.as_bytes()).is_none() {
            return Ok(Cow::Borrowed(written));
        }
        self.budget.take(written.len() + PIECE)?;
        Ok(Cow::Owned(unescaped(written)))
    }

    /// Where the string ends that began before here.
    fn end_of_string(&self, quote: u8) -> Read<usize> {
        let mut at = self.at;
        let bytes = self.text.as_bytes();
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = memchr::memchr2(quote, b'\\', rest).ok_or(Fault::BreaksOff)?;
            if rest[found] == quote {
                return Ok(at + found);
            }
            at += found + 2;
        }
    }

    /// Passes over an object or array. Whether it is one is seen when it is read.
    fn skip(&mut self) -> Read<()> {
        let bytes = self.text.as_bytes();
        let mut open = 0_usize;
        loop {
            match bytes.get(self.at).ok_or(Fault::BreaksOff)? {
                b'"' => {
                    self.at += 1;
                    self.at = self.end_of_string(b'"')?;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Ok(());
            }
        }
    }

    /// The next byte that isn't blank, which isn't passed over.
    fn peek(&mut self) -> Read<u8> {
        self.pass_blanks();
        let next = self.text.as_bytes().get(self.at);
        Ok(*next.ok_or(Fault::BreaksOff)?)
    }

    fn pass_blanks(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'\0' | 0x1e => self.at += 1,
                // A byte order mark.
                0xef if bytes[self.at..].starts_with(b"\xef\xbb\xbf") => self.at += 3,
                _ => return,
            }
        }
    }

    fn fault(&self) -> Unreadable {
        Fault::NotJson { at: self.at }.into()
    }
}

/// Reads one value, or several that stand in lines of their own: these become a list.
fn document<'a, 'b, T>(
    text: &'a str,
    budget: &'b Budget,
    value: impl Fn(&mut Reader<'a, 'b>) -> Read<T>,
    list: impl Fn(Vec<T>) -> T,
) -> Read<T> {
    let inner = unguarded(text);
    let mut reader = Reader::new(text, budget);
    reader.at = inner.as_ptr() as usize - text.as_ptr() as usize;
    let is_call = text[..reader.at].ends_with('(') || text[..reader.at].trim_end().ends_with('(');
    let first = value(&mut reader)?;
    let mut values = vec![first];
    loop {
        let before = reader.at;
        reader.pass_blanks();
        let between = &reader.text[before..reader.at];
        match reader.text.as_bytes().get(reader.at) {
            None if values.len() > 1 => return Ok(list(values)),
            None => break,
            Some(b')' | b';') if is_call => reader.at += 1,
            Some(b'{' | b'[') if between.contains(['\n', '\u{1e}']) => {
                reader.budget.take_one::<T>(values.len())?;
                values.push(value(&mut reader)?);
            }
            Some(_) => return Err(reader.fault()),
        }
    }
    values.pop().ok_or_else(|| Fault::BreaksOff.into())
}

/// One of 128 bits for a name, so that most objects are seen to repeat none.
fn bit_of(name: &str) -> u128 {
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).map_or(0, |&byte| usize::from(byte));
    let last = bytes.len().saturating_sub(1);
    let mixed = bytes.len() * 37 + byte(0) * 11 + byte(last) * 5 + byte(last / 2) * 3;
    1 << (mixed % 128)
}

/// Of fields with the same name the last one counts, as most readers have it (RFC 8259 §4).
fn keep_the_last<T>(fields: &mut Vec<(Cow<'_, str>, T)>) {
    /// Up to here comparing them all is faster than a set.
    const FEW: usize = 16;
    let names = || fields.iter().map(|(name, _)| name.as_ref());
    let keep: Vec<bool> = if fields.len() <= FEW {
        let is_last = |(at, name): (usize, &str)| !names().skip(at + 1).any(|later| later == name);
        if names().enumerate().all(is_last) {
            return;
        }
        names().enumerate().map(is_last).collect()
    } else {
        let mut seen = std::collections::HashSet::with_capacity(fields.len());
        let mut keep: Vec<bool> = names().rev().map(|name| seen.insert(name)).collect();
        keep.reverse();
        keep
    };
    let mut keep = keep.into_iter();
    fields.retain(|_| keep.next().unwrap_or(true));
}

/// A number as some languages write it where there is none.
fn is_no_number(word: &str) -> bool {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    ["nan", "infinity", "inf"]
        .iter()
        .any(|name| unsigned.eq_ignore_ascii_case(name))
}

/// A number (RFC 8259 §6); signs, zeros and points that JSON doesn't have are let pass.
fn is_number(word: &str) -> bool {
    // Most are whole.
    if !word.is_empty() && word.len() < 20 && word.parse::<u64>().is_ok() {
        return true;
    }
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    are_digits(whole)
        && are_digits(decimals)
        && !(whole.is_empty() && decimals.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && are_digits(exponent))
}

fn begins_a_word(word: &str) -> bool {
    ["null", "true", "false"]
        .iter()
        .any(|whole| whole.starts_with(word))
        || word.ends_with(['e', 'E', '+', '-', '.'])
}

/// A string's escapes undone (RFC 8259 §7). Half a surrogate pair is a replacement character,
/// and behind an escape that there isn't stands what was escaped.
fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((plain, behind)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut characters = behind.chars();
        match characters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('u') => {
                let (character, left) = unicode(characters.as_str());
                text.push(character);
                rest = left;
                continue;
            }
            Some(other) => text.push(other),
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text
}

/// The character behind a `\u`, and what follows it.
fn unicode(text: &str) -> (char, &str) {
    const NONE: char = char::REPLACEMENT_CHARACTER;
    let unit = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let Some(first) = unit(text) else {
        return (NONE, text);
    };
    let rest = &text[4..];
    let second = rest.strip_prefix("\\u").and_then(unit);
    let units = [Some(first), second].into_iter().flatten();
    match char::decode_utf16(units).next() {
        Some(Ok(character)) if character.len_utf16() == 2 => (character, &rest[6..]),
        Some(Ok(character)) => (character, rest),
        Some(Err(_)) | None => (NONE, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Json<'_>, Fault> {
        match Reader::json(text, &Budget::answer()) {
            Ok(json) => Ok(json),
            Err(Unreadable::Json(fault)) => Err(fault),
            Err(Unreadable::TooMuch(why)) => panic!("{why}"),
        }
    }

    fn value(text: &str) -> Json<'_> {
        let Ok(Json::List(mut elements)) = read(text) else {
            panic!("{text}: {:?}", read(text))
        };
        elements.remove(0)
    }

    #[test]
    fn what_serde_json_reads_is_read_the_same() {
        for text in [
            r#"{"a":[1,-2.5,1e3,true,false,null,"x"],"b":{"c":{}},"d":[]}"#,
            r#""\"\\\/\b\f\n\r\té😀 ""#,
            " [ 1 ,\t2\r\n] ",
            "0",
            "-0.0",
            "\"\"",
        ] {
            let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(plain(&read(text).unwrap()), theirs, "{text}");
        }
    }

    fn plain(json: &Json<'_>) -> serde_json::Value {
        match json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(truth) => (*truth).into(),
            Json::Number(digits) => serde_json::from_str(digits).unwrap(),
            Json::Text(text) => text.as_ref().into(),
            Json::List(elements) => elements.iter().map(plain).collect(),
            Json::Object(fields) => {
                let fields = fields.iter();
                fields
                    .map(|(name, value)| (name.to_string(), plain(value)))
                    .collect()
            }
        }
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        for (text, at) in [
            ("[1, oops]", 4),
            ("{\"a\" 1}", 5),
            ("{a: 1}", 1),
            ("[1 2]", 3),
            ("[1}", 2),
            ("[1] x", 4),
            ("[1] [2]", 4),
            ("[01x]", 1),
            ("[1.2.3]", 1),
            ("[-]", 1),
            ("[2026-01-01]", 1),
            ("{} {}", 3),
            ("]", 0),
        ] {
            assert_eq!(read(text), Err(Fault::NotJson { at }), "{text}");
        }
        for text in [
            "", "[", "[1,", "{\"a", "{\"a\":", "[tru", "[1.", "[\"\\", "[\"\\u12", "{\"a\":1",
        ] {
            assert_eq!(read(text), Err(Fault::BreaksOff), "{text}");
        }
        assert_eq!(read(&"[".repeat(200)), Err(Fault::TooDeep));
        assert!(read(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    }

    #[test]
    fn numbers_keep_their_digits() {
        for digits in [
            "19.90",
            "1e999",
            "123456789012345678901234567890",
            "-0",
            "1E+2",
            "+1",
            ".5",
            "007",
        ] {
            assert_eq!(value(&format!("[{digits}, 2]")), Json::Number(digits));
        }
        let long = "9".repeat(1000);
        assert_eq!(
            value(&format!("[{long}]")),
            Json::Text(long.as_str().into())
        );
    }

    #[test]
    fn a_value_that_json_does_not_have_costs_nothing_else() {
        for (written, shown) in [
            ("NaN", "NaN"),
            ("-Infinity", "-Infinity"),
            ("\"a\nb\"", "a\nb"),
            ("\"a\tb\u{1}\"", "a\tb\u{1}"),
            (r#""a\'b\qc""#, "a'bqc"),
            (r#""\ud83d!""#, "\u{fffd}!"),
            (r#""\udc00\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83dA""#, "\u{fffd}A"),
            (r#""\uzz""#, "\u{fffd}zz"),
            ("'it'", "it"),
        ] {
            let text = format!("[{written}, 2,]");
            assert_eq!(value(&text), Json::Text(shown.into()), "{written}");
        }
        assert_eq!(value("[undefined,,2]"), Json::Null);
        assert_eq!(value("[True]"), Json::Bool(true));
    }

    #[test]
    fn what_stands_around_an_answer_is_left_out() {
        for text in [
            "\u{feff}[1]",
            "\u{feff} \u{feff}[1]",
            ")]}'\n[1]",
            ")]}',\n[1]",
            "while(1);[1]",
            "for(;;);[1]",
            "[1]\0\0",
            "[1]\n\u{feff}",
            "callback([1]);",
            "/**/ jQuery.cb_1([1])\n",
        ] {
            assert_eq!(read(text), read("[1]"), "{text:?}");
        }
        assert!(begins_like_json(")]}'\n {}") && !begins_like_json("hello (world)"));
    }

    #[test]
    fn values_in_lines_of_their_own_are_a_list() {
        let list = read("[{\"a\":1},{\"a\":2}]");
        for text in [
            "{\"a\":1}\n{\"a\":2}\n",
            "{\"a\":1}\r\n\r\n{\"a\":2}",
            "\u{1e}{\"a\":1}\n\u{1e}{\"a\":2}\n",
        ] {
            assert_eq!(read(text), list, "{text:?}");
        }
    }

    #[test]
    fn of_fields_with_the_same_name_the_last_one_counts() {
        assert_eq!(
            read(r#"{"a": 1, "b": 2, "a": 3}"#),
            read(r#"{"b": 2, "a": 3}"#)
        );
        let many: Vec<String> = (0..40).map(|n| format!("\"{}\": {n}", n % 20)).collect();
        let last: Vec<String> = (20..40).map(|n| format!("\"{}\": {n}", n % 20)).collect();
        let object = |fields: Vec<String>| format!("{{{}}}", fields.join(","));
        assert_eq!(read(&object(many)), read(&object(last)));
    }
}
