//! Every address × {nobody, another person, a session without the step-up} is refused as `doors.rs` declares.
//!
//! The addresses are those of the real router: one that nobody declared fails here, and so does one that answers
//! otherwise than declared. Each refusal is compared with what its owner is answered, so that none is refused by accident.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod auditor;
mod browser;
mod closed;
mod contact;
mod cookies;
mod crowd;
mod cut;
mod down;
#[path = "../../../webauthn/tests/soft/finger.rs"]
mod finger;
#[cfg(test)]
mod hostile;
mod house;
mod keys;
mod logout;
mod looking;
mod oidc;
mod posted;
mod ready;
mod real_keys;
#[expect(
    clippy::indexing_slicing,
    dead_code,
    reason = "a test that cannot begin must fail; what only others make it say"
)]
#[path = "../../../webauthn/tests/soft/mod.rs"]
mod soft;
mod terms;
mod told;

use axum::http::{Method, StatusCode};
use browser::{Answer, Browser};
use domain::audit::EventKind;
use domain::role::RoleKind;
use house::{House, SERVICE};
use http_edge::doors::{DOORS, Demand, Door, FROM_ELSEWHERE, Refusal};
use std::collections::BTreeSet;
use testkit::{PASSWORD, good_answer, hr};

/// The paths of the router as it stands, from its own account of itself.
fn paths(router: &axum::Router) -> BTreeSet<String> {
    let account = format!("{router:?}");
    account
        .split("RouteId(")
        .filter_map(|part| part.split_once("): \"")?.1.split_once('"'))
        .map(|(path, _)| path.to_owned())
        .filter(|path| path.starts_with('/') && !path.contains("__private"))
        .collect()
}

#[tokio::test]
async fn every_address_of_the_router_is_declared_and_no_other() {
    let house = House::open().await;
    let mut real = paths(&house.router);
    assert!(real.remove("/handling/{*name}"), "{real:?}");
    real.extend(app::actions::PATHS.iter().map(|path| (*path).to_owned()));
    let declared: BTreeSet<String> = DOORS.iter().map(|door| door.path.to_owned()).collect();
    let doors: BTreeSet<_> = DOORS.iter().map(|door| (door.method, door.path)).collect();
    assert_eq!(doors.len(), DOORS.len(), "a door is declared twice");
    let undeclared: Vec<_> = real.difference(&declared).collect();
    let invented: Vec<_> = declared.difference(&real).collect();
    assert!(undeclared.is_empty() && invented.is_empty(), "undeclared {undeclared:?}, invented {invented:?}");
}

#[test]
fn every_server_function_that_exists_is_mounted_and_declared() {
    let registered: BTreeSet<String> =
        server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let listed: BTreeSet<String> = app::actions::PATHS.iter().map(|path| (*path).to_owned()).collect();
    assert!(registered.is_subset(&listed), "{registered:?}");
    for path in listed {
        assert!(DOORS.iter().any(|door| door.path == path && door.method == "POST"), "{path}");
    }
}

#[tokio::test]
async fn no_address_takes_another_method_than_declared() {
    let house = House::open().await;
    for door in DOORS {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            if DOORS.iter().any(|it| it.path == door.path && it.method == method.as_str()) {
                continue;
            }
            let answer = house.browser().send(&method, &filled(door, &Handles::made_up()), &[]).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {}", door.path);
        }
    }
}

#[tokio::test]
async fn no_form_is_taken_from_another_site() {
    let house = House::open().await;
    let ours = |door: &&Door| door.method == "POST" && !FROM_ELSEWHERE.contains(&door.path);
    for door in DOORS.iter().filter(ours) {
        for site in [Some("cross-site"), Some("same-site"), None] {
            let mut browser = house.browser();
            browser.site = site;
            let answer = browser.send(&Method::POST, door.path, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} from {site:?}", door.path);
        }
    }
}

