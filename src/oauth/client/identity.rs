//! Who the tokens belong to.

use std::time::Duration;

use url::Url;

use super::super::dpop::{self, Access};
use super::super::error::{Unavailable, Untrusted};
use super::super::id_token::{self, Expected, Keys};
use super::super::provider::Metadata;
use super::super::response::Answer;
use super::super::token::Tokens;
use super::super::userinfo;
use super::Client;
use crate::clock::Moment;
use crate::oauth::Who;
use crate::secret::Secret;

/// An unknown key is looked up anew at most this often.
const KEYS_COOL_DOWN: Duration = Duration::from_secs(60);
/// How long keys are relied on: one that was withdrawn is no good for ever.
const KEYS_GOOD_FOR: Duration = Duration::from_secs(24 * 3600);

/// What the userinfo endpoint tells.
enum UserInfo {
    Who(Who),
    /// Nothing, and that won't change.
    Nothing,
    /// No answer, or not its own.
    NothingYet,
}

#[derive(Debug)]
pub(super) struct Fetched {
    keys: Keys,
    at: Moment,
    /// When they were last asked for past caches.
    renewed: Option<Moment>,
}

/// Which keys are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Those that are known, unless they are old.
    Any,
    /// Newer ones: a token names one that isn't among them.
    Newer,
}

/// Why it can't be said who the tokens belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unverified {
    /// The provider's keys can't be fetched right now.
    Unreachable(Unavailable),
    /// There is no ID token, and the endpoint that would say who it is can't be had just
    /// now.
    Nameless,
    /// The ID token can't be judged just now, through no fault that is known to be
    /// its own: this machine's clock is wrong, or the keys have changed.
    Unsure(id_token::Error),
    /// The tokens can't be trusted.
    Untrusted(Untrusted),
}

impl Client {
    /// Says who `tokens` belong to: the ID token checked by the provider's keys,
    /// and the userinfo endpoint where that says too little. `key` is what they are bound
    /// to.
    ///
    /// # Errors
    /// [`Unverified`]
    pub async fn who(&self, tokens: &Tokens, key: Option<&dpop::Key>) -> Result<Who, Unverified> {
        let who = self.proven(tokens).await?.unwrap_or_default();
        if who.name.is_some() || who.email.is_some() {
            return Ok(who);
        }
        match self.userinfo(tokens, key, &who).await {
            UserInfo::Who(told) => Ok(told),
            UserInfo::Nothing => Ok(who),
            // A session without a name is a session. One without a person may be anybody's.
            UserInfo::NothingYet if who.subject.is_some() => Ok(who),
            UserInfo::NothingYet => Err(Unverified::Nameless),
        }
    }

    /// Says whom the ID token names, as far as there is one; the userinfo endpoint isn't
    /// asked.
    ///
    /// # Errors
    /// [`Unverified`]
    pub async fn proven(&self, tokens: &Tokens) -> Result<Option<Who>, Unverified> {
        match &tokens.id_token {
            Some(id_token) => self.verified(id_token).await.map(Some),
            None => Ok(None),
        }
    }

    async fn verified(&self, id_token: &Secret) -> Result<Who, Unverified> {
        let metadata = self.metadata().await;
        let metadata = metadata.map_err(|why| Unverified::Unreachable(why.into()))?;
        let keys = self.keys(&metadata, Wanted::Any).await?;
        let verified = match id_token::verify(id_token, &keys, self.expected(&metadata)) {
            Err(id_token::Error::UnknownKey) => {
                let keys = self.keys(&metadata, Wanted::Newer).await?;
                id_token::verify(id_token, &keys, self.expected(&metadata))
            }
            result @ (Ok(_) | Err(_)) => result,
        };
        verified.map_err(|why| match why {
            id_token::Error::UnknownKey
            | id_token::Error::Clock(_)
            | id_token::Error::Expired
            | id_token::Error::FromTheFuture => Unverified::Unsure(why),
            // Discovery would say which issuer it is.
            id_token::Error::Invalid(_)
                if !metadata.whole && !self.provider.preset.issuers.is_empty() =>
            {
                Unverified::Unreachable(Unavailable::IdToken(why))
            }
            id_token::Error::Invalid(_) => Unverified::Untrusted(Untrusted::IdToken(why)),
        })
    }

    fn expected<'a>(&'a self, metadata: &'a Metadata) -> Expected<'a> {
        Expected {
            issuer: &metadata.issuer,
            preset: &self.provider.preset,
            client_id: &self.provider.client_id,
            now: self.clock.wall(),
            ahead: self.ahead(),
        }
    }

