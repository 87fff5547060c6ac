//! Work that is carried to its end although nobody waits for it any more: a refresh
//! whose rotated token must be stored, tokens that must be revoked. And the end of the
//! program, which waits for it.

use std::fmt;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The longest that such work holds up the end of the program. `TimeoutStopSec=` of the units
/// in `packaging` is longer (`tests/packaging.rs`).
pub const LIMIT: Duration = Duration::from_secs(15);

/// That of the whole process, since it is the process that must not end too early.
static PROCESS: Ending = Ending::new();

/// Starts work that goes on when the caller is dropped, and that [`settled`] waits
/// for.
pub fn carry_out<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    tokio::spawn(PROCESS.counted(work))
}

/// Does what takes a while, or waits for a disk, where nobody else waits for it. Nothing comes
/// of it where it panics.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.ok(),
        Err(_) => Some(work()),
    }
}

/// Waits until all of it is done, at most as long as [`LIMIT`]: for the end of the program.
pub async fn settled() {
    if tokio::time::timeout(LIMIT, PROCESS.settled())
        .await
        .is_err()
    {
        tracing::warn!("the program ends before its last work does");
    }
}

/// The same for a thread that can't wait in any other way. Says whether all of it is done.
pub fn settle_within(limit: Duration) -> bool {
    PROCESS.settle_within(limit)
}

/// The program ends: what was to be done [`at_the_end`] begins, and nothing else should.
pub fn begin_end() {
    PROCESS.begin();
}

/// Whether the program ends.
#[must_use]
pub fn is_ending() -> bool {
    PROCESS.has_begun()
}

/// Waits for the end of the program to begin.
pub async fn ending() {
    PROCESS.begun().await;
}

/// Has `work` done when the answer is dropped, or before that when the program ends, however it
/// does. To be called inside a tokio runtime.
#[must_use = "dropping it begins the work"]
pub fn at_the_end(work: impl Future<Output = ()> + Send + 'static) -> AtTheEnd {
    PROCESS.register(Handle::current(), Box::pin(work))
}

/// Work that is still to be done, whatever happens.
pub struct AtTheEnd {
    ending: &'static Ending,
    number: u64,
}

impl fmt::Debug for AtTheEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AtTheEnd").field(&self.number).finish()
    }
}

impl AtTheEnd {
    /// It is done by other means: never mind.
    pub fn forget(&self) {
        let mut state = self.ending.state();
        state.last.retain(|last| last.number != self.number);
    }
}

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.ending.begin_one(self.number);
    }
}

/// What an end of a program has to know.
struct Ending {
    state: Mutex<State>,
    /// Something of it has changed: for threads, and for tasks.
    changed: (Condvar, Notify),
}

struct State {
    has_begun: bool,
    running: usize,
    /// What is done at the end, by number.
    last: Vec<Last>,
    numbers: u64,
}

struct Last {
    number: u64,
    runtime: Handle,
    work: BoxFuture<'static, ()>,
}

/// One piece of running work.
struct Counted(&'static Ending);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.change(|state| state.running -= 1);
    }
}

