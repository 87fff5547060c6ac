//! The waiting screen.

use iced::Task;
use iced::task::Handle;
use tenfoot::screen::waiting::State;

use super::code::{LONG_ADDRESS, WIDE_CODE, asking, pending, reconnecting, waiting_for};
use super::{HOST, Scene, scene, show};

const APPROVAL: &[&str] = &["Approve on your phone", "WDJB-MJHT", "Show the code again"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "waiting",
        |look, canvas| show(State::Approval(pending()).view(look), canvas),
        APPROVAL,
    ),
    scene(
        "waiting-reconnecting",
        |look, canvas| {
            let pending = waiting_for(reconnecting());
            show(State::Approval(pending).view(look), canvas);
        },
        APPROVAL,
    ),
    scene(
        "waiting-wide",
        |look, canvas| {
            let pending = asking(WIDE_CODE, LONG_ADDRESS);
            show(State::Approval(pending).view(look), canvas);
        },
        &[
            "Approve on your phone",
            "WWWW",
            "WWW",
            "Show the code again",
        ],
    ),
    scene(
        "waiting-session",
        |look, canvas| show(session(None).view(look), canvas),
        &["Cancel"],
    ),
    scene(
        "waiting-session-of",
        |look, canvas| show(session(Some("Ada Lovelace")).view(look), canvas),
        &["Cancel"],
    ),
    scene(
        "waiting-demo",
        |look, canvas| show(State::Demo { _work: work() }.view(look), canvas),
        &["Cancel"],
    ),
    scene(
        "waiting-code",
        |look, canvas| {
            let state = State::Code {
                attempt: 1,
                host: HOST.to_owned(),
                guest: false,
            };
            show(state.view(look), canvas);
        },
        &["Cancel"],
    ),
    scene(
        "waiting-tokens",
        |look, canvas| show(tokens(false).view(look), canvas),
        &["Cancel"],
    ),
    scene(
        "waiting-tokens-guest",
        |look, canvas| show(tokens(true).view(look), canvas),
        &["Cancel"],
    ),
];

fn session(name: Option<&str>) -> State {
    State::Session {
        profile: "default".parse().unwrap(),
        name: name.map(str::to_owned),
        _work: work(),
    }
}

fn tokens(guest: bool) -> State {
    State::Tokens {
        attempt: 1,
        host: HOST.to_owned(),
        guest,
    }
}

fn work() -> Handle {
    Task::<()>::none().abortable().1
}
