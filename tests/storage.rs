//! Where sessions are kept: the real program with a real gnome-keyring, and with places
//! that can't be written or that hold what tenfoot did not put there.

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
#[path = "support/keyring.rs"]
mod keyring;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use demo_support::Answer;
use keyring::{Desk, files_below};
use program::{Demo, Machine, Ran, SignIn, decide, only_line, sign_in};
use serde_json::Value;
use tempfile::TempDir;
use tenfoot::session::store::{self, OneFile, Store as _};

/// Far more than any command may take that waits for no person.
const LIMIT: Duration = Duration::from_secs(20);

/// A machine whose person has a keyring at this desk.
fn machine_at(desk: &Desk) -> Machine {
    Machine::on_bus(&desk.address)
}

/// What lies in the sessions' directory, by what the names end in.
fn endings(machine: &Machine) -> Vec<String> {
    let mut endings: Vec<String> = machine
        .stored()
        .iter()
        .map(|path| path.extension().unwrap().to_str().unwrap().to_owned())
        .collect();
    endings.sort();
    endings
}

fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = work();
    assert!(began.elapsed() < LIMIT, "it took {:?}", began.elapsed());
    result
}

fn with_backend(machine: &Machine, backend: &str) {
    let path = machine.path("config/tenfoot/config.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        path,
        format!("{text}\n[storage]\nbackend = \"{backend}\"\n"),
    )
    .unwrap();
}

/// The one thing that a refused sign-in says: there was no code before it.
fn refusal(answer: &Ran) -> String {
    let event = only_line(&answer.out);
    assert_eq!(
        (answer.code, &event["event"]),
        (1, &"failed".into()),
        "{event}"
    );
    event["description"].as_str().unwrap().to_owned()
}

#[test]
fn a_session_lives_in_an_unlocked_keyring_and_in_no_file() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);

    let (_, log) = sign_in(&machine, &[]);

    let entries = desk.entries();
    assert_eq!(entries.len(), 1, "the trial is gone: {entries:?}");
    assert_eq!(entries[0].label, "tenfoot: Ada Winter at 127.0.0.1");
    assert_eq!(entries[0].attributes["application"], "tenfoot");
    assert_eq!(entries[0].attributes["profile"], "default");
    let session: Value = serde_json::from_slice(&entries[0].secret).unwrap();
    assert_eq!(endings(&machine), ["keyring"]);
    let marker = machine.stored().remove(0);
    let mode = fs::metadata(&marker).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    for name in ["access_token", "refresh_token"] {
        let token = session[name].as_str().unwrap();
        assert!(!log.contains(token), "the {name} is in the log");
        for file in files_below(&machine.path("")) {
            let text = fs::read(&file).unwrap();
            assert!(
                !String::from_utf8_lossy(&text).contains(token),
                "the {name} is in {}",
                file.display()
            );
        }
    }

    let status = machine.run(&["status"]);
    assert!(
        status
            .out
            .contains("Stored in     the keyring (Secret Service)"),
        "{}{}",
        status.out,
        status.err
    );
    assert_eq!(machine.run(&["fetch", "Films"]).code, 0);

    let out = machine.run(&["sign-out"]);
    assert_eq!(out.code, 0, "{}", out.err);
    assert!(desk.entries().is_empty());
    assert!(machine.stored().is_empty());
    assert_eq!(machine.run(&["status"]).code, 3);
}

#[test]
fn a_locked_keyring_sends_a_sign_in_to_the_file_without_a_prompt() {
    let desk = Desk::with_keyring();
    desk.lock();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);

    let (_, log) = in_time(|| sign_in(&machine, &[]));

    assert_eq!(endings(&machine), ["json"]);
    assert!(log.contains("keyring=is locked"), "it is said why: {log}");
    assert_eq!(machine.run(&["fetch", "Films"]).code, 0);
    let status = only_line(&machine.run(&["status", "--json"]).out);
    assert!(status["stored_in"].as_str().unwrap().ends_with(".json"));
    assert_eq!(machine.run(&["sign-out"]).code, 0);
    assert!(machine.stored().is_empty());
}

