//! A page that is looked at changes nothing: it is shown while somebody else writes, and there is one writer at a time.

use crate::house::House;
use crate::{filled, owner};
use axum::http::StatusCode;
use domain::Date;
use domain::hr::HrLine;
use http_edge::doors::{DOORS, Demand};
use std::time::Duration;
use testkit::hr;
use tokio::time::timeout;

/// What writes by being asked for: an answer to a service is made at that moment, and so is what it is asked on a way out; a seed is offered that must be the same
/// at the next look, and a probe asks just whether somebody can write.
const WRITE: &[&str] = &[
    "/svar/{flow}",
    "/log-af/{flow}",
    "/indrullering/{flow}/app",
    "/konto/loginmidler/ret/{flow}/app",
    "/spaer/helbred",
];

#[tokio::test]
async fn pages_are_shown_beside_whoever_writes() {
    let house = House::open().await;
    let (mut browser, with) = owner(&house).await;
    let pages = DOORS.iter().filter(|door| {
        let looked_at = matches!(
            door.demands,
            Demand::Nothing | Demand::Link | Demand::Flow | Demand::Session | Demand::Proof
        );
        door.method == "GET" && looked_at && !WRITE.contains(&door.path)
    });
    let pages: Vec<_> = pages.collect();
    let mut before = Vec::new();
    // Once before: words that were left for a page are taken away by reading them.
    for door in &pages {
        before.push((browser.get(&filled(door, &with)).await.status, door.path));
    }
    assert!(before.iter().filter(|(status, _)| *status == StatusCode::OK).count() > 35, "{before:?}");
    let mut writer = house.rig.change().await;
    writer.codes_for_update(house.rig.person(1).await.id).await.unwrap();
    let mut waits = Vec::new();
    for (door, (status, _)) in pages.into_iter().zip(before) {
        match timeout(Duration::from_secs(5), browser.get(&filled(door, &with))).await {
            Ok(answer) => assert_eq!(answer.status, status, "{}", door.path),
            Err(_) => waits.push(door.path),
        }
    }
    assert!(waits.is_empty(), "they wait for who is writing: {waits:?}");
}

#[tokio::test]
async fn the_short_address_leads_to_the_accessibility_statement_or_to_our_page_about_it() {
    const STATEMENT: &str = "https://was.digst.dk/login-nordby-example";
    for (house, leads) in
        [(House::open().await, "/tilgaengelighed"), (House::with_statement(STATEMENT).await, STATEMENT)]
    {
        let answer = house.browser().get("/was").await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, leads));
    }
}

/// Page 21 from HR's line to what she reads.
#[tokio::test]
async fn who_starts_on_a_day_to_come_reads_which_on_her_list_of_steps_once_it_is_proved_who_she_is() {
    let house = House::open().await;
    let line = HrLine { starts_on: Date::constant(2026, 12, 1), ..hr::line(1) };
    house.rig.import(vec![line]).await.unwrap();
    let letters = house.rig.letters().await;
    let token = letters.iter().find_map(|letter| letter.token()).unwrap();
    let mut browser = house.browser();
    let first = browser.post("begynd", &[("token", token)]).await;
    let flow = first.to.split('/').nth(2).unwrap();
    let list = format!("/indrullering/{flow}");
    let said = "Du begynder tirsdag d. 1. dec. 2026";
    let before = browser.get(&list).await;
    assert!(
        before.status == StatusCode::OK && !before.body.contains(said),
        "whoever has the link learns nothing"
    );
    house.prove(&mut browser, flow, 1).await;
    assert!(browser.get(&list).await.body.contains(said), "and she what to expect");
}
