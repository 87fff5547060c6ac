//! All of a thing in readable form: a label and a value for each of its fields. Of a thing
//! among many they are read when somebody wants to see them.

use std::borrow::Cow;
use std::sync::Arc;

use super::budget::PIECE;
use super::json::Json;
use super::plain_text;
use super::value::Value;

/// No detail screen shows more of one thing.
const MOST_FIELDS: usize = 300;
/// Nor more of one list in it.
const MOST_VALUES: usize = 300;
/// Nor more text, in bytes.
const MOST_TEXT: usize = 1 << 20;
/// Labels repeat the names of what is around them; past this length in bytes they
/// are shortened, so that a small answer can't become a huge page.
const LONGEST_LABEL: usize = 120;

/// What is longer is read when it comes and not when it is to be seen: a screen has no time
/// for it. In bytes.
pub(super) const READ_LATER: usize = 16 * 1024;

/// The fields of a thing, in the order of the answer.
#[derive(Debug, Clone)]
pub struct Fields(FieldData);

#[derive(Debug, Clone)]
enum FieldData {
    Rows {
        rows: Arc<Vec<(String, Value)>>,
        /// About how long they are in words.
        bytes: usize,
    },
    /// Where the thing begins in the answer, and how long it is, in bytes.
    Unread {
        answer: Arc<String>,
        start: usize,
        length: usize,
    },
}

impl Fields {
    /// Those of the thing that is written as `text` in the `answer`; nothing where it isn't
    /// a piece of that.
    pub(super) fn within(answer: &Arc<String>, text: &str) -> Option<Self> {
        let start = (text.as_ptr() as usize).checked_sub(answer.as_ptr() as usize)?;
        let length = text.len();
        let same = answer.get(start..start + length).map(str::as_ptr) == Some(text.as_ptr());
        same.then(|| {
            Self(FieldData::Unread {
                answer: Arc::clone(answer),
                start,
                length,
            })
        })
    }

    /// A label and a value each.
    #[must_use]
    pub fn rows(&self) -> Cow<'_, [(String, Value)]> {
        match &self.0 {
            FieldData::Rows { rows, .. } => Cow::Borrowed(rows),
            FieldData::Unread { .. } => {
                let value = self.text().and_then(|text| Json::read(text).ok());
                Cow::Owned(value.map_or_else(Vec::new, |value| rows(&value, MOST_FIELDS)))
            }
        }
    }

    /// About how long they are in words.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.0 {
            FieldData::Rows { bytes, .. } => *bytes,
            FieldData::Unread { length, .. } => *length,
        }
    }

    /// The thing as it is written, where that is what is kept.
    fn text(&self) -> Option<&str> {
        match &self.0 {
            FieldData::Rows { .. } => None,
            FieldData::Unread {
                answer,
                start,
                length,
            } => answer.get(*start..start + length),
        }
    }
}

impl Fields {
    /// How much memory they take beyond the answer, in bytes.
    pub(super) fn heap(&self) -> usize {
        match &self.0 {
            FieldData::Unread { .. } => 0,
            FieldData::Rows { rows, .. } => {
                let inside = |(label, value): &(String, Value)| {
                    size_of::<(String, Value)>() + label.capacity() + PIECE + value.heap()
                };
                PIECE + rows.iter().map(inside).sum::<usize>()
            }
        }
    }
}

/// How large the answers are, in bytes, that these are read in. Those of one page follow each
/// other.
pub(super) fn answers<'a>(all: impl Iterator<Item = &'a Fields>) -> usize {
    let mut before: Option<&Arc<String>> = None;
    let mut bytes = 0;
    for fields in all {
        let FieldData::Unread { answer, .. } = &fields.0 else {
            continue;
        };
        if before.is_none_or(|before| !Arc::ptr_eq(before, answer)) {
            bytes += answer.len();
            before = Some(answer);
        }
    }
    bytes
}

impl Default for Fields {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl From<Vec<(String, Value)>> for Fields {
    fn from(rows: Vec<(String, Value)>) -> Self {
        let bytes = rows.iter();
        let bytes = bytes.map(|(label, value)| label.len() + value.bytes());
        Self(FieldData::Rows {
            bytes: bytes.sum(),
            rows: Arc::new(rows),
        })
    }
}

impl FromIterator<(String, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(rows: I) -> Self {
        Self::from(rows.into_iter().collect::<Vec<_>>())
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        let written = (self.text(), other.text());
        (written.0.is_some() && written.0 == written.1) || self.rows() == other.rows()
    }
}

/// The fields of a value, `most` of them at most.
pub(super) fn rows(value: &Json<'_>, most: usize) -> Vec<(String, Value)> {
    let mut rows = Rows {
        rows: Vec::new(),
        left: MOST_FIELDS.min(most),
        text_left: MOST_TEXT,
        dropped: 0,
    };
    if value.is_object() {
        for (name, value) in value.fields() {
            rows.add(&plain_text::label(name), value);
        }
    } else {
        rows.add("Value", value);
    }
    if rows.dropped > 0 {
        rows.rows.push(("…".to_owned(), Value::More));
    }
    rows.rows
}

struct Rows {
    rows: Vec<(String, Value)>,
    left: usize,
    text_left: usize,
    /// Values that found no room; not what is inside them.
    dropped: usize,
}

impl Rows {
    /// Adds a value under its label, what is nested in it one row each.
    fn add(&mut self, label: &str, value: &Json) {
        if self.left == 0 {
            self.dropped += 1;
            return;
        }
        if let Some(inside) = value.as_text().and_then(json_inside) {
            self.text_left = self
                .text_left
                .saturating_sub(value.as_text().map_or(0, str::len));
            self.add_one(label, &inside);
        } else {
            self.add_one(label, value);
        }
    }

