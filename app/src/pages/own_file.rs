//! Her own data as a page to keep (page 41): one file that needs nothing beside it, neither this house nor a script.

use crate::pages::event_name;
use domain::Timestamp;
use domain::audit::EventKind;
use leptos::prelude::*;
use serde_json::{Map, Value};
use text::pages::{data as words, trail};
use text::{Lang, format};

/// No address in it: nothing is fetched when it is opened, wherever it is kept.
const STYLE: &str = "body{font-family:sans-serif;line-height:1.5;max-width:48em;margin:2em auto;padding:0 1em}\
    dl{margin:0 0 1em;padding-left:1em;border-left:3px solid #ccc}dt{font-weight:bold}\
    dd{margin:0 0 .25em;overflow-wrap:anywhere}";

/// The page. `data` is what the JSON file holds, so that both tell the same; its parts stand in the order of
/// [`words::PARTS`], and one that is not named there is not shown.
pub fn own_file(name: &str, municipality: &str, data: &Value, lang: Lang) -> String {
    let title = words::FILE_TITLE.fill(lang, &[("name", name)]);
    let from = words::FILE_FROM.fill(lang, &[("municipality", municipality)]);
    let nothing = Map::new();
    let parts = data.as_object().unwrap_or(&nothing);
    let sections = words::PARTS.iter().filter_map(|(key, label)| {
        let part = parts.get(*key)?;
        Some(view! { <h2>{label.get(lang)}</h2> {told(key, part, lang)} })
    });
    let page = view! {
        <!DOCTYPE html>
        <html lang=lang.html_lang()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title.clone()}</title>
                <style inner_html=STYLE></style>
            </head>
            <body>
                <h1>{title}</h1>
                <p>{from}</p>
                {sections.collect_view()}
            </body>
        </html>
    };
    // The renderer's marks are for pages that wake up again; this one does not.
    page.to_html().replace("<!>", "")
}

fn told(key: &str, value: &Value, lang: Lang) -> AnyView {
    match value {
        Value::Object(parts) => {
            let rows = words::PARTS.iter().filter_map(|(key, label)| {
                let part = parts.get(*key).filter(|part| !part.is_null())?;
                Some(view! { <dt>{label.get(lang)}</dt> <dd>{told(key, part, lang)}</dd> })
            });
            view! { <dl>{rows.collect_view()}</dl> }.into_any()
        }
        Value::Array(parts) if !parts.is_empty() => {
            let each = parts.iter().map(|part| match part {
                Value::Object(_) => told(key, part, lang),
                part => view! { <p>{told(key, part, lang)}</p> }.into_any(),
            });
            each.collect_view().into_any()
        }
        Value::Array(_) | Value::Null => words::FILE_NOTHING.get(lang).into_any(),
        Value::String(text) => said(key, text, lang).into_any(),
        Value::Bool(_) | Value::Number(_) => value.to_string().into_any(),
    }
}

/// A word of the trail as people call it, a moment as they read it; else what stands there.
fn said(key: &str, text: &str, lang: Lang) -> String {
    if key == "what" {
        return happened(text, lang);
    }
    match trail::said(key, text) {
        Some(say) => say.get(lang).to_owned(),
        None => moment(text, lang).unwrap_or_else(|| text.to_owned()),
    }
}

/// As the activity page calls it, where people are shown it there; else as only this page does.
fn happened(word: &str, lang: Lang) -> String {
    let known = EventKind::from_word(word).and_then(event_name).or_else(|| trail::happened(word));
    known.map_or_else(|| word.to_owned(), |say| say.get(lang).to_owned())
}

fn moment(text: &str, lang: Lang) -> Option<String> {
    let at: Timestamp = text.contains('T').then(|| text.parse().ok())??;
    Some(format::moment_with_zone(at, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page(data: &Value, lang: Lang) -> String {
        own_file("Maja Holm", "Nordby Kommune", data, lang)
    }

    #[test]
    fn what_came_from_outside_stays_text() {
        let hostile = "<script>alert('x')</script>&\"";
        let data = json!({
            "person": { "given_name": hostile },
            "events": [{ "details": { "browser": hostile }, "facts": { "service": hostile } }],
        });
        let html = own_file(hostile, hostile, &data, Lang::Da);
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(
            html.matches("&lt;script&gt;").count(),
            6,
            "title, heading, house and three values: {html}"
        );
    }

    #[test]
    fn it_is_a_whole_document_that_asks_nobody_for_anything() {
        let html = page(&json!({ "holds": [] }), Lang::En);
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"),
            "{html}"
        );
        assert!(html.ends_with("</body></html>"), "{html}");
        assert!(html.contains("<title>Data about Maja Holm</title>"), "{html}");
        for asks in ["src=", "href=", "url(", "<script", "<!>", "http"] {
            assert!(!html.contains(asks), "{asks}: {html}");
        }
    }

    #[test]
    fn words_and_moments_are_said_as_people_say_them_in_both_languages() {
        let data = json!({
            "holds": [],
            "events": [{
                "at": "2026-11-02T08:00:00Z", "what": "proof.started", "by": "the system",
                "facts": { "why": "the box was not ticked", "level": "Substantial", "name": "app" },
            }],
        });
        let (danish, english) = (page(&data, Lang::Da), page(&data, Lang::En));
        for said in ["Intet", "systemet", "fluebenet manglede", "Betydelig", "<dd>app</dd>", "kl. 09.00"] {
            assert!(danish.contains(said), "{said}: {danish}");
        }
        for said in ["Nothing", "the system", "the box was not ticked", "Substantial", "<dd>app</dd>"] {
            assert!(english.contains(said), "{said}: {english}");
        }
    }

    #[test]
    fn no_failure_is_told_in_english_to_who_reads_danish() {
        let why = |text: &str| page(&json!({ "events": [{ "facts": { "why": text } }] }), Lang::Da);
        let unknown = why("550 mailbox unavailable");
        assert!(!unknown.contains("mailbox") && unknown.contains("en teknisk årsag"), "{unknown}");
    }

    /// What never concerns one person, and so stands in nobody's file.
    const OF_THE_HOUSE: &[EventKind] = &[
        EventKind::FeedImported,
        EventKind::DevicesImported,
        EventKind::DevicesRefused,
        EventKind::ModelWidened,
        EventKind::SeedsLeaked,
        EventKind::RequestRefused,
        EventKind::ApplicationAsked,
        EventKind::ApplicationRefused,
        EventKind::ConnectionSaved,
        EventKind::MetadataTaken,
        EventKind::MetadataWaits,
        EventKind::MetadataRefused,
        EventKind::KeyCreated,
        EventKind::RotationBegun,
        EventKind::KeysRotated,
        EventKind::KeyRetired,
        EventKind::DatabaseMigrated,
        EventKind::MassBlocking,
        EventKind::ClocksApart,
        EventKind::ClocksAgree,
        EventKind::OutsideBegun,
        EventKind::OutsideApart,
        EventKind::OutsideAgrees,
        EventKind::RecoveryBegun,
        EventKind::Recovered,
        EventKind::CheckpointsBegun,
        EventKind::CheckpointsApart,
        EventKind::CheckpointsAgree,
        EventKind::TrailExported,
    ];

    #[test]
    fn whatever_happened_to_a_person_has_a_name() {
        for kind in EventKind::ALL.iter().filter(|kind| !OF_THE_HOUSE.contains(kind)) {
            for lang in Lang::ALL {
                assert_ne!(
                    happened(kind.word(), lang),
                    kind.word(),
                    "{kind:?} has no words: text::pages::trail"
                );
            }
        }
    }
}
