//! Somebody presses any keys on any screen with anything on it: the focus is always one,
//! always seen, and every step can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use iced::Rectangle;
use proptest::prelude::*;
use proptest::sample::select;
use tenfoot::i18n::Language;
use tenfoot::ui::Look;
use tenfoot::ui::keys::Press;

use super::scenes::walkers::{Contents, Kind, LAYOUTS, Led, Walker, others, signed_in};
use super::stage::{self, PORTRAIT, SIZES, Stage};

const ARROWS: [Press; 4] = [Press::Up, Press::Down, Press::Left, Press::Right];

/// Each with the one that takes it back.
const STEPS: [(Press, Press); 4] = [
    (Press::Up, Press::Down),
    (Press::Down, Press::Up),
    (Press::Left, Press::Right),
    (Press::Right, Press::Left),
];

fn keys() -> impl Strategy<Value = Vec<Press>> {
    let arrow = select(ARROWS.to_vec());
    let other = prop_oneof![
        Just(Press::Ok),
        Just(Press::Back),
        Just(Press::Menu),
        Just(Press::Home),
        Just(Press::NextChannel),
        Just(Press::PreviousChannel),
        (0u8..10).prop_map(Press::Channel),
        Just(Press::Refresh),
        Just(Press::Account),
        Just(Press::Pause),
    ];
    prop::collection::vec(prop_oneof![3 => arrow, 1 => other], 1..20)
}

fn kind() -> impl Strategy<Value = Kind> {
    let count = prop_oneof![4 => 0usize..30, 1 => 30usize..2000];
    prop_oneof![
        6 => (count, any::<bool>(), 1usize..7, prop_oneof![Just(0usize), 1usize..12])
            .prop_map(|(count, pictures, long, groups)| Kind::Items { count, pictures, long, groups }),
        1 => (1usize..600).prop_map(Kind::Text),
        1 => (0usize..40).prop_map(Kind::Details),
        1 => Just(Kind::Unreachable),
        1 => Just(Kind::Unusable),
        1 => (1usize..20).prop_map(Kind::Stale),
    ]
}

fn contents() -> impl Strategy<Value = Contents> {
    let layout = select(LAYOUTS.to_vec());
    (layout, 1usize..10, kind(), any::<bool>(), any::<bool>()).prop_map(
        |(layout, channels, kind, fresh, guest)| Contents {
            layout,
            channels,
            kind,
            fresh,
            guest,
        },
    )
}

fn stages() -> impl Strategy<Value = Stage> {
    let languages = vec![Language::English, Language::German, Language::Arabic];
    let size = select([&SIZES[..], &[PORTRAIT]].concat());
    let scale = select(vec![1.0, 1.25, 1.7, 2.5]);
    (size, scale, select(languages))
        .prop_map(|(size, scale, language)| Stage::new(size).text_scale(scale).language(language))
}

/// The one thing that has the focus is on the screen, with its ring.
fn seen(walker: &dyn Walker, stage: &Stage) -> Result<(), TestCaseError> {
    let marks = stage::marks(stage, |look, canvas| walker.draw(look, canvas));
    let whole = Rectangle::with_size(stage.size()).expand(0.01);
    let one = matches!(marks[..], [mark] if mark.is_within(&whole) && mark.width > 1.0);
    prop_assert!(one, "{marks:?} in {whole:?}");
    Ok(())
}

/// Back leads out, at the latest with the fourth press; not while somebody is being signed
/// out, which ends by itself.
fn leads_out(walker: &mut dyn Walker, look: &Look) -> bool {
    walker.focus(look).is_empty() && signing_out(walker, look)
        || (0..4).any(|_| walker.press(Press::Back, look) == Led::Away)
}

fn signing_out(walker: &mut dyn Walker, look: &Look) -> bool {
    ARROWS
        .iter()
        .chain(&[Press::Back, Press::Back])
        .all(|key| walker.press(*key, look) == Led::Nowhere && walker.focus(look).is_empty())
}

