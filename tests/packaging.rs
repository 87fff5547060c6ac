//! What is packaged beside the program: made of the command line where it follows from
//! it, and of one mind with the program where it doesn't.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "packaging/manual.rs"]
mod manual;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use clap::CommandFactory;
use clap_complete::Shell;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tenfoot::cli::Cli;
use tenfoot::command::Exit;

fn packaging() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging")
}

fn text(name: &str) -> String {
    fs::read_to_string(packaging().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn completion(shell: Shell) -> String {
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tenfoot", &mut made);
    String::from_utf8(made).unwrap()
}

/// `TENFOOT_UPDATE_SNAPSHOTS=1` writes them anew.
#[test]
fn the_manual_and_the_completions_are_those_of_this_command_line() {
    let made = [
        ("tenfoot.1", manual::page(&text("manual.roff"))),
        ("tenfoot.bash", completion(Shell::Bash)),
        ("_tenfoot", completion(Shell::Zsh)),
        ("tenfoot.fish", completion(Shell::Fish)),
    ];
    for (name, made) in made {
        let file = packaging().join("generated").join(name);
        if std::env::var_os("TENFOOT_UPDATE_SNAPSHOTS").is_some() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &made).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == made,
            "packaging/generated/{name} is not of this command line: \
             TENFOOT_UPDATE_SNAPSHOTS=1 cargo test --test packaging makes it anew"
        );
    }
}

#[test]
fn the_manual_names_every_command_every_option_and_every_exit_status() {
    let page = text("generated/tenfoot.1");
    let mut missing = Vec::new();
    for command in manual::commands(&Cli::command()) {
        let name = format!(".B {}", manual::escaped(&command.name));
        if !page.contains(&name) {
            missing.push(command.name.clone());
        }
        for argument in command.command.get_arguments() {
            if let Some(long) = argument.get_long()
                && !page.contains(&manual::escaped(&format!("--{long}")))
            {
                missing.push(format!("--{long}"));
            }
        }
    }
    let exits = [
        Exit::Done,
        Exit::Failed,
        Exit::Usage,
        Exit::NotSignedIn,
        Exit::NotApproved,
        Exit::Provider,
    ];
    let status = page.split_once("EXIT STATUS").unwrap().1;
    for exit in exits {
        if !status.contains(&format!("\n.B {}\n", exit as u8)) {
            missing.push(format!("exit status {exit:?}"));
        }
    }
    assert!(missing.is_empty(), "the manual doesn't name {missing:?}");
}

#[test]
fn the_desktop_file_is_the_windows() {
    let window = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/window.rs"));
    let id = "const APPLICATION: &str = \"tenfoot\";";
    assert!(window.unwrap().contains(id), "the window has another id");

    let desktop = text("tenfoot.desktop");
    for line in ["StartupWMClass=tenfoot", "Icon=tenfoot", "Exec=tenfoot"] {
        assert!(desktop.lines().any(|own| own == line), "no {line}");
    }
    assert!(
        text("io.github.tenfoot.tenfoot.metainfo.xml")
            .contains("<launchable type=\"desktop-id\">tenfoot.desktop</launchable>")
    );
}

#[test]
fn every_package_is_of_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    let metainfo = text("io.github.tenfoot.tenfoot.metainfo.xml");
    let release = metainfo.split_once("<release ").unwrap().1;
    assert!(
        release.starts_with(&format!("version=\"{version}\"")),
        "the metainfo's newest release isn't {version}"
    );
    assert!(
        text("debian/changelog").starts_with(&format!("tenfoot ({version}-1) ")),
        "debian/changelog doesn't begin with {version}"
    );
}

#[test]
fn icons_have_the_size_that_they_are_named_after() {
    let sizes = [16, 22, 24, 32, 48, 64, 128, 256, 512];
    let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    for size in sizes {
        let icon = packaging().join(format!("icons/{size}.png"));
        assert_eq!(image::image_dimensions(icon).unwrap(), (size, size));
        let packaged = format!("hicolor/{size}x{size}/apps/tenfoot.png");
        assert!(manifest.contains(&packaged), "{packaged} isn't packaged");
    }
}

