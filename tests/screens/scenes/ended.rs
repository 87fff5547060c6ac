//! The screen after a sign-in that came to nothing.

use jiff::Timestamp;
use tenfoot::oauth::flow::End;
use tenfoot::screen::ended::{Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;
use tenfoot::words::Phrase;

use super::{Canvas, HOST, START, Scene, scene, show};

const NEW_CODE: &[&str] = &["Get a new code", "Back to the start"];
const TRY_AGAIN: &[&str] = &["Try again", "Back to the start"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "expired",
        |look, canvas| of(End::Expired, look, canvas),
        NEW_CODE,
    ),
    scene(
        "expired-start",
        |look, canvas| {
            let mut state = state(&End::Expired);
            state.update(Message::Press(Press::Right));
            show(state.view(look), canvas);
        },
        NEW_CODE,
    ),
    scene(
        "denied",
        |look, canvas| {
            let description = Some("The user has denied the request.".to_owned());
            of(End::Denied { description }, look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "denied-without-words",
        |look, canvas| of(End::Denied { description: None }, look, canvas),
        NEW_CODE,
    ),
    scene(
        "refused",
        |look, canvas| {
            let (error, description) = ("invalid_scope".to_owned(), None);
            of(End::Refused { error, description }, look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "unreachable",
        |look, canvas| {
            let words = Phrase::new("provider-not-found").with("host", HOST).alone();
            of(End::Unreachable(words), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "portal",
        |look, canvas| unreachable("provider-redirect", look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "insecure",
        |look, canvas| unreachable("provider-insecure", look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "clock",
        |look, canvas| {
            let skew = Phrase::new("provider-behind")
                .with("amount", Phrase::new("provider-hours").with("count", 3_u64));
            let words = Phrase::new("provider-clock").with("skew", skew);
            of(End::Unreachable(words), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "clock-unset",
        |look, canvas| {
            let words = Phrase::new("provider-insecure").with("host", HOST);
            let end = End::Unreachable(words.alone());
            let state = State::new(&end, HOST, (START, Timestamp::UNIX_EPOCH), 0, 0.5);
            show(state.view(look), canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "clock-late",
        |look, canvas| {
            let skew = Phrase::new("provider-ahead")
                .with("amount", Phrase::new("provider-days").with("count", 2_u64));
            let words = Phrase::new("provider-clock").with("skew", skew);
            of(End::Untrusted(words), look, canvas);
        },
        NEW_CODE,
    ),
    scene(
        "busy",
        |look, canvas| unreachable("provider-too-many", look, canvas),
        TRY_AGAIN,
    ),
    scene(
        "read-only",
        |look, canvas| {
            let words = Phrase::new("session-not-stored")
                .with("path", "/var/lib/tenfoot/sessions/default-2f6b1c0d.json")
                .with("why", Phrase::new("io-read-only"));
            of(End::NotStored(words), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "misconfigured",
        |look, canvas| {
            let words = Phrase::new("provider-unknown-client");
            of(End::Misconfigured(words), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "untrusted",
        |look, canvas| {
            let words =
                Phrase::new("provider-untrusted").with("why", Phrase::new("provider-id-future"));
            of(End::Untrusted(words), look, canvas);
        },
        TRY_AGAIN,
    ),
    scene(
        "not-stored",
        |look, canvas| {
            let words = Phrase::new("session-not-stored")
                .with(
                    "path",
                    "/home/ada/.local/state/tenfoot/sessions/default-2f6b1c0d.json",
                )
                .with("why", Phrase::new("io-full"));
            of(End::NotStored(words), look, canvas);
        },
        TRY_AGAIN,
    ),
];

fn of(end: End, look: &Look, canvas: Canvas<'_>) {
    show(state(&end).view(look), canvas);
}

fn unreachable(id: &'static str, look: &Look, canvas: Canvas<'_>) {
    let words = Phrase::new(id).with("host", HOST).with("status", "302");
    of(End::Unreachable(words.alone()), look, canvas);
}

/// At a time when somebody has set the clock.
fn state(end: &End) -> State {
    State::new(end, HOST, (START, Timestamp::MAX), 0, 0.5)
}
