//! What applications ask by themselves. No cookie counts here; each proves who it is, or shows a token.

use super::certificate;
use crate::edge::Edge;
use crate::protocols::once;
use crate::visit;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::oidc::refusal::ErrorCode;
use serde_json::{Value, json};
use std::sync::Arc;
use url::form_urlencoded;
use usecases::exchange_code::exchange_code;
use usecases::give_claims::give_claims;
use usecases::introspect::introspect;
use usecases::mint::Tokens;
use usecases::ports::oidc::Parameters;
use usecases::prove_client::{NotServed, Shown};
use usecases::push_request::{PUSHED_HOLDS, push_request};
use usecases::refresh_tokens::refresh_tokens;
use usecases::revoke_tokens::revoke_tokens;
use usecases::{Cx, Fault, Source};

/// Forms of applications are small.
const LARGEST: usize = 64 * 1024;
/// What never changes but at a roll-over, which is published a day ahead.
const AN_HOUR: &str = "public, max-age=3600";

/// Routes of applications.
pub(super) fn routes() -> Router<Edge> {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/oidc/jwks", get(keys))
        .route("/oidc/par", post(par))
        .route("/oidc/token", post(token))
        .route("/oidc/introspect", post(look))
        .route("/oidc/revoke", post(revoke))
        .route("/oidc/userinfo", get(userinfo).post(userinfo))
}

async fn discovery(State(edge): State<Edge>) -> Response {
    let head = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, AN_HOUR)];
    (head, edge.house.oidc.discovery()).into_response()
}

async fn keys(State(edge): State<Edge>) -> Response {
    ([(CONTENT_TYPE, "application/jwk-set+json"), (CACHE_CONTROL, AN_HOUR)], edge.house.oidc.keys())
        .into_response()
}

