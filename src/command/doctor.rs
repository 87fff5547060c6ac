//! `tenfoot doctor`: looks at everything that signing in on this TV depends on.

use std::time::Duration;

use jiff::Timestamp;

use super::exit::{Exit, Failure, Outcome};
use super::output;
use super::sign_out::unused;
use crate::app;
use crate::cli::{self, Options};
use crate::clock::{self, SharedClock};
use crate::config::{Config, Display, Provider, Renderer, exposed};
use crate::doctor::{self, Cause, Check, Finding, State, provider as seen};
use crate::i18n::{Language, Phrase};
use crate::oauth::client::{Client, Grant};
use crate::oauth::flow::End;
use crate::oauth::provider::discovery_urls;
use crate::oauth::response::Poll;
use crate::paths::{self, Found};
use crate::renderer::{self, By, Decision};
use crate::session::store::Unused;
use crate::setup::Setup;
use crate::ui::font;
use crate::web::{RequestError, TransportError};

/// How long the network may take for a code, and how long nobody waits to ask for its tokens.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn run(options: &Options, how: cli::Doctor, clock: SharedClock) -> Outcome {
    let findings = look(options, clock.clone()).await;
    let called = if how.channels {
        channels(options, &clock).await
    } else {
        Vec::new()
    };
    let has_failed = doctor::has_failed(&findings) || doctor::channels::has_failed(&called);
    let told = if how.json {
        let mut told = doctor::as_json(&findings);
        if how.channels {
            told["ok"] = (!has_failed).into();
            told["channels"] = doctor::channels::as_json(&called);
        }
        told.to_string()
    } else {
        let all = [
            doctor::as_text(&findings),
            doctor::channels::as_text(&called),
        ];
        all.join("\n").trim_end().to_owned()
    };
    output::line(&told)?;
    if has_failed {
        return Err(Failure::said(Exit::Failed));
    }
    Ok(())
}

/// Calls each channel once with the session that is stored.
async fn channels(options: &Options, clock: &SharedClock) -> Vec<doctor::channels::Finding> {
    let (Some(config), _) = configuration(options) else {
        return Vec::new();
    };
    let all = config.channels.clone();
    let setup = Setup::from_config(config, options.profile.clone(), clock.clone());
    let session = match &setup {
        Ok(setup) => {
            let flow = setup.flow_of(&setup.profile());
            let session = flow.restore().await.ok().flatten();
            session.map(|session| (setup, flow.keeper(session)))
        }
        Err(_) => None,
    };
    let Some((setup, keeper)) = session else {
        let names = all.iter().map(|channel| channel.name.as_str());
        return names.map(doctor::channels::not_called).collect();
    };
    let mut findings = Vec::new();
    for channel in &all {
        let tried = setup.channels.try_out(channel, &keeper).await;
        findings.push(doctor::channels::of(&channel.name, &tried));
    }
    findings
}

/// Looks at everything; for the terminal, and for the service menu of a kiosk.
pub(super) async fn look(options: &Options, clock: SharedClock) -> Vec<Finding> {
    let (config, found) = configuration(options);
    let mut findings = vec![found, time(clock.wall())];
    match &config {
        Some(config) => {
            findings.extend(provider(config, &clock).await);
            findings.extend(sessions(config, options, &clock).await);
        }
        None => {
            let needs_it = [
                Check::Proxy,
                Check::Provider,
                Check::DeviceFlow,
                Check::TokenEndpoint,
                Check::ClockSkew,
                Check::Storage,
                Check::Session,
            ];
            findings.extend(needs_it.map(|check| Finding::skipped(check, Check::Config)));
        }
    }
    let display = config.map_or_else(Display::default, |config| config.display);
    findings.extend([fonts(&display), screen(), renderer(&display)]);
    findings
}

fn configuration(options: &Options) -> (Option<Config>, Finding) {
    const CHECK: Check = Check::Config;
    match paths::config_file(options.config.as_deref()) {
        Found::File(path) => match Config::read(&path) {
            Ok(config) => {
                let finding = readable(&path, &config);
                (Some(config), finding)
            }
            Err(wrong) => {
                let wrong = Phrase::said(wrong);
                (None, Finding::bad(CHECK, wrong, Cause::Mistake.remedy()))
            }
        },
        Found::Nowhere { goes } => {
            let nothing = Phrase::new("doctor-nowhere").with("file", goes.display().to_string());
            (None, Finding::bad(CHECK, nothing, Cause::NoConfig.remedy()))
        }
    }
}

