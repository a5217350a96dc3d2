//! Files a browser loads: embedded, compressed beforehand, cached for ever where the name carries a hash.

use crate::edge::Edge;
use axum::extract::State;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;

/// One file.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

/// The files of the site, by path without the leading slash.
pub trait Site: Send + Sync {
    /// A file, when there is one.
    fn file(&self, path: &str) -> Option<Found>;
}

/// Serves a file; the best compressed one that the browser takes.
pub(crate) async fn file(State(edge): State<Edge>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let takes = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| takes.split(',').any(|part| part.trim().split(';').next() == Some(*name)))
        .find_map(|(name, ending)| Some((edge.site.file(&format!("{path}{ending}"))?, name)));
    match packed {
        Some((found, encoding)) => respond(path, found, Some(encoding)),
        None => match edge.site.file(path).filter(|_| !path.is_empty()) {
            Some(found) => respond(path, found, None),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

fn respond(path: &str, found: Found, encoding: Option<&'static str>) -> Response {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let cache =
        if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let mut response = found.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
