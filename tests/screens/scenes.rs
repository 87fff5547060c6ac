//! The screens with invented contents.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use iced::{Element, Task};
use iced_test::futures::futures::{StreamExt, executor};
use iced_test::runtime::{Action, task};
use tenfoot::channel::{Error, Item, Listing, Page, Picture};
use tenfoot::clock::Moment;
use tenfoot::config::{self, Channel};
use tenfoot::oauth::flow::{End, Event, Prompt, Reason, Wait};
use tenfoot::screen::pending::Pending;
use tenfoot::screen::signed_in::source::{Source, Stay};
use tenfoot::screen::signed_in::{Entrance, Message, State};
use tenfoot::screen::start::{Guests, Notice, Offer, People};
use tenfoot::screen::{self, help, problem, signed_in};
use tenfoot::session::Who;
use tenfoot::session::keeper::SignedOut;
use tenfoot::session::profiles::Person;
use tenfoot::ui::Look;
use tenfoot::ui::keys::{Heard, Press, Table};
use tenfoot::words::Phrase;
use url::Url;

use super::stage::Scene;

pub(crate) const LINK: &str = "https://acme.example/activate?user_code=WDJB-MJHT";
pub(crate) const WIDE_CODE: &str = "WWWWWWWWWWWWWWW";
pub(crate) const LONG_ADDRESS: &str = "https://accounts.acme.example/activate/x";

/// Every screen.
pub(crate) const ALL: [(&str, Scene); 26] = [
    ("start", start),
    ("start-demo", start_demo),
    ("start-signed-out", start_signed_out),
    ("start-set-up", start_set_up),
    ("people", people_two),
    ("people-many", people_many),
    ("people-trouble", people_trouble),
    ("code", code),
    ("code-reconnecting", code_reconnecting),
    ("waiting", waiting),
    ("cards", cards),
    ("greeting", greeting),
    ("list", list),
    ("table", table),
    ("loading", loading),
    ("failed", failed),
    ("empty", empty),
    ("text", text),
    ("account", account),
    ("account-guest", account_guest),
    ("details", details),
    ("expired", expired),
    ("denied", denied),
    ("problem", problem),
    ("help", help),
    ("help-untouched", help_untouched),
];

/// What has to be whole on that screen however large texts are.
pub(crate) fn matters(name: &str) -> &'static [&'static str] {
    match name {
        "start" | "start-demo" | "start-signed-out" => &["Sign in", "As a guest"],
        "people" => &["Who’s here?", "Grace Hopper", "Add someone", "As a guest"],
        "people-many" | "people-trouble" => &["Katherine Johnson", "Add someone", "As a guest"],
        "start-set-up" => &["Try the demo", "Look again"],
        "code" | "code-reconnecting" => &[
            "WDJB-MJHT",
            "https://acme.example/activate",
            "I’ve entered it",
            "New code",
        ],
        "waiting" => &["Approve on your phone", "Show the code again"],
        "greeting" => &["Not you?"],
        "failed" => &["Try again"],
        "account" | "account-guest" => &["Close", "Switch person", "Sign out"],
        "denied" => &["Get a new code", "Back to the start"],
        "problem" => &["Try again", "Leave"],
        "help" | "help-untouched" => &["Key tester", "Back, Back"],
        _ => &[],
    }
}

const START: Moment = Moment::from_boot(Duration::from_secs(1000));

fn show<'a, M: 'a>(element: Element<'a, M>, draw: &mut dyn FnMut(Element<'_, ()>)) {
    draw(element.map(|_| ()));
}

fn offer(demo: Vec<Phrase>) -> Offer {
    Offer::SignIn {
        host: "acme.example".to_owned(),
        channels: ["Contacts", "Pictures", "News"].map(str::to_owned).to_vec(),
        demo,
        guests: Guests::Welcome,
    }
}

/// The start screen with these people, the one in the middle having been here last.
fn people_of(names: &[&str], notice: Option<Notice>) -> screen::start::State {
    let person = |(at, name): (usize, &&str)| Person {
        profile: format!("p{at}").parse().unwrap(),
        who: Who {
            name: Some((*name).to_owned()),
            email: Some(format!("{}@acme.example", at + 1)),
            ..Who::default()
        },
    };
    let people: Vec<_> = names.iter().enumerate().map(person).collect();
    let current = &people[names.len() / 2].profile;
    screen::start::State::new(Offer::People(People::new(&people, current)), notice, None)
}

const MANY: [&str; 7] = [
    "Ada Lovelace",
    "Alan Turing",
    "Maximiliane Wolkenstein-Trostburg",
    "Katherine Johnson",
    "Li",
    "Ada Lovelace",
    "margaret.hamilton@spaceflight.example",
];

