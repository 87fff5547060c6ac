//! Asks the provider the questions of the device flow and reads its answers.

mod asking;
mod discovery;
mod identity;

use std::sync::Mutex as StdMutex;
use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use super::client_auth::Methods;
use super::dpop::{self, Nonces};
use super::error::{Misconfiguration, NotRevoked, Reason, Refusal, Unavailable};
use super::flow::End;
use super::http::Http;
use super::id_token;
use super::provider;
use super::request::{Asker, Request};
use super::response::{self, Answer, DeviceGrant, Poll, Refresh};
use super::token::Tokens;
use crate::clock::{Moment, SharedClock};
use crate::config;
use crate::config::preset::{ClientAuth, TokenKind};
use crate::secret::{self, Secret};
use crate::web::{RequestError, TransportError, Web};

use asking::Destination;
use discovery::Known;
use identity::Fetched;
pub use identity::Unverified;

/// How long a sign-out waits for the provider.
const REVOCATION_TIMEOUT: Duration = Duration::from_secs(5);

/// One provider and this client of it.
#[derive(Debug)]
pub struct Client {
    provider: config::Provider,
    secret: Option<Secret>,
    http: Http,
    clock: SharedClock,
    metadata: Mutex<Option<Known>>,
    keys: Mutex<Option<Fetched>>,
    nonces: Nonces,
    /// How the client is recognised.
    methods: Methods,
    /// The provider's time at its last answer that said one, and when that was.
    dated: StdMutex<Option<(Timestamp, Moment)>>,
}

/// A code that this client asked for, with what proves at the token endpoint that
/// it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What the provider gave.
    pub device: DeviceGrant,
    /// RFC 7636 §4.1, where it is used.
    pub verifier: Option<Secret>,
    /// What the tokens are to be bound to, where they are (RFC 9449).
    pub key: Option<dpop::Key>,
}

impl Client {
    /// A client of `provider`.
    ///
    /// # Errors
    /// [`Misconfiguration::SecretFile`]
    pub fn new(provider: config::Provider, clock: SharedClock) -> Result<Self, Misconfiguration> {
        Ok(Self {
            secret: secret_of(&provider)?,
            provider,
            http: Http::default(),
            clock,
            metadata: Mutex::new(None),
            keys: Mutex::new(None),
            nonces: Nonces::default(),
            methods: Methods::default(),
            dated: StdMutex::new(None),
        })
    }

    /// The same with requests that go through `web`.
    #[must_use]
    pub fn with_web(self, web: Web) -> Self {
        Self {
            http: Http { web },
            ..self
        }
    }

    /// What its requests go through.
    #[must_use]
    pub const fn web(&self) -> &Web {
        &self.http.web
    }

    /// The provider's configuration.
    #[must_use]
    pub const fn provider(&self) -> &config::Provider {
        &self.provider
    }

