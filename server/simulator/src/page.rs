//! Its pages: plain HTML without script, that say what they are.

use crate::Desk;
use crate::html::{answered, escaped};
use crate::outcome::Outcome;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use core::fmt::Write;
use serde::Deserialize;
use std::sync::Arc;

const STYLE: &str = include_str!("page.css");

/// Whom one can be, and what can go wrong.
pub(crate) fn picker(desk: &Desk, ticket: &str, reference_text: &str) -> Response {
    let (action, ticket) = (escaped(&format!("{}/connect/choose", desk.config.path())), escaped(ticket));
    let (mut people, mut options, mut wrong) = (String::new(), String::new(), String::new());
    for (at, person) in desk.config.people.iter().enumerate() {
        let (name, note) = (escaped(&person.name), escaped(&person.note));
        let _ = write!(
            people,
            r#"<li><button class="person" name="person" value="{at}">{name}<span>{note}</span></button></li>"#
        );
        let _ = write!(options, r#"<option value="{at}">{name}</option>"#);
    }
    for (_, word, text) in Outcome::WRONG {
        let _ = write!(wrong, r#"<button name="outcome" value="{word}">{}</button>"#, escaped(text));
    }
    let purpose = if reference_text.is_empty() {
        String::new()
    } else {
        format!("<p>Tjenesten skriver:</p><blockquote>{}</blockquote>", escaped(reference_text))
    };
    let content = format!(
        r#"<h1>Hvem vil du være?</h1>
<p>Her ville du bruge MitID. I demoen vælger du en person, der ikke findes.</p>{purpose}
<form method="post" action="{action}"><input type="hidden" name="ticket" value="{ticket}"><ul>{people}</ul></form>
<h2>Prøv det, der kan gå galt</h2>
<form method="post" action="{action}"><input type="hidden" name="ticket" value="{ticket}">
<label for="person">Som</label> <select id="person" name="person">{options}</select>
<div class="wrong">{wrong}</div></form>"#
    );
    shown(desk, StatusCode::OK, "Vælg en person", &content)
}

/// A request that cannot be answered: the browser stays here and the client never hears of it.
pub(crate) fn refused(desk: &Desk, what: &str) -> Response {
    let content = format!(
        "<h1>Simulatoren kan ikke bruge forespørgslen</h1><p>Grunden er: {}.</p>\
         <p>Gå tilbage til tjenesten, og prøv igen derfra.</p>",
        escaped(what)
    );
    shown(desk, StatusCode::BAD_REQUEST, "Fejl", &content)
}

/// The end of a trip that never returns.
pub(crate) fn kept(desk: &Desk) -> Response {
    let content = "<h1>Her stopper turen</h1><p>Sådan ser det ud, når en broker beholder browseren. \
        Gå selv tilbage til tjenesten, og prøv igen derfra.</p>";
    shown(desk, StatusCode::OK, "Her stopper turen", content)
}

#[derive(Deserialize)]
pub(crate) struct ErrorQuery {
    #[serde(rename = "errorId", default)]
    error_id: String,
}

/// The page a broker shows for an error of its own.
pub(crate) async fn error(State(desk): State<Arc<Desk>>, Query(query): Query<ErrorQuery>) -> Response {
    let id: String = query.error_id.chars().take(64).collect();
    refused(&desk, &format!("fejl {id}"))
}

fn shown(desk: &Desk, status: StatusCode, title: &str, content: &str) -> Response {
    let html = format!(
        r#"<!doctype html><html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{title} – Simulator</title><style>{STYLE}</style></head><body><p class="sign">Simulator til demo. Dette er ikke MitID.</p><main>{content}</main></body></html>"#
    );
    answered(status, html, STYLE, &desk.config.return_origin())
}
