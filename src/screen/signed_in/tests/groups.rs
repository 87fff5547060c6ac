//! Walking through items that are grouped.

use super::*;

/// Groups of so many items each, numbered through.
fn grouped(lengths: &[usize]) -> Listing {
    let names = lengths.iter().enumerate();
    let groups = names.flat_map(|(at, &count)| vec![format!("Group {at}"); count]);
    let Listing::Items(items) = numbered(0..lengths.iter().sum()) else {
        unreachable!()
    };
    let with = |(item, group): (Item, String)| Item {
        group: Some(group.into()),
        ..item
    };
    Listing::Items(items.into_iter().zip(groups).map(with).collect())
}

fn stage(layout: &str, lengths: &[usize]) -> Stage {
    let channels = vec![channel("One", &format!("layout = \"{layout}\""))];
    let mut stage = Stage::new(channels, Entrance::Restored);
    let _ = stage.answer(0, page(grouped(lengths), None));
    stage
}

fn walk(stage: &mut Stage, presses: &[Press]) -> usize {
    for press in presses {
        let _ = stage.press(*press);
    }
    stage.front().at
}

#[test]
fn up_and_down_lead_from_group_to_group_and_back_to_where_somebody_was() {
    let mut stage = stage("cards", &[20, 3, 9]);
    assert_eq!(walk(&mut stage, &[Press::Right; 7]), 7);
    assert_eq!(walk(&mut stage, &[Press::Down]), 20);
    assert_eq!(walk(&mut stage, &[Press::Right, Press::Right]), 22);
    assert_eq!(walk(&mut stage, &[Press::Right]), 22);
    assert_eq!(walk(&mut stage, &[Press::Up]), 7);
    assert_eq!(walk(&mut stage, &[Press::Down, Press::Down]), 23);
    assert_eq!(walk(&mut stage, &[Press::Down]), 23);
    assert_eq!(stage.state.place(), FocusArea::Content);
}

#[test]
fn a_group_moves_sideways_by_itself() {
    let mut stage = stage("cards", &[20, 20]);
    let shape = stage.state.shape(&look());
    let before = stage.front().rows(shape);
    let _ = walk(&mut stage, &vec![Press::Right; shape.columns]);
    let after = stage.front().rows(shape);
    assert_eq!(after[0], before[0].start + 1..before[0].end + 1);
    assert_eq!(after[1], before[1]);
}

#[test]
fn the_first_line_of_a_list_is_the_heading_of_its_first_item() {
    let mut stage = stage("list", &[30, 30]);
    let _ = walk(&mut stage, &[Press::Down; 40]);
    let _ = walk(&mut stage, &[Press::Up; 10]);
    assert_eq!(walk(&mut stage, &[]), 30);
    let _ = walk(&mut stage, &[Press::Up; 20]);
    assert_eq!(walk(&mut stage, &[Press::Up; 10]), 0);
    let shape = stage.state.shape(&look());
    let first = stage.front().lines(shape).next();
    assert_eq!(first, Some(super::super::groups::Line::Heading(0)));
    assert_eq!(walk(&mut stage, &[Press::Up]), 0);
    assert_eq!(stage.state.place(), FocusArea::Tabs);
}

#[test]
fn a_long_last_group_asks_for_the_next_page_as_somebody_comes_near_its_end() {
    let channels = vec![channel("One", "layout = \"cards\"")];
    let mut stage = Stage::new(channels, Entrance::Restored);
    let next = Some("https://api.example/next");
    let _ = stage.answer(0, page(grouped(&[20, 40]), next));
    assert_eq!(stage.asked(), 1);
    let _ = walk(&mut stage, &[Press::Down]);
    assert_eq!(stage.asked(), 1);
    let _ = walk(&mut stage, &[Press::Right; 38]);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn a_short_last_group_lets_the_groups_of_the_next_page_come() {
    let channels = vec![channel("One", "layout = \"cards\"")];
    let mut stage = Stage::new(channels, Entrance::Restored);
    let next = Some("https://api.example/next");
    let _ = stage.answer(0, page(grouped(&[20, 25]), next));
    assert_eq!(stage.asked(), 2);
}

mod anywhere {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_focus_is_always_on_the_screen(
            lengths in prop::collection::vec(1usize..12, 1..8),
            keys in prop::collection::vec(0usize..4, 0..60),
            cards in any::<bool>(),
        ) {
            let mut stage = stage(if cards { "cards" } else { "list" }, &lengths);
            for key in keys {
                let press = [Press::Up, Press::Down, Press::Left, Press::Right][key];
                let _ = stage.press(press);
                let shape = stage.state.shape(&look());
                let at = stage.front().at;
                prop_assert!(stage.front().visible(shape).any(|(seen, _)| seen == at));
            }
        }
    }
}
