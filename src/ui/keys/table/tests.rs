use super::*;
use iced::keyboard::Location;

fn pressed(key: Key, physical_key: Physical) -> Event {
    Event::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key,
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat: false,
    }
}

fn held(event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::KeyPressed { repeat, .. } = &mut event {
        *repeat = true;
    }
    event
}

fn evdev(code: u32) -> Event {
    pressed(Key::Unidentified, xkb(code))
}

fn xkb(code: u32) -> Physical {
    Physical::Unidentified(NativeCode::Xkb(code))
}

fn named(named: Named) -> Event {
    pressed(Key::Named(named), xkb(0))
}

fn character(character: &str) -> Event {
    pressed(Key::Character(character.into()), xkb(0))
}

fn means(event: &Event) -> Option<Press> {
    Table::default().press(event)
}

#[test]
fn remote_keys_without_a_name_are_known_by_their_code() {
    assert_eq!(means(&evdev(352)), Some(Press::Ok));
    assert_eq!(means(&evdev(353)), Some(Press::Ok));
    assert_eq!(means(&evdev(158)), Some(Press::Back));
    assert_eq!(means(&evdev(402)), Some(Press::NextChannel));
    assert_eq!(means(&evdev(403)), Some(Press::PreviousChannel));
    assert_eq!(means(&evdev(407)), Some(Press::NextChannel));
    assert_eq!(means(&evdev(412)), Some(Press::PreviousChannel));
    assert_eq!(means(&evdev(398)), Some(Press::Refresh));
    assert_eq!(means(&evdev(401)), Some(Press::Account));
    assert_eq!(means(&evdev(139)), Some(Press::Menu));
    assert_eq!(means(&evdev(438)), Some(Press::Menu));
    assert_eq!(means(&evdev(358)), Some(Press::Menu));
    assert_eq!(means(&evdev(172)), Some(Press::Home));
    for (number, code) in (512..=521).enumerate() {
        assert_eq!(
            means(&evdev(code)),
            Some(Press::Channel(u8::try_from(number).unwrap()))
        );
    }
    for code in [164, 166, 200, 201, 207] {
        assert_eq!(means(&evdev(code)), Some(Press::Pause), "{code}");
    }
}

#[test]
fn key_stop_arrives_as_cancel_and_is_not_back() {
    assert_eq!(means(&pressed(Key::Named(Named::Cancel), xkb(128))), None);
}

#[test]
fn key_exit_arrives_as_close_and_is_back() {
    assert_eq!(
        means(&pressed(Key::Named(Named::Close), xkb(174))),
        Some(Press::Back)
    );
    assert_eq!(means(&named(Named::Close)), Some(Press::Back));
}

#[test]
fn key_back_arrives_as_browser_back() {
    assert_eq!(
        means(&pressed(Key::Named(Named::BrowserBack), xkb(158))),
        Some(Press::Back)
    );
}

#[test]
fn play_and_pause_keys_arrive_under_several_names() {
    assert_eq!(means(&named(Named::MediaPlay)), Some(Press::Pause));
    assert_eq!(means(&named(Named::Pause)), Some(Press::Pause));
    assert_eq!(
        means(&pressed(
            Key::Unidentified,
            Physical::Code(Code::MediaPlayPause)
        )),
        Some(Press::Pause)
    );
}

#[test]
fn a_high_code_wins_over_a_name_that_says_something_else() {
    assert_eq!(
        means(&pressed(Key::Named(Named::Escape), xkb(352))),
        Some(Press::Ok)
    );
}

#[test]
fn a_keyboard_is_enough() {
    assert_eq!(means(&named(Named::ArrowLeft)), Some(Press::Left));
    assert_eq!(means(&named(Named::Enter)), Some(Press::Ok));
    assert_eq!(means(&named(Named::Space)), Some(Press::Ok));
    assert_eq!(means(&named(Named::Escape)), Some(Press::Back));
    assert_eq!(means(&named(Named::Backspace)), Some(Press::Back));
    assert_eq!(means(&named(Named::PageUp)), Some(Press::NextChannel));
    assert_eq!(means(&named(Named::PageDown)), Some(Press::PreviousChannel));
    assert_eq!(means(&character("3")), Some(Press::Channel(3)));
    assert_eq!(means(&character("R")), Some(Press::Refresh));
    assert_eq!(means(&character("a")), Some(Press::Account));
    assert_eq!(means(&character("q")), None);
}

#[test]
fn volume_mute_and_power_are_never_ours() {
    for key in [
        Named::AudioVolumeUp,
        Named::AudioVolumeDown,
        Named::AudioVolumeMute,
        Named::Power,
    ] {
        assert_eq!(means(&named(key)), None, "{key:?}");
    }
    for code in [113, 114, 115, 116] {
        assert_eq!(means(&evdev(code)), None, "{code}");
    }
}

