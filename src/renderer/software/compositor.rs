//! The window's pixels: painted where they have changed, and only those handed on.

use std::num::NonZeroU32;

use iced::advanced::graphics::compositor::{Display, Information, SurfaceError, Window};
use iced::advanced::graphics::{self, Error, Settings, Shell, Viewport, error};
use iced::window::raw_window_handle::RawDisplayHandle;
use iced::{Color, Size};
use softbuffer::{Context, Rect};

use super::Renderer;
use super::painter::Painter;
use super::pixel_rect::PixelRect;
use super::wire::{self, Wire};

/// Opens windows' surfaces.
pub struct Compositor {
    context: Context<Box<dyn Display>>,
    settings: Settings,
    /// Whether the display shows the last picture again by itself where it has been covered.
    remembers: bool,
}

/// A window's pixels.
pub struct Surface {
    window: Target,
    painter: Painter,
}

type Shared = softbuffer::Surface<Box<dyn Display>, Box<dyn Window>>;

/// How a window's pixels get to the display.
enum Target {
    /// In memory that is shared with it.
    Shared(Shared),
    /// Over the connection to it.
    Wire(Wire),
    /// Not at all: it wouldn't have them.
    None,
}

impl Target {
    /// The window has that many pixels from now on.
    fn resize(&mut self, size: Size<u32>) {
        if let Self::Shared(window) = self
            && wire::is_needed(window.window().as_ref(), size)
        {
            match Wire::to(window.window().as_ref()) {
                Ok(wire) => {
                    tracing::warn!("no room in /dev/shm: the picture is sent to the X server");
                    *self = Self::Wire(wire);
                }
                Err(error) => {
                    tracing::error!(%error, "no room in /dev/shm for the window’s picture");
                    *self = Self::None;
                }
            }
        }
        match self {
            Self::Shared(window) => {
                let size = NonZeroU32::new(size.width).zip(NonZeroU32::new(size.height));
                if let Some((width, height)) = size
                    && let Err(error) = window.resize(width, height)
                {
                    tracing::error!(%error, "the window can’t be drawn to");
                }
            }
            Self::Wire(wire) => wire.resize(size),
            Self::None => {}
        }
    }
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
        let shared = Box::new(window.clone()) as Box<dyn Window>;
        let window = match softbuffer::Surface::new(&self.context, shared) {
            Ok(window) => Target::Shared(window),
            Err(error) => Wire::to(&window).map_or_else(
                |why| {
                    tracing::error!(%error, %why, "the window can’t be drawn to");
                    Target::None
                },
                Target::Wire,
            ),
        };
        let mut surface = Surface {
            window,
            painter: Painter::new(self.remembers),
        };
        self.configure_surface(&mut surface, width, height);
        surface
    }

    fn configure_surface(&mut self, surface: &mut Surface, width: u32, height: u32) {
        surface.painter.forget();
        surface.window.resize(Size::new(width, height));
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
        if matches!(surface.window, Target::None) {
            // What iced gives up for; all else it would try for ever.
            return Err(SurfaceError::OutOfMemory);
        }
        let size = viewport.physical_size();
        let screen = (size, viewport.scale_factor());
        let scene = renderer.scene(screen, background);
        let changed = surface.painter.changed(&scene, size);
        if changed.is_empty() {
            return Ok(());
        }
        let pixels = size.width as usize * size.height as usize;
        match &mut surface.window {
            Target::Shared(window) => {
                let mut buffer = window.buffer_mut().map_err(|_| SurfaceError::Lost)?;
                if buffer.len() != pixels {
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
            Target::Wire(wire) => {
                if wire.pixels.len() != pixels {
                    return Err(SurfaceError::Outdated);
                }
                surface.painter.repaint(scene, &mut wire.pixels, size, 1);
                before();
                wire.show(&changed).map_err(|_| SurfaceError::Lost)
            }
            Target::None => Err(SurfaceError::OutOfMemory),
        }
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

fn rect(area: PixelRect) -> Option<Rect> {
    Some(Rect {
        x: u32::try_from(area.left).ok()?,
        y: u32::try_from(area.top).ok()?,
        width: NonZeroU32::new(area.width())?,
        height: NonZeroU32::new(area.height())?,
    })
}
