//! Its pages: calm, without script, in the manner of the house and under a name of their own.

use super::answer::SignedIn;
use super::cookies::{VISIT, language};
use super::{Counter, words};
use crate::html::answered;
use crate::lang::{cookie, lang};
use axum::extract::{RawQuery, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use text::format::moment;
use text::html::escaped;
use text::{Lang, Say};

const STYLE: &str = include_str!("page.css");

/// The front page: what was learned, or the way in. `?sprog=en` changes the language and keeps it.
pub(super) async fn front(
    State(counter): State<Arc<Counter>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let chosen = query.as_deref().and_then(|query| query.strip_prefix("sprog=")).and_then(Lang::from_code);
    if let Some(chosen) = chosen {
        return ([(SET_COOKIE, language(chosen))], Redirect::to(&counter.path())).into_response();
    }
    let lang = lang(&headers);
    let visit = cookie(&headers, VISIT);
    match visit.and_then(|visit| counter.signed_in.look(&visit, counter.clock.now())) {
        Some(signed_in) => inside(&counter, lang, &signed_in),
        None => outside(&counter, lang),
    }
}

fn outside(counter: &Counter, lang: Lang) -> Response {
    let content = format!(
        r#"<h1>{}</h1><p class="lead">{}</p>{}"#,
        words::WELCOME.get(lang),
        words::WELCOME_LEAD.get(lang),
        way_in(counter, lang, words::SIGN_IN, ""),
    );
    shown(counter, lang, StatusCode::OK, words::WELCOME, &content)
}

fn inside(counter: &Counter, lang: Lang, signed_in: &SignedIn) -> Response {
    let level = match signed_in.level.as_deref() {
        Some("Substantial") => words::SUBSTANTIAL.get(lang),
        Some(other) => other,
        None => words::NO_LEVEL.get(lang),
    };
    let rows = [
        row(lang, words::LEVEL, level, None),
        row(lang, words::CVR, &signed_in.cvr, None),
        row(lang, words::ORGANISATION, &signed_in.organisation, None),
        row(lang, words::NAME_ID, &signed_in.name_id, Some(words::NAME_ID_HINT)),
        row(lang, words::SINCE, &moment(signed_in.authenticated_at, lang), None),
        row(lang, words::UNTIL, &moment(signed_in.ends_at, lang), None),
    ];
    let content = format!(
        r#"<h1>{}</h1><p class="lead">{}</p><dl>{}</dl>{}<p class="hint">{}</p>"#,
        words::IN.get(lang),
        words::IN_LEAD.get(lang),
        rows.concat(),
        way_in(counter, lang, words::AGAIN, "ja"),
        words::AGAIN_HINT.get(lang),
    );
    shown(counter, lang, StatusCode::OK, words::IN, &content)
}

fn row(lang: Lang, term: Say, value: &str, hint: Option<Say>) -> String {
    let hint =
        hint.map(|hint| format!(r#"<span class="hint">{}</span>"#, hint.get(lang))).unwrap_or_default();
    format!("<div><dt>{}</dt><dd>{}{hint}</dd></div>", term.get(lang), escaped(value))
}

/// The page's one button.
fn way_in(counter: &Counter, lang: Lang, label: Say, again: &str) -> String {
    format!(
        r#"<form method="post" action="{}/log-ind"><input type="hidden" name="igen" value="{again}"><button type="submit">{}</button></form>"#,
        escaped(&counter.path()),
        label.get(lang),
    )
}

/// Why nobody was let in, and the way to try again.
pub(super) fn refused(counter: &Counter, lang: Lang, why: Say) -> Response {
    let content = format!(
        "<h1>{}</h1><p>{}</p>{}",
        words::REFUSED.get(lang),
        why.get(lang),
        way_in(counter, lang, words::RETRY, ""),
    );
    shown(counter, lang, StatusCode::BAD_REQUEST, words::REFUSED, &content)
}

fn shown(counter: &Counter, lang: Lang, status: StatusCode, title: Say, content: &str) -> Response {
    let (title, name, band) = (title.get(lang), words::NAME.get(lang), words::BAND.get(lang));
    let (other, path) = (lang.other(), escaped(&counter.path()));
    let html = format!(
        r#"<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{title} – {name}</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>{STYLE}</style></head><body><header><p class="band">{band}</p><div class="bar"><a class="name" href="{path}">{name}</a><a href="{path}?sprog={code}" lang="{code}" hreflang="{code}" rel="nofollow">{}</a></div></header><main>{content}</main></body></html>"#,
        lang.html_lang(),
        other.own_name(),
        code = other.code(),
    );
    answered(status, html, STYLE, "")
}
