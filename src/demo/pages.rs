//! The words on each page. Whatever comes from outside goes through [`escape`].

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;

use super::account::Account;
use super::html::{Page, escape};
use super::scope::Scope;
use super::store::Shown;
use super::user_code::Charset;

/// What stands behind "Which TV" and "Which app".
const CLIENT_NAME: &str = "tenfoot, an app on a TV";

const TICK: &str = r#"<path d="M4 12.5l5 5L20 6.5"/>"#;

/// Why a code leads nowhere.
pub(super) enum Problem {
    Missing,
    Unknown,
    Expired,
    Settled,
    TooMany(Duration),
}

/// `/`
pub(super) fn index() -> Page {
    Page::new(
        "What this is",
        r#"<h1>This is tenfoot’s demo</h1>
<p>A sign-in service and a few invented films and people, built into tenfoot to try it with. Your TV shows a code; you enter it here to let the TV in.</p>
<a class="button" href="/activate">Enter a code</a>"#
            .to_owned(),
    )
}

/// For a request that names another host.
pub(super) fn not_this_host(local: SocketAddr, status: StatusCode) -> Page {
    let own = SocketAddr::new(local.ip().to_canonical(), local.port());
    Page::new(
        "Not at this address",
        format!(
            r#"<h1>This is tenfoot’s demo, at another address</h1>
<p>Open <strong>http://{own}/</strong> instead. Requests under another name aren’t answered, so that no page from elsewhere can pass itself off as this one.</p>"#
        ),
    )
    .with_status(status)
}

/// Where a code is typed.
pub(super) fn enter(csrf: &str, charset: Charset, places: usize) -> Page {
    Page::new(
        "Enter your code",
        format!(
            "<h1>Enter the code from your TV</h1>\n{}",
            code_form(csrf, charset, places, "", "Continue", false)
        ),
    )
}

/// The same, after a code that leads nowhere.
pub(super) fn enter_again(
    problem: &Problem,
    typed: &str,
    csrf: &str,
    charset: Charset,
    places: usize,
) -> Page {
    let (status, title, words) = match problem {
        Problem::Missing => (
            StatusCode::BAD_REQUEST,
            "No code was entered",
            "Type the code that your TV shows.".to_owned(),
        ),
        Problem::Unknown => (
            StatusCode::NOT_FOUND,
            "This code isn’t known",
            "Compare it with your TV, character by character. If the TV shows no code any more, get a new one there."
                .to_owned(),
        ),
        Problem::Expired => (
            StatusCode::GONE,
            "This code is too old",
            "Its time is over. Get a new code on your TV and enter that one.".to_owned(),
        ),
        Problem::Settled => (
            StatusCode::GONE,
            "This code was used already",
            "Each code works once. If your TV still waits, get a new code there and enter that one.".to_owned(),
        ),
        Problem::TooMany(wait) => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes",
            format!("Wait {}, then try again.", seconds(*wait)),
        ),
    };
    // A code that is over would only be sent again.
    let keep = matches!(problem, Problem::Unknown | Problem::TooMany(_));
    let body = format!(
        "<h1>Enter the code from your TV</h1>\n\
         <p class=\"told\" role=\"alert\" id=\"told\"><strong>{title}.</strong> {words}</p>\n{}",
        code_form(
            csrf,
            charset,
            places,
            if keep { typed } else { "" },
            "Try again",
            true
        )
    );
    Page::new(title, body).with_status(status)
}

