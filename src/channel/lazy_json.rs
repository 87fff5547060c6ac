//! What an answer is made of, as far as it takes to find the things in it: each of them is
//! read when its turn comes, so that a large answer is never all in memory a second time.

use std::borrow::Cow;

use super::budget::{Budget, Unreadable};
use super::json::reader::Reader;
use super::json::{Field, Json, index, steps};

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
    /// Reads a whole text within a budget.
    pub(super) fn read(text: &'a str, budget: &Budget) -> Result<Self, Unreadable> {
        Reader::outline(text, budget)
    }

    /// All of it.
    pub(super) fn whole(&self, budget: &Budget) -> Result<Cow<'_, Json<'a>>, Unreadable> {
        Ok(match self {
            Self::Whole(json) => Cow::Borrowed(json),
            Self::Thing(text) => Cow::Owned(Json::read_within(text, budget)?),
            Self::List(elements) => {
                budget.take_list::<Json<'_>>(2 * elements.len())?;
                let own = elements.iter().map(|element| element.own(budget));
                Cow::Owned(Json::List(own.collect::<Result<_, _>>()?))
            }
            Self::Object(fields) => {
                budget.take_list::<Field<'_>>(2 * fields.len())?;
                let own = fields
                    .iter()
                    .map(|(name, value)| Ok::<_, Unreadable>((name.clone(), value.own(budget)?)));
                Cow::Owned(Json::Object(own.collect::<Result<_, _>>()?))
            }
        })
    }

    fn own(&self, budget: &Budget) -> Result<Json<'a>, Unreadable> {
        let whole = self.whole(budget)?;
        if let Cow::Borrowed(json) = &whole {
            budget.take(json.heap())?;
        }
        Ok(whole.into_owned())
    }

    /// The same with its own fields or elements to be seen.
    pub(super) fn opened(&self, budget: &Budget) -> Result<Cow<'_, Self>, Unreadable> {
        let whole = |json: &Json<'a>| {
            budget.take(size_of::<Self>() + json.heap())?;
            Ok::<_, Unreadable>(Self::Whole(json.clone()))
        };
        Ok(match self {
            Self::Thing(text) => Cow::Owned(Self::read(text, budget)?),
            Self::Whole(Json::List(elements)) => {
                let elements = elements.iter().map(whole);
                Cow::Owned(Self::List(elements.collect::<Result<_, _>>()?))
            }
            Self::Whole(Json::Object(fields)) => {
                let fields = fields
                    .iter()
                    .map(|(name, value)| Ok::<_, Unreadable>((name.clone(), whole(value)?)));
                Cow::Owned(Self::Object(fields.collect::<Result<_, _>>()?))
            }
            Self::Whole(_) | Self::List(_) | Self::Object(_) => Cow::Borrowed(self),
        })
    }

    /// What a JSON Pointer points to (RFC 6901 §4).
    pub(super) fn pointer(
        &self,
        pointer: &str,
        budget: &Budget,
    ) -> Result<Option<Cow<'_, Self>>, Unreadable> {
        let mut at = self.opened(budget)?;
        if pointer.is_empty() {
            return Ok(Some(at));
        }
        let Some(steps) = steps(pointer) else {
            return Ok(None);
        };
        for name in steps {
            let below = match at {
                Cow::Borrowed(outline) => match outline.below(&name) {
                    Some(below) => below.opened(budget)?,
                    None => return Ok(None),
                },
                Cow::Owned(outline) => match outline.below(&name) {
                    Some(below) => {
                        let below = below.opened(budget)?;
                        if let Cow::Borrowed(below) = &below {
                            budget.take(below.heap())?;
                        }
                        Cow::Owned(below.into_owned())
                    }
                    None => return Ok(None),
                },
            };
            at = below;
        }
        Ok(Some(at))
    }

    /// How much memory there is beyond the value itself, in bytes.
    fn heap(&self) -> usize {
        match self {
            Self::Whole(json) => json.heap(),
            Self::Thing(_) => 0,
            Self::List(elements) => {
                let inside = |element: &Self| size_of::<Self>() + element.heap();
                elements.iter().map(inside).sum()
            }
            Self::Object(fields) => {
                let inside = |(_, value): &(Cow<'_, str>, Self)| {
                    size_of::<(Cow<'_, str>, Self)>() + value.heap()
                };
                fields.iter().map(inside).sum()
            }
        }
    }

    /// The field or element of that name.
    fn below(&self, name: &str) -> Option<&Self> {
        match self {
            Self::List(elements) => elements.get(index(name)?),
            Self::Object(fields) => {
                let mut fields = fields.iter();
                fields.find(|(key, _)| key == name).map(|(_, value)| value)
            }
            Self::Whole(_) | Self::Thing(_) => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str =
        r#"{"a": {"list": [{"b": 1}, 2, [{"c": 3}]], "n": null}, "a/b": "x", "n": 1, "n": 2}"#;

    #[test]
    fn objects_in_lists_wait_until_they_are_read() {
        let budget = Budget::answer();
        let outline = Outline::read(ANSWER, &budget).unwrap();
        let list = outline.pointer("/a/list", &budget).unwrap().unwrap();
        let Outline::List(elements) = &*list else {
            panic!("{list:?}")
        };
        assert_eq!(elements[0], Outline::Thing(r#"{"b": 1}"#));
        let whole = outline.whole(&budget).unwrap();
        assert_eq!(*whole, Json::read(ANSWER).unwrap());
    }

    #[test]
    fn pointers_point_to_the_same_as_in_what_is_read_whole() {
        let budget = Budget::answer();
        let outline = Outline::read(ANSWER, &budget).unwrap();
        let whole = Json::read(ANSWER).unwrap();
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
            let found = outline.pointer(pointer, &budget).unwrap();
            let found = found.map(|found| found.whole(&budget).unwrap().into_owned());
            assert_eq!(found.as_ref(), whole.pointer(pointer), "{pointer}");
        }
    }
}
