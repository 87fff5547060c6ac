//! The loss of an X display. libX11 ends the whole process for it, from within whichever call
//! it was in, so it is told what comes before that.

use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use x11_dl::xcursor::Xcursor;
use x11_dl::xinput2::XInput2;
use x11_dl::xlib::{Display, Xlib};
use x11_dl::xlib_xcb::Xlib_xcb;

type Then = Box<dyn Fn() + Send + Sync>;

static THEN: OnceLock<Then> = OnceLock::new();
static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Has `then` called, once, when an X display is lost; the process ends when it returns. For the
/// whole process: the first call counts. Nothing happens where there is no libX11.
#[expect(unsafe_code, reason = "libX11 is told by a call into it")]
pub fn when_lost(then: impl Fn() + Send + Sync + 'static) {
    if THEN.set(Box::new(then)).is_err() {
        return;
    }
    match Xlib::open() {
        // SAFETY: it only stores the function, which lives as long as the program does.
        Ok(xlib) => unsafe {
            let _ = (xlib.XSetIOErrorHandler)(Some(lost));
        },
        Err(why) => tracing::debug!(%why, "the loss of an X display isn't heard of"),
    }
}

/// The Debian packages of the libraries that a window on X11 needs and this machine lacks.
#[must_use]
pub fn missing_packages() -> Vec<&'static str> {
    // Without it the others can't be opened either.
    if Xlib::open().is_err() {
        return vec!["libx11-6"];
    }
    let found = [
        ("libx11-xcb1", Xlib_xcb::open().is_ok()),
        ("libxcursor1", Xcursor::open().is_ok()),
        ("libxi6", XInput2::open().is_ok()),
    ];
    let missing = found.into_iter().filter(|(_, is_there)| !is_there);
    missing.map(|(package, _)| package).collect()
}

/// No more of Xlib may be called from here. libX11 exits when this returns.
extern "C" fn lost(_display: *mut Display) -> c_int {
    // What runs as the process exits may find the display lost once more.
    if !IS_LOST.swap(true, Ordering::SeqCst)
        && let Some(then) = THEN.get()
    {
        let _ = catch_unwind(AssertUnwindSafe(then));
    }
    0
}
