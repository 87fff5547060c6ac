//! A machine whose refresh is killed at any of its system calls, and what that left.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tenfoot::session::Session;
use tenfoot::session::store::{OneFile, Store as _};

use super::keyring::{Desk, Entry};
use super::program::{Machine, Ran};
use super::rotating::{CLIENT_ID, Rotating};

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
pub(crate) struct Moment {
    thread: usize,
    call: &'static str,
    count: usize,
}

pub(crate) struct Tv {
    pub(crate) machine: Machine,
    pub(crate) provider: Rotating,
    pub(crate) store: OneFile,
    keyring: Option<InKeyring>,
}

/// A session that is in a keyring as long as that works.
struct InKeyring {
    desk: Arc<Desk>,
    /// As the program itself stored it.
    entry: Entry,
    marker: (PathBuf, Vec<u8>),
}

/// What a kill left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Left {
    /// The provider has heard nothing yet.
    Untouched,
    /// The provider has rotated the token, and the old one is stored.
    Behind,
    /// The new token is stored.
    Renewed,
}

impl Tv {
    /// With the session in a file.
    pub(crate) fn new(overlap: bool) -> Self {
        let provider = Rotating::start(overlap);
        Self::with(Machine::new(), provider, "file")
    }

    /// With the session in this keyring, where the program itself has put it.
    pub(crate) fn with_keyring(desk: &Arc<Desk>, provider: Rotating) -> Self {
        let mut tv = Self::with(Machine::on_bus(&desk.address), provider, "auto");
        let signed_in = tv.machine.run(&["sign-in", "--json"]);
        assert_eq!(signed_in.code, 0, "{}", signed_in.out);
        let [marker] = <[PathBuf; 1]>::try_from(tv.machine.stored()).unwrap();
        let [mut entry] = <[Entry; 1]>::try_from(desk.entries()).unwrap();
        // The keyring's own addition; an entry with it takes the place of no other.
        entry.attributes.remove("xdg:schema");
        tv.keyring = Some(InKeyring {
            desk: Arc::clone(desk),
            entry,
            marker: (marker.clone(), fs::read(marker).unwrap()),
        });
        tv
    }

    fn with(machine: Machine, provider: Rotating, backend: &str) -> Self {
        machine.write_config(&provider.config(backend));
        let state = machine.path("state/tenfoot");
        let store = OneFile::new(&state, "default", provider.issuer(), CLIENT_ID);
        Self {
            machine,
            provider,
            store,
            keyring: None,
        }
    }

    /// Stores a session whose access token has ended; gives its refresh token's number.
    pub(crate) fn sign_in(&self) -> u64 {
        let session = self.provider.begin();
        match &self.keyring {
            None => self.store.save(&session).unwrap(),
            Some(keyring) => {
                self.store.delete().unwrap();
                keyring.put(&session);
            }
        }
        self.provider.newest()
    }

    /// What the next start finds.
    fn stored(&self) -> Option<Session> {
        let Some(keyring) = &self.keyring else {
            return self.store.load().unwrap();
        };
        keyring.desk.unlock();
        let in_file = self.store.load().unwrap();
        in_file.or_else(|| keyring.session())
    }

    /// Whether a session is in a file.
    pub(crate) fn has_file(&self) -> bool {
        self.store.path().exists()
    }

    pub(crate) fn fetch(&self) -> Ran {
        self.machine.run(&["fetch", "Things"])
    }

    /// A fetch that waits for the session's lock, with strace attached to its threads;
    /// `strace` makes strace's arguments of theirs. Gives how the program ended.
    fn renewal(&self, strace: impl FnOnce(&[String]) -> Vec<String>) -> ExitStatus {
        let lock = self.store.lock(Duration::ZERO).unwrap();
        assert!(lock.is_some(), "somebody else has it");
        let mut fetch = self.machine.command(&["fetch", "Things"]);
        let mut fetch = fetch
            .env("SSL_CERT_FILE", self.certificates())
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
        // A thread may have ended just now: then nothing happens to this renewal.
        let is_gone = first.contains("No such process");
        assert!(first.contains("attached") || is_gone, "{first}");
        drop(lock);
        let status = fetch.wait().unwrap();
        tracer.wait().unwrap();
        status
    }

    /// One instead of the system's several hundred, which are read in a renewal and have nothing
    /// to do with it: this provider speaks plain HTTP.
    fn certificates(&self) -> PathBuf {
        let path = self.machine.path("certificates.pem");
        if !path.exists() {
            let made = rcgen::generate_simple_self_signed(["nobody.example".to_owned()]).unwrap();
            fs::write(&path, made.cert.pem()).unwrap();
        }
        path
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
        let stored = self.stored().expect("the session is there");
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
    pub(crate) fn files(&self) -> BTreeSet<String> {
        fs::read_dir(self.store.path().parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    /// The same after the next who locks the session.
    pub(crate) fn files_once_it_was_locked(&self) -> BTreeSet<String> {
        assert!(self.store.lock(Duration::ZERO).unwrap().is_some());
        self.files()
    }

    /// What belongs there.
    pub(crate) fn session_and_lock(&self) -> BTreeSet<String> {
        let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        [
            name(self.store.path().to_owned()),
            name(self.store.path().with_extension("lock")),
        ]
        .into()
    }
}

impl InKeyring {
    /// As if the program had just stored it there.
    fn put(&self, session: &Session) {
        self.desk.unlock();
        self.desk.put(&Entry {
            secret: serde_json::to_vec(session).unwrap(),
            ..self.entry.clone()
        });
        let (path, bytes) = &self.marker;
        fs::write(path, bytes).unwrap();
    }

    fn session(&self) -> Option<Session> {
        let entries = self.desk.entries();
        assert!(entries.len() <= 1, "{entries:?}");
        let entry = entries.first()?;
        Some(serde_json::from_slice(&entry.secret).unwrap())
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
pub(crate) fn at_every_moment(tv: &Tv, most: usize, check: impl Fn(&Moment, Left, Ran)) {
    const TIMES: usize = 3;
    let moments: BTreeSet<Moment> = (0..TIMES).flat_map(|_| tv.moments()).collect();
    assert!((30..1000).contains(&moments.len()), "{moments:?}");
    let every = moments.len().div_ceil(most);
    let moments: BTreeSet<Moment> = moments.into_iter().step_by(every).collect();
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
