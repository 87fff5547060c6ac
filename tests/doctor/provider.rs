//! Providers, and what stands in their place, that have one thing wrong each.

use serde_json::{Value, json};
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::check;
use super::program::{Machine, Ran, only_line};

/// A tenant that is as it should be, but for what a test puts before it.
struct Tenant(MockServer);

impl Tenant {
    async fn new() -> Self {
        Self(MockServer::start().await)
    }

    async fn answers(&self, place: &str, status: u16, body: Value) {
        let answer = ResponseTemplate::new(status).set_body_json(body);
        Mock::given(path(place))
            .respond_with(answer)
            .mount(&self.0)
            .await;
    }

    async fn is_sound(&self) {
        let at = |place: &str| format!("{}{place}", self.0.uri());
        let document = json!({
            "issuer": at("/"),
            "device_authorization_endpoint": at("/oauth/device/code"),
            "token_endpoint": at("/oauth/token"),
            "jwks_uri": at("/jwks"),
        });
        self.answers("/.well-known/openid-configuration", 200, document)
            .await;
        let code = json!({
            "device_code": "a-device-code-that-nobody-sees",
            "user_code": "NOBO-DYSX",
            "verification_uri": "https://acme.example/activate",
            "expires_in": 900,
            "interval": 1,
        });
        self.answers("/oauth/device/code", 200, code).await;
        let pending = json!({ "error": "authorization_pending", "error_description": "Not yet." });
        self.answers("/oauth/token", 403, pending).await;
    }

    /// What the doctor says of it as JSON; in words it says the same, and never a code.
    async fn examined(&self) -> (Value, String) {
        let machine = Machine::new();
        machine.write_config(&format!(
            "[provider]\npreset = \"auth0\"\nissuer = \"{}/\"\nclient_id = \"tv\"\n",
            self.0.uri()
        ));
        let run = |arguments: &'static [&'static str]| {
            let mut command = machine.command(arguments);
            tokio::task::spawn_blocking(move || Ran::from(command.output().unwrap()))
        };
        let json = run(&["--log", "trace", "doctor", "--json"]).await.unwrap();
        let text = run(&["doctor"]).await.unwrap();
        for told in [&json.out, &json.err, &text.out, &text.err] {
            assert!(!told.contains("device-code-that-nobody"), "{told}");
            assert!(!told.contains("NOBO-DYSX"), "{told}");
        }
        assert_eq!(json.code, text.code);
        (only_line(&json.out), text.out)
    }
}

