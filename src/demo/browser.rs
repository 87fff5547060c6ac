//! The phone's browser: who is signed in there, and which code was confirmed.

use std::collections::HashMap;
use std::time::Duration;

use super::account::Account;
use super::random;
use super::user_code::Typed;
use crate::clock::Moment;

/// How long a browser that does nothing is remembered.
const IDLE: Duration = Duration::from_secs(3_600);
/// Browsers that are remembered at once.
const MOST: usize = 1_000;

/// Browsers by the value of their cookie.
#[derive(Default)]
pub(super) struct Browsers(HashMap<String, Browser>);

/// What is known of one.
#[derive(Clone)]
pub(super) struct Browser {
    /// Who is signed in.
    pub(super) account: Option<Account>,
    /// The code that the person saw on the TV, by their own word.
    pub(super) confirmed: Option<Typed>,
    seen: Moment,
}

impl Browser {
    /// One that nothing is known of.
    pub(super) const fn new(now: Moment) -> Self {
        Self {
            account: None,
            confirmed: None,
            seen: now,
        }
    }
}

impl Browsers {
    /// The browser with this cookie.
    pub(super) fn get(&mut self, cookie: &str, now: Moment) -> Option<&mut Browser> {
        let browser = self
            .0
            .get_mut(cookie)
            .filter(|browser| now.since(browser.seen) < IDLE)?;
        browser.seen = now;
        Some(browser)
    }

    /// A browser that is seen for the first time; gives its cookie.
    pub(super) fn welcome(&mut self, now: Moment) -> String {
        self.remember(Browser::new(now), now)
    }

    /// Signs `account` in under a new cookie, so that whoever planted the old one
    /// gains nothing.
    pub(super) fn sign_in(&mut self, cookie: &str, account: Account, now: Moment) -> String {
        let confirmed = self.0.remove(cookie).and_then(|browser| browser.confirmed);
        self.remember(
            Browser {
                account: Some(account),
                confirmed,
                seen: now,
            },
            now,
        )
    }

    fn remember(&mut self, browser: Browser, now: Moment) -> String {
        self.0.retain(|_, browser| now.since(browser.seen) < IDLE);
        if self.0.len() >= MOST
            && let Some(oldest) = self
                .0
                .iter()
                .min_by_key(|(_, browser)| browser.seen)
                .map(|(cookie, _)| cookie.clone())
        {
            let _ = self.0.remove(&oldest);
        }
        let cookie = random::token();
        let _ = self.0.insert(cookie.clone(), browser);
        cookie
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(seconds))
    }

    #[test]
    fn signing_in_changes_the_cookie_and_keeps_the_confirmed_code() {
        let mut browsers = Browsers::default();
        let before = browsers.welcome(at(0));
        browsers.get(&before, at(1)).unwrap().confirmed = Some(Typed::new("QTZL-MCBW"));

        let after = browsers.sign_in(&before, Account::Ada, at(2));

        assert!(browsers.get(&before, at(3)).is_none());
        let browser = browsers.get(&after, at(3)).unwrap();
        assert_eq!(browser.account, Some(Account::Ada));
        assert!(browser.confirmed == Some(Typed::new("QTZL-MCBW")));
    }

    #[test]
    fn a_browser_that_does_nothing_for_an_hour_is_forgotten() {
        let mut browsers = Browsers::default();
        let cookie = browsers.welcome(at(0));

        assert!(browsers.get(&cookie, at(3_599)).is_some());
        assert!(browsers.get(&cookie, at(3_599 + 3_600)).is_none());
    }

    #[test]
    fn no_more_than_so_many_are_remembered_and_the_newest_is_one() {
        let mut browsers = Browsers::default();
        for second in 0..MOST as u64 + 5 {
            let _ = browsers.welcome(at(second / 1000));
        }
        let newest = browsers.welcome(at(10));

        assert!(browsers.0.len() <= MOST);
        assert!(browsers.get(&newest, at(10)).is_some());
    }
}
