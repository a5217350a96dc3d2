//! From which address somebody asks, where proxies stand before us (security decision 10).

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// The address of the person: the connection's own, or the last one that a listed proxy names and that is none of the
/// proxies. What stands before it anybody may have written. A hop nobody can read hides who is behind it: then it is the
/// proxy that wrote it whose address counts, so that a stranger cannot choose one.
pub(crate) fn forwarded(direct: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    // A line that is no text is one hop that nobody can read.
    let mut hops = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    let mut near = direct.to_canonical();
    while proxies.contains(&near) {
        let Some(hop) = hops.next().and_then(read) else { return near };
        near = hop;
    }
    near
}

/// One hop: an address, which some proxies write with its port or in brackets.
fn read(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|it| it.ip()));
    address.ok().map(|it: IpAddr| it.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn seen(direct: &str, lines: &[&[u8]]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
        }
        forwarded(ip(direct), &headers, &[ip("10.0.0.1"), ip("10.0.0.2"), ip("::1")]).to_string()
    }

    #[test]
    fn only_a_listed_proxy_says_for_whom_it_asks() {
        assert_eq!(seen("203.0.113.9", &[b"198.51.100.7"]), "203.0.113.9", "not listed");
        assert_eq!(seen("10.0.0.1", &[b"198.51.100.7"]), "198.51.100.7");
        assert_eq!(seen("::ffff:10.0.0.1", &[b"198.51.100.7"]), "198.51.100.7", "a socket for both kinds");
        assert_eq!(seen("::1", &[b"2001:db8::7"]), "2001:db8::7");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1", "the proxy asks for itself");
    }

    #[test]
    fn what_a_stranger_wrote_before_counts_for_nothing() {
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            seen("10.0.0.1", &[b"192.0.2.1", b"198.51.100.7"]),
            "198.51.100.7",
            "in a line of its own"
        );
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1, 198.51.100.7, 10.0.0.2"]), "198.51.100.7", "two proxies");
        assert_eq!(seen("10.0.0.1", &[b"10.0.0.2, 10.0.0.2"]), "10.0.0.2", "nobody but proxies");
    }

    #[test]
    fn a_hop_nobody_can_read_lets_nobody_choose_an_address() {
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1, 198.51.100.7:4711"]), "198.51.100.7", "with its port");
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1, [2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1, [2001:db8::7]"]), "2001:db8::7");
        for unreadable in ["unknown", "_hidden", "", "198.51.100.7; x", "198.51.100"] {
            let line = format!("192.0.2.1, {unreadable}");
            assert_eq!(seen("10.0.0.1", &[line.as_bytes()]), "10.0.0.1", "{unreadable}");
            let line = format!("192.0.2.1, {unreadable}, 10.0.0.2");
            assert_eq!(seen("10.0.0.1", &[line.as_bytes()]), "10.0.0.2", "{unreadable} behind the other");
        }
        assert_eq!(seen("10.0.0.1", &[b"192.0.2.1", b"\xff"]), "10.0.0.1", "no text at all");
    }
}
