//! The one file that speaks HTTP to the provider. It decides nothing: what an
//! answer means is [`super::response`]'s business.

use std::mem;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap, HeaderValue};
use url::Url;

use super::request::Request;
use super::response::Answer;
use crate::charset;
use crate::clock::Stopwatch;
use crate::config::same_origin;
use crate::secret::Secret;
use crate::web::body::{self, CodingError};
use crate::web::{self, RequestError, TransportError, Web};

/// For one request, from the connection to the last byte.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body that the protocol needs, with room to spare.
const LARGEST_BODY: usize = 1024 * 1024;

/// Redirects of one request that are followed.
const MOST_REDIRECTS: usize = 5;

/// Sends requests to the provider. What carries a code, a secret or a token follows no redirect.
#[derive(Debug, Clone, Default)]
pub struct Http {
    /// What requests go through.
    pub web: Web,
}

impl Http {
    /// Asks for a document. Without headers of its own the request carries no secret, and
    /// follows redirects to the same origin.
    ///
    /// # Errors
    /// [`RequestError`] where no whole answer came.
    pub async fn get(
        &self,
        url: &Url,
        headers: &[(String, Secret)],
    ) -> Result<Answer, RequestError> {
        let mut url = url.clone();
        let mut answer = self.get_once(&url, headers).await?;
        for _ in 0..MOST_REDIRECTS {
            let Some(target) = answer.redirect().filter(|_| headers.is_empty()) else {
                break;
            };
            if !same_origin(&url, &target) {
                break;
            }
            url = target;
            answer = self.get_once(&url, headers).await?;
        }
        Ok(answer)
    }

    async fn get_once(
        &self,
        url: &Url,
        headers: &[(String, Secret)],
    ) -> Result<Answer, RequestError> {
        let request = with_headers(url, self.web.to(url)?.get(url.clone()), headers)?;
        self.send("GET", url, request).await
    }

    /// Asks a question.
    ///
    /// # Errors
    /// [`RequestError`] where no whole answer came.
    pub async fn post(&self, url: &Url, question: &Request) -> Result<Answer, RequestError> {
        let request = self
            .web
            .to(url)?
            .post(url.clone())
            .header(header::CONTENT_TYPE, question.content_type())
            .body(question.body().expose().to_owned());
        let request = with_headers(url, request, question.headers())?;
        self.send("POST", url, request).await
    }

    async fn send(
        &self,
        method: &str,
        url: &Url,
        request: reqwest::RequestBuilder,
    ) -> Result<Answer, RequestError> {
        let host = web::host(url);
        let start = Stopwatch::start();
        let answer = match read(request).await {
            Ok(answer) => Ok(Answer {
                url: Some(url.clone()),
                ..answer
            }),
            Err(Unread::NoAnswer(error)) => Err(self.web.explain(url, error, TIMEOUT).await),
            Err(Unread::Body(cause)) => Err(RequestError::new(&host, cause)),
        };
        let ms = start.ms();
        let path = url.path();
        match &answer {
            Ok(answer) => {
                tracing::debug!(method, host, path, status = answer.status, ms, "request");
            }
            Err(failure) => {
                tracing::debug!(method, host, path, failure = ?failure.cause, ms, "request");
            }
        }
        answer
    }
}

fn with_headers(
    url: &Url,
    request: reqwest::RequestBuilder,
    headers: &[(String, Secret)],
) -> Result<reqwest::RequestBuilder, RequestError> {
    let request = request
        .timeout(TIMEOUT)
        .header(header::ACCEPT, "application/json")
        .header(header::ACCEPT_ENCODING, body::ACCEPT_ENCODING);
    headers.iter().try_fold(request, |request, (name, value)| {
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            let name = name.clone();
            RequestError::new(web::host(url), TransportError::UnsendableHeader { name })
        })?;
        value.set_sensitive(true);
        Ok(request.header(name, value))
    })
}

enum Unread {
    NoAnswer(reqwest::Error),
    Body(TransportError),
}

const TOO_LARGE: TransportError = TransportError::TooLarge {
    mebibytes: (LARGEST_BODY / (1024 * 1024)) as u64,
};

async fn read(request: reqwest::RequestBuilder) -> Result<Answer, Unread> {
    let mut response = request.send().await.map_err(Unread::NoAnswer)?;
    let headers = response.headers();
    let content_type = text(headers, header::CONTENT_TYPE.as_str());
    let content_encoding = body::content_encoding(headers);
    let mut answer = Answer {
        url: None,
        status: response.status().as_u16(),
        location: text(headers, header::LOCATION.as_str()),
        retry_after: text(headers, header::RETRY_AFTER.as_str()),
        rate_limit_reset: web::rate_limit_reset(|name| text(headers, name)),
        date: date(headers),
        dpop_nonce: text(headers, "dpop-nonce"),
        body: Vec::new(),
    };
    while let Some(chunk) = response.chunk().await.map_err(Unread::NoAnswer)? {
        if answer.body.len() + chunk.len() > LARGEST_BODY {
            return Err(Unread::Body(TOO_LARGE));
        }
        answer.body.extend_from_slice(&chunk);
    }
    let packed = mem::take(&mut answer.body);
    let body = body::unpack(packed, &content_encoding, LARGEST_BODY).map_err(|why| {
        Unread::Body(match why {
            CodingError::Unknown(name) => TransportError::ContentCoding { name },
            CodingError::Broken => TransportError::BrokenCoding,
            CodingError::TooLarge => TOO_LARGE,
        })
    })?;
    answer.body = charset::to_utf8(body, content_type.as_deref());
    Ok(answer)
}

/// The provider's time now: what a cache kept is dated by when it was made, and says how long
/// ago that is (RFC 9111 §5.1).
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(&text(headers, header::DATE.as_str())?).ok()?;
    let made = Timestamp::try_from(date).ok()?;
    let age = match text(headers, header::AGE.as_str()) {
        Some(age) => age.trim().parse::<u32>().ok()?,
        None => 0,
    };
    made.checked_add(SignedDuration::from_secs(i64::from(age)))
        .ok()
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
