//! Nobody is there, and somebody comes back.

use super::*;
use crate::ui::idle::Step;

impl Stage {
    /// So long nobody does anything; the timer has been heard.
    fn quiet(&mut self, seconds: u64) {
        {
            let mut now = self.clock.0.lock().unwrap();
            *now = *now + Duration::from_secs(seconds);
        }
        self.tell(Message::Rest);
    }

    fn step(&self) -> Step {
        self.app.idle.step()
    }
}

fn key(named: Named) -> Message {
    Message::Key(keyboard::Event::KeyPressed {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: Physical::Unidentified(NativeCode::Xkb(0)),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat: false,
    })
}

fn channel_that_refreshes(clock: SharedClock) -> Boot {
    let mut config = config();
    config.channels[0].refresh = Some(config::Seconds::new(60));
    Boot::Ready(Setup::from_config(config, None, clock).unwrap())
}

#[test]
fn the_key_that_wakes_the_screen_does_nothing_else_and_the_next_one_does() {
    let mut stage = stage();
    stage.quiet(301);
    assert_eq!(stage.step(), Step::Dim);
    stage.tell(enter());
    assert_eq!((stage.step(), stage.screen()), (Step::Awake, "start"));
    stage.tell(enter());
    assert_eq!(stage.screen(), "waiting");
}

#[test]
fn volume_mute_and_power_wake_nothing() {
    let mut stage = stage();
    stage.quiet(901);
    for named in [
        Named::AudioVolumeUp,
        Named::AudioVolumeDown,
        Named::AudioVolumeMute,
        Named::Power,
    ] {
        stage.tell(key(named));
        assert_eq!(stage.step(), Step::Black, "{named:?}");
    }
    stage.tell(key(Named::F9));
    assert_eq!(stage.step(), Step::Awake, "a key without a meaning");
}

#[test]
fn a_mouse_that_is_moved_wakes_and_one_that_is_knocked_does_not() {
    let mut stage = stage();
    stage.quiet(301);
    for x in [100.0, 103.0] {
        stage.tell(Message::PointerMoved(Point::new(x, 100.0)));
        assert_eq!(stage.step(), Step::Dim, "{x}");
    }
    stage.tell(Message::PointerMoved(Point::new(160.0, 100.0)));
    assert_eq!(stage.step(), Step::Awake);
}

#[test]
fn a_pointer_that_was_seen_goes_with_the_light_and_has_to_move_again() {
    let mut stage = stage();
    for x in [100.0, 160.0] {
        stage.tell(Message::PointerMoved(Point::new(x, 100.0)));
    }
    assert_eq!(stage.app.pointer, Pointer::Seen);
    stage.quiet(301);
    assert_eq!(stage.app.pointer, Pointer::Hidden);
}

#[test]
fn a_finger_and_the_wheel_wake_and_the_wheel_moves_nothing() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    for message in [
        Message::Touched,
        Message::Wheel(iced::mouse::ScrollDelta::Lines { x: 0.0, y: -1.0 }),
        Message::RightClick,
    ] {
        stage.quiet(901);
        stage.tell(message);
        assert_eq!((stage.step(), stage.screen()), (Step::Awake, "signed-in"));
    }
}

#[test]
fn a_code_on_the_screen_keeps_it_awake_also_while_it_waits_for_the_approval() {
    let mut stage = stage().coded();
    stage.quiet(800);
    assert_eq!(stage.step(), Step::Awake);
    stage.press(Press::Ok);
    assert_eq!(stage.screen(), "waiting");
    stage.quiet(800);
    assert_eq!(stage.step(), Step::Awake);
}

#[test]
fn a_channel_that_refreshes_by_itself_keeps_it_awake_until_it_is_paused() {
    let mut stage = stage_with(channel_that_refreshes, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    stage.quiet(1000);
    assert_eq!(stage.step(), Step::Awake);
    stage.press(Press::Pause);
    stage.quiet(1000);
    assert_eq!(stage.step(), Step::Black);
}

#[test]
fn a_screen_that_changes_by_itself_is_seen() {
    let mut stage = stage();
    stage.press(Press::Ok);
    stage.quiet(301);
    assert_eq!(stage.step(), Step::Dim, "waiting for a code");
    let attempt = stage.app.screen.attempt().unwrap();
    stage.tell(Message::Flow(attempt, Said::Code(prompt("WDJB-MJHT"))));
    assert_eq!((stage.step(), stage.screen()), (Step::Awake, "code"));
}

#[test]
fn the_session_that_is_over_is_seen() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    stage.quiet(901);
    assert_eq!(stage.step(), Step::Black);
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab: 0,
        request: 1,
        result: Err(crate::channel::Error::SignedOut(
            crate::session::token_manager::SessionEnd::EndedElsewhere,
        )),
    }));
    assert_eq!((stage.step(), stage.screen()), (Step::Awake, "start"));
}

