//! The one file that speaks HTTP to the channels.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK,
    LOCATION, RETRY_AFTER, WWW_AUTHENTICATE,
};
use reqwest::{Method, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::cache::Cache;
use super::error_response::Refusal;
use super::image_cache::Broken;
use super::paging::Numbering;
use super::request::{Ask, permitted};
use super::{Error, unusable};
use crate::charset;
use crate::clock::{SharedClock, Stopwatch};
use crate::config::{self, types};
use crate::i18n::Phrase;
use crate::oauth::dpop::{self, Access, Nonces};
use crate::web::body::{self, CodingError};
use crate::web::{self, RequestError, TransportError, Web, host};

/// RFC 9449 §4.1 and §8.1.
const DPOP: HeaderName = HeaderName::from_static("dpop");
const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");
const MOST_REDIRECTS: usize = 5;
const MEBIBYTE: usize = 1024 * 1024;
/// How much of a refusal's body is looked at.
const REFUSAL_CAP: usize = MEBIBYTE / 16;
/// Pictures that are fetched and decoded at the same time.
const PICTURES_AT_ONCE: usize = 4;

/// What gives access tokens to calls.
pub trait Bearer: Clone + Send + Sync + 'static {
    /// An access token that isn't about to end.
    fn access(&self) -> impl Future<Output = Result<Access, Error>> + Send;
    /// Whether it can get other tokens than the one that it has.
    fn can_renew(&self) -> bool {
        true
    }
    /// Another one than `rejected`, which the API answered with 401.
    fn renewed(&self, rejected: &Access) -> impl Future<Output = Result<Access, Error>> + Send;
}

/// Calls channels. Clones share connections.
#[derive(Clone)]
pub struct Client {
    web: Web,
    pub(super) clock: SharedClock,
    nonces: Arc<Nonces>,
    pub(super) cache: Option<Cache>,
    pub(super) pictures: Arc<Semaphore>,
    pub(super) broken: Broken,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client whose requests go through `web`.
    #[must_use]
    pub fn new(web: Web, clock: SharedClock) -> Self {
        Self {
            web,
            clock,
            nonces: Arc::default(),
            cache: None,
            pictures: Arc::new(Semaphore::new(PICTURES_AT_ONCE)),
            broken: Broken::default(),
        }
    }

    /// The same for one person, whose last answers are kept there, if anywhere.
    #[must_use]
    pub fn caching(&self, cache: Option<Cache>) -> Self {
        Self {
            cache,
            nonces: Arc::default(),
            broken: Broken::default(),
            ..self.clone()
        }
    }

    /// A call with its one renewal of the token. The time limit is on HTTP alone:
    /// a renewal that is cut off could lose a rotated refresh token.
    pub(super) async fn call<B: Bearer>(&self, ask: &Ask<'_>, bearer: &B) -> Result<Answer, Error> {
        let limit = ask.channel.timeout.duration();
        let own = config::same_origin(&ask.url, ask.channel.url.url());
        if !own {
            return self.within(limit, ask, None).await?.accepted(self, ask);
        }
        let access = bearer.access().await?;
        let start = Stopwatch::start();
        let answer = self.within(limit, ask, Some(&access)).await?;
        if answer.status != StatusCode::UNAUTHORIZED || !answer.with_token {
            return answer.accepted(self, ask);
        }
        let spent = start.elapsed();
        let renewed = bearer.renewed(&access).await?;
        if renewed.token == access.token {
            return match answer.accepted(self, ask) {
                Err(Error::NotAccepted { message, .. }) => Err(Error::NotAccepted {
                    can_renew: bearer.can_renew(),
                    message,
                }),
                other => other,
            };
        }
        self.within(limit.saturating_sub(spent), ask, Some(&renewed))
            .await?
            .accepted(self, ask)
    }

