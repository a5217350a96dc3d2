//! Headers of every answer, and the content security policy of pages.

use crate::edge::Edge;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, LOCATION, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// Adds what every answer carries, where the handler did not say otherwise.
pub(crate) async fn add(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    tidy_redirect(&mut response);
    let headers = response.headers_mut();
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, X_FRAME_OPTIONS, "DENY");
    // A page's address may hold a flow's handle; nobody else needs to see it.
    put(headers, REFERRER_POLICY, "no-referrer");
    put(headers, CACHE_CONTROL, "no-store");
    put(headers, CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    put(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(headers, HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if edge.settings.https {
        put(headers, STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// A redirect after a form is a 303 to a clean address: what the framework would put into it is an error's detail.
fn tidy_redirect(response: &mut Response) {
    if response.status() == StatusCode::FOUND {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    let dirty = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .filter(|to| to.contains("__err"));
    if let Some(clean) = dirty.map(|to| to.split('?').next().unwrap_or("/").to_owned())
        && let Ok(clean) = HeaderValue::from_str(&clean)
    {
        response.headers_mut().insert(LOCATION, clean);
    }
}

/// The policy of a page. `form_to` are the origins that its forms, and the redirects after them, may reach.
pub(crate) fn policy(nonce: &str, form_to: &[String]) -> String {
    let forms = form_to.join(" ");
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'self' {forms}; frame-ancestors 'none'"
    )
}
