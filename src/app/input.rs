//! What hands do: keys, the mouse, a finger.

use std::sync::Arc;

use iced::keyboard::key::Physical;
use iced::mouse::ScrollDelta;
use iced::{Task, keyboard};

use super::{App, Message, Pointer, Screen};
use crate::clock::Moment;
use crate::i18n::Direction;
use crate::screen::signed_in::tab::Audience;
use crate::screen::{code, details, ended, help, problem, service, signed_in, start, waiting};
use crate::ui::idle::Step;
use crate::ui::keys::{Gate, Heard, Hold, Press, Table};

impl App {
    /// A key went down or up.
    pub(super) fn key(&mut self, event: &keyboard::Event) -> Task<Message> {
        let now = self.now();
        self.window = Audience::Present;
        // Who uses keys has no use for it.
        if matches!(event, keyboard::Event::KeyPressed { .. }) && self.pointer == Pointer::Seen {
            self.pointer = Pointer::Hidden;
        }
        if let keyboard::Event::KeyPressed { repeat, .. } = event
            && !Table::is_never_ours(event)
            && !self.idle.takes(now, *repeat)
        {
            return self.tick();
        }
        if self.help.is_some() {
            if let Some(heard) = self.keys.hear(event) {
                self.on_help(&help::Message::Heard(heard, now));
            }
            return Task::none();
        }
        match event {
            keyboard::Event::KeyPressed {
                physical_key,
                repeat,
                ..
            } => match self.keys.press(event) {
                Some(press) if self.gate.lets_in(press, now) && self.pace.takes(now, *repeat) => {
                    (self.wrong, self.failed) = (None, 0);
                    self.hurry();
                    self.down(press, *physical_key, now)
                }
                Some(_) | None => Task::none(),
            },
            keyboard::Event::KeyReleased { physical_key, .. } => {
                let meant = self.hold.release(*physical_key, now);
                self.press_any(meant)
            }
            keyboard::Event::ModifiersChanged(_) => Task::none(),
        }
    }

    /// Nobody who is there waits for other TVs.
    fn hurry(&self) {
        if let Some(source) = self.screen.source() {
            source.hurry();
        }
    }

    fn down(&mut self, press: Press, key: Physical, now: Moment) -> Task<Message> {
        let earlier = self.hold.interrupt();
        let earlier = self.press_any(earlier);
        if !self.gate.lets_in(press, now) {
            return earlier;
        }
        if press == Press::Ok && matches!(self.screen, Screen::Start(_)) {
            self.asked_at = Some(now);
        }
        let this = if press == Press::Ok && self.menu_differs() {
            self.hold.begin(key, now);
            let (clock, due) = (Arc::clone(&self.clock), now + Hold::LONG);
            Task::future(async move {
                clock.sleep_until(due).await;
                Message::Held
            })
        } else {
            self.press(press)
        };
        Task::batch([earlier, this])
    }

    /// Some time ago OK went down.
    pub(super) fn held(&mut self) -> Task<Message> {
        let meant = self.hold.lasts(self.now());
        self.press_any(meant)
    }

    /// The right mouse button is Back.
    pub(super) fn right_click(&mut self) -> Task<Message> {
        let slept = self.idle.step() > Step::Awake;
        let woken = self.wake();
        if slept {
            return woken;
        }
        if self.help.is_none() {
            return self.press(Press::Back);
        }
        let heard = Heard {
            code: None,
            name: Some(self.look.say("help-right-button")),
            character: None,
            press: Some(Press::Back),
        };
        self.on_help(&help::Message::Heard(heard, self.now()));
        Task::none()
    }

    /// Shows the key tester over the screen, which goes on behind it.
    fn open_help(&mut self) {
        tracing::info!(from = self.screen.name(), to = "help", "screen");
        self.hold.forget();
        self.help = Some(help::State::new(self.now()));
    }

    pub(super) fn on_help(&mut self, message: &help::Message) {
        let Some(screen) = &mut self.help else {
            return;
        };
        match screen.update(message) {
            help::Action::None => {}
            help::Action::Leave => {
                self.help = None;
                self.gate = Gate::closed(self.clock.now());
                tracing::info!(from = "help", to = self.screen.name(), "screen");
            }
        }
    }

    fn press_any(&mut self, press: Option<Press>) -> Task<Message> {
        press.map_or_else(Task::none, |press| self.press(press))
    }

    /// Whether a long OK means something else than a short one.
    fn menu_differs(&self) -> bool {
        match &self.screen {
            _ if self.kiosk.menu.is_some() => false,
            Screen::SignedIn(screen) => screen.menu_differs(),
            Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Details(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => false,
        }
    }

    /// What a key asks for. Screens think in the direction of reading; on a mirrored one
    /// the keys are mirrored here.
    pub(super) fn press(&mut self, press: Press) -> Task<Message> {
        if self.kiosk.menu.is_none() && self.opens_service(press) {
            return Task::none();
        }
        let press = match self.look.language.direction() {
            Direction::LeftToRight => press,
            Direction::RightToLeft => press.mirrored(),
        };
        if press == Press::Help {
            self.open_help();
            return Task::none();
        }
        match &self.screen {
            _ if self.kiosk.menu.is_some() => self.on_service(service::Message::Press(press)),
            Screen::Start(_) => self.on_start(start::Message::Press(press)),
            Screen::Waiting(_) => self.on_waiting(waiting::Message::Press(press)),
            Screen::Code(_) => self.on_code(code::Message::Press(press)),
            Screen::SignedIn(_) => self.on_signed_in(signed_in::Message::Press(press)),
            Screen::Details(_) => self.on_details(details::Message::Press(press)),
            Screen::Ended(_) => self.on_ended(ended::Message::Press(press)),
            Screen::Problem(_) => self.on_problem(problem::Message::Press(press)),
        }
    }

    /// The wheel moves the focus where there is a list; elsewhere iced scrolls.
    pub(super) fn wheel(&mut self, delta: ScrollDelta) -> Task<Message> {
        let slept = self.idle.step() > Step::Awake;
        let woken = self.wake();
        if slept {
            return woken;
        }
        let steps = self.wheel.turn(delta, self.now());
        let press = if steps > 0 { Press::Up } else { Press::Down };
        let moves_focus = match &self.screen {
            _ if self.help.is_some() => false,
            _ if self.kiosk.menu.is_some() => true,
            Screen::SignedIn(_) | Screen::Details(_) => true,
            Screen::Start(_)
            | Screen::Waiting(_)
            | Screen::Code(_)
            | Screen::Ended(_)
            | Screen::Problem(_) => false,
        };
        let steps = if moves_focus { steps.abs() } else { 0 };
        let presses: Vec<_> = (0..steps).map(|_| self.press(press)).collect();
        Task::batch(presses)
    }
}
