//! How the key tester is drawn: the last presses beside the table of keys. Where texts
//! are too large for both, they take turns, since no key can scroll here.

use std::time::Duration;

use iced::alignment::Vertical;
use iced::widget::{Column, Space, column, container, row};
use iced::{Length, Size};

use super::State;
use super::table::{ACTIONS, Row, label, listed, pages};
use crate::i18n::Phrase;
use crate::ui::keys::{Heard, Table};
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, slot};
use crate::ui::{Element, Look, font};

/// How long one of several parts is shown.
const TURN: Duration = Duration::from_secs(6);
/// The width of the last presses beside the table.
const PRESSES: f32 = 640.0;

/// The part of the height that they take above it, on an upright screen.
const PRESSES_PART: f32 = 0.26;

/// What is shown where texts are too large for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Introduction,
    Presses,
    Page(usize),
}

impl State {
    /// Draws it, for a remote that does what `keys` says. Nothing on it can be pressed.
    pub fn view<'a, Message: Clone + 'a>(
        &'a self,
        look: &Look,
        keys: &Table,
    ) -> Element<'a, Message> {
        let metrics = look.metrics;
        let (body, (at, all)) = if metrics.large_text() {
            self.in_turn(look, keys)
        } else {
            self.side_by_side(look, keys)
        };
        // Which part it is, where the rest is shown after it.
        let mark = (all > 1).then(|| {
            let mark = widget::small(look, format!("{} / {all}", at + 1));
            container(mark).padding([metrics.gap(Gap::Hair), 0.0])
        });
        let title = row![
            container(widget::title(look, look.say("help-title"))).width(Length::Fill),
            mark
        ]
        .align_y(Vertical::Center);
        let body = column![title, body].spacing(metrics.gap(Gap::Tight));
        let leaving = (look.say("help-back-twice"), look.say("help-leave"));
        widget::page(look, body, widget::legend(look, [leaving]))
    }

    fn side_by_side<'a, Message: 'a>(&'a self, look: &Look, keys: &Table) -> Turned<'a, Message> {
        let metrics = look.metrics;
        let room = below_title(look);
        let words = look.say("help-introduction");
        let lines = font::wrap(&words, room.width / metrics.text_base(Role::Small)).len();
        let height =
            room.height - lines as f32 * metrics.line(Role::Small) - Gap::Small.base() - 2.0;
        let upright = metrics.portrait();
        let (presses, table) = if upright {
            let presses = height * PRESSES_PART;
            let below = height - presses - Gap::Large.base();
            (Size::new(room.width, presses), Size::new(room.width, below))
        } else {
            let beside = room.width - PRESSES - Gap::Large.base();
            (Size::new(PRESSES, height), Size::new(beside, height))
        };
        let mut pages = pages(look, keys, table.width, table.height - slot());
        let (at, all) = (self.turn(pages.len()), pages.len());
        let shown = pages.swap_remove(at);
        let listed = container(rows(look, shown, table.width))
            .padding(iced::Padding::ZERO.top(metrics.px(slot())));
        let parts: Element<'a, Message> = if upright {
            let presses = container(self.presses(look, presses))
                .height(Length::Fixed(metrics.px(presses.height)));
            column![presses, listed]
                .spacing(metrics.gap(Gap::Large))
                .into()
        } else {
            row![self.presses(look, presses), listed]
                .spacing(metrics.gap(Gap::Large))
                .into()
        };
        let whole = column![widget::small(look, words), parts].spacing(metrics.gap(Gap::Small));
        (whole.into(), (at, all))
    }

    fn in_turn<'a, Message: 'a>(&'a self, look: &Look, keys: &Table) -> Turned<'a, Message> {
        let room = below_title(look);
        let inside = inside(room);
        let mut pages = pages(look, keys, inside.width, inside.height);
        let all = pages.len() + 1;
        match self.part(pages.len()) {
            Part::Introduction => {
                let words = widget::small(look, look.say("help-introduction"));
                (panel(look, room.width, words), (0, all))
            }
            // What was pressed is none of the parts that come by themselves.
            Part::Presses => (self.presses(look, room), (0, 1)),
            Part::Page(at) => {
                let shown = rows(look, pages.swap_remove(at), inside.width);
                (panel(look, room.width, shown), (at + 1, all))
            }
        }
    }

    /// What was pressed just now is seen at once.
    fn part(&self, pages: usize) -> Part {
        if !self.heard.is_empty() && self.now.since(self.last) < TURN {
            return Part::Presses;
        }
        match self.turn(pages + 1) {
            0 => Part::Introduction,
            at => Part::Page(at - 1),
        }
    }

    /// Which of `count` parts it is the turn of.
    fn turn(&self, count: usize) -> usize {
        let turns = self.now.since(self.opened).as_secs() / TURN.as_secs();
        usize::try_from(turns).unwrap_or(0) % count.max(1)
    }

    /// As many of the last presses as there is room for, newest first.
    fn presses<'a, Message: 'a>(&'a self, look: &Look, room: Size) -> Element<'a, Message> {
        let metrics = look.metrics;
        let inside = inside(room);
        let mut left = inside.height;
        let mut shown = Vec::new();
        for (at, heard) in self.heard.iter().enumerate() {
            let press = Said::new(look, heard, at == 0, inside.width);
            left -= press.height + if at == 0 { 0.0 } else { Gap::Small.base() };
            if left < 0.0 && at > 0 {
                break;
            }
            shown.push(press.view(look));
        }
        if shown.is_empty() {
            shown.push(widget::body(look, look.say("help-press-a-key")).into());
        }
        let shown = Column::with_children(shown).spacing(metrics.gap(Gap::Small));
        panel(look, room.width, shown)
    }
}

/// What is shown, and which of how many parts that take turns it is.
type Turned<'a, Message> = (Element<'a, Message>, (usize, usize));

