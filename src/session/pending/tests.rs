use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn provider(scope: &str) -> Provider {
    toml::from_str(&format!(
        "issuer = \"https://acme.example/\"\nclient_id = \"tv\"\nscope = \"{scope}\""
    ))
    .unwrap()
}

fn place(directory: &Path) -> CodeFile {
    CodeFile::new(directory, "default", &provider("openid"))
}

fn at(since_boot: u64, wall: i64, boot: &str) -> Now {
    Now {
        moment: Moment::from_boot(Duration::from_secs(since_boot)),
        wall: Timestamp::from_second(wall).unwrap(),
        boot: Some(boot.to_owned()),
    }
}

fn grant() -> Grant {
    Grant {
        device: DeviceGrant {
            device_code: Secret::new("device-code"),
            user_code: "WDJB-MJHT".to_owned(),
            verification_uri: "https://acme.example/activate".to_owned(),
            verification_uri_complete: None,
            lifetime: Duration::from_secs(900),
            interval: Duration::from_secs(5),
        },
        verifier: Some(Secret::new("verifier")),
        key: Some(dpop::Key::generate().unwrap()),
    }
}

/// Keeps a code at 1,000 s after the start of the machine.
fn keep(place: &CodeFile) -> Grant {
    let (grant, now) = (grant(), at(1000, 1_000_000, "one"));
    let prompt = grant.device.prompt(now.moment);
    place
        .claim()
        .unwrap()
        .save(&grant, &prompt, Duration::from_secs(10), &now);
    grant
}

fn kept(place: &CodeFile, now: &Now) -> Option<StoredCode> {
    place.claim().unwrap().load(now)
}

#[test]
fn the_same_code_is_back_with_what_proves_it_and_the_interval_in_force() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    let grant = keep(&place);

    let kept = kept(&place, &at(1100, 1_000_100, "one")).unwrap();

    assert_eq!(kept.prompt.user_code, "WDJB-MJHT");
    assert_eq!(kept.grant.device.device_code, grant.device.device_code);
    assert_eq!(kept.grant.verifier, grant.verifier);
    assert_eq!(kept.grant.key, grant.key);
    assert_eq!(kept.prompt.interval, Duration::from_secs(10));
    assert_eq!(kept.prompt.lifetime, Duration::from_secs(900));
    let left = kept.prompt.deadline.since(at(1100, 0, "").moment);
    assert_eq!(left, Duration::from_secs(800));
}

#[test]
fn a_code_is_its_owners_alone_and_is_gone_when_it_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    drop(keep(&place));

    let mode = std::fs::metadata(&place.path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    place.forget();
    assert!(!place.path.exists());
    assert!(!place.has_code(&at(1001, 1_000_001, "one")));
}

#[test]
fn within_one_run_of_the_machine_a_wall_clock_that_jumps_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    drop(keep(&place));

    for wall in [0, 1_000_000, 9_000_000] {
        assert!(place.has_code(&at(1899, wall, "one")), "{wall}");
        assert!(!place.has_code(&at(1900, wall, "one")), "{wall}");
    }
}

#[test]
fn after_another_start_of_the_machine_the_wall_clock_tells() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    drop(keep(&place));

    assert!(place.has_code(&at(3, 1_000_899, "two")));
    assert!(!place.has_code(&at(3, 1_000_900, "two")));
}

#[test]
fn a_clock_that_is_not_set_yet_gives_the_code_no_more_than_its_time() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    drop(keep(&place));

    let now = at(3, 0, "two");
    let kept = kept(&place, &now).unwrap();

    assert_eq!(
        kept.prompt.deadline.since(now.moment),
        Duration::from_secs(900)
    );
}

#[test]
fn a_code_that_was_asked_for_something_else_is_not_gone_on_with() {
    let home = tempfile::tempdir().unwrap();
    drop(keep(&place(home.path())));

    let other = CodeFile::new(home.path(), "default", &provider("openid email"));

    assert!(!other.has_code(&at(1001, 1_000_001, "one")));
}

#[test]
fn a_code_that_another_tenfoot_shows_is_left_to_it() {
    let home = tempfile::tempdir().unwrap();
    let (ours, theirs) = (place(home.path()), place(home.path()));
    drop(keep(&theirs));
    let now = at(1001, 1_000_001, "one");

    let shown = theirs.claim();

    assert!(!ours.has_code(&now));
    drop(shown);
    assert!(ours.has_code(&now));
}

#[test]
fn a_code_that_another_tenfoot_shows_is_not_forgotten_for_it() {
    let home = tempfile::tempdir().unwrap();
    let (ours, theirs) = (place(home.path()), place(home.path()));
    drop(keep(&theirs));
    let shown = theirs.claim();

    assert!(ours.claim().is_none());
    ours.forget();

    drop(shown);
    assert!(theirs.has_code(&at(1001, 1_000_001, "one")));
}

#[test]
fn what_a_left_attempt_still_writes_counts_no_more() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    let (grant, now) = (grant(), at(1000, 1_000_000, "one"));
    let prompt = grant.device.prompt(now.moment);
    let save = |claim: &Claim| claim.save(&grant, &prompt, prompt.interval, &now);
    let left = place.claim().unwrap();

    place.forget();
    save(&left);
    assert!(!place.path.exists(), "a cancelled code is back");

    // The next attempt begins while the one before ends its last request.
    let next = place.claim().unwrap();
    save(&next);
    left.forget();
    assert!(place.path.exists(), "the new code went with the old");
}

#[test]
fn a_damaged_file_is_no_code() {
    let home = tempfile::tempdir().unwrap();
    let place = place(home.path());
    drop(keep(&place));
    let whole = std::fs::read(&place.path).unwrap();

    for bytes in [&whole[..whole.len() / 2], b"", b"[]", b"\xff\xff"] {
        std::fs::write(&place.path, bytes).unwrap();
        assert!(!place.has_code(&at(1001, 1_000_001, "one")));
    }
}
