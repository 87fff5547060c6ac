//! The digits of a PIN, for remotes with and without keys for them.

use crate::clock::Moment;
use crate::config::Pin;
use crate::secret::Secret;
use crate::ui::Look;
use crate::ui::focus::{self, Direction};
use crate::ui::keys::Press;

/// A key on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// 0 to 9.
    Digit(u8),
    /// Take the last digit away.
    Delete,
    /// That is all of it.
    Enter,
}

/// In rows of [`COLUMNS`].
pub(super) const KEYS: [Key; 12] = [
    Key::Digit(1),
    Key::Digit(2),
    Key::Digit(3),
    Key::Digit(4),
    Key::Digit(5),
    Key::Delete,
    Key::Digit(6),
    Key::Digit(7),
    Key::Digit(8),
    Key::Digit(9),
    Key::Digit(0),
    Key::Enter,
];
pub(super) const COLUMNS: usize = 6;

/// What was typed, which key has the focus, and until when nothing can be typed.
#[derive(Debug)]
pub(super) struct Pad {
    typed: Secret,
    at: usize,
    next: Option<Moment>,
}

impl Pad {
    pub(super) fn new(next: Option<Moment>) -> Self {
        Self {
            typed: Secret::new(""),
            at: 0,
            next,
        }
    }

    /// How many digits there are.
    pub(super) fn count(&self) -> usize {
        self.typed.expose().len()
    }

    pub(super) fn has_focus(&self, key: Key) -> bool {
        KEYS.get(self.at) == Some(&key)
    }

    /// Until when nothing can be typed, if that is still to come.
    pub(super) fn waits(&self, now: Moment) -> Option<Moment> {
        self.next.filter(|next| now < *next)
    }

    /// A key of the remote. The answer is all that was typed, once it is to be looked at.
    pub(super) fn press(&mut self, press: Press, now: Moment) -> Option<Secret> {
        if let Some(direction) = Direction::of(press) {
            self.at = focus::step(self.at, KEYS.len(), COLUMNS, direction).unwrap_or(self.at);
            return None;
        }
        let key = match press {
            Press::Channel(digit) => Key::Digit(digit),
            Press::Ok => *KEYS.get(self.at)?,
            Press::Up
            | Press::Down
            | Press::Left
            | Press::Right
            | Press::Back
            | Press::Menu
            | Press::Home
            | Press::NextChannel
            | Press::PreviousChannel
            | Press::Refresh
            | Press::Account
            | Press::Pause
            | Press::Help => return None,
        };
        self.take(key, press, now)
    }

    /// A key on the screen.
    pub(super) fn click(&mut self, key: Key, now: Moment) -> Option<Secret> {
        self.at = KEYS.iter().position(|each| *each == key)?;
        self.take(key, Press::Ok, now)
    }

    fn take(&mut self, key: Key, by: Press, now: Moment) -> Option<Secret> {
        if self.waits(now).is_some() {
            return None;
        }
        let typed = self.typed.expose();
        match key {
            Key::Digit(digit) if typed.len() < Pin::MOST => {
                self.typed = Secret::new(format!("{typed}{digit}"));
                // Whoever types on the remote has OK below the thumb next.
                if by != Press::Ok {
                    self.at = KEYS.len() - 1;
                }
            }
            Key::Digit(_) => {}
            Key::Delete => {
                let mut left = typed.chars();
                let _ = left.next_back();
                self.typed = Secret::new(left.as_str());
            }
            Key::Enter if typed.is_empty() => {}
            Key::Enter => return Some(std::mem::replace(&mut self.typed, Secret::new(""))),
        }
        None
    }

    /// The key that has the focus, in words.
    pub(super) fn spoken(&self, look: &Look) -> String {
        match KEYS.get(self.at) {
            Some(Key::Delete) => look.say("service-delete"),
            Some(key) => key.caption(),
            None => String::new(),
        }
    }
}

impl Key {
    /// What stands on it.
    pub(super) fn caption(self) -> String {
        match self {
            Self::Digit(digit) => digit.to_string(),
            Self::Delete => "⌫".to_owned(),
            Self::Enter => "OK".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NOW: Moment = Moment::from_boot(Duration::from_secs(7000));

    fn typed(presses: &[Press]) -> Option<Secret> {
        let mut pad = Pad::new(None);
        let last = presses.iter().map(|press| pad.press(*press, NOW)).last();
        last.flatten()
    }

    #[test]
    fn digits_of_the_remote_and_ok_are_a_pin() {
        let presses = [2, 5, 8, 0].map(Press::Channel);
        let tried = typed(&[&presses[..], &[Press::Ok]].concat());
        assert_eq!(tried, Some(Secret::new("2580")));
    }

    #[test]
    fn arrows_and_ok_are_enough() {
        use Press::{Down, Left, Ok, Right, Up};
        let presses = [
            Ok, Right, Ok, Down, Ok, Ok, Right, Right, Right, Right, Up, Ok, Left, Ok, Right, Down,
            Ok,
        ];
        // 1, 2, 7, 7; the last one is taken away; 5.
        assert_eq!(typed(&presses), Some(Secret::new("1275")));
    }

    #[test]
    fn there_are_no_more_digits_than_a_pin_can_have_and_nothing_is_no_pin() {
        let mut pad = Pad::new(None);
        for _ in 0..20 {
            let _ = pad.press(Press::Channel(1), NOW);
        }
        assert_eq!(pad.count(), Pin::MOST);
        assert_eq!(Pad::new(None).click(Key::Enter, NOW), None);
    }
}
