//! The choice made on the page.

use crate::lang::lang;
use crate::memory::{CODE_LIFE, Grant, Request};
use crate::outcome::Outcome;
use crate::{Desk, page, random, words};
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;
use text::Lang;
use url::Url;

#[derive(Deserialize)]
pub(crate) struct Choice {
    ticket: String,
    person: usize,
    #[serde(default)]
    outcome: String,
}

/// Sends the browser back with a code or a refusal, or keeps it.
pub(crate) async fn choose(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    choice: Result<Form<Choice>, FormRejection>,
) -> Response {
    let lang = lang(&headers);
    let Ok(Form(choice)) = choice else { return page::refused(&desk, lang, words::CHOICE) };
    let outcome =
        if choice.outcome.is_empty() { Some(Outcome::Proved) } else { Outcome::from_word(&choice.outcome) };
    let (Some(outcome), true) = (outcome, choice.person < desk.config.people.len()) else {
        return page::refused(&desk, lang, words::NO_CHOICE);
    };
    let Some(request) = desk.memory.pages.take(&choice.ticket, desk.config.clock.now()) else {
        return page::refused(&desk, lang, words::SPENT);
    };
    if outcome == Outcome::NeverReturns {
        return page::kept(&desk, request.lang);
    }
    match outcome.refusal() {
        Some((error, code)) => sent_back(&desk, &request, error, code),
        None => granted(&desk, request, choice.person, outcome),
    }
}

/// Without `iss`, as recorded.
fn sent_back(desk: &Desk, request: &Request, error: &str, code: &str) -> Response {
    back(desk, request.lang, &[("error", error), ("error_description", code), ("state", &request.state)])
}

fn granted(desk: &Desk, request: Request, person: usize, outcome: Outcome) -> Response {
    let (now, entropy) = (desk.config.clock.now(), desk.config.entropy.as_ref());
    let (Some(code), Some(transaction)) = (random::handle(entropy), random::handle(entropy)) else {
        return page::refused(desk, request.lang, words::NO_CHANCE);
    };
    let (state, lang) = (request.state.clone(), request.lang);
    let grant = Grant { request, person, outcome, at: now, transaction };
    if desk.memory.codes.put(code.clone(), grant, now, CODE_LIFE) {
        back(desk, lang, &[("code", &code), ("state", &state), ("iss", &desk.config.issuer)])
    } else {
        page::refused(desk, lang, words::TOO_MANY)
    }
}

fn back(desk: &Desk, lang: Lang, parameters: &[(&str, &str)]) -> Response {
    match Url::parse_with_params(&desk.config.redirect_uri, parameters) {
        Ok(address) => Redirect::to(address.as_str()).into_response(),
        Err(_) => page::refused(desk, lang, words::BAD_REDIRECT),
    }
}
