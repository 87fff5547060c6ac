//! The terminal commands as a script sees them: the real program against its own demo,
//! with what is printed, the exit codes, and what is left on disk.

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

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use demo_support::Answer;
use program::{Demo, Machine, Ran, SignIn, decide, only_line, sign_in};

#[test]
fn a_script_signs_in_calls_the_api_and_signs_out() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    assert_eq!(machine.run(&["status"]).code, 3);

    let (signed_in, log) = sign_in(&machine, &[]);
    assert_eq!(signed_in["name"], "Ada Winter");
    assert!(signed_in["scope"].as_str().unwrap().contains("read:films"));
    let tokens = machine.tokens();

    let status = machine.run(&["status"]);
    assert_eq!(status.code, 0);
    assert!(
        status.out.contains("Ada Winter") && status.out.contains("renewed automatically"),
        "{}",
        status.out
    );
    let as_json = machine.run(&["status", "--json"]);
    assert_eq!(only_line(&as_json.out)["signed_in"], true);
    let log_of_a_call = machine.run(&["--log", "trace", "fetch", "Films"]).err;
    for token in &tokens {
        let told = [
            &signed_in.to_string(),
            &log,
            &log_of_a_call,
            &status.out,
            &as_json.out,
        ];
        assert!(
            told.iter().all(|text| !text.contains(token)),
            "a token was told"
        );
    }

    let by_name = machine.run(&["fetch", "films"]);
    let first: Value = serde_json::from_str(&by_name.out).unwrap();
    assert_eq!(by_name.code, 0);
    assert!(!first["data"].as_array().unwrap().is_empty());
    assert_eq!(machine.run(&["fetch", "1"]).out, by_name.out);

    let unknown = machine.run(&["fetch", "flims"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("Did you mean “Films”?"),
        "{}",
        unknown.err
    );

    let out = machine.run(&["sign-out"]);
    assert_eq!(out.code, 0);
    assert!(
        out.out
            .contains("Signed out Ada Winter at the provider and here"),
        "{}{}",
        out.out,
        out.err
    );
    assert_eq!(machine.stored(), Vec::<PathBuf>::new());
    assert_eq!(machine.run(&["status"]).code, 3);
    assert_eq!(machine.run(&["fetch", "Films"]).code, 3);
    let nobody = only_line(&machine.run(&["status", "--json"]).out);
    assert_eq!(nobody["signed_in"], false);
}

#[test]
fn later_pages_are_fetched_by_number_until_there_are_no_more() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);

    let (first, second) = (
        machine.run(&["fetch", "Films"]),
        machine.run(&["fetch", "Films", "--page", "2"]),
    );
    assert_eq!((first.code, second.code), (0, 0), "{}", second.err);
    assert_ne!(first.out, second.out);

    let beyond = machine.run(&["fetch", "Films", "--page", "999"]);
    assert_eq!((beyond.code, beyond.out.as_str()), (1, ""));
    assert!(beyond.err.contains("has only"), "{}", beyond.err);
}

#[test]
fn a_refused_sign_in_exits_with_4_and_stores_nothing() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);

    let mut sign_in = SignIn::start(&machine, &[]);
    decide(&sign_in.event(), Answer::DenyAs("ada"));
    let (last, _, exit) = sign_in.end();

    assert_eq!(
        (exit, &last["event"], &last["error"]),
        (4, &"failed".into(), &"access_denied".into())
    );
    assert_eq!(machine.stored(), Vec::<PathBuf>::new());
}

#[test]
fn an_expired_code_exits_with_4() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &["--code-lifetime", "2"]);

    let mut sign_in = SignIn::start(&machine, &[]);
    assert_eq!(sign_in.event()["expires_in"], 2);
    assert_eq!(sign_in.event()["event"], "pending");
    let (last, _, exit) = sign_in.end();

    assert_eq!((exit, &last["error"]), (4, &"expired_token".into()));
}

#[test]
fn a_provider_that_cannot_be_reached_exits_with_5() {
    let machine = Machine::new();
    let mut demo = Demo::start(&machine, &[]);
    demo.stop(Signal::TERM);

    let answer = machine.run(&["sign-in", "--json"]);

    assert_eq!(answer.code, 5, "{}", answer.err);
    assert_eq!(only_line(&answer.out)["error"], "unreachable");
}

