//! JSON that keeps the order in which an answer's fields came, and borrows its texts from
//! the answer.

pub(super) mod reader;

use std::borrow::Cow;

use super::budget::{Budget, PIECE, Unreadable};
use reader::Reader;

/// A field of an object.
pub(super) type Field<'a> = (Cow<'a, str>, Json<'a>);

/// A JSON value (RFC 8259), its fields in the order in which the service wrote them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<Field<'a>>),
}

impl<'a> Json<'a> {
    /// Reads a whole text.
    pub(super) fn read(text: &'a str) -> Result<Self, Unreadable> {
        Self::read_within(text, &Budget::answer())
    }

    /// Reads a whole text within a budget.
    pub(super) fn read_within(text: &'a str, budget: &Budget) -> Result<Self, Unreadable> {
        Reader::json(text, budget)
    }

    /// How much memory there is beyond the value itself, in bytes.
    pub(super) fn heap(&self) -> usize {
        let written = |text: &Cow<'_, str>| match text {
            Cow::Borrowed(_) => 0,
            Cow::Owned(text) => text.len() + PIECE,
        };
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => 0,
            Self::Text(text) => written(text),
            Self::List(elements) => {
                let inside = |element: &Self| size_of::<Self>() + element.heap();
                elements.iter().map(inside).sum()
            }
            Self::Object(fields) => {
                let inside = |(name, value): &Field<'_>| {
                    size_of::<Field<'_>>() + written(name) + value.heap()
                };
                fields.iter().map(inside).sum()
            }
        }
    }

    /// The field of an object.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        self.fields()
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The fields of an object, in order; none of anything else.
    pub(super) fn fields(&self) -> &[Field<'a>] {
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
        steps(pointer)?.try_fold(self, |value, name| match value {
            Self::List(elements) => elements.get(index(&name)?),
            Self::Object(_) => value.field(&name),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
        })
    }
}

/// The names that a JSON Pointer is made of (RFC 6901 §3).
pub(super) fn steps(pointer: &str) -> Option<impl Iterator<Item = String> + '_> {
    let name = |token: &str| token.replace("~1", "/").replace("~0", "~");
    Some(pointer.strip_prefix('/')?.split('/').map(name))
}

/// An array's index is written without leading zeros (RFC 6901 §4).
pub(super) fn index(token: &str) -> Option<usize> {
    let plain =
        token == "0" || (!token.starts_with('0') && token.bytes().all(|b| b.is_ascii_digit()));
    token.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json<'_> {
        Json::read(text).unwrap()
    }

    #[test]
    fn fields_keep_the_order_in_which_they_came() {
        let value = json(r#"{"zebra": 1, "ant": 2, "cow": 3}"#);

        let names: Vec<_> = value
            .fields()
            .iter()
            .map(|(name, _)| name.as_ref())
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
        assert_eq!(value.pointer("/foo/0"), Some(&Json::Text("bar".into())));
        for (pointer, expected) in [
            ("/", "0"),
            ("/a~1b", "1"),
            ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"),
            ("/i\\j", "5"),
            ("/k\"l", "6"),
            ("/ ", "7"),
            ("/m~0n", "8"),
        ] {
            assert_eq!(
                value.pointer(pointer),
                Some(&Json::Number(expected)),
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
            Some(&Json::Number("2"))
        );
    }

    #[test]
    fn texts_are_borrowed_where_they_are_written_as_they_are() {
        let value = json(r#"{"plain": "a", "esc\u0061ped": "b\n"}"#);

        let borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
        let of = |(name, value): &Field<'_>| {
            let Json::Text(text) = value else {
                panic!("{value:?}")
            };
            [borrowed(name), borrowed(text)]
        };
        assert_eq!(
            value.fields().iter().map(of).collect::<Vec<_>>(),
            [[true; 2], [false; 2]]
        );
        assert_eq!(value.field("escaped"), Some(&Json::Text("b\n".into())));
    }
}
