//! One channel: what is known of it, and where the focus is in it.

mod layout;
mod measure;
mod navigation;
mod pager;

use iced::task::Handle;
use jiff::Timestamp;
use url::Url;

use super::columns::Column;
use super::grid::Words;
use super::groups::Groups;
use super::retry::retry_at;
use crate::channel::{Error, Item, Listing, Page};
use crate::clock::Moment;
use crate::config::{Channel, Layout};
use crate::ui::lines::Lines;

use layout::Layouts;
pub use layout::{Cut, LaidOut};
use measure::Gist;
use navigation::Shelf;
use pager::Pager;
pub use pager::{Audience, Halt};

/// A channel on the screen.
#[derive(Debug)]
pub struct Tab {
    /// Which one it is, wherever it stands: answers are for it.
    pub number: usize,
    /// What is called and how it is shown.
    pub channel: Channel,
    /// What is known.
    pub content: Content,
    /// The item that has, or had, the focus.
    pub at: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Where somebody was in each group that has a row of its own.
    shelves: Vec<Shelf>,
}

/// What is known of a channel.
#[derive(Debug)]
pub enum Content {
    /// It wasn't called yet.
    Unvisited,
    /// The first answer is on its way.
    Loading(Work),
    /// There is nothing to show.
    Failed {
        /// Why.
        error: Error,
        /// When it is called again by itself.
        retry_at: Option<Moment>,
    },
    /// There is something to show.
    Shown(Shown),
}

/// A request on its way; it ends when this is dropped.
#[derive(Debug)]
pub struct Work {
    request: u64,
    _handle: Handle,
}

/// Results on the screen.
#[derive(Debug)]
pub struct Shown {
    /// The results.
    pub listing: Listing,
    /// The same as lines, where it is text or fields.
    pub lines: Option<Lines>,
    /// When they came, by the wall clock.
    pub as_of: Timestamp,
    /// Whether they are the newest.
    pub freshness: Freshness,
    gist: Gist,
    trial: Trial,
    layouts: Layouts,
    groups: Groups,
    /// When they were taken in.
    pub loaded_at: Moment,
    pager: Pager,
}

/// Whether anything that was kept has yet to prove that it can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trial {
    /// Nothing has.
    None,
    /// It has to be in so many pictures more.
    Pictures(u8),
}

impl Trial {
    /// A picture that is on its way when something comes doesn't show it yet.
    const BEGUN: Self = Self::Pictures(2);
}

/// Whether results are the newest.
#[derive(Debug)]
pub enum Freshness {
    /// As far as is known.
    Fresh,
    /// Newer ones are on their way.
    Reloading(Work),
    /// Newer ones could not be had.
    Stale {
        /// Why.
        error: Error,
        /// When that is tried again by itself.
        retry_at: Option<Moment>,
    },
}

/// The places around one, the nearest first: to look at all of very many takes longer than a
/// picture may.
fn around(at: usize) -> impl Iterator<Item = usize> {
    const FAR: usize = 10_000;
    (0..=FAR).flat_map(move |by| at.checked_sub(by).into_iter().chain(at.checked_add(by)))
}

impl Tab {
    /// A channel that wasn't called yet.
    #[must_use]
    pub const fn new(number: usize, channel: Channel) -> Self {
        Self {
            number,
            channel,
            content: Content::Unvisited,
            at: 0,
            top: 0,
            shelves: Vec::new(),
        }
    }

    /// How the results are arranged: never [`Layout::Auto`].
    #[must_use]
    pub fn arrangement(&self) -> Layout {
        let Content::Shown(shown) = &self.content else {
            return self.channel.layout;
        };
        match (&shown.listing, self.channel.layout) {
            (Listing::Items(items), Layout::Auto | Layout::Details | Layout::Text) => {
                if measure::first(items)
                    .iter()
                    .any(|item| item.image.is_some())
                {
                    Layout::Cards
                } else {
                    Layout::List
                }
            }
            (Listing::Items(_), chosen) => chosen,
            (Listing::Details(_), _) => Layout::Details,
            (Listing::Text(_), _) => Layout::Text,
        }
    }

