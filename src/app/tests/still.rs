//! Nothing happens, for hours: how often the program looks at the time.

use super::*;
use crate::channel::{Error, Item, Listing, Page};
use crate::screen::signed_in::Message as Seen;

const HOUR: u64 = 3600;

impl Stage {
    fn is_now(&self, moment: Moment) {
        *self.clock.0.lock().unwrap() = moment;
    }

    /// How often the time is looked at in so many seconds. A look after which another one is
    /// due at once would keep the machine busy for ever.
    fn looks(&mut self, seconds: u64) -> usize {
        let end = self.app.now() + Duration::from_secs(seconds);
        let mut looks = 0;
        while let Some(due) = self.app.due().filter(|due| *due <= end) {
            let now = self.app.now().max(due);
            self.is_now(now);
            self.tell(Message::Tick);
            looks += 1;
            let next = self.app.due();
            let screen = self.screen();
            assert!(
                next.is_none_or(|next| next > now),
                "{screen}: {next:?}, {now:?}"
            );
        }
        self.is_now(end);
        looks
    }

    fn answered(&mut self, request: u64, result: Result<Page, Error>) {
        self.tell(Message::SignedIn(Seen::Arrived {
            tab: 0,
            request,
            result,
        }));
    }
}

fn signed_in() -> Stage {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    stage
}

fn cut() -> Error {
    Error::from(crate::web::RequestError::new(
        "acme.example",
        crate::web::TransportError::CutOff,
    ))
}

fn page() -> Page {
    let item = |title: &str| Item {
        title: title.into(),
        subtitle: None,
        image: None,
        fields: crate::channel::Fields::default(),
        group: None,
    };
    Page {
        listing: Listing::Items(vec![item("Amber"), item("Basalt")]),
        next: None,
        as_of: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn in_an_hour_in_which_nothing_happens_the_time_is_looked_at_a_dozen_times() {
    assert_eq!(stage().looks(HOUR), 0, "at the start");
    let mut stage = signed_in();
    assert_eq!(stage.looks(HOUR), 0, "while the channel is called");
    stage.answered(1, Ok(page()));
    let looks = stage.looks(HOUR);
    assert!((1..=12).contains(&looks), "{looks}");
}

#[test]
fn a_code_is_counted_down_to_its_end_and_then_left_alone() {
    let mut stage = stage().coded();
    let looks = stage.looks(HOUR);
    assert!((899..=901).contains(&looks), "{looks}");
    assert_eq!((stage.screen(), stage.app.due()), ("code", None));
}

#[test]
fn what_was_due_while_the_machine_slept_is_told_at_once() {
    let mut stage = stage().coded();
    let slept = stage.app.now() + Duration::from_secs(HOUR);
    stage.is_now(slept);
    assert!(stage.app.due().is_some_and(|due| due <= slept));
    assert_eq!(stage.looks(HOUR), 1);

    let mut stage = signed_in();
    stage.answered(1, Err(cut()));
    stage.is_now(stage.app.now() + Duration::from_secs(HOUR));
    assert_eq!(stage.looks(0), 1);
    assert_eq!(stage.app.due(), None, "it is called again");
}

#[test]
fn a_channel_that_fails_again_and_again_is_counted_down_each_time() {
    let mut stage = signed_in();
    for request in 1..20 {
        stage.answered(request, Err(cut()));
        let looks = stage.looks(HOUR);
        assert!((20..=31).contains(&looks), "{looks}");
    }
    // The last results are still on the screen.
    stage.answered(20, Ok(page()));
    stage.press(Press::Refresh);
    stage.answered(21, Err(cut()));
    let looks = stage.looks(HOUR);
    assert!((20..=31).contains(&looks), "{looks}");
}

#[test]
fn what_stands_in_the_way_of_a_code_is_counted_down_and_tried_again() {
    let mut stage = stage();
    stage.press(Press::Ok);
    for attempt in 1..6 {
        let end = End::Unreachable(
            crate::web::RequestError::new("acme.example", crate::web::TransportError::CutOff)
                .into(),
        );
        stage.tell(Message::Flow(attempt, Said::Ended(end)));
        let looks = stage.looks(HOUR);
        assert!((10..=152).contains(&looks), "{looks}");
        assert_eq!(stage.screen(), "waiting");
    }
}
