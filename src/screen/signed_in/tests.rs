mod slides;

use std::sync::Mutex;
use std::time::Duration;

use futures::future::BoxFuture;
use iced::Size;
use url::Url;

use super::tab::Content;
use super::*;
use crate::channel::{Listing, NextPage, Seen};
use crate::config::Display;
use crate::session::token_manager::SessionEnd;

mod groups;
mod large;
mod many;
mod paging;
mod timers;

const START: Moment = Moment::from_boot(Duration::from_secs(9));

/// Never answers, and remembers what it was asked for.
#[derive(Debug, Default)]
struct Silent {
    pages: Mutex<Vec<(String, Option<NextPage>)>>,
}

impl Source for Silent {
    fn page(
        &self,
        channel: &Channel,
        next: Option<&NextPage>,
    ) -> BoxFuture<'static, Result<Page, Error>> {
        self.pages
            .lock()
            .unwrap()
            .push((channel.name.clone(), next.cloned()));
        Box::pin(std::future::pending())
    }

    fn picture(
        &self,
        _: &Channel,
        _: &Url,
        _: (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        Box::pin(std::future::pending())
    }

    fn who(&self) -> Who {
        Who {
            name: Some("Ada".to_owned()),
            ..Who::default()
        }
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

fn look() -> Look {
    Look::new(Size::new(1920.0, 1080.0), 1.0, &Display::default())
}

fn channel(name: &str, more: &str) -> Channel {
    let text = format!("name = \"{name}\"\nurl = \"https://api.example/{name}\"\n{more}");
    toml::from_str(&text).unwrap()
}

fn items(titles: impl IntoIterator<Item = String>) -> Listing {
    let item = |title: String| Item {
        title: title.into(),
        subtitle: None,
        image: None,
        fields: crate::channel::Fields::default(),
        group: None,
    };
    Listing::Items(titles.into_iter().map(item).collect())
}

fn numbered(numbers: std::ops::Range<usize>) -> Listing {
    items(numbers.map(|number| format!("Item {number}")))
}

fn page(listing: Listing, next: Option<&str>) -> Result<Page, Error> {
    Ok(Page {
        listing,
        next: next.map(|next| Url::parse(next).unwrap().into()),
        as_of: Timestamp::UNIX_EPOCH,
    })
}

struct Stage {
    state: State,
    source: Arc<Silent>,
}

impl Stage {
    fn new(channels: Vec<Channel>, entrance: Entrance) -> Self {
        let source = Arc::new(Silent::default());
        let shared: Arc<dyn Source> = source.clone();
        let times = (START, Timestamp::UNIX_EPOCH);
        let mut state = State::new(shared, "acme.example".to_owned(), channels, entrance, times);
        let _task = state.start();
        Self { state, source }
    }

    fn two() -> Self {
        Self::new(
            vec![
                channel("One", "layout = \"list\""),
                channel("Two", "refresh = \"60s\""),
            ],
            Entrance::Restored,
        )
    }

    fn tell(&mut self, message: Message) -> Action {
        self.state.update(message, &look())
    }

    fn press(&mut self, press: Press) -> Action {
        self.tell(Message::Press(press))
    }

    /// Answers the newest request.
    fn answer(&mut self, tab: usize, result: Result<Page, Error>) -> Action {
        let request = self.state.requests;
        self.tell(Message::Arrived {
            tab,
            request,
            result,
        })
    }

    fn asked(&self) -> usize {
        self.source.pages.lock().unwrap().len()
    }

    fn front(&self) -> &Tab {
        &self.state.tabs[self.state.active]
    }

    fn later(&mut self, seconds: u64) {
        let _ = self.tell(Message::Tick(
            START + Duration::from_secs(seconds),
            Timestamp::UNIX_EPOCH,
        ));
    }
}

#[test]
fn the_first_channel_is_called_at_once_and_the_others_when_they_are_visited() {
    let mut stage = Stage::two();
    assert_eq!(stage.asked(), 1);
    let _ = stage.press(Press::NextChannel);
    assert_eq!(stage.asked(), 2);
    let _ = stage.press(Press::PreviousChannel);
    let _ = stage.press(Press::NextChannel);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn the_focus_is_somewhere_while_a_channel_loads_and_moves_in_when_it_is_there() {
    let mut stage = Stage::two();
    assert_eq!(stage.state.place(), FocusArea::Tabs);
    let _ = stage.press(Press::Down);
    assert_eq!(stage.state.place(), FocusArea::Tabs);
    let _ = stage.answer(0, page(numbered(0..5), None));
    assert_eq!(stage.state.place(), FocusArea::Content);
}

#[test]
fn digits_choose_channels() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::Channel(2));
    assert_eq!(stage.state.active, 1);
    let _ = stage.press(Press::Channel(7));
    assert_eq!(stage.state.active, 1);
}

#[test]
fn somebody_who_has_just_signed_in_is_named_until_something_is_used() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Fresh);
    let _ = stage.answer(0, page(numbered(0..5), None));
    let _ = stage.press(Press::Down);
    assert_eq!(stage.state.place(), FocusArea::Content);
    assert_eq!(stage.state.greeting, Greeting::Shown);
    let _ = stage.press(Press::Ok);
    assert_eq!(stage.state.greeting, Greeting::Dismissed);
}

