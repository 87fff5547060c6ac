//! The power is cut at random moments of one renewal after the other, with nothing in between
//! that would mend what a cut has broken.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tenfoot::session::store::Store as _;

use super::tv::Tv;

/// How often, unless `TENFOOT_POWER_CUTS` says otherwise.
const TIMES: u64 = 1000;

/// What a cut came after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum After {
    /// Nothing that would be seen.
    Nothing,
    /// The provider had rotated the token, and the old one is stored.
    Rotated,
    /// The newest token was stored.
    Stored,
    /// The program had ended.
    TheEnd,
}

/// How often, and by which luck: `TENFOOT_SEED`, or another one each time.
pub(crate) fn times_and_seed() -> (u64, u64) {
    let set = |name| std::env::var(name).ok().map(|text| text.parse().unwrap());
    let times = set("TENFOOT_POWER_CUTS").unwrap_or(TIMES);
    (times, set("TENFOOT_SEED").unwrap_or_else(rand::random))
}

/// Cuts so often, and says after what. Fails as soon as the next start would have no session
/// that the provider takes.
pub(crate) fn cut(tv: &Tv, times: u64, seed: u64) -> BTreeMap<After, u64> {
    let mut luck = StdRng::seed_from_u64(seed);
    tv.sign_in();
    let mut renewals: Vec<_> = (0..5).map(|_| tv.renewed_in()).collect();
    renewals.sort_unstable();
    let mut came = BTreeMap::new();
    for number in 0..times {
        let moment = renewals[2].mul_f64(luck.random_range(0.0..1.1));
        let after = tv.cut_after(moment, number);
        *came.entry(after).or_default() += 1;
    }
    came
}

impl Tv {
    /// How long a good renewal takes.
    fn renewed_in(&self) -> Duration {
        self.an_hour_passes();
        let began = Instant::now();
        assert_eq!(self.fetch().code, 0);
        began.elapsed()
    }

    /// The access token ends.
    fn an_hour_passes(&self) {
        let mut session = self.store.load().unwrap().unwrap();
        session.obtained_at -= SignedDuration::from_hours(1);
        session.expires_at = Some(session.obtained_at + SignedDuration::from_secs(1));
        self.store.save(&session).unwrap();
    }

    fn cut_after(&self, moment: Duration, number: u64) -> After {
        self.an_hour_passes();
        let before = (self.number(), self.provider.newest());
        let mut fetch = self.machine.command(&["fetch", "Things"]);
        let mut fetch = fetch
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moment);
        let has_ended = fetch.try_wait().unwrap();
        fetch.kill().unwrap();
        fetch.wait().unwrap();

        let now = (self.number(), self.provider.newest());
        let words = format!("cut {number}, after {moment:?}: {before:?}, {now:?} (stored, newest)");
        assert!(!self.provider.has_ended(), "{words}");
        assert!(now.0 == now.1 || now.0 + 1 == now.1, "{words}");
        if let Some(status) = has_ended {
            assert!(status.success() && now.0 == now.1, "{words}: {status}");
            return After::TheEnd;
        }
        if now == before {
            After::Nothing
        } else if now.0 < now.1 {
            After::Rotated
        } else {
            After::Stored
        }
    }

    /// Of the stored refresh token.
    fn number(&self) -> u64 {
        let session = self.store.load().unwrap().expect("the session is there");
        let token = session.refresh_token.unwrap().expose().to_owned();
        token.strip_prefix("refresh-").unwrap().parse().unwrap()
    }
}
