//! Whether the house is ready, for whoever watches it.

use crate::house::House;
use domain::SignedDuration;
use testkit::{hours, hr};
use usecases::import_employees::import_employees;

const GIVEN_UP: &str = "notices that were given up: ";

#[tokio::test]
async fn whoever_watches_the_house_hears_how_many_letters_were_given_up() {
    let house = House::open().await;
    let rig = &house.rig;
    rig.import(vec![hr::line(1), hr::line(2)]).await.unwrap();
    let before = house.browser().get("/klar").await;
    assert!(!before.body.contains(GIVEN_UP), "nothing to say: {}", before.body);
    rig.post.close();
    let mut dead = 0;
    for _ in 0..12 {
        dead += rig.deliver().await.dead;
        rig.clock.advance(hours(6));
    }
    assert!(dead >= 2, "a welcome each");
    while rig.sequence().await > 0 {}
    let after = house.browser().get("/klar").await;
    let line = format!("{GIVEN_UP}{dead} (notice.failed in the trail says why)\n");
    assert!(after.body.ends_with(&line), "{}", after.body);
    assert_eq!(after.status, before.status, "letters that do not leave keep nobody from logging in");
    assert_eq!(after.body.lines().count(), 2, "{}", after.body);
    for secret in ["@", "p1", "Prøve"] {
        assert!(!after.body.contains(secret), "it tells of nobody: {}", after.body);
    }
}

#[tokio::test]
async fn whoever_watches_the_house_hears_of_a_row_that_was_changed_before_it_was_chained() {
    let house = House::open().await;
    let rig = &house.rig;
    rig.import(vec![hr::line(1)]).await.unwrap();
    rig.tamper(
        "drop trigger audit_events_stay;
         update audit_events set facts = facts || ' ' where number = (select min(number) from audit_waiting);",
    )
    .await;
    let before = house.browser().get("/klar").await;
    rig.sequence().await;
    let after = house.browser().get("/klar").await;
    let line = "rows of the trail that were changed and are not chained: 1 (trail.refused in the trail says which)\n";
    assert_eq!(after.body, format!("{}{line}", before.body));
    assert_eq!(after.status, before.status, "everybody else goes on");
}

#[tokio::test]
async fn whoever_watches_the_house_hears_that_rows_of_the_trail_get_no_place() {
    let house = House::open().await;
    let rig = &house.rig;
    rig.import(vec![hr::line(1)]).await.unwrap();
    let before = house.browser().get("/klar").await;
    rig.clock.advance(hours(1));
    let after = house.browser().get("/klar").await;
    let line = "rows of the trail that wait for their place: ";
    assert!(after.body.starts_with(&format!("{}{line}", before.body)), "{}", after.body);
    assert_eq!(after.status, before.status, "everybody goes on");
    while rig.sequence().await > 0 {}
    assert_eq!(house.browser().get("/klar").await.body, before.body);
}

#[tokio::test]
async fn a_row_that_waits_for_over_two_seconds_is_said_and_one_of_a_long_import_is_not() {
    let house = House::open().await;
    let rig = &house.rig;
    let klar = async || house.browser().get("/klar").await.body;
    let seconds = |seconds| rig.clock.advance(SignedDuration::from_secs(seconds));
    while rig.sequence().await > 0 {}
    let before = klar().await;
    // An import that takes ten seconds commits rows that are as old as its beginning; the sequencer runs all the while.
    let long = rig.cx();
    seconds(10);
    assert_eq!(rig.sequence().await, 0);
    import_employees(&long, hr::feed([hr::line(1)]), hr::by_operator()).await.unwrap();
    seconds(1);
    assert_eq!(klar().await, before, "they wait for a second, whatever their age");
    seconds(2);
    let late = klar().await;
    let line = "rows of the trail that wait for their place: 3 (the log says what stops it)\n";
    assert_eq!(late, format!("{before}{line}"), "three seconds, and nobody came to them");
    while rig.sequence().await > 0 {}
    assert_eq!(klar().await, before);
}
