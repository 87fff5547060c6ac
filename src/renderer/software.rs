//! Draws with the processor, and only what has changed.
//!
//! iced's software renderer takes down what is to be drawn; the rest is done here instead. It
//! would hand on the whole window for each change, take texts of the same size for the same
//! text, and fill a mask as large as the screen for each layer of each change.
//!
//! A picture is a [`scene::Scene`]: parts in the order in which they lie over each other, each
//! with the pixels that it touches. Which pixels have changed follows from the parts of two
//! pictures ([`damage`]); what each pixel looks like follows from the parts alone, so that it
//! doesn't matter how much around it is painted.

pub mod canvas;
pub mod compositor;
pub mod damage;
pub mod drawings;
pub mod glyphs;
pub mod painter;
pub mod pictures;
pub mod pixel_rect;
pub mod pixmap;
pub mod quad;
pub mod rounded;
pub mod scene;
pub mod texts;
mod wire;

use iced::advanced::graphics;
use iced::advanced::image::{self, Allocation};
use iced::advanced::renderer::{self as core, Quad};
use iced::advanced::text;
use iced::{Background, Color, Font, Pixels, Point, Rectangle, Size, Transformation};
use iced_tiny_skia::Geometry;
use iced_tiny_skia::geometry::Frame;

pub use compositor::Compositor;
pub use painter::Painter;
pub use pixel_rect::PixelRect;

/// Takes down what is to be drawn.
#[derive(Debug)]
pub struct Renderer {
    noted: iced_tiny_skia::Renderer,
    caches: scene::Caches,
}

impl Renderer {
    /// Nothing is drawn yet.
    #[must_use]
    pub fn new(font: Font, size: Pixels) -> Self {
        Self {
            noted: iced_tiny_skia::Renderer::new(font, size),
            caches: scene::Caches::default(),
        }
    }

    /// What was taken down, on a screen of that many pixels and pixels per logical one.
    fn scene(&mut self, screen: (Size<u32>, f32), background: Color) -> scene::Scene {
        scene::Scene::of(self.noted.layers(), screen, background, &mut self.caches)
    }
}

impl iced::advanced::Renderer for Renderer {
    fn start_layer(&mut self, bounds: Rectangle) {
        self.noted.start_layer(bounds);
    }

    fn end_layer(&mut self) {
        self.noted.end_layer();
    }

    fn start_transformation(&mut self, transformation: Transformation) {
        self.noted.start_transformation(transformation);
    }

    fn end_transformation(&mut self) {
        self.noted.end_transformation();
    }

    fn fill_quad(&mut self, quad: Quad, background: impl Into<Background>) {
        self.noted.fill_quad(quad, background);
    }

    fn reset(&mut self, bounds: Rectangle) {
        self.noted.reset(bounds);
    }

    fn allocate_image(
        &mut self,
        _handle: &image::Handle,
        callback: impl FnOnce(Result<Allocation, image::Error>) + Send + 'static,
    ) {
        callback(Err(image::Error::Unsupported));
    }
}

impl text::Renderer for Renderer {
    type Font = Font;
    type Paragraph = graphics::text::Paragraph;
    type Editor = graphics::text::Editor;

    const ICON_FONT: Font = iced_tiny_skia::Renderer::ICON_FONT;
    const CHECKMARK_ICON: char = iced_tiny_skia::Renderer::CHECKMARK_ICON;
    const ARROW_DOWN_ICON: char = iced_tiny_skia::Renderer::ARROW_DOWN_ICON;
    const SCROLL_UP_ICON: char = iced_tiny_skia::Renderer::SCROLL_UP_ICON;
    const SCROLL_DOWN_ICON: char = iced_tiny_skia::Renderer::SCROLL_DOWN_ICON;
    const SCROLL_LEFT_ICON: char = iced_tiny_skia::Renderer::SCROLL_LEFT_ICON;
    const SCROLL_RIGHT_ICON: char = iced_tiny_skia::Renderer::SCROLL_RIGHT_ICON;
    const ICED_LOGO: char = iced_tiny_skia::Renderer::ICED_LOGO;

    fn default_font(&self) -> Font {
        self.noted.default_font()
    }

    fn default_size(&self) -> Pixels {
        self.noted.default_size()
    }

    fn fill_paragraph(
        &mut self,
        text: &Self::Paragraph,
        position: Point,
        color: Color,
        clip: Rectangle,
    ) {
        self.noted.fill_paragraph(text, position, color, clip);
    }

    fn fill_editor(&mut self, text: &Self::Editor, position: Point, color: Color, clip: Rectangle) {
        self.noted.fill_editor(text, position, color, clip);
    }

    fn fill_text(&mut self, text: text::Text, position: Point, color: Color, clip: Rectangle) {
        self.noted.fill_text(text, position, color, clip);
    }
}

impl image::Renderer for Renderer {
    type Handle = image::Handle;

    fn load_image(&self, _handle: &image::Handle) -> Result<Allocation, image::Error> {
        Err(image::Error::Unsupported)
    }

    fn measure_image(&self, handle: &image::Handle) -> Option<Size<u32>> {
        pictures::size(handle)
    }

    fn draw_image(&mut self, image: image::Image, bounds: Rectangle, clip: Rectangle) {
        self.noted.draw_image(image, bounds, clip);
    }
}

impl graphics::geometry::Renderer for Renderer {
    type Geometry = Geometry;
    type Frame = Frame;

    fn new_frame(&self, bounds: Rectangle) -> Frame {
        self.noted.new_frame(bounds)
    }

    fn draw_geometry(&mut self, geometry: Geometry) {
        if let Geometry::Cache(cache) = &geometry {
            self.caches.keep(&cache.primitives);
        }
        self.noted.draw_geometry(geometry);
    }
}

impl graphics::compositor::Default for Renderer {
    type Compositor = Compositor;
}

impl core::Headless for Renderer {
    async fn new(font: Font, size: Pixels, backend: Option<&str>) -> Option<Self> {
        let is_this = backend.is_none_or(|name| name == "tiny-skia");
        is_this.then(|| Self::new(font, size))
    }

    fn name(&self) -> String {
        "software".to_owned()
    }

    fn screenshot(&mut self, size: Size<u32>, scale: f32, background: Color) -> Vec<u8> {
        let mut pixels = vec![0; size.width as usize * size.height as usize];
        let mut painter = Painter::default();
        let _ = painter.paint(self, &mut pixels, (size, scale), background, 0);
        pixels
            .into_iter()
            .flat_map(|pixel| {
                let [_, red, green, blue] = u32::to_be_bytes(pixel);
                [red, green, blue, 255]
            })
            .collect()
    }
}
