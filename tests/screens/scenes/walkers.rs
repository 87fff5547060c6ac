//! Screens that keys are pressed on for as long as one likes, with contents of any kind.

use std::path::PathBuf;

use tenfoot::channel::{Item, Listing};
use tenfoot::screen::signed_in::source::Stay;
use tenfoot::screen::signed_in::{self, Entrance};
use tenfoot::screen::start::{self, Guests, Offer};
use tenfoot::screen::{code, ended, problem, service, waiting};
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;
use url::Url;

use super::invented::{Memory, page, unreachable, unusable};
use super::{Canvas, HOST, START, show};

/// Whether a key led away from the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Led {
    Nowhere,
    Away,
}

/// A screen.
pub(crate) trait Walker {
    /// Presses a key and carries through what comes of it.
    fn press(&mut self, press: Press, look: &Look) -> Led;
    fn draw(&self, look: &Look, canvas: Canvas<'_>);
    /// What has the focus, in words.
    fn focus(&self, look: &Look) -> String;
}

/// What channels hold.
#[derive(Debug, Clone)]
pub(crate) struct Contents {
    pub(crate) layout: &'static str,
    pub(crate) channels: usize,
    pub(crate) kind: Kind,
    pub(crate) fresh: bool,
    pub(crate) guest: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// So many, every third with a picture, perhaps; every so-and-so-manieth has a long name.
    Items {
        count: usize,
        pictures: bool,
        long: usize,
        /// How many of them stand under one heading; 0 where there are none.
        groups: usize,
    },
    Text(usize),
    Details(usize),
    Unreachable,
    Unusable,
    /// Old results, and nobody who answers.
    Stale(usize),
}

pub(crate) const LAYOUTS: [&str; 7] =
    ["auto", "cards", "list", "table", "details", "text", "image"];

fn item(number: usize, pictures: bool, long: usize, groups: usize) -> Item {
    let name = if number.is_multiple_of(long.max(1)) {
        format!("Number {number} with a name that goes on for longer than any card is wide")
    } else {
        format!("Number {number}")
    };
    let picture = format!("https://api.acme.example/{number}.png");
    Item {
        title: name.as_str().into(),
        subtitle: number
            .is_multiple_of(2)
            .then(|| format!("{number}@acme.example").into()),
        group: number
            .checked_sub(1)
            .filter(|_| groups > 0)
            .map(|at| format!("Group {}", at / groups.max(1)).into()),
        image: (pictures && number.is_multiple_of(3)).then(|| Url::parse(&picture).unwrap()),
        fields: vec![
            ("Name".to_owned(), name.into()),
            ("Note".to_owned(), "A word. ".repeat(number % 30).into()),
        ]
        .into(),
    }
}

fn items(count: usize, pictures: bool, long: usize, groups: usize) -> Listing {
    let one = |n| item(n, pictures, long, groups);
    Listing::Items((1..=count).map(one).collect())
}

fn source(contents: &Contents) -> Memory {
    let answering = |listing| Memory::new(page(listing));
    let memory = match contents.kind {
        Kind::Items {
            count,
            pictures,
            long,
            groups,
        } => answering(items(count, pictures, long, groups)),
        Kind::Text(words) => answering(Listing::Text("so it goes ".repeat(words).into())),
        Kind::Details(fields) => {
            let mut one = item(7, true, 9, 0);
            one.fields = (0..fields)
                .map(|n| (format!("Field {n}"), "of some length ".repeat(n % 9).into()))
                .collect();
            answering(Listing::Details(one))
        }
        Kind::Unreachable => Memory::new(Err(unreachable())),
        Kind::Unusable => Memory::new(Err(unusable())),
        Kind::Stale(count) => Memory {
            kept: page(items(count, true, 5, 0)).ok(),
            ..Memory::new(Err(unreachable()))
        },
    };
    Memory {
        stay: if contents.guest {
            Stay::Guest
        } else {
            Stay::Shared
        },
        // Painting them takes long, and a focus needs none.
        broken: true,
        ..memory
    }
}

/// Somebody is signed in.
pub(crate) fn signed_in(contents: &Contents, look: &Look) -> Box<dyn Walker> {
    const NAMES: [&str; 9] = [
        "Contacts",
        "Pictures of the family",
        "News",
        "Weather in the mountains",
        "Me",
        "Invoices",
        "Devices",
        "Recently played",
        "Calendar",
    ];
    let others: Vec<_> = NAMES[1..contents.channels.max(1)]
        .iter()
        .map(|name| (*name, contents.layout))
        .collect();
    let entrance = if contents.fresh {
        Entrance::Fresh
    } else {
        Entrance::Restored
    };
    let mut state =
        super::signed_in::on_screen(source(contents), contents.layout, &others, entrance);
    let task = state.start();
    super::signed_in::run(&mut state, task, look);
    Box::new(state)
}

impl Walker for signed_in::State {
    fn press(&mut self, press: Press, look: &Look) -> Led {
        use signed_in::Action;
        match self.update(signed_in::Message::Press(press), look) {
            Action::Run(task) => {
                super::signed_in::run(self, task, look);
                Led::Nowhere
            }
            // Details lie over the screen; coming back is coming back to this.
            Action::None | Action::Scroll(_) | Action::Open { .. } => Led::Nowhere,
            Action::Over(_) | Action::Switch | Action::SignedOut(_) | Action::Leave => Led::Away,
        }
    }

    fn draw(&self, look: &Look, canvas: Canvas<'_>) {
        show(self.view(look), canvas);
    }

    fn focus(&self, look: &Look) -> String {
        self.spoken(look).focus
    }
}

macro_rules! walker {
    ($screen:ident) => {
        impl Walker for $screen::State {
            fn press(&mut self, press: Press, _: &Look) -> Led {
                let action = self.update($screen::Message::Press(press));
                if matches!(action, $screen::Action::None | $screen::Action::Scroll(_)) {
                    Led::Nowhere
                } else {
                    Led::Away
                }
            }

            fn draw(&self, look: &Look, canvas: Canvas<'_>) {
                show(self.view(look), canvas);
            }

            fn focus(&self, look: &Look) -> String {
                self.spoken(look).focus
            }
        }
    };
}

walker!(start);
walker!(code);
walker!(waiting);
walker!(ended);
walker!(problem);
walker!(service);

/// Every other screen, in one of its states; `people` is for those who use the TV.
pub(crate) fn others(people: usize, look: &Look) -> Vec<Box<dyn Walker>> {
    let names: Vec<String> = (0..people).map(|n| format!("Person {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let set_up = Offer::SetUp {
        path: PathBuf::from("/etc/tenfoot/config.toml"),
    };
    let times = (START, jiff::Timestamp::MAX);
    let end = ended::State::new(&tenfoot::oauth::flow::End::Expired, HOST, times, 0, 0.5);
    vec![
        Box::new(super::people::of(&names, None, &[])),
        Box::new(super::start::of(Guests::Welcome, Vec::new(), None)),
        Box::new(start::State::new(set_up, None)),
        Box::new(code::State::new(super::code::pending(), look)),
        Box::new(waiting::State::Approval(super::code::pending())),
        Box::new(end),
        Box::new(problem::State::new(super::problem::misspelt())),
        Box::new(super::service::locked()),
        Box::new(service::State::open(true, super::START)),
    ]
}
