//! A refresh that is killed at any of its system calls (SIGKILL, as a power cut or the
//! kernel's own out-of-memory killer does it): the next start has a whole session, or
//! says that the provider has ended it.
//!
//! The test holds the session's lock until the program waits for it, attaches `strace`
//! to one of its threads, and lets go: its fault injection then chooses the moment.
//! Whoever isn't root needs `kernel.yama.ptrace_scope=0` for that.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/demo.rs"]
mod demo_support;
#[path = "support/program.rs"]
mod program;
#[path = "support/rotating.rs"]
mod rotating;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use program::{Machine, Ran};
use rotating::{CLIENT_ID, Rotating};
use tenfoot::session::store::{OneFile, Store as _};

/// What changes something outside of the process, or hears of a change.
const CALLS: [&str; 22] = [
    "openat",
    "read",
    "write",
    "writev",
    "sendto",
    "sendmsg",
    "recvfrom",
    "recvmsg",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "fchmod",
    "getdents64",
    "flock",
    "connect",
    "shutdown",
    "close",
];

/// One system call of a renewal: the n-th of its name in this thread, threads counted
/// in the order in which they began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    thread: usize,
    call: &'static str,
    count: usize,
}

struct Tv {
    machine: Machine,
    provider: Rotating,
    store: OneFile,
}

/// What a kill left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Left {
    /// The provider has heard nothing yet.
    Untouched,
    /// The provider has rotated the token, and the session file holds the old one.
    Behind,
    /// The session file holds the new token.
    Renewed,
}

impl Tv {
    fn new(overlap: bool) -> Self {
        let machine = Machine::new();
        let provider = Rotating::start(overlap);
        machine.write_config(&provider.config());
        let state = machine.path("state/tenfoot");
        let store = OneFile::new(&state, "default", provider.issuer(), CLIENT_ID);
        Self {
            machine,
            provider,
            store,
        }
    }

    /// Stores a session whose access token has ended; gives its refresh token's number.
    fn sign_in(&self) -> u64 {
        let session = self.provider.begin();
        self.store.save(&session).unwrap();
        self.provider.newest()
    }

    fn fetch(&self) -> Ran {
        self.machine.run(&["fetch", "Things"])
    }

    /// A fetch that waits for the session's lock, with strace attached to its threads;
    /// `strace` makes strace's arguments of theirs. Gives how the program ended.
    fn renewal(&self, strace: impl FnOnce(&[String]) -> Vec<String>) -> std::process::ExitStatus {
        let lock = self.store.lock(Duration::ZERO).unwrap();
        let mut fetch = self.machine.command(&["fetch", "Things"]);
        let mut fetch = fetch
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.wait_for_the_waiting(&mut fetch);
        let threads = threads(&fetch);
        let mut tracer = Command::new("strace")
            .args(strace(&threads))
            .stderr(Stdio::piped())
            .spawn()
            .expect("strace is installed");
        let mut said = BufReader::new(tracer.stderr.take().unwrap()).lines();
        let first = said.next().unwrap().unwrap();
        assert!(first.contains("attached"), "{first}");
        drop(lock);
        let status = fetch.wait().unwrap();
        tracer.wait().unwrap();
        status
    }

