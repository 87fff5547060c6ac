//! What each question to the provider holds: RFC 8628 §3.1 and §3.4, RFC 6749 §6,
//! RFC 7009 §2.1, and what the provider's preset does differently.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use super::response::DeviceGrant;
use crate::config::Provider;
use crate::config::preset::{ClientAuth, Encoding, Params, RevocationToken, TokenKind};
use crate::secret::Secret;

/// What must never be repeated to anybody.
const SECRET_PARAMETERS: [&str; 7] = [
    "device_code",
    "code",
    "refresh_token",
    "token",
    "access_token",
    "client_secret",
    "code_verifier",
];

/// A question: its parameters and headers. Every value is treated as a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    parameters: Vec<(String, Secret)>,
    encoding: Encoding,
    headers: Vec<(String, Secret)>,
    /// What a header holds in another form, and must never be repeated either.
    hidden: Vec<Secret>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The client and its provider.
    pub provider: &'a Provider,
    /// The client's secret.
    pub secret: Option<&'a Secret>,
    /// How the secret is sent.
    pub client_auth: ClientAuth,
}

impl Asker<'_> {
    /// Asks for a code; `challenge` is RFC 7636's, by S256.
    #[must_use]
    pub fn device(&self, challenge: Option<&str>) -> Request {
        let provider = self.provider;
        let preset = &provider.preset;
        let scope = provider
            .scopes()
            .collect::<Vec<_>>()
            .join(&preset.scope_separator);
        let scope = (!scope.is_empty()).then_some(scope);
        let request = self
            .request()
            // RFC 8628 §3.1 wants it in the body, whatever the header says.
            .with_option("client_id", self.client_id())
            .with_option(&preset.scope_parameter, scope.as_deref())
            .with_option("audience", provider.audience.as_deref())
            .with_option("resource", provider.resource.as_deref())
            .with_option("code_challenge", challenge)
            .with_option("code_challenge_method", challenge.and(Some("S256")));
        let request = self.with(request, &preset.device, None);
        provider
            .params
            .iter()
            .fold(request, |request, (name, value)| request.with(name, value))
    }

    /// Asks for the tokens of a code.
    #[must_use]
    pub fn poll(&self, grant: &DeviceGrant, verifier: Option<&Secret>) -> Request {
        let preset = &self.provider.preset;
        let request = self
            .request()
            .with("grant_type", &preset.grant_type)
            .with(&preset.device_code_parameter, grant.device_code.expose())
            .with_option("resource", self.provider.resource.as_deref())
            .with_option("code_verifier", verifier.map(Secret::expose));
        self.with(request, &preset.poll, Some(&grant.user_code))
    }

    /// Asks for new tokens. The audience of the new access token is asked for again
    /// (RFC 8707 §2.2).
    #[must_use]
    pub fn refresh(&self, refresh_token: &Secret) -> Request {
        let request = self
            .request()
            .with("grant_type", "refresh_token")
            .with("refresh_token", refresh_token.expose())
            .with_option("resource", self.provider.resource.as_deref());
        self.with(request, &self.provider.preset.refresh, None)
    }

    /// Gives a token back.
    #[must_use]
    pub fn revocation(&self, token: &Secret, kind: TokenKind) -> Request {
        let preset = &self.provider.preset;
        let request = match preset.revocation_token {
            RevocationToken::Parameter => self
                .request()
                .with("token", token.expose())
                .with("token_type_hint", kind.hint()),
            RevocationToken::Bearer => {
                let credential = Zeroizing::new(format!("Bearer {}", token.expose()));
                self.anonymous()
                    .with_header("Authorization", Secret::new(credential.as_str()))
            }
        };
        self.with(request, &preset.revocation, None)
    }

    /// The headers of a question that isn't a form.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, Secret)> {
        let preset = &self.provider.preset;
        preset
            .headers
            .iter()
            .filter_map(|(name, template)| Some((name.clone(), self.filled(template, None)?)))
            .collect()
    }

    /// A question that says who asks: in the header or in the body, never in both.
    fn request(&self) -> Request {
        let preset = &self.provider.preset;
        let request = self.anonymous();
        let Some(client_id) = self.client_id() else {
            return self.with(request, &preset.client, None);
        };
        match (self.secret, self.client_auth) {
            (Some(secret), ClientAuth::Basic) => {
                let part = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let secret = Zeroizing::new(part(secret.expose()));
                let pair = Zeroizing::new(format!("{}:{}", part(client_id), secret.as_str()));
                let value = format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes()));
                request.with_header("Authorization", Secret::new(value))
            }
            (secret, ClientAuth::Basic | ClientAuth::Post) => request
                .with("client_id", client_id)
                .with_option("client_secret", secret.map(Secret::expose)),
        }
    }

    /// A question that says nothing yet.
    fn anonymous(&self) -> Request {
        Request {
            parameters: Vec::new(),
            encoding: self.provider.encoding(),
            headers: self.headers(),
            hidden: self.secret.into_iter().flat_map(forms_of).collect(),
        }
    }

    /// The client's identifier, where the provider knows it by that name.
    fn client_id(&self) -> Option<&str> {
        let is_standard = self.provider.preset.client.is_empty();
        is_standard.then_some(self.provider.client_id.as_str())
    }

    fn with(&self, request: Request, params: &Params, user_code: Option<&str>) -> Request {
        params.iter().fold(request, |request, (name, template)| {
            let value = self.filled(template, user_code);
            request.with_option(name, value.as_ref().map(Secret::expose))
        })
    }

    /// A template's value; `None` where it needs something that isn't there.
    fn filled(&self, template: &str, user_code: Option<&str>) -> Option<Secret> {
        let provider = self.provider;
        let known = [
            ("{client_id}", Some(provider.client_id.as_str())),
            ("{client_secret}", self.secret.map(Secret::expose)),
            ("{scope}", Some(provider.scope.as_str())),
            ("{user_code}", user_code),
        ];
        let mut value = Zeroizing::new(template.to_owned());
        for (name, filling) in known {
            if value.contains(name) {
                value = Zeroizing::new(value.replace(name, filling?));
            }
        }
        Some(Secret::new(value.as_str()))
    }
}

