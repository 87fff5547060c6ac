//! One device authorization, from the device request to the tokens: a pure state
//! machine (RFC 8628 §3).

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::account::Account;
use super::scope::Granted;
use crate::clock::Moment;

/// What the device asked for.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) granted: Granted,
    /// Whether other scopes were asked for than are granted.
    pub(super) narrowed: bool,
    /// Whether the API's identifier was named; without it the token serves
    /// `/userinfo` alone.
    pub(super) for_api: bool,
    /// The S256 challenge (RFC 7636 §4.2), where the device sent one.
    pub(super) code_challenge: Option<String>,
    /// Where the request came from, to show to the person.
    pub(super) from: IpAddr,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    Approved(Account),
    Denied,
    Used,
}

/// A device code and its user code.
pub(super) struct Grant {
    pub(super) request: Request,
    /// As it is shown.
    pub(super) user_code: String,
    issued: Moment,
    lifetime: Duration,
    interval: Duration,
    last_poll: Option<Moment>,
    state: State,
}

/// What a poll is answered (RFC 8628 §3.5).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Poll {
    Pending,
    SlowDown,
    Expired,
    Denied,
    /// The device code was exchanged before.
    Used,
    /// The PKCE verifier is missing or isn't the challenge's.
    WrongVerifier,
    Granted(Account),
}

/// What a person can do with a user code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It can be allowed or denied.
    Open,
    /// Its time is over.
    Expired,
    /// It was allowed or denied before.
    Settled,
}

/// What a person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Allow(Account),
    Deny,
}

impl Grant {
    pub(super) const fn new(
        request: Request,
        user_code: String,
        lifetime: Duration,
        interval: Duration,
        now: Moment,
    ) -> Self {
        Self {
            request,
            user_code,
            issued: now,
            lifetime,
            interval,
            last_poll: None,
            state: State::Pending,
        }
    }

    /// Answers a poll. An end is told at once; only waiting is paced, from one poll
    /// to the next. A poll that came too early counts as one, too.
    pub(super) fn poll(&mut self, verifier: Option<&str>, now: Moment) -> Poll {
        let last_poll = self.last_poll.replace(now);
        match self.state {
            State::Used => Poll::Used,
            State::Denied => Poll::Denied,
            State::Pending | State::Approved(_) if self.is_over(now) => Poll::Expired,
            State::Pending if last_poll.is_some_and(|last| now.since(last) < self.interval) => {
                Poll::SlowDown
            }
            State::Pending => Poll::Pending,
            State::Approved(_) if !self.proves(verifier) => Poll::WrongVerifier,
            State::Approved(account) => {
                self.state = State::Used;
                Poll::Granted(account)
            }
        }
    }

    /// What a person who enters the code is told.
    pub(super) fn standing(&self, now: Moment) -> Standing {
        match self.state {
            State::Pending if self.is_over(now) => Standing::Expired,
            State::Pending => Standing::Open,
            State::Approved(_) | State::Denied | State::Used => Standing::Settled,
        }
    }

    /// Settles it.
    ///
    /// # Errors
    /// The standing that leaves nothing to settle.
    pub(super) fn decide(&mut self, decision: Decision, now: Moment) -> Result<(), Standing> {
        match self.standing(now) {
            Standing::Open => {
                self.state = match decision {
                    Decision::Allow(account) => State::Approved(account),
                    Decision::Deny => State::Denied,
                };
                Ok(())
            }
            closed @ (Standing::Expired | Standing::Settled) => Err(closed),
        }
    }

    /// How long ago the device asked.
    pub(super) fn age(&self, now: Moment) -> Duration {
        now.since(self.issued)
    }

    /// Whether nobody needs to be told of it any more: a code's life after its end.
    pub(super) fn is_forgotten(&self, now: Moment) -> bool {
        self.age(now) >= self.lifetime * 2 + Duration::from_secs(60)
    }

    fn is_over(&self, now: Moment) -> bool {
        self.age(now) >= self.lifetime
    }

