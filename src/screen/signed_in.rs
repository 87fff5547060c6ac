//! Who is signed in, the channels as tabs, and what the one in front holds.

pub mod account;
pub mod cards;
pub mod columns;
mod fetch;
mod footer;
pub mod grid;
pub mod groups;
mod header;
mod input;
pub mod legend;
pub mod pictures;
mod placeholder;
pub mod retry;
pub mod rows;
pub mod slides;
pub mod source;
pub mod spoken;
pub mod tab;
mod timers;
pub mod view;

use std::sync::Arc;

use crate::ui::Element;
use iced::Task;
use iced::task::Handle;
use iced::widget::image;
use jiff::Timestamp;
use url::Url;

use crate::channel::{Error, Item, Page, Picture};
use crate::clock::Moment;
use crate::config::{Channel, Layout};
use crate::oauth::Who;
use crate::session::token_manager::SignedOut;
use crate::ui::Look;
use crate::ui::focus::Line;
use crate::ui::keys::Press;
use grid::{Above, Shape, Words};
use pictures::Pictures;
use retry::Jitter;
use slides::Slides;
use source::Source;
use tab::{Audience, Tab};

/// The signed-in screen.
#[derive(Debug)]
pub struct State {
    source: Arc<dyn Source>,
    host: String,
    who: Who,
    /// The scopes that the session lacks, as the account menu says it.
    not_granted: String,
    tabs: Vec<Tab>,
    active: usize,
    place: FocusArea,
    greeting: Greeting,
    overlay: Overlay,
    refreshing: Refreshing,
    audience: Audience,
    /// Back leads out of the program; in a kiosk it does not.
    can_leave: bool,
    pictures: Pictures,
    slides: Slides,
    requests: u64,
    luck: Jitter,
    now: Moment,
    wall: Timestamp,
}

/// Where the focus is while nothing lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusArea {
    /// The tab in front.
    Tabs,
    /// The account's button beside the tabs.
    Account,
    /// "Not you?"
    Greeting,
    /// The channel's items, or its one button.
    Content,
}

/// Whether the person has been named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Greeting {
    Shown,
    Dismissed,
}

/// Whether channels are called again by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refreshing {
    On,
    Paused,
}

/// What lies over the screen.
#[derive(Debug)]
enum Overlay {
    None,
    Menu(Line<account::Choice>),
    SigningOut { _work: Handle },
}

/// How a session began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// Somebody has just signed in: they are named.
    Fresh,
    /// An earlier session goes on.
    Restored,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key.
    Press(Press),
    /// A second went by: by the machine's clock and by the wall's.
    Tick(Moment, Timestamp),
    /// A tab was clicked.
    TabChosen(usize),
    /// The account's button was clicked.
    AccountChosen,
    /// "Not you?" was clicked.
    GreetingChosen,
    /// An item was clicked.
    ItemChosen(usize),
    /// "Try again" was clicked.
    RetryChosen,
    /// A button of the account menu was clicked.
    MenuChosen(account::Choice),
    /// A channel answered.
    Arrived {
        /// The number of the tab that asked.
        tab: usize,
        /// The request.
        request: u64,
        /// Its answer.
        result: Result<Page, Error>,
    },
    /// What a channel answered the last time.
    Kept {
        /// Whom it belongs to: it may come when another one's screen is shown.
        source: Arc<dyn Source>,
        /// The number of the tab that asked.
        tab: usize,
        /// The answer.
        page: Page,
    },
    /// All lines of a large text are there.
    LaidOut {
        /// The number of the tab that shows it.
        tab: usize,
        /// The lines.
        laid_out: tab::LaidOut,
    },
    /// The screen was drawn, where [`State::awaits_a_picture`].
    Drawn,
    /// A picture came.
    Pictured(pictures::Key, Result<Picture, Error>),
    /// The sign-out is done.
    SignedOut(SignedOut),
}

/// What the root does.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Let this run; it ends with the screen.
    Run(Task<Message>),
    /// Scroll the words of what lies over the screen, in lines.
    Scroll(f32),
    /// Show this item whole.
    Open {
        /// The item.
        item: Item,
        /// Where it comes from.
        channel: Channel,
    },
    /// The session is over, in words.
    Over(crate::i18n::Phrase),
    /// Somebody else wants their turn.
    Switch,
    /// Somebody signed out.
    SignedOut(SignedOut),
    /// Leave the app.
    Leave,
}

impl State {
    /// The screen for a session; call [`State::start`] next.
    #[must_use]
    pub fn new(
        source: Arc<dyn Source>,
        host: String,
        channels: Vec<Channel>,
        entrance: Entrance,
        (now, wall): (Moment, Timestamp),
    ) -> Self {
        let greeting = match entrance {
            Entrance::Fresh => Greeting::Shown,
            Entrance::Restored => Greeting::Dismissed,
        };
        let tabs = channels.into_iter().enumerate();
        let tabs: Vec<Tab> = tabs
            .map(|(number, channel)| Tab::new(number, channel))
            .collect();
        Self {
            who: source.who(),
            source,
            host,
            not_granted: String::new(),
            place: seen(FocusArea::Tabs, &tabs, greeting),
            tabs,
            active: 0,
            greeting,
            overlay: Overlay::None,
            refreshing: Refreshing::On,
            audience: Audience::Present,
            can_leave: true,
            pictures: Pictures::default(),
            slides: Slides::new(now),
            requests: 0,
            luck: Jitter::NONE,
            now,
            wall,
        }
    }

    /// The same where Back does not lead out of the program.
    #[must_use]
    pub const fn in_kiosk(mut self, kiosk: bool) -> Self {
        self.can_leave = !kiosk;
        self
    }

