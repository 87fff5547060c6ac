//! What a TV box needs of the system, and what keeps it from being left by accident: words
//! for the service manager, a screen that doesn't sleep while it is due, the way into the
//! service menu.

pub mod compositor;
pub mod inhibit;
pub mod notify;
pub mod outputs;
pub mod pin;
pub mod screen_keeper;
pub mod sequence;
pub mod wayland;
pub mod x11;
pub mod xlib;