    /// Returns when the program has opened the lock, which is then held by the test.
    fn wait_for_the_waiting(&self, fetch: &mut Child) {
        let lock = self.store.path().with_extension("lock");
        let opened_files = format!("/proc/{}/fd", fetch.id());
        let opened = || {
            let files = fs::read_dir(&opened_files).unwrap();
            files
                .flatten()
                .any(|file| fs::read_link(file.path()).is_ok_and(|target| target == lock))
        };
        while !opened() {
            assert_eq!(
                fetch.try_wait().unwrap(),
                None,
                "it never asked for the lock"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Every call of a good renewal.
    fn moments(&self) -> BTreeSet<Moment> {
        self.sign_in();
        let trace = self.machine.path("trace");
        let mut order = Vec::new();
        let status = self.renewal(|threads| {
            order = threads.to_vec();
            let options = ["-o".to_owned(), trace.display().to_string()];
            let calls = ["-e".to_owned(), format!("trace={}", CALLS.join(","))];
            let threads = threads.iter().flat_map(|id| ["-p".to_owned(), id.clone()]);
            options.into_iter().chain(calls).chain(threads).collect()
        });
        assert!(status.success(), "{status:?}");
        let trace = fs::read_to_string(trace).unwrap();
        let mut counts = HashMap::<(usize, &str), usize>::new();
        let calls = trace.lines().filter_map(|line| {
            let (id, rest) = line.split_once(' ')?;
            let (call, _) = rest.trim_start().split_once('(')?;
            let call = CALLS.iter().find(|known| **known == call)?;
            let thread = order.iter().position(|known| known == id)?;
            let count = counts.entry((thread, call)).or_default();
            *count += 1;
            Some(Moment {
                thread,
                call,
                count: *count,
            })
        });
        calls.collect()
    }

    /// Ends a renewal at this moment; what it left, or nothing where it came through:
    /// threads don't share their work in the same way each time.
    fn killed_at(&self, moment: &Moment) -> Option<Left> {
        let before = self.sign_in();
        let Moment {
            thread,
            call,
            count,
        } = moment;
        let status = self.renewal(|threads| {
            let thread = threads.get(*thread).or(threads.last()).unwrap();
            let options = [
                "-o",
                "/dev/null",
                "-p",
                thread,
                "-e",
                &format!("trace={call}"),
                "-e",
                &format!("inject={call}:signal=KILL:when={count}"),
            ];
            options.map(str::to_owned).to_vec()
        });
        if status.success() {
            return None;
        }
        assert_eq!(status.signal(), Some(9), "{moment:?}: {status:?}");
        let stored = self.store.load().unwrap().expect("the session is there");
        let stored = stored.refresh_token.unwrap().expose().to_owned();
        let now = self.provider.newest();
        let holds = |number: u64| stored == format!("refresh-{number}");
        Some(match now - before {
            0 if holds(before) => Left::Untouched,
            1 if holds(before) => Left::Behind,
            1 if holds(now) => Left::Renewed,
            _ => panic!("{moment:?}: {stored} is stored, refresh-{now} is the newest"),
        })
    }

    /// The names in the directory of sessions.
    fn files(&self) -> BTreeSet<String> {
        fs::read_dir(self.store.path().parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// What belongs there.
    fn session_and_lock(&self) -> BTreeSet<String> {
        let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        [
            name(self.store.path().to_owned()),
            name(self.store.path().with_extension("lock")),
        ]
        .into()
    }
}

/// The identifiers of a process's threads, oldest first.
fn threads(process: &Child) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{}/task", process.id())).unwrap();
    let mut threads: Vec<u32> = tasks
        .map(|task| task.unwrap().file_name().to_str().unwrap().parse().unwrap())
        .collect();
    threads.sort_unstable();
    threads.iter().map(u32::to_string).collect()
}

/// Kills a refresh at each of its moments and hands each outcome to `check`. Threads
/// don't share their work in the same way each time: moments are collected from several
/// runs, and one that didn't come is waited for once more.
fn at_every_moment(tv: &Tv, check: impl Fn(&Moment, Left, Ran)) {
    const TIMES: usize = 3;
    let moments: BTreeSet<Moment> = (0..TIMES).flat_map(|_| tv.moments()).collect();
    assert!((30..300).contains(&moments.len()), "{moments:?}");
    let mut seen = HashSet::new();
    for moment in &moments {
        if let Some(left) = (0..TIMES).find_map(|_| tv.killed_at(moment)) {
            seen.insert(left);
            check(moment, left, tv.fetch());
        }
    }
    // Before, in and after the window in which the answer may be lost.
    assert_eq!(
        seen,
        [Left::Untouched, Left::Behind, Left::Renewed].into(),
        "{moments:?}"
    );
}

#[test]
fn a_killed_refresh_costs_nothing_where_the_provider_lets_tokens_overlap() {
    let tv = Tv::new(true);
    at_every_moment(&tv, |moment, left, next| {
        assert_eq!(next.code, 0, "{moment:?}, {left:?}: {}", next.err);
        assert_eq!(tv.files(), tv.session_and_lock(), "{moment:?}, {left:?}");
    });
}

#[test]
fn a_killed_refresh_costs_the_session_only_if_its_answer_is_lost_at_a_strict_provider() {
    let tv = Tv::new(false);
    at_every_moment(&tv, |moment, left, next| match left {
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
            // Nothing of the session is left, and no half of a new one.
            assert!(
                tv.files().iter().all(|name| name.ends_with(".lock")),
                "{moment:?}: {:?}",
                tv.files()
            );
        }
    });
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
