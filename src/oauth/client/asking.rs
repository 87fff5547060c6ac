//! Asks a question in the way in which the provider recognises the client.

use url::Url;

use super::super::answer::Answer;
use super::super::client_auth::{self, Unrecognised, Verdict};
use super::super::dpop;
use super::super::error::Unavailable;
use super::super::request::{Asker, Request};
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
    /// What the token endpoint says of this client. Some providers give codes to anybody
    /// (Dex, Zitadel); a refresh of a token that doesn't exist shows it, and uses nothing up.
    pub async fn recognition(&self) -> Verdict {
        self.recognition_with(self.secret.as_ref()).await
    }

    /// Why the provider doesn't recognise this client, after it refused it.
    pub async fn unrecognised(&self) -> Unrecognised {
        let has_secret = self.secret.is_some();
        let without_secret = if has_secret {
            self.recognition_with(None).await
        } else {
            Verdict::Refused
        };
        client_auth::unrecognised(has_secret, without_secret)
    }

    async fn recognition_with(&self, secret: Option<&Secret>) -> Verdict {
        // Where the client isn't named by its own parameters, no secret is looked for.
        if !self.provider.preset.client.is_empty() {
            return Verdict::Unknown;
        }
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
        let second = self.post_proven(to.url, &other, to.key).await?;
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
