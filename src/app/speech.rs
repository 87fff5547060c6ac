//! What the screen says aloud, where that is wanted.

use std::path::Path;

use super::{App, Screen};
use crate::config::Display;
use crate::i18n::Language;
use crate::screen::spoken::Spoken;
use crate::speech::{self, Voice};

/// A voice, and what it said last.
#[derive(Debug, Default)]
pub(super) struct Speaker {
    voice: Option<Voice>,
    said: Option<Spoken>,
}

impl Speaker {
    /// As the configuration wants it.
    pub(super) fn new(display: &Display) -> Self {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").filter(|_| display.speech);
        let language = display.language.unwrap_or(Language::English);
        let voice = runtime.and_then(|directory| {
            Voice::new(speech::socket(Path::new(&directory)), language.tag())
        });
        Self { voice, said: None }
    }

    fn say(&mut self, spoken: Spoken) {
        if let (Some(voice), Some(words)) = (&self.voice, spoken.since(self.said.as_ref())) {
            voice.speak(words);
        }
        self.said = Some(spoken);
    }
}

impl App {
    /// Says what is new on the screen.
    pub(super) fn speak(&mut self) {
        if self.speaker.voice.is_some() {
            self.speaker.say(self.spoken());
        }
    }

    pub(super) fn spoken(&self) -> Spoken {
        let look = &self.look;
        if self.help.is_some() {
            return Spoken::new([look.say("help-title")], String::new());
        }
        if let Some(menu) = &self.kiosk.menu {
            return menu.spoken(look);
        }
        match &self.screen {
            Screen::Start(screen) => screen.spoken(look),
            Screen::Waiting(screen) => screen.spoken(look),
            Screen::Code(screen) => screen.spoken(look),
            Screen::SignedIn(screen) => screen.spoken(look),
            Screen::Details(screen) => screen.spoken(look),
            Screen::Ended(screen) => screen.spoken(look),
            Screen::Problem(screen) => screen.spoken(look),
        }
    }
}
