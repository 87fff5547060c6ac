//! The signed-in screen drawn: header, notices, content, legend.

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{Column, Row, Space, column, container, mouse_area, row, stack, text};
use iced::{Background, Border, Color, Element, Length};

use super::shape::{self, Shape};
use super::tab::{Content, Freshness, Shown, Tab};
use super::{Greeting, Message, Overlay, Place, Refreshing, State, account, cards, rows};
use crate::channel::{Error, Listing};
use crate::clock::Moment;
use crate::config::Layout;
use crate::ui::metrics::{Gap, Role};
use crate::ui::widget::{self, Weight, slot};
use crate::ui::{Look, font, lines};

/// Draws the screen.
pub fn view<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let shape = state.shape(look);
    let mut body = Column::new().spacing(look.metrics.gap(Gap::Tight));
    body = body.push(header(state, look));
    if state.greeting == Greeting::Shown {
        body = body.push(greeting(state, look));
    }
    if let Some(stale) = state
        .tabs
        .get(state.active)
        .and_then(|tab| stale(tab, state.now, look))
    {
        body = body.push(stale);
    }
    let content = match state.tabs.get(state.active) {
        Some(tab) => content(state, tab, look, shape),
        None => message(
            look,
            "No channels yet",
            "The configuration names no [[channel]] to show.".to_owned(),
            None,
        ),
    };
    body = body.push(
        container(content)
            .width(Length::Fill)
            .height(Length::Fill)
            .clip(true),
    );
    let page = widget::page(look, body, footer(state, look));
    match &state.overlay {
        Overlay::None => page,
        Overlay::Menu(line) => {
            stack![page, account::menu(look, &state.who, &state.host, *line)].into()
        }
        Overlay::SigningOut { .. } => {
            stack![page, account::signing_out(look, &state.who, &state.host)].into()
        }
    }
}

fn header<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let account = account_button(state, look);
    let taken = account_width(state, look) + Gap::Gutter.base() * 2.0;
    let widths: Vec<f32> = state
        .tabs
        .iter()
        .map(|tab| tab_width(look, &tab.channel.name))
        .collect();
    let shown = window(&widths, state.active, look.metrics.room().width - taken);
    let more = |there: bool, arrow: &'static str| {
        there.then(|| widget::small(look, arrow).font(font::STRONG))
    };
    let tabs = state.tabs[shown.clone()]
        .iter()
        .zip(shown.clone())
        .map(|(tab, number)| {
            let front = number == state.active;
            tab_button(
                look,
                &tab.channel.name,
                number,
                front,
                front && state.focus_of(Place::Tabs),
            )
        });
    row![
        more(shown.start > 0, "‹"),
        Row::with_children(tabs).align_y(Vertical::Center),
        more(shown.end < state.tabs.len(), "›"),
        Space::new().width(Length::Fill),
        account,
    ]
    .height(Length::Fixed(look.metrics.px(shape::header(look))))
    .align_y(Vertical::Center)
    .into()
}

const TAB_PADDING: f32 = 26.0;

fn tab_width(look: &Look, name: &str) -> f32 {
    font::width(name) * look.metrics.text_base(Role::Body) + 2.0 * (TAB_PADDING + slot()) + 2.0
}

/// The tabs that fit into `room`, the one in front among them.
fn window(widths: &[f32], active: usize, room: f32) -> std::ops::Range<usize> {
    let mut end = (active + 1).min(widths.len());
    let mut start = end.saturating_sub(1);
    let mut used: f32 = widths[start..end].iter().sum();
    while start > 0 && used + widths[start - 1] <= room {
        start -= 1;
        used += widths[start];
    }
    while end < widths.len() && used + widths[end] <= room {
        used += widths[end];
        end += 1;
    }
    start..end
}

