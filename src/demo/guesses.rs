//! How often somebody may guess a code (RFC 8628 §5.1): pure.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use crate::clock::Moment;

/// Wrong tries that an address has within [`WINDOW`].
const TRIES: usize = 5;
/// How long a wrong try counts.
const WINDOW: Duration = Duration::from_secs(60);
/// Addresses that are remembered at once.
const MOST_ADDRESSES: usize = 1024;

/// Wrong tries by address.
#[derive(Default)]
pub(super) struct Guesses(HashMap<IpAddr, VecDeque<Moment>>);

impl Guesses {
    /// How long `from` has to wait before it may try again; nothing if it needn't.
    pub(super) fn wait(&self, from: IpAddr, now: Moment) -> Option<Duration> {
        let counted = self.0.get(&from)?;
        let recent = counted
            .iter()
            .filter(|try_| now.since(**try_) < WINDOW)
            .count();
        let oldest_of_the_last = counted.get(counted.len().checked_sub(TRIES)?)?;
        (recent >= TRIES).then(|| WINDOW.saturating_sub(now.since(*oldest_of_the_last)))
    }

    /// Counts a wrong try.
    pub(super) fn wrong(&mut self, from: IpAddr, now: Moment) {
        if self.0.len() >= MOST_ADDRESSES {
            self.0
                .retain(|_, tries| tries.back().is_some_and(|last| now.since(*last) < WINDOW));
        }
        let tries = self.0.entry(from).or_default();
        tries.push_back(now);
        if tries.len() > TRIES {
            let _ = tries.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(seconds))
    }

    #[test]
    fn the_fifth_wrong_try_in_a_minute_makes_that_address_wait() {
        let mut guesses = Guesses::default();
        for second in 0..4 {
            guesses.wrong(PHONE, at(second));
        }
        assert_eq!(guesses.wait(PHONE, at(10)), None);

        guesses.wrong(PHONE, at(10));

        assert_eq!(guesses.wait(PHONE, at(10)), Some(Duration::from_secs(50)));
        assert_eq!(guesses.wait(OTHER, at(10)), None);
    }

    #[test]
    fn the_wait_ends() {
        let mut guesses = Guesses::default();
        for second in 0..5 {
            guesses.wrong(PHONE, at(second));
        }

        assert_eq!(guesses.wait(PHONE, at(59)), Some(Duration::from_secs(1)));
        assert_eq!(guesses.wait(PHONE, at(60)), None);
    }

    #[test]
    fn one_more_wrong_try_after_the_wait_makes_another() {
        let mut guesses = Guesses::default();
        for second in 0..5 {
            guesses.wrong(PHONE, at(second));
        }
        guesses.wrong(PHONE, at(60));

        assert_eq!(guesses.wait(PHONE, at(60)), Some(Duration::from_secs(1)));
    }
}
