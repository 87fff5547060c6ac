//! The signed-in screen.

use std::sync::Arc;
use std::time::Duration;

use iced::Task;
use iced_test::futures::futures::{FutureExt, StreamExt};
use iced_test::runtime::{Action, task};
use jiff::Timestamp;
use tenfoot::channel::{Error, Item, Listing, Missing};
use tenfoot::i18n::Language;
use tenfoot::screen::signed_in::source::Stay;
use tenfoot::screen::signed_in::{self, Entrance, Message, State};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::invented::{Memory, channel, invoices, not_stored, page, people, unreachable, unusable};
use super::{Canvas, HOST, START, Scene, scene, show, start};

const MENU: &[&str] = &["Close", "Switch person", "Sign out"];
const AGAIN: &[&str] = &["Try again"];

pub(super) const SCENES: &[Scene] = &[
    scene(
        "signed-in-cards",
        |look, canvas| after(contacts(), "cards", &[Press::Right], look, canvas),
        &[],
    ),
    scene(
        "signed-in-cards-last",
        |look, canvas| after(contacts(), "cards", &[Press::Down; 6], look, canvas),
        &[],
    ),
    scene(
        "signed-in-cards-broken",
        |look, canvas| {
            let source = Memory {
                broken: true,
                ..contacts()
            };
            after(source, "cards", &[], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-cards-long",
        |look, canvas| {
            after(
                answering(long_names()),
                "cards",
                &[Press::Right],
                look,
                canvas,
            );
        },
        &[],
    ),
    scene(
        "signed-in-tabs",
        |look, canvas| after(contacts(), "cards", &[Press::Up], look, canvas),
        &["Contacts"],
    ),
    scene(
        "signed-in-logo",
        |look, canvas| {
            let look = look.with_logo(Some(start::logo()));
            after(contacts(), "cards", &[Press::Right], &look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-tabs-many",
        |look, canvas| many_tabs(look, canvas),
        &[],
    ),
    scene(
        "signed-in-greeting",
        |look, canvas| greeting(contacts(), look, canvas),
        &["Not you?"],
    ),
    scene(
        "signed-in-greeting-guest",
        |look, canvas| greeting(guest(), look, canvas),
        &["Not you?"],
    ),
    scene(
        "signed-in-list",
        |look, canvas| after(contacts(), "list", &[Press::Down; 2], look, canvas),
        &[],
    ),
    scene(
        "signed-in-list-long",
        |look, canvas| {
            after(
                answering(long_names()),
                "list",
                &[Press::Down],
                look,
                canvas,
            );
        },
        &[],
    ),
    scene(
        "signed-in-table",
        |look, canvas| after(contacts(), "table", &[], look, canvas),
        &[],
    ),
    scene(
        "signed-in-table-numbers",
        |look, canvas| {
            let source = answering(Listing::Items(invoices()));
            after(source, "table", &[Press::Down], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-text",
        |look, canvas| after(answering(prose()), "text", &[], look, canvas),
        &[],
    ),
    scene(
        "signed-in-text-turned",
        |look, canvas| after(answering(prose()), "text", &[Press::Down], look, canvas),
        &[],
    ),
    scene(
        "signed-in-text-short",
        |look, canvas| {
            let words = Listing::Text("Nothing is planned for today.".into());
            after(answering(words), "text", &[], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-details",
        |look, canvas| {
            let listing = Listing::Details(people().remove(0));
            after(answering(listing), "details", &[], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-image",
        |look, canvas| after(contacts(), "image", &[], look, canvas),
        &[],
    ),
    scene(
        "signed-in-image-paused",
        |look, canvas| {
            let presses = [Press::Right, Press::Pause];
            after(contacts(), "image", &presses, look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-image-last",
        |look, canvas| after(contacts(), "image", &[Press::Right; 13], look, canvas),
        &[],
    ),
    scene(
        "signed-in-image-broken",
        |look, canvas| {
            let source = Memory {
                broken: true,
                ..contacts()
            };
            after(source, "image", &[], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-image-loading",
        |look, canvas| unfinished(contacts(), "image", look, canvas),
        &[],
    ),
    scene(
        "signed-in-loading",
        |look, canvas| unfinished(contacts(), "cards", look, canvas),
        &[],
    ),
    scene(
        "signed-in-loading-list",
        |look, canvas| unfinished(contacts(), "list", look, canvas),
        &[],
    ),
    scene(
        "signed-in-empty",
        |look, canvas| {
            after(
                answering(Listing::Items(Vec::new())),
                "cards",
                &[],
                look,
                canvas,
            );
        },
        &[],
    ),
    scene(
        "signed-in-no-channels",
        |look, canvas| {
            let time = Timestamp::UNIX_EPOCH;
            let source = Arc::new(contacts());
            let state = State::new(
                source,
                HOST.to_owned(),
                Vec::new(),
                Entrance::Restored,
                (START, time),
            );
            show(state.view(look), canvas);
        },
        &[],
    ),
    scene(
        "signed-in-failed",
        |look, canvas| after(Memory::new(Err(unreachable())), "cards", &[], look, canvas),
        AGAIN,
    ),
    scene(
        "signed-in-forbidden",
        |look, canvas| {
            let scope = Some(Missing::Named("read:contacts".to_owned()));
            after(
                Memory::new(Err(Error::Forbidden {
                    scope,
                    message: None,
                })),
                "cards",
                &[],
                look,
                canvas,
            );
        },
        AGAIN,
    ),
    scene(
        "signed-in-forbidden-likely",
        |look, canvas| {
            let scope = Some(Missing::Likely("Calendars.Read".to_owned()));
            after(
                Memory::new(Err(Error::Forbidden {
                    scope,
                    message: Some("Access is denied. Check credentials and try again.".to_owned()),
                })),
                "cards",
                &[],
                look,
                canvas,
            );
        },
        AGAIN,
    ),
    scene(
        "signed-in-busy",
        |look, canvas| {
            let retry_after = Duration::from_secs(42);
            after(
                Memory::new(Err(Error::Busy { retry_after })),
                "cards",
                &[],
                look,
                canvas,
            );
        },
        AGAIN,
    ),
    scene(
        "signed-in-unusable",
        |look, canvas| after(Memory::new(Err(unusable())), "cards", &[], look, canvas),
        AGAIN,
    ),
    scene(
        "signed-in-not-stored",
        |look, canvas| after(Memory::new(Err(not_stored())), "cards", &[], look, canvas),
        AGAIN,
    ),
    scene(
        "signed-in-stale",
        |look, canvas| after(old(unreachable()), "cards", &[], look, canvas),
        &[],
    ),
    scene(
        "signed-in-stale-busy",
        |look, canvas| {
            let retry_after = Duration::from_secs(42);
            after(old(Error::Busy { retry_after }), "list", &[], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-more-failed",
        |look, canvas| {
            let few = Listing::Items(people().into_iter().take(4).collect());
            after(
                no_more(few, unreachable()),
                "list",
                &[Press::Down; 3],
                look,
                canvas,
            );
        },
        &[],
    ),
    scene(
        "signed-in-more-forbidden",
        |look, canvas| {
            let why = Error::Forbidden {
                scope: None,
                message: None,
            };
            let people = no_more(Listing::Items(people()), why);
            after(people, "cards", &[Press::Down], look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-empty-so-far",
        |look, canvas| {
            let empty = no_more(Listing::Items(Vec::new()), unreachable());
            after(empty, "cards", &[], look, canvas);
        },
        &[],
    ),
    scene("signed-in-reloading", reloading, &[]),
    scene(
        "signed-in-account-button",
        |look, canvas| {
            let presses = [
                Press::Up,
                Press::Right,
                Press::Right,
                Press::Right,
                Press::Right,
            ];
            after(contacts(), "cards", &presses, look, canvas);
        },
        &[],
    ),
    scene(
        "signed-in-account",
        |look, canvas| after(contacts(), "cards", &[Press::Account], look, canvas),
        MENU,
    ),
    scene(
        "signed-in-account-alone",
        |look, canvas| {
            let source = Memory {
                stay: Stay::Alone,
                ..contacts()
            };
            after(
                source,
                "cards",
                &[Press::Account, Press::Down],
                look,
                canvas,
            );
        },
        &["Close", "Sign out"],
    ),
    scene(
        "signed-in-account-guest",
        |look, canvas| {
            after(
                guest(),
                "cards",
                &[Press::Account, Press::Down],
                look,
                canvas,
            );
        },
        MENU,
    ),
    scene(
        "signed-in-account-long",
        |look, canvas| {
            let source = Memory {
                name: "Maximiliane Eleonore Wolkenstein-Trostburg von und zu Hohenems",
                ..contacts()
            };
            after(source, "cards", &[Press::Account], look, canvas);
        },
        MENU,
    ),
    scene("signed-in-signing-out", signing_out, &[]),
];

fn answering(listing: Listing) -> Memory {
    Memory::new(page(listing))
}

fn contacts() -> Memory {
    answering(Listing::Items(people()))
}

/// Cards of people, one of them in focus.
pub(super) fn cards(look: &Look) -> State {
    settled(contacts(), "cards", look)
}

fn guest() -> Memory {
    Memory {
        stay: Stay::Guest,
        ..contacts()
    }
}

/// There is another page, which can't be had.
fn no_more(listing: Listing, why: Error) -> Memory {
    Memory {
        no_more: Some(why),
        ..answering(listing)
    }
}

/// What was answered the last time stands there, since asking again fails.
fn old(error: Error) -> Memory {
    Memory {
        kept: page(Listing::Items(people())).ok(),
        ..Memory::new(Err(error))
    }
}

fn prose() -> Listing {
    let paragraph = "It is a curious fact that the machine might compose and publish elaborate and scientific pieces of music of any degree of complexity or extent.\n\n";
    Listing::Text(paragraph.repeat(12).into())
}

fn long_names() -> Listing {
    let lengthen = |(number, item): (usize, Item)| Item {
        title: format!(
            "{} the {}, of the house of Wolkenstein-Trostburg",
            item.title(Language::English),
            number + 1
        )
        .into(),
        subtitle: Some(
            format!(
                "Known for very many things, among them {}",
                item.title(Language::English)
            )
            .into(),
        ),
        ..item
    };
    Listing::Items(people().into_iter().enumerate().map(lengthen).collect())
}

const CHANNELS: [(&str, &str); 3] = [("Pictures", "cards"), ("News", "list"), ("Me", "details")];

pub(super) fn on_screen(
    source: Memory,
    layout: &str,
    others: &[(&str, &str)],
    entrance: Entrance,
) -> State {
    let mut channels = vec![channel("Contacts", layout)];
    channels.extend(others.iter().map(|(name, layout)| channel(name, layout)));
    let wall = Timestamp::UNIX_EPOCH + Duration::from_secs(130);
    State::new(
        Arc::new(source),
        HOST.to_owned(),
        channels,
        entrance,
        (START, wall),
    )
}

/// A signed-in screen after everything that it asked for has arrived.
pub(super) fn settled(source: Memory, layout: &str, look: &Look) -> State {
    let mut state = on_screen(source, layout, &CHANNELS, Entrance::Restored);
    let task = state.start();
    run(&mut state, task, look);
    state
}

/// The same after these keys, drawn.
pub(super) fn after(
    source: Memory,
    layout: &str,
    presses: &[Press],
    look: &Look,
    canvas: Canvas<'_>,
) {
    let mut state = settled(source, layout, look);
    press(&mut state, presses, look);
    show(state.view(look), canvas);
}

fn unfinished(source: Memory, layout: &str, look: &Look, canvas: Canvas<'_>) {
    let mut state = on_screen(source, layout, &CHANNELS, Entrance::Restored);
    let _unfinished = state.start();
    show(state.view(look), canvas);
}

fn greeting(source: Memory, look: &Look, canvas: Canvas<'_>) {
    let mut state = on_screen(source, "cards", &CHANNELS, Entrance::Fresh);
    let task = state.start();
    run(&mut state, task, look);
    press(&mut state, &[Press::Down], look);
    show(state.view(look), canvas);
}

fn many_tabs(look: &Look, canvas: Canvas<'_>) {
    const MANY: [(&str, &str); 9] = [
        ("Pictures of the family", "cards"),
        ("News", "list"),
        ("Weather in the mountains", "list"),
        ("Invoices", "table"),
        ("Devices", "list"),
        ("Repositories", "list"),
        ("Recently played", "cards"),
        ("Calendar", "table"),
        ("Me", "details"),
    ];
    let mut state = on_screen(contacts(), "list", &MANY, Entrance::Restored);
    let task = state.start();
    run(&mut state, task, look);
    press(&mut state, &[Press::Channel(5)], look);
    show(state.view(look), canvas);
}

fn reloading(look: &Look, canvas: Canvas<'_>) {
    let mut state = settled(contacts(), "cards", look);
    let _unfinished = state.update(Message::Press(Press::Refresh), look);
    show(state.view(look), canvas);
}

fn signing_out(look: &Look, canvas: Canvas<'_>) {
    let mut state = settled(contacts(), "cards", look);
    press(
        &mut state,
        &[Press::Account, Press::Down, Press::Down],
        look,
    );
    let _unfinished = state.update(Message::Press(Press::Ok), look);
    show(state.view(look), canvas);
}

/// Carries tasks through as far as they go by themselves; what waits for something else,
/// as a sign-out does here, is left.
pub(super) fn run(state: &mut State, task: Task<Message>, look: &Look) {
    /// A task may have to be asked again although it has all that it needs.
    const PATIENCE: usize = 20;
    let mut tasks = vec![task];
    while let Some(task) = tasks.pop() {
        let Some(mut stream) = task::into_stream(task) else {
            continue;
        };
        let mut asked = 0;
        while asked < PATIENCE {
            match stream.next().now_or_never() {
                None => asked += 1,
                Some(None) => break,
                Some(Some(Action::Output(message))) => {
                    if let signed_in::Action::Run(task) = state.update(message, look) {
                        tasks.push(task);
                    }
                }
                Some(Some(_)) => {}
            }
        }
    }
}

fn press(state: &mut State, presses: &[Press], look: &Look) {
    for press in presses {
        if let signed_in::Action::Run(task) = state.update(Message::Press(*press), look) {
            run(state, task, look);
        }
    }
}