#[test]
fn a_session_in_a_keyring_that_was_locked_since_is_named_and_found_again() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    desk.lock();

    for arguments in [&["status"][..], &["fetch", "Films"]] {
        let answer = in_time(|| machine.run(arguments));
        assert_eq!(answer.code, 1, "{arguments:?}");
        assert!(
            answer.err.contains(
                "The session of Ada Winter is in the keyring, which is locked. Unlock it"
            ),
            "{}",
            answer.err
        );
    }

    desk.unlock();
    assert_eq!(machine.run(&["status"]).code, 0);
}

#[test]
fn signing_out_of_a_locked_keyring_ends_the_session_here_and_says_what_is_left() {
    for arguments in [&["sign-out"][..], &["sign-out", "--all"]] {
        let desk = Desk::with_keyring();
        let machine = machine_at(&desk);
        let _demo = Demo::start(&machine, &[]);
        sign_in(&machine, &[]);
        desk.lock();

        let answer = in_time(|| machine.run(arguments));

        assert_eq!(answer.code, 1, "{arguments:?}: {}", answer.err);
        let words = "A session of Ada Winter was left in the keyring, which is locked.";
        assert!(answer.err.contains(words), "{}", answer.err);
        desk.unlock();
        assert_eq!(machine.run(&["status"]).code, 3, "it is used again");
    }
}

#[test]
fn without_a_keyring_or_a_bus_a_session_goes_to_the_file() {
    let desk = Desk::without_keyring();
    for machine in [machine_at(&desk), Machine::new()] {
        let _demo = Demo::start(&machine, &[]);

        in_time(|| sign_in(&machine, &[]));

        assert_eq!(endings(&machine), ["json"]);
        assert_eq!(machine.run(&["status"]).code, 0);
    }
}

#[test]
fn a_keyring_that_hangs_holds_nothing_up() {
    let desk = Desk::with_keyring();
    let (before, since) = (machine_at(&desk), machine_at(&desk));
    let (_first, _second) = (Demo::start(&before, &[]), Demo::start(&since, &[]));
    sign_in(&since, &[]);
    desk.hang();

    in_time(|| sign_in(&before, &[]));
    assert_eq!(endings(&before), ["json"]);
    let status = in_time(|| since.run(&["status"]));
    assert_eq!(status.code, 1);
    assert!(
        status
            .err
            .contains("The session of Ada Winter is in the keyring, which doesn’t respond."),
        "{}",
        status.err
    );

    // Whoever can't wait signs in again: from then on the file counts.
    in_time(|| sign_in(&since, &[]));
    assert_eq!(since.run(&["status"]).code, 0);
    desk.wake();
    assert_eq!(since.run(&["sign-out"]).code, 0);
    assert!(since.stored().is_empty());
    let left: Vec<String> = desk.entries().into_iter().map(|e| e.label).collect();
    assert!(
        !left.iter().any(|label| label.contains("Ada Winter")),
        "{left:?}"
    );
}

#[test]
fn a_keyring_that_fails_while_somebody_signs_in_costs_no_session() {
    for fail in [Desk::lock, Desk::hang] {
        let desk = Desk::with_keyring();
        let machine = machine_at(&desk);
        let _demo = Demo::start(&machine, &[]);

        let mut sign_in = SignIn::start(&machine, &[]);
        let code = sign_in.event();
        fail(&desk);
        decide(&code, Answer::AllowAs("ada"));
        let (last, log, exit) = in_time(|| sign_in.end());

        assert_eq!((exit, &last["event"]), (0, &"signed_in".into()), "{last}");
        assert!(log.contains("goes to a file instead"), "{log}");
        let status = machine.run(&["status", "--json"]);
        let place = only_line(&status.out)["stored_in"].to_string();
        assert!(place.contains(".json"), "{place}");
    }
}

