//! JSON turned into items that a screen can show. Everything here is a pure
//! function of the answer and the channel's configuration.

use std::borrow::Cow;
use std::sync::Arc;

use url::Url;

use super::body::{self, Body};
use super::budget::{Budget, PIECE, Unreadable};
use super::fields::Fields;
use super::groups::Group;
use super::item::Reader;
use super::json::Json;
use super::lazy_json::Outline;
use super::value::Value;
use super::{Error, fields, groups, known_fields, plain_text, reported};
use crate::config::{self, Layout, Pointer};
use crate::i18n::{Language, Phrase};
use crate::text;

/// What a channel's answer holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Listing {
    /// Several things: cards, a list or a table.
    Items(Vec<Item>),
    /// One thing, whole.
    Details(Item),
    /// Running text: an answer that isn't JSON.
    Text(Arc<str>),
}

/// One thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is called, on one line.
    pub title: Value,
    /// The second line.
    pub subtitle: Option<Value>,
    /// Its picture.
    pub image: Option<Url>,
    /// All of it in readable form.
    pub fields: Fields,
    /// The heading of the group that it belongs to; the items of one follow each other.
    pub group: Option<Arc<str>>,
}

impl Item {
    /// What it is called, as that language writes it.
    #[must_use]
    pub fn title(&self, language: Language) -> Cow<'_, str> {
        self.title.words_in(language)
    }

    /// The second line, as that language writes it.
    #[must_use]
    pub fn subtitle(&self, language: Language) -> Option<Cow<'_, str>> {
        Some(self.subtitle.as_ref()?.words_in(language))
    }

    /// The fields as that language writes them.
    #[must_use]
    pub fn said(&self, language: Language) -> Vec<(String, String)> {
        let said = |(label, value): &(String, Value)| (label.clone(), value.said(language));
        self.fields.rows().iter().map(said).collect()
    }

    /// The first of the fields as that language writes them, about so many bytes of them.
    #[must_use]
    pub fn said_at_first(&self, language: Language, most: usize) -> Vec<(String, String)> {
        let mut left = most;
        let rows = self.fields.rows();
        let said = rows.iter().map_while(|(label, value)| {
            if left == 0 {
                return None;
            }
            let words = value.words_within(language, left);
            let words = text::beginning(&words, left);
            left = left.saturating_sub(label.len() + words.len());
            Some((label.clone(), words.to_owned()))
        });
        said.collect()
    }
}

impl Listing {
    /// Reads an answer that came from the address `page`; `source` is what it is written in.
    ///
    /// # Errors
    /// [`Error::Unusable`] where the configured pointer leads nowhere, or something in it can't
    /// be read.
    pub(super) fn read(
        channel: &config::Channel,
        body: &Body<'_>,
        source: &Arc<String>,
        page: &Url,
        budget: &Budget,
    ) -> Result<Self, Error> {
        let unreadable = |why| body::unreadable(source, why);
        let outline = match body {
            Body::Text(text) => return Self::text(text, budget).map_err(unreadable),
            Body::Json(outline) => outline,
        };
        let reader = Reader::new(channel, page, source, budget);
        let pointed_to = match &channel.items {
            None => None,
            Some(pointer) => {
                let found = outline.pointer(pointer.as_str(), budget);
                Some(match found.map_err(unreadable)? {
                    Some(found) => found,
                    None => return Err(reported_else(outline, pointer, budget)),
                })
            }
        };
        if pointed_to.is_none()
            && let Some(message) = reported::instead_of_data(outline, budget).map_err(unreadable)?
        {
            return Err(reported::reports(&message));
        }
        let about = pointed_to.as_deref().unwrap_or(outline);
        let read = match channel.layout {
            Layout::Text => about.whole(budget).and_then(|json| as_text(reader, &json)),
            Layout::Details => about.whole(budget).and_then(|json| whole(reader, &json)),
            Layout::Auto | Layout::Cards | Layout::List | Layout::Table | Layout::Image => {
                if pointed_to.is_some() {
                    pointed(reader, about)
                } else {
                    found(reader, about)
                }
            }
        };
        read.map_err(unreadable)
    }

