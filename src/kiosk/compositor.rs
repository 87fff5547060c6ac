//! The Wayland compositor, asked to leave the screen on: it knows the screen, and what it was
//! asked ends with the window, whatever ends that (`zwp_idle_inhibit_manager_v1`).
//!
//! iced's window has the connection; here it is joined, by a queue of events of its own.

use std::fmt;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, PoisonError};

use iced::window::Window;
use iced::window::raw_window_handle::{RawDisplayHandle, RawWindowHandle};
use wayland_client::backend::{Backend, ObjectId};
use wayland_client::globals::{BindError, GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, EventQueue, Proxy as _, QueueHandle, delegate_noop};
use wayland_protocols::wp::idle_inhibit::zv1::client::zwp_idle_inhibit_manager_v1::ZwpIdleInhibitManagerV1 as Manager;
use wayland_protocols::wp::idle_inhibit::zv1::client::zwp_idle_inhibitor_v1::ZwpIdleInhibitorV1 as Inhibitor;

/// Why no compositor leaves the screen on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unable {
    /// The window isn't on Wayland.
    #[error("the window isn't on Wayland")]
    NotWayland,
    /// The compositor can't.
    #[error("the compositor doesn't offer zwp_idle_inhibit_manager_v1")]
    NotOffered,
    /// The connection fails.
    #[error("the compositor doesn't answer: {0}")]
    Broken(String),
}

/// One that can leave the screen on while a window is there.
#[derive(Clone)]
pub struct Compositor(Arc<Mutex<Joined>>);

/// Never dropped: that would touch the connection, which may have ended by then. There is one
/// window in the life of the program.
type Joined = ManuallyDrop<Parts>;

struct Parts {
    /// The address of the connection, to know it by.
    display: usize,
    queue: EventQueue<Events>,
    manager: Manager,
    surface: WlSurface,
    inhibitor: Option<Inhibitor>,
}

impl fmt::Debug for Compositor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("compositor")
    }
}

impl Compositor {
    /// That of this window. Waits for one answer of it.
    ///
    /// # Errors
    /// There is none, or it can't.
    pub fn of(window: &dyn Window) -> Result<Self, Unable> {
        let (display, surface) = pointers(window)?;
        let (connection, surface) = join(display, surface)?;
        let (globals, queue) = registry_queue_init::<Events>(&connection).map_err(broken)?;
        let manager = globals
            .bind(&queue.handle(), 1..=1, ())
            .map_err(|why| match why {
                BindError::NotPresent | BindError::UnsupportedVersion => Unable::NotOffered,
            })?;
        Ok(Self(Arc::new(Mutex::new(ManuallyDrop::new(Parts {
            display: display.addr().get(),
            queue,
            manager,
            surface,
            inhibitor: None,
        })))))
    }

    /// Asks for the screen to be left on, or gives it back; nothing where that is so already.
    ///
    /// # Errors
    /// It isn't this window's, or the connection fails.
    pub fn leave_on(&self, window: &dyn Window, on: bool) -> Result<(), Unable> {
        let (display, _) = pointers(window)?;
        let mut parts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if parts.display != display.addr().get() {
            return Err(Unable::NotWayland);
        }
        // Outputs that come and go are told to whoever has joined: nothing of it is kept.
        let _ = parts.queue.dispatch_pending(&mut Events).map_err(broken)?;
        match (on, parts.inhibitor.take()) {
            (true, None) => {
                let events = parts.queue.handle();
                parts.inhibitor = Some(parts.manager.create_inhibitor(&parts.surface, &events, ()));
            }
            (false, Some(inhibitor)) => inhibitor.destroy(),
            (true, kept @ Some(_)) => parts.inhibitor = kept,
            (false, None) => {}
        }
        parts.queue.flush().map_err(broken)
    }
}

fn broken(why: impl fmt::Display) -> Unable {
    Unable::Broken(why.to_string())
}

type Pointer = NonNull<std::ffi::c_void>;

/// The `wl_display` and the `wl_surface` of a window.
fn pointers(window: &dyn Window) -> Result<(Pointer, Pointer), Unable> {
    let display = window.display_handle().map(|display| display.as_raw());
    let surface = window.window_handle().map(|surface| surface.as_raw());
    let (Ok(RawDisplayHandle::Wayland(display)), Ok(RawWindowHandle::Wayland(surface))) =
        (display, surface)
    else {
        return Err(Unable::NotWayland);
    };
    Ok((display.display, surface.surface))
}

#[allow(unsafe_code, reason = "iced's window gives addresses")]
fn join(display: Pointer, surface: Pointer) -> Result<(Connection, WlSurface), Unable> {
    // SAFETY: both belong to a window that its caller borrows, so they are alive now. Later the
    // connection is used only while `leave_on` borrows a window on the same one; it isn't even
    // dropped. The surface is iced's own, whose end this library knows of: it is then refused.
    let (backend, surface) = unsafe {
        (
            Backend::from_foreign_display(display.as_ptr().cast()),
            ObjectId::from_ptr(WlSurface::interface(), surface.as_ptr().cast()),
        )
    };
    let connection = Connection::from_backend(backend);
    let surface = surface
        .and_then(|surface| WlSurface::from_id(&connection, surface))
        .map_err(broken)?;
    Ok((connection, surface))
}

/// Whoever is told of events: there are none that matter.
struct Events;

impl Dispatch<WlRegistry, GlobalListContents> for Events {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

delegate_noop!(Events: Manager);
delegate_noop!(Events: Inhibitor);
