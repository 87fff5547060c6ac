//! What a service may answer never holds the screen up: the work of a picture doesn't grow with
//! it, and what grows is done elsewhere.

use futures::StreamExt as _;
use futures::executor::block_on;
use iced_test::runtime::Action as Runtime;
use iced_test::runtime::task;

use super::*;
use crate::channel::{Fields, Value};
use crate::ui::font::measured;

/// What a thread measures that takes in an answer and draws it twice.
fn work(channel: &Channel, listing: &Listing) -> usize {
    let mut stage = Stage::new(vec![channel.clone()], Entrance::Restored);
    measured(|| {
        let _later = stage.answer(0, page(listing.clone(), None));
        let _ = stage.press(Press::Down);
        let _ = stage.state.view(&look());
        let _ = stage.state.view(&look());
    })
}

fn whole(value: Value) -> Item {
    Item {
        title: "Thing".into(),
        subtitle: None,
        image: None,
        fields: Fields::from(vec![("Field".to_owned(), value)]),
        group: None,
    }
}

fn texts(length: usize) -> Vec<String> {
    [
        "x",
        "a ",
        "line\n",
        "a\u{301}\u{302}",
        "新",
        "かな",
        "اب",
        "👩\u{200d}👧",
    ]
    .map(|piece| piece.repeat(length / piece.chars().count()))
    .to_vec()
}

#[test]
fn the_work_of_a_picture_does_not_grow_with_a_text() {
    let listings = |text: &String| {
        let numbers = Value::Several(vec![Value::from("number"); text.len() / 10]);
        [
            ("text", Listing::Text(text.as_str().into())),
            ("details", Listing::Details(whole(text.as_str().into()))),
            ("details", Listing::Details(whole(numbers.clone()))),
            (
                "table",
                Listing::Items(vec![whole(text.as_str().into()); 20]),
            ),
            ("table", Listing::Items(vec![whole(numbers); 20])),
            (
                "table",
                Listing::Items(vec![whole(Value::Link(format!("https://a/{text}"))); 20]),
            ),
        ]
    };
    for (some, more) in texts(100_000).iter().zip(&texts(400_000)) {
        for ((layout, some), (_, more)) in listings(some).iter().zip(&listings(more)) {
            let channel = channel("One", &format!("layout = \"{layout}\""));
            let [some, more] = [some, more].map(|listing| work(&channel, listing));
            assert!(
                more <= some * 5 / 4 + 2000,
                "{layout}: {some} became {more}"
            );
            assert!(more < 600_000, "{layout}: {more}");
        }
    }
}

/// Carries out what an action leaves to others, and tells the screen what came of it.
fn finish(stage: &mut Stage, action: Action) {
    let Action::Run(task) = action else {
        return;
    };
    let Some(mut stream) = task::into_stream(task) else {
        return;
    };
    while let Some(did) = block_on(stream.next()) {
        if let Runtime::Output(message) = did {
            let _ = stage.tell(message);
        }
    }
}

#[test]
fn a_large_text_is_there_from_its_beginning_and_all_of_it_comes_later() {
    let text: String = (0..200_000)
        .map(|number| format!("Line {number}\n"))
        .collect();
    let mut stage = Stage::new(
        vec![channel("One", "layout = \"text\"")],
        Entrance::Restored,
    );

    let later = stage.answer(0, page(Listing::Text(text.as_str().into()), None));

    let lines = |stage: &mut Stage| stage.state.tabs[0].lines_mut().unwrap().pages(20).1;
    assert!(
        (20..200).contains(&lines(&mut stage)),
        "{}",
        lines(&mut stage)
    );
    let _ = stage.press(Press::Down);
    let top = stage.state.tabs[0].lines_mut().unwrap().top();
    assert!(top > 0);
    finish(&mut stage, later);
    assert!(lines(&mut stage) > 10_000, "{}", lines(&mut stage));
    assert_eq!(stage.state.tabs[0].lines_mut().unwrap().top(), top);
}

