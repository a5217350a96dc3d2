use super::*;
use uuid::Uuid;

fn call(number: u128) -> Call {
    Call {
        relying_party: Uuid::from_u128(number).into(),
        service: format!("Service {number}"),
        visits: vec![Uuid::from_u128(100 + number).into()],
    }
}

fn service() -> Asker {
    Asker::Service {
        relying_party: Uuid::from_u128(9).into(),
        message: "_ask".into(),
        relay_state: Some("opaque".into()),
    }
}

fn through(asker: Asker, numbers: &[u128]) -> Leaving {
    framing(asker, &[], numbers)
}

fn framing(asker: Asker, framed: &[u128], numbers: &[u128]) -> Leaving {
    let calls = |numbers: &[u128]| numbers.iter().map(|number| call(*number)).collect();
    Leaving::begin(Uuid::from_u128(1).into(), asker, calls(framed), calls(numbers))
}

fn asked(leaving: Leaving, message: &str) -> Leaving {
    leaving.asked(message.into(), Timestamp::UNIX_EPOCH).unwrap()
}

fn by(number: u128) -> RelyingPartyId {
    Uuid::from_u128(number).into()
}

#[test]
fn services_are_asked_one_after_another_and_whoever_began_it_hears_last_and_once() {
    let leaving = through(service(), &[1, 2]);
    assert_eq!(leaving.step(), Step::Ask(&call(1)));
    assert_eq!(leaving.clone().told("_early".into()), Err(NotNow));
    let leaving = asked(leaving, "_m1");
    assert_eq!(leaving.step(), Step::Wait(&call(1)));
    assert_eq!(leaving.clone().asked("_m2".into(), Timestamp::UNIX_EPOCH), Err(NotNow), "one at a time");
    let (leaving, over) = leaving.answered(by(1), "_m1").unwrap();
    assert_eq!(over, call(1));
    let (leaving, _) = asked(leaving, "_m2").answered(by(2), "_m2").unwrap();
    assert_eq!(leaving.step(), Step::Answer(&service()));
    let leaving = leaving.told("_answer".into()).unwrap();
    assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
    assert_eq!(leaving.told("_twice".into()), Err(NotNow));
}

#[test]
fn only_the_service_that_was_asked_answers_and_only_that_message_and_once() {
    let leaving = asked(through(Asker::Portal, &[1, 2]), "_m1");
    assert_eq!(leaving.clone().answered(by(2), "_m1"), Err(NotNow), "another service");
    assert_eq!(leaving.clone().answered(by(1), "_m2"), Err(NotNow), "another message");
    let (leaving, _) = leaving.answered(by(1), "_m1").unwrap();
    assert_eq!(leaving.answered(by(1), "_m1"), Err(NotNow), "twice");
}

#[test]
fn who_is_asked_again_answers_the_second_message_alone() {
    let leaving = asked(through(Asker::Portal, &[1]), "_m1").again().unwrap();
    let leaving = asked(leaving, "_m2");
    assert_eq!(leaving.clone().answered(by(1), "_m1"), Err(NotNow));
    assert!(leaving.answered(by(1), "_m2").is_ok());
}

#[test]
fn nobody_must_be_waited_for() {
    let leaving = asked(through(Asker::Portal, &[1, 2, 3]), "_m1");
    let waited: Vec<bool> = [1, 2, 4].map(|n| leaving.waits_for(Uuid::from_u128(100 + n).into())).to_vec();
    assert_eq!(waited, [true, true, false]);
    let (leaving, passed) = leaving.passed_over().unwrap();
    assert_eq!(passed, call(1));
    assert_eq!(leaving.step(), Step::Ask(&call(2)));
    let (leaving, waited_for, unasked) = asked(leaving, "_m2").stopped();
    assert_eq!((waited_for, unasked), (vec![call(2)], vec![call(3)]));
    assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
    assert_eq!(leaving.clone().answered(by(2), "_m2"), Err(NotNow), "too late");
    assert_eq!(leaving.clone().passed_over(), Err(NotNow));
    assert_eq!(leaving.clone().left_out(), Err(NotNow));
    assert_eq!(leaving.again(), Err(NotNow));
}

#[test]
fn frames_are_shown_before_anybody_is_asked_and_until_she_goes_on() {
    let leaving = framing(service(), &[7, 8], &[1]);
    let calls = [call(7), call(8)];
    assert_eq!(leaving.step(), Step::Show { calls: &calls, first: true });
    assert!(leaving.is_walking() && leaving.waits_for(Uuid::from_u128(107).into()));
    assert_eq!(leaving.clone().asked("_m1".into(), Timestamp::UNIX_EPOCH), Err(NotNow));
    assert_eq!(leaving.clone().left_out(), Err(NotNow));
    assert_eq!(leaving.clone().told("_early".into()), Err(NotNow));
    let (_, waited_for, unasked) = leaving.clone().stopped();
    assert_eq!((waited_for, unasked), (vec![], vec![call(7), call(8), call(1)]), "nobody saw them");
    let leaving = leaving.shown(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(leaving.step(), Step::Show { calls: &calls, first: false });
    assert_eq!(leaving.clone().shown(Timestamp::UNIX_EPOCH), Err(NotNow), "the first time is once");
    assert_eq!(leaving.clone().passed_over(), Err(NotNow));
    assert_eq!(leaving.clone().again(), Err(NotNow));
    let (over, waited_for, unasked) = leaving.clone().stopped();
    assert_eq!((waited_for, unasked), (calls.to_vec(), vec![call(1)]));
    assert_eq!(over.step(), Step::Answer(&service()));
    let (leaving, told) = leaving.past_frames().unwrap();
    assert_eq!((told, leaving.step()), (calls.to_vec(), Step::Ask(&call(1))));
    assert_eq!(leaving.past_frames(), Err(NotNow));
    let (leaving, _) = framing(Asker::Portal, &[7], &[]).past_frames().unwrap();
    assert_eq!((leaving.step(), leaving.is_walking()), (Step::Done, false));
}

#[test]
fn with_nobody_to_ask_it_is_over_at_once() {
    assert_eq!(through(Asker::Portal, &[]).step(), Step::Done);
    assert_eq!(through(service(), &[]).step(), Step::Answer(&service()));
    let (leaving, gone) = through(service(), &[1]).left_out().unwrap();
    assert_eq!((gone, leaving.step()), (call(1), Step::Answer(&service())));
    let (leaving, ..) = leaving.told("_answer".into()).unwrap().stopped();
    assert_eq!(leaving.step(), Step::Done, "answered already");
}

#[test]
fn a_name_is_not_shown_by_debug() {
    let said = LogoutSaid::Request(LogoutRequested {
        relying_party: by(1),
        message_id: "_1".into(),
        name_id: Some("secret".into()),
        session_indexes: vec![],
        relay_state: None,
    });
    assert!(!format!("{said:?}").contains("secret"));
}
