//! How the service menu is drawn.

use iced::alignment::Horizontal;
use iced::widget::{Column, Row, column, container, row};
use iced::{Color, Length, Size};

use super::pad::{COLUMNS, KEYS, Pad};
use super::{Choice, Message, State, Step, caption};
use crate::doctor::{self, Finding};
use crate::ui::focus::Line;
use crate::ui::metrics::{Gap, Role};
use crate::ui::scroll_text::words;
use crate::ui::widget::{self, GROWTH, Weight, slot};
use crate::ui::{Element, Look, font};

impl State {
    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        match &self.step {
            Step::Pin(pad) => self.pin(look, pad),
            Step::Menu(line) => menu(look, *line, self.has_exit()),
            Step::Looking => {
                diagnosis(look, false, widget::body(look, look.say("service-looking")))
            }
            Step::Found(findings) => {
                let found = findings.iter().map(|finding| told(look, finding));
                let found = Column::with_children(found).spacing(look.metrics.gap(Gap::Small));
                diagnosis(look, true, found.width(Length::Fill))
            }
        }
    }

    fn pin<'a>(&'a self, look: &Look, pad: &'a Pad) -> Element<'a, Message> {
        let metrics = look.metrics;
        let (wide, padding) = if metrics.large_text() {
            (1500.0, 28.0)
        } else {
            (980.0, 56.0)
        };
        let wide = metrics.room().width.min(wide);
        let around = 2.0 * (slot() + GROWTH);
        let each = (wide - 2.0 * padding) / COLUMNS as f32 - around;
        let key = |key: &super::Key| {
            widget::press_in(
                look,
                Size::new(each, metrics.target()),
                key.caption(),
                Weight::Primary,
                pad.has_focus(*key),
                Message::Typed(*key),
            )
        };
        let rows = KEYS.chunks(COLUMNS);
        let rows = rows.map(|keys| Row::with_children(keys.iter().map(key)).into());
        let (said, color) = match self.refused(look, pad) {
            Some(refused) => (refused, look.palette.warning),
            None => (look.say("service-pin-how"), look.palette.muted),
        };
        let content = column![
            heading(look, look.say("service-pin")),
            dots(look, pad.count()),
            widget::small(look, said).color(color),
            Column::with_children(rows),
        ];
        let content = content.spacing(metrics.gap(Gap::Small));
        let keys = [
            ("0–9".to_owned(), look.say("service-type")),
            ("OK".to_owned(), look.say("key-choose")),
            (look.say("key-back"), look.say("service-close")),
        ];
        framed(look, wide, padding, content, keys)
    }
}

/// A dot for each digit, a dash where there is none.
fn dots<'a>(look: &Look, count: usize) -> Element<'a, Message> {
    let dots = if count == 0 {
        "–".to_owned()
    } else {
        vec!["•"; count].join(" ")
    };
    widget::label(look, Role::Heading, font::STRONG, look.palette.accent, dots).into()
}

fn menu<'a>(look: &Look, line: Line<Choice>, has_exit: bool) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (wide, padding) = if metrics.large_text() {
        (1300.0, 28.0)
    } else {
        (760.0, 56.0)
    };
    let wide = metrics.room().width.min(wide);
    let size = Size::new(
        wide - 2.0 * padding - 2.0 * (slot() + GROWTH),
        metrics.target(),
    );
    let buttons = line.choices().iter().map(|&choice| {
        let weight = if choice == Choice::Close {
            Weight::Primary
        } else {
            Weight::Secondary
        };
        let focused = line.is(choice);
        let message = Message::Chosen(choice);
        widget::press_in(
            look,
            size,
            look.say(caption(choice)),
            weight,
            focused,
            message,
        )
    });
    let buttons = Column::with_children(buttons).align_x(Horizontal::Center);
    let shut = (!has_exit)
        .then(|| widget::small(look, look.say("service-shut")).color(look.palette.warning));
    let content = column![heading(look, look.say("service-title")), shut, buttons];
    let keys = [
        ("↑ ↓".to_owned(), look.say("key-move")),
        ("OK".to_owned(), look.say("key-choose")),
        (look.say("key-back"), look.say("service-close")),
    ];
    let content = content.spacing(metrics.gap(Gap::Medium));
    framed(look, wide, padding, content, keys)
}

/// On a panel in the middle, as the account menu is.
fn framed<'a>(
    look: &Look,
    wide: f32,
    padding: f32,
    content: impl Into<Element<'a, Message>>,
    keys: [(String, String); 3],
) -> Element<'a, Message> {
    let panel = widget::card(look, padding, content).width(Length::Fixed(look.metrics.px(wide)));
    let body = container(panel).center(Length::Fill);
    widget::page(look, body, widget::legend(look, keys))
}

fn heading<'a>(look: &Look, content: String) -> widget::Label<'a> {
    let text = look.palette.text;
    widget::label(look, Role::Heading, font::STRONG, text, content)
}

/// What is known of everything that signing in depends on, and the way back.
fn diagnosis<'a>(
    look: &Look,
    scrolls: bool,
    said: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let back = look.say("key-back");
    let content = column![
        widget::title(look, look.say("service-diagnose")),
        container(words(look, said)).height(Length::Fill),
        widget::press(look, back.clone(), Weight::Primary, true, Message::Back),
    ];
    let content = content.spacing(look.metrics.gap(Gap::Small));
    let scroll = scrolls.then(|| ("↑ ↓".to_owned(), look.say("key-scroll")));
    let keys = scroll
        .into_iter()
        .chain([(back, look.say("service-title"))]);
    widget::page(look, content, widget::legend(look, keys))
}

/// How it stands with something, what was seen, and what to do about it.
fn told<'a>(look: &Look, finding: &Finding) -> Element<'a, Message> {
    let (state, color) = standing(look, finding.state);
    let name = format!("{} · {}", look.say(state), look.say(finding.check.name()));
    let remedy = finding.remedy.as_ref();
    let name = widget::label(look, Role::Body, font::STRONG, color, name);
    let seen = column![
        widget::body(look, look.tell(&finding.seen.clone().alone())),
        remedy.map(|remedy| widget::small(look, look.tell(&remedy.words))),
    ]
    .spacing(look.metrics.gap(Gap::Hair))
    .width(Length::Fill);
    if look.metrics.large_text() {
        return column![name, seen].into();
    }
    /// Room for the longest state and the longest check.
    const NAME: f32 = 460.0;
    let name = name.width(Length::Fixed(look.metrics.px(NAME)));
    row![name, seen]
        .spacing(look.metrics.gap(Gap::Small))
        .into()
}

fn standing(look: &Look, state: doctor::State) -> (&'static str, Color) {
    let palette = look.palette;
    match state {
        doctor::State::Good => ("service-good", palette.text),
        doctor::State::Weak => ("service-weak", palette.warning),
        doctor::State::Bad => ("service-bad", palette.danger),
        doctor::State::Skipped => ("service-skipped", palette.muted),
    }
}
