//! How far a provider's word reaches: which endpoints out of its document, and out of the
//! preset, may be sent what belongs to this issuer.

use super::{shown, unusable};
use crate::config::local::{is_local, is_loopback};
use crate::config::{Endpoint, Provider};
use crate::oauth::error::Misconfiguration;

/// Where a preset has it that it is said who it is: at the public service, or at a server of
/// somebody's own.
pub(super) fn userinfo_template(provider: &Provider) -> &Option<String> {
    let preset = &provider.preset;
    if provider.is_public_service() || preset.self_hosted_userinfo_endpoint.is_none() {
        &preset.userinfo_endpoint
    } else {
        &preset.self_hosted_userinfo_endpoint
    }
}

/// An endpoint out of a document. A provider elsewhere has none on this machine or in its
/// network: what is sent there would be for somebody else.
pub(super) fn discovered(
    provider: &Provider,
    name: &str,
    theirs: &str,
) -> Result<Endpoint, Misconfiguration> {
    let found = Endpoint::parse(theirs).map_err(|why| unusable(name, why))?;
    let issuer = provider.issuer.url();
    let intrudes = is_loopback(found.url()) && !is_loopback(issuer)
        || is_local(found.url()) && !is_local(issuer);
    if intrudes {
        return Err(Misconfiguration::LocalEndpoint {
            host: provider.host().to_owned(),
            endpoint: name.to_owned(),
            address: shown(theirs),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::metadata;
    use super::*;
    use crate::config::preset;

    #[test]
    fn what_a_preset_knows_of_the_public_service_means_nothing_for_another_issuer() {
        const SECRET: &str = "client_secret_file = \"/s\"\n";
        let public: Vec<_> = preset::all()
            .iter()
            .filter_map(|(name, preset)| Some((name, preset.issuer.as_ref()?.url().clone())))
            .collect();
        assert!(public.len() > 6);
        for (name, public) in public {
            for elsewhere in [
                "issuer = \"https://own.example/\"",
                "token_endpoint = \"https://own.example/token\"",
            ] {
                let text = format!("preset = \"{name}\"\nclient_id = \"tv\"\n{SECRET}{elsewhere}");
                let provider: Provider = toml::from_str(&text).unwrap();
                let issuer = provider.issuer.url().host_str().unwrap().to_owned();
                let Ok(found) = metadata(&provider, None) else {
                    continue;
                };
                let with_tokens = [
                    Some(found.poll_endpoint),
                    Some(found.token_endpoint),
                    found.userinfo_endpoint,
                    found.revocation_endpoint,
                ];
                for endpoint in with_tokens.into_iter().flatten() {
                    let host = endpoint.url().host_str().unwrap();
                    assert_eq!(
                        host, "own.example",
                        "{name} at {issuer}, {elsewhere}: {public}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_public_services_names_are_nobody_elses() {
        let google = |more: &str| -> Provider {
            let text = "preset = \"google\"\nclient_id = \"tv\"\nclient_secret_file = \"/s\"";
            toml::from_str(&format!("{text}\n{more}")).unwrap()
        };
        let known = |provider: &Provider| {
            let issuer = provider.issuer.as_written();
            let preset = &provider.preset;
            preset.is_token_issuer(issuer, "accounts.google.com", |_| None)
        };

        assert!(known(&google("")));
        assert!(!known(&google("issuer = \"https://own.example\"")));
    }

    #[test]
    fn a_preset_that_knows_the_public_service_alone_says_what_to_set() {
        let twitch = |more: &str| -> Provider {
            let text = "preset = \"twitch\"\nclient_id = \"tv\"\nissuer = \"https://own.example\"";
            toml::from_str(&format!("{text}\n{more}")).unwrap()
        };

        let words = metadata(&twitch(""), None).unwrap_err().to_string();
        assert!(words.contains("provider.userinfo_endpoint"), "{words}");

        let set = "userinfo_endpoint = \"https://own.example/users\"";
        let found = metadata(&twitch(set), None).unwrap();
        let userinfo = found.userinfo_endpoint.unwrap();
        assert_eq!(userinfo.as_written(), "https://own.example/users");
    }
}
