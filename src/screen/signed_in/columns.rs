//! A table's columns: which of an item's fields have one, how wide each is, and which are
//! set to its end. A pure function of the items and of the room.

use std::collections::HashMap;

use crate::channel::{Item, Value};
use crate::i18n::Language;
use crate::ui::font;

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The label of the fields in it.
    pub label: String,
    /// Its width in ems of the table's text.
    pub width: f32,
    /// Whether what is in it ends where it ends, as numbers do that are compared.
    pub to_the_end: bool,
}

/// What a table has to fit into.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// From side to side, in ems of the table's text.
    pub width: f32,
    /// Between two columns, in the same.
    pub gap: f32,
    /// The size of the labels over the columns, in the same.
    pub label: f32,
    /// How many columns there are at most.
    pub most: usize,
}

/// No column takes more than this, in ems.
const WIDEST: f32 = 26.0;
/// Words are whole up to this, and long ones can be told from each other in it; in ems.
const LEAST_TEXT: f32 = 11.5;
/// What is longer than that is wider than any column; in bytes.
const LONGEST: usize = 1000;
/// Fields of one item beyond this many are for the details.
const MOST_FIELDS: usize = 60;

/// The columns for items of which these are some. The one that names the items comes first;
/// addresses and numbers of things come last, and those go first that find no room.
#[must_use]
pub fn columns(items: &[Item], language: Language, room: Room) -> Vec<Column> {
    let all: Vec<_> = items.iter().map(|item| item.fields.rows()).collect();
    let mut known: Vec<Known> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (item, rows) in items.iter().zip(&all) {
        for (label, value) in rows.iter().take(MOST_FIELDS) {
            let at = *places.entry(label.as_str()).or_insert_with(|| {
                known.push(Known::new(label));
                known.len() - 1
            });
            if let Some(known) = known.get_mut(at) {
                known.take_in(value, item, language);
            }
        }
    }
    known.retain(Known::says_something);
    known.sort_by_key(|known| known.rank(items.len()));
    fitted(&known, room)
}

/// What is known of the fields with one label.
struct Known<'a> {
    label: &'a str,
    /// The widest of them, in ems.
    width: f32,
    values: usize,
    numbers: usize,
    links: usize,
    /// Those that are text of no fixed length.
    texts: usize,
    /// Those that are the item's title, and those that are its second line.
    titles: usize,
    seconds: usize,
}

impl<'a> Known<'a> {
    const fn new(label: &'a str) -> Self {
        Self {
            label,
            width: 0.0,
            values: 0,
            numbers: 0,
            links: 0,
            texts: 0,
            titles: 0,
            seconds: 0,
        }
    }

    fn take_in(&mut self, value: &Value, item: &Item, language: Language) {
        match value {
            Value::Nothing | Value::More | Value::Unnamed(_) | Value::NotJson { .. } => return,
            Value::Number { .. } => self.numbers += 1,
            Value::Link(_) => self.links += 1,
            Value::Text(_) | Value::Several(_) => self.texts += 1,
            Value::Date(_) | Value::Truth(_) => {}
        }
        let said = value.words_within(language, LONGEST);
        self.values += 1;
        self.width = self.width.max(font::width(&said));
        self.titles += usize::from(said == item.title(language));
        self.seconds += usize::from(item.subtitle(language).is_some_and(|second| second == said));
    }

    const fn says_something(&self) -> bool {
        self.values > 0
    }

    /// Lower comes first; what is equal stays in the order of the answer.
    fn rank(&self, items: usize) -> u8 {
        let mostly = |count: usize| count * 2 > self.values;
        if mostly(self.titles) {
            0
        } else if mostly(self.seconds) {
            1
        } else if mostly(self.links) || names_a_thing(self.label) {
            4
        } else if self.values * 4 < items {
            // Most items have nothing there.
            3
        } else {
            2
        }
    }

    const fn to_the_end(&self) -> bool {
        self.numbers == self.values
    }

    /// The least that it can be read in, and what it needs, in ems.
    fn widths(&self, room: Room) -> (f32, f32) {
        /// Of rounding.
        const SPARE: f32 = 0.2;
        let label = (font::width(self.label) * room.label).min(LEAST_TEXT);
        let whole = self.width.max(label).min(WIDEST) + SPARE;
        let least = if self.texts + self.links > 0 {
            whole.min(LEAST_TEXT.max(label))
        } else {
            whole
        };
        (least, whole)
    }
}

/// Whether that is what a thing has for machines.
fn names_a_thing(label: &str) -> bool {
    let last = label.rsplit([' ', '\u{a0}']).next().unwrap_or_default();
    ["id", "ids", "uuid", "guid", "url", "uri", "href", "etag"]
        .iter()
        .any(|name| last.eq_ignore_ascii_case(name))
}

