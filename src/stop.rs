//! Ctrl-C, and what a service manager sends.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Somebody wants the program to end (SIGINT or SIGTERM). What is received from the
/// call on counts, not from the first poll on: whoever reads what is printed next may
/// send a signal at once.
pub fn asked() -> impl Future<Output = ()> {
    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
        }
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
