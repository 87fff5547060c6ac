//! One value of a thing: what it is, and how each language writes it. Everything here is
//! a pure function.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::TimeZone;

use super::budget::PIECE;
use super::json::Json;
use super::{markup, plain_text};
use crate::i18n::{Language, Phrase};

/// A value in readable form, before a language writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, fit for a screen.
    Text(String),
    /// The address of something, as it came.
    Link(String),
    /// A day, perhaps with a time.
    Date(Date),
    /// A number.
    Number {
        /// In plain digits, with a point before its decimals.
        digits: String,
        /// Whether its thousands stand apart: an amount, not a name such as a year.
        grouped: bool,
    },
    /// Yes or no.
    Truth(bool),
    /// Several, none of them made of others.
    Several(Vec<Value>),
    /// There is nothing.
    Nothing,
    /// There is more than has room.
    More,
    /// Something without a name, by its number.
    Unnamed(usize),
    /// Something that isn't JSON, by its place in the answer.
    NotJson { line: usize, column: usize },
}

/// A day, perhaps with a time. It stays in the zone that the service wrote it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    day: civil::Date,
    time: Option<(civil::Time, Zone)>,
}

/// What is known of a time's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// The one where the TV stands, or none is claimed.
    Unsaid,
    Utc,
    /// Minutes east of UTC.
    East(i32),
}

impl From<&str> for Value {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl Value {
    /// A value that isn't made of others; `None` for arrays and objects. `label` tells
    /// amounts from names that are written in digits.
    pub(super) fn of(value: &Json, label: &str) -> Option<Self> {
        match value {
            Json::Null => Some(Self::Nothing),
            Json::Bool(truth) => Some(Self::Truth(*truth)),
            Json::Number(number) => Some(
                epoch(number, label)
                    .unwrap_or_else(|| Self::number(plain_text::plain(number), label)),
            ),
            Json::Text(text) => Some(
                Self::dated(text)
                    .or_else(|| epoch(text, label))
                    .unwrap_or_else(|| Self::words(text)),
            ),
            Json::List(_) | Json::Object(_) => None,
        }
    }

    /// A text that is a date or time. Those with which programs say that there is none are
    /// nothing.
    pub(super) fn dated(text: &str) -> Option<Self> {
        const NONE: [&str; 4] = [
            "0001-01-01",
            "0000-00-00",
            "1970-01-01T00:00:00",
            "01/01/0001",
        ];
        if text.len() > LONGEST_DATE {
            return None;
        }
        let text = text.trim();
        if text.starts_with(['0', '1']) && NONE.iter().any(|none| text.starts_with(none)) {
            return Some(Self::Nothing);
        }
        Date::read(text).map(Self::Date)
    }

    /// How much memory there is beyond the value itself, in bytes.
    pub(super) fn heap(&self) -> usize {
        match self {
            Self::Text(words) | Self::Link(words) => words.capacity() + PIECE,
            Self::Number { digits, .. } => digits.capacity() + PIECE,
            Self::Several(values) => {
                let inside = |value: &Self| size_of::<Self>() + value.heap();
                PIECE + values.iter().map(inside).sum::<usize>()
            }
            Self::Date(_)
            | Self::Truth(_)
            | Self::Nothing
            | Self::More
            | Self::Unnamed(_)
            | Self::NotJson { .. } => 0,
        }
    }

    /// Amounts of 10,000 and more are grouped, unless the last word of the label says that
    /// this is no amount: a thing's number, a year, a time in seconds.
    fn number(digits: String, label: &str) -> Self {
        const NAMES: [&str; 24] = [
            "id",
            "ids",
            "year",
            "years",
            "code",
            "zip",
            "postcode",
            "number",
            "no",
            "nr",
            "phone",
            "key",
            "pin",
            "port",
            "isbn",
            "ean",
            "version",
            "build",
            "at",
            "time",
            "date",
            "timestamp",
            "epoch",
            "uuid",
        ];
        let last = label.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
        let is_a_name = NAMES.iter().any(|name| last.eq_ignore_ascii_case(name));
        let whole = digits.trim_start_matches('-').split('.').next();
        let is_long = whole.is_some_and(|whole| whole.len() > 4);
        Self::Number {
            grouped: is_long && !is_a_name && !digits.contains('e'),
            digits,
        }
    }

    fn words(text: &str) -> Self {
        let clean = plain_text::block(&markup::text(text));
        let is_link = ["https://", "http://"].iter().any(|scheme| {
            let start = clean.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        if clean.trim().is_empty() {
            Self::Nothing
        } else if is_link && !clean.contains(char::is_whitespace) {
            Self::Link(clean)
        } else {
            Self::Text(clean)
        }
    }

    /// As that language writes it.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        match self {
            Self::Text(words) | Self::Link(words) => words.clone(),
            Self::Date(date) => date.said(language),
            Self::Number { digits, grouped } => number(digits, *grouped, language),
            Self::Truth(true) => language.say("values-yes"),
            Self::Truth(false) => language.say("values-no"),
            Self::Several(values) => several(values, language),
            Self::Nothing => plain_text::NOTHING.to_owned(),
            Self::More => language.say("values-more"),
            Self::Unnamed(number) => {
                language.tell(&Phrase::new("values-unnamed").with("number", *number))
            }
            Self::NotJson { line, column } => {
                let phrase = Phrase::new("values-not-json").with("line", *line);
                language.tell(&phrase.with("column", *column))
            }
        }
    }

