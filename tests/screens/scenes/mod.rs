//! The screens in all their states, with invented contents.

mod code;
mod details;
mod ended;
mod groups;
mod help;
mod idle;
mod invented;
mod people;
mod problem;
mod service;
mod signed_in;
mod start;
mod waiting;
pub(crate) mod walkers;

use std::time::Duration;

use jiff::Timestamp;
use tenfoot::clock::Moment;
use tenfoot::ui::idle::Idle;
use tenfoot::ui::{Element, Look};

use super::stage::{self, Canvas, Stage};

pub(crate) use code::{LINK, LONG_ADDRESS, WIDE_CODE, pending};

/// A screen in one of its states.
#[derive(Clone, Copy)]
pub(crate) struct Scene {
    /// Begins with the name of the screen.
    pub(crate) name: &'static str,
    /// Draws it with a look.
    pub(crate) draw: fn(&Look, Canvas<'_>),
    /// What has to be whole on it however large texts are, in English.
    pub(crate) matters: &'static [&'static str],
    /// For how long nobody has pressed a key.
    pub(crate) quiet: Duration,
}

impl Scene {
    /// The same after that time without a key.
    const fn after(self, quiet: Duration) -> Self {
        Self { quiet, ..self }
    }

    /// As a picture.
    pub(crate) fn drawn(&self, stage: &Stage) -> image::RgbImage {
        stage::drawn(&stage.clone().idle(self.idle()), self.draw)
    }

    /// How long nobody has been there.
    pub(crate) fn idle(&self) -> Idle {
        let mut idle = Idle::new(tenfoot::config::Idle::default(), true, START);
        idle.look(START + self.quiet, Timestamp::UNIX_EPOCH);
        idle
    }
}

const fn scene(
    name: &'static str,
    draw: fn(&Look, Canvas<'_>),
    matters: &'static [&'static str],
) -> Scene {
    Scene {
        name,
        draw,
        matters,
        quiet: Duration::ZERO,
    }
}

/// Every screen in every state.
pub(crate) fn all() -> Vec<Scene> {
    [
        start::SCENES,
        people::SCENES,
        code::SCENES,
        waiting::SCENES,
        signed_in::SCENES,
        groups::SCENES,
        details::SCENES,
        ended::SCENES,
        problem::SCENES,
        help::SCENES,
        service::SCENES,
        idle::SCENES,
    ]
    .concat()
}

/// The scene of that name.
pub(crate) fn named(name: &str) -> Scene {
    let found = all().into_iter().find(|scene| scene.name == name);
    found.unwrap_or_else(|| panic!("there is no scene “{name}”"))
}

const HOST: &str = "acme.example";
const START: Moment = Moment::from_boot(Duration::from_secs(1000));

fn show<'a, M: 'a>(element: Element<'a, M>, canvas: Canvas<'_>) {
    canvas(element.map(|_| ()));
}
