//! `tenfoot sign-out`: revokes at the provider, then deletes here in any case.

use super::exit::{Exit, Failure, Outcome};
use super::{output, setup};
use crate::cli::{self, Options};
use crate::clock::SharedClock;
use crate::session::Profile;
use crate::setup::Setup;

pub(super) async fn run(options: &Options, who: cli::SignOut, clock: SharedClock) -> Outcome {
    if who.all && options.profile.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "--all and --profile exclude each other.",
        ));
    }
    let setup = setup(options, &clock)?;
    if !who.all {
        if !one(&setup, &setup.profile()).await? {
            output::line("Nobody is signed in.")?;
        }
        return Ok(());
    }
    let mut count = 0_usize;
    let mut failed = None;
    for person in setup.profiles.kept() {
        match one(&setup, &person.profile).await {
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
async fn one(setup: &Setup, profile: &Profile) -> Result<bool, Failure> {
    let flow = setup.flow_of(profile);
    let session = match flow.restore().await {
        Ok(Some(session)) => session,
        Ok(None) => {
            // A keyring may have lost what the note beside it still tells of.
            flow.forget_session().await?;
            return Ok(false);
        }
        Err(why) => {
            output::note(&format!("tenfoot: {why}"));
            flow.forget_session().await?;
            output::line(&format!(
                "Signed out {profile} here. The provider was not told: it needs what can't be read."
            ))?;
            return Ok(true);
        }
    };
    let name = session.who.label().to_owned();
    let outcome = flow.keeper(session).sign_out().await;
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
        setup.config.provider.host()
    ))?;
    Ok(true)
}
