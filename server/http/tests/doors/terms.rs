//! Terms are published by two administrators, by forms alone; nobody else has a way in.

use crate::browser::Browser;
use crate::house::House;
use axum::http::StatusCode;
use domain::audit::EventKind;
use domain::person::UserName;
use domain::role::RoleKind;
use testkit::App;
use usecases::roles::{Proposed, propose_role};

const LIST: &str = "/administration/vilkaar";

/// The n-th person, an administrator who is signed in.
async fn administrator(house: &House, n: u32) -> (Browser, App) {
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, n).await;
    let name = UserName::try_from(format!("p{n}").as_str()).unwrap();
    let mut role = String::new();
    for operator in ["ops1", "ops2"] {
        let proposed =
            propose_role(&house.rig.cx(), operator, &name, RoleKind::Administrator, "needed").await;
        if let Proposed::NeedsAcceptance(id) = proposed.unwrap() {
            role = id.to_string();
        }
    }
    house.sign_in(&mut browser, n, &app).await;
    assert_eq!(browser.post("rolle", &[("role", &role)]).await.to, "/overblik");
    (browser, app)
}

/// A draft of hers with another first page; gives its id.
async fn written(house: &House, writer: &mut Browser) -> String {
    assert_eq!(writer.post("vilkaar-udkast", &[("version", "2.0")]).await.to, LIST);
    let draft = house.rig.look().await.open_draft().await.unwrap().unwrap().id.to_string();
    let fields = [
        ("draft", draft.as_str()),
        ("page", "1"),
        ("da_title", "Nyt"),
        ("da_body", "Vær god\r\nhver dag."),
        ("en_title", "New"),
        ("en_body", "Be good\r\nevery day."),
    ];
    assert_eq!(writer.post("vilkaar-side", &fields).await.to, LIST);
    draft
}

/// Confirms again for terms; gives the flow.
async fn confirmed(house: &House, browser: &mut Browser, app: &App) -> String {
    let to = house.step_up(browser, app, "terms").await;
    to.strip_prefix("/administration/vilkaar/").unwrap().to_owned()
}

async fn propose(house: &House, (writer, app): (&mut Browser, &App), draft: &str) {
    let flow = confirmed(house, writer, app).await;
    let page = writer.get(&format!("{LIST}/{flow}")).await;
    assert!(page.body.contains("Foreslå version 2.0"), "{page:?}");
    assert_eq!(writer.post("vilkaar-foreslaa", &[("flow", &flow), ("draft", draft)]).await.to, LIST);
    assert_eq!(house.rig.events(EventKind::TermsProposed).await, 1);
}

async fn hash(house: &House) -> String {
    house.rig.look().await.open_draft().await.unwrap().unwrap().hash().to_string()
}

#[tokio::test]
async fn one_administrator_writes_another_publishes_and_everybody_reads() {
    let house = House::open().await;
    let (mut writer, writers) = administrator(&house, 1).await;
    let (mut other, others) = administrator(&house, 2).await;
    assert!(other.get("/overblik").await.body.contains(LIST));
    let draft = written(&house, &mut writer).await;
    assert_eq!(other.get(&format!("{LIST}/side/1")).await.to, LIST, "only its author writes");
    propose(&house, (&mut writer, &writers), &draft).await;
    let list = other.get(LIST).await.body;
    assert!(list.contains("<ins>Vær god") && list.contains("<ins>Be good"), "{list}");
    let (flow, read) = (confirmed(&house, &mut other, &others).await, hash(&house).await);
    let open = format!("{LIST}/{flow}");
    assert!(other.get(&open).await.body.contains("Udgiv version 2.0"));
    let own = [("flow", flow.as_str()), ("draft", draft.as_str()), ("read", read.as_str())];
    for (from, binds, last) in [
        ("i morgen", "everybody", ""),
        ("2026-11-01", "everybody", ""),
        ("2026-11-02", "", ""),
        ("2026-11-02", "newcomers", "2026-12-24"),
        ("2026-11-02", "everybody", "2026-11-10"),
    ] {
        let fields = [&own[..], &[("from", from), ("binds", binds), ("accept_by", last)]].concat();
        assert_eq!(other.post("vilkaar-udgiv", &fields).await.to, open, "{from} {binds} {last}");
        assert!(other.get(&open).await.body.contains("error-summary"), "{from} {binds} {last}");
    }
    let fields = [&own[..], &[("from", "2026-11-02"), ("binds", "everybody"), ("accept_by", "")]].concat();
    let hers = writer.get("/konto/vilkaar").await.body;
    assert!(hers.contains("Den gælder nu.") && !hers.contains("Nye vilkår"), "{hers}");
    assert_eq!(other.post("vilkaar-udgiv", &fields).await.to, LIST);
    let hers = writer.get("/konto/vilkaar").await.body;
    assert!(
        hers.contains("Nye vilkår, udgave 2.0, gælder nu."),
        "who is signed in reads it with hers: {hers}"
    );
    assert_eq!(house.rig.events(EventKind::TermsPublished).await, 1);
    let terms = house.browser().get("/vilkaar").await.body;
    assert!(terms.contains("Vær god") && terms.contains("2.0"), "{terms}");
    let again = other.post("vilkaar-udgiv", &fields).await;
    assert_eq!(again.to, LIST, "spent");
    assert_eq!(house.rig.events(EventKind::TermsPublished).await, 1);
}