#[test]
fn no_two_presses_of_the_usual_keys_give_up_a_session() {
    let presses = [
        Press::Down,
        Press::Right,
        Press::Left,
        Press::Up,
        Press::Ok,
        Press::Menu,
    ];
    for channels in [Vec::new(), vec![channel("One", "")]] {
        for first in presses {
            let mut stage = Stage::new(channels.clone(), Entrance::Fresh);
            let _ = stage.press(first);
            for _ in 0..6 {
                let _ = stage.press(Press::Ok);
                assert!(
                    !matches!(stage.state.overlay, Overlay::SigningOut { .. }),
                    "{first:?}"
                );
            }
        }
    }
}

#[test]
fn who_has_just_signed_in_stands_beside_the_tabs_where_there_is_room_and_is_reached_from_there() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Fresh);
    assert!(header::greets(&stage.state, &look()));
    let _ = stage.press(Press::Right);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
    let _ = stage.press(Press::Left);
    assert_eq!(stage.state.place(), FocusArea::Tabs);

    let display = Display {
        text_scale: crate::config::types::TextScale::new(2.5).unwrap(),
        ..Display::default()
    };
    let large = Look::new(Size::new(1920.0, 1080.0), 1.0, &display);
    let name = "A channel with a name that leaves no room";
    let mut stage = Stage::new(vec![channel(name, "")], Entrance::Fresh);
    assert!(!header::greets(&stage.state, &large));
    let _ = stage.state.update(Message::Press(Press::Right), &large);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
    let _ = stage.state.update(Message::Press(Press::Right), &large);
    assert_eq!(stage.state.place(), FocusArea::Account);
    let _ = stage.state.update(Message::Press(Press::Left), &large);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
}

#[test]
fn from_not_you_over_the_tabs_and_back_nothing_is_gone() {
    let mut stage = Stage::new(
        vec![channel("One", ""), channel("Two", "")],
        Entrance::Fresh,
    );
    let _ = stage.press(Press::Right);
    let _ = stage.press(Press::Right);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
    let _ = stage.press(Press::Left);
    assert_eq!(stage.state.place(), FocusArea::Tabs);
    let _ = stage.press(Press::Right);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
}

#[test]
fn the_focus_stays_where_it_is_seen_as_the_greeting_takes_the_accounts_place() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Fresh);
    stage.state.place = FocusArea::Account;
    let _ = stage.state.resized(&look());
    assert_eq!(stage.state.place(), FocusArea::Greeting);
}