/// Handles of somebody's things, to be tried by others.
#[derive(Clone)]
struct Handles {
    enrolment: String,
    sign_in: String,
    token: String,
    role: String,
    trip: String,
    block: String,
    reopening: String,
    reset: String,
    sheet: String,
    /// A step-up of hers, made, to change her mail.
    step_up: String,
    /// One to change her login methods.
    methods: String,
    /// One to take a code device into use.
    device: String,
    /// One to make a new sheet of codes.
    codes: String,
    /// One to change her password.
    password: String,
    /// One to end a relation.
    relation: String,
    /// One that was asked for and not made.
    asked: String,
    verifying: String,
    data: String,
    /// The computer's side of going on with a phone, the phone's, and the secret of the link between them.
    desk: String,
    phone: String,
    phone_link: String,
    /// The one the phone came by: it opens nothing in another browser, and ends everything.
    opened_link: String,
    /// An export or a sample of an auditor's.
    export: String,
    /// Her way out through services, from a sign-out before.
    leaving: String,
}

/// A handle of nothing.
const LOST: &str = "019a0000-0000-7000-8000-000000000009";

impl Handles {
    fn made_up() -> Self {
        let id = LOST.to_owned();
        Self {
            enrolment: id.clone(),
            sign_in: id.clone(),
            token: "a".repeat(64),
            role: id.clone(),
            trip: id.clone(),
            block: id.clone(),
            reopening: id.clone(),
            reset: id.clone(),
            sheet: id.clone(),
            step_up: id.clone(),
            methods: id.clone(),
            device: id.clone(),
            codes: id.clone(),
            password: id.clone(),
            relation: id.clone(),
            asked: id.clone(),
            verifying: id.clone(),
            data: id.clone(),
            desk: id.clone(),
            phone: id.clone(),
            export: id,
            phone_link: "a".repeat(64),
            opened_link: String::new(),
            leaving: LOST.to_owned(),
        }
    }
}

/// The door's address with these handles in it.
fn filled(door: &Door, with: &Handles) -> String {
    let flow = match door.path.split('/').nth(1) {
        Some("indrullering") => &with.enrolment,
        Some("spaer") => &with.block,
        Some("genaktiver") => &with.reopening,
        Some("glemt-adgangskode") => &with.reset,
        Some("koder") => &with.sheet,
        Some("log-af" | "logget-ud") => &with.leaving,
        Some("fortsaet") => &with.desk,
        Some("paa-telefon") => &with.phone,
        Some("konto") if door.path.ends_with("/kode") => &with.verifying,
        Some("konto") if door.path.starts_with("/konto/data/") => &with.data,
        Some("konto") if door.path.starts_with("/konto/bekraeft/") => &with.asked,
        Some("konto") if door.path.starts_with("/konto/loginmidler/") => &with.methods,
        Some("konto") if door.path.starts_with("/konto/adgangskode/") => &with.password,
        Some("konto") if door.path.starts_with("/konto/afslut/") => &with.relation,
        Some("konto") if door.path.starts_with("/konto/kodeviser/") => &with.device,
        Some("konto") if door.path.starts_with("/konto/koder/") => &with.codes,
        Some("konto") => &with.step_up,
        Some("revision") => &with.export,
        _ => &with.sign_in,
    };
    let path = door
        .path
        .replace("{flow}", flow)
        .replace("{page}", "1")
        .replace("{del}", "login")
        .replace("{relation}", "019a0000-0000-7000-8000-000000000009")
        .replace("{factor}", "019a0000-0000-7000-8000-000000000009")
        .replace("{order}", &with.export)
        .replace("{token}", if door.path.starts_with("/telefon/") { &with.phone_link } else { &with.token })
        .replace("{profile}", "test")
        .replace("{message}", LOST)
        .replace("{efter}", LOST)
        .replace("{*file}", "x");
    match door.demands {
        Demand::Trip => format!("{path}?state={}&code=code", with.trip),
        Demand::Signature => format!("{path}?{SERVICE}|another|forged"),
        _ => path,
    }
}