#[test]
fn a_cancelled_sign_in_exits_with_1_and_stores_nothing() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);

    let mut sign_in = SignIn::start(&machine, &[]);
    assert_eq!(sign_in.event()["event"], "code");
    kill_process(Pid::from_child(&sign_in.child), Signal::INT).unwrap();
    let (last, _, exit) = sign_in.end();

    assert_eq!((exit, &last["error"]), (1, &"cancelled".into()));
    assert_eq!(machine.stored(), Vec::<PathBuf>::new());
}

#[test]
fn a_person_is_shown_address_code_and_qr() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &["--code-lifetime", "2"]);

    let answer = machine.run(&["sign-in"]);

    assert_eq!(answer.code, 4);
    assert!(answer.out.contains("/activate\n"), "{}", answer.out);
    assert!(
        answer
            .out
            .lines()
            .any(|line| line.starts_with("    ") && line.trim().len() == 9 && line.contains('-'))
    );
    let light = "█".repeat(30);
    assert!(
        answer
            .out
            .lines()
            .filter(|line| line.starts_with(&light))
            .count()
            >= 4,
        "a quiet zone above and below"
    );
    assert!(
        answer.out.contains("Waiting for the approval."),
        "{}",
        answer.out
    );
    assert!(
        !answer.out.contains('\u{1b}'),
        "no colours without a terminal"
    );
    assert!(
        answer.err.contains("The code has expired."),
        "{}",
        answer.err
    );
}

#[test]
fn profiles_are_kept_apart_and_all_of_them_can_be_signed_out() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &["--profile", "ada"]);
    sign_in(&machine, &["--profile", "grace"]);

    assert_eq!(machine.run(&["status"]).code, 3);
    assert_eq!(machine.run(&["status", "--profile", "ada"]).code, 0);
    let out = machine.run(&["sign-out", "--all"]);

    assert_eq!(out.code, 0, "{}", out.err);
    assert_eq!(out.out.lines().count(), 2, "{}", out.out);
    assert_eq!(machine.stored(), Vec::<PathBuf>::new());
    assert_eq!(
        machine.run(&["sign-out", "--all"]).out,
        "Nobody is signed in.\n"
    );
}

/// The file that notes who used the TV last.
fn note(machine: &Machine) -> PathBuf {
    let session = machine.stored().pop().unwrap();
    let (_, mark) = session.to_str().unwrap().rsplit_once('-').unwrap();
    let mark = mark.strip_suffix(".json").unwrap();
    machine.path(&format!("state/tenfoot/sessions/{mark}.current"))
}

#[test]
fn commands_are_about_whoever_used_the_tv_last_until_they_sign_out() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &["--profile", "kitchen"]);
    let note = note(&machine);
    fs::write(&note, "kitchen\n").unwrap();

    let status = only_line(&machine.run(&["status", "--json"]).out);
    assert_eq!(
        (&status["signed_in"], &status["profile"]),
        (&true.into(), &"kitchen".into())
    );
    assert_eq!(machine.run(&["fetch", "Films"]).code, 0);
    assert_eq!(machine.run(&["sign-out"]).code, 0);

    assert!(!note.exists());
    let status = only_line(&machine.run(&["status", "--json"]).out);
    assert_eq!(
        (&status["signed_in"], &status["profile"]),
        (&false.into(), &"default".into())
    );
}

#[test]
fn a_note_of_nobody_means_the_default_profile() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    let note = note(&machine);

    for nobody in ["gone", "../../../config", ""] {
        fs::write(&note, nobody).unwrap();
        let status = machine.run(&["status", "--json"]);
        assert_eq!(only_line(&status.out)["profile"], "default", "{nobody}");
    }
}