    /// The items, where there are several.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        match &self.content {
            Content::Shown(Shown {
                listing: Listing::Items(items),
                ..
            }) => items,
            Content::Shown(_)
            | Content::Unvisited
            | Content::Loading(_)
            | Content::Failed { .. } => &[],
        }
    }

    /// What stands below the pictures of its cards.
    #[must_use]
    pub fn words(&self) -> Words {
        match &self.content {
            Content::Shown(shown) => shown.gist.words,
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => Words::USUAL,
        }
    }

    /// The columns of its table.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        match &self.content {
            Content::Shown(shown) => &shown.gist.columns,
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => &[],
        }
    }

    /// The lines, where it is text or fields.
    pub fn lines_mut(&mut self) -> Option<&mut Lines> {
        match &mut self.content {
            Content::Shown(shown) => shown.lines.as_mut(),
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => None,
        }
    }

    /// Whether there is something in it that can have the focus.
    #[must_use]
    pub fn takes_focus(&self) -> bool {
        match &self.content {
            Content::Unvisited | Content::Loading(_) => false,
            Content::Failed { .. } => true,
            Content::Shown(shown) => match &shown.listing {
                Listing::Items(items) => !items.is_empty(),
                Listing::Details(_) | Listing::Text(_) => true,
            },
        }
    }

    /// Whether what is shown is known to be old.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        matches!(
            &self.content,
            Content::Shown(Shown {
                freshness: Freshness::Stale { .. },
                ..
            })
        )
    }

    /// The request that asks for it from its beginning is on its way.
    pub fn loading(&mut self, request: u64, handle: Handle) {
        let work = Work {
            request,
            _handle: handle,
        };
        match &mut self.content {
            Content::Shown(shown) => shown.freshness = Freshness::Reloading(work),
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => {
                self.content = Content::Loading(work);
            }
        }
    }

    /// Takes in an answer; a late one is dropped. What it takes the place of is handed back:
    /// there may be so much of it that it takes a while to forget.
    /// `luck`, from 0 to 1, says how much later than it could a failed one is tried again.
    pub fn arrived(
        &mut self,
        request: u64,
        result: Result<Page, Error>,
        now: Moment,
        luck: f32,
    ) -> Option<Shown> {
        match &mut self.content {
            Content::Loading(work) if work.request == request => {
                self.content = match result {
                    Ok(page) => Content::Shown(Shown::new(page, self.channel.url.url(), now)),
                    Err(error) => Content::Failed {
                        retry_at: retry_at(&error, now, luck),
                        error,
                    },
                };
                self.begin();
            }
            Content::Shown(shown) if shown.waits_to_reload(request) => match result {
                Ok(page) => return self.replace(page, now),
                Err(error) => {
                    shown.freshness = Freshness::Stale {
                        retry_at: retry_at(&error, now, luck),
                        error,
                    }
                }
            },
            Content::Shown(shown) => shown.append(request, result, now, luck),
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => {
                tracing::debug!(request, "late answer dropped");
            }
        }
        None
    }

    /// Takes in what was answered the last time, unless a newer answer has come already.
    pub fn kept(&mut self, page: Page, now: Moment) {
        let freshness = match std::mem::replace(&mut self.content, Content::Unvisited) {
            Content::Loading(work) => Freshness::Reloading(work),
            Content::Failed { error, retry_at } => Freshness::Stale { error, retry_at },
            Content::Shown(shown) => {
                self.content = Content::Shown(Shown {
                    trial: Trial::BEGUN,
                    ..shown
                });
                return;
            }
            Content::Unvisited => return,
        };
        self.content = Content::Shown(Shown {
            freshness,
            trial: Trial::BEGUN,
            ..Shown::new(page, self.channel.url.url(), now)
        });
        self.begin();
    }

    /// There was no picture yet: the first one shows what was kept.
    pub const fn begins_with_kept(&mut self) {
        if let Content::Shown(Shown {
            trial: trial @ Trial::Pictures(_),
            ..
        }) = &mut self.content
        {
            *trial = Trial::Pictures(1);
        }
    }

    /// Whether a picture has to be heard of: [`Tab::drawn`].
    #[must_use]
    pub const fn awaits_a_picture(&self) -> bool {
        matches!(
            &self.content,
            Content::Shown(Shown {
                trial: Trial::Pictures(_),
                ..
            })
        )
    }

    /// It is in a picture that was drawn; says whether it can be shown again at the next start.
    pub fn drawn(&mut self) -> bool {
        let Content::Shown(shown) = &mut self.content else {
            return false;
        };
        let Trial::Pictures(left) = shown.trial else {
            return false;
        };
        shown.trial = match left.saturating_sub(1) {
            0 => Trial::None,
            left => Trial::Pictures(left),
        };
        shown.trial == Trial::None
    }

    /// About how much memory its results take, in bytes.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        match &self.content {
            Content::Shown(shown) => shown.listing.held_bytes(),
            Content::Unvisited | Content::Loading(_) | Content::Failed { .. } => 0,
        }
    }

    /// Gives its results back: it is called again when it is visited.
    pub fn give_back(&mut self) -> Content {
        self.begin();
        std::mem::replace(&mut self.content, Content::Unvisited)
    }

    fn begin(&mut self) {
        (self.at, self.top) = (0, 0);
        self.shelves.clear();
    }

    /// Newer results, with the focus on the item that had it; gives the older ones.
    fn replace(&mut self, page: Page, now: Moment) -> Option<Shown> {
        let focused = self.items().get(self.at).cloned();
        let scroll = self.lines_mut().map(|lines| lines.top());
        let Content::Shown(shown) = &mut self.content else {
            return None;
        };
        let first = self.channel.url.url();
        let mut new = Shown::new(page, first, now);
        let pager = std::mem::replace(&mut shown.pager, Pager::new(None, first, now));
        // Pages that were loaded beyond the first stay until they are asked for again.
        if let (Listing::Items(items), Listing::Items(old)) = (&mut new.listing, &mut shown.listing)
            && old.len() > items.len()
            && new.pager.goes_on()
        {
            let first = items.len();
            items.extend(old.drain(first..));
            new.groups.add(items, first);
            new.pager = pager;
        } else {
            new.pager = new.pager.after_reload(pager);
        }
        if let Some(top) = scroll {
            new.lines = Some(Lines::default());
            self.top = top;
        }
        if shown.trial != Trial::None {
            new.trial = Trial::BEGUN;
        }
        let older = std::mem::replace(shown, new);
        let same = focused.and_then(|item| {
            let is_it = |each: &Item| each.title == item.title && each.subtitle == item.subtitle;
            around(self.at).find(|&at| self.items().get(at).is_some_and(is_it))
        });
        self.at = same
            .unwrap_or(self.at)
            .min(self.items().len().saturating_sub(1));
        Some(older)
    }

    /// Whether it is to be called again by itself.
    #[must_use]
    pub fn is_due(&self, now: Moment, paused: bool) -> bool {
        let due = |at: &Option<Moment>| at.is_some_and(|at| now >= at);
        match &self.content {
            Content::Unvisited | Content::Loading(_) => false,
            Content::Failed { retry_at, .. } => due(retry_at),
            Content::Shown(shown) => match &shown.freshness {
                Freshness::Reloading(_) => false,
                Freshness::Stale { retry_at, .. } => due(retry_at) && !paused,
                Freshness::Fresh => {
                    !paused
                        && self
                            .channel
                            .refresh
                            .is_some_and(|every| now >= shown.loaded_at + every.duration())
                }
            },
        }
    }
}

