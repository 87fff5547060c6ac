//! Asks a question in the way in which the provider recognises the client.

use url::Url;

use super::super::answer::Answer;
use super::super::client_auth::{self, Verdict};
use super::super::dpop;
use super::super::error::Unavailable;
use super::super::request::{Asker, Request};
use super::Client;
use crate::config::preset::ClientAuth;

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
