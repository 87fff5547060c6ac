//! Many TVs that start at one moment, as after a power cut, and don't ask at one moment.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{self, BoxFuture, Either};
use tokio::sync::Notify;

use crate::clock::{Moment, SharedClock};

/// Until so long after the machine's own start, others may be starting as well.
const TOGETHER: Duration = Duration::from_secs(10 * 60);

/// How long a start at `now` waits before it calls anybody: some part of `spread`, by `luck`
/// from 0 to 1. A start long after the machine's own is a single one and doesn't wait.
#[must_use]
pub fn delay(spread: Duration, now: Moment, luck: f64) -> Duration {
    if now.since(Moment::from_boot(TOGETHER)).is_zero() {
        spread.mul_f64(luck.clamp(0.0, 1.0))
    } else {
        Duration::ZERO
    }
}

/// A turn that comes at its time, or as soon as somebody is there.
#[derive(Debug, Clone)]
pub struct StartDelay {
    clock: SharedClock,
    due: Moment,
    hurried: Arc<Notify>,
}

impl StartDelay {
    /// A turn that comes `after` so long.
    #[must_use]
    pub fn after(after: Duration, clock: SharedClock) -> Self {
        let due = clock.now() + after;
        let hurried = Arc::new(Notify::new());
        Self {
            clock,
            due,
            hurried,
        }
    }

    /// Somebody is there: it comes now.
    pub fn hurry(&self) {
        // One stays for whoever waits later.
        self.hurried.notify_one();
    }

    /// Waits for it.
    pub fn come(&self) -> BoxFuture<'static, ()> {
        let turn = self.clone();
        Box::pin(async move {
            let hurried = Box::pin(turn.hurried.notified());
            match future::select(turn.clock.sleep_until(turn.due), hurried).await {
                Either::Left(_) => {}
                // Whoever else waits needn't, either.
                Either::Right(_) => turn.hurried.notify_one(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use jiff::Timestamp;
    use rand::rngs::StdRng;
    use rand::{Rng as _, SeedableRng as _};

    #[derive(Debug)]
    struct Paused(tokio::time::Instant);

    impl Clock for Paused {
        fn now(&self) -> Moment {
            Moment::from_boot(self.0.elapsed())
        }

        fn wall(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
    }

    fn paused() -> SharedClock {
        Arc::new(Paused(tokio::time::Instant::now()))
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_comes_at_its_time_or_as_soon_as_somebody_is_there() {
        let (minute, clock) = (Duration::from_secs(60), paused());
        StartDelay::after(minute, clock.clone()).come().await;
        assert_eq!(clock.now().since(Moment::from_boot(minute)), Duration::ZERO);

        let turn = StartDelay::after(minute, clock.clone());
        let before = clock.now();
        turn.hurry();
        let ((), ()) = future::join(turn.come(), turn.come()).await;
        assert!(clock.now().since(before) < Duration::from_secs(1));
    }

    #[test]
    fn a_start_long_after_the_machines_own_waits_for_nobody() {
        let spread = Duration::from_secs(300);
        let at = |seconds| Moment::from_boot(Duration::from_secs(seconds));
        assert_eq!(delay(spread, at(30), 0.5), Duration::from_secs(150));
        assert_eq!(delay(spread, at(601), 0.5), Duration::ZERO);
        assert_eq!(delay(Duration::ZERO, at(30), 0.5), Duration::ZERO);
    }

    /// Requests in each second that find more than `limit` before them in it, of all.
    fn refused(spread: Duration, limit: usize) -> f64 {
        /// Metadata, keys, tokens.
        const EACH: usize = 3;
        const TVS: usize = 500;
        let mut luck = StdRng::seed_from_u64(5);
        let mut seconds = vec![0_usize; 3600];
        for _ in 0..TVS {
            // Machines of one kind take about as long to start.
            let boot = Duration::from_secs_f64(luck.random_range(20.0..24.0));
            let wait = delay(spread, Moment::from_boot(boot), luck.random());
            seconds[(boot + wait).as_secs() as usize] += EACH;
        }
        let over: usize = seconds.iter().map(|all| all.saturating_sub(limit)).sum();
        over as f64 / (TVS * EACH) as f64
    }

    #[test]
    fn five_hundred_tvs_keep_to_auth0s_five_requests_a_second_where_they_are_spread() {
        const LIMIT: usize = 5;
        let share = |minutes: u64| refused(Duration::from_secs(60 * minutes), LIMIT);
        let all = [0, 5, 10, 20].map(share);
        assert!(
            all[0] > 0.97,
            "without a spread nearly all are too many: {all:?}"
        );
        assert!(all[1] < 0.45 && all[2] < 0.25 && all[3] < 0.12, "{all:?}");
    }
}
