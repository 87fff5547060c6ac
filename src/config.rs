//! What the user wrote, parsed into types that can't be half valid.
//!
//! Every rule that a single value must keep is in its type ([`types`]), so that a
//! wrong one is reported at its own line; [`error`] turns what the parser says into
//! file, line, key and the nearest right key.

mod check;
pub mod error;
mod exit_lock;
mod exposure;
pub mod files;
mod idle;
mod kiosk;
pub mod local;
pub mod preset;
mod provider;
pub mod types;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

use crate::i18n::Language;

pub use check::check;
pub use error::Error;
pub use exit_lock::ExitLock;
pub use exposure::{Exposed, exposed};
pub use idle::{After, Idle};
pub use kiosk::{Kiosk, Pin};
pub use preset::Preset;
pub use provider::Provider;
pub use types::{BrandColor, Endpoint, Layout, Next, Pointer, SafeMargin, Seconds, TextScale};

/// The commented example that `tenfoot config example` prints.
pub const EXAMPLE: &str = include_str!("../assets/config.example.toml");

/// A whole configuration file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who signs people in.
    pub provider: Provider,
    /// What the TV shows, in this order.
    #[serde(default, rename = "channel")]
    pub channels: Vec<Channel>,
    /// How it looks.
    #[serde(default)]
    pub display: Display,
    /// Where sessions are kept.
    #[serde(default)]
    pub storage: Storage,
    /// Additions to the built-in table of keys: evdev code or key name → action.
    #[serde(default)]
    pub keys: BTreeMap<String, KeyAction>,
    /// What only a kiosk needs.
    #[serde(default)]
    pub kiosk: Kiosk,
    /// What it does for others like it.
    #[serde(default)]
    pub fleet: Fleet,
}

/// Many TVs at one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fleet {
    /// Over how long their first calls are spread where their machines start together.
    pub spread: Option<Seconds>,
}

/// What a file says of the room that the TV stands in. The demo, which has a provider and
/// channels of its own, follows it as well.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Room {
    /// How the screen looks.
    pub display: Display,
    /// Additions to the built-in table of keys.
    pub keys: BTreeMap<String, KeyAction>,
    /// How a kiosk is left.
    pub kiosk: Kiosk,
}

/// One API call and how its answer is shown.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// What the tab says.
    pub name: String,
    /// What is called.
    pub url: Endpoint,
    /// How the answer is shown.
    #[serde(default)]
    pub layout: Layout,
    /// The array of items inside the answer; without it, the first array.
    pub items: Option<Pointer>,
    /// The title inside one item; without it, the usual names.
    pub title: Option<Pointer>,
    /// The second line inside one item; without it, the usual names.
    pub subtitle: Option<Pointer>,
    /// The address of a picture inside one item; without it, the usual names.
    pub image: Option<Pointer>,
    /// Where the address of the next page is found.
    #[serde(default)]
    pub next: Next,
    /// The parameter that takes the cursor which `next` leads to.
    pub cursor: Option<String>,
    /// Call again after this long while the channel is on the screen.
    pub refresh: Option<Seconds>,
    /// `GET` unless said otherwise.
    #[serde(default)]
    pub method: types::Method,
    /// Sent along; `Authorization` is not among them.
    #[serde(default)]
    pub headers: types::Headers,
    /// Sent as it is.
    pub body: Option<String>,
    /// How long one call may take.
    #[serde(default = "default_timeout")]
    pub timeout: Seconds,
    /// The scope that the provider's API wants for this address, where it is known and isn't
    /// asked for.
    #[serde(skip)]
    pub lacking_scope: Option<String>,
}

fn default_timeout() -> Seconds {
    Seconds::new(15)
}

/// How the screen looks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Display {
    /// What the texts are in; the environment's language where nothing is said.
    #[serde(deserialize_with = "Language::read")]
    pub language: Option<Language>,
    /// 1.0 to 2.5.
    pub text_scale: TextScale,
    /// Percent of each side, 0 to 10.
    pub safe_margin: SafeMargin,
    /// What draws.
    pub renderer: Renderer,
    /// The palette.
    pub theme: Theme,
    /// Whether anything moves.
    pub motion: bool,
    /// The connector of the screen that is used where there are several.
    pub output: Option<String>,
    /// A picture for the start screen.
    pub logo: Option<PathBuf>,
    /// The brand's colour, for what stands out.
    pub accent: Option<BrandColor>,
    /// What it does while nobody is there.
    pub idle: Idle,
    /// Whether screens and what has the focus are spoken.
    pub speech: bool,
}

impl Default for Display {
    fn default() -> Self {
        Self {
            language: None,
            text_scale: TextScale::default(),
            safe_margin: SafeMargin::default(),
            renderer: Renderer::Auto,
            theme: Theme::Dark,
            motion: true,
            output: None,
            logo: None,
            accent: None,
            idle: Idle::default(),
            speech: false,
        }
    }
}

/// What draws the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Renderer {
    /// Whatever is best on this machine.
    Auto,
    /// The graphics processor.
    Gpu,
    /// The processor.
    Software,
}

/// The palette's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// Black, white and yellow.
    HighContrast,
}

/// Where sessions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// The kind of store.
    #[serde(default)]
    pub backend: Backend,
}

/// The kind of session store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Backend {
    /// The Secret Service where one answers, else a file.
    #[default]
    Auto,
    /// The person's keyring: gnome-keyring, KWallet, KeePassXC.
    SecretService,
    /// A file, mode 0600.
    File,
    /// Nowhere: the session ends with the program.
    Memory,
}

/// What a key can be made to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAction {
    /// Move the focus.
    Up,
    /// Move the focus.
    Down,
    /// Move the focus.
    Left,
    /// Move the focus.
    Right,
    /// Press what has the focus.
    Ok,
    /// One level up.
    Back,
    /// Details of what has the focus.
    Menu,
    /// The first channel's first item.
    Home,
    /// The next channel.
    NextChannel,
    /// The channel before.
    PreviousChannel,
    /// Call the channel again.
    Refresh,
    /// The account menu.
    Account,
    /// Stop or resume calling the channel by itself.
    Pause,
    /// The key tester.
    Help,
}

impl Config {
    /// Reads and checks a file with the drop-ins beside it ([`files`]).
    ///
    /// # Errors
    /// [`Error`] where a file can't be read or something in it is wrong.
    pub fn read(path: &Path) -> Result<Self, Error> {
        files::read(path).map(Self::with_lacking_scopes)
    }

    /// Checks a text that was read from `path`.
    ///
    /// # Errors
    /// [`Error`] with the line and key of the first thing that is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        toml::from_str(text)
            .map(Self::with_lacking_scopes)
            .map_err(|wrong| Error::from_toml(path, text, &wrong))
    }

    fn with_lacking_scopes(mut self) -> Self {
        for channel in &mut self.channels {
            channel.lacking_scope = self.provider.lacking_scope(channel.url.url());
        }
        self
    }
}

impl Room {
    /// Reads a file with its drop-ins and checks these parts of it.
    ///
    /// # Errors
    /// [`Error`] where a file can't be read or something in them is wrong.
    pub fn read(path: &Path) -> Result<Self, Error> {
        files::read(path)
    }
}

/// The origin rule of RFC 6454: scheme, host and port.
#[must_use]
pub fn same_origin(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}
