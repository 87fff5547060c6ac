//! The screens.

use std::sync::Arc;

use crate::screen::signed_in::source::Source;
use crate::screen::{code, details, ended, problem, signed_in, start, waiting};

/// The one screen that is shown.
#[derive(Debug)]
pub(super) enum Screen {
    Start(start::State),
    Waiting(waiting::State),
    Code(code::State),
    SignedIn(signed_in::State),
    Details(details::State),
    Ended(ended::State),
    Problem(problem::State),
}

impl Screen {
    /// The name that the log knows it by.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Waiting(_) => "waiting",
            Self::Code(_) => "code",
            Self::SignedIn(_) | Self::Details(_) => "signed-in",
            Self::Ended(_) => "expired",
            Self::Problem(_) => "problem",
        }
    }

    /// The same without a way out of the app.
    pub(super) fn without_exit(self) -> Self {
        match self {
            Self::Start(screen) => Self::Start(screen.without_exit()),
            Self::Problem(screen) => Self::Problem(screen.without_exit()),
            other @ (Self::Waiting(_)
            | Self::Code(_)
            | Self::SignedIn(_)
            | Self::Details(_)
            | Self::Ended(_)) => other,
        }
    }

    /// The session that is in use on it.
    pub(super) fn source(&self) -> Option<Arc<dyn Source>> {
        match self {
            Self::SignedIn(screen) => Some(screen.source()),
            Self::Details(screen) => Some(screen.behind.source()),
            Self::Start(_)
            | Self::Waiting(_)
            | Self::Code(_)
            | Self::Ended(_)
            | Self::Problem(_) => None,
        }
    }

    /// The attempt to sign in that belongs to it.
    pub(super) const fn attempt(&self) -> Option<u64> {
        match self {
            Self::Waiting(screen) => screen.attempt(),
            Self::Code(screen) => Some(screen.pending().attempt),
            Self::Start(_)
            | Self::SignedIn(_)
            | Self::Details(_)
            | Self::Ended(_)
            | Self::Problem(_) => None,
        }
    }
}
