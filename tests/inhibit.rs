//! Who is asked to keep the screen on, and that it is given back: on buses of their own, with
//! services that only write down what they are asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "support/keyring.rs"]
mod keyring;

use std::io::{BufRead, BufReader};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use keyring::Desk;
use rustix::process::{Pid, Signal, kill_process};
use tenfoot::kiosk::inhibit::{self, Buses, Window};
use tenfoot::work;
use zbus::connection::{Builder, Connection};
use zbus::interface;

/// What was asked of a service, in words.
type Asked = Arc<Mutex<Vec<String>>>;

struct ScreenSaver {
    asked: Asked,
    hangs: bool,
}

#[interface(name = "org.freedesktop.ScreenSaver")]
impl ScreenSaver {
    async fn inhibit(&self, who: &str, _why: &str) -> u32 {
        self.asked.lock().unwrap().push(format!("inhibit {who}"));
        if self.hangs {
            std::future::pending::<()>().await;
        }
        4711
    }

    #[zbus(name = "UnInhibit")]
    fn uninhibit(&self, cookie: u32) {
        let words = format!("uninhibit {cookie}");
        self.asked.lock().unwrap().push(words);
    }
}

struct Login {
    asked: Asked,
    /// The service's end of each lock.
    locks: Arc<Mutex<Vec<std::os::unix::net::UnixStream>>>,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn inhibit(&self, what: &str, who: &str, _why: &str, mode: &str) -> zbus::zvariant::OwnedFd {
        let words = format!("inhibit {what} {who} {mode}");
        self.asked.lock().unwrap().push(words);
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        self.locks.lock().unwrap().push(ours);
        OwnedFd::from(theirs).into()
    }
}

async fn screen_saver(desk: &Desk, hangs: bool) -> (Connection, Asked) {
    let asked = Asked::default();
    let service = ScreenSaver {
        asked: Arc::clone(&asked),
        hangs,
    };
    let bus = Builder::address(desk.address.as_str())
        .unwrap()
        .name("org.freedesktop.ScreenSaver")
        .unwrap()
        .serve_at("/org/freedesktop/ScreenSaver", service)
        .unwrap();
    (bus.build().await.unwrap(), asked)
}

async fn login(
    desk: &Desk,
) -> (
    Connection,
    Asked,
    Arc<Mutex<Vec<std::os::unix::net::UnixStream>>>,
) {
    let (asked, locks) = (Asked::default(), Arc::default());
    let service = Login {
        asked: Arc::clone(&asked),
        locks: Arc::clone(&locks),
    };
    let bus = Builder::address(desk.address.as_str())
        .unwrap()
        .name("org.freedesktop.login1")
        .unwrap()
        .serve_at("/org/freedesktop/login1", service)
        .unwrap();
    (bus.build().await.unwrap(), asked, locks)
}