async fn par(State(edge): State<Edge>, request: Request) -> Response {
    let (cx, shown) = match read(&edge, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    match push_request(&cx, &shown).await {
        Ok(request_uri) => {
            let body = json!({ "request_uri": request_uri, "expires_in": PUSHED_HOLDS.as_secs() });
            said(StatusCode::CREATED, &body)
        }
        Err(refused) => not_served(&refused),
    }
}

async fn token(State(edge): State<Edge>, request: Request) -> Response {
    let (cx, shown) = match read(&edge, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let tokens = match shown.parameters.get("grant_type").map(String::as_str) {
        Some("refresh_token") => refresh_tokens(&cx, &shown).await,
        // Whatever else it is, it proves itself first: who is nobody learns nothing of what there is.
        _ => exchange_code(&cx, &shown).await,
    };
    match tokens {
        Ok(tokens) => said(StatusCode::OK, &written(&tokens)),
        Err(refused) => not_served(&refused),
    }
}

fn written(tokens: &Tokens) -> Value {
    let mut body = json!({
        "access_token": tokens.access_token.as_str(),
        "token_type": "Bearer",
        "expires_in": tokens.expires_in,
        "id_token": tokens.id_token,
        "scope": tokens.scope,
    });
    if let (Some(refresh), Value::Object(body)) = (&tokens.refresh_token, &mut body) {
        body.insert("refresh_token".to_owned(), refresh.as_str().into());
    }
    body
}

async fn look(State(edge): State<Edge>, request: Request) -> Response {
    let (cx, shown) = match read(&edge, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    match introspect(&cx, &shown).await {
        Ok(body) => said(StatusCode::OK, &body),
        Err(refused) => not_served(&refused),
    }
}

async fn revoke(State(edge): State<Edge>, request: Request) -> Response {
    let (cx, shown) = match read(&edge, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    match revoke_tokens(&cx, &shown).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refused) => not_served(&refused),
    }
}

/// The token stands in the header, or in the form of a post (RFC 6750 2.1 and 2.2); never in an address.
async fn userinfo(State(edge): State<Edge>, request: Request) -> Response {
    let header = header(request.headers(), "Bearer").map(str::to_owned);
    let (cx, shown) = match read(&edge, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let token = match (header, shown.parameters.get("access_token")) {
        (Some(_), Some(_)) => return refusal(ErrorCode::InvalidRequest, "two-ways"),
        (Some(token), None) => token,
        (None, Some(token)) => token.clone(),
        (None, None) => String::new(),
    };
    match give_claims(&cx, &token, shown.certificate.as_deref()).await {
        Ok(claims) => said(StatusCode::OK, &Value::Object(claims)),
        Err(refused) => not_served(&refused),
    }
}

/// Who asks, and what the form says. A parameter given twice makes the whole form worthless.
async fn read(edge: &Edge, request: Request) -> Result<(Cx, Shown), Response> {
    let source = Source { address: visit::address(edge, &request), agent: visit::agent(request.headers()) };
    let cx = Cx::new(Arc::clone(&edge.house), source, uuid::Uuid::nil().into());
    let cx = cx.map_err(|none| not_served(&NotServed::Fault(none.into())))?;
    let certificate = certificate::shown(&edge.settings, &request);
    let (head, body) = request.into_parts();
    let basic = match header(&head.headers, "Basic") {
        None => None,
        Some(text) => Some(basic(text).ok_or_else(|| refusal(ErrorCode::InvalidClient, "basic"))?),
    };
    let body = to_bytes(body, LARGEST).await.map_err(|_| refusal(ErrorCode::InvalidRequest, "body"))?;
    let parameters = form(&head.headers, &body).ok_or_else(|| refusal(ErrorCode::InvalidRequest, "form"))?;
    Ok((cx, Shown { basic, parameters, certificate }))
}

fn form(headers: &HeaderMap, body: &[u8]) -> Option<Parameters> {
    if body.is_empty() {
        return Some(Parameters::new());
    }
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next()?.trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return None;
    }
    once(std::str::from_utf8(body).ok()?)
}

/// The credentials of an `Authorization` header of this scheme.
fn header<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (named, rest) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    named.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// Name and secret, each encoded as in a form before they are joined (RFC 6749 2.3.1).
fn basic(text: &str) -> Option<(String, String)> {
    let joined = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
    let (name, secret) = joined.split_once(':')?;
    let decoded = |part: &str| {
        let mut pairs = form_urlencoded::parse(part.as_bytes());
        match (pairs.next(), pairs.next()) {
            (Some((name, value)), None) if value.is_empty() => Some(name.into_owned()),
            _ => None,
        }
    };
    Some((decoded(name)?, decoded(secret)?))
}

fn said(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn not_served(refused: &NotServed) -> Response {
    match refused {
        NotServed::Refused(refused) => refusal(refused.code, refused.why),
        NotServed::Fault(Fault::OutsideApart) => refusal(ErrorCode::TemporarilyUnavailable, "closed"),
        NotServed::Fault(fault) => {
            tracing::error!(error = ?fault, "an application could not be served");
            refusal(ErrorCode::ServerError, "fault")
        }
    }
}

/// RFC 6749 5.2, RFC 6750 3.
fn refusal(code: ErrorCode, why: &'static str) -> Response {
    let status = match code {
        ErrorCode::InvalidClient | ErrorCode::InvalidToken => StatusCode::UNAUTHORIZED,
        ErrorCode::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = said(status, &json!({ "error": code.word(), "error_description": why }));
    let challenge = match code {
        ErrorCode::InvalidClient => Some("Basic realm=\"nsis-id\""),
        ErrorCode::InvalidToken => Some("Bearer error=\"invalid_token\""),
        _ => None,
    };
    if let Some(challenge) = challenge {
        let challenge = axum::http::HeaderValue::from_static(challenge);
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_secret_are_read_as_they_were_joined() {
        let header = |text: &str| basic(&STANDARD.encode(text));
        assert_eq!(header("app:s%20e%3Acret"), Some(("app".into(), "s e:cret".into())));
        for wrong in ["app", "", ":", "app:", ":secret", "app:a&b=c", "app:a=b"] {
            assert_eq!(header(wrong), None, "{wrong}");
        }
        assert_eq!(basic("no base64!"), None);
    }

    #[test]
    fn a_form_that_may_mean_two_things_is_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(form(&headers, b""), Some(Parameters::new()));
        assert_eq!(form(&headers, b"a=1"), None, "of no kind");
        headers.insert(CONTENT_TYPE, "application/json".parse().unwrap());
        assert_eq!(form(&headers, b"{}"), None);
        headers.insert(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8".parse().unwrap());
        assert_eq!(form(&headers, b"a=1&b=2").map(|form| form.len()), Some(2));
        assert_eq!(form(&headers, b"a=1&a=2"), None);
        assert_eq!(form(&headers, b"a=1&%61=2"), None, "however it is written");
        assert_eq!(form(&headers, b"\xff"), None);
    }
}
