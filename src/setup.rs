//! A configuration made ready to run: what the TV and the terminal both start from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::channel;
use crate::clock::SharedClock;
use crate::config::{Backend, Config};
use crate::demo;
use crate::paths;
use crate::session::Flow;
use crate::session::store::{self, Memory, Store};

/// Everything that a signed-out tenfoot needs.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What the user wrote, or the demo's.
    pub config: Config,
    /// How people sign in.
    pub flow: Flow,
    /// What calls the channels.
    pub channels: channel::Client,
    /// The time.
    pub clock: SharedClock,
    /// The built-in provider, running as long as this is held.
    pub demo: Option<Arc<demo::Running>>,
}

impl Setup {
    /// For a configuration that the user wrote; sessions go to `profile`'s place.
    ///
    /// # Errors
    /// In words, for a person.
    pub fn from_config(config: Config, profile: &str, clock: SharedClock) -> Result<Self, String> {
        let backend = config.storage.backend;
        let state_dir = match backend {
            Backend::Auto | Backend::SecretService | Backend::File => paths::state_dir()?,
            // It takes no place, and there may be none.
            Backend::Memory => PathBuf::new(),
        };
        let store = store::open(
            backend,
            &state_dir,
            profile,
            config.provider.issuer.as_written(),
            &config.provider.client_id,
        );
        Self::with_store(config, store, clock, None)
    }

    /// Starts the built-in provider and is configured for it; its sessions are
    /// kept in memory, since the provider forgets them too.
    ///
    /// # Errors
    /// In words, for a person: the address can't be listened on.
    pub async fn demo(options: &demo::Options, clock: SharedClock) -> Result<Self, String> {
        let running = demo::serve(options, Arc::clone(&clock))
            .await
            .map_err(|why| why.to_string())?;
        let config = Config::parse(Path::new("demo"), &running.config_toml())
            .map_err(|why| why.to_string())?;
        Self::with_store(
            config,
            Arc::new(Memory::default()),
            clock,
            Some(Arc::new(running)),
        )
    }

    fn with_store(
        config: Config,
        store: Arc<dyn Store>,
        clock: SharedClock,
        demo: Option<Arc<demo::Running>>,
    ) -> Result<Self, String> {
        let flow = Flow::new(&config.provider, store, Arc::clone(&clock))?;
        let channels = channel::Client::new(Arc::clone(&clock))?;
        Ok(Self {
            config,
            flow,
            channels,
            clock,
            demo,
        })
    }
}
