//! One thing of an answer: its title, second line and picture, and all of it in
//! readable form.

use std::sync::Arc;

use url::Url;

use super::budget::{Budget, PIECE, Unreadable};
use super::fields::{self, Fields, READ_LATER};
use super::json::reader::{Fault, place};
use super::json::{Field, Json};
use super::lazy_json::Outline;
use super::listing::Item;
use super::value::{Date, Value};
use super::{known_fields, markup, picture, plain_text};
use crate::config::{self, Pointer};
use crate::text::beginning;

/// More of a text isn't looked at for a title, in bytes.
const LONGEST_TITLE: usize = 8 << 10;

/// Turns JSON into items, within a budget of fields for the whole page.
pub(super) struct Reader<'a> {
    pub(super) channel: &'a config::Channel,
    /// What relative addresses of pictures are resolved against.
    pub(super) page: &'a Url,
    /// What the page is made of: things in it keep it, and read their fields in it when
    /// those are wanted.
    source: &'a Arc<String>,
    /// What the page may still grow into.
    pub(super) budget: &'a Budget,
    /// How many fields that are read at once the page may still have.
    fields_left: usize,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(
        channel: &'a config::Channel,
        page: &'a Url,
        source: &'a Arc<String>,
        budget: &'a Budget,
    ) -> Self {
        Self {
            channel,
            page,
            source,
            budget,
            fields_left: 1_000_000,
        }
    }

    /// The item of what stands in a list; see [`Reader::item`].
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn element(
        &mut self,
        outline: &Outline<'_>,
        name: Option<&str>,
        number: usize,
    ) -> Result<Item, Unreadable> {
        let passing = self.budget.passing();
        let value = match (outline.whole(&passing), outline) {
            (Err(Unreadable::Json(Fault::NotJson { at })), Outline::Thing(text)) => {
                return Ok(self.not_json(text, at));
            }
            (value, _) => value?,
        };
        let fields = match outline {
            Outline::Thing(text) if text.len() <= READ_LATER => Fields::within(self.source, text),
            Outline::Thing(_) => None,
            Outline::Whole(_) | Outline::List(_) | Outline::Object(_) => None,
        };
        match fields {
            Some(fields) => self.counted(self.headed(&value, name, number, fields)),
            None => self.item(&value, name, number),
        }
    }

    /// The item of a value; `number` counts from 1 and names it where nothing else
    /// does.
    ///
    /// # Errors
    /// It takes too much memory.
    pub(super) fn item(
        &mut self,
        value: &Json<'_>,
        name: Option<&str>,
        number: usize,
    ) -> Result<Item, Unreadable> {
        let rows = fields::rows(value, self.fields_left);
        self.fields_left -= rows.len().min(self.fields_left);
        self.counted(self.headed(value, name, number, rows.into()))
    }

    /// What stands for a thing that can't be read: the others are shown all the same.
    fn not_json(&self, text: &str, at: usize) -> Item {
        let before = (text.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        let (line, column) = place(self.source, before + at);
        Item {
            title: Value::NotJson { line, column },
            subtitle: None,
            image: None,
            fields: Fields::default(),
            group: None,
        }
    }

    /// Counts what an item has beside its place in a list.
    fn counted(&self, item: Item) -> Result<Item, Unreadable> {
        let image = item
            .image
            .as_ref()
            .map_or(0, |url| url.as_str().len() + PIECE);
        let subtitle = item.subtitle.as_ref().map_or(0, Value::heap);
        let words = item.title.heap() + subtitle;
        self.budget.take(words + image + item.fields.heap())?;
        Ok(item)
    }

    fn headed(&self, value: &Json<'_>, name: Option<&str>, number: usize, fields: Fields) -> Item {
        let title = pointed(value, self.channel.title.as_ref())
            .and_then(text)
            .or_else(|| usual_title(value))
            .or_else(|| words(name?))
            .or_else(|| any_title(value))
            .unwrap_or(Value::Unnamed(number));
        let subtitle = match &self.channel.subtitle {
            Some(pointer) => pointed(value, Some(pointer)).and_then(text),
            None => usual_subtitle(value, &title),
        };
        let image = match &self.channel.image {
            Some(pointer) => pointed(value, Some(pointer))
                .and_then(|value| image(value, self.page, Certainty::Configured)),
            None => usual_image(value, self.page, 2),
        };
        Item {
            title,
            subtitle,
            image,
            fields,
            group: None,
        }
    }
}