/// A form that would be taken, were it the owner's.
#[expect(clippy::too_many_lines, reason = "a list of every form of the house")]
fn fields(door: &Door, with: &Handles) -> Vec<(&'static str, String)> {
    let enrolment = ("flow", with.enrolment.clone());
    let reopening = ("flow", with.reopening.clone());
    let journey = ("journey", "indrullering".to_owned());
    match door.path {
        "/handling/telefon-aabn" => vec![("token", with.phone_link.clone())],
        "/handling/telefon" => vec![("flow", with.methods.clone())],
        "/handling/telefon-tal" => vec![("flow", with.desk.clone()), ("number", "1".into())],
        "/handling/telefon-ja" | "/handling/telefon-nej" => vec![("flow", with.desk.clone())],
        "/handling/telefon-vaelg-app" | "/handling/noegle-paa-telefon" | "/handling/telefon-noegle" => {
            vec![("flow", with.phone.clone())]
        }
        "/handling/telefon-app" => {
            vec![("flow", with.phone.clone()), ("name", "Phone".into()), ("code", "123456".into())]
        }
        "/handling/begynd" | "/handling/var-det-dig" => vec![("token", with.token.clone())],
        "/handling/log-ind" => {
            vec![("flow", with.sign_in.clone()), ("user_name", "p1".into()), ("password", PASSWORD.into())]
        }
        "/handling/kode" => vec![("flow", with.sign_in.clone()), ("code", "123456".into())],
        "/handling/gendannelseskode" => {
            vec![("flow", with.sign_in.clone()), ("recovery_code", "ABCDE-FGHJ-KMNP".into())]
        }
        "/handling/gendan-bekraeft" | "/handling/afbryd" => vec![("flow", with.sign_in.clone())],
        "/handling/gendan-app" => {
            vec![("flow", with.sign_in.clone()), ("name", "Phone".into()), ("code", "123456".into())]
        }
        "/handling/noegle-genaktiver-ny" | "/handling/genaktiver-noegle" => {
            vec![reopening, ("kind", "passkey".into()), ("name", "Phone".into())]
        }
        "/handling/noegle-gendan" | "/handling/gendan-noegle" => {
            vec![("flow", with.sign_in.clone()), ("kind", "passkey".into()), ("name", "Phone".into())]
        }
        "/handling/koder-nye" => vec![("flow", with.codes.clone())],
        "/handling/vend" => vec![journey, enrolment, ("page", "1".into())],
        "/handling/accepter" => vec![journey, enrolment, ("accept", "yes".into())],
        "/handling/afvis" => vec![journey, enrolment],
        "/handling/adgangskode" => vec![enrolment, ("password", PASSWORD.into())],
        "/handling/app" => vec![enrolment, ("name", "Phone".into()), ("code", "123456".into())],
        "/handling/rolle" => vec![("role", with.role.clone())],
        "/handling/revision-udtraek" => auditor::november("8"),
        "/handling/revision-annuller" => vec![("order", LOST.into())],
        "/handling/revision-noegletal" | "/handling/revision-soeg" => auditor::november(""),
        "/handling/revision-vis" => vec![("row", LOST.into())],
        "/handling/revision-stikproeve" => vec![("many", "3".into())],
        "/handling/revision-person" => vec![("person", Handles::made_up().trip)],
        "/handling/spaer-bekraeft" => vec![("flow", with.block.clone())],
        "/handling/koder" => vec![enrolment, ("saved", "yes".into())],
        "/handling/genaktiver-adgangskode" => vec![reopening, ("password", PASSWORD.into())],
        "/handling/genaktiver-app" => vec![reopening, ("name", "Phone".into()), ("code", "123456".into())],
        "/handling/genaktiver-loginmidler"
        | "/handling/genaktiver-aktivitet"
        | "/handling/genaktiver-aabn" => {
            vec![reopening]
        }
        "/handling/nulstil-adgangskode" => vec![("flow", with.reset.clone()), ("password", PASSWORD.into())],
        "/handling/koder-gemt" => vec![("flow", with.sheet.clone()), ("saved", "yes".into())],
        "/handling/bekraeft-igen" => vec![("flow", String::new())],
        "/handling/skift-adgangskode" => vec![("current", PASSWORD.into())],
        "/handling/afslut-tilknytning" => vec![("relation", Handles::made_up().trip), ("sure", "yes".into())],
        "/handling/bekraeft-det-er-dig" => vec![("purpose", "mobile".into())],
        "/handling/bekraeft-kode" => vec![("flow", with.asked.clone()), ("code", "123456".into())],
        "/handling/kontakt" => vec![
            ("flow", with.step_up.clone()),
            ("kind", "private-mail".into()),
            ("address", "thief@private.example".into()),
        ],
        "/handling/kontakt-fjern" => {
            vec![("flow", with.step_up.clone()), ("kind", "private-mail".into())]
        }
        "/handling/kontakt-kode" => vec![("flow", with.verifying.clone()), ("sent_code", "12345678".into())],
        "/handling/bekraeft-senere" | "/handling/noegle-spoerg" | "/handling/noegle" => {
            vec![("flow", with.sign_in.clone())]
        }
        "/handling/kodeviser-sammen" => {
            vec![("flow", with.sign_in.clone()), ("code", "123456".into()), ("second", "654321".into())]
        }
        "/handling/noegle-ny" | "/handling/noegle-gem" => vec![enrolment, ("kind", "passkey".into())],
        "/handling/kodeviser" => vec![enrolment, ("name", "Device".into()), ("code", "123456".into())],
        "/handling/noegle-en-mere" | "/handling/noegle-gem-mere" => {
            vec![("flow", with.methods.clone()), ("kind", "passkey".into())]
        }
        "/handling/noegle-bekraeft" | "/handling/noegle-bekraeftet" => vec![("flow", with.asked.clone())],
        "/handling/app-mere" => {
            vec![("flow", with.methods.clone()), ("name", "Phone".into()), ("code", "123456".into())]
        }
        "/handling/kodeviser-mere" => {
            vec![("flow", with.device.clone()), ("name", "Device".into()), ("code", "123456".into())]
        }
        "/handling/loginmiddel-fjern" => {
            vec![("flow", with.methods.clone()), ("factor", Handles::made_up().trip)]
        }
        "/handling/loginmiddel-navn" => {
            vec![("flow", with.methods.clone()), ("factor", Handles::made_up().trip), ("name", "Hers".into())]
        }
        "/handling/noegle-proev"
        | "/handling/noegle-proevet"
        | "/handling/loginmiddel-foerst"
        | "/handling/loginmiddel-senere"
        | "/handling/loginmiddel-proev" => vec![("factor", Handles::made_up().trip)],
        "/handling/log-af-videre" => vec![("flow", with.leaving.clone())],
        "/handling/afslut-login" => vec![("session", Handles::made_up().trip)],
        "/handling/genaktiver" | "/handling/nulstil" | "/handling/find" | "/handling/log-af" => {
            vec![("go", "yes".into())]
        }
        _ => vec![enrolment],
    }
}

