//! What the keys and the mouse do on the signed-in screen.

use iced::Task;

use super::tab::Content;
use super::{
    Action, FocusArea, Greeting, Message, Overlay, Refreshing, State, account, header, slides,
};
use crate::channel::Listing;
use crate::ui::focus::Direction;
use crate::ui::keys::Press;
use crate::ui::{Look, lines};

impl State {
    /// Whether Menu does something else here than OK; then OK waits for its release.
    #[must_use]
    pub fn menu_differs(&self) -> bool {
        match (&self.overlay, self.place) {
            (Overlay::None, FocusArea::Tabs | FocusArea::Greeting) => true,
            (Overlay::None, FocusArea::Account | FocusArea::Content)
            | (Overlay::Menu(_) | Overlay::SigningOut { .. }, _) => false,
        }
    }

    pub(super) fn press(&mut self, press: Press, look: &Look) -> Action {
        match &mut self.overlay {
            Overlay::None => self.press_screen(press, look),
            Overlay::SigningOut { .. } => Action::None,
            Overlay::Menu(line) => {
                let before = *line;
                // At the ends the words above the buttons move.
                let by = match press {
                    Press::Up | Press::Left => {
                        line.previous();
                        -1.0
                    }
                    Press::Down | Press::Right => {
                        line.next();
                        1.0
                    }
                    Press::Ok => {
                        let choice = line.current();
                        return self.choose(choice);
                    }
                    Press::Back | Press::Account | Press::Menu => {
                        self.overlay = Overlay::None;
                        return Action::None;
                    }
                    Press::Home
                    | Press::NextChannel
                    | Press::PreviousChannel
                    | Press::Channel(_)
                    | Press::Refresh
                    | Press::Pause
                    | Press::Help => return Action::None,
                };
                if *line == before {
                    Action::Scroll(by)
                } else {
                    Action::None
                }
            }
        }
    }

