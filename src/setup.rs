//! A configuration made ready to run: what the TV and the terminal both start from.

use std::path::Path;
use std::sync::Arc;

use crate::channel;
use crate::clock::SharedClock;
use crate::config::{Backend, Config, Room};
use crate::demo;
use crate::i18n::Phrase;
use crate::paths;
use crate::session::profiles::SessionSlot;
use crate::session::{Flow, Profile, Profiles};

/// Everything that a signed-out tenfoot needs.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What the user wrote, or the demo's.
    pub config: Config,
    /// The one profile that this is about, where one was named.
    pub named: Option<Profile>,
    /// Whose sessions are kept.
    pub profiles: Profiles,
    /// How people sign in: into the named profile, else each into their own.
    pub flow: Flow,
    /// What calls the channels.
    pub channels: channel::Client,
    /// The time.
    pub clock: SharedClock,
    /// The built-in provider, running as long as this is held.
    pub demo: Option<Arc<demo::Running>>,
}

impl Setup {
    /// For a configuration that the user wrote, and the profile that was named.
    ///
    /// # Errors
    /// In words, for a person.
    pub fn from_config(
        config: Config,
        named: Option<Profile>,
        clock: SharedClock,
    ) -> Result<Self, Phrase> {
        let (provider, backend) = (&config.provider, config.storage.backend);
        let profiles = if backend == Backend::Memory {
            Profiles::in_memory(provider)
        } else {
            let (state_dir, cache_dir) = (paths::state_dir()?, paths::cache_dir().ok());
            Profiles::on_disk(provider, backend, state_dir, cache_dir)
        };
        Self::with_profiles(config, named, profiles, clock, None)
    }

    /// Starts the built-in provider and is configured for it; its sessions are
    /// kept in memory, since the provider forgets them too.
    ///
    /// # Errors
    /// In words, for a person: the address can't be listened on.
    pub async fn demo(
        options: &demo::Options,
        room: Room,
        clock: SharedClock,
    ) -> Result<Self, Phrase> {
        let running = demo::serve(options, Arc::clone(&clock))
            .await
            .map_err(|demo::Error(why)| why)?;
        let own = Config::parse(Path::new("demo"), &running.config_toml()).map_err(Phrase::said)?;
        let config = Config {
            display: room.display,
            keys: room.keys,
            kiosk: room.kiosk,
            ..own
        };
        let profiles = Profiles::in_memory(&config.provider);
        Self::with_profiles(config, None, profiles, clock, Some(Arc::new(running)))
    }

    /// With people who are kept elsewhere.
    ///
    /// # Errors
    /// In words, for a person.
    pub fn with_profiles(
        config: Config,
        named: Option<Profile>,
        profiles: Profiles,
        clock: SharedClock,
        demo: Option<Arc<demo::Running>>,
    ) -> Result<Self, Phrase> {
        let place = match &named {
            Some(named) => SessionSlot::One(profiles.store(named)),
            None => SessionSlot::Own(profiles.clone()),
        };
        let pending = profiles.pending(&named.clone().unwrap_or_default(), &config.provider);
        let flow = Flow::new(&config.provider, place, Arc::clone(&clock))
            .map_err(|why| why.phrase())?
            .keeping(pending);
        let channels = channel::Client::new(flow.web().clone(), Arc::clone(&clock));
        Ok(Self {
            config,
            named,
            profiles,
            flow,
            channels,
            clock,
            demo,
        })
    }

    /// The profile that is meant: the named one, or that of whoever used the TV last.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.named
            .clone()
            .unwrap_or_else(|| self.profiles.current())
    }

    /// How that profile is restored, or signed in to whoever it is.
    #[must_use]
    pub fn flow_of(&self, profile: &Profile) -> Flow {
        let pending = self.profiles.pending(profile, &self.config.provider);
        let place = SessionSlot::One(self.profiles.store(profile));
        self.flow.at(place).keeping(pending)
    }
}
