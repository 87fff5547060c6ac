//! What channels answer: people, pictures, and nothing that was fetched.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use futures::future::BoxFuture;
use tenfoot::channel::{Error, Item, Listing, NextPage, Page, Picture, Value};
use tenfoot::config::Channel;
use tenfoot::i18n::Phrase;
use tenfoot::oauth::Who;
use tenfoot::screen::signed_in::source::{Source, Stay};
use tenfoot::session::token_manager::SignedOut;
use tenfoot::storage;
use url::Url;

/// Answers from memory.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) answer: Result<Page, Error>,
    /// Why there is no next page, where the first one names one.
    pub(super) no_more: Option<Error>,
    /// What was answered the last time.
    pub(super) kept: Option<Page>,
    pub(super) stay: Stay,
    pub(super) name: &'static str,
    /// Whether pictures can't be had.
    pub(super) broken: bool,
}

impl Memory {
    pub(super) fn new(answer: Result<Page, Error>) -> Self {
        Self {
            answer,
            no_more: None,
            kept: None,
            stay: Stay::Shared,
            name: "Ada Lovelace",
            broken: false,
        }
    }
}

impl Source for Memory {
    fn page(
        &self,
        _: &Channel,
        next: Option<&NextPage>,
    ) -> BoxFuture<'static, Result<Page, Error>> {
        let page = match (&self.no_more, next) {
            (Some(why), Some(_)) => Err(why.clone()),
            (Some(_), None) => self.answer.clone().map(|page| Page {
                next: Url::parse("https://api.acme.example/items?page=2")
                    .ok()
                    .map(NextPage::from),
                ..page
            }),
            (None, _) => self.answer.clone(),
        };
        Box::pin(async move { page })
    }

    fn kept(&self, _: &Channel) -> BoxFuture<'static, Option<Page>> {
        let page = self.kept.clone();
        Box::pin(async move { page })
    }

    fn picture(
        &self,
        _: &Channel,
        url: &Url,
        (width, height): (u32, u32),
    ) -> BoxFuture<'static, Result<Picture, Error>> {
        if self.broken {
            return Box::pin(async { Err(unusable()) });
        }
        let seed = url.path().bytes().fold(0u32, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u32::from(byte))
        });
        let side = width.min(height);
        Box::pin(async move { Ok(known_portrait(seed, side)) })
    }

    fn who(&self) -> Who {
        Who {
            subject: Some("demo|ada".to_owned()),
            name: Some(self.name.to_owned()),
            email: Some("ada@acme.example".to_owned()),
            picture: None,
        }
    }

    fn not_granted(&self) -> Vec<String> {
        match self.stay {
            Stay::Shared => vec!["read:contacts".to_owned()],
            Stay::Alone | Stay::Guest => Vec::new(),
        }
    }

    fn stay(&self) -> Stay {
        self.stay
    }

    fn sign_out(&self) -> BoxFuture<'static, SignedOut> {
        Box::pin(std::future::pending())
    }
}

pub(super) fn unreachable() -> Error {
    tenfoot::web::RequestError::new(
        "api.acme.example",
        tenfoot::web::TransportError::ConnectionRefused,
    )
    .into()
}

pub(super) fn unusable() -> Error {
    Error::Unusable(Phrase::new("channel-neither-kind").with("kind", "application/pdf"))
}

pub(super) fn not_stored() -> Error {
    let path = std::path::Path::new("/home/ada/.local/state/tenfoot");
    let full = std::io::ErrorKind::StorageFull.into();
    Error::NotStored(storage::Error::io(storage::Operation::Store, path, &full))
}

/// The same picture is wanted by many scenes and painted once.
fn known_portrait(seed: u32, side: u32) -> Picture {
    static KNOWN: LazyLock<Mutex<HashMap<(u32, u32), Picture>>> = LazyLock::new(Mutex::default);
    if let Some(picture) = KNOWN.lock().unwrap().get(&(seed, side)) {
        return picture.clone();
    }
    let picture = portrait(seed, side);
    KNOWN.lock().unwrap().insert((seed, side), picture.clone());
    picture
}

