//! What kind of thing an answer is: JSON, text or a picture. Everything here is a
//! pure function.

use std::sync::Arc;

use super::budget::{Budget, Unreadable};
use super::json::Json;
use super::json::reader::{Fault, begins_like_json, place};
use super::lazy_json::Outline;
use super::{Error, picture, plain_text, unusable};
use crate::config::Layout;
use crate::i18n::Phrase;

/// A body, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body<'a> {
    Json(Outline<'a>),
    Text(&'a str),
}

impl<'a> Body<'a> {
    pub(super) const fn json(&self) -> Option<&Outline<'a>> {
        match self {
            Self::Json(json) => Some(json),
            Self::Text(_) => None,
        }
    }
}

/// A body as it came.
#[derive(Debug)]
pub(super) struct Written {
    /// The whole of it as text. Bytes that aren't UTF-8 become replacement characters, since
    /// one bad name shouldn't hide a page.
    text: Arc<String>,
    /// What it was where it isn't UTF-8.
    bytes: Option<Vec<u8>>,
}

impl Written {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The same, for those who read in it later.
    pub(super) const fn shared(&self) -> &Arc<String> {
        &self.text
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The same, for those who need nothing else.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes.unwrap_or_else(|| {
            let text = Arc::try_unwrap(self.text);
            text.unwrap_or_else(|shared| (*shared).clone()).into_bytes()
        })
    }

    /// Whether the bytes are so far from being UTF-8 that there is no text.
    fn is_no_text(&self) -> bool {
        self.text.is_empty() && self.bytes.as_ref().is_some_and(|bytes| !bytes.is_empty())
    }
}

/// How large the text of some bytes is where each that isn't UTF-8 becomes a replacement
/// character.
fn text_size(bytes: &[u8]) -> usize {
    let sizes = bytes.utf8_chunks().map(|chunk| {
        let replaced = usize::from(!chunk.invalid().is_empty());
        chunk.valid().len() + replaced * char::REPLACEMENT_CHARACTER.len_utf8()
    });
    sizes.sum()
}

impl From<Vec<u8>> for Written {
    fn from(body: Vec<u8>) -> Self {
        /// A larger text has to be UTF-8: the other bytes stand beside their text.
        const LARGEST: usize = 64 << 20;
        match String::from_utf8(body) {
            Ok(mut text) => {
                // It stays as long as what is read in it.
                text.shrink_to_fit();
                Self {
                    text: Arc::new(text),
                    bytes: None,
                }
            }
            Err(other) => {
                let bytes = other.into_bytes();
                let text = if text_size(&bytes) <= LARGEST {
                    String::from_utf8_lossy(&bytes).into_owned()
                } else {
                    String::new()
                };
                Self {
                    text: Arc::new(text),
                    bytes: Some(bytes),
                }
            }
        }
    }
}

/// Whether the answer is itself a picture: it is called one, or it is one that is called
/// something that says nothing.
pub(super) fn is_picture(content_type: Option<&str>, bytes: &[u8]) -> bool {
    let kind = content_type.map(essence).unwrap_or_default();
    kind.starts_with("image/")
        || match picture::kind::of(bytes) {
            Some(picture::kind::Kind::Known) => true,
            Some(picture::kind::Kind::Foreign(_)) => kind.ends_with("octet-stream"),
            None => false,
        }
}

