//! The start screen where people's sessions are kept.

use tenfoot::i18n::Phrase;
use tenfoot::oauth::Who;
use tenfoot::screen::start::{Message, Notice, Offer, People, State};
use tenfoot::session::profiles::Person;
use tenfoot::ui::keys::Press;

use super::{Scene, scene, show};

const FEW: [&str; 2] = ["Ada Lovelace", "Grace Hopper"];
const MANY: [&str; 7] = [
    "Ada Lovelace",
    "Alan Turing",
    "Maximiliane Wolkenstein-Trostburg",
    "Katherine Johnson",
    "Li",
    "Ada Lovelace",
    "margaret.hamilton@spaceflight.example",
];

const OF_FEW: &[&str] = &["Who’s here?", "Grace Hopper", "Add someone", "As a guest"];
const OF_MANY: &[&str] = &["Katherine Johnson", "Add someone", "As a guest"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "people",
        |look, canvas| show(of(&FEW, None, &[]).view(look), canvas),
        OF_FEW,
    ),
    scene(
        "people-one",
        |look, canvas| show(of(&FEW[..1], None, &[]).view(look), canvas),
        &["Ada Lovelace", "Add someone", "As a guest"],
    ),
    scene(
        "people-many",
        |look, canvas| show(of(&MANY, None, &[]).view(look), canvas),
        OF_MANY,
    ),
    scene(
        "people-first",
        |look, canvas| show(of(&MANY, None, &[Press::Left; 6]).view(look), canvas),
        &["Add someone", "As a guest"],
    ),
    scene(
        "people-last",
        |look, canvas| show(of(&MANY, None, &[Press::Right; 6]).view(look), canvas),
        &["Add someone", "As a guest"],
    ),
    scene(
        "people-add",
        |look, canvas| show(of(&MANY, None, &[Press::Down]).view(look), canvas),
        OF_MANY,
    ),
    scene(
        "people-guest",
        |look, canvas| {
            let presses = [Press::Down, Press::Right];
            show(of(&MANY, None, &presses).view(look), canvas);
        },
        OF_MANY,
    ),
    scene(
        "people-trouble",
        |look, canvas| {
            let words = Phrase::new("start-sign-in-again").with("name", "Ada Lovelace");
            let notice = Notice::Trouble(words);
            show(of(&MANY[1..6], Some(notice), &[]).view(look), canvas);
        },
        OF_MANY,
    ),
    scene(
        "people-gone",
        |look, canvas| {
            let words = Phrase::new("start-session-gone").with("name", "Alan Turing");
            let notice = Notice::Trouble(words);
            show(of(&FEW, Some(notice), &[]).view(look), canvas);
        },
        &["Grace Hopper", "Add someone", "As a guest"],
    ),
];

/// These people, the one in the middle having been here last, after these keys.
pub(super) fn of(names: &[&str], notice: Option<Notice>, presses: &[Press]) -> State {
    let person = |(at, name): (usize, &&str)| Person {
        profile: format!("p{at}").parse().unwrap(),
        who: Who {
            name: Some((*name).to_owned()),
            email: Some(format!("{}@acme.example", at + 1)),
            ..Who::default()
        },
    };
    let people: Vec<_> = names.iter().enumerate().map(person).collect();
    let current = &people[names.len() / 2].profile;
    let mut state = State::new(Offer::People(People::new(&people, current)), notice);
    for press in presses {
        state.update(Message::Press(*press));
    }
    state
}
