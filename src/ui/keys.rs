//! What a key means: the evdev code first, then the key's name, then its character.

use std::collections::BTreeMap;
use std::time::Duration;

use iced::keyboard::key::{Code, Named, NativeCode, Physical};
use iced::keyboard::{Event, Key, Modifiers};

use crate::clock::Moment;
use crate::config::KeyAction;

/// What a person asks for by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// Move the focus.
    Up,
    /// Move the focus.
    Down,
    /// Move the focus.
    Left,
    /// Move the focus.
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
            | Self::Pause => false,
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
        }
    }
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
        let press = self.meaning(key, *physical_key)?;
        (press.repeats() || !repeat).then_some(press)
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

/// Nobody presses a key for a screen that has just appeared: what arrives in the
/// first moments was meant for the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    opens: Moment,
}

impl Gate {
    const PAUSE: Duration = Duration::from_millis(150);

    /// Closed from `now` on, for a little.
    #[must_use]
    pub fn closed(now: Moment) -> Self {
        Self {
            opens: now + Self::PAUSE,
        }
    }

    /// Whether keys count.
    #[must_use]
    pub fn is_open(self, now: Moment) -> bool {
        now >= self.opens
    }
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

const NAMED_ON_THE_WAY: [(Code, u32); 6] = [
    (Code::Pause, 119),
    (Code::ContextMenu, 127),
    (Code::MediaTrackNext, 163),
    (Code::MediaPlayPause, 164),
    (Code::MediaTrackPrevious, 165),
    (Code::MediaStop, 166),
];

fn by_code(code: u32) -> Option<Press> {
    Some(match code {
        352 | 353 => Press::Ok,
        158 | 174 => Press::Back,
        139 | 438 | 358 => Press::Menu,
        172 => Press::Home,
        402 | 407 => Press::NextChannel,
        403 | 412 => Press::PreviousChannel,
        512..=521 => Press::Channel(u8::try_from(code - 512).ok()?),
        398 => Press::Refresh,
        401 => Press::Account,
        119 | 164 | 166 | 200 | 201 | 207 => Press::Pause,
        _ => return None,
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "iced names some 300 keys, and most aren't ours"
)]
const fn by_name(named: Named) -> Option<Press> {
    Some(match named {
        Named::ArrowUp => Press::Up,
        Named::ArrowDown => Press::Down,
        Named::ArrowLeft => Press::Left,
        Named::ArrowRight => Press::Right,
        Named::Enter | Named::Space | Named::Select => Press::Ok,
        Named::Escape | Named::Backspace | Named::BrowserBack | Named::GoBack | Named::Close => {
            Press::Back
        }
        Named::ContextMenu => Press::Menu,
        Named::BrowserHome | Named::Home => Press::Home,
        Named::PageUp | Named::ChannelUp => Press::NextChannel,
        Named::PageDown | Named::ChannelDown => Press::PreviousChannel,
        Named::BrowserRefresh | Named::F5 => Press::Refresh,
        Named::MediaPlay | Named::MediaPause | Named::MediaPlayPause | Named::Pause => Press::Pause,
        _ => return None,
    })
}

fn by_character(character: &str) -> Option<Press> {
    Some(match character {
        " " => Press::Ok,
        "r" | "R" => Press::Refresh,
        "a" | "A" => Press::Account,
        digit => Press::Channel(digit.parse().ok().filter(|number| *number <= 9)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::Location;

    fn pressed(key: Key, physical_key: Physical) -> Event {
        Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key,
            location: Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat: false,
        }
    }

    fn held(event: &Event) -> Event {
        let mut event = event.clone();
        if let Event::KeyPressed { repeat, .. } = &mut event {
            *repeat = true;
        }
        event
    }

    fn evdev(code: u32) -> Event {
        pressed(Key::Unidentified, xkb(code))
    }

    fn xkb(code: u32) -> Physical {
        Physical::Unidentified(NativeCode::Xkb(code))
    }

    fn named(named: Named) -> Event {
        pressed(Key::Named(named), xkb(0))
    }

    fn character(character: &str) -> Event {
        pressed(Key::Character(character.into()), xkb(0))
    }

    fn means(event: &Event) -> Option<Press> {
        Table::default().press(event)
    }

    #[test]
    fn remote_keys_without_a_name_are_known_by_their_code() {
        assert_eq!(means(&evdev(352)), Some(Press::Ok));
        assert_eq!(means(&evdev(353)), Some(Press::Ok));
        assert_eq!(means(&evdev(158)), Some(Press::Back));
        assert_eq!(means(&evdev(402)), Some(Press::NextChannel));
        assert_eq!(means(&evdev(403)), Some(Press::PreviousChannel));
        assert_eq!(means(&evdev(407)), Some(Press::NextChannel));
        assert_eq!(means(&evdev(412)), Some(Press::PreviousChannel));
        assert_eq!(means(&evdev(398)), Some(Press::Refresh));
        assert_eq!(means(&evdev(401)), Some(Press::Account));
        assert_eq!(means(&evdev(139)), Some(Press::Menu));
        assert_eq!(means(&evdev(438)), Some(Press::Menu));
        assert_eq!(means(&evdev(358)), Some(Press::Menu));
        assert_eq!(means(&evdev(172)), Some(Press::Home));
        for (number, code) in (512..=521).enumerate() {
            assert_eq!(
                means(&evdev(code)),
                Some(Press::Channel(u8::try_from(number).unwrap()))
            );
        }
        for code in [164, 166, 200, 201, 207] {
            assert_eq!(means(&evdev(code)), Some(Press::Pause), "{code}");
        }
    }

    #[test]
    fn key_stop_arrives_as_cancel_and_is_not_back() {
        assert_eq!(means(&pressed(Key::Named(Named::Cancel), xkb(128))), None);
    }

    #[test]
    fn key_exit_arrives_as_close_and_is_back() {
        assert_eq!(
            means(&pressed(Key::Named(Named::Close), xkb(174))),
            Some(Press::Back)
        );
        assert_eq!(means(&named(Named::Close)), Some(Press::Back));
    }

    #[test]
    fn key_back_arrives_as_browser_back() {
        assert_eq!(
            means(&pressed(Key::Named(Named::BrowserBack), xkb(158))),
            Some(Press::Back)
        );
    }

    #[test]
    fn play_and_pause_keys_arrive_under_several_names() {
        assert_eq!(means(&named(Named::MediaPlay)), Some(Press::Pause));
        assert_eq!(means(&named(Named::Pause)), Some(Press::Pause));
        assert_eq!(
            means(&pressed(
                Key::Unidentified,
                Physical::Code(Code::MediaPlayPause)
            )),
            Some(Press::Pause)
        );
    }

    #[test]
    fn a_high_code_wins_over_a_name_that_says_something_else() {
        assert_eq!(
            means(&pressed(Key::Named(Named::Escape), xkb(352))),
            Some(Press::Ok)
        );
    }

    #[test]
    fn a_keyboard_is_enough() {
        assert_eq!(means(&named(Named::ArrowLeft)), Some(Press::Left));
        assert_eq!(means(&named(Named::Enter)), Some(Press::Ok));
        assert_eq!(means(&named(Named::Space)), Some(Press::Ok));
        assert_eq!(means(&named(Named::Escape)), Some(Press::Back));
        assert_eq!(means(&named(Named::Backspace)), Some(Press::Back));
        assert_eq!(means(&named(Named::PageUp)), Some(Press::NextChannel));
        assert_eq!(means(&named(Named::PageDown)), Some(Press::PreviousChannel));
        assert_eq!(means(&character("3")), Some(Press::Channel(3)));
        assert_eq!(means(&character("R")), Some(Press::Refresh));
        assert_eq!(means(&character("a")), Some(Press::Account));
        assert_eq!(means(&character("q")), None);
    }

    #[test]
    fn volume_mute_and_power_are_never_ours() {
        for key in [
            Named::AudioVolumeUp,
            Named::AudioVolumeDown,
            Named::AudioVolumeMute,
            Named::Power,
        ] {
            assert_eq!(means(&named(key)), None, "{key:?}");
        }
        for code in [113, 114, 115, 116] {
            assert_eq!(means(&evdev(code)), None, "{code}");
        }
    }

    #[test]
    fn ok_and_back_act_once_while_arrows_repeat() {
        assert_eq!(means(&held(&named(Named::Enter))), None);
        assert_eq!(means(&held(&named(Named::Escape))), None);
        assert_eq!(means(&held(&named(Named::ArrowDown))), Some(Press::Down));
    }

    #[test]
    fn shortcuts_of_the_desktop_are_left_alone() {
        let mut event = named(Named::Enter);
        if let Event::KeyPressed { modifiers, .. } = &mut event {
            *modifiers = Modifiers::ALT;
        }
        assert_eq!(means(&event), None);
    }

    #[test]
    fn what_the_user_added_wins_by_code_name_and_character() {
        let added = [
            ("398", KeyAction::Home),
            ("MediaPlay", KeyAction::Ok),
            ("x", KeyAction::Back),
        ];
        let table = Table::new(
            &added
                .into_iter()
                .map(|(key, action)| (key.to_owned(), action))
                .collect(),
        );
        assert_eq!(table.press(&evdev(398)), Some(Press::Home));
        assert_eq!(table.press(&named(Named::MediaPlay)), Some(Press::Ok));
        assert_eq!(table.press(&character("x")), Some(Press::Back));
        assert_eq!(table.press(&evdev(401)), Some(Press::Account));
    }

    #[test]
    fn a_gate_lets_nothing_through_for_150_milliseconds() {
        let start = Moment::from_boot(Duration::from_secs(7));
        let gate = Gate::closed(start);
        assert!(!gate.is_open(start + Duration::from_millis(149)));
        assert!(gate.is_open(start + Duration::from_millis(150)));
    }
}
