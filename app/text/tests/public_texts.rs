//! The public texts that the server ships: both languages must say the same, and the terms must bind their
//! reader to what NSIS asks for.

#![expect(clippy::panic, clippy::unwrap_used, reason = "what a test's helper cannot read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
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

/// What each of the six duties and seven conditions binds its reader to, in the order they stand.
const DUTIES: [[&str; 2]; 6] = [
    [
        "Brug kun dit loginmiddel, som {{municipality}}s politikker tillader",
        "Use your means of login only as the policies",
    ],
    ["Du må ikke overdrage eller låne det ud", "You may not hand it over or lend it"],
    ["Giv fuldstændige og rigtige oplysninger", "Give complete and correct information"],
    ["Tag rimelige forholdsregler", "Take reasonable precautions"],
    ["Bed straks om spærring", "Ask for blocking at once"],
    ["Bed straks om fornyelse", "Ask for renewal at once"],
];
const CONDITIONS: [[&str; 2]; 7] = [
    ["beskytter adgangskode og kodeenhed", "protect your password and code device"],
    ["spærrer straks dit login på [{{url}}/spaer]", "block your login at once at [{{url}}/spaer]"],
    [
        "informationssikkerhedspolitik og holder dig orienteret",
        "information security policy of {{municipality}} and keep up",
    ],
    ["kender [servicebeskrivelsen]({{url}}/service)", "know the [service description]({{url}}/service)"],
    ["løftes til NSIS-niveau Betydelig", "raised to NSIS level Substantial"],
    [
        "bekræfter igen, hvem du er, når dit navn eller cpr-nummer ændres",
        "confirm again who you are when your name or CPR number changes",
    ],
    ["bekræfter igen, hvem du er, hvert år", "confirm again who you are every year"],
];
/// What the nine rules of a municipality's service description come to: the rule, where it stands, and in which words.
const RULES: [(u8, &str, [&str; 2]); 22] = [
    (
        1,
        "terms/01-login.md",
        ["sætter du selv et flueben og accepterer", "you tick a box yourself and accept"],
    ),
    (
        1,
        "terms/01-login.md",
        ["hvilken version du accepterede, og hvornår", "which version you accepted, and when"],
    ),
    (2, "terms/02-duties.md", ["Syv betingelser for din it-konto", "Seven conditions for your IT account"]),
    (
        3,
        "terms/02-duties.md",
        ["gælder alle, der har et loginmiddel", "apply to everyone who holds a means of login"],
    ),
    (4, "terms/03-proof.md", ["Du bekræfter dig med MitID", "You confirm yourself with MitID"]),
    (
        4,
        "terms/03-proof.md",
        [
            "med gyldigt pas eller kørekort er en ligestillet vej",
            "a valid passport or driving licence is an equal way",
        ],
    ),
    (
        4,
        "terms/03-proof.md",
        [
            "Ingen kan kræve, at du bruger dit private MitID",
            "Nobody can demand that you use your private MitID",
        ],
    ),
    (
        5,
        "terms/02-duties.md",
        [
            "It kan hverken se den eller vælge en ny for dig",
            "IT can neither see it nor choose a new one for you",
        ],
    ),
    (
        5,
        "terms/04-block.md",
        ["så skift den med det samme på [{{url}}]", "change it right away at [{{url}}]"],
    ),
    (5, "terms/04-block.md", ["så ring altid til servicedesken", "always call the service desk"]),
    (6, "terms/01-login.md", ["Alle med en aktiv it-konto", "Everyone with an active IT account"]),
    (
        6,
        "terms/01-login.md",
        ["Når din tilknytning slutter, lukker vi dit login", "When your relation ends, we close your login"],
    ),
    (7, "terms/05-data.md", ["navn, cpr-nummer", "name, CPR number"]),
    (
        7,
        "terms/05-data.md",
        ["hvordan og hvornår du bekræftede, hvem du er", "how and when you confirmed who you are"],
    ),
    (
        7,
        "terms/05-data.md",
        [
            "tidspunkt, handling, IP-adresse, henvisning til din identitet og hvilket loginmiddel",
            "time, action, IP address, reference to your identity and which means of login",
        ],
    ),
    (7, "terms/05-data.md", ["artikel 6, stk. 1, litra b", "Article 6(1)(b)"]),
    (7, "terms/05-data.md", ["Kun særligt betroede medarbejdere", "Only specially trusted employees"]),
    (
        7,
        "terms/05-data.md",
        [
            "**NemLog-in** får dit cpr-nummer og din identitet",
            "**NemLog-in** receives your CPR number and your identity",
        ],
    ),
    (
        8,
        "service.md",
        ["Servicebeskrivelsen har version og dato", "The service description has a version and a date"],
    ),
    (8, "service.md", ["Tjenesten koster ikke noget for dig", "The service costs nothing for you"]),
    (8, "terms/05-data.md", ["Du kan klage til Datatilsynet", "You can complain to Datatilsynet"]),
    (
        9,
        "service.md",
        [
            "Det, et system skal kontrollere, før det stoler på et login herfra",
            "What a system must check before it trusts a login from here",
        ],
    ),
];

/// NSIS 4.1.2.3, and the conditions of an IT account.
#[test]
fn the_terms_hold_six_duties_and_seven_conditions() {
    for (at, lang) in Lang::ALL.into_iter().enumerate() {
        let text = read(lang, "terms/02-duties.md");
        let lists: Vec<Vec<_>> =
            text.split("\n## ").skip(1).map(|section| numbered(section).collect()).collect();
        assert_eq!(lists.iter().map(Vec::len).collect::<Vec<_>>(), [6, 7, 0], "{lang:?}");
        let items = lists.concat();
        for (item, said) in items.iter().zip(DUTIES.iter().chain(&CONDITIONS)) {
            assert!(item.contains(said[at]), "{lang:?}: {:?} is not said in {item:?}", said[at]);
        }
    }
}

#[test]
fn the_texts_keep_the_nine_rules_of_the_service_description() {
    for (at, lang) in Lang::ALL.into_iter().enumerate() {
        for (rule, name, said) in RULES {
            assert!(read(lang, name).contains(said[at]), "rule {rule}, {name} {lang:?}: {:?}", said[at]);
        }
    }
    let kept: BTreeSet<u8> = RULES.iter().map(|(rule, ..)| *rule).collect();
    assert!(kept.into_iter().eq(1..=9), "every rule is looked for");
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
