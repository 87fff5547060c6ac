//! Which addresses are this machine's own, and which are of its network alone.

use std::net::Ipv4Addr;

use url::{Host, Url};

/// Whether an address names this machine itself, in any of the ways to write that.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    // Whoever connects to the unspecified address reaches this machine.
    let is_own = |v4: Ipv4Addr| v4.is_loopback() || v4.is_unspecified();
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => is_own(address),
        Some(Host::Ipv6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                // `::ffff:127.0.0.1`, and `::127.0.0.1` as it was written once.
                || address.to_ipv4().is_some_and(is_own)
        }
        None => false,
    }
}

/// Whether an address is of use on this machine or in its own network alone: an answer from
/// elsewhere has no business to name it.
#[must_use]
pub fn is_local(url: &Url) -> bool {
    let is_near = |v4: Ipv4Addr| v4.is_private() || v4.is_link_local();
    let is_near = match url.host() {
        Some(Host::Ipv4(address)) => is_near(address),
        Some(Host::Ipv6(address)) => {
            address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(is_near)
        }
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            let ends = [".local", ".localdomain"];
            matches!(name, "ip6-localhost" | "ip6-loopback")
                || ends.iter().any(|end| name.ends_with(end))
        }
        None => false,
    };
    is_near || is_loopback(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_any_of_its_names() {
        let is = |text: &str| is_loopback(&Url::parse(text).unwrap());
        for own in [
            "http://localhost",
            "http://LOCALHOST.",
            "http://tv.localhost",
            "http://127.0.0.1",
            "http://127.255.0.9",
            "http://0x7f.1",
            "http://0.0.0.0",
            "http://0",
            "http://[::]",
            "http://[::1]",
            "http://[::ffff:127.0.0.1]",
            "http://[::ffff:0.0.0.0]",
            "http://[::127.0.0.1]",
        ] {
            assert!(is(own), "{own}");
        }
        for other in [
            "http://localhost.example",
            "http://notlocalhost",
            "http://128.0.0.1",
            "http://192.168.1.1",
            "http://[::ffff:192.168.1.1]",
            "http://[fe80::1]",
        ] {
            assert!(!is(other), "{other}");
        }
    }
}
