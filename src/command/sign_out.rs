//! `tenfoot sign-out`: revokes at the provider, then deletes here in any case.

use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use super::exit::{Exit, Failure, Outcome};
use super::{configuration, output, setup};
use crate::cli::{self, Options};
use crate::clock::SharedClock;
use crate::config::{Backend, Config, Provider};
use crate::i18n::Phrase;
use crate::oauth::Client;
use crate::paths;
use crate::session::store::{Inventory, Unused};
use crate::session::{Profile, Session, store};
use crate::setup::Setup;

pub(super) async fn run(options: &Options, who: cli::SignOut, clock: SharedClock) -> Outcome {
    if who.all && options.profile.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "--all and --profile exclude each other.",
        ));
    }
    if who.all {
        return everybody(options, clock).await;
    }
    let setup = setup(options, &clock)?;
    if !one(&setup, &setup.profile()).await? {
        output::line("Nobody is signed in.")?;
    }
    for unused in unused(&setup.config).await {
        output::line(&still_stored(&unused))?;
    }
    Ok(())
}

/// The sessions that are stored, and that this configuration has no use for.
pub(super) async fn unused(config: &Config) -> Vec<Unused> {
    let config = config.clone();
    tokio::task::spawn_blocking(move || unused_now(&config))
        .await
        .unwrap_or_default()
}

/// The same. Blocks.
pub(super) fn unused_now(config: &Config) -> Vec<Unused> {
    let (provider, backend) = (&config.provider, config.storage.backend);
    inventory().map_or_else(Vec::new, |inventory| inventory.unused(provider, backend))
}

/// Says of such a session that it is there, and how it goes.
pub(super) fn still_stored(unused: &Unused) -> String {
    let issuer = unused.issuer.as_deref();
    let at = issuer.map_or_else(String::new, |issuer| format!(" at {issuer}"));
    format!(
        "A session of {}{at} is still stored; `tenfoot sign-out --all` ends and removes it.",
        unused.who.label()
    )
}

fn inventory() -> Option<Inventory> {
    let state_dir = paths::state_dir().ok()?;
    Some(Inventory::new(state_dir, paths::cache_dir().ok()))
}

/// Signs out everybody whose session is stored, whatever configuration stored it. None is
/// needed for that, but the provider that is configured is asked as it is configured.
async fn everybody(options: &Options, clock: SharedClock) -> Outcome {
    let setup = configuration(options).and_then(|config| {
        Setup::from_config(config, None, clock.clone())
            .map_err(|why| Failure::new(Exit::Usage, why))
    });
    let mut done = Done::default();
    let setup = match setup {
        Ok(setup) => {
            configured(&setup, &mut done).await;
            Some(setup)
        }
        Err(why) => {
            why.tell();
            None
        }
    };
    if let Some(inventory) = inventory() {
        let inventory = Arc::new(inventory);
        rest(setup.as_ref(), inventory, &clock, &mut done).await?;
    }
    if let Some(failure) = done.failed {
        return Err(failure);
    }
    match (done.count, done.traces) {
        (0, false) => output::line("Nobody is signed in."),
        (0, true) => {
            output::line("Nobody was signed in. What was left of earlier sessions is deleted.")
        }
        _ => Ok(()),
    }
}

/// What came of it so far.
#[derive(Default)]
struct Done {
    /// Who was signed out.
    count: usize,
    /// Whether there was anything else to delete.
    traces: bool,
    failed: Option<Failure>,
    /// Whose session could not be deleted, as was said.
    undeletable: Vec<Profile>,
}

impl Done {
    /// The others are signed out all the same.
    fn fail(&mut self, failure: &Failure) {
        failure.tell();
        self.failed = Some(Failure::said(failure.exit));
    }
}

/// Signs out the people of the configured provider's client.
async fn configured(setup: &Setup, done: &mut Done) {
    for person in setup.profiles.kept() {
        match one(setup, &person.profile).await {
            Ok(was_in) => done.count += usize::from(was_in),
            Err(failure) => {
                done.fail(&failure);
                done.undeletable.push(person.profile);
            }
        }
    }
}

