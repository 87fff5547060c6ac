//! A configuration made ready to run: what the TV and the terminal both start from.

use std::sync::Arc;

use crate::channel;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::demo;
use crate::session::Flow;

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
        let _ = (config, profile, clock);
        unimplemented!()
    }

    /// Starts the built-in provider and is configured for it; its sessions are
    /// kept in memory, since the provider forgets them too.
    ///
    /// # Errors
    /// In words, for a person: the address can't be listened on.
    pub async fn demo(options: &demo::Options, clock: SharedClock) -> Result<Self, String> {
        let _ = (options, clock);
        unimplemented!()
    }
}
