//! What each shipped preset asks its provider: `tests/providers/questions.toml` is the
//! table, written down from the providers' documents.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use tenfoot::config::preset::{self, TokenKind};
use tenfoot::config::{Endpoint, Provider};
use tenfoot::oauth::Who;
use tenfoot::oauth::provider::{self, Metadata};
use tenfoot::oauth::request::{Asker, Request};
use tenfoot::oauth::response::{Answer, DeviceGrant};
use tenfoot::oauth::userinfo;
use tenfoot::secret::Secret;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "documented")]
    _documented: String,
    #[serde(default)]
    config: String,
    discovery: Option<Discovery>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(rename = "type", default = "form")]
    content_type: String,
    device: Question,
    poll: Question,
    refresh: Option<Question>,
    revocation: Option<Question>,
    revokes: Vec<TokenKind>,
    userinfo: Option<UserInfo>,
    userinfo_bare: Option<UserInfo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Discovery {
    at: String,
    document: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    url: String,
    sends: BTreeMap<String, String>,
    /// Beside those of the whole table.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    beside: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserInfo {
    url: String,
    answer: String,
    who: BTreeMap<String, String>,
}

fn form() -> String {
    "application/x-www-form-urlencoded".to_owned()
}

fn table() -> BTreeMap<String, Row> {
    toml::from_str(include_str!("questions.toml")).unwrap()
}

/// Whether the table asks that provider for new tokens.
pub(crate) fn can_refresh(name: &str) -> bool {
    table()[name].refresh.is_some()
}

/// A client of that provider, whose endpoints were looked up.
struct Client {
    row: Row,
    provider: Provider,
    metadata: Metadata,
    secret: Option<Secret>,
}

impl Client {
    fn of(name: &str, row: Row) -> Self {
        let config = format!("preset = \"{name}\"\nclient_id = \"tv\"\n{}", row.config);
        let provider: Provider = toml::from_str(&config).unwrap();
        let document = row.discovery.as_ref().map(|discovery| {
            let answer = Answer {
                status: 200,
                body: discovery.document.clone().into_bytes(),
                ..Answer::default()
            };
            provider::read(&provider, &answer).unwrap()
        });
        let metadata = provider::metadata(&provider, document.as_ref()).unwrap();
        let secret = provider.client_secret_file.as_ref();
        Self {
            secret: secret.map(|_| Secret::new("s3cret")),
            row,
            metadata,
            provider,
        }
    }

    fn asker(&self) -> Asker<'_> {
        Asker {
            provider: &self.provider,
            secret: self.secret.as_ref(),
            client_auth: self.metadata.client_auth,
        }
    }

    /// Holds a question against the table; what is wrong with it is added to `wrong`.
    fn check(&self, what: &str, at: &Endpoint, asked: &Request, wrong: &mut Vec<String>) {
        let expected = match what {
            "device" => Some(&self.row.device),
            "poll" => Some(&self.row.poll),
            "refresh" => self.row.refresh.as_ref(),
            "revocation" => self.row.revocation.as_ref(),
            other => panic!("{other} is no question"),
        };
        let expected = expected.unwrap_or_else(|| panic!("{what} isn't in the table"));
        let mut parameters: Vec<_> = expected.sends.iter().chain(&expected.beside).collect();
        parameters.sort();
        let mut headers: Vec<_> = self.row.headers.iter().chain(&expected.headers).collect();
        headers.sort();
        let (mut sent, body) = (Vec::new(), asked.body());
        if asked.content_type() == "application/json" {
            let body: BTreeMap<String, String> = serde_json::from_str(body.expose()).unwrap();
            sent.extend(body);
        } else {
            sent = serde_urlencoded::from_str(body.expose()).unwrap();
        }
        sent.sort();
        let mut sent_headers: Vec<_> = asked
            .headers()
            .iter()
            .map(|(name, value)| (name.clone(), value.expose().to_owned()))
            .collect();
        sent_headers.sort();
        for (part, expected, is) in [
            (
                "url",
                format!("{:?}", expected.url),
                format!("{:?}", at.url().as_str()),
            ),
            (
                "type",
                self.row.content_type.clone(),
                asked.content_type().to_owned(),
            ),
            ("parameters", format!("{parameters:?}"), format!("{sent:?}")),
            (
                "headers",
                format!("{headers:?}"),
                format!("{sent_headers:?}"),
            ),
        ] {
            if expected != is {
                wrong.push(format!("{what}, {part}: {is}, not {expected}"));
            }
        }
    }

    /// Everything that is wrong with what it asks.
    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let at: Vec<_> = provider::discovery_urls(&self.provider);
        let first = at.first().map(url::Url::as_str);
        let documented = self.row.discovery.as_ref().map(|found| found.at.as_str());
        if first != documented {
            wrong.push(format!("discovery: {first:?}, not {documented:?}"));
        }

        let (asker, to, pkce) = (self.asker(), &self.metadata, self.provider.pkce);
        let device = asker.device(pkce.then_some("challenge-1"));
        self.check(
            "device",
            &to.device_authorization_endpoint,
            &device,
            &mut wrong,
        );
        let verifier = pkce.then(|| Secret::new("verifier-1"));
        let poll = asker.poll(&grant(), verifier.as_ref());
        self.check("poll", &to.poll_endpoint, &poll, &mut wrong);
        if self.row.refresh.is_some() {
            let refresh = asker.refresh(&Secret::new("rt-1"));
            self.check("refresh", &to.token_endpoint, &refresh, &mut wrong);
        }
        let revoked = to.revocation_endpoint.as_ref();
        let revokes = match revoked {
            Some(_) => self.provider.preset.revokes.clone(),
            None => Vec::new(),
        };
        if revokes != self.row.revokes {
            wrong.push(format!("it takes back {revokes:?}"));
        }
        if let (Some(at), Some(kind)) = (revoked, revokes.first()) {
            let token = match kind {
                TokenKind::AccessToken => "at-1",
                TokenKind::RefreshToken => "rt-1",
            };
            let revocation = asker.revocation(&Secret::new(token), *kind);
            self.check("revocation", at, &revocation, &mut wrong);
        }
        wrong
    }
}

