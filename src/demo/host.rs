//! Which `Host` a request may name: pure.
//!
//! A page from elsewhere can point a name of its own at this machine (DNS rebinding). For the
//! browser the demo is then a part of that page's site, which reads and sends whatever it likes.
//! No page can have an address of ours as its name.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, StatusCode, Uri, header};

/// What `http:` means without a port.
const PORT: u16 = 80;

/// Why a request isn't answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It names no host, more than one, or one that can't be read (RFC 9112 §3.2).
    Malformed,
    /// It is for somebody else.
    NotOurs,
}

impl Refused {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotOurs => StatusCode::MISDIRECTED_REQUEST,
        }
    }
}

/// Checks that a request on a connection to the address `local` is meant for it.
///
/// # Errors
/// It isn't.
pub(super) fn check(uri: &Uri, headers: &HeaderMap, local: SocketAddr) -> Result<(), Refused> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Refused::Malformed);
    };
    let host = host.to_str().map_err(|_| Refused::Malformed)?;
    // A target with a host counts as well: which of the two others go by isn't known.
    let target = uri.authority().map(|authority| authority.as_str());
    for authority in target.into_iter().chain([host]) {
        let (host, port) = parts(authority).ok_or(Refused::Malformed)?;
        if port != local.port() || !is_ours(&host, local.ip().to_canonical()) {
            return Err(Refused::NotOurs);
        }
    }
    Ok(())
}

enum Host<'a> {
    Address(IpAddr),
    Name(&'a str),
}

/// RFC 3986 §3.2, without user information.
fn parts(authority: &str) -> Option<(Host<'_>, u16)> {
    let (host, rest) = match authority.strip_prefix('[') {
        Some(bracketed) => {
            let (address, rest) = bracketed.split_once(']')?;
            (
                Host::Address(address.parse::<Ipv6Addr>().ok()?.into()),
                rest,
            )
        }
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            let (name, rest) = authority.split_at(end);
            if name.is_empty() || name.contains('@') {
                return None;
            }
            let address = name.parse().map(IpAddr::V4);
            (address.map_or(Host::Name(name), Host::Address), rest)
        }
    };
    let port = match rest.strip_prefix(':') {
        None if rest.is_empty() => PORT,
        Some("") => PORT,
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
        None | Some(_) => return None,
    };
    Some((host, port))
}

fn is_ours(host: &Host<'_>, local: IpAddr) -> bool {
    match host {
        Host::Address(address) => address.to_canonical() == local,
        // The one name that nobody else can have (RFC 6761 §6.3).
        Host::Name(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            local.is_loopback() && name.eq_ignore_ascii_case("localhost")
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn answer_to(target: &str, hosts: &[&str], local: &str) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            let value = HeaderValue::from_bytes(host.as_bytes()).unwrap();
            let _ = headers.append(header::HOST, value);
        }
        check(&target.parse().unwrap(), &headers, local.parse().unwrap())
    }

    fn answer(host: &str, local: &str) -> Result<(), Refused> {
        answer_to("/activate", &[host], local)
    }

    #[test]
    fn the_address_of_the_connection_is_answered_in_each_way_to_write_it() {
        for (host, local) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("192.0.2.7:8080", "192.0.2.7:8080"),
            ("192.0.2.7:8080", "[::ffff:192.0.2.7]:8080"),
            ("[::1]:8080", "[::1]:8080"),
            ("[0:0:0:0:0:0:0:1]:8080", "[::1]:8080"),
            ("[2001:DB8::7]:8080", "[2001:db8::7]:8080"),
            ("127.0.0.1", "127.0.0.1:80"),
            ("127.0.0.1:", "127.0.0.1:80"),
            ("[::1]", "[::1]:80"),
        ] {
            assert_eq!(answer(host, local), Ok(()), "{host} at {local}");
        }
    }

    #[test]
    fn localhost_is_answered_on_loopback_whatever_its_case_and_nowhere_else() {
        for host in ["localhost:8080", "LocalHost:8080", "localhost.:8080"] {
            assert_eq!(answer(host, "127.0.0.1:8080"), Ok(()), "{host}");
            assert_eq!(answer(host, "[::1]:8080"), Ok(()), "{host}");
            assert_eq!(answer(host, "192.0.2.7:8080"), Err(Refused::NotOurs));
        }
    }

    #[test]
    fn a_name_that_was_pointed_here_is_somebody_elses() {
        for host in [
            "evil.example:8080",
            "127.0.0.1.evil.example:8080",
            "localhost.evil.example:8080",
            "localhost..:8080",
            "127.0.0.1.nip.io:8080",
            "127.0.0.1.:8080",
            "2130706433:8080",
            "0x7f.1:8080",
            "127.1:8080",
        ] {
            assert_eq!(
                answer(host, "127.0.0.1:8080"),
                Err(Refused::NotOurs),
                "{host}"
            );
        }
    }

    #[test]
    fn another_address_or_port_is_somebody_elses() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8081",
            "127.0.0.2:8080",
            "0.0.0.0:8080",
            "192.0.2.7:8080",
            "[::1]:8080",
            "[::]:8080",
            "localhost",
        ] {
            assert_eq!(
                answer(host, "127.0.0.1:8080"),
                Err(Refused::NotOurs),
                "{host}"
            );
        }
    }

    #[test]
    fn no_host_two_of_them_and_what_is_no_host_are_refused() {
        let local = "127.0.0.1:8080";
        assert_eq!(answer_to("/", &[], local), Err(Refused::Malformed));
        let twice = ["127.0.0.1:8080", "127.0.0.1:8080"];
        assert_eq!(answer_to("/", &twice, local), Err(Refused::Malformed));
        for host in [
            "",
            ":8080",
            "someone@127.0.0.1:8080",
            "127.0.0.1:+8080",
            "127.0.0.1:08080x",
            "127.0.0.1:99999",
            "[::1",
            "[::1]8080",
            "[::1%lo]:8080",
            "[127.0.0.1]:8080",
            "::1",
            "127.0.0.1:8080:8080",
            "b\u{fc}cher.example:8080",
        ] {
            assert_eq!(answer(host, local), Err(Refused::Malformed), "{host}");
        }
    }

    #[test]
    fn a_host_in_the_target_has_to_be_ours_as_well() {
        let local = "127.0.0.1:8080";
        let ours = "http://127.0.0.1:8080/activate";
        let theirs = "http://evil.example/activate";
        assert_eq!(answer_to(ours, &["127.0.0.1:8080"], local), Ok(()));
        assert_eq!(
            answer_to(ours, &["evil.example"], local),
            Err(Refused::NotOurs)
        );
        assert_eq!(
            answer_to(theirs, &["127.0.0.1:8080"], local),
            Err(Refused::NotOurs)
        );
    }
}