#[test]
fn lines_that_were_cut_for_another_window_come_too_late() {
    let text = "word ".repeat(20_000);
    let mut stage = Stage::new(
        vec![channel("One", "layout = \"text\"")],
        Entrance::Restored,
    );
    let for_the_first = stage.answer(0, page(Listing::Text(text.as_str().into()), None));
    let for_another = Action::Run(stage.state.resized(&look()));

    finish(&mut stage, for_the_first);
    let before = stage.state.tabs[0].lines_mut().unwrap().clone();
    finish(&mut stage, for_another);

    assert!(*stage.state.tabs[0].lines_mut().unwrap() != before);
}

#[test]
fn a_place_far_down_in_a_large_text_is_kept_when_it_is_laid_out_anew() {
    let text = "word\n".repeat(50_000);
    let mut stage = Stage::new(
        vec![channel("One", "layout = \"text\"")],
        Entrance::Restored,
    );
    let later = stage.answer(0, page(Listing::Text(text.as_str().into()), None));
    finish(&mut stage, later);
    let _ = stage.state.tabs[0].lines_mut().unwrap().scroll(40_000, 20);

    let later = Action::Run(stage.state.resized(&look()));
    finish(&mut stage, later);

    assert_eq!(stage.state.tabs[0].lines_mut().unwrap().top(), 40_000);
}

#[test]
fn of_a_hundred_thousand_channels_those_on_the_screen_are_measured() {
    let work = |count: usize| {
        let channels = (0..count).map(|number| channel(&format!("C{number}"), ""));
        let mut stage = Stage::new(channels.collect(), Entrance::Fresh);
        measured(|| {
            let _ = stage.press(Press::Right);
            let _ = stage.state.view(&look());
        })
    };
    let few = work(200);
    assert!(work(3000) <= few + 100, "{few} became {}", work(3000));
}

#[test]
fn a_channel_with_an_endless_name_is_measured_no_further_than_its_tab() {
    let mut stage = Stage::new(vec![channel(&"x".repeat(500_000), "")], Entrance::Fresh);
    let work = measured(|| {
        let _ = stage.press(Press::Right);
        let _ = stage.state.view(&look());
    });
    assert!(work < 100_000, "{work}");
}

/// Remembers which channels were drawn.
#[derive(Debug, Default)]
struct Drawn(Mutex<Vec<String>>);

impl Source for Drawn {
    fn page(
        &self,
        _: &Channel,
        _: Option<&crate::channel::NextPage>,
    ) -> BoxFuture<'static, Result<Page, Error>> {
        Box::pin(std::future::pending())
    }

    fn drawn(&self, channel: &Channel) -> BoxFuture<'static, ()> {
        self.0.lock().unwrap().push(channel.name.clone());
        Box::pin(std::future::ready(()))
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
        Who::default()
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn what_was_kept_is_shown_again_at_the_next_start_once_it_was_in_a_picture() {
    let source = Arc::new(Drawn::default());
    let shared: Arc<dyn Source> = source.clone();
    let times = (START, Timestamp::UNIX_EPOCH);
    let channels = vec![channel("One", ""), channel("Two", "")];
    let host = "acme.example".to_owned();
    let mut state = State::new(shared.clone(), host, channels, Entrance::Restored, times);
    let page = page(numbered(0..3), None).unwrap();
    let seen = Seen {
        page: page.clone(),
        pictures: Vec::new(),
    };
    let _ = state.resume(seen, &look());
    assert!(state.awaits_a_picture());

    let _ = state.update(Message::Drawn, &look());

    assert_eq!(*source.0.lock().unwrap(), ["One"]);
    assert!(!state.awaits_a_picture());
    let _ = state.update(Message::TabChosen(1), &look());
    let kept = Message::Kept {
        source: shared,
        tab: 1,
        page,
    };
    let _ = state.update(kept, &look());
    // This one may have been on its way already.
    let _ = state.update(Message::Drawn, &look());
    assert_eq!(*source.0.lock().unwrap(), ["One"]);
    let _ = state.update(Message::Drawn, &look());
    assert_eq!(*source.0.lock().unwrap(), ["One", "Two"]);
}
