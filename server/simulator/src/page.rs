//! Its pages: plain HTML without script, that say what they are.

use crate::html::answered;
use crate::lang::lang;
use crate::outcome::Outcome;
use crate::{Desk, words};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use core::fmt::Write;
use serde::Deserialize;
use std::sync::Arc;
use text::html::escaped;
use text::{Lang, Say};

const STYLE: &str = include_str!("page.css");

/// Whom one can be, and what can go wrong.
pub(crate) fn picker(desk: &Desk, lang: Lang, ticket: &str, reference_text: &str) -> Response {
    let (action, ticket) = (escaped(&format!("{}/connect/choose", desk.config.path())), escaped(ticket));
    let (mut people, mut options, mut wrong) = (String::new(), String::new(), String::new());
    for (at, person) in desk.config.people.iter().enumerate() {
        let (name, note) = (escaped(&person.name), escaped(person.note.get(lang)));
        let _ = write!(
            people,
            r#"<li><button class="person" type="submit" name="person" value="{at}">{name}<span>{note}</span></button></li>"#
        );
        let _ = write!(options, r#"<option value="{at}">{name}</option>"#);
    }
    for (_, word, text) in Outcome::WRONG {
        let _ = write!(
            wrong,
            r#"<button type="submit" name="outcome" value="{word}">{}</button>"#,
            text.get(lang)
        );
    }
    let purpose = if reference_text.is_empty() {
        String::new()
    } else {
        format!("<p>{}</p><blockquote>{}</blockquote>", words::PURPOSE.get(lang), escaped(reference_text))
    };
    let content = format!(
        r#"<h1>{}</h1>
<p>{}</p>{purpose}
<form method="post" action="{action}"><input type="hidden" name="ticket" value="{ticket}"><ul>{people}</ul></form>
<h2>{}</h2>
<form method="post" action="{action}"><input type="hidden" name="ticket" value="{ticket}">
<label for="person">{}</label> <select id="person" name="person">{options}</select>
<div class="wrong">{wrong}</div></form>"#,
        words::WHO.get(lang),
        words::WHO_LEAD.get(lang),
        words::TRY_WRONG.get(lang),
        words::AS.get(lang),
    );
    shown(desk, lang, StatusCode::OK, words::WHO_TITLE, &content)
}

/// A request that cannot be answered: the browser stays here and the client never hears of it.
pub(crate) fn refused(desk: &Desk, lang: Lang, what: Say) -> Response {
    refused_because(desk, lang, what.get(lang))
}

fn refused_because(desk: &Desk, lang: Lang, why: &str) -> Response {
    let content = format!(
        "<h1>{}</h1><p>{}</p><p>{}</p>",
        words::ERROR.get(lang),
        escaped(&words::REASON.fill(lang, &[("why", why)])),
        words::GO_BACK.get(lang),
    );
    shown(desk, lang, StatusCode::BAD_REQUEST, words::ERROR_TITLE, &content)
}

/// The end of a trip that never returns.
pub(crate) fn kept(desk: &Desk, lang: Lang) -> Response {
    let content = format!("<h1>{}</h1><p>{}</p>", words::KEPT.get(lang), words::KEPT_LEAD.get(lang));
    shown(desk, lang, StatusCode::OK, words::KEPT, &content)
}

#[derive(Deserialize)]
pub(crate) struct ErrorQuery {
    #[serde(rename = "errorId", default)]
    error_id: String,
}

/// The page a broker shows for an error of its own.
pub(crate) async fn error(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Query(query): Query<ErrorQuery>,
) -> Response {
    let (id, lang): (String, Lang) = (query.error_id.chars().take(64).collect(), lang(&headers));
    refused_because(&desk, lang, &words::NUMBERED.fill(lang, &[("id", &id)]))
}

fn shown(desk: &Desk, lang: Lang, status: StatusCode, title: Say, content: &str) -> Response {
    let (title, sign) = (title.get(lang), words::SIGN.get(lang));
    let html = format!(
        r#"<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{title} – Simulator</title><style>{STYLE}</style></head><body><header><p class="sign">{sign}</p></header><main>{content}</main></body></html>"#,
        lang.html_lang()
    );
    answered(status, html, STYLE, &desk.config.return_origin())
}
