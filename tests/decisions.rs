//! The decision core through whole simulated flows: any answers, at any speed, on clocks
//! that stand still, sleep and jump.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "decisions/given.rs"]
mod given;
#[path = "decisions/simulated.rs"]
mod simulated;

use std::time::Duration;

use given::{Round, any_answer, prompt, rounds, unfinished, wall};
use jiff::SignedDuration;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use simulated::{DAY, Run};
use tenfoot::clock::Moment;
use tenfoot::config::Preset;
use tenfoot::oauth::client::until;
use tenfoot::oauth::device::{Due, LONGEST_BACKOFF, MARGIN, Polling, Step};
use tenfoot::oauth::error::{Reason, Unavailable};
use tenfoot::oauth::flow::{End, Prompt};
use tenfoot::oauth::refresh;
use tenfoot::oauth::response::{self, Answer, DeviceGrant, Poll, Refresh};
use tenfoot::oauth::token::{Kind, Tokens};
use tenfoot::secret::Secret;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn run(
    prompt: &(Prompt, Moment),
    rounds: &[Round<Poll>],
    last: &Poll,
) -> Result<(), TestCaseError> {
    let mut run = Run::start(prompt);
    for round in rounds {
        if !run.poll_is_due(round.looks, round.late)? || !run.hear(&round.answer, round.takes)? {
            return Ok(());
        }
    }
    run.runs_out(last)
}

/// What a provider without a preset means.
fn device_of(answer: &Answer) -> Result<DeviceGrant, End> {
    response::device(answer, &Preset::default(), Timestamp::UNIX_EPOCH)
}

fn poll_of(answer: &Answer, now: Timestamp) -> Poll {
    response::poll(answer, &Preset::default(), now)
}

fn refresh_of(answer: &Answer, now: Timestamp) -> Refresh {
    response::refresh(answer, &Preset::default(), now)
}

