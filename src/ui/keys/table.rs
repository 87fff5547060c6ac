//! Which key asks for what.

use std::collections::BTreeMap;

use iced::keyboard::key::{Code, Named, NativeCode, Physical};
use iced::keyboard::{Event, Key, Modifiers};

use super::Press;
use crate::config::KeyAction;

/// The keys of one action, as they are built in.
struct Keys {
    press: Press,
    /// Numbers that the kernel gives them.
    codes: &'static [u32],
    /// Names that they arrive under.
    names: &'static [Named],
    characters: &'static [&'static str],
}

/// All but the digits, in the order in which a person asks for them.
const KEYS: [Keys; 14] = [
    Keys {
        names: &[Named::ArrowUp],
        ..keys(Press::Up)
    },
    Keys {
        names: &[Named::ArrowDown],
        ..keys(Press::Down)
    },
    Keys {
        names: &[Named::ArrowLeft],
        ..keys(Press::Left)
    },
    Keys {
        names: &[Named::ArrowRight],
        ..keys(Press::Right)
    },
    Keys {
        codes: &[352, 353],
        names: &[Named::Enter, Named::Space, Named::Select],
        characters: &[" "],
        ..keys(Press::Ok)
    },
    Keys {
        codes: &[158, 174],
        names: &[
            Named::Escape,
            Named::Backspace,
            Named::BrowserBack,
            Named::GoBack,
            Named::Close,
        ],
        ..keys(Press::Back)
    },
    Keys {
        // Root and top menu are the remotes' of disc players.
        codes: &[139, 358, 438, 618, 619],
        names: &[Named::ContextMenu],
        ..keys(Press::Menu)
    },
    Keys {
        codes: &[172],
        names: &[Named::BrowserHome, Named::Home],
        ..keys(Press::Home)
    },
    Keys {
        codes: &[402, 407],
        names: &[Named::PageUp, Named::ChannelUp],
        ..keys(Press::NextChannel)
    },
    Keys {
        codes: &[403, 412],
        names: &[Named::PageDown, Named::ChannelDown],
        ..keys(Press::PreviousChannel)
    },
    Keys {
        codes: &[398],
        names: &[Named::BrowserRefresh, Named::F5],
        characters: &["r", "R"],
        ..keys(Press::Refresh)
    },
    Keys {
        codes: &[401],
        characters: &["a", "A"],
        ..keys(Press::Account)
    },
    Keys {
        codes: &[119, 164, 166, 200, 201, 207],
        names: &[
            Named::MediaPlay,
            Named::MediaPause,
            Named::MediaPlayPause,
            Named::Pause,
        ],
        ..keys(Press::Pause)
    },
    Keys {
        codes: &[138],
        names: &[Named::Help, Named::F1],
        characters: &["?"],
        ..keys(Press::Help)
    },
];

const fn keys(press: Press) -> Keys {
    Keys {
        press,
        codes: &[],
        names: &[],
        characters: &[],
    }
}

/// A remote's digits: 0 to 9.
const DIGITS: std::ops::RangeInclusive<u32> = 512..=521;

/// What arrived of a key, and what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The kernel's number of it, where that arrives.
    pub code: Option<u32>,
    /// The name that it arrives under.
    pub name: Option<String>,
    /// What it writes.
    pub character: Option<String>,
    /// What it asks for.
    pub press: Option<Press>,
}

/// The built-in table and what the user added to it; additions win.
#[derive(Debug, Clone, Default)]
pub struct Table {
    added: BTreeMap<String, KeyAction>,
}

impl Table {
    /// `added` maps an evdev code (`"398"`), a key's name (`"MediaPlay"`) or its
    /// character (`"x"`) to what it does.
    #[must_use]
    pub fn new(added: &BTreeMap<String, KeyAction>) -> Self {
        let added = added
            .iter()
            .map(|(key, action)| (key.to_lowercase(), *action))
            .collect();
        Self { added }
    }

