//! Where the groups among items begin, and where everything is then: pure arithmetic, and
//! none of it looks at all items.

use std::ops::Range;

use crate::channel::Item;

/// The groups among items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// The first item of each; the first of them is the first of all. Empty where nothing
    /// is grouped.
    starts: Vec<usize>,
    count: usize,
}

/// What is on one line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of that group.
    Heading(usize),
    /// That item.
    Item(usize),
}

impl Groups {
    /// Takes in the items from `first` on, which follow those that it knows.
    pub fn add(&mut self, items: &[Item], first: usize) {
        for (at, item) in items.iter().enumerate().skip(first) {
            let before = at.checked_sub(1).and_then(|before| items.get(before));
            if item.group.is_some() && before.is_none_or(|before| before.group != item.group) {
                if at > 0 && self.starts.is_empty() {
                    self.starts.push(0);
                }
                self.starts.push(at);
            }
        }
        self.count = items.len();
    }

    /// Those of some items.
    #[must_use]
    pub fn of(items: &[Item]) -> Self {
        let mut groups = Self::default();
        groups.add(items, 0);
        groups
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether nothing is grouped.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The items of a group.
    #[must_use]
    pub fn items(&self, group: usize) -> Range<usize> {
        let edge = |at: usize| self.starts.get(at).copied().unwrap_or(self.count);
        edge(group)..edge(group + 1)
    }

    /// The group of an item.
    #[must_use]
    pub fn of_item(&self, at: usize) -> usize {
        let begun = self.starts.partition_point(|&start| start <= at);
        begun.saturating_sub(1)
    }

    /// How many lines a list of all takes.
    #[must_use]
    pub const fn lines(&self) -> usize {
        self.count + self.starts.len()
    }

    /// The line of an item.
    #[must_use]
    pub fn line_of(&self, at: usize) -> usize {
        at + self.starts.partition_point(|&start| start <= at)
    }

    /// Whether the line above an item is its group's heading.
    #[must_use]
    pub fn begins(&self, at: usize) -> bool {
        self.starts.binary_search(&at).is_ok()
    }

    /// What is on a line.
    #[must_use]
    pub fn line(&self, line: usize) -> Line {
        let begun = self.headings_before(line + 1);
        match begun.checked_sub(1) {
            Some(group) if self.heading_line(group) == line => Line::Heading(group),
            Some(_) | None => Line::Item(line - begun),
        }
    }

    fn heading_line(&self, group: usize) -> usize {
        self.starts
            .get(group)
            .map_or(usize::MAX, |start| start + group)
    }

    fn headings_before(&self, line: usize) -> usize {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.heading_line(middle) < line {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(groups: &[&str]) -> Vec<Item> {
        let item = |group: &&str| Item {
            title: "".into(),
            subtitle: None,
            image: None,
            fields: crate::channel::Fields::default(),
            group: (!group.is_empty()).then(|| (*group).into()),
        };
        groups.iter().map(item).collect()
    }

    #[test]
    fn items_without_groups_have_no_headings() {
        let groups = Groups::of(&items(&["", "", ""]));
        assert!(groups.is_empty());
        assert_eq!(groups.line(2), Line::Item(2));
        assert_eq!(groups.lines(), 3);
    }

    #[test]
    fn each_group_has_its_heading_above_it() {
        let groups = Groups::of(&items(&["Today", "Today", "Tomorrow"]));
        let lines: Vec<Line> = (0..groups.lines()).map(|line| groups.line(line)).collect();
        let (heading, item) = (Line::Heading, Line::Item);
        assert_eq!(lines, [heading(0), item(0), item(1), heading(1), item(2)]);
        assert_eq!(groups.items(0), 0..2);
        assert_eq!(groups.items(1), 2..3);
    }

    #[test]
    fn a_group_goes_on_on_the_next_page() {
        let all = items(&["Today", "Today", "Today", "Tomorrow"]);
        let mut groups = Groups::of(&all[..2]);
        groups.add(&all, 2);
        assert_eq!(groups, Groups::of(&all));
        assert_eq!(groups.len(), 2);
    }

    proptest! {
        #[test]
        fn every_item_is_on_its_line_and_in_its_group(lengths in prop::collection::vec(1usize..5, 1..8)) {
            let names: Vec<String> = (0..lengths.len()).map(|n| format!("Group {n}")).collect();
            let named = lengths.iter().zip(&names);
            let each: Vec<&str> = named.flat_map(|(&n, name)| vec![name.as_str(); n]).collect();
            let groups = Groups::of(&items(&each));
            for at in 0..each.len() {
                prop_assert_eq!(groups.line(groups.line_of(at)), Line::Item(at));
                prop_assert!(groups.items(groups.of_item(at)).contains(&at));
                if groups.begins(at) {
                    prop_assert_eq!(groups.line(groups.line_of(at) - 1), Line::Heading(groups.of_item(at)));
                }
            }
        }
    }
}