#[test]
fn the_status_lists_everybody_and_says_who_used_the_tv_last() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let nobody = only_line(&machine.run(&["status", "--json"]).out);
    assert_eq!(nobody["profiles"], Value::Array(Vec::new()));
    sign_in(&machine, &[]);
    let alone = machine.run(&["status"]).out;
    assert!(!alone.contains("Also here"), "{alone}");
    sign_in(&machine, &["--profile", "kitchen"]);

    let told = only_line(&machine.run(&["status", "--json"]).out)["profiles"].clone();
    let told: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|person| {
            let name = person["name"].as_str().unwrap();
            assert!(person["subject"].is_string(), "{person}");
            (
                name,
                person["profile"].as_str().unwrap(),
                &person["current"],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Ada Winter", "default", &Value::Bool(true)),
            ("Ada Winter", "kitchen", &Value::Bool(false)),
        ]
    );
    let text = machine.run(&["status"]).out;
    assert!(
        text.contains("Also here     Ada Winter (--profile kitchen)"),
        "{text}"
    );
}

#[test]
fn nobody_signs_in_as_a_guest_in_a_terminal() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);

    let refused = machine.run(&["sign-in", "--profile", "guest"]);

    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("in memory alone"), "{}", refused.err);
    assert!(!machine.path("state").exists(), "nothing was written");
    assert_eq!(machine.run(&["status", "--profile", "guest"]).code, 3);
}

#[test]
fn signing_out_deletes_what_was_fetched_for_that_person_alone() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    sign_in(&machine, &["--profile", "kitchen"]);
    let stored = machine.stored();
    let caches: Vec<_> = stored
        .iter()
        .map(|session| {
            let profile = session.file_stem().unwrap().to_str().unwrap();
            machine.path(&format!("cache/tenfoot/{profile}"))
        })
        .collect();
    for cache in &caches {
        fs::create_dir_all(cache).unwrap();
        fs::write(cache.join("films.json"), "[]").unwrap();
    }

    assert_eq!(machine.run(&["sign-out", "--profile", "kitchen"]).code, 0);

    for cache in &caches {
        let of_the_kitchen = cache.to_str().unwrap().contains("kitchen");
        assert_eq!(cache.exists(), !of_the_kitchen, "{}", cache.display());
    }
}

#[test]
fn signing_out_works_here_even_if_the_provider_is_gone() {
    let machine = Machine::new();
    let mut demo = Demo::start(&machine, &[]);
    sign_in(&machine, &[]);
    demo.stop(Signal::TERM);

    let out = machine.run(&["sign-out"]);

    assert_eq!(out.code, 0, "{}", out.err);
    assert!(
        out.out.contains("Signed out Ada Winter here."),
        "{}",
        out.out
    );
    assert!(
        !out.err.is_empty(),
        "it is said that the tokens could not be revoked"
    );
    assert_eq!(machine.stored(), Vec::<PathBuf>::new());
}

#[test]
fn the_demo_alone_ends_on_either_signal_with_0() {
    for signal in [Signal::INT, Signal::TERM] {
        let machine = Machine::new();
        let mut demo = Demo::start(&machine, &[]);
        assert_eq!(demo.stop(signal), Some(0));
    }
}

#[test]
fn what_the_demo_prints_is_a_configuration_that_is_fine() {
    let machine = Machine::new();
    let _demo = Demo::start(&machine, &[]);
    let text = fs::read_to_string(machine.path("config/tenfoot/config.toml")).unwrap();

    assert!(
        text.contains("# Issuer:")
            && text.contains("# Activation page:")
            && text.contains("# API:"),
        "{text}"
    );
    assert_eq!(machine.run(&["config", "check"]).code, 0);
}

#[test]
fn a_reader_who_leaves_early_causes_no_noise() {
    let machine = Machine::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);

    let output = machine
        .command(&["config", "example"])
        .stdout(writer)
        .output()
        .unwrap();

    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), [].as_slice())
    );
}

#[test]
fn the_example_passes_its_own_check() {
    let machine = Machine::new();
    machine.write_config(&machine.run(&["config", "example"]).out);

    let check = machine.run(&["config", "check"]);

    assert_eq!(check.code, 0, "{}", check.err);
    assert!(
        check.out.contains("config.toml is fine: 2 channels."),
        "{}",
        check.out
    );
}