fn pointed<'a, 'j>(value: &'a Json<'j>, pointer: Option<&Pointer>) -> Option<&'a Json<'j>> {
    value.pointer(pointer?.as_str())
}

fn usual_title(value: &Json) -> Option<Value> {
    let fields = value.fields();
    known_fields::titles(fields)
        .find_map(|(_, value)| text(value))
        .or_else(|| usual_title(known_fields::wrapped(fields)?))
        .or_else(|| person(fields))
        .or_else(|| {
            fields
                .iter()
                .filter(|(name, _)| known_fields::ends_like_a_title(name))
                .find_map(|(_, value)| text(value))
        })
}

/// The name of somebody whose names stand apart.
fn person(fields: &[Field<'_>]) -> Option<Value> {
    let names: Vec<String> = known_fields::person(fields)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_text().map(plain_text::line))
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join(" ").into())
}

/// The first thing in a value that could stand for it: words rather than
/// addresses, anything rather than nothing.
fn any_title(value: &Json) -> Option<Value> {
    let fields = value.fields();
    if fields.is_empty() {
        return text(value);
    }
    let words = |value: &Json| {
        value
            .as_text()
            .filter(|text| !text.contains("://") && Date::read(text).is_none())
            .is_some()
    };
    fields
        .iter()
        .filter(|(_, value)| words(value))
        .chain(fields)
        .find_map(|(_, value)| text(value))
}

fn usual_subtitle(value: &Json, title: &Value) -> Option<Value> {
    let fields = value.fields();
    known_fields::subtitles(fields)
        .filter_map(|(name, value)| match value {
            Json::Number(_) => Value::of(value, &plain_text::label(name)),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
                text(value)
            }
        })
        .find(|subtitle| subtitle != title && *subtitle != Value::Nothing)
        .or_else(|| usual_subtitle(known_fields::wrapped(fields)?, title))
}

/// A value on one line. An object is represented by what is usual for one, or by
/// the short texts in it; truth values alone say nothing.
fn text(value: &Json) -> Option<Value> {
    text_within(value, 3)
}

fn text_within(value: &Json, levels: usize) -> Option<Value> {
    let levels = levels.checked_sub(1)?;
    let several = |values: &mut dyn Iterator<Item = &Json>, most: usize| {
        let texts = values.filter_map(|value| text_within(value, levels));
        let texts: Vec<Value> = texts.take(most).collect();
        (!texts.is_empty()).then_some(texts)
    };
    match value {
        Json::Null | Json::Bool(_) => None,
        Json::Number(number) => Some(Value::Number {
            digits: plain_text::plain(number),
            grouped: false,
        }),
        Json::Text(text) => match Value::dated(text) {
            Some(Value::Nothing) => None,
            dated => dated.or_else(|| words(text)),
        },
        Json::List(elements) => several(&mut elements.iter(), 3).map(Value::Several),
        Json::Object(fields) => person(fields).or_else(|| {
            known_fields::inner_texts(fields)
                .chain(known_fields::titles(fields).map(|(_, value)| value))
                .filter(|value| value.as_text().is_some())
                .find_map(|value| text_within(value, levels))
                .or_else(|| {
                    let mut short = fields
                        .iter()
                        .map(|(_, value)| value)
                        .filter(|value| value.as_text().is_some_and(|text| text.len() <= 40));
                    several(&mut short, 4).map(beside_each_other)
                })
        }),
    }
}

