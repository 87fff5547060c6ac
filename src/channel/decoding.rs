//! How much memory all pictures take that are decoded at the same time.

use std::sync::{Condvar, Mutex, PoisonError};

/// Room for all of them, in bytes: a picture of 64 million pixels, and what it takes to scale
/// it down.
pub(super) const ROOM: u64 = 352 << 20;

static DECODING: Gate = Gate::new();

/// Lets in what fits, in the order in which it came, so that a large picture comes in, too.
struct Gate {
    line: Mutex<Line>,
    moved: Condvar,
}

struct Line {
    used: u64,
    /// The number of the next one to come, and of the next one to go in.
    next: u64,
    turn: u64,
}

/// Room for one picture, for as long as this lives.
#[derive(Debug)]
pub(super) struct Reserved(u64);

/// Waits for room of so many bytes, of [`ROOM`] at most. Blocks.
pub(super) fn reserve(bytes: u64) -> Reserved {
    let bytes = bytes.min(ROOM);
    let mut line = DECODING.line.lock().unwrap_or_else(PoisonError::into_inner);
    let number = line.next;
    line.next += 1;
    while line.turn != number || line.used + bytes > ROOM {
        let waited = DECODING.moved.wait(line);
        line = waited.unwrap_or_else(PoisonError::into_inner);
    }
    line.turn += 1;
    line.used += bytes;
    drop(line);
    DECODING.moved.notify_all();
    Reserved(bytes)
}

impl Drop for Reserved {
    fn drop(&mut self) {
        let mut line = DECODING.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.used -= self.0;
        drop(line);
        DECODING.moved.notify_all();
    }
}

impl Gate {
    const fn new() -> Self {
        Self {
            line: Mutex::new(Line {
                used: 0,
                next: 0,
                turn: 0,
            }),
            moved: Condvar::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn all_come_in_and_never_more_at_once_than_there_is_room_for() {
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for number in 0..24 {
                let (now, most) = (&now, &most);
                let _ = scope.spawn(move || {
                    let bytes = if number % 3 == 0 { ROOM } else { ROOM / 3 };
                    let reserved = reserve(bytes);
                    let used = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    let _ = most.fetch_max(used, Ordering::SeqCst);
                    thread::yield_now();
                    let _ = now.fetch_sub(bytes, Ordering::SeqCst);
                    drop(reserved);
                });
            }
        });
        assert!(most.into_inner() <= ROOM);
    }
}
