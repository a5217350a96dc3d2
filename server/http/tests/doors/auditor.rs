//! An auditor's place, by forms and addresses alone: what she takes out, and that nobody else does.

use crate::browser::Browser;
use crate::house::House;
use crate::{Handles, knock};
use axum::http::{Method, StatusCode};
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::audit::checkpoint::Note;
use domain::evidence::{Evidence, Job, Manifest, Order, Period};
use domain::person::UserName;
use domain::role::RoleKind;
use http_edge::doors::{DOORS, Demand};
use testkit::{App, PlainSignatures};
use usecases::ports::vault::{KeyUse, Signatures as _};
use usecases::roles::propose_role;
use usecases::run_exports::run_exports;

/// The fields of an export of that month.
pub(crate) fn november(export: &str) -> Vec<(&'static str, String)> {
    vec![("export", export.into()), ("from", "2026-11-01".into()), ("to", "2026-11-30".into())]
}

/// Makes one; gives its flow.
pub(crate) async fn exported(browser: &mut Browser, export: &str) -> String {
    let fields = november(export);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    flow(&browser.post("revision-udtraek", &fields).await.to, "/revision/udtraek/")
}

/// Draws a sample; gives its flow.
pub(crate) async fn sampled(browser: &mut Browser) -> String {
    let drawn = browser.post("revision-stikproeve", &[("many", "2"), ("seed", "november")]).await;
    flow(&drawn.to, "/revision/stikproeve/")
}

/// An order of the n-th person's, made already; gives its id.
pub(crate) async fn ordered(house: &House, n: u32) -> String {
    let cx = house.rig.cx();
    let order = Order {
        evidence: Evidence::Staff,
        period: Period::until(cx.now),
        about: None,
        places: (1, 1),
        waiting: 0,
        since: None,
        present: Vec::new(),
        restricted: Vec::new(),
        at: cx.now,
    };
    let job = Job::ordered(cx.handle().unwrap(), house.rig.person(n).await.id, order, 1);
    let mut tx = house.rig.change().await;
    tx.add_export_job(&job).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(run_exports(&cx).await.unwrap(), 1);
    job.id.to_string()
}

/// Counts the figures of that month; gives its flow.
pub(crate) async fn counted(browser: &mut Browser) -> String {
    let fields = [("from", "2026-11-01"), ("to", "2026-11-30")];
    flow(&browser.post("revision-noegletal", &fields).await.to, "/revision/noegletal/")
}

/// Looks for events of these kinds in that month; gives its flow.
pub(crate) async fn found(browser: &mut Browser, kinds: &str) -> String {
    let fields = [("from", "2026-11-01"), ("to", "2026-11-30"), ("kinds", kinds)];
    flow(&browser.post("revision-soeg", &fields).await.to, "/revision/haendelser/")
}

/// Opens the newest event of a kind, which is shown below that; gives its flow.
pub(crate) async fn opened(browser: &mut Browser, kind: &str, below: &str) -> String {
    let search = found(browser, kind).await;
    let list = browser.get(&format!("/revision/haendelser/{search}")).await.body;
    let (_, row) = list.split_once("name=\"row\" value=\"").unwrap_or_else(|| unreachable!("{list}"));
    let row: String = row.chars().take_while(|c| *c != '"').collect();
    let shown = browser.post("revision-vis", &[("row", &row), ("flow", &search)]).await;
    flow(&shown.to, &format!("/revision/{below}/"))
}

fn flow(to: &str, below: &str) -> String {
    to.strip_prefix(below).unwrap_or_else(|| unreachable!("not made: {to}")).to_owned()
}

/// The n-th person, signed in, with an auditor's role she accepted on her overview.
async fn auditor(house: &House, n: u32) -> (Browser, App) {
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, n).await;
    let role = house.propose(n).await;
    house.sign_in(&mut browser, n, &app).await;
    assert_eq!(browser.post("rolle", &[("role", &role)]).await.to, "/overblik");
    (browser, app)
}

async fn settle(house: &House) {
    house.rig.clock.advance(SignedDuration::from_secs(1));
    while house.rig.sequence().await > 0 {}
}

