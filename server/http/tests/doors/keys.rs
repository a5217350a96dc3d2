//! Passkeys, security keys and code devices: by the forms a browser sends, over the real use cases. What is inside an
//! answer is `webauthn`'s own to prove.

use crate::browser::{Answer, Browser};
use crate::house::House;
use axum::http::StatusCode;
use domain::audit::EventKind;
use testkit::{App, Gadget, PASSWORD, SoftKey, good_answer, hr};

/// An enrolment of the n-th person, as far as the page where she chooses a login method; gives the flow.
pub(crate) async fn at_choice(house: &House, browser: &mut Browser, n: u32) -> String {
    let flow = house.begin(browser, n).await;
    let own = [("flow", flow.as_str())];
    let and = |more: &[(&'static str, &'static str)]| [&own[..], more].concat();
    for page in ["1", "2", "3", "4"] {
        browser.post("vend", &and(&[("journey", "indrullering"), ("page", page)])).await;
    }
    browser.post("accepter", &and(&[("journey", "indrullering"), ("accept", "yes")])).await;
    let away = browser.post("bekraeft", &own).await.to;
    let (_, state) = away.split_once("state=").unwrap();
    house.rig.mitid.answers(good_answer(&hr::cpr(n), house.rig.cx().now));
    browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
    let chosen = browser.post("adgangskode", &and(&[("password", PASSWORD)])).await;
    assert!(chosen.to.ends_with("/loginmiddel"), "{chosen:?}");
    flow
}

/// Registers a key there.
async fn add(browser: &mut Browser, flow: &str, key: &SoftKey, name: &str) -> Answer {
    let kind = ("kind", "passkey");
    let asked = browser.ask("noegle-ny", &[("flow", flow), kind]).await.unwrap();
    let answer = key.answer(&asked.options);
    let fields = [("flow", flow), kind, ("name", name), ("ceremony", &asked.ceremony), ("answer", &answer)];
    browser.post("noegle-gem", &fields).await
}

/// Day one of the n-th person with a passkey and nothing else.
async fn enrolled(house: &House, browser: &mut Browser, n: u32, key: &mut SoftKey) {
    let flow = at_choice(house, browser, n).await;
    let added = add(browser, &flow, key, "Min telefon").await;
    assert!(added.to.ends_with("/tjek"), "{added:?}");
    browser.post("faerdig", &[("flow", &flow)]).await;
    key.person = Some(house.rig.person(n).await.id);
}

/// Answers with a key in this sign-in, or in a new one.
async fn show(browser: &mut Browser, flow: &str, key: &SoftKey) -> Answer {
    let asked = browser.ask("noegle-spoerg", &[("flow", flow)]).await.unwrap();
    let answer = key.answer(&asked.options);
    let fields = [("flow", flow), ("ceremony", &asked.ceremony), ("answer", &answer)];
    browser.post("noegle", &fields).await
}

pub(crate) async fn password(browser: &mut Browser, flow: &str, n: u32) -> Answer {
    let name = format!("p{n}");
    browser.post("log-ind", &[("flow", flow), ("user_name", &name), ("password", PASSWORD)]).await
}

#[tokio::test]
async fn a_passkey_is_added_on_day_one_and_signs_in_after_the_password_and_before_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let mut key = SoftKey::numbered(1);
    enrolled(&house, &mut browser, 1, &mut key).await;

    let asked = password(&mut browser, "", 1).await.to;
    assert!(asked.ends_with("/noegle"), "she has nothing else: {asked}");
    let page = browser.get(&asked).await;
    for words in ["data-ceremony=\"get\"", "data-answer=\"/handling/noegle\"", "/andre-veje", "JavaScript"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let flow = asked.split('/').nth(2).unwrap().to_owned();
    let code_page = browser.get(&format!("/log-ind/{flow}/kode")).await;
    assert_eq!(code_page.to, asked, "nothing of hers shows codes");
    assert_eq!(show(&mut browser, &flow, &key).await.to, "/overblik");
    assert_eq!(browser.get("/overblik").await.status, StatusCode::OK);

    let mut other = house.browser();
    let next = show(&mut other, "", &key).await.to;
    let page = other.get(&next).await.body;
    assert!(page.contains("Din nøgle er godkendt") && page.contains("value=\"p1\""), "{page}");
    assert!(!page.contains("data-ceremony"), "one key is enough");
    let flow = next.strip_prefix("/log-ind/").unwrap().to_owned();
    assert_eq!(password(&mut other, &flow, 1).await.to, "/overblik");
}

