use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Ids of the standard's list for version 2.0.2a that are demanded from Low on.
const LOW: &str = "3.1.1.1 3.1.1.2 3.1.1.3 3.1.2.1 3.1.2.2 3.1.2.3 3.1.3.1 3.1.3.2 3.1.3.3 3.1.3.4 3.1.3.5 \
    3.2.1.1 3.2.1.2 3.2.2.1 3.2.3.1 3.2.3.2 3.2.3.3 3.2.3.4 3.2.3.5 3.2.4.1 3.3.1.1 3.3.1.2 3.3.1.3 \
    4.1.1.1 4.1.1.2 4.1.1.3 4.1.2.1 4.1.2.2 4.1.2.3 4.1.3.1 4.1.4.1 4.1.4.2 4.1.4.3 4.1.5.1 4.1.5.2 4.1.5.3 4.1.5.4 \
    4.1.6.1 4.1.6.2 4.1.6.3 4.1.6.4 4.1.6.5 4.1.7.1 4.1.7.2 4.1.7.3 5.2.1 5.2.2 5.2.3 5.2.4 5.2.5 5.2.6 \
    6.1 6.2 6.3 6.4 6.5 6.6 6.7";

/// And those demanded from Substantial on.
const SUBSTANTIAL: &str = "3.1.1.4 3.1.2.4 3.1.2.5 3.1.2.6 3.1.2.7 3.1.2.8 3.1.3.6 3.1.3.7 3.2.1.3 3.2.1.4 3.2.2.2 \
    3.2.3.6 3.2.3.7 3.2.4.2 3.3.1.4 3.3.1.5 4.1.1.4 4.1.1.5 4.1.2.4 4.1.3.2 4.1.3.3 4.1.4.4 4.1.5.5 4.1.5.6 4.1.5.7 \
    4.1.6.6 4.1.6.7 4.1.7.4 4.1.7.5 5.2.7 5.2.8 5.2.9 5.2.10 5.2.11 6.8 6.9 6.10 6.11 6.12";

/// The checkout this test was built in.
fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(house().join(path)).unwrap()
}

/// Every file below a folder, without what was built or fetched there.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(&*name, "target" | "node_modules") && !name.starts_with('.') {
            files(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// Every file of the product and its machinery.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for room in ["app", "frontend", "server", "end2end/tests"] {
        files(&house().join(room), &mut found);
    }
    found
}

/// Whether a sign can stand in the name of a function.
fn in_a_name(sign: char) -> bool {
    matches!(sign, 'a'..='z' | '0'..='9' | '_')
}

/// The names of all functions of the house.
fn functions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources().iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs")) {
        for behind in fs::read_to_string(path).unwrap().split("fn ").skip(1) {
            found.extend(behind.split(|sign: char| !in_a_name(sign)).next().map(str::to_owned));
        }
    }
    found
}

/// Names of tests that stand between back quotes: four words or more.
fn named_in(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').filter(|name| name.matches('_').count() >= 3 && name.chars().all(in_a_name))
}

fn numbers(id: &str) -> Vec<u8> {
    id.split('.').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn every_id_of_the_standard_stands_here_once_with_its_level_and_in_order() {
    for (level, listed) in [(AssuranceLevel::Low, LOW), (AssuranceLevel::Substantial, SUBSTANTIAL)] {
        let here: Vec<_> = all().filter(|row| row.level == level).map(|row| row.id).collect();
        assert_eq!(here, listed.split_whitespace().collect::<Vec<_>>(), "{level}");
    }
    let ids: Vec<_> = all().map(|row| numbers(row.id)).collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "in the order of the standard");
}

