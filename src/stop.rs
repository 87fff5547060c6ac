//! Ctrl-C, and what a service manager sends.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What the end of the program may take once it is asked for. What is saved is saved before
/// it is used, so nothing is lost by an end that comes while the network hangs.
const LIMIT: Duration = Duration::from_millis(1500);

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

/// Ends the program a little after somebody wants it to end, whatever it hangs in: the
/// network, a bus, a display that doesn't draw. Counts from the call on, as [`asked`] does.
pub fn at_the_latest() -> impl Future<Output = ()> {
    let asked = asked();
    async {
        asked.await;
        // A thread of its own: by then the runtime may hang in its own end.
        drop(std::thread::spawn(|| {
            std::thread::sleep(LIMIT);
            tracing::warn!("the program ends before its last work does");
            std::process::exit(0);
        }));
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
