//! How things stand, as one large sign on a disc.

use crate::ui::{Element, Frame, Renderer};
use iced::widget::canvas::{self, Canvas, Fill, LineCap, LineJoin, Path, Stroke, path};
use iced::{Color, Length, Point, Radians, Rectangle, Size, Theme, mouse};

use crate::ui::Look;
use crate::ui::cached_canvas::CachedCanvas;
use crate::ui::theme::Palette;

/// What a sign stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody answers.
    Offline,
    /// It isn't allowed.
    Locked,
    /// It takes patience.
    Busy,
    /// There is nothing.
    Empty,
    /// What came can't be read.
    Broken,
    /// Nothing can be stored.
    Unstored,
    /// There is nothing to choose from.
    NoChannels,
}

impl Standing {
    const fn ink(self, palette: &Palette) -> Color {
        match self {
            Self::Offline | Self::Locked | Self::Busy => palette.warning,
            Self::Broken | Self::Unstored => palette.danger,
            Self::Empty | Self::NoChannels => palette.accent,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Sign {
    standing: Standing,
    palette: &'static Palette,
    side: f32,
}

/// The sign, `diameter` pixels of the canvas wide.
pub fn sign<'a, Message: 'a>(
    look: &Look,
    standing: Standing,
    diameter: f32,
) -> Element<'a, Message> {
    let side = look.metrics.px(diameter);
    Canvas::new(Sign {
        standing,
        palette: look.palette,
        side,
    })
    .width(Length::Fixed(side))
    .height(Length::Fixed(side))
    .into()
}

impl<Message> canvas::Program<Message, Theme, Renderer> for Sign {
    type State = CachedCanvas<Self>;

    fn draw(
        &self,
        kept: &CachedCanvas<Self>,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry<Renderer>> {
        vec![kept.draw(*self, renderer, bounds.size(), |frame| self.paint(frame))]
    }
}

/// A sign is drawn on a disc of this radius around the origin.
const RADIUS: f32 = 120.0;
const PEN: f32 = 11.0;

type Points = &'static [(f32, f32)];

impl Sign {
    fn paint(&self, frame: &mut Frame) {
        let scale = self.side / (2.0 * RADIUS);
        frame.scale(scale);
        frame.translate(iced::Vector::new(RADIUS, RADIUS));
        let disc = Path::circle(Point::ORIGIN, RADIUS - 2.0);
        frame.fill(&disc, self.palette.surface);
        let edge = Stroke::default()
            .with_color(self.palette.resting_edge())
            .with_width(3.0 * scale);
        frame.stroke(&disc, edge);
        let pen = Pen {
            ink: self.standing.ink(self.palette),
            ground: self.palette.surface,
            scale,
        };
        match self.standing {
            Standing::Offline => pen.offline(frame),
            Standing::Locked => pen.lock(frame),
            Standing::Busy => pen.hourglass(frame),
            Standing::Empty => pen.tray(frame),
            Standing::Broken => pen.page(frame),
            Standing::Unstored => pen.drive(frame),
            Standing::NoChannels => pen.television(frame),
        }
    }
}

struct Pen {
    ink: Color,
    ground: Color,
    scale: f32,
}

impl Pen {
    /// Waves that reach nobody.
    fn offline(&self, frame: &mut Frame) {
        const FOOT: Point = Point::new(0.0, 44.0);
        for radius in [92.0, 60.0, 28.0] {
            let wave = Path::new(|path| {
                path.arc(path::Arc {
                    center: FOOT,
                    radius,
                    start_angle: Radians((-135.0_f32).to_radians()),
                    end_angle: Radians((-45.0_f32).to_radians()),
                });
            });
            self.stroke(frame, &wave, PEN, self.ink);
        }
        frame.fill(&Path::circle(FOOT, 10.0), self.ink);
        self.crossed(frame);
    }

    fn lock(&self, frame: &mut Frame) {
        let bow = Path::new(|path| {
            path.move_to(Point::new(-30.0, 0.0));
            path.line_to(Point::new(-30.0, -26.0));
            path.bezier_curve_to(
                Point::new(-30.0, -66.0),
                Point::new(30.0, -66.0),
                Point::new(30.0, -26.0),
            );
            path.line_to(Point::new(30.0, 0.0));
        });
        self.stroke(frame, &bow, PEN, self.ink);
        let body = block((-50.0, -10.0), (100.0, 74.0), 14.0);
        frame.fill(&body, self.ink);
        frame.fill(&Path::circle(Point::new(0.0, 20.0), 10.0), self.ground);
        self.line(frame, &[(0.0, 22.0), (0.0, 42.0)], PEN, self.ground);
    }

    fn hourglass(&self, frame: &mut Frame) {
        for y in [-62.0, 62.0] {
            let bar = Path::line(Point::new(-42.0, y), Point::new(42.0, y));
            self.stroke(frame, &bar, PEN, self.ink);
        }
        const GLASS: Points = &[
            (-32.0, -62.0),
            (-32.0, -38.0),
            (-6.0, 0.0),
            (-32.0, 38.0),
            (-32.0, 62.0),
            (32.0, 62.0),
            (32.0, 38.0),
            (6.0, 0.0),
            (32.0, -38.0),
            (32.0, -62.0),
            (-32.0, -62.0),
        ];
        self.line(frame, GLASS, PEN * 0.8, self.ink);
        self.area(
            frame,
            &[
                (-24.0, 58.0),
                (-24.0, 44.0),
                (0.0, 28.0),
                (24.0, 44.0),
                (24.0, 58.0),
            ],
        );
        self.area(frame, &[(-16.0, -28.0), (16.0, -28.0), (0.0, -4.0)]);
    }

    fn tray(&self, frame: &mut Frame) {
        const BOX: Points = &[
            (-64.0, 8.0),
            (-42.0, -48.0),
            (42.0, -48.0),
            (64.0, 8.0),
            (64.0, 50.0),
            (-64.0, 50.0),
            (-64.0, 8.0),
        ];
        const FLOOR: Points = &[
            (-64.0, 8.0),
            (-28.0, 8.0),
            (-18.0, 28.0),
            (18.0, 28.0),
            (28.0, 8.0),
            (64.0, 8.0),
        ];
        self.line(frame, BOX, PEN, self.ink);
        self.line(frame, FLOOR, PEN, self.ink);
    }

    /// A page that is torn in two.
    fn page(&self, frame: &mut Frame) {
        const SHEET: Points = &[
            (-46.0, -66.0),
            (18.0, -66.0),
            (46.0, -38.0),
            (46.0, 66.0),
            (-46.0, 66.0),
            (-46.0, -66.0),
        ];
        const FOLD: Points = &[(18.0, -66.0), (18.0, -38.0), (46.0, -38.0)];
        const TEAR: Points = &[
            (-62.0, 18.0),
            (-30.0, -6.0),
            (-6.0, 16.0),
            (20.0, -8.0),
            (62.0, 14.0),
        ];
        self.line(frame, SHEET, PEN, self.ink);
        self.line(frame, FOLD, PEN * 0.8, self.ink);
        self.line(frame, TEAR, PEN * 2.2, self.ground);
        let edges = [-13.0, 13.0];
        for by in edges {
            let edge = Path::new(|path| {
                for (number, (x, y)) in TEAR.iter().enumerate() {
                    let x = x.clamp(-46.0, 46.0);
                    let point = Point::new(x, y + by);
                    if number == 0 {
                        path.move_to(point);
                    } else {
                        path.line_to(point);
                    }
                }
            });
            self.stroke(frame, &edge, PEN * 0.7, self.ink);
        }
    }

    fn drive(&self, frame: &mut Frame) {
        self.stroke(
            frame,
            &block((-64.0, -44.0), (128.0, 88.0), 16.0),
            PEN,
            self.ink,
        );
        self.line(frame, &[(-64.0, 8.0), (64.0, 8.0)], PEN * 0.8, self.ink);
        frame.fill(&Path::circle(Point::new(38.0, 26.0), 7.0), self.ink);
        self.crossed(frame);
    }

    fn television(&self, frame: &mut Frame) {
        self.stroke(
            frame,
            &block((-68.0, -56.0), (136.0, 92.0), 14.0),
            PEN,
            self.ink,
        );
        self.line(frame, &[(-30.0, 60.0), (30.0, 60.0)], PEN, self.ink);
        self.line(frame, &[(-20.0, -10.0), (20.0, -10.0)], PEN, self.ink);
        self.line(frame, &[(0.0, -30.0), (0.0, 10.0)], PEN, self.ink);
    }

    /// Struck out.
    fn crossed(&self, frame: &mut Frame) {
        const SLASH: Points = &[(-56.0, -60.0), (60.0, 60.0)];
        self.line(frame, SLASH, PEN * 3.0, self.ground);
        self.line(frame, SLASH, PEN, self.ink);
    }

    fn line(&self, frame: &mut Frame, points: &[(f32, f32)], width: f32, color: Color) {
        self.stroke(frame, &through(points), width, color);
    }

    fn area(&self, frame: &mut Frame, points: &[(f32, f32)]) {
        frame.fill(&through(points), Fill::from(self.ink));
    }

    /// A stroke's width isn't scaled by the frame.
    fn stroke(&self, frame: &mut Frame, path: &Path, width: f32, color: Color) {
        let stroke = Stroke::default()
            .with_color(color)
            .with_width(width * self.scale)
            .with_line_cap(LineCap::Round)
            .with_line_join(LineJoin::Round);
        frame.stroke(path, stroke);
    }
}

fn through(points: &[(f32, f32)]) -> Path {
    Path::new(|path| {
        for (number, (x, y)) in points.iter().enumerate() {
            if number == 0 {
                path.move_to(Point::new(*x, *y));
            } else {
                path.line_to(Point::new(*x, *y));
            }
        }
    })
}

fn block((x, y): (f32, f32), (width, height): (f32, f32), radius: f32) -> Path {
    Path::rounded_rectangle(Point::new(x, y), Size::new(width, height), radius.into())
}