#[tokio::test]
async fn a_browser_without_script_is_told_what_needs_it_and_asks_for_nothing() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = at_choice(&house, &mut browser, 1).await;
    let sent = browser.post("noegle-ny", &[("flow", &flow), ("kind", "security-key")]).await;
    assert_eq!(sent.to, format!("/indrullering/{flow}/sikkerhedsnoegle"));
    let page = browser.get(&sent.to).await.body;
    assert!(page.contains("kun, når JavaScript er slået til"), "{page}");
    let before = house.browser().post("noegle-spoerg", &[("flow", "")]).await;
    assert_eq!(before.to, "/log-ind/noegle");
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 0);
}

#[tokio::test]
async fn what_a_key_answers_wrongly_is_said_and_adds_nothing() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = at_choice(&house, &mut browser, 1).await;
    let page = format!("/indrullering/{flow}/adgangsnoegle");
    let said = |body: &str, words: &str| assert!(body.contains(words), "{words}: {body}");

    assert_eq!(add(&mut browser, &flow, &SoftKey::numbered(1), " ").await.to, page);
    said(&browser.get(&page).await.body, "class=\"field-error\"");
    let unverified = SoftKey { verifies: false, ..SoftKey::numbered(1) };
    assert_eq!(add(&mut browser, &flow, &unverified, "Min nøgle").await.to, page);
    said(&browser.get(&page).await.body, "skal låses op med fingeraftryk");

    let asked = browser.ask("noegle-ny", &[("flow", &flow), ("kind", "passkey")]).await.unwrap();
    let stale = SoftKey::numbered(1).answer("another challenge");
    let fields =
        [("flow", flow.as_str()), ("kind", "passkey"), ("name", "Min nøgle"), ("ceremony", &asked.ceremony)];
    let wrong = browser.post("noegle-gem", &[&fields[..], &[("answer", stale.as_str())]].concat()).await;
    assert_eq!(wrong.to, page);
    let page = browser.get(&page).await.body;
    said(&page, "Nøglen blev ikke tilføjet");
    said(&page, "value=\"Min nøgle\"");
    let right = SoftKey::numbered(1).answer(&asked.options);
    let late = browser.post("noegle-gem", &[&fields[..], &[("answer", right.as_str())]].concat()).await;
    assert_eq!(late.to, "/kom-i-gang", "its ceremony is spent");
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 0);
}

#[tokio::test]
async fn another_browsers_answer_and_a_strangers_key_open_nothing() {
    let house = House::open().await;
    let (mut browser, mut key) = (house.browser(), SoftKey::numbered(1));
    enrolled(&house, &mut browser, 1, &mut key).await;
    let mut thief = house.browser();
    let asked = browser.ask("noegle-spoerg", &[("flow", "")]).await.unwrap();
    let answer = key.answer(&asked.options);
    let fields = [("flow", ""), ("ceremony", asked.ceremony.as_str()), ("answer", &answer)];
    assert_eq!(thief.post("noegle", &fields).await.to, "/log-ind");
    assert_eq!(thief.get("/overblik").await.to, "/log-ind");

    let refused = show(&mut thief, "", &SoftKey::numbered(9)).await.to;
    assert!(refused.ends_with("/noegle"), "{refused}");
    let page = thief.get(&refused).await.body;
    assert!(page.contains("Den nøgle kan vi ikke bruge"), "{page}");
}

