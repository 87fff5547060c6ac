//! The details screen.

use iced_test::futures::futures::{StreamExt, executor};
use iced_test::runtime::{Action, task};
use tenfoot::channel::{Item, Listing};
use tenfoot::screen::details::{Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::invented::{Memory, channel, page, people};
use super::{Canvas, Scene, scene, show, signed_in};

pub(super) const SCENES: &[Scene] = &[
    scene(
        "details",
        |look, canvas| of(people().remove(0), Pictures::Come, &[], look, canvas),
        &["Grace Hopper"],
    ),
    scene(
        "details-plain",
        |look, canvas| {
            let mut item = people().remove(0);
            item.image = None;
            of(item, Pictures::Come, &[], look, canvas);
        },
        &["Grace Hopper"],
    ),
    scene(
        "details-loading",
        |look, canvas| of(people().remove(1), Pictures::Late, &[], look, canvas),
        &["Alan Turing"],
    ),
    scene(
        "details-broken",
        |look, canvas| of(people().remove(2), Pictures::Broken, &[], look, canvas),
        &["Katherine Johnson"],
    ),
    scene(
        "details-long",
        |look, canvas| of(long(), Pictures::Come, &[], look, canvas),
        &[],
    ),
    scene(
        "details-scrolled",
        |look, canvas| of(long(), Pictures::Come, &[Press::NextChannel], look, canvas),
        &[],
    ),
];

/// What becomes of the large picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pictures {
    Come,
    Late,
    Broken,
}

fn of(item: Item, pictures: Pictures, presses: &[Press], look: &Look, canvas: Canvas<'_>) {
    let mut source = Memory::new(page(Listing::Items(people())));
    source.broken = pictures == Pictures::Broken;
    let behind = signed_in::settled(source, "cards", look);
    let (mut state, task) = State::new(item, channel("Contacts", "cards"), behind, look);
    if pictures != Pictures::Late
        && let Some(stream) = task::into_stream(task)
    {
        for action in executor::block_on(stream.collect::<Vec<_>>()) {
            if let Action::Output(message) = action {
                state.update(message, look);
            }
        }
    }
    for press in presses {
        state.update(Message::Press(*press), look);
    }
    show(state.view(look), canvas);
}

fn long() -> Item {
    let mut item = people().remove(4);
    item.title = "Maximiliane Eleonore Wolkenstein-Trostburg von und zu Hohenems und Rodenegg, TokenManager of the Numerical Engines".into();
    item.subtitle =
        Some("maximiliane.wolkenstein-trostburg.hohenems@engines.numerical.acme.example".into());
    let biography = "It is a curious fact that the machine might compose and publish elaborate and scientific pieces of music of any degree of complexity or extent. ".repeat(8);
    let mut fields = item.fields.rows().into_owned();
    fields.push(("Biography".to_owned(), biography.into()));
    fields.push((
        "An unusually long label that somebody gave to a short value".to_owned(),
        "7".into(),
    ));
    fields.push((
        "Website".to_owned(),
        format!("https://acme.example/people/{}", "maximiliane-".repeat(12)).into(),
    ));
    item.fields = fields.into();
    item
}