#[test]
fn ok_and_back_act_once_while_arrows_repeat() {
    assert_eq!(means(&held(&named(Named::Enter))), None);
    assert_eq!(means(&held(&named(Named::Escape))), None);
    assert_eq!(means(&held(&named(Named::ArrowDown))), Some(Press::Down));
}

#[test]
fn shortcuts_of_the_desktop_are_left_alone() {
    let mut event = named(Named::Enter);
    if let Event::KeyPressed { modifiers, .. } = &mut event {
        *modifiers = Modifiers::ALT;
    }
    assert_eq!(means(&event), None);
}

#[test]
fn what_the_user_added_wins_by_code_name_and_character() {
    let added = [
        ("398", KeyAction::Home),
        ("MediaPlay", KeyAction::Ok),
        ("x", KeyAction::Back),
    ];
    let table = Table::new(
        &added
            .into_iter()
            .map(|(key, action)| (key.to_owned(), action))
            .collect(),
    );
    assert_eq!(table.press(&evdev(398)), Some(Press::Home));
    assert_eq!(table.press(&named(Named::MediaPlay)), Some(Press::Ok));
    assert_eq!(table.press(&character("x")), Some(Press::Back));
    assert_eq!(table.press(&evdev(401)), Some(Press::Account));
}

#[test]
fn a_digit_that_takes_shift_is_a_digit_all_the_same() {
    let mut event = pressed(Key::Character("&".into()), xkb(0));
    if let Event::KeyPressed { modified_key, .. } = &mut event {
        *modified_key = Key::Character("1".into());
    }
    assert_eq!(means(&event), Some(Press::Channel(1)));
}

#[test]
fn the_key_tester_is_found_by_its_code_its_name_and_a_question_mark() {
    assert_eq!(means(&evdev(138)), Some(Press::Help));
    assert_eq!(means(&named(Named::F1)), Some(Press::Help));
    assert_eq!(means(&character("?")), Some(Press::Help));
}

#[test]
fn a_key_that_has_a_name_on_the_way_can_be_added_by_its_code() {
    let added = [("28".to_owned(), KeyAction::Menu)].into();
    let enter = pressed(Key::Named(Named::Enter), Physical::Code(Code::Enter));
    assert_eq!(Table::new(&added).press(&enter), Some(Press::Menu));
}

#[test]
fn what_arrived_of_a_key_is_told_with_what_it_asks_for() {
    let heard = Table::default().hear(&pressed(Key::Named(Named::Close), xkb(174)));
    let expected = Heard {
        code: Some(174),
        name: Some("Close".to_owned()),
        character: None,
        press: Some(Press::Back),
    };
    assert_eq!(heard, Some(expected));
    let heard = Table::default().hear(&character("q")).unwrap();
    assert_eq!((heard.character.as_deref(), heard.press), (Some("q"), None));
    assert_eq!(Table::default().hear(&held(&character("q"))), None);
}

#[test]
fn the_keys_of_an_action_begin_with_the_users_own_and_leave_out_what_they_took_away() {
    let added = [
        ("368".to_owned(), KeyAction::Refresh),
        ("398".to_owned(), KeyAction::Home),
    ]
    .into();
    let table = Table::new(&added);
    assert_eq!(
        table.keys(Press::Refresh),
        ["368", "R", "BrowserRefresh", "F5"]
    );
    assert_eq!(table.keys(Press::Channel(3)), ["3", "515"]);
}

fn at_position(written: &str, code: Code) -> Event {
    pressed(Key::Character(written.into()), Physical::Code(code))
}

#[test]
fn letters_and_digits_work_by_position_where_the_layout_lacks_them() {
    for (written, code, press) in [
        ("ر", Code::KeyR, Press::Refresh),
        ("к", Code::KeyR, Press::Refresh),
        ("α", Code::KeyA, Press::Account),
        ("ש", Code::KeyA, Press::Account),
        // AZERTY and Czech digits without Shift.
        ("&", Code::Digit1, Press::Channel(1)),
        ("à", Code::Digit0, Press::Channel(0)),
        ("ě", Code::Digit2, Press::Channel(2)),
        ("٣", Code::Digit3, Press::Channel(3)),
    ] {
        assert_eq!(means(&at_position(written, code)), Some(press), "{written}");
    }
    // On AZERTY the letter of Q stands where others have A.
    assert_eq!(means(&at_position("q", Code::KeyA)), None);
    assert_eq!(means(&at_position("a", Code::KeyQ)), Some(Press::Account));
}

#[test]
fn the_keypads_middle_key_is_ok_without_num_lock_and_a_digit_with_it() {
    let five = Physical::Code(Code::Numpad5);
    assert_eq!(means(&pressed(Key::Unidentified, five)), Some(Press::Ok));
    assert_eq!(
        means(&at_position("5", Code::Numpad5)),
        Some(Press::Channel(5))
    );
}

#[test]
fn the_menu_keys_of_disc_players_are_menu() {
    assert_eq!(means(&evdev(618)), Some(Press::Menu));
    assert_eq!(means(&evdev(619)), Some(Press::Menu));
}