#[tokio::test]
async fn her_login_methods_are_listed_named_tried_added_and_removed() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let list = browser.get("/konto/loginmidler").await.body;
    for words in ["Godkender-app", "Du har kun ét", "Firefox på Linux fra 127.0.0.1"] {
        assert!(list.contains(words), "{words}: {list}");
    }

    let open = house.step_up(&mut browser, &app, "factors").await;
    let page = browser.get(&open).await.body;
    assert!(page.contains("Det er det sidste, du kan logge ind med"), "{page}");
    let flow = open.rsplit('/').next().unwrap().to_owned();
    let fields = [("flow", flow.as_str()), ("kind", "security-key")];
    let asked = browser.ask("noegle-en-mere", &fields).await.unwrap();
    let key = SoftKey::numbered(1);
    let answer = key.answer(&asked.options);
    let more = [("name", "Nøglebundt"), ("ceremony", asked.ceremony.as_str()), ("answer", answer.as_str())];
    assert_eq!(
        browser.post("noegle-gem-mere", &[&fields[..], &more].concat()).await.to,
        "/konto/loginmidler"
    );
    let list = browser.get("/konto/loginmidler").await.body;
    assert!(list.contains("Loginmidlet er tilføjet") && list.contains("Nøglebundt"), "{list}");
    assert_eq!(browser.get(&open).await.status, StatusCode::GONE, "the step-up is spent");

    let person = house.rig.person(1).await.id;
    let id = house.rig.look().await.passkeys_of(person).await.unwrap()[0].id.to_string();
    let own = format!("/konto/loginmidler/{id}");
    let open = house.step_up(&mut browser, &app, "factors").await;
    let flow = open.rsplit('/').next().unwrap();
    let named = |name| [("flow", flow), ("factor", id.as_str()), ("name", name)];
    assert_eq!(browser.post("loginmiddel-navn", &named("")).await.to, open);
    let page = browser.get(&open).await.body;
    assert!(
        page.contains("class=\"field-error\"") && page.contains(&format!("value=\"{id}\" checked")),
        "{page}"
    );
    assert_eq!(browser.post("loginmiddel-navn", &named("Blå nøgle")).await.to, own);
    assert!(browser.get(&own).await.body.contains("Navnet er gemt"));
    assert_eq!(browser.post("loginmiddel-navn", &named("Grøn nøgle")).await.to, "/konto/loginmidler", "once");
    assert_eq!(browser.post("loginmiddel-foerst", &[("factor", &id)]).await.to, own);
    assert!(browser.get(&own).await.body.contains("Du bliver spurgt om det først"));
    let asked = browser.ask("noegle-proev", &[("factor", &id)]).await.unwrap();
    let answer = key.answer(&asked.options);
    let fields = [("factor", id.as_str()), ("ceremony", &asked.ceremony), ("answer", &answer)];
    assert_eq!(browser.post("noegle-proevet", &fields).await.to, own);
    assert!(browser.get(&own).await.body.contains("Sammen med din adgangskode kan du logge ind"));

    // She chose it: it is asked for first, and codes are one choice away.
    let asked = password(&mut house.browser(), "", 1).await.to;
    assert!(asked.ends_with("/noegle"), "{asked}");

    let open = house.step_up(&mut browser, &app, "factors").await;
    let asks = format!("{open}/fjern/{id}");
    assert!(browser.get(&open).await.body.contains(&format!("href=\"{asks}\"")), "it is asked for first");
    let sure = browser.get(&asks).await.body;
    for words in
        ["Vil du fjerne Blå nøgle?", "Med din adgangskode og", "(godkender-app)", "loginmiddel-fjern"]
    {
        assert!(sure.contains(words), "{words}: {sure}");
    }
    assert_eq!(house.rig.events(EventKind::FactorRemoved).await, 0);
    assert_eq!(browser.get(&format!("{open}/fjern/another")).await.to, "/konto/loginmidler");
    let flow = open.rsplit('/').next().unwrap().to_owned();
    let fields = [("flow", flow.as_str()), ("factor", id.as_str())];
    assert_eq!(browser.post("loginmiddel-fjern", &fields).await.to, "/konto/loginmidler");
    let list = browser.get("/konto/loginmidler").await.body;
    assert!(list.contains("Loginmidlet er fjernet") && !list.contains("Blå nøgle"), "{list}");
    assert_eq!(browser.post("loginmiddel-fjern", &fields).await.to, "/konto/loginmidler", "once");
    assert_eq!(house.rig.events(EventKind::FactorRemoved).await, 1);
}

