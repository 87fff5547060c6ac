//! Work that is carried to its end although nobody waits for it any more: a refresh
//! whose rotated token must be stored, tokens that must be revoked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The longest that such work holds up the end of the program.
const PATIENCE: Duration = Duration::from_secs(5);

/// Of the whole process, since it is the process that must not end too early.
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static ONE_LESS: Notify = Notify::const_new();

struct Counted;

impl Counted {
    fn new() -> Self {
        let _ = RUNNING.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let _ = RUNNING.fetch_sub(1, Ordering::SeqCst);
        ONE_LESS.notify_waiters();
    }
}

/// Starts work that goes on when the caller is dropped, and that [`settled`] waits
/// for.
pub fn carry_out<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    let counted = Counted::new();
    tokio::spawn(async move {
        let _counted = counted;
        work.await
    })
}

/// Waits until all of it is done, at most five seconds: for the end of the program.
pub async fn settled() {
    let all_done = async {
        loop {
            let one_less = ONE_LESS.notified();
            if RUNNING.load(Ordering::SeqCst) == 0 {
                return;
            }
            one_less.await;
        }
    };
    if tokio::time::timeout(PATIENCE, all_done).await.is_err() {
        tracing::debug!("the program ends before its last work does");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_end_of_the_program_waits_for_work_that_nobody_waits_for() {
        let (done, mut is_done) = tokio::sync::oneshot::channel();
        drop(carry_out(async move {
            tokio::time::sleep(Duration::from_secs(2)).await;
            let _ = done.send(());
        }));

        settled().await;

        assert_eq!(is_done.try_recv(), Ok(()));
    }
}
