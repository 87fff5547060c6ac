//! What is said aloud.

use super::*;

#[test]
fn the_code_is_spelled_and_where_the_focus_goes_is_all_that_is_said_next() {
    let mut stage = stage().coded();
    let code = stage.app.spoken();
    assert!(code.heading.contains("W, D, J, B; M, J, H, T"), "{code:?}");
    assert!(code.heading.contains("https://acme.example/activate"));
    stage.tell(Message::Tick);
    assert_eq!(stage.app.spoken().since(Some(&code)), None, "time passing");
    stage.press(Press::Right);
    let moved = stage.app.spoken();
    assert_eq!(moved.since(Some(&code)).as_deref(), Some("New code"));
}

#[test]
fn a_screen_says_what_it_is_and_what_ok_does() {
    let mut stage = stage();
    let start = stage.app.spoken();
    assert_eq!(start.focus, "Sign in");
    stage.press(Press::Ok);
    let waiting = stage.app.spoken();
    assert_eq!(
        waiting.since(Some(&start)).as_deref(),
        Some("Getting a code. Waiting for acme.example. Cancel")
    );
}

#[test]
fn somebody_who_is_signed_in_hears_the_channel_and_the_account() {
    let mut stage = stage_with(ready, Options::default());
    stage.tell(restored(Ok(Some(session()))));
    let channel = stage.app.spoken();
    assert_eq!(
        channel.since(None).as_deref(),
        Some("Loading… Channel Contacts")
    );
    stage.press(Press::Right);
    let account = stage.app.spoken();
    assert_eq!(
        account.since(Some(&channel)).as_deref(),
        Some("Account: Ada")
    );
}

#[test]
fn nothing_is_spoken_unless_it_is_wanted() {
    assert!(!Display::default().speech);
    let stage = stage();
    assert!(format!("{:?}", stage.app.speaker).contains("voice: None"));
}