/// A disc on a plain ground.
fn portrait(seed: u32, side: u32) -> Picture {
    let [red, green, blue, _] = seed.to_le_bytes().map(|byte| 60 + byte / 2);
    let middle = side as f32 / 2.0;
    drawn(side, side, |x, y| {
        let (x, y) = (x - middle, y - middle);
        let head = x.hypot(y + middle * 0.2) < middle * 0.35 || x.hypot(y - middle) < middle * 0.6;
        if head {
            [226, 216, 204, 255]
        } else {
            [red, green, blue, 255]
        }
    })
}

/// A brand's sign: three bars on nothing.
pub(super) fn logo(width: u32, height: u32) -> Picture {
    let (third, high) = (width as f32 / 3.0, height as f32);
    drawn(width, height, |x, y| {
        let bar = (x / third).floor();
        let inside = x % third < third * 0.8 && y > high * 0.25 * (2.0 - bar);
        [90 + 40 * bar as u8, 140, 220, if inside { 255 } else { 0 }]
    })
}

fn drawn(width: u32, height: u32, pixel: impl Fn(f32, f32) -> [u8; 4]) -> Picture {
    let at = |at: u32| pixel((at % width) as f32, (at / width) as f32);
    let rgba = (0..width * height).flat_map(at).collect();
    Picture {
        width,
        height,
        rgba,
    }
}

pub(super) fn channel(name: &str, layout: &str) -> Channel {
    let text = format!(
        "name = \"{name}\"\nurl = \"https://api.acme.example/{}\"\nlayout = \"{layout}\"",
        name.replace(' ', "-")
    );
    toml::from_str(&text).unwrap()
}

pub(super) fn page(listing: Listing) -> Result<Page, Error> {
    Ok(Page {
        listing,
        next: None,
        as_of: jiff::Timestamp::UNIX_EPOCH,
    })
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
const TOWNS: [&str; 4] = ["London", "Utrecht", "New York", "Innsbruck"];
const NOTE: &str = "Met at the conference on numerical engines; likes tea, chess and long walks by the sea. Prefers letters over calls, and mornings over evenings.";

pub(super) fn people() -> Vec<Item> {
    let person = |(number, (name, email)): (usize, &(&str, &str))| {
        let picture = format!("https://api.acme.example/{number}.png");
        let fields = [
            ("Name", (*name).to_owned()),
            ("Email", (*email).to_owned()),
            ("Phone", format!("+44 20 7946 0{number:03}")),
            ("Town", TOWNS[number % 4].to_owned()),
            ("Note", NOTE.to_owned()),
            ("Member since", format!("2019-04-0{}", 1 + number % 9)),
        ];
        Item {
            title: (*name).into(),
            subtitle: Some((*email).into()),
            // One in five has no picture.
            image: (number % 5 != 3).then(|| Url::parse(&picture).unwrap()),
            fields: fields
                .map(|(label, value)| (label.to_owned(), value.into()))
                .to_vec()
                .into(),
            group: None,
        }
    };
    PEOPLE.iter().enumerate().map(person).collect()
}

/// What an accountant sees: amounts, days, yes and no, nothing, and what machines need.
pub(super) fn invoices() -> Vec<Item> {
    let invoice = |number: usize| {
        let (name, _) = PEOPLE[number % PEOPLE.len()];
        let amount = [12.5, 1_480.0, 99.95, 23_750.0, 7.0][number % 5];
        let paid = match number % 3 {
            0 => Value::Truth(true),
            1 => Value::Truth(false),
            _ => Value::Nothing,
        };
        let digits = format!("{amount}");
        let fields = vec![
            ("ID", Value::Text(format!("in_00{number}f3"))),
            ("Customer", name.into()),
            (
                "Amount",
                Value::Number {
                    digits,
                    grouped: amount > 9999.0,
                },
            ),
            ("Due", Value::Text(format!("{} March 2027", 1 + number))),
            ("Paid", paid),
            (
                "Document",
                Value::Link(format!("https://acme.example/{number}.pdf")),
            ),
            ("Discount", Value::Nothing),
        ];
        let fields = fields
            .into_iter()
            .map(|(label, value)| (label.to_owned(), value));
        Item {
            title: name.into(),
            subtitle: None,
            image: None,
            fields: fields.collect(),
            group: None,
        }
    };
    (0..14).map(invoice).collect()
}
