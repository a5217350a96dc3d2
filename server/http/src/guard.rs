//! A `POST` must come from this house: `Sec-Fetch-Site`, else `Origin`. A request with neither is refused.

use crate::edge::Edge;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

/// Refuses what another site sent.
pub(crate) async fn same_house(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || from_here(request.headers(), &edge.house.policy.public_url) {
        next.run(request).await
    } else {
        tracing::warn!(path = masked(request.uri().path()), "a form from another site was refused");
        crate::problem::forbidden(&edge, request.headers())
    }
}

fn from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == origin_of(public_url),
        (None, None) => false,
    }
}

/// A path as a log may hold it: what stands behind the links we mail or show is a secret (security decision 13).
pub(crate) fn masked(path: &str) -> String {
    let secret =
        ["/var-det-dig/", "/kom-i-gang/", "/telefon/"].into_iter().find(|root| path.starts_with(root));
    secret.map_or_else(|| path.to_owned(), |root| format!("{root}…"))
}

/// Scheme, host and port of an address.
pub(crate) fn origin_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end =
        address.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(address.len(), |at| host + at);
    address.get(..end).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }
    const HERE: &str = "https://login.test";

    #[test]
    fn only_a_form_of_this_house_passes() {
        assert!(from_here(&headers(&[("sec-fetch-site", "same-origin")]), HERE));
        assert!(from_here(&headers(&[("origin", "https://login.test")]), HERE));
        for other in ["cross-site", "same-site", "none"] {
            assert!(!from_here(
                &headers(&[("sec-fetch-site", other), ("origin", "https://login.test")]),
                HERE
            ));
        }
        assert!(!from_here(&headers(&[("origin", "https://login.test.evil.test")]), HERE));
        assert!(!from_here(&headers(&[("origin", "null")]), HERE));
        assert!(!from_here(&headers(&[]), HERE));
    }

    #[test]
    fn a_mailed_link_is_masked_in_logs() {
        assert_eq!(masked("/var-det-dig/019a.cafe"), "/var-det-dig/…");
        assert_eq!(masked("/kom-i-gang/hemmeligt"), "/kom-i-gang/…");
        assert_eq!(masked("/telefon/0a1b"), "/telefon/…");
        assert_eq!(masked("/handling/kode"), "/handling/kode");
    }

    #[test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin_of("https://a.test:8443/x/y?z"), "https://a.test:8443");
        assert_eq!(origin_of("https://a.test"), "https://a.test");
    }
}
