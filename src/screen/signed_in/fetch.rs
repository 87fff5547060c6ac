//! When the channels are called, and what comes back.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use iced::Task;

use super::grid::CARD_EDGE;
use super::pictures::Frame;
use super::source::Source;
use super::tab::{Audience, Content, Tab};
use super::{Action, FocusArea, Greeting, Message, Refreshing, State, cards, pictures, slides};
use crate::channel::{Error, Page, Picture, Seen};
use crate::config::{Channel, Layout};
use crate::ui::Look;
use crate::work;

impl State {
    /// Brings a tab to the front and calls its channel the first time.
    pub(super) fn visit(&mut self, tab: usize) -> Task<Message> {
        // Who is still above the content may be on the way to it.
        if tab != self.active && self.place == FocusArea::Content {
            self.greeting = Greeting::Dismissed;
        }
        self.active = tab.min(self.tabs.len().saturating_sub(1));
        self.attended();
        let task = match self.tabs.get(self.active).map(|tab| &tab.content) {
            Some(Content::Unvisited) => {
                let recalling = self.recall(self.active);
                Task::batch([recalling, self.reload(self.active)])
            }
            Some(Content::Loading(_) | Content::Failed { .. } | Content::Shown(_)) | None => {
                Task::none()
            }
        };
        if self.place == FocusArea::Content && !self.content_takes_focus() {
            self.place = FocusArea::Tabs;
        }
        task
    }

    /// Calls a channel from its beginning.
    pub(super) fn reload(&mut self, tab: usize) -> Task<Message> {
        self.requests += 1;
        let request = self.requests;
        let Some(state) = self.tabs.get_mut(tab) else {
            return Task::none();
        };
        let (task, handle) = Task::future(self.source.page(&state.channel, None)).abortable();
        state.loading(request, handle.abort_on_drop());
        let number = state.number;
        if self.place == FocusArea::Content && tab == self.active && !self.content_takes_focus() {
            self.place = FocusArea::Tabs;
        }
        task.map(move |result| Message::Arrived {
            tab: number,
            request,
            result,
        })
    }

    /// Looks up what a channel answered the last time.
    fn recall(&self, tab: usize) -> Task<Message> {
        let Some(state) = self.tabs.get(tab) else {
            return Task::none();
        };
        let (source, tab) = (Arc::clone(&self.source), state.number);
        Task::future(self.source.kept(&state.channel)).and_then(move |page| {
            Task::done(Message::Kept {
                source: Arc::clone(&source),
                tab,
                page,
            })
        })
    }

    /// Begins with what was on the screen the last time, and calls the first channel. What
    /// depends on the window's size is asked for when that is known: [`State::resized`].
    pub fn resume(&mut self, seen: Seen, look: &Look) -> Task<Message> {
        let task = self.reload(self.active);
        self.pictures.remember(seen.pictures);
        let now = self.now;
        let Some(tab) = self.tabs.first_mut() else {
            return task;
        };
        tab.kept(seen.page, now);
        tab.begins_with_kept();
        let layout = self.lay_out(0, look);
        self.look_at_the_first(0);
        Task::batch([task, layout])
    }

    /// What was kept of the channel in front was drawn, and is shown again at the next start.
    pub(super) fn drawn(&mut self) -> Task<Message> {
        let source = Arc::clone(&self.source);
        let Some(tab) = self.tabs.get_mut(self.active) else {
            return Task::none();
        };
        if tab.drawn() {
            Task::future(source.drawn(&tab.channel)).discard()
        } else {
            Task::none()
        }
    }

    /// Lays a tab out; what takes a while is done away from the screen.
    pub(super) fn lay_out(&mut self, at: usize, look: &Look) -> Task<Message> {
        let Some(tab) = self.tabs.get_mut(at) else {
            return Task::none();
        };
        let Some(cut) = tab.lay_out(look) else {
            return Task::none();
        };
        let number = tab.number;
        Task::future(work::aside(move || cut.carry_out())).and_then(move |laid_out| {
            Task::done(Message::LaidOut {
                tab: number,
                laid_out,
            })
        })
    }

    /// What a channel answered the last time stands there until it answers again.
    pub(super) fn kept(
        &mut self,
        source: &Arc<dyn Source>,
        number: usize,
        page: Page,
        look: &Look,
    ) -> Action {
        if !Arc::ptr_eq(source, &self.source) {
            tracing::debug!("late results of somebody else dropped");
            return Action::None;
        }
        let now = self.now;
        let Some((at, tab)) = self.tab(number) else {
            return Action::None;
        };
        tab.kept(page, now);
        let layout = self.lay_out(at, look);
        self.look_at_the_first(at);
        Action::Run(Task::batch([layout, self.settle(look)]))
    }

    pub(super) fn arrived(
        &mut self,
        number: usize,
        request: u64,
        result: Result<Page, Error>,
        look: &Look,
    ) -> Action {
        if let Err(Error::SignedOut(words)) = result {
            return Action::Over(words.phrase());
        }
        let (now, luck) = (self.now, self.luck.draw());
        let Some((at, tab)) = self.tab(number) else {
            tracing::debug!(request, "answer of a channel that is gone dropped");
            return Action::None;
        };
        let older = tab.arrived(request, result, now, luck);
        let layout = self.lay_out(at, look);
        self.look_at_the_first(at);
        // To forget a hundred thousand things takes longer than a picture may.
        let older = older.map(Content::Shown);
        let forgotten: Vec<Content> = older.into_iter().chain(self.make_room()).collect();
        let forgetting =
            (!forgotten.is_empty()).then(|| Task::future(async move { drop(forgotten) }).discard());
        let settling = self.settle(look);
        let tasks = forgetting.into_iter().chain([layout, settling]);
        Action::Run(Task::batch(tasks))
    }