impl Ending {
    const fn new() -> Self {
        Self {
            state: Mutex::new(State {
                has_begun: false,
                running: 0,
                last: Vec::new(),
                numbers: 0,
            }),
            changed: (Condvar::new(), Notify::const_new()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.state());
        self.changed.0.notify_all();
        self.changed.1.notify_waiters();
        changed
    }

    fn counted<T>(&'static self, work: impl Future<Output = T>) -> impl Future<Output = T> {
        self.change(|state| state.running += 1);
        let counted = Counted(self);
        async move {
            let _counted = counted;
            work.await
        }
    }

    fn register(&'static self, runtime: Handle, work: BoxFuture<'static, ()>) -> AtTheEnd {
        let number = self.change(|state| {
            state.numbers += 1;
            state.last.push(Last {
                number: state.numbers,
                runtime,
                work,
            });
            state.numbers
        });
        let registered = AtTheEnd {
            ending: self,
            number,
        };
        // It comes too late to be found by who began the end.
        if self.has_begun() {
            self.begin_one(number);
        }
        registered
    }

    fn begin(&'static self) {
        let last = self.change(|state| {
            state.has_begun = true;
            mem::take(&mut state.last)
        });
        for last in last {
            self.start(last);
        }
    }

    fn begin_one(&'static self, number: u64) {
        let last = {
            let mut state = self.state();
            let at = state.last.iter().position(|last| last.number == number);
            at.map(|at| state.last.swap_remove(at))
        };
        if let Some(last) = last {
            self.start(last);
        }
    }

    fn start(&'static self, Last { runtime, work, .. }: Last) {
        drop(runtime.spawn(self.counted(work)));
    }

    fn has_begun(&self) -> bool {
        self.state().has_begun
    }

    async fn begun(&self) {
        self.until(|state| state.has_begun).await;
    }

    async fn settled(&self) {
        self.until(|state| state.running == 0).await;
    }

    async fn until(&self, holds: impl Fn(&State) -> bool) {
        loop {
            let changed = self.changed.1.notified();
            if holds(&self.state()) {
                return;
            }
            changed.await;
        }
    }

    fn settle_within(&self, limit: Duration) -> bool {
        let is_running = |state: &mut State| state.running > 0;
        let waited = self
            .changed
            .0
            .wait_timeout_while(self.state(), limit, is_running);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.running == 0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A program of its own.
    fn program() -> &'static Ending {
        Box::leak(Box::new(Ending::new()))
    }

    fn counting(count: &Arc<AtomicUsize>) -> BoxFuture<'static, ()> {
        let count = Arc::clone(count);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(2)).await;
            let _ = count.fetch_add(1, Ordering::SeqCst);
        })
    }

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

    #[tokio::test(start_paused = true)]
    async fn what_is_to_be_done_at_the_end_is_done_then_and_waited_for() {
        let (program, count) = (program(), Arc::default());
        let registered = program.register(Handle::current(), counting(&count));

        program.begin();
        program.settled().await;

        assert_eq!(count.load(Ordering::SeqCst), 1);
        drop(registered);
        program.settled().await;
        assert_eq!(count.load(Ordering::SeqCst), 1, "once is enough");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_dropped_before_the_end_is_done_then_and_what_is_forgotten_never() {
        let (program, count) = (program(), Arc::default());
        drop(program.register(Handle::current(), counting(&count)));
        program.settled().await;
        assert_eq!(count.load(Ordering::SeqCst), 1);

        let forgotten = program.register(Handle::current(), counting(&count));
        forgotten.forget();
        program.begin();
        drop(forgotten);
        program.settled().await;
        assert_eq!(count.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_registered_after_the_end_began_is_done_at_once() {
        let (program, count) = (program(), Arc::default());
        program.begin();

        let registered = program.register(Handle::current(), counting(&count));
        program.settled().await;

        assert_eq!(count.load(Ordering::SeqCst), 1);
        drop(registered);
    }

    #[tokio::test]
    async fn the_beginning_of_the_end_is_heard() {
        let program = program();
        let heard = tokio::spawn(program.begun());
        tokio::task::yield_now().await;
        assert!(!heard.is_finished());

        program.begin();

        heard.await.unwrap();
        assert!(program.has_begun());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_thread_waits_for_work_as_a_task_does_but_no_longer_than_it_may() {
        let program = program();
        let (go_on, may_go_on) = tokio::sync::oneshot::channel::<()>();
        drop(tokio::spawn(program.counted(may_go_on)));
        assert!(!program.settle_within(Duration::ZERO));

        go_on.send(()).unwrap();

        let waited = tokio::task::spawn_blocking(|| program.settle_within(LIMIT));
        assert!(waited.await.unwrap());
    }
}