    fn add_one(&mut self, label: &str, value: &Json) {
        match value {
            Json::Object(fields) if !fields.is_empty() => {
                for (name, value) in fields {
                    self.add(&below(label, &plain_text::label(name)), value);
                }
            }
            Json::List(elements)
                if elements
                    .iter()
                    .any(|element| element.is_object() || element.is_list()) =>
            {
                match elements.as_slice() {
                    [only] => self.add(label, only),
                    several => {
                        for (at, element) in several.iter().enumerate() {
                            if self.left == 0 {
                                return;
                            }
                            self.add(&format!("{label} {}", at + 1), element);
                        }
                    }
                }
            }
            Json::List(elements) if !elements.is_empty() => {
                let shown = elements.iter().take(MOST_VALUES);
                let mut values: Vec<Value> =
                    shown.filter_map(|value| self.value(value, label)).collect();
                if elements.len() > MOST_VALUES {
                    values.push(Value::More);
                }
                self.push(label, Value::Several(values));
            }
            Json::Object(_) | Json::List(_) => self.push(label, Value::Nothing),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
                let value = self.value(value, label).unwrap_or(Value::Nothing);
                self.push(label, value);
            }
        }
    }

    /// A value, and of a text no more than there is room for.
    fn value(&mut self, value: &Json, label: &str) -> Option<Value> {
        let Json::Text(text) = value else {
            return Value::of(value, label);
        };
        let mut ends = (0..=self.text_left.min(text.len())).rev();
        let end = ends.find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        let shown = &text[..end];
        self.text_left -= shown.len();
        if shown.len() == text.len() {
            return Value::of(value, label);
        }
        Some(Value::Text(plain_text::block(shown) + "…"))
    }

    fn push(&mut self, label: &str, value: Value) {
        self.left -= 1;
        self.rows.push((label.to_owned(), value));
    }
}

/// The object or array that a text is.
fn json_inside(text: &str) -> Option<Json<'_>> {
    const LARGEST: usize = 64 << 10;
    let trimmed = text.trim();
    let is_one = (trimmed.starts_with('{') && trimmed.ends_with('}'))
        || (trimmed.starts_with('[') && trimmed.ends_with(']'));
    if !is_one || trimmed.len() > LARGEST {
        return None;
    }
    Json::read(trimmed).ok().filter(|json| !json.is_empty())
}

fn below(parent: &str, child: &str) -> String {
    if parent.len() + child.len() > LONGEST_LABEL {
        format!("… · {child}")
    } else {
        format!("{parent} · {child}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_piece_of_an_answer_are_those_of_the_same_thing_read_at_once() {
        let answer = Arc::new(r#"[{"a": 1}, {"b": {"c": "d"}, "e": null}]"#.to_owned());
        let text = &answer[11..answer.len() - 1];
        let lazy = Fields::within(&answer, text).unwrap();
        let read = rows(&Json::read(text).unwrap(), MOST_FIELDS);
        assert_eq!(lazy.rows(), read);
        assert_eq!(lazy.rows()[0].0, "B · C");
        assert_eq!(lazy, Fields::from(read));
        assert_ne!(lazy, Fields::default());
    }

    #[test]
    fn what_is_no_piece_of_the_answer_has_no_place_in_it() {
        let answer = Arc::new("[{}]".to_owned());
        assert!(Fields::within(&answer, "{}").is_none());
    }

    #[test]
    fn json_in_a_text_is_shown_as_what_it_is() {
        let answer = r#"{"payload": "{\"name\": \"Ada\", \"tags\": [1, 2]}", "note": "[draft] x", "none": "{}"}"#;
        let rows = rows(&Json::read(answer).unwrap(), MOST_FIELDS);
        let said: Vec<_> = rows
            .iter()
            .map(|(label, value)| (label.as_str(), value.said(crate::i18n::Language::English)))
            .collect();
        assert_eq!(
            said,
            [
                ("Payload · Name", "Ada".to_owned()),
                ("Payload · Tags", "1, 2".to_owned()),
                ("Note", "[draft] x".to_owned()),
                ("None", "{}".to_owned()),
            ]
        );
    }
}
