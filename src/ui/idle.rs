//! What the screen does while nobody is there: the hints go, then the picture dims and
//! drifts so that nothing burns in, then all is black but for a clock.

mod night;

use std::time::Duration;

use iced::Vector;
use jiff::Timestamp;

use super::metrics::Metrics;
use super::motion::APPEAR;
use crate::clock::Moment;
use crate::config;

pub use night::resting;

/// How far things move in a minute, on the canvas.
const PER_MINUTE: Vector = Vector::new(19.0, 14.0);

/// How far the ladder is climbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Somebody is there.
    Awake,
    /// The hints are gone.
    Quiet,
    /// The picture is dim and drifts.
    Dim,
    /// A clock on black.
    Black,
}

/// How long nobody has been there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Idle {
    times: config::Idle,
    /// How long the hints take to go.
    fade: Duration,
    /// How often the picture moves on while it is dim.
    pace: Duration,
    since: Moment,
    now: Moment,
    wall: Timestamp,
    /// The key that woke the screen may still be down.
    waking: bool,
    /// When a key went down the last time.
    pressed: Moment,
}

/// Nobody holds a key for longer: something lies on it.
const STUCK: Duration = Duration::from_secs(30);

impl Idle {
    /// Somebody is there at `now`.
    #[must_use]
    pub fn new(times: config::Idle, motion: bool, now: Moment) -> Self {
        /// So that each step is of a few pixels.
        const OFTEN: Duration = Duration::from_secs(10);
        const SELDOM: Duration = Duration::from_secs(60);
        Self {
            times,
            fade: if motion { APPEAR } else { Duration::ZERO },
            pace: if motion { OFTEN } else { SELDOM },
            since: now,
            now,
            wall: Timestamp::UNIX_EPOCH,
            waking: false,
            pressed: now,
        }
    }

    /// Somebody is there at `now`. Says whether that changes the picture.
    pub fn wake(&mut self, now: Moment) -> bool {
        let asleep = self.step() > Step::Awake;
        (self.since, self.now) = (now, now);
        asleep
    }

    /// A key goes down, or is `repeat`ed. Says whether it means what it says: the one
    /// that wakes means nothing more than that, however long it is held.
    pub fn takes(&mut self, now: Moment, repeat: bool) -> bool {
        if !repeat {
            self.pressed = now;
        } else if now.since(self.pressed) > STUCK {
            return !self.waking;
        }
        let slept = self.wake(now);
        self.waking = slept || (self.waking && repeat);
        !self.waking
    }

    /// Time has passed.
    pub fn look(&mut self, now: Moment, wall: Timestamp) {
        (self.now, self.wall) = (now, wall);
    }

    /// How far the ladder is climbed.
    #[must_use]
    pub fn step(&self) -> Step {
        let rungs = [
            (self.times.black, Step::Black),
            (self.times.dim, Step::Dim),
            (self.times.hints, Step::Quiet),
        ];
        let still = self.now.since(self.since);
        let reached = |after: config::After| after.duration().is_some_and(|after| still >= after);
        rungs
            .into_iter()
            .find(|(after, _)| reached(*after))
            .map_or(Step::Awake, |(_, step)| step)
    }

    /// How much of the hints is there: all of them, then less and less, then nothing.
    #[must_use]
    pub fn hints(&self) -> f32 {
        let Some(after) = self.times.hints.duration() else {
            return if self.step() < Step::Quiet { 1.0 } else { 0.0 };
        };
        match self.now.since(self.since).checked_sub(after) {
            None => 1.0,
            Some(gone) if gone >= self.fade => 0.0,
            Some(gone) => 1.0 - gone.as_secs_f32() / self.fade.as_secs_f32(),
        }
    }

    /// When the picture is another one, unless somebody comes.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        /// Seven pictures are enough for something that nobody looks at.
        const FRAME: Duration = Duration::from_millis(30);
        let still = self.now.since(self.since);
        if self.step() == Step::Quiet && self.hints() > 0.0 {
            return Some(self.now + FRAME);
        }
        let rungs = [self.times.hints, self.times.dim, self.times.black];
        let next = rungs
            .into_iter()
            .filter_map(config::After::duration)
            .filter(|after| *after > still)
            .min()
            .map(|after| self.since + after);
        let drift = match self.step() {
            Step::Awake | Step::Quiet => None,
            Step::Dim => Some(self.now + self.pace),
            Step::Black => {
                let second = self.wall.as_second().rem_euclid(60).unsigned_abs();
                return Some(self.now + Duration::from_secs(60 - second));
            }
        };
        next.into_iter().chain(drift).min()
    }

    /// How often a screen has to look at the time by itself.
    #[must_use]
    pub fn tick(&self) -> Duration {
        match self.step() {
            Step::Awake | Step::Quiet => Duration::from_secs(1),
            Step::Dim => Duration::from_secs(10),
            Step::Black => Duration::from_secs(60),
        }
    }

    /// How often the dim picture has moved on.
    #[must_use]
    pub fn drifts(&self) -> u64 {
        let Some(dim) = self
            .times
            .dim
            .duration()
            .filter(|_| self.step() >= Step::Dim)
        else {
            return 0;
        };
        let dimmed = self.now.since(self.since).saturating_sub(dim);
        dimmed.as_secs() / self.pace.as_secs().max(1)
    }

    /// Where the dim picture has drifted to, in logical pixels; never beyond the edge that
    /// is kept free.
    #[must_use]
    pub fn drift(&self, metrics: &Metrics) -> Vector {
        let minutes = self.drifts() as f32 * self.pace.as_secs_f32() / 60.0;
        let whole = |size: f32| (size * metrics.density()).round() / metrics.density();
        let along = |pace: f32, edge: f32| whole(to_and_fro(metrics.px(pace) * minutes, edge));
        Vector::new(
            along(PER_MINUTE.x, metrics.safe_x() * OF_EDGE),
            along(PER_MINUTE.y, metrics.safe_y() * OF_EDGE),
        )
    }

    /// By the wall clock; what is shown of it is another each minute.
    #[must_use]
    pub const fn wall(&self) -> Timestamp {
        self.wall
    }
}

/// The part of the free edge that the dim picture drifts into.
const OF_EDGE: f32 = 0.5;

/// Where one is after walking `way` from 0, turning round at `most` and `-most`.
fn to_and_fro(way: f32, most: f32) -> f32 {
    if most <= 0.0 {
        return 0.0;
    }
    let lap = (way + most).rem_euclid(4.0 * most);
    if lap <= 2.0 * most {
        lap - most
    } else {
        3.0 * most - lap
    }
}

#[cfg(test)]
mod tests;
