//! What people are told works: what stands in the way of signing in, and what was tried lately.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::proofing::Refusal;
use domain::status::Part;
use std::sync::Arc;
use testkit::{PlainOutside, PostBox, Rig, ScriptedMitid, good_answer, hr};
use usecases::compare_outside::compare_outside;
use usecases::lately::{Watch, Watched};
use usecases::ports::mitid::{MitidBroker, ProofAsk};
use usecases::ports::people::{Letter, Post};
use usecases::see_status::see_status;

testkit::on_both! {
    while_nothing_is_issued_signing_in_does_not_work_and_blocking_does
    letters_are_late_once_three_in_a_row_were_not_taken_and_until_one_is
    mitid_is_said_to_fail_by_its_own_faults_alone_and_not_for_ever
}

/// What does not work.
async fn broken(rig: &Rig, watch: &Watch) -> Vec<Part> {
    let all = see_status(&rig.house, watch).await;
    all.into_iter().filter(|(_, works)| !works).map(|(part, _)| part).collect()
}

async fn while_nothing_is_issued_signing_in_does_not_work_and_blocking_does(rig: Rig) {
    let watch = Watch::default();
    assert_eq!(broken(&rig, &watch).await, Vec::<Part>::new());
    rig.database_clock.set_apart(SignedDuration::from_secs(31));
    assert_eq!(broken(&rig, &watch).await, [Part::SignIn]);
    rig.database_clock.set_apart(SignedDuration::ZERO);
    let place = PlainOutside::default();
    let rig = rig.keeping(Arc::new(place.clone()));
    place.break_it(true);
    compare_outside(&rig.cx()).await.unwrap();
    assert_eq!(broken(&rig, &watch).await, [Part::SignIn]);
}

fn letter() -> Letter {
    Letter {
        message_id: "m1".to_owned(),
        to: "p1@nordby.example".to_owned(),
        subject: String::new(),
        text: String::new(),
        html: String::new(),
    }
}

async fn letters_are_late_once_three_in_a_row_were_not_taken_and_until_one_is(rig: Rig) {
    let (watch, post) = (Watch::default(), Arc::new(PostBox::default()));
    let inner: Arc<dyn Post> = post.clone();
    let watched = Watched::new(inner, Arc::clone(&watch.mail), rig.clock.clone());
    post.close();
    for expected in [vec![], vec![], vec![Part::Mail]] {
        assert!(watched.send(&letter()).await.is_err(), "what goes wrong is still said to whoever sends");
        assert_eq!(broken(&rig, &watch).await, expected);
    }
    post.open();
    watched.send(&letter()).await.unwrap();
    assert_eq!(broken(&rig, &watch).await, Vec::<Part>::new());
    assert_eq!(post.empty().len(), 1);
}

async fn mitid_is_said_to_fail_by_its_own_faults_alone_and_not_for_ever(rig: Rig) {
    let (watch, script) = (Watch::default(), ScriptedMitid::default());
    let now = rig.cx().now;
    // A technical fault, somebody who stops, two more faults; then one that succeeds, and one fault.
    for refusal in [Refusal::Technical, Refusal::Aborted, Refusal::Technical, Refusal::Technical] {
        script.refuses(refusal);
    }
    script.answers(good_answer(&hr::cpr(0), now));
    let watched = Watched::new(script, Arc::clone(&watch.mitid), rig.clock.clone());
    let trip = async || {
        let ask = ProofAsk { reference_text: String::new(), language: "da", state: "the state".to_owned() };
        let departure = watched.depart(ask).await.unwrap();
        let callback = ScriptedMitid::callback("the state");
        watched.arrive(&departure.profile, &departure.memory, &callback, now).await
    };
    for expected in [vec![], vec![], vec![], vec![Part::Mitid]] {
        trip().await.unwrap_err();
        assert_eq!(broken(&rig, &watch).await, expected);
    }
    trip().await.unwrap();
    assert_eq!(broken(&rig, &watch).await, Vec::<Part>::new());
    for _ in 0..3 {
        trip().await.unwrap_err();
    }
    assert_eq!(broken(&rig, &watch).await, [Part::Mitid]);
    rig.clock.advance(SignedDuration::from_mins(15));
    assert_eq!(broken(&rig, &watch).await, Vec::<Part>::new(), "nobody tried since: nobody knows");
    assert_eq!(watched.origins(), ["https://broker.example"]);
}
