//! What somebody with many TVs relies on: the journal's fields, what monitoring reads, the
//! silent installation.

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
#[path = "fleet/journal.rs"]
mod journal;
#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use journal::Journal;
use program::{Demo, Machine, only_line, sign_in};
use serde_json::Value;
use tenfoot::doctor::{Cause, Check, State};

#[test]
fn the_journal_gets_what_is_logged_with_its_fields_and_no_secret() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let journal = Journal::new();

    let ran = journal.run(&machine, &["--log", "trace", "fetch", "Contacts"]);

    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ran.err, "",
        "what the journal gets isn't said on stderr, too"
    );
    let request = journal.find("MESSAGE", "channel request");
    for (name, value) in [
        ("SYSLOG_IDENTIFIER", "tenfoot"),
        ("PRIORITY", "7"),
        ("TENFOOT_METHOD", "GET"),
        ("TENFOOT_PATH", "/api/contacts"),
        ("TENFOOT_STATUS", "200"),
    ] {
        assert_eq!(request[name], value, "{request:?}");
    }
    let told = journal.all();
    for token in machine.tokens() {
        assert!(!told.contains(&token), "a token is in the journal");
    }
}

#[test]
fn where_stderr_is_not_the_journals_all_is_as_ever() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let journal = Journal::new();

    let ran = journal.run_beside(&machine, &["--log", "debug", "doctor"]);

    assert!(ran.err.contains("status=200"), "{ran:?}");
    assert_eq!(journal.all(), "");
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The part of packaging/README.md below that heading.
fn documented(heading: &str) -> String {
    let text = read("packaging/README.md");
    let begin = text
        .find(&format!("\n## {heading}\n"))
        .expect("the heading");
    let part = &text[begin + 1..];
    let end = part[1..].find("\n## ").map_or(part.len(), |at| at + 1);
    part[..end].to_owned()
}

/// The names of all fields, however deep.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                found.insert(name.clone());
                fields(inner, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|inner| fields(inner, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_field_that_monitoring_reads_is_documented_and_every_word_that_stands_in_one() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let mut told = BTreeSet::new();
    let mut look = |arguments: &[&str], code| {
        let ran = machine.run(arguments);
        assert_eq!(ran.code, code, "{ran:?}");
        fields(&only_line(&ran.out), &mut told);
    };
    look(&["status", "--json"], 3);
    look(&["doctor", "--json"], 0);
    sign_in(&machine, &[]);
    look(&["status", "--json"], 0);
    look(&["doctor", "--channels", "--json"], 0);
    told.extend(Check::ALL.map(|check| check.id().to_owned()));
    told.extend(State::ALL.map(|state| state.id().to_owned()));
    told.extend(Cause::ALL.map(|cause| cause.id().to_owned()));

    let text = documented("What monitoring reads");

    let missing: Vec<_> = told
        .iter()
        .filter(|name| !text.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not documented: {missing:?}");
}

#[test]
fn no_field_is_documented_that_nobody_gets() {
    let text = documented("What monitoring reads");
    let names = text.lines().filter_map(|line| {
        let cell = line.strip_prefix("| `")?;
        cell.split_once('`').map(|(name, _)| name.to_owned())
    });
    let source = [
        "src/command/doctor.rs",
        "src/command/status.rs",
        "src/doctor.rs",
        "src/doctor/channels.rs",
        "src/doctor/remedy.rs",
    ]
    .map(read);
    let unknown: Vec<_> = names
        .filter(|name| {
            let quoted = format!("\"{name}\"");
            !source.iter().any(|text| text.contains(&quoted))
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn what_the_playbook_writes_is_a_configuration_that_can_be_used() {
    let template = read("packaging/examples/fleet.toml.j2");
    let playbook = read("packaging/examples/fleet.yml");
    let variables = playbook.lines().filter_map(|line| {
        let (name, value) = line.trim().split_once(": ")?;
        Some((name, value.trim_matches('"')))
    });
    let mut config = template;
    for (name, value) in variables.filter(|(name, _)| name.starts_with("tenfoot_")) {
        config = config.replace(&format!("{{{{ {name} }}}}"), value);
    }
    assert!(!config.contains("{{"), "no value for some of\n{config}");
    let machine = Machine::new();
    machine.write_config("# As the package brings it: nothing but comments.\n");
    let drop_ins = machine.path("config/tenfoot/conf.d");
    fs::create_dir_all(&drop_ins).unwrap();
    fs::write(drop_ins.join("10-fleet.toml"), config).unwrap();

    let ran = machine.run(&["config", "check"]);

    assert_eq!(ran.code, 0, "{ran:?}");
}