pub(crate) fn people_two(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(
        people_of(&["Ada Lovelace", "Grace Hopper"], None).view(look),
        draw,
    );
}

pub(crate) fn people_many(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(people_of(&MANY, None).view(look), draw);
}

pub(crate) fn people_trouble(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let why = "The stored session can't be understood. It was set aside as /home/ada/.local/state/tenfoot/sessions/default-5cf1e1c8.json.unreadable.";
    let words = Phrase::new("start-of")
        .with("name", "Ada Lovelace")
        .with("why", why);
    let notice = Notice::Trouble(words);
    show(people_of(&MANY[1..6], Some(notice)).view(look), draw);
}

pub(crate) fn start(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(
        screen::start::State::new(offer(Vec::new()), None, None).view(look),
        draw,
    );
}

pub(crate) fn start_demo(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let approve =
        Phrase::new("start-demo-approve").with("address", "http://127.0.0.1:8087/activate");
    let offer = offer(vec![approve]);
    show(
        screen::start::State::new(offer, None, None).view(look),
        draw,
    );
}

pub(crate) fn start_signed_out(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let done = Phrase::new("start-signed-out")
        .with("known", 1_usize)
        .with("name", "Ada Lovelace");
    let words = Phrase::new("start-browser")
        .with("done", done)
        .with("host", "acme.example");
    let notice = Notice::Done(words);
    show(
        screen::start::State::new(offer(Vec::new()), Some(notice), None).view(look),
        draw,
    );
}

pub(crate) fn start_set_up(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let offer = Offer::SetUp {
        path: PathBuf::from("/home/ada/.config/tenfoot/config.toml"),
    };
    show(
        screen::start::State::new(offer, None, None).view(look),
        draw,
    );
}

fn pending(user_code: &str, address: &str) -> Pending {
    let prompt = Prompt {
        user_code: user_code.to_owned(),
        verification_uri: address.to_owned(),
        verification_uri_complete: Some(format!("{address}?user_code={user_code}")),
        deadline: START + Duration::from_secs(900),
        lifetime: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    };
    let mut pending = Pending::new(1, "acme.example".to_owned(), prompt, START);
    pending.now = START + Duration::from_secs(152);
    pending.hear(&Event::Waiting(Wait {
        reason: Reason::Pending,
        next_poll: START + Duration::from_secs(155),
    }));
    pending
}

fn code_of(look: &Look, pending: Pending, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(screen::code::State::new(pending, look).view(look), draw);
}

pub(crate) fn code(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    code_of(
        look,
        pending("WDJB-MJHT", "https://acme.example/activate"),
        draw,
    );
}

pub(crate) fn wide_code(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    code_of(look, pending(WIDE_CODE, LONG_ADDRESS), draw);
}

pub(crate) fn code_reconnecting(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut pending = pending("WDJB-MJHT", "https://acme.example/activate");
    let reason = Reason::Reconnecting("acme.example doesn’t answer.".to_owned());
    pending.hear(&Event::Waiting(Wait {
        reason,
        next_poll: START + Duration::from_secs(162),
    }));
    code_of(look, pending, draw);
}

pub(crate) fn waiting(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let pending = pending("WDJB-MJHT", "https://acme.example/activate");
    show(screen::waiting::State::Approval(pending).view(look), draw);
}

pub(crate) fn expired(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(
        screen::ended::State::new(End::Expired, "acme.example".to_owned()).view(look),
        draw,
    );
}

pub(crate) fn denied(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let end = End::Denied {
        description: Some("The user has denied the request.".to_owned()),
    };
    show(
        screen::ended::State::new(end, "acme.example".to_owned()).view(look),
        draw,
    );
}

pub(crate) fn problem(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let error = config::Error {
        file: PathBuf::from("/etc/tenfoot/config.toml"),
        line: Some(3),
        key: Some("provider.clinet_id".to_owned()),
        message: "There is no key “clinet_id” here.".to_owned(),
        nearest: Some("client_id".to_owned()),
    };
    show(
        problem::State::new(problem::Problem::Config(error)).view(look),
        draw,
    );
}

/// Answers from memory.
#[derive(Debug)]
struct Memory(Result<Page, Error>, Stay);