    /// The same with a random number from 0 to 1, by which calls that fail are tried again at
    /// other moments than on other TVs.
    #[must_use]
    pub const fn with_luck(mut self, luck: f32) -> Self {
        self.luck = Jitter::new(luck);
        self
    }

    /// Calls the first channel.
    pub fn start(&mut self) -> Task<Message> {
        self.visit(0)
    }

    /// What gets channels and pictures.
    #[must_use]
    pub fn source(&self) -> Arc<dyn Source> {
        Arc::clone(&self.source)
    }

    /// The channels' names, in their order.
    #[must_use]
    pub fn channels(&self) -> Vec<String> {
        self.tabs
            .iter()
            .map(|tab| tab.channel.name.clone())
            .collect()
    }

    /// The name of the channel in front.
    #[must_use]
    pub fn front(&self) -> Option<&str> {
        self.tabs
            .get(self.active)
            .map(|tab| tab.channel.name.as_str())
    }

    /// Whether the channel in front has something that can have the focus.
    #[must_use]
    pub fn shows_something(&self) -> bool {
        self.content_takes_focus()
    }

    /// Where the focus is.
    #[must_use]
    pub const fn place(&self) -> FocusArea {
        self.place
    }

    /// Whether the channel in front is called again by itself.
    #[must_use]
    pub fn refreshes_by_itself(&self) -> bool {
        let refreshes = |tab: &Tab| tab.channel.refresh.is_some();
        self.refreshing == Refreshing::On && self.tabs.get(self.active).is_some_and(refreshes)
    }

    /// The window has another size now.
    pub fn resized(&mut self, look: &Look) -> Task<Message> {
        if self.place == FocusArea::Account && header::greets(self, look) {
            self.place = FocusArea::Greeting;
        }
        let layouts: Vec<_> = (0..self.tabs.len())
            .map(|at| self.lay_out(at, look))
            .collect();
        Task::batch(layouts.into_iter().chain([self.settle(look)]))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, look: &Look) -> Action {
        self.keep_slide();
        let action = self.take_in(message, look);
        self.place = seen(self.place, &self.tabs, self.greeting);
        action
    }

    fn take_in(&mut self, message: Message, look: &Look) -> Action {
        match message {
            Message::Press(press) => {
                self.attended();
                self.press(press, look)
            }
            Message::Tick(now, wall) => {
                self.tell_time(now, wall);
                Action::Run(self.tick(look))
            }
            Message::TabChosen(tab) => {
                self.place = FocusArea::Tabs;
                Action::Run(Task::batch([self.visit(tab), self.settle(look)]))
            }
            Message::AccountChosen | Message::GreetingChosen => self.open_menu(look),
            Message::ItemChosen(at) => {
                self.place = FocusArea::Content;
                if let Some(tab) = self.tabs.get_mut(self.active) {
                    tab.at = at;
                }
                self.open()
            }
            Message::RetryChosen => self.open(),
            Message::MenuChosen(choice) => self.choose(choice),
            Message::Arrived {
                tab,
                request,
                result,
            } => self.arrived(tab, request, result, look),
            Message::Kept { source, tab, page } => self.kept(&source, tab, page, look),
            Message::Drawn => Action::Run(self.drawn()),
            Message::LaidOut { tab, laid_out } => {
                if let Some((_, tab)) = self.tab(tab) {
                    tab.laid_out(laid_out);
                }
                Action::None
            }
            Message::Pictured(key, result) => {
                self.pictures.arrived(&key, result);
                Action::None
            }
            Message::SignedOut(outcome) => Action::SignedOut(outcome),
        }
    }

    /// A picture at whatever size it was shown.
    #[must_use]
    pub fn picture(&self, url: &Url) -> Option<&image::Handle> {
        self.pictures.get(url, (0, 0))
    }

    /// Whether it wants to hear that it was drawn.
    #[must_use]
    pub fn awaits_a_picture(&self) -> bool {
        let tab = self.tabs.get(self.active);
        tab.is_some_and(Tab::awaits_a_picture)
    }

    /// Somebody is there: the channel in front may go on a little further.
    fn attended(&mut self) {
        if let Some(tab) = self.tabs.get_mut(self.active) {
            tab.attended();
        }
    }

    fn content_takes_focus(&self) -> bool {
        self.tabs.get(self.active).is_some_and(Tab::takes_focus)
    }

    fn shape(&self, look: &Look) -> Shape {
        let arrangement = self
            .tabs
            .get(self.active)
            .map_or(Layout::List, Tab::arrangement);
        let tab = self.tabs.get(self.active);
        let above = Above {
            greeting: self.greeting == Greeting::Shown && !header::greets(self, look),
            notice: tab.is_some_and(|tab| tab.is_stale() || tab.halt().is_some()),
        };
        let words = tab.map_or(Words::USUAL, Tab::words);
        let shape = Shape::new(look, arrangement, above, words);
        if tab.is_some_and(Tab::has_shelves) {
            shape.on_shelves(look, above, words)
        } else {
            shape
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        view::view(self, look)
    }

    fn focus_of(&self, place: FocusArea) -> bool {
        self.place == place && matches!(self.overlay, Overlay::None)
    }
}

/// Where the focus is seen: with no channels there are no tabs that could have it.
const fn seen(place: FocusArea, tabs: &[Tab], greeting: Greeting) -> FocusArea {
    match (place, greeting) {
        (FocusArea::Tabs, Greeting::Shown) if tabs.is_empty() => FocusArea::Greeting,
        (FocusArea::Tabs, Greeting::Dismissed) if tabs.is_empty() => FocusArea::Account,
        (place, _) => place,
    }
}

#[cfg(test)]
mod tests;