#[tokio::test]
async fn a_key_confirms_again_where_there_is_no_app() {
    let house = House::open().await;
    let (mut browser, mut key) = (house.browser(), SoftKey::numbered(1));
    enrolled(&house, &mut browser, 1, &mut key).await;
    let flow = password(&mut browser, "", 1).await.to.split('/').nth(2).unwrap().to_owned();
    show(&mut browser, &flow, &key).await;
    let change = browser.get("/konto/adgangskode").await.body;
    assert!(
        change.contains("Brug din nøgle") && change.contains("/glemt-adgangskode"),
        "no dead end: {change}"
    );
    let flow = house.ask_step_up(&mut browser, "own-data").await;
    let page = browser.get(&format!("/konto/bekraeft/{flow}")).await.body;
    assert!(page.contains("data-ceremony=\"get\"") && !page.contains("name=\"code\""), "{page}");
    let asked = browser.ask("noegle-bekraeft", &[("flow", &flow)]).await.unwrap();
    let answer = key.answer(&asked.options);
    let fields = [("flow", flow.as_str()), ("ceremony", &asked.ceremony), ("answer", &answer)];
    let thief = house.browser().post("noegle-bekraeftet", &fields).await;
    assert_eq!(thief.to, "/overblik");
    let made = browser.post("noegle-bekraeftet", &fields).await.to;
    assert!(made.starts_with("/konto/data/"), "{made}");
    assert_eq!(browser.post("noegle-bekraeftet", &fields).await.to, "/overblik", "an answer counts once");
}

#[tokio::test]
async fn one_more_app_is_added_with_one_right_code_behind_a_step_up() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let open = house.step_up(&mut browser, &app, "factors").await;
    let (page, flow) = (format!("{open}/app"), open.rsplit('/').next().unwrap());
    let shown = browser.get(&page).await.body;
    let (_, seed) = shown.split_once("secret=").unwrap();
    let seed = seed.split(['&', '"']).next().unwrap();
    assert!(browser.get(&page).await.body.contains(seed), "the same one again: she may have scanned it");
    let new = App::with_seed(seed);
    let now = house.rig.cx().now;
    let (right, wrong) = (new.code(now), new.wrong_code(now));
    let fields = |code| [("flow", flow), ("name", "Ny telefon"), ("code", code)];
    assert_eq!(browser.post("app-mere", &fields(&wrong)).await.to, page);
    assert!(browser.get(&page).await.body.contains("Koden passer ikke"));
    assert_eq!(
        house.browser().post("app-mere", &fields(&right)).await.to,
        "/konto/loginmidler",
        "a stranger"
    );
    assert_eq!(browser.post("app-mere", &fields(&right)).await.to, "/konto/loginmidler");
    let list = browser.get("/konto/loginmidler").await.body;
    assert!(list.contains("Loginmidlet er tilføjet") && list.contains("Ny telefon"), "{list}");
    assert_eq!(browser.get(&page).await.status, StatusCode::GONE, "the step-up is spent");
    assert_eq!(house.rig.events(EventKind::FactorAdded).await, 2);
    // Both count: the old one may go now.
    house.sign_in(&mut house.browser(), 1, &new).await;
}

#[tokio::test]
async fn a_code_device_is_taken_into_use_on_day_one_and_brought_into_step() {
    let house = House::open().await;
    let mut browser = house.browser();
    let flow = at_choice(&house, &mut browser, 1).await;
    let page = format!("/indrullering/{flow}/kodeviser");
    let mut gadget = Gadget::button(1);
    let fields = |code| [("flow", flow.as_str()), ("name", "Nøglering"), ("code", code)];
    let shown = gadget.shows(house.rig.cx().now);
    assert_eq!(browser.post("kodeviser", &fields(&shown)).await.to, page);
    assert!(browser.get(&page).await.body.contains("Der venter ingen kodeviser på dig"));
    house.rig.handed_out(&gadget, 1).await;
    assert_eq!(browser.post("kodeviser", &fields("000000")).await.to, page);
    let told = browser.get(&page).await.body;
    assert!(told.contains("Koden passer ikke") && told.contains("value=\"Nøglering\""), "{told}");
    let shown = gadget.shows(house.rig.cx().now);
    let taken = browser.post("kodeviser", &fields(&shown)).await;
    assert!(taken.to.ends_with("/tjek"), "{taken:?}");
    browser.post("faerdig", &[("flow", &flow)]).await;

    gadget.press(60);
    let asked = password(&mut browser, "", 1).await.to;
    let flow = asked.split('/').nth(2).unwrap().to_owned();
    let code = gadget.shows(house.rig.cx().now);
    assert_eq!(
        browser.post("kode", &[("flow", &flow), ("code", &code)]).await.to,
        asked,
        "pressed too often"
    );
    let ways = browser.get(&format!("/log-ind/{flow}/andre-veje")).await.body;
    let apart = format!("/log-ind/{flow}/kodeviser");
    assert!(ways.contains(&apart), "{ways}");
    let two = [gadget.shows(house.rig.cx().now), gadget.shows(house.rig.cx().now)];
    let pair = |first, second| [("flow", flow.as_str()), ("code", first), ("second", second)];
    assert_eq!(browser.post("kodeviser-sammen", &pair(&two[1], &two[0])).await.to, apart);
    assert!(browser.get(&apart).await.body.contains("De to koder følger ikke efter hinanden"));
    assert_eq!(browser.post("kodeviser-sammen", &pair(&two[0], &two[1])).await.to, asked);
    assert!(browser.get(&asked).await.body.contains("Kodeviseren passer igen"));
    let next = gadget.shows(house.rig.cx().now);
    assert_eq!(browser.post("kode", &[("flow", &flow), ("code", &next)]).await.to, "/overblik");
}

