//! Who is signed in, the channels as tabs, and what the one in front holds.

pub mod account;
pub mod cards;
pub mod pictures;
pub mod rows;
pub mod shape;
pub mod source;
pub mod tab;
pub mod view;

use std::sync::Arc;

use iced::task::Handle;
use iced::{Element, Task};
use jiff::Timestamp;

use crate::channel::{Error, Item, Listing, Page, Picture};
use crate::clock::Moment;
use crate::config::{Channel, Layout};
use crate::session::Who;
use crate::session::keeper::SignedOut;
use crate::ui::focus::{self, Direction, Line};
use crate::ui::keys::Press;
use crate::ui::{Look, lines};
use pictures::Pictures;
use shape::Shape;
use source::Source;
use tab::{Content, Tab};

/// The signed-in screen.
#[derive(Debug)]
pub struct State {
    source: Arc<dyn Source>,
    host: String,
    who: Who,
    tabs: Vec<Tab>,
    active: usize,
    place: Place,
    greeting: Greeting,
    overlay: Overlay,
    refreshing: Refreshing,
    pictures: Pictures,
    requests: u64,
    now: Moment,
    wall: Timestamp,
}

/// Where the focus is while nothing lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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
        /// The tab that asked.
        tab: usize,
        /// The request.
        request: u64,
        /// Its answer.
        result: Result<Page, Error>,
    },
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
    /// Show this item whole.
    Open {
        /// The item.
        item: Item,
        /// Where it comes from.
        channel: Channel,
    },
    /// The session is over, in words.
    Over(String),
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
        Self {
            who: source.who(),
            source,
            host,
            tabs: channels.into_iter().map(Tab::new).collect(),
            active: 0,
            place: Place::Tabs,
            greeting,
            overlay: Overlay::None,
            refreshing: Refreshing::On,
            pictures: Pictures::default(),
            requests: 0,
            now,
            wall,
        }
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

    /// Where the focus is.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The window has another size now.
    pub fn resized(&mut self, look: &Look) -> Task<Message> {
        for tab in &mut self.tabs {
            tab.lay_out(look);
        }
        self.settle(look)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, look: &Look) -> Action {
        match message {
            Message::Press(press) => self.press(press, look),
            Message::Tick(now, wall) => {
                (self.now, self.wall) = (now, wall);
                Action::Run(self.tick(look))
            }
            Message::TabChosen(tab) => {
                self.place = Place::Tabs;
                Action::Run(Task::batch([self.visit(tab), self.settle(look)]))
            }
            Message::AccountChosen => self.open_menu(look),
            Message::GreetingChosen => self.sign_out(),
            Message::ItemChosen(at) => {
                self.place = Place::Content;
                if let Some(tab) = self.tabs.get_mut(self.active) {
                    tab.at = at;
                }
                self.open()
            }
            Message::RetryChosen => Action::Run(self.reload(self.active)),
            Message::MenuChosen(choice) => self.choose(choice),
            Message::Arrived {
                tab,
                request,
                result,
            } => self.arrived(tab, request, result, look),
            Message::Pictured(key, result) => {
                self.pictures.arrived(&key, result.ok());
                Action::None
            }
            Message::SignedOut(outcome) => Action::SignedOut(outcome),
        }
    }

    fn press(&mut self, press: Press, look: &Look) -> Action {
        match &mut self.overlay {
            Overlay::None => self.press_screen(press, look),
            Overlay::SigningOut { .. } => Action::None,
            Overlay::Menu(line) => {
                match press {
                    Press::Up | Press::Left => line.previous(),
                    Press::Down | Press::Right => line.next(),
                    Press::Ok => {
                        let choice = line.current();
                        return self.choose(choice);
                    }
                    Press::Back | Press::Account | Press::Menu => self.overlay = Overlay::None,
                    Press::Home
                    | Press::NextChannel
                    | Press::PreviousChannel
                    | Press::Channel(_)
                    | Press::Refresh
                    | Press::Pause => {}
                }
                Action::None
            }
        }
    }

    fn press_screen(&mut self, press: Press, look: &Look) -> Action {
        match press {
            Press::Up | Press::Down | Press::Left | Press::Right => {
                let Some(direction) = Direction::of(press) else {
                    return Action::None;
                };
                let loading = self.step(direction, look);
                Action::Run(Task::batch([loading, self.settle(look)]))
            }
            Press::Ok => match self.place {
                // Past "Not you?": who presses OK twice hasn't asked to sign out.
                Place::Tabs if self.content_takes_focus() => {
                    self.place = Place::Content;
                    Action::None
                }
                Place::Tabs => Action::None,
                Place::Account => self.open_menu(look),
                Place::Greeting => self.sign_out(),
                Place::Content => self.open(),
            },
            Press::Menu => match self.place {
                Place::Content => self.open(),
                Place::Tabs | Place::Account | Place::Greeting => self.open_menu(look),
            },
            Press::Back => match self.place {
                Place::Tabs => Action::Leave,
                Place::Account | Place::Greeting | Place::Content => {
                    self.place = Place::Tabs;
                    Action::None
                }
            },
            Press::Home => self.jump(0, look),
            Press::NextChannel => self.jump(
                (self.active + 1).min(self.tabs.len().saturating_sub(1)),
                look,
            ),
            Press::PreviousChannel => self.jump(self.active.saturating_sub(1), look),
            Press::Channel(0) => self.jump(9, look),
            Press::Channel(number) => self.jump(usize::from(number) - 1, look),
            Press::Refresh => Action::Run(self.reload(self.active)),
            Press::Account => self.open_menu(look),
            Press::Pause => {
                self.refreshing = match self.refreshing {
                    Refreshing::On => Refreshing::Paused,
                    Refreshing::Paused => Refreshing::On,
                };
                Action::None
            }
        }
    }

    fn jump(&mut self, tab: usize, look: &Look) -> Action {
        if tab >= self.tabs.len() {
            return Action::None;
        }
        let visit = self.visit(tab);
        Action::Run(Task::batch([visit, self.settle(look)]))
    }

    fn step(&mut self, direction: Direction, look: &Look) -> Task<Message> {
        match (self.place, direction) {
            (Place::Tabs, Direction::Left) => return self.visit(self.active.saturating_sub(1)),
            (Place::Tabs, Direction::Right) if self.active + 1 < self.tabs.len() => {
                return self.visit(self.active + 1);
            }
            (Place::Tabs, Direction::Right) => self.place = Place::Account,
            (Place::Account, Direction::Left) => self.place = Place::Tabs,
            (Place::Tabs | Place::Account, Direction::Down) => self.place = self.below_tabs(),
            (Place::Greeting, Direction::Up) => self.place = Place::Tabs,
            (Place::Greeting, Direction::Down) if self.content_takes_focus() => {
                self.place = Place::Content;
            }
            (Place::Content, _) => self.step_content(direction, look),
            (Place::Tabs | Place::Account, Direction::Up)
            | (Place::Account, Direction::Right)
            | (Place::Greeting, Direction::Down | Direction::Left | Direction::Right) => {}
        }
        Task::none()
    }

    fn step_content(&mut self, direction: Direction, look: &Look) {
        let above = match self.greeting {
            Greeting::Shown => Place::Greeting,
            Greeting::Dismissed => Place::Tabs,
        };
        let shape = self.shape(look);
        let Some(tab) = self.tabs.get_mut(self.active) else {
            self.place = Place::Tabs;
            return;
        };
        let visible = lines::visible(look, shape.area.height);
        let stays = match (tab.lines_mut(), direction) {
            (Some(text), Direction::Up) => text.scroll(-3, visible),
            (Some(text), Direction::Down) => {
                let _ = text.scroll(3, visible);
                true
            }
            (Some(_), Direction::Left | Direction::Right) => true,
            (None, _) => tab.step(direction, shape.columns),
        };
        if !stays && direction == Direction::Up {
            self.place = above;
        }
    }

    fn below_tabs(&self) -> Place {
        match self.greeting {
            Greeting::Shown => Place::Greeting,
            Greeting::Dismissed if self.content_takes_focus() => Place::Content,
            Greeting::Dismissed => Place::Tabs,
        }
    }

    fn content_takes_focus(&self) -> bool {
        self.tabs.get(self.active).is_some_and(Tab::takes_focus)
    }

    /// Brings a tab to the front and calls its channel the first time.
    fn visit(&mut self, tab: usize) -> Task<Message> {
        if tab != self.active {
            self.greeting = Greeting::Dismissed;
        }
        self.active = tab.min(self.tabs.len().saturating_sub(1));
        if self.place == Place::Greeting && self.greeting == Greeting::Dismissed {
            self.place = Place::Tabs;
        }
        let task = match self.tabs.get(self.active).map(|tab| &tab.content) {
            Some(Content::Unvisited) => self.reload(self.active),
            Some(Content::Loading(_) | Content::Failed { .. } | Content::Shown(_)) | None => {
                Task::none()
            }
        };
        if self.place == Place::Content && !self.content_takes_focus() {
            self.place = Place::Tabs;
        }
        task
    }

    /// Calls a channel from its beginning.
    fn reload(&mut self, tab: usize) -> Task<Message> {
        self.requests += 1;
        let request = self.requests;
        let Some(state) = self.tabs.get_mut(tab) else {
            return Task::none();
        };
        let (task, handle) = Task::future(self.source.page(&state.channel, None)).abortable();
        state.loading(request, handle.abort_on_drop());
        if self.place == Place::Content && tab == self.active && !self.content_takes_focus() {
            self.place = Place::Tabs;
        }
        task.map(move |result| Message::Arrived {
            tab,
            request,
            result,
        })
    }

    fn arrived(
        &mut self,
        at: usize,
        request: u64,
        result: Result<Page, Error>,
        look: &Look,
    ) -> Action {
        if let Err(Error::SignedOut(words)) = result {
            return Action::Over(words);
        }
        let now = self.now;
        if let Some(tab) = self.tabs.get_mut(at) {
            tab.arrived(request, result, now);
            tab.lay_out(look);
        }
        // The first answer takes the focus to where the person looks.
        let first = at == self.active && self.place == Place::Tabs && self.requests == 1;
        if first && self.greeting == Greeting::Dismissed && self.content_takes_focus() {
            self.place = Place::Content;
        }
        Action::Run(self.settle(look))
    }

    fn tick(&mut self, look: &Look) -> Task<Message> {
        let paused = self.refreshing == Refreshing::Paused;
        match self.tabs.get(self.active) {
            Some(tab) if tab.is_due(self.now, paused) => {
                let task = self.reload(self.active);
                Task::batch([task, self.settle(look)])
            }
            Some(_) | None => Task::none(),
        }
    }

    /// Scrolls to the focus, asks for the pictures on the screen and for the next
    /// page ahead of the focus.
    fn settle(&mut self, look: &Look) -> Task<Message> {
        let shape = self.shape(look);
        let Some(tab) = self.tabs.get_mut(self.active) else {
            return Task::none();
        };
        tab.scroll(shape);
        let mut tasks = Vec::new();
        if let Some(size) = shape.picture {
            let size = pictures::physical(look, size);
            let radius = cards::RADIUS * look.metrics.physical();
            for url in tab
                .visible(shape)
                .filter_map(|(_, item)| item.image.clone())
            {
                let key = pictures::Key { url, size };
                let (source, channel) = (&self.source, &tab.channel);
                let asked = pictures::asked(size);
                tasks.extend(
                    self.pictures
                        .ask(&key, radius, || source.picture(channel, &key.url, asked)),
                );
            }
        }
        if tab.wants_more(shape) {
            self.requests += 1;
            let (at, request) = (self.active, self.requests);
            let source = &self.source;
            tasks.extend(
                tab.load_more(request, |channel, next| source.page(channel, Some(next)))
                    .map(|task| {
                        task.map(move |result| Message::Arrived {
                            tab: at,
                            request,
                            result,
                        })
                    }),
            );
        }
        Task::batch(tasks)
    }

    fn open(&mut self) -> Action {
        self.greeting = Greeting::Dismissed;
        let Some(tab) = self.tabs.get(self.active) else {
            return Action::None;
        };
        match &tab.content {
            Content::Failed { .. } => Action::Run(self.reload(self.active)),
            Content::Shown(shown) => match &shown.listing {
                Listing::Items(items) => {
                    items.get(tab.at).map_or(Action::None, |item| Action::Open {
                        item: item.clone(),
                        channel: tab.channel.clone(),
                    })
                }
                Listing::Details(_) | Listing::Text(_) => Action::None,
            },
            Content::Unvisited | Content::Loading(_) => Action::None,
        }
    }

    fn open_menu(&mut self, look: &Look) -> Action {
        self.greeting = Greeting::Dismissed;
        if self.place == Place::Greeting {
            self.place = Place::Tabs;
        }
        self.overlay = Overlay::Menu(account::buttons());
        Action::Run(self.settle(look))
    }

    fn choose(&mut self, choice: account::Choice) -> Action {
        match choice {
            account::Choice::SignOut | account::Choice::NotYou => self.sign_out(),
            account::Choice::Close => {
                self.overlay = Overlay::None;
                Action::None
            }
        }
    }

    fn sign_out(&mut self) -> Action {
        let (task, handle) = Task::future(self.source.sign_out())
            .map(Message::SignedOut)
            .abortable();
        // Once asked for it is carried through, whatever becomes of the screen.
        self.overlay = Overlay::SigningOut { _work: handle };
        Action::Run(task)
    }

    fn shape(&self, look: &Look) -> Shape {
        let arrangement = self
            .tabs
            .get(self.active)
            .map_or(Layout::List, Tab::arrangement);
        let notices = usize::from(self.greeting == Greeting::Shown)
            + usize::from(self.tabs.get(self.active).is_some_and(|tab| tab.is_stale()));
        let lines = self
            .tabs
            .get(self.active)
            .map_or(1, |tab| tab.title_lines(look));
        Shape::new(look, arrangement, notices, lines)
    }

    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        view::view(self, look)
    }

    fn focus_of(&self, place: Place) -> bool {
        self.place == place && matches!(self.overlay, Overlay::None)
    }
}

/// Where a step leads in a grid, as [`focus::step`] has it.
fn step_in(at: usize, count: usize, columns: usize, direction: Direction) -> Option<usize> {
    focus::step(at, count, columns, direction)
}

#[cfg(test)]
mod tests;
