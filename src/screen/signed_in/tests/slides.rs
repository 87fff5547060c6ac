use super::*;

fn three() -> Stage {
    let channels = vec![channel("One", "layout = \"image\"")];
    let mut stage = Stage::new(channels, Entrance::Restored);
    stage.later(1);
    let _ = stage.answer(0, page(numbered(0..3), None));
    stage
}

#[test]
fn pictures_turn_by_themselves_and_begin_again_after_the_last() {
    let mut stage = three();
    let shown = [5, 11, 20, 21, 31].map(|seconds| {
        stage.later(seconds);
        stage.front().at
    });
    assert_eq!(shown, [0, 1, 1, 2, 0]);
}

#[test]
fn they_stay_while_they_are_paused_and_go_on_with_a_whole_time() {
    let mut stage = three();
    let _ = stage.press(Press::Pause);
    stage.later(60);
    let _ = stage.press(Press::Pause);
    stage.later(69);
    assert_eq!(stage.front().at, 0);
    stage.later(70);
    assert_eq!(stage.front().at, 1);
}

#[test]
fn an_arrow_shows_another_one_for_its_whole_time() {
    let mut stage = three();
    stage.later(9);
    let _ = stage.press(Press::Right);
    assert_eq!(stage.front().at, 1);
    stage.later(18);
    assert_eq!(stage.front().at, 1);
    let _ = stage.press(Press::Left);
    assert_eq!(stage.front().at, 0);
    let _ = stage.press(Press::Left);
    assert_eq!(
        (stage.front().at, stage.state.place()),
        (0, FocusArea::Content)
    );
    let _ = stage.press(Press::Up);
    assert_eq!(stage.state.place(), FocusArea::Tabs);
}

#[test]
fn nothing_turns_while_nobody_looks_or_the_menu_lies_over_it() {
    let mut stage = three();
    stage.state.hold(START + Duration::from_secs(55));
    stage.later(60);
    let _ = stage.press(Press::Account);
    stage.later(90);
    assert_eq!(stage.front().at, 0);
}

#[test]
fn a_list_does_not_turn() {
    let mut stage = Stage::two();
    let _ = stage.answer(0, page(numbered(0..5), None));
    stage.later(50);
    assert_eq!(stage.front().at, 0);
}
