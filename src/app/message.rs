//! Everything that can happen, and how what iced tells becomes a part of it.

use futures::{Stream, stream};
use iced::widget::image::Handle;
use iced::{Event, Point, Size, keyboard, mouse, touch};

use super::preload::{Beginning, Restored};
use super::{Boot, kiosk};
use crate::config;
use crate::i18n::Phrase;
use crate::screen::{code, details, ended, problem, signed_in, start, waiting};
use crate::session::profiles::People;
use crate::session::{Profile, sign_in};
use crate::setup::Setup;
use crate::stop;

/// Whether the mouse's pointer is seen: not before it moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pointer {
    /// Nothing is known about it.
    Hidden,
    /// It lies where it was when the window opened.
    Resting(Point),
    /// Somebody moves it.
    Seen,
}

impl Pointer {
    /// Less than this many pixels is a knock against the table.
    const KNOCK: f32 = 8.0;

    pub(super) fn moved(self, to: Point) -> Self {
        match self {
            Self::Hidden => Self::Resting(to),
            Self::Resting(from) if from.distance(to) < Self::KNOCK => self,
            Self::Resting(_) | Self::Seen => Self::Seen,
        }
    }
}

/// Whether somebody wanted the configuration to be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// They pressed a key.
    Somebodys,
    /// It was time for it.
    None,
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub(super) enum Message {
    Key(keyboard::Event),
    /// A press of OK has lasted for long by now, if it still lasts.
    Held,
    /// Keys come here.
    Focused,
    /// Keys go elsewhere.
    Unfocused,
    RightClick,
    Wheel(mouse::ScrollDelta),
    PointerMoved(Point),
    /// A click, or a finger; what it is on hears of it by itself.
    Touched,
    /// It has been quiet for some time.
    Rest,
    Opened(iced::window::Id, Size),
    /// The window has the size now that it keeps.
    Settled,
    Resized(Size),
    Rescaled(f32),
    Tick,
    Kiosk(kiosk::Event),
    /// The service manager, or Ctrl-C, wants the program to end.
    Stopped,
    /// The window is being closed.
    CloseRequested,
    /// What an attempt to sign in says; with its number.
    Flow(u64, sign_in::Event),
    /// What was stored for that profile.
    Restored(Profile, Restored),
    DemoStarted(Result<Setup, Phrase>),
    /// What a start goes on with, where the disk took its time.
    Beginning(Beginning),
    /// The display's outputs, now and after a change.
    Outputs(crate::kiosk::outputs::Outputs),
    /// What is stored was changed by another program.
    StoreChanged,
    /// Somebody signed in with another program.
    FoundSession(Profile, Restored),
    /// Who is kept, where the disk took its time.
    People(People),
    /// What the app starts from, where the disk took its time.
    Booted(Box<Boot>, Wish),
    /// Another configuration made ready, where the disk took its time.
    SetUp(Box<Result<Setup, Phrase>>),
    /// What the configuration's file says.
    Configured(Box<Result<config::Config, config::Error>>),
    /// The user's own logo, where it could be read.
    Logo(Option<Handle>),
    Start(start::Message),
    Waiting(waiting::Message),
    Code(code::Message),
    SignedIn(signed_in::Message),
    Details(details::Message),
    Ended(ended::Message),
    Problem(problem::Message),
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most of what iced tells isn't meant for us"
)]
pub(super) fn input(event: Event, id: iced::window::Id) -> Option<Message> {
    Some(match event {
        Event::Keyboard(
            event @ (keyboard::Event::KeyPressed { .. } | keyboard::Event::KeyReleased { .. }),
        ) => Message::Key(event),
        Event::Window(iced::window::Event::Unfocused) => Message::Unfocused,
        Event::Window(iced::window::Event::Focused) => Message::Focused,
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right | mouse::Button::Back)) => {
            Message::RightClick
        }
        Event::Mouse(mouse::Event::ButtonPressed(_))
        | Event::Touch(touch::Event::FingerPressed { .. }) => Message::Touched,
        Event::Mouse(mouse::Event::WheelScrolled { delta }) => Message::Wheel(delta),
        Event::Window(iced::window::Event::Opened { size, .. }) => Message::Opened(id, size),
        Event::Window(iced::window::Event::Resized(size)) => Message::Resized(size),
        Event::Window(iced::window::Event::Rescaled(density)) => Message::Rescaled(density),
        Event::Window(iced::window::Event::CloseRequested) => Message::CloseRequested,
        _ => return None,
    })
}

pub(super) fn pointer_moved(event: &Event) -> Option<Message> {
    let Event::Mouse(mouse::Event::CursorMoved { position }) = event else {
        return None;
    };
    Some(Message::PointerMoved(*position))
}

pub(super) fn stopped() -> impl Stream<Item = Message> {
    stream::once(async {
        stop::asked().await;
        Message::Stopped
    })
}
