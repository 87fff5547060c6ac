//! The service menu of a kiosk.

use std::time::Duration;

use tenfoot::doctor::Finding;
use tenfoot::screen::service::{Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::{Canvas, START, Scene, scene, show};

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
    vec![
        Finding::good("config", "/etc/tenfoot/config.toml is fine"),
        Finding::good("clock", "2026-11-27 20:15:00 UTC"),
        Finding::bad(
            "provider",
            "acme.example doesn’t answer.",
            "Check the network cable or Wi-Fi, the name server, and a proxy if there is one.",
        ),
        Finding::skipped("device-flow", "provider"),
        Finding::weak(
            "fonts",
            "no font can draw names in: ja",
            "Where people have such names, install on Debian: fonts-noto-cjk.",
        ),
    ]
}
