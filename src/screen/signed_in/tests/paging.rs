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
    for passing in [busy(30), Err(Error::Unreachable(Phrase::said("No answer.")))] {
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
    let _ = stage.answer(0, Err(Error::Forbidden { scope: None }));
    stage.pass(0, 3600);
    assert_eq!(stage.asked(), 2);

    let _ = (0..4).map(|_| stage.press(Press::Down)).count();
    stage.pass(3600, 3602);
    assert_eq!(stage.asked(), 3);
    let _ = stage.answer(0, page(numbered(3..6), None));
    assert_eq!(stage.front().items().len(), 6);
}
