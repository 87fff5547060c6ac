//! Rule 12: an ID token is believed by the provider's keys alone, whatever of the
//! allowed ways it is signed in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unused_results,
    reason = "a test may fail loudly"
)]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tenfoot::config::Preset;
use tenfoot::oauth::id_token::{Error, Expected, Keys, verify};
use tenfoot::secret::Secret;

const NOW: i64 = 1_800_000_000;

type Sign = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// A key that signs in one way, and how it is published.
struct Signer {
    algorithm: &'static str,
    jwk: Value,
    sign: Sign,
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa(algorithm: &'static str, padding: &'static dyn signature::RsaEncoding) -> Signer {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let public = pair.public_key();
    let jwk = json!({
        "kty": "RSA",
        "n": encoded(public.modulus().big_endian_without_leading_zero()),
        "e": encoded(public.exponent().big_endian_without_leading_zero()),
    });
    Signer {
        algorithm,
        jwk,
        sign: Box::new(move |message| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(padding, &SystemRandom::new(), message, &mut signature)
                .unwrap();
            signature
        }),
    }
}

fn ec(
    algorithm: &'static str,
    curve: &str,
    signing: &'static signature::EcdsaSigningAlgorithm,
) -> Signer {
    let pair = EcdsaKeyPair::generate(signing).unwrap();
    let point = pair.public_key().as_ref()[1..].to_vec();
    let (x, y) = point.split_at(point.len() / 2);
    let jwk = json!({ "kty": "EC", "crv": curve, "x": encoded(x), "y": encoded(y) });
    Signer {
        algorithm,
        jwk,
        sign: Box::new(move |message| {
            let signature = pair.sign(&SystemRandom::new(), message).unwrap();
            signature.as_ref().to_vec()
        }),
    }
}

fn ed25519() -> Signer {
    let pair = Ed25519KeyPair::generate().unwrap();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": encoded(pair.public_key().as_ref()) });
    Signer {
        algorithm: "EdDSA",
        jwk,
        sign: Box::new(move |message| pair.sign(message).as_ref().to_vec()),
    }
}

fn signers() -> Vec<Signer> {
    vec![
        rsa("RS256", &signature::RSA_PKCS1_SHA256),
        rsa("RS384", &signature::RSA_PKCS1_SHA384),
        rsa("RS512", &signature::RSA_PKCS1_SHA512),
        rsa("PS256", &signature::RSA_PSS_SHA256),
        rsa("PS384", &signature::RSA_PSS_SHA384),
        rsa("PS512", &signature::RSA_PSS_SHA512),
        ec(
            "ES256",
            "P-256",
            &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
        ),
        ec(
            "ES384",
            "P-384",
            &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
        ),
        ec(
            "ES512",
            "P-521",
            &signature::ECDSA_P521_SHA512_FIXED_SIGNING,
        ),
        ed25519(),
    ]
}

impl Signer {
    fn published(&self, kid: &str) -> Value {
        let mut jwk = self.jwk.clone();
        jwk["kid"] = json!(kid);
        jwk["use"] = json!("sig");
        jwk
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let message = format!(
            "{}.{}",
            encoded(header.to_string().as_bytes()),
            encoded(claims.to_string().as_bytes())
        );
        let signature = encoded(&(self.sign)(message.as_bytes()));
        format!("{message}.{signature}")
    }

    fn header(&self, kid: &str) -> Value {
        json!({ "alg": self.algorithm, "kid": kid })
    }
}

fn claims() -> Value {
    json!({ "iss": "https://acme.example/", "sub": "user-1", "aud": "tv", "iat": NOW, "exp": NOW + 3600 })
}

fn keys(published: &[Value]) -> Keys {
    Keys::parse(json!({ "keys": published }).to_string().as_bytes()).unwrap()
}

fn verified(token: String, keys: &Keys) -> Result<Option<String>, Error> {
    verified_by(token, keys, &Preset::default(), "https://acme.example/")
}

fn verified_by(
    token: String,
    keys: &Keys,
    preset: &Preset,
    issuer: &str,
) -> Result<Option<String>, Error> {
    let expected = Expected {
        issuer,
        preset,
        client_id: "tv",
        now: Timestamp::from_second(NOW + 10).unwrap(),
        ahead: Some(SignedDuration::ZERO),
    };
    verify(&Secret::new(token), keys, expected).map(|who| who.subject)
}

#[test]
fn each_allowed_way_to_sign_is_checked_by_its_key() {
    for signer in signers() {
        let keys = keys(&[signer.published("k")]);
        let token = signer.token(&signer.header("k"), &claims());

        let subject = verified(token, &keys);

        assert_eq!(
            subject,
            Ok(Some("user-1".to_owned())),
            "{}",
            signer.algorithm
        );
    }
}