    /// What the event asks for; nothing for keys that aren't ours and for held keys
    /// that act once.
    #[must_use]
    pub fn press(&self, event: &Event) -> Option<Press> {
        let Event::KeyPressed {
            key,
            modified_key,
            physical_key,
            modifiers,
            repeat,
            ..
        } = event
        else {
            return None;
        };
        if modifiers.intersects(Modifiers::CTRL | Modifiers::ALT | Modifiers::LOGO) {
            return None;
        }
        // Where digits and “?” are written with Shift they are no less what was meant.
        let press = self
            .meaning(key, *physical_key)
            .or_else(|| self.meaning(modified_key, *physical_key))
            .or_else(|| by_position(key, *physical_key))?;
        (press.repeats() || !repeat).then_some(press)
    }

    /// Whether it is a key of the TV itself: volume, mute, power. Nothing here follows from
    /// it, not even that the screen wakes.
    #[must_use]
    pub fn is_never_ours(event: &Event) -> bool {
        const NAMES: [Named; 5] = [
            Named::AudioVolumeUp,
            Named::AudioVolumeDown,
            Named::AudioVolumeMute,
            Named::Power,
            Named::Standby,
        ];
        /// Mute, volume, power; asleep.
        const CODES: [u32; 5] = [113, 114, 115, 116, 142];
        let Event::KeyPressed {
            key, physical_key, ..
        } = event
        else {
            return false;
        };
        matches!(key, Key::Named(named) if NAMES.contains(named))
            || (*key == Key::Unidentified
                && evdev(*physical_key).is_some_and(|code| CODES.contains(&code)))
    }

    /// What arrived, for whoever wants to know what their remote sends; nothing for
    /// releases and repeats.
    #[must_use]
    pub fn hear(&self, event: &Event) -> Option<Heard> {
        let Event::KeyPressed {
            key,
            physical_key,
            text,
            repeat: false,
            ..
        } = event
        else {
            return None;
        };
        let name = match key {
            Key::Named(named) => Some(format!("{named:?}")),
            Key::Character(_) | Key::Unidentified => None,
        };
        let written = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        let character = match key {
            Key::Character(character) => Some(character.as_str()),
            Key::Named(_) | Key::Unidentified => text.as_deref(),
        };
        Some(Heard {
            code: evdev(*physical_key),
            name,
            character: character.filter(|text| written(text)).map(str::to_owned),
            press: self.press(event),
        })
    }

    /// The keys that ask for `press` as they are shown: what the user added, then
    /// characters, names and codes that are built in and were not given another meaning.
    #[must_use]
    pub fn keys(&self, press: Press) -> Vec<String> {
        let added = self
            .added
            .iter()
            .filter(|(_, action)| Press::from(**action) == press)
            .map(|(key, _)| key.clone());
        let built_in = built_in(press)
            .into_iter()
            .filter(|key| !self.added.contains_key(&key.to_lowercase()));
        let mut keys = Vec::new();
        for key in added.chain(built_in) {
            if !keys
                .iter()
                .any(|known: &String| known.eq_ignore_ascii_case(&key))
            {
                keys.push(key);
            }
        }
        keys
    }

    fn meaning(&self, key: &Key, physical: Physical) -> Option<Press> {
        let code = evdev(physical);
        let added = |name: &str| {
            self.added
                .get(&name.to_lowercase())
                .copied()
                .map(Press::from)
        };
        code.and_then(|code| added(&code.to_string()))
            .or_else(|| match key {
                Key::Named(named) => added(&format!("{named:?}")),
                Key::Character(character) => added(character),
                Key::Unidentified => None,
            })
            .or_else(|| code.filter(|&code| code >= 128).and_then(by_code))
            .or_else(|| match key {
                Key::Named(named) => by_name(*named),
                Key::Character(character) => by_character(character),
                Key::Unidentified => None,
            })
            .or_else(|| code.and_then(by_code))
    }
}