    /// An answer that is itself a picture: one item that shows it.
    pub(super) fn picture(channel: &config::Channel, page: &Url) -> Self {
        Self::Items(vec![Item {
            title: plain_text::line(&channel.name).into(),
            subtitle: None,
            image: Some(page.clone()),
            fields: Fields::default(),
            group: None,
        }])
    }

    /// About how much memory it takes, in bytes.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        /// A title and an address beside what is written in the answer.
        const WORDS: usize = 96;
        match self {
            Self::Items(items) => {
                let each = size_of::<Item>() + WORDS;
                let answers = fields::answers(items.iter().map(|item| &item.fields));
                items.len() * each + answers
            }
            Self::Details(item) => size_of_val(item) + fields::answers([&item.fields].into_iter()),
            Self::Text(text) => text.len(),
        }
    }

    fn text(text: &str, budget: &Budget) -> Read {
        /// A screen cuts it into lines.
        const LINE: usize = 64;
        const LETTERS: usize = 40;
        let breaks = text.bytes().filter(|&byte| byte == b'\n').count();
        let lines = breaks + text.len() / LETTERS;
        budget.take(2 * plain_text::block_size(text) + lines * LINE)?;
        Ok(Self::Text(plain_text::block(text).trim_end().into()))
    }
}

/// Why nothing is where the things should be.
fn reported_else(outline: &Outline<'_>, pointer: &Pointer, budget: &Budget) -> Error {
    match reported::instead_of_data(outline, budget) {
        Ok(Some(message)) => reported::reports(&message),
        Ok(None) | Err(_) => {
            let pointer = plain_text::line(pointer.as_str());
            Error::Unusable(Phrase::new("channel-no-items").with("pointer", pointer))
        }
    }
}

/// A listing, unless something in it can't be read.
type Read = Result<Listing, Unreadable>;

/// The items in an answer whose place nobody configured: the answer itself, or the
/// first list of things in it, level by level.
fn found(reader: Reader<'_>, outline: &Outline<'_>) -> Read {
    if let Some(groups) = groups::of(outline, reader.budget)? {
        return grouped(reader, &groups);
    }
    match outline {
        Outline::List(elements) => items(reader, elements),
        Outline::Object(_) => match inside(outline) {
            Some(Inside::List(list, elements)) => match groups::of(list, reader.budget)? {
                Some(groups) => grouped(reader, &groups),
                None => items(reader, elements),
            },
            Some(Inside::Thing(thing)) => {
                let json = thing.whole(reader.budget)?;
                single(reader, &json)
            }
            None if outline.is_empty() => Ok(Listing::Items(Vec::new())),
            None => {
                let json = outline.whole(reader.budget)?;
                single(reader, &json)
            }
        },
        Outline::Whole(Json::Null) => Ok(Listing::Items(Vec::new())),
        Outline::Whole(_) | Outline::Thing(_) => {
            let json = outline.whole(reader.budget)?;
            as_text(reader, &json)
        }
    }
}

/// What a configured pointer leads to: an array, an object of objects by their
/// names, or one thing.
fn pointed(mut reader: Reader<'_>, outline: &Outline<'_>) -> Read {
    if let Some(groups) = groups::of(outline, reader.budget)? {
        return grouped(reader, &groups);
    }
    match outline {
        Outline::List(elements) => items(reader, elements),
        Outline::Object(fields) if fields.iter().all(|(_, value)| value.is_object()) => {
            let (budget, named) = (reader.budget, fields.iter().enumerate());
            let item = |(at, (name, value)): (usize, &(Cow<'_, str>, Outline<'_>))| {
                reader.element(value, Some(name), at + 1)
            };
            collected(budget, fields.len(), named.map(item))
        }
        Outline::Whole(Json::Null) => Ok(Listing::Items(Vec::new())),
        Outline::Object(_) | Outline::Whole(_) | Outline::Thing(_) => {
            let json = outline.whole(reader.budget)?;
            single(reader, &json)
        }
    }
}

/// So many items. There may be very many of them: no larger than it has to be.
fn collected(
    budget: &Budget,
    count: usize,
    each: impl Iterator<Item = Result<Item, Unreadable>>,
) -> Read {
    budget.take_list::<Item>(count)?;
    let mut items = Vec::with_capacity(count);
    for item in each {
        items.push(item?);
    }
    Ok(Listing::Items(items))
}

