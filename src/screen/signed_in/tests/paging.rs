//! Pages are loaded ahead of the focus, but never without end.

use super::*;

fn next(number: usize) -> String {
    format!("https://api.example/One?page={number}")
}

fn listed() -> Stage {
    let channels = vec![channel("One", "layout = \"list\"")];
    Stage::new(channels, Entrance::Restored)
}

fn busy(seconds: u64) -> Result<Page, Error> {
    Err(Error::Busy {
        retry_after: Duration::from_secs(seconds),
    })
}

impl Stage {
    /// Lets time pass as the root does: a tick whenever one is due.
    fn pass(&mut self, from: u64, to: u64) {
        let end = START + Duration::from_secs(to);
        let mut now = START + Duration::from_secs(from);
        let mut ticks = 0;
        while let Some(due) = self.state.due().map(|due| due.max(now))
            && due <= end
        {
            now = due;
            let _ = self.tell(Message::Tick(now, Timestamp::UNIX_EPOCH));
            ticks += 1;
            assert!(ticks < 10_000, "it ticks without end");
        }
        self.state.tell_time(end, Timestamp::UNIX_EPOCH);
    }

    /// A service whose pages are `listing`, each with another one after it, for so long.
    fn endless(&mut self, listing: &dyn Fn(usize) -> Listing, seconds: u64) -> usize {
        for second in 0..seconds {
            let before = self.asked();
            for _ in 0..50 {
                let number = self.asked();
                let _ = self.answer(0, page(listing(number), Some(&next(number))));
            }
            assert!(self.asked() <= before + 1, "pages were loaded back to back");
            self.pass(second, second + 1);
        }
        self.asked()
    }
}

#[test]
fn empty_pages_that_go_on_for_ever_end_after_a_few_until_a_key_is_pressed() {
    let mut stage = listed();
    let asked = stage.endless(&|_| numbered(0..0), 60);
    assert!((2..=5).contains(&asked), "{asked}");

    let _ = stage.press(Press::Down);
    assert_eq!(stage.asked(), asked + 1, "a key asks for more");
}

#[test]
fn pages_of_one_item_end_after_a_few_until_a_key_is_pressed() {
    let mut stage = listed();
    let asked = stage.endless(&|number| numbered(number..number + 1), 60);
    assert!((2..=5).contains(&asked), "{asked}");
    assert!(stage.front().items().len() >= 2);
}

#[test]
fn a_refresh_does_not_multiply_the_pages_that_nobody_asked_for() {
    let channels = vec![channel("One", "layout = \"list\"\nrefresh = \"60s\"")];
    let mut stage = Stage::new(channels, Entrance::Restored);
    let asked = stage.endless(&|_| numbered(0..0), 1200);
    let refreshes = 1200 / 60;
    assert!(asked <= refreshes + 5, "{asked}");
}

#[test]
fn pages_that_lead_in_a_circle_are_asked_for_once_each() {
    let mut stage = listed();
    for second in 0..60 {
        let number = stage.asked();
        let to = if number.is_multiple_of(2) { 3 } else { 2 };
        let _ = stage.answer(0, page(numbered(number..number + 1), Some(&next(to))));
        stage.pass(second, second + 1);
        let _ = stage.press(Press::Down);
    }
    let asked = stage.source.pages.lock().unwrap().clone();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert_eq!(stage.front().items().len(), 3);
}

#[test]
fn a_next_page_that_fails_once_is_asked_for_again_by_itself() {
    for passing in [
        busy(30),
        Err(Error::from(crate::web::RequestError::new(
            "acme.example",
            crate::web::TransportError::CutOff,
        ))),
    ] {
        let mut stage = listed();
        let _ = stage.answer(0, page(numbered(0..10), Some(&next(2))));
        let _ = (0..9).map(|_| stage.press(Press::Down)).count();
        assert_eq!(stage.asked(), 2);
        let _ = stage.answer(0, passing);
        assert_eq!(stage.front().items().len(), 10);

        stage.pass(0, 60);
        assert_eq!(stage.asked(), 3, "it is tried again");
        let _ = stage.answer(0, page(numbered(10..20), None));
        assert_eq!(stage.front().items().len(), 20);
        assert!(!stage.front().is_stale());
    }
}

#[test]
fn a_next_page_is_not_asked_for_sooner_than_the_service_said_whatever_is_pressed() {
    let mut stage = listed();
    let _ = stage.answer(0, page(numbered(0..3), Some(&next(2))));
    let _ = stage.answer(0, busy(30));
    for second in 0..29 {
        stage.pass(second, second + 1);
        let _ = stage.press(Press::Down);
        assert_eq!(stage.asked(), 2, "{second}");
    }
    stage.pass(29, 31);
    assert_eq!(stage.asked(), 3);
}

