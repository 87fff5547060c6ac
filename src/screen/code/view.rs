//! How the code screen is drawn: all of it where the texts leave the room, else what must be
//! there.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row, text};
use iced::{Background, Border, Length};

use super::letters::{address, code_card, has_gap};
use super::{Choice, Message, State};
use crate::i18n::Phrase;
use crate::oauth::flow::Prompt;
use crate::ui::metrics::{CODE, Gap, ROOMY_TEXT, Role};
use crate::ui::qr::Qr;
use crate::ui::scroll_text::{bar_width, words};
use crate::ui::theme::QR_CARD;
use crate::ui::widget::{self, Button, Label, Weight, Widths};
use crate::ui::{Element, Look, brand, font, ring};

impl State {
    /// Draws it.
    pub fn view<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let way = |form: Form, scrolls: bool| {
            let halves = self.halves(look, form);
            column![halves, self.below(look, scrolls)]
                .spacing(look.metrics.gap(Gap::Small))
                .into()
        };
        let ways = vec![
            way(Form::Steps { logo: true }, false),
            way(Form::Steps { logo: false }, false),
            way(Form::Plain, false),
            way(Form::Plain, true),
        ];
        widget::whole_page(look, 0.0, widget::fitting(ways))
    }

    fn halves<'a>(&'a self, look: &Look, form: Form) -> Element<'a, Message> {
        let metrics = look.metrics;
        let gutter = match form {
            Form::Steps { .. } => Gap::Large,
            Form::Plain => Gap::Gutter,
        };
        let beside = if metrics.portrait() {
            0.0
        } else {
            metrics.qr_card() + gutter.base()
        };
        let width = metrics.room().width - beside - bar_width(look);
        let (said, scan) = match form {
            Form::Steps { .. } => (self.steps(look, width), self.scan(look)),
            Form::Plain => (self.plain(look, width), self.scan_and_time(look)),
        };
        let logo = (form == Form::Steps { logo: true }).then(|| brand::brand(look));
        if metrics.portrait() {
            let scan = container(scan).center_x(Length::Fill);
            let said = container(words(look, said)).center_y(Length::Fill);
            return column![logo, scan, said]
                .spacing(metrics.gap(Gap::Small))
                .height(Length::Fill)
                .into();
        }
        let left = column![logo, container(words(look, said)).center_y(Length::Fill)]
            .spacing(metrics.gap(Gap::Small));
        let right = container(scan).center_y(Length::Fill);
        row![left.width(Length::Fill), right]
            .spacing(metrics.gap(gutter))
            .height(Length::Fill)
            .into()
    }

    /// The buttons, and the keys where there is room beside them.
    fn below<'a>(&self, look: &Look, scrolls: bool) -> Element<'a, Message> {
        let button = |choice, id, weight| Button {
            caption: look.say(id).into(),
            weight,
            focused: self.buttons.is(choice),
            message: Message::Chosen(choice),
        };
        let choices = vec![
            button(Choice::Entered, "code-entered", Weight::Primary),
            button(Choice::NewCode, "code-new", Weight::Secondary),
        ];
        let room = look.metrics.room().width;
        let captions = choices.iter().map(|button| button.caption.as_ref());
        let widths = Widths::new(look, captions, room);
        let scroll = scrolls.then(|| ("↑ ↓".to_owned(), look.say("key-scroll")));
        let keys = [("OK".to_owned(), look.say("key-choose"))]
            .into_iter()
            .chain(scroll)
            .chain([
                ("← →".to_owned(), look.say("key-move")),
                (look.say("key-back"), look.say("key-cancel")),
            ]);
        let beside = room - widths.size(look).width - Gap::Gutter.base();
        let legend = widget::legend_in(look, beside, keys);
        row![
            widget::buttons(look, &widths, choices),
            Space::new().width(Length::Fill),
            legend
        ]
        .align_y(Vertical::Center)
        .into()
    }

    /// The steps with their numbers, and what goes on.
    fn steps<'a>(&'a self, look: &Look, width: f32) -> Element<'a, Message> {
        let inner = width - STEP - Gap::Medium.base();
        let Said { go, enter, trust } = self.said(look, inner, Role::Body, true);
        let told = column![self.time_left(look, Role::Body), self.activity(look)];
        // Whether it takes a line or two, nothing else moves while somebody copies the code.
        let lines = look.metrics.line(Role::Body) + 2.0 * look.metrics.line(Role::Small);
        let told = container(told).height(Length::Fixed(look.metrics.px(lines)));
        let progress = row![self.ring(look), told].spacing(look.metrics.gap(Gap::Medium));
        column![
            step(look, "1", go),
            step(look, "2", enter),
            step(look, "3", trust),
            progress
        ]
        .spacing(look.metrics.gap(Gap::Gutter))
        .into()
    }

    /// The same words alone.
    fn plain<'a>(&'a self, look: &Look, width: f32) -> Element<'a, Message> {
        let Said { go, enter, trust } = self.said(look, width, Role::Small, false);
        let unusual = self.pending.is_unusual().then(|| self.activity(look));
        column![go, enter, trust, unusual]
            .spacing(look.metrics.gap(Gap::Small))
            .into()
    }

    fn said<'a>(&'a self, look: &Look, width: f32, role: Role, framed: bool) -> Said<'a> {
        let prompt = &self.pending.prompt;
        let label = |id| widget::label(look, role, font::REGULAR, look.palette.text, look.say(id));
        let pair = |label, thing| {
            column![label, thing]
                .spacing(look.metrics.gap(Gap::Hair))
                .into()
        };
        let largest = largest_code(look);
        // Without the steps' frame there is little room.
        let host = if framed {
            "code-host"
        } else {
            "code-host-short"
        };
        let host = Phrase::new(host).with("host", prompt.page_host());
        let trust = column![
            label("code-safety"),
            widget::small(look, look.tell(&host)),
            self.pending
                .guest
                .then(|| widget::small(look, look.say("code-guest"))),
        ];
        Said {
            go: pair(
                label("code-go"),
                address(look, &prompt.verification_uri, width),
            ),
            enter: pair(
                label(enter_words(prompt, width)),
                code_card(look, &prompt.user_code, width, largest, framed),
            ),
            trust: trust.spacing(look.metrics.gap(Gap::Hair)).into(),
        }
    }

    fn ring<'a>(&self, look: &Look) -> Element<'a, Message> {
        let part = self.pending.part_left();
        let color = if part < LITTLE {
            look.palette.warning
        } else {
            look.palette.accent
        };
        ring::ring(look, STEP, part, color)
    }

    fn time_left<'a>(&self, look: &Look, role: Role) -> Label<'a> {
        let words = look.tell(&self.pending.time_left());
        let color = if self.pending.part_left() < LITTLE {
            look.palette.warning
        } else {
            look.palette.text
        };
        widget::label(look, role, font::MEDIUM, color, words)
    }

    fn activity<'a>(&self, look: &Look) -> Label<'a> {
        widget::small(look, look.tell(&self.pending.activity()))
            .color(self.pending.tone(look.palette))
            .width(Length::Fill)
    }

    /// The QR with what it is for below it, where there is room for that.
    fn scan<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let hint = look.say(match self.pending.prompt.verification_uri_complete {
            Some(_) => "code-scan-filled",
            None => "code-scan",
        });
        let width = metrics.qr_card() - 2.0 * Gap::Gutter.base();
        let lines = font::wrap(&hint, width / metrics.text_base(Role::Small)).len();
        let below = lines as f32 * metrics.line(Role::Small) + Gap::Small.base();
        let room = metrics.room().height - metrics.target() - 2.0 * Gap::Gutter.base();
        let hint = (self.qr.is_some() && metrics.qr_card() + below <= room).then(|| {
            widget::small(look, hint)
                .align_x(Horizontal::Center)
                .width(Length::Fixed(metrics.px(width)))
        });
        column![self.qr.as_ref().map(|qr| card(look, qr)), hint]
            .spacing(metrics.gap(Gap::Small))
            .align_x(Horizontal::Center)
            .into()
    }

    /// The QR with the time left: wherever the words are scrolled to, this is seen. Where
    /// these may have to be scrolled, a word of what is unusual is worth more than the time,
    /// which the ring shows.
    fn scan_and_time<'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let metrics = look.metrics;
        let unusual = (metrics.text_scale() > ROOMY_TEXT)
            .then(|| self.pending.unusual())
            .flatten();
        let said = match unusual {
            Some(unusual) => widget::small(look, look.tell(&unusual))
                .color(self.pending.tone(look.palette))
                .wrapping(Wrapping::None),
            None => self.time_left(look, Role::Small),
        };
        let said = row![self.ring(look), said]
            .spacing(metrics.gap(Gap::Small))
            .align_y(Vertical::Center);
        column![self.qr.as_ref().map(|qr| card(look, qr)), said]
            .spacing(metrics.gap(Gap::Tight))
            .align_x(Horizontal::Center)
            .into()
    }
}

