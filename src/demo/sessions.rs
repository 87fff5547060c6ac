//! What approvals led to: sessions with their refresh tokens and access tokens. What is over is
//! forgotten, and there is a limit to what isn't. Time is an argument.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::account::Account;
use super::family::{Exchange, Family, Generation};
use super::options::Options;
use super::random;
use super::scope::{Granted, Scope};
use crate::clock::Moment;

/// Sessions that are remembered at once.
const MOST: usize = 1_000;
/// Tokens of each kind that are remembered of a session.
const MOST_TOKENS: usize = 64;
/// How long a session whose tokens nobody refreshes is remembered: as long as the longest
/// access token lives.
const IDLE: Duration = Duration::from_secs(30 * 86_400);

#[derive(Default)]
pub(super) struct Sessions {
    sessions: HashMap<SessionId, Session>,
    /// Refresh tokens that were given, used ones as well, so that a second use is known as one.
    refresh_tokens: HashMap<String, (SessionId, Generation)>,
    access_tokens: HashMap<String, Access>,
    last: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct SessionId(u64);

/// One approval and the tokens that come from it, the newest last.
struct Session {
    family: Family,
    owner: Owner,
    ends: Moment,
    used: Moment,
    refresh_tokens: VecDeque<String>,
    access_tokens: VecDeque<String>,
}

/// Whose a token is and what it is good for.
#[derive(Clone)]
pub(super) struct Owner {
    pub(super) account: Account,
    pub(super) granted: Granted,
    pub(super) for_api: bool,
}

struct Access {
    owner: Owner,
    session: SessionId,
    ends: Moment,
}

/// Tokens as they are handed out.
pub(super) struct Issued {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) owner: Owner,
    /// Whether the scopes are others than were asked for.
    pub(super) narrowed: bool,
}

/// Why a refresh gives nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RefreshRefused {
    /// Unknown, signed out, or used twice.
    Grant,
    /// It asks for scopes that weren't granted.
    Scope,
}

impl Sessions {
    /// Begins one.
    pub(super) fn begin(&mut self, owner: Owner, options: &Options, now: Moment) -> Issued {
        self.forget(now);
        if self.sessions.len() >= MOST {
            let least_used = self.sessions.iter().min_by_key(|(_, session)| session.used);
            if let Some(id) = least_used.map(|(&id, _)| id) {
                self.end(id);
            }
        }
        self.last += 1;
        let id = SessionId(self.last);
        let (family, first) = Family::begin(now);
        let _ = self.sessions.insert(
            id,
            Session {
                family,
                owner: owner.clone(),
                ends: now + options.token_lifetime(),
                used: now,
                refresh_tokens: VecDeque::new(),
                access_tokens: VecDeque::new(),
            },
        );
        let generation = owner.granted.has(Scope::OfflineAccess).then_some(first);
        self.issue(id, owner, generation, options, now)
    }

    fn issue(
        &mut self,
        id: SessionId,
        owner: Owner,
        generation: Option<Generation>,
        options: &Options,
        now: Moment,
    ) -> Issued {
        let access_token = random::token();
        let refresh_token = generation.map(|_| random::token());
        let ends = now + options.token_lifetime();
        let access = Access {
            owner: owner.clone(),
            session: id,
            ends,
        };
        let _ = self.access_tokens.insert(access_token.clone(), access);
        if let (Some(token), Some(generation)) = (&refresh_token, generation) {
            let _ = self.refresh_tokens.insert(token.clone(), (id, generation));
        }
        if let Some(session) = self.sessions.get_mut(&id) {
            session.used = now;
            session.access_tokens.push_back(access_token.clone());
            if let Some(token) = &refresh_token {
                session.ends = now + IDLE;
                session.refresh_tokens.push_back(token.clone());
            }
            for token in beyond_the_limit(&mut session.access_tokens) {
                let _ = self.access_tokens.remove(&token);
            }
            for token in beyond_the_limit(&mut session.refresh_tokens) {
                let _ = self.refresh_tokens.remove(&token);
            }
        }
        Issued {
            access_token,
            refresh_token,
            owner,
            narrowed: false,
        }
    }

    /// Exchanges a refresh token (RFC 6749 §6); `asked` may narrow the scopes.
    ///
    /// # Errors
    /// [`RefreshRefused`]
    pub(super) fn refresh(
        &mut self,
        token: &str,
        asked: Option<&Granted>,
        options: &Options,
        now: Moment,
    ) -> Result<Issued, RefreshRefused> {
        self.forget(now);
        let &(id, generation) = self
            .refresh_tokens
            .get(token)
            .ok_or(RefreshRefused::Grant)?;
        let session = self.sessions.get_mut(&id).ok_or(RefreshRefused::Grant)?;
        let mut owner = session.owner.clone();
        if let Some(asked) = asked {
            if !owner.granted.covers(asked) {
                return Err(RefreshRefused::Scope);
            }
            owner.granted = asked.clone();
        }
        let overlap = options.rotation_overlap();
        match session.family.exchange(generation, overlap, now) {
            Exchange::Token(next) => Ok(self.issue(id, owner, Some(next), options, now)),
            Exchange::Reuse | Exchange::Ended => {
                self.end(id);
                Err(RefreshRefused::Grant)
            }
        }
    }

