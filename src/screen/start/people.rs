//! A row of the people whose sessions are kept, with a way for others below it.

mod tile;

use std::collections::HashMap;

use iced::Length;
use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::Wrapping;
use iced::widget::{Row, column, container, mouse_area};

use super::{Choice, Message, Notice};
use crate::config::Theme;
use crate::session::Profile;
use crate::session::profiles::Person;
use crate::ui::focus::{Line, Pressed};
use crate::ui::keys::Press;
use crate::ui::metrics::{Gap, Role};
use crate::ui::scroll_text::words;
use crate::ui::theme::Palette;
use crate::ui::widget::{self, Button, Widths};
use crate::ui::{Element, Look, brand, font};
use tile::{Around, Tile};

/// The people, and which of them has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    known: Vec<Known>,
    at: usize,
    place: PeopleFocus,
}

/// Somebody on a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    profile: Profile,
    name: String,
    /// Which of the tints the disc has: never that of the neighbour.
    tint: usize,
    /// What tells apart two people of the same name.
    detail: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PeopleFocus {
    Row,
    Buttons,
}

/// Between tiles, on the canvas.
const TILE_GAP: f32 = 8.0;
/// What an arrow beside them takes.
const ARROW: f32 = 56.0;

impl People {
    /// The row of `people`, who are never nobody, with the focus on `current`.
    #[must_use]
    pub fn new(people: &[Person], current: &Profile) -> Self {
        let mut named: HashMap<&str, usize> = HashMap::new();
        for person in people {
            *named.entry(person.who.label()).or_default() += 1;
        }
        let namesakes = |name: &str| named.get(name).is_some_and(|count| *count > 1);
        let mut before = None;
        let known = people.iter().map(|Person { profile, who }| {
            let name = who.label().to_owned();
            let tint = tint(&name, before);
            before = Some(tint);
            let detail = namesakes(&name).then(|| {
                let email = who.email.as_deref().filter(|email| *email != name);
                email.unwrap_or(profile.as_str()).to_owned()
            });
            Known {
                profile: profile.clone(),
                name,
                tint,
                detail,
            }
        });
        let at = people.iter().position(|person| person.profile == *current);
        Self {
            known: known.collect(),
            at: at.unwrap_or_default(),
            place: PeopleFocus::Row,
        }
    }

    /// Whose tile that is.
    #[must_use]
    pub fn profile(&self, at: usize) -> Option<&Profile> {
        self.known.get(at).map(|known| &known.profile)
    }

    /// Who has the focus, by name, unless it is on the buttons.
    #[must_use]
    pub fn focused(&self) -> Option<&str> {
        let known = self
            .known
            .get(self.at)
            .filter(|_| self.place == PeopleFocus::Row);
        known.map(|known| known.name.as_str())
    }

    /// Whether `buttons` have the focus.
    #[must_use]
    pub fn buttons_have_focus(&self) -> bool {
        self.place == PeopleFocus::Buttons
    }

    /// Gives the focus to a tile.
    pub fn set(&mut self, at: usize) {
        self.place = PeopleFocus::Row;
        self.at = at.min(self.known.len().saturating_sub(1));
    }

    /// Gives the focus to the buttons.
    pub fn leave(&mut self) {
        self.place = PeopleFocus::Buttons;
    }

    /// Lets a key work on the row and on the buttons below it.
    pub fn press(&mut self, press: Press, buttons: &mut Line<Choice>) -> Pressed<Chosen> {
        match (self.place, press) {
            (PeopleFocus::Row, Press::Left) => self.at = self.at.saturating_sub(1),
            (PeopleFocus::Row, Press::Right) => self.set(self.at + 1),
            (PeopleFocus::Row, Press::Down) => self.place = PeopleFocus::Buttons,
            (PeopleFocus::Row, Press::Ok) => return Pressed::Chosen(Chosen::Person(self.at)),
            (PeopleFocus::Buttons, Press::Up) => self.place = PeopleFocus::Row,
            (PeopleFocus::Row | PeopleFocus::Buttons, _) => {
                return buttons.press(press).map(Chosen::Button);
            }
        }
        Pressed::Nothing
    }

