//! Addresses that machines and brokers know: SAML, MitID's way back, health.

use crate::carrier::carry;
use crate::desk::{handed_over, refused_as};
use crate::edge::Edge;
use crate::problem::{self, mark};
use crate::ready::ready;
use crate::visit::{self, Visit};
use app::desk::{BrokenKind, Desk as _, Destination};
use axum::body::to_bytes;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json, Router, routing::get, routing::post};
use domain::ids::{FlowId, PostedId};
use std::collections::BTreeMap;
use std::sync::Arc;
use text::html::escaped;
use text::pages::{common, problems};
use url::form_urlencoded;
use usecases::keep_posted::keep_posted;
use usecases::ports::saml::{Inbound, Keys, Outgoing, Variant};
use usecases::receive_posted::receive_posted;
use usecases::receive_request::{Received, RequestRefused, receive_request};
use usecases::{Cx, Source};

/// Where services send browsers that ask.
pub(crate) const SSO: &str = "/saml/sso";
/// How a browser asks there for the message that a form left for it; its name follows, or what became of it.
const POSTED: &str = "besked=";
/// It was refused where it came.
const REFUSED: &str = "afvist";
/// The same message came before.
const USED: &str = "brugt";
/// A signed message in a form, and what goes with it.
const LARGEST_FORM: usize = 64 * 1024;
/// Where brokers send browsers back; the profile's id follows.
const WAY_BACK: &str = "/mitid/tilbage";

/// The one address a broker profile sends browsers back to (security decision 3).
pub fn way_back(public_url: &str, profile: &str) -> String {
    format!("{public_url}{WAY_BACK}/{profile}")
}

/// Every parameter once (RFC 6749 section 3.1): given twice, who checks one and uses the other is fooled.
pub(crate) fn once(query: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if parameters.insert(name, value).is_some() {
            return None;
        }
    }
    Some(parameters)
}

/// The trip a way back from MitID belongs to; none for every other address.
pub(crate) fn trip_back(path: &str, query: Option<&str>) -> Option<FlowId> {
    path.strip_prefix(WAY_BACK)?.strip_prefix('/')?;
    once(query?)?.get("state")?.parse().ok()
}

/// Routes that need to know the browser.
pub(crate) fn with_browser() -> Router<Edge> {
    Router::new().route(SSO, get(sso)).route(&format!("{WAY_BACK}/{{profile}}"), get(back_from_mitid))
}

/// Routes for machines.
pub(crate) fn for_machines() -> Router<Edge> {
    Router::new()
        .route("/saml/metadata", get(metadata))
        .route(SSO, post(posted))
        .route("/sundhed", get(|| async { "ok\n" }))
        .route("/klar", get(ready))
        .merge(crate::health::route())
        .route("/.well-known/change-password", get(|| async { Redirect::to("/konto/adgangskode") }))
        .route("/.well-known/passkey-endpoints", get(passkey_endpoints))
        .route("/block", get(|| async { Redirect::to("/spaer") }))
        .route("/was", get(statement))
}

/// The short address of the accessibility statement, which the law names (lov nr. 692 of 8 June 2018, section 4).
async fn statement(State(edge): State<Edge>) -> Redirect {
    Redirect::to(edge.settings.accessibility_statement.as_deref().unwrap_or("/tilgaengelighed"))
}

/// Where password managers lead whoever adds a passkey or looks after hers (W3C, passkey endpoints).
async fn passkey_endpoints(State(edge): State<Edge>) -> Response {
    let methods = format!("{}/konto/loginmidler", edge.house.policy.public_url);
    Json(serde_json::json!({ "enroll": methods, "manage": methods })).into_response()
}

/// A service asks by a form of its own site. No cookie comes with that, so what is genuine waits, and the browser is sent
/// to look for it, which brings them (security decision 4).
async fn posted(State(edge): State<Edge>, request: Request) -> Response {
    let source = Source { address: visit::address(&edge, &request), agent: visit::agent(request.headers()) };
    let (head, body) = request.into_parts();
    let Ok(cx) = Cx::new(Arc::clone(&edge.house), source, uuid::Uuid::nil().into()) else {
        return problem::fault(&edge, &head.headers, "");
    };
    let body = to_bytes(body, LARGEST_FORM).await.unwrap_or_default();
    // What may mean two things is not looked at: it is no message.
    let fields = core::str::from_utf8(&body).ok().and_then(once).unwrap_or_default();
    let message = fields.get("SAMLRequest").map(String::as_str).unwrap_or_default();
    let on = match keep_posted(&cx, message, fields.get("RelayState").map(String::as_str)).await {
        Ok(id) => id.to_string(),
        Err(RequestRefused::Fault(fault)) => {
            tracing::error!(reference = %cx.reference(), error = ?fault, "a service's form failed");
            return problem::fault(&edge, &head.headers, &cx.reference());
        }
        Err(refused) => {
            tracing::warn!(reference = %cx.reference(), why = %refused, "a service's form was refused");
            let used = matches!(refused, RequestRefused::Replayed);
            (if used { USED } else { REFUSED }).to_owned()
        }
    };
    Redirect::to(&format!("{SSO}?{POSTED}{on}")).into_response()
}