/// Answers with a key instead of MitID, as the page's script does.
async fn instead_of_mitid(browser: &mut Browser, (ask, answered): (&str, &str), key: &SoftKey) -> Answer {
    let asked = browser.ask(ask, &[("go", "yes")]).await.unwrap();
    let answer = key.answer(&asked.options);
    browser.post(answered, &[("ceremony", &asked.ceremony), ("answer", &answer)]).await
}

const REOPENS: (&str, &str) = ("noegle-genaktiver", "noegle-genaktiveret");
const RESETS: (&str, &str) = ("noegle-nulstil", "noegle-nulstillet");

#[tokio::test]
async fn a_key_that_counts_alone_goes_where_mitid_does_and_any_other_is_sent_to_mitid() {
    let house = House::with_good_model().await;
    let mut browser = house.browser();
    let mut key = SoftKey { model: House::MODEL, attested: true, ..SoftKey::numbered(1) };
    enrolled(&house, &mut browser, 1, &mut key).await;
    let mut weak = SoftKey::numbered(2);
    enrolled(&house, &mut house.browser(), 2, &mut weak).await;

    for ((ask, answered), start) in [(REOPENS, "/genaktiver"), (RESETS, "/glemt-adgangskode")] {
        let mut stranger = house.browser();
        let page = stranger.get(start).await.body;
        for words in [format!("/handling/{ask}"), format!("data-answer=\"/handling/{answered}\"")] {
            assert!(page.contains(&words) && page.contains("MitID"), "{words}: {page}");
        }
        let sent = stranger.post(ask, &[("go", "yes")]).await.to;
        assert_eq!(sent, start);
        assert!(stranger.get(start).await.body.contains("kun, når JavaScript er slået til"));
        assert_eq!(instead_of_mitid(&mut stranger, (ask, answered), &weak).await.to, start);
        let told = stranger.get(start).await.body;
        assert!(told.contains("ikke nok alene") && told.contains("Brug MitID"), "{told}");
        assert_eq!(instead_of_mitid(&mut stranger, (ask, answered), &SoftKey::numbered(9)).await.to, start);
        assert!(stranger.get(start).await.body.contains("Den nøgle kan vi ikke bruge"));
    }

    let mut stranger = house.browser();
    let reset = instead_of_mitid(&mut stranger, RESETS, &key).await.to;
    assert!(reset.starts_with("/glemt-adgangskode/"), "{reset}");
    assert!(stranger.get(&reset).await.body.contains("Vælg en ny adgangskode"));
    let flow = reset.rsplit('/').next().unwrap();
    let fields = [("flow", flow), ("password", "tolv gule tulipaner")];
    assert_eq!(house.browser().post("nulstil-adgangskode", &fields).await.to, "/glemt-adgangskode");
    assert_eq!(stranger.post("nulstil-adgangskode", &fields).await.to, "/log-ind");

    let not_blocked = instead_of_mitid(&mut stranger, REOPENS, &key).await.to;
    assert_eq!(not_blocked, "/genaktiver/afvist");
    assert!(stranger.get(&not_blocked).await.body.contains("ikke spærret"));
    show(&mut browser, "", &key).await;
    assert_eq!(browser.post("spaer-nu", &[("go", "yes")]).await.to, "/spaer/kvittering");
    let first = instead_of_mitid(&mut stranger, RESETS, &key).await.to;
    assert_eq!(first, "/genaktiver/afvist", "opening comes first");
    let reopening = instead_of_mitid(&mut stranger, REOPENS, &key).await.to;
    assert!(reopening.starts_with("/genaktiver/"), "{reopening}");
    assert_eq!(stranger.get(&reopening).await.status, StatusCode::OK);
    assert_eq!(house.rig.events(EventKind::ReopeningBegun).await, 1);
}