    /// Revokes a token of either kind (RFC 7009 §2); an unknown one is none.
    pub(super) fn revoke(&mut self, token: &str) {
        match self.refresh_tokens.get(token) {
            Some(&(id, _)) => self.end(id),
            None => drop(self.access_tokens.remove(token)),
        }
    }

    /// Whose a bearer token is.
    pub(super) fn owner(&self, access_token: &str, now: Moment) -> Option<&Owner> {
        self.access_tokens
            .get(access_token)
            .filter(|access| now < access.ends)
            .map(|access| &access.owner)
    }

    fn end(&mut self, id: SessionId) {
        let _ = self.sessions.remove(&id);
        self.access_tokens.retain(|_, access| access.session != id);
        self.refresh_tokens.retain(|_, (of, _)| *of != id);
    }

    fn forget(&mut self, now: Moment) {
        self.sessions.retain(|_, session| now < session.ends);
        let sessions = &self.sessions;
        self.access_tokens
            .retain(|_, access| now < access.ends && sessions.contains_key(&access.session));
        self.refresh_tokens
            .retain(|_, (id, _)| sessions.contains_key(id));
    }
}

fn beyond_the_limit(tokens: &mut VecDeque<String>) -> Vec<String> {
    let count = tokens.len().saturating_sub(MOST_TOKENS);
    tokens.drain(..count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::from_boot(Duration::from_secs(seconds))
    }

    fn owner(scope: &str) -> Owner {
        Owner {
            account: Account::Ada,
            granted: Granted::of(scope),
            for_api: true,
        }
    }

    fn counts(sessions: &Sessions) -> (usize, usize, usize) {
        (
            sessions.sessions.len(),
            sessions.refresh_tokens.len(),
            sessions.access_tokens.len(),
        )
    }

    fn a_minute() -> Options {
        Options {
            token_lifetime: 60,
            ..Options::default()
        }
    }

    #[test]
    fn a_session_without_a_refresh_token_is_forgotten_with_its_access_token() {
        let mut sessions = Sessions::default();
        let _ = sessions.begin(owner("openid"), &a_minute(), at(0));
        assert_eq!(counts(&sessions), (1, 0, 1));

        let _ = sessions.begin(owner("openid"), &a_minute(), at(60));

        assert_eq!(counts(&sessions), (1, 0, 1));
    }

    #[test]
    fn a_session_that_nobody_refreshes_for_a_month_is_forgotten_with_all_its_tokens() {
        let mut sessions = Sessions::default();
        let old = sessions.begin(owner("openid offline_access"), &a_minute(), at(0));
        let month = IDLE.as_secs();

        let new = sessions.begin(owner("openid offline_access"), &a_minute(), at(month));

        assert_eq!(counts(&sessions), (1, 1, 1));
        let refresh = |sessions: &mut Sessions, issued: &Issued| {
            let token = issued.refresh_token.as_deref().unwrap();
            sessions.refresh(token, None, &a_minute(), at(month)).err()
        };
        assert_eq!(refresh(&mut sessions, &old), Some(RefreshRefused::Grant));
        assert_eq!(refresh(&mut sessions, &new), None);
    }

    #[test]
    fn a_session_that_ended_leaves_nothing() {
        let mut sessions = Sessions::default();
        let revoked = sessions.begin(owner("openid offline_access"), &a_minute(), at(0));
        let stolen = sessions.begin(owner("openid offline_access"), &a_minute(), at(0));
        let stolen = stolen.refresh_token.unwrap();
        assert!(sessions.refresh(&stolen, None, &a_minute(), at(1)).is_ok());

        sessions.revoke(&revoked.refresh_token.unwrap());
        assert!(
            sessions
                .refresh(&stolen, None, &a_minute(), at(100))
                .is_err()
        );

        assert_eq!(counts(&sessions), (0, 0, 0));
    }

    #[test]
    fn a_loop_of_refreshes_or_of_sign_ins_fills_no_memory() {
        let mut sessions = Sessions::default();
        let options = Options::default();
        let mut token = sessions
            .begin(owner("openid offline_access"), &options, at(0))
            .refresh_token
            .unwrap();
        for _ in 0..500 {
            let issued = sessions.refresh(&token, None, &options, at(1));
            token = issued.ok().unwrap().refresh_token.unwrap();
        }
        assert_eq!(counts(&sessions), (1, MOST_TOKENS, MOST_TOKENS));

        for second in 0..MOST as u64 + 100 {
            let _ = sessions.begin(owner("openid"), &options, at(2 + second));
        }

        assert_eq!(
            counts(&sessions),
            (MOST, 0, MOST),
            "the least used went first"
        );
    }
}
