//! The key tester.

use tenfoot::config::KeyAction;
use tenfoot::screen::help::{Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::{Heard, Press, Table};

use super::{Canvas, START, Scene, scene};

const MATTERS: &[&str] = &["Key tester", "Back, Back"];

pub(super) const SCENES: &[Scene] = &[
    scene("help", |look, canvas| after(6, look, canvas), MATTERS),
    scene(
        "help-untouched",
        |look, canvas| after(0, look, canvas),
        MATTERS,
    ),
];

/// After the last `pressed` of a few keys.
fn after(pressed: usize, look: &Look, canvas: Canvas<'_>) {
    let heard = |code: u32, name: Option<&str>, character: Option<&str>, press| Heard {
        code: Some(code),
        name: name.map(str::to_owned),
        character: character.map(str::to_owned),
        press,
    };
    let all = [
        heard(352, None, None, Some(Press::Ok)),
        heard(513, None, None, Some(Press::Channel(1))),
        heard(174, Some("Close"), None, Some(Press::Back)),
        heard(163, Some("MediaTrackNext"), None, None),
        heard(16, None, Some("q"), None),
        heard(164, Some("MediaPlayPause"), None, Some(Press::Pause)),
    ];
    let added = [("368".to_owned(), KeyAction::Refresh)].into();
    let mut state = State::new(START);
    for heard in all.into_iter().rev().take(pressed).rev() {
        let _ = state.update(&Message::Heard(heard, START));
    }
    canvas(state.view(look, &Table::new(&added)));
}
