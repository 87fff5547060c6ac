//! The problem screen.

use std::path::PathBuf;

use tenfoot::config;
use tenfoot::i18n::Phrase;
use tenfoot::screen::problem::{Message, Problem, State};
use tenfoot::ui::keys::Press;

use super::{START, Scene, scene, show};

const MATTERS: &[&str] = &["Try again", "Leave"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "problem",
        |look, canvas| show(State::new(misspelt()).view(look), canvas),
        MATTERS,
    ),
    scene(
        "problem-leave",
        |look, canvas| {
            let mut state = State::new(misspelt());
            state.update(Message::Press(Press::Right));
            show(state.view(look), canvas);
        },
        MATTERS,
    ),
    scene(
        "problem-missing",
        |look, canvas| show(State::new(unreadable()).view(look), canvas),
        MATTERS,
    ),
    scene(
        "problem-setup",
        |look, canvas| {
            let mut state = State::new(setup());
            state.postpone(START, 0, 0.5);
            show(state.view(look), canvas);
        },
        MATTERS,
    ),
];

pub(super) fn misspelt() -> Problem {
    Problem::Config(config::Error {
        file: PathBuf::from("/etc/tenfoot/config.toml"),
        line: Some(3),
        key: Some("provider.clinet_id".to_owned()),
        message: "There is no key “clinet_id” here.".to_owned(),
        nearest: Some("client_id".to_owned()),
    })
}

fn unreadable() -> Problem {
    Problem::Config(config::Error {
        file: PathBuf::from("/home/ada/.config/tenfoot/a-television-in-the-living-room.toml"),
        line: None,
        key: None,
        message: "The file can't be read: permission denied.".to_owned(),
        nearest: None,
    })
}

fn setup() -> Problem {
    Problem::Setup {
        words: Phrase::new("provider-secret-file")
            .with("path", "/run/credentials/tenfoot/secret")
            .with("why", Phrase::new("io-missing")),
        file: PathBuf::from("/etc/tenfoot/config.toml"),
    }
}
