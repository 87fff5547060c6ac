//! Time, in the two kinds that the flow needs.
//!
//! Deadlines and waits are [`Moment`]s on a clock that goes on while the machine
//! sleeps and that nobody can set. Token lifetimes outlive a restart, so they are
//! wall time ([`jiff::Timestamp`]).

use std::io;
use std::ops::Add;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use rustix::time::{self, Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

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

/// When what is left until `end` is another number of whole seconds than it is at `now`: what a
/// countdown has to be drawn again for. At the end itself that is now, and not again later.
#[must_use]
pub fn next_second(end: Moment, now: Moment) -> Moment {
    let left = end.since(now);
    if left.is_zero() {
        return end;
    }
    now + Duration::from_nanos(u64::from(left.subsec_nanos()) + 1)
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
    fn sleep_until(&self, due: Moment) -> BoxFuture<'_, ()> {
        Box::pin(sleep_in_pieces(self, due))
    }
}

/// The runtime's timers stand still while the machine sleeps, so the wait is cut into pieces
/// of at most a second and the clock is asked again after each.
async fn sleep_in_pieces(clock: &(impl Clock + ?Sized), due: Moment) {
    const PIECE: Duration = Duration::from_secs(1);
    loop {
        let left = due.since(clock.now());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(PIECE)).await;
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

    fn sleep_until(&self, due: Moment) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let Err(why) = alarm(due).await {
                tracing::debug!(%why, "no timer of the system");
                sleep_in_pieces(self, due).await;
            }
        })
    }
}

/// Waits for a timer of the system's that goes on while the machine sleeps (timerfd, with
/// `CLOCK_BOOTTIME`): nothing of this process runs before it is `due`.
async fn alarm(Moment(due): Moment) -> io::Result<()> {
    let timer = time::timerfd_create(
        TimerfdClockId::Boottime,
        TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC,
    )?;
    let once = Itimerspec {
        it_interval: Timespec::default(),
        it_value: Timespec {
            tv_sec: i64::try_from(due.as_secs()).map_err(io::Error::other)?,
            // Of 0 and 0 it would never come.
            tv_nsec: i64::from(due.subsec_nanos().max(1)),
        },
    };
    let _ = time::timerfd_settime(&timer, TimerfdTimerFlags::ABSTIME, &once)?;
    #[expect(
        deprecated,
        reason = "its successor is unsafe to call; that a descriptor may be closed under it, which is why, can't be with an `OwnedFd`"
    )]
    let timer = AsyncFd::with_interest(timer, Interest::READABLE)?;
    let _ = timer.readable().await?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(time: u64) -> Moment {
        Moment::from_boot(Duration::from_millis(time))
    }

    #[test]
    fn a_countdown_is_another_one_just_after_each_whole_second_that_is_left() {
        let whole = |at: Moment| ms(10_000).since(at).as_secs();
        for now in [7_000, 7_001, 7_500, 9_999] {
            let next = next_second(ms(10_000), ms(now));
            assert!(next > ms(now) && next <= ms(now + 1_001), "{now}");
            assert!(whole(next) < whole(ms(now)) || whole(ms(now)) == 0, "{now}");
        }
        assert_eq!(next_second(ms(10_000), ms(12_000)), ms(10_000));
    }

    #[tokio::test]
    async fn the_systems_timer_comes_when_it_is_due_and_at_once_where_it_was() {
        let clock = SystemClock;
        let due = clock.now() + Duration::from_millis(30);
        alarm(due).await.unwrap();
        assert!(clock.now() >= due);
        alarm(due).await.unwrap();
        alarm(Moment::from_boot(Duration::ZERO)).await.unwrap();
    }
}
