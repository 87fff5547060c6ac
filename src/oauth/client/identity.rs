//! Who the tokens belong to.

use std::time::Duration;

use url::Url;

use super::super::answer::Answer;
use super::super::dpop::{self, Access};
use super::super::http::Failure;
use super::super::id_token::{self, Expected, Keys};
use super::super::token::Tokens;
use super::super::userinfo;
use super::{Client, sentence};
use crate::clock::Moment;
use crate::secret::Secret;
use crate::session::Who;

/// An unknown key is looked up anew at most this often.
const KEYS_COOL_DOWN: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Fetched {
    keys: Keys,
    at: Moment,
}

/// Why it can't be said who the tokens belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unverified {
    /// The provider's keys can't be had just now: in words.
    Unreachable(String),
    /// The ID token can't be judged just now, through no fault that is known to be
    /// its own: this machine's clock is wrong, or the keys have changed. In words.
    Unsure(String),
    /// The tokens can't be trusted: in words.
    Untrusted(String),
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
        Ok(self.userinfo(tokens, key, &who).await.unwrap_or(who))
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
        let (keys, fresh) = self.keys(false).await?;
        let issuer = self.issuer().await?;
        match id_token::verify(id_token, &keys, self.expected(&issuer)) {
            Err(id_token::Error::UnknownKey) if !fresh => {
                let (keys, _) = self.keys(true).await?;
                id_token::verify(id_token, &keys, self.expected(&issuer))
            }
            result @ (Ok(_) | Err(_)) => result,
        }
        .map_err(|why| match why {
            id_token::Error::UnknownKey | id_token::Error::Clock(_) | id_token::Error::Time(_) => {
                Unverified::Unsure(why.to_string())
            }
            id_token::Error::Invalid(_) => Unverified::Untrusted(why.to_string()),
        })
    }

    async fn issuer(&self) -> Result<String, Unverified> {
        let metadata = self.metadata().await;
        metadata
            .map(|metadata| metadata.issuer)
            .map_err(|end| Unverified::Unreachable(end.to_string()))
    }

    fn expected<'a>(&'a self, issuer: &'a str) -> Expected<'a> {
        Expected {
            issuer,
            preset: &self.provider.preset,
            client_id: &self.provider.client_id,
            now: self.clock.wall(),
            ahead: self.ahead(),
        }
    }

    /// The provider's keys, and whether they were fetched just now. `renew` fetches
    /// them again, unless that was done a moment ago.
    async fn keys(&self, renew: bool) -> Result<(Keys, bool), Unverified> {
        let mut known = self.keys.lock().await;
        let now = self.clock.now();
        if let Some(fetched) = known.as_ref()
            && (!renew || now.since(fetched.at) < KEYS_COOL_DOWN)
        {
            return Ok((fetched.keys.clone(), false));
        }
        let metadata = self
            .metadata()
            .await
            .map_err(|end| Unverified::Unreachable(end.to_string()))?;
        let Some(uri) = metadata.jwks_uri else {
            return Err(Unverified::Untrusted(
                "The provider doesn't publish its keys: set provider.jwks_uri, or leave “openid” out of provider.scope."
                    .to_owned(),
            ));
        };
        let answer = self
            .http
            .get(uri.url(), &[])
            .await
            .map_err(|f| Unverified::Unreachable(sentence(&f)))?;
        let keys = match answer.status {
            200 => Keys::parse(&answer.body),
            status => Err(format!("the provider's keys can't be had (HTTP {status})")),
        }
        .map_err(|words| Unverified::Unreachable(sentence(&Failure(words))))?;
        *known = Some(Fetched {
            keys: keys.clone(),
            at: now,
        });
        Ok((keys, true))
    }

    /// Not fatal: a session without a name is a session.
    async fn userinfo(&self, tokens: &Tokens, key: Option<&dpop::Key>, who: &Who) -> Option<Who> {
        let preset = &self.provider.preset;
        let metadata = self.metadata().await.ok()?;
        let endpoint = metadata.userinfo_endpoint.as_ref()?;
        let is_openid = self.provider.scopes().any(|scope| scope == "openid");
        if !is_openid && preset.who.is_none() {
            return None;
        }
        let access = Access {
            token: tokens.access_token.clone(),
            key: key.cloned(),
        };
        let headers = self.asker(&metadata).headers();
        let mut answer = self
            .get_with(endpoint.url(), &headers, &access)
            .await
            .ok()?;
        // RFC 9449 §9: here the wish for a nonce stands in a header alone.
        if answer.status == 401 && key.is_some() && answer.dpop_nonce.is_some() {
            answer = self
                .get_with(endpoint.url(), &headers, &access)
                .await
                .ok()?;
        }
        if answer.status != 200 {
            return None;
        }
        match &preset.who {
            Some(pointers) => userinfo::by_pointers(&answer.body, pointers),
            None => userinfo::by_claims(&answer.body, who.subject.as_deref()),
        }
    }

    async fn get_with(
        &self,
        url: &Url,
        headers: &[(String, Secret)],
        access: &Access,
    ) -> Result<Answer, Failure> {
        let nonce = self.nonces.of(url);
        let proof = access
            .proof("GET", url, nonce.as_deref(), self.providers_now())
            .map_err(Failure)?;
        let headers: Vec<_> = headers
            .iter()
            .cloned()
            .chain([("Authorization".to_owned(), access.authorization())])
            .chain(proof.map(|proof| ("DPoP".to_owned(), proof)))
            .collect();
        let answer = self.http.get(url, &headers).await?;
        self.nonces.hear(url, answer.dpop_nonce.as_deref());
        Ok(answer)
    }
}
