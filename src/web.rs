//! The HTTP client below all calls: one for the provider and the channels, made when it is
//! first needed. Making it reads the system's certificates, several hundred files, for which
//! no picture has to wait.

use std::sync::{Arc, OnceLock};

use reqwest::redirect::Policy;
use url::Url;

use crate::config::types::is_loopback;
use crate::words::Phrase;

/// Gives requests their client. Clones share certificates and connections.
#[derive(Debug, Clone, Default)]
pub struct Web(Arc<Clients>);

#[derive(Debug, Default)]
struct Clients {
    /// For this machine's own addresses: no proxy of the environment gets between.
    near: OnceLock<reqwest::Client>,
    far: OnceLock<reqwest::Client>,
}

impl Web {
    /// The client that reaches `url`. It follows no redirect and waits without limit: both
    /// are up to whoever asks. Blocks for some milliseconds the first time.
    ///
    /// # Errors
    /// In words: there are no certificates to go by. Asked again, they are looked for again.
    pub fn to(&self, url: &Url) -> Result<&reqwest::Client, Phrase> {
        let Clients { near, far } = self.0.as_ref();
        let (made, builder) = if is_loopback(url) {
            (near, reqwest::Client::builder().no_proxy())
        } else {
            (far, reqwest::Client::builder())
        };
        if let Some(client) = made.get() {
            return Ok(client);
        }
        let client = builder
            .user_agent(concat!("tenfoot/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .build()
            .map_err(|why| {
                tracing::debug!(%why, "no HTTP client");
                Phrase::new("session-no-certificates")
            })?;
        Ok(made.get_or_init(|| client))
    }
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
