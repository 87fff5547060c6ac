//! What the demo knows while it runs: grants, tokens, browsers. Time is an
//! argument; nothing is kept on disk.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use super::browser::Browsers;
use super::grant::{Decision, Grant, Poll, Request, Standing};
use super::guesses::Guesses;
use super::options::Options;
use super::random;
use super::scope::Granted;
use super::sessions::Sessions;
use super::user_code::Typed;
use crate::clock::Moment;

pub(super) use super::sessions::{Issued, Owner, RefreshRefused};

/// Codes that wait at once; more is somebody's loop.
const MOST_GRANTS: usize = 1_000;

#[derive(Default)]
pub(super) struct Store {
    /// By device code.
    grants: HashMap<String, Grant>,
    /// The device code of each user code.
    user_codes: HashMap<Typed, String>,
    sessions: Sessions,
    guesses: Guesses,
    pub(super) browsers: Browsers,
}

/// A device request that was accepted.
pub(super) struct Opened {
    pub(super) device_code: String,
    pub(super) user_code: String,
}

/// Too many codes wait already.
pub(super) struct Full;

/// What the device's poll is answered.
pub(super) enum Polled {
    Tokens(Box<Issued>),
    Not(Poll),
    Unknown,
}

/// What entering a user code leads to.
pub(super) enum Looked {
    Open(Shown),
    Expired,
    Settled,
    Unknown,
    /// Too many wrong tries: how long to wait.
    TooMany(Duration),
}

/// What the person is shown of a grant.
pub(super) struct Shown {
    pub(super) user_code: String,
    pub(super) granted: Granted,
    pub(super) from: IpAddr,
    pub(super) age: Duration,
}

impl Store {
    /// Accepts a device request (RFC 8628 §3.2).
    pub(super) fn open(
        &mut self,
        request: Request,
        options: &Options,
        now: Moment,
    ) -> Result<Opened, Full> {
        self.forget(now);
        if self.grants.len() >= MOST_GRANTS {
            return Err(Full);
        }
        let user_code = self.unused_user_code(options);
        let device_code = random::token();
        let grant = Grant::new(
            request,
            user_code.clone(),
            options.code_lifetime(),
            options.interval(),
            now,
        );
        let _ = self
            .user_codes
            .insert(Typed::new(&user_code), device_code.clone());
        let _ = self.grants.insert(device_code.clone(), grant);
        Ok(Opened {
            device_code,
            user_code,
        })
    }

    fn unused_user_code(&self, options: &Options) -> String {
        // At most 1,000 of at least 1,000,000 codes are taken: this ends.
        loop {
            let code = options
                .user_code_mask
                .fill(options.user_code_charset, &mut rand::rng());
            if !self.user_codes.contains_key(&Typed::new(&code)) {
                return code;
            }
        }
    }

    fn forget(&mut self, now: Moment) {
        self.grants.retain(|_, grant| !grant.is_forgotten(now));
        let grants = &self.grants;
        self.user_codes
            .retain(|_, device_code| grants.contains_key(device_code));
    }

    /// Answers a poll (RFC 8628 §3.5).
    pub(super) fn poll(
        &mut self,
        device_code: &str,
        verifier: Option<&str>,
        options: &Options,
        now: Moment,
    ) -> Polled {
        let Some(grant) = self.grants.get_mut(device_code) else {
            return Polled::Unknown;
        };
        match grant.poll(verifier, now) {
            Poll::Granted(account) => {
                let owner = Owner {
                    account,
                    granted: grant.request.granted.clone(),
                    for_api: grant.request.for_api,
                };
                let narrowed = grant.request.narrowed;
                let issued = Issued {
                    narrowed,
                    ..self.sessions.begin(owner, options, now)
                };
                Polled::Tokens(Box::new(issued))
            }
            other @ (Poll::Pending
            | Poll::SlowDown
            | Poll::Expired
            | Poll::Denied
            | Poll::Used
            | Poll::WrongVerifier) => Polled::Not(other),
        }
    }

    /// [`Sessions::refresh`]
    pub(super) fn refresh(
        &mut self,
        token: &str,
        asked: Option<&Granted>,
        options: &Options,
        now: Moment,
    ) -> Result<Issued, RefreshRefused> {
        self.sessions.refresh(token, asked, options, now)
    }

    /// [`Sessions::revoke`]
    pub(super) fn revoke(&mut self, token: &str) {
        self.sessions.revoke(token);
    }

    /// [`Sessions::owner`]
    pub(super) fn owner(&self, access_token: &str, now: Moment) -> Option<&Owner> {
        self.sessions.owner(access_token, now)
    }

    /// Looks a typed code up for somebody at `from`; an unknown one counts as a
    /// wrong try.
    pub(super) fn look(&mut self, typed: &Typed, from: IpAddr, now: Moment) -> Looked {
        if let Some(wait) = self.guesses.wait(from, now) {
            return Looked::TooMany(wait);
        }
        match self.look_again(typed, now) {
            Looked::Unknown => {
                self.guesses.wrong(from, now);
                self.guesses
                    .wait(from, now)
                    .map_or(Looked::Unknown, Looked::TooMany)
            }
            known @ (Looked::Open(_) | Looked::Expired | Looked::Settled | Looked::TooMany(_)) => {
                known
            }
        }
    }

    /// Looks a code up that the person has confirmed: no guess, so that a guesser in
    /// the same house doesn't hold them up.
    pub(super) fn look_again(&self, code: &Typed, now: Moment) -> Looked {
        let grant = self
            .user_codes
            .get(code)
            .and_then(|device_code| self.grants.get(device_code))
            .filter(|grant| !grant.is_forgotten(now));
        let Some(grant) = grant else {
            return Looked::Unknown;
        };
        match grant.standing(now) {
            Standing::Open => Looked::Open(Shown {
                user_code: grant.user_code.clone(),
                granted: grant.request.granted.clone(),
                from: grant.request.from,
                age: grant.age(now),
            }),
            Standing::Expired => Looked::Expired,
            Standing::Settled => Looked::Settled,
        }
    }

    /// Settles a grant by its user code.
    ///
    /// # Errors
    /// The standing that leaves nothing to settle.
    pub(super) fn decide(
        &mut self,
        code: &Typed,
        decision: Decision,
        now: Moment,
    ) -> Result<(), Standing> {
        let device_code = self.user_codes.get(code).ok_or(Standing::Expired)?;
        let grant = self.grants.get_mut(device_code).ok_or(Standing::Expired)?;
        grant.decide(decision, now)
    }
}