fn tab_button<'a>(
    look: &Look,
    name: &'a str,
    number: usize,
    front: bool,
    focused: bool,
) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let (face, ink) = if front {
        (font::STRONG, palette.text)
    } else {
        (font::MEDIUM, palette.muted)
    };
    let ink = if focused { palette.on_accent } else { ink };
    let width = Length::Fixed(metrics.px(tab_width(look, name) - 2.0 * slot()));
    let name = widget::label(look, Role::Body, face, ink, name).wrapping(text::Wrapping::None);
    let underline = if front && !focused {
        palette.accent
    } else {
        Color::TRANSPARENT
    };
    let (radius, thin) = (metrics.px(16.0), metrics.px(3.0));
    let fill = if focused {
        palette.accent
    } else {
        Color::TRANSPARENT
    };
    let line = container(Space::new())
        .width(Length::Fill)
        .height(Length::Fixed(metrics.px(6.0)))
        .style(move |_| container::Style {
            background: Some(Background::Color(underline)),
            border: Border {
                radius: thin.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    let line = container(line).padding([0.0, metrics.px(TAB_PADDING)]);
    let inner = column![container(name).center_y(Length::Fill), line]
        .width(Length::Fill)
        .align_x(Horizontal::Center);
    let inner = container(inner)
        .width(width)
        .height(Length::Fixed(metrics.px(metrics.target())))
        .style(move |_| container::Style {
            background: Some(Background::Color(fill)),
            border: Border {
                radius: radius.into(),
                ..Border::default()
            },
            ..container::Style::default()
        });
    mouse_area(widget::ring(look, focused, 16.0, inner))
        .on_press(Message::TabChosen(number))
        .into()
}

fn account_width(state: &State, look: &Look) -> f32 {
    let name = font::fit(state.who.label(), ACCOUNT_NAME, 1);
    font::width(&name) * look.metrics.text_base(Role::Small) + 56.0 + 60.0 + 2.0 * slot()
}

/// How long a name beside the tabs may be, in ems.
const ACCOUNT_NAME: f32 = 10.0;

fn account_button<'a>(state: &State, look: &Look) -> Element<'a, Message> {
    let (metrics, palette) = (look.metrics, look.palette);
    let focused = state.focus_of(Place::Account);
    let name = font::fit(state.who.label(), ACCOUNT_NAME, 1);
    let (fill, ink) = if focused {
        (palette.accent, palette.on_accent)
    } else {
        (palette.surface, palette.text)
    };
    let face = if focused { font::STRONG } else { font::MEDIUM };
    let initial = cards::initial(look, state.who.label(), 52.0);
    let name = widget::label(look, Role::Small, face, ink, name).wrapping(text::Wrapping::None);
    let radius = metrics.px(metrics.target() / 2.0);
    let (edge, thin) = (palette.edge, metrics.px(2.0));
    let inner = container(
        row![initial, name]
            .spacing(metrics.gap(Gap::Tight))
            .align_y(Vertical::Center),
    )
    .padding(iced::Padding {
        left: metrics.px(12.0),
        right: metrics.px(28.0),
        ..iced::Padding::ZERO
    })
    .center_y(Length::Fixed(metrics.px(metrics.target())))
    .style(move |_| container::Style {
        background: Some(Background::Color(fill)),
        border: Border {
            color: edge,
            width: thin,
            radius: radius.into(),
        },
        ..container::Style::default()
    });
    let radius = metrics.target() / 2.0;
    mouse_area(widget::ring(look, focused, radius, inner))
        .on_press(Message::AccountChosen)
        .into()
}

fn greeting<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let said = row![
        widget::body(look, "Signed in as"),
        widget::label(
            look,
            Role::Body,
            font::STRONG,
            look.palette.accent,
            state.who.label()
        ),
    ]
    .spacing(look.metrics.gap(Gap::Tight))
    .wrap();
    let focused = state.focus_of(Place::Greeting);
    let button = widget::press(
        look,
        "Not you?",
        Weight::Secondary,
        focused,
        Message::GreetingChosen,
    );
    container(row![container(said).width(Length::Fill), button].align_y(Vertical::Center))
        .height(Length::Fixed(look.metrics.px(shape::notice(look))))
        .align_y(Vertical::Center)
        .into()
}

fn stale<'a>(tab: &Tab, now: Moment, look: &Look) -> Option<Element<'a, Message>> {
    let Content::Shown(Shown {
        freshness: Freshness::Stale { error, retry_at },
        ..
    }) = &tab.content
    else {
        return None;
    };
    let again = retry_at
        .map(|at| format!(" Trying again in {} s.", at.since(now).as_secs()))
        .unwrap_or_default();
    let why = match error {
        Error::Busy { .. } => "The service asks for a pause.".to_owned(),
        Error::SignedOut(_)
        | Error::Forbidden { .. }
        | Error::Unreachable(_)
        | Error::Unusable(_) => error.to_string(),
    };
    let room = look.metrics.room().width / look.metrics.text_base(Role::Body) - 4.0;
    let words = font::fit(&format!("Not the newest: {why}{again}"), room, 1);
    let notice = widget::notice(look, look.palette.warning, words);
    Some(
        container(notice)
            .center_y(Length::Fixed(look.metrics.px(shape::notice(look))))
            .into(),
    )
}

fn content<'a>(state: &'a State, tab: &'a Tab, look: &Look, shape: Shape) -> Element<'a, Message> {
    let focused = state.focus_of(Place::Content);
    match &tab.content {
        Content::Unvisited | Content::Loading(_) => loading(look, shape),
        Content::Failed { error, retry_at } => failed(look, error, *retry_at, state.now, focused),
        Content::Shown(shown) => match &shown.listing {
            Listing::Items(items) if items.is_empty() => {
                let words = format!("{} has nothing to show at the moment.", tab.channel.name);
                message(look, "Nothing here yet", words, None)
            }
            Listing::Items(_) => match tab.arrangement() {
                Layout::Cards | Layout::Image | Layout::Auto => {
                    cards::grid(look, tab, shape, &state.pictures, focused)
                }
                Layout::Table => rows::table(look, tab, shape, focused),
                Layout::List | Layout::Details | Layout::Text => {
                    rows::list(look, tab, shape, focused)
                }
            },
            Listing::Details(_) | Listing::Text(_) => text_panel(look, shown, shape, focused),
        },
    }
}

fn text_panel<'a>(
    look: &Look,
    shown: &'a Shown,
    shape: Shape,
    focused: bool,
) -> Element<'a, Message> {
    let height = shape.area.height - 2.0 * slot() - 2.0 * Gap::Medium.base();
    let visible = lines::visible(look, height);
    let Some(text) = &shown.lines else {
        return Space::new().into();
    };
    let padding = [
        look.metrics.gap(Gap::Medium),
        look.metrics.gap(Gap::Large) - look.metrics.px(slot()),
    ];
    let surface = if focused {
        look.palette.raised
    } else {
        look.palette.surface
    };
    let text = container(text.view(look, visible)).padding(padding);
    let panel = widget::panel(look, 0.0, surface, text).width(Length::Fill);
    widget::ring(look, focused, 28.0, panel)
}

