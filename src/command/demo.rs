//! `tenfoot demo --serve`: the provider and the API alone.

use super::exit::{Exit, Failure, Outcome};
use super::{output, stop};
use crate::clock::SharedClock;
use crate::demo;

/// Runs until SIGINT or SIGTERM. All that is printed is one TOML file, so that
/// `tenfoot demo --serve > config.toml` gives a configuration that works.
pub(super) async fn serve(options: &demo::Options, clock: SharedClock) -> Outcome {
    super::demo_options(options)?;
    let stopped = stop::asked();
    let running = demo::serve(options, clock)
        .await
        .map_err(|why| Failure::new(Exit::Failed, why))?;
    let notice = running
        .notice()
        .map(|notice| format!("# {}\n", notice.to_string().replace('\n', "\n# ")))
        .unwrap_or_default();
    output::line(&format!(
        "# The demo's provider and API are running. Ctrl-C stops them.\n\
         # Issuer:          {}\n\
         # Activation page: {}\n\
         # API:             {}\n\
         {notice}\
         #\n\
         # A configuration for them:\n\n{}",
        running.issuer(),
        running.activation_url(),
        running.api_url(),
        running.config_toml().trim_end(),
    ))?;
    stopped.await;
    Ok(())
}
