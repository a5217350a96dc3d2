//! Addresses that applications know: OpenID Connect. What browsers do is here; what applications do by themselves is in
//! [`back`].

mod back;
mod certificate;

use crate::carrier::carry;
use crate::desk::{refused_as, replied};
use crate::edge::Edge;
use crate::paths;
use crate::protocols::{break_off, carried, once};
use crate::visit::{LANGUAGE, Visit, cookie};
use app::desk::{BrokenKind, Desk as _, Flash, Kept};
use axum::extract::{OriginalUri, Request};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::ids::FlowId;
use domain::oidc::request::Mode;
use text::Lang;
use url::{Url, form_urlencoded};
use usecases::leave::{Left, leave};
use usecases::ports::oidc::Reply;
use usecases::prove_client::NotServed;
use usecases::receive_authorize::{Begun, NotBegun, receive_authorize};

/// Where applications send browsers that ask.
pub(crate) const AUTHORIZE: &str = "/oidc/authorize";
/// Where they send browsers that log out.
const LOGOUT: &str = "/oidc/logout";

/// Routes that need to know the browser.
pub(crate) fn with_browser() -> Router<Edge> {
    Router::new().route(AUTHORIZE, get(authorize)).route(LOGOUT, get(log_out))
}

/// Routes for applications, and for forms of other sites: these know no browser, for none sends its cookies along.
pub(crate) fn for_machines() -> Router<Edge> {
    Router::new().route(AUTHORIZE, post(look)).route(LOGOUT, post(look)).merge(back::routes())
}

/// A form of another site is asked again as a look, which brings the cookies; what stands in it may stand in an address.
async fn look(OriginalUri(uri): OriginalUri, body: String) -> Response {
    // Read and written anew: what is not a form of names given once says nothing.
    let parameters = once(&body).unwrap_or_default();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    Redirect::to(&format!("{}?{query}", uri.path())).into_response()
}

/// An application asks for a sign-in.
async fn authorize(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let desk = &visit.desk;
    // What may mean two things is not looked at, so it names no client: refused here, with its event.
    let parameters = once(request.uri().query().unwrap_or_default()).unwrap_or_default();
    match receive_authorize(desk.cx(), desk.here(), &parameters).await {
        Ok(Begun::SignIn { flow, login_hint, languages }) => {
            desk.remember(|_| ()).await;
            let path = format!("/log-ind/{flow}");
            if let Some(user_name) = login_hint {
                let kept = Kept { user_name, ..Kept::default() };
                desk.keep_flash(&path, Flash { kept, ..Flash::default() }).await;
            }
            Redirect::to(&spoken(&path, &languages, request.headers())).into_response()
        }
        Ok(Begun::Answered(reply)) => answered(&visit, reply, request).await,
        Ok(Begun::Step(flow)) => step(&visit, flow).await,
        Ok(Begun::Missing { missing, service }) => {
            break_off(&visit, refused_as(missing), Some(service)).await
        }
        Err(NotBegun::Refused(refusal)) => {
            let reference = &desk.asking().reference;
            tracing::warn!(%reference, why = refusal.why, "an application's request was refused");
            let stale = refusal.why == "request-uri";
            break_off(&visit, if stale { BrokenKind::Stale } else { BrokenKind::UnknownService }, None).await
        }
        Err(NotBegun::Fault(fault)) => broken(&visit, &fault).await,
    }
}

/// The answer at once: no form came before it, so a redirect is held against nothing.
async fn answered(visit: &Visit, reply: Reply, request: Request) -> Response {
    visit.desk.stay().await;
    match reply.to.mode {
        Mode::Query => (StatusCode::SEE_OTHER, [(LOCATION, address(&reply))]).into_response(),
        Mode::FormPost if reply.fields.iter().any(|(name, _)| *name == "error") => {
            let fields: Vec<_> = reply.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            carried(visit, &reply.to.redirect_uri, &fields)
        }
        Mode::FormPost => carry(visit, Ok(replied(reply)), request).await,
    }
}

