//! `tenfoot doctor` on machines that lack one thing each.

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
#[path = "doctor/provider.rs"]
mod provider;
#[path = "doctor/tls.rs"]
mod tls;

use program::{Demo, Machine, only_line, sign_in};
use serde_json::Value;

/// What the check of that name found.
fn check<'a>(told: &'a Value, name: &str) -> &'a Value {
    let checks = told["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|finding| finding["check"] == name)
        .unwrap_or_else(|| panic!("no {name} in {told}"))
}

#[test]
fn a_machine_where_everything_works_has_no_failure_and_no_session_afterwards() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);

    let ran = machine.run(&["doctor", "--json"]);

    let told = only_line(&ran.out);
    assert_eq!((ran.code, &told["ok"]), (0, &true.into()), "{told}");
    for name in [
        "config",
        "clock",
        "provider",
        "device-flow",
        "token-endpoint",
        "clock-skew",
        "storage",
        "session",
    ] {
        assert_eq!(check(&told, name)["state"], "ok", "{told}");
    }
    assert_eq!(machine.stored(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_session_that_cannot_be_renewed_is_told_by_its_missing_refresh_token() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let path = machine.path("config/tenfoot/config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, config.replace(" offline_access", "")).unwrap();
    sign_in(&machine, &[]);

    let ran = machine.run(&["doctor", "--json"]);

    let told = only_line(&ran.out);
    let session = check(&told, "session");
    assert_eq!((ran.code, &session["state"]), (0, &"warning".into()));
    assert_eq!(session["cause"], "offline");
    assert!(!ran.out.contains("Ada"), "nobody is named in a report");
    let stored = std::fs::read_to_string(&machine.stored()[0]).unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    assert!(!ran.out.contains(stored["access_token"].as_str().unwrap()));
}

#[test]
fn without_a_configuration_that_is_named_with_where_it_goes_and_the_rest_is_still_looked_at() {
    let machine = Machine::new();

    let ran = machine.run(&["doctor", "--json"]);

    let told = only_line(&ran.out);
    assert_eq!((ran.code, &told["ok"]), (1, &false.into()));
    let config = check(&told, "config");
    assert!(
        config["seen"].as_str().unwrap().contains("config.toml"),
        "{told}"
    );
    assert!(config["remedy"].is_string());
    assert_eq!(check(&told, "provider")["state"], "skipped");
    assert!(check(&told, "fonts")["state"].is_string());
}

#[test]
fn a_provider_that_is_not_there_is_told_from_one_that_refuses() {
    let machine = Machine::new();
    machine.write_config("[provider]\nissuer = \"http://127.0.0.1:1/\"\nclient_id = \"tv\"\n");
    let told = only_line(&machine.run(&["doctor", "--json"]).out);
    assert_eq!(check(&told, "provider")["state"], "failed", "{told}");
    assert_eq!(check(&told, "device-flow")["state"], "skipped");

    let demo = Demo::start(&machine, &[]);
    let path = machine.path("config/tenfoot/config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let known = config
        .lines()
        .find(|line| line.starts_with("client_id"))
        .unwrap();
    std::fs::write(&path, config.replace(known, "client_id = \"stranger\"")).unwrap();
    let told = only_line(&machine.run(&["doctor", "--json"]).out);
    drop(demo);
    assert_eq!(check(&told, "provider")["state"], "ok", "{told}");
    let refused = check(&told, "device-flow");
    assert_eq!(refused["state"], "failed", "{told}");
    assert_eq!(refused["cause"], "client", "{told}");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    // A file stands where the directory would go: not even root can write below it.
    std::fs::write(machine.path("state"), "").unwrap();

    let told = only_line(&machine.run(&["doctor", "--json"]).out);

    let storage = check(&told, "storage");
    assert_eq!(storage["state"], "failed", "{told}");
    assert!(
        storage["seen"].as_str().unwrap().contains("state"),
        "{told}"
    );
}

#[test]
fn a_person_reads_a_line_for_each_check_with_the_remedy_below() {
    let machine = Machine::new();

    let ran = machine.run(&["doctor"]);

    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .lines()
            .any(|line| line.starts_with("failed   config")),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("→ Create it"), "{}", ran.out);
}
