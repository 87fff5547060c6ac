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
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;
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
