//! A screen while nobody is there. What lies over it then is drawn over the ring around the
//! focus, which the stage of these scenes draws over everything: it is seen in journeys.

use std::time::Duration;

use jiff::Timestamp;
use tenfoot::ui::Look;
use tenfoot::ui::idle::Idle;

use super::{Canvas, START, Scene, scene, show, signed_in};

pub(super) const SCENES: &[Scene] = &[
    scene(
        "idle-hints",
        |look, canvas| after(120_090, look, canvas),
        &[],
    ),
    scene(
        "idle-no-hints",
        |look, canvas| after(125_000, look, canvas),
        &[],
    ),
];

/// So many milliseconds after the last key.
fn after(late: u64, look: &Look, canvas: Canvas<'_>) {
    let mut idle = Idle::new(tenfoot::config::Idle::default(), true, START);
    idle.look(START + Duration::from_millis(late), Timestamp::UNIX_EPOCH);
    let look = &Look {
        hints: idle.hints(),
        ..*look
    };
    show(signed_in::cards(look).view(look), canvas);
}
