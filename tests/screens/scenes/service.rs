//! The service menu of a kiosk.

use std::time::Duration;

use tenfoot::config::Provider;
use tenfoot::doctor::{Cause, Check, Finding, Remedy};
use tenfoot::i18n::Phrase;
use tenfoot::screen::service::{Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::{Canvas, HOST, START, Scene, scene, show};

const MENU: &[&str] = &["Back to the TV", "Diagnostics", "Leave tenfoot"];
const PAD: &[&str] = &["Enter the PIN"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "service",
        |look, canvas| after(open(), &[], look, canvas),
        MENU,
    ),
    scene(
        "service-leave",
        |look, canvas| after(open(), &[Press::Down, Press::Down], look, canvas),
        MENU,
    ),
    scene(
        "service-shut",
        |look, canvas| after(State::without_exit(true, START), &[], look, canvas),
        &["Back to the TV", "Diagnostics"],
    ),
    scene(
        "service-pin",
        |look, canvas| after(locked(), &[], look, canvas),
        PAD,
    ),
    scene(
        "service-pin-typed",
        |look, canvas| {
            let typed = [Press::Channel(2), Press::Channel(5), Press::Channel(8)];
            after(locked(), &typed, look, canvas);
        },
        PAD,
    ),
    scene(
        "service-pin-wrong",
        |look, canvas| {
            let mut state = locked();
            state.refuse(START, START + Duration::from_secs(64));
            after(state, &[Press::Right], look, canvas);
        },
        PAD,
    ),
    scene(
        "service-looking",
        |look, canvas| after(open(), &[Press::Down, Press::Ok], look, canvas),
        &["Diagnostics"],
    ),
    scene(
        "service-found",
        |look, canvas| {
            let mut state = open();
            for press in [Press::Down, Press::Ok] {
                let _ = state.update(Message::Press(press));
            }
            let _ = state.update(Message::Found(findings()));
            show(state.view(look), canvas);
        },
        &["Diagnostics"],
    ),
];

fn open() -> State {
    State::open(true, START)
}

pub(super) fn locked() -> State {
    State::locked(true, START, None)
}

fn after(mut state: State, presses: &[Press], look: &Look, canvas: Canvas<'_>) {
    for press in presses {
        let _ = state.update(Message::Press(*press));
    }
    show(state.view(look), canvas);
}

fn findings() -> Vec<Finding> {
    let about = |id, host| Phrase::new(id).with("host", host);
    vec![
        Finding::good(
            Check::Config,
            Phrase::new("doctor-fine").with("file", "/etc/tenfoot/config.toml"),
        ),
        Finding::good(
            Check::Clock,
            Phrase::new("doctor-time").with("time", "2026-11-27 20:15:00 UTC"),
        ),
        Finding::good(Check::Provider, about("doctor-answers", HOST)),
        Finding::bad(
            Check::DeviceFlow,
            Phrase::new("provider-quoted")
                .with("ours", about("doctor-refuses", HOST))
                .with("theirs", "Unauthorized"),
            auth0(),
        ),
        Finding::skipped(Check::TokenEndpoint, Check::DeviceFlow),
        Finding::weak(
            Check::Fonts,
            Phrase::new("doctor-fonts-names").with("languages", "ja"),
            Cause::Names.remedy().with("packages", "fonts-noto-cjk"),
        ),
    ]
}

/// What an Auth0 tenant is told to change: the longest of the remedies.
fn auth0() -> Remedy {
    let text = "issuer = \"https://acme.eu.auth0.com/\"\nclient_id = \"tv\"\n";
    let provider: Provider = toml::from_str(text).unwrap();
    Cause::Application.remedy_at(&provider)
}
