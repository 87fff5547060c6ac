//! Asks the provider the questions of the device flow and reads its answers.

use std::sync::Mutex as StdMutex;
use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use super::answer::{self, Answer, DeviceGrant, Poll, Refresh};
use super::flow::End;
use super::http::{Failure, Form, Http};
use super::id_token::{self, Expected, Keys};
use super::provider::{self, Metadata, Unusable};
use super::token::Tokens;
use crate::clock::{Moment, SharedClock};
use crate::config;
use crate::secret::Secret;
use crate::session::Who;

/// RFC 8628 §3.4.
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How long a sign-out waits for the provider.
const REVOCATION_TIMEOUT: Duration = Duration::from_secs(5);
/// An unknown key is looked up anew at most this often.
const KEYS_COOL_DOWN: Duration = Duration::from_secs(60);

/// One provider and this client of it.
#[derive(Debug)]
pub struct Client {
    provider: config::Provider,
    secret: Option<Secret>,
    http: Http,
    clock: SharedClock,
    metadata: Mutex<Option<Metadata>>,
    keys: Mutex<Option<Fetched>>,
    /// How far this machine's clock was ahead of the provider's at its last answer.
    ahead: StdMutex<Option<SignedDuration>>,
}

#[derive(Debug)]
struct Fetched {
    keys: Keys,
    at: Moment,
}

