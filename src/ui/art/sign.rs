//! What a phone shows: how things stand, as a shape and never as a colour alone.

use crate::ui::Frame;
use iced::Point;
use iced::widget::canvas::{LineCap, LineJoin, Path, Stroke};

use crate::ui::theme::Palette;

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It is, or can be, approved.
    Yes,
    /// It was refused.
    No,
    /// Something is waited for.
    Wait,
    /// Time ran out.
    Time,
    /// Something went wrong.
    Trouble,
    /// There is no way to somebody.
    Offline,
    /// Something can't be trusted.
    Shield,
    /// Something can't be kept.
    Disk,
    /// Something is written wrong.
    File,
    /// A network wants something before it lets anybody out.
    Door,
    /// A connection isn't closed to others.
    Lock,
    /// The time isn't known.
    Clock,
}

/// Points around the middle of a disc with a radius of 46.
type Lines = &'static [&'static [(f32, f32)]];

impl Sign {
    const fn lines(self) -> Lines {
        match self {
            Self::Yes => &[&[(-20.0, 2.0), (-5.0, 17.0), (22.0, -15.0)]],
            Self::No => &[
                &[(-16.0, -16.0), (16.0, 16.0)],
                &[(16.0, -16.0), (-16.0, 16.0)],
            ],
            Self::Wait => &[],
            Self::Time => &[&[(0.0, -24.0), (0.0, 2.0), (16.0, 12.0)]],
            Self::Trouble => &[&[(0.0, -22.0), (0.0, 4.0)]],
            Self::Offline => &[
                &[
                    (-25.0, -6.0),
                    (-13.0, -14.0),
                    (0.0, -17.0),
                    (13.0, -14.0),
                    (25.0, -6.0),
                ],
                &[(-13.0, 6.0), (0.0, 0.0), (13.0, 6.0)],
                &[(-20.0, 24.0), (20.0, -26.0)],
            ],
            Self::Shield => &[
                &[
                    (0.0, -27.0),
                    (21.0, -19.0),
                    (21.0, 2.0),
                    (13.0, 17.0),
                    (0.0, 27.0),
                    (-13.0, 17.0),
                    (-21.0, 2.0),
                    (-21.0, -19.0),
                    (0.0, -27.0),
                ],
                &[(0.0, -11.0), (0.0, 3.0)],
            ],
            Self::Disk => &[
                &[
                    (-22.0, -22.0),
                    (12.0, -22.0),
                    (22.0, -12.0),
                    (22.0, 22.0),
                    (-22.0, 22.0),
                    (-22.0, -22.0),
                ],
                &[(-11.0, 22.0), (-11.0, 5.0), (11.0, 5.0), (11.0, 22.0)],
                &[(-9.0, -22.0), (-9.0, -11.0), (6.0, -11.0)],
            ],
            Self::File => &[
                &[
                    (5.0, -27.0),
                    (-18.0, -27.0),
                    (-18.0, 27.0),
                    (18.0, 27.0),
                    (18.0, -13.0),
                    (5.0, -27.0),
                    (5.0, -13.0),
                    (18.0, -13.0),
                ],
                &[(-7.0, 1.0), (7.0, 1.0)],
                &[(-7.0, 14.0), (7.0, 14.0)],
            ],
            // A doorway, and an arrow that leads in.
            Self::Door => &[
                &[(-2.0, -26.0), (22.0, -26.0), (22.0, 26.0), (-2.0, 26.0)],
                &[(-26.0, 0.0), (8.0, 0.0)],
                &[(-3.0, -11.0), (8.0, 0.0), (-3.0, 11.0)],
            ],
            // Its bow is open.
            Self::Lock => &[
                &[
                    (-20.0, -2.0),
                    (20.0, -2.0),
                    (20.0, 26.0),
                    (-20.0, 26.0),
                    (-20.0, -2.0),
                ],
                &[
                    (-12.0, -2.0),
                    (-12.0, -16.0),
                    (-9.0, -23.0),
                    (-2.0, -27.0),
                    (5.0, -27.0),
                    (11.0, -23.0),
                    (14.0, -16.0),
                ],
                &[(0.0, 8.0), (0.0, 16.0)],
            ],
            // It is being set: an arrow goes back around its hands.
            Self::Clock => &[
                &[
                    (-24.4, -8.9),
                    (-22.4, -13.2),
                    (-19.6, -17.1),
                    (-16.1, -20.4),
                    (-12.0, -23.0),
                    (-7.6, -24.9),
                    (-2.9, -25.8),
                    (1.9, -25.9),
                    (6.6, -25.1),
                    (11.2, -23.5),
                    (15.3, -21.0),
                    (18.9, -17.9),
                    (21.9, -14.1),
                    (24.1, -9.8),
                    (25.5, -5.2),
                    (26.0, -0.5),
                    (25.6, 4.3),
                    (24.4, 9.0),
                    (22.3, 13.3),
                    (19.5, 17.2),
                    (16.0, 20.5),
                    (12.0, 23.1),
                    (7.5, 24.9),
                    (2.8, 25.8),
                    (-2.0, 25.9),
                    (-6.7, 25.1),
                    (-11.2, 23.4),
                    (-15.4, 21.0),
                    (-19.0, 17.8),
                    (-21.9, 14.0),
                    (-24.1, 9.7),
                ],
                &[(-29.0, -21.0), (-25.0, -8.0), (-12.0, -11.0)],
                &[(0.0, -13.0), (0.0, 2.0), (10.0, 8.0)],
            ],
        }
    }