    async fn within(
        &self,
        limit: Duration,
        ask: &Ask<'_>,
        access: Option<&Access>,
    ) -> Result<Answer, Error> {
        match tokio::time::timeout(limit, self.exchange(ask, access)).await {
            Ok(answer) => answer,
            Err(_) => {
                let host = host(&ask.url);
                let seconds = ask.channel.timeout.duration().as_secs();
                tracing::debug!(
                    method = %ask.method_name(),
                    %host,
                    path = %ask.url.path(),
                    failure = "timeout",
                    ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX),
                    "channel request"
                );
                Err(RequestError::new(host, TransportError::TimedOut { seconds }).into())
            }
        }
    }

    /// One request and the redirects that it leads to. What is meant for the
    /// channel alone (token, configured headers, body) goes along until the first
    /// hop to another origin, and not again should a later one lead back.
    async fn exchange(&self, ask: &Ask<'_>, access: Option<&Access>) -> Result<Answer, Error> {
        let mut url = ask.url.clone();
        let mut own = config::same_origin(&url, ask.channel.url.url());
        for _ in 0..=MOST_REDIRECTS {
            let access = access.filter(|_| own);
            let mut response = self.send(ask, &url, own, access).await?;
            if wants_nonce(&response, access) {
                response = self.send(ask, &url, own, access).await?;
            }
            let Some(target) = redirect(&response, &url) else {
                return read(&self.web, ask, url, response, access.is_some()).await;
            };
            let target = target?;
            if ask.method != types::Method::Get {
                return Err(moved(&target));
            }
            permitted(&target, ask.channel)?;
            own = own && config::same_origin(&target, ask.channel.url.url());
            url = target;
        }
        Err(unusable("channel-endless"))
    }

    async fn send(
        &self,
        ask: &Ask<'_>,
        url: &Url,
        own: bool,
        access: Option<&Access>,
    ) -> Result<reqwest::Response, Error> {
        let client = self.web.to(url)?;
        let method = match ask.method {
            types::Method::Get => Method::GET,
            types::Method::Post => Method::POST,
        };
        let mut request = client.request(method, url.clone());
        if ask.may_be_packed() {
            request = request.header(ACCEPT_ENCODING, body::ACCEPT_ENCODING);
        }
        for (name, value) in ask.headers(own) {
            request = request.header(name, concealed(value)?);
        }
        if let Some(access) = access {
            request = request.header(AUTHORIZATION, concealed(access.authorization().expose())?);
            let (nonce, now) = (self.nonces.of(url), self.clock.wall());
            let proof = access.proof(ask.method_name(), url, nonce.as_deref(), now);
            if let Some(proof) = proof? {
                request = request.header(DPOP, concealed(proof.expose())?);
            }
        }
        if let Some(body) = ask.body.filter(|_| own) {
            request = request.body(body.to_owned());
        }
        let start = Stopwatch::start();
        let result = request.send().await;
        let ms = start.ms();
        let (method, host, path) = (ask.method_name(), host(url), url.path());
        match result {
            Ok(response) => {
                if access.is_some_and(|access| access.key.is_some()) {
                    let nonce = response.headers().get(DPOP_NONCE);
                    self.nonces
                        .hear(url, nonce.and_then(|nonce| nonce.to_str().ok()));
                }
                tracing::debug!(
                    %method,
                    %host,
                    %path,
                    status = response.status().as_u16(),
                    ms,
                    "channel request"
                );
                Ok(response)
            }
            Err(why) => {
                let limit = ask.channel.timeout.duration();
                let failure = self.web.explain(url, why, limit).await;
                tracing::debug!(%method, %host, %path, failure = ?failure.cause, ms, "channel request");
                Err(failure.into())
            }
        }
    }
}

/// An answer, with its whole body.
pub(super) struct Answer {
    status: StatusCode,
    /// Where it came from in the end.
    pub(super) url: Url,
    with_token: bool,
    pub(super) content_type: Option<String>,
    pub(super) links: Vec<String>,
    pub(super) numbering: Option<Numbering>,
    headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// Of a large answer; other large ones wait until it is given back.
    pub(super) lane: Option<SemaphorePermit<'static>>,
}

impl Answer {
    fn accepted(self, client: &Client, ask: &Ask<'_>) -> Result<Self, Error> {
        if self.status.is_success() {
            return Ok(self);
        }
        // Where the token didn't go along, its absence is what is refused.
        let has_moved = ask.is_page() && !config::same_origin(&self.url, &ask.url);
        if has_moved && matches!(self.status.as_u16(), 401 | 403) {
            return Err(moved(&self.url));
        }
        let one = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
        let refusal = Refusal {
            status: self.status.as_u16(),
            challenges: &all(&self.headers, &WWW_AUTHENTICATE),
            retry_after: one(RETRY_AFTER.as_str()),
            rate_limit_reset: web::rate_limit_reset(|name| Some(one(name)?.to_owned())),
            rate_limit_remaining: one("x-ratelimit-remaining"),
            accepted_scopes: one("x-accepted-oauth-scopes"),
            granted_scopes: one("x-oauth-scopes"),
            likely_scope: ask
                .channel
                .lacking_scope
                .as_deref()
                .filter(|_| ask.is_page()),
            body: &self.body,
        };
        Err(refusal.error(client.clock.wall()))
    }
}

