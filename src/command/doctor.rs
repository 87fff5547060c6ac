//! `tenfoot doctor`: looks at everything that signing in on this TV depends on.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::exit::{Exit, Failure, Outcome};
use super::{no_configuration, output};
use crate::app;
use crate::cli::Options;
use crate::clock::SharedClock;
use crate::config::{Config, Display, Renderer};
use crate::doctor::{self, Finding};
use crate::oauth::client::Client;
use crate::oauth::flow::End;
use crate::paths::{self, Found};
use crate::setup::Setup;
use crate::ui::font;
use crate::words::Language;

/// A clock before this is one that nobody has set: tenfoot is younger.
const YOUNGEST: Timestamp = Timestamp::constant(1_767_225_600, 0);
/// Tokens are judged by the clock: beyond this they are refused.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);
/// How long the network may take for all of it.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn run(options: &Options, json: bool, clock: SharedClock) -> Outcome {
    let findings = look(options, clock).await;
    let told = if json {
        doctor::as_json(&findings).to_string()
    } else {
        doctor::as_text(&findings)
    };
    output::line(&told)?;
    if doctor::has_failed(&findings) {
        return Err(Failure::said(Exit::Failed));
    }
    Ok(())
}

/// Looks at everything; for the terminal, and for the service menu of a kiosk.
pub(super) async fn look(options: &Options, clock: SharedClock) -> Vec<Finding> {
    let (config, found) = configuration(options);
    let mut findings = vec![found, time(clock.wall())];
    match &config {
        Some(config) => {
            findings.extend(provider(config, &clock).await);
            findings.push(storage(config, options, &clock).await);
        }
        None => {
            findings.extend(
                ["provider", "device-flow", "storage"]
                    .map(|check| Finding::skipped(check, "config")),
            );
        }
    }
    let display = config.map_or_else(Display::default, |config| config.display);
    findings.extend([fonts(&display), screen(), renderer(&display)]);
    findings
}

fn configuration(options: &Options) -> (Option<Config>, Finding) {
    const CHECK: &str = "config";
    match paths::config_file(options.config.as_deref()) {
        Found::File(path) => match Config::read(&path) {
            Ok(config) => {
                let seen = format!("{} is fine", path.display());
                (Some(config), Finding::good(CHECK, seen))
            }
            Err(wrong) => {
                let remedy = "Mend that line; `tenfoot config example` shows every key.";
                (None, Finding::bad(CHECK, wrong.to_string(), remedy))
            }
        },
        Found::Nowhere { goes } => {
            let remedy = "Write it; `tenfoot config example` prints one to begin with.";
            (None, Finding::bad(CHECK, no_configuration(&goes), remedy))
        }
    }
}

fn time(now: Timestamp) -> Finding {
    const CHECK: &str = "clock";
    let seen = now.strftime("%F %T UTC").to_string();
    if now < YOUNGEST {
        let remedy =
            "The clock was never set: connect the network and turn on time synchronisation (NTP).";
        return Finding::bad(CHECK, seen, remedy);
    }
    Finding::good(CHECK, seen)
}

/// Discovery, and whether the provider gives this client codes. The code that it gives
/// is not used: it runs out by itself.
async fn provider(config: &Config, clock: &SharedClock) -> Vec<Finding> {
    const REACHED: &str = "provider";
    const GIVES: &str = "device-flow";
    let host = config.provider.host();
    let client = match Client::new(config.provider.clone(), clock.clone()) {
        Ok(client) => client,
        Err(why) => {
            let remedy = "Let provider.client_secret_file name a file that tenfoot can read.";
            return vec![
                Finding::bad(REACHED, why.to_string(), remedy),
                Finding::skipped(GIVES, REACHED),
            ];
        }
    };
    let asked = tokio::time::timeout(PATIENCE, client.device_authorization()).await;
    let mut findings = match asked {
        Ok(Ok(_)) => vec![
            Finding::good(REACHED, format!("{host} answers")),
            Finding::good(GIVES, format!("{host} gives codes to this client")),
        ],
        Ok(Err(End::Unreachable(words))) => vec![
            Finding::bad(REACHED, words.to_string(), NETWORK),
            Finding::skipped(GIVES, REACHED),
        ],
        Ok(Err(end)) => vec![
            Finding::good(REACHED, format!("{host} answers")),
            Finding::bad(GIVES, end.to_string(), GRANT),
        ],
        Err(_) => vec![
            Finding::bad(REACHED, format!("{host} didn’t answer in time"), NETWORK),
            Finding::skipped(GIVES, REACHED),
        ],
    };
    findings.extend(client.ahead().filter(is_far_off).map(|ahead| {
        let seen = format!(
            "this machine and {host} disagree by {} s",
            ahead.as_secs().abs()
        );
        Finding::bad("clock-skew", seen, "Turn on time synchronisation (NTP).")
    }));
    findings
}

const NETWORK: &str = "Check the network cable or Wi-Fi, the name server, and a proxy if there is \
                       one; then provider.issuer in the configuration.";
const GRANT: &str = "At the provider: the application must be of the kind Native and allow the \
                     grant “Device Code”; the scope must be one it knows, and provider.audience \
                     the identifier of an API there.";

fn is_far_off(ahead: &SignedDuration) -> bool {
    ahead.abs() > TOLERATED
}

async fn storage(config: &Config, options: &Options, clock: &SharedClock) -> Finding {
    const CHECK: &str = "storage";
    let setup = match Setup::from_config(config.clone(), options.profile.clone(), clock.clone()) {
        Ok(setup) => setup,
        Err(why) => return Finding::bad(CHECK, why.to_string(), "Set HOME or STATE_DIRECTORY."),
    };
    let flow = setup.flow_of(&setup.profile());
    let place = flow.place();
    match flow.can_store().await {
        Ok(()) => Finding::good(CHECK, format!("sessions can be kept in {place}")),
        Err(why) => Finding::bad(
            CHECK,
            why.to_string(),
            "Make room, or mend the permissions of that place; or set storage.backend.",
        ),
    }
}

/// Glyphs for the language of the screens, from this machine's fonts where tenfoot
/// brings none.
fn fonts(display: &Display) -> Finding {
    const CHECK: &str = "fonts";
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
        let seen = format!(
            "no font can draw the screens' language ({})",
            language.tag()
        );
        return Finding::bad(CHECK, seen, format!("Install one, on Debian: {package}."));
    }
    if lacking.is_empty() {
        return Finding::good(CHECK, "Latin, Japanese and Arabic can be drawn");
    }
    let (tags, packages): (Vec<_>, Vec<_>) = lacking
        .iter()
        .map(|(language, _, package)| (language.tag(), *package))
        .unzip();
    Finding::weak(
        CHECK,
        format!("no font can draw names in: {}", tags.join(", ")),
        format!(
            "Where people have such names, install on Debian: {}.",
            packages.join(" ")
        ),
    )
}

fn screen() -> Finding {
    const CHECK: &str = "display";
    match app::find_display() {
        Ok(()) => Finding::good(CHECK, "there is one that answers"),
        Err(why) => Finding::weak(
            CHECK,
            why,
            "The terminal commands need none; the TV app does.",
        ),
    }
}

fn renderer(display: &Display) -> Finding {
    const CHECK: &str = "renderer";
    match display.renderer {
        Renderer::Auto | Renderer::Software => Finding::good(CHECK, "software"),
        Renderer::Gpu => Finding::weak(
            CHECK,
            "software, although display.renderer is “gpu”",
            "This build draws in software alone: set display.renderer to “auto”.",
        ),
    }
}