async fn knock(browser: &mut Browser, door: &Door, with: &Handles) -> Answer {
    let fields = fields(door, with);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let method = if door.method == "POST" { Method::POST } else { Method::GET };
    let fields = if method == Method::POST { fields } else { Vec::new() };
    browser.send(&method, &filled(door, with), &fields).await
}

/// Every door; first where words may wait, before a knock leaves some, and last what ends a flow or a session.
fn in_order() -> Vec<&'static Door> {
    let mut doors: Vec<&Door> = DOORS.iter().collect();
    doors.sort_by_key(|door| match (door.demands, door.path) {
        (Demand::Words, _) => 0,
        (_, "/handling/afvis") => 2,
        // Whoever blocked is signed out, too.
        (_, "/handling/spaer-nu") => 3,
        (_, "/handling/log-af") => 4,
        _ => 1,
    });
    doors
}

/// Whether this answer is the declared refusal.
fn refused(answer: &Answer, refusal: Refusal) -> bool {
    let to = answer.to.as_str();
    match refusal {
        Refusal::None => false,
        Refusal::Gone => answer.status == StatusCode::GONE,
        Refusal::Missing => answer.status == StatusCode::NOT_FOUND,
        Refusal::Unauthorized => answer.status == StatusCode::UNAUTHORIZED,
        Refusal::Unbelieved => answer.status == StatusCode::BAD_REQUEST,
        Refusal::To(page) => answer.status == StatusCode::SEE_OTHER && to == page,
        Refusal::Below(path) => {
            answer.status == StatusCode::SEE_OTHER
                && to.strip_prefix(path).is_some_and(|rest| !rest.is_empty())
        }
    }
}

