//! What there is to do, with the keys for it.

use crate::i18n::Direction;
use crate::ui::keys::{Press, Table};
use crate::ui::metrics::{Gap, Role};
use crate::ui::{Look, font};

/// The message that says what a press does.
pub(super) const fn label(press: Press) -> &'static str {
    match press {
        Press::Up | Press::Down | Press::Left | Press::Right => "help-move",
        Press::Ok => "help-ok",
        Press::Back => "help-back",
        Press::Menu => "help-menu",
        Press::Home => "help-home",
        Press::NextChannel => "help-next-channel",
        Press::PreviousChannel => "help-previous-channel",
        Press::Channel(_) => "help-channel",
        Press::Refresh => "help-refresh",
        Press::Account => "help-account",
        Press::Pause => "help-pause",
        Press::Help => "help-help",
    }
}

const SHOWN: [Press; 12] = [
    Press::Up,
    Press::Ok,
    Press::Back,
    Press::Menu,
    Press::Home,
    Press::NextChannel,
    Press::PreviousChannel,
    Press::Channel(0),
    Press::Refresh,
    Press::Account,
    Press::Pause,
    Press::Help,
];

/// An action and its keys, cut into lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) action: String,
    pub(super) keys: String,
    /// On the canvas, without the gap below it.
    tall: f32,
}

/// The part of the width that the actions take.
pub(super) const ACTIONS: f32 = 0.36;

impl Row {
    /// The gap below a row, with the line in its middle, on the canvas.
    pub(super) const GAP: f32 = 2.0 * Gap::Tight.base();

    /// On the canvas.
    pub(super) const fn height(&self) -> f32 {
        self.tall + Self::GAP
    }
}

/// The rows that are shown one after the other where `width` × `height` of the canvas
/// don't hold them all; never empty.
pub(super) fn pages(look: &Look, keys: &Table, width: f32, height: f32) -> Vec<Vec<Row>> {
    let tall = |role, text: &str, width: f32| {
        let lines = font::wrap(text, width / look.metrics.text_base(role)).len();
        lines as f32 * look.metrics.line(role)
    };
    let first = width * ACTIONS - Gap::Small.base();
    let second = width * (1.0 - ACTIONS);
    let (mut pages, mut page, mut used) = (Vec::new(), Vec::new(), 0.0);
    for press in SHOWN {
        let action = look.say(label(press));
        let keys = listed(look, keys_of(look, keys, press));
        let tall = tall(Role::Body, &action, first).max(tall(Role::Small, &keys, second));
        let row = Row { action, keys, tall };
        let tall = row.height();
        if used + tall > height && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            used = 0.0;
        }
        used += tall;
        page.push(row);
    }
    pages.push(page);
    pages
}

/// “A · B”: no line begins with the dot, and each is read in its own direction.
pub(super) fn listed(look: &Look, parts: Vec<String>) -> String {
    match look.language.direction() {
        Direction::LeftToRight => parts.join("\u{a0}\u{a0}·  "),
        Direction::RightToLeft => {
            let apart = parts.iter().map(|part| format!("\u{2068}{part}\u{2069}"));
            apart.collect::<Vec<_>>().join("\u{a0}\u{a0}·  ")
        }
    }
}

fn keys_of(look: &Look, keys: &Table, press: Press) -> Vec<String> {
    match press {
        Press::Up => [Press::Up, Press::Down, Press::Left, Press::Right]
            .into_iter()
            .flat_map(|press| keys.keys(press))
            .collect(),
        Press::Channel(_) => digits(keys),
        Press::Menu => {
            let mut menu = keys.keys(press);
            menu.push(look.say("help-long-ok"));
            menu
        }
        Press::Ok
        | Press::Back
        | Press::Down
        | Press::Left
        | Press::Right
        | Press::Home
        | Press::NextChannel
        | Press::PreviousChannel
        | Press::Refresh
        | Press::Account
        | Press::Pause
        | Press::Help => keys.keys(press),
    }
}

/// As ranges where none of them was given another meaning.
fn digits(keys: &Table) -> Vec<String> {
    let all: Vec<String> = (0..=9)
        .flat_map(|number| keys.keys(Press::Channel(number)))
        .collect();
    if all.len() == 20 {
        vec!["0–9".to_owned(), "512–521".to_owned()]
    } else {
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Display, KeyAction};
    use iced::Size;

    fn look() -> Look {
        Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default())
    }

    fn said(keys: &Table) -> String {
        let pages = pages(&look(), keys, 1000.0, 700.0);
        pages
            .iter()
            .flatten()
            .map(|row| format!("{}: {}\n", row.action, row.keys))
            .collect()
    }

    #[test]
    fn the_table_names_built_in_keys_and_those_of_the_configuration() {
        let added = [
            ("368".to_owned(), KeyAction::Account),
            ("5".to_owned(), KeyAction::Ok),
        ];
        let said = said(&Table::new(&added.into()));
        assert!(
            said.replace('\u{a0}', " ").contains("368  ·  A  ·  401"),
            "{said}"
        );
        assert!(
            said.replace('\u{a0}', " ")
                .contains("4  ·  516  ·  517  ·  6"),
            "{said}"
        );
    }

    #[test]
    fn where_room_is_scarce_the_rows_come_one_page_after_the_other() {
        let all = pages(&look(), &Table::default(), 1000.0, 5000.0);
        let few = pages(&look(), &Table::default(), 1000.0, 150.0);
        assert_eq!(all.len(), 1);
        assert!(few.len() > 3);
        assert_eq!(few.concat(), all.concat());
        for page in few {
            let tall: f32 = page.iter().map(|row| row.height()).sum();
            assert!(tall <= 150.0 || page.len() == 1);
        }
    }
}