#[test]
fn without_a_configuration_commands_say_where_it_goes_and_exit_with_2() {
    let machine = Machine::new();
    let goes = machine.path("config/tenfoot/config.toml");

    for arguments in [
        &["status"][..],
        &["sign-in"],
        &["fetch", "x"],
        &["sign-out"],
        &["config", "check"],
    ] {
        let answer = machine.run(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}");
        assert!(
            answer.err.contains(goes.to_str().unwrap()),
            "{}",
            answer.err
        );
    }
    assert_eq!(
        machine.run(&["config", "path"]).out,
        format!("{}\n", goes.display())
    );
}

#[test]
fn a_wrong_configuration_is_named_with_file_line_and_key() {
    let machine = Machine::new();
    machine.write_config("[provider]\nissuer = \"https://a.example/\"\nclient_idd = \"x\"\n");

    for arguments in [
        &["status"][..],
        &["sign-in", "--json"],
        &["config", "check"],
    ] {
        let answer = machine.run(arguments);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{arguments:?}");
        for wanted in [
            "config.toml, line 3, key provider.client_idd",
            "Did you mean “client_id”?",
        ] {
            assert!(answer.err.contains(wanted), "{}", answer.err);
        }
    }
}

#[test]
fn a_named_configuration_that_is_missing_is_an_error_even_if_another_is_there() {
    let machine = Machine::new();
    machine.write_config(&machine.run(&["config", "example"]).out);
    let missing = machine.path("nowhere.toml");

    let answer = machine.run(&["config", "check", "--config", missing.to_str().unwrap()]);

    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("nowhere.toml: there is no such file"),
        "{}",
        answer.err
    );
}

#[test]
fn a_secrets_file_that_is_missing_is_found_by_the_check() {
    let machine = Machine::new();
    let secret = machine.path("no-such-secret");
    machine.write_config(&format!(
        "[provider]\nissuer = \"https://a.example/\"\nclient_id = \"x\"\nclient_secret_file = \"{}\"\n",
        secret.display()
    ));

    let answer = machine.run(&["config", "check"]);

    assert_eq!(answer.code, 2, "{}", answer.err);
    assert!(
        answer
            .err
            .contains("line 4, key provider.client_secret_file")
            && answer.err.contains("there is no such file"),
        "{}",
        answer.err
    );
}

#[test]
fn wrong_usage_exits_with_2_and_help_with_0() {
    let machine = Machine::new();
    for arguments in [
        &["sing-in"][..],
        &["fetch"],
        &["status", "--profile", "../x"],
        &["--windowed", "huge"],
        &["--log", "tenfoot=loud", "status"],
        &["sign-out", "--all", "--profile", "x"],
        &["--profile", "x", "sign-out", "--all"],
        &["config", "chekc"],
    ] {
        let answer = machine.run(arguments);
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (2, ""),
            "{arguments:?}: {}",
            answer.err
        );
        assert!(!answer.err.is_empty(), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["demo", "--help"]] {
        let answer = machine.run(arguments);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn the_demo_names_what_is_wrong_in_the_file_that_it_was_given() {
    let machine = Machine::new();
    let file = machine.path("room.toml");
    fs::write(&file, "[display]\ntext_scale = 3.0\n").unwrap();

    let answer = machine.run(&["demo", "--config", file.to_str().unwrap()]);

    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("display.text_scale"), "{}", answer.err);
}

#[test]
fn a_bad_filter_in_the_environment_is_a_usage_error() {
    let machine = Machine::new();
    let output = machine
        .command(&["config", "path"])
        .env("TENFOOT_LOG", "tenfoot=loud")
        .output()
        .unwrap();

    let answer = Ran::from(output);

    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("TENFOOT_LOG"), "{}", answer.err);
}

#[test]
fn without_a_display_the_app_says_so_and_exits_with_1() {
    let machine = Machine::new();
    let answer = machine.run(&[]);

    assert_eq!(answer.code, 1, "{}", answer.err);
    assert!(!answer.err.contains("panicked"), "{}", answer.err);
    assert!(
        !Path::new(&machine.path("state")).exists(),
        "nothing was written"
    );
}
