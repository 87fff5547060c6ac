//! Where the focus is among a tab's items, and which of them are on the screen.

use std::ops::Range;

use super::{Content, Shown, Tab};
use crate::channel::Item;
use crate::config::Layout;
use crate::screen::signed_in::grid::Shape;
use crate::screen::signed_in::groups::{Groups, Line};
use crate::ui::focus::{self, Direction, scrolled};

/// Where somebody was in a group that has a row of its own, counted from its first item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    /// The item that had the focus.
    at: usize,
    /// The first one on the screen.
    left: usize,
}

/// How items are laid out.
enum Form<'a> {
    /// In rows and columns, one after the other.
    Grid,
    /// A row for each group, which moves by itself.
    Shelves(&'a Groups),
    /// One line each, with headings between them.
    Lines(&'a Groups),
}

impl Tab {
    fn form(&self) -> Form<'_> {
        let Content::Shown(Shown { groups, .. }) = &self.content else {
            return Form::Grid;
        };
        match self.arrangement() {
            _ if groups.is_empty() => Form::Grid,
            Layout::Auto | Layout::Cards => Form::Shelves(groups),
            Layout::List | Layout::Table => Form::Lines(groups),
            Layout::Image | Layout::Details | Layout::Text => Form::Grid,
        }
    }

    /// Whether its groups have rows of their own.
    #[must_use]
    pub fn has_shelves(&self) -> bool {
        matches!(self.form(), Form::Shelves(_))
    }

    /// Moves the focus; says whether it stayed inside.
    pub fn step(&mut self, direction: Direction, columns: usize) -> bool {
        let next = match self.form() {
            Form::Grid | Form::Lines(_) => {
                focus::step(self.at, self.items().len(), columns, direction)
            }
            Form::Shelves(groups) => self.step_on_shelves(groups, direction),
        };
        if let Some(at) = next {
            self.at = at;
        }
        next.is_some()
    }

    /// Sideways within a group; up and down to where somebody was in the next one.
    fn step_on_shelves(&self, groups: &Groups, direction: Direction) -> Option<usize> {
        let group = groups.of_item(self.at);
        let items = groups.items(group);
        let to = |group: usize| {
            let items = groups.items(group);
            let was = self.shelf(group).at;
            (!items.is_empty()).then(|| (items.start + was).min(items.end - 1))
        };
        match direction {
            Direction::Left => self.at.checked_sub(1).filter(|at| items.contains(at)),
            Direction::Right => Some(self.at + 1).filter(|at| items.contains(at)),
            Direction::Up => to(group.checked_sub(1)?),
            Direction::Down => to(group + 1),
        }
    }

    fn shelf(&self, group: usize) -> Shelf {
        self.shelves.get(group).copied().unwrap_or_default()
    }

    /// Brings the focus into view, and remembers where it is in its group.
    pub fn scroll(&mut self, shape: Shape) {
        if self.items().is_empty() {
            return;
        }
        let columns = shape.columns.max(1);
        let (top, remembered) = match self.form() {
            Form::Grid => (scrolled(self.top, self.at / columns, shape.rows), None),
            Form::Lines(groups) => {
                let line = groups.line_of(self.at);
                let heading = usize::from(groups.begins(self.at) && shape.rows > 1);
                let top = scrolled(self.top, line, shape.rows);
                (top.min(line - heading), None)
            }
            Form::Shelves(groups) => {
                let group = groups.of_item(self.at);
                let at = self.at - groups.items(group).start;
                let left = scrolled(self.shelf(group).left, at, columns);
                let top = scrolled(self.top, group, shape.rows);
                (top, Some((group, Shelf { at, left })))
            }
        };
        self.top = top;
        if let Some((group, shelf)) = remembered {
            self.shelves
                .resize(self.shelves.len().max(group + 1), Shelf::default());
            self.shelves[group] = shelf;
        }
    }

    /// The items of each row on the screen.
    #[must_use]
    pub fn rows(&self, shape: Shape) -> Vec<Range<usize>> {
        let (columns, all) = (shape.columns.max(1), self.items().len());
        let rows = self.top..self.top + shape.rows;
        match self.form() {
            Form::Grid => rows
                .map(|row| (row * columns).min(all)..((row + 1) * columns).min(all))
                .filter(|items| !items.is_empty())
                .collect(),
            Form::Shelves(groups) => rows
                .take_while(|&group| group < groups.len())
                .map(|group| {
                    let items = groups.items(group);
                    let first = (items.start + self.shelf(group).left).min(items.end);
                    first..(first + columns).min(items.end)
                })
                .collect(),
            Form::Lines(_) => self
                .lines(shape)
                .filter_map(|line| match line {
                    Line::Item(at) => Some(at..at + 1),
                    Line::Heading(_) => None,
                })
                .collect(),
        }
    }

    /// The lines on the screen, where each item has one.
    pub fn lines(&self, shape: Shape) -> impl Iterator<Item = Line> {
        let (groups, all) = match self.form() {
            Form::Lines(groups) => (Some(groups), groups.lines()),
            Form::Grid | Form::Shelves(_) => (None, self.items().len()),
        };
        let lines = self.top.min(all)..(self.top + shape.rows).min(all);
        lines.map(move |line| groups.map_or(Line::Item(line), |groups| groups.line(line)))
    }

    /// The items on the screen, with their numbers.
    pub fn visible(&self, shape: Shape) -> impl Iterator<Item = (usize, &Item)> {
        let rows = self.rows(shape).into_iter().flatten();
        rows.filter_map(|at| self.items().get(at).map(|item| (at, item)))
    }

    /// What stands above a group, and how many items it has so far.
    #[must_use]
    pub fn heading(&self, group: usize) -> (&str, usize) {
        let (Form::Shelves(groups) | Form::Lines(groups)) = self.form() else {
            return ("", 0);
        };
        let items = groups.items(group);
        let first = self.items().get(items.start);
        let name = first.and_then(|item| item.group.as_deref());
        (name.unwrap_or_default(), items.len())
    }

    /// The group of an item.
    #[must_use]
    pub fn group_of(&self, at: usize) -> usize {
        match self.form() {
            Form::Shelves(groups) | Form::Lines(groups) => groups.of_item(at),
            Form::Grid => 0,
        }
    }

    /// Whether the focus is so near the end that the next page will soon be seen.
    pub(super) fn is_near_the_end(&self, shape: Shape) -> bool {
        const AHEAD: usize = 2;
        let columns = shape.columns.max(1);
        let (row, rows) = match self.form() {
            Form::Grid => (self.at / columns, self.items().len().div_ceil(columns)),
            Form::Lines(groups) => (groups.line_of(self.at), groups.lines()),
            Form::Shelves(groups) => {
                // Pages may lengthen the last row alone: past some screens of it they come as
                // somebody walks there, and not all of them at once.
                const SCREENS: usize = 6;
                let last = groups.len().saturating_sub(1);
                let seen = self.shelf(last).left + columns * (1 + AHEAD);
                if groups.items(last).len() > seen.max(columns * SCREENS) {
                    return false;
                }
                (groups.of_item(self.at), groups.len())
            }
        };
        self.top + shape.rows + AHEAD >= rows || row + AHEAD >= rows
    }
}
