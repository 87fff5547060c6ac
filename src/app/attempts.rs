//! What an attempt to sign in, or to go on, is for.

use std::collections::VecDeque;

use crate::screen::signed_in::source::Stay;
use crate::session::sign_in::Begin;
use crate::session::{Flow, Profile};
use crate::setup::Setup;

/// Whose turn it is: where the session goes, and how long it stays.
#[derive(Debug, Clone)]
pub(super) struct SignInTarget {
    pub(super) flow: Flow,
    pub(super) stay: Stay,
    pub(super) begin: Begin,
}

impl SignInTarget {
    /// For whoever signs in next.
    pub(super) fn next(setup: &Setup) -> Self {
        Self {
            flow: setup.flow.clone(),
            stay: stay(setup.named.as_ref()),
            begin: Begin::Fresh,
        }
    }

    /// For whoever was about to sign in when the program ended.
    pub(super) fn resumed(setup: &Setup) -> Self {
        Self {
            begin: Begin::Kept,
            ..Self::next(setup)
        }
    }

    /// The same for another code.
    pub(super) fn again(self) -> Self {
        Self {
            begin: Begin::Fresh,
            ..self
        }
    }

    /// For somebody who leaves no trace.
    pub(super) fn guest(setup: &Setup) -> Self {
        Self {
            flow: setup.flow_of(&Profile::guest()),
            stay: Stay::Guest,
            begin: Begin::Fresh,
        }
    }

    /// For somebody whose session is stored.
    pub(super) fn of(setup: &Setup, profile: &Profile) -> Self {
        Self {
            flow: setup.flow_of(profile),
            stay: stay(setup.named.as_ref()),
            begin: Begin::Fresh,
        }
    }
}

/// Attempts to sign in, numbered from 1. Late words may come of the last few.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    begun: u64,
    last: VecDeque<(u64, SignInTarget)>,
}

impl Attempts {
    const MOST: usize = 8;

    /// Begins one; the answer is its number.
    pub(super) fn begin(&mut self, seat: SignInTarget) -> u64 {
        self.begun += 1;
        if self.last.len() == Self::MOST {
            drop(self.last.pop_front());
        }
        self.last.push_back((self.begun, seat));
        self.begun
    }

    pub(super) fn get(&self, number: u64) -> Option<&SignInTarget> {
        let found = self.last.iter().find(|(known, _)| *known == number);
        found.map(|(_, seat)| seat)
    }

    pub(super) fn last(&self) -> Option<&SignInTarget> {
        self.last.back().map(|(_, seat)| seat)
    }
}

fn stay(named: Option<&Profile>) -> Stay {
    match named {
        Some(named) if named.is_guest() => Stay::Guest,
        Some(_) => Stay::Alone,
        None => Stay::Shared,
    }
}
