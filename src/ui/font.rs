//! The embedded fonts, and how texts are cut to the room that they have in them.

mod emoji;
mod width;
mod wrap;

use std::borrow::Cow;
use std::thread;

use iced::Font;
use iced::advanced::graphics::text::cosmic_text::{
    self, Attrs, Buffer, FontSystem, Metrics, Shaping, fontdb,
};
use iced::advanced::graphics::{self, text::font_system};
use iced::font::{Family, Weight};

use width::advances;
use wrap::{beginning, end, most_in, split};

use crate::i18n::Language;
use crate::text::{whole, whole_after};

pub use emoji::{drawable, has_emoji};
pub use width::width;
pub use wrap::lines;

/// The files, in the form that iced loads. Their licences stand beside them.
pub const FILES: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/inter/Inter-Regular.otf"),
    include_bytes!("../../assets/fonts/inter/Inter-Medium.otf"),
    include_bytes!("../../assets/fonts/inter/Inter-SemiBold.otf"),
    include_bytes!("../../assets/fonts/jetbrains-mono/JetBrainsMono-Bold.ttf"),
];

/// Begins to read the fonts, the system's too, on a thread of its own: that takes longer than
/// all else that a start has to do, and needs none of it. Whoever sets a text waits for it.
pub fn begin() {
    let begun = thread::Builder::new().name("fonts".to_owned()).spawn(|| {
        if let Ok(mut fonts) = font_system().write() {
            load_into(&mut fonts);
        }
    });
    if let Err(why) = begun {
        // The first text will read them.
        tracing::debug!(%why, "no thread for the fonts");
    }
}

fn load_into(fonts: &mut graphics::text::FontSystem) {
    for file in FILES {
        fonts.load_font(Cow::Borrowed(file));
    }
}

/// Running text.
pub const REGULAR: Font = inter(Weight::Normal);
/// Labels, and what is set off a little.
pub const MEDIUM: Font = inter(Weight::Medium);
/// Titles and buttons.
pub const STRONG: Font = inter(Weight::Semibold);
/// User codes: 0 and O, 1 and I and l stay apart.
pub const CODE: Font = Font {
    family: Family::Name("JetBrains Mono"),
    weight: Weight::Bold,
    ..Font::DEFAULT
};

const fn inter(weight: Weight) -> Font {
    Font {
        family: Family::Name("Inter"),
        weight,
        ..Font::DEFAULT
    }
}

/// The face that `text` is set in: scripts that come from the system's fonts have a
/// regular and a bold weight at most, and for another one iced falls back to whatever
/// else has it, a serif among sans serifs.
#[must_use]
pub fn for_text(face: Font, text: &str) -> Font {
    if !text.chars().any(is_of_another_script) {
        return face;
    }
    let weight = if face.weight == Weight::Semibold {
        Weight::Bold
    } else if face.weight == Weight::Medium {
        Weight::Normal
    } else {
        face.weight
    };
    Font { weight, ..face }
}