/// Says of a configuration without mistakes whether others can read its secrets.
fn readable(path: &std::path::Path, config: &Config) -> Finding {
    let files: Vec<_> = exposed(path, config)
        .iter()
        .map(|exposed| exposed.file().display().to_string())
        .collect();
    if files.is_empty() {
        let fine = Phrase::new("doctor-fine").with("file", path.display().to_string());
        return Finding::good(Check::Config, fine);
    }
    let seen = Phrase::new("doctor-readable").with("files", files.join(", "));
    Finding::weak(Check::Config, seen, Cause::ReadableByOthers.remedy())
}

fn time(now: Timestamp) -> Finding {
    let time = now.strftime("%F %T UTC").to_string();
    let seen = Phrase::new("doctor-time").with("time", time);
    if clock::is_unset(now) {
        return Finding::bad(Check::Clock, seen, Cause::Clock.remedy());
    }
    Finding::good(Check::Clock, seen)
}

/// Discovery, whether the provider gives this client codes, and whether it takes the
/// question for the tokens of one. Nobody is shown the code: it runs out by itself.
async fn provider(config: &Config, clock: &SharedClock) -> Vec<Finding> {
    let provider = &config.provider;
    if let Some(file) = secret_of_systemd(config) {
        let seen = Phrase::new("doctor-secret-of-systemd").with("file", file);
        let unreached = [
            Check::Proxy,
            Check::Provider,
            Check::DeviceFlow,
            Check::TokenEndpoint,
            Check::ClockSkew,
        ];
        return unreached
            .map(|check| Finding::not_checked(check, seen.clone()))
            .to_vec();
    }
    let client = match Client::new(provider.clone(), clock.clone()) {
        Ok(client) => client,
        Err(why) => {
            let unreached = [
                Check::Proxy,
                Check::DeviceFlow,
                Check::TokenEndpoint,
                Check::ClockSkew,
            ]
            .map(|check| Finding::skipped(check, Check::Provider));
            let told = Finding::bad(Check::Provider, why.phrase(), Cause::SecretFile.remedy());
            return std::iter::once(told).chain(unreached).collect();
        }
    };
    let asked = tokio::time::timeout(PATIENCE, client.device_authorization()).await;
    let mut findings = vec![seen::of_proxy(
        client.web().proxy(provider.issuer.url()),
        provider,
    )];
    findings.extend(match asked {
        Ok(Ok(grant)) => vec![
            seen::answers(provider),
            seen::gave_a_code(provider),
            tokens(&client, &grant, clock).await,
        ],
        Ok(Err(end)) => {
            let findings = seen::without_code(&end, provider, clock.wall()).to_vec();
            let asked = asked_in_vain(&client, provider).await;
            seen::with_address(findings, &asked)
        }
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            let slow = RequestError::new(provider.host(), TransportError::TimedOut { seconds });
            let end = End::Unreachable(slow.into());
            seen::without_code(&end, provider, clock.wall()).to_vec()
        }
    });
    if let Ok(metadata) = client.metadata().await {
        for finding in &mut findings {
            *finding = seen::with_scopes(finding.clone(), provider, &metadata);
            if finding.check == Check::DeviceFlow
                && finding.state == State::Good
                && let Some(doubt) = seen::doubts(provider, &metadata)
            {
                *finding = doubt;
            }
        }
    }
    findings.push(seen::of_skew(client.ahead(), provider));
    findings
}

/// Which addresses gave no code.
async fn asked_in_vain(client: &Client, provider: &Provider) -> Vec<String> {
    match client.metadata().await {
        Ok(metadata) => vec![metadata.device_authorization_endpoint.url().to_string()],
        Err(_) => discovery_urls(provider)
            .iter()
            .map(ToString::to_string)
            .collect(),
    }
}

/// Asks once for the tokens of a code, no sooner than the provider wants.
async fn tokens(client: &Client, grant: &Grant, clock: &SharedClock) -> Finding {
    let (provider, interval) = (client.provider(), grant.device.interval);
    if interval > PATIENCE {
        return seen::not_asked(provider, interval.as_secs());
    }
    clock.sleep_until(clock.now() + interval).await;
    let poll = client.poll(grant).await;
    if let Poll::Tokens(tokens) = &poll {
        client.discard(tokens).await;
    }
    let found = seen::of_poll(&poll, provider, clock.wall());
    if found.state != doctor::State::Good {
        return found;
    }
    // Some providers look at the client no sooner than when it asks for tokens in earnest.
    match client.refusal_of_client().await {
        Some(refusal) => {
            let refused = Poll::Ended(End::Refused(refusal));
            seen::of_poll(&refused, provider, clock.wall())
        }
        None => found,
    }
}

