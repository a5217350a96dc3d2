//! A page that is only looked at changes nothing and waits for nobody who writes.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::step_up::StepUpFor;
use domain::throttle::CodeDoor;
use std::time::Duration;
use testkit::Rig;
use tokio::time::timeout;
use usecases::begin_step_up::{begin_step_up, see_step_up};
use usecases::change_password::see_code_door;
use usecases::end_association::see_associations;
use usecases::who::who;

testkit::on_both! {
    pages_that_ask_for_a_code_are_shown_beside_whoever_counts_one
}

async fn pages_that_ask_for_a_code_are_shown_beside_whoever_counts_one(rig: Rig) {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    let cx = rig.browser(1);
    let here = who(&cx).await.unwrap().unwrap();
    let flow = begin_step_up(&cx, &here, StepUpFor::OwnData).await.unwrap();
    let mut counting = rig.change().await;
    counting.codes_for_update(here.person.id).await.unwrap();
    let all = async {
        let asked = see_step_up(&cx, &here, flow).await.unwrap();
        let (relations, door) = see_associations(&cx, &here).await.unwrap();
        assert_eq!(relations.len(), 1);
        [asked.codes, door, see_code_door(&cx, &here).await.unwrap()]
    };
    let doors = timeout(Duration::from_secs(5), all).await.expect("nobody waits for who is counting");
    assert_eq!(doors, [CodeDoor::Open { left: 10 }; 3]);
}
