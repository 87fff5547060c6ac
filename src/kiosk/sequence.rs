//! The keys that open the service menu: known to whoever looks after the TV, pressed by
//! nobody by accident.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::Moment;
use crate::ui::keys::Press;

const KEYS: [Press; 9] = [
    Press::Up,
    Press::Up,
    Press::Down,
    Press::Down,
    Press::Left,
    Press::Right,
    Press::Left,
    Press::Right,
    Press::Ok,
];

/// The last keys, and when they were pressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sequence {
    last: VecDeque<(Press, Moment)>,
}

impl Sequence {
    /// From the first to the last key.
    pub const WITHIN: Duration = Duration::from_secs(10);

    /// That key was pressed at `now`. Says whether it completes the sequence.
    pub fn hear(&mut self, press: Press, now: Moment) -> bool {
        if self.last.len() == KEYS.len() {
            let _ = self.last.pop_front();
        }
        self.last.push_back((press, now));
        let complete = self.last.iter().map(|(press, _)| *press).eq(KEYS)
            && self
                .last
                .front()
                .is_some_and(|(_, began)| now.since(*began) <= Self::WITHIN);
        if complete {
            self.last.clear();
        }
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> Moment {
        Moment::from_boot(Duration::from_millis(7000 + milliseconds))
    }

    /// Whether these keys, one after the other so far apart, complete it at their end alone.
    fn complete(keys: &[Press], apart: u64) -> bool {
        let mut sequence = Sequence::default();
        let heard = (0..)
            .zip(keys)
            .map(|(n, key)| sequence.hear(*key, at(n * apart)));
        let heard: Vec<bool> = heard.collect();
        let (last, before) = heard.split_last().unwrap();
        *last && !before.contains(&true)
    }

    #[test]
    fn the_keys_in_their_order_open_the_menu() {
        assert!(complete(&KEYS, 300));
    }

    #[test]
    fn too_slow_is_no_sequence() {
        assert!(complete(&KEYS, 1250));
        assert!(!complete(&KEYS, 1251));
    }

    #[test]
    fn keys_before_it_do_not_matter_and_one_within_it_does() {
        let before = [&[Press::Ok, Press::Up], &KEYS[..]].concat();
        assert!(complete(&before, 100));
        let within = [&KEYS[..4], &[Press::Back], &KEYS[4..]].concat();
        assert!(!complete(&within, 100));
    }

    #[test]
    fn ok_again_does_not_open_it_again() {
        let mut sequence = Sequence::default();
        let opened = KEYS
            .iter()
            .filter(|key| sequence.hear(**key, at(0)))
            .count();
        assert_eq!(opened, 1);
        assert!(!sequence.hear(Press::Ok, at(10)));
    }
}