#[test]
fn a_bus_that_says_nothing_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("bus");
    let _bus = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let machine = Machine::on_bus(&format!("unix:path={}", socket.display()));
    let _demo = Demo::start(&machine, &[]);

    in_time(|| sign_in(&machine, &[]));

    assert_eq!(endings(&machine), ["json"]);
}

#[test]
fn the_keyring_alone_is_refused_before_there_is_a_code() {
    let (locked, hanging) = (Desk::with_keyring(), Desk::with_keyring());
    locked.lock();
    hanging.hang();
    let nothing = Desk::without_keyring();
    for (desk, trouble) in [
        (&locked, "which is locked. Unlock it"),
        (&hanging, "which doesn’t respond."),
        (&nothing, "which isn’t running. Start"),
    ] {
        let machine = machine_at(desk);
        let _demo = Demo::start(&machine, &[]);
        with_backend(&machine, "secret-service");

        let words = refusal(&in_time(|| machine.run(&["sign-in", "--json"])));

        assert!(words.contains(trouble), "{words}");
        assert!(words.contains("storage.backend"), "{words}");
        assert!(machine.stored().is_empty());
    }
}

#[test]
fn the_keyring_alone_keeps_a_session() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);
    with_backend(&machine, "secret-service");

    sign_in(&machine, &["--profile", "ada"]);
    sign_in(&machine, &["--profile", "grace"]);

    assert_eq!(endings(&machine), ["keyring", "keyring"]);
    assert_eq!(desk.entries().len(), 2);
    assert_eq!(machine.run(&["status", "--profile", "ada"]).code, 0);
    let out = machine.run(&["sign-out", "--all"]);
    assert_eq!((out.code, out.out.lines().count()), (0, 2), "{}", out.err);
    assert!(desk.entries().is_empty());
}

#[test]
fn sign_out_all_clears_the_keyring_of_what_earlier_configurations_left() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    desk.overwrite(b"{ \"issuer\"");
    assert_eq!(machine.run(&["status"]).code, 1);
    sign_in(&machine, &[]);
    assert_eq!(desk.entries().len(), 2, "one of them is set aside");
    let _another = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);

    desk.lock();
    let while_locked = machine.run(&["sign-out", "--all"]);
    desk.unlock();
    let out = machine.run(&["sign-out", "--all"]);

    assert_eq!(while_locked.code, 1, "{}", while_locked.err);
    assert!(while_locked.err.contains("locked"), "{}", while_locked.err);
    assert_eq!(out.code, 0, "{}{}", out.out, out.err);
    assert!(out.out.contains("at the provider and here"), "{}", out.out);
    assert!(desk.entries().is_empty());
    assert!(endings(&machine).is_empty());
}

#[test]
fn an_entry_that_cannot_be_understood_is_set_aside_in_the_keyring_and_named() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    desk.overwrite(b"{ \"issuer\"");

    let status = machine.run(&["status"]);

    assert_eq!(status.code, 1);
    assert!(
        status
            .err
            .contains("set aside in the keyring as “tenfoot: set aside (default)”"),
        "{}",
        status.err
    );
    assert_eq!(machine.run(&["status"]).code, 3);
    sign_in(&machine, &[]);
    let aside: Vec<_> = desk
        .entries()
        .into_iter()
        .filter(|entry| entry.label == "tenfoot: set aside (default)")
        .map(|entry| entry.secret)
        .collect();
    assert_eq!(aside, [b"{ \"issuer\"".to_vec()], "it is not deleted");
    assert_eq!(machine.run(&["status"]).code, 0);
}