/// Neither a fault nor a way past a demand. The clock of this house stands still, so it is never ready to issue, and
/// says so to everybody alike.
fn open_to_all(door: &Door, answer: &Answer) -> bool {
    let unready = door.path == "/klar" && answer.status == StatusCode::SERVICE_UNAVAILABLE;
    answer.status.is_success() || answer.status == StatusCode::SEE_OTHER || unready
}

/// The owner of everything that is knocked at, with a session and an enrolment of somebody she helps under way.
async fn owner(house: &House) -> (Browser, Handles) {
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let leaving = house.left(&mut browser).await;
    house.sign_in(&mut browser, 1, &app).await;
    let asked = browser.get(&format!("/saml/sso?{SERVICE}|m1|force")).await;
    let sign_in = asked.to.strip_prefix("/log-ind/").unwrap().to_owned();
    let enrolment = house.begin(&mut browser, 3).await;
    let away = browser.post("find", &[("go", "yes")]).await.to;
    let trip = away.split_once("state=").unwrap().1.to_owned();
    let role = house.propose(1).await;
    // Flows of people who proved themselves in this browser; whose they are does not open them elsewhere.
    let sheet = house.reopened(&mut browser, 4).await;
    let reopening = house.proved_for(&mut browser, "genaktiver", 5).await;
    house.enrol(&mut house.browser(), 6).await;
    let reset = house.back_from_mitid(&mut browser, "nulstil", 6).await;
    let block = house.question(&mut browser, 9).await;
    let verifying = house.verifying(&mut browser, &app, "own@private.example").await;
    let data = house.step_up(&mut browser, &app, "own-data").await;
    let data = data.strip_prefix("/konto/data/").unwrap().to_owned();
    let methods = house.step_up(&mut browser, &app, "factors").await;
    let methods = methods.strip_prefix("/konto/loginmidler/ret/").unwrap().to_owned();
    let (desk, opened_link) = house.link_for_a_phone(&mut browser, &app).await;
    let phone = browser.post("telefon-aabn", &[("token", &opened_link)]).await.to;
    let phone = phone.strip_prefix("/paa-telefon/").unwrap().to_owned();
    let device = house.step_up(&mut browser, &app, "code-device").await;
    let device = device.strip_prefix("/konto/kodeviser/").unwrap().to_owned();
    let password = house.step_up(&mut browser, &app, "password").await;
    let password = password.strip_prefix("/konto/adgangskode/").unwrap().to_owned();
    let relation = house.step_up(&mut browser, &app, "relation").await;
    let relation = relation.strip_prefix("/konto/afslut/").unwrap().to_owned();
    let codes = house.step_up(&mut browser, &app, "sheet").await;
    let codes = codes.strip_prefix("/konto/koder/").unwrap().to_owned();
    let step_up = house.step_up(&mut browser, &app, "private-mail").await;
    let step_up = step_up.strip_prefix("/konto/kontakt/").unwrap().to_owned();
    let asked = house.ask_step_up(&mut browser, "private-mail").await;
    let token = "a".repeat(64);
    let handles = Handles {
        enrolment,
        sign_in,
        token,
        role,
        trip,
        block,
        reopening,
        reset,
        sheet,
        step_up,
        methods,
        device,
        codes,
        password,
        relation,
        asked,
        verifying,
        data,
        desk,
        phone,
        phone_link: "a".repeat(64),
        opened_link,
        export: Handles::made_up().export,
        leaving,
    };
    (browser, handles)
}

/// What the owner's things look like; the same before and after others tried.
async fn standing(owner: &Browser, with: &Handles) -> Vec<(StatusCode, String)> {
    let mut seen = Vec::new();
    for path in [
        format!("/indrullering/{}", with.enrolment),
        format!("/log-ind/{}", with.sign_in),
        "/overblik".into(),
        format!("/konto/kontakt/{}", with.step_up),
        format!("/konto/loginmidler/ret/{}", with.methods),
        format!("/fortsaet/{}", with.desk),
        format!("/paa-telefon/{}", with.phone),
        format!("/konto/kodeviser/{}", with.device),
        format!("/konto/koder/{}", with.codes),
        format!("/konto/kontakt/{}/kode", with.verifying),
        format!("/konto/data/{}", with.data),
        format!("/logget-ud/{}", with.leaving),
    ] {
        let answer = owner.clone().get(&path).await;
        seen.push((answer.status, answer.to));
    }
    seen
}

