//! The authorization endpoint: judges the request, then shows whom one can be.

use crate::lang::lang;
use crate::memory::{PAGE_LIFE, Request};
use crate::{Desk, page, random, words};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use text::{Lang, Say};
use url::form_urlencoded;

/// Scopes of the one client.
const SCOPES: [&str; 4] = ["openid", "mitid", "ssn", "ssn.details_name"];

/// Shows the page, or the broker's own error page: then the client never hears of it, as at the real broker.
pub(crate) async fn authorize(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let lang = lang(&headers);
    let parameters = once(&query.unwrap_or_default());
    match parameters.as_ref().ok_or(words::TWICE).and_then(|given| judge(given, &desk, lang)) {
        Ok(request) => show(&desk, request),
        Err(what) => page::refused(&desk, lang, what),
    }
}

fn show(desk: &Desk, request: Request) -> Response {
    let (now, lang) = (desk.config.clock.now(), request.lang);
    let Some(ticket) = random::handle(desk.config.entropy.as_ref()) else {
        return page::refused(desk, lang, words::NO_CHANCE);
    };
    if desk.memory.pages.put(ticket.clone(), request.clone(), now, PAGE_LIFE) {
        page::picker(desk, lang, &ticket, &request.reference_text)
    } else {
        page::refused(desk, lang, words::TOO_MANY)
    }
}

/// Every parameter once (RFC 6749 section 3.1).
fn once(query: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if parameters.insert(name, value).is_some() {
            return None;
        }
    }
    Some(parameters)
}

fn judge(given: &BTreeMap<String, String>, desk: &Desk, reader: Lang) -> Result<Request, Say> {
    let get = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
    let scopes: Vec<String> = get("scope").split_whitespace().map(str::to_owned).collect();
    let demands = [
        (get("client_id") == desk.config.client_id, words::CLIENT),
        (get("redirect_uri") == desk.config.redirect_uri, words::REDIRECT),
        (get("response_type") == "code", words::RESPONSE_TYPE),
        (scopes.iter().any(|scope| scope == "openid"), words::OPENID),
        (scopes.iter().all(|scope| SCOPES.contains(&scope.as_str())), words::SCOPE),
        (get("code_challenge_method") == "S256", words::METHOD),
        (get("code_challenge").len() == 43, words::CHALLENGE),
        (get("prompt") == "login", words::PROMPT),
        (get("idp_values").split_whitespace().eq(["mitid"]), words::IDP_VALUES),
        (!get("nonce").is_empty(), words::NONCE),
        (!get("state").is_empty(), words::STATE),
    ];
    if let Some((_, what)) = demands.into_iter().find(|(holds, _)| !holds) {
        return Err(what);
    }
    Ok(Request {
        state: get("state").to_owned(),
        nonce: get("nonce").to_owned(),
        challenge: get("code_challenge").to_owned(),
        reference_text: reference_text(get("idp_params"))?,
        // What the client asks for, as at the real broker; else the browser's own wish.
        lang: Lang::from_code(get("language")).unwrap_or(reader),
        scopes,
    })
}

/// What MitID would show, from `idp_params`; the level asked for must be Substantial.
fn reference_text(idp_params: &str) -> Result<String, Say> {
    let params: Value = serde_json::from_str(idp_params).map_err(|_| words::IDP_PARAMS)?;
    let mitid = params.get("mitid").ok_or(words::NO_MITID)?;
    if mitid.get("loa_value").and_then(Value::as_str) != Some("substantial") {
        return Err(words::LEVEL);
    }
    let Some(text) = mitid.get("reference_text").and_then(Value::as_str) else { return Ok(String::new()) };
    let bytes = STANDARD.decode(text).map_err(|_| words::TEXT_BASE64)?;
    let text = String::from_utf8(bytes).map_err(|_| words::TEXT)?;
    if text.chars().count() > 130 { Err(words::TEXT_LONG) } else { Ok(text) }
}