fn buses(session: &Desk, system: &Desk) -> Buses {
    Buses {
        session: Some(session.address.clone()),
        system: Some(system.address.clone()),
    }
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(10), "not {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Work is counted for the whole process: the end of the program that one test waits for
/// would wait for another test's.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn the_desktop_is_asked_first_and_is_told_when_the_screen_may_go_off() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let (session, system) = (Desk::without_keyring(), Desk::without_keyring());
    let (_saver, asked) = screen_saver(&session, false).await;
    let (_login, of_login, _locks) = login(&system).await;

    let held = inhibit::hold(buses(&session, &system), window.end());
    until("asked", || *asked.lock().unwrap() == ["inhibit tenfoot"]).await;
    drop(held);
    work::settled().await;

    let expected = ["inhibit tenfoot", "uninhibit 4711"];
    assert_eq!(*asked.lock().unwrap(), expected);
    assert!(of_login.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_window_gives_it_back_also_where_it_is_still_held() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let (session, system) = (Desk::without_keyring(), Desk::without_keyring());
    let (_saver, asked) = screen_saver(&session, false).await;

    let _held = inhibit::hold(buses(&session, &system), window.end());
    until("asked", || asked.lock().unwrap().len() == 1).await;
    drop(window);
    work::settled().await;

    assert_eq!(asked.lock().unwrap().last().unwrap(), "uninhibit 4711");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_desktop_answers_the_login_manager_is_asked_and_its_lock_is_closed() {
    use std::io::Read;
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let (session, system) = (Desk::without_keyring(), Desk::without_keyring());
    let (_login, asked, locks) = login(&system).await;

    let held = inhibit::hold(buses(&session, &system), window.end());
    until("asked", || {
        *asked.lock().unwrap() == ["inhibit idle tenfoot block"]
    })
    .await;
    let mut lock = locks.lock().unwrap().pop().unwrap();
    lock.set_nonblocking(true).unwrap();
    // Whatever becomes of the answer on its way, the lock is open somewhere.
    let open = lock.read(&mut [0]).unwrap_err();
    assert_eq!(open.kind(), std::io::ErrorKind::WouldBlock);

    drop(held);
    work::settled().await;
    until("closed", || {
        (&lock).read(&mut [0]).is_ok_and(|read| read == 0)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_that_hangs_is_given_two_seconds() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let (session, system) = (Desk::without_keyring(), Desk::without_keyring());
    let (_saver, asked_first) = screen_saver(&session, true).await;
    let (_login, asked, _locks) = login(&system).await;

    let began = Instant::now();
    let held = inhibit::hold(buses(&session, &system), window.end());
    until("asked", || !asked.lock().unwrap().is_empty()).await;
    let took = began.elapsed();

    assert!((2.0..4.0).contains(&took.as_secs_f32()), "{took:?}");
    assert_eq!(*asked_first.lock().unwrap(), ["inhibit tenfoot"]);
    drop(held);
    work::settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_does_not_wait_for_an_answer_that_never_comes() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let (session, system) = (Desk::without_keyring(), Desk::without_keyring());
    let (_saver, asked) = screen_saver(&session, true).await;

    let held = inhibit::hold(buses(&session, &system), window.end());
    until("asked", || !asked.lock().unwrap().is_empty()).await;
    let began = Instant::now();
    drop(held);
    work::settled().await;

    assert!(began.elapsed() < Duration::from_millis(500));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_answers_nothing_is_held_and_nothing_waits() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let window = Window::open();
    let nowhere = Buses {
        session: Some("unix:path=/nonexistent/bus".to_owned()),
        system: Some("unix:path=/nonexistent/bus".to_owned()),
    };

    let began = Instant::now();
    let _held = inhibit::hold(nowhere, window.end());
    work::settled().await;

    assert!(began.elapsed() < Duration::from_secs(1));
}

/// The program on a display in memory.
struct Tv {
    display: Child,
    number: String,
    program: Child,
}

impl Tv {
    fn on(session: &Desk) -> Self {
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x720x24"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb");
        let mut lines = BufReader::new(display.stdout.take().unwrap()).lines();
        let number = format!(":{}", lines.next().unwrap().unwrap());
        let home = session.address.trim_start_matches("unix:path=");
        let home = std::path::Path::new(home).parent().unwrap();
        let program = Command::new(env!("CARGO_BIN_EXE_tenfoot"))
            .args(["demo", "--interval", "1"])
            .env_clear()
            .env("DISPLAY", &number)
            .env("HOME", home)
            .env("DBUS_SESSION_BUS_ADDRESS", &session.address)
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            display,
            number,
            program,
        }
    }

    /// Once the screen has been there for long enough to take keys.
    fn key(&self, key: &str) {
        std::thread::sleep(Duration::from_millis(500));
        let keys = "window=$(xdotool search --sync --onlyvisible --pid $0 | tail -1) && \
                    xdotool windowfocus --sync $window && xdotool key $1";
        let pid = self.program.id().to_string();
        let pressed = Command::new("bash")
            .args(["-c", keys, &pid, key])
            .env("DISPLAY", &self.number)
            .status();
        assert!(pressed.expect("xdotool").success());
    }

    fn stop(&mut self) -> (Duration, Option<i32>) {
        let began = Instant::now();
        kill_process(Pid::from_child(&self.program), Signal::TERM).unwrap();
        let code = self.program.wait().unwrap().code();
        (began.elapsed(), code)
    }
}

impl Drop for Tv {
    fn drop(&mut self) {
        for child in [&mut self.program, &mut self.display] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_keeps_the_screen_on_while_a_code_is_on_it_and_gives_it_back_at_its_end() {
    let session = Desk::without_keyring();
    let (_saver, asked) = screen_saver(&session, false).await;
    let mut tv = Tv::on(&session);
    tokio::task::block_in_place(|| {
        std::thread::sleep(Duration::from_secs(1));
        assert!(
            asked.lock().unwrap().is_empty(),
            "nothing is to be seen yet"
        );
        tv.key("Return");
    });
    until("asked", || *asked.lock().unwrap() == ["inhibit tenfoot"]).await;

    tokio::task::block_in_place(|| tv.key("Escape"));
    until("given back", || asked.lock().unwrap().len() == 2).await;
    tokio::task::block_in_place(|| tv.key("Return"));
    until("asked again", || asked.lock().unwrap().len() == 3).await;
    let (took, code) = tokio::task::block_in_place(|| tv.stop());

    until("given back at the end", || asked.lock().unwrap().len() == 4).await;
    let once = ["inhibit tenfoot", "uninhibit 4711"];
    assert_eq!(*asked.lock().unwrap(), [once, once].concat());
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert_eq!(code, Some(0));
}