/// Reads a body. JSON is tried wherever it might be some, since many services call
/// it text; what isn't JSON is text only where it was meant to be.
pub(super) fn read<'a>(
    layout: Layout,
    content_type: Option<&str>,
    written: &'a Written,
    budget: &Budget,
) -> Result<Body<'a>, Error> {
    let bytes = written.bytes();
    let kind = content_type.map(essence).unwrap_or_default();
    let start = first_character(bytes);
    if start.is_none() {
        return Ok(Body::Json(Outline::Whole(Json::Null)));
    }
    if is_web_page(&kind, bytes) {
        return Err(unusable("channel-web-page"));
    }
    let said_json = kind.contains("json");
    let looks_like_json = begins_like_json(written.text());
    let text_wanted = layout == Layout::Text || kind.starts_with("text/");
    let text = || {
        if written.is_no_text() {
            return Err(too_much());
        }
        Ok(Body::Text(written.text().trim_start_matches('\u{feff}')))
    };
    if kind == "text/plain" && !looks_like_json {
        return text();
    }
    if written.is_no_text() {
        return Err(too_much());
    }
    match Outline::read(written.text(), budget) {
        // One line is a list, too.
        Ok(outline) if is_lines(&kind) && outline.is_object() => {
            Ok(Body::Json(Outline::List(vec![outline])))
        }
        Ok(outline) => Ok(Body::Json(outline)),
        Err(Unreadable::TooMuch(_)) => Err(too_much()),
        Err(_) if text_wanted && !said_json && !kind.ends_with("xml") => text(),
        Err(_) if layout == Layout::Text && std::str::from_utf8(bytes).is_ok() => text(),
        Err(_) if kind.ends_with("xml") || start == Some(b'<') => Err(unusable("channel-xml")),
        Err(Unreadable::Json(why)) if said_json || looks_like_json => {
            Err(broken(written.text(), why))
        }
        Err(_) if kind.is_empty() && std::str::from_utf8(bytes).is_ok() => text(),
        Err(_) => Err(Error::Unusable(match plain_text::line(&kind).as_str() {
            "" => Phrase::new("channel-neither"),
            kind => Phrase::new("channel-neither-kind").with("kind", kind),
        })),
    }
}

/// The type without its parameters, in small letters.
fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a type means one JSON text after another.
fn is_lines(kind: &str) -> bool {
    ["ndjson", "jsonl", "json-lines", "json-seq", "stream+json"]
        .iter()
        .any(|name| kind.contains(name))
}