fn words(text: &str) -> Option<Value> {
    Some(plain_text::line(&markup::text(beginning(
        text,
        LONGEST_TITLE,
    ))))
    .filter(|line| !line.is_empty())
    .map(Value::Text)
}

/// Words that make one together; where one of them is more than a word, several things.
fn beside_each_other(values: Vec<Value>) -> Value {
    let words: Option<Vec<&str>> = values
        .iter()
        .map(|value| match value {
            Value::Text(words) => Some(words.as_str()),
            Value::Link(_)
            | Value::Date(_)
            | Value::Number { .. }
            | Value::Truth(_)
            | Value::Several(_)
            | Value::Nothing
            | Value::More
            | Value::Unnamed(_)
            | Value::NotJson { .. } => None,
        })
        .collect();
    match words {
        Some(words) => Value::Text(words.join(" ")),
        None => Value::Several(values),
    }
}

/// Why a value is believed to be a picture's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// A pointer says so.
    Configured,
    /// Its name says so; it must look like an address too, since an `icon` may be
    /// a word.
    Named,
}

/// A picture of the thing by its usual names, else of what it is wrapped in, else
/// of something `levels` deep inside it: a track shows its album's cover, a
/// repository its owner.
fn usual_image(value: &Json, page: &Url, levels: usize) -> Option<Url> {
    let fields = value.fields();
    let inside = |value: &Json| usual_image(value, page, levels.checked_sub(1)?);
    known_fields::images(fields)
        .find_map(|(_, value)| image(value, page, Certainty::Named))
        .or_else(|| inside(known_fields::wrapped(fields)?))
        .or_else(|| {
            let texts = fields.iter().filter_map(|(_, value)| value.as_text());
            texts
                .filter(|text| text.contains("://") && ends_like_a_picture(text))
                .find_map(|text| address(text, page))
        })
        .or_else(|| fields.iter().find_map(|(_, value)| inside(value)))
}

fn image(value: &Json, page: &Url, certainty: Certainty) -> Option<Url> {
    match value {
        Json::Text(text) => {
            let fits = certainty == Certainty::Configured
                || text.contains('/')
                || picture::data::address(text).is_some()
                || ends_like_a_picture(text);
            address(text, page).filter(|_| fits)
        }
        Json::List(elements) => elements
            .iter()
            .take(10)
            .find_map(|element| image(element, page, certainty)),
        Json::Object(fields) => {
            known_fields::inner_images(fields).find_map(|value| image(value, page, certainty))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => None,
    }
}

fn ends_like_a_picture(text: &str) -> bool {
    let path = text
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether an address lacks nothing but its scheme, as Trakt sends them:
/// `media.trakt.tv/images/a.webp`.
fn begins_with_a_host(text: &str) -> bool {
    let Some((host, _)) = text.split_once('/') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_name = |top: &str| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
    host.rsplit_once('.').is_some_and(|(_, top)| is_name(top)) && host.split('.').all(is_label)
}

/// An address that a picture can be fetched from. As browsers do it, plain HTTP is
/// raised to HTTPS where a page came by that.
fn address(text: &str, page: &Url) -> Option<Url> {
    let text = text.trim();
    if let Some(picture) = picture::data::address(text) {
        return Some(picture);
    }
    if text.is_empty() || text.len() > 8192 {
        return None;
    }
    // Some services write addresses as HTML has them.
    let text = &markup::text(text);
    let whole = begins_with_a_host(text).then(|| format!("https://{text}"));
    let mut address = page.join(whole.as_deref().unwrap_or(text)).ok()?;
    if address.scheme() == "http" && page.scheme() == "https" && address.port().is_none() {
        // Fails for schemes without a host alone.
        let _ = address.set_scheme("https");
    }
    let plain = address.username().is_empty() && address.password().is_none();
    (matches!(address.scheme(), "https" | "http") && address.has_host() && plain).then_some(address)
}
