//! Drawings that are kept until they show something else.

use std::cell::Cell;

use crate::ui::{Frame, Renderer};
use iced::Size;
use iced::widget::canvas;

/// The last drawing of something: as long as it is kept, nothing is taken for changed, and
/// its lines are not painted again.
///
/// iced hands the state of one screen's canvas to the next screen's, so the drawing
/// remembers what it shows.
pub struct CachedCanvas<T> {
    drawing: canvas::Cache<Renderer>,
    shows: Cell<Option<T>>,
}

impl<T> Default for CachedCanvas<T> {
    fn default() -> Self {
        Self {
            drawing: canvas::Cache::default(),
            shows: Cell::new(None),
        }
    }
}

impl<T: Copy + PartialEq> CachedCanvas<T> {
    /// The drawing of `what`, painted only if the one that is kept shows something else
    /// or has another size.
    pub fn draw(
        &self,
        what: T,
        renderer: &Renderer,
        size: Size,
        paint: impl FnOnce(&mut Frame),
    ) -> canvas::Geometry<Renderer> {
        if self.is_outdated(what) {
            self.drawing.clear();
        }
        self.drawing.draw(renderer, size, paint)
    }

    /// Whether what is kept shows something else; from now on it shows `what`.
    fn is_outdated(&self, what: T) -> bool {
        self.shows.replace(Some(what)) != Some(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_of_something_else_is_not_shown_again() {
        let kept = CachedCanvas::default();

        let outdated = ["yes", "yes", "trouble", "yes"].map(|sign| kept.is_outdated(sign));

        assert_eq!(outdated, [true, false, true, true]);
    }
}
