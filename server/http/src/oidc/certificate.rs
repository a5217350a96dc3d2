//! The certificate an application showed in its handshake, as the proxy before us says (RFC 8705 6.5, RFC 9440). It is believed
//! from a listed proxy that speaks to us itself, and from nobody else: a header anybody may write.

use crate::edge::Settings;
use axum::extract::{ConnectInfo, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::net::SocketAddr;

/// Longer ones are no certificate.
const LONGEST: usize = 32 * 1024;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// The certificate, DER. None where nobody who is believed says one, or says it in a way that may mean two.
pub(super) fn shown(settings: &Settings, request: &Request) -> Option<Vec<u8>> {
    let name = settings.certificate_header.as_deref()?;
    let mut values = request.headers().get_all(name).iter();
    let value = values.next()?;
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    if !settings.proxies.contains(&peer.ip().to_canonical()) {
        tracing::warn!("a certificate that no listed proxy spoke of was not looked at");
        return None;
    }
    if values.next().is_some() {
        tracing::warn!(
            "a proxy spoke of two certificates at once: does it take away what came from elsewhere?"
        );
        return None;
    }
    read(value.to_str().ok()?)
}

/// As RFC 9440 writes it, base64 between colons; or as PEM, percent-encoded.
fn read(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some(inside) = text.strip_prefix(':') {
        return STANDARD.decode(inside.strip_suffix(':')?).ok();
    }
    let pem = String::from_utf8(decoded(text)?).ok()?;
    let inside = pem.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let lines: String = inside.split_ascii_whitespace().collect();
    STANDARD.decode(lines).ok()
}

/// RFC 3986 2.1; a plus is a plus.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut found = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        found.push(match byte {
            b'%' => {
                let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn settings(header: Option<&str>) -> Settings {
        Settings {
            https: true,
            proxies: vec!["10.0.0.1".parse().unwrap()],
            certificate_header: header.map(str::to_owned),
            demo: false,
            accessibility_statement: None,
        }
    }

    fn from(peer: Option<&str>, values: &[&str]) -> Request {
        let mut request = Request::new(Body::empty());
        for value in values {
            request.headers_mut().append("client-cert", value.parse().unwrap());
        }
        if let Some(peer) = peer {
            let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        request
    }

    #[test]
    fn a_certificate_is_believed_from_a_listed_proxy_alone_and_only_where_that_is_configured() {
        let on = settings(Some("client-cert"));
        assert_eq!(shown(&on, &from(Some("10.0.0.1"), &[":AQID:"])), Some(vec![1, 2, 3]));
        assert_eq!(shown(&on, &from(Some("::ffff:10.0.0.1"), &[":AQID:"])), Some(vec![1, 2, 3]));
        assert_eq!(shown(&on, &from(Some("203.0.113.9"), &[":AQID:"])), None, "a stranger's");
        assert_eq!(shown(&on, &from(None, &[":AQID:"])), None, "nobody knows whose");
        assert_eq!(shown(&settings(None), &from(Some("10.0.0.1"), &[":AQID:"])), None, "not configured");
        assert_eq!(shown(&settings(Some("other")), &from(Some("10.0.0.1"), &[":AQID:"])), None);
        let mut behind = from(Some("203.0.113.9"), &[":AQID:"]);
        behind.headers_mut().insert("x-forwarded-for", "10.0.0.1".parse().unwrap());
        assert_eq!(shown(&on, &behind), None, "who says it is forwarded by a proxy is none");
        assert_eq!(shown(&on, &from(Some("10.0.0.1"), &[":AQID:", ":AQID:"])), None, "one came from outside");
        assert_eq!(shown(&on, &from(Some("10.0.0.1"), &[])), None);
    }

    #[test]
    fn it_is_read_as_proxies_write_it_or_not_at_all() {
        let pem = "-----BEGIN%20CERTIFICATE-----%0AAQ%0AID%0A-----END%20CERTIFICATE-----%0A";
        assert_eq!(read(pem), Some(vec![1, 2, 3]));
        assert_eq!(
            read("-----BEGIN CERTIFICATE----- +/+/ -----END CERTIFICATE-----").map(|it| it.len()),
            Some(3)
        );
        let two = format!("{pem}{pem}");
        for wrong in
            ["", ":", "::x", ":AQID", "AQID", ":AQI:", "%", "%zz", pem.trim_end_matches("-%0A"), &two]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&format!(":{}:", "A".repeat(LONGEST))), None);
    }
}