async fn step(visit: &Visit, flow: FlowId) -> Response {
    match visit.desk.on_to(flow).await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(fault) => broken(visit, &fault).await,
    }
}

async fn broken(visit: &Visit, fault: &usecases::Fault) -> Response {
    let reference = &visit.desk.asking().reference;
    tracing::error!(%reference, error = ?fault, "an application's request failed");
    break_off(visit, BrokenKind::Fault, None).await
}

/// In the language the application would like, where she has not chosen one herself.
fn spoken(path: &str, languages: &[String], headers: &HeaderMap) -> String {
    let known =
        |tag: &String| Lang::from_code(&tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
    match languages.iter().find_map(known) {
        Some(lang) if cookie(headers, LANGUAGE).is_none() => format!("{path}?sprog={}", lang.code()),
        _ => path.to_owned(),
    }
}

/// An application's address with the answer in its query; what stands there already stays.
pub(crate) fn address(reply: &Reply) -> String {
    let Ok(mut address) = Url::parse(&reply.to.redirect_uri) else { return reply.to.redirect_uri.clone() };
    address.query_pairs_mut().extend_pairs(&reply.fields);
    address.into()
}

/// An application's address with what it wants back.
pub(crate) fn with_state(address: &str, state: Option<&str>) -> String {
    match (Url::parse(address), state) {
        (Ok(mut url), Some(state)) => {
            url.query_pairs_mut().append_pair("state", state);
            url.into()
        }
        (Ok(url), None) => url.into(),
        (Err(_), _) => address.to_owned(),
    }
}

/// An application sends a browser to log out.
async fn log_out(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let desk = &visit.desk;
    let Some(parameters) = once(request.uri().query().unwrap_or_default()) else {
        return Redirect::to("/log-af").into_response();
    };
    let here = desk.here();
    match leave(desk.cx(), here.as_ref(), &parameters).await {
        Ok(Left::Out { to }) => {
            // With nobody to ask she is out here all the same.
            if here.is_some() {
                desk.left_by(None).await;
            }
            let to = to.map_or_else(
                || paths::LEFT.to_owned(),
                |(address, state)| with_state(&address, state.as_deref()),
            );
            (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
        }
        Ok(Left::Walk(way)) => Redirect::to(&desk.left_by(Some(way)).await).into_response(),
        Ok(Left::Ask) => Redirect::to("/log-af").into_response(),
        Err(NotServed::Refused(_)) => break_off(&visit, BrokenKind::UnknownService, None).await,
        Err(NotServed::Fault(fault)) => broken(&visit, &fault).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::oidc::request::AnswerTo;

    #[test]
    fn an_answer_is_added_to_what_stands_there_and_can_be_nothing_else() {
        let reply = |redirect_uri: &str| Reply {
            service: "App".into(),
            to: AnswerTo { redirect_uri: redirect_uri.into(), mode: Mode::Query, state: None },
            fields: vec![
                ("code", "a&b=c".into()),
                ("state", "<\"'#".into()),
                ("iss", "https://login.test".into()),
            ],
        };
        let fields = "code=a%26b%3Dc&state=%3C%22%27%23&iss=https%3A%2F%2Flogin.test";
        assert_eq!(address(&reply("https://app.test/back")), format!("https://app.test/back?{fields}"));
        assert_eq!(
            address(&reply("https://app.test/back?x=1")),
            format!("https://app.test/back?x=1&{fields}")
        );
    }

    #[test]
    fn her_own_choice_of_language_stands() {
        let wished = ["fr".to_owned(), "en-GB".to_owned()];
        assert_eq!(spoken("/log-ind/1", &wished, &HeaderMap::new()), "/log-ind/1?sprog=en");
        let mut headers = HeaderMap::new();
        headers.insert("cookie", "sprog=da".parse().unwrap());
        assert_eq!(spoken("/log-ind/1", &wished, &headers), "/log-ind/1");
        assert_eq!(spoken("/log-ind/1", &["fr".to_owned()], &HeaderMap::new()), "/log-ind/1");
    }
}
