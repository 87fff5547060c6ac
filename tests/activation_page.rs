//! The activation page: what it refuses, over HTTP; and how it looks, in a real
//! browser the size of a phone. Each page is saved as a picture in the target
//! folder's `tmp/activation`, to be looked at.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

#[path = "support/demo_bench.rs"]
mod demo_bench;
#[path = "support/demo_browser.rs"]
mod demo_browser;
#[path = "support/demo.rs"]
mod demo_support;

use demo_bench::Bench;
use demo_browser::{Browser, WIDTH};
use demo_support::{Answer, Phone};
use tenfoot::demo::Options;

/// Looks at the page: saved in both colour schemes, and measured.
async fn look(browser: &Browser, name: &str) {
    for dark in [true, false] {
        browser.prefer_dark(dark).await;
        let file = browser
            .picture(&format!("{name}-{}", if dark { "dark" } else { "light" }))
            .await;
        assert!(
            std::fs::metadata(file).unwrap().len() > 5_000,
            "{name} is an empty picture"
        );
        measure_contrast(browser, name).await;
    }
    let width = browser
        .script("return document.documentElement.scrollWidth")
        .await;
    assert_eq!(width, WIDTH, "{name} is wider than the phone");
    let smallest = browser
        .script(
            "return Math.min(1000, ...[...document.querySelectorAll('button, a, input:not([type=hidden])')]
             .map(target => target.getBoundingClientRect().height))",
        )
        .await;
    assert!(
        smallest.as_f64().unwrap() >= 48.0,
        "{name} has a target {smallest} pixels high"
    );
    let nameless = browser
        .script(
            "return [...document.querySelectorAll('input:not([type=hidden])')].filter(input => !input.labels.length).length
             + (document.documentElement.lang === 'en' ? 0 : 1) + (document.querySelectorAll('h1').length === 1 ? 0 : 1)",
        )
        .await;
    assert_eq!(nameless, 0, "{name} lacks a label, a language or a heading");
    let clipped = browser
        .script(
            "return [...document.querySelectorAll('main *, header *, footer')]
             .filter(e => e.clientWidth && e.tagName !== 'INPUT' && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)",
        )
        .await;
    assert_eq!(
        clipped,
        serde_json::json!([]),
        "{name} has text that is cut off"
    );
}

/// WCAG 2.2 §1.4.3 for every piece of text, against the nearest painted ground.
async fn measure_contrast(browser: &Browser, name: &str) {
    let poor = browser
        .script(
            "const parts = c => c.match(/[\\d.]+/g).map(Number);
             const light = c => { const [r, g, b] = parts(c).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
                                  return .2126 * r + .7152 * g + .0722 * b };
             const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
                                   const p = parts(c); if (p.length < 4 || p[3] > 0) return c } return 'rgb(255, 255, 255)' };
             return [...document.querySelectorAll('body *')]
               .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.tagName === 'INPUT')
               .filter(e => e.getClientRects().length)
               .map(e => { const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
                           return [(a + .05) / (b + .05), e.tagName + ' ' + e.className + ' ' + e.textContent.trim().slice(0, 30)] })
               .filter(([ratio]) => ratio < 4.5)",
        )
        .await;
    assert_eq!(
        poor,
        serde_json::json!([]),
        "{name} has text that is hard to read"
    );
}