#[test]
fn a_token_that_was_changed_after_it_was_signed_is_refused() {
    for signer in signers() {
        let keys = keys(&[signer.published("k")]);
        let token = signer.token(&signer.header("k"), &claims());
        let mut other = claims();
        other["sub"] = json!("user-2");
        let (_, signature) = token.rsplit_once('.').unwrap();
        let head = token.split('.').next().unwrap();
        let forged = format!(
            "{head}.{}.{signature}",
            encoded(other.to_string().as_bytes())
        );

        let refused = verified(forged, &keys);

        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{}: {refused:?}",
            signer.algorithm
        );
    }
}

#[test]
fn a_key_of_another_kind_under_the_same_identifier_proves_nothing() {
    let signers = signers();
    for signer in &signers {
        for other in &signers {
            if signer.algorithm == other.algorithm {
                continue;
            }
            let keys = keys(&[other.published("k")]);
            let token = signer.token(&signer.header("k"), &claims());

            let refused = verified(token, &keys);

            assert!(
                refused.is_err(),
                "{} by a key for {}",
                signer.algorithm,
                other.algorithm
            );
        }
    }
}

#[test]
fn a_token_cannot_choose_a_way_that_its_key_was_not_made_for() {
    // The classic: the public key taken for the secret of an HMAC, or no signature.
    let signer = rsa("RS256", &signature::RSA_PKCS1_SHA256);
    let keys = keys(&[signer.published("k")]);
    for algorithm in [
        "none", "None", "HS256", "HS384", "HS512", "ES256K", "dir", "",
    ] {
        let token = signer.token(&json!({ "alg": algorithm, "kid": "k" }), &claims());

        let Err(words @ Error::Invalid(_)) = verified(token, &keys) else {
            panic!("{algorithm}")
        };

        assert!(words.to_string().contains("proves nothing"), "{words}");
    }
}

#[test]
fn without_an_identifier_each_key_is_tried_and_none_fitting_is_an_unknown_key() {
    let (one, other) = (ed25519(), ed25519());
    let header = json!({ "alg": "EdDSA" });
    let token = one.token(&header, &claims());

    let both = keys(&[other.published("a"), one.published("b")]);
    assert_eq!(
        verified(token.clone(), &both),
        Ok(Some("user-1".to_owned()))
    );
    assert_eq!(
        verified(token, &keys(&[other.published("a")])),
        Err(Error::UnknownKey)
    );
}

#[test]
fn a_key_for_encryption_is_not_one_for_signatures() {
    let signer = rsa("RS256", &signature::RSA_PKCS1_SHA256);
    let mut published = signer.published("k");
    published["use"] = json!("enc");

    let refused = verified(
        signer.token(&signer.header("k"), &claims()),
        &keys(&[published]),
    );

    assert_eq!(refused, Err(Error::UnknownKey));
}

#[test]
fn a_tenants_issuer_counts_only_with_the_tenant_that_the_token_names() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    let preset = Preset::named("entra").unwrap();
    let issuer = "https://login.microsoftonline.com/{tenantid}/v2.0";
    let token = |iss: &str, tid: &str| {
        let mut claims = claims();
        claims["iss"] = json!(iss);
        claims["tid"] = json!(tid);
        signer.token(&signer.header("k"), &claims)
    };
    let tenant = "https://login.microsoftonline.com/9b1c/v2.0";

    assert!(verified_by(token(tenant, "9b1c"), &keys, &preset, issuer).is_ok());
    assert!(verified_by(token(tenant, "other"), &keys, &preset, issuer).is_err());
    assert!(
        verified_by(
            token("https://evil.example/9b1c/v2.0", "9b1c"),
            &keys,
            &preset,
            issuer
        )
        .is_err()
    );
}

#[test]
fn header_members_that_are_not_known_are_ignored_whatever_they_hold() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    for value in [
        json!(7),
        json!(true),
        json!(null),
        json!({ "a": [1] }),
        json!(["a", 1]),
        json!("text"),
    ] {
        for name in [
            "acme", "x5t", "x5c", "jku", "jwk", "cty", "typ", "zip", "b64", "iss",
        ] {
            let mut header = signer.header("k");
            header[name] = value.clone();
            let token = signer.token(&header, &claims());
            assert!(verified(token, &keys).is_ok(), "{name}: {value}");
        }
    }
}