/// How the words are set: with the numbers of the steps, or for want of room without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Steps { logo: bool },
    Plain,
}

/// What is said of each step.
struct Said<'a> {
    go: Element<'a, Message>,
    enter: Element<'a, Message>,
    trust: Element<'a, Message>,
}

/// What is to be done with the code, and what isn't seen of it.
fn enter_words(prompt: &Prompt, width: f32) -> &'static str {
    if prompt.is_code_in_address() {
        return "code-compare";
    }
    match (
        prompt.is_case_sensitive(),
        has_gap(&prompt.user_code, width),
    ) {
        (false, false) => "code-enter",
        (false, true) => "code-enter-gap",
        (true, false) => "code-enter-case",
        (true, true) => "code-enter-case-gap",
    }
}

/// The white card that the QR lies on.
fn card<'a>(look: &Look, qr: &Qr) -> Element<'a, Message> {
    let radius = look.metrics.px(28.0);
    container(qr.view(look))
        .center(Length::Fixed(look.metrics.px(look.metrics.qr_card())))
        .style(move |_| container::Style {
            background: Some(Background::Color(QR_CARD)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}

/// A code grows with the texts around it, until these need the room.
fn largest_code(look: &Look) -> f32 {
    let scale = look.metrics.text_scale();
    if scale <= ROOMY_TEXT {
        CODE * scale
    } else {
        CODE
    }
}

/// The part of the time that is little.
const LITTLE: f32 = 0.15;
/// The diameter of a step's number and of the ring.
const STEP: f32 = 60.0;

fn step<'a>(
    look: &Look,
    number: &'a str,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let metrics = look.metrics;
    let (edge, radius, width) = (look.palette.accent, metrics.px(STEP / 2.0), metrics.px(3.0));
    let digit = text(number)
        .size(metrics.px(32.0))
        .font(font::STRONG)
        .color(look.palette.accent);
    let disc = container(digit)
        .center(Length::Fixed(metrics.px(STEP)))
        .style(move |_| container::Style {
            border: Border {
                color: edge,
                width,
                radius: radius.into(),
            },
            ..container::Style::default()
        });
    row![disc, content.into()]
        .spacing(metrics.gap(Gap::Medium))
        .into()
}

#[cfg(test)]
mod tests {
    use super::super::super::pending::tests::pending;
    use super::*;

    fn words(code: &str, address: &str) -> &'static str {
        let prompt = Prompt {
            user_code: code.to_owned(),
            verification_uri: address.to_owned(),
            ..pending().prompt
        };
        enter_words(&prompt, 1000.0)
    }

    #[test]
    fn what_a_code_does_not_show_by_itself_is_said() {
        let page = "https://acme.example/device";
        for (code, said) in [
            ("WDJB-MJHT", "code-enter"),
            ("shkakx", "code-enter"),
            ("WDJBMJHT", "code-enter-gap"),
            ("aB3-xY9", "code-enter-case"),
            ("CKiQhNvt", "code-enter-case-gap"),
        ] {
            assert_eq!(words(code, page), said, "{code}");
        }
    }

    #[test]
    fn a_code_that_stands_in_the_address_is_compared_and_not_entered() {
        let address = "https://acme.example/device/shkakx?cancelToken=11e79bf6";
        assert_eq!(words("shkakx", address), "code-compare");
    }
}