#[tokio::test]
async fn nobody_another_person_and_half_a_login_are_refused_as_declared() {
    let house = House::open().await;
    let (owners, with) = owner(&house).await;
    let before = standing(&owners, &with).await;
    let mut another = house.browser();
    let app = house.enrol(&mut another, 2).await;
    house.sign_in(&mut another, 2, &app).await;
    let mut half = house.browser();
    house.password(&mut half, 1).await;
    for door in in_order() {
        for (who, visitor) in [("nobody", &house.browser()), ("another", &another), ("half a login", &half)] {
            let answer = knock(&mut visitor.clone(), door, &with).await;
            let signed_in = who == "another";
            let case = format!("{who} at {} {}: {} {}", door.method, door.path, answer.status, answer.to);
            match door.demands {
                Demand::Nothing => assert!(open_to_all(door, &answer), "{case}"),
                // Her own session opens her own page, and somebody else's role is no role.
                Demand::Session if signed_in => {
                    assert!(open_to_all(door, &answer) && !refused(&answer, door.refusal), "{case}");
                }
                Demand::StepUp if signed_in => assert_eq!(answer.to, "/overblik", "{case}"),
                // Whoever is no auditor is told on a page, or led to it.
                Demand::Role(RoleKind::Auditor) if signed_in => {
                    assert!(answer.status == StatusCode::FORBIDDEN || answer.to == "/revision", "{case}");
                }
                _ => assert!(refused(&answer, door.refusal), "{case}"),
            }
            for secret in ["Prøve 1", "Jonas"] {
                assert!(!answer.body.contains(secret), "{case} tells about the owner");
            }
        }
    }
    assert_eq!(standing(&owners, &with).await, before, "nothing of the owner's changed");
    assert_eq!(house.rig.events(EventKind::RoleAccepted).await, 0);
    assert_eq!(house.rig.events(EventKind::TokenIssued).await, 1, "the owner's own, before");
    assert_eq!(house.rig.events(EventKind::ContactChanged).await, 0);
    assert_eq!(house.rig.events(EventKind::FactorRemoved).await, 0);
    assert_eq!(house.rig.events(EventKind::ExportMade).await, 0);
    assert_eq!(house.rig.events(EventKind::TrailRead).await, 0);
    assert_eq!(house.rig.events(EventKind::AuditorRefused).await, 7, "each form leaves one");
}

#[tokio::test]
async fn a_session_without_the_step_up_is_sent_to_make_it() {
    let house = House::open().await;
    let (mut owners, with) = owner(&house).await;
    house.wait(6);
    for door in DOORS.iter().filter(|door| door.demands == Demand::StepUp) {
        let answer = knock(&mut owners, door, &with).await;
        assert!(refused(&answer, Refusal::Below("/log-ind/")), "{}: {answer:?}", door.path);
    }
    assert_eq!(house.rig.events(EventKind::RoleAccepted).await, 0);
    // One that was asked for and not made opens nothing but its own page.
    let asked = Handles {
        step_up: house.ask_step_up(&mut owners, "private-mail").await,
        methods: house.ask_step_up(&mut owners, "factors").await,
        device: house.ask_step_up(&mut owners, "code-device").await,
        codes: house.ask_step_up(&mut owners, "sheet").await,
        password: house.ask_step_up(&mut owners, "password").await,
        relation: house.ask_step_up(&mut owners, "relation").await,
        ..with.clone()
    };
    for door in DOORS.iter().filter(|door| door.demands == Demand::Proof) {
        let answer = knock(&mut owners, door, &asked).await;
        assert!(refused(&answer, Refusal::Below("/konto/bekraeft/")), "{}: {answer:?}", door.path);
        let old = knock(&mut owners, door, &with).await;
        let lists = ["/konto/kontakt", "/konto/loginmidler"].map(Refusal::To);
        let over = refused(&old, Refusal::Gone) || lists.iter().any(|list| refused(&old, *list));
        assert!(over, "made six minutes ago: {}: {old:?}", door.path);
    }
    assert_eq!(house.rig.events(EventKind::ContactChanged).await, 0);
    let overview = owners.get("/overblik").await;
    assert_eq!(overview.status, StatusCode::OK, "the session itself goes on");
}

