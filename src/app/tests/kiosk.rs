//! The TV as a box that is left through its service menu alone.

use super::*;
use crate::app::kiosk::WayOut;
use crate::config::ExitLock;
use crate::kiosk::inhibit;

const SEQUENCE: [Press; 9] = [
    Press::Up,
    Press::Up,
    Press::Down,
    Press::Down,
    Press::Left,
    Press::Right,
    Press::Left,
    Press::Right,
    Press::Ok,
];

fn kiosk(with: &str) -> Stage {
    let text = format!(
        "[provider]\nissuer = \"https://acme.example/\"\nclient_id = \"tv\"\n\
         [storage]\nbackend = \"memory\"\n{with}"
    );
    let config = Config::parse(Path::new("config.toml"), &text).unwrap();
    let ready = |clock| Boot::Ready(Setup::from_config(config, None, clock).unwrap());
    let options = Options {
        windowed: None,
        kiosk: true,
    };
    let mut stage = stage_with(ready, options);
    stage.tell(restored(Ok(None)));
    stage
}

impl Stage {
    fn presses(&mut self, presses: &[Press]) {
        for press in presses {
            self.press(*press);
        }
    }

    fn later(&mut self, seconds: u64) {
        let mut now = self.clock.0.lock().unwrap();
        *now = *now + Duration::from_secs(seconds);
    }

    fn has_menu(&self) -> bool {
        self.app.kiosk.menu.is_some()
    }

    /// Types it, and says whether the menu's buttons are there now.
    fn opens_with(&mut self, pin: &[u8]) -> bool {
        for digit in pin {
            self.press(Press::Channel(*digit));
        }
        self.press(Press::Ok);
        let spoken = self.app.spoken();
        spoken.heading == "Service menu"
    }
}

#[test]
fn the_sequence_opens_the_service_menu_of_a_kiosk_and_its_last_key_does_nothing_else() {
    let mut stage = kiosk("");
    stage.presses(&SEQUENCE);
    assert!(stage.has_menu());
    assert_eq!(stage.screen(), "start");
    stage.press(Press::Back);
    assert!(!stage.has_menu());
}

#[test]
fn where_the_app_can_be_left_anyway_there_is_no_such_menu() {
    let mut stage = stage();
    stage.presses(&SEQUENCE);
    assert!(!stage.has_menu());
}

#[test]
fn in_a_mirrored_language_the_keys_are_the_same() {
    let mut stage = kiosk("[display]\nlanguage = \"ar\"\n");
    stage.presses(&SEQUENCE);
    assert!(stage.has_menu());
}

#[test]
fn a_kiosk_is_left_by_the_service_menu_and_says_so() {
    let way_out = WayOut::default();
    let mut stage = kiosk("");
    stage.app.kiosk =
        crate::app::kiosk::Kiosk::of_process(way_out.clone(), inhibit::End::default());
    stage.presses(&SEQUENCE);
    stage.press(Press::Down);
    assert_eq!(way_out.taken(), None);
    assert!(stage.app.press(Press::Ok).units() > 0, "it goes on");
    assert_eq!(way_out.taken(), Some(AppExit::ByService));
}

#[test]
fn an_end_that_nobody_asked_for_is_none_on_purpose() {
    let way_out = WayOut::default();
    let mut stage = kiosk("");
    stage.app.kiosk =
        crate::app::kiosk::Kiosk::of_process(way_out.clone(), inhibit::End::default());
    stage.tell(Message::Tick);
    assert_eq!(way_out.taken(), None);
    stage.tell(Message::Stopped);
    assert_eq!(way_out.taken(), Some(AppExit::Usually));
}

#[test]
fn behind_the_menu_a_code_goes_on_being_waited_for() {
    let mut stage = kiosk("").coded();
    let attempt = stage.app.screen.attempt();
    stage.presses(&SEQUENCE);
    assert!(stage.has_menu());
    assert_eq!(stage.app.screen.attempt(), attempt);
    stage.press(Press::Back);
    assert_eq!(stage.screen(), "code");
}

#[test]
fn a_pin_stands_before_the_menu() {
    let mut stage = kiosk("[kiosk]\npin = \"2580\"\n");
    stage.presses(&SEQUENCE);
    assert!(stage.has_menu());
    assert!(!stage.opens_with(&[1, 2, 3, 4]));
    stage.later(2);
    stage.tell(Message::Tick);
    assert!(stage.opens_with(&[2, 5, 8, 0]));
}

/// A kiosk that begins with that, where its file says that of the way out.
fn kiosk_from(boot: Boot, exit_lock: ExitLock) -> Stage {
    let options = Options {
        windowed: None,
        kiosk: true,
    };
    let mut stage = stage_with(|_| boot, options);
    stage.app.origin.exit_lock = exit_lock;
    stage
}

/// Whatever keeps a kiosk from being ready.
fn obstacles() -> [Boot; 3] {
    let file = std::path::PathBuf::from("/etc/tenfoot/config.toml");
    [
        Boot::BadConfig(Config::parse(&file, "[provider]").unwrap_err()),
        Boot::Problem {
            words: Phrase::said("The client's secret can't be read"),
            file: file.clone(),
        },
        Boot::NoConfig { path: file },
    ]
}