impl Shown {
    /// A channel's `first` page, which came at `now`.
    fn new(page: Page, first: &Url, now: Moment) -> Self {
        let groups = match &page.listing {
            Listing::Items(items) => Groups::of(items),
            Listing::Details(_) | Listing::Text(_) => Groups::default(),
        };
        Self {
            listing: page.listing,
            lines: None,
            as_of: page.as_of,
            freshness: Freshness::Fresh,
            gist: Gist::default(),
            trial: Trial::None,
            layouts: Layouts::default(),
            groups,
            loaded_at: now,
            pager: Pager::new(page.next, first, now),
        }
    }

    fn waits_to_reload(&self, request: u64) -> bool {
        matches!(&self.freshness, Freshness::Reloading(work) if work.request == request)
    }

    /// Whether there are more pages than have come.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        self.pager.goes_on()
    }

    /// Whether another page is on its way.
    #[must_use]
    pub const fn loads_more(&self) -> bool {
        self.pager.is_loading()
    }

    fn append(&mut self, request: u64, result: Result<Page, Error>, now: Moment, luck: f32) {
        if !self.pager.waits_for(request) {
            tracing::debug!(request, "late answer dropped");
            return;
        }
        match result {
            Ok(page) => {
                let mut added = 0;
                if let (Listing::Items(items), Listing::Items(more)) =
                    (&mut self.listing, page.listing)
                {
                    let first = items.len();
                    added = more.len();
                    items.extend(more);
                    self.groups.add(items, first);
                }
                let held = self.listing.held_bytes();
                self.pager.arrived(added, page.next, held, now);
            }
            Err(error) => {
                let retry_at = retry_at(&error, now, luck);
                self.pager.failed(error, retry_at, now);
            }
        }
    }
}
