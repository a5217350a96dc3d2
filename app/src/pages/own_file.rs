//! Her own data as a page to keep (page 41): one file that needs nothing beside it, neither this house nor a script.

use super::data::kept;
use crate::desk::KeptFor;
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

/// What the file says besides her data: whose it is, who keeps it, how to complain, how long it is kept.
#[derive(Clone, Copy, Debug)]
pub struct OwnFile<'a> {
    /// Her name.
    pub name: &'a str,
    /// Who keeps it.
    pub municipality: &'a str,
    /// The service desk's phone.
    pub phone: &'a str,
    /// The service desk's mail.
    pub mail: &'a str,
    /// How long what happens is kept.
    pub kept: KeptFor,
}

/// The page. `data` is what the JSON file holds, so that both tell the same; its parts stand in the order of
/// [`words::PARTS`], and one that is not named there is not shown. Behind them stands what a copy of one's data has to
/// come with (GDPR, article 15).
pub fn own_file(about: &OwnFile<'_>, data: &Value, lang: Lang) -> String {
    let title = words::FILE_TITLE.fill(lang, &[("name", about.name)]);
    let from = words::FILE_FROM.fill(lang, &[("municipality", about.municipality)]);
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
                {besides(about, lang)}
            </body>
        </html>
    };
    // The renderer's marks are for pages that wake up again; this one does not.
    page.to_html().replace("<!>", "")
}

/// Why, who, how long, and what she can do about it.
fn besides(about: &OwnFile<'_>, lang: Lang) -> AnyView {
    let kept = kept(about.kept, lang).map(|(what, long)| view! { <dt>{what}</dt> <dd>{long}</dd> });
    let rights = [
        words::RIGHTS_BODY.fill(lang, &[("phone", about.phone)]),
        words::COMPLAIN_FIRST.fill(lang, &[("mail", about.mail)]),
        words::COMPLAIN.get(lang).to_owned(),
    ];
    view! {
        <h2>{words::WHY.get(lang)}</h2>
        <p>{words::WHY_BODY.get(lang)}</p>
        <h2>{words::WHO.get(lang)}</h2>
        <p>{words::WHO_BODY.get(lang)}</p>
        <h2>{words::HOW_LONG.get(lang)}</h2>
        <p>{words::HOW_LONG_BODY.get(lang)}</p>
        <dl>{kept.into_iter().collect_view()}</dl>
        <h2>{words::RIGHTS.get(lang)}</h2>
        {rights.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
    }
    .into_any()
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

/// As the activity page calls it.
fn happened(word: &str, lang: Lang) -> String {
    let known = EventKind::from_word(word).and_then(event_name);
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

    const ABOUT: OwnFile<'static> = OwnFile {
        name: "Maja Holm",
        municipality: "Nordby Kommune",
        phone: "70 00 00 00",
        mail: "servicedesk@nordby.example",
        kept: KeptFor { central: 60, exchange: 120, sign_in: 13, sessions: 30, notices: 7 },
    };

    fn page(data: &Value, lang: Lang) -> String {
        own_file(&ABOUT, data, lang)
    }

    #[test]
    fn a_copy_says_why_who_how_long_and_how_to_complain_in_both_languages() {
        let (danish, english) = (page(&json!({}), Lang::Da), page(&json!({}), Lang::En));
        for said in
            ["artikel 6, stk. 1", "NemLog-in", "5 år", "10 år", "13 måneder", "30 dage", "7 dage", "HR"]
        {
            assert!(danish.contains(said), "{said}: {danish}");
        }
        for said in ["servicedesk@nordby.example", "70 00 00 00", "datatilsynet.dk"] {
            assert!(danish.contains(said) && english.contains(said), "{said}: {english}");
        }
        for said in ["article 6(1)(b)", "5 years", "13 months", "30 days", "data protection officer"] {
            assert!(english.contains(said), "{said}: {english}");
        }
    }

    #[test]
    fn what_came_from_outside_stays_text() {
        let hostile = "<script>alert('x')</script>&\"";
        let data = json!({
            "person": { "given_name": hostile },
            "events": [{ "details": { "browser": hostile }, "facts": { "service": hostile } }],
        });
        let about = OwnFile { name: hostile, municipality: hostile, ..ABOUT };
        let html = own_file(&about, &data, Lang::Da);
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
        EventKind::LogoutBrought,
        EventKind::LogoutRefused,
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
        EventKind::KeyPublished,
        EventKind::KeyActivated,
        EventKind::KeyDestroyed,
        EventKind::KeyEnds,
        EventKind::PersonKeysReplaced,
        EventKind::RingRewrapBegun,
        EventKind::RingRewrapped,
        EventKind::RingRewrapFailed,
        EventKind::PersonCopiesKept,
        EventKind::ConnectionPinned,
        EventKind::ConnectionUnpinned,
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
        EventKind::RowsRefused,
        EventKind::TermsDraftRanOut,
        EventKind::RowsExpired,
        EventKind::RetentionDone,
        EventKind::ExportMade,
        EventKind::ExportOrdered,
        EventKind::ExportTaken,
        EventKind::ExportCancelled,
        EventKind::ExportFailed,
        EventKind::SampleDrawn,
        EventKind::TrailSearched,
        EventKind::FiguresTaken,
        EventKind::DoorMeasured,
        EventKind::TrailVerified,
        EventKind::DocumentPublished,
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
