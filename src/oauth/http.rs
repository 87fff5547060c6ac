//! The one file that speaks HTTP to the provider. It decides nothing: what an
//! answer means is [`super::answer`]'s business.

use std::error::Error as _;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderValue};
use url::Url;

use super::answer::Answer;
use super::request::Request;
use crate::clock::Stopwatch;
use crate::secret::Secret;
use crate::web::Web;
use crate::words::Phrase;

/// For one request, from the connection to the last byte.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body that the protocol needs, with room to spare.
const LARGEST_BODY: usize = 1024 * 1024;

/// No answer came: why, as a part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub Phrase);

/// Sends requests to the provider. Redirects are never followed, since each
/// request carries a code, a secret or a token.
#[derive(Debug, Clone, Default)]
pub struct Http {
    /// What requests go through.
    pub web: Web,
}

impl Http {
    fn client(&self, url: &Url) -> Result<&reqwest::Client, Failure> {
        self.web.to(url).map_err(Failure)
    }

    /// Asks for a document.
    ///
    /// # Errors
    /// [`Failure`] where no whole answer came.
    pub async fn get(&self, url: &Url, headers: &[(String, Secret)]) -> Result<Answer, Failure> {
        let request = with_headers(self.client(url)?.get(url.clone()), headers)?;
        send("GET", url, request).await
    }

    /// Asks a question.
    ///
    /// # Errors
    /// [`Failure`] where no whole answer came.
    pub async fn post(&self, url: &Url, question: &Request) -> Result<Answer, Failure> {
        let request = self
            .client(url)?
            .post(url.clone())
            .header(header::CONTENT_TYPE, question.content_type())
            .body(question.body().expose().to_owned());
        send("POST", url, with_headers(request, question.headers())?).await
    }
}

fn with_headers(
    request: reqwest::RequestBuilder,
    headers: &[(String, Secret)],
) -> Result<reqwest::RequestBuilder, Failure> {
    let request = request
        .timeout(TIMEOUT)
        .header(header::ACCEPT, "application/json");
    headers.iter().try_fold(request, |request, (name, value)| {
        let mut value = HeaderValue::from_str(value.expose())
            .map_err(|_| Failure(Phrase::new("provider-header").with("name", name)))?;
        value.set_sensitive(true);
        Ok(request.header(name, value))
    })
}

async fn send(
    method: &str,
    url: &Url,
    request: reqwest::RequestBuilder,
) -> Result<Answer, Failure> {
    let host = url.host_str().unwrap_or_default();
    let start = Stopwatch::start();
    let answer = read(request).await.map_err(|why| Failure(why.words(host)));
    let ms = start.ms();
    let path = url.path();
    match &answer {
        Ok(answer) => tracing::debug!(method, host, path, status = answer.status, ms, "request"),
        Err(failure) => tracing::debug!(method, host, path, failure = %failure, ms, "request"),
    }
    answer
}

enum Unread {
    NoAnswer(reqwest::Error),
    TooLarge,
}

async fn read(request: reqwest::RequestBuilder) -> Result<Answer, Unread> {
    let mut response = request.send().await.map_err(Unread::NoAnswer)?;
    let headers = response.headers();
    let mut answer = Answer {
        status: response.status().as_u16(),
        retry_after: text(headers, header::RETRY_AFTER.as_str()),
        rate_limit_reset: text(headers, "x-ratelimit-reset")
            .or_else(|| text(headers, "x-rate-limit-reset")),
        // What a cache kept is dated by when it was made.
        date: text(headers, header::DATE.as_str())
            .filter(|_| !headers.contains_key(header::AGE))
            .and_then(|date| httpdate::parse_http_date(&date).ok())
            .and_then(|date| Timestamp::try_from(date).ok()),
        dpop_nonce: text(headers, "dpop-nonce"),
        body: Vec::new(),
    };
    while let Some(chunk) = response.chunk().await.map_err(Unread::NoAnswer)? {
        if answer.body.len() + chunk.len() > LARGEST_BODY {
            return Err(Unread::TooLarge);
        }
        answer.body.extend_from_slice(&chunk);
    }
    Ok(answer)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

impl Unread {
    /// What a person can make something of. The address's query never appears.
    fn words(&self, host: &str) -> Phrase {
        let about = |id| Phrase::new(id).with("host", host);
        let error = match self {
            Self::TooLarge => return about("provider-too-large"),
            Self::NoAnswer(error) => error,
        };
        if error.is_timeout() {
            return about("provider-slow");
        }
        let mut causes = String::new();
        let mut cause = error.source();
        while let Some(inner) = cause {
            causes.push_str(&inner.to_string().to_lowercase());
            causes.push('\n');
            cause = inner.source();
        }
        let because = |part: &str| causes.contains(part);
        if because("dns") || because("lookup") {
            about("provider-not-found")
        } else if because("refused") {
            about("provider-refused-connection")
        } else if because("not valid yet") {
            about("provider-not-yet-valid")
        } else if because("certificate expired") {
            about("provider-expired-certificate")
        } else if because("certificate") || because("tls") {
            about("provider-insecure")
        } else if because("unreachable") {
            about("provider-no-network")
        } else if error.is_connect() {
            about("provider-unreachable")
        } else {
            about("provider-broken-off")
        }
    }
}
