//! The provider and API built in: Auth0's wire to the letter, a page where a phone
//! approves, and an API with something to look at.
//!
//! What is decided stands in pure state machines that take the time as an argument
//! (`grant`, `family`, `sessions`, `guesses`, `host`); `store` holds them by their codes and tokens,
//! and the handlers (`wire`, `activate`, `api`) carry the answers out. Nothing
//! outlives the process.

mod account;
mod activate;
mod api;
mod art;
mod bearer;
mod browser;
mod connections;
mod contacts;
mod family;
mod films;
mod grant;
mod guesses;
mod host;
mod html;
mod keys;
mod network;
mod options;
mod pages;
mod params;
mod pictures;
mod random;
mod routes;
mod scope;
mod service;
mod sessions;
mod store;
mod user_code;
mod wire;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::SharedClock;
use crate::i18n::Phrase;
use service::Service;

pub use options::Options;
pub use user_code::{Charset, Mask};

/// The one client that the provider knows.
const CLIENT_ID: &str = "tenfoot-demo";
/// What the ready configuration asks for.
const SCOPE: &str = "openid profile email offline_access read:films read:contacts";
/// How long [`Running::shutdown`] waits for answers under way.
const GRACE: Duration = Duration::from_secs(2);

/// Why the demo can't start, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub Phrase);

/// The demo while it listens; dropping it ends it.
pub struct Running {
    service: Arc<Service>,
    local: SocketAddr,
    api_url: String,
    /// Ends the connections when it goes.
    stop: Option<connections::Stop>,
    task: JoinHandle<()>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("local", &self.local)
            .finish_non_exhaustive()
    }
}

impl Running {
    /// The issuer identifier; ends in a slash, as Auth0's does.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.service.issuer
    }

    /// Where a person approves, without a code.
    #[must_use]
    pub fn activation_url(&self) -> &str {
        &self.service.activation_url
    }

    /// The API's address; ends in a slash.
    #[must_use]
    pub fn api_url(&self) -> &str {
        &self.api_url
    }

    /// The client that the provider knows.
    #[must_use]
    pub fn client_id(&self) -> &str {
        CLIENT_ID
    }

    /// The API's identifier.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.service.audience
    }

    /// The scopes that the ready configuration asks for.
    #[must_use]
    pub fn scope(&self) -> &str {
        SCOPE
    }

    /// The address and port that are listened on.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.local
    }

    /// A configuration that works as it is.
    #[must_use]
    pub fn config_toml(&self) -> String {
        let Self { api_url, .. } = self;
        format!(
            r#"[provider]
issuer = "{issuer}"
client_id = "{CLIENT_ID}"
scope = "{SCOPE}"
audience = "{audience}"

[[channel]]
name = "Films"
url = "{api_url}films"
layout = "cards"
items = "/data"
title = "/title"
subtitle = "/genre"
image = "/poster"

[[channel]]
name = "Contacts"
url = "{api_url}contacts"
layout = "list"
items = "/data"
title = "/name"
subtitle = "/email"
image = "/picture"

[[channel]]
name = "About me"
url = "{api_url}me"
layout = "details"
title = "/name"
image = "/picture"
"#,
            issuer = self.issuer(),
            audience = self.audience(),
        )
    }

    /// What `0.0.0.0` means, where it is listened on.
    #[must_use]
    pub fn notice(&self) -> Option<Phrase> {
        if !self.local.ip().is_unspecified() {
            return None;
        }
        let open = Phrase::new("start-demo-open");
        if self.activation_url().starts_with(&self.service.issuer) {
            return Some(Phrase::new("start-demo-alone").with("more", open));
        }
        Some(open)
    }

    /// Stops listening and lets answers under way end, for two seconds at most.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        let _ = tokio::time::timeout(GRACE, &mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.task.abort();
    }
}

/// Starts listening.
///
/// # Errors
/// An option makes no sense, the address can't be listened on, or no key can be
/// made; in words that say what to do.
pub async fn serve(options: &Options, clock: SharedClock) -> Result<Running, Error> {
    options.validate()?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|why| network::cannot_listen(options.listen, &why))?;
    let local = listener
        .local_addr()
        .map_err(|why| network::cannot_listen(options.listen, &why))?;

    let own = network::loopback(local);
    let issuer = format!("http://{own}/");
    let phone = if local.ip().is_unspecified() {
        network::lan_address()
    } else {
        None
    };
    let seen_from_phone = phone.map_or(own, |ip| SocketAddr::new(ip, local.port()));
    let activation_url = format!("http://{seen_from_phone}/activate");

    let options = options.clone();
    // Making the key is work for a core, not for the runtime.
    let service =
        tokio::task::spawn_blocking(move || Service::new(options, clock, issuer, activation_url))
            .await
            .map_err(|_| Error(Phrase::new("session-demo-interrupted")))??;
    let service = Arc::new(service);
    let (stop, stopped) = connections::stop();
    let app = routes::router(Arc::clone(&service));
    let task = tokio::spawn(connections::serve(listener, app, stopped));
    tracing::debug!(address = %local, "demo listens");
    let api_url = service.api_url();
    Ok(Running {
        service,
        local,
        api_url,
        stop: Some(stop),
        task,
    })
}
