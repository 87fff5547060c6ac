//! What is drawn.

use jiff::tz::TimeZone;

use super::{App, Message, Pointer, Screen, kiosk};
use crate::i18n::Phrase;
use crate::ui::{Element, Look, idle, stage, widget};

impl App {
    pub(super) fn view(&self) -> Element<'_, Message> {
        let look = &Look {
            hints: self.idle.hints(),
            pressed: self.hold.is_open(),
            ..self.look
        };
        let over = match (&self.help, &self.kiosk.menu) {
            (Some(_), _) => 1,
            (None, Some(_)) => 2,
            (None, None) => 0,
        };
        let shown = match &self.wrong {
            Some(why) => {
                let words = look.tell(&unchanged(why));
                widget::below_banner(look, &words, |look| self.view_top(look))
            }
            None => self.view_top(look),
        };
        // What lies over a screen is one of its own.
        let number = 3 * self.shown + over;
        let staged = stage::stage(look, number, shown);
        let resting = idle::resting(look, &self.idle, TimeZone::system, staged);
        self.in_part(stage::without_pointer(
            self.pointer != Pointer::Seen,
            resting,
        ))
    }

    /// What lies over all else.
    pub(super) fn view_top<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        match (&self.help, &self.kiosk.menu) {
            (Some(help), _) => help.view(look, &self.keys),
            (None, Some(menu)) => {
                let menu = menu.view(look).map(kiosk::Event::Menu);
                menu.map(Message::Kiosk)
            }
            (None, None) => self.view_screen(look),
        }
    }

    pub(super) fn view_screen<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        match &self.screen {
            Screen::Start(screen) => screen.view(look).map(Message::Start),
            Screen::Waiting(screen) => screen.view(look).map(Message::Waiting),
            Screen::Code(screen) => screen.view(look).map(Message::Code),
            Screen::SignedIn(screen) => screen.view(look).map(Message::SignedIn),
            Screen::Details(screen) => screen.view(look).map(Message::Details),
            Screen::Ended(screen) => screen.view(look).map(Message::Ended),
            Screen::Problem(screen) => screen.view(look).map(Message::Problem),
        }
    }
}

/// What is wrong with a configuration that isn't taken over.
fn unchanged(why: &Phrase) -> Phrase {
    Phrase::new("problem-unchanged").with("why", why.clone())
}
