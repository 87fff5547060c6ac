//! Keys, from what arrives to what comes of it.

use super::*;

/// Signed in, the greeting past, the gate open.
fn signed_in() -> Stage {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    stage.after(1000);
    stage
}

impl Stage {
    fn after(&self, milliseconds: u64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = *now + Duration::from_millis(milliseconds);
    }

    fn place(&self) -> String {
        let Screen::SignedIn(screen) = &self.app.screen else {
            panic!("not signed in: {:?}", self.app.screen)
        };
        format!("{:?}", screen.place())
    }

    /// Whether the account menu lies over the screen: it alone takes OK at once there.
    fn menu_is_open(&self) -> bool {
        let Screen::SignedIn(screen) = &self.app.screen else {
            return false;
        };
        !screen.menu_differs() && screen.place() == signed_in::FocusArea::Tabs
    }
}

fn remote_ok(down: bool) -> Message {
    let physical_key = Physical::Unidentified(NativeCode::Xkb(352));
    Message::Key(if down {
        keyboard::Event::KeyPressed {
            key: Key::Unidentified,
            modified_key: Key::Unidentified,
            physical_key,
            location: Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat: false,
        }
    } else {
        keyboard::Event::KeyReleased {
            key: Key::Unidentified,
            modified_key: Key::Unidentified,
            physical_key,
            location: Location::Standard,
            modifiers: Modifiers::empty(),
        }
    })
}

fn pressed(named: Named) -> Message {
    arrow(named, false)
}

fn arrow(named: Named, repeat: bool) -> Message {
    Message::Key(keyboard::Event::KeyPressed {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: Physical::Unidentified(NativeCode::Xkb(0)),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat,
    })
}

#[test]
fn a_long_ok_on_the_tabs_is_menu_while_it_is_still_down_and_nothing_else() {
    let mut stage = signed_in();
    stage.tell(remote_ok(true));
    stage.tell(Message::Held);
    assert!(!stage.menu_is_open(), "not long yet");
    stage.after(600);
    stage.tell(Message::Held);
    assert!(stage.menu_is_open());
    stage.tell(remote_ok(false));
    assert!(stage.menu_is_open(), "the release does nothing");
}

#[test]
fn the_release_of_a_long_ok_is_enough_should_the_timer_be_late() {
    let mut stage = signed_in();
    stage.tell(remote_ok(true));
    stage.after(700);
    stage.tell(remote_ok(false));
    assert!(stage.menu_is_open());
    stage.tell(Message::Held);
    assert!(stage.menu_is_open());
}

#[test]
fn ok_acts_at_once_where_menu_means_the_same() {
    let mut stage = stage();
    stage.after(1000);
    stage.tell(remote_ok(true));
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn a_press_of_ok_ends_with_the_screen_that_it_was_meant_for() {
    let mut stage = signed_in();
    stage.tell(remote_ok(true));
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab: 0,
        request: 1,
        result: Err(crate::channel::Error::SignedOut(
            crate::session::token_manager::SessionEnd::EndedElsewhere,
        )),
    }));
    assert_eq!(stage.screen(), "start");
    stage.after(1000);
    stage.tell(Message::Held);
    stage.tell(remote_ok(false));
    assert_eq!(stage.screen(), "start");
}

#[test]
fn a_press_of_ok_ends_when_the_keys_go_elsewhere() {
    let mut stage = signed_in();
    stage.tell(remote_ok(true));
    stage.tell(Message::Unfocused);
    stage.after(1000);
    stage.tell(Message::Held);
    assert!(!stage.menu_is_open());
}

#[test]
fn repeats_of_an_arrow_that_piled_up_move_once() {
    let mut stage = signed_in();
    // From the one tab to the account's button at its side, and no further.
    stage.tell(arrow(Named::ArrowRight, true));
    assert_eq!(stage.place(), "Account");
    stage.tell(arrow(Named::ArrowLeft, true));
    assert_eq!(stage.place(), "Account", "in the same frame");
    stage.after(16);
    stage.tell(arrow(Named::ArrowLeft, true));
    assert_eq!(stage.place(), "Tabs");
}

#[test]
fn on_a_mirrored_screen_the_left_arrow_leads_on() {
    let mut stage = signed_in();
    stage.app.look.language = Language::Arabic;
    stage.tell(arrow(Named::ArrowRight, false));
    assert_eq!(stage.place(), "Tabs");
    stage.tell(arrow(Named::ArrowLeft, false));
    assert_eq!(stage.place(), "Account");
}

#[test]
fn in_the_key_tester_keys_do_nothing_else_and_two_backs_lead_to_the_screen_behind() {
    let mut stage = stage().coded();
    stage.after(1000);
    stage.tell(pressed(Named::F1));
    assert!(stage.app.help.is_some());
    for key in [Named::Enter, Named::Escape, Named::F5] {
        stage.tell(pressed(key));
    }
    stage.tell(Message::RightClick);
    stage.tell(Message::Wheel(iced::mouse::ScrollDelta::Lines {
        x: 0.0,
        y: 1.0,
    }));
    assert!(stage.app.help.is_some());
    assert_eq!(stage.screen(), "code");
    stage.tell(pressed(Named::Escape));
    assert!(stage.app.help.is_none());
    stage.tell(pressed(Named::Escape));
    assert_eq!(stage.screen(), "code", "a third Back of an eager thumb");
}

#[test]
fn what_is_waited_for_goes_on_behind_the_key_tester() {
    let mut stage = stage().coded();
    stage.press(Press::Help);
    stage.tell(Message::Flow(1, Said::SignedIn(session())));
    assert_eq!(stage.screen(), "signed-in");
    assert!(stage.app.help.is_some());
    stage.after(61_000);
    stage.tell(Message::Tick);
    assert!(stage.app.help.is_none());
}

#[test]
fn ok_twice_on_the_start_screen_does_not_skip_the_code() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(None)));
    stage.after(1000);
    assert_eq!(stage.screen(), "start");
    stage.tell(pressed(Named::Enter));
    assert_eq!(stage.screen(), "waiting");
    stage.after(200);
    stage.tell(pressed(Named::Enter));
    assert_eq!(stage.screen(), "waiting");
    let attempt = stage.app.screen.attempt().unwrap();
    stage.tell(Message::Flow(attempt, Said::Code(prompt("WDJB-MJHT"))));
    stage.after(250);
    stage.tell(pressed(Named::Enter));
    assert_eq!(stage.screen(), "code");
    stage.after(60);
    stage.tell(pressed(Named::Enter));
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn the_pointer_hides_again_when_keys_are_used() {
    let mut stage = signed_in();
    stage.app.pointer = Pointer::Seen;
    stage.tell(pressed(Named::ArrowDown));
    assert_eq!(stage.app.pointer, Pointer::Hidden);
}