/// Ends what is stored beyond that, and deletes everything.
async fn rest(
    setup: Option<&Setup>,
    inventory: Arc<Inventory>,
    clock: &SharedClock,
    done: &mut Done,
) -> Outcome {
    let may_use_keyring = setup.is_none_or(|setup| match setup.config.storage.backend {
        Backend::Auto | Backend::SecretService => true,
        Backend::File | Backend::Memory => false,
    });
    let undeletable: Vec<PathBuf> = setup.map_or_else(Vec::new, |setup| {
        let provider = &setup.config.provider;
        let profiles = done.undeletable.iter();
        profiles
            .map(|profile| inventory.session_file(provider, profile.as_str()))
            .collect()
    });
    let looked_at = Arc::clone(&inventory);
    let contents = tokio::task::spawn_blocking(move || looked_at.contents(may_use_keyring))
        .await
        .unwrap_or_default();
    let unreadable: Vec<_> = contents
        .unreadable
        .iter()
        .filter(|path| !undeletable.contains(path))
        .collect();
    for path in &unreadable {
        output::line(&format!(
            "{} can't be read, so its provider can't be told. It is deleted here.",
            path.display()
        ))?;
    }
    done.traces |= contents.traces || !unreadable.is_empty();
    let provider = setup.map(|setup| &setup.config.provider);
    let mut ended = Vec::new();
    for session in &contents.sessions {
        let is_told = provider.is_some_and(|provider| is_of(session, provider));
        // What is left of those is told already.
        if !is_told || undeletable.is_empty() {
            ended.push((session, revoke(session, provider, clock).await));
        }
    }
    let deletion =
        tokio::task::spawn_blocking(move || inventory.delete(may_use_keyring, &undeletable));
    let errors = match deletion.await {
        Ok(Ok(())) => Vec::new(),
        Ok(Err(errors)) => errors,
        Err(why) => vec![store::Error::Interrupted(why.to_string())],
    };
    for (session, revocation) in ended {
        if let Err(why) = &revocation {
            output::note(&format!("tenfoot: {why}"));
        }
        done.count += 1;
        output::line(&signed_out(
            session.who.label(),
            revocation.is_ok(),
            host(&session.issuer),
        ))?;
    }
    for error in errors {
        done.fail(&Failure::from(error));
    }
    Ok(())
}

fn is_of(session: &Session, provider: &Provider) -> bool {
    session.issuer == provider.issuer.as_written() && session.client_id == provider.client_id
}

/// Gives a session's tokens back to the issuer that gave them, and to nobody else: as it is
/// configured, or else as it describes itself.
async fn revoke(
    session: &Session,
    configured: Option<&Provider>,
    clock: &SharedClock,
) -> Result<(), Phrase> {
    let provider = match configured {
        Some(provider) if is_of(session, provider) => provider.clone(),
        Some(provider) if session.issuer == provider.issuer.as_written() => {
            provider.for_client(&session.client_id)
        }
        Some(_) | None => {
            Provider::of_session(&session.issuer, &session.client_id).map_err(Phrase::said)?
        }
    };
    let client = Client::new(provider, clock.clone()).map_err(|why| why.phrase())?;
    client
        .give_back(session.refresh_token.as_ref(), &session.access_token)
        .await
        .map_err(|why| why.phrase())
}

/// Signs one profile out; false if nobody was signed in there.
async fn one(setup: &Setup, profile: &Profile) -> Result<bool, Failure> {
    let flow = setup.flow_of(profile);
    let provider = &setup.config.provider;
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
    let issuer = session.issuer.clone();
    let (revoked, deleted, problem) = if is_of(&session, provider) {
        let outcome = flow.keeper(session).sign_out().await;
        (outcome.revoked, outcome.deleted, outcome.problem)
    } else {
        let revocation = revoke(&session, Some(provider), &setup.clock).await;
        let deletion = flow.delete_session().await.map_err(|why| why.phrase());
        let (revoked, deleted) = (revocation.is_ok(), deletion.is_ok());
        (revoked, deleted, deletion.err().or(revocation.err()))
    };
    if let Some(problem) = problem {
        output::note(&format!("tenfoot: {problem}"));
    }
    if !deleted {
        return Err(Failure::new(
            Exit::Failed,
            format!("The session of {name} could not be deleted here."),
        ));
    }
    output::line(&signed_out(&name, revoked, host(&issuer)))?;
    Ok(true)
}

fn signed_out(name: &str, revoked: bool, host: String) -> String {
    let revoked = if revoked {
        " at the provider and here"
    } else {
        " here"
    };
    format!(
        "Signed out {name}{revoked}. The browser where the code was approved stays signed in at {host}."
    )
}

fn host(issuer: &str) -> String {
    let host = Url::parse(issuer).ok();
    let host = host.as_ref().and_then(Url::host_str).map(str::to_owned);
    host.unwrap_or_else(|| issuer.to_owned())
}