async fn no_policy_was_broken(browser: &Browser) {
    for line in browser.complaints().await {
        assert!(
            !line.contains("Content Security Policy") && !line.contains("Refused to"),
            "{line}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_scans_the_code_and_allows() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let browser = Browser::open().await;

    browser.go(device.text("verification_uri_complete")).await;
    assert_eq!(browser.text("h1").await, "Is this the code on your TV?");
    assert_eq!(browser.text(".code").await, device.text("user_code"));
    look(&browser, "1-confirm").await;
    browser.press("button[value=yes]").await;
    assert_eq!(browser.text("h1").await, "Who are you?");
    look(&browser, "2-account").await;
    browser.press("button[value=ada]").await;
    assert_eq!(browser.text("h1").await, "Let this TV in?");
    assert!(browser.text("main").await.contains("Show your films"));
    look(&browser, "3-consent").await;
    browser.press("button[value=allow]").await;
    assert_eq!(browser.text("h1").await, "Look at your TV");
    look(&browser, "4-allowed").await;

    assert_eq!(bench.poll(&device).await.status, 200);
    no_policy_was_broken(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_types_the_code_and_denies() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let browser = Browser::open().await;

    browser.go(device.text("verification_uri")).await;
    look(&browser, "0-enter").await;
    browser
        .fill(
            "#user_code",
            &device.text("user_code").replace('-', " ").to_lowercase(),
        )
        .await;
    browser.press("button").await;
    browser.press("button[value=yes]").await;
    browser.press("button[value=grace]").await;
    browser.press("button[value=deny]").await;
    assert_eq!(browser.text("h1").await, "Refused");
    look(&browser, "5-denied").await;

    assert_eq!(bench.poll(&device).await.error(), "access_denied");
    no_policy_was_broken(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_lead_nowhere_are_told_apart() {
    let bench = Bench::with(Options {
        code_lifetime: 60,
        ..Options::default()
    })
    .await;
    let device = bench.device(&[]).await;
    let browser = Browser::open().await;

    browser.go(device.text("verification_uri")).await;
    browser.fill("#user_code", "BBBB-BBBB").await;
    browser.press("button").await;
    assert!(browser.text("[role=alert]").await.contains("isn’t known"));
    look(&browser, "6-wrong").await;

    bench.clock.advance(60);
    browser.go(device.text("verification_uri_complete")).await;
    assert!(browser.text("[role=alert]").await.contains("too old"));
    look(&browser, "7-expired").await;

    for _ in 0..5 {
        browser
            .go(&format!(
                "{}?user_code=CCCC-CCCC",
                device.text("verification_uri")
            ))
            .await;
    }
    assert!(
        browser
            .text("[role=alert]")
            .await
            .contains("Too many wrong codes")
    );
    look(&browser, "8-too-many").await;
    no_policy_was_broken(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_can_say_no_to_the_code_and_choose_another_account() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let browser = Browser::open().await;

    browser.go(bench.demo.issuer()).await;
    look(&browser, "9-index").await;
    browser.go(device.text("verification_uri_complete")).await;
    browser.press("button[value=no]").await;
    assert_eq!(browser.text("h1").await, "Nothing was allowed");
    look(&browser, "10-not-mine").await;
    assert_eq!(bench.poll(&device).await.error(), "authorization_pending");

    browser.go(device.text("verification_uri_complete")).await;
    browser.press("button[value=yes]").await;
    browser.press("button[value=ada]").await;
    browser.press("form[action$=other-account] button").await;
    browser.press("button[value=grace]").await;
    assert!(browser.text(".who").await.contains("Grace Moreau"));
}

// What the page refuses.

#[tokio::test]
async fn a_form_of_another_browser_is_refused_and_changes_nothing() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let mut phone = Phone::new();
    let confirm = phone.get(device.text("verification_uri_complete")).await;
    let mut stranger = Phone::new();
    let theirs = stranger.get(device.text("verification_uri_complete")).await;
    let ours = confirm.form_to("/activate/confirm");

    // A stranger's token, none, and no cookie.
    let token = &theirs.form_to("/activate/confirm").fields[0].1;
    let other = phone
        .submit(&confirm, &ours, &[("answer", "yes"), ("csrf", token)])
        .await;
    let none = phone
        .submit(&confirm, &ours, &[("answer", "yes"), ("csrf", "")])
        .await;
    phone.drop_cookie();
    let cookieless = phone.submit(&confirm, &ours, &[("answer", "yes")]).await;

    assert_eq!(
        [other.status, none.status, cookieless.status],
        [403, 403, 403]
    );
    assert!(other.html.contains("Nothing was allowed"));
    assert_eq!(bench.poll(&device).await.error(), "authorization_pending");
}

#[tokio::test]
async fn a_code_cannot_be_approved_before_it_was_confirmed() {
    let bench = Bench::start().await;
    let (mine, theirs) = (bench.device(&[]).await, bench.device(&[]).await);
    let mut phone = Phone::new();
    let consent_url = bench
        .demo
        .activation_url()
        .replace("/activate", "/activate/consent");

    let early = phone.get(&consent_url).await;
    assert_eq!(early.url.path(), "/activate");

    let confirm = phone.get(mine.text("verification_uri_complete")).await;
    let accounts = phone
        .submit(
            &confirm,
            &confirm.form_to("/activate/confirm"),
            &[("answer", "yes")],
        )
        .await;
    let consent = phone
        .submit(
            &accounts,
            &accounts.form_to("/activate/account"),
            &[("account", "ada")],
        )
        .await;
    let swapped = [
        ("decision", "allow"),
        ("user_code", theirs.text("user_code")),
    ];
    let refused = phone
        .submit(&consent, &consent.form_to("/activate/consent"), &swapped)
        .await;

    assert_eq!(refused.status, 403);
    assert_eq!(bench.poll(&theirs).await.error(), "authorization_pending");
    assert_eq!(bench.poll(&mine).await.error(), "authorization_pending");
}

#[tokio::test]
async fn the_fifth_wrong_code_makes_even_the_right_one_wait() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let mut phone = Phone::new();
    let mut statuses = vec![];
    for code in ["BBBBBBBB", "CCCCCCCC", "DDDDDDDD", "FFFFFFFF", "GGGGGGGG"] {
        let page = phone
            .get(&format!(
                "{}?user_code={code}",
                device.text("verification_uri")
            ))
            .await;
        statuses.push(page.status);
    }

    let right = phone.get(device.text("verification_uri_complete")).await;
    bench.clock.advance(60);
    let later = phone.get(device.text("verification_uri_complete")).await;

    assert_eq!(statuses, [404, 404, 404, 404, 429]);
    assert_eq!(right.status, 429);
    assert!(right.header("retry-after").parse::<u64>().unwrap() >= 60);
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn a_guesser_in_the_house_does_not_hold_up_who_has_confirmed() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let mut phone = Phone::new();
    let confirm = phone.get(device.text("verification_uri_complete")).await;
    let accounts = phone
        .submit(
            &confirm,
            &confirm.form_to("/activate/confirm"),
            &[("answer", "yes")],
        )
        .await;
    for code in ["BBBBBBBB", "CCCCCCCC", "DDDDDDDD", "FFFFFFFF", "GGGGGGGG"] {
        Phone::new()
            .get(&format!(
                "{}?user_code={code}",
                device.text("verification_uri")
            ))
            .await;
    }

    let consent = phone
        .submit(
            &accounts,
            &accounts.form_to("/activate/account"),
            &[("account", "ada")],
        )
        .await;
    let done = phone
        .submit(
            &consent,
            &consent.form_to("/activate/consent"),
            &[("decision", "allow")],
        )
        .await;

    assert_eq!(done.status, 200);
    assert_eq!(bench.poll(&device).await.status, 200);
}

#[tokio::test]
async fn a_used_code_is_told_as_used() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    demo_support::answer(
        device.text("verification_uri_complete"),
        Answer::AllowAs("ada"),
    )
    .await;

    let again = Phone::new()
        .get(device.text("verification_uri_complete"))
        .await;

    assert_eq!(again.status, 410);
    assert!(again.html.contains("This code was used already"));
    assert_eq!(bench.poll(&device).await.status, 200);
}

#[tokio::test]
async fn what_was_typed_is_never_taken_for_html() {
    let bench = Bench::start().await;
    let address = format!(
        "{}?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        bench.demo.activation_url()
    );

    let page = Phone::new().get(&address).await;

    assert_eq!(page.status, 404);
    assert!(!page.html.contains("<script"));
    assert!(page.html.contains("&lt;script&gt;"));
}

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let bench = Bench::start().await;
    let device = bench.device(&[]).await;
    let mut phone = Phone::new();

    let pages = [
        phone.get(bench.demo.issuer()).await,
        phone.get(bench.demo.activation_url()).await,
        phone.get(device.text("verification_uri_complete")).await,
        phone.get(&format!("{}nowhere", bench.demo.issuer())).await,
    ];

    for page in &pages {
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "style-src 'sha256-",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{part} is missing in {policy}");
        }
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert!(!page.html.contains("<script") && !page.html.contains("https://"));
        assert!(page.forms().iter().all(|form| form.fields[0].0 == "csrf"));
    }
    let cookie = pages[1].header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "the cookie is too open"
    );
}
