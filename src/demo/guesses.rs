//! How often somebody may guess a code (RFC 8628 §5.1): pure.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use crate::clock::Moment;

/// Wrong tries that somebody has within [`WINDOW`].
const TRIES: usize = 5;
/// How long a wrong try counts.
const WINDOW: Duration = Duration::from_secs(60);
/// How many are counted each on their own.
const MOST: usize = 1024;

/// Wrong tries by who made them.
#[derive(Default)]
pub(super) struct Guesses(HashMap<Guesser, VecDeque<Moment>>);

/// Who guesses, as far as an address tells. One machine has all of a /64 to choose addresses from
/// (RFC 4291 §2.5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Guesser {
    /// An address of IPv4.
    Address(IpAddr),
    /// A network of IPv6, /64.
    Network(u64),
    /// Everybody beyond [`MOST`], together.
    Others,
}

impl Guesser {
    fn at(address: IpAddr) -> Self {
        match address.to_canonical() {
            address @ IpAddr::V4(_) => Self::Address(address),
            IpAddr::V6(address) => Self::Network(network(address)),
        }
    }
}

fn network(address: Ipv6Addr) -> u64 {
    let [a, b, c, d, ..] = address.segments();
    [a, b, c, d]
        .into_iter()
        .fold(0, |network, part| (network << 16) | u64::from(part))
}

impl Guesses {
    /// How long `from` has to wait before it may try again; nothing if it needn't.
    pub(super) fn wait(&mut self, from: IpAddr, now: Moment) -> Option<Duration> {
        let guesser = self.counted_as(from, now);
        let counted = self.0.get(&guesser)?;
        let recent = counted
            .iter()
            .filter(|try_| now.since(**try_) < WINDOW)
            .count();
        let oldest_of_the_last = counted.get(counted.len().checked_sub(TRIES)?)?;
        (recent >= TRIES).then(|| WINDOW.saturating_sub(now.since(*oldest_of_the_last)))
    }

    /// Counts a wrong try.
    pub(super) fn wrong(&mut self, from: IpAddr, now: Moment) {
        let guesser = self.counted_as(from, now);
        let tries = self.0.entry(guesser).or_default();
        tries.push_back(now);
        if tries.len() > TRIES {
            let _ = tries.pop_front();
        }
    }

    /// Where the tries from there are counted. Who could have as many addresses as they like
    /// must neither fill the memory nor push others' tries out of it.
    fn counted_as(&mut self, from: IpAddr, now: Moment) -> Guesser {
        let guesser = Guesser::at(from);
        if self.0.len() < MOST || self.0.contains_key(&guesser) {
            return guesser;
        }
        self.0
            .retain(|_, tries| tries.back().is_some_and(|last| now.since(*last) < WINDOW));
        if self.0.len() < MOST {
            guesser
        } else {
            Guesser::Others
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

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
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

    #[test]
    fn all_addresses_of_one_ipv6_network_are_one_guesser_and_the_next_network_is_another() {
        let mut guesses = Guesses::default();
        for last in 1..=5 {
            guesses.wrong(address(&format!("2001:db8:0:7:{last}::{last}")), at(0));
        }

        let waits = |guesses: &mut Guesses, text| guesses.wait(address(text), at(1)).is_some();
        assert!(waits(&mut guesses, "2001:db8:0:7:ffff::9"));
        assert!(!waits(&mut guesses, "2001:db8:0:8::1"));
    }

    #[test]
    fn an_ipv4_address_is_the_same_guesser_when_it_comes_by_ipv6_and_its_neighbour_is_not() {
        let mut guesses = Guesses::default();
        for _ in 0..5 {
            guesses.wrong(address("::ffff:192.0.2.1"), at(0));
        }

        assert!(guesses.wait(PHONE, at(1)).is_some());
        assert!(guesses.wait(address("::ffff:192.0.2.1"), at(1)).is_some());
        assert!(guesses.wait(address("::ffff:192.0.2.2"), at(1)).is_none());
    }

    #[test]
    fn more_guessers_than_can_be_counted_are_counted_together_until_there_is_room() {
        let mut guesses = Guesses::default();
        let nth = |n: u32| IpAddr::from(std::net::Ipv4Addr::from(0x0a00_0000 + n));
        for n in 0..MOST as u32 + 100 {
            guesses.wrong(nth(n), at(0));
        }

        assert!(guesses.0.len() <= MOST + 1, "{}", guesses.0.len());
        assert!(
            guesses.wait(nth(90_000), at(1)).is_some(),
            "one of the others"
        );
        assert!(
            guesses.wait(nth(0), at(1)).is_none(),
            "its own four are left"
        );
        assert!(guesses.wait(nth(90_000), at(61)).is_none());
    }
}
