//! How much memory an answer may grow into. Few bytes can stand for very many values: `0,` is
//! one. What is made of them is counted before it is there.

use std::cell::Cell;

use super::json::reader::Fault;

/// What an answer may grow into beside its own bytes. Ordinary answers take less than twice
/// their size.
const ANSWER: usize = 128 << 20;
/// What the allocator takes for each piece of memory.
pub(super) const PIECE: usize = 16;

/// Memory that may still be used, in bytes.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<usize>,
}

/// There is no memory for so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has too many values")]
pub(super) struct Exceeded;

/// Why JSON can't be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    /// It isn't JSON, or is nested too deeply.
    #[error(transparent)]
    Json(#[from] Fault),
    #[error(transparent)]
    TooMuch(#[from] Exceeded),
}

impl Budget {
    /// For one answer.
    pub(super) const fn answer() -> Self {
        Self::of(ANSWER)
    }

    const fn of(bytes: usize) -> Self {
        Self {
            left: Cell::new(bytes),
        }
    }

    /// For something that doesn't stay: as much as is left, and none of it is used up.
    pub(super) const fn passing(&self) -> Self {
        Self::of(self.left.get())
    }

    /// Takes so many bytes.
    pub(super) const fn take(&self, bytes: usize) -> Result<(), Exceeded> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                let _ = self.left.replace(left);
                Ok(())
            }
            None => Err(Exceeded),
        }
    }

    /// Takes what so many values take in a list of that length.
    pub(super) const fn take_list<T>(&self, length: usize) -> Result<(), Exceeded> {
        self.take(length.saturating_mul(size_of::<T>()))
    }

    /// Takes what one more value takes in a list that grows, and has so many by now: it begins
    /// with room for four, and then has room for twice as many each time.
    pub(super) const fn take_one<T>(&self, count: usize) -> Result<(), Exceeded> {
        match count {
            0 => self.take(4 * size_of::<T>() + PIECE),
            1..4 => Ok(()),
            _ => self.take(2 * size_of::<T>()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_gone_and_what_passes_is_not() {
        let budget = Budget::of(100);
        assert_eq!(budget.take(60), Ok(()));
        assert_eq!(budget.passing().take(40), Ok(()));
        assert_eq!(budget.passing().take(41), Err(Exceeded));
        assert_eq!(budget.take_list::<u64>(5), Ok(()));
        assert_eq!(budget.take_one::<u8>(0), Err(Exceeded));
        assert_eq!(budget.take_list::<u64>(usize::MAX), Err(Exceeded));
    }
}
