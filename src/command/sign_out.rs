//! `tenfoot sign-out`: revokes at the provider, then deletes here in any case.

use super::exit::{Exit, Failure, Outcome};
use super::{configuration, output};
use crate::cli::{self, Options};
use crate::clock::SharedClock;
use crate::config::Config;
use crate::paths;
use crate::session::store;
use crate::setup::Setup;

pub(super) async fn run(options: &Options, who: cli::SignOut, clock: SharedClock) -> Outcome {
    if who.all && options.profile.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "--all and --profile exclude each other.",
        ));
    }
    let config = configuration(options)?;
    if !who.all {
        if !one(&config, options.profile(), &clock).await? {
            output::line("Nobody is signed in.")?;
        }
        return Ok(());
    }
    let directory = paths::state_dir().map_err(|why| Failure::new(Exit::Failed, why))?;
    let mut count = 0_usize;
    let mut failed = None;
    let provider = &config.provider;
    for store::Kept { profile, .. } in store::profiles(
        &directory,
        provider.issuer.as_written(),
        &provider.client_id,
    ) {
        match one(&config, &profile, &clock).await {
            Ok(was_in) => count += usize::from(was_in),
            // The others are signed out all the same.
            Err(failure) => {
                failure.tell();
                failed = Some(Failure::said(failure.exit));
            }
        }
    }
    if count == 0 && failed.is_none() {
        output::line("Nobody is signed in.")?;
    }
    failed.map_or(Ok(()), Err)
}

/// Signs one profile out; false if nobody was signed in there.
async fn one(config: &Config, profile: &str, clock: &SharedClock) -> Result<bool, Failure> {
    let setup = Setup::from_config(config.clone(), profile, clock.clone())
        .map_err(|why| Failure::new(Exit::Usage, why))?;
    let Some(session) = setup.flow.restore().await? else {
        return Ok(false);
    };
    let name = session.who.label().to_owned();
    let outcome = setup.flow.keeper(session).sign_out().await;
    if let Some(problem) = outcome.problem {
        output::note(&format!("tenfoot: {problem}"));
    }
    if !outcome.deleted {
        return Err(Failure::new(
            Exit::Failed,
            format!("The session of {name} could not be deleted here."),
        ));
    }
    let revoked = if outcome.revoked {
        " at the provider and here"
    } else {
        " here"
    };
    output::line(&format!(
        "Signed out {name}{revoked}. The browser where the code was approved stays signed in at {}.",
        config.provider.host()
    ))?;
    Ok(true)
}
