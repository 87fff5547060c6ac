//! Ctrl-C, and what a service manager sends.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Waits until somebody wants the program to end (SIGINT or SIGTERM).
pub(super) async fn asked() {
    let interrupt = received(signal(SignalKind::interrupt()));
    let terminate = received(signal(SignalKind::terminate()));
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

async fn received(signal: std::io::Result<Signal>) {
    match signal {
        Ok(mut signal) => {
            let _ = signal.recv().await;
        }
        // The signal's own effect, ending the program at once, is then still there.
        Err(_) => std::future::pending().await,
    }
}
