//! Refresh tokens that replace one another: a pure state machine
//! (RFC 9700 §4.14.2, and Auth0's "overlap period").

use std::time::Duration;

use crate::clock::Moment;

/// All refresh tokens that come from one approval. Each exchange begins a new
/// generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Family {
    /// The newest generation works; the one before it for a while.
    Alive {
        newest: Generation,
        /// When the newest began.
        since: Moment,
    },
    /// A token was used twice.
    Ended,
}

/// Which exchange a refresh token came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Generation(u64);

/// What presenting a refresh token leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exchange {
    /// A new token of this generation.
    Token(Generation),
    /// The token was used before: the family has ended just now.
    Reuse,
    /// The family had ended before.
    Ended,
}

impl Family {
    /// A family and the generation of its first token.
    pub(super) const fn begin(now: Moment) -> (Self, Generation) {
        let first = Generation(0);
        (
            Self::Alive {
                newest: first,
                since: now,
            },
            first,
        )
    }

    /// Exchanges a token of the generation `presented`.
    ///
    /// A client whose answer was lost shows the token before the newest; within
    /// `overlap` it gets a brother of the newest, later it is taken for a thief.
    pub(super) fn exchange(
        &mut self,
        presented: Generation,
        overlap: Duration,
        now: Moment,
    ) -> Exchange {
        match *self {
            Self::Ended => Exchange::Ended,
            Self::Alive { newest, .. } if presented == newest => {
                let next = Generation(newest.0 + 1);
                *self = Self::Alive {
                    newest: next,
                    since: now,
                };
                Exchange::Token(next)
            }
            Self::Alive { newest, since }
                if presented.0 + 1 == newest.0 && now.since(since) < overlap =>
            {
                Exchange::Token(newest)
            }
            Self::Alive { .. } => {
                *self = Self::Ended;
                Exchange::Reuse
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVERLAP: Duration = Duration::from_secs(10);

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(seconds))
    }

    fn token(exchange: Exchange) -> Generation {
        match exchange {
            Exchange::Token(generation) => generation,
            other @ (Exchange::Reuse | Exchange::Ended) => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_exchange_gives_another_token() {
        let (mut family, first) = Family::begin(at(0));

        let second = token(family.exchange(first, OVERLAP, at(100)));
        let third = token(family.exchange(second, OVERLAP, at(200)));

        assert!(first != second && second != third);
    }

    #[test]
    fn the_token_before_the_newest_works_within_the_overlap() {
        let (mut family, first) = Family::begin(at(0));
        let second = token(family.exchange(first, OVERLAP, at(100)));

        let again = token(family.exchange(first, OVERLAP, at(109)));

        assert_eq!(again, second);
        let _ = token(family.exchange(second, OVERLAP, at(300)));
    }

    #[test]
    fn after_the_overlap_it_ends_the_family() {
        let (mut family, first) = Family::begin(at(0));
        let second = token(family.exchange(first, OVERLAP, at(100)));

        assert_eq!(family.exchange(first, OVERLAP, at(110)), Exchange::Reuse);
        assert_eq!(family.exchange(second, OVERLAP, at(111)), Exchange::Ended);
    }

    #[test]
    fn an_older_token_ends_the_family_at_once() {
        let (mut family, first) = Family::begin(at(0));
        let second = token(family.exchange(first, OVERLAP, at(100)));
        let _ = token(family.exchange(second, OVERLAP, at(101)));

        assert_eq!(family.exchange(first, OVERLAP, at(102)), Exchange::Reuse);
    }

    #[test]
    fn without_an_overlap_a_token_works_once() {
        let (mut family, first) = Family::begin(at(0));
        let _ = token(family.exchange(first, Duration::ZERO, at(100)));

        assert_eq!(
            family.exchange(first, Duration::ZERO, at(100)),
            Exchange::Reuse
        );
    }
}
