//! Asks a question in the way in which the provider recognises the client.

use url::Url;

use super::super::client_auth::{self, Verdict};
use super::super::dpop;
use super::super::error::{Reason, Refusal, Unavailable};
use super::super::request::{Asker, Request};
use super::super::response::{self, Answer, Refresh};
use super::Client;
use crate::config::preset::ClientAuth;
use crate::secret::Secret;

/// A refresh token that no provider has given.
const NO_TOKEN: &str = "tenfoot-asks-whether-this-client-is-known";

/// Where a question goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Destination<'a> {
    pub(super) url: &'a Url,
    /// How the secret is sent first, as far as is known beforehand.
    pub(super) client_auth: ClientAuth,
    /// What the tokens are bound to.
    pub(super) key: Option<&'a dpop::Key>,
}

impl Client {
    /// Why the token endpoint doesn't recognise this client, where it doesn't. Some providers
    /// give codes to anybody (Dex, Zitadel); a refresh of a token that doesn't exist shows
    /// it, and uses nothing up.
    pub async fn refusal_of_client(&self) -> Option<Refusal> {
        // Where the client isn't named by its own parameters, no secret is looked for.
        if !self.provider.preset.client.is_empty() {
            return None;
        }
        match self.refresh(&Secret::new(NO_TOKEN), None).await {
            Refresh::Refused(refusal) | Refresh::Unclear(refusal) => {
                Some(refusal).filter(|refusal| refusal.reason.is_about_the_client())
            }
            Refresh::Tokens(_) | Refresh::Busy(_) | Refresh::Nothing(_) => None,
        }
    }

    /// A refusal with what can be found out about the client's secret: whether it is missing,
    /// wrong or needless.
    pub(super) async fn explained(&self, refusal: Refusal, answer: &Answer) -> Refusal {
        let verdict = client_auth::verdict(answer, &self.provider.preset);
        let is_open = refusal.reason == Reason::UnknownClient
            && verdict == Verdict::Refused
            && !response::names_unknown_client(answer);
        let reason = match &self.secret {
            Some(_) if is_open => client_auth::refused_secret(self.recognition_with(None).await),
            None if is_open && answer.status == 401 => Reason::SecretMissing,
            Some(_) | None => refusal.reason,
        };
        Refusal { reason, ..refusal }
    }

    async fn recognition_with(&self, secret: Option<&Secret>) -> Verdict {
        let Ok(metadata) = self.metadata().await else {
            return Verdict::Unknown;
        };
        let to = Destination {
            url: metadata.token_endpoint.url(),
            client_auth: metadata.client_auth,
            key: None,
        };
        let token = Secret::new(NO_TOKEN);
        let question = |asker: Asker<'_>| {
            Asker {
                provider: asker.provider,
                secret,
                client_auth: asker.client_auth,
            }
            .refresh(&token)
        };
        match self.ask(to, question).await {
            Ok(answer) => client_auth::verdict(&answer, &self.provider.preset),
            Err(_) => Verdict::Unknown,
        }
    }

    /// Asks, and where the provider doesn't recognise the client, once more by the other
    /// method: it didn't look at what was asked then, so no code and no token is used twice.
    pub(super) async fn ask(
        &self,
        to: Destination<'_>,
        question: impl Fn(Asker<'_>) -> Request,
    ) -> Result<Answer, Unavailable> {
        let forced = self.provider.client_auth;
        let method = forced
            .or_else(|| self.methods.of(to.url))
            .unwrap_or(to.client_auth);
        let request = question(self.asker(method));
        let answer = self.post_proven(to.url, &request, to.key).await?;
        let verdict = client_auth::verdict(&answer, &self.provider.preset);
        if verdict == Verdict::Accepted {
            self.methods.accepted(to.url);
        }
        let other = question(self.asker(method.other()));
        // Without a secret there is nothing to send elsewhere.
        let is_different = other != request;
        if forced.is_some() || !is_different || !self.methods.may_switch(to.url, verdict) {
            return Ok(answer);
        }
        let second = match self.post_proven(to.url, &other, to.key).await {
            Ok(second) => second,
            // What the provider said stands, whatever became of the second try.
            Err(_) if verdict == Verdict::Refused => return Ok(answer),
            Err(why) => return Err(why),
        };
        match (
            verdict,
            client_auth::verdict(&second, &self.provider.preset),
        ) {
            (_, Verdict::Accepted) => {
                tracing::debug!(path = to.url.path(), method = ?method.other(), "client recognised");
                self.methods.switched(to.url, method.other());
                Ok(second)
            }
            (Verdict::Malformed, Verdict::Refused) | (_, Verdict::Unknown) => Ok(second),
            (_, Verdict::Refused | Verdict::Malformed) => Ok(answer),
        }
    }
}