fn code_form(
    csrf: &str,
    charset: Charset,
    places: usize,
    typed: &str,
    action: &str,
    wrong: bool,
) -> String {
    let keyboard = match charset {
        Charset::Letters => "text",
        Charset::Digits => "numeric",
    };
    let (invalid, described) = if wrong {
        (r#" aria-invalid="true""#, "told hint")
    } else {
        ("", "hint")
    };
    format!(
        r#"<form method="post" action="/activate">
{csrf}
<label for="user_code">Code</label>
<input type="text" id="user_code" name="user_code" value="{value}" inputmode="{keyboard}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" maxlength="64" required aria-describedby="{described}"{invalid}>
<p class="soft" id="hint">{places} {word}. Dashes and capitals make no difference.</p>
<button type="submit">{action}</button>
</form>"#,
        csrf = csrf_field(csrf),
        value = escape(typed),
        word = charset.word(),
    )
}

/// Whether the code is the one on the TV: against a code that somebody else sent
/// (RFC 8628 §5.4).
pub(super) fn confirm(shown: &Shown, csrf: &str) -> Page {
    let body = format!(
        r#"<h1>Is this the code on your TV?</h1>
<p class="code">{code}</p>
{device}
<p>Go on only if you started this yourself, on a TV in front of you.</p>
<form method="post" action="/activate/confirm">
{csrf}
<input type="hidden" name="user_code" value="{code}">
<button type="submit" name="answer" value="yes">Yes, it is the same</button>
<button type="submit" name="answer" value="no" class="quiet">No, it isn’t</button>
</form>"#,
        code = escape(&shown.user_code),
        device = device(shown),
        csrf = csrf_field(csrf),
    );
    Page::new("Is this the code on your TV?", body)
}

/// After "no".
pub(super) fn not_mine() -> Page {
    Page::new(
        "Nothing was allowed",
        r#"<h1>Nothing was allowed</h1>
<p>If somebody sent you that code, don’t use it: you would let their device in.</p>
<a class="button" href="/activate">Enter another code</a>"#
            .to_owned(),
    )
}

/// Who it is.
pub(super) fn choose_account(csrf: &str) -> Page {
    let accounts: String = Account::ALL
        .map(|account| {
            format!(
                r#"<button class="account" type="submit" name="account" value="{id}"><img src="/portraits/{id}.png" alt="" width="56" height="56"><span>{name}<span class="soft">{email}</span></span></button>
"#,
                id = account.id(),
                name = escape(account.name()),
                email = escape(account.email()),
            )
        })
        .concat();
    let body = format!(
        r#"<h1>Who are you?</h1>
<p>Both accounts are invented for this demo, so they have no password.</p>
<form method="post" action="/activate/account">
{csrf}
{accounts}</form>"#,
        csrf = csrf_field(csrf),
    );
    Page::new("Choose an account", body)
}

/// Allow or deny, and what.
pub(super) fn consent(shown: &Shown, account: Account, csrf: &str) -> Page {
    let asked: String = shown
        .granted
        .iter()
        .map(|scope| {
            format!(
                "<li><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">{TICK}</svg><span>{}</span></li>\n",
                Scope::words(scope)
            )
        })
        .collect();
    let asked = if asked.is_empty() {
        "<p>It asks for nothing in particular.</p>".to_owned()
    } else {
        format!("<div><h2>This TV will be able to</h2>\n<ul class=\"asked\">\n{asked}</ul></div>")
    };
    let body = format!(
        r#"<h1>Let this TV in?</h1>
<div class="who"><img src="/portraits/{id}.png" alt="" width="56" height="56"><span><strong>{name}</strong><span class="soft">{email}</span></span></div>
{asked}
{device}
<form method="post" action="/activate/consent">
{csrf}
<input type="hidden" name="user_code" value="{code}">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" class="quiet">Deny</button>
</form>
<form method="post" action="/activate/other-account">
{csrf}
<button type="submit" class="plain">Use another account</button>
</form>"#,
        id = account.id(),
        name = escape(account.name()),
        email = escape(account.email()),
        device = device(shown),
        csrf = csrf_field(csrf),
        code = escape(&shown.user_code),
    );
    Page::new("Let this TV in?", body)
}

/// After "allow".
pub(super) fn allowed(account: Account) -> Page {
    let body = format!(
        r#"<svg class="sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><circle cx="24" cy="24" r="21"/><path d="M14.5 24.5l7 7 12-14"/></svg>
<h1>Look at your TV</h1>
<p>In a few seconds {name} is signed in there. You can close this page.</p>
<p class="soft">To end it later, sign out on the TV. This browser stays signed in for an hour.</p>"#,
        name = escape(account.name()),
    );
    Page::new("Look at your TV", body)
}

/// After "deny".
pub(super) fn denied() -> Page {
    Page::new(
        "Refused",
        r#"<svg class="sign no" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><circle cx="24" cy="24" r="21"/><path d="M17 17l14 14M31 17L17 31"/></svg>
<h1>Refused</h1>
<p>The TV gets nothing, and says so. If that was a slip, get a new code on the TV.</p>
<a class="button quiet" href="/activate">Enter another code</a>"#
            .to_owned(),
    )
}

/// A form that doesn't belong to this browser, or to another time.
pub(super) fn stale_form() -> Page {
    Page::new(
        "This page is too old",
        r#"<h1>This page is too old</h1>
<p>Nothing was allowed. Please enter the code from your TV again. This page needs cookies to work.</p>
<a class="button" href="/activate">Start again</a>"#
            .to_owned(),
    )
    .with_status(StatusCode::FORBIDDEN)
}

/// An address that leads nowhere.
pub(super) fn nothing_here() -> Page {
    Page::new(
        "Nothing here",
        r#"<h1>There is nothing here</h1>
<a class="button" href="/activate">Enter a code</a>"#
            .to_owned(),
    )
    .with_status(StatusCode::NOT_FOUND)
}

fn csrf_field(csrf: &str) -> String {
    format!(
        r#"<input type="hidden" name="csrf" value="{}">"#,
        escape(csrf)
    )
}

fn device(shown: &Shown) -> String {
    format!(
        "<dl><dt>App</dt><dd>{CLIENT_NAME}</dd><dt>Asked</dt><dd>{}</dd><dt>From</dt><dd>{}</dd></dl>",
        ago(shown.age),
        if shown.from.is_loopback() {
            "the machine of this demo".to_owned()
        } else {
            escape(&shown.from.to_string())
        },
    )
}

fn ago(age: Duration) -> String {
    match age.as_secs() {
        0..60 => "less than a minute ago".to_owned(),
        60..120 => "a minute ago".to_owned(),
        seconds => format!("{} minutes ago", seconds / 60),
    }
}

fn seconds(wait: Duration) -> String {
    match wait.as_secs_f32().ceil() {
        wait if wait <= 1.0 => "a second".to_owned(),
        wait => format!("{wait:.0} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_was_typed_is_shown_as_text() {
        let page = enter_again(
            &Problem::Unknown,
            "\"><script>alert(1)</script>",
            "c",
            Charset::Letters,
            8,
        );

        assert!(!page.body.contains("<script"));
        assert!(page.body.contains("value=\"&quot;&gt;&lt;script&gt;"));
    }

    #[test]
    fn each_way_a_code_fails_has_its_own_words_and_status() {
        let page = |problem| enter_again(&problem, "x", "c", Charset::Letters, 8);
        let pages = [
            page(Problem::Missing),
            page(Problem::Unknown),
            page(Problem::Expired),
            page(Problem::Settled),
            page(Problem::TooMany(Duration::from_millis(41_200))),
        ];

        assert_eq!(
            pages.each_ref().map(|page| page.status.as_u16()),
            [400, 404, 410, 410, 429]
        );
        let titles: std::collections::HashSet<&str> =
            pages.iter().map(|page| page.title.as_str()).collect();
        assert_eq!(titles.len(), 5);
        assert!(pages[4].body.contains("Wait 42 seconds"));
    }

    #[test]
    fn ages_are_told_in_words() {
        assert_eq!(ago(Duration::from_secs(59)), "less than a minute ago");
        assert_eq!(ago(Duration::from_secs(119)), "a minute ago");
        assert_eq!(ago(Duration::from_secs(600)), "10 minutes ago");
    }
}