/// What a panel of that size has room for, on the canvas.
fn inside(panel: Size) -> Size {
    Size::new(
        panel.width - 2.0 * (slot() + Gap::Medium.base()),
        panel.height - 2.0 * (slot() + Gap::Small.base()),
    )
}

/// What has the focus: there is nothing else here that could.
fn panel<'a, Message: 'a>(
    look: &Look,
    width: f32,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let inside = container(content)
        .padding([metrics.gap(Gap::Small), metrics.gap(Gap::Medium)])
        .width(Length::Fill);
    let panel = widget::panel(look, 0.0, look.palette.raised, inside);
    let panel = widget::ring(look, true, 28.0, panel.width(Length::Fill));
    container(panel)
        .width(Length::Fixed(metrics.px(width)))
        .into()
}

/// A press in words.
struct Said {
    does: String,
    arrived: String,
    heading: Role,
    /// On the canvas.
    height: f32,
}

impl Said {
    fn new(look: &Look, heard: &Heard, is_newest: bool, width: f32) -> Self {
        let does = match heard.press {
            Some(press) => look.say(label(press)),
            None => look.say("help-nothing"),
        };
        let code = heard.code.map(|code| {
            let code = code.to_string();
            look.tell(&Phrase::new("help-code").with("code", code))
        });
        let name = heard
            .name
            .as_ref()
            .map(|name| look.tell(&Phrase::new("help-name").with("name", name)));
        let character = heard
            .character
            .as_ref()
            .map(|text| look.tell(&Phrase::new("help-character").with("character", text)));
        let arrived: Vec<String> = [code, name, character].into_iter().flatten().collect();
        let arrived = if arrived.is_empty() {
            look.say("help-no-trace")
        } else {
            listed(look, arrived)
        };
        let heading = if is_newest { Role::Heading } else { Role::Body };
        let tall = |text: &str, role| {
            let lines = font::wrap(text, width / look.metrics.text_base(role)).len();
            lines as f32 * look.metrics.line(role)
        };
        let height = tall(&does, heading) + tall(&arrived, Role::Small);
        Self {
            does,
            arrived,
            heading,
            height,
        }
    }

    fn view<'a, Message: 'a>(self, look: &Look) -> Element<'a, Message> {
        let (face, color) = if self.heading == Role::Heading {
            (font::STRONG, look.palette.accent)
        } else {
            (font::MEDIUM, look.palette.text)
        };
        column![
            widget::label(look, self.heading, face, color, self.does),
            widget::small(look, self.arrived),
        ]
        .into()
    }
}

fn rows<'a, Message: 'a>(look: &Look, rows: Vec<Row>, width: f32) -> Element<'a, Message> {
    let metrics = look.metrics;
    let lines = rows.into_iter().enumerate().map(|(number, line)| {
        let (ink, face) = (look.palette.text, font::MEDIUM);
        let action = widget::label(look, Role::Body, face, ink, line.action);
        let line = row![
            container(action)
                .width(Length::Fixed(metrics.px(width * ACTIONS)))
                .padding(iced::Padding::ZERO.right(metrics.gap(Gap::Small))),
            widget::small(look, line.keys).width(Length::Fill),
        ]
        .align_y(Vertical::Center);
        let above = (number > 0).then(|| separator(look));
        column![above, line].into()
    });
    Column::with_children(lines)
        .width(Length::Fixed(metrics.px(width)))
        .into()
}

fn separator<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    const THIN: f32 = 2.0;
    let color = look.palette.resting_edge();
    let line = container(Space::new())
        .width(Length::Fill)
        .height(Length::Fixed(look.metrics.px(THIN)))
        .style(move |_| container::Style {
            background: Some(color.into()),
            ..container::Style::default()
        });
    container(line)
        .center_y(Length::Fixed(look.metrics.px(Row::GAP)))
        .into()
}

/// What is left for the rest, on the canvas.
fn below_title(look: &Look) -> Size {
    let metrics = look.metrics;
    let title = metrics.text_base(Role::Title) * 1.15 + Gap::Tight.base();
    let legend = metrics.line(Role::Small) + 6.0 + Gap::Small.base();
    let room = metrics.room();
    Size::new(room.width, room.height - title - legend)
}

#[cfg(test)]
mod tests {
    use super::super::Message;
    use super::*;
    use crate::clock::Moment;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(7000 + seconds))
    }

    #[test]
    fn in_large_text_all_parts_take_turns_and_a_press_is_seen_at_once() {
        let mut state = State::new(at(0));
        let mut seen = Vec::new();
        for second in [0, 6, 12, 18] {
            let _ = state.update(&Message::Tick(at(second)));
            seen.push(state.part(2));
        }
        assert_eq!(
            seen,
            [
                Part::Introduction,
                Part::Page(0),
                Part::Page(1),
                Part::Introduction
            ]
        );
        let heard = Heard {
            code: Some(1),
            name: None,
            character: None,
            press: None,
        };
        let _ = state.update(&Message::Heard(heard, at(20)));
        assert_eq!(state.part(2), Part::Presses);
        let _ = state.update(&Message::Tick(at(26)));
        assert_ne!(state.part(2), Part::Presses);
    }
}