const KEYS: [&str; 9] = [
    "/handling/noegle",
    "/handling/noegle-gem",
    "/handling/noegle-gem-mere",
    "/handling/noegle-bekraeftet",
    "/handling/telefon-noegle",
    "/handling/gendan-noegle",
    "/handling/genaktiver-noegle",
    "/handling/noegle-genaktiveret",
    "/handling/noegle-nulstillet",
];

/// They would take the same step-up as the door before.
const SPENT: [&str; 3] =
    ["/handling/kontakt-fjern", "/handling/loginmiddel-fjern", "/handling/loginmiddel-navn"];

/// Without this the refusals above would prove nothing.
#[tokio::test]
async fn the_owner_is_not_refused() {
    let house = House::open().await;
    let (mut owners, with) = owner(&house).await;
    house.rig.mitid.answers(good_answer(&hr::cpr(1), house.rig.cx().now));
    for door in in_order() {
        let fresh = match door.path {
            "/kom-i-gang/{token}" | "/handling/begynd" => Handles {
                token: house.rig.invite(7 + u32::from(door.method == "POST")).await,
                ..with.clone()
            },
            "/var-det-dig/{token}" | "/handling/var-det-dig" => {
                Handles { token: house.notice(10 + u32::from(door.method == "POST")).await, ..with.clone() }
            }
            "/telefon/{token}" | "/handling/telefon-aabn" => {
                Handles { phone_link: with.opened_link.clone(), ..with.clone() }
            }
            // One of its own: what comes after it goes on with the other.
            "/handling/afbryd" => {
                let asked = owners.clone().get(&format!("/saml/sso?{SERVICE}|m3|force")).await;
                let sign_in = asked.to.strip_prefix("/log-ind/").unwrap().to_owned();
                Handles { sign_in, ..with.clone() }
            }
            // She accepted the role a few doors before.
            path if path.starts_with("/revision/stikproeve/") => {
                Handles { export: auditor::sampled(&mut owners.clone()).await, ..with.clone() }
            }
            path if path.starts_with("/revision/bestilling/") => {
                Handles { export: auditor::ordered(&house, 1).await, ..with.clone() }
            }
            path if path.starts_with("/revision/udtraek/") => {
                Handles { export: auditor::exported(&mut owners.clone(), "8").await, ..with.clone() }
            }
            path if path.starts_with("/revision/noegletal/") => {
                Handles { export: auditor::counted(&mut owners.clone()).await, ..with.clone() }
            }
            path if path.starts_with("/revision/haendelser/") => {
                Handles { export: auditor::found(&mut owners.clone(), "").await, ..with.clone() }
            }
            "/revision/haendelse/{flow}" => {
                let export = auditor::opened(&mut owners.clone(), "role.accepted", "haendelse").await;
                Handles { export, ..with.clone() }
            }
            "/revision/vilkaar/{flow}" => {
                let export = auditor::opened(&mut owners.clone(), "terms.accepted", "vilkaar").await;
                Handles { export, ..with.clone() }
            }
            _ => with.clone(),
        };
        let mut browser = owners.clone();
        let answer = match door.demands {
            // Words are there once an answer left them.
            // What an application is served stands in `oidc.rs`, what a service's logout does in `logout.rs`, and what
            // administrators are in `terms.rs`.
            Demand::Words | Demand::Closed | Demand::Client | Demand::Role(RoleKind::Administrator) => {
                continue;
            }
            Demand::Signature if door.path != "/saml/sso" => continue,
            Demand::Signature => browser.get(&format!("/saml/sso?{SERVICE}|m2")).await,
            // Done or refused, it leads to where one signs in; only the sheet tells the two apart.
            // Her step-up was spent on the door before; done or refused, it leads to the same list.
            _ if SPENT.contains(&door.path) => continue,
            // They take the answer of a key, and there is none here: `keys.rs` has some.
            _ if KEYS.contains(&door.path) => continue,
            _ if door.path == "/handling/koder-gemt" => {
                assert_eq!(browser.get(&format!("/koder/{}", with.sheet)).await.status, StatusCode::OK);
                knock(&mut browser, door, &fresh).await;
                let sheet = browser.get(&format!("/koder/{}", with.sheet)).await;
                assert_ne!(sheet.status, StatusCode::OK, "kept, and shown no more");
                continue;
            }
            _ => knock(&mut browser, door, &fresh).await,
        };
        if door.path == "/handling/nulstil-adgangskode" {
            // A new password gives the cookie a new id.
            owners = browser;
        }
        let taken = open_to_all(door, &answer) && !refused(&answer, door.refusal);
        assert!(taken, "{} {}: {} {}", door.method, door.path, answer.status, answer.to);
    }
    assert_eq!(house.rig.events(EventKind::RoleAccepted).await, 1);
}

