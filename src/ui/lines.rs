//! Long text cut into lines of equal height, of which only the visible ones are
//! built.

use std::sync::Arc;

use crate::ui::Element;
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Column, Space, container, row};

use super::bar::{self, Position};
use super::metrics::{Gap, Role};
use super::{Look, font, widget};
use crate::text;

/// The part of the room that labels take at most.
const MOST_INDENT: f32 = 0.36;
/// Labels stand beside values where these have so many ems.
const LEAST_BESIDE: f32 = 12.0;

/// So much is cut into lines while the screen waits for it; of more, the rest comes later. In
/// bytes.
pub const AT_ONCE: usize = 16 * 1024;
/// More lines than anybody scrolls through are not kept: the last of them says that there
/// are more.
const MOST_LINES: usize = 500_000;

/// A piece of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    length: u32,
}

impl Span {
    /// Where `part` is in `text`, of which it is a piece.
    fn of(text: &str, part: &str) -> Self {
        let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        Self::at(start, part.len())
    }

    fn at(start: usize, length: usize) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            start: number(start),
            length: number(length),
        }
    }

    fn in_text(self, text: &str) -> &str {
        let start = self.start as usize;
        text.get(start..start + self.length as usize)
            .unwrap_or_default()
    }
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// A label on a line of its own, where there is no room beside it.
    Label(Span),
    /// A label with the first line of its value.
    Field(Span, Span),
    Text(Span),
    /// There are more than are kept.
    More,
}

/// Lines, and which of them is the first on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What they are pieces of.
    text: Arc<str>,
    lines: Vec<Line>,
    top: usize,
    /// Where values begin, on the canvas.
    indent: f32,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            text: "".into(),
            lines: Vec::new(),
            top: 0,
            indent: 0.0,
        }
    }
}

impl Lines {
    /// Running text, `room` pixels of the canvas wide.
    #[must_use]
    pub fn of_text(text: impl Into<Arc<str>>, look: &Look, room: f32) -> Self {
        let text = text.into();
        let ems = room / look.metrics.text_base(Role::Body);
        let mut lines = Vec::new();
        let spans = font::lines(&text, ems).map(|line| Line::Text(Span::of(&text, line)));
        let _ = add(&mut lines, spans);
        Self {
            lines,
            text,
            top: 0,
            indent: 0.0,
        }
    }

    /// Labels with their values, `room` pixels of the canvas wide.
    #[must_use]
    pub fn of_fields(fields: &[(String, String)], look: &Look, room: f32) -> Self {
        let (body, small) = (
            look.metrics.text_base(Role::Body),
            look.metrics.text_base(Role::Small),
        );
        let widest = fields
            .iter()
            .map(|(label, _)| font::width(label))
            .fold(0.0, f32::max)
            * small;
        let indent = (widest + Gap::Gutter.base()).min(room * MOST_INDENT);
        let beside = (room - indent) / body >= LEAST_BESIDE;
        let (label_room, value_room) = if beside {
            ((indent - Gap::Small.base()) / small, (room - indent) / body)
        } else {
            (room / small, room / body)
        };
        let size = fields.iter().map(|(_, value)| value.len()).sum();
        let mut text = String::with_capacity(size);
        let mut lines = Vec::new();
        for (label, value) in fields {
            let label = font::fit(label, label_room, 1);
            let label = Span::at(written(&mut text, &label), label.len());
            let start = written(&mut text, value);
            let values = font::lines(value, value_room).map(|line| {
                let within = Span::of(value, line);
                Span::at(start + within.start as usize, line.len())
            });
            let mut values = values.fuse();
            let first = if beside {
                Line::Field(label, values.next().unwrap_or(Span::at(start, 0)))
            } else {
                Line::Label(label)
            };
            if !add(
                &mut lines,
                std::iter::once(first).chain(values.map(Line::Text)),
            ) {
                break;
            }
        }
        Self {
            text: text.into(),
            lines,
            top: 0,
            indent: if beside { indent } else { 0.0 },
        }
    }

    /// Goes `by` lines on (or back); says whether anything moved. `visible` is how
    /// many lines the screen holds.
    pub fn scroll(&mut self, by: isize, visible: usize) -> bool {
        let last = self.lines.len().saturating_sub(visible);
        let top = self.top.saturating_add_signed(by).min(last);
        std::mem::replace(&mut self.top, top) != top
    }

    /// The first line on the screen.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// The beginning of a text: as much as can be cut while the screen waits for it.
    #[must_use]
    pub fn beginning(text: &str) -> &str {
        text::beginning(text, AT_ONCE)
    }

    /// Back to a place that [`Lines::top`] gave.
    pub fn set_top(&mut self, top: usize) {
        self.top = top.min(self.lines.len().saturating_sub(1));
    }

    /// Which page is on the screen, and how many there are.
    #[must_use]
    pub fn pages(&self, visible: usize) -> (usize, usize) {
        let each = page(visible).unsigned_abs();
        let beyond = |lines: usize| lines.div_ceil(each);
        let last = self.lines.len().saturating_sub(visible);
        (beyond(self.top.min(last)) + 1, beyond(last) + 1)
    }

    /// Whether all lines fit.
    #[must_use]
    pub fn fits(&self, visible: usize) -> bool {
        self.lines.len() <= visible
    }

