//! Ctrl-C, a terminal that is closed, and what a service manager sends.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::work;

/// So long after the end was asked for, a window that still stands hangs: what it would have
/// begun begins without it.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Somebody wants the program to end (SIGINT, SIGTERM or SIGHUP). What is received from the
/// call on counts, not from the first poll on: whoever reads what is printed next may
/// send a signal at once.
pub fn asked() -> impl Future<Output = ()> {
    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    // Who started the program by nohup wants it to outlive the terminal.
    let hang_up = (!ignores_hang_ups()).then(|| signal(SignalKind::hangup()));
    async {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
            () = received_if(hang_up) => {}
        }
    }
}

/// Ends the program after somebody wants it to end, whatever hangs: the network, a bus, a
/// display that doesn't draw. What is being saved, or revoked, is waited for as long as
/// [`work::LIMIT`]. Counts from the call on, as [`asked`] does.
pub fn at_the_latest() -> impl Future<Output = ()> {
    let asked = asked();
    async {
        asked.await;
        // A thread of its own: by then the runtime may hang in its own end.
        drop(std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            work::begin_end();
            if !work::settle_within(work::LIMIT.saturating_sub(PATIENCE)) {
                tracing::warn!("the program ends before its last work does");
            }
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

async fn received_if(signal: Option<std::io::Result<Signal>>) {
    match signal {
        Some(signal) => received(signal).await,
        None => std::future::pending().await,
    }
}

fn ignores_hang_ups() -> bool {
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| is_ignored(&status, 1))
}

/// Whether the signal of that number is ignored by a process with that `status` (proc(5)).
fn is_ignored(status: &str, number: u32) -> bool {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| (mask >> (number - 1)) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_a_signal_is_ignored_stands_in_the_processes_status() {
        let nohup = "Name:\ttenfoot\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n";
        assert!(is_ignored(nohup, 1));
        assert!(!is_ignored(nohup, 2));
        assert!(is_ignored(nohup, 13));
        assert!(!is_ignored("Name:\ttenfoot\n", 1));
    }
}
