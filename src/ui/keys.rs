//! What a key means: the evdev code first, then the key's name, then its character.

mod compose;
mod gate;
mod hold;
mod table;
mod wheel;

pub use compose::compose_nothing;
pub use gate::{Gate, Pace};
pub use hold::Hold;
pub use table::{Heard, Table};
pub use wheel::Wheel;

use crate::config::KeyAction;

/// What a person asks for by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// Move the focus.
    Up,
    /// Move the focus.
    Down,
    /// Move the focus: to what comes before, in the direction of reading.
    Left,
    /// Move the focus: to what comes next, in the direction of reading.
    Right,
    /// Press what has the focus.
    Ok,
    /// One level up.
    Back,
    /// Details of what has the focus.
    Menu,
    /// The first channel's first item.
    Home,
    /// The next channel.
    NextChannel,
    /// The channel before.
    PreviousChannel,
    /// The channel of that number, counted from 1; 0 is the tenth.
    Channel(u8),
    /// Call the channel again.
    Refresh,
    /// The account menu.
    Account,
    /// Stop or resume calling the channel by itself.
    Pause,
    /// The key tester.
    Help,
}

impl Press {
    /// Whether holding the key repeats this. OK and Back act once.
    #[must_use]
    pub const fn repeats(self) -> bool {
        match self {
            Self::Up
            | Self::Down
            | Self::Left
            | Self::Right
            | Self::NextChannel
            | Self::PreviousChannel => true,
            Self::Ok
            | Self::Back
            | Self::Menu
            | Self::Home
            | Self::Channel(_)
            | Self::Refresh
            | Self::Account
            | Self::Pause
            | Self::Help => false,
        }
    }

    /// The same on a mirrored screen, where what comes next is on the left.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Up
            | Self::Down
            | Self::Ok
            | Self::Back
            | Self::Menu
            | Self::Home
            | Self::NextChannel
            | Self::PreviousChannel
            | Self::Channel(_)
            | Self::Refresh
            | Self::Account
            | Self::Pause
            | Self::Help => self,
        }
    }
}

impl From<KeyAction> for Press {
    fn from(action: KeyAction) -> Self {
        match action {
            KeyAction::Up => Self::Up,
            KeyAction::Down => Self::Down,
            KeyAction::Left => Self::Left,
            KeyAction::Right => Self::Right,
            KeyAction::Ok => Self::Ok,
            KeyAction::Back => Self::Back,
            KeyAction::Menu => Self::Menu,
            KeyAction::Home => Self::Home,
            KeyAction::NextChannel => Self::NextChannel,
            KeyAction::PreviousChannel => Self::PreviousChannel,
            KeyAction::Refresh => Self::Refresh,
            KeyAction::Account => Self::Account,
            KeyAction::Pause => Self::Pause,
            KeyAction::Help => Self::Help,
        }
    }
}