    /// The visible lines, with a bar that tells where they are.
    pub fn view<'a, Message: 'a>(&'a self, look: &Look, visible: usize) -> Element<'a, Message> {
        let metrics = look.metrics;
        let height = Length::Fixed(metrics.px(line_height(look)));
        let drawn = |line: &'a Line| -> Element<'a, Message> {
            let indent = Length::Fixed(metrics.px(self.indent));
            let label = |label: Span| {
                widget::small(look, label.in_text(&self.text)).wrapping(Wrapping::None)
            };
            let text = |text: &'a str| widget::body(look, text).wrapping(Wrapping::None);
            let content: Element<'a, Message> = match *line {
                Line::Label(name) => label(name).into(),
                Line::Field(name, value) => {
                    row![label(name).width(indent), text(value.in_text(&self.text))]
                        .align_y(Vertical::Center)
                        .into()
                }
                Line::Text(value) => {
                    row![Space::new().width(indent), text(value.in_text(&self.text))].into()
                }
                Line::More => row![Space::new().width(indent), text("…")].into(),
            };
            container(content)
                .center_y(height)
                .width(Length::Fill)
                .clip(true)
                .into()
        };
        let shown = self.lines.iter().skip(self.top).take(visible).map(drawn);
        let lines = Column::with_children(shown).width(Length::Fill);
        if self.fits(visible) {
            return lines.into();
        }
        let last = self.lines.len().saturating_sub(visible).max(1);
        let place = Position {
            seen: visible as f32 / self.lines.len().max(1) as f32,
            at: (self.top as f32 / last as f32).min(1.0),
        };
        let bar = bar::bar(look, place, visible as f32 * line_height(look));
        row![lines, bar].spacing(metrics.gap(Gap::Medium)).into()
    }
}

/// Adds lines as far as there is room for them; says whether there was for all.
fn add(lines: &mut Vec<Line>, mut new: impl Iterator<Item = Line>) -> bool {
    let left = MOST_LINES.saturating_sub(lines.len());
    lines.extend(new.by_ref().take(left));
    let are_all = new.next().is_none();
    if !are_all {
        lines.push(Line::More);
    }
    are_all
}

/// Writes `more` behind `text`, and tells where it begins.
fn written(text: &mut String, more: &str) -> usize {
    let start = text.len();
    text.push_str(more);
    start
}

/// A line's height, on the canvas.
#[must_use]
pub fn line_height(look: &Look) -> f32 {
    /// A little air: lines are read one by one.
    const AIR: f32 = 1.12;
    look.metrics.line(Role::Body) * AIR
}

/// How many lines are a page of `visible` ones: two stay, to read on from.
#[must_use]
pub fn page(visible: usize) -> isize {
    const STAY: usize = 2;
    visible.saturating_sub(STAY).max(1) as isize
}

/// How many lines `height` pixels of the canvas hold.
#[must_use]
pub fn visible(look: &Look, height: f32) -> usize {
    ((height / line_height(look)) as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Display;
    use iced::Size;

    fn look() -> Look {
        Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default())
    }

    #[test]
    fn no_line_is_wider_than_the_room() {
        let text = "The quick brown fox jumps over the lazy dog and then some\n\nhttps://example.com/averylongaddressthatcannotbebrokenatanyspace";
        let lines = font::wrap(text, 12.0);
        assert!(
            lines.iter().all(|line| font::width(line) <= 12.0),
            "{lines:?}"
        );
        assert_eq!(
            lines.concat().replace(' ', ""),
            text.replace([' ', '\n'], "")
        );
    }

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut lines = Lines::of_text("word\n".repeat(30), &look(), 600.0);
        assert!(!lines.scroll(-1, 10));
        assert!(lines.scroll(100, 10));
        assert_eq!(lines.top(), 20);
        assert!(!lines.scroll(1, 10));
    }

    #[test]
    fn pages_are_counted_as_they_are_turned() {
        let mut lines = Lines::of_text("word\n".repeat(30), &look(), 600.0);
        assert_eq!(lines.pages(40), (1, 1));
        let mut seen = vec![lines.pages(10)];
        while lines.scroll(page(10), 10) {
            seen.push(lines.pages(10));
        }
        assert_eq!(seen, [(1, 4), (2, 4), (3, 4), (4, 4)]);
    }

    #[test]
    fn a_field_is_a_label_with_its_value_beside_it_or_below() {
        let fields = [
            ("Name".to_owned(), "Ada".to_owned()),
            ("Town".to_owned(), "London".to_owned()),
        ];
        assert_eq!(Lines::of_fields(&fields, &look(), 900.0).lines.len(), 2);
        let narrow = Lines::of_fields(&fields, &look(), 300.0);
        let [Line::Label(label), Line::Text(value)] = narrow.lines[..2] else {
            panic!("{narrow:?}");
        };
        let written = [label, value].map(|span| span.in_text(&narrow.text));
        assert_eq!(written, ["Name", "Ada"]);
    }

    #[test]
    fn no_more_lines_are_kept_than_anybody_scrolls_through() {
        let lines = Lines::of_text("\n".repeat(MOST_LINES + 5), &look(), 600.0);
        assert_eq!(lines.lines.len(), MOST_LINES + 1);
        assert_eq!(lines.lines.last(), Some(&Line::More));
    }
}