    /// The tiles with words above and `buttons` below them.
    pub fn view<'a>(
        &'a self,
        look: &Look,
        notice: Option<&Notice>,
        buttons: Vec<Button<'a, Message>>,
    ) -> Element<'a, Message> {
        let metrics = look.metrics;
        let guests = || look.say("start-guests");
        let large = metrics.large_text();
        let is_guest = |button: &Button<'_, Message>| {
            button.focused && button.message == Message::Chosen(Choice::Guest)
        };
        let captions = buttons.iter().map(|button| button.caption.as_ref());
        let widths = Widths::new(look, captions, metrics.room().width);
        let around = Around {
            above: said_height(look, notice, large && buttons.iter().any(is_guest)),
            below: widths.size(look).height,
        };
        let tile = Tile::new(look, &self.known, around);
        let whole = self.whole(look, tile);
        // Large texts leave no line to spare: what is to be known of what has the focus
        // takes the question's.
        let (heading, whole) = match whole {
            Some(whole) if large => (widget::title(look, whole), None),
            whole if large && buttons.iter().any(is_guest) => (widget::body(look, guests()), whole),
            whole => (widget::title(look, look.say("start-who")), whole),
        };
        let below = (!large).then(|| widget::small(look, guests()));
        let said = column![
            notice.map(|notice| notice.view(look)),
            heading.align_x(Horizontal::Center),
        ];
        let said = said
            .spacing(metrics.gap(Gap::Small))
            .width(Length::Fill)
            .align_x(Horizontal::Center);
        let most = tile.room_above(look).max(0.0);
        let said = container(words(look, said)).max_height(metrics.px(most));
        let buttons = widget::buttons(look, &widths, buttons);
        let buttons = column![buttons, below]
            .spacing(metrics.gap(Gap::Tight))
            .align_x(Horizontal::Center);
        let whole = (tile.spelled && !metrics.large_text()).then(|| {
            let whole = widget::body(look, whole.unwrap_or_default()).wrapping(Wrapping::None);
            container(whole).height(Length::Fixed(metrics.px(metrics.line(Role::Body))))
        });
        let row = column![self.row(look, tile), whole]
            .spacing(metrics.gap(Gap::Hair))
            .align_x(Horizontal::Center);
        let main = column![said, row, buttons]
            .spacing(metrics.gap(Gap::Medium))
            .width(Length::Fill)
            .align_x(Horizontal::Center);
        let main = container(main).center_y(Length::Fill).width(Length::Fill);
        if metrics.large_text() {
            return main.into();
        }
        column![brand::brand(look), main]
            .spacing(metrics.gap(Gap::Small))
            .into()
    }

    fn row<'a>(&'a self, look: &Look, tile: Tile) -> Element<'a, Message> {
        let metrics = look.metrics;
        let shown = window(self.known.len(), self.at, tile.columns);
        let arrow = |there: bool, arrow: &'static str| {
            let (arrow, ink) = (if there { arrow } else { "" }, look.palette.text);
            let arrow = widget::label(look, Role::Title, font::STRONG, ink, arrow);
            container(arrow).center_x(Length::Fixed(metrics.px(ARROW)))
        };
        let tiles = self.known[shown.clone()]
            .iter()
            .zip(shown.clone())
            .map(|(known, at)| {
                let focused = self.place == PeopleFocus::Row && at == self.at;
                mouse_area(tile.view(look, known, focused))
                    .on_press(Message::PersonChosen(at))
                    .into()
            });
        let tiles = Row::with_children(tiles).spacing(metrics.px(TILE_GAP));
        if shown.len() == self.known.len() {
            return tiles.into();
        }
        let (before, after) = (shown.start > 0, shown.end < self.known.len());
        Row::with_children([
            arrow(before, look.arrows()[0]).into(),
            tiles.into(),
            arrow(after, look.arrows()[1]).into(),
        ])
        .align_y(Vertical::Center)
        .into()
    }

    /// Who has the focus, in full where the tile doesn't say it all.
    fn whole(&self, look: &Look, tile: Tile) -> Option<String> {
        let known = self.known.get(self.at)?;
        if self.place == PeopleFocus::Buttons || !tile.leaves_out(look, known) {
            return None;
        }
        let detail = known.detail.as_ref();
        let whole = detail.map_or(known.name.clone(), |detail| {
            format!("{} · {detail}", known.name)
        });
        let room = look.metrics.room().width;
        /// How much wider than others heavy letters are.
        const STRONG: f32 = 1.06;
        let size = if look.metrics.large_text() {
            look.metrics.text_base(Role::Title) * STRONG
        } else {
            look.metrics.text_base(Role::Body)
        };
        Some(font::fit(&whole, room / size, 1))
    }
}

