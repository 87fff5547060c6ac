//! Every parser against somebody who means harm, or is merely broken: nothing panics,
//! hangs or fills the memory, and what comes of it is what was designed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    unused_results,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

#[path = "support/demo.rs"]
mod demo_support;
#[path = "support/program.rs"]
mod program;
#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "each test binary uses a part of it")]
mod scripted;

#[path = "hostile/answers.rs"]
mod answers;
#[path = "hostile/channels.rs"]
mod channels;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/identity.rs"]
mod identity;
#[path = "hostile/pictures.rs"]
mod pictures;
#[path = "hostile/terminal.rs"]
mod terminal;

/// Steers a terminal, turns the direction of what follows, or can't be seen: C0 and C1
/// controls, bidi, line separators, a byte order mark.
const STEERING: &str = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}31m\u{0}\r\n\t\u{7f}\u{85}\
                        \u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{2028}\u{2029}\u{feff}";

fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| STEERING.contains(c) && c.is_control())
        && !text.chars().any(|c| {
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        })
}

/// Bodies in which nothing can be found, whatever is looked for.
fn senseless() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("nothing", Vec::new()),
        ("white space", text(" \r\n ")),
        ("null", text("null")),
        ("an array", text("[1, 2]")),
        ("a string", text("\"access_denied\"")),
        ("an empty object", text("{}")),
        ("100,000 arrays", "[".repeat(100_000).into_bytes()),
        ("100,000 objects", "{\"a\":".repeat(100_000).into_bytes()),
        (
            "100,000 arrays in a field",
            format!(
                "{{\"error\":{}{}}}",
                "[".repeat(100_000),
                "]".repeat(100_000)
            )
            .into_bytes(),
        ),
        (
            "a page",
            text("<!doctype html><a href=\"?error=access_denied&x\">"),
        ),
        ("cut UTF-8", b"{\"error\":\"access_denied\xe2\x82".to_vec()),
        (
            "UTF-16",
            "{\"error\":\"x\"}"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        (
            "arrays for texts",
            text(
                "{\"error\":[\"x\"],\"device_code\":[\"d\"],\"access_token\":[\"a\"],\"issuer\":[],\"keys\":{}}",
            ),
        ),
        (
            "objects for texts",
            text("{\"error\":{},\"device_code\":{},\"access_token\":{},\"issuer\":{},\"keys\":1}"),
        ),
        (
            "empty texts",
            text("{\"error\":\"\",\"device_code\":\"\",\"user_code\":\"\",\"access_token\":\"\"}"),
        ),
        (
            "a number out of every range",
            text("{\"expires_in\":1e400,\"error\":\"access_denied\"}"),
        ),
        (
            "a million digits",
            format!(
                "{{\"interval\":{},\"error\":\"slow_down\"}}",
                "9".repeat(1_000_000)
            )
            .into_bytes(),
        ),
        ("a form of nothing", text("%%%=&&=&%zz=%&+")),
        ("a million ampersands", "&".repeat(1_000_000).into_bytes()),
        (
            "a megabyte of one string",
            format!("\"{}", "x".repeat(1 << 20)).into_bytes(),
        ),
        (
            "words that are no JSON",
            text("{\"expires_in\": NaN, \"interval\": Infinity}"),
        ),
    ]
}