fn loading<'a>(look: &Look, shape: Shape) -> Element<'a, Message> {
    let metrics = look.metrics;
    let block = move |width: Length, height: f32| {
        let (surface, radius) = (look.palette.surface, metrics.px(20.0));
        let fill = container(Space::new())
            .width(width)
            .height(Length::Fixed(metrics.px(height - 2.0 * slot())))
            .style(move |_| container::Style {
                background: Some(Background::Color(surface)),
                border: Border {
                    radius: radius.into(),
                    ..Border::default()
                },
                ..container::Style::default()
            });
        container(fill).padding(metrics.px(slot()))
    };
    let height = shape.cell.height;
    if shape.columns > 1 {
        let row = || {
            let blocks = (0..shape.columns).map(|_| block(Length::Fill, height).into());
            Row::with_children(blocks).into()
        };
        Column::with_children((0..shape.rows).map(|_| row())).into()
    } else {
        let blocks = (0..shape.rows.min(4)).map(|_| block(Length::Fill, height).into());
        Column::with_children(blocks).into()
    }
}

fn failed<'a>(
    look: &Look,
    error: &Error,
    retry_at: Option<Moment>,
    now: Moment,
    focused: bool,
) -> Element<'a, Message> {
    let again = |at: Moment| format!("Trying again by itself in {} s.", at.since(now).as_secs());
    let (title, words) = match error {
        Error::Forbidden { .. } => ("This isn’t yours to see", error.to_string()),
        Error::Busy { .. } => (
            "One moment, please",
            "The service asks for a pause.".to_owned(),
        ),
        Error::Unreachable(_) => ("No answer", error.to_string()),
        Error::Unusable(_) | Error::SignedOut(_) => ("This can’t be shown", error.to_string()),
    };
    let words = match retry_at {
        Some(at) => format!("{words} {}", again(at)),
        None => words,
    };
    let button = widget::press(
        look,
        "Try again",
        Weight::Primary,
        focused,
        Message::RetryChosen,
    );
    message(look, title, words, Some(button))
}

