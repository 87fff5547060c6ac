use super::*;

const ISSUER: &str = "https://acme.example/";

fn person(profile: &str, subject: Option<&str>) -> Person {
    Person {
        profile: profile.parse().unwrap(),
        who: who(subject),
    }
}

fn who(subject: Option<&str>) -> Who {
    Who {
        subject: subject.map(str::to_owned),
        ..Who::default()
    }
}

fn named(text: &str) -> Profile {
    text.parse().unwrap()
}

#[test]
fn a_profile_that_could_leave_its_directory_is_refused() {
    for name in ["", "..", ".hidden", "a/b", "a b", &"a".repeat(65)] {
        assert!(name.parse::<Profile>().is_err(), "{name}");
    }
    for name in ["default", "Living-Room_2.old", &"a".repeat(64)] {
        assert!(name.parse::<Profile>().is_ok(), "{name}");
    }
}

#[test]
fn the_first_person_gets_the_default_profile_and_the_next_one_of_their_own() {
    let first = profile_of(ISSUER, &who(Some("ada")), &[]);
    let kept = [person("default", Some("ada"))];
    let second = profile_of(ISSUER, &who(Some("grace")), &kept);

    assert_eq!(first, Profile::default());
    assert_eq!(second, Profile::derived(ISSUER, "grace"));
    assert_eq!(second.as_str().parse::<Profile>(), Ok(second.clone()));
    assert_ne!(second, Profile::derived(ISSUER, "alan"));
    assert_ne!(second, Profile::derived("https://other.example/", "grace"));
}

#[test]
fn whoever_signs_in_again_lands_in_their_own_profile_whatever_it_is_called() {
    let kept = [
        person("default", Some("ada")),
        person("kitchen", Some("grace")),
    ];

    assert_eq!(
        profile_of(ISSUER, &who(Some("grace")), &kept),
        named("kitchen")
    );
    assert_eq!(
        profile_of(ISSUER, &who(Some("ada")), &kept[..1]),
        Profile::default()
    );
}

#[test]
fn people_whom_the_provider_does_not_name_share_a_profile() {
    let kept = [person("default", None)];

    assert_eq!(profile_of(ISSUER, &who(None), &kept), Profile::default());
}

#[test]
fn a_session_that_names_nobody_is_not_taken_for_somebodys_own() {
    let kept = [person("kitchen", None)];

    assert_eq!(
        profile_of(ISSUER, &who(Some("ada")), &kept),
        Profile::default()
    );
}

#[test]
fn one_person_goes_straight_to_their_channels_and_several_are_asked_who_is_there() {
    let kept = [
        person("kitchen", Some("grace")),
        person("default", Some("ada")),
    ];
    let current = Profile::default();

    assert_eq!(
        first(None, &kept[..1], &current),
        First::Restore(named("kitchen"))
    );
    assert_eq!(first(None, &kept, &current), First::Choose);
    assert_eq!(
        first(None, &[], &current),
        First::Restore(Profile::default())
    );
}

#[test]
fn a_profile_that_somebody_names_is_never_a_question() {
    let kept = [
        person("kitchen", Some("grace")),
        person("default", Some("ada")),
    ];

    assert_eq!(
        first(Some(&named("new")), &kept, &Profile::default()),
        First::Restore(named("new"))
    );
}

#[test]
fn the_noted_profile_counts_as_long_as_it_holds_a_session() {
    let kept = [
        person("kitchen", Some("grace")),
        person("default", Some("ada")),
    ];

    assert_eq!(current(Some(named("kitchen")), &kept), named("kitchen"));
    assert_eq!(
        current(Some(named("kitchen")), &kept[1..]),
        Profile::default()
    );
    assert_eq!(current(None, &kept), Profile::default());
}

#[test]
fn somebody_of_whom_nothing_is_known_never_takes_a_known_persons_place() {
    let ada = [person("default", Some("ada"))];
    let nobody = profile_of(ISSUER, &who(None), &ada);

    assert_ne!(nobody, Profile::default());
    assert_eq!(profile_of(ISSUER, &who(None), &[]), Profile::default());
    let unknown = [person("default", None)];
    assert_eq!(profile_of(ISSUER, &who(None), &unknown), Profile::default());
}