    /// The provider's keys. Newer ones are asked for past caches, also where the known ones
    /// came a moment ago: a cache on the way may have had them for long. No flood of tokens
    /// makes that a flood of requests.
    async fn keys(&self, metadata: &Metadata, wanted: Wanted) -> Result<Keys, Unverified> {
        let mut known = self.keys.lock().await;
        let now = self.clock.now();
        let is_good = |one: &&Fetched| match wanted {
            Wanted::Any => now.since(one.at) < KEYS_GOOD_FOR,
            Wanted::Newer => one.renewed.is_some_and(|at| now.since(at) < KEYS_COOL_DOWN),
        };
        if let Some(fetched) = known.as_ref().filter(is_good) {
            return Ok(fetched.keys.clone());
        }
        let Some(uri) = &metadata.jwks_uri else {
            return Err(if metadata.whole {
                Unverified::Untrusted(Untrusted::NoKeys)
            } else {
                Unverified::Unreachable(Unavailable::KeysNotFound)
            });
        };
        let (headers, renewed) = match wanted {
            Wanted::Any => (Vec::new(), known.as_ref().and_then(|one| one.renewed)),
            Wanted::Newer => {
                let header = ("Cache-Control".to_owned(), Secret::new("no-cache"));
                (vec![header], Some(now))
            }
        };
        let keys = match self.get(uri.url(), &headers).await {
            Ok(answer) if answer.status == 200 => Keys::parse(&answer.body),
            Ok(answer) => Err(Unavailable::KeysStatus(answer.status)),
            Err(why) => Err(why.into()),
        };
        match (keys, known.as_mut(), wanted) {
            (Ok(keys), _, _) => {
                *known = Some(Fetched {
                    keys: keys.clone(),
                    at: now,
                    renewed,
                });
                Ok(keys)
            }
            // Old keys are better than none; an unknown one is still asked for.
            (Err(_), Some(old), Wanted::Any) => Ok(old.keys.clone()),
            (Err(why), _, _) => Err(Unverified::Unreachable(why)),
        }
    }

    async fn userinfo(&self, tokens: &Tokens, key: Option<&dpop::Key>, who: &Who) -> UserInfo {
        let preset = &self.provider.preset;
        let is_openid = self.provider.scopes().any(|scope| scope == "openid");
        if !is_openid && preset.who.is_none() {
            return UserInfo::Nothing;
        }
        let Ok(metadata) = self.metadata().await else {
            return UserInfo::NothingYet;
        };
        let Some(endpoint) = &metadata.userinfo_endpoint else {
            return if metadata.whole {
                UserInfo::Nothing
            } else {
                UserInfo::NothingYet
            };
        };
        let access = Access {
            token: tokens.access_token.clone(),
            key: key.cloned(),
            ahead: self.ahead().unwrap_or_default(),
        };
        let headers = self.asker(metadata.client_auth).headers();
        let mut answer = self.get_with(endpoint.url(), &headers, &access).await;
        // RFC 9449 §9: here the wish for a nonce stands in a header alone.
        if answer.as_ref().is_ok_and(|answer| {
            answer.status == 401 && key.is_some() && answer.dpop_nonce.is_some()
        }) {
            answer = self.get_with(endpoint.url(), &headers, &access).await;
        }
        let Ok(answer) = answer else {
            return UserInfo::NothingYet;
        };
        let told = match &preset.who {
            Some(pointers) => userinfo::by_pointers(&answer.body, pointers, who.subject.as_deref()),
            None => userinfo::by_claims(&answer.body, who.subject.as_deref()),
        };
        match (answer.status, told) {
            (200, Some(told)) => UserInfo::Who(told),
            (400..=499, _) if !matches!(answer.status, 408 | 425 | 429) => UserInfo::Nothing,
            (200, None) if userinfo::is_answer(&answer.body) => UserInfo::Nothing,
            _ => UserInfo::NothingYet,
        }
    }

    async fn get_with(
        &self,
        url: &Url,
        headers: &[(String, Secret)],
        access: &Access,
    ) -> Result<Answer, Unavailable> {
        let nonce = self.nonces.of(url);
        let proof = access.proof("GET", url, nonce.as_deref(), self.clock.wall())?;
        let headers: Vec<_> = headers
            .iter()
            .cloned()
            .chain([("Authorization".to_owned(), access.authorization())])
            .chain(proof.map(|proof| ("DPoP".to_owned(), proof)))
            .collect();
        let answer = self.get(url, &headers).await?;
        self.nonces.hear(url, answer.dpop_nonce.as_deref());
        Ok(answer)
    }
}
