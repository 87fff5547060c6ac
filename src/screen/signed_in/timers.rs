//! When something has to be done by itself, or looks different though nothing was done. Until
//! then nothing wakes the machine.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::tab::{Audience, Content, Freshness, Shown, Tab};
use super::{Refreshing, State, footer};
use crate::clock::{Moment, next_second};

/// The wall clock may be set meanwhile: what is written of it is looked at this often.
const LOOK: Duration = Duration::from_secs(600);

impl State {
    /// It is that late, also by the wall clock. To be said before it takes in anything.
    pub const fn tell_time(&mut self, now: Moment, wall: Timestamp) {
        (self.now, self.wall) = (now, wall);
    }

    /// Whether anybody sees what is loaded. To be said before it takes in anything.
    pub const fn tell_audience(&mut self, audience: Audience) {
        self.audience = audience;
    }

    /// When a tick is due.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let tab = self.tabs.get(self.active)?;
        let paused = self.refreshing == Refreshing::Paused;
        let slide = self.slides_go().then(|| self.slides.due());
        let call = call(tab, self.now, paused);
        let words = words(tab, self.now, self.wall);
        let more = (self.audience == Audience::Present)
            .then(|| tab.more_due(paused, self.now))
            .flatten();
        slide.into_iter().chain(call).chain(words).chain(more).min()
    }
}

/// When the channel is called again, and before that when the seconds until then that are
/// shown are others.
fn call(tab: &Tab, now: Moment, paused: bool) -> Option<Moment> {
    let counted = |at: Moment| (!paused || at > now).then(|| next_second(at, now));
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => None,
        Content::Failed { retry_at, .. } => retry_at.map(|at| next_second(at, now)),
        Content::Shown(shown) => match &shown.freshness {
            Freshness::Reloading(_) => None,
            Freshness::Stale { retry_at, .. } => retry_at.and_then(counted),
            Freshness::Fresh => {
                let every = tab.channel.refresh.filter(|_| !paused)?;
                Some(shown.loaded_at + every.duration())
            }
        },
    }
}

/// When it is told in other words how old the results are.
fn words(tab: &Tab, now: Moment, wall: Timestamp) -> Option<Moment> {
    let Content::Shown(Shown {
        as_of, freshness, ..
    }) = &tab.content
    else {
        return None;
    };
    let stale = match freshness {
        Freshness::Reloading(_) => return None,
        Freshness::Fresh => false,
        Freshness::Stale { .. } => true,
    };
    let others = footer::other_age(*as_of, wall, &TimeZone::system(), stale)?;
    let wait = Duration::try_from(others.duration_since(wall)).unwrap_or_default();
    Some(now + wait.min(LOOK))
}
