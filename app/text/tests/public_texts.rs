//! The public texts that the server ships: both languages must say the same, and the terms must bind their
//! reader to what NSIS asks for.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what a test's helper cannot read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use text::Lang;

const KNOWN: [&str; 5] = ["municipality", "cvr", "phone", "mail", "url"];
const TERMS: [&str; 5] = ["01-login", "02-duties", "03-proof", "04-block", "05-data"];
const PAGES: [&str; 5] = ["service", "privacy", "accessibility", "help", "relying-parties"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/texts")
}

fn all() -> impl Iterator<Item = String> {
    let terms = TERMS.iter().map(|name| format!("terms/{name}.md"));
    terms.chain(PAGES.iter().map(|name| format!("{name}.md")))
}

fn read(lang: Lang, name: &str) -> String {
    let path = folder().join(lang.code()).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The front matter as lines, and the body.
fn parts(text: &str) -> (Vec<&str>, &str) {
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    (front.lines().collect(), body)
}

/// How often each kind of line, link and placeholder stands in a text: what a translation may not change.
fn skeleton(body: &str) -> BTreeMap<String, usize> {
    let shapes = body.lines().map(|line| match line.split(' ').next().unwrap_or_default() {
        "" => "empty".to_owned(),
        first
            if first.starts_with(['#', '-', '|'])
                || first.ends_with('.') && line.starts_with(char::is_numeric) =>
        {
            first.to_owned()
        }
        _ => "words".to_owned(),
    });
    let places = body.split("{{").skip(1).map(|tail| tail.split("}}").next().unwrap_or_default().to_owned());
    let mut counts = BTreeMap::new();
    for shape in shapes.chain(places) {
        *counts.entry(shape).or_default() += 1;
    }
    counts
}

#[test]
fn both_languages_have_the_same_pages_points_and_links() {
    for name in all() {
        let [danish, english] = Lang::ALL.map(|lang| read(lang, &name));
        assert_eq!(skeleton(parts(&danish).1), skeleton(parts(&english).1), "{name}");
    }
}

#[test]
fn every_text_has_a_title_the_same_version_and_the_same_date() {
    for name in all() {
        for lang in Lang::ALL {
            let text = read(lang, &name);
            let (front, _) = parts(&text);
            let [title, version, date] = front.as_slice() else { panic!("{name}: {front:?}") };
            assert!(title.strip_prefix("title: ").is_some_and(|title| title.len() > 3), "{name}");
            assert_eq!((*version, *date), ("version: 1.0", "date: 2026-11-01"), "{name}");
        }
    }
}

#[test]
fn only_what_a_municipality_can_fill_in_is_left_open() {
    for name in all() {
        for lang in Lang::ALL {
            let text = read(lang, &name);
            for tail in text.split("{{").skip(1) {
                let place = tail.split("}}").next().unwrap();
                assert!(KNOWN.contains(&place), "{name}: {place}");
            }
        }
    }
}

/// NSIS 4.1.2.3, and the conditions of an IT account.
#[test]
fn the_terms_hold_six_duties_and_seven_conditions() {
    for lang in Lang::ALL {
        let text = read(lang, "terms/02-duties.md");
        let lists: Vec<_> = text.split("\n## ").skip(1).map(|section| numbered(section).count()).collect();
        assert_eq!(lists, [6, 7, 0], "{lang:?}");
    }
}

fn numbered(section: &str) -> impl Iterator<Item = &str> {
    section.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
}

/// The ways are equal, MitID is nobody's duty, and the other way is not open yet: who needs it is told whom to ask.
#[test]
fn a_way_that_is_not_open_is_promised_nowhere() {
    for (lang, paper, not_yet, free) in [
        (Lang::Da, "kørekort", "endnu ikke åben", "Ingen kan kræve, at du bruger dit private MitID."),
        (Lang::En, "driving licence", "is not open", "Nobody can demand that you use your private MitID."),
    ] {
        for name in all() {
            let text = read(lang, &name);
            for section in text.split("\n## ").filter(|section| section.contains(paper)) {
                for said in [not_yet, free, "{{phone}}"] {
                    assert!(section.contains(said), "{name} {lang:?} leaves out {said:?}: {section}");
                }
            }
        }
        for name in ["terms/03-proof.md", "service.md", "help.md"] {
            assert!(read(lang, name).contains(paper), "{name} {lang:?}: the equal way is named");
        }
    }
}

/// At 200 words a minute.
#[test]
fn each_page_of_the_terms_is_read_in_two_minutes() {
    for name in TERMS {
        for lang in Lang::ALL {
            let text = read(lang, &format!("terms/{name}.md"));
            let words = parts(&text).1.split_whitespace().count();
            assert!(words <= 400, "{name} {lang:?}: {words} words");
        }
    }
}

#[test]
fn every_page_that_sends_people_away_tells_them_where_to_block() {
    for name in ["terms/02-duties.md", "terms/04-block.md", "help.md", "service.md"] {
        for lang in Lang::ALL {
            assert!(read(lang, name).contains("{{url}}/spaer"), "{name} {lang:?}");
        }
    }
}
