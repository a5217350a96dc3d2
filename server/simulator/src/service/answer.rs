//! The way back: an answer is opened, then believed step by step (SAML profiles 4.1.4.3, OIOSAML 3.0.3).

mod read;

use super::cookies::{TRIP, VISIT, set};
use super::{Counter, page, words};
use crate::lang::{cookie, lang};
use crate::random;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::sync::Arc;
use text::Say;

/// How far clocks may be apart.
const SKEW: SignedDuration = SignedDuration::from_mins(3);

/// What the service learned; nothing else stands in the answer.
#[derive(Clone)]
pub(super) struct SignedIn {
    /// The level of assurance, where one is stated.
    pub(super) level: Option<String>,
    /// The organisation's CVR number.
    pub(super) cvr: String,
    /// The organisation's name.
    pub(super) organisation: String,
    /// The same at every visit, another at every service.
    pub(super) name_id: String,
    /// When she showed her factors.
    pub(super) authenticated_at: Timestamp,
    /// When the visit must end.
    pub(super) ends_at: Timestamp,
}

/// Why an answer is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not a message at all, or not one we can open.
    Unreadable,
    /// Nobody here waits for it: another browser's, another request's, or one that was answered already.
    NotAwaited,
    /// The identity provider refuses.
    SaysNo,
    /// The identity provider did not sign it, or signed something else.
    NotSigned,
    /// Meant for another service or address.
    NotForUs,
    /// Too early or too late.
    NotNow,
}

impl Refused {
    const fn words(self) -> Say {
        match self {
            Self::Unreadable => words::UNREADABLE,
            Self::NotAwaited => words::NOT_AWAITED,
            Self::SaysNo => words::SAYS_NO,
            Self::NotSigned => words::NOT_SIGNED,
            Self::NotForUs => words::NOT_FOR_US,
            Self::NotNow => words::NOT_NOW,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Post {
    #[serde(rename = "SAMLResponse")]
    response: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

/// Takes an answer.
pub(super) async fn receive(
    State(counter): State<Arc<Counter>>,
    headers: HeaderMap,
    post: Result<Form<Post>, FormRejection>,
) -> Response {
    let post = post.map_err(|_| Refused::Unreadable);
    match post.and_then(|Form(post)| believe(&counter, &headers, &post)) {
        Ok(signed_in) => welcome(&counter, &headers, signed_in),
        Err(refused) => page::refused(&counter, lang(&headers), refused.words()),
    }
}

fn believe(counter: &Counter, headers: &HeaderMap, post: &Post) -> Result<SignedIn, Refused> {
    let now = counter.clock.now();
    let bytes = STANDARD.decode(&post.response).map_err(|_| Refused::Unreadable)?;
    let message = String::from_utf8(bytes).map_err(|_| Refused::Unreadable)?;
    let envelope = read::envelope(&message)?;
    // Taken even when the rest is wrong: an answer is heard once.
    let awaited = counter.awaited.take(&envelope.in_response_to, now).ok_or(Refused::NotAwaited)?;
    let same_browser = cookie(headers, TRIP).as_deref() == Some(awaited.browser.as_str());
    if !same_browser || post.relay_state != awaited.relay_state {
        return Err(Refused::NotAwaited);
    }
    if envelope.destination != counter.consumer() {
        return Err(Refused::NotForUs);
    }
    if !envelope.success {
        return Err(Refused::SaysNo);
    }
    let assertion = read::opened(counter, &message)?;
    if !counter.idp.signed(&assertion) {
        return Err(Refused::NotSigned);
    }
    read::assertion(counter, &assertion, &envelope.in_response_to, now)
}

/// Keeps what was learned behind a new cookie, and leads to the page that shows it.
fn welcome(counter: &Counter, headers: &HeaderMap, signed_in: SignedIn) -> Response {
    let now = counter.clock.now();
    let life = signed_in.ends_at.duration_since(now);
    let Some(visit) = random::handle(counter.entropy.as_ref()) else {
        return page::refused(counter, lang(headers), words::NO_REQUEST);
    };
    if !counter.signed_in.put(visit.clone(), signed_in, now, life) {
        return page::refused(counter, lang(headers), words::NO_REQUEST);
    }
    let cookies = [(SET_COOKIE, set(counter, TRIP, "")), (SET_COOKIE, set(counter, VISIT, &visit))];
    (AppendHeaders(cookies), Redirect::to(&counter.path())).into_response()
}