#[test]
fn a_next_page_that_is_refused_for_good_waits_for_a_key() {
    let mut stage = listed();
    let _ = stage.answer(0, page(numbered(0..3), Some(&next(2))));
    let _ = stage.answer(
        0,
        Err(Error::Forbidden {
            scope: None,
            message: None,
        }),
    );
    stage.pass(0, 3600);
    assert_eq!(stage.asked(), 2);

    let _ = (0..4).map(|_| stage.press(Press::Down)).count();
    stage.pass(3600, 3602);
    assert_eq!(stage.asked(), 3);
    let _ = stage.answer(0, page(numbered(3..6), None));
    assert_eq!(stage.front().items().len(), 6);
}

#[test]
fn nothing_is_loaded_ahead_while_nobody_sees_the_screen() {
    let mut stage = listed();
    stage.state.tell_audience(Audience::Away);
    let _ = stage.answer(0, page(numbered(0..1), Some(&next(2))));
    stage.pass(0, 600);
    assert_eq!(stage.asked(), 1);

    stage.state.tell_audience(Audience::Present);
    stage.tick(601);
    assert_eq!(stage.asked(), 2);
    let _ = stage.answer(0, busy(30));
    stage.state.tell_audience(Audience::Away);
    stage.pass(601, 900);
    assert_eq!(stage.asked(), 2, "nor what failed");
    stage.state.tell_audience(Audience::Present);
    stage.tick(901);
    assert_eq!(stage.asked(), 3);
}

#[test]
fn somebody_who_walks_through_a_long_list_does_not_wait_for_its_pages() {
    let mut stage = listed();
    let _ = stage.answer(0, page(numbered(0..20), Some(&next(2))));
    for number in 2..12 {
        let _ = (0..20).map(|_| stage.press(Press::Down)).count();
        assert_eq!(stage.asked(), number);
        let first = (number - 1) * 20;
        let listing = numbered(first..first + 20);
        let _ = stage.answer(0, page(listing, Some(&next(number + 1))));
    }
    assert_eq!(stage.front().items().len(), 220);
}

#[test]
fn a_refresh_keeps_what_is_known_of_a_page_that_failed() {
    let mut stage = Stage::new(
        vec![channel("One", "layout = \"list\"\nrefresh = \"60s\"")],
        Entrance::Restored,
    );
    let _ = stage.answer(0, page(numbered(0..3), Some(&next(2))));
    let _ = stage.answer(
        0,
        Err(Error::Forbidden {
            scope: None,
            message: None,
        }),
    );
    for cycle in 1..20 {
        stage.pass((cycle - 1) * 60, cycle * 60);
        let cursor = format!("https://api.example/One?cursor={cycle}");
        let _ = stage.answer(0, page(numbered(0..3), Some(&cursor)));
    }
    assert_eq!(stage.asked(), 21, "the first page alone is called again");
    assert!(stage.front().halt().is_some());
}

#[test]
fn a_list_that_fills_the_memory_is_not_continued() {
    let mut stage = listed();
    let _ = stage.answer(0, page(numbered(0..600_000), Some(&next(2))));
    stage.state.tabs[0].at = 599_999;
    let _ = stage.press(Press::Down);
    let _ = stage.answer(0, page(numbered(0..1), Some(&next(3))));
    assert_eq!(stage.front().halt(), Some(tab::Halt::Full));
    stage.pass(0, 60);
    let _ = stage.press(Press::Down);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn channels_behind_give_their_results_back_where_all_take_too_much() {
    let channels = (0..3).map(|number| channel(&format!("Channel {number}"), ""));
    let channels: Vec<_> = channels.collect();
    let mut stage = Stage::new(channels, Entrance::Restored);
    for tab in 0..3 {
        let _ = stage.press(Press::Channel(tab + 1));
        let _ = stage.answer(usize::from(tab), page(numbered(0..300_000), None));
    }
    let held = |stage: &Stage| -> Vec<bool> {
        let tabs = stage.state.tabs.iter();
        tabs.map(|tab| tab.held_bytes() > 0).collect()
    };
    let before = held(&stage);
    assert!(before[2] && !(before[0] && before[1]), "{before:?}");
    let gone = u8::try_from(before.iter().position(|held| !held).unwrap()).unwrap();
    let asked = stage.asked();
    let _ = stage.press(Press::Channel(gone + 1));
    assert_eq!(stage.asked(), asked + 1, "it is called again");
}

impl Stage {
    fn tick(&mut self, second: u64) {
        let now = START + Duration::from_secs(second);
        let _ = self.tell(Message::Tick(now, Timestamp::UNIX_EPOCH));
    }
}
