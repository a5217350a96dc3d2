//! Every export of a generated year, and of a quarter of it, held against what is known to have happened in it: nothing is
//! missing, nothing stands there besides, what it says of the present is so, the table and JSON say the same, and the manifest
//! vouches for both.
//!
//! It is the year of two thousand people; on PostgreSQL, where the same code reads the same rows, of few. `NSIS_ID_PEOPLE`
//! says how many instead.

#[path = "table.rs"]
mod table;

use super::{AUDITOR, file, made, signed_in};
use domain::audit::checkpoint::{Checkpoint, Note, instant};
use domain::audit::{Actor, EventKind, Hash};
use domain::evidence::{Collected, Evidence, Manifest, Period};
use domain::{Date, SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use table::says_the_same;
use testkit::{App, Calendar, Known, PlainOutside, PlainSignatures, Rig, Year};
use usecases::evidence::Form;
use usecases::make_export::Asked;
use usecases::ports::vault::{KeyUse, Signatures};
use usecases::who::Here;

testkit::on_both! {
    each_export_of_a_year_says_what_happened_in_it_and_nothing_besides
}

/// New Year's Day of a year whose clocks are put forward within the quarter.
const FIRST: Date = Date::constant(2027, 1, 1);

/// When, what, by whom, and about whom; of a letter, which.
type Key = [String; 4];

/// An export as both of its files tell it.
struct Told {
    rows: Vec<Value>,
    present: Vec<Value>,
}

async fn each_export_of_a_year_says_what_happened_in_it_and_nothing_besides(rig: Rig) {
    // However many live it: what becomes of a long one stands in `orders`.
    let rig = rig.reading_at_once(u64::MAX).keeping(Arc::new(PlainOutside::default()));
    let rig = rig.with_checkpoints(Arc::new(PlainOutside::default()));
    let usual = if rig.database() == "sqlite" { 2000 } else { 120 };
    let year = Year::lived(&rig, &rig.ring, FIRST, Year::people(usual)).await;
    let app = App::with_seed(&year.auditor.secret);
    let here = signed_in(&rig, AUDITOR, year.auditor.n, &app).await;
    let whole = Calendar::period(year.calendar.year());
    let quarter = Calendar::period(year.calendar.quarter());
    let mut exports = BTreeMap::new();
    for evidence in Evidence::ALL {
        let told = Box::pin(taken(&rig, &here, &year, (evidence, whole))).await;
        compare(&year, &told, (evidence, whole));
        compare_present(&year, &told, (evidence, whole));
        exports.insert(evidence, told);
    }
    for evidence in Evidence::ALL {
        let told = Box::pin(taken(&rig, &here, &year, (evidence, quarter))).await;
        compare(&year, &told, (evidence, quarter));
        compare_present(&year, &told, (evidence, quarter));
        edges(&year, &told, (evidence, quarter));
    }
    edges(&year, &exports[&Evidence::Blocks], (Evidence::Blocks, whole));
    blocks_and_how_long_they_lasted(&year, &exports);
    leavers_and_their_last_days(&exports[&Evidence::Leavers]);
    tokens_by_service(&year, &exports[&Evidence::Tokens], whole);
    what_the_house_adds(&rig, &year, &exports);
    nothing_is_left_out(&year);
    requirements_as_they_are_published(&exports[&Evidence::Controls]);
    before_there_was_a_trail(&rig, &here, &year).await;
}

/// Makes an export and takes both files; whatever vouches for them holds.
async fn taken(rig: &Rig, here: &Here, year: &Year, (evidence, period): (Evidence, Period)) -> Told {
    let about = (evidence == Evidence::Person).then_some(year.followed);
    let (flow, opened, manifest) = made(rig, here, Asked { evidence, period, about }).await;
    vouched(rig, &opened.manifest, (evidence, period));
    let mut files = Vec::new();
    for (form, part) in Form::ALL.into_iter().zip(&manifest.parts) {
        let text = file(rig, here, flow, form).await;
        assert_eq!(part.digest, Hash(Sha256::digest(&text).into()), "{evidence:?} {form:?}");
        files.push(text);
    }
    let told: Value = serde_json::from_str(&files[1]).unwrap();
    let rows = told["rows"].as_array().unwrap().clone();
    assert_eq!(u64::try_from(rows.len()).unwrap(), manifest.rows, "{evidence:?}");
    let (gone, broken) = (manifest.gone, manifest.broken);
    assert_eq!((gone, broken), (0, None), "{evidence:?}: what was kept long enough lies before it");
    assert_eq!(manifest.since, year.known.first().map(|first| first.at), "{evidence:?}");
    says_what_is_open(evidence, &told, &manifest);
    let present = told["present"].as_array().unwrap().clone();
    says_the_same(&files[0], &rows, &present);
    Told { rows, present }
}

fn vouched(rig: &Rig, manifest: &str, (evidence, period): (Evidence, Period)) {
    let note = Note::read(manifest).unwrap();
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    let holds = |key: &_, data: &[u8], by: &_| PlainSignatures.holds(key, data, by);
    assert!(note.is_signed_by(&keys, holds), "{evidence:?}");
    let manifest = Manifest::read(&note.text).unwrap();
    assert_eq!((manifest.evidence, manifest.period), (evidence, period));
}

fn says_what_is_open(evidence: Evidence, told: &Value, manifest: &Manifest) {
    let open: Vec<_> = told["open"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(open.iter().all(|it| it.starts_with("not collected before ")), "{evidence:?}: {open:?}");
    assert_eq!(open.is_empty(), evidence.collected() == Collected::InFull, "{evidence:?}");
    let signed = manifest.text();
    assert_eq!(signed.lines().filter(|line| line.starts_with("open ")).count(), open.len(), "{evidence:?}");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn of_row(row: &Value) -> Key {
    let event = text(&row["event"]);
    if event.starts_with("notice.") {
        return [text(&row["at"]), event, "system:".to_owned(), text(&row["facts"]["template"])];
    }
    let by = format!("{}:{}", text(&row["by"]), text(&row["who"]));
    [text(&row["at"]), event, by, text(&row["about"])]
}

fn of_known(known: &Known) -> Key {
    let by = match &known.by {
        Actor::Person(person) => format!("person:{person}"),
        Actor::Operator(name) => format!("operator:{name}"),
        Actor::System => "system:".to_owned(),
        Actor::Unknown => "unknown:".to_owned(),
    };
    let about = if known.is_notice() {
        known.facts.get("template").cloned().unwrap_or_default()
    } else {
        known.about.map(|person| person.to_string()).unwrap_or_default()
    };
    [instant(known.at), known.kind.word().to_owned(), by, about]
}

/// Each thing that is known stands there once, with what is known of it, and nothing else does. The trail of one person
/// holds more than the year notes: of that, what it notes.
fn compare(year: &Year, told: &Told, (evidence, period): (Evidence, Period)) {
    let noted: BTreeSet<&str> =
        year.known.iter().filter(|it| !it.is_notice()).map(|it| it.kind.word()).collect();
    let counts = |row: &&Value| evidence != Evidence::Person || noted.contains(text(&row["event"]).as_str());
    let mut rows: BTreeMap<Key, Vec<&Value>> = BTreeMap::new();
    for row in told.rows.iter().filter(counts) {
        rows.entry(of_row(row)).or_default().push(row);
    }
    let mut sums: BTreeMap<Key, i64> = rows.keys().map(|key| (key.clone(), 0)).collect();
    for (key, found) in &rows {
        *sums.entry(key.clone()).or_default() += i64::try_from(found.len()).unwrap();
    }
    for known in year.told(evidence.number(), period) {
        let key = of_known(known);
        *sums.entry(key.clone()).or_default() -= 1;
        let said = |row: &&Value| known.facts.iter().all(|(name, value)| row["facts"][*name] == *value);
        let found = rows.get(&key).is_some_and(|rows| rows.iter().any(&said));
        assert!(found, "{evidence:?} does not say {known:?}: {:?}", rows.get(&key));
    }
    let differ: Vec<_> = sums.into_iter().filter(|(_, many)| *many != 0).take(20).collect();
    assert!(differ.is_empty(), "{evidence:?}: too many (+) or too few (-): {differ:#?}");
}

/// Of the holds around its first and its last instant those within are in it, and the others are not.
fn edges(year: &Year, told: &Told, (evidence, period): (Evidence, Period)) {
    if evidence != Evidence::Blocks {
        return;
    }
    for (at, person) in &year.edges {
        let hers = |row: &&Value| {
            row["event"] == EventKind::Held.word() && row["about"] == person.to_string().as_str()
        };
        let held: Vec<_> = told.rows.iter().filter(hers).collect();
        assert_eq!(held.len(), usize::from(period.holds(*at)), "{} at an edge", instant(*at));
        for row in held {
            assert_eq!((text(&row["at"]), text(&row["who"])), (instant(*at), "ops1".to_owned()));
            assert_eq!(text(&row["sealed"]["reason"]), "a usual day", "what the operator wrote is opened");
        }
    }
    let microsecond = SignedDuration::from_micros(1);
    for edge in [period.from, period.before] {
        let held = |at: Timestamp| year.edges.iter().any(|(then, _)| *then == at);
        assert!(held(edge) && held(edge - microsecond), "somebody on each side of {edge}");
    }
}

/// Who blocked by which door, and how long until it was open again, out of exports 4 and 5.
fn blocks_and_how_long_they_lasted(year: &Year, exports: &BTreeMap<Evidence, Told>) {
    assert_eq!(year.blocks.len(), 6 + 12, "five doors, one who never opened it, and the wave of twelve");
    for block in &year.blocks {
        let person = block.person.to_string();
        let at = |told: &Told, kind: EventKind, reason: Option<&str>| {
            let hers = told.rows.iter().filter(|row| row["event"] == kind.word());
            let hers = hers.filter(|row| row["about"] == person.as_str());
            let hers = hers.filter(|row| reason.is_none_or(|reason| row["facts"]["reason"] == reason));
            hers.map(|row| text(&row["at"])).collect::<Vec<_>>()
        };
        let shut = at(&exports[&Evidence::Blocks], EventKind::Held, Some(block.door.word()));
        assert_eq!(shut, [instant(block.shut)], "{block:?}");
        let opened = at(&exports[&Evidence::Reopenings], EventKind::Reopened, None);
        assert_eq!(opened, block.opened.map(instant).into_iter().collect::<Vec<_>>(), "{block:?}");
        let revoked = at(&exports[&Evidence::Blocks], EventKind::SuspensionRevoked, None);
        assert_eq!(revoked.is_empty(), block.opened.is_some(), "{block:?}");
    }
    let doors: BTreeSet<_> = year.blocks.iter().map(|block| block.door.word()).collect();
    assert_eq!(doors.len(), 5);
}

/// Everybody who left was closed out the day after her last.
fn leavers_and_their_last_days(told: &Told) {
    let closed = told.rows.iter().filter(|row| row["event"] == EventKind::AssociationClosed.word());
    let mut many = 0;
    for row in closed {
        let last: Date = text(&row["facts"]["last-day"]).parse().unwrap();
        let closed: Timestamp = text(&row["at"]).parse().unwrap();
        let day = domain::calendar::copenhagen_day(closed);
        assert_eq!(Some(day), last.tomorrow().ok(), "{row}");
        many += 1;
    }
    assert!(many >= 3, "one who walked out, and some of the crowd at two times");
}

/// How many tokens each got, and that those that ask for Substantial are told it.
fn tokens_by_service(year: &Year, told: &Told, period: Period) {
    let mut got: BTreeMap<String, i64> = BTreeMap::new();
    for row in told.rows.iter().filter(|row| row["event"] == EventKind::TokenIssued.word()) {
        *got.entry(text(&row["facts"]["service"])).or_default() += 1;
        if text(&row["facts"]["service"]).starts_with("https://") {
            assert_eq!(row["facts"]["level"], "Substantial", "{row}");
        }
    }
    assert_eq!(got.len(), 3, "two services and an application: {got:?}");
    for known in year.told(11, period).filter(|it| it.kind == EventKind::TokenIssued) {
        *got.entry(known.facts["service"].clone()).or_default() -= 1;
    }
    assert!(got.values().all(|many| *many == 0), "{got:?}");
}

/// Each row of the present that is known stands there once, and besides only what is the house's own.
fn compare_present(year: &Year, told: &Told, (evidence, period): (Evidence, Period)) {
    let mut rest: Vec<&Value> = told.present.iter().collect();
    for known in year.present(evidence.number(), period) {
        let says = |row: &&Value| known.iter().all(|(name, value)| row[*name] == *value);
        let at = rest.iter().position(says);
        assert!(at.is_some(), "{evidence:?} does not say that {known:?}: {rest:#?}");
        rest.remove(at.unwrap());
    }
    let own: &[&str] = match evidence {
        Evidence::Integrity => &["checkpoint"],
        Evidence::Configuration => &["session"],
        Evidence::Documents => &["terms"],
        _ => &[],
    };
    let rest: Vec<_> = rest.into_iter().map(|row| text(&row["what"])).collect();
    assert_eq!(rest, own, "{evidence:?}: rows of the present besides what is known");
}

/// What no year can know: the newest checkpoint, the times of a session, and the terms that came with the house.
fn what_the_house_adds(rig: &Rig, year: &Year, exports: &BTreeMap<Evidence, Told>) {
    let one = |evidence: Evidence, what: &str, known: &[(&str, &str)]| {
        let says = |row: &&Value| row["what"] == what && known.iter().all(|(name, it)| row[*name] == **it);
        exports[&evidence].present.iter().find(says).cloned().unwrap()
    };
    let number = year.checkpoints.to_string();
    let newest = one(Evidence::Integrity, "checkpoint", &[("number", number.as_str())]);
    assert_eq!(year.checkpoints, 6, "one before each deletion by rule, and one before it was verified");
    let note = Note::read(&text(&newest["note"])).unwrap();
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    assert!(note.is_signed_by(&keys, |key, data, by| PlainSignatures.holds(key, data, by)));
    let signed = Checkpoint::read(&note.text).unwrap();
    assert_eq!((signed.number, signed.size.to_string()), (year.checkpoints, text(&newest["size"])));
    let times = [("idle-minutes", "30"), ("absolute-minutes", "60"), ("pilot", "false")];
    one(Evidence::Configuration, "session", &times);
    one(Evidence::Documents, "terms", &[("version", "1.0"), ("in-force", "false")]);
}

/// The year is none in which nothing happened: each of these stands in the export it is for.
fn nothing_is_left_out(year: &Year) {
    use EventKind as K;
    let whole = Calendar::period(year.calendar.year());
    let proofs: [(u8, &[K]); 6] = [
        (4, &[K::MassBlocking, K::SeedsLeaked, K::DeviceLeaked, K::SuspensionRevoked]),
        (10, &[K::TrailVerified, K::TrailExported, K::ClocksApart, K::ClocksAgree, K::ExportMade]),
        (12, &[K::KeyCreated, K::RotationBegun, K::KeysRotated, K::KeyRetired]),
        (14, &[K::DoorMeasured]),
        (16, &[K::DocumentPublished, K::TermsProposed, K::TermsPublished]),
        (17, &[K::MassBlocking, K::SeedsLeaked, K::RecoveryBegun, K::Recovered]),
    ];
    for (number, kinds) in proofs {
        for kind in kinds {
            assert!(year.told(number, whole).any(|it| it.kind == *kind), "{number}: {kind:?}");
        }
    }
    let doors = year.present(14, whole);
    let measured = doors.iter().filter(|it| it["probes"] != "0").count();
    assert_eq!((doors.len(), measured), (5, 2), "two of five doors");
}

/// The schema names each requirement that is published, and no other.
fn requirements_as_they_are_published(told: &Told) {
    let published = include_str!("../../../../docs/nsis.md");
    let mut rows = 0;
    for line in published.lines() {
        let cells: Vec<_> = line.split(" | ").map(|cell| cell.trim_start_matches("| ")).collect();
        let [id, level @ ("Low" | "Substantial"), demands, ..] = cells.as_slice() else { continue };
        let says = |row: &&Value| row["id"] == **id && row["level"] == **level && row["demands"] == **demands;
        assert!(told.present.iter().any(|row| says(&row)), "{line}");
        rows += 1;
    }
    assert_eq!(rows, told.present.len());
}

/// A period from before the trail began holds nothing, and says since when there is something.
async fn before_there_was_a_trail(rig: &Rig, here: &Here, year: &Year) {
    let days = (year.calendar.day(-400), year.calendar.day(-300));
    let asked = Asked { evidence: Evidence::Blocks, period: Calendar::period(days), about: None };
    let (_, opened, manifest) = made(rig, here, asked).await;
    assert_eq!((manifest.rows, manifest.places), (0, (1, 0)));
    let since = manifest.since.unwrap();
    assert!(since >= manifest.period.before, "{}", opened.manifest);
}
