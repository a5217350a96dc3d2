//! Her own data as a file: JSON for machines, and a page to read. Made at once, kept nowhere.

use crate::ceremony::sent;
use crate::visit::Visit;
use app::OwnFile;
use app::desk::Desk as _;
use axum::extract::Path;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Router, routing::get};
use text::browser;
use text::pages::account;

use crate::edge::Edge;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/konto/data/{flow}/json", get(json).head(only_get))
        .route("/konto/data/{flow}/side", get(page).head(only_get))
        .route("/konto/aktivitet.csv", get(activity).head(only_get))
}

/// A file that is made as it is taken, or whose taking is written down, has nothing to say about itself beforehand.
pub(crate) async fn only_get() -> impl IntoResponse {
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")])
}

async fn json(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    let data = match visit.desk.own_data(&flow).await {
        Ok(data) => data,
        Err(answer) => return sent(&visit, *answer).await,
    };
    match serde_json::to_vec_pretty(&data) {
        Ok(body) => file("application/json", "mine-oplysninger.json", body),
        Err(_) => start_over(),
    }
}

async fn page(Extension(visit): Extension<Visit>, Path(flow): Path<String>) -> Response {
    let data = match visit.desk.own_data(&flow).await {
        Ok(data) => data,
        Err(answer) => return sent(&visit, *answer).await,
    };
    let lang = visit.desk.asking().lang;
    let name = format!("{} {}", data.person.given_name, data.person.family_name);
    let Ok(data) = serde_json::to_value(&data) else { return start_over() };
    let house = visit.desk.house();
    let about = OwnFile {
        name: &name,
        municipality: &house.municipality,
        phone: &house.phone,
        mail: &house.mail,
        kept: visit.desk.kept_for(),
    };
    let body = app::own_file(&about, &data, lang);
    file("text/html; charset=utf-8", "mine-oplysninger.html", body.into_bytes())
}

/// All of her activity as a table, in the words of her page; a session is enough for both.
async fn activity(Extension(visit): Extension<Visit>) -> Response {
    let Ok(rows) = visit.desk.activity_table().await else {
        return Redirect::to("/log-ind").into_response();
    };
    let lang = visit.desk.asking().lang;
    // The mark by which spreadsheets know UTF-8.
    let mut table = format!("\u{feff}{}\r\n", account::CSV_HEAD.get(lang));
    for row in rows {
        let what = app::event_name(row.kind).map_or("", |say| say.get(lang));
        let browser = browser::name(&row.agent, lang).unwrap_or_default();
        let who = app::doer_name(row.by).get(lang);
        let (what, who) = (what.to_owned(), who.to_owned());
        let cells = [row.at.to_string(), what, who, row.service, browser, row.address, row.reference];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_keeps_its_quotes() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a \"b\"; c"), "\"a \"\"b\"\"; c\"");
    }
}
