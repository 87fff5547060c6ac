//! The HTTP client below all calls: one for the provider and the channels, made when it is
//! first needed. Making it reads the system's certificates, several hundred files, for which
//! no picture has to wait.

pub mod body;
mod error;
pub mod proxy;
mod retry_after;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::redirect::Policy;
use url::Url;

use crate::config::types::is_loopback;
pub use error::{Obstacle, RequestError, TlsError, TransportError};
use proxy::{Proxy, ProxyError, ProxySettings};
pub use retry_after::{rate_limit_reset, retry_after};

/// Gives requests their client. Clones share certificates and connections.
#[derive(Debug, Clone, Default)]
pub struct Web(Arc<Clients>);

#[derive(Debug)]
struct Clients {
    proxies: Arc<ProxySettings>,
    /// For this machine's own addresses: no proxy gets between.
    near: OnceLock<reqwest::Client>,
    far: OnceLock<reqwest::Client>,
}

impl Default for Clients {
    fn default() -> Self {
        let settings = ProxySettings::read(|name| std::env::var(name).ok());
        Self {
            proxies: Arc::new(settings),
            near: OnceLock::new(),
            far: OnceLock::new(),
        }
    }
}

impl Web {
    /// Requests through these proxies instead of the environment's.
    #[must_use]
    pub fn with_proxies(proxies: ProxySettings) -> Self {
        Self(Arc::new(Clients {
            proxies: Arc::new(proxies),
            near: OnceLock::new(),
            far: OnceLock::new(),
        }))
    }

    /// The client that reaches `url`. It follows no redirect and waits without limit: both
    /// are up to whoever asks. Blocks for some milliseconds the first time.
    ///
    /// # Errors
    /// There are no certificates to go by (asked again, they are looked for again), or the
    /// proxy's address can't be used.
    pub fn to(&self, url: &Url) -> Result<&reqwest::Client, RequestError> {
        let failed = |cause| RequestError::new(host(url), cause);
        let _ = self.proxy(url).map_err(failed)?;
        self.client(is_loopback(url)).map_err(failed)
    }

    fn client(&self, is_near: bool) -> Result<&reqwest::Client, TransportError> {
        let Clients { proxies, near, far } = self.0.as_ref();
        let made = if is_near { near } else { far };
        if let Some(client) = made.get() {
            return Ok(client);
        }
        let builder = reqwest::Client::builder().no_proxy();
        let builder = if is_near {
            builder
        } else {
            let proxies = Arc::clone(proxies);
            builder.proxy(reqwest::Proxy::custom(move |url| {
                let proxy = proxies.proxy_for(url).ok().flatten()?;
                Some(proxy.url().clone())
            }))
        };
        let client = builder
            .user_agent(concat!("tenfoot/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .build()
            .map_err(|why| {
                tracing::debug!(%why, "no HTTP client");
                TransportError::NoRootCertificates
            })?;
        Ok(made.get_or_init(|| client))
    }

    /// Whether a proxy that is spoken to by TLS can prove who it is.
    async fn proves_itself(&self, proxy: &Proxy) -> bool {
        let Ok(client) = self.client(true) else {
            return true;
        };
        let asked = client.get(proxy.origin()).timeout(proxy::PATIENCE).send();
        match asked.await {
            Ok(_) => true,
            Err(why) => !matches!(TransportError::of(&why, true), TransportError::Tls(_)),
        }
    }

    /// The proxy that requests to `url` go through, if they do.
    ///
    /// # Errors
    /// [`TransportError::Proxy`]: the environment's address of it can't be used.
    pub fn proxy(&self, url: &Url) -> Result<Option<Proxy>, TransportError> {
        if is_loopback(url) {
            return Ok(None);
        }
        self.0
            .proxies
            .proxy_for(url)
            .map_err(|why| TransportError::Proxy {
                proxy: why.variable.to_owned(),
                error: ProxyError::UnusableAddress,
            })
    }

    /// Why a request to `url`, which had `limit` to be answered, failed.
    pub async fn explain(&self, url: &Url, error: reqwest::Error, limit: Duration) -> RequestError {
        let cause = TransportError::of(&error, url.scheme() == "https");
        let cause = match self.proxy(url) {
            Ok(Some(proxy)) => {
                self.through_proxy(&proxy, url, cause, error.is_connect())
                    .await
            }
            Ok(None) => cause,
            Err(unusable) => unusable,
        };
        let mut error = RequestError::new(host(url), cause);
        if let TransportError::TimedOut { seconds } = &mut error.cause {
            *seconds = limit.as_secs();
        }
        error
    }

    /// What a failure means where requests go through `proxy`.
    async fn through_proxy(
        &self,
        proxy: &Proxy,
        target: &Url,
        cause: TransportError,
        is_connect: bool,
    ) -> TransportError {
        let of_proxy = |error| TransportError::Proxy {
            proxy: proxy.label(),
            error,
        };
        if cause == TransportError::NameNotFound && proxy.resolves() {
            return of_proxy(ProxyError::NameNotFound);
        }
        if let TransportError::Tls(error) = cause
            && error != TlsError::HandshakeCutShort
        {
            return if proxy.is_encrypted() && !self.proves_itself(proxy).await {
                of_proxy(ProxyError::Insecure)
            } else {
                TransportError::Tls(error)
            };
        }
        // Once the tunnel stands, what fails is behind it.
        if !is_connect && !matches!(cause, TransportError::TimedOut { .. }) {
            return cause;
        }
        match proxy.probe(target).await {
            Ok(()) => cause,
            Err(error) => of_proxy(error),
        }
    }
}

/// All of an address that sentences and logs may show beside its path.
#[must_use]
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_made_once_and_clones_have_the_same() {
        let web = Web::default();
        let url = Url::parse("https://api.example/").unwrap();
        assert!(web.0.far.get().is_none());

        let first: *const _ = web.to(&url).unwrap();
        let again: *const _ = web.clone().to(&url).unwrap();

        assert_eq!(first, again);
        assert!(web.0.near.get().is_none());
    }
}
