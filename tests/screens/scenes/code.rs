//! The code screen, and the code that it shows.

use std::time::Duration;

use tenfoot::oauth::flow::{Prompt, Reason, Wait};
use tenfoot::screen::code::{Message, State};
use tenfoot::screen::pending::Pending;
use tenfoot::session::sign_in::Event;
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;
use tenfoot::web::{RequestError, TransportError};

use super::{Canvas, HOST, START, Scene, scene, show};

pub(crate) const LINK: &str = "https://acme.example/activate?user_code=WDJB-MJHT";
pub(crate) const WIDE_CODE: &str = "WWWWWWWWWWWWWWW";
pub(crate) const LONG_ADDRESS: &str = "https://accounts.acme.example/activate/x";
const CODE: &str = "WDJB-MJHT";
const MIXED_CODE: &str = "CKiQhNvt";
const ELSEWHERE: &str = "https://www.acme.example/device";
const CODE_INSIDE: &str = "https://acme.example/login/device/shkakx?cancelToken=11e79bf6";
const ADDRESS: &str = "https://acme.example/activate";

const MATTERS: &[&str] = &[CODE, ADDRESS, "I’ve entered it", "New code"];
const IN_ALL: &[&str] = &["I’ve entered it", "New code"];

pub(super) const SCENES: &[Scene] = &[
    scene("code", |look, canvas| of(pending(), look, canvas), MATTERS),
    scene(
        "code-new",
        |look, canvas| {
            let mut state = State::new(pending(), look);
            state.update(Message::Press(Press::Right));
            show(state.view(look), canvas);
        },
        MATTERS,
    ),
    scene(
        "code-guest",
        |look, canvas| of(pending().of_guest(), look, canvas),
        MATTERS,
    ),
    scene(
        "code-plain",
        |look, canvas| {
            let mut pending = pending();
            pending.prompt.verification_uri_complete = None;
            of(pending, look, canvas);
        },
        MATTERS,
    ),
    scene(
        "code-digits",
        |look, canvas| of(asking("1234 5678", ADDRESS), look, canvas),
        &["1234 5678", "I’ve entered it", "New code"],
    ),
    scene(
        "code-lower",
        |look, canvas| of(asking("lil0-o1il", ADDRESS), look, canvas),
        &["lil0-o1il", "I’ve entered it", "New code"],
    ),
    scene(
        "code-wide",
        |look, canvas| of(asking(WIDE_CODE, LONG_ADDRESS), look, canvas),
        &["WWWW", "WWW", LONG_ADDRESS, "I’ve entered it", "New code"],
    ),
    scene(
        "code-mixed",
        |look, canvas| of(asking(MIXED_CODE, ELSEWHERE), look, canvas),
        &["CKiQ", "hNvt", ELSEWHERE, "I’ve entered it", "New code"],
    ),
    scene(
        "code-inside",
        |look, canvas| {
            let mut pending = asking("shkakx", CODE_INSIDE);
            pending.prompt.verification_uri_complete = Some(CODE_INSIDE.to_owned());
            of(pending, look, canvas);
        },
        &["shkakx", "I’ve entered it", "New code"],
    ),
    scene(
        "code-checking",
        |look, canvas| {
            let mut pending = pending();
            pending.hear(&Event::Checking);
            of(pending, look, canvas);
        },
        MATTERS,
    ),
    scene(
        "code-reconnecting",
        |look, canvas| of(waiting_for(reconnecting()), look, canvas),
        MATTERS,
    ),
    scene(
        "code-slowed",
        |look, canvas| {
            let reason = Reason::SlowDown(Duration::from_secs(10));
            of(waiting_for(reason), look, canvas);
        },
        MATTERS,
    ),
    scene(
        "code-busy",
        |look, canvas| of(waiting_for(Reason::RateLimited), look, canvas),
        MATTERS,
    ),
    scene(
        "code-last-seconds",
        |look, canvas| {
            let mut pending = pending();
            pending.now = START + Duration::from_secs(893);
            of(pending, look, canvas);
        },
        IN_ALL,
    ),
];

fn of(pending: Pending, look: &Look, canvas: Canvas<'_>) {
    show(State::new(pending, look).view(look), canvas);
}

/// A code that is out, a while after it came.
pub(crate) fn pending() -> Pending {
    asking(CODE, ADDRESS)
}

pub(super) fn asking(user_code: &str, address: &str) -> Pending {
    let prompt = Prompt {
        user_code: user_code.to_owned(),
        verification_uri: address.to_owned(),
        verification_uri_complete: Some(format!("{address}?user_code={user_code}")),
        deadline: START + Duration::from_secs(900),
        lifetime: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    };
    let mut pending = Pending::new(1, HOST.to_owned(), prompt, START);
    pending.now = START + Duration::from_secs(152);
    pending.hear(&Event::Waiting(Wait {
        reason: Reason::Pending,
        next_poll: START + Duration::from_secs(155),
    }));
    pending
}

pub(super) fn reconnecting() -> Reason {
    let slow = TransportError::TimedOut { seconds: 10 };
    Reason::Reconnecting(RequestError::new(HOST, slow).into())
}

/// The same, with that reason to wait.
pub(super) fn waiting_for(reason: Reason) -> Pending {
    let mut pending = pending();
    pending.hear(&Event::Waiting(Wait {
        reason,
        next_poll: START + Duration::from_secs(162),
    }));
    pending
}
