//! A hundred thousand items cost what a hundred do.

use super::*;

/// How many items a layout puts on the screen, at each step of a walk from the middle.
fn built(layout: &str, count: usize) -> Vec<usize> {
    let channels = vec![channel("One", &format!("layout = \"{layout}\""))];
    let mut stage = Stage::new(channels, Entrance::Restored);
    let _ = stage.answer(0, page(numbered(0..count), None));
    stage.state.tabs[0].at = count / 2;
    let steps = [Press::Down; 4].into_iter().chain([Press::Up; 8]);
    steps
        .map(|press| {
            let _ = stage.press(press);
            let shape = stage.state.shape(&look());
            stage.front().visible(shape).count()
        })
        .collect()
}

#[test]
fn as_many_items_are_built_for_a_hundred_thousand_as_for_a_hundred() {
    for layout in ["cards", "list", "table", "image"] {
        let few = built(layout, 100);
        assert_eq!(built(layout, 100_000), few, "{layout}");
        assert!(
            few.iter().all(|&count| (1..=20).contains(&count)),
            "{few:?}"
        );
    }
}

#[test]
fn what_is_beyond_the_screen_is_not_looked_at_in_a_step() {
    let mut stage = Stage::new(
        vec![channel("One", "layout = \"cards\"")],
        Entrance::Restored,
    );
    let _ = stage.answer(0, page(numbered(0..100_000), None));
    let before = stage.front().words();
    // Whoever looked at all items now would find this one.
    let long = "A title that is far too long for one line of any card there could be".to_owned();
    if let Content::Shown(shown) = &mut stage.state.tabs[0].content
        && let Listing::Items(items) = &mut shown.listing
    {
        items[40].title = long.into();
    }
    let _ = stage.press(Press::Down);
    assert_eq!(stage.front().words(), before);
}
