use iced::Size;

use super::*;

const START: Moment = Moment::from_boot(Duration::from_secs(100));

fn idle() -> Idle {
    Idle::new(config::Idle::default(), true, START)
}

fn configured(text: &str) -> Idle {
    Idle::new(toml::from_str(text).unwrap(), true, START)
}

impl Idle {
    fn after(mut self, seconds: u64) -> Self {
        let wall = Timestamp::from_second(i64::try_from(seconds).unwrap()).unwrap();
        self.look(START + Duration::from_secs(seconds), wall);
        self
    }

    fn due_in(&self) -> Option<u64> {
        self.due().map(|due| due.since(self.now).as_secs())
    }
}

fn metrics(safe: f32) -> Metrics {
    Metrics::new(Size::new(1920.0, 1080.0), 1.0, 1.0, safe)
}

#[test]
fn the_ladder_is_climbed_by_the_clock() {
    for (seconds, step) in [
        (0, Step::Awake),
        (119, Step::Awake),
        (120, Step::Quiet),
        (300, Step::Dim),
        (899, Step::Dim),
        (900, Step::Black),
        (90_000, Step::Black),
    ] {
        assert_eq!(idle().after(seconds).step(), step, "{seconds}");
    }
}

#[test]
fn the_hints_fade_and_then_nothing_is_drawn_until_the_next_step() {
    let at = |idle: Idle, milliseconds| {
        let mut idle = idle;
        idle.look(
            START + Duration::from_millis(milliseconds),
            Timestamp::UNIX_EPOCH,
        );
        (
            idle.hints(),
            idle.due().map(|due| due.since(idle.now).as_millis()),
        )
    };
    assert_eq!(at(idle(), 119_000), (1.0, Some(1000)));
    assert_eq!(at(idle(), 120_000), (1.0, Some(30)));
    let (halfway, soon) = at(idle(), 120_090);
    assert!(
        (0.4..0.6).contains(&halfway) && soon == Some(30),
        "{halfway}"
    );
    assert_eq!(at(idle(), 120_180), (0.0, Some(179_820)));
    let still = Idle::new(config::Idle::default(), false, START);
    assert_eq!(at(still, 120_000), (0.0, Some(180_000)));
    let never = configured("hints = 0");
    assert_eq!(at(never, 299_000), (1.0, Some(1000)));
    assert_eq!(at(never, 300_000).0, 0.0);
}

#[test]
fn a_step_of_nought_is_never_taken_and_the_others_are() {
    let idle = configured("hints = 0\nblack = 0");
    assert_eq!(idle.after(299).step(), Step::Awake);
    assert_eq!(idle.after(90_000).step(), Step::Dim);
    let never = configured("hints = 0\ndim = 0\nblack = 0");
    assert_eq!(
        (never.after(90_000).step(), never.due()),
        (Step::Awake, None)
    );
}

#[test]
fn nothing_is_looked_at_before_the_next_step() {
    assert_eq!(idle().due_in(), Some(120));
    assert_eq!(idle().after(121).due_in(), Some(179));
}

#[test]
fn a_dim_picture_moves_on_every_ten_seconds_and_without_motion_once_a_minute() {
    assert_eq!(idle().after(300).due_in(), Some(10));
    let still = Idle::new(config::Idle::default(), false, START);
    assert_eq!(still.after(300).due_in(), Some(60));
    assert_eq!(still.after(890).due_in(), Some(10), "then it is black");
}

#[test]
fn the_clock_is_drawn_once_a_minute_when_the_minute_is_over() {
    assert_eq!(idle().after(915).due_in(), Some(45));
    assert_eq!(idle().after(960).due_in(), Some(60));
}

#[test]
fn the_key_that_wakes_does_nothing_else_however_long_it_is_held() {
    let mut idle = idle().after(301);
    let at = |seconds| START + Duration::from_secs(seconds);
    assert!(!idle.takes(at(301), false));
    assert_eq!(idle.step(), Step::Awake);
    assert!(!idle.takes(at(302), true));
    assert!(idle.takes(at(303), false));
    assert!(idle.takes(at(304), true));
}

#[test]
fn a_key_begins_the_ladder_anew() {
    let mut idle = idle().after(100);
    assert!(idle.takes(START + Duration::from_secs(100), false));
    assert_eq!(idle.after(219).step(), Step::Awake);
    assert_eq!(idle.after(220).step(), Step::Quiet);
}

#[test]
fn the_picture_drifts_by_no_more_than_24_pixels_a_minute_and_stays_inside_the_edge() {
    let metrics = metrics(0.05);
    let distance = |one: Vector, other: Vector| (one.x - other.x).hypot(one.y - other.y);
    let mut moved = false;
    for minute in 0..10 {
        let here = idle().after(300 + 60 * minute).drift(&metrics);
        let next = idle().after(359 + 60 * minute).drift(&metrics);
        assert!(distance(here, next) <= 24.0, "{minute}");
        assert!(next.x.abs() <= 96.0 && next.y.abs() <= 54.0, "{next:?}");
        moved |= distance(here, next) > 10.0;
    }
    assert!(moved);
    assert_eq!(idle().after(300).drift(&metrics), Vector::ZERO);
}

#[test]
fn without_a_free_edge_there_is_nowhere_to_drift_to() {
    assert_eq!(idle().after(700).drift(&metrics(0.0)), Vector::ZERO);
}

#[test]
fn a_walk_turns_round_at_both_ends() {
    let at = |way| to_and_fro(way, 10.0);
    assert_eq!(
        [at(0.0), at(10.0), at(15.0), at(30.0)],
        [0.0, 10.0, 5.0, -10.0]
    );
    assert_eq!([at(35.0), at(40.0)], [-5.0, 0.0]);
}

#[test]
fn a_key_that_is_stuck_keeps_no_screen_awake() {
    let start = |second| START + Duration::from_secs(second);
    let mut idle = idle();
    assert!(idle.takes(start(0), false));
    for second in 1..400 {
        let _ = idle.takes(start(second), true);
        idle.look(start(second), Timestamp::UNIX_EPOCH);
    }
    assert!(idle.step() > Step::Awake);
    assert!(!idle.takes(start(400), false), "the next key wakes it");
}