const fn gone() -> Unavailable {
    Unavailable::Unreadable { status: 200 }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn a_flow_keeps_its_times_and_ends_with_its_code_whatever_is_answered(
        prompt in prompt(),
        rounds in rounds(unfinished()),
        last in prop_oneof![Just(Poll::Pending), Just(Poll::Nothing(gone())), Just(Poll::SlowDown(None))],
    ) {
        run(&prompt, &rounds, &last)?;
    }

    #[test]
    fn a_flow_keeps_its_times_with_answers_of_any_bytes_and_any_wall_clock(
        prompt in prompt(),
        rounds in rounds(any_answer()),
    ) {
        let rounds: Vec<Round<Poll>> = rounds
            .into_iter()
            .map(|Round { looks, late, takes, wall, answer }| Round {
                looks, late, takes, wall, answer: poll_of(&answer, wall),
            })
            .collect();
        run(&prompt, &rounds, &Poll::Pending)?;
    }

    #[test]
    fn back_off_grows_to_a_minute_and_one_good_answer_ends_it(
        (prompt, now) in prompt(),
        failures in 1_usize..12,
        good in prop_oneof![Just(Poll::Pending), Just(Poll::SlowDown(None))],
    ) {
        let nothing = || Poll::Nothing(gone());
        // The end of the code's life shortens a pause; here it is far away.
        let prompt = Prompt { deadline: now + DAY * 30, ..prompt };
        let first_pause = |interval: Duration| (interval * 2).min(LONGEST_BACKOFF).max(interval);
        let mut polling = Polling::start(&prompt, now);
        let mut last = Duration::ZERO;
        for nth in 0..failures {
            let Step::Wait(next) = polling.after(nothing(), now) else { panic!() };
            let pause = next.wait().next_poll.since(now) - MARGIN;
            prop_assert!(pause >= last);
            prop_assert!(nth > 0 || pause == first_pause(prompt.interval));
            last = pause;
            polling = next;
        }
        let Step::Wait(again) = polling.after(good, now) else { panic!() };
        prop_assert_eq!(again.wait().next_poll.since(now), again.interval() + again.margin());
        let (interval, margin) = (again.interval(), again.margin());
        let Step::Wait(next) = again.after(nothing(), now) else { panic!() };
        prop_assert_eq!(next.wait().next_poll.since(now) - margin, first_pause(interval));
    }

    #[test]
    fn a_late_approval_is_asked_for_once_more_before_the_code_ends(
        interval in 1_u64..10,
        failures in 1_usize..6,
        left in 13_u64..120,
    ) {
        let now = Moment::from_boot(Duration::from_secs(1000));
        let prompt = Prompt {
            user_code: "C".to_owned(),
            verification_uri: "https://acme.example".to_owned(),
            verification_uri_complete: None,
            deadline: now + Duration::from_secs(left),
            lifetime: Duration::from_secs(left),
            interval: Duration::from_secs(interval),
        };
        let mut polling = Polling::start(&prompt, now);
        for _ in 0..failures {
            let Step::Wait(next) = polling.after(Poll::Nothing(gone()), now) else { panic!() };
            polling = next;
        }
        prop_assert_eq!(polling.due(polling.wait().next_poll), Due::Poll);
    }

    #[test]
    fn an_answer_is_read_without_a_fault_and_within_bounds(answer in any_answer(), now in wall()) {
        if let Ok(grant) = device_of(&answer) {
            prop_assert!(grant.interval >= Duration::from_secs(1) && grant.interval <= DAY);
            prop_assert!(!grant.lifetime.is_zero() && grant.lifetime <= DAY);
            prop_assert!(!grant.user_code.trim().is_empty());
            prop_assert!(grant.verification_uri.to_lowercase().starts_with("http"));
        }
        let whole = |tokens: &Tokens| (200..=299).contains(&answer.status)
            && !tokens.access_token.expose().is_empty()
            && tokens.expires_in.is_none_or(|life| !life.is_zero());
        let bounded = |pause: Option<Duration>| pause.is_none_or(|pause| pause <= DAY);
        match poll_of(&answer, now) {
            Poll::Tokens(tokens) => prop_assert!(whole(&tokens)),
            Poll::SlowDown(pause) | Poll::RateLimited(pause) => prop_assert!(bounded(pause)),
            Poll::Nothing(words) => prop_assert!(!words.to_string().is_empty()),
            Poll::Ended(end) => prop_assert!(!end.to_string().is_empty()),
            Poll::Pending => {}
        }
        match refresh_of(&answer, now) {
            Refresh::Tokens(tokens) => prop_assert!(whole(&tokens)),
            Refresh::Busy(pause) => prop_assert!(bounded(pause)),
            Refresh::Nothing(why) => prop_assert!(!why.to_string().is_empty()),
            Refresh::Refused(why) | Refresh::Unclear(why) => prop_assert!(!why.to_string().is_empty()),
        }
    }

    /// What the error means doesn't depend on the status that a provider likes best.
    #[test]
    fn an_error_means_the_same_whatever_its_status_below_500(
        status in prop::sample::select(vec![200_u16, 400, 401, 403, 418, 428]),
        now in wall(),
    ) {
        let of = |error: &str| Answer {
            status,
            body: json!({ "error": error }).to_string().into_bytes(),
            ..Answer::default()
        };
        prop_assert_eq!(poll_of(&of("authorization_pending"), now), Poll::Pending);
        prop_assert_eq!(poll_of(&of("slow_down"), now), Poll::SlowDown(None));
        prop_assert_eq!(poll_of(&of("expired_token"), now), Poll::Ended(End::Expired));
        prop_assert_eq!(poll_of(&of("access_denied"), now), Poll::Ended(End::Denied { description: None }));
        prop_assert!(matches!(poll_of(&of("server_error"), now), Poll::Nothing(_)));
        prop_assert!(matches!(refresh_of(&of("invalid_grant"), now), Refresh::Refused(refusal) if refusal.reason == Reason::InvalidGrant));
        prop_assert!(matches!(refresh_of(&of("invalid_client"), now), Refresh::Refused(_)));
        prop_assert_eq!(refresh_of(&of("slow_down"), now), Refresh::Busy(None));
    }

    #[test]
    fn only_a_dead_token_ends_a_session(answer in any_answer(), now in wall()) {
        if matches!(refresh_of(&answer, now), Refresh::Refused(refusal) if refusal.reason == Reason::InvalidGrant) {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            let dead = [
                "invalid_grant", "expired", "bad_refresh_token", "invalid_refresh_token",
                "bad_verification_code", "incorrect_device_code", "invalid_device_code",
                "interaction_required", "login_required", "consent_required",
            ];
            prop_assert!(dead.iter().any(|error| body.contains(error)), "{body}");
        }
    }

    #[test]
    fn a_renewal_is_due_once_and_for_all_and_never_at_once(
        obtained in wall(),
        life in prop_oneof![4 => 1_u64..200, 4 => 1_u64..100_000, 1 => 1_u64..400_000_000],
        later in 0_i64..400_000_000,
    ) {
        let tokens = Tokens {
            access_token: Secret::new("a"),
            kind: Kind::Bearer,
            expires_in: Some(Duration::from_secs(life)),
            scope: None,
            refresh_token: None,
            refresh_expires_in: None,
            id_token: None,
        };
        let Some(end) = until(tokens.expires_in, obtained) else {
            return Ok(());
        };
        let end = Some(end);
        prop_assert!(!refresh::is_due(obtained, end, obtained), "a fresh token isn't renewed");
        let Ok(now) = obtained.checked_add(SignedDuration::from_secs(later)) else {
            return Ok(());
        };
        if refresh::is_over(end, now) {
            prop_assert!(refresh::is_due(obtained, end, now));
        }
        if refresh::is_due(obtained, end, now) {
            let left = u64::try_from(later).unwrap().abs_diff(life);
            prop_assert!(u64::try_from(later).unwrap() >= life || left <= 60.min(life / 5));
            let still = now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now);
            prop_assert!(refresh::is_due(obtained, end, still));
        }
    }

    #[test]
    fn no_times_are_too_strange_to_decide_about(obtained in wall(), end in prop::option::of(wall()), now in wall()) {
        let due = refresh::is_due(obtained, end, now);
        let over = refresh::is_over(end, now);
        prop_assert!(end.is_some() || (!due && !over));
        prop_assert!(!over || due, "what is over is due");
    }
}