    fn proves(&self, verifier: Option<&str>) -> bool {
        match (&self.request.code_challenge, verifier) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(challenge), Some(verifier)) => *challenge == s256(verifier),
        }
    }
}

/// RFC 7636 §4.2.
fn s256(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(seconds))
    }

    fn grant(code_challenge: Option<&str>) -> Grant {
        let request = Request {
            granted: Granted::of("openid"),
            narrowed: false,
            for_api: true,
            code_challenge: code_challenge.map(str::to_owned),
            from: IpAddr::from([127, 0, 0, 1]),
        };
        Grant::new(
            request,
            "QTZL-MCBW".to_owned(),
            Duration::from_secs(900),
            Duration::from_secs(5),
            at(1000),
        )
    }

    #[test]
    fn the_first_poll_is_pending_and_so_is_each_that_keeps_the_interval() {
        let mut grant = grant(None);

        assert_eq!(grant.poll(None, at(1000)), Poll::Pending);
        assert_eq!(grant.poll(None, at(1005)), Poll::Pending);
        assert_eq!(grant.poll(None, at(1010)), Poll::Pending);
    }

    #[test]
    fn a_poll_before_the_interval_is_slowed_down_and_counts_as_a_poll() {
        let mut grant = grant(None);

        assert_eq!(grant.poll(None, at(1000)), Poll::Pending);
        assert_eq!(grant.poll(None, at(1004)), Poll::SlowDown);
        assert_eq!(grant.poll(None, at(1008)), Poll::SlowDown);
        assert_eq!(grant.poll(None, at(1013)), Poll::Pending);
    }

    #[test]
    fn an_approval_is_told_once() {
        let mut grant = grant(None);

        assert_eq!(
            grant.decide(Decision::Allow(Account::Ada), at(1001)),
            Ok(())
        );

        assert_eq!(grant.poll(None, at(1002)), Poll::Granted(Account::Ada));
        assert_eq!(grant.poll(None, at(1010)), Poll::Used);
    }

    #[test]
    fn a_denial_stays_one() {
        let mut grant = grant(None);

        assert_eq!(grant.decide(Decision::Deny, at(1001)), Ok(()));

        assert_eq!(grant.poll(None, at(1002)), Poll::Denied);
        assert_eq!(grant.poll(None, at(1007)), Poll::Denied);
    }

    #[test]
    fn a_code_ends_with_its_lifetime_whether_approved_or_not() {
        let mut pending = grant(None);
        let mut approved = grant(None);
        assert_eq!(
            approved.decide(Decision::Allow(Account::Ada), at(1899)),
            Ok(())
        );

        assert_eq!(pending.poll(None, at(1899)), Poll::Pending);
        assert_eq!(pending.poll(None, at(1900)), Poll::Expired);
        assert_eq!(approved.poll(None, at(1900)), Poll::Expired);
    }

    #[test]
    fn a_decision_can_be_made_once_and_in_time() {
        let mut settled = grant(None);
        assert_eq!(settled.decide(Decision::Deny, at(1001)), Ok(()));

        assert_eq!(
            settled.decide(Decision::Allow(Account::Ada), at(1002)),
            Err(Standing::Settled)
        );
        assert_eq!(
            grant(None).decide(Decision::Allow(Account::Ada), at(1900)),
            Err(Standing::Expired)
        );
    }

    #[test]
    fn a_challenge_asks_for_its_verifier() {
        // RFC 7636 appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let mut grant = grant(Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert_eq!(
            grant.decide(Decision::Allow(Account::Ada), at(1001)),
            Ok(())
        );

        assert_eq!(grant.poll(None, at(1002)), Poll::WrongVerifier);
        assert_eq!(grant.poll(Some("another"), at(1007)), Poll::WrongVerifier);
        assert_eq!(
            grant.poll(Some(verifier), at(1012)),
            Poll::Granted(Account::Ada)
        );
    }

    #[test]
    fn an_end_is_remembered_for_a_while_so_that_it_can_be_told() {
        assert!(!grant(None).is_forgotten(at(1000 + 1800)));
        assert!(grant(None).is_forgotten(at(1000 + 1860)));
    }
}
