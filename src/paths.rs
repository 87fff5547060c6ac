//! Which files are read and written.
