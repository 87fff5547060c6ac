//! The start screen.

use std::path::PathBuf;
use std::sync::LazyLock;

use iced::widget::image;
use tenfoot::i18n::Phrase;
use tenfoot::screen::start::{Guests, Message, Notice, Offer, State};
use tenfoot::ui::keys::Press;
use tenfoot::ui::widget;

use super::{HOST, Scene, invented, scene, show};

const BUTTONS: &[&str] = &["Sign in", "As a guest"];
const SET_UP: &[&str] = &["Try the demo", "Look again"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "start",
        |look, canvas| show(plain().view(look), canvas),
        BUTTONS,
    ),
    scene(
        "start-guest",
        |look, canvas| show(second(plain()).view(look), canvas),
        BUTTONS,
    ),
    scene(
        "start-guests-only",
        |look, canvas| show(of(Guests::Only, Vec::new(), None).view(look), canvas),
        &["Sign in"],
    ),
    scene(
        "start-no-guests",
        |look, canvas| show(of(Guests::Never, Vec::new(), None).view(look), canvas),
        &["Sign in"],
    ),
    scene(
        "start-demo",
        |look, canvas| {
            let line =
                Phrase::new("start-demo-approve").with("address", "http://127.0.0.1:8087/activate");
            show(of(Guests::Welcome, vec![line], None).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-config-wrong",
        |look, canvas| {
            let why = "/etc/tenfoot/config.toml, line 42, key display.colour: “colour” is not a key \
                       that tenfoot knows in [display].";
            let words = Phrase::new("problem-unchanged").with("why", why);
            let words = look.tell(&words);
            let screen = plain();
            canvas(widget::below_banner(look, &words, |look| {
                screen.view(look).map(|_| ())
            }));
        },
        &["Sign in"],
    ),
    scene(
        "start-logo",
        |look, canvas| {
            let look = look.with_logo(Some(logo()));
            show(of(Guests::Welcome, Vec::new(), None).view(&look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-demo-open",
        |look, canvas| {
            let lines = ["start-demo-approve", "start-demo-open"];
            let line = |id| Phrase::new(id).with("address", "http://192.168.178.34:8087/activate");
            let lines = lines.map(line).to_vec();
            show(of(Guests::Welcome, lines, None).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-signed-out",
        |look, canvas| {
            let words = after_signing_out("start-browser", signed_out());
            show(noticing(Notice::Done(words)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-signed-out-listed",
        |look, canvas| {
            let words = after_signing_out("start-listed", signed_out());
            show(noticing(Notice::Done(words)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-signed-out-here",
        |look, canvas| {
            let why = Phrase::new("provider-not-found").with("host", HOST);
            let done = Phrase::new("start-signed-out-but")
                .with("done", signed_out())
                .with("why", why);
            let words = after_signing_out("start-browser", done);
            show(noticing(Notice::Trouble(words)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-guest-gone",
        |look, canvas| {
            let words = Phrase::new("start-guest-gone");
            show(noticing(Notice::Done(words)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-cancelled",
        |look, canvas| {
            let words = Phrase::new("start-cancelled");
            show(noticing(Notice::Done(words)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-demo-failed",
        |look, canvas| {
            let remedy = Phrase::new("session-demo-in-use").with("address", "127.0.0.1:8088");
            let why = Phrase::new("session-demo-listen")
                .with("address", "127.0.0.1:8087")
                .with("remedy", remedy);
            show(noticing(Notice::Trouble(why)).view(look), canvas);
        },
        BUTTONS,
    ),
    scene(
        "start-set-up",
        |look, canvas| show(set_up().view(look), canvas),
        SET_UP,
    ),
    scene(
        "start-set-up-kiosk",
        |look, canvas| show(set_up().without_exit().view(look), canvas),
        &["Look again"],
    ),
    scene(
        "start-set-up-again",
        |look, canvas| show(second(set_up()).view(look), canvas),
        SET_UP,
    ),
];

pub(super) fn of(guests: Guests, demo: Vec<Phrase>, notice: Option<Notice>) -> State {
    State::new(offer(guests, demo), notice)
}

fn offer(guests: Guests, demo: Vec<Phrase>) -> Offer {
    Offer::SignIn {
        host: HOST.to_owned(),
        channels: ["Contacts", "Pictures", "News"].map(str::to_owned).to_vec(),
        demo,
        guests,
    }
}

fn plain() -> State {
    of(Guests::Welcome, Vec::new(), None)
}

fn noticing(notice: Notice) -> State {
    of(Guests::Welcome, Vec::new(), Some(notice))
}

fn set_up() -> State {
    let path = PathBuf::from("/home/ada/.config/tenfoot/config.toml");
    State::new(Offer::SetUp { path }, None)
}

/// A logo, kept until the program ends as the app does it.
pub(super) fn logo() -> &'static image::Handle {
    static LOGO: LazyLock<image::Handle> = LazyLock::new(|| {
        let logo = invented::logo(480, 160);
        image::Handle::from_rgba(logo.width, logo.height, logo.rgba)
    });
    &LOGO
}

fn signed_out() -> Phrase {
    Phrase::new("start-signed-out")
        .with("known", 1_usize)
        .with("name", "Ada Lovelace")
}

fn after_signing_out(id: &'static str, done: Phrase) -> Phrase {
    Phrase::new(id).with("done", done).with("host", HOST)
}

/// With the focus on the second button.
fn second(mut state: State) -> State {
    state.update(Message::Press(Press::Right));
    state
}
