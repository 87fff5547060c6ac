//! Answers whose things are grouped: sections with a title and their own things, or lists
//! under their names. A pure function of the JSON.

use super::budget::{Budget, PIECE, Unreadable};
use super::lazy_json::Outline;
use super::{known_fields, plain_text};

/// One group of things.
#[derive(Debug, PartialEq)]
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) elements: Vec<Outline<'a>>,
}

/// The groups in a value; none where it isn't made of groups alone.
pub(super) fn of<'a>(
    outline: &Outline<'a>,
    budget: &Budget,
) -> Result<Option<Vec<Group<'a>>>, Unreadable> {
    let mut groups = Vec::new();
    match outline {
        Outline::List(sections) => {
            for each in sections {
                let Some(group) = section(each, budget)? else {
                    return Ok(None);
                };
                groups.extend(group);
            }
        }
        Outline::Object(fields) if fields.len() > 1 => {
            for (name, value) in fields {
                let Some(group) = named(name, value, budget)? else {
                    return Ok(None);
                };
                groups.extend(group);
            }
        }
        Outline::Object(_) | Outline::Whole(_) | Outline::Thing(_) => return Ok(None),
    }
    Ok((!groups.is_empty()).then_some(groups))
}

/// A group, unless nothing is in it: a heading above nothing says nothing.
type Found<'a> = Option<Option<Group<'a>>>;

/// `{"title": "Today", "items": [{…}, {…}]}`.
fn section<'a>(outline: &Outline<'a>, budget: &Budget) -> Result<Found<'a>, Unreadable> {
    if !outline.is_object() {
        return Ok(None);
    }
    let passing = budget.passing();
    let opened = match outline.opened(&passing) {
        Ok(opened) => opened,
        // It is told where its things are read.
        Err(Unreadable::Json(_)) => return Ok(None),
        Err(why @ Unreadable::TooMuch(_)) => return Err(why),
    };
    let fields = opened.fields();
    let mut lists = fields
        .iter()
        .filter(|(name, _)| known_fields::is_list(name));
    let Some(elements) = lists.find_map(|(_, value)| value.things()) else {
        return Ok(None);
    };
    let Some(title) = known_fields::titles(fields).find_map(|(_, value)| value.as_text()) else {
        return Ok(None);
    };
    group(plain_text::line(title), elements, budget)
}

/// `"tomorrow": [{…}, …]`. A name that is usual for the list of an answer is no group's:
/// what stands beside it is about the answer.
fn named<'a>(name: &str, value: &Outline<'a>, budget: &Budget) -> Result<Found<'a>, Unreadable> {
    let is_about_answer = known_fields::is_list(name) || known_fields::is_aside(name);
    match value.things().filter(|_| !is_about_answer) {
        Some(things) => group(plain_text::label(name), things, budget),
        None => Ok(None),
    }
}

fn group<'a>(
    name: String,
    elements: &[Outline<'a>],
    budget: &Budget,
) -> Result<Found<'a>, Unreadable> {
    if name.is_empty() {
        return Ok(None);
    }
    if elements.is_empty() {
        return Ok(Some(None));
    }
    budget.take_list::<Group<'_>>(2)?;
    budget.take(name.len() + 2 * PIECE)?;
    budget.take_list::<Outline<'_>>(elements.len())?;
    let elements = elements.to_vec();
    Ok(Some(Some(Group { name, elements })))
}