/// The tint of somebody called `name` beside one of the tint `before`.
fn tint(name: &str, before: Option<usize>) -> usize {
    let palette = Palette::of(Theme::Dark);
    let tint = palette.tint_number(name);
    if Some(tint) == before {
        (tint + 1) % palette.tints.len()
    } else {
        tint
    }
}

/// About what the words above the row take, on the canvas.
fn said_height(look: &Look, notice: Option<&Notice>, tells_of_guests: bool) -> f32 {
    /// No screen has room for more lines.
    const MOST: usize = 100;
    let metrics = look.metrics;
    let room = metrics.room().width - 2.0 * Gap::Large.base();
    let lines = |role: Role, words: &str| {
        font::count_lines(words, room / metrics.text_base(role), MOST) as f32 * metrics.line(role)
    };
    let gap = Gap::Small.base();
    let notice = notice.map_or(0.0, |notice| {
        lines(Role::Body, &look.tell(notice.words())) + 2.0 * 18.0 + gap
    });
    let heading = if tells_of_guests {
        lines(Role::Body, &look.say("start-guests"))
    } else {
        metrics.line(Role::Title)
    };
    notice + heading
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// That tile.
    Person(usize),
    /// That button.
    Button(Choice),
}

/// The part of a row that is shown: the focus in its middle as far as that goes.
fn window(count: usize, at: usize, columns: usize) -> std::ops::Range<usize> {
    let columns = columns.clamp(1, count.max(1));
    let start = at
        .saturating_sub(columns / 2)
        .min(count.saturating_sub(columns));
    start..(start + columns).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_focus_stands_in_the_middle_of_a_long_row_and_the_ends_are_reached() {
        assert_eq!(window(9, 0, 5), 0..5);
        assert_eq!(window(9, 4, 5), 2..7);
        assert_eq!(window(9, 8, 5), 4..9);
        assert_eq!(window(3, 2, 5), 0..3);
        assert_eq!(window(1, 0, 0), 0..1);
    }

    #[test]
    fn neighbours_have_discs_of_different_colours() {
        let names = ["Ada", "Ada", "Ada", "Grace", "Alan"].map(|name| Person {
            profile: Profile::default(),
            who: crate::oauth::Who {
                name: Some(name.to_owned()),
                ..crate::oauth::Who::default()
            },
        });

        let row = People::new(&names, &Profile::default());

        assert!(
            row.known
                .windows(2)
                .all(|pair| pair[0].tint != pair[1].tint)
        );
    }

    #[test]
    fn two_people_of_one_name_are_told_apart() {
        let person = |profile: &str, name: &str, email: Option<&str>| Person {
            profile: profile.parse().unwrap(),
            who: crate::oauth::Who {
                name: Some(name.to_owned()),
                email: email.map(str::to_owned),
                ..crate::oauth::Who::default()
            },
        };
        let people = [
            person("a", "Ada", Some("ada@one.example")),
            person("b", "Ada", None),
            person("c", "Grace", Some("grace@one.example")),
        ];

        let row = People::new(&people, &Profile::default());

        let details: Vec<_> = row
            .known
            .iter()
            .map(|known| known.detail.as_deref())
            .collect();
        assert_eq!(details, [Some("ada@one.example"), Some("b"), None]);
    }
}
