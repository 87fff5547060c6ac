//! How long an answer asks to stay away.

use std::time::Duration;

use jiff::Timestamp;

use super::{Answer, LONGEST};

impl Answer {
    /// How long the provider asks to stay away. A time that it names is held against
    /// its own clock where it tells that; ours may be hours off.
    pub(super) fn pause(&self, now: Timestamp) -> Option<Duration> {
        /// Numbers below it (the year 2000) are seconds from now, whatever the
        /// documents say.
        const A_POINT_IN_TIME: i64 = 946_684_800;
        /// Numbers beyond it (the year 5138) are milliseconds.
        const SECONDS: i64 = 100_000_000_000;
        let now = self.date.unwrap_or(now).as_second();
        let until = |then: i64| {
            let then = if then > SECONDS { then / 1000 } else { then };
            let left = if then < A_POINT_IN_TIME {
                then
            } else {
                then.saturating_sub(now)
            };
            Duration::from_secs(u64::try_from(left).unwrap_or(0))
        };
        let retry_after = self.retry_after.as_deref().map(str::trim).and_then(|text| {
            text.parse().ok().map(Duration::from_secs).or_else(|| {
                let then = Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()?;
                Some(until(then.as_second()))
            })
        });
        let reset = || {
            self.rate_limit_reset
                .as_deref()?
                .trim()
                .parse::<i64>()
                .ok()
                .map(until)
        };
        retry_after.or_else(reset).map(|pause| pause.min(LONGEST))
    }
}