/// A step that took the focus elsewhere is taken back by the opposite one, or as many of
/// them as lead to the edge (who comes down into a list stands where they were in it, which
/// may be far down), and then at most as many in one direction as there are things in a row.
fn leads_back(again: impl Fn() -> Box<dyn Walker>, look: &Look) -> Result<(), TestCaseError> {
    const ROW: usize = 12;
    const PAGES: usize = 12;
    for (arrow, opposite) in STEPS {
        let mut walker = again();
        let from = walker.focus(look);
        let _ = walker.press(arrow, look);
        let to = walker.focus(look);
        if to == from {
            continue;
        }
        let along = |walker: &mut dyn Walker, then: Press| {
            (0..ROW).any(|_| {
                let there = walker.focus(look) == from;
                let _ = walker.press(then, look);
                there
            })
        };
        let returns = |then: Press| {
            let mut walker = again();
            let _ = walker.press(arrow, look);
            let _ = walker.press(opposite, look);
            if along(&mut *walker, then) {
                return true;
            }
            let mut walker = again();
            let _ = walker.press(arrow, look);
            // Long words scroll before the focus leaves them.
            let mut still = 0;
            while still < PAGES {
                let before = walker.focus(look);
                let _ = walker.press(opposite, look);
                still = if walker.focus(look) == before {
                    still + 1
                } else {
                    0
                };
            }
            along(&mut *walker, then)
        };
        prop_assert!(
            ARROWS.into_iter().any(returns),
            "{arrow:?} from “{from}” to “{to}”, and no way back"
        );
    }
    Ok(())
}

fn pressed(mut walker: Box<dyn Walker>, keys: &[Press], look: &Look) -> Box<dyn Walker> {
    for key in keys {
        let _ = walker.press(*key, look);
    }
    walker
}

/// More of them where `TENFOOT_WALKS` says so.
fn cases() -> u32 {
    let wanted = std::env::var("TENFOOT_WALKS").ok();
    wanted.map_or(40, |count| {
        count.parse().expect("TENFOOT_WALKS is a number")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_while_signed_in_one_thing_has_the_focus_and_there_is_a_way_back(
        contents in contents(), keys in keys(), stage in stages(),
    ) {
        let look = stage.look();
        let mut walker = signed_in(&contents, &look);
        seen(&*walker, &stage)?;
        for key in &keys {
            let _ = walker.press(*key, &look);
            seen(&*walker, &stage)?;
        }
        leads_back(|| pressed(signed_in(&contents, &look), &keys, &look), &look)?;
        prop_assert!(leads_out(&mut *walker, &look), "no way out");
    }

    #[test]
    fn whatever_is_pressed_on_any_other_screen_one_thing_has_the_focus_and_there_is_a_way_back(
        people in 1usize..12, keys in keys(), stage in stages(), which in 0usize..9,
    ) {
        let look = stage.look();
        let screen = || others(people, &look).swap_remove(which);
        let mut walker = screen();
        for key in &keys {
            let _ = walker.press(*key, &look);
            seen(&*walker, &stage)?;
        }
        leads_back(|| pressed(screen(), &keys, &look), &look)?;
        prop_assert!(leads_out(&mut *walker, &look), "no way out");
    }
}

/// What arrows alone reach, and from where: walked from the start, each thing by the
/// shortest way that was found.
fn reached(start: &dyn Fn() -> Box<dyn Walker>, look: &Look) -> BTreeMap<String, BTreeSet<String>> {
    let mut ways = vec![Vec::new()];
    let mut steps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(way) = ways.pop() {
        let from = pressed(start(), &way, look).focus(look);
        if steps.contains_key(&from) {
            continue;
        }
        let mut next = BTreeSet::new();
        for arrow in ARROWS {
            let mut on = way.clone();
            on.push(arrow);
            next.insert(pressed(start(), &on, look).focus(look));
            ways.insert(0, on);
        }
        steps.insert(from, next);
    }
    steps
}

#[test]
fn from_everything_that_can_have_the_focus_arrows_lead_to_everything_else() {
    let stage = Stage::new(SIZES[0]);
    let look = stage.look();
    let forms = ["cards", "list", "table", "image"].map(|layout| [(layout, 0), (layout, 3)]);
    for (layout, groups) in forms.into_iter().flatten() {
        for fresh in [false, true] {
            let kind = Kind::Items {
                count: 7,
                pictures: true,
                long: 4,
                groups,
            };
            let contents = Contents {
                layout,
                channels: 2,
                kind,
                fresh,
                guest: false,
            };
            let steps = reached(&|| signed_in(&contents, &look), &look);
            for from in steps.keys() {
                let mut known = BTreeSet::from([from.clone()]);
                let mut on = vec![from.clone()];
                while let Some(next) = on.pop().and_then(|at| steps.get(&at)) {
                    on.extend(
                        next.iter()
                            .filter(|at| known.insert((*at).clone()))
                            .cloned(),
                    );
                }
                let missing: Vec<_> = steps.keys().filter(|to| !known.contains(*to)).collect();
                assert!(
                    missing.is_empty(),
                    "{layout}: from “{from}” no way to {missing:?}"
                );
            }
            assert!(steps.len() > 7, "{layout}: {:?}", steps.keys());
        }
    }
}