/// What a key asks for by where it is, where the layout has nothing of ours there: a letter on
/// one without Latin letters, a digit on one that writes it with Shift, and the keypad's middle
/// key, which writes nothing without Num Lock.
fn by_position(key: &Key, physical: Physical) -> Option<Press> {
    const DIGITS: [Code; 10] = [
        Code::Digit0,
        Code::Digit1,
        Code::Digit2,
        Code::Digit3,
        Code::Digit4,
        Code::Digit5,
        Code::Digit6,
        Code::Digit7,
        Code::Digit8,
        Code::Digit9,
    ];
    let Physical::Code(code) = physical else {
        return None;
    };
    let Key::Character(written) = key else {
        let writes_nothing = *key == Key::Unidentified || *key == Key::Named(Named::Clear);
        return (code == Code::Numpad5 && writes_nothing).then_some(Press::Ok);
    };
    if let Some(digit) = DIGITS.iter().position(|&digit| digit == code) {
        return u8::try_from(digit).ok().map(Press::Channel);
    }
    let letters = [(Code::KeyR, Press::Refresh), (Code::KeyA, Press::Account)];
    let letter = letters.iter().find(|(letter, _)| *letter == code);
    letter
        .filter(|_| !written.is_ascii())
        .map(|(_, press)| *press)
}

/// The built-in keys of `press`, as they are shown.
fn built_in(press: Press) -> Vec<String> {
    if let Press::Channel(number) = press {
        let remote = DIGITS.start() + u32::from(number);
        return vec![number.to_string(), remote.to_string()];
    }
    let Some(keys) = KEYS.iter().find(|keys| keys.press == press) else {
        return Vec::new();
    };
    let characters = keys.characters.iter().filter(|text| **text != " ");
    characters
        .map(|&text| text.to_uppercase())
        .chain(keys.names.iter().map(|name| format!("{name:?}")))
        .chain(keys.codes.iter().map(u32::to_string))
        .collect()
}

/// The kernel's number of a key, where it arrives. Some keys lose it because they
/// have a name on the way; those that matter here get it back.
fn evdev(physical: Physical) -> Option<u32> {
    match physical {
        Physical::Unidentified(NativeCode::Xkb(code)) => Some(code),
        Physical::Unidentified(
            NativeCode::Unidentified
            | NativeCode::Android(_)
            | NativeCode::MacOS(_)
            | NativeCode::Windows(_),
        ) => None,
        Physical::Code(code) => NAMED_ON_THE_WAY
            .iter()
            .find(|(named, _)| *named == code)
            .map(|&(_, number)| number),
    }
}

/// From 12 on: below, a number in the configuration is a digit that a key writes.
const NAMED_ON_THE_WAY: [(Code, u32); 34] = [
    (Code::Backspace, 14),
    (Code::Tab, 15),
    (Code::Enter, 28),
    (Code::Space, 57),
    (Code::F1, 59),
    (Code::F2, 60),
    (Code::F3, 61),
    (Code::F4, 62),
    (Code::F5, 63),
    (Code::F6, 64),
    (Code::F7, 65),
    (Code::F8, 66),
    (Code::F9, 67),
    (Code::F10, 68),
    (Code::F11, 87),
    (Code::F12, 88),
    (Code::NumpadEnter, 96),
    (Code::Home, 102),
    (Code::ArrowUp, 103),
    (Code::PageUp, 104),
    (Code::ArrowLeft, 105),
    (Code::ArrowRight, 106),
    (Code::End, 107),
    (Code::ArrowDown, 108),
    (Code::PageDown, 109),
    (Code::AudioVolumeMute, 113),
    (Code::AudioVolumeDown, 114),
    (Code::AudioVolumeUp, 115),
    (Code::Pause, 119),
    (Code::ContextMenu, 127),
    (Code::MediaTrackNext, 163),
    (Code::MediaPlayPause, 164),
    (Code::MediaTrackPrevious, 165),
    (Code::MediaStop, 166),
];

fn by_code(code: u32) -> Option<Press> {
    if DIGITS.contains(&code) {
        return u8::try_from(code - DIGITS.start()).ok().map(Press::Channel);
    }
    first(|keys| keys.codes.contains(&code))
}

fn by_name(named: Named) -> Option<Press> {
    first(|keys| keys.names.contains(&named))
}

fn by_character(character: &str) -> Option<Press> {
    let digit = || character.parse().ok().filter(|number| *number <= 9);
    first(|keys| keys.characters.contains(&character)).or_else(|| digit().map(Press::Channel))
}

fn first(holds: impl Fn(&Keys) -> bool) -> Option<Press> {
    KEYS.iter().find(|keys| holds(keys)).map(|keys| keys.press)
}

#[cfg(test)]
mod tests;