#[tokio::test]
async fn its_author_publishes_nothing_nor_does_a_step_up_for_something_else() {
    let house = House::open().await;
    let (mut writer, writers) = administrator(&house, 1).await;
    let (mut other, others) = administrator(&house, 2).await;
    let draft = written(&house, &mut writer).await;
    propose(&house, (&mut writer, &writers), &draft).await;
    let read = hash(&house).await;
    let flow = confirmed(&house, &mut writer, &writers).await;
    assert_eq!(writer.get(&format!("{LIST}/{flow}")).await.to, LIST, "it waits for another");
    let another = house.step_up(&mut other, &others, "password").await;
    let another = another.strip_prefix("/konto/adgangskode/").unwrap().to_owned();
    assert_eq!(other.get(&format!("{LIST}/{another}")).await.status, StatusCode::GONE);
    for (browser, flow) in [(&mut writer, &flow), (&mut other, &another)] {
        let fields = [
            ("flow", flow.as_str()),
            ("draft", draft.as_str()),
            ("read", read.as_str()),
            ("from", "2026-11-02"),
            ("binds", "everybody"),
        ];
        assert_eq!(browser.post("vilkaar-udgiv", &fields).await.to, LIST);
    }
    assert_eq!(house.rig.events(EventKind::TermsPublished).await, 0);
    assert_eq!(other.post("vilkaar-tilbage", &[("draft", &draft)]).await.to, LIST);
    assert_eq!(house.rig.events(EventKind::TermsDraftWithdrawn).await, 1);
    assert!(other.get(LIST).await.body.contains("Begynd et udkast"));
}

#[tokio::test]
async fn a_draft_that_does_not_go_on_says_what_to_do() {
    let house = House::open().await;
    let (mut writer, writers) = administrator(&house, 1).await;
    let slip = writer.post("vilkaar-udkast", &[("version", "1.0")]).await;
    assert_eq!(slip.to, LIST);
    assert!(writer.get(LIST).await.body.contains("som ingen version har haft"));
    let draft = written(&house, &mut writer).await;
    assert_eq!(writer.post("vilkaar-udkast", &[("version", "3.0")]).await.to, LIST);
    assert!(writer.get(LIST).await.body.contains("Udkastet er kommet videre"), "one at a time");
    let half = [("draft", draft.as_str()), ("page", "2"), ("da_title", "Kun dansk"), ("da_body", "Tekst.")];
    assert_eq!(writer.post("vilkaar-side", &half).await.to, LIST, "saved as far as it is");
    let flow = confirmed(&house, &mut writer, &writers).await;
    let to = writer.post("vilkaar-foreslaa", &[("flow", &flow), ("draft", &draft)]).await.to;
    assert_eq!(to, format!("{LIST}/side/2"));
    assert!(writer.get(&to).await.body.contains("mangler noget på et af sprogene"));
    let filled = [("draft", draft.as_str()), ("page", "2"), ("da_title", "X"), ("da_body", "{{phone}}")];
    assert_eq!(writer.post("vilkaar-side", &filled).await.to, to);
    assert!(writer.get(&to).await.body.contains("error-summary"));
}
