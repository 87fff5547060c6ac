//! Asks the provider.
