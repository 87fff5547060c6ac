//! Where to ask.
