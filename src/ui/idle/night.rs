//! What lies over the screen while nobody is there.

use iced::widget::{Space, container, opaque, stack, text};
use iced::{Color, Length, Padding};
use jiff::tz::TimeZone;

use super::{Idle, PER_MINUTE, Step, to_and_fro};
use crate::ui::stage::shifted;
use crate::ui::theme::{CLOCK, NIGHT};
use crate::ui::widget::ground;
use crate::ui::{Element, Look, font};

/// `screen` as it is while nobody is there: moved a little, and under a veil or the night.
pub fn resting<'a, Message: 'a>(
    look: &Look,
    idle: &Idle,
    zone: impl FnOnce() -> TimeZone,
    screen: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let drifted = shifted(idle.drift(&look.metrics), screen);
    // What is behind is as large as the window.
    let behind = match idle.step() {
        Step::Dim => ground(look),
        Step::Awake | Step::Quiet | Step::Black => {
            Space::new().width(Length::Fill).height(Length::Fill).into()
        }
    };
    // Always one over the other: what is below stays what it is when the veil goes.
    stack![behind, drifted, veil(look, idle, zone)].into()
}

/// What lies over the picture at that step: nothing, a veil, or black with a clock in the
/// time of `zone`, which is asked for then alone: to find it takes some milliseconds. A click on
/// it goes no further.
fn veil<'a, Message: 'a>(
    look: &Look,
    idle: &Idle,
    zone: impl FnOnce() -> TimeZone,
) -> Element<'a, Message> {
    match idle.step() {
        Step::Awake | Step::Quiet => Space::new().into(),
        Step::Dim => cover(Space::new(), Color { a: 0.7, ..NIGHT }),
        Step::Black => night(look, idle, zone()),
    }
}

/// The clock on black.
fn night<'a, Message: 'a>(look: &Look, idle: &Idle, zone: TimeZone) -> Element<'a, Message> {
    /// How far from the middle it comes, on the canvas.
    const FAR: (f32, f32) = (560.0, 340.0);
    let time = idle.wall().to_zoned(zone);
    let clock = text(format!("{:02}:{:02}", time.hour(), time.minute()))
        .size(look.metrics.px(120.0))
        .font(font::REGULAR)
        .color(CLOCK);
    // One is not where one was a day ago at the same time.
    let minutes = idle.wall().as_second().div_euclid(60).rem_euclid(100_003) as f32;
    let x = look.metrics.px(to_and_fro(PER_MINUTE.x * minutes, FAR.0));
    let y = look.metrics.px(to_and_fro(PER_MINUTE.y * minutes, FAR.1));
    // What is added on one side moves the middle by half of it.
    let from_middle = Padding {
        left: (2.0 * x).max(0.0),
        right: (-2.0 * x).max(0.0),
        top: (2.0 * y).max(0.0),
        bottom: (-2.0 * y).max(0.0),
    };
    let placed = container(clock).center(Length::Fill).padding(from_middle);
    cover(placed, NIGHT)
}

fn cover<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    color: Color,
) -> Element<'a, Message> {
    let ground = container(content)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style {
            background: Some(color.into()),
            ..container::Style::default()
        });
    opaque(ground)
}
