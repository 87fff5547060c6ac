//! What the form of all results depends on: found out once when they come, so that drawing
//! them costs no more for a hundred thousand than for a hundred.

use crate::channel::Item;
use crate::config::Layout;
use crate::screen::signed_in::columns::{self, Column};
use crate::screen::signed_in::grid::{self, Words};
use crate::screen::signed_in::rows;
use crate::ui::{Look, font};

/// The form of results in one window.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gist {
    /// What stands below the pictures of cards.
    pub(super) words: Words,
    /// A table's columns.
    pub(super) columns: Vec<Column>,
}

impl Default for Gist {
    fn default() -> Self {
        Self {
            words: Words::USUAL,
            columns: Vec::new(),
        }
    }
}

/// The first of very many items.
pub(super) fn first(items: &[Item]) -> &[Item] {
    const MANY: usize = 500;
    items.get(..MANY).unwrap_or(items)
}

/// The items that speak for all of them.
fn sample(items: &[Item]) -> &[Item] {
    /// Of large things a few are enough. In bytes.
    const MUCH: usize = 512 * 1024;
    let few = first(items);
    let mut left = MUCH;
    let enough = few.iter().take_while(|item| {
        let fits = left > 0;
        left = left.saturating_sub(item.fields.bytes());
        fits
    });
    &few[..enough.count()]
}

impl Gist {
    pub(super) fn of(items: &[Item], arrangement: Layout, look: &Look) -> Self {
        let items = sample(items);
        match arrangement {
            Layout::Cards | Layout::Image | Layout::Auto => Self {
                words: words(items, arrangement, look),
                ..Self::default()
            },
            Layout::Table => Self {
                columns: columns::columns(items, look.language, rows::room(look)),
                ..Self::default()
            },
            Layout::List | Layout::Details | Layout::Text => Self::default(),
        }
    }
}

fn words(items: &[Item], arrangement: Layout, look: &Look) -> Words {
    if items.is_empty() {
        return Words::USUAL;
    }
    let room = grid::card_title(look);
    let long = |item: &Item| font::width(&item.title(look.language)) > room;
    let second = items.iter().any(|item| item.subtitle.is_some());
    Words {
        titles: if items.iter().any(long) { 2 } else { 1 },
        seconds: usize::from(second && arrangement != Layout::Image),
    }
}
