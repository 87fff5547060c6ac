//! When a list's next page is asked for.
//!
//! Pages are loaded ahead of the focus so that nobody waits for them. A service decides how
//! many there are, though, and what is in them: so only a few are loaded in a row until a key
//! is pressed, with a pause before each, and none that was asked for before.

use std::collections::HashSet;
use std::time::Duration;

use futures::future::BoxFuture;
use iced::Task;
use url::Url;

use super::{Content, Freshness, Shown, Tab, Work};
use crate::channel::{Error, NextPage, Page};
use crate::clock::{Moment, next_second};
use crate::config::Channel;
use crate::screen::signed_in::grid::Shape;

/// Pages in a row that are loaded without a key press.
const UNATTENDED: u8 = 3;
/// Between an answer and the next request that no key press led to.
const PAUSE: Duration = Duration::from_secs(1);
/// A list that holds more than this, in bytes, isn't continued.
const MOST_HELD: usize = 128 << 20;

/// Where a list goes on.
#[derive(Debug)]
pub(super) struct Pager {
    next: Next,
    /// What was asked for since the list's first page: a service may lead in a circle.
    asked: HashSet<NextPage>,
    /// How many pages may still be loaded before a key is pressed.
    left: u8,
    /// No page is asked for before, not even for a key.
    earliest: Moment,
    /// No page is asked for before by itself.
    not_before: Moment,
    /// When a page that is wanted may be asked for.
    waits_until: Option<Moment>,
}

#[derive(Debug)]
enum Next {
    /// There is no further page.
    End,
    There(NextPage),
    Loading(NextPage, Work),
    Failed {
        page: NextPage,
        error: Error,
        /// When it is asked for again, unless that can't help.
        retry_at: Option<Moment>,
    },
    /// There are further pages, and no memory for them.
    Full,
}

/// Why a list goes on, but not now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt<'a> {
    /// The next page couldn't be loaded; when it is asked for again.
    Failed(&'a Error, Option<Moment>),
    /// It is too long to be held whole.
    Full,
}

/// Whether anybody sees what is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// As far as is known.
    Present,
    /// The screen is dark, or another window is in front.
    Away,
}

impl Pager {
    /// For a list whose `first` page came at `now` and names the next one.
    pub(super) fn new(next: Option<NextPage>, first: &Url, now: Moment) -> Self {
        let mut pager = Self {
            next: Next::End,
            asked: HashSet::from([first.clone().into()]),
            left: UNATTENDED,
            earliest: now,
            not_before: now,
            waits_until: None,
        };
        pager.go_on(next);
        pager
    }

    /// The same for a first page that came anew. What was learnt of the pages after it, and
    /// how many may be loaded, stays.
    pub(super) fn after_reload(mut self, older: Self) -> Self {
        if self.page().is_some() && self.page() == older.page() {
            return older;
        }
        self.left = older.left;
        self.earliest = self.earliest.max(older.earliest);
        self.not_before = self.not_before.max(older.not_before);
        if let (
            Next::There(page),
            Next::Failed {
                error, retry_at, ..
            },
        ) = (&self.next, older.next)
        {
            self.next = Next::Failed {
                page: page.clone(),
                error,
                retry_at,
            };
        }
        self
    }

    fn page(&self) -> Option<&NextPage> {
        match &self.next {
            Next::There(page) | Next::Loading(page, _) | Next::Failed { page, .. } => Some(page),
            Next::End | Next::Full => None,
        }
    }

    fn go_on(&mut self, next: Option<NextPage>) {
        self.next = next
            .filter(|next| !self.asked.contains(next))
            .map_or(Next::End, Next::There);
    }

    /// Whether there are more pages than have come.
    pub(super) const fn goes_on(&self) -> bool {
        !matches!(self.next, Next::End)
    }

    /// Whether another page is on its way.
    pub(super) const fn is_loading(&self) -> bool {
        matches!(self.next, Next::Loading(..))
    }

