//! The real program on a machine of its own, against its own demo.
//!
//! Another test takes it in beside `support/demo.rs`, with
//! `#[path = "support/program.rs"] mod program;`

#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::demo_support::{self, Answer};

/// One person's machine: a home directory of their own.
pub(crate) struct Machine {
    home: TempDir,
    /// The address of this person's session bus; without one there is none.
    bus: Option<String>,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            bus: None,
        }
    }

    /// On a session bus at this address.
    pub(crate) fn on_bus(address: &str) -> Self {
        Self {
            bus: Some(address.to_owned()),
            ..Self::new()
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tenfoot"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            // Not the bus of whoever runs the tests.
            .env("XDG_RUNTIME_DIR", self.path("runtime"))
            .envs(self.bus.iter().map(|bus| ("DBUS_SESSION_BUS_ADDRESS", bus)))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    pub(crate) fn write_config(&self, text: &str) {
        let directory = self.path("config/tenfoot");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("config.toml"), text).unwrap();
    }

    /// Every file that was written for sessions.
    pub(crate) fn stored(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("state/tenfoot/sessions"))
            .into_iter()
            .flatten();
        // The empty lock beside a session stays: who removes it lets two in.
        entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_none_or(|ending| ending != "lock"))
            .collect()
    }

    /// The tokens in the one stored session.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let [file] = <[PathBuf; 1]>::try_from(self.stored()).unwrap();
        let session: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        ["access_token", "refresh_token"]
            .map(|name| session[name].as_str().unwrap().to_owned())
            .to_vec()
    }
}

#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it was not ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// `tenfoot demo --serve`, ended with the test.
pub(crate) struct Demo(pub(crate) Child);

impl Demo {
    /// Starts it and gives the machine the configuration that it prints.
    pub(crate) fn start(machine: &Machine, options: &[&str]) -> Self {
        let arguments = [&["demo", "--serve", "--interval", "1"], options].concat();
        let mut child = machine
            .command(&arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut text = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The last thing that is printed is a channel's last line; the output stays open.
        while !text.contains("/api/me") {
            text += &(lines.next().expect("the demo says where it is").unwrap() + "\n");
        }
        machine.write_config(&text);
        Self(child)
    }

    pub(crate) fn stop(&mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.0), signal).unwrap();
        self.0.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `tenfoot sign-in --json` while it runs.
pub(crate) struct SignIn {
    pub(crate) child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl SignIn {
    pub(crate) fn start(machine: &Machine, options: &[&str]) -> Self {
        let arguments = [&["sign-in", "--json"], options].concat();
        let mut child = machine
            .command(&arguments)
            .env("TENFOOT_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    pub(crate) fn event(&mut self) -> Value {
        let line = self.lines.next().expect("one more event").unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// The last event, what was logged, and the exit code.
    pub(crate) fn end(mut self) -> (Value, String, i32) {
        let last = self.lines.by_ref().last().expect("one more event").unwrap();
        let mut log = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .unwrap();
        let code = self
            .child
            .wait()
            .unwrap()
            .code()
            .expect("it was not ended by a signal");
        (serde_json::from_str(&last).unwrap(), log, code)
    }
}

/// What a person does on the phone: opens the address, compares, signs in, decides.
pub(crate) fn decide(code: &Value, decision: Answer<'_>) {
    let address = code["verification_uri_complete"].as_str().unwrap();
    let phone = tokio::runtime::Runtime::new().unwrap();
    let page = phone.block_on(demo_support::answer(address, decision));
    assert_eq!(page.status, 200);
}

pub(crate) fn sign_in(machine: &Machine, options: &[&str]) -> (Value, String) {
    let mut sign_in = SignIn::start(machine, options);
    let code = sign_in.event();
    decide(&code, Answer::AllowAs("ada"));
    let (last, log, exit) = sign_in.end();
    assert_eq!(exit, 0, "{last}");
    assert_eq!(last["event"], "signed_in");
    assert!(
        !log.contains(code["user_code"].as_str().unwrap()),
        "the user code is in the log"
    );
    (last, log)
}

pub(crate) fn only_line(text: &str) -> Value {
    assert_eq!(text.lines().count(), 1, "{text}");
    serde_json::from_str(text).unwrap()
}