    /// Asks for a code (RFC 8628 §3.1).
    ///
    /// # Errors
    /// [`End`]: why there is none.
    pub async fn device_authorization(&self) -> Result<Grant, End> {
        let metadata = self.metadata().await?;
        let key = self
            .provider
            .dpop
            .then(dpop::Key::generate)
            .transpose()
            .map_err(|why| End::Misconfigured(Misconfiguration::Dpop(why)))?;
        let verifier = self
            .provider
            .pkce
            .then(|| Secret::new(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())));
        let challenge = verifier.as_ref().map(|verifier| {
            URL_SAFE_NO_PAD.encode(digest::digest(
                &digest::SHA256,
                verifier.expose().as_bytes(),
            ))
        });
        let to = Destination {
            url: metadata.device_authorization_endpoint.url(),
            client_auth: metadata.client_auth,
            key: None,
        };
        let answer = self
            .ask(to, |asker| asker.device(challenge.as_deref()))
            .await
            .map_err(End::Unreachable)?;
        let device = match response::device(&answer, &self.provider.preset, self.clock.wall()) {
            Err(End::NoCode(refusal)) => {
                return Err(End::NoCode(self.explained(refusal, &answer).await));
            }
            read => read?,
        };
        Ok(Grant {
            device,
            verifier,
            key,
        })
    }

    /// Asks for the tokens of a code (RFC 8628 §3.4).
    pub async fn poll(&self, grant: &Grant) -> Poll {
        let metadata = match self.metadata().await {
            Ok(metadata) => metadata,
            Err(why) => return Poll::Nothing(why.into()),
        };
        let to = Destination {
            url: metadata.poll_endpoint.url(),
            client_auth: metadata.client_auth,
            key: grant.key.as_ref(),
        };
        let verifier = grant.verifier.as_ref();
        match self
            .ask(to, |asker| asker.poll(&grant.device, verifier))
            .await
        {
            Ok(answer) => {
                let read = response::poll(&answer, &self.provider.preset, self.clock.wall());
                if let Poll::Ended(End::Refused(refusal)) = read {
                    return Poll::Ended(End::Refused(self.explained(refusal, &answer).await));
                }
                read
            }
            Err(why) => Poll::Nothing(why),
        }
    }

    /// Asks for new tokens (RFC 6749 §6); `key` is what the old ones are bound to.
    pub async fn refresh(&self, refresh_token: &Secret, key: Option<&dpop::Key>) -> Refresh {
        let metadata = match self.metadata().await {
            Ok(metadata) => metadata,
            Err(why) => return Refresh::Nothing(why.into()),
        };
        let to = Destination {
            url: metadata.token_endpoint.url(),
            client_auth: metadata.client_auth,
            key,
        };
        match self.ask(to, |asker| asker.refresh(refresh_token)).await {
            Ok(answer) => {
                let read = response::refresh(&answer, &self.provider.preset, self.clock.wall());
                if let Refresh::Nothing(Unavailable::Request(error)) = &read
                    && let TransportError::WebPage { status } = error.cause
                    && self.is_there().await
                {
                    return Refresh::Unclear(Refusal {
                        reason: Reason::Other,
                        error: format!("HTTP {status}"),
                        description: None,
                    });
                }
                match read {
                    Refresh::Refused(refusal) => {
                        Refresh::Refused(self.explained(refusal, &answer).await)
                    }
                    Refresh::Unclear(refusal) => {
                        Refresh::Unclear(self.explained(refusal, &answer).await)
                    }
                    Refresh::Tokens(_) | Refresh::Busy(_) | Refresh::Nothing(_) => read,
                }
            }
            Err(why) => Refresh::Nothing(why),
        }
    }

    /// Whether it is the provider that answers, and not a page of this network's: whether its
    /// discovery document can be read right now.
    async fn is_there(&self) -> bool {
        for url in provider::discovery_urls(&self.provider) {
            if let Ok(answer) = self.get(&url, &[]).await
                && provider::read(&self.provider, &answer).is_ok()
            {
                return true;
            }
        }
        false
    }

    /// Gives tokens back: the provider forgets those kinds that it takes (RFC 7009 §2.1),
    /// the refresh token first.
    ///
    /// # Errors
    /// [`NotRevoked`]
    pub async fn give_back(
        &self,
        refresh_token: Option<&Secret>,
        access_token: &Secret,
    ) -> Result<(), NotRevoked> {
        let tokens = [
            (TokenKind::RefreshToken, refresh_token),
            (TokenKind::AccessToken, Some(access_token)),
        ];
        let taken = tokens.into_iter().filter_map(|(kind, token)| {
            let takes_it = self.provider.preset.revokes.contains(&kind);
            Some((kind, token.filter(|_| takes_it)?))
        });
        let mut outcome = Err(NotRevoked::Unsupported);
        for (kind, token) in taken {
            match self.revoke(token, kind).await {
                Ok(()) => outcome = Ok(()),
                // Where the refresh token is gone, the access token is of little use: many
                // providers can't take these back.
                Err(_) if outcome.is_ok() => {}
                Err(why) => return Err(why),
            }
        }
        outcome
    }

    async fn revoke(&self, token: &Secret, kind: TokenKind) -> Result<(), NotRevoked> {
        let revocation = async {
            let metadata = self
                .metadata()
                .await
                .map_err(|why| NotRevoked::Unavailable(why.into()))?;
            let Some(endpoint) = &metadata.revocation_endpoint else {
                return Err(if metadata.whole {
                    NotRevoked::Unsupported
                } else {
                    NotRevoked::EndpointUnknown
                });
            };
            let to = Destination {
                url: endpoint.url(),
                client_auth: metadata.revocation_client_auth,
                key: None,
            };
            let answer = self
                .ask(to, |asker| asker.revocation(token, kind))
                .await
                .map_err(NotRevoked::Unavailable)?;
            if response::revoked(&answer) {
                Ok(())
            } else {
                Err(NotRevoked::Status(answer.status))
            }
        };
        tokio::time::timeout(REVOCATION_TIMEOUT, revocation)
            .await
            .unwrap_or_else(|_| {
                let seconds = REVOCATION_TIMEOUT.as_secs();
                let slow = TransportError::TimedOut { seconds };
                let error = RequestError::new(self.provider.host(), slow);
                Err(NotRevoked::Unavailable(error.into()))
            })
    }

    /// Gives back what nobody will use: tokens that came after a cancel, or that can't
    /// be trusted or stored.
    pub async fn discard(&self, tokens: &Tokens) {
        let refresh_token = tokens.refresh_token.as_ref();
        match self.give_back(refresh_token, &tokens.access_token).await {
            Ok(()) => tracing::debug!("unused tokens revoked"),
            Err(why) => tracing::debug!(%why, "unused tokens dropped, not revoked"),
        }
    }

    const fn asker(&self, client_auth: ClientAuth) -> Asker<'_> {
        Asker {
            provider: &self.provider,
            secret: self.secret.as_ref(),
            client_auth,
        }
    }

    async fn post(&self, url: &Url, request: &Request) -> Result<Answer, RequestError> {
        let mut answer = self.http.post(url, request).await?;
        if !answer.gives_tokens() {
            answer.body = request.unrepeated(&answer.body);
        }
        self.hear_the_time(&answer);
        Ok(answer)
    }

    async fn get(&self, url: &Url, headers: &[(String, Secret)]) -> Result<Answer, RequestError> {
        let answer = self.http.get(url, headers).await?;
        self.hear_the_time(&answer);
        Ok(answer)
    }

    fn hear_the_time(&self, answer: &Answer) {
        if let (Some(date), Ok(mut dated)) = (answer.date, self.dated.lock()) {
            *dated = Some((date, self.clock.now()));
        }
    }

    /// [`Self::post`] with a proof of `key` where there is one; asked again at once where
    /// the provider wants its nonce in the proof (RFC 9449 §8).
    async fn post_proven(
        &self,
        url: &Url,
        request: &Request,
        key: Option<&dpop::Key>,
    ) -> Result<Answer, Unavailable> {
        let Some(key) = key else {
            return Ok(self.post(url, request).await?);
        };
        let mut answer = self.post_with_proof(url, request, key).await?;
        if response::wants_nonce(&answer) {
            answer = self.post_with_proof(url, request, key).await?;
        }
        Ok(answer)
    }

    async fn post_with_proof(
        &self,
        url: &Url,
        request: &Request,
        key: &dpop::Key,
    ) -> Result<Answer, Unavailable> {
        let nonce = self.nonces.of(url);
        let claims = dpop::Claims {
            method: "POST",
            url,
            access_token: None,
            nonce: nonce.as_deref(),
            now: self.providers_now(),
        };
        let proof = key.proof(&claims)?;
        let request = request.clone().with_header("DPoP", proof);
        let answer = self.post(url, &request).await?;
        self.nonces.hear(url, answer.dpop_nonce.as_deref());
        Ok(answer)
    }

    /// How far this machine's clock is ahead of the provider's, where that is known; whether
    /// or not it was set since the provider told the time.
    #[must_use]
    pub fn ahead(&self) -> Option<SignedDuration> {
        let (date, at) = self.dated.lock().ok().and_then(|dated| *dated)?;
        let since = SignedDuration::try_from(self.clock.now().since(at)).ok()?;
        let theirs = date.checked_add(since).ok()?;
        Some(self.clock.wall().duration_since(theirs))
    }

    /// Why no sign-in can succeed by this machine's clock, where that is known before anybody
    /// has approved one. Where no ID token is asked for, none is judged by it.
    #[must_use]
    pub fn clock_in_the_way(&self) -> Option<Unavailable> {
        let is_judged = self.provider.scopes().any(|scope| scope == "openid");
        let foreseen = id_token::foreseen(self.ahead().filter(|_| is_judged)?)?;
        Some(Unavailable::IdToken(foreseen))
    }

    /// The provider's wall clock, as well as it is known: it judges how old a proof is.
    fn providers_now(&self) -> Timestamp {
        let now = self.clock.wall();
        now.checked_sub(self.ahead().unwrap_or_default())
            .unwrap_or(now)
    }
}

/// The client's secret, out of its file; `None` where there is none.
///
/// # Errors
/// [`Misconfiguration::SecretFile`]
fn secret_of(provider: &config::Provider) -> Result<Option<Secret>, Misconfiguration> {
    let Some(file) = &provider.client_secret_file else {
        return Ok(None);
    };
    let path = crate::paths::credential(file);
    match secret::read_file(&path) {
        Ok(secret) => Ok(Some(secret)),
        Err(why) => Err(Misconfiguration::SecretFile {
            path: path.display().to_string(),
            why: why.kind(),
        }),
    }
}

/// When a token that was received at `now` and lives so long ends.
#[must_use]
pub fn until(lifetime: Option<Duration>, now: Timestamp) -> Option<Timestamp> {
    now.checked_add(SignedDuration::try_from(lifetime?).ok()?)
        .ok()
}
