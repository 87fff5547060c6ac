//! The user's own logo: read once, beside the screen, which shows our mark until it is there.

use std::path::PathBuf;

use iced::Task;
use iced::widget::image::Handle;

use super::{App, Message};
use crate::ui::{Look, brand};

impl App {
    /// How everything is drawn in this window.
    pub(super) fn looks(&self) -> Look {
        Look::new(self.part().size(), self.density, &self.display).with_logo(self.logo)
    }

    /// Reads the logo that the configuration names.
    pub(super) fn read_logo(&self) -> Task<Message> {
        let Some(path) = self.display.logo.clone() else {
            return Task::none();
        };
        Task::perform(read(path), Message::Logo)
    }

    pub(super) fn logo_read(&mut self, logo: Option<Handle>) {
        // Logos are few and are needed until the program ends.
        self.logo = logo.map(|logo| &*Box::leak(Box::new(logo)));
        self.look.logo = self.logo;
    }
}

async fn read(path: PathBuf) -> Option<Handle> {
    let reading = tokio::task::spawn_blocking(move || brand::read(&path));
    reading.await.unwrap_or_default()
}
