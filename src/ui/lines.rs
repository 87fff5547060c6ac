//! Long text cut into lines of equal height, of which only the visible ones are
//! built.

use iced::alignment::Vertical;
use iced::widget::text::Wrapping;
use iced::widget::{Column, Space, column, container, row};
use iced::{Background, Border, Element, Length};

use super::metrics::{Gap, Role};
use super::{Look, font, widget};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Label(String),
    Text(String),
    Gap,
}

/// Lines, and which of them is the first on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    lines: Vec<Line>,
    top: usize,
}

impl Lines {
    /// Running text, `room` pixels of the canvas wide.
    #[must_use]
    pub fn of_text(text: &str, look: &Look, room: f32) -> Self {
        let lines = wrap(text, room / look.metrics.text_base(Role::Body))
            .into_iter()
            .map(Line::Text)
            .collect();
        Self { lines, top: 0 }
    }

    /// Labels with their values, `room` pixels of the canvas wide.
    #[must_use]
    pub fn of_fields(fields: &[(String, String)], look: &Look, room: f32) -> Self {
        let ems = room / look.metrics.text_base(Role::Body);
        let mut lines = Vec::new();
        for (label, value) in fields {
            lines.push(Line::Label(font::fit(
                label,
                room / look.metrics.text_base(Role::Small),
                1,
            )));
            lines.extend(wrap(value, ems).into_iter().map(Line::Text));
            lines.push(Line::Gap);
        }
        let _ = lines.pop();
        Self { lines, top: 0 }
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

    /// Back to a place that [`Lines::top`] gave.
    pub fn set_top(&mut self, top: usize) {
        self.top = top.min(self.lines.len().saturating_sub(1));
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
            let text = match line {
                Line::Label(label) => widget::small(look, label.as_str()).font(font::MEDIUM),
                Line::Text(text) => widget::body(look, text.as_str()),
                Line::Gap => return Space::new().height(height).into(),
            };
            let at = if matches!(line, Line::Label(_)) {
                Vertical::Bottom
            } else {
                Vertical::Center
            };
            container(text.wrapping(Wrapping::None))
                .height(height)
                .align_y(at)
                .clip(true)
                .into()
        };
        let shown = self.lines.iter().skip(self.top).take(visible).map(drawn);
        let lines = Column::with_children(shown).width(Length::Fill);
        if self.fits(visible) {
            return lines.into();
        }
        row![lines, self.bar(look, visible)]
            .spacing(metrics.gap(Gap::Medium))
            .into()
    }

    fn bar<'a, Message: 'a>(&self, look: &Look, visible: usize) -> Element<'a, Message> {
        let height = visible as f32 * line_height(look);
        let all = self.lines.len().max(1) as f32;
        let length = (height * visible as f32 / all).max(40.0).min(height);
        let last = (self.lines.len().saturating_sub(visible)).max(1) as f32;
        let above = (height - length) * (self.top as f32 / last).min(1.0);
        let (track, thumb) = (look.palette.surface, look.palette.edge);
        let px = |size: f32| look.metrics.px(size);
        let radius = px(5.0);
        let piece = move |length: f32, color: iced::Color| {
            container(Space::new())
                .width(Length::Fixed(px(10.0)))
                .height(Length::Fixed(px(length)))
                .style(move |_| container::Style {
                    background: Some(Background::Color(color)),
                    border: Border {
                        radius: radius.into(),
                        ..Border::default()
                    },
                    ..container::Style::default()
                })
        };
        iced::widget::stack![
            piece(height, track),
            column![
                Space::new().height(Length::Fixed(px(above))),
                piece(length, thumb)
            ],
        ]
        .into()
    }
}

/// A line's height, on the canvas.
#[must_use]
pub fn line_height(look: &Look) -> f32 {
    look.metrics.line(Role::Body)
}

/// How many lines `height` pixels of the canvas hold.
#[must_use]
pub fn visible(look: &Look, height: f32) -> usize {
    ((height / line_height(look)) as usize).max(1)
}

fn wrap(text: &str, ems: f32) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, ems)).collect()
}

fn wrap_line(text: &str, ems: f32) -> Vec<String> {
    let space = font::width(" ");
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in text.split(' ') {
        let mut width = font::width(word);
        if !line.is_empty() && used + space + width > ems {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        let mut word = word;
        while width > ems {
            let (head, tail) = split(word, ems);
            lines.push(head.to_owned());
            word = tail;
            width = font::width(word);
        }
        if !line.is_empty() {
            line.push(' ');
            used += space;
        }
        line.push_str(word);
        used += width;
    }
    lines.push(line);
    lines
}

/// As much of a word as fits, at least a character of it, and the rest.
fn split(word: &str, ems: f32) -> (&str, &str) {
    let mut used = 0.0;
    let at = word
        .char_indices()
        .find(|&(at, character)| {
            used += font::width(character.encode_utf8(&mut [0; 4]));
            at > 0 && used > ems
        })
        .map_or(word.len(), |(at, _)| at);
    word.split_at(at)
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
        let lines = wrap(text, 12.0);
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
        let mut lines = Lines::of_text(&"word\n".repeat(30), &look(), 600.0);
        assert!(!lines.scroll(-1, 10));
        assert!(lines.scroll(100, 10));
        assert_eq!(lines.top(), 20);
        assert!(!lines.scroll(1, 10));
    }

    #[test]
    fn a_field_is_a_label_and_its_value_in_lines() {
        let fields = [
            ("Name".to_owned(), "Ada".to_owned()),
            ("Town".to_owned(), "London".to_owned()),
        ];
        let lines = Lines::of_fields(&fields, &look(), 600.0);
        assert_eq!(lines.lines.len(), 5);
    }
}