/// As many as fit, the first one always; what is left over goes to those that need it, and
/// then to all alike.
fn fitted(known: &[Known<'_>], room: Room) -> Vec<Column> {
    let mut chosen: Vec<(&Known<'_>, f32, f32)> = Vec::new();
    let mut used = 0.0;
    for known in known {
        let (least, whole) = known.widths(room);
        let gap = if chosen.is_empty() { 0.0 } else { room.gap };
        let fits = used + gap + least <= room.width;
        if chosen.len() < room.most && (fits || chosen.is_empty()) {
            let least = least.min(room.width);
            used += gap + least;
            chosen.push((known, least, whole));
        }
    }
    let wanted: f32 = chosen.iter().map(|(_, least, whole)| whole - least).sum();
    let left = (room.width - used).max(0.0);
    let part = if wanted > 0.0 {
        (left / wanted).min(1.0)
    } else {
        0.0
    };
    let spare = (left - wanted * part).max(0.0) / chosen.len().max(1) as f32;
    chosen
        .into_iter()
        .map(|(known, least, whole)| Column {
            label: known.label.to_owned(),
            width: least + (whole - least).max(0.0) * part + spare,
            to_the_end: known.to_the_end(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_labels_are_one_column_each() {
        let names: Vec<String> = (0..30_000).map(|number| format!("F{number}")).collect();
        let items: Vec<Item> = names
            .chunks(MOST_FIELDS)
            .map(|names| {
                let fields = names.iter().map(|name| (name.as_str(), number("7")));
                item("", fields.collect())
            })
            .collect();
        let columns = of(&items);
        assert_eq!(labels(&columns)[..2], ["F0", "F1"]);
        assert!(columns.len() <= ROOM.most);
    }

    const ROOM: Room = Room {
        width: 48.0,
        gap: 1.2,
        label: 0.85,
        most: 6,
    };

    fn item(title: &str, fields: Vec<(&str, Value)>) -> Item {
        let fields = fields
            .into_iter()
            .map(|(label, value)| (label.to_owned(), value));
        Item {
            title: title.into(),
            subtitle: None,
            image: None,
            fields: fields.collect(),
            group: None,
        }
    }

    fn number(digits: &str) -> Value {
        Value::Number {
            digits: digits.to_owned(),
            grouped: false,
        }
    }

    fn labels(columns: &[Column]) -> Vec<&str> {
        columns.iter().map(|column| column.label.as_str()).collect()
    }

    fn of(items: &[Item]) -> Vec<Column> {
        columns(items, Language::English, ROOM)
    }

    #[test]
    fn what_names_the_items_comes_first_and_ids_and_addresses_last() {
        let link = || Value::Link("https://a.example/1".to_owned());
        let items = [item(
            "Ada",
            vec![
                ("ID", number("7")),
                ("Avatar URL", link()),
                ("Home", link()),
                ("Town", "London".into()),
                ("Name", "Ada".into()),
            ],
        )];
        assert_eq!(labels(&of(&items))[..2], ["Name", "Town"]);
        assert_eq!(labels(&of(&items))[2..], ["ID", "Avatar URL", "Home"]);
    }

    #[test]
    fn columns_that_say_nothing_are_left_out() {
        let items = [item(
            "Ada",
            vec![("Name", "Ada".into()), ("Note", Value::Nothing)],
        )];
        assert_eq!(labels(&of(&items)), ["Name"]);
    }

    #[test]
    fn numbers_are_set_to_the_end_and_texts_are_not() {
        let row = |name: &str, amount| item(name, vec![("Name", name.into()), ("Amount", amount)]);
        let numbers = of(&[row("Ada", number("7")), row("Bob", Value::Nothing)]);
        assert_eq!(
            numbers.iter().map(|c| c.to_the_end).collect::<Vec<_>>(),
            [false, true]
        );
        let mixed = of(&[row("Ada", number("7")), row("Bob", "many".into())]);
        assert!(!mixed[1].to_the_end);
    }

    #[test]
    fn a_table_never_leaves_its_room_and_fills_it() {
        for count in 1..12 {
            let fields = (0..count).map(|n| {
                let text = "x".repeat(3 + n * 7 % 40);
                (
                    ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"][n],
                    text.into(),
                )
            });
            let columns = of(&[item("", fields.collect())]);
            let used: f32 = columns.iter().map(|column| column.width).sum();
            let used = used + ROOM.gap * (columns.len() - 1) as f32;
            assert!((used - ROOM.width).abs() < 0.01, "{count}: {used}");
            assert!(columns.len() <= ROOM.most);
        }
    }

    #[test]
    fn a_date_is_whole_before_a_long_text_is() {
        let date = "2026-11-27T12:00:00Z";
        let long = "It is a curious fact that the machine might compose pieces of music";
        let items = [item(
            "Ada",
            vec![
                ("Name", "Ada".into()),
                ("Note", long.into()),
                ("Since", Value::Truth(true)),
                ("At", date.into()),
            ],
        )];
        let columns = of(&items);
        let note = columns.iter().find(|c| c.label == "Note").unwrap();
        assert!(note.width >= LEAST_TEXT && note.width < font::width(long));
        assert_eq!(columns.len(), 4);
    }

    #[test]
    fn the_first_column_stays_however_little_room_there_is() {
        let items = [item("Ada", vec![("Name", "Ada Lovelace".into())])];
        let room = Room { width: 2.0, ..ROOM };
        let columns = columns(&items, Language::English, room);
        assert_eq!(labels(&columns), ["Name"]);
        assert!(columns[0].width <= 2.0);
    }
}