#[test]
fn a_pin_stands_before_the_menu_whatever_else_is_wrong() {
    for boot in obstacles() {
        let mut stage = kiosk_from(boot, ExitLock::Pin("2580".parse().unwrap()));
        stage.presses(&SEQUENCE);
        assert!(stage.has_menu());
        assert_eq!(stage.app.spoken().heading, "Enter the PIN");
        assert!(!stage.opens_with(&[1, 2, 3, 4]));
        stage.later(2);
        stage.tell(Message::Tick);
        assert!(stage.opens_with(&[2, 5, 8, 0]));
    }
}

#[test]
fn where_it_cannot_be_told_whether_there_is_a_pin_the_menu_leads_nowhere() {
    for boot in obstacles() {
        let way_out = WayOut::default();
        let mut stage = kiosk_from(boot, ExitLock::Unknown);
        stage.app.kiosk =
            crate::app::kiosk::Kiosk::of_process(way_out.clone(), inhibit::End::default());
        stage.presses(&SEQUENCE);
        assert!(stage.has_menu());
        let leave = crate::screen::service::Choice::Leave;
        let chosen = crate::screen::service::Message::Chosen(leave);
        stage.tell(Message::Kiosk(crate::app::kiosk::Event::Menu(chosen)));
        stage.presses(&[Press::Down, Press::Down, Press::Down, Press::Ok]);
        assert_eq!(way_out.taken(), None);
    }
}

#[test]
fn a_pin_that_was_known_counts_on_when_its_file_breaks_and_goes_when_a_file_says_so() {
    let locked = |lock| Message::Kiosk(crate::app::kiosk::Event::Locked(lock));
    let [boot, ..] = obstacles();
    let mut stage = kiosk_from(boot, ExitLock::Open);
    stage.tell(locked(ExitLock::Pin("2580".parse().unwrap())));
    stage.tell(locked(ExitLock::Unknown));
    stage.presses(&SEQUENCE);
    assert!(stage.opens_with(&[2, 5, 8, 0]));
    stage.press(Press::Back);
    stage.tell(locked(ExitLock::Open));
    stage.presses(&SEQUENCE);
    assert_eq!(stage.app.spoken().heading, "Service menu");
}

#[test]
fn a_pin_in_a_new_file_counts_before_the_rest_of_it_is_in_force() {
    let mut stage = kiosk("");
    let lock = ExitLock::Pin("2580".parse().unwrap());
    stage.tell(Message::Kiosk(crate::app::kiosk::Event::Locked(lock)));
    stage.presses(&SEQUENCE);
    assert_eq!(stage.app.spoken().heading, "Enter the PIN");
}

#[test]
fn closing_the_menu_is_no_way_around_the_wait_after_a_wrong_pin() {
    let mut stage = kiosk("[kiosk]\npin = \"2580\"\n");
    stage.presses(&SEQUENCE);
    for _ in 0..3 {
        assert!(!stage.opens_with(&[0, 0, 0, 0]));
        stage.later(60);
        stage.tell(Message::Tick);
        stage.presses(&SEQUENCE);
    }
    assert!(!stage.opens_with(&[0, 0, 0, 0]));
    stage.press(Press::Back);
    assert!(!stage.has_menu());
    stage.presses(&SEQUENCE);
    assert!(!stage.opens_with(&[2, 5, 8, 0]), "during the wait");
}

#[test]
fn no_demo_is_offered_or_started_in_a_kiosk() {
    let options = Options {
        windowed: None,
        kiosk: true,
    };
    let path = std::path::PathBuf::from("/nowhere/config.toml");
    let mut stage = stage_with(|_| Boot::NoConfig { path }, options);
    assert_eq!(stage.screen(), "start");
    for press in [Press::Left, Press::Ok] {
        stage.press(press);
        assert_eq!(stage.screen(), "start");
    }
    let demo = crate::screen::start::Choice::Demo;
    stage.tell(Message::Start(crate::screen::start::Message::Chosen(demo)));
    assert_eq!(stage.screen(), "start");
}

#[test]
fn a_menu_that_is_left_open_closes() {
    let mut stage = kiosk("");
    stage.presses(&SEQUENCE);
    stage.later(60);
    stage.tell(Message::Tick);
    assert!(!stage.has_menu());
}

#[test]
fn the_system_keeps_the_screen_on_while_a_code_is_on_it_and_not_before_or_after() {
    let due = |stage: &Stage| {
        let dimmed = stage.app.idle.step() >= crate::ui::idle::Step::Dim;
        inhibit::is_due(stage.app.is_watched(), dimmed)
    };
    let stage = kiosk("");
    assert!(!due(&stage));
    let mut stage = stage.coded();
    assert!(due(&stage));
    stage.tell(Message::Flow(1, Said::Ended(End::Expired)));
    assert!(!due(&stage));
}
