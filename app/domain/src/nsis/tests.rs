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

/// The names of all tests of the house: functions declared as one, those that run on both databases, and promises of the
/// contract of storage. A function of the product is none, whatever it is called.
fn tests_declared() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources().iter().filter(|path| path.extension().is_some_and(|kind| kind == "rs")) {
        let text = fs::read_to_string(path).unwrap();
        let is_list = path.ends_with("server/storage/contract/src/list.rs");
        declared_in(&text, is_list, &mut found);
    }
    found
}

/// The names of the tests a file declares.
fn declared_in(text: &str, is_list: bool, found: &mut BTreeSet<String>) {
    let (mut behind_mark, mut listed) = (false, is_list);
    for line in text.lines().map(str::trim) {
        let bare = line.trim_end_matches(';');
        if listed && !bare.is_empty() && bare.chars().all(in_a_name) {
            found.insert(bare.to_owned());
        }
        listed = is_list || line.ends_with("on_both! {") || (listed && line != "}");
        behind_mark |= line == "#[test]" || line.starts_with("#[tokio::test");
        if let Some((_, name)) = line.split_once("fn ").filter(|_| behind_mark) {
            found.extend(name.split(|sign: char| !in_a_name(sign)).next().map(str::to_owned));
            behind_mark = false;
        }
    }
}

/// Whether a story stands in its file: `path: part of its title`, or the path alone where everything in it is meant.
fn is_told(story: &str) -> bool {
    let (path, title) = story.split_once(": ").unwrap_or((story, ""));
    let text = fs::read_to_string(house().join(path)).unwrap_or_default();
    let declares = |line: &str| line.starts_with("test(") || line.starts_with("afterDayOne(");
    path.ends_with(".spec.ts") && text.lines().any(|line| declares(line.trim()) && line.contains(title))
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
        match row.state() {
            State::Proved | State::Wired => assert!(!row.tests.is_empty() && proved, "{}", row.id),
            State::Open => assert!(!row.left().is_empty(), "{}: what is missing?", row.id),
            State::Owners => assert!(row.owner.is_some(), "{}: whose is it?", row.id),
            State::NotDemanded => assert!(!row.rest.is_empty(), "{}: why not?", row.id),
        }
    }
}

#[test]
fn what_an_export_does_not_collect_leaves_the_requirements_it_should_show_open() {
    let open: Vec<_> = all().filter(|row| row.state() == State::Open).map(|row| row.id).collect();
    assert_eq!(open, ["3.1.2.6", "3.1.2.7", "3.2.3.7", "4.1.5.7", "5.2.3"]);
    for gap in Gap::ALL {
        let holders: Vec<_> = Evidence::ALL.into_iter().filter(|it| it.gaps().contains(&gap)).collect();
        assert!(!holders.is_empty(), "{gap:?} is no export's");
        for id in gap.touches() {
            let row = all().find(|row| row.id == *id).unwrap();
            assert!(row.uncollected().any(|it| it == gap), "{id} names none of {holders:?}");
            assert!(!matches!(row.state(), State::Proved | State::Wired), "{id}");
            assert!(row.left().contains(gap.says()) && page().contains(&row.left()), "{id}");
        }
    }
    let untouched: Vec<_> = Gap::ALL.into_iter().filter(|gap| gap.touches().is_empty()).collect();
    assert_eq!(untouched, [Gap::InPerson], "and why stands where it is said");
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
    let known = tests_declared();
    for row in all() {
        for &name in row.tests {
            let there = known.contains(name) || (name.contains(": ") && is_told(name));
            assert!(there, "{}: no such test: {name}", row.id);
        }
    }
    let (security, requirements) = (read("docs/security.md"), page());
    assert!(named_in(&security).count() > 100, "the page is read");
    for name in named_in(&security).chain(named_in(&requirements)) {
        assert!(known.contains(name), "no such test: {name}");
    }
    let stories: Vec<_> = security.split('`').filter(|name| name.starts_with("end2end/tests/")).collect();
    assert!(stories.len() > 5, "the page is read");
    for story in stories {
        assert!(is_told(story), "no such story: {story}");
    }
}

#[test]
fn a_function_of_the_product_and_a_story_that_is_not_told_are_no_witness() {
    let mut found = BTreeSet::new();
    let text = "pub fn closes_the_login_at_once() {}\n#[test]\nfn it_closes_at_once() {}\nfn helper_of_it() {}\n\
        testkit::on_both! {\n    on_both_it_closes_at_once\n}\nasync fn another_helper_of_it() {}\n";
    declared_in(text, false, &mut found);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["it_closes_at_once", "on_both_it_closes_at_once"]);
    let story = "end2end/tests/recover.spec.ts: a restored backup revives no blocked login";
    assert!(is_told(story) && !is_told(&format!("{story} at all")) && !is_told("end2end/tests/none.spec.ts"));
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
