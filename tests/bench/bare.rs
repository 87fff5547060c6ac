//! The least that can be on the same screen: one text in a full-screen window, drawn by
//! the same renderer. `measure.py` compares tenfoot's first picture with this one's.

use iced::widget::{container, text};
use iced::{Element, Fill, Size, window};

fn main() -> iced::Result {
    iced::application(|| (), |(): &mut (), (): ()| {}, view)
        .window(window::Settings {
            size: Size::new(1920.0, 1080.0),
            fullscreen: true,
            decorations: false,
            ..window::Settings::default()
        })
        .run()
}

fn view((): &()) -> Element<'_, ()> {
    container(text("tenfoot").size(72)).center(Fill).into()
}
