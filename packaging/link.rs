//! Has the program made smaller by the linker where that can do it: functions that are the
//! same are kept once, texts that are the end of others too, and the list of what the loader
//! has to set right is packed. That is a tenth of it, on disk and in memory. Each is tried first
//! on a program that does nothing, since neither every linker nor every C library (glibc from
//! 2.36 on) knows them.

#![allow(
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const WISHES: [&str; 3] = ["-Wl,-O2", "-Wl,--icf=all", "-Wl,-z,pack-relative-relocs"];

fn main() {
    println!("cargo:rerun-if-changed=packaging/link.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // What is built for another machine can't be tried here.
    let own = env::var("TARGET").is_ok_and(|target| is("HOST", &target));
    if own && is("PROFILE", "release") {
        for wish in WISHES
            .into_iter()
            .filter(|wish| works(wish).unwrap_or(false))
        {
            println!("cargo:rustc-link-arg-bins={wish}");
        }
    }
}

/// Whether a program that is linked with that wish runs.
fn works(wish: &str) -> Option<bool> {
    let folder = env::var("OUT_DIR").ok()?;
    let (source, program) = (
        Path::new(&folder).join("nothing.rs"),
        Path::new(&folder).join("nothing"),
    );
    fs::write(&source, "fn main() {}").ok()?;
    let mut compiler = Command::new(env::var_os("RUSTC")?);
    let linker = env::var("RUSTC_LINKER").ok();
    let compiled = compiler
        .args(["--edition=2024", "-C", &format!("link-arg={wish}")])
        .args(linker.map(|linker| format!("-Clinker={linker}")))
        .arg("-o")
        .arg(&program)
        .arg(&source)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    Some(compiled.success() && Command::new(&program).status().ok()?.success())
}