    /// Why it doesn't go on now.
    pub(super) const fn halt(&self) -> Option<Halt<'_>> {
        match &self.next {
            Next::Failed {
                error, retry_at, ..
            } => Some(Halt::Failed(error, *retry_at)),
            Next::Full => Some(Halt::Full),
            Next::End | Next::There(_) | Next::Loading(..) => None,
        }
    }

    /// Whether the next page is asked for at `now`: `is_near` says whether the focus is near
    /// the end of what there is, `paused` whether nothing is tried again by itself.
    pub(super) fn wants(&mut self, is_near: bool, paused: bool, now: Moment) -> bool {
        self.waits_until = None;
        match &self.next {
            Next::There(_) if is_near && self.left > 0 => {
                let may = now >= self.not_before;
                self.waits_until = (!may).then_some(self.not_before);
                may
            }
            Next::Failed { retry_at, .. } => !paused && retry_at.is_some_and(|at| now >= at),
            Next::There(_) | Next::Loading(..) | Next::End | Next::Full => false,
        }
    }

    /// When [`Pager::wants`] has to be asked again, or before that when the seconds until then
    /// that are shown are others.
    pub(super) fn due(&self, paused: bool, now: Moment) -> Option<Moment> {
        match &self.next {
            Next::There(_) => self.waits_until,
            Next::Failed { retry_at, .. } => retry_at
                .filter(|&at| !paused || at > now)
                .map(|at| next_second(at, now)),
            Next::Loading(..) | Next::End | Next::Full => None,
        }
    }

    /// Somebody pressed a key: a few pages more may be loaded.
    pub(super) const fn attended(&mut self) {
        self.left = UNATTENDED;
        self.not_before = self.earliest;
    }

    /// Somebody went beyond the end: a page that failed is asked for again, unless the service
    /// named a time for that.
    pub(super) fn ask_again(&mut self, now: Moment) {
        if let Next::Failed {
            page,
            error,
            retry_at,
        } = &self.next
        {
            let asked_to_wait = matches!(error, Error::Busy { .. });
            if !asked_to_wait || retry_at.is_none_or(|at| now >= at) {
                self.next = Next::There(page.clone());
            }
        }
    }

    /// Begins to load the next page by what `ask` makes of its address.
    pub(super) fn load<T>(&mut self, ask: impl FnOnce(&NextPage) -> (T, Work)) -> Option<T> {
        let (Next::There(page) | Next::Failed { page, .. }) = &self.next else {
            return None;
        };
        let page = page.clone();
        let (task, work) = ask(&page);
        let _ = self.asked.insert(page.clone());
        self.left = self.left.saturating_sub(1);
        self.waits_until = None;
        self.next = Next::Loading(page, work);
        Some(task)
    }

    /// Whether that request is on its way.
    pub(super) fn waits_for(&self, request: u64) -> bool {
        matches!(&self.next, Next::Loading(_, work) if work.request == request)
    }

    /// The page came at `now`, with so many items, and names the `next` one. What is `held` is
    /// the whole list in bytes.
    pub(super) fn arrived(
        &mut self,
        items: usize,
        next: Option<NextPage>,
        held: usize,
        now: Moment,
    ) {
        self.not_before = now + PAUSE;
        self.earliest = if items == 0 { self.not_before } else { now };
        self.go_on(next);
        if held > MOST_HELD && self.goes_on() {
            self.next = Next::Full;
        }
    }

    /// The page couldn't be loaded; whether and when that is tried again.
    pub(super) fn failed(&mut self, error: Error, retry_at: Option<Moment>, now: Moment) {
        self.not_before = now + PAUSE;
        self.earliest = self.not_before;
        if let Next::Loading(page, _) = &self.next {
            self.next = Next::Failed {
                page: page.clone(),
                error,
                retry_at,
            };
        }
    }
}

impl Tab {
    /// Asks for the next page, where there is one.
    pub fn load_more(
        &mut self,
        request: u64,
        ask: impl FnOnce(&Channel, &NextPage) -> BoxFuture<'static, Result<Page, Error>>,
    ) -> Option<Task<Result<Page, Error>>> {
        let Content::Shown(shown) = &mut self.content else {
            return None;
        };
        let channel = &self.channel;
        shown.pager.load(|next| {
            let (task, handle) = Task::future(ask(channel, next)).abortable();
            let work = Work {
                request,
                _handle: handle.abort_on_drop(),
            };
            (task, work)
        })
    }

    /// Whether the next page is asked for at `now`.
    pub fn wants_more(&mut self, shape: Shape, paused: bool, now: Moment) -> bool {
        let is_near = self.is_near_the_end(shape);
        // The way on from results that aren't the newest may lead nowhere.
        let pager = self.newest_pager();
        pager.is_some_and(|pager| pager.wants(is_near, paused, now))
    }

    /// When the next page, or the time until it is asked for again, has to be looked at.
    #[must_use]
    pub fn more_due(&self, paused: bool, now: Moment) -> Option<Moment> {
        match &self.content {
            Content::Shown(Shown {
                pager,
                freshness: Freshness::Fresh,
                ..
            }) => pager.due(paused, now),
            Content::Shown(_)
            | Content::Unvisited
            | Content::Loading(_)
            | Content::Failed { .. } => None,
        }
    }

    /// Whether there are more pages than have come.
    #[must_use]
    pub const fn goes_on(&self) -> bool {
        matches!(&self.content, Content::Shown(shown) if shown.goes_on())
    }

    fn newest_pager(&mut self) -> Option<&mut Pager> {
        match &mut self.content {
            Content::Shown(Shown {
                pager,
                freshness: Freshness::Fresh,
                ..
            }) => Some(pager),
            Content::Shown(_)
            | Content::Unvisited
            | Content::Loading(_)
            | Content::Failed { .. } => None,
        }
    }

    /// Somebody pressed a key.
    pub const fn attended(&mut self) {
        if let Content::Shown(shown) = &mut self.content {
            shown.pager.attended();
        }
    }

    /// Somebody wants to see what couldn't be loaded.
    pub fn ask_again(&mut self, now: Moment) {
        if let Content::Shown(shown) = &mut self.content {
            shown.pager.ask_again(now);
        }
    }

    /// Why it doesn't go on beyond what there is, where nothing else is wrong.
    #[must_use]
    pub const fn halt(&self) -> Option<Halt<'_>> {
        match &self.content {
            Content::Shown(Shown {
                pager,
                freshness: Freshness::Fresh | Freshness::Reloading(_),
                ..
            }) => pager.halt(),
            Content::Shown(_)
            | Content::Unvisited
            | Content::Loading(_)
            | Content::Failed { .. } => None,
        }
    }
}
