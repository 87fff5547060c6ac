//! How wide a text is, known without shaping it: never narrower than it is drawn.
//!
//! The embedded fonts' widths are those of their widest face. Those of other scripts are
//! those of the Noto fonts, which most systems have; what is drawn in another one may differ.

use super::is_of_another_script;
use super::wrap::beginning;

/// How wide `text` is in ems, in the widest face that is used for text. A text of very many
/// characters is wider than any screen: they aren't all looked at.
#[must_use]
pub fn width(text: &str) -> f32 {
    const MANY: usize = 4096;
    /// The largest window at the smallest text has a fifth of this.
    const TOO_WIDE: f32 = 4096.0;
    match beginning(text, MANY) {
        (text, true) => advances(text).map(|(_, wide)| wide).sum(),
        (_, false) => TOO_WIDE,
    }
}

/// The characters of `text`, each with what it takes of the line in ems.
pub(super) fn advances(text: &str) -> impl Iterator<Item = (char, f32)> + '_ {
    /// Beside another script, bold letters are that script's font's own.
    const BORROWED: u32 = 95;
    let borrowed = if text.chars().any(is_of_another_script) {
        BORROWED
    } else {
        0
    };
    #[cfg(test)]
    count::add(text.len());
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        #[cfg(test)]
        count::add(1);
        let character = rest.next()?;
        let joins = rest.peek().is_some_and(|next| is_joined(*next));
        let wide = match u32::from(character) {
            code @ 32..=126 => ASCII[(code - 32) as usize] + borrowed,
            code @ 0x621..=0x64a => {
                let (alone, joined) = ARABIC[(code - 0x621) as usize];
                /// What a letter takes more beside some others.
                const KERNING: u32 = 36;
                KERNING + if joins { joined } else { alone }
            }
            0x2026 => other(character) + 2 * borrowed,
            _ => other(character),
        };
        Some((character, wide as f32 / 1000.0))
    })
}

/// What is measured by a test's thread.
#[cfg(test)]
pub(super) mod count {
    use std::cell::Cell;

    thread_local! {
        static MEASURED: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(characters: usize) {
        MEASURED.set(MEASURED.get() + characters);
    }

    /// How many characters `work` looks at.
    pub(in crate::ui::font) fn of(work: impl FnOnce()) -> usize {
        let before = MEASURED.get();
        work();
        MEASURED.get() - before
    }
}

/// Whether an Arabic letter before it is joined to it; a mark stands on a letter that may be.
const fn is_joined(character: char) -> bool {
    matches!(character, '\u{622}'..='\u{652}' | '\u{670}' | '\u{67e}'..='\u{6d3}')
}

/// Thousandths of an em.
const fn other(character: char) -> u32 {
    match character {
        code @ '\u{a0}'..='\u{17f}' => LATIN[code as usize - 0xa0],
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' => 0,
        // A mark keeps its letters a little apart.
        '\u{64b}'..='\u{65f}' => 70,
        '\u{2018}' | '\u{2019}' | '\u{201a}' => 290,
        '\u{201c}'..='\u{201e}' | '\u{2039}' | '\u{203a}' => 420,
        '\u{400}'..='\u{4ff}' => 720,
        // Letters of Persian and Urdu at their widest.
        '\u{671}'..='\u{6d3}' => 1089,
        '\u{2026}' => 822,
        '\u{2190}'..='\u{21ff}' => 955,
        '\u{2713}' => 881,
        '\u{2014}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'..='\u{3ffff}' => 1000,
        _ => 640,
    }
}

/// Inter Semi Bold's advance widths from space to tilde, in thousandths of an em.
const ASCII: [u32; 95] = [
    248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 667, 481, 621,
    652, 666, 632, 648, 587, 646, 648, 290, 295, 673, 673, 673, 544, 999, 724, 657, 744, 724, 608,
    586, 790, 744, 275, 577, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690,
    705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261, 569,
    261, 898, 610, 608, 625, 625, 399, 549, 396, 608, 576, 837, 562, 576, 562, 393, 358, 393, 673,
];

/// The same from the no-break space to the end of Latin Extended-A.
const LATIN: [u32; 224] = [
    282, 309, 578, 659, 751, 565, 319, 579, 591, 915, 475, 598, 567, 0, 671, 527, 459, 673, 423,
    439, 498, 652, 607, 291, 339, 319, 473, 600, 884, 927, 960, 545, 724, 724, 724, 724, 724, 724,
    1017, 744, 608, 608, 608, 608, 275, 275, 275, 275, 725, 753, 775, 775, 775, 775, 775, 673, 775,
    742, 742, 742, 742, 705, 658, 646, 575, 575, 575, 575, 575, 575, 925, 578, 593, 593, 593, 593,
    261, 261, 261, 261, 594, 610, 608, 608, 608, 608, 608, 673, 608, 609, 609, 609, 609, 576, 612,
    576, 724, 575, 724, 575, 724, 575, 744, 578, 744, 578, 744, 578, 744, 578, 725, 717, 725, 631,
    608, 593, 608, 593, 608, 593, 608, 593, 608, 593, 755, 626, 755, 626, 755, 626, 755, 626, 744,
    613, 800, 613, 449, 286, 275, 261, 275, 261, 275, 267, 275, 261, 836, 521, 561, 261, 677, 569,
    658, 567, 261, 567, 261, 567, 353, 574, 380, 578, 261, 753, 610, 753, 610, 753, 610, 867, 753,
    616, 775, 608, 775, 608, 775, 608, 997, 991, 651, 397, 651, 397, 651, 397, 650, 550, 650, 550,
    650, 550, 650, 550, 660, 380, 660, 405, 660, 380, 742, 609, 742, 609, 742, 609, 742, 609, 742,
    609, 742, 609, 1007, 838, 705, 576, 705, 653, 562, 653, 562, 653, 562, 282,
];

/// Noto Sans Arabic's letters from hamza to yeh: by itself or at an end, and joined to what
/// follows.
const ARABIC: [(u32, u32); 42] = [
    (1124, 1059),
    (271, 206),
    (271, 206),
    (498, 433),
    (273, 208),
    (821, 384),
    (273, 208),
    (1089, 384),
    (503, 439),
    (1089, 412),
    (1089, 412),
    (687, 682),
    (687, 682),
    (687, 682),
    (518, 454),
    (518, 454),
    (409, 345),
    (409, 345),
    (1386, 1019),
    (1386, 1019),
    (1423, 1027),
    (1423, 1027),
    (845, 790),
    (845, 790),
    (570, 610),
    (570, 610),
    (910, 508),
    (910, 508),
    (821, 384),
    (821, 412),
    (821, 412),
    (342, 342),
    (1062, 558),
    (832, 558),
    (931, 508),
    (741, 350),
    (609, 635),
    (752, 384),
    (503, 694),
    (498, 433),
    (821, 384),
    (821, 412),
];

#[cfg(test)]
mod tests;
