//! The one owner of a running session: hands out access tokens, refreshes them
//! single-flight, and signs out.
