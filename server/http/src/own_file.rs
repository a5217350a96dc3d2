//! Her own data as a file: JSON for machines, and a page to read. Made at once, kept nowhere.

use crate::visit::Visit;
use app::desk::{ActivityPart, Desk as _};
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Router, routing::get};
use core::fmt::Write as _;
use domain::Timestamp;
use domain::audit::EventKind;
use serde_json::Value;
use text::pages::{account, data as words, trail};
use text::{Lang, browser, format};
use usecases::own_data::OwnData;

use crate::edge::Edge;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/konto/data/{flow}/json", get(json))
        .route("/konto/data/{flow}/side", get(page))
        .route("/konto/aktivitet.csv", get(activity))
}

async fn json(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    let Some(data) = visit.desk.own_data(&flow).await else { return start_over() };
    match serde_json::to_vec_pretty(&data) {
        Ok(body) => file("application/json", "mine-oplysninger.json", body),
        Err(_) => start_over(),
    }
}

async fn page(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    let Some(data) = visit.desk.own_data(&flow).await else { return start_over() };
    let lang = visit.desk.asking().lang;
    match readable(&data, &visit.desk.house().municipality, lang) {
        Some(body) => file("text/html; charset=utf-8", "mine-oplysninger.html", body.into_bytes()),
        None => start_over(),
    }
}

/// Her activity as a table, as her page tells it; a session is enough for both.
async fn activity(Extension(visit): Extension<Visit>) -> Response {
    let Ok(seen) = visit.desk.activity(ActivityPart::All).await else {
        return Redirect::to("/log-ind").into_response();
    };
    let lang = visit.desk.asking().lang;
    // The mark by which spreadsheets know UTF-8.
    let mut table = format!("\u{feff}{}\r\n", account::CSV_HEAD.get(lang));
    for row in seen.rows {
        let what = app::event_name(row.kind).map_or("", |say| say.get(lang));
        let browser = browser::name(&row.agent, lang).unwrap_or_default();
        let cells = [row.at.to_string(), what.to_owned(), browser, row.address, row.reference];
        table += &cells.map(|cell| quoted(&cell)).join(";");
        table += "\r\n";
    }
    file("text/csv; charset=utf-8", "min-aktivitet.csv", table.into_bytes())
}

/// One cell: never a formula, whatever stands in it.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

fn start_over() -> Response {
    Redirect::to("/konto/data").into_response()
}

/// Saved, never shown inside the site: what is in it came from outside.
fn file(kind: &'static str, name: &'static str, body: Vec<u8>) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    response
}

/// The same as a whole page, its parts in the order of [`words::PARTS`]; none when it cannot be written.
fn readable(data: &OwnData, municipality: &str, lang: Lang) -> Option<String> {
    let name = format!("{} {}", data.person.given_name, data.person.family_name);
    let title = escaped(&words::FILE_TITLE.fill(lang, &[("name", &name)]));
    let from = escaped(&words::FILE_FROM.fill(lang, &[("municipality", municipality)]));
    let Value::Object(parts) = serde_json::to_value(data).ok()? else { return None };
    let mut sections = String::new();
    for (key, label) in words::PARTS {
        let Some(part) = parts.get(*key) else { continue };
        write!(sections, "<h2>{}</h2>\n{}\n", escaped(label.get(lang)), shown(key, part, lang)).ok()?;
    }
    Some(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font-family:sans-serif;line-height:1.5;max-width:48em;margin:2em auto;padding:0 1em}}\
         dl{{margin:0 0 1em;padding-left:1em;border-left:3px solid #ccc}}dt{{font-weight:bold}}dd{{margin:0 0 .25em;overflow-wrap:anywhere}}\
         </style></head>\n<body>\n<h1>{title}</h1>\n<p>{from}</p>\n{sections}</body>\n</html>\n",
        lang.code()
    ))
}

fn shown(key: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::Object(parts) => {
            let rows = words::PARTS.iter().filter_map(|(key, label)| {
                let part = parts.get(*key).filter(|part| !part.is_null())?;
                Some(format!("<dt>{}</dt><dd>{}</dd>", escaped(label.get(lang)), shown(key, part, lang)))
            });
            format!("<dl>{}</dl>", rows.collect::<String>())
        }
        Value::Array(parts) if parts.is_empty() => escaped(words::FILE_NOTHING.get(lang)),
        Value::Array(parts) => parts.iter().map(|part| shown(key, part, lang)).collect::<Vec<_>>().join("\n"),
        Value::Null => escaped(words::FILE_NOTHING.get(lang)),
        Value::String(text) if key == "what" => escaped(&happened(text, lang)),
        Value::String(text) => escaped(&said(key, text, lang)),
        other => escaped(&other.to_string()),
    }
}

/// A word of the trail as people call it, a moment as they read it; else what stands there.
fn said(key: &str, text: &str, lang: Lang) -> String {
    let word = trail::said(key, text).map(|say| say.get(lang).to_owned());
    word.or_else(|| moment(text, lang)).unwrap_or_else(|| text.to_owned())
}

/// As the activity page calls it, where people recognise it; else the word of the trail.
fn happened(word: &str, lang: Lang) -> String {
    let known = EventKind::from_word(word).and_then(app::event_name);
    known.map_or_else(|| word.to_owned(), |say| say.get(lang).to_owned())
}

fn moment(text: &str, lang: Lang) -> Option<String> {
    let at: Timestamp = text.contains('T').then(|| text.parse().ok())??;
    Some(format::moment_with_zone(at, lang))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_keeps_its_quotes() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a \"b\"; c"), "\"a \"\"b\"\"; c\"");
    }

    #[test]
    fn what_came_from_outside_stays_text() {
        assert_eq!(shown("browser", &Value::String("<script>&".into()), Lang::Da), "&lt;script&gt;&amp;");
        assert_eq!(shown("what", &Value::String("sign-in.done".into()), Lang::En), "You signed in");
        assert_eq!(shown("holds", &Value::Array(vec![]), Lang::Da), "Intet");
        assert_eq!(shown("by", &Value::String("the system".into()), Lang::Da), "systemet");
        assert_eq!(shown("name", &Value::String("app".into()), Lang::Da), "app", "as she called it");
        let at = shown("at", &Value::String("2026-11-02T08:00:00Z".into()), Lang::Da);
        assert!(at.contains("kl. 9.00") || at.contains("kl. 09.00"), "{at}");
    }
}
