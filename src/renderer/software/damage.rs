//! What differs between two pictures, found out from what they are made of.

use std::collections::HashMap;

use super::pixel_rect::PixelRect;

/// A part of a picture: what it is, as a number, and the pixels that it is seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The same for what looks the same, wherever on the screen it is.
    pub key: u64,
    /// Where it is.
    pub area: PixelRect,
}

/// The areas in which a picture of the parts `new` may differ from one of the parts `old`;
/// parts lie over those before them.
///
/// Outside of the areas both are the same: there each pixel is covered by parts alone that
/// both have, in the same order.
#[must_use]
pub fn between(old: &[Mark], new: &[Mark]) -> Vec<PixelRect> {
    let same = |(one, other): &(&Mark, &Mark)| one == other;
    let ahead = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[ahead..], &new[ahead..]);
    let behind = old.iter().rev().zip(new.iter().rev());
    let behind = behind.take_while(same).count();
    let old = &old[..old.len() - behind];
    let new = &new[..new.len() - behind];
    grouped(strangers(old, new))
}

/// Where parts are that only one has, or that have changed places.
fn strangers(old: &[Mark], new: &[Mark]) -> Vec<PixelRect> {
    let mut places: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (place, mark) in old.iter().enumerate().rev() {
        places.entry(*mark).or_default().push(place);
    }
    let mut areas = Vec::new();
    let mut next = 0;
    for mark in new {
        let found = places.get_mut(mark).and_then(|places| {
            while places.last().is_some_and(|place| *place < next) {
                let _ = places.pop();
            }
            places.pop()
        });
        match found {
            Some(place) => {
                areas.extend(old[next..place].iter().map(|mark| mark.area));
                next = place + 1;
            }
            None => areas.push(mark.area),
        }
    }
    areas.extend(old[next..].iter().map(|mark| mark.area));
    areas
}

/// As few areas as cover `areas` with little beside them, none of which overlap much.
fn grouped(areas: Vec<PixelRect>) -> Vec<PixelRect> {
    /// What is drawn in vain costs less than an area more: about this many pixels.
    const WASTE: u64 = 4096;
    /// More than so many areas are not worth while.
    const MOST: usize = 16;
    let mut groups: Vec<PixelRect> = Vec::new();
    for area in areas {
        let mut area = area;
        // What was joined may reach what was too far away before.
        while let Some(place) = groups.iter().position(|group| {
            let alone = group.pixels() + area.pixels();
            group.union(area).pixels() <= alone + WASTE
        }) {
            area = groups.swap_remove(place).union(area);
        }
        groups.push(area);
    }
    while groups.len() > MOST {
        let Some(last) = groups.pop() else { break };
        let cost = |group: &PixelRect| group.union(last).pixels() - group.pixels();
        if let Some(group) = groups.iter_mut().min_by_key(|group| cost(group)) {
            *group = group.union(last);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(key: u64, left: i32) -> Mark {
        let area = PixelRect::at(left, 0, 10, 10);
        Mark { key, area }
    }

    fn far(key: u64) -> Mark {
        mark(key, 1000 * i32::try_from(key).unwrap())
    }

    #[test]
    fn nothing_has_changed_between_the_same_parts() {
        let parts = [far(1), far(2), far(3)];
        assert_eq!(between(&parts, &parts), []);
        assert_eq!(between(&[], &[]), []);
    }

    #[test]
    fn what_comes_goes_or_looks_different_is_all_that_has_changed() {
        let (one, two, three) = (far(1), far(2), far(3));
        assert_eq!(between(&[one, three], &[one, two, three]), [two.area]);
        assert_eq!(between(&[one, two, three], &[one, three]), [two.area]);
        let other = Mark { key: 9, ..two };
        assert_eq!(
            between(&[one, two, three], &[one, other, three]),
            [two.area]
        );
    }

    #[test]
    fn what_has_moved_has_changed_where_it_was_and_where_it_is() {
        let (from, to) = (mark(7, 0), mark(7, 5000));
        assert_eq!(
            between(&[far(1), from], &[far(1), to]),
            [to.area, from.area]
        );
    }

    #[test]
    fn what_lies_over_another_instead_of_under_it_has_changed() {
        let (under, over) = (mark(1, 0), mark(2, 0));
        assert_eq!(between(&[under, over], &[over, under]), [under.area]);
    }

    #[test]
    fn the_same_thing_twice_is_two_things() {
        let one = far(1);
        assert_eq!(between(&[one], &[one, one]), [one.area]);
    }

    #[test]
    fn neighbours_are_drawn_together_and_what_is_far_apart_is_not() {
        assert_eq!(
            between(&[], &[mark(1, 0), mark(2, 12)]),
            [PixelRect::at(0, 0, 22, 10)]
        );
        assert_eq!(between(&[], &[far(1), far(3)]).len(), 2);
    }

    #[test]
    fn many_areas_become_few_that_cover_them() {
        let parts: Vec<_> = (1..60).map(far).collect();
        let areas = between(&[], &parts);
        assert!(areas.len() <= 16, "{}", areas.len());
        for part in parts {
            let is_in = |area: &PixelRect| area.intersection(part.area) == Some(part.area);
            assert!(areas.iter().any(is_in), "{part:?}");
        }
    }
}