#[test]
fn with_no_channels_the_account_has_the_focus_and_back_leaves() {
    let mut stage = Stage::new(Vec::new(), Entrance::Restored);
    assert_eq!(stage.state.place(), FocusArea::Account);
    for press in [
        Press::Left,
        Press::Up,
        Press::Down,
        Press::Right,
        Press::Refresh,
        Press::NextChannel,
    ] {
        let _ = stage.press(press);
        assert_eq!(stage.state.place(), FocusArea::Account, "{press:?}");
    }
    assert!(matches!(stage.press(Press::Back), Action::Leave));

    let mut stage = Stage::new(Vec::new(), Entrance::Fresh);
    assert_eq!(stage.state.place(), FocusArea::Greeting);
    let _ = stage.press(Press::Account);
    let _ = stage.press(Press::Back);
    assert_eq!(stage.state.place(), FocusArea::Account);
}

#[test]
fn rule_16_not_you_leads_to_the_sign_out() {
    let mut stage = Stage::new(vec![channel("One", "")], Entrance::Fresh);
    let _ = stage.press(Press::Right);
    let _ = stage.press(Press::Ok);
    let _ = stage.press(Press::Up);
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Down);
    assert!(matches!(stage.press(Press::Ok), Action::Run(_)));
    assert!(matches!(stage.state.overlay, Overlay::SigningOut { .. }));
}

#[test]
fn ok_opens_the_item_with_the_focus() {
    let mut stage = Stage::two();
    let _ = stage.answer(0, page(numbered(0..5), None));
    let _ = stage.press(Press::Down);
    let Action::Open { item, .. } = stage.press(Press::Ok) else {
        panic!("nothing was opened");
    };
    assert_eq!(item.title, "Item 1".into());
}

#[test]
fn the_next_page_is_asked_for_ahead_of_the_focus_and_once() {
    let mut stage = Stage::two();
    let _ = stage.answer(
        0,
        page(numbered(0..30), Some("https://api.example/One?page=2")),
    );
    assert_eq!(stage.asked(), 1);
    for _ in 0..28 {
        let _ = stage.press(Press::Down);
    }
    assert_eq!(stage.asked(), 2);
    let _ = stage.answer(0, page(numbered(30..40), None));
    assert_eq!(stage.front().items().len(), 40);
}

#[test]
fn refreshing_by_itself_keeps_the_focus_on_the_same_item() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::NextChannel);
    let _ = stage.answer(1, page(numbered(0..5), None));
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Down);
    let title = stage.front().items()[stage.front().at].title.clone();
    stage.later(59);
    assert_eq!(stage.asked(), 2);
    stage.later(61);
    assert_eq!(stage.asked(), 3);
    let renewed = items(
        ["New".to_owned()]
            .into_iter()
            .chain((0..5).map(|n| format!("Item {n}"))),
    );
    let _ = stage.answer(1, page(renewed, None));
    assert_eq!(stage.front().items()[stage.front().at].title, title);
    assert_eq!(stage.state.place(), FocusArea::Content);
}

#[test]
fn pausing_stops_refreshing_by_itself() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::NextChannel);
    let _ = stage.answer(1, page(numbered(0..5), None));
    let _ = stage.press(Press::Pause);
    stage.later(600);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn results_stay_on_the_screen_when_a_refresh_fails() {
    let mut stage = Stage::two();
    let _ = stage.answer(0, page(numbered(0..5), None));
    let _ = stage.press(Press::Refresh);
    let _ = stage.answer(
        0,
        Err(Error::from(crate::web::RequestError::new(
            "acme.example",
            crate::web::TransportError::CutOff,
        ))),
    );
    assert!(stage.front().is_stale());
    assert_eq!(stage.front().items().len(), 5);
}

#[test]
fn a_busy_service_is_asked_again_when_it_said_and_not_before() {
    let mut stage = Stage::two();
    let busy = Error::Busy {
        retry_after: Duration::from_secs(30),
    };
    let _ = stage.answer(0, Err(busy));
    stage.later(29);
    assert_eq!(stage.asked(), 1);
    stage.later(30);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn what_this_person_may_not_see_is_not_asked_for_again_by_itself() {
    let mut stage = Stage::two();
    let _ = stage.answer(
        0,
        Err(Error::Forbidden {
            scope: None,
            message: None,
        }),
    );
    stage.later(10_000);
    assert_eq!(stage.asked(), 1);
    assert_eq!(stage.state.place(), FocusArea::Content);
    let _ = stage.press(Press::Ok);
    assert_eq!(stage.asked(), 2);
}

#[test]
fn an_answer_to_a_request_that_was_given_up_is_dropped() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::Refresh);
    let late = Message::Arrived {
        tab: 0,
        request: 1,
        result: page(numbered(0..5), None),
    };
    let _ = stage.tell(late);
    assert!(matches!(stage.front().content, Content::Loading(_)));
}

