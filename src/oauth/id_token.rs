//! Who it is.