    const fn dots(self) -> &'static [(f32, f32)] {
        match self {
            Self::Wait => &[(-20.0, 0.0), (0.0, 0.0), (20.0, 0.0)],
            Self::Trouble => &[(0.0, 22.0)],
            Self::Offline => &[(0.0, 19.0)],
            Self::Shield => &[(0.0, 14.0)],
            Self::Yes
            | Self::No
            | Self::Time
            | Self::Disk
            | Self::File
            | Self::Door
            | Self::Lock
            | Self::Clock => &[],
        }
    }

    /// Signs of few lines are drawn with a broad pen.
    const fn pen(self) -> f32 {
        match self {
            Self::Yes | Self::No | Self::Wait | Self::Time | Self::Trouble => 9.0,
            Self::Offline
            | Self::Shield
            | Self::Disk
            | Self::File
            | Self::Door
            | Self::Lock
            | Self::Clock => 5.5,
        }
    }

    /// Draws it on a disc of that radius; `scale` is logical pixels for each unit.
    pub(super) fn paint(
        self,
        frame: &mut Frame,
        middle: Point,
        radius: f32,
        palette: &Palette,
        scale: f32,
    ) {
        let (disc, ink) = match self {
            Self::Yes => (palette.accent, palette.on_accent),
            Self::No => (palette.danger, palette.surface),
            Self::Wait => (palette.edge, palette.raised),
            Self::Time
            | Self::Trouble
            | Self::Offline
            | Self::Shield
            | Self::Disk
            | Self::File
            | Self::Door
            | Self::Lock
            | Self::Clock => (palette.warning, palette.surface),
        };
        frame.fill(&Path::circle(middle, radius), disc);
        let size = radius / 46.0;
        let at = |&(x, y): &(f32, f32)| Point::new(middle.x + x * size, middle.y + y * size);
        let pen = Stroke::default()
            .with_color(ink)
            .with_width(self.pen() * size * scale)
            .with_line_cap(LineCap::Round)
            .with_line_join(LineJoin::Round);
        for line in self.lines() {
            let path = Path::new(|path| {
                for (number, point) in line.iter().enumerate() {
                    if number == 0 {
                        path.move_to(at(point));
                    } else {
                        path.line_to(at(point));
                    }
                }
            });
            frame.stroke(&path, pen);
        }
        for point in self.dots() {
            let dot = Path::circle(at(point), self.pen().max(6.0) * 0.75 * size);
            frame.fill(&dot, ink);
        }
    }
}