#[test]
fn the_end_of_the_session_leads_out_in_words() {
    let mut stage = Stage::two();
    let action = stage.answer(0, Err(Error::SignedOut(SessionEnd::EndedElsewhere)));
    assert!(matches!(action, Action::Over(words) if words == SessionEnd::EndedElsewhere.phrase()));
}

#[test]
fn back_goes_up_one_level_at_a_time_and_then_leaves() {
    let mut stage = Stage::two();
    let _ = stage.answer(0, page(numbered(0..5), None));
    assert!(matches!(stage.press(Press::Back), Action::None));
    assert_eq!(stage.state.place(), FocusArea::Tabs);
    assert!(matches!(stage.press(Press::Back), Action::Leave));
}

#[test]
fn the_account_menu_holds_the_focus_and_begins_with_the_harmless_button() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::Account);
    assert!(!stage.state.focus_of(FocusArea::Tabs));
    let _ = stage.press(Press::Ok);
    assert!(matches!(stage.state.overlay, Overlay::None));
    let _ = stage.press(Press::Account);
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Ok);
    assert!(matches!(stage.state.overlay, Overlay::SigningOut { .. }));
}

#[test]
fn the_account_menu_lets_somebody_else_take_their_turn() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::Account);
    let _ = stage.press(Press::Down);
    assert!(matches!(stage.press(Press::Ok), Action::Switch));
}

#[test]
fn words_that_are_too_long_for_the_account_menu_scroll_beyond_its_buttons() {
    let mut stage = Stage::two();
    let _ = stage.press(Press::Account);
    assert!(matches!(stage.press(Press::Up), Action::Scroll(by) if by < 0.0));
    let _ = stage.press(Press::Down);
    assert!(matches!(stage.press(Press::Down), Action::None));
    assert!(matches!(stage.press(Press::Down), Action::Scroll(by) if by > 0.0));
}

impl Stage {
    /// What was answered the last time has been read.
    fn remember(&mut self, tab: usize, page: Result<Page, Error>) {
        let page = page.unwrap();
        let source = Arc::clone(&self.state.source);
        let _ = self.tell(Message::Kept { source, tab, page });
    }
}

#[test]
fn what_was_answered_the_last_time_stands_there_until_the_channel_answers() {
    let mut stage = Stage::two();
    stage.remember(0, page(numbered(0..3), None));

    assert_eq!(stage.front().items().len(), 3);
    assert_eq!(stage.state.place(), FocusArea::Content);
    assert!(matches!(
        &stage.front().content,
        Content::Shown(shown) if matches!(shown.freshness, tab::Freshness::Reloading(_))
    ));

    let _ = stage.answer(0, page(numbered(0..5), None));

    assert_eq!(stage.front().items().len(), 5);
    assert!(!stage.front().is_stale());
}

#[test]
fn a_new_sign_in_is_offered_where_nothing_else_helps() {
    let mut stage = Stage::two();
    let _ = stage.answer(
        0,
        Err(Error::NotAccepted {
            can_renew: false,
            message: None,
        }),
    );
    let _ = stage.press(Press::Down);

    let action = stage.press(Press::Ok);

    assert!(matches!(action, Action::Over(_)), "{action:?}");
}

#[test]
fn a_call_that_failed_is_tried_again_where_that_may_help() {
    let mut stage = Stage::two();
    let _ = stage.answer(
        0,
        Err(Error::NotAccepted {
            can_renew: true,
            message: None,
        }),
    );
    let _ = stage.press(Press::Down);

    let action = stage.press(Press::Ok);

    assert!(matches!(action, Action::Run(_)), "{action:?}");
}