fn grant() -> DeviceGrant {
    DeviceGrant {
        device_code: Secret::new("dc-1"),
        user_code: "WDJB-MJHT".to_owned(),
        verification_uri: "https://acme.example/activate".to_owned(),
        verification_uri_complete: None,
        lifetime: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    }
}

#[test]
fn each_preset_asks_what_its_provider_documents() {
    let table = table();
    assert!(table.keys().eq(preset::all().keys()), "{:?}", table.keys());
    let wrong: Vec<String> = table
        .into_iter()
        .flat_map(|(name, row)| {
            let wrong = Client::of(&name, row).wrong().into_iter();
            wrong.map(move |what| format!("{name}: {what}"))
        })
        .collect();

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_preset_that_takes_a_secret_sends_it_as_its_provider_documents() {
    use preset::ClientAuth::{Basic, Post};
    let secret = "client_secret_file = \"/etc/tenfoot/secret\"\n";
    for (name, mut row) in table() {
        if !row.config.contains(secret) {
            row.config = format!("{secret}{}", row.config);
        }
        let client = Client::of(&name, row);
        let sent = client.asker().refresh(&Secret::new("rt-1"));
        let by_header = sent
            .headers()
            .iter()
            .any(|(name, value)| name == "Authorization" && value.expose().starts_with("Basic "));
        // Where discovery lists both, the header comes first.
        let documented = match name.as_str() {
            "auth0" | "okta" | "keycloak" | "hydra" | "glewlwyd" => Basic,
            _ => Post,
        };
        assert_eq!(by_header, documented == Basic, "{name}");
    }
}

#[test]
fn each_preset_that_says_who_it_is_in_its_own_way_is_understood() {
    for (name, row) in table() {
        let client = Client::of(&name, row);
        let row = &client.row;
        let Some(at) = &client.provider.preset.who else {
            assert!(row.userinfo.is_none(), "{name} answers by OpenID Connect");
            continue;
        };
        let documented = row.userinfo.as_ref().unwrap_or_else(|| panic!("{name}"));
        let answers = std::iter::once(documented).chain(&row.userinfo_bare);
        let endpoint = client.metadata.userinfo_endpoint.as_ref().unwrap();
        for UserInfo { url, answer, who } in answers {
            assert_eq!(endpoint.as_written(), url);
            let of = |part: &str| who.get(part).cloned();
            let expected = Who {
                subject: of("subject"),
                name: of("name"),
                email: of("email"),
                picture: of("picture"),
            };
            assert_eq!(
                userinfo::by_pointers(answer.as_bytes(), at, None),
                Some(expected),
                "{name}"
            );
        }
    }
}