    /// The same; words are as they are in every language.
    #[must_use]
    pub fn words_in(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Text(words) | Self::Link(words) => Cow::Borrowed(words),
            Self::Date(_)
            | Self::Number { .. }
            | Self::Truth(_)
            | Self::Several(_)
            | Self::Nothing
            | Self::More
            | Self::Unnamed(_)
            | Self::NotJson { .. } => Cow::Owned(self.said(language)),
        }
    }

    /// The same for a place that has room for `most` bytes: of several values, those that come
    /// first.
    #[must_use]
    pub fn words_within(&self, language: Language, most: usize) -> Cow<'_, str> {
        match self {
            Self::Several(values) => {
                let mut left = most;
                let first = values.iter().take_while(|value| {
                    let fits = left > 0;
                    left = left.saturating_sub(value.bytes());
                    fits
                });
                let first = first.map(|value| value.said(language)).collect();
                Cow::Owned(joined(first, language))
            }
            Self::Text(_)
            | Self::Link(_)
            | Self::Date(_)
            | Self::Number { .. }
            | Self::Truth(_)
            | Self::Nothing
            | Self::More
            | Self::Unnamed(_)
            | Self::NotJson { .. } => self.words_in(language),
        }
    }

    /// About how long it is in words.
    #[must_use]
    pub fn bytes(&self) -> usize {
        /// A date, a truth, a separator.
        const SHORT: usize = 16;
        match self {
            Self::Text(words) | Self::Link(words) => words.len() + 1,
            Self::Number { digits, .. } => digits.len() + 1,
            Self::Several(values) => values.iter().map(Self::bytes).sum(),
            Self::Date(_) | Self::Truth(_) | Self::Nothing | Self::More | Self::Unnamed(_) => SHORT,
            Self::NotJson { .. } => 3 * SHORT,
        }
    }
}

/// A time that is counted from 1970, in seconds or a thousand, a million or a billion parts of
/// them, where the label says that it is one.
fn epoch(written: &str, label: &str) -> Option<Value> {
    const TIMES: [&str; 24] = [
        "at",
        "time",
        "date",
        "timestamp",
        "epoch",
        "ts",
        "dt",
        "created",
        "updated",
        "modified",
        "expires",
        "expiry",
        "expiration",
        "exp",
        "iat",
        "nbf",
        "published",
        "seen",
        "joined",
        "utc",
        "sunrise",
        "sunset",
        "mtime",
        "ctime",
    ];
    /// Names of nothing but moments.
    const MOMENTS: [&str; 7] = [
        "at",
        "timestamp",
        "epoch",
        "ts",
        "expires",
        "expiry",
        "expiration",
    ];
    /// From 2001 to 2100.
    const SECONDS: std::ops::Range<i64> = 1_000_000_000..4_102_444_800;
    /// What the first of January of the year 1 is counted as.
    const YEAR_ONE: i64 = -62_135_596_800;
    if !written.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let last = label.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    let is_one = |names: &[&str]| names.iter().any(|name| last.eq_ignore_ascii_case(name));
    if !is_one(&TIMES) {
        return None;
    }
    let (whole, parts) = written.split_once('.').unwrap_or((written, ""));
    let count: i64 = whole
        .parse()
        .ok()
        .filter(|_| parts.bytes().all(|b| b.is_ascii_digit()))?;
    if is_one(&MOMENTS) && [0, YEAR_ONE, YEAR_ONE * 1000].contains(&count) {
        return Some(Value::Nothing);
    }
    let parts = [1, 1000, 1_000_000, 1_000_000_000];
    let second = parts
        .iter()
        .map(|part| count / part)
        .find(|second| SECONDS.contains(second))?;
    let then = TimeZone::UTC.to_datetime(Timestamp::from_second(second).ok()?);
    Some(Value::Date(Date {
        day: then.date(),
        time: Some((then.time(), Zone::Utc)),
    }))
}

/// No date is longer, in bytes.
const LONGEST_DATE: usize = 40;

fn several(values: &[Value], language: Language) -> String {
    joined(
        values.iter().map(|value| value.said(language)).collect(),
        language,
    )
}

fn joined(words: Vec<String>, language: Language) -> String {
    let (comma, semicolon) = match language {
        Language::Japanese => ("、", "；"),
        Language::Arabic => ("، ", "؛ "),
        Language::English
        | Language::German
        | Language::French
        | Language::Spanish
        | Language::Portuguese => (", ", "; "),
    };
    // Dates in words, and decimals, have commas of their own.
    let has_commas = |words: &String| words.contains([',', '،', '、']);
    if words.iter().any(has_commas) {
        words.join(semicolon)
    } else {
        words.join(comma)
    }
}

