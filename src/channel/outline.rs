//! What an answer is made of, as far as it takes to find the things in it: each of them is
//! read when its turn comes, so that a large answer is never all in memory a second time.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json::{Field, Json, Name, index, steps};

/// A JSON value whose lists hold objects that aren't read yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outline<'a> {
    /// What has nothing in it; a list in a list, which is read whole.
    Whole(Json<'a>),
    List(Vec<Outline<'a>>),
    Object(Vec<(Cow<'a, str>, Outline<'a>)>),
    /// An object in a list, as it is written.
    Thing(&'a str),
}

impl<'a> Outline<'a> {
    /// Reads a whole text.
    pub(super) fn read(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text.trim_start_matches('\u{feff}'))
    }

    /// All of it.
    pub(super) fn whole(&self) -> Result<Json<'a>, serde_json::Error> {
        Ok(match self {
            Self::Whole(json) => json.clone(),
            Self::Thing(text) => Json::read(text)?,
            Self::List(elements) => {
                Json::List(elements.iter().map(Self::whole).collect::<Result<_, _>>()?)
            }
            Self::Object(fields) => {
                let field = |(name, value): &(Cow<'a, str>, Self)| {
                    Ok::<Field<'a>, serde_json::Error>((name.clone(), value.whole()?))
                };
                Json::Object(fields.iter().map(field).collect::<Result<_, _>>()?)
            }
        })
    }

    /// The same with its own fields or elements to be seen; nothing where it can't be read.
    pub(super) fn opened(self) -> Option<Self> {
        Some(match self {
            Self::Thing(text) => Self::read(text).ok()?,
            Self::Whole(Json::List(elements)) => {
                Self::List(elements.into_iter().map(Self::Whole).collect())
            }
            Self::Whole(Json::Object(fields)) => {
                let field = |(name, value)| (name, Self::Whole(value));
                Self::Object(fields.into_iter().map(field).collect())
            }
            other @ (Self::Whole(_) | Self::List(_) | Self::Object(_)) => other,
        })
    }

    /// What a JSON Pointer points to (RFC 6901 §4).
    pub(super) fn pointer(&self, pointer: &str) -> Option<Self> {
        if pointer.is_empty() {
            return self.clone().opened();
        }
        steps(pointer)?.try_fold(self.clone(), |value, name| match value {
            Self::List(mut elements) => {
                let at = index(&name)?;
                (at < elements.len())
                    .then(|| elements.swap_remove(at))?
                    .opened()
            }
            Self::Object(fields) => {
                let mut fields = fields.into_iter().rev();
                fields.find(|(key, _)| *key == name)?.1.opened()
            }
            Self::Whole(_) | Self::Thing(_) => None,
        })
    }

    /// The fields of an object, in order; none of anything else.
    pub(super) fn fields(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(fields) => fields,
            Self::Whole(_) | Self::List(_) | Self::Thing(_) => &[],
        }
    }

    pub(super) const fn is_object(&self) -> bool {
        matches!(
            self,
            Self::Object(_) | Self::Thing(_) | Self::Whole(Json::Object(_))
        )
    }

    /// The words, if it is a text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Whole(json) => json.as_text(),
            Self::List(_) | Self::Object(_) | Self::Thing(_) => None,
        }
    }

    /// The elements of an array in which nothing but objects are, an empty one too.
    pub(super) fn things(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) => elements
                .iter()
                .all(Self::is_object)
                .then_some(elements.as_slice()),
            Self::Whole(_) | Self::Object(_) | Self::Thing(_) => None,
        }
    }

    /// Whether there is nothing to see: null, or an array or object of nothing.
    pub(super) const fn is_empty(&self) -> bool {
        match self {
            Self::Whole(json) => json.is_empty(),
            Self::List(elements) => elements.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Thing(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for Outline<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Outline<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Null))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Bool(value)))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Number(value.into())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Number(value.into())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                let number = serde_json::Number::from_f64(value);
                Ok(Outline::Whole(number.map_or(Json::Null, Json::Number)))
            }

            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Text(Cow::Borrowed(value))))
            }

            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Outline::Whole(Json::Text(Cow::Owned(value.to_owned()))))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(raw) = access.next_element::<&'de RawValue>()? {
                    elements.push(element(raw.get()).map_err(A::Error::custom)?);
                }
                Ok(Outline::List(elements))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = access.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Outline::Object(fields))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// What is in a list, as it is written.
fn element(text: &str) -> Result<Outline<'_>, serde_json::Error> {
    if text.starts_with('{') {
        Ok(Outline::Thing(text))
    } else {
        Json::read(text).map(Outline::Whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str =
        r#"{"a": {"list": [{"b": 1}, 2, [{"c": 3}]], "n": null}, "a/b": "x", "n": 1, "n": 2}"#;

    #[test]
    fn objects_in_lists_wait_until_they_are_read() {
        let outline = Outline::read(ANSWER).unwrap();
        let list = outline.pointer("/a/list").unwrap();
        let Outline::List(elements) = &list else {
            panic!("{list:?}")
        };
        assert_eq!(elements[0], Outline::Thing(r#"{"b": 1}"#));
        assert_eq!(outline.whole().unwrap(), Json::read(ANSWER).unwrap());
    }

    #[test]
    fn pointers_point_to_the_same_as_in_what_is_read_whole() {
        let (outline, whole) = (Outline::read(ANSWER).unwrap(), Json::read(ANSWER).unwrap());
        for pointer in [
            "",
            "/a",
            "/a/list",
            "/a/list/0",
            "/a/list/0/b",
            "/a/list/1",
            "/a/list/2/0/c",
            "/a~1b",
            "/n",
            "/a/list/9",
            "/a/list/01",
            "/a/n/x",
            "/z",
            "a",
        ] {
            let found = outline.pointer(pointer).map(|found| found.whole().unwrap());
            assert_eq!(found.as_ref(), whole.pointer(pointer), "{pointer}");
        }
    }
}
