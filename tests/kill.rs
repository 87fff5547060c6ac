//! A refresh that is killed at any of its system calls (SIGKILL, as a power cut or the
//! kernel's own out-of-memory killer does it): the next start has a whole session, or
//! says that the provider has ended it.
//!
//! The test holds the session's lock until the program waits for it, attaches `strace`
//! to one of its threads, and lets go: its fault injection then chooses the moment.
//! Only root may do that: the program lets nobody else look into its memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "kill/cuts.rs"]
mod cuts;
#[path = "support/demo.rs"]
mod demo_support;
#[path = "support/keyring.rs"]
mod keyring;
#[path = "support/program.rs"]
mod program;
#[path = "support/rotating.rs"]
mod rotating;
#[path = "kill/tv.rs"]
mod tv;

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyring::Desk;
use rotating::Rotating;
use tenfoot::session::store::{OneFile, Store as _};
use tv::{Left, Tv, at_every_moment};

/// Far more than a refresh has.
const ALL: usize = 1000;
/// A refresh with a keyring has some 170 moments, which take a minute: so many of them,
/// evenly.
const SOME: usize = 60;

#[test]
fn a_killed_refresh_costs_nothing_where_the_provider_lets_tokens_overlap() {
    let tv = Tv::new(true);
    at_every_moment(&tv, ALL, |moment, left, next| {
        assert_eq!(next.code, 0, "{moment:?}, {left:?}: {}", next.err);
        assert_eq!(tv.files(), tv.session_and_lock(), "{moment:?}, {left:?}");
    });
}

#[test]
fn a_killed_refresh_costs_the_session_only_if_its_answer_is_lost_at_a_strict_provider() {
    let tv = Tv::new(false);
    at_every_moment(&tv, ALL, |moment, left, next| match left {
        Left::Untouched | Left::Renewed => {
            assert_eq!(next.code, 0, "{moment:?}, {left:?}: {}", next.err);
            assert_eq!(tv.files(), tv.session_and_lock(), "{moment:?}, {left:?}");
        }
        Left::Behind => {
            assert_eq!(next.code, 3, "{moment:?}: {}", next.err);
            assert!(
                next.err.contains("The session has ended at the provider."),
                "{}",
                next.err
            );
            // It is kept until the next sign-in, and there is no half of a new one.
            assert_eq!(tv.files(), tv.session_and_lock(), "{moment:?}");
        }
    });
}

/// Nothing but a dead token ends a session.
fn costs_the_session_only_if_its_answer_is_lost(tv: &Tv) {
    let is_whole = |name: &String| {
        [".json", ".keyring", ".lock"]
            .iter()
            .any(|ending| name.ends_with(ending))
    };
    at_every_moment(tv, SOME, |moment, left, next| match left {
        Left::Untouched | Left::Renewed => {
            assert_eq!(next.code, 0, "{moment:?}, {left:?}: {}", next.err);
            let files = tv.files_once_it_was_locked();
            assert!(files.iter().all(is_whole), "{moment:?}: {files:?}");
        }
        Left::Behind => {
            assert_eq!(next.code, 3, "{moment:?}: {}", next.err);
            assert!(
                next.err.contains("The session has ended at the provider."),
                "{}",
                next.err
            );
        }
    });
}

#[test]
fn a_killed_refresh_of_a_session_in_the_keyring_costs_it_only_if_its_answer_is_lost() {
    let desk = Arc::new(Desk::with_keyring());
    let tv = Tv::with_keyring(&desk, Rotating::start(false));

    costs_the_session_only_if_its_answer_is_lost(&tv);

    assert!(!tv.has_file(), "the keyring has served all the time");
}

#[test]
fn a_refresh_that_is_killed_as_it_turns_from_the_keyring_to_a_file_costs_no_more() {
    let desk = Arc::new(Desk::with_keyring());
    let lock = {
        let desk = Arc::clone(&desk);
        move || desk.lock()
    };
    let tv = Tv::with_keyring(&desk, Rotating::start_with(false, lock));

    costs_the_session_only_if_its_answer_is_lost(&tv);

    tv.sign_in();
    assert_eq!(tv.fetch().code, 0);
    assert!(tv.has_file(), "the keyring was locked meanwhile");
}

#[test]
fn power_cuts_at_random_moments_cost_nothing() {
    let (times, seed) = cuts::times_and_seed();
    println!("{times} cuts with TENFOOT_SEED={seed}");
    let tv = Tv::new(true);
    let began = Instant::now();

    let came = cuts::cut(&tv, times, seed);

    println!("{came:?} in {:?}", began.elapsed());
    let next = tv.fetch();
    assert_eq!(next.code, 0, "{}", next.err);
    assert_eq!(tv.files(), tv.session_and_lock());
    // Before, in and after the window in which the answer may be lost.
    assert!(came.len() == 4 || times < 1000, "{came:?}");
}

#[test]
fn the_next_who_locks_a_session_sweeps_up_after_a_killed_writer_and_only_after_it() {
    let tv = Tv::new(true);
    tv.sign_in();
    let of = |profile| OneFile::new(&tv.machine.path("state/tenfoot"), profile, "i", "c");
    let file = |store: &OneFile, start: &str| {
        let name = store.path().file_name().unwrap().to_str().unwrap();
        let path = store.path().with_file_name(format!("{start}{name}.Ab12Cd"));
        fs::write(&path, "access-1").unwrap();
        path
    };
    let ours = of("ada");
    // A profile whose name looks like the beginning of an unfinished file of ours.
    let nearly_ours = of(ours.path().file_name().unwrap().to_str().unwrap());
    let swept = [file(&ours, ".new-"), file(&ours, ".probe-")];
    let kept = [file(&of("grace"), ".new-"), file(&nearly_ours, ".new-")];

    drop(ours.lock(Duration::ZERO).unwrap());

    assert!(swept.iter().all(|path| !path.exists()), "{:?}", tv.files());
    assert!(kept.iter().all(|path| path.exists()), "{:?}", tv.files());
}