fn grouped(mut reader: Reader<'_>, groups: &[Group<'_>]) -> Read {
    let count = groups.iter().map(|group| group.elements.len()).sum();
    let budget = reader.budget;
    let each = groups.iter().flat_map(|group| {
        let name: Arc<str> = group.name.as_str().into();
        let elements = group.elements.iter().enumerate();
        elements.map(move |(at, element)| (Arc::clone(&name), at, element))
    });
    let item = |(name, at, element): (Arc<str>, usize, &Outline<'_>)| {
        Ok(Item {
            group: Some(name),
            ..reader.element(element, None, at + 1)?
        })
    };
    collected(budget, count, each.map(item))
}

fn items(mut reader: Reader<'_>, elements: &[Outline<'_>]) -> Read {
    let budget = reader.budget;
    let item = |(at, element)| reader.element(element, None, at + 1);
    let each = elements.iter().enumerate().map(item);
    let listing = collected(budget, elements.len(), each)?;
    let is_none = |item: &Item| matches!(item.title, Value::NotJson { .. });
    if let (Listing::Items(items), [first, ..]) = (&listing, elements)
        && items.iter().all(is_none)
    {
        drop(first.whole(&budget.passing())?);
    }
    Ok(listing)
}

/// One thing, in the form that the layout has room for.
fn single(mut reader: Reader<'_>, json: &Json<'_>) -> Read {
    let layout = reader.channel.layout;
    let name = reader.channel.name.clone();
    let item = reader.item(json, Some(&name), 1)?;
    Ok(match layout {
        Layout::Auto | Layout::Details | Layout::Text => Listing::Details(item),
        Layout::Cards | Layout::List | Layout::Table | Layout::Image => Listing::Items(vec![item]),
    })
}

/// The answer as one thing, lists in it included; of several things, all.
fn whole(mut reader: Reader<'_>, json: &Json<'_>) -> Read {
    match json.elements() {
        [only] => single(reader, only),
        several if json.is_list() => {
            let budget = reader.budget;
            let item = |(at, element)| reader.item(element, None, at + 1);
            collected(budget, several.len(), several.iter().enumerate().map(item))
        }
        _ if json.is_empty() => Ok(Listing::Items(Vec::new())),
        _ => single(reader, json),
    }
}

/// The text in an answer: the one that the pointers lead to, the answer itself, or
/// all of its fields in words.
fn as_text(mut reader: Reader<'_>, json: &Json<'_>) -> Read {
    let budget = reader.budget;
    let mut pointed: Vec<String> = Vec::new();
    for pointer in [&reader.channel.title, &reader.channel.subtitle] {
        let found = pointer.as_ref().and_then(|at| json.pointer(at.as_str()));
        if let Some(text) = found.and_then(Json::as_text) {
            budget.take(3 * plain_text::block_size(text))?;
        }
        pointed.extend(found.and_then(plain_text::scalar));
    }
    if !pointed.is_empty() {
        return Listing::text(&pointed.join("\n\n"), budget);
    }
    match json {
        Json::Null => Ok(Listing::Items(Vec::new())),
        Json::Text(text) => Listing::text(text, budget),
        Json::Bool(_) | Json::Number(_) => {
            Listing::text(&plain_text::scalar(json).unwrap_or_default(), budget)
        }
        Json::List(elements) => {
            let mut parts = Vec::new();
            for (at, element) in elements.iter().enumerate() {
                let part = lines(&reader.item(element, None, at + 1)?);
                budget.take_one::<String>(parts.len())?;
                budget.take(2 * part.len() + PIECE)?;
                parts.push(part);
            }
            Listing::text(&parts.join("\n\n"), budget)
        }
        Json::Object(_) => Listing::text(&lines(&reader.item(json, None, 1)?), budget),
    }
}

