//! Where in a file something is wrong: the line, and the path of the key.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Counted from 1.
    pub(super) line: usize,
    /// The way to the key, from the outside in; empty where no key is concerned.
    pub(super) key: Vec<Step>,
}

/// One step on the way to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) enum Step {
    /// Into a table, by name.
    Name(String),
    /// Into a list, counted from 1.
    Number(usize),
}

/// What the parser's `span` within `text` is about.
pub(super) fn of(text: &str, span: Range<usize>) -> Spot {
    let start = span.start.min(text.len());
    let line = text.as_bytes()[..start]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count()
        + 1;
    // What was read before a mistake in the writing still says where it is.
    let (root, _) = DeTable::parse_recoverable(text);
    let mut key = Vec::new();
    // What is missing in the file as a whole isn't about what happens to come first.
    if root.span() != span {
        into_table(root.get_ref(), start, &mut key);
    }
    Spot { line, key }
}

/// The way to what begins at a place of several files that became one.
pub(in crate::config) fn steps(root: &DeTable<'_>, at: usize) -> Vec<Step> {
    let mut key = Vec::new();
    into_table(root, at, &mut key);
    key
}

/// The line of a key such as `provider.client_id`; of a key of the file itself or of its tables.
pub(super) fn line_of(text: &str, key: &str) -> Option<usize> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut table = root.get_ref();
    let mut steps = key.split('.').peekable();
    while let Some(step) = steps.next() {
        let (found, value) = table.iter().find(|(name, _)| name.get_ref() == step)?;
        if steps.peek().is_none() {
            return Some(of(text, found.span()).line);
        }
        let DeValue::Table(inner) = value.get_ref() else {
            return None;
        };
        table = inner;
    }
    None
}

/// As it is shown: `channel[2].url`, `keys."398"`.
pub(super) fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Number(number) => path.push_str(&format!("[{number}]")),
            Step::Name(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                if is_bare(name) {
                    path.push_str(name);
                } else {
                    path.push_str(&format!("{name:?}"));
                }
            }
        }
    }
    path
}

fn is_bare(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().all(word) && !name.chars().all(|c| c.is_ascii_digit())
}

fn into_table(table: &DeTable<'_>, at: usize, key: &mut Vec<Step>) {
    // A section's own span is its header alone, so what stands below the header is
    // found by the last thing that begins at or before the place.
    let hit = table
        .iter()
        .filter_map(|(name, value)| Some((first(name, value, at)?, name, value)))
        .max_by_key(|(start, _, _)| *start);
    if let Some((_, name, value)) = hit {
        key.push(Step::Name(name.get_ref().to_string()));
        if !name.span().contains(&at) {
            into_value(value, at, key);
        }
    }
}

fn into_value(value: &Spanned<DeValue<'_>>, at: usize, key: &mut Vec<Step>) {
    match value.get_ref() {
        DeValue::Table(table) if value.span().start != at => into_table(table, at, key),
        DeValue::Array(items) => {
            // A later file may have changed something in an earlier item.
            let hit = items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| Some((last_start(item, at)?, index, item)))
                .max_by_key(|(start, index, _)| (*start, *index));
            if let Some((_, index, item)) = hit {
                if matches!(item.get_ref(), DeValue::Table(_)) {
                    key.push(Step::Number(index + 1));
                }
                into_value(item, at, key);
            }
        }
        DeValue::Table(_)
        | DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

/// The last beginning of anything in an entry that isn't after `at`.
fn first(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    at: usize,
) -> Option<usize> {
    [Some(name.span().start), last_start(value, at)]
        .into_iter()
        .flatten()
        .filter(|&start| start <= at)
        .max()
}

fn last_start(value: &Spanned<DeValue<'_>>, at: usize) -> Option<usize> {
    let own = Some(value.span().start);
    let inner = match value.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .filter_map(|(name, value)| first(name, value, at))
            .max(),
        DeValue::Array(items) => items.iter().filter_map(|item| last_start(item, at)).max(),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => None,
    };
    [own, inner]
        .into_iter()
        .flatten()
        .filter(|&start| start <= at)
        .max()
}