fn message<'a>(
    look: &Look,
    title: &'a str,
    words: String,
    button: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let said = column![
        widget::label(look, Role::Heading, font::STRONG, look.palette.text, title)
            .align_x(Horizontal::Center),
        widget::body(look, words)
            .color(look.palette.muted)
            .align_x(Horizontal::Center),
        button,
    ];
    container(
        said.spacing(look.metrics.gap(Gap::Small))
            .align_x(Horizontal::Center)
            .max_width(look.metrics.px(1200.0)),
    )
    .center(Length::Fill)
    .into()
}

fn footer<'a>(state: &'a State, look: &Look) -> Element<'a, Message> {
    let keys = match state.overlay {
        Overlay::Menu(_) => vec![("OK", "Choose"), ("Back", "Close")],
        Overlay::SigningOut { .. } => Vec::new(),
        Overlay::None => {
            let (ok, back) = match state.place {
                Place::Tabs => ("Into the channel", "Leave"),
                Place::Account => ("Account", "Channels"),
                Place::Greeting => ("Sign out", "Channels"),
                Place::Content => ("Open", "Channels"),
            };
            let mut keys = vec![("OK", ok), ("Back", back)];
            if !look.metrics.large_text() {
                keys.extend([("CH ±", "Channel"), ("R", "Refresh"), ("A", "Account")]);
            }
            keys
        }
    };
    let status = status(state, look);
    row![
        widget::legend(look, keys),
        Space::new().width(Length::Fill),
        status.map(|status| widget::small(look, status)),
    ]
    .align_y(Vertical::Center)
    .height(Length::Fixed(look.metrics.px(shape::legend(look))))
    .into()
}

fn status(state: &State, look: &Look) -> Option<String> {
    let tab = state.tabs.get(state.active)?;
    if look.metrics.large_text() {
        return matches!(tab.content, Content::Loading(_)).then(|| "Loading…".to_owned());
    }
    let shown = match &tab.content {
        Content::Shown(shown) => shown,
        Content::Unvisited | Content::Loading(_) => {
            return Some(format!("Loading {}…", tab.channel.name));
        }
        Content::Failed { .. } => return None,
    };
    let count = match &shown.listing {
        Listing::Items(items) if !items.is_empty() => {
            let more = if shown.goes_on() { "+" } else { "" };
            format!("{} of {}{more}  ·  ", tab.at + 1, items.len())
        }
        Listing::Items(_) | Listing::Details(_) | Listing::Text(_) => String::new(),
    };
    let age = match &shown.freshness {
        Freshness::Reloading(_) => "updating…".to_owned(),
        Freshness::Fresh | Freshness::Stale { .. } if shown.loads_more() => {
            "loading more…".to_owned()
        }
        Freshness::Fresh | Freshness::Stale { .. } => {
            age(state.wall.duration_since(shown.as_of).as_secs())
        }
    };
    let paused = match (state.refreshing, tab.channel.refresh) {
        (Refreshing::Paused, Some(_)) => "  ·  paused",
        (Refreshing::Paused, None) | (Refreshing::On, _) => "",
    };
    Some(format!("{count}{age}{paused}"))
}

fn age(seconds: i64) -> String {
    match seconds {
        ..60 => "updated just now".to_owned(),
        60..3600 => format!("updated {} min ago", seconds / 60),
        _ => format!("updated {} h ago", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_that_do_not_fit_are_left_out_but_never_the_one_in_front() {
        let widths = [100.0; 9];
        for active in 0..9 {
            let shown = window(&widths, active, 350.0);
            assert!(shown.contains(&active), "{active} in {shown:?}");
            assert_eq!(shown.len(), 3);
        }
        assert_eq!(window(&widths, 0, 5000.0), 0..9);
        assert_eq!(window(&[], 0, 500.0), 0..0);
        assert_eq!(window(&[900.0], 0, 500.0), 0..1);
    }

    #[test]
    fn an_age_is_told_in_the_unit_that_matters() {
        assert_eq!(age(-3), "updated just now");
        assert_eq!(age(130), "updated 2 min ago");
        assert_eq!(age(7300), "updated 2 h ago");
    }
}