#[test]
fn many_tenfoots_at_once_share_one_session_in_the_keyring() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    // A refresh token that is used twice ends it all.
    let options = ["--token-lifetime", "2", "--rotation-overlap", "0"];
    let _demo = Demo::start(&machine, &options);
    sign_in(&machine, &[]);
    let refresh_token = || {
        let session: Value = serde_json::from_slice(&desk.entries()[0].secret).unwrap();
        session["refresh_token"].as_str().unwrap().to_owned()
    };
    let mut refresh_tokens = BTreeSet::from([refresh_token()]);

    while refresh_tokens.len() < 3 {
        let calls: Vec<_> = (0..4)
            .map(|_| {
                let mut command = machine.command(&["fetch", "Films"]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        for call in calls {
            let answer = Ran::from(call.wait_with_output().unwrap());
            assert_eq!(answer.code, 0, "{}", answer.err);
        }
        refresh_tokens.insert(refresh_token());
    }

    assert_eq!(desk.entries().len(), 1);
    assert_eq!(endings(&machine), ["keyring"]);
}

/// Runs the program where the state directory is a file system of its own.
fn on_file_system(machine: &Machine, options: &str, arguments: &[&str]) -> Ran {
    let state = machine.path("state");
    fs::create_dir_all(&state).unwrap();
    let program = machine.command(arguments);
    let mut command = Command::new("unshare");
    command.arg("--mount");
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command
        .args(["sh", "-c"])
        .arg("mount -t tmpfs -o \"$1\" none \"$2\" && shift 2 && exec \"$@\"")
        .args(["sh", options])
        .arg(state)
        .arg(program.get_program())
        .args(program.get_args())
        .env_clear()
        .envs(
            program
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env("PATH", std::env::var_os("PATH").unwrap())
        .stdin(Stdio::null());
    command.output().unwrap().into()
}

#[test]
fn a_full_disk_and_a_read_only_directory_are_said_before_there_is_a_code() {
    let desk = Desk::with_keyring();
    for (options, trouble) in [("size=8k", "no room left"), ("ro", "only be read")] {
        for machine in [machine_at(&desk), Machine::new()] {
            let _demo = Demo::start(&machine, &[]);

            let answer = on_file_system(&machine, options, &["sign-in", "--json"]);

            let words = refusal(&answer);
            assert!(words.contains(trouble), "{words}");
            assert!(words.contains("state/tenfoot/sessions/default-"), "{words}");
        }
    }
    assert!(desk.entries().is_empty());
}

/// A directory for sessions, and one file of them.
fn place() -> (TempDir, OneFile) {
    let home = tempfile::tempdir().unwrap();
    let file = OneFile::new(home.path(), "default", "https://acme.example/", "tv");
    fs::create_dir(file.path().parent().unwrap()).unwrap();
    (home, file)
}

/// Loads, and gives what is said and where the thing lies now.
fn set_aside(file: &OneFile) -> (String, PathBuf) {
    let words = file.load().unwrap_err().to_string();
    let aside = words.split("set aside as ").nth(1).expect(&words);
    let aside = PathBuf::from(aside.trim_end_matches('.'));
    assert!(fs::symlink_metadata(&aside).is_ok(), "{words}");
    assert_eq!(file.load(), Ok(None));
    (words, aside)
}

#[test]
fn a_link_in_place_of_a_session_is_not_followed() {
    let (home, file) = place();
    let elsewhere = home.path().join("elsewhere");
    fs::write(&elsewhere, "{}").unwrap();
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o644)).unwrap();
    symlink(&elsewhere, file.path()).unwrap();

    let (words, aside) = set_aside(&file);

    assert!(words.contains("is a link"), "{words}");
    assert!(aside.is_symlink());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "{}");
    let mode = fs::metadata(&elsewhere).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644, "it was left alone");
}

#[test]
fn a_directory_or_a_pipe_in_place_of_a_session_is_set_aside() {
    let (_home, file) = place();
    fs::create_dir(file.path()).unwrap();
    let (words, aside) = set_aside(&file);
    assert!(words.contains("is not a file") && aside.is_dir(), "{words}");

    let made = Command::new("mkfifo").arg(file.path()).status().unwrap();
    assert!(made.success());
    let (words, second) = set_aside(&file);

    assert!(words.contains("is not a file"), "{words}");
    assert!(second != aside, "what was set aside before stays");
}

#[test]
fn a_file_that_is_far_too_large_is_not_read() {
    let (_home, file) = place();
    let large = fs::File::create(file.path()).unwrap();
    large.set_len(1024 * 1024 + 1).unwrap();

    let (words, _) = set_aside(&file);

    assert!(words.contains("too large"), "{words}");
}