/// A service asks (`SAMLRequest` by redirect). The signature covers the query byte by byte, so it is read raw. Or the
/// browser comes for the message that a form left for it.
async fn sso(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let desk = &visit.desk;
    let query = request.uri().query().unwrap_or_default();
    let received = match query.strip_prefix(POSTED).map(|word| (word, word.parse::<PostedId>())) {
        None => receive_request(desk.cx(), desk.here(), Inbound::Redirect(query)).await,
        Some((_, Ok(id))) => receive_posted(desk.cx(), desk.here(), id).await,
        Some((word, Err(_))) => {
            let kind = if word == USED { BrokenKind::Stale } else { BrokenKind::UnknownService };
            return break_off(&visit, kind, None).await;
        }
    };
    match received {
        Ok(Received::SignIn(flow)) => {
            desk.remember(|_| ()).await;
            Redirect::to(&format!("/log-ind/{flow}")).into_response()
        }
        Ok(Received::Answered(outgoing)) => {
            desk.stay().await;
            carry(&visit, Ok(handed_over(outgoing)), request).await
        }
        Ok(Received::Step(flow)) => match desk.on_to(flow).await {
            Ok(path) => Redirect::to(&path).into_response(),
            Err(fault) => broken(&visit, RequestRefused::Fault(fault)).await,
        },
        Ok(Received::Missing { missing, service }) => {
            break_off(&visit, refused_as(missing), Some(service)).await
        }
        Ok(Received::Refuse(outgoing)) => refusal(&visit, &outgoing),
        Err(refused) => broken(&visit, refused).await,
    }
}

/// Never an address nobody verified: the refusal is shown here, with a reference.
async fn broken(visit: &Visit, refused: RequestRefused) -> Response {
    let reference = &visit.desk.asking().reference;
    tracing::warn!(%reference, why = %refused, "a service's request was refused");
    let (kind, service) = match refused {
        RequestRefused::Unknown | RequestRefused::NotTaken(_) => (BrokenKind::UnknownService, None),
        RequestRefused::Replayed => (BrokenKind::Stale, None),
        RequestRefused::Pilot { service } => (BrokenKind::Pilot, Some(service)),
        RequestRefused::Fault(_) => (BrokenKind::Fault, None),
    };
    break_off(visit, kind, service).await
}

pub(crate) async fn break_off(visit: &Visit, kind: BrokenKind, service: Option<String>) -> Response {
    match visit.desk.break_off(kind, service).await.go {
        Destination::Here(path) => Redirect::to(&path).into_response(),
        Destination::Broker(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A refusal in SAML's words.
fn refusal(visit: &Visit, outgoing: &Outgoing) -> Response {
    let response = ("SAMLResponse", outgoing.response.as_str());
    let relay_state = outgoing.relay_state.as_deref().map(|state| ("RelayState", state));
    let fields: Vec<_> = [response].into_iter().chain(relay_state).collect();
    carried(visit, &outgoing.address, &fields)
}

/// A refusal in the protocol's words, carried by a form of its own: nothing was asked of the person.
pub(crate) fn carried(visit: &Visit, address: &str, fields: &[(&str, &str)]) -> Response {
    let origin = crate::guard::origin_of(address).to_owned();
    let policy = crate::headers::policy(&visit.nonce, &[origin]);
    let lang = visit.desk.asking().lang;
    let field = |(name, value): &(&str, &str)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value))
    };
    let fields = fields.iter().map(field).collect::<Vec<_>>().concat();
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>{}\
         <form id=\"svar\" method=\"post\" action=\"{}\">{fields}\
         <button type=\"submit\">{}</button></form><script nonce=\"{}\">document.getElementById('svar').submit()</script></body></html>",
        lang.html_lang(),
        problems::BACK_TO_SERVICE.get(lang),
        mark(visit.desk.house(), lang),
        escaped(address),
        common::CONTINUE.get(lang),
        visit.nonce
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (CONTENT_SECURITY_POLICY, policy)], html)
        .into_response()
}

/// MitID's way back, an address for each broker profile.
async fn back_from_mitid(
    Extension(visit): Extension<Visit>,
    Path(profile): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    // What may mean two things is not looked at, so it finds no trip: refused as lost, with its event.
    let callback = once(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let answer = visit.desk.arrive(&profile, &callback).await;
    let Destination::Here(path) = answer.go else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if let Some(flash) = answer.flash {
        visit.desk.keep_flash(&path, flash).await;
    }
    Redirect::to(&path).into_response()
}

/// Ours. `?keys=one` leaves out every key but the one that signs, `?keys=next` every key but the one published to sign next,
/// `?without=post` the requests by a form: some federations take no more. Without such a key there is nothing.
async fn metadata(State(edge): State<Edge>, RawQuery(query): RawQuery) -> Response {
    let wanted = once(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let says = |name: &str, word: &str| wanted.get(name).is_some_and(|said| said == word);
    let keys = match (says("keys", "one"), says("keys", "next")) {
        (true, _) => Keys::One,
        (false, true) => Keys::Next,
        (false, false) => Keys::All,
    };
    match edge.house.saml.metadata(Variant { keys, without_post: says("without", "post") }) {
        Some(metadata) => ([(CONTENT_TYPE, "application/samlmetadata+xml")], metadata).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_given_twice_makes_the_callback_worthless() {
        let good = once("state=s&code=a%20b&iss=https%3A%2F%2Fbroker.test").unwrap();
        assert_eq!(good["code"], "a b");
        for name in ["state", "code", "iss", "error"] {
            assert_eq!(once(&format!("state=s&code=c&iss=i&error=e&{name}=other")), None, "{name}");
        }
        assert_eq!(once("st%61te=a&state=b"), None, "however it is written");
    }

    #[test]
    fn each_profile_has_an_address_of_its_own() {
        assert_eq!(way_back("https://login.test", "neb"), "https://login.test/mitid/tilbage/neb");
    }
}
