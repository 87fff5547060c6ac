use super::*;

const HOUR: u64 = 3600;

fn wall(seconds: u64) -> Timestamp {
    Timestamp::from_second(i64::try_from(seconds).unwrap()).unwrap()
}

/// One channel, whose answer came at the time 0.
fn shown(more: &str, listing: Listing) -> Stage {
    let mut stage = Stage::new(vec![channel("One", more)], Entrance::Restored);
    let _ = stage.answer(0, page(listing, None));
    stage
}

/// How many seconds after the start a tick is due.
fn due(stage: &Stage) -> Option<u64> {
    Some(stage.state.due()?.since(START).as_secs())
}

#[test]
fn where_nothing_happens_nothing_is_due_but_that_results_are_no_longer_new() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Restored);
    assert_eq!(due(&stage), None, "while it is called");
    let _ = stage.answer(0, page(numbered(0..5), None));
    assert_eq!(due(&stage), Some(60), "then they are no longer new");
    stage
        .state
        .tell_time(START + Duration::from_secs(HOUR), wall(HOUR));
    assert_eq!(due(&stage), Some(HOUR + 600), "the wall clock may be set");
}

#[test]
fn a_channel_is_due_when_it_is_called_again_and_not_while_it_is_paused() {
    let mut stage = shown("refresh = \"30s\"", numbered(0..5));
    assert_eq!(due(&stage), Some(30));
    let _ = stage.press(Press::Pause);
    assert_eq!(due(&stage), Some(60));
}

#[test]
fn the_seconds_until_another_try_are_counted_one_by_one() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Restored);
    stage.state.tell_time(START, Timestamp::UNIX_EPOCH);
    let cut = Error::from(crate::web::RequestError::new(
        "acme.example",
        crate::web::TransportError::CutOff,
    ));
    let _ = stage.answer(0, Err(cut));
    let mut ticks = 0;
    while stage.asked() == 1 {
        let due = stage.state.due().unwrap();
        let _ = stage.tell(Message::Tick(due, Timestamp::UNIX_EPOCH));
        ticks += 1;
        assert!(ticks < 40);
    }
    assert!((20..=31).contains(&ticks), "{ticks}");
    assert_eq!(due(&stage), None);
}

#[test]
fn a_picture_is_due_after_its_time_and_has_all_of_it_after_a_pause() {
    let mut stage = shown("layout = \"image\"", numbered(0..3));
    assert_eq!(due(&stage), Some(10));
    let _ = stage.press(Press::Pause);
    assert_eq!(due(&stage), Some(60));
    let minute = START + Duration::from_secs(60);
    stage.state.tell_time(minute, wall(60));
    let _ = stage.press(Press::Pause);
    assert_eq!((due(&stage), stage.front().at), (Some(70), 0));
}