#[tokio::test]
async fn what_follows_a_no_is_shown_to_the_reader_of_that_flow_alone() {
    let house = House::open().await;
    let mut reader = house.browser();
    let flow = house.begin(&mut reader, 1).await;
    let (own, nobodys) = (format!("/indrullering/{flow}/vilkaar/nej"), Handles::made_up().trip);
    let shown = reader.get(&own).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("Hvis du ikke accepterer"));
    let gone = reader.get(&format!("/indrullering/{nobodys}/vilkaar/nej")).await;
    assert!(refused(&gone, Refusal::Gone) && !gone.body.contains("Hvis du ikke accepterer"), "{gone:?}");
    assert!(refused(&house.browser().get(&own).await, Refusal::Gone), "another browser");
    for (journey, page) in [("log-ind", "nej"), ("log-ind", "1"), ("genaktiver", "nej"), ("genaktiver", "1")]
    {
        let elsewhere = reader.get(&format!("/{journey}/{flow}/vilkaar/{page}")).await;
        assert!(refused(&elsewhere, Refusal::Gone), "{journey} {page}: {elsewhere:?}");
    }
    let own_flow = [("journey", "indrullering"), ("flow", flow.as_str())];
    for page in ["1", "2", "3", "4"] {
        reader.post("vend", &[&own_flow[..], &[("page", page)]].concat()).await;
    }
    reader.post("accepter", &[&own_flow[..], &[("accept", "yes")]].concat()).await;
    let on = format!("/indrullering/{flow}/bekraeft");
    assert_eq!(reader.get(&own).await.to, on, "accepted: there is nothing left to decline");
}

#[tokio::test]
async fn words_left_for_one_browser_are_shown_there_and_nowhere_else() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (cause, page) in [
        ("/saml/sso?nonsense", "/log-ind/fejl"),
        ("/mitid/tilbage/test?state=x&code=y", "/mitid/ikke-bekraeftet"),
        ("/mitid/tilbage/test?state=x&state=x", "/mitid/ikke-bekraeftet"),
    ] {
        assert_eq!(browser.get(cause).await.to, page, "{cause}");
        assert_eq!(browser.get(page).await.status, StatusCode::OK);
        assert_ne!(house.browser().get(page).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_callback_at_another_profiles_address_proves_nothing_and_leaves_an_event() {
    let house = House::open().await;
    let mut browser = house.browser();
    let away = browser.post("find", &[("go", "yes")]).await.to;
    let state = away.split_once("state=").unwrap().1;
    let doubled = format!("/mitid/tilbage/test?state={state}&code=a&code=b");
    assert_eq!(browser.get(&doubled).await.to, "/mitid/ikke-bekraeftet", "what is said twice is not heard");
    let mixed_up = format!("/mitid/tilbage/another?state={state}&code=code");
    assert_eq!(browser.get(&mixed_up).await.to, "/mitid/ikke-bekraeftet");
    assert_eq!(house.rig.events(EventKind::ProofRefused).await, 2);
    assert_eq!(house.rig.mitid.asked().len(), 1, "nobody was asked for a token");
}
