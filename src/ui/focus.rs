//! Where the focus goes: pure arithmetic. Every screen holds its own place, so that
//! exactly one element has the focus at any time.

use super::keys::Press;

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
    /// Towards the left edge.
    Left,
    /// Towards the right edge.
    Right,
}

impl Direction {
    /// The direction that a press asks for.
    #[must_use]
    pub const fn of(press: Press) -> Option<Self> {
        match press {
            Press::Up => Some(Self::Up),
            Press::Down => Some(Self::Down),
            Press::Left => Some(Self::Left),
            Press::Right => Some(Self::Right),
            Press::Ok
            | Press::Back
            | Press::Menu
            | Press::Home
            | Press::NextChannel
            | Press::PreviousChannel
            | Press::Channel(_)
            | Press::Refresh
            | Press::Account
            | Press::Pause
            | Press::Help => None,
        }
    }
}

/// The element that has the focus in a row of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<T: 'static> {
    choices: &'static [T],
    at: usize,
}

impl<T: Copy + PartialEq> Line<T> {
    /// A row with the focus on its first element. `choices` is never empty.
    #[must_use]
    pub const fn new(choices: &'static [T]) -> Self {
        Self { choices, at: 0 }
    }

    /// What has the focus.
    #[must_use]
    pub const fn current(&self) -> T {
        self.choices[self.at]
    }

    /// Whether `choice` has the focus.
    #[must_use]
    pub fn is(&self, choice: T) -> bool {
        self.current() == choice
    }

    /// All elements, in order.
    #[must_use]
    pub const fn choices(&self) -> &'static [T] {
        self.choices
    }

    /// Gives the focus to `choice`, if it is there.
    pub fn set(&mut self, choice: T) {
        if let Some(at) = self.choices.iter().position(|&each| each == choice) {
            self.at = at;
        }
    }

    /// One element on; the ends hold.
    pub fn next(&mut self) {
        self.at = (self.at + 1).min(self.choices.len().saturating_sub(1));
    }

    /// One element back.
    pub fn previous(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Lets a key work on a row of buttons below words.
    pub fn press(&mut self, press: Press) -> Pressed<T> {
        match press {
            Press::Ok => return Pressed::Chosen(self.current()),
            Press::Back => return Pressed::Back,
            Press::Up => return Pressed::Scroll(-1.0),
            Press::Down => return Pressed::Scroll(1.0),
            Press::Left => self.previous(),
            Press::Right => self.next(),
            Press::Menu
            | Press::Home
            | Press::NextChannel
            | Press::PreviousChannel
            | Press::Channel(_)
            | Press::Refresh
            | Press::Account
            | Press::Pause
            | Press::Help => {}
        }
        Pressed::Nothing
    }
}

/// What a key on a row of buttons means to the screen around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pressed<T> {
    /// That button.
    Chosen(T),
    /// One level up.
    Back,
    /// The words above, by so many lines.
    Scroll(f32),
    /// Nothing beyond the focus.
    Nothing,
}

impl<T> Pressed<T> {
    /// The same, with another word for the button.
    pub fn map<U>(self, word: impl FnOnce(T) -> U) -> Pressed<U> {
        match self {
            Self::Chosen(button) => Pressed::Chosen(word(button)),
            Self::Back => Pressed::Back,
            Self::Scroll(by) => Pressed::Scroll(by),
            Self::Nothing => Pressed::Nothing,
        }
    }
}

/// The element that has the focus after a step in a grid of `count` elements in
/// rows of `columns`; nothing if the step leaves the grid.
#[must_use]
pub fn step(at: usize, count: usize, columns: usize, direction: Direction) -> Option<usize> {
    if count == 0 {
        return None;
    }
    let (columns, last) = (columns.max(1), count - 1);
    match direction {
        Direction::Up => at.checked_sub(columns),
        Direction::Down if at + columns <= last => Some(at + columns),
        // A last row that isn't full is reached from everywhere in the row above.
        Direction::Down if at / columns < last / columns => Some(last),
        Direction::Down => None,
        Direction::Left if at.is_multiple_of(columns) => None,
        Direction::Left => Some(at - 1),
        Direction::Right if at % columns == columns - 1 || at == last => None,
        Direction::Right => Some(at + 1),
    }
}

/// The first of `visible` rows, such that the row of the focus is among them; moves
/// as little as it can from `top`.
#[must_use]
pub const fn scrolled(top: usize, row: usize, visible: usize) -> usize {
    let visible = if visible == 0 { 1 } else { visible };
    if row < top {
        row
    } else if row >= top + visible {
        row + 1 - visible
    } else {
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_moves_to_the_neighbour() {
        assert_eq!(step(6, 12, 5, Direction::Up), Some(1));
        assert_eq!(step(1, 12, 5, Direction::Down), Some(6));
        assert_eq!(step(1, 12, 5, Direction::Left), Some(0));
        assert_eq!(step(1, 12, 5, Direction::Right), Some(2));
    }

    #[test]
    fn the_edges_of_a_grid_let_the_focus_out_and_never_wrap() {
        assert_eq!(step(2, 12, 5, Direction::Up), None);
        assert_eq!(step(11, 12, 5, Direction::Down), None);
        assert_eq!(step(5, 12, 5, Direction::Left), None);
        assert_eq!(step(4, 12, 5, Direction::Right), None);
        assert_eq!(step(11, 12, 5, Direction::Right), None);
    }

    #[test]
    fn a_last_row_that_is_not_full_is_reached_from_every_column() {
        assert_eq!(step(9, 12, 5, Direction::Down), Some(11));
    }

    #[test]
    fn nothing_to_focus_is_left_alone() {
        assert_eq!(step(0, 0, 5, Direction::Down), None);
    }

    #[test]
    fn a_list_scrolls_only_when_the_focus_leaves_it() {
        assert_eq!(scrolled(0, 2, 3), 0);
        assert_eq!(scrolled(0, 3, 3), 1);
        assert_eq!(scrolled(4, 3, 3), 3);
        assert_eq!(scrolled(4, 5, 3), 4);
    }

    proptest! {
        #[test]
        fn the_focus_never_leaves_the_elements(at in 0usize..60, count in 1usize..60, columns in 0usize..7) {
            let at = at % count;
            for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
                if let Some(next) = step(at, count, columns, direction) {
                    prop_assert!(next < count);
                    prop_assert_ne!(next, at);
                }
            }
        }

        #[test]
        fn the_row_of_the_focus_is_always_among_the_visible_ones(top in 0usize..50, row in 0usize..50, visible in 0usize..6) {
            let top = scrolled(top, row, visible);
            prop_assert!(top <= row && row < top + visible.max(1));
        }
    }
}
