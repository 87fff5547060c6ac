//! A screen while nobody is there.

use std::time::Duration;

use super::{Scene, scene, show, signed_in};

pub(super) const SCENES: &[Scene] = &[
    cards("idle-hints").after(Duration::from_millis(120_090)),
    cards("idle-no-hints").after(Duration::from_secs(125)),
    cards("idle-dim").after(Duration::from_secs(5 * 60 + 200)),
    cards("idle-black").after(Duration::from_secs(15 * 60)),
];

const fn cards(name: &'static str) -> Scene {
    scene(
        name,
        |look, canvas| show(signed_in::cards(look).view(look), canvas),
        &[],
    )
}
