//! Answers whose things are grouped: sections with a title and their own things, or lists
//! under their names. A pure function of the JSON.

use std::borrow::Cow;

use super::outline::Outline;
use super::{readable, usual};

/// One group of things.
#[derive(Debug, PartialEq)]
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) elements: Vec<Outline<'a>>,
}

/// The groups in a value; none where it isn't made of groups alone.
pub(super) fn of<'a>(outline: &Outline<'a>) -> Option<Vec<Group<'a>>> {
    let groups: Vec<Group<'a>> = match outline {
        Outline::List(sections) => sections.iter().map(section).collect::<Option<_>>()?,
        Outline::Object(fields) if fields.len() > 1 => {
            let named = |(name, value): &(Cow<'a, str>, Outline<'a>)| named(name, value);
            fields.iter().map(named).collect::<Option<_>>()?
        }
        Outline::Object(_) | Outline::Whole(_) | Outline::Thing(_) => return None,
    };
    // A heading above nothing says nothing.
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|group| !group.elements.is_empty())
        .collect();
    (!groups.is_empty()).then_some(groups)
}

/// `{"title": "Today", "items": [{…}, {…}]}`.
fn section<'a>(outline: &Outline<'a>) -> Option<Group<'a>> {
    let opened = outline.clone().opened()?;
    let fields = opened.fields();
    let mut lists = fields.iter().filter(|(name, _)| usual::is_list(name));
    let elements = lists.find_map(|(_, value)| value.things())?;
    let title = usual::titles(fields).find_map(|(_, value)| value.as_text())?;
    group(readable::line(title), elements)
}

/// `"tomorrow": [{…}, …]`. A name that is usual for the list of an answer is no group's:
/// what stands beside it is about the answer.
fn named<'a>(name: &str, value: &Outline<'a>) -> Option<Group<'a>> {
    let things = value.things().filter(|_| !usual::is_list(name))?;
    group(readable::label(name), things)
}

fn group<'a>(name: String, elements: &[Outline<'a>]) -> Option<Group<'a>> {
    let elements = elements.to_vec();
    (!name.is_empty()).then_some(Group { name, elements })
}