    pub(super) fn press_screen(&mut self, press: Press, look: &Look) -> Action {
        match press {
            Press::Up | Press::Down | Press::Left | Press::Right => {
                let Some(direction) = Direction::of(press) else {
                    return Action::None;
                };
                let loading = self.step(direction, look);
                Action::Run(Task::batch([loading, self.settle(look)]))
            }
            Press::Ok => match self.place {
                FocusArea::Tabs if self.content_takes_focus() => {
                    self.place = FocusArea::Content;
                    Action::None
                }
                FocusArea::Tabs => Action::None,
                // Who only goes on by pressing keys gives up no session.
                FocusArea::Account | FocusArea::Greeting => self.open_menu(look),
                FocusArea::Content => self.open(),
            },
            Press::Menu => match self.place {
                FocusArea::Content => self.open(),
                FocusArea::Tabs | FocusArea::Account | FocusArea::Greeting => self.open_menu(look),
            },
            Press::Back => match self.place {
                FocusArea::Tabs => Action::Leave,
                _ if self.tabs.is_empty() => Action::Leave,
                FocusArea::Account | FocusArea::Greeting | FocusArea::Content => {
                    self.place = FocusArea::Tabs;
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
            Press::Refresh => {
                self.ask_again();
                Action::Run(self.reload(self.active))
            }
            Press::Account => self.open_menu(look),
            Press::Pause => {
                self.refreshing = match self.refreshing {
                    Refreshing::On => Refreshing::Paused,
                    Refreshing::Paused => Refreshing::On,
                };
                Action::None
            }
            Press::Help => Action::None,
        }
    }

    pub(super) fn jump(&mut self, tab: usize, look: &Look) -> Action {
        if tab >= self.tabs.len() {
            return Action::None;
        }
        let visit = self.visit(tab);
        Action::Run(Task::batch([visit, self.settle(look)]))
    }

    pub(super) fn step(&mut self, direction: Direction, look: &Look) -> Task<Message> {
        match (self.place, direction) {
            (FocusArea::Tabs, Direction::Left) => return self.visit(self.active.saturating_sub(1)),
            (FocusArea::Tabs, Direction::Right) if self.active + 1 < self.tabs.len() => {
                return self.visit(self.active + 1);
            }
            (FocusArea::Tabs, Direction::Right) if self.greeting == Greeting::Shown => {
                self.place = FocusArea::Greeting;
            }
            (FocusArea::Tabs, Direction::Right) => self.place = FocusArea::Account,
            // On a line of its own it stands between the tabs and the account.
            (FocusArea::Greeting, Direction::Right) if !header::greets(self, look) => {
                self.place = FocusArea::Account;
            }
            (FocusArea::Account, Direction::Left) if self.greeting == Greeting::Shown => {
                self.place = FocusArea::Greeting;
            }
            (FocusArea::Greeting | FocusArea::Account, Direction::Left) => {
                self.place = FocusArea::Tabs;
            }
            (FocusArea::Tabs | FocusArea::Account | FocusArea::Greeting, Direction::Down) => {
                if self.content_takes_focus() {
                    self.place = FocusArea::Content;
                } else {
                    self.ask_again();
                }
            }
            (FocusArea::Content, _) => self.step_content(direction, look),
            (FocusArea::Tabs | FocusArea::Greeting | FocusArea::Account, Direction::Up)
            | (FocusArea::Greeting | FocusArea::Account, Direction::Right) => {}
        }
        Task::none()
    }

    pub(super) fn step_content(&mut self, direction: Direction, look: &Look) {
        let shape = self.shape(look);
        let Some(tab) = self.tabs.get_mut(self.active) else {
            self.place = FocusArea::Tabs;
            return;
        };
        let visible = lines::visible(look, shape.text_height());
        let page = lines::page(visible);
        let slides = tab.has_slides();
        let before = tab.at;
        let stays = match (tab.lines_mut(), direction) {
            (Some(text), Direction::Up) => text.scroll(-page, visible),
            (Some(text), Direction::Down) => {
                let _ = text.scroll(page, visible);
                true
            }
            (Some(_), Direction::Left | Direction::Right) => true,
            (None, Direction::Up) if slides => false,
            (None, _) if slides => {
                self.slides.begin(self.now);
                slides::along(direction).is_none_or(|direction| tab.step(direction, 1))
            }
            (None, _) => tab.step(direction, shape.columns),
        };
        let at_the_end =
            tab.at == before && matches!(direction, Direction::Down | Direction::Right);
        if !stays && direction == Direction::Up {
            self.place = FocusArea::Tabs;
        }
        if at_the_end {
            self.ask_again();
        }
    }

    /// Beyond what there is: a next page that couldn't be loaded is asked for again.
    fn ask_again(&mut self) {
        if let Some(tab) = self.tabs.get_mut(self.active) {
            tab.ask_again(self.now);
        }
    }

    pub(super) fn open(&mut self) -> Action {
        self.greeting = Greeting::Dismissed;
        let Some(tab) = self.tabs.get(self.active) else {
            return Action::None;
        };
        match &tab.content {
            Content::Failed { error, .. } if error.offers_sign_in() => Action::Over(error.told()),
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

    pub(super) fn open_menu(&mut self, look: &Look) -> Action {
        self.greeting = Greeting::Dismissed;
        if self.place == FocusArea::Greeting {
            self.place = FocusArea::Tabs;
        }
        self.not_granted = self.source.not_granted().join(", ");
        self.overlay = Overlay::Menu(account::buttons(self.source.stay()));
        Action::Run(self.settle(look))
    }

    pub(super) fn choose(&mut self, choice: account::Choice) -> Action {
        match choice {
            account::Choice::Switch => Action::Switch,
            account::Choice::SignOut => self.sign_out(),
            account::Choice::Close => {
                self.overlay = Overlay::None;
                Action::None
            }
        }
    }

    pub(super) fn sign_out(&mut self) -> Action {
        let (task, handle) = Task::future(self.source.sign_out())
            .map(Message::SignedOut)
            .abortable();
        // Once asked for it is carried through, whatever becomes of the screen.
        self.overlay = Overlay::SigningOut { _work: handle };
        Action::Run(task)
    }
}
