//! The key tester: what arrives of a remote's keys, and what each of them does.

mod table;
mod view;

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Moment;
use crate::ui::keys::{Heard, Press};

/// The key tester. It lies over whatever screen it was called from.
#[derive(Debug)]
pub struct State {
    /// The last ones, newest first.
    heard: VecDeque<Heard>,
    opened: Moment,
    last: Moment,
    now: Moment,
}

/// What happens here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A key went down.
    Heard(Heard, Moment),
    /// A second went by.
    Tick(Moment),
}

/// What the root does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Show the screen behind again.
    Leave,
}

impl State {
    /// How many presses are remembered.
    const MOST: usize = 6;
    /// Without keys for so long it leaves by itself: there may be no Back on a remote
    /// that has to be tested.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Opened at `now`.
    #[must_use]
    pub fn new(now: Moment) -> Self {
        Self {
            heard: VecDeque::new(),
            opened: now,
            last: now,
            now,
        }
    }

    /// When it has to look at the time.
    #[must_use]
    pub fn due(&self) -> Moment {
        self.now + Duration::from_secs(1)
    }

    /// Takes in what happened. Back is a key to be tested as well: it takes two in a row
    /// to leave.
    pub fn update(&mut self, message: &Message) -> Action {
        match message {
            Message::Heard(heard, now) => {
                let is_back = |heard: &Heard| heard.press == Some(Press::Back);
                let leaves = is_back(heard) && self.heard.front().is_some_and(is_back);
                (self.now, self.last) = (*now, *now);
                self.heard.push_front(heard.clone());
                self.heard.truncate(Self::MOST);
                if leaves { Action::Leave } else { Action::None }
            }
            Message::Tick(now) => {
                self.now = *now;
                if now.since(self.last) < Self::PATIENCE {
                    Action::None
                } else {
                    Action::Leave
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(7000 + seconds))
    }

    fn heard(press: Option<Press>) -> Message {
        let heard = Heard {
            code: Some(352),
            name: None,
            character: None,
            press,
        };
        Message::Heard(heard, at(1))
    }

    #[test]
    fn back_is_shown_first_and_leaves_when_it_comes_twice_in_a_row() {
        let mut state = State::new(at(0));
        let back = || heard(Some(Press::Back));
        assert_eq!(state.update(&back()), Action::None);
        assert_eq!(state.update(&heard(Some(Press::Ok))), Action::None);
        assert_eq!(state.update(&back()), Action::None);
        assert_eq!(state.update(&back()), Action::Leave);
    }

    #[test]
    fn the_last_six_presses_are_kept() {
        let mut state = State::new(at(0));
        for number in 0..8 {
            let _ = state.update(&heard(Some(Press::Channel(number))));
        }
        let kept: Vec<_> = state.heard.iter().filter_map(|heard| heard.press).collect();
        let expected = [7, 6, 5, 4, 3, 2].map(Press::Channel);
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_minute_without_keys_leaves() {
        let mut state = State::new(at(0));
        let _ = state.update(&heard(None));
        assert_eq!(state.update(&Message::Tick(at(60))), Action::None);
        assert_eq!(state.update(&Message::Tick(at(61))), Action::Leave);
    }
}
