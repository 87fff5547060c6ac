//! Who keeps the screen on: the compositor where it can, else whoever answers on a bus.

/// Who does, and `C`, what a compositor is asked by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ScreenKeeper<C> {
    /// There is no window yet.
    #[default]
    Unknown,
    /// The compositor.
    Compositor {
        /// What it is asked by.
        compositor: C,
        /// Whether it was asked to.
        on: bool,
    },
    /// Whoever answers on a bus.
    Buses,
}

impl<C: Clone> ScreenKeeper<C> {
    /// This compositor can.
    #[must_use]
    pub const fn compositor(compositor: C) -> Self {
        let on = false;
        Self::Compositor { compositor, on }
    }

    /// The screen has to stay on if that is `due`: what the compositor is told, where it has
    /// to be told something.
    pub fn turn(&mut self, due: bool) -> Option<(C, bool)> {
        match self {
            Self::Compositor { compositor, on } if *on != due => {
                *on = due;
                Some((compositor.clone(), due))
            }
            Self::Compositor { .. } | Self::Unknown | Self::Buses => None,
        }
    }

    /// Whether somebody on a bus has to do it.
    #[must_use]
    pub const fn asks_buses(&self, due: bool) -> bool {
        due && matches!(self, Self::Buses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compositor_is_told_once_that_the_screen_stays_on_and_once_that_it_need_not() {
        let mut keeper = ScreenKeeper::compositor("sway");
        assert_eq!(keeper.turn(false), None);
        assert_eq!(keeper.turn(true), Some(("sway", true)));
        assert_eq!(keeper.turn(true), None);
        assert_eq!(keeper.turn(false), Some(("sway", false)));
        assert_eq!(keeper.turn(false), None);
    }

    #[test]
    fn nobody_on_a_bus_is_asked_while_the_compositor_does_it_or_may_yet() {
        assert!(!ScreenKeeper::compositor("sway").asks_buses(true));
        assert!(!ScreenKeeper::<&str>::Unknown.asks_buses(true));
    }

    #[test]
    fn without_such_a_compositor_the_buses_are_asked_while_it_is_due() {
        let mut keeper = ScreenKeeper::<&str>::Buses;
        assert!(keeper.asks_buses(true));
        assert!(!keeper.asks_buses(false));
        assert_eq!(keeper.turn(true), None);
    }
}