#[test]
fn every_requirement_at_substantial_is_met_by_a_test_or_has_an_owner() {
    for row in all() {
        let proved = !row.events.is_empty() || !row.beside.is_empty() || !row.exports.is_empty();
        assert!(!row.tests.is_empty() || row.owner.is_some(), "{}: neither a test nor an owner", row.id);
        assert!(!row.demands.is_empty(), "{}", row.id);
        assert!(row.tests.is_empty() || !row.control.is_empty(), "{}: what do its tests show?", row.id);
        match row.state {
            State::Proved | State::Wired => assert!(!row.tests.is_empty() && proved, "{}", row.id),
            State::Open => assert!(!row.rest.is_empty(), "{}: what is missing?", row.id),
            State::Owners => assert!(row.owner.is_some(), "{}: whose is it?", row.id),
            State::NotDemanded => assert!(!row.rest.is_empty(), "{}: why not?", row.id),
        }
    }
}

#[test]
fn every_chapter_and_every_requirement_stands_in_danish_too() {
    assert_eq!(danish::DEMANDS.map(|(id, _)| id).to_vec(), all().map(|row| row.id).collect::<Vec<_>>());
    let chapters = CHAPTERS.iter().map(|chapter| (chapter.title, chapter.title, chapter.danish));
    for (which, english, danish) in chapters.chain(all().map(|row| (row.id, row.demands, row.danish()))) {
        assert!(!danish.trim().is_empty() && danish != english, "{which}: {danish}");
        let words: Vec<_> = danish.split(|sign: char| !sign.is_alphabetic()).collect();
        let left = ["the", "of", "and", "who", "it"].map(|english| words.contains(&english));
        assert!(!danish.contains("  ") && !left.contains(&true), "{which}: {danish}");
    }
}

#[test]
fn every_test_that_is_called_as_a_witness_exists() {
    let (known, stories) = (functions(), sources());
    for row in all() {
        for &name in row.tests {
            let there = known.contains(name) || stories.contains(&house().join(name));
            assert!(there, "{}: no such test: {name}", row.id);
        }
    }
    let (security, requirements) = (read("docs/security.md"), page());
    assert!(named_in(&security).count() > 100, "the page is read");
    for name in named_in(&security).chain(named_in(&requirements)) {
        assert!(known.contains(name), "no such test: {name}");
    }
}

#[test]
fn every_file_a_control_names_exists() {
    let known: Vec<_> = sources().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    for row in all() {
        for name in row.control.split('`').skip(1).step_by(2) {
            let folder = name.starts_with("server/") && house().join(name).exists();
            let file = [".rs", ".md"].iter().any(|kind| name.ends_with(kind));
            let there = folder || known.iter().any(|path| path.ends_with(&format!("/{name}")));
            let word = !file && !name.starts_with("server/");
            assert!(there || word, "{}: no such file: {name}", row.id);
        }
    }
}

#[test]
fn every_export_shows_something_and_every_number_is_one_of_them() {
    let known: BTreeSet<_> = exports().map(|(number, _)| number).collect();
    let mut used: BTreeSet<_> = all().flat_map(|row| row.exports.iter().copied()).collect();
    // A sample shows the whole trail of one person, whatever is asked.
    used.insert(2);
    assert_eq!(used, known);
}

#[test]
fn every_clause_an_event_serves_is_one_of_the_standard() {
    for kind in EventKind::ALL {
        for clause in kind.about().nsis {
            let below = format!("{clause}.");
            let known = all().any(|row| row.id == *clause || row.id.starts_with(&below));
            assert!(known, "{}: {clause}", kind.word());
        }
    }
}

#[test]
fn what_answers_live_answers_for_a_requirement_there_is() {
    assert_eq!(all().filter(|row| row.live().is_some()).count(), LIVE.len());
}

#[test]
fn no_cell_of_the_page_breaks_its_table() {
    for row in all() {
        for text in [row.demands, row.control, row.beside, row.rest] {
            assert!(!text.contains(['|', '\n']) && !text.contains("  "), "{}: {text}", row.id);
        }
    }
}

#[test]
fn the_page_of_requirements_is_the_one_in_the_documentation() {
    let path = house().join("docs/nsis.md");
    if std::env::var_os("WRITE_DOCS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == page(), "docs/nsis.md is stale: WRITE_DOCS=1 cargo test -p domain nsis");
}
