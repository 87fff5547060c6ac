//! JSON turned into items that a screen can show. Everything here is a pure
//! function of the answer and the channel's configuration.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use url::Url;

use super::body::Body;
use super::item::Reader;
use super::json::Json;
use super::value::Value;
use super::{Error, groups, readable, usual};
use crate::config::{self, Layout};
use crate::words::{Language, Phrase};

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
    /// All of it in readable form, in the order of the answer: a label and a value.
    pub fields: Vec<(String, Value)>,
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
        self.fields.iter().map(said).collect()
    }
}

impl Listing {
    /// Reads an answer that came from the address `page`.
    ///
    /// # Errors
    /// [`Error::Unusable`] where the configured pointer leads nowhere.
    pub(super) fn read(channel: &config::Channel, body: &Body, page: &Url) -> Result<Self, Error> {
        let json = match body {
            Body::Text(text) => return Ok(Self::text(text)),
            Body::Json(json) => json,
        };
        let reader = Reader::new(channel, page);
        let Some(pointer) = &channel.items else {
            return Ok(match channel.layout {
                Layout::Text => as_text(reader, json),
                Layout::Details => whole(reader, json),
                Layout::Auto | Layout::Cards | Layout::List | Layout::Table | Layout::Image => {
                    found(reader, json)
                }
            });
        };
        let list = json.pointer(pointer.as_str()).ok_or_else(|| {
            let pointer = readable::line(pointer.as_str());
            Error::Unusable(Phrase::new("channel-no-items").with("pointer", pointer))
        })?;
        Ok(match channel.layout {
            Layout::Text => as_text(reader, list),
            Layout::Details => whole(reader, list),
            Layout::Auto | Layout::Cards | Layout::List | Layout::Table | Layout::Image => {
                pointed(reader, list)
            }
        })
    }

    /// An answer that is itself a picture: one item that shows it.
    pub(super) fn picture(channel: &config::Channel, page: &Url) -> Self {
        Self::Items(vec![Item {
            title: readable::line(&channel.name).into(),
            subtitle: None,
            image: Some(page.clone()),
            fields: Vec::new(),
            group: None,
        }])
    }

    fn text(text: &str) -> Self {
        Self::Text(readable::block(text).trim_end().into())
    }
}

/// The items in an answer whose place nobody configured: the answer itself, or the
/// first list of things in it, level by level.
fn found(reader: Reader<'_>, json: &Json) -> Listing {
    match json {
        Json::List(_) => several(reader, json),
        Json::Null => Listing::Items(Vec::new()),
        Json::Object(_) if groups::of(json).is_some() => several(reader, json),
        Json::Object(_) => match first_list(json) {
            Some(list) => several(reader, list),
            None if json.is_empty() => Listing::Items(Vec::new()),
            None => single(reader, json),
        },
        Json::Bool(_) | Json::Number(_) | Json::Text(_) => as_text(reader, json),
    }
}

/// What a configured pointer leads to: an array, an object of objects by their
/// names, or one thing.
fn pointed(mut reader: Reader<'_>, json: &Json) -> Listing {
    match json {
        Json::List(_) => several(reader, json),
        Json::Object(_) if groups::of(json).is_some() => several(reader, json),
        Json::Object(fields) if fields.iter().all(|(_, value)| value.is_object()) => {
            Listing::Items(
                fields
                    .iter()
                    .enumerate()
                    .map(|(at, (name, value))| reader.item(value, Some(name), at + 1))
                    .collect(),
            )
        }
        Json::Null => Listing::Items(Vec::new()),
        Json::Object(_) | Json::Bool(_) | Json::Number(_) | Json::Text(_) => single(reader, json),
    }
}

/// Things in groups, or the elements of a list.
fn several(mut reader: Reader<'_>, json: &Json) -> Listing {
    let Some(groups) = groups::of(json) else {
        return items(reader, json.elements());
    };
    let mut items = Vec::new();
    for group in groups {
        let name: Arc<str> = group.name.into();
        for (at, element) in group.elements.iter().enumerate() {
            items.push(Item {
                group: Some(Arc::clone(&name)),
                ..reader.item(element, None, at + 1)
            });
        }
    }
    Listing::Items(items)
}

fn items(mut reader: Reader<'_>, elements: &[Json]) -> Listing {
    Listing::Items(
        elements
            .iter()
            .enumerate()
            .map(|(at, element)| reader.item(element, None, at + 1))
            .collect(),
    )
}

/// One thing, in the form that the layout has room for.
fn single(mut reader: Reader<'_>, json: &Json) -> Listing {
    let layout = reader.channel.layout;
    let name = reader.channel.name.clone();
    let item = reader.item(json, Some(&name), 1);
    match layout {
        Layout::Auto | Layout::Details | Layout::Text => Listing::Details(item),
        Layout::Cards | Layout::List | Layout::Table | Layout::Image => Listing::Items(vec![item]),
    }
}

/// The answer as one thing, lists in it included; of several things, all.
fn whole(reader: Reader<'_>, json: &Json) -> Listing {
    match json.elements() {
        [only] => single(reader, only),
        several if json.is_list() => items(reader, several),
        _ if json.is_empty() => Listing::Items(Vec::new()),
        _ => single(reader, json),
    }
}

/// The text in an answer: the one that the pointers lead to, the answer itself, or
/// all of its fields in words.
fn as_text(mut reader: Reader<'_>, json: &Json) -> Listing {
    let at = |pointer: &Option<config::Pointer>| {
        readable::scalar(json.pointer(pointer.as_ref()?.as_str())?)
    };
    let pointed: Vec<String> = [at(&reader.channel.title), at(&reader.channel.subtitle)]
        .into_iter()
        .flatten()
        .collect();
    if !pointed.is_empty() {
        return Listing::text(&pointed.join("\n\n"));
    }
    match json {
        Json::Null => Listing::Items(Vec::new()),
        Json::Text(text) => Listing::text(text),
        Json::Bool(_) | Json::Number(_) => {
            Listing::text(&readable::scalar(json).unwrap_or_default())
        }
        Json::List(elements) => {
            let parts: Vec<String> = elements
                .iter()
                .enumerate()
                .map(|(at, element)| lines(&reader.item(element, None, at + 1)))
                .collect();
            Listing::text(&parts.join("\n\n"))
        }
        Json::Object(_) => Listing::text(&lines(&reader.item(json, None, 1))),
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

/// The first array of objects, level by level; an array that is empty counts where
/// its name is usual for a list, so that no results stay no results.
fn first_list(json: &Json) -> Option<&Json> {
    let mut waiting = VecDeque::from([json]);
    while let Some(value) = waiting.pop_front() {
        for (name, value) in value.fields() {
            match value {
                Json::List(elements) if elements.iter().any(Json::is_object) => {
                    return Some(value);
                }
                Json::List(elements) if elements.is_empty() && usual::is_list(name) => {
                    return Some(value);
                }
                Json::Object(_) => waiting.push_back(value),
                Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
