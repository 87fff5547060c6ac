//! JSON that keeps the order in which an answer's fields came.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A JSON value (RFC 8259). `serde_json::Value` sorts the fields of an object by
/// name; a person wants to see them as the service wrote them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole body. Bytes that aren't UTF-8 become replacement characters,
    /// since one bad name shouldn't hide a page.
    pub(super) fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        let text = String::from_utf8_lossy(body);
        serde_json::from_str(text.trim_start_matches('\u{feff}'))
    }

    /// The field of an object; the last one where a name comes twice, as most
    /// readers of JSON have it (RFC 8259 §4).
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        self.fields()
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The fields of an object, in order; none of anything else.
    pub(super) fn fields(&self) -> &[(String, Self)] {
        match self {
            Self::Object(fields) => fields,
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => &[],
        }
    }

    /// The elements of an array; none of anything else.
    pub(super) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => &[],
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    pub(super) const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(super) const fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Whether there is nothing to see: null, or an array or object of nothing.
    pub(super) const fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(elements) => elements.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::Text(_) => false,
        }
    }

    /// What a JSON Pointer points to (RFC 6901 §4).
    pub(super) fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self, |value, token| {
                let name = token.replace("~1", "/").replace("~0", "~");
                match value {
                    Self::List(elements) => elements.get(index(&name)?),
                    Self::Object(_) => value.field(&name),
                    Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
                }
            })
    }
}

/// An array's index is written without leading zeros (RFC 6901 §4).
fn index(token: &str) -> Option<usize> {
    let plain =
        token == "0" || (!token.starts_with('0') && token.bytes().all(|b| b.is_ascii_digit()));
    token.parse().ok().filter(|_| plain)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Number(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Number(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
            }

            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Text(value.to_owned()))
            }

            fn visit_string<E>(self, value: String) -> Result<Json, E> {
                Ok(Json::Text(value))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = access.next_element()? {
                    elements.push(element);
                }
                Ok(Json::List(elements))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = access.next_entry()? {
                    fields.push(field);
                }
                Ok(Json::Object(fields))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn fields_keep_the_order_in_which_they_came() {
        let value = json(r#"{"zebra": 1, "ant": 2, "cow": 3}"#);

        let names: Vec<_> = value
            .fields()
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["zebra", "ant", "cow"]);
    }

    /// The examples of RFC 6901 §5.
    #[test]
    fn pointers_point_as_in_the_rfc() {
        let value = json(
            r#"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}"#,
        );

        assert_eq!(value.pointer(""), Some(&value));
        assert_eq!(value.pointer("/foo/0"), Some(&Json::Text("bar".to_owned())));
        for (pointer, expected) in [
            ("/", 0),
            ("/a~1b", 1),
            ("/c%d", 2),
            ("/e^f", 3),
            ("/g|h", 4),
            ("/i\\j", 5),
            ("/k\"l", 6),
            ("/ ", 7),
            ("/m~0n", 8),
        ] {
            assert_eq!(
                value.pointer(pointer),
                Some(&Json::Number(expected.into())),
                "{pointer}"
            );
        }
    }

    #[test]
    fn a_pointer_to_nothing_finds_nothing() {
        let value = json(r#"{"foo": ["bar"], "n": null}"#);

        for pointer in [
            "/foo/1", "/foo/00", "/foo/-", "/foo/+0", "/foo/0/x", "/bar", "foo", "/n/x",
        ] {
            assert_eq!(value.pointer(pointer), None, "{pointer}");
        }
    }

    #[test]
    fn a_name_that_comes_twice_means_the_last_one() {
        assert_eq!(
            json(r#"{"a": 1, "a": 2}"#).field("a"),
            Some(&Json::Number(2.into()))
        );
    }

    #[test]
    fn bytes_that_are_not_utf_8_do_not_hide_the_rest() {
        let value = Json::read(b"\xef\xbb\xbf{\"name\": \"Ren\xe9\"}").unwrap();

        assert_eq!(
            value.field("name"),
            Some(&Json::Text("Ren\u{fffd}".to_owned()))
        );
    }
}
