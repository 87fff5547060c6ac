//! The provider and API built in.

use crate::clock::SharedClock;

/// How the demo listens and behaves.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Address and port to listen on; 0.0.0.0 lets phones in the same network in
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: std::net::SocketAddr,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
        }
    }
}

/// Why the demo can't start, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub String);

/// The demo while it listens; dropping it ends it.
#[derive(Debug)]
pub struct Running {}

impl Running {
    /// The issuer identifier; ends in a slash, as Auth0's does.
    #[must_use]
    pub fn issuer(&self) -> &str {
        unimplemented!()
    }
    /// Where a person approves, without a code.
    #[must_use]
    pub fn activation_url(&self) -> &str {
        unimplemented!()
    }
    /// The API's address.
    #[must_use]
    pub fn api_url(&self) -> &str {
        unimplemented!()
    }
    /// A configuration that works as it is.
    #[must_use]
    pub fn config_toml(&self) -> String {
        unimplemented!()
    }
    /// What `0.0.0.0` means, where it is listened on.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        unimplemented!()
    }
}

/// Starts listening.
///
/// # Errors
/// The address can't be listened on.
pub async fn serve(options: &Options, clock: SharedClock) -> Result<Running, Error> {
    let _ = (options, clock);
    unimplemented!()
}