/// A client's secret as a header and a body write it.
fn forms_of(secret: &Secret) -> [Secret; 2] {
    let encoded: String = byte_serialize(secret.expose().as_bytes()).collect();
    [secret.clone(), Secret::new(encoded)]
}

impl Request {
    /// Sets a parameter, in the place of an earlier one of that name.
    #[must_use]
    fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.retain(|(known, _)| known != name);
        self.parameters.push((name.to_owned(), Secret::new(value)));
        self
    }

    fn with_option(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: Secret) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    /// A refusal without what was sent: some providers repeat the code or token that
    /// they refuse, in words that people see.
    #[must_use]
    pub fn unrepeated(&self, refusal: &[u8]) -> Vec<u8> {
        /// Shorter values are words, not secrets.
        const LEAST: usize = 8;
        let parameters = self.parameters.iter();
        let secrets = parameters
            .filter(|(name, _)| SECRET_PARAMETERS.contains(&name.as_str()))
            .map(|(_, value)| value)
            .chain(&self.hidden)
            .map(Secret::expose)
            .filter(|secret| secret.len() >= LEAST);
        let text = String::from_utf8_lossy(refusal).into_owned();
        let clean = secrets.fold(text, |text, secret| text.replace(secret, "…"));
        clean.into_bytes()
    }

    /// The headers beside those of the body.
    #[must_use]
    pub fn headers(&self) -> &[(String, Secret)] {
        &self.headers
    }

    /// The body's media type.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        match self.encoding {
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Json => "application/json",
        }
    }

    /// The parameters written down.
    #[must_use]
    pub fn body(&self) -> Secret {
        let pairs = self
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.expose()));
        Secret::new(match self.encoding {
            Encoding::Form => url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs)
                .finish(),
            Encoding::Json => {
                let object = pairs.map(|(name, value)| (name.to_owned(), value.into()));
                serde_json::Value::Object(object.collect()).to_string()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(more: &str) -> Provider {
        toml::from_str(&format!(
            "issuer = \"https://acme.example/\"\nclient_id = \"tv\"\nscope = \"openid a\"\n{more}"
        ))
        .unwrap()
    }

    fn grant() -> DeviceGrant {
        DeviceGrant {
            device_code: Secret::new("dc"),
            user_code: "WDJB".to_owned(),
            verification_uri: "https://acme.example/activate".to_owned(),
            verification_uri_complete: None,
            lifetime: std::time::Duration::from_secs(900),
            interval: std::time::Duration::from_secs(5),
        }
    }

    fn preset(provider: &mut Provider, table: &str) {
        provider.preset = std::sync::Arc::new(toml::from_str(table).unwrap());
    }

    fn asker<'a>(provider: &'a Provider, secret: Option<&'a Secret>) -> Asker<'a> {
        Asker {
            provider,
            secret,
            client_auth: ClientAuth::Post,
        }
    }

    fn body(request: &Request) -> String {
        request.body().expose().to_owned()
    }

    #[test]
    fn without_a_preset_the_questions_are_the_specifications() {
        let provider = provider("audience = \"https://api\"");
        let asker = asker(&provider, None);

        assert_eq!(
            body(&asker.device(Some("ch"))),
            "client_id=tv&scope=openid+a&audience=https%3A%2F%2Fapi&code_challenge=ch&code_challenge_method=S256"
        );
        assert_eq!(
            body(&asker.poll(&grant(), None)),
            "client_id=tv&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dc"
        );
        assert_eq!(
            body(&asker.revocation(&Secret::new("r"), TokenKind::RefreshToken)),
            "client_id=tv&token=r&token_type_hint=refresh_token"
        );
    }

    #[test]
    fn a_preset_renames_adds_and_replaces_parameters() {
        let mut provider = provider("");
        preset(
            &mut provider,
            r#"
            grant_type = "device_code"
            scope_parameter = "scopes"
            scope_separator = ","
            device_code_parameter = "code"
            device = { response_type = "device_code" }
            poll = { user_code = "{user_code}" }
            client = { access_token = "{client_id}|{client_secret}" }
            "#,
        );
        let secret = Secret::new("s");
        let asker = asker(&provider, Some(&secret));

        assert_eq!(
            body(&asker.device(None)),
            "access_token=tv%7Cs&scopes=openid%2Ca&response_type=device_code"
        );
        assert_eq!(
            body(&asker.poll(&grant(), None)),
            "access_token=tv%7Cs&grant_type=device_code&code=dc&user_code=WDJB"
        );
    }

    #[test]
    fn a_preset_can_ask_in_json_with_headers_of_its_own() {
        let mut provider = provider("");
        preset(
            &mut provider,
            "encoding = \"json\"\nheaders = { x-key = \"{client_id}\", x-secret = \"{client_secret}\" }",
        );

        let request = asker(&provider, None).refresh(&Secret::new("r"));

        assert_eq!(request.content_type(), "application/json");
        let body: serde_json::Value = serde_json::from_str(request.body().expose()).unwrap();
        assert_eq!(body["refresh_token"], "r");
        // What needs a secret that isn't there is left out.
        assert_eq!(request.headers(), [("x-key".to_owned(), Secret::new("tv"))]);
    }

    #[test]
    fn a_secret_goes_into_the_header_or_into_the_body_and_never_into_both() {
        let provider = provider("");
        let secret = Secret::new("a b:c%ä");
        let by_post = asker(&provider, Some(&secret));
        let by_basic = Asker {
            client_auth: ClientAuth::Basic,
            ..by_post
        };
        let token = Secret::new("r");
        let asked = |asker: Asker<'_>| {
            [
                asker.device(None),
                asker.poll(&grant(), None),
                asker.refresh(&token),
                asker.revocation(&token, TokenKind::RefreshToken),
            ]
        };

        for request in asked(by_basic) {
            let (name, value) = &request.headers()[0];
            assert_eq!(name, "Authorization");
            // RFC 6749 §2.3.1: form-encoded before the colon joins them.
            let expected = BASE64_STANDARD.encode("tv:a+b%3Ac%25%C3%A4");
            assert_eq!(value.expose(), format!("Basic {expected}"));
            assert!(!body(&request).contains("client_secret"));
        }
        for request in asked(by_post) {
            assert_eq!(request.headers(), []);
            assert!(body(&request).contains("client_secret=a+b%3Ac%25%C3%A4"));
        }
    }

    #[test]
    fn beside_the_header_only_the_device_request_names_the_client_in_its_body() {
        let provider = provider("");
        let secret = Secret::new("s");
        let asker = Asker {
            client_auth: ClientAuth::Basic,
            ..asker(&provider, Some(&secret))
        };
        let token = Secret::new("r");

        assert_eq!(body(&asker.device(None)), "client_id=tv&scope=openid+a");
        for request in [
            asker.poll(&grant(), None),
            asker.refresh(&token),
            asker.revocation(&token, TokenKind::RefreshToken),
        ] {
            assert!(!body(&request).contains("client_id"), "{}", body(&request));
        }
    }

    #[test]
    fn a_client_without_a_secret_says_who_it_is_in_the_body() {
        let provider = provider("");
        let asker = Asker {
            client_auth: ClientAuth::Basic,
            ..asker(&provider, None)
        };

        let request = asker.refresh(&Secret::new("r"));

        assert_eq!(request.headers(), []);
        assert_eq!(
            body(&request),
            "client_id=tv&grant_type=refresh_token&refresh_token=r"
        );
    }

    #[test]
    fn the_configuration_can_ask_for_json_and_for_a_form_where_the_preset_says_json() {
        let json = provider("encoding = \"json\"");
        let mut form = provider("encoding = \"form\"");
        preset(&mut form, "encoding = \"json\"");

        let (json, form) = (asker(&json, None), asker(&form, None));

        let token = Secret::new("r");
        let request = json.revocation(&token, TokenKind::AccessToken);
        assert_eq!(request.content_type(), "application/json");
        assert_eq!(
            body(&request),
            r#"{"client_id":"tv","token":"r","token_type_hint":"access_token"}"#
        );
        let request = form.refresh(&token);
        assert_eq!(request.content_type(), "application/x-www-form-urlencoded");
    }

    #[test]
    fn a_session_can_be_ended_by_its_token_as_the_requests_credential() {
        let mut provider = provider("");
        preset(
            &mut provider,
            "encoding = \"json\"\nrevocation_token = \"bearer\"",
        );
        let secret = Secret::new("s");

        let request =
            asker(&provider, Some(&secret)).revocation(&Secret::new("at"), TokenKind::AccessToken);

        assert_eq!(
            request.headers(),
            [("Authorization".to_owned(), Secret::new("Bearer at"))]
        );
        assert_eq!(body(&request), "{}");
    }

    #[test]
    fn a_secret_that_is_sent_in_the_header_is_not_repeated_either() {
        let provider = provider("");
        let secret = Secret::new("s3cret value");
        let request = asker(&provider, Some(&secret)).refresh(&Secret::new("r"));

        for echoed in ["s3cret value", "s3cret+value"] {
            let clean = request.unrepeated(format!("no {echoed} here").as_bytes());
            assert_eq!(String::from_utf8(clean).unwrap(), "no … here");
        }
    }

    #[test]
    fn what_was_sent_is_not_repeated_in_a_refusal() {
        let provider = provider("");
        let request = asker(&provider, None).refresh(&Secret::new("the-refresh-token"));

        let clean = request.unrepeated(b"{\"error_description\":\"tv: no the-refresh-token\"}");

        assert_eq!(
            String::from_utf8(clean).unwrap(),
            "{\"error_description\":\"tv: no …\"}"
        );
    }

    #[test]
    fn the_users_own_parameters_come_last_and_win() {
        let provider = provider("params = { scope = \"other\", login_hint = \"tv\" }");

        let body = body(&asker(&provider, None).device(None));

        assert_eq!(body, "client_id=tv&login_hint=tv&scope=other");
    }
}