/// The client's secret, where systemd hands it to its service alone.
fn secret_of_systemd(config: &Config) -> Option<String> {
    let file = config.provider.client_secret_file.as_ref()?;
    paths::is_handed_over_elsewhere(file).then(|| file.display().to_string())
}

/// Where sessions are kept, and whether the one that is there lasts.
async fn sessions(config: &Config, options: &Options, clock: &SharedClock) -> [Finding; 2] {
    const STORAGE: Check = Check::Storage;
    let mut own = config.clone();
    if secret_of_systemd(config).is_some() {
        own.provider.client_secret_file = None;
    }
    let setup = match Setup::from_config(own, options.profile.clone(), clock.clone()) {
        Ok(setup) => setup,
        Err(why) => {
            return [
                Finding::bad(STORAGE, why, Cause::NoHome.remedy()),
                Finding::skipped(Check::Session, STORAGE),
            ];
        }
    };
    let flow = setup.flow_of(&setup.profile());
    let place = Phrase::new("doctor-stores").with("place", flow.place());
    let storage = match flow.can_store().await {
        Ok(()) => stored(place, &unused(config).await),
        Err(why) => Finding::bad(STORAGE, why.phrase(), Cause::Storage.remedy()),
    };
    let session = match flow.restore().await {
        Ok(session) => seen::of_session(session.as_ref(), &config.provider, clock.wall()),
        Err(why) => Finding::bad(Check::Session, why.phrase(), Cause::Session.remedy()),
    };
    [storage, session]
}

/// Says of a place where sessions can be kept what else is there.
fn stored(place: Phrase, unused: &[Unused]) -> Finding {
    if unused.is_empty() {
        return Finding::good(Check::Storage, place);
    }
    let name = |unused: &Unused| {
        let issuer = unused.issuer.as_deref();
        let at = issuer.map_or_else(String::new, |issuer| format!(" ({issuer})"));
        format!("{}{at}", unused.who.label())
    };
    let sessions: Vec<_> = unused.iter().map(name).collect();
    let seen = Phrase::new("doctor-unused").with("sessions", sessions.join(", "));
    Finding::weak(Check::Storage, seen, Cause::UnusedSessions.remedy())
}

/// Glyphs for the language of the screens, from this machine's fonts where tenfoot
/// brings none.
fn fonts(display: &Display) -> Finding {
    const CHECK: Check = Check::Fonts;
    let language = display
        .language
        .unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()));
    let lacking: Vec<_> = [
        (Language::Japanese, "日本語コード", "fonts-noto-cjk"),
        (Language::Arabic, "العربية رمز", "fonts-noto-core"),
    ]
    .into_iter()
    .filter(|(_, sample, _)| !font::can_draw(sample))
    .collect();
    let needed = lacking.iter().find(|(each, _, _)| *each == language);
    if let Some((_, _, package)) = needed {
        let words = Phrase::new("doctor-fonts-screen").with("language", language.tag());
        return Finding::bad(
            CHECK,
            words,
            Cause::Fonts.remedy().with("package", *package),
        );
    }
    if lacking.is_empty() && !font::has_emoji() {
        let seen = Phrase::new("doctor-fonts-no-emoji");
        return Finding::good(CHECK, seen.with("package", "fonts-noto-color-emoji"));
    }
    if lacking.is_empty() {
        return Finding::good(CHECK, Phrase::new("doctor-fonts-good"));
    }
    let (tags, packages): (Vec<_>, Vec<_>) = lacking
        .iter()
        .map(|(language, _, package)| (language.tag(), *package))
        .unzip();
    Finding::weak(
        CHECK,
        Phrase::new("doctor-fonts-names").with("languages", tags.join(", ")),
        Cause::Names.remedy().with("packages", packages.join(" ")),
    )
}

fn screen() -> Finding {
    const CHECK: Check = Check::Display;
    match app::find_display() {
        Ok(()) => Finding::good(CHECK, Phrase::new("doctor-display-good")),
        Err(why) => Finding::weak(CHECK, Phrase::said(why), Cause::Display.remedy()),
    }
}

fn renderer(display: &Display) -> Finding {
    const CHECK: Check = Check::Renderer;
    let Decision { by, reason } = renderer::here(display.renderer);
    let told = |id| Phrase::new(id).with("reason", reason);
    match (by, display.renderer) {
        (By::Gpu, _) => Finding::good(CHECK, told("doctor-gpu")),
        (By::Software, Renderer::Auto | Renderer::Software) => {
            Finding::good(CHECK, told("doctor-software"))
        }
        (By::Software, Renderer::Gpu) => {
            Finding::weak(CHECK, told("doctor-no-gpu"), Cause::Renderer.remedy())
        }
    }
}
