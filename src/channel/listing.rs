//! JSON turned into items that a screen can show.

use std::sync::Arc;

use url::Url;

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
    /// What it is called.
    pub title: String,
    /// The second line.
    pub subtitle: Option<String>,
    /// Its picture.
    pub image: Option<Url>,
    /// All of it in readable form, in the order of the answer: a label and a value.
    pub fields: Vec<(String, String)>,
}
