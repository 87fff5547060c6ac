//! A layout seen in a mirror.

use iced::Point;
use iced::advanced::layout::Node;

/// `node` and all that it holds with left and right exchanged, inside a parent that is
/// `width` wide.
pub(super) fn mirrored(node: &Node, width: f32) -> Node {
    let bounds = node.bounds();
    mirrored_inside(node).move_to(Point::new(width - bounds.x - bounds.width, bounds.y))
}

/// `node` where it is, with left and right exchanged in what it holds.
pub(super) fn mirrored_inside(node: &Node) -> Node {
    let bounds = node.bounds();
    let children = node.children().iter();
    let children = children.map(|child| mirrored(child, bounds.width));
    Node::with_children(bounds.size(), children.collect()).move_to(bounds.position())
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::{Rectangle, Size};

    fn leaf(x: f32, y: f32, width: f32) -> Node {
        Node::new(Size::new(width, 10.0)).move_to(Point::new(x, y))
    }

    fn tree() -> Node {
        let inner = Node::with_children(
            Size::new(60.0, 40.0),
            vec![leaf(0.0, 0.0, 20.0), leaf(30.0, 5.0, 25.0)],
        );
        Node::with_children(
            Size::new(100.0, 50.0),
            vec![inner.move_to(Point::new(10.0, 3.0)), leaf(80.0, 7.0, 20.0)],
        )
    }

    /// Where everything is in the window.
    fn places(node: &Node, x: f32, y: f32) -> Vec<Rectangle> {
        let bounds = node.bounds() + iced::Vector::new(x, y);
        let inside = node.children().iter();
        let inside = inside.flat_map(|child| places(child, bounds.x, bounds.y));
        std::iter::once(bounds).chain(inside).collect()
    }

    #[test]
    fn everything_is_as_far_from_the_right_as_it_was_from_the_left() {
        let before = places(&tree(), 0.0, 0.0);
        let after = places(&mirrored(&tree(), 100.0), 0.0, 0.0);

        assert_eq!(before.len(), 5);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(after.x, 100.0 - before.x - before.width, "{before:?}");
            assert_eq!(
                (after.y, after.size()),
                (before.y, before.size()),
                "{before:?}"
            );
        }
    }

    #[test]
    fn seen_in_two_mirrors_everything_is_where_it_was() {
        let twice = mirrored(&mirrored(&tree(), 100.0), 100.0);

        assert_eq!(places(&twice, 0.0, 0.0), places(&tree(), 0.0, 0.0));
    }

    #[test]
    fn what_is_to_stay_as_written_keeps_its_order_inside() {
        let node = Node::with_children(
            Size::new(100.0, 50.0),
            vec![mirrored_inside(&tree().children()[0])],
        );

        let after = mirrored(&node, 100.0);

        let inner = &after.children()[0];
        assert_eq!(inner.bounds().x, 30.0);
        let xs: Vec<f32> = inner
            .children()
            .iter()
            .map(|leaf| leaf.bounds().x)
            .collect();
        assert_eq!(xs, [0.0, 30.0]);
    }
}