/// That check failed for that cause, and JSON and text both say what to do about it.
fn assert_remedy((told, text): &(Value, String), name: &str, cause: &str, remedy: &str) {
    let found = check(told, name);
    assert_eq!(found["state"], "failed", "{told}");
    assert_eq!(found["cause"], cause, "{found}");
    assert!(
        found["remedy"].as_str().unwrap().contains(remedy),
        "{found}"
    );
    assert!(text.contains(remedy), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_tenant_has_nothing_wrong_and_is_asked_once_for_tokens() {
    let tenant = Tenant::new().await;
    tenant.is_sound().await;

    let (told, _) = tenant.examined().await;

    let sound = ["provider", "device-flow", "token-endpoint", "session"];
    for name in sound {
        assert_eq!(check(&told, name)["state"], "ok", "{told}");
        assert!(check(&told, name)["cause"].is_null(), "{told}");
    }
    let asked = tenant.0.received_requests().await.unwrap();
    let tokens = asked.iter().filter(|one| one.url.path() == "/oauth/token");
    let (polls, refreshes): (Vec<_>, Vec<_>) = tokens
        .map(|one| String::from_utf8_lossy(&one.body))
        .partition(|body| body.contains("device_code="));
    assert_eq!(polls.len(), 2, "one of each run");
    assert_eq!(refreshes.len(), 2, "whether the client is known");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_gets_codes_and_may_poll_but_is_not_known_is_found_out() {
    let tenant = Tenant::new().await;
    // Dex gives codes to anybody, and lets anybody ask for their tokens.
    let refusal =
        json!({ "error": "invalid_client", "error_description": "Invalid client credentials." });
    Mock::given(path("/oauth/token"))
        .and(body_string_contains("grant_type=refresh_token"))
        .respond_with(ResponseTemplate::new(401).set_body_json(refusal))
        .mount(&tenant.0)
        .await;
    tenant.is_sound().await;

    let found = tenant.examined().await;

    assert_eq!(check(&found.0, "device-flow")["state"], "ok");
    assert_remedy(
        &found,
        "token-endpoint",
        "secret",
        "Application Type: Native",
    );
    assert!(
        found.1.contains("Invalid client credentials."),
        "{}",
        found.1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_auth0_refuses_is_answered_with_the_setting_to_change() {
    for (error, description, cause, remedy) in [
        (
            "unauthorized_client",
            "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
            "grant",
            "tick Device Code",
        ),
        (
            "access_denied",
            "Service not found: https://api.acme.example",
            "audience",
            "Copy Identifier",
        ),
        (
            "unauthorized_client",
            "Client is not authorized to access resource server \"https://api.acme.example\".",
            "api-access",
            "Application Access",
        ),
        (
            "invalid_client",
            "Unknown client",
            "client",
            "Copy Client ID",
        ),
        (
            "access_denied",
            "Unauthorized",
            "application",
            "Application Type: Native",
        ),
    ] {
        let tenant = Tenant::new().await;
        let refusal = json!({ "error": error, "error_description": description });
        tenant.answers("/oauth/device/code", 403, refusal).await;
        tenant.is_sound().await;
        assert_remedy(&tenant.examined().await, "device-flow", cause, remedy);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_must_prove_itself_is_found_out_at_the_token_endpoint() {
    let tenant = Tenant::new().await;
    let refusal = json!({ "error": "access_denied", "error_description": "Unauthorized" });
    tenant.answers("/oauth/token", 401, refusal).await;
    tenant.is_sound().await;

    let found = tenant.examined().await;

    assert_eq!(check(&found.0, "device-flow")["state"], "ok");
    assert_remedy(
        &found,
        "token-endpoint",
        "application",
        "Application Type: Native",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_without_a_device_flow_is_said_to_have_none() {
    let tenant = Tenant::new().await;
    let at = |place: &str| format!("{}{place}", tenant.0.uri());
    let document = json!({ "issuer": at("/"), "token_endpoint": at("/oauth/token") });
    tenant
        .answers("/.well-known/openid-configuration", 200, document)
        .await;
    assert_remedy(
        &tenant.examined().await,
        "device-flow",
        "device-flow",
        "tick Device Code",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_wants_a_login_is_not_taken_for_the_provider() {
    let page = "<!doctype html><title>Welcome to our Wi-Fi</title>";
    for portal in [
        ResponseTemplate::new(302).insert_header("Location", "https://login.hotel.example/"),
        ResponseTemplate::new(200).set_body_raw(page, "text/html"),
        ResponseTemplate::new(511).set_body_raw(page, "text/html"),
    ] {
        let tenant = Tenant::new().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(portal)
            .mount(&tenant.0)
            .await;
        assert_remedy(
            &tenant.examined().await,
            "provider",
            "portal",
            "captive portal",
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_lets_discovery_through_is_found_out_at_the_device_endpoint() {
    let tenant = Tenant::new().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(200).set_body_raw("<html>Log in</html>", "text/html"))
        .mount(&tenant.0)
        .await;
    tenant.is_sound().await;
    assert_remedy(
        &tenant.examined().await,
        "provider",
        "portal",
        "captive portal",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_named_with_its_direction() {
    let tenant = Tenant::new().await;
    let pending = json!({ "error": "authorization_pending" });
    Mock::given(path("/oauth/token"))
        .respond_with(
            ResponseTemplate::new(403)
                .set_body_json(pending)
                .insert_header("Date", "Sat, 01 Jan 2050 00:00:00 GMT"),
        )
        .mount(&tenant.0)
        .await;
    tenant.is_sound().await;

    let found = tenant.examined().await;

    assert_remedy(&found, "clock-skew", "clock", "time synchronisation");
    let seen = check(&found.0, "clock-skew")["seen"].to_string();
    assert!(seen.contains("behind"), "{seen}");
}