#[tokio::test]
async fn an_auditor_takes_out_files_that_are_those_of_the_signed_manifest() {
    let house = House::open().await;
    let (mut browser, _) = auditor(&house, 1).await;
    settle(&house).await;
    let overview = browser.get("/overblik").await.body;
    assert!(overview.contains("href=\"/revision\""), "the way there");
    assert_eq!(browser.get("/revision").await.status, StatusCode::OK);
    let export = exported(&mut browser, "8").await;
    let page = browser.get(&format!("/revision/udtraek/{export}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("3.1.2.7, 3.1.2.8, 4.1.5.5, 4.1.5.7"), "{}", page.body);
    let signed = browser.get(&format!("/revision/udtraek/{export}/foelgebrev")).await.body;
    let note = Note::read(&signed).unwrap();
    let keys = house.rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    assert!(note.is_signed_by(&keys, |key, data, by| PlainSignatures.holds(key, data, by)));
    let manifest = Manifest::read(&note.text).unwrap();
    for (form, part) in ["csv", "json"].into_iter().zip(&manifest.parts) {
        let file = browser.get(&format!("/revision/udtraek/{export}/{form}")).await;
        assert_eq!((file.status, u64::try_from(file.body.len()).unwrap()), (StatusCode::OK, part.bytes));
        assert!(file.body.contains("role.accepted") && page.body.contains(&part.name), "{form}");
    }
}

/// An id of nobody.
const NOBODY: &str = "00000000-0000-7000-8000-000000000001";

#[tokio::test]
async fn what_does_not_fit_is_said_at_the_field_and_nothing_is_made() {
    let house = House::open().await;
    let (mut browser, _) = auditor(&house, 1).await;
    let backwards = [("export", "8"), ("from", "2026-11-30"), ("to", "2026-11-01")];
    let of_one = [("export", "2"), ("from", "2026-11-01"), ("to", "2026-11-30")];
    for (form, fields, field) in [
        ("revision-udtraek", &[][..], "from-error"),
        ("revision-udtraek", &backwards[..], "to-error"),
        ("revision-udtraek", &of_one[..], "export-error"),
        ("revision-stikproeve", &[("many", "0")][..], "many-error"),
        ("revision-stikproeve", &[("many", "3"), ("seed", "a b")][..], "seed-error"),
        ("revision-person", &[("person", "nobody")][..], "person-error"),
        ("revision-person", &[("person", NOBODY), ("case", "Maja Holm")][..], "case-error"),
        ("revision-person", &[("person", NOBODY), ("case", "2026-000123")][..], "person-error"),
        ("revision-noegletal", &backwards[..], "to-error"),
        ("revision-soeg", &[("from", "2026-11-01"), ("to", "x"), ("kinds", "maja")][..], "kinds-error"),
        ("revision-soeg", &[("only", "accepts"), ("reference", "maja")][..], "reference-error"),
    ] {
        let page = match (form, fields.first()) {
            ("revision-noegletal", _) => "/revision/noegletal",
            ("revision-soeg", Some(("only", _))) => "/revision/vilkaar",
            ("revision-soeg", _) => "/revision/haendelser",
            _ => "/revision",
        };
        assert_eq!(browser.post(form, fields).await.to, page, "{form}");
        let page = browser.get(page).await.body;
        assert!(page.contains(&format!("id=\"{field}\"")), "{form} {fields:?}");
    }
    assert_eq!(house.rig.events(EventKind::TrailSearched).await, 0);
    let gone = browser.post("revision-vis", &[("row", "no row")]).await.to;
    assert_eq!(gone, "/revision/haendelser");
    assert_eq!(house.rig.events(EventKind::ExportMade).await, 0);
}

#[tokio::test]
async fn a_sample_leads_to_the_trail_of_one_person_who_sees_that_it_was_read() {
    let house = House::open().await;
    let (mut browser, _) = auditor(&house, 1).await;
    let mut read_about = house.browser();
    let app = house.enrol(&mut read_about, 2).await;
    settle(&house).await;
    let sample = sampled(&mut browser).await;
    let page = browser.get(&format!("/revision/stikproeve/{sample}")).await.body;
    assert!(page.contains("november") && page.contains("Amina Prøve 2"), "{page}");
    let person = house.rig.person(2).await.id.to_string();
    assert!(page.contains(&person));
    let read = browser.post("revision-person", &[("person", &person)]).await.to;
    let trail = browser.get(&read).await.body;
    assert!(trail.contains("enrolment.finished") && trail.contains("address: "), "{trail}");
    house.sign_in(&mut read_about, 2, &app).await;
    let hers = read_about.get("/konto/aktivitet").await.body;
    assert!(hers.contains("En revisor læste") || hers.contains("An auditor read"), "{hers}");
}

#[tokio::test]
async fn an_administrator_is_told_that_the_place_is_not_hers() {
    let house = House::open().await;
    let (mut owner, _) = auditor(&house, 1).await;
    settle(&house).await;
    let export = exported(&mut owner, "8").await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 2).await;
    let name = UserName::try_from("p2").unwrap();
    for operator in ["ops1", "ops2"] {
        let cx = house.rig.cx();
        let proposed = propose_role(&cx, operator, &name, RoleKind::Administrator, "needed");
        proposed.await.unwrap();
    }
    house.sign_in(&mut browser, 2, &app).await;
    let overview = browser.get("/overblik").await.body;
    let (_, role) = overview.split_once("name=\"role\" value=\"").unwrap();
    let role: String = role.chars().take_while(|c| *c != '"').collect();
    assert_eq!(browser.post("rolle", &[("role", &role)]).await.to, "/overblik");
    let opened = opened(&mut owner, "role.accepted", "haendelse").await;
    for path in [
        "/revision".to_owned(),
        format!("/revision/udtraek/{export}"),
        format!("/revision/haendelse/{opened}"),
        "/revision/krav".to_owned(),
    ] {
        let refused = browser.get(&path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!refused.body.contains("role.accepted"));
    }
    for form in ["csv", "json", "foelgebrev"] {
        let refused = browser.get(&format!("/revision/udtraek/{export}/{form}")).await;
        assert_eq!((refused.status, refused.to.as_str()), (StatusCode::SEE_OTHER, "/revision"));
    }
    reaches_nothing(&house, &mut owner, &mut browser).await;
}

/// Every address and form of an auditor's, with what the owner made there just now: whoever lacks the role is told so, or led
/// to the page that says so, and each form she sent is in the trail.
async fn reaches_nothing(house: &House, owner: &mut Browser, visitor: &mut Browser) {
    let order = ordered(house, 1).await;
    let before = house.rig.events(EventKind::AuditorRefused).await;
    let (mut addresses, mut forms) = (0, 0);
    for door in DOORS.iter().filter(|door| door.demands == Demand::Role(RoleKind::Auditor)) {
        let export = match door.path {
            path if path.starts_with("/revision/stikproeve/") => sampled(owner).await,
            path if path.starts_with("/revision/udtraek/") => exported(owner, "8").await,
            path if path.starts_with("/revision/noegletal/") => counted(owner).await,
            path if path.starts_with("/revision/haendelser/") => found(owner, "role.accepted").await,
            "/revision/haendelse/{flow}" => opened(owner, "role.accepted", "haendelse").await,
            "/revision/vilkaar/{flow}" => opened(owner, "terms.accepted", "vilkaar").await,
            _ => order.clone(),
        };
        let answer = knock(visitor, door, &Handles { export, ..Handles::made_up() }).await;
        let case = format!("{} {}: {} {}", door.method, door.path, answer.status, answer.to);
        assert!(answer.status == StatusCode::FORBIDDEN || answer.to == "/revision", "{case}");
        assert!(!answer.body.contains("role.accepted") && !answer.body.contains("Prøve 1"), "{case}");
        addresses += 1;
        forms += u64::from(door.method == "POST");
    }
    assert!(addresses > 20 && forms > 5, "{addresses} {forms}");
    assert_eq!(house.rig.events(EventKind::AuditorRefused).await, before + forms, "each form leaves one");
}

#[tokio::test]
async fn a_long_export_is_ordered_waited_for_taken_and_thrown_away() {
    let house = House::reading_at_once(3).await;
    let (mut browser, _) = auditor(&house, 1).await;
    let (mut other, _) = auditor(&house, 2).await;
    settle(&house).await;
    let fields = november("8");
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let to = browser.post("revision-udtraek", &fields).await.to;
    let order = flow(&to, "/revision/bestilling/");
    assert!(browser.get("/revision").await.body.contains(&format!("href=\"{to}\"")), "listed");
    assert_eq!(browser.get(&format!("{to}/trin")).await.body, "ordered");
    assert_eq!(browser.get(&format!("{to}/csv")).await.to, "/revision", "there is nothing yet");
    assert_eq!(run_exports(&house.rig.cx()).await.unwrap(), 1);
    assert_eq!(browser.get(&format!("{to}/trin")).await.body, "ready");
    let page = browser.get(&to).await.body;
    let manifest = Note::read(&browser.get(&format!("{to}/foelgebrev")).await.body).unwrap();
    let manifest = Manifest::read(&manifest.text).unwrap();
    for (form, part) in ["csv", "json"].into_iter().zip(&manifest.parts) {
        assert!(page.contains(&format!("href=\"{to}/{form}\"")) && page.contains(&part.name), "{form}");
        let looked = browser.send(&Method::HEAD, &format!("{to}/{form}"), &[]).await;
        assert_eq!(looked.status, StatusCode::METHOD_NOT_ALLOWED, "nothing was taken by that");
        let file = browser.get(&format!("{to}/{form}")).await;
        assert_eq!((file.status, u64::try_from(file.body.len()).unwrap()), (StatusCode::OK, part.bytes));
        let refused = other.get(&format!("{to}/{form}")).await;
        assert_eq!((refused.status, refused.to.as_str()), (StatusCode::SEE_OTHER, "/revision"));
    }
    assert_eq!(other.get(&to).await.status, StatusCode::GONE, "another auditor's");
    assert_eq!(other.post("revision-annuller", &[("order", &order)]).await.to, "/revision");
    assert_eq!(browser.get(&format!("{to}/trin")).await.body, "ready", "and she cannot cancel it");
    assert_eq!(browser.post("revision-annuller", &[("order", &order)]).await.to, to);
    assert_eq!(browser.get(&format!("{to}/trin")).await.body, "over");
    assert_eq!(browser.get(&format!("{to}/json")).await.to, "/revision");
    assert_eq!(browser.post("revision-annuller", &[("order", &order)]).await.to, to, "twice is once");
    assert_eq!(house.rig.events(EventKind::ExportTaken).await, 2);
    assert_eq!(house.rig.events(EventKind::ExportCancelled).await, 1);
    // A page that waits asks by itself, and that its reader left is seen all the same.
    for _ in 0..2 {
        house.rig.clock.advance(SignedDuration::from_mins(14));
        assert_eq!(browser.get(&format!("{to}/trin")).await.body, "over");
    }
    house.rig.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(browser.get(&to).await.status, StatusCode::SEE_OTHER, "half an hour without her");
}

#[tokio::test]
async fn what_is_sealed_is_shown_after_a_deed_and_nowhere_before_it() {
    let house = House::open().await;
    let (mut browser, _) = auditor(&house, 1).await;
    house.enrol(&mut house.browser(), 2).await;
    settle(&house).await;
    assert_eq!(browser.get("/revision/haendelser").await.status, StatusCode::OK);
    let search = found(&mut browser, "terms.accepted sign-in.done").await;
    let list = browser.get(&format!("/revision/haendelser/{search}")).await.body;
    assert!(list.contains("terms.accepted") && list.contains("sign-in.done"), "{list}");
    let sealed = ["address: ", "browser: ", "Prøve 2"];
    assert!(sealed.iter().all(|told| !list.contains(told)), "{list}");
    assert_eq!(house.rig.events(EventKind::TrailRead).await, 0);
    let row = opened(&mut browser, "sign-in.done", "haendelse").await;
    let row = browser.get(&format!("/revision/haendelse/{row}")).await.body;
    assert!(row.contains("address: ") && row.contains("browser: "), "{row}");
    let proof = opened(&mut browser, "terms.accepted", "vilkaar").await;
    let proof = browser.get(&format!("/revision/vilkaar/{proof}")).await.body;
    let hash = house.rig.house.terms.version().hash.to_string();
    for told in ["Amina Prøve 2", hash.as_str(), "Betydelig", "Side 1 vist"] {
        assert!(proof.contains(told), "{told}: {proof}");
    }
    assert_eq!(house.rig.events(EventKind::TrailRead).await, 2);
    let figures = counted(&mut browser).await;
    let figures = browser.get(&format!("/revision/noegletal/{figures}")).await.body;
    assert!(figures.contains("2 af 2 med en åben tilknytning") && !figures.contains("Prøve 2"), "{figures}");
    let requirements = browser.get("/revision/krav").await.body;
    assert!(requirements.contains("3.2.3.6") && requirements.contains("Alle er åbne"), "{requirements}");
}
