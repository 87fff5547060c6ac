//! Time, in the two kinds that the flow needs.
//!
//! Deadlines and waits are [`Moment`]s on a clock that goes on while the machine
//! sleeps and that nobody can set. Token lifetimes outlive a restart, so they are
//! wall time ([`jiff::Timestamp`]).

use std::ops::Add;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;

/// A point in time, counted from the machine's start, suspend included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Duration);

impl Moment {
    /// The point `since_boot` after the machine's start.
    #[must_use]
    pub const fn from_boot(since_boot: Duration) -> Self {
        Self(since_boot)
    }

    /// How long after `earlier` this is; zero if it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, after: Duration) -> Self {
        Self(self.0.saturating_add(after))
    }
}

/// Whether nobody has set a wall clock that shows `now`: tenfoot is younger.
#[must_use]
pub fn is_unset(now: Timestamp) -> bool {
    const YOUNGEST: Timestamp = Timestamp::constant(1_767_225_600, 0);
    now < YOUNGEST
}

/// Where time comes from: the machine, or a test.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Time since boot, suspend included (`CLOCK_BOOTTIME`).
    fn now(&self) -> Moment;

    /// The wall clock, which may be wrong and may jump.
    fn wall(&self) -> Timestamp;

    /// Which start of the machine [`Clock::now`] counts from; `None` where that isn't
    /// known. May read a file.
    fn boot(&self) -> Option<String> {
        None
    }

    /// Sleeps until `due`.
    ///
    /// The runtime's timers stand still while the machine sleeps, so the wait is
    /// cut into pieces of at most a second and the clock is asked again after each.
    fn sleep_until(&self, due: Moment) -> BoxFuture<'_, ()> {
        const PIECE: Duration = Duration::from_secs(1);
        Box::pin(async move {
            loop {
                let left = due.since(self.now());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(PIECE)).await;
            }
        })
    }
}

/// The clock that a program carries around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's own clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Moment(Duration::new(
            u64::try_from(time.tv_sec).unwrap_or_default(),
            u32::try_from(time.tv_nsec).unwrap_or_default(),
        ))
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn boot(&self) -> Option<String> {
        std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
    }
}

/// How long something took, for a log line or what is left of a timeout; nothing is
/// decided by when it was. Follows the runtime's clock, which tests can stop.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(tokio::time::Instant);

impl Stopwatch {
    /// Begins to count.
    #[must_use]
    pub fn start() -> Self {
        Self(tokio::time::Instant::now())
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The same in whole milliseconds.
    #[must_use]
    pub fn ms(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
