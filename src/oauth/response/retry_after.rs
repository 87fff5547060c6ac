//! How long an answer asks to stay away.

use std::time::Duration;

use jiff::Timestamp;

use super::{Answer, LONGEST};
use crate::web;

impl Answer {
    /// How long the provider asks to stay away. A time that it names is held against
    /// its own clock where it tells that; ours may be hours off.
    pub(in crate::oauth) fn pause(&self, now: Timestamp) -> Option<Duration> {
        let (header, reset) = (
            self.retry_after.as_deref(),
            self.rate_limit_reset.as_deref(),
        );
        let pause = web::retry_after(header, reset, self.date.unwrap_or(now));
        pause.map(|pause| pause.min(LONGEST))
    }
}
