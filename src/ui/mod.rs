//! What screens share.
