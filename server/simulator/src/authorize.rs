//! The authorization endpoint: judges the request, then shows whom one can be.

use crate::memory::{PAGE_LIFE, Request};
use crate::{Desk, page, random};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use url::form_urlencoded;

/// Scopes of the one client.
const SCOPES: [&str; 4] = ["openid", "mitid", "ssn", "ssn.details_name"];

/// Shows the page, or the broker's own error page: then the client never hears of it, as at the real broker.
pub(crate) async fn authorize(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Response {
    let parameters = once(&query.unwrap_or_default());
    match parameters.as_ref().ok_or("en parameter er der to gange").and_then(|given| judge(given, &desk)) {
        Ok(request) => show(&desk, request),
        Err(what) => page::refused(&desk, what),
    }
}

fn show(desk: &Desk, request: Request) -> Response {
    let now = desk.config.clock.now();
    let Some(ticket) = random::handle(desk.config.entropy.as_ref()) else {
        return page::refused(desk, "der mangler tilfældige tal");
    };
    if desk.memory.pages.put(ticket.clone(), request.clone(), now, PAGE_LIFE) {
        page::picker(desk, &ticket, &request.reference_text)
    } else {
        page::refused(desk, "der er for mange på vej")
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

fn judge(given: &BTreeMap<String, String>, desk: &Desk) -> Result<Request, &'static str> {
    let get = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
    let scopes: Vec<String> = get("scope").split_whitespace().map(str::to_owned).collect();
    let demands = [
        (get("client_id") == desk.config.client_id, "client_id er ukendt"),
        (get("redirect_uri") == desk.config.redirect_uri, "redirect_uri er ikke den aftalte"),
        (get("response_type") == "code", "response_type skal være code"),
        (scopes.iter().any(|scope| scope == "openid"), "scope skal have openid"),
        (scopes.iter().all(|scope| SCOPES.contains(&scope.as_str())), "et scope er ikke tilladt"),
        (get("code_challenge_method") == "S256", "code_challenge_method skal være S256"),
        (get("code_challenge").len() == 43, "code_challenge skal være 43 tegn"),
        (get("prompt") == "login", "prompt skal være login"),
        (get("idp_values").split_whitespace().eq(["mitid"]), "idp_values skal være mitid"),
        (!get("nonce").is_empty(), "nonce mangler"),
        (!get("state").is_empty(), "state mangler"),
    ];
    if let Some((_, what)) = demands.into_iter().find(|(holds, _)| !holds) {
        return Err(what);
    }
    Ok(Request {
        state: get("state").to_owned(),
        nonce: get("nonce").to_owned(),
        challenge: get("code_challenge").to_owned(),
        reference_text: reference_text(get("idp_params"))?,
        scopes,
    })
}

/// What MitID would show, from `idp_params`; the level asked for must be Substantial.
fn reference_text(idp_params: &str) -> Result<String, &'static str> {
    let params: Value = serde_json::from_str(idp_params).map_err(|_| "idp_params er ikke JSON")?;
    let mitid = params.get("mitid").ok_or("idp_params mangler mitid")?;
    if mitid.get("loa_value").and_then(Value::as_str) != Some("substantial") {
        return Err("loa_value skal være substantial");
    }
    let Some(text) = mitid.get("reference_text").and_then(Value::as_str) else { return Ok(String::new()) };
    let bytes = STANDARD.decode(text).map_err(|_| "reference_text er ikke base64")?;
    let text = String::from_utf8(bytes).map_err(|_| "reference_text er ikke tekst")?;
    if text.chars().count() > 130 { Err("reference_text er over 130 tegn") } else { Ok(text) }
}
