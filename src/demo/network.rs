//! How this machine is reached.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use super::Error;
use crate::i18n::Phrase;

/// This machine's own address to what listens on `local`: the app stays on
/// loopback.
pub(super) fn loopback(local: SocketAddr) -> SocketAddr {
    let ip = match local.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    SocketAddr::new(ip, local.port())
}

/// The address that others in the network reach this machine at, where there is
/// one. Connecting a UDP socket sends nothing: it only asks for the route.
pub(super) fn lan_address() -> Option<IpAddr> {
    // TEST-NET-1 (RFC 5737): stands for "anywhere outside".
    const OUTSIDE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(OUTSIDE).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

/// Why an address can't be listened on, and what to do.
pub(super) fn cannot_listen(address: SocketAddr, why: &std::io::Error) -> Error {
    let remedy = if why.kind() == ErrorKind::AddrInUse {
        Phrase::new("session-demo-in-use").with("address", format!("{}:0", bracketed(address.ip())))
    } else if why.kind() == ErrorKind::PermissionDenied {
        Phrase::new("session-demo-privileged")
    } else if why.kind() == ErrorKind::AddrNotAvailable {
        Phrase::new("session-demo-no-address")
    } else {
        Phrase::said(format_args!("{why}."))
    };
    Error(
        Phrase::new("session-demo-listen")
            .with("address", address.to_string())
            .with("remedy", remedy),
    )
}

fn bracketed(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_reaches_every_address_on_loopback() {
        assert_eq!(
            loopback("0.0.0.0:8080".parse().unwrap()),
            "127.0.0.1:8080".parse().unwrap()
        );
        assert_eq!(
            loopback("[::]:8080".parse().unwrap()),
            "[::1]:8080".parse().unwrap()
        );
        assert_eq!(
            loopback("127.0.0.1:81".parse().unwrap()),
            "127.0.0.1:81".parse().unwrap()
        );
    }

    #[test]
    fn an_address_in_use_is_told_with_a_way_on() {
        let words = cannot_listen(
            "127.0.0.1:8080".parse().unwrap(),
            &ErrorKind::AddrInUse.into(),
        )
        .to_string();

        assert!(
            words.contains("127.0.0.1:8080") && words.contains("--listen 127.0.0.1:0"),
            "{words}"
        );
    }

    #[test]
    fn the_address_in_the_network_is_none_of_our_own() {
        assert!(lan_address().is_none_or(|ip| !ip.is_loopback()));
    }
}