#[test]
fn the_configuration_that_is_installed_can_be_filled_in() {
    let filled: String = text("debian/config.toml")
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .filter(|line| line.starts_with('[') || line.contains(" = "))
        .map(|line| match line {
            "client_id = \"\"" => "client_id = \"abc\"\n".to_owned(),
            "audience = \"\"" => "audience = \"https://api.acme.com\"\n".to_owned(),
            line => format!("{line}\n"),
        })
        .collect();
    let config = tenfoot::config::Config::parse(Path::new("config.toml"), &filled).unwrap();
    assert_eq!(config.channels.len(), 1);

    let kept = text("debian/config.toml");
    assert!(
        kept.lines()
            .all(|line| line.is_empty() || line.starts_with('#')),
        "something is set in the configuration that is installed"
    );
}

/// The value of a key in a unit or an ini file.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
}

#[test]
fn the_unit_waits_longer_than_the_program_does_and_keeps_no_core_dump() {
    let unit = text("systemd/tenfoot-kiosk@.service");

    for limit in ["TimeoutStopSec", "TimeoutAbortSec"] {
        let seconds = value(&unit, limit).unwrap().parse().unwrap();
        let spare = Duration::from_secs(seconds).checked_sub(tenfoot::work::LIMIT);
        assert!(spare >= Some(Duration::from_secs(3)), "{limit}={seconds}");
    }
    assert_eq!(value(&unit, "LimitCORE"), Some("0"));
}

#[test]
fn no_key_leads_from_weston_to_a_login_prompt() {
    let ini = text("examples/weston.ini");
    let keyboard = ini.split_once("[keyboard]").unwrap().1;
    let keyboard = keyboard.split_once("\n[").unwrap().0;
    assert_eq!(value(keyboard, "vt-switching"), Some("false"));
}

#[test]
fn actions_of_workflows_are_pinned_by_the_hash_of_a_commit() {
    let workflows = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let mut count = 0;
    for file in fs::read_dir(workflows).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let used = text
            .lines()
            .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
        for action in used {
            let (hash, version) = action.split_once('@').unwrap().1.split_once(" # ").unwrap();
            let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_hash && version.starts_with('v'), "{action}");
            count += 1;
        }
    }
    assert!(count > 0, "no action was found");
}

/// The script that the kiosk's unit runs, with a tenfoot that is played by a shell.
struct Kiosk {
    folder: TempDir,
}

impl Kiosk {
    fn with_tenfoot(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tenfoot = folder.path().join("tenfoot");
        fs::write(&tenfoot, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&tenfoot, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    /// Runs it with a compositor that is played by a shell, too: `$1` is what it has to run.
    fn run(&self, compositor: &str) -> Child {
        let own = self.folder.path().display();
        Command::new(packaging().join("systemd/kiosk"))
            .args(["sh", "-c", compositor, "sh"])
            .arg(packaging().join("systemd/inside"))
            .env("PATH", format!("{own}:/usr/bin:/bin"))
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("OUT", self.file("out"))
            .process_group(0)
            .spawn()
            .unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn out(&self) -> String {
        fs::read_to_string(self.file("out")).unwrap_or_default()
    }
}

#[test]
fn the_kiosk_waits_for_tenfoot_when_the_compositor_is_the_first_to_go() {
    let kiosk = Kiosk::with_tenfoot("sleep 1; echo saved >\"$OUT\"; exit 10");
    let crashes =
        r#""$1" & while [ ! -s "$TENFOOT_KIOSK_RUN/pid" ]; do sleep 0.02; done; kill -KILL $$"#;

    let status = kiosk.run(crashes).wait().unwrap();

    assert_eq!(kiosk.out(), "saved\n", "{status}");
    assert_eq!(status.code(), Some(10));
}

#[test]
fn tenfoot_is_asked_to_end_when_the_kiosks_watchdog_strikes() {
    let frozen = "while [ ! -s \"$TENFOOT_KIOSK_RUN/pid\" ]; do sleep 0.02; done\n\
        trap 'echo asked >\"$OUT\"; exit 0' TERM\n\
        echo ready >\"$OUT\"\n\
        while :; do sleep 0.02; done";
    let kiosk = Kiosk::with_tenfoot(frozen);
    let mut running = kiosk.run(r#""$1""#);
    while kiosk.out() != "ready\n" {
        assert!(running.try_wait().unwrap().is_none(), "it has ended");
        std::thread::sleep(Duration::from_millis(10));
    }

    kill_process(Pid::from_child(&running), Signal::ABORT).unwrap();

    assert_eq!(running.wait().unwrap().code(), Some(0));
    assert_eq!(kiosk.out(), "asked\n");
}