#[test]
fn where_the_channel_does_not_answer_the_last_results_stay_and_are_called_old() {
    let mut stage = Stage::two();
    stage.remember(0, page(numbered(0..3), None));

    let _ = stage.answer(
        0,
        Err(Error::from(crate::web::RequestError::new(
            "acme.example",
            crate::web::TransportError::CutOff,
        ))),
    );

    assert_eq!(stage.front().items().len(), 3);
    assert!(stage.front().is_stale());
}

#[test]
fn a_channel_that_fails_sooner_than_the_disk_answers_shows_its_last_results_too() {
    let mut stage = Stage::two();
    let _ = stage.answer(
        0,
        Err(Error::from(crate::web::RequestError::new(
            "acme.example",
            crate::web::TransportError::CutOff,
        ))),
    );

    stage.remember(0, page(numbered(0..3), None));

    assert_eq!(stage.front().items().len(), 3);
    assert!(stage.front().is_stale());
}

#[test]
fn what_was_kept_for_somebody_else_is_not_shown() {
    let mut stage = Stage::two();
    let source: Arc<dyn Source> = Arc::new(Silent::default());

    let page = page(numbered(0..3), None).unwrap();
    let _ = stage.tell(Message::Kept {
        source,
        tab: 0,
        page,
    });

    assert_eq!(stage.front().items().len(), 0);
}

#[test]
fn results_of_before_ask_for_no_later_page_until_the_first_is_here() {
    let mut stage = Stage::two();
    let asked = stage.asked();

    stage.remember(
        0,
        page(numbered(0..3), Some("https://api.example/One?page=2")),
    );
    assert_eq!(stage.asked(), asked);

    let _ = stage.answer(
        0,
        page(numbered(0..3), Some("https://api.example/One?page=2")),
    );
    assert_eq!(stage.asked(), asked + 1);
}

#[test]
fn what_was_kept_never_takes_the_place_of_what_was_answered() {
    let mut stage = Stage::two();
    let _ = stage.answer(0, page(numbered(0..5), None));

    stage.remember(0, page(numbered(0..3), None));

    assert_eq!(stage.front().items().len(), 5);
}

#[test]
fn a_start_begins_with_what_was_on_the_screen_the_last_time() {
    let source = Arc::new(Silent::default());
    let times = (START, Timestamp::UNIX_EPOCH);
    let channels = vec![channel("One", "layout = \"cards\"")];
    let mut state = State::new(
        source.clone(),
        "acme.example".to_owned(),
        channels,
        Entrance::Restored,
        times,
    );
    let picture = Url::parse("https://api.example/1.png").unwrap();
    let mut listing = numbered(0..3);
    if let Listing::Items(items) = &mut listing {
        items[1].image = Some(picture.clone());
    }
    let pixels = Picture {
        width: 2,
        height: 2,
        rgba: vec![7; 16],
    };
    let seen = Seen {
        page: page(listing, None).unwrap(),
        pictures: vec![(picture.clone(), pixels)],
    };

    let _task = state.resume(seen, &look());

    assert_eq!(state.tabs[0].items().len(), 3);
    assert_eq!(state.place(), FocusArea::Content);
    assert!(state.picture(&picture).is_some());
    assert_eq!(source.pages.lock().unwrap().len(), 1, "it is called");
    assert!(matches!(
        &state.tabs[0].content,
        Content::Shown(shown) if matches!(shown.freshness, tab::Freshness::Reloading(_))
    ));
}

#[test]
fn of_two_that_are_the_same_the_nearer_keeps_the_focus() {
    let mut stage = Stage::two();
    let named = |names: &[&str]| items(names.iter().map(|name| (*name).to_owned()));
    let _ = stage.answer(0, page(named(&["A", "B", "A", "C"]), None));
    let _ = stage.press(Press::Down);
    let _ = stage.press(Press::Down);
    assert_eq!(stage.front().at, 2);
    let _ = stage.press(Press::Refresh);
    let _ = stage.answer(0, page(named(&["A", "B", "D", "A", "C"]), None));

    assert_eq!(stage.front().at, 3);
}