fn first_character(bytes: &[u8]) -> Option<u8> {
    without_mark(bytes)
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace())
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn is_web_page(kind: &str, bytes: &[u8]) -> bool {
    let begins = |tag: &str| {
        let text = without_mark(bytes).trim_ascii_start();
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    let called_so = matches!(kind, "text/html" | "application/xhtml+xml");
    (called_so && first_character(bytes) == Some(b'<'))
        || begins("<!doctype html")
        || begins("<html")
}

/// What is made of it would fill the memory.
const fn too_much() -> Error {
    unusable("channel-too-many-values")
}

/// Why something in an answer can't be read; `text` is all of it.
pub(super) fn unreadable(text: &str, why: Unreadable) -> Error {
    match why {
        Unreadable::Json(why) => broken(text, why),
        Unreadable::TooMuch(_) => too_much(),
    }
}

/// Why JSON can't be read: what a reader of the whole text says, since only it knows the
/// place.
fn broken(text: &str, why: Fault) -> Error {
    let whole = match Json::read(text) {
        Err(Unreadable::Json(whole)) => Some(whole),
        Err(Unreadable::TooMuch(_)) | Ok(_) => None,
    };
    match whole.unwrap_or(why) {
        Fault::BreaksOff => unusable("channel-truncated"),
        Fault::TooDeep => unusable("channel-too-deep"),
        Fault::NotJson { at } => {
            let (line, column) = place(text, at);
            let phrase = Phrase::new("channel-invalid-json");
            Error::Unusable(phrase.with("line", line).with("column", column))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within<'a>(
        layout: Layout,
        content_type: Option<&str>,
        written: &'a Written,
    ) -> Result<Body<'a>, Error> {
        read(layout, content_type, written, &Budget::answer())
    }

    fn written(bytes: &[u8]) -> Written {
        Written::from(bytes.to_vec())
    }

    fn words(content_type: &str, bytes: &[u8]) -> String {
        within(Layout::Auto, Some(content_type), &written(bytes))
            .unwrap_err()
            .to_string()
    }

    fn text(content_type: &str, bytes: &[u8]) -> String {
        match within(Layout::Auto, Some(content_type), &written(bytes)).unwrap() {
            Body::Text(text) => text.to_owned(),
            Body::Json(json) => panic!("{json:?}"),
        }
    }

    #[test]
    fn json_is_read_whatever_it_is_called() {
        for kind in [
            "application/json",
            "application/vnd.api+json; charset=utf-8",
            "text/plain",
            "text/html",
            "application/octet-stream",
            "",
        ] {
            assert!(
                matches!(
                    within(Layout::Auto, Some(kind), &written(b" {\"a\": 1}")),
                    Ok(Body::Json(Outline::Object(_)))
                ),
                "{kind}"
            );
        }
        assert!(matches!(
            within(Layout::Auto, None, &written(b"[]")),
            Ok(Body::Json(Outline::List(_)))
        ));
    }

    #[test]
    fn nothing_is_nothing_and_not_an_error() {
        for nothing in ["", "  \r\n", "\u{feff}"] {
            assert_eq!(
                within(
                    Layout::Auto,
                    Some("application/json"),
                    &written(nothing.as_bytes())
                ),
                Ok(Body::Json(Outline::Whole(Json::Null)))
            );
        }
    }

    #[test]
    fn a_web_page_is_called_one() {
        for (kind, page) in [
            ("text/html; charset=utf-8", "<p>Sign in"),
            ("application/json", "\n<!DOCTYPE html><html>"),
            ("", "<HTML lang=en>"),
        ] {
            assert!(
                words(kind, page.as_bytes()).starts_with("A web page came instead of data."),
                "{kind}"
            );
        }
    }

    #[test]
    fn json_in_lines_is_a_list_and_one_line_is_one_too() {
        for kind in [
            "application/x-ndjson",
            "application/jsonl",
            "application/json-seq",
        ] {
            for (lines, count) in [("{\"a\":1}\n", 1), ("{\"a\":1}\n{\"a\":2}\n", 2)] {
                let written = written(lines.as_bytes());
                let Body::Json(Outline::List(things)) =
                    within(Layout::Auto, Some(kind), &written).unwrap()
                else {
                    panic!("{kind}")
                };
                assert_eq!(things.len(), count);
            }
        }
    }

    #[test]
    fn a_truncated_answer_is_called_truncated() {
        for cut in [r#"{"items": [{"a": 1"#, r#"{"name": "Ad"#, "[1, 2"] {
            assert_eq!(
                words("application/json", cut.as_bytes()),
                "The service’s response ends in the middle."
            );
        }
    }

    #[test]
    fn deep_nesting_is_refused_in_words() {
        let deep = "[".repeat(100_000);

        assert_eq!(
            words("application/json", deep.as_bytes()),
            "The service’s response is nested too deeply to show."
        );
    }

    #[test]
    fn broken_json_is_refused_without_quoting_it() {
        let words = words("application/json", b"{\"a\": 1e999, \"token\": s3cret}");

        assert!(
            words.starts_with("The service’s response isn’t valid JSON (line 1"),
            "{words}"
        );
        assert!(!words.contains("s3cret") && !words.contains("token"));
    }

    #[test]
    fn plain_text_is_text() {
        assert_eq!(text("text/plain", b"42"), "42");
        assert_eq!(text("text/markdown", b"# Title"), "# Title");
        assert_eq!(text("text/plain", b"{ not json"), "{ not json");
        assert_eq!(text("text/plain", "\u{feff}a".as_bytes()), "a");
    }

    #[test]
    fn a_channel_of_text_shows_any_text() {
        for kind in [
            "application/json",
            "application/xml",
            "application/x-unknown",
        ] {
            assert_eq!(
                within(Layout::Text, Some(kind), &written(b"<a>1</a>")),
                Ok(Body::Text("<a>1</a>")),
                "{kind}"
            );
        }
    }

    #[test]
    fn what_is_neither_is_named() {
        assert!(words("application/pdf", b"%PDF-1.7 \xff").contains("(application/pdf)"));
        assert!(words("application/rss+xml", b"<rss/>").contains("XML"));
    }

    #[test]
    fn a_picture_is_known_by_its_type_or_its_beginning() {
        assert!(is_picture(Some("Image/PNG; x=y"), b""));
        assert!(is_picture(
            Some("binary/octet-stream"),
            b"\x89PNG\r\n\x1a\n"
        ));
        assert!(is_picture(None, b"\xff\xd8\xff\xe0"));
        assert!(is_picture(
            Some("application/octet-stream"),
            b"\0\0\0 ftypavif"
        ));
        assert!(!is_picture(Some("application/json"), b"[]"));
        assert!(!is_picture(Some("text/plain"), b"BM is a prefix"));
        assert!(!is_picture(None, b""));
    }
}