    /// Gives back the results of channels behind, the largest first, where all of them
    /// together take too much memory.
    fn make_room(&mut self) -> Vec<Content> {
        /// One that is as large as it can be, and some that are usual. In bytes.
        const MOST: usize = 192 << 20;
        let mut held: Vec<(usize, usize)> = self
            .tabs
            .iter()
            .enumerate()
            .map(|(at, tab)| (tab.held_bytes(), at))
            .collect();
        held.sort_unstable();
        let mut all: usize = held.iter().map(|(bytes, _)| bytes).sum();
        let mut forgotten = Vec::new();
        while let Some((bytes, at)) = held.pop()
            && all > MOST
        {
            if at != self.active
                && let Some(tab) = self.tabs.get_mut(at)
            {
                forgotten.push(tab.give_back());
                all -= bytes;
            }
        }
        forgotten
    }

    /// The tab of that number, and where it stands.
    pub(super) fn tab(&mut self, number: usize) -> Option<(usize, &mut Tab)> {
        let mut tabs = self.tabs.iter_mut().enumerate();
        tabs.find(|(_, tab)| tab.number == number)
    }

    /// Goes on with other channels. Those that stay keep what is known of them and where
    /// somebody was in them.
    pub fn follow(&mut self, channels: Vec<Channel>, look: &Look) -> Task<Message> {
        let front = self
            .tabs
            .get(self.active)
            .map(|tab| tab.channel.name.clone());
        let before = std::mem::take(&mut self.tabs);
        let mut unused = before.iter().map(|tab| tab.number + 1).max().unwrap_or(0);
        let mut named: HashMap<String, VecDeque<Tab>> = HashMap::new();
        for tab in before {
            let same = named.entry(tab.channel.name.clone()).or_default();
            same.push_back(tab);
        }
        for channel in channels {
            let same = named.get_mut(&channel.name);
            let stays = same.and_then(|same| {
                let at = same.iter().position(|tab| tab.channel == channel)?;
                same.remove(at)
            });
            self.tabs.push(stays.unwrap_or_else(|| {
                unused += 1;
                Tab::new(unused, channel)
            }));
        }
        let stays = |name: &String| self.tabs.iter().position(|tab| tab.channel.name == *name);
        let front = front.as_ref().and_then(stays).unwrap_or(self.active);
        self.active = front.min(self.tabs.len().saturating_sub(1));
        let visit = self.visit(self.active);
        self.place = super::seen(self.place, &self.tabs, self.greeting);
        Task::batch([visit, self.settle(look)])
    }

    /// The first answer takes the focus to where the person looks.
    fn look_at_the_first(&mut self, at: usize) {
        let first = at == self.active && self.place == FocusArea::Tabs && self.requests == 1;
        if first && self.greeting == Greeting::Dismissed && self.content_takes_focus() {
            self.place = FocusArea::Content;
        }
    }

    pub(super) fn tick(&mut self, look: &Look) -> Task<Message> {
        let paused = self.refreshing == Refreshing::Paused;
        let is_due = |tab: &Tab| tab.is_due(self.now, paused);
        if self.tabs.get(self.active).is_some_and(is_due) {
            let task = self.reload(self.active);
            return Task::batch([task, self.settle(look)]);
        }
        // It may be time for the next page, or somebody may have come back.
        let goes_on = self.tabs.get(self.active).is_some_and(Tab::goes_on);
        if self.turn() || goes_on {
            self.settle(look)
        } else {
            Task::none()
        }
    }

    /// Scrolls to the focus, asks for the pictures on the screen and for the next
    /// page ahead of the focus.
    pub(super) fn settle(&mut self, look: &Look) -> Task<Message> {
        let shape = self.shape(look);
        let paused = self.refreshing == Refreshing::Paused;
        let Some(tab) = self.tabs.get_mut(self.active) else {
            return Task::none();
        };
        tab.scroll(shape);
        let mut tasks = Vec::new();
        if let Some(size) = shape.picture {
            let size = pictures::physical(look, size);
            let radius = (cards::RADIUS - CARD_EDGE) * look.metrics.physical();
            let slides = tab.arrangement() == Layout::Image;
            let frame = if slides { Frame::OnItself } else { Frame::Card };
            // What the next start shows first.
            let is_first = self.active == 0 && tab.top == 0 && (!slides || tab.at == 0);
            // The next one is there when its time comes.
            let ahead = slides.then(|| slides::after(tab.at, tab.items().len()));
            let ahead = ahead.and_then(|at| tab.items().get(at));
            let shown = tab.visible(shape).map(|(_, item)| item);
            for url in ahead
                .into_iter()
                .chain(shown)
                .filter_map(|item| item.image.clone())
            {
                let key = pictures::Key { url, size };
                let (source, channel) = (&self.source, &tab.channel);
                let asked = pictures::asked(size);
                let fetch = || source.picture(channel, &key.url, asked);
                let place =
                    is_first.then(|| (Arc::clone(source), channel.clone(), key.url.clone()));
                let keep = move |shown: &Picture| {
                    if let Some((source, channel, url)) = place {
                        source.keep_shown(&channel, &url, shown);
                    }
                };
                tasks.extend(self.pictures.ask(&key, radius, frame, fetch, keep));
            }
        }
        // What nobody sees isn't loaded.
        if self.audience == Audience::Present && tab.wants_more(shape, paused, self.now) {
            self.requests += 1;
            let (number, request) = (tab.number, self.requests);
            let source = &self.source;
            tasks.extend(
                tab.load_more(request, |channel, next| source.page(channel, Some(next)))
                    .map(|task| {
                        task.map(move |result| Message::Arrived {
                            tab: number,
                            request,
                            result,
                        })
                    }),
            );
        }
        Task::batch(tasks)
    }
}
