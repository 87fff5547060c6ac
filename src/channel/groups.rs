//! Answers whose things are grouped: sections with a title and their own things, or lists
//! under their names. A pure function of the JSON.

use super::json::Json;
use super::{readable, usual};

/// One group of things.
#[derive(Debug, PartialEq)]
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) elements: &'a [Json],
}

/// The groups in a value; none where it isn't made of groups alone.
pub(super) fn of(json: &Json) -> Option<Vec<Group<'_>>> {
    let groups: Vec<Group<'_>> = match json {
        Json::List(sections) => sections.iter().map(section).collect::<Option<_>>()?,
        Json::Object(fields) if fields.len() > 1 => {
            fields.iter().map(named).collect::<Option<_>>()?
        }
        Json::Object(_) | Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
            return None;
        }
    };
    // A heading above nothing says nothing.
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|group| !group.elements.is_empty())
        .collect();
    (!groups.is_empty()).then_some(groups)
}

/// `{"title": "Today", "items": [{…}, …]}`.
fn section(json: &Json) -> Option<Group<'_>> {
    let fields = json.fields();
    let things = |(name, value): &&(String, Json)| usual::is_list(name) && is_of_things(value);
    let elements = fields.iter().find(things)?.1.elements();
    let title = usual::titles(fields).find_map(|(_, value)| value.as_text())?;
    group(readable::line(title), elements)
}

/// `"tomorrow": [{…}, …]`. A name that is usual for the list of an answer is no group's:
/// what stands beside it is about the answer.
fn named((name, value): &(String, Json)) -> Option<Group<'_>> {
    let is_group = is_of_things(value) && !usual::is_list(name);
    is_group.then_some(())?;
    group(readable::label(name), value.elements())
}

fn group(name: String, elements: &[Json]) -> Option<Group<'_>> {
    (!name.is_empty()).then_some(Group { name, elements })
}

fn is_of_things(value: &Json) -> bool {
    value.is_list() && value.elements().iter().all(Json::is_object)
}
