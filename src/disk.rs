//! The disk, asked by somebody who must not wait for it: a file system that hangs (a network
//! mount whose server is gone, a card that fails) blocks whoever reads from it, and nothing
//! interrupts that.
//!
//! The screen's thread asks a thread of its own and waits for a moment at most: what a working
//! disk says is there in time, and the screen that follows needs no other one before it. What
//! comes later comes as a message. So nothing in `update`, `view` or before the first picture
//! waits for a disk without an end.
//!
//! What a window can't do without, and so is waited for longer ([`START`]): the configuration,
//! which says what draws, in which language and whether this is a kiosk. If it doesn't come,
//! the window opens with a sentence that says so.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use futures::channel::oneshot;
use futures::future::{self, BoxFuture};

/// What a disk that works takes no longer than, and a person doesn't notice.
pub const MOMENT: Duration = Duration::from_millis(100);
/// How long a start waits for what it can't do without.
pub const START: Duration = Duration::from_secs(4);

/// More questions than these aren't asked as long as none of them is answered.
const MOST_LATE: usize = 16;
static LATE: AtomicUsize = AtomicUsize::new(0);

/// What came of a question.
pub enum Asked<T> {
    /// The answer.
    Now(T),
    /// The answer takes longer; nothing if there will be none.
    Later(BoxFuture<'static, Option<T>>),
}

impl<T> Asked<T> {
    /// The answer, if it is there.
    pub fn now(self) -> Option<T> {
        match self {
            Self::Now(answer) => Some(answer),
            Self::Later(_) => None,
        }
    }
}

/// Counts a question as long as it isn't answered.
struct Open;

impl Open {
    fn new() -> Option<Self> {
        let open = LATE.fetch_add(1, Ordering::SeqCst);
        let counted = Self;
        (open < MOST_LATE).then_some(counted)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = LATE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Does `work` on a thread of its own and waits for it, but no longer than `patience`.
pub fn ask<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Asked<T> {
    let never = || Asked::Later(Box::pin(future::ready(None)));
    let Some(open) = Open::new() else {
        tracing::warn!("the disk doesn't answer; it isn't asked any more for now");
        return never();
    };
    let (answer, mut answered) = oneshot::channel();
    let (done, is_done) = mpsc::sync_channel(1);
    let asking = move || {
        let _open = open;
        let _ = answer.send(work());
        let _ = done.send(());
    };
    if let Err(why) = thread::Builder::new().name("disk".to_owned()).spawn(asking) {
        tracing::warn!(%why, "no thread to ask the disk");
        return never();
    }
    let _ = is_done.recv_timeout(patience);
    match answered.try_recv() {
        Ok(Some(answer)) => Asked::Now(answer),
        Ok(None) => {
            tracing::debug!("the disk takes its time");
            Asked::Later(Box::pin(async move { answered.await.ok() }))
        }
        Err(oneshot::Canceled) => never(),
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;

    #[test]
    fn what_a_working_disk_says_is_there_at_once() {
        assert_eq!(ask(START, || 7).now(), Some(7));
    }

    #[test]
    fn a_disk_that_hangs_is_not_waited_for_and_what_it_says_comes_later() {
        let (release, released) = mpsc::channel();
        let asked = ask(Duration::ZERO, move || released.recv().is_ok());
        let Asked::Later(later) = asked else {
            panic!("it was waited for");
        };
        release.send(()).unwrap();
        assert_eq!(block_on(later), Some(true));
    }

    #[test]
    fn a_question_that_fails_has_no_answer() {
        let Asked::Later(later) = ask::<()>(START, || panic!("nothing can be read")) else {
            panic!("an answer");
        };
        assert_eq!(block_on(later), None);
    }
}
