use super::*;

fn at(seconds: u64) -> Moment {
    Moment::from_boot(Duration::from_secs(7000 + seconds))
}

fn pressed(state: &mut State, presses: &[Press]) -> Action {
    let mut last = Action::None;
    for press in presses {
        last = state.update(Message::Press(*press));
    }
    last
}

#[test]
fn the_harmless_choice_has_the_focus_and_leaving_is_the_last() {
    let mut state = State::open(true, at(0));
    assert_eq!(pressed(&mut state, &[Press::Ok]), Action::Close);
    let mut state = State::open(true, at(0));
    let leaving = [Press::Down, Press::Down, Press::Down, Press::Ok];
    assert_eq!(pressed(&mut state, &leaving), Action::Leave);
}

#[test]
fn where_there_is_nothing_to_look_at_it_is_not_offered() {
    let mut state = State::open(false, at(0));
    assert_eq!(
        pressed(&mut state, &[Press::Down, Press::Ok]),
        Action::Leave
    );
}

#[test]
fn behind_a_pin_no_key_leads_out_but_the_pin() {
    let mut state = State::locked(true, at(0), None);
    for press in [
        Press::Down,
        Press::Down,
        Press::Down,
        Press::Up,
        Press::Menu,
    ] {
        assert_eq!(pressed(&mut state, &[press]), Action::None);
    }
    for choice in [Choice::Leave, Choice::Diagnose] {
        assert_eq!(state.update(Message::Chosen(choice)), Action::None);
    }
    assert_eq!(pressed(&mut state, &[Press::Back]), Action::Close);
    state.unlock();
    let leaving = [Press::Down, Press::Down, Press::Ok];
    assert_eq!(pressed(&mut state, &leaving), Action::Leave);
}

#[test]
fn after_a_wrong_pin_nothing_can_be_typed_until_it_is_time() {
    let mut state = State::locked(true, at(0), None);
    let two = [Press::Channel(2)];
    let _ = pressed(&mut state, &two);
    state.refuse(at(1), at(5));
    let _ = pressed(&mut state, &two);
    assert_eq!(state.update(Message::Typed(Key::Enter)), Action::None);
    let _ = state.update(Message::Tick(at(5)));
    let _ = pressed(&mut state, &two);
    let tried = state.update(Message::Typed(Key::Enter));
    assert_eq!(tried, Action::Try(Secret::new("2")));
}

#[test]
fn a_minute_without_keys_closes_it() {
    for mut state in [State::open(true, at(0)), State::locked(true, at(0), None)] {
        let _ = state.update(Message::Tick(at(30)));
        let _ = pressed(&mut state, &[Press::Down]);
        assert_eq!(state.update(Message::Tick(at(89))), Action::None);
        assert_eq!(state.update(Message::Tick(at(90))), Action::Close);
    }
}

#[test]
fn what_was_found_stays_long_enough_to_be_read_and_leads_back_to_the_menu() {
    let mut state = State::open(true, at(0));
    assert_eq!(
        pressed(&mut state, &[Press::Down, Press::Ok]),
        Action::Diagnose
    );
    let found = Finding::good(crate::doctor::Check::Clock, Phrase::said("now"));
    let _ = state.update(Message::Found(vec![found]));
    assert_eq!(state.update(Message::Tick(at(300))), Action::None);
    assert_eq!(pressed(&mut state, &[Press::Down]), Action::Scroll(1.0));
    assert_eq!(pressed(&mut state, &[Press::Back]), Action::None);
    assert_eq!(pressed(&mut state, &[Press::Ok]), Action::Diagnose);
}

#[test]
fn what_is_found_too_late_is_dropped() {
    let mut state = State::open(true, at(0));
    let _ = pressed(&mut state, &[Press::Down, Press::Ok, Press::Back]);
    let _ = state.update(Message::Found(Vec::new()));
    assert!(matches!(state.step, Step::Menu(_)));
}

#[test]
fn no_digit_that_was_typed_is_spoken() {
    let look = Look::new(
        iced::Size::new(1920.0, 1080.0),
        1.0,
        &crate::config::Display::default(),
    );
    let spoken = |digits: [u8; 3]| {
        let mut state = State::locked(true, at(0), None);
        let _ = pressed(&mut state, &digits.map(Press::Channel));
        state.spoken(&look)
    };
    assert_eq!(spoken([7, 3, 9]), spoken([1, 4, 0]));
}