#[test]
fn a_header_that_lists_what_must_be_understood_is_refused() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    for critical in [
        json!(["b64"]),
        json!(["acme"]),
        json!([]),
        json!("exp"),
        json!(null),
    ] {
        let mut header = signer.header("k");
        header["crit"] = critical.clone();
        header["b64"] = json!(true);

        let Err(words @ Error::Invalid(_)) = verified(signer.token(&header, &claims()), &keys)
        else {
            panic!("{critical}")
        };

        assert!(words.to_string().contains("(crit)"), "{words}");
    }
}

#[test]
fn a_token_counts_from_the_time_that_it_names_with_some_leeway() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    let of = |nbf: Value| {
        let mut claims = claims();
        claims["nbf"] = nbf;
        verified(signer.token(&signer.header("k"), &claims), &keys)
    };
    // It is ten seconds past `NOW`.
    for good in [
        json!(NOW),
        json!(NOW + 100),
        json!(NOW as f64 + 0.5),
        json!(-1),
    ] {
        assert!(of(good.clone()).is_ok(), "{good}");
    }
    for early in [json!(NOW + 200), json!(NOW + 86_400), json!(1e300)] {
        let refused = of(early.clone());
        assert!(
            matches!(refused, Err(Error::Expired | Error::FromTheFuture)),
            "{early}: {refused:?}"
        );
    }
}

#[test]
fn a_subject_may_be_a_whole_number() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    let of = |sub: Value| {
        let mut claims = claims();
        claims["sub"] = sub;
        verified(signer.token(&signer.header("k"), &claims), &keys)
    };
    assert_eq!(of(json!(583_231)), Ok(Some("583231".to_owned())));
    assert_eq!(of(json!(u64::MAX)), Ok(Some(u64::MAX.to_string())));
    // One that was rounded could be two people's.
    assert!(of(json!(1e20)).is_err() && of(json!(7.5)).is_err());
}

#[test]
fn keys_are_read_with_padding_in_the_usual_alphabet_and_beside_anything() {
    for signer in signers() {
        let mut published = signer.published("k");
        for number in ["n", "e", "x", "y"] {
            if let Some(text) = published[number].as_str().map(str::to_owned) {
                let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
                let padded = base64::engine::general_purpose::STANDARD.encode(bytes);
                published[number] = json!(padded);
            }
        }
        for (name, value) in [
            ("x5c", json!("MIIB")),
            ("x5t", json!(7)),
            ("key_ops", json!("verify")),
            ("alg", json!(signer.algorithm)),
            ("exp", json!({})),
        ] {
            published[name] = value;
        }

        let token = signer.token(&signer.header("k"), &claims());
        let subject = verified(token, &keys(&[published]));

        assert_eq!(
            subject,
            Ok(Some("user-1".to_owned())),
            "{}",
            signer.algorithm
        );
    }
}

#[test]
fn a_key_without_an_identifier_may_be_the_one_that_a_token_names() {
    for signer in signers() {
        let mut published = signer.published("k");
        published.as_object_mut().unwrap().remove("kid");
        let other = ed25519().published("other");

        let token = signer.token(&signer.header("k"), &claims());
        let subject = verified(token, &keys(&[other, published.clone()]));

        assert_eq!(
            subject,
            Ok(Some("user-1".to_owned())),
            "{}",
            signer.algorithm
        );
    }
    // That it isn't proves nothing: the keys may have changed.
    let (one, other) = (ed25519(), ed25519());
    let mut published = other.published("k");
    published.as_object_mut().unwrap().remove("kid");
    let token = one.token(&one.header("k"), &claims());
    assert_eq!(verified(token, &keys(&[published])), Err(Error::UnknownKey));
}

#[test]
fn an_encrypted_token_is_said_to_be_encrypted() {
    let signer = ed25519();
    let keys = keys(&[signer.published("k")]);
    let header = |header: Value| encoded(header.to_string().as_bytes());
    let jwe = json!({ "alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": "k", "cty": "JWT" });
    for token in [
        format!("{}.a2V5.aXY.dGV4dA.dGFn", header(jwe.clone())),
        format!(
            "{}..aXY.dGV4dA.dGFn",
            header(json!({ "alg": "dir", "enc": "A256GCM" }))
        ),
        format!(
            "{}.a2V5.aXY.dGV4dA.dGFn",
            header(json!({ "alg": "ECDH-ES" }))
        ),
        signer.token(&jwe, &claims()),
    ] {
        let Err(words @ Error::Invalid(_)) = verified(token.clone(), &keys) else {
            panic!("{token}")
        };
        assert!(words.to_string().contains("encrypted"), "{words}");
    }
}
