//! The signed-in screen with items in groups.

use tenfoot::channel::{Item, Listing};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::invented::{Memory, invoices, page, people};
use super::signed_in::after;
use super::{Canvas, Scene, scene};

pub(super) const SCENES: &[Scene] = &[
    scene(
        "signed-in-groups-cards",
        |look, canvas| grouped(people(), "cards", &[Press::Right; 7], look, canvas),
        &["Family"],
    ),
    scene(
        "signed-in-groups-cards-last",
        |look, canvas| grouped(people(), "cards", &[Press::Down; 3], look, canvas),
        &[],
    ),
    scene(
        "signed-in-groups-list",
        |look, canvas| grouped(people(), "list", &[Press::Down; 9], look, canvas),
        &[],
    ),
    scene(
        "signed-in-groups-table",
        |look, canvas| grouped(invoices(), "table", &[Press::Down], look, canvas),
        &[],
    ),
];

fn grouped(items: Vec<Item>, layout: &str, presses: &[Press], look: &Look, canvas: Canvas<'_>) {
    let group = |number: usize| match number {
        0..8 => "Family",
        8..11 => "Colleagues from the laboratory",
        _ => "Met on the way",
    };
    let within = |(number, item): (usize, Item)| Item {
        group: Some(group(number).into()),
        ..item
    };
    let items = items.into_iter().enumerate().map(within).collect();
    let source = Memory::new(page(Listing::Items(items)));
    after(source, layout, presses, look, canvas);
}
