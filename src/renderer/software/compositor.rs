//! The window's pixels: painted where they have changed, and only those handed on.

use std::num::NonZeroU32;

use iced::Color;
use iced::advanced::graphics::compositor::{Display, Information, SurfaceError, Window};
use iced::advanced::graphics::{self, Error, Settings, Shell, Viewport, error};
use iced::window::raw_window_handle::RawDisplayHandle;
use softbuffer::{Context, Rect};

use super::Renderer;
use super::area::Area;
use super::painter::Painter;

/// Opens windows' surfaces.
pub struct Compositor {
    context: Context<Box<dyn Display>>,
    settings: Settings,
    /// Whether the display shows the last picture again by itself where it has been covered.
    remembers: bool,
}

/// A window's pixels.
pub struct Surface {
    /// Nothing where the display wouldn't have it.
    window: Option<softbuffer::Surface<Box<dyn Display>, Box<dyn Window>>>,
    painter: Painter,
}

impl graphics::Compositor for Compositor {
    type Renderer = Renderer;
    type Surface = Surface;

    async fn with_backend(
        settings: Settings,
        display: impl Display + Clone,
        _window: impl Window + Clone,
        _shell: Shell,
        backend: Option<&str>,
    ) -> Result<Self, Error> {
        let failed = |reason| Error::GraphicsAdapterNotFound {
            backend: "tiny-skia",
            reason,
        };
        if let Some(preferred_backend) = backend.filter(|name| *name != "tiny-skia") {
            return Err(failed(error::Reason::DidNotMatch {
                preferred_backend: preferred_backend.to_owned(),
            }));
        }
        let remembers = display
            .display_handle()
            .is_ok_and(|handle| matches!(handle.as_raw(), RawDisplayHandle::Wayland(_)));
        let context = Context::new(Box::new(display) as Box<dyn Display>)
            .map_err(|error| failed(error::Reason::RequestFailed(error.to_string())))?;
        Ok(Self {
            context,
            settings,
            remembers,
        })
    }

    fn create_renderer(&self) -> Renderer {
        Renderer::new(self.settings.default_font, self.settings.default_text_size)
    }

    fn create_surface<W: Window + Clone>(&mut self, window: W, width: u32, height: u32) -> Surface {
        let window = Box::new(window) as Box<dyn Window>;
        let window = softbuffer::Surface::new(&self.context, window)
            .inspect_err(|error| tracing::error!(%error, "the window can’t be drawn to"))
            .ok();
        let mut surface = Surface {
            window,
            painter: Painter::new(self.remembers),
        };
        self.configure_surface(&mut surface, width, height);
        surface
    }

    fn configure_surface(&mut self, surface: &mut Surface, width: u32, height: u32) {
        surface.painter.forget();
        let size = NonZeroU32::new(width).zip(NonZeroU32::new(height));
        if let (Some(window), Some((width, height))) = (&mut surface.window, size)
            && let Err(error) = window.resize(width, height)
        {
            tracing::error!(%error, "the window can’t be drawn to");
        }
    }

    fn information(&self) -> Information {
        Information {
            adapter: "CPU".to_owned(),
            backend: "software".to_owned(),
        }
    }

    fn present(
        &mut self,
        renderer: &mut Renderer,
        surface: &mut Surface,
        viewport: &Viewport,
        background: Color,
        before: impl FnOnce(),
    ) -> Result<(), SurfaceError> {
        let Some(window) = &mut surface.window else {
            // What iced gives up for; all else it would try for ever.
            return Err(SurfaceError::OutOfMemory);
        };
        let size = viewport.physical_size();
        let screen = (size, viewport.scale_factor());
        let scene = renderer.scene(screen, background);
        let changed = surface.painter.changed(&scene, size);
        if changed.is_empty() {
            return Ok(());
        }
        let mut buffer = window.buffer_mut().map_err(|_| SurfaceError::Lost)?;
        if buffer.len() != size.width as usize * size.height as usize {
            return Err(SurfaceError::Outdated);
        }
        let age = buffer.age();
        surface.painter.repaint(scene, &mut buffer, size, age);
        let changed: Vec<Rect> = changed.into_iter().filter_map(rect).collect();
        before();
        buffer
            .present_with_damage(&changed)
            .map_err(|_| SurfaceError::Lost)
    }

    fn screenshot(
        &mut self,
        renderer: &mut Renderer,
        viewport: &Viewport,
        background: Color,
    ) -> Vec<u8> {
        let size = viewport.physical_size();
        iced::advanced::renderer::Headless::screenshot(
            renderer,
            size,
            viewport.scale_factor(),
            background,
        )
    }
}

fn rect(area: Area) -> Option<Rect> {
    Some(Rect {
        x: u32::try_from(area.left).ok()?,
        y: u32::try_from(area.top).ok()?,
        width: NonZeroU32::new(area.width())?,
        height: NonZeroU32::new(area.height())?,
    })
}