#[test]
fn where_no_code_can_be_had_it_is_tried_again_by_itself_and_the_tv_falls_asleep_meanwhile() {
    let mut stage = stage();
    stage.press(Press::Ok);
    let cut = || {
        Said::Ended(End::Unreachable(
            crate::web::RequestError::new("acme.example", crate::web::TransportError::CutOff)
                .into(),
        ))
    };
    stage.tell(Message::Flow(1, cut()));
    assert_eq!(stage.screen(), "expired");
    for attempt in 2..20 {
        stage.quiet(200);
        stage.tell(Message::Tick);
        assert_eq!(
            (stage.screen(), stage.app.screen.attempt()),
            ("waiting", Some(attempt))
        );
        stage.tell(Message::Flow(attempt, cut()));
    }
    assert_eq!(stage.step(), Step::Black);

    stage.quiet(200);
    stage.tell(Message::Tick);
    stage.tell(Message::Flow(20, Said::Code(prompt("WDJB-MJHT"))));
    assert_eq!(stage.step(), Step::Awake, "a code wants to be seen");
}

#[test]
fn what_stood_in_the_way_of_the_start_is_looked_at_again_by_itself_and_keeps_nobody_awake() {
    let folder = tempfile::tempdir().unwrap();
    let (file, secret) = (
        folder.path().join("config.toml"),
        folder.path().join("secret"),
    );
    let text = format!(
        "[provider]\nissuer = \"https://acme.example/\"\nclient_id = \"tv\"\n\
         client_secret_file = \"{}\"\n[storage]\nbackend = \"memory\"\n",
        secret.display()
    );
    std::fs::write(&file, text).unwrap();
    let config = crate::config::Config::read(&file).unwrap();
    let boot = |clock| {
        let words = Setup::from_config(config, None, clock).unwrap_err();
        Boot::Problem { words, file }
    };
    let mut stage = stage_with(boot, Options::default());
    for _ in 0..10 {
        stage.quiet(200);
        stage.tell(Message::Tick);
        assert_eq!(stage.screen(), "problem");
    }
    assert_eq!(stage.step(), Step::Black);

    std::fs::write(&secret, "hush").unwrap();
    stage.quiet(200);
    stage.tell(Message::Tick);
    assert_eq!((stage.screen(), stage.step()), ("waiting", Step::Awake));
}

/// When the screen looks at the time by itself, in seconds from now.
fn due(stage: &Stage) -> Option<u64> {
    let due = stage.app.due()?;
    Some(due.since(stage.app.now()).as_secs())
}

#[test]
fn a_code_is_due_each_second_and_the_start_never() {
    let stage = stage();
    assert_eq!(due(&stage), None);
    let stage = stage.coded();
    assert!(stage.app.due().unwrap() <= stage.app.now() + Duration::from_millis(1001));
}

#[test]
fn who_is_signed_in_and_sees_nothing_new_is_left_alone_for_minutes() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    let page = crate::channel::Page {
        listing: crate::channel::Listing::Items(Vec::new()),
        next: None,
        // For its first minute it is told as new.
        as_of: Timestamp::UNIX_EPOCH - Duration::from_secs(60),
    };
    stage.tell(Message::SignedIn(signed_in::Message::Arrived {
        tab: 0,
        request: 1,
        result: Ok(page),
    }));
    assert!(due(&stage) >= Some(300), "{:?}", due(&stage));
}

#[test]
fn where_nobody_is_the_time_is_looked_at_less_often() {
    let mut stage = stage();
    stage.press(Press::Ok);
    let cut = Said::Ended(End::Unreachable(
        crate::web::RequestError::new("acme.example", crate::web::TransportError::CutOff).into(),
    ));
    stage.tell(Message::Flow(1, cut));
    assert!(due(&stage) <= Some(1));
    stage.quiet(400);
    stage.app.ticked.0 = stage.app.now();
    assert_eq!(stage.step(), Step::Dim);
    assert_eq!(due(&stage), Some(10));
}

#[test]
fn the_same_moment_comes_again_after_a_tick_that_changed_nothing() {
    let hash = |stage: &Stage| {
        let alarm = super::super::idle::Timer::of(&stage.app, stage.app.now(), Message::Tick);
        std::hash::BuildHasher::hash_one(
            &std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::default(),
            &alarm,
        )
    };
    let mut stage = stage();
    let before = hash(&stage);
    assert_eq!(hash(&stage), before);
    stage.tell(Message::Tick);
    assert_ne!(hash(&stage), before);
}
