//! Results laid out for a window. What is small is laid out while the screen waits; of more
//! text than that the beginning is, and the whole of it away from the screen.

use std::fmt;
use std::sync::Arc;

use super::measure::Gist;
use super::{Content, Tab};
use crate::channel::{Item, Listing};
use crate::screen::signed_in::grid::Shape;
use crate::ui::Look;
use crate::ui::lines::{AT_ONCE, Lines};
use crate::ui::metrics::Role;

/// How wide running text is at most, in ems: about 75 letters are read at ease.
const MEASURE: f32 = 42.0;

/// How often results were laid out, and what is still to come of the last time.
#[derive(Debug, Default)]
pub(super) struct Layouts {
    count: u64,
    awaited: Option<Awaited>,
}

/// All lines are on their way.
#[derive(Debug)]
struct Awaited {
    /// Where the first ones stand while the others are waited for, and where they are to be
    /// when all are there.
    top: (usize, usize),
}

/// Work that cuts a large text into lines.
pub struct Cut {
    layout: u64,
    work: Box<dyn FnOnce() -> Lines + Send>,
}

/// All lines of a large text.
#[derive(Debug, Clone)]
pub struct LaidOut {
    layout: u64,
    lines: Lines,
}

impl Cut {
    /// Does it. Takes as long as there is text.
    #[must_use]
    pub fn carry_out(self) -> LaidOut {
        LaidOut {
            layout: self.layout,
            lines: (self.work)(),
        }
    }
}

impl fmt::Debug for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cut {}", self.layout)
    }
}

impl Tab {
    /// Finds out what the form of the results depends on in that window, and cuts texts
    /// into lines for it: of a large one the beginning, and hands back what does the rest.
    pub fn lay_out(&mut self, look: &Look) -> Option<Cut> {
        let arrangement = self.arrangement();
        let Content::Shown(shown) = &mut self.content else {
            return None;
        };
        let top = shown
            .lines
            .as_ref()
            .map_or(0, Lines::top)
            .max(std::mem::take(&mut self.top));
        if let Listing::Items(items) = &shown.listing {
            shown.gist = Gist::of(items, arrangement, look);
            self.top = top;
            return None;
        }
        let is_large = size(&shown.listing) > AT_ONCE;
        let mut lines = if is_large {
            beginning(&shown.listing, look)
        } else {
            whole(&shown.listing, look)
        };
        lines.set_top(top);
        let stands = lines.top();
        shown.lines = Some(lines);
        shown.layouts.count += 1;
        shown.layouts.awaited = is_large.then_some(Awaited { top: (stands, top) });
        if !is_large {
            return None;
        }
        let (listing, look) = (shown.listing.clone(), *look);
        Some(Cut {
            layout: shown.layouts.count,
            work: Box::new(move || whole(&listing, &look)),
        })
    }

    /// Takes in all lines, unless something else is shown by now.
    pub fn laid_out(&mut self, laid_out: LaidOut) {
        let Content::Shown(shown) = &mut self.content else {
            return;
        };
        let LaidOut { layout, mut lines } = laid_out;
        if shown.layouts.count != layout {
            return;
        }
        let Some(Awaited {
            top: (stood, wanted),
        }) = shown.layouts.awaited.take()
        else {
            return;
        };
        let stands = shown.lines.as_ref().map_or(stood, Lines::top);
        lines.set_top(if stands == stood { wanted } else { stands });
        shown.lines = Some(lines);
    }
}

fn size(listing: &Listing) -> usize {
    match listing {
        Listing::Items(_) => 0,
        Listing::Details(item) => item.fields.bytes(),
        Listing::Text(text) => text.len(),
    }
}

fn whole(listing: &Listing, look: &Look) -> Lines {
    match listing {
        Listing::Items(_) => Lines::default(),
        Listing::Details(item) => of_fields(&item.said(look.language), look),
        Listing::Text(text) => of_text(Arc::clone(text), look),
    }
}

fn beginning(listing: &Listing, look: &Look) -> Lines {
    match listing {
        Listing::Items(_) => Lines::default(),
        Listing::Details(item) => of_fields(&first_fields(item, look), look),
        Listing::Text(text) => of_text(Lines::beginning(text).into(), look),
    }
}

fn first_fields(item: &Item, look: &Look) -> Vec<(String, String)> {
    item.said_at_first(look.language, AT_ONCE)
}

fn of_fields(fields: &[(String, String)], look: &Look) -> Lines {
    Lines::of_fields(fields, look, Shape::text_room(look))
}

fn of_text(text: Arc<str>, look: &Look) -> Lines {
    let measure = MEASURE * look.metrics.text_base(Role::Body);
    Lines::of_text(text, look, Shape::text_room(look).min(measure))
}
