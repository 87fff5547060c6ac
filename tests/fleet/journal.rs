//! A socket that plays the journal, where the program looks for it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::program::{Machine, Ran};

pub struct Journal {
    /// What the program sees as `/run`.
    run: tempfile::TempDir,
    socket: UnixDatagram,
    entries: std::cell::RefCell<Vec<HashMap<String, String>>>,
}

impl Journal {
    pub fn new() -> Self {
        let run = tempfile::tempdir().unwrap();
        fs::create_dir_all(run.path().join("systemd/journal")).unwrap();
        let socket = UnixDatagram::bind(run.path().join("systemd/journal/socket")).unwrap();
        socket
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        Self {
            run,
            socket,
            entries: std::cell::RefCell::default(),
        }
    }

    /// Runs the program with the journal as its stderr.
    pub fn run(&self, machine: &Machine, arguments: &[&str]) -> Ran {
        let (file, stream) = self.stderr();
        self.run_with(machine, arguments, file, &stream)
    }

    /// Runs the program where a service's journal is known, but stderr is another file.
    pub fn run_beside(&self, machine: &Machine, arguments: &[&str]) -> Ran {
        self.run_with(machine, arguments, self.stderr().0, "1:1")
    }

    fn stderr(&self) -> (File, String) {
        let file = File::create(self.stderr_path()).unwrap();
        let about = file.metadata().unwrap();
        let stream = format!("{}:{}", about.dev(), about.ino());
        (file, stream)
    }

    fn stderr_path(&self) -> PathBuf {
        self.run.path().join("stderr")
    }

    fn run_with(&self, machine: &Machine, arguments: &[&str], stderr: File, stream: &str) -> Ran {
        let program = machine.command(arguments);
        let mut command = Command::new("unshare");
        command.arg("--mount");
        if !rustix::process::geteuid().is_root() {
            command.arg("--map-root-user");
        }
        command
            .args(["sh", "-c"])
            .arg("mount --bind \"$1\" /run && shift && exec \"$@\"")
            .arg("sh")
            .arg(self.run.path())
            .arg(program.get_program())
            .args(program.get_args())
            .env_clear()
            .envs(
                program
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("JOURNAL_STREAM", stream)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(stderr);
        let mut child = command.spawn().unwrap();
        // The socket holds few entries: they are taken out while the program runs.
        let status = loop {
            self.receive();
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
        };
        self.receive();
        let mut out = String::new();
        std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut out).unwrap();
        Ran {
            code: status.code().unwrap(),
            out,
            err: fs::read_to_string(self.stderr_path()).unwrap(),
        }
    }

    fn receive(&self) {
        let mut datagram = vec![0; 256 * 1024];
        while let Ok(length) = self.socket.recv(&mut datagram) {
            let entry = fields(&datagram[..length]);
            if !entry.is_empty() {
                self.entries.borrow_mut().push(entry);
            }
        }
    }

    /// The first entry with that field.
    pub fn find(&self, name: &str, value: &str) -> HashMap<String, String> {
        let entries = self.entries.borrow();
        let found = entries
            .iter()
            .find(|entry| entry.get(name).is_some_and(|field| field == value));
        found.unwrap_or_else(|| panic!("no {name}={value}")).clone()
    }

    /// Everything that was told.
    pub fn all(&self) -> String {
        let entries = self.entries.borrow();
        entries.iter().map(|entry| format!("{entry:?}\n")).collect()
    }
}

/// An entry in the journal's own form: a name, a line's end, eight bytes of length, the
/// value, a line's end.
fn fields(mut bytes: &[u8]) -> HashMap<String, String> {
    let mut fields = HashMap::new();
    while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let name = String::from_utf8(bytes[..end].to_vec()).unwrap();
        bytes = &bytes[end + 1..];
        let (name, value) = if let Some((name, value)) = name.split_once('=') {
            (name.to_owned(), value.to_owned())
        } else {
            let (length, rest) = bytes.split_at(8);
            let length = u64::from_le_bytes(length.try_into().unwrap());
            let (value, rest) = rest.split_at(usize::try_from(length).unwrap());
            bytes = &rest[1..];
            (name, String::from_utf8_lossy(value).into_owned())
        };
        fields.insert(name, value);
    }
    fields
}
