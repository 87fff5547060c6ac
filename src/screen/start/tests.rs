use super::*;
use crate::i18n::Language;
use crate::oauth::Who;
use crate::session::profiles::Person;

fn ready() -> State {
    let offer = Offer::SignIn {
        host: "acme.example".to_owned(),
        channels: Vec::new(),
        demo: Vec::new(),
        guests: Guests::Welcome,
    };
    State::new(offer, None)
}

fn several() -> State {
    let person = |profile: &str| Person {
        profile: profile.parse().unwrap(),
        who: Who::default(),
    };
    let people = ["ada", "grace", "alan"].map(person);
    let current = "grace".parse().unwrap();
    State::new(Offer::People(People::new(&people, &current)), None)
}

fn restores(profile: &str) -> Action {
    Action::Restore(profile.parse().unwrap())
}

fn pressed(state: &mut State, presses: &[Press]) -> Action {
    let actions = presses
        .iter()
        .map(|&press| state.update(Message::Press(press)));
    actions.last().unwrap()
}

fn empty() -> State {
    State::new(
        Offer::SetUp {
            path: PathBuf::from("/etc/tenfoot/config.toml"),
        },
        None,
    )
}

#[test]
fn ok_signs_in() {
    assert_eq!(ready().update(Message::Press(Press::Ok)), Action::SignIn);
}

#[test]
fn back_leaves() {
    assert_eq!(ready().update(Message::Press(Press::Back)), Action::Leave);
}

#[test]
fn a_guest_is_the_quieter_choice() {
    let mut state = ready();
    let action = pressed(&mut state, &[Press::Right, Press::Ok]);
    assert_eq!(action, Action::Guest);
}

#[test]
fn where_guests_are_not_welcome_there_is_one_button() {
    let offer = Offer::SignIn {
        host: "acme.example".to_owned(),
        channels: Vec::new(),
        demo: Vec::new(),
        guests: Guests::Never,
    };
    let mut state = State::new(offer, None);
    let action = pressed(&mut state, &[Press::Right, Press::Ok]);
    assert_eq!(action, Action::SignIn);
}

#[test]
fn ok_goes_on_as_whoever_used_the_tv_last() {
    let action = pressed(&mut several(), &[Press::Ok]);
    assert_eq!(action, restores("grace"));
}

#[test]
fn arrows_move_along_the_row_and_its_ends_hold() {
    use Press::{Left, Ok, Right};
    let action = pressed(&mut several(), &[Left, Left, Left, Ok]);
    assert_eq!(action, restores("ada"));
    let action = pressed(&mut several(), &[Right, Right, Right, Ok]);
    assert_eq!(action, restores("alan"));
}

#[test]
fn below_the_row_somebody_is_added_or_looks_in_as_a_guest_and_the_row_keeps_its_place() {
    use Press::{Down, Left, Ok, Right, Up};
    let mut state = several();
    assert_eq!(pressed(&mut state, &[Right, Down, Ok]), Action::SignIn);
    assert_eq!(pressed(&mut state, &[Right, Ok]), Action::Guest);
    assert_eq!(pressed(&mut state, &[Left, Up, Ok]), restores("alan"));
}

#[test]
fn a_click_on_a_person_goes_on_as_them() {
    let mut state = several();
    let _ = state.update(Message::Press(Press::Down));
    assert_eq!(state.update(Message::PersonChosen(0)), restores("ada"));
    assert_eq!(pressed(&mut state, &[Press::Ok]), restores("ada"));
}

#[test]
fn words_that_are_too_long_scroll_beyond_the_row_and_the_buttons() {
    use Press::{Down, Up};
    let mut state = several();
    assert_eq!(pressed(&mut state, &[Up]), Action::Scroll(-1.0));
    assert_eq!(pressed(&mut state, &[Down, Down]), Action::Scroll(1.0));
}

#[test]
fn without_a_configuration_the_demo_has_the_focus() {
    assert_eq!(empty().update(Message::Press(Press::Ok)), Action::Demo);
}

#[test]
fn the_file_can_be_looked_for_again() {
    let mut state = empty();
    assert_eq!(state.update(Message::Press(Press::Right)), Action::None);
    let path = PathBuf::from("/etc/tenfoot/config.toml");
    assert_eq!(
        state.update(Message::Press(Press::Ok)),
        Action::Reread(path)
    );
}

#[test]
fn a_click_gives_the_focus_and_acts() {
    let mut state = empty();
    assert!(matches!(
        state.update(Message::Chosen(Choice::Reread)),
        Action::Reread(_)
    ));
    assert!(state.buttons.is(Choice::Reread));
}

#[test]
fn names_are_listed_as_a_person_would_in_their_language() {
    let names = ["Contacts", "Pictures", "News"].map(str::to_owned);
    let said = |names: &[String], language: Language| {
        language.tell(&Phrase::new("said").with("words", list(names)))
    };
    assert_eq!(
        said(&names, Language::English),
        "Contacts, Pictures and News"
    );
    assert_eq!(said(&names, Language::Japanese), "Contacts、Pictures、News");
    assert_eq!(said(&names[1..], Language::German), "Pictures und News");
    assert_eq!(said(&names[..1], Language::English), "Contacts");
}

#[test]
fn of_a_hundred_thousand_channels_the_first_are_named() {
    let channels = (0..100_000)
        .map(|number| format!("Channel {number}"))
        .collect();
    let state = State::new(
        Offer::SignIn {
            host: "acme.example".to_owned(),
            channels,
            demo: Vec::new(),
            guests: Guests::Never,
        },
        None,
    );
    let Offer::SignIn { channels, .. } = &state.offer else {
        panic!("{state:?}");
    };
    let words = Phrase::new("start-gives").with("channels", list(channels));
    let said = words.to_string();
    assert!(said.contains("Channel 11 and 99988 more"), "{said}");
    assert!(!said.contains("Channel 12"), "{said}");
}