/// Beyond what the embedded fonts hold: they end before Hebrew.
const fn is_of_another_script(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{1cff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

/// Sets Han characters in Japanese forms from now on where `language` is Japanese. The font
/// system goes by the environment's locale, which may be another one, and knows Japan's only
/// by the bare name of the language, which environments don't use.
pub fn prefer_forms_of(language: Language) {
    let Ok(mut fonts) = font_system().write() else {
        return;
    };
    let fonts = fonts.raw();
    let tag = language.tag();
    let japanese = |tag: &str| tag == Language::Japanese.tag();
    if japanese(fonts.locale()) == japanese(tag) {
        return;
    }
    let empty = FontSystem::new_with_locale_and_db(tag.to_owned(), fontdb::Database::new());
    let (_, files) = std::mem::replace(fonts, empty).into_locale_and_db();
    *fonts = FontSystem::new_with_locale_and_db(tag.to_owned(), files);
}

/// Whether this machine has a font of a family with such a name.
fn has_family(is_it: impl Fn(&str) -> bool) -> bool {
    let Ok(mut fonts) = font_system().write() else {
        return false;
    };
    load_into(&mut fonts);
    let mut faces = fonts.raw().db().faces();
    faces.any(|face| face.families.iter().any(|(name, _)| is_it(name)))
}

/// Whether this machine has a glyph for every character of `sample`.
#[must_use]
pub fn can_draw(sample: &str) -> bool {
    let Ok(mut fonts) = font_system().write() else {
        return false;
    };
    load_into(&mut fonts);
    let fonts = fonts.raw();
    let mut buffer = Buffer::new(fonts, Metrics::new(32.0, 40.0));
    let face = Attrs::new().family(cosmic_text::Family::Name("Inter"));
    buffer.set_text(fonts, sample, &face, Shaping::Advanced, None);
    buffer.shape_until_scroll(fonts, false);
    let mut glyphs = buffer.layout_runs().flat_map(|run| run.glyphs.iter());
    // Glyph 0 is the box that stands for what a font lacks.
    glyphs.all(|glyph| glyph.glyph_id != 0)
}

/// The language, or English where this machine has no font for it.
#[must_use]
pub fn drawn_language(language: Language) -> Language {
    drawn_by(language, can_draw)
}

fn drawn_by(language: Language, can_draw: impl Fn(&str) -> bool) -> Language {
    let sample = match language {
        Language::Japanese => "日本語",
        Language::Arabic => "العربية",
        Language::English
        | Language::German
        | Language::French
        | Language::Spanish
        | Language::Portuguese => return language,
    };
    if can_draw(sample) {
        language
    } else {
        Language::English
    }
}

/// How wide [`REGULAR`] is compared to the widest face.
pub const REGULAR_WIDTH: f32 = 0.98;
/// How wide one character of [`CODE`] is, in ems.
pub const CODE_ADVANCE: f32 = 0.6;

/// `text` on at most `lines` lines of `room` ems, cut with “…” where it is longer. Looks at no
/// more of it than could have room there.
#[must_use]
pub fn fit(text: &str, room: f32, lines: usize) -> String {
    let lines = lines.max(1);
    let text = on_one_line(text, most_in(room).saturating_mul(lines));
    if lines > 1 {
        let wrapped: Vec<&str> = self::lines(&text, room).take(lines + 1).collect();
        if wrapped.len() <= lines {
            return text;
        }
        let taken = wrapped[..lines - 1].iter().map(|line| letters(line)).sum();
        let (whole, rest) = text.split_at(after(&text, taken));
        return format!("{whole}{}", fit(rest, room, 1));
    }
    if width(&text) <= room {
        return text;
    }
    let mut used = width("…");
    let within = |&(_, wide): &(char, f32)| {
        used += wide;
        used <= room
    };
    let fitting = advances(&text).take_while(within);
    let end = fitting.map(|(character, _)| character.len_utf8()).sum();
    let mut cut = text[..whole(&text, end)].to_owned();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// The words of `text` one space apart, at most so many characters of them.
fn on_one_line(text: &str, most: usize) -> String {
    /// White space is looked through only as far as this many times what is wanted.
    const SPARSE: usize = 4;
    let (looked_at, mut is_whole) = beginning(text, most.saturating_mul(SPARSE));
    let mut clean = looked_at.split_whitespace().collect::<Vec<_>>().join(" ");
    if let (shorter, false) = beginning(&clean, most) {
        clean.truncate(shorter.len());
        is_whole = false;
    }
    if !is_whole {
        clean.push('…');
    }
    clean
}

/// `text` on at most `lines` lines of `room` ems as [`fit`] does, but of an address that
/// is longer both ends stay, since they are what tells it from others.
#[must_use]
pub fn fit_ends(text: &str, room: f32, lines: usize) -> String {
    let text = text.trim();
    let most = most_in(room).saturating_mul(lines.max(1));
    let ends = match beginning(text, most.saturating_mul(2)) {
        (_, true) => Cow::Borrowed(text),
        (_, false) => {
            let (first, _) = beginning(text, most);
            Cow::Owned(format!("{first}…{}", end(text, most)))
        }
    };
    if ends.contains(char::is_whitespace) || !ends.contains(['@', '/']) {
        return fit(text, room, lines);
    }
    ends_within(&ends, room, lines)
}

fn ends_within(text: &str, room: f32, lines: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    if lines > 1 {
        // Between a mailbox and its host, where both fit.
        let whole = |part: &&str| width(part) <= room;
        let at = text.find('@').map_or(0, |at| at + 1);
        let (mailbox, host) = text.split_at(at);
        let (first, rest) = if at > 0 && [mailbox, host].iter().all(whole) {
            (mailbox, host)
        } else {
            split(text, room)
        };
        return format!("{first}\n{}", fit_ends(rest, room, lines - 1));
    }
    without_middle(text, room - width("…"))
}

/// A mailbox whole where that leaves something of its host, and as much of the end as fits.
fn without_middle(text: &str, room: f32) -> String {
    const LEAST_END: f32 = 0.3;
    let mailbox = text.split_inclusive('@').next().unwrap_or_default();
    let head = if mailbox.ends_with('@') && width(mailbox) <= room * (1.0 - LEAST_END) {
        mailbox
    } else {
        split(text, room / 2.0).0
    };
    let mut left = room - width(head);
    let places: Vec<_> = text.char_indices().zip(advances(text)).collect();
    let tail = places.into_iter().rev().find(|(_, (_, wide))| {
        left -= wide;
        left < 0.0
    });
    let tail = tail.map_or(text, |((at, character), _)| {
        &text[whole_after(text, at + character.len_utf8())..]
    });
    format!("{head}…{}", tail.trim_start_matches('.'))
}

/// `text` cut into lines of at most `ems` ems, between words where that is possible.
#[must_use]
pub fn wrap(text: &str, ems: f32) -> Vec<String> {
    lines(text, ems).map(str::to_owned).collect()
}

/// How many lines `text` takes, counted no further than `most`.
#[must_use]
pub fn count_lines(text: &str, ems: f32, most: usize) -> usize {
    lines(text, ems).take(most).count()
}

/// The least room in which `text` takes no more lines than in `ems`: none of them is left
/// with a single word.
#[must_use]
pub fn even(text: &str, ems: f32) -> f32 {
    const STEPS: u8 = 24;
    let count = lines(text, ems).count();
    let rooms = (1..=STEPS).map(|step| ems * f32::from(step) / f32::from(STEPS));
    let mut rooms = rooms.filter(|room| count_lines(text, *room, count + 1) <= count);
    rooms.next().unwrap_or(ems)
}

/// How many characters `line` has beside its spaces, which lines lose at their ends.
fn letters(line: &str) -> usize {
    line.chars().filter(|letter| *letter != ' ').count()
}

/// Where the first `count` characters of `text` and the spaces behind them end.
fn after(text: &str, count: usize) -> usize {
    let mut others = text.char_indices().filter(|(_, letter)| *letter != ' ');
    others.nth(count).map_or(text.len(), |(at, _)| at)
}

/// Whether words of `text` aren't apart, so that only the language's own rules tell where a
/// line may end.
#[must_use]
pub fn is_japanese(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{3041}'..='\u{30ff}'))
}

/// How many characters are measured by `work` on its thread.
#[cfg(test)]
pub(crate) fn measured(work: impl FnOnce()) -> usize {
    width::count::of(work)
}

#[cfg(test)]
mod tests;
