//! Pixels that are sent to an X server over its connection, where there is no memory to share.

use std::error::Error;

use iced::Size;
use iced::advanced::graphics::compositor::Window;
use iced::window::raw_window_handle::RawWindowHandle;
use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::protocol::xproto::{ConnectionExt as _, CreateGCAux, ImageFormat, ImageOrder};
use x11rb::rust_connection::RustConnection;

use super::area::Area;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Where the memory is that programs share with an X server.
const SHARED: &str = "/dev/shm";

/// A window of an X server, and the picture in it.
pub(super) struct Wire {
    connection: RustConnection,
    window: u32,
    graphics: u32,
    depth: u8,
    swapped: bool,
    pub(super) pixels: Vec<u32>,
    size: Size<u32>,
}

impl Wire {
    /// To a window of an X server. Blocks.
    ///
    /// # Errors
    /// It is none, or the server doesn't answer.
    pub(super) fn to(window: &dyn Window) -> Outcome<Self> {
        let window = id(window).ok_or("the window isn't on X11")?;
        let (connection, _) = x11rb::connect(None)?;
        let depth = connection.get_geometry(window)?.reply()?.depth;
        let graphics = connection.generate_id()?;
        let plain = CreateGCAux::new().graphics_exposures(0);
        connection.create_gc(graphics, window, &plain)?.check()?;
        let order = connection.setup().image_byte_order;
        let swapped = (order == ImageOrder::MSB_FIRST) != cfg!(target_endian = "big");
        Ok(Self {
            connection,
            window,
            graphics,
            depth,
            swapped,
            pixels: Vec::new(),
            size: Size::new(0, 0),
        })
    }

    /// The window has that many pixels from now on.
    pub(super) fn resize(&mut self, size: Size<u32>) {
        self.size = size;
        self.pixels = vec![0; size.width as usize * size.height as usize];
    }

    /// Shows those parts of the picture.
    pub(super) fn show(&self, changed: &[Area]) -> Outcome<()> {
        /// A request's own words.
        const HEAD: usize = 64;
        let most = self.connection.maximum_request_bytes() - HEAD;
        for area in changed {
            let rows = (most / (area.width() as usize * 4)).max(1);
            for top in (area.top..area.bottom).step_by(rows) {
                let beyond = area.bottom.min(top.saturating_add(rows as i32));
                self.put(Area {
                    top,
                    bottom: beyond,
                    ..*area
                })?;
            }
        }
        self.connection.flush()?;
        Ok(())
    }

    /// Sends a part of the picture.
    fn put(&self, area: Area) -> Outcome<()> {
        let (width, left) = (area.width() as usize, area.left as usize);
        let mut bytes = Vec::with_capacity(area.pixels() as usize * 4);
        for row in area.top..area.bottom {
            let begin = row as usize * self.size.width as usize + left;
            for pixel in self.pixels.get(begin..begin + width).ok_or("outside")? {
                let pixel = if self.swapped {
                    pixel.swap_bytes()
                } else {
                    *pixel
                };
                bytes.extend(pixel.to_ne_bytes());
            }
        }
        let place = (i16::try_from(area.left)?, i16::try_from(area.top)?);
        let size = (u16::try_from(area.width())?, u16::try_from(area.height())?);
        let _ = self.connection.put_image(
            ImageFormat::Z_PIXMAP,
            self.window,
            self.graphics,
            size.0,
            size.1,
            place.0,
            place.1,
            0,
            self.depth,
            &bytes,
        )?;
        Ok(())
    }
}

/// The X server's number of a window.
fn id(window: &dyn Window) -> Option<u32> {
    let handle = window.window_handle().ok()?.as_raw();
    if let RawWindowHandle::Xlib(window) = handle {
        return u32::try_from(window.window).ok();
    }
    if let RawWindowHandle::Xcb(window) = handle {
        return Some(window.window.get());
    }
    None
}

/// Whether a window is on X11 and there is no room for a picture of that size in the memory
/// that is shared with the server. Whoever writes there all the same is killed by the kernel.
pub(super) fn is_needed(window: &dyn Window, size: Size<u32>) -> bool {
    /// For others, who share it.
    const SPARE: u64 = 1 << 20;
    let Some(space) = id(window).and_then(|_| rustix::fs::statvfs(SHARED).ok()) else {
        return false;
    };
    let picture = u64::from(size.width) * u64::from(size.height) * 4;
    space.f_bavail.saturating_mul(space.f_frsize) < picture + SPARE
}