fn lines(item: &Item) -> String {
    match item.said(Language::English).as_slice() {
        [(label, value)] if label == "Value" => value.clone(),
        fields => fields
            .iter()
            .map(|(label, value)| format!("{label}: {value}"))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// What an object holds that is shown in its place.
enum Inside<'a, 'j> {
    List(&'a Outline<'j>, &'a [Outline<'j>]),
    Thing(&'a Outline<'j>),
}

/// The pointers into a thing that lead to nothing in any of the first things.
pub(super) fn missed_pointers(
    channel: &config::Channel,
    answer: &Outline<'_>,
) -> Vec<(&'static str, String)> {
    const LOOKED_AT: usize = 50;
    let budget = Budget::answer();
    let pointed_to = channel.items.as_ref().and_then(|pointer| {
        let found = answer.pointer(pointer.as_str(), &budget);
        found.ok().flatten()
    });
    let about = pointed_to.as_deref().unwrap_or(answer);
    let list = match about {
        Outline::List(elements) => elements.as_slice(),
        Outline::Whole(_) | Outline::Object(_) | Outline::Thing(_) => match inside(about) {
            Some(Inside::List(_, elements)) if pointed_to.is_none() => elements,
            Some(Inside::List(..) | Inside::Thing(_)) | None => std::slice::from_ref(about),
        },
    };
    if list.is_empty() {
        return Vec::new();
    }
    let leads_nowhere = |pointer: &Pointer| {
        !list.iter().take(LOOKED_AT).any(|thing| {
            let passing = budget.passing();
            let whole = thing.whole(&passing);
            whole.is_ok_and(|json| {
                json.pointer(pointer.as_str())
                    .is_some_and(|at| !at.is_empty())
            })
        })
    };
    [
        ("title", &channel.title),
        ("subtitle", &channel.subtitle),
        ("image", &channel.image),
    ]
    .into_iter()
    .filter_map(|(key, pointer)| Some((key, pointer.as_ref()?)))
    .filter(|(_, pointer)| leads_nowhere(pointer))
    .map(|(key, pointer)| (key, pointer.as_str().to_owned()))
    .collect()
}

/// The things that were asked for. Where nothing but what usually stands beside them is a list,
/// the object may be the thing itself.
fn inside<'a, 'j>(outline: &'a Outline<'j>) -> Option<Inside<'a, 'j>> {
    let list = |(list, elements)| Inside::List(list, elements);
    if let Some(found) = first_list(
        outline,
        |name| !known_fields::is_aside(name),
        Outline::is_object,
    ) {
        return Some(list(found));
    }
    let aside = first_list(outline, |_| true, Outline::is_object)?;
    let is_scalar =
        |element: &Outline<'_>| matches!(element, Outline::Whole(json) if !json.is_list());
    if let Some(found) = first_list(outline, known_fields::is_list, is_scalar) {
        return Some(list(found));
    }
    let thing = outline.fields().iter().find(|(name, value)| {
        known_fields::is_list(name) && value.is_object() && !value.is_empty()
    });
    if let Some((_, thing)) = thing {
        return Some(Inside::Thing(thing));
    }
    if known_fields::titles(outline.fields()).any(|(_, value)| value.as_text().is_some()) {
        return None;
    }
    Some(list(aside))
}

/// The first array of wanted elements, level by level, below fields that `enters` lets in. On
/// one level an array of a usual name comes first, an empty one too, so that no results stay no
/// results.
fn first_list<'a, 'j>(
    outline: &'a Outline<'j>,
    enters: impl Fn(&str) -> bool,
    is_wanted: impl Fn(&Outline<'j>) -> bool,
) -> Option<(&'a Outline<'j>, &'a [Outline<'j>])> {
    let mut level = vec![outline];
    while !level.is_empty() {
        let fields = level.iter().flat_map(|object| object.fields());
        let fields: Vec<_> = fields.filter(|(name, _)| enters(name)).collect();
        let lists = fields.iter().filter_map(|(name, value)| match value {
            Outline::List(elements) => {
                let is_usual = known_fields::is_list(name);
                let counts = elements.iter().any(&is_wanted) || (elements.is_empty() && is_usual);
                counts.then_some((is_usual, value, elements.as_slice()))
            }
            Outline::Whole(_) | Outline::Object(_) | Outline::Thing(_) => None,
        });
        let lists: Vec<_> = lists.collect();
        let usual = lists.iter().find(|(is_usual, _, _)| *is_usual);
        if let Some((_, list, elements)) = usual.or_else(|| lists.first()) {
            return Some((list, elements));
        }
        let objects = fields.iter().map(|(_, value)| value);
        level = objects
            .filter(|value| matches!(value, Outline::Object(_)))
            .collect();
    }
    None
}

#[cfg(test)]
mod tests;