/// A code that this client asked for, with what proves at the token endpoint that
/// it did.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What the provider gave.
    pub device: DeviceGrant,
    /// RFC 7636 §4.1, where it is used.
    verifier: Option<Secret>,
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
    /// A client of `provider`.
    ///
    /// # Errors
    /// In words: the secret's file can't be read, or TLS can't be set up.
    pub fn new(provider: config::Provider, clock: SharedClock) -> Result<Self, String> {
        let read = |path: &std::path::PathBuf| {
            std::fs::read_to_string(path)
                .map(|text| Secret::new(text.trim()))
                .map_err(|why| {
                    format!(
                        "The client's secret can't be read from {}: {why}",
                        path.display()
                    )
                })
        };
        Ok(Self {
            secret: provider.client_secret_file.as_ref().map(read).transpose()?,
            provider,
            http: Http::new()?,
            clock,
            metadata: Mutex::new(None),
            keys: Mutex::new(None),
            ahead: StdMutex::new(None),
        })
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
        let mut form = self
            .form()
            .with("scope", &self.provider.scope)
            .with_option("audience", self.provider.audience.as_deref())
            .with_option("resource", self.provider.resource.as_deref())
            .with_option("code_challenge", challenge.as_deref())
            .with_option(
                "code_challenge_method",
                challenge.as_deref().and(Some("S256")),
            );
        for (name, value) in &self.provider.params {
            form = form.with(name, value);
        }
        let answer = self
            .post(metadata.device_authorization_endpoint.url(), &form)
            .await
            .map_err(|failure| End::Unreachable(sentence(&failure)))?;
        Ok(Grant {
            device: answer::device(&answer)?,
            verifier,
        })
    }

    /// Asks for the tokens of a code (RFC 8628 §3.4).
    pub async fn poll(&self, grant: &Grant) -> Poll {
        let metadata = match self.metadata().await {
            Ok(metadata) => metadata,
            Err(end) => return Poll::Nothing(end.to_string()),
        };
        let form = self
            .form()
            .with("grant_type", DEVICE_GRANT)
            .with("device_code", grant.device.device_code.expose())
            .with_option("resource", self.provider.resource.as_deref())
            .with_option("code_verifier", grant.verifier.as_ref().map(Secret::expose));
        match self.post(metadata.token_endpoint.url(), &form).await {
            Ok(answer) => answer::poll(&answer, self.clock.wall()),
            Err(Failure(words)) => Poll::Nothing(words),
        }
    }

    /// Asks for new tokens (RFC 6749 §6).
    pub async fn refresh(&self, refresh_token: &Secret) -> Refresh {
        let metadata = match self.metadata().await {
            Ok(metadata) => metadata,
            Err(end) => return Refresh::Nothing(end.to_string()),
        };
        // RFC 8707 §2.2: the audience of the new access token is asked for again.
        let form = self
            .form()
            .with("grant_type", "refresh_token")
            .with("refresh_token", refresh_token.expose())
            .with_option("resource", self.provider.resource.as_deref());
        match self.post(metadata.token_endpoint.url(), &form).await {
            Ok(answer) => answer::refresh(&answer, self.clock.wall()),
            Err(failure) => Refresh::Nothing(sentence(&failure)),
        }
    }

    /// Says who `tokens` belong to: the ID token checked by the provider's keys,
    /// and the userinfo endpoint where that says too little.
    ///
    /// # Errors
    /// [`Unverified`]
    pub async fn who(&self, tokens: &Tokens) -> Result<Who, Unverified> {
        let who = match &tokens.id_token {
            Some(id_token) => self.verified(id_token).await?,
            None => Who::default(),
        };
        if who.name.is_some() || who.email.is_some() {
            return Ok(who);
        }
        Ok(self
            .userinfo(&tokens.access_token, &who)
            .await
            .unwrap_or(who))
    }

    /// Tells the provider to forget a token (RFC 7009 §2.1).
    ///
    /// # Errors
    /// In words: why it may live on.
    pub async fn revoke(&self, token: &Secret, hint: &str) -> Result<(), String> {
        let revocation = async {
            let metadata = self.metadata().await.map_err(|end| end.to_string())?;
            let Some(endpoint) = metadata.revocation_endpoint else {
                return Err("The provider has no way to end a session early.".to_owned());
            };
            let form = self
                .form()
                .with("token", token.expose())
                .with("token_type_hint", hint);
            let answer = self
                .post(endpoint.url(), &form)
                .await
                .map_err(|failure| sentence(&failure))?;
            if answer::revoked(&answer) {
                Ok(())
            } else {
                Err(format!(
                    "The provider didn't end the session (HTTP {}).",
                    answer.status
                ))
            }
        };
        tokio::time::timeout(REVOCATION_TIMEOUT, revocation)
            .await
            .unwrap_or_else(|_| Err("The provider didn't answer in time.".to_owned()))
    }

    /// Revokes what nobody will use: tokens that came after a cancel, or that can't
    /// be trusted or stored.
    pub async fn discard(&self, tokens: &Tokens) {
        let outcome = match &tokens.refresh_token {
            Some(refresh_token) => self.revoke(refresh_token, "refresh_token").await,
            None => self.revoke(&tokens.access_token, "access_token").await,
        };
        match outcome {
            Ok(()) => tracing::debug!("unused tokens revoked"),
            Err(why) => tracing::debug!(%why, "unused tokens dropped, not revoked"),
        }
    }

    fn form(&self) -> Form {
        Form::default()
            .with("client_id", &self.provider.client_id)
            .with_option("client_secret", self.secret.as_ref().map(Secret::expose))
    }

    async fn post(&self, url: &Url, form: &Form) -> Result<Answer, Failure> {
        let answer = self.http.post(url, form).await?;
        if let (Some(date), Ok(mut ahead)) = (answer.date, self.ahead.lock()) {
            *ahead = Some(self.clock.wall().duration_since(date));
        }
        Ok(answer)
    }

    /// The provider's endpoints, asked for once.
    async fn metadata(&self) -> Result<Metadata, End> {
        let mut known = self.metadata.lock().await;
        if let Some(metadata) = known.as_ref() {
            return Ok(metadata.clone());
        }
        let (metadata, whole) = self.discover().await?;
        if whole {
            *known = Some(metadata.clone());
        }
        Ok(metadata)
    }

    /// The endpoints, and whether discovery had its say: what is configured may be
    /// enough to go on with while the provider has a fault, but not for ever.
    async fn discover(&self) -> Result<(Metadata, bool), End> {
        let mut fault = None;
        let mut document = None;
        for url in provider::discovery_urls(&self.provider.issuer) {
            let answer = match self.http.get(&url, None).await {
                Ok(answer) => provider::read(&self.provider.issuer, &answer),
                Err(failure) => Err(Unusable::Fault(failure.0)),
            };
            match answer {
                Ok(found) => {
                    document = Some(found);
                    break;
                }
                Err(Unusable::NotHere) => {}
                Err(Unusable::Fault(words)) => {
                    fault = Some(words);
                    break;
                }
                Err(Unusable::Foreign(words)) => return Err(End::Misconfigured(words)),
            }
        }
        match (provider::metadata(&self.provider, document.as_ref()), fault) {
            (Ok(metadata), fault) => Ok((metadata, fault.is_none())),
            (Err(_), Some(fault)) => Err(End::Unreachable(sentence(&Failure(fault)))),
            (Err(words), None) => Err(End::Misconfigured(words)),
        }
    }

    async fn verified(&self, id_token: &Secret) -> Result<Who, Unverified> {
        let (keys, fresh) = self.keys(false).await?;
        match id_token::verify(id_token, &keys, self.expected()) {
            Err(id_token::Error::UnknownKey) if !fresh => {
                let (keys, _) = self.keys(true).await?;
                id_token::verify(id_token, &keys, self.expected())
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

    fn expected(&self) -> Expected<'_> {
        Expected {
            issuer: self.provider.issuer.as_written(),
            client_id: &self.provider.client_id,
            now: self.clock.wall(),
            ahead: self.ahead.lock().ok().and_then(|ahead| *ahead),
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
            .get(uri.url(), None)
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
    async fn userinfo(&self, access_token: &Secret, who: &Who) -> Option<Who> {
        let metadata = self.metadata().await.ok()?;
        let endpoint = metadata.userinfo_endpoint?;
        if !self.provider.scopes().any(|scope| scope == "openid") {
            return None;
        }
        let answer = self
            .http
            .get(endpoint.url(), Some(access_token))
            .await
            .ok()?;
        (answer.status == 200)
            .then(|| id_token::userinfo(&answer.body, who.subject.as_deref()))
            .flatten()
    }
}

/// A failure as a sentence of its own; hosts keep their small letters.
fn sentence(failure: &Failure) -> String {
    let words = match failure.0.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => failure.0.clone(),
    };
    if words.ends_with(['.', '?']) {
        words
    } else {
        format!("{words}.")
    }
}

/// When tokens that were received at `now` end.
#[must_use]
pub fn expiry(tokens: &Tokens, now: Timestamp) -> Option<Timestamp> {
    now.checked_add(SignedDuration::try_from(tokens.expires_in?).ok()?)
        .ok()
}