impl Source for Memory {
    fn page(&self, _: &Channel, _: Option<&Url>) -> BoxFuture<'static, Result<Page, Error>> {
        let page = self.0.clone();
        Box::pin(async move { page })
    }

    fn picture(
        &self,
        _: &Channel,
        url: &Url,
        (width, height): (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        let seed = url.path().bytes().fold(0u32, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u32::from(byte))
        });
        let side = width.min(height);
        Box::pin(async move { Ok(portrait(seed, side)) })
    }

    fn who(&self) -> Who {
        Who {
            subject: Some("demo|ada".to_owned()),
            name: Some("Ada Lovelace".to_owned()),
            email: Some("ada@acme.example".to_owned()),
            picture: None,
        }
    }

    fn not_granted(&self) -> Vec<String> {
        match self.1 {
            Stay::Shared => vec!["read:contacts".to_owned()],
            Stay::Alone | Stay::Guest => Vec::new(),
        }
    }

    fn stay(&self) -> Stay {
        self.1
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

/// A disc on a plain ground.
fn portrait(seed: u32, side: u32) -> Picture {
    let [red, green, blue, _] = seed.to_le_bytes().map(|byte| 60 + byte / 2);
    let middle = side as f32 / 2.0;
    let rgba = (0..side * side)
        .flat_map(|at| {
            let (x, y) = ((at % side) as f32 - middle, (at / side) as f32 - middle);
            let head =
                x.hypot(y + middle * 0.2) < middle * 0.35 || x.hypot(y - middle) < middle * 0.6;
            if head {
                [226, 216, 204, 255]
            } else {
                [red, green, blue, 255]
            }
        })
        .collect();
    Picture {
        width: side,
        height: side,
        rgba,
    }
}

fn channel(name: &str, layout: &str) -> Channel {
    let text = format!(
        "name = \"{name}\"\nurl = \"https://api.acme.example/{name}\"\nlayout = \"{layout}\""
    );
    toml::from_str(&text).unwrap()
}

const PEOPLE: [(&str, &str); 14] = [
    ("Grace Hopper", "grace@acme.example"),
    ("Alan Turing", "alan@acme.example"),
    ("Katherine Johnson", "katherine@acme.example"),
    ("Edsger Dijkstra", "edsger@acme.example"),
    (
        "Maximiliane Wolkenstein-Trostburg",
        "maximiliane.wolkenstein@acme.example",
    ),
    ("Barbara Liskov", "barbara@acme.example"),
    ("Donald Knuth", "donald@acme.example"),
    ("Radia Perlman", "radia@acme.example"),
    ("Ken Thompson", "ken@acme.example"),
    ("Margaret Hamilton", "margaret@acme.example"),
    ("Tony Hoare", "tony@acme.example"),
    ("Frances Allen", "frances@acme.example"),
    ("John Backus", "john@acme.example"),
    ("Mary Shaw", "mary@acme.example"),
];

fn people() -> Vec<Item> {
    PEOPLE
        .iter()
        .enumerate()
        .map(|(number, (name, email))| Item {
            title: (*name).to_owned(),
            subtitle: Some((*email).to_owned()),
            // One in five has no picture.
            image: (number % 5 != 3).then(|| Url::parse(&format!("https://api.acme.example/{number}.png")).unwrap()),
            fields: vec![
                ("Name".to_owned(), (*name).to_owned()),
                ("Email".to_owned(), (*email).to_owned()),
                ("Phone".to_owned(), format!("+44 20 7946 0{number:03}")),
                ("Town".to_owned(), ["London", "Utrecht", "New York", "Innsbruck"][number % 4].to_owned()),
                ("Note".to_owned(), "Met at the conference on numerical engines; likes tea, chess and long walks by the sea. Prefers letters over calls, and mornings over evenings.".to_owned()),
                ("Member since".to_owned(), "2019-04-0".to_owned() + &(1 + number % 9).to_string()),
            ],
        })
        .collect()
}

fn page(listing: Listing) -> Result<Page, Error> {
    Ok(Page {
        listing,
        next: None,
        as_of: jiff::Timestamp::UNIX_EPOCH,
    })
}

/// A signed-in screen after everything that it asked for has arrived.
fn settled(answer: Result<Page, Error>, layout: &str, entrance: Entrance, look: &Look) -> State {
    let mut state = unsettled(answer, layout, entrance);
    let task = state.start();
    run(&mut state, task, look);
    state
}

fn unsettled(answer: Result<Page, Error>, layout: &str, entrance: Entrance) -> State {
    on_screen(Memory(answer, Stay::Shared), layout, entrance)
}

fn on_screen(source: Memory, layout: &str, entrance: Entrance) -> State {
    let channels = vec![
        channel("Contacts", layout),
        channel("Pictures", "cards"),
        channel("News", "list"),
        channel("Me", "details"),
    ];
    let times = (
        START,
        jiff::Timestamp::UNIX_EPOCH + Duration::from_secs(130),
    );
    State::new(
        Arc::new(source),
        "acme.example".to_owned(),
        channels,
        entrance,
        times,
    )
}

/// Carries tasks through as far as they go.
fn run(state: &mut State, task: Task<Message>, look: &Look) {
    let mut tasks = vec![task];
    while let Some(task) = tasks.pop() {
        let Some(stream) = task::into_stream(task) else {
            continue;
        };
        for action in executor::block_on(stream.collect::<Vec<_>>()) {
            if let Action::Output(message) = action
                && let signed_in::Action::Run(task) = state.update(message, look)
            {
                tasks.push(task);
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

pub(crate) fn cards(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut state = settled(
        page(Listing::Items(people())),
        "cards",
        Entrance::Restored,
        look,
    );
    press(&mut state, &[Press::Right], look);
    show(state.view(look), draw);
}

pub(crate) fn greeting(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut state = settled(
        page(Listing::Items(people())),
        "cards",
        Entrance::Fresh,
        look,
    );
    press(&mut state, &[Press::Down], look);
    show(state.view(look), draw);
}

pub(crate) fn list(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut state = settled(
        page(Listing::Items(people())),
        "list",
        Entrance::Restored,
        look,
    );
    press(&mut state, &[Press::Down, Press::Down], look);
    show(state.view(look), draw);
}

pub(crate) fn table(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let state = settled(
        page(Listing::Items(people())),
        "table",
        Entrance::Restored,
        look,
    );
    show(state.view(look), draw);
}

pub(crate) fn loading(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut state = unsettled(
        page(Listing::Items(Vec::new())),
        "cards",
        Entrance::Restored,
    );
    let _unfinished = state.start();
    show(state.view(look), draw);
}

pub(crate) fn failed(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let error =
        Error::Unreachable(Phrase::new("channel-no-answer").with("host", "api.acme.example"));
    show(
        settled(Err(error), "cards", Entrance::Restored, look).view(look),
        draw,
    );
}

pub(crate) fn empty(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    show(
        settled(
            page(Listing::Items(Vec::new())),
            "cards",
            Entrance::Restored,
            look,
        )
        .view(look),
        draw,
    );
}

pub(crate) fn text(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let paragraph = "It is a curious fact that the machine might compose and publish elaborate and scientific pieces of music of any degree of complexity or extent.\n\n";
    let listing = Listing::Text(paragraph.repeat(12).into());
    show(
        settled(page(listing), "text", Entrance::Restored, look).view(look),
        draw,
    );
}

pub(crate) fn account(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let mut state = settled(
        page(Listing::Items(people())),
        "cards",
        Entrance::Restored,
        look,
    );
    press(&mut state, &[Press::Account], look);
    show(state.view(look), draw);
}

pub(crate) fn account_guest(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let source = Memory(page(Listing::Items(people())), Stay::Guest);
    let mut state = on_screen(source, "cards", Entrance::Restored);
    let task = state.start();
    run(&mut state, task, look);
    press(&mut state, &[Press::Account, Press::Down], look);
    show(state.view(look), draw);
}

/// The key tester after the last `pressed` of a few keys.
fn tester(look: &Look, pressed: usize, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let heard = |code: u32, name: Option<&str>, character: Option<&str>, press| Heard {
        code: Some(code),
        name: name.map(str::to_owned),
        character: character.map(str::to_owned),
        press,
    };
    let all = [
        heard(352, None, None, Some(Press::Ok)),
        heard(513, None, None, Some(Press::Channel(1))),
        heard(174, Some("Close"), None, Some(Press::Back)),
        heard(163, Some("MediaTrackNext"), None, None),
        heard(16, None, Some("q"), None),
        heard(164, Some("MediaPlayPause"), None, Some(Press::Pause)),
    ];
    let added = [("368".to_owned(), config::KeyAction::Refresh)].into();
    let mut state = help::State::new(START);
    for heard in all.into_iter().rev().take(pressed).rev() {
        let _ = state.update(&help::Message::Heard(heard, START));
    }
    draw(state.view(look, &Table::new(&added)));
}

pub(crate) fn help(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    tester(look, 6, draw);
}

pub(crate) fn help_untouched(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    tester(look, 0, draw);
}

pub(crate) fn details(look: &Look, draw: &mut dyn FnMut(Element<'_, ()>)) {
    let state = settled(
        page(Listing::Items(people())),
        "cards",
        Entrance::Restored,
        look,
    );
    let item = people().remove(0);
    let (mut state, task) =
        screen::details::State::new(item, channel("Contacts", "cards"), state, look);
    for action in executor::block_on(task::into_stream(task).unwrap().collect::<Vec<_>>()) {
        if let Action::Output(message) = action {
            state.update(message, look);
        }
    }
    show(state.view(look), draw);
}