async fn read(
    web: &Web,
    ask: &Ask<'_>,
    url: Url,
    mut response: reqwest::Response,
    with_token: bool,
) -> Result<Answer, Error> {
    let status = response.status();
    let headers = response.headers().clone();
    let content_type = all(&headers, &CONTENT_TYPE).into_iter().next();
    let cap = if status.is_success() {
        ask.cap()
    } else {
        REFUSAL_CAP
    };
    let too_large =
        || Error::Unusable(Phrase::new("channel-too-large").with("size", cap / MEBIBYTE));
    // What it says of its length is believed as far as that is allowed: a large answer would
    // be moved about while it grows.
    let told = response
        .content_length()
        .and_then(|told| usize::try_from(told).ok());
    let told = told.unwrap_or(0).min(cap);
    let mut lane = lane_for(told).await;
    let mut body = Vec::with_capacity(told);
    loop {
        if lane.is_none() {
            lane = lane_for(body.len()).await;
        }
        match response.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) if body.len() + chunk.len() <= cap => body.extend_from_slice(&chunk),
            Ok(Some(_)) if status.is_success() => return Err(too_large()),
            Ok(Some(_)) => break,
            Err(_) if !status.is_success() => break,
            Err(why) => {
                let limit = ask.channel.timeout.duration();
                return Err(web.explain(&url, why, limit).await.into());
            }
        }
    }
    let unpacked = body::unpack(body, &body::content_encoding(&headers), cap);
    let body = match unpacked {
        Ok(body) => body,
        // Of a refusal its status says enough.
        Err(_) if !status.is_success() => Vec::new(),
        Err(CodingError::TooLarge) => return Err(too_large()),
        Err(CodingError::Unknown(name)) => {
            let cause = TransportError::ContentCoding { name };
            return Err(RequestError::new(host(&url), cause).into());
        }
        Err(CodingError::Broken) => {
            return Err(RequestError::new(host(&url), TransportError::BrokenCoding).into());
        }
    };
    let is_picture = super::body::is_picture(content_type.as_deref(), &body);
    let body = if is_picture || !ask.is_page() {
        body
    } else {
        charset::to_utf8(body, content_type.as_deref())
    };
    Ok(Answer {
        status,
        url,
        with_token,
        content_type,
        links: all(&headers, &LINK),
        numbering: Numbering::read(|name| {
            let value = headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        }),
        headers,
        body,
        lane,
    })
}

/// Answers of each channel may come at once, but one large one at a time.
static LARGE: Semaphore = Semaphore::const_new(1);

async fn lane_for(bytes: usize) -> Option<SemaphorePermit<'static>> {
    const LARGE_FROM: usize = 4 * MEBIBYTE;
    if bytes < LARGE_FROM {
        return None;
    }
    LARGE.acquire().await.ok()
}

/// Whether the API asks for the same call with its nonce in the proof (RFC 9449 §9).
fn wants_nonce(response: &reqwest::Response, access: Option<&Access>) -> bool {
    access.is_some_and(|access| access.key.is_some())
        && response.status() == StatusCode::UNAUTHORIZED
        && response.headers().contains_key(DPOP_NONCE)
        && all(response.headers(), &WWW_AUTHENTICATE)
            .iter()
            .any(|challenge| challenge.contains(dpop::USE_NONCE))
}

/// Where an answer points to, if it does; an error where that is no address.
fn redirect(response: &reqwest::Response, url: &Url) -> Option<Result<Url, Error>> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| redirects)?;
    let target = std::str::from_utf8(location.as_bytes())
        .ok()
        .and_then(|location| url.join(location).ok());
    Some(target.ok_or_else(|| unusable("channel-unreadable-address")))
}

/// A header's value that Debug and logs don't show.
fn concealed(value: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value).map_err(|_| unusable("channel-unsendable"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The service is at another address now; of that the query is left out.
fn moved(target: &Url) -> Error {
    let mut target = target.clone();
    target.set_query(None);
    target.set_fragment(None);
    let target = crate::text::shown(target.as_str());
    Error::Unusable(Phrase::new("channel-moved").with("target", target))
}

/// All values of a header as text.
fn all(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}

pub(super) fn gone() -> Error {
    unusable("channel-unreadable")
}