/// What stands before decimals and between thousands.
const fn separators(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English | Language::Japanese | Language::Arabic => (".", ","),
        Language::German | Language::Spanish | Language::Portuguese => (",", "."),
        // No break within a number.
        Language::French => (",", "\u{a0}"),
    }
}

fn number(digits: &str, grouped: bool, language: Language) -> String {
    let (point, between) = separators(language);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut said = String::with_capacity(digits.len() + 8);
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        let begins = at == 0 || (at == 1 && whole.starts_with('-'));
        if grouped && left.is_multiple_of(3) && !begins {
            said.push_str(between);
        }
        said.push(digit);
    }
    if !decimals.is_empty() {
        said.push_str(point);
        said.push_str(decimals);
    }
    said
}

impl Date {
    /// A date or time of RFC 3339, RFC 5322 or .NET's `/Date(…)/`; without a zone none is claimed.
    pub(super) fn read(text: &str) -> Option<Self> {
        if !(10..=LONGEST_DATE).contains(&text.len()) {
            return None;
        }
        Self::iso(text).or_else(|| Self::mail(text)).or_else(|| {
            let count = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
            let milliseconds = count.split(['+', '-']).next()?.parse().ok()?;
            let then = Timestamp::from_millisecond(milliseconds).ok()?;
            let then = TimeZone::UTC.to_datetime(then);
            Some(Self {
                day: then.date(),
                time: Some((then.time(), Zone::Utc)),
            })
        })
    }

    /// “Tue, 01 Jul 2025 10:52:37 +0200”
    fn mail(text: &str) -> Option<Self> {
        let begins =
            text.as_bytes().get(3) == Some(&b',') || text.starts_with(|c: char| c.is_ascii_digit());
        if !begins || !text.contains(':') {
            return None;
        }
        let then = jiff::fmt::rfc2822::parse(text).ok()?;
        let zone = match then.offset().seconds() / 60 {
            0 => Zone::Utc,
            minutes => Zone::East(minutes),
        };
        Some(Self {
            day: then.date(),
            time: Some((then.time(), zone)),
        })
    }

    fn iso(text: &str) -> Option<Self> {
        let looks_like_one = (10..=LONGEST_DATE).contains(&text.len())
            && text.bytes().take(10).enumerate().all(|(at, b)| {
                if matches!(at, 4 | 7) {
                    b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            })
            && !text.contains('[');
        if !looks_like_one {
            return None;
        }
        let pieces = Pieces::parse(text).ok()?;
        let zone = match pieces.offset() {
            None => Zone::Unsaid,
            Some(PiecesOffset::Zulu) => Zone::Utc,
            Some(PiecesOffset::Numeric(offset)) => match offset.offset().seconds() / 60 {
                0 => Zone::Utc,
                minutes => Zone::East(minutes),
            },
            // `PiecesOffset` may grow.
            Some(_) => Zone::Unsaid,
        };
        Some(Self {
            day: pieces.date(),
            time: pieces.time().map(|time| (time, zone)),
        })
    }

    /// As that language writes it: “3 May 2026, 14:05 UTC”.
    #[must_use]
    pub fn said(self, language: Language) -> String {
        let day = language.tell(&day(self.day));
        let Some((time, zone)) = self.time else {
            return day;
        };
        let zone = match zone {
            Zone::Unsaid => String::new(),
            Zone::Utc => " UTC".to_owned(),
            Zone::East(minutes) => {
                let sign = if minutes < 0 { '−' } else { '+' };
                let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
                format!(" (UTC{sign}{hours}:{minutes:02})")
            }
        };
        let time = format!("{}{zone}", clock(time));
        let both = Phrase::new("values-date-time").with("date", day);
        language.tell(&both.with("time", time))
    }
}

fn day(day: civil::Date) -> Phrase {
    Phrase::new("values-date")
        .with("day", i64::from(day.day()))
        .with("month", Phrase::new(month(day)))
        .with("year", i64::from(day.year()))
}

fn month(day: civil::Date) -> &'static str {
    match day.month() {
        1 => "values-january",
        2 => "values-february",
        3 => "values-march",
        4 => "values-april",
        5 => "values-may",
        6 => "values-june",
        7 => "values-july",
        8 => "values-august",
        9 => "values-september",
        10 => "values-october",
        11 => "values-november",
        _ => "values-december",
    }
}

/// All seven languages write the time of day like this on screens.
fn clock(time: civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// When something was, for somebody at `now` in that zone: “12:04”, with the day where
/// that is another one.
#[must_use]
pub fn moment(then: Timestamp, now: Timestamp, zone: &TimeZone, language: Language) -> String {
    let (then, today) = (zone.to_datetime(then), zone.to_datetime(now).date());
    if then.date() == today {
        return clock(then.time());
    }
    let date = Date {
        day: then.date(),
        time: Some((then.time(), Zone::Unsaid)),
    };
    date.said(language)
}

#[cfg(test)]
mod tests;