#[test]
fn what_was_set_aside_before_is_not_overwritten() {
    let (_home, file) = place();
    let mut asides = Vec::new();
    for text in ["one", "two", "three"] {
        fs::write(file.path(), text).unwrap();
        asides.push(set_aside(&file).1);
    }

    let kept: Vec<String> = asides
        .iter()
        .map(|aside| fs::read_to_string(aside).unwrap())
        .collect();
    assert_eq!(kept, ["one", "two", "three"]);
}

#[test]
fn a_file_of_another_user_is_set_aside_and_named() {
    if !rustix::process::geteuid().is_root() {
        // Only root can give a file away. Not by a macro: what that writes is not shown
        // of a test that passes.
        let note = "a file of another user: NOT TESTED, since only root can give one away\n";
        std::io::stderr().write_all(note.as_bytes()).unwrap();
        return;
    }
    let (_home, file) = place();
    fs::write(file.path(), "{}").unwrap();
    std::os::unix::fs::chown(file.path(), Some(65534), Some(65534)).unwrap();

    let (words, aside) = set_aside(&file);

    assert!(words.contains("belongs to another user"), "{words}");
    assert_eq!(fs::read_to_string(aside).unwrap(), "{}");
}

#[test]
fn a_session_that_others_can_read_is_closed_to_them() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let file = machine.stored().remove(0);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();

    let status = machine.run(&["status"]);

    assert_eq!(status.code, 0, "{}", status.err);
    assert!(status.err.contains("open to others"), "{}", status.err);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn profiles_are_told_with_who_is_signed_in_from_what_lies_there_alone() {
    let desk = Desk::with_keyring();
    let (kept_in_keyring, kept_in_file) = (machine_at(&desk), Machine::new());
    let demo = Demo::start(&kept_in_keyring, &[]);
    let config = fs::read_to_string(kept_in_keyring.path("config/tenfoot/config.toml")).unwrap();
    kept_in_file.write_config(&config);
    let issuer = only_line(&kept_in_keyring.run(&["status", "--json"]).out)["issuer"]
        .as_str()
        .unwrap()
        .to_owned();
    sign_in(&kept_in_keyring, &["--profile", "living-room"]);
    sign_in(&kept_in_file, &["--profile", "living-room"]);
    let status = kept_in_file.run(&["status", "--profile", "living-room", "--json"]);
    let client_id = only_line(&status.out)["client_id"]
        .as_str()
        .unwrap()
        .to_owned();
    drop((demo, desk));

    for machine in [kept_in_keyring, kept_in_file] {
        let state = machine.path("state/tenfoot");
        let kept = store::profiles(&state, &issuer, &client_id);

        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].profile, "living-room");
        assert_eq!(kept[0].who.label(), "Ada Winter");
        assert!(store::profiles(&state, &issuer, "another").is_empty());
    }
}

#[test]
fn a_file_that_cannot_be_understood_is_a_profile_of_somebody() {
    let (home, file) = place();
    fs::write(file.path(), "{").unwrap();

    let kept = store::profiles(home.path(), "https://acme.example/", "tv");

    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].who.label(), "someone");
    assert!(file.path().exists(), "nothing is set aside by looking");
}

#[test]
fn a_code_that_is_cancelled_leaves_nothing_in_the_keyring() {
    let desk = Desk::with_keyring();
    let machine = machine_at(&desk);
    let _demo = Demo::start(&machine, &[]);

    let mut sign_in = SignIn::start(&machine, &[]);
    assert_eq!(sign_in.event()["event"], "code");
    rustix::process::kill_process(
        rustix::process::Pid::from_child(&sign_in.child),
        rustix::process::Signal::INT,
    )
    .unwrap();
    let (_, _, exit) = sign_in.end();

    assert_eq!(exit, 1);
    assert!(desk.entries().is_empty());
    assert!(machine.stored().is_empty());
}
