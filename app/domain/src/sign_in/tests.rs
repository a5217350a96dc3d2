use super::*;
use crate::factor::{FactorKind, Worth};
use crate::proofing::Purpose;
use crate::reopening::NotYet;
use crate::stateable::Stateable;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn maja() -> PersonId {
    Uuid::from_u128(1).into()
}
fn other() -> PersonId {
    Uuid::from_u128(2).into()
}
fn after_password() -> SignIn {
    match SignIn::begin(Target::Portal).password_shown(maja(), NOW).unwrap() {
        PasswordShown::SecondNext(it) => it,
        PasswordShown::Enough(_) => panic!("a password alone was enough"),
    }
}

fn to_a_service() -> Target {
    Target::Service(Box::new(ServiceRequest {
        relying_party: Uuid::from_u128(3).into(),
        display_name: "A service".into(),
        message_id: "_1".into(),
        answer_to: "https://sp.example/acs".into(),
        relay_state: None,
        force: false,
        passive: false,
        level: None,
        may_state: Stateable::ANY,
        subject: None,
        contexts: Vec::new(),
        name_id_format: None,
        requesters: Vec::new(),
        at: NOW,
    }))
}

#[test]
fn who_gives_up_on_the_way_to_a_service_can_do_nothing_else_in_it() {
    assert_eq!(SignIn::begin(Target::Portal).given_up(), Err(OutOfTurn), "nobody waits for an answer");
    let session = Uuid::from_u128(9).into();
    let begun = SignIn::begin(to_a_service());
    let PasswordShown::SecondNext(half) = begun.clone().password_shown(maja(), NOW).unwrap() else {
        panic!()
    };
    let signed = SignIn::with_session(to_a_service(), session);
    let asked = signed.clone().asked(session, Asked::InTime);
    for it in [begun, half, signed, asked] {
        assert!(!it.is_given_up());
        let it = it.given_up().unwrap();
        assert_eq!(it.clone().given_up().as_ref(), Ok(&it), "twice is once");
        assert!(it.is_given_up());
        assert_eq!((it.step(), it.session(), it.awaiting_code(), it.asks()), (Step::Go, None, None, None));
        assert_eq!(it.clone().password_shown(maja(), NOW), Err(OutOfTurn));
        assert_eq!(it.clone().key_shown(maja(), Worth::Alone, NOW), Err(OutOfTurn));
        assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn));
        assert_eq!(it.put_off(), Err(OutOfTurn));
    }
}

#[test]
fn a_code_without_a_password_is_out_of_turn() {
    let it = SignIn::begin(Target::Portal);
    assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn));
    let it = after_password();
    assert_eq!(it.code_shown(FactorKind::Password, NOW), Err(OutOfTurn), "two passwords are one");
    assert_eq!(it.code_shown(FactorKind::RecoveryCode, NOW), Err(OutOfTurn), "written down long before");
    let others = [FactorKind::Password, FactorKind::RecoveryCode];
    for kind in FactorKind::ALL.into_iter().filter(|kind| !others.contains(kind)) {
        let shown = it.code_shown(kind, NOW).unwrap();
        assert_eq!(
            (shown.person(), shown.factors()),
            (maja(), &[(FactorKind::Password, NOW), (kind, NOW)][..])
        );
    }
    assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW).unwrap().words(), "password+app");
}

#[test]
fn a_passkey_that_counts_alone_signs_in_and_another_one_asks_for_its_owners_password() {
    let begun = SignIn::begin(Target::Portal);
    let KeyShown::Enough(shown) = begun.clone().key_shown(maja(), Worth::Alone, NOW).unwrap() else {
        panic!()
    };
    assert_eq!(shown.factors(), [(FactorKind::PasskeyAlone, NOW)]);
    let KeyShown::PasswordNext(it) = begun.key_shown(maja(), Worth::Beside, NOW).unwrap() else { panic!() };
    assert_eq!((it.step(), it.awaiting_password(), it.session()), (Step::Password, Some(maja()), None));
    assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn), "two possessions are one");
    let PasswordShown::Enough(shown) = it.clone().password_shown(maja(), NOW).unwrap() else { panic!() };
    assert_eq!(shown.words(), "passkey+password");
    let PasswordShown::SecondNext(it) = it.password_shown(other(), NOW).unwrap() else { panic!() };
    assert_eq!(it.awaiting_code(), Some(other()), "another person's key counts for nothing");
}

#[test]
fn after_a_password_any_key_of_hers_is_enough_and_nobody_elses() {
    for (worth, words) in [(Worth::Beside, "password+passkey"), (Worth::Alone, "password+passkey-alone")] {
        let KeyShown::Enough(shown) = after_password().key_shown(maja(), worth, NOW).unwrap() else {
            panic!()
        };
        assert_eq!(shown.words(), words);
        assert_eq!(after_password().key_shown(other(), worth, NOW), Err(OutOfTurn));
    }
    let signed = after_password().signed(Uuid::from_u128(3).into(), None);
    assert_eq!(signed.key_shown(maja(), Worth::Alone, NOW), Err(OutOfTurn));
}

#[test]
fn whatever_is_shown_in_whatever_order_enough_is_substantial() {
    use crate::factor::authentication_level;
    let keys = [Worth::Alone, Worth::Beside];
    let alone = keys.map(|worth| SignIn::begin(Target::Portal).key_shown(maja(), worth, NOW).unwrap());
    let second = keys.map(|worth| after_password().key_shown(maja(), worth, NOW).unwrap());
    for shown in alone.into_iter().chain(second) {
        if let KeyShown::Enough(shown) = shown {
            let kinds: Vec<_> = shown.factors().iter().map(|(kind, _)| *kind).collect();
            assert_eq!(authentication_level(&kinds), Some(crate::level::AssuranceLevel::Substantial));
        }
    }
}

#[test]
fn what_an_instance_of_before_wrote_is_read() {
    let id = Uuid::from_u128(1);
    let old = format!(
        r#"{{"target":"Portal","stage":{{"Code":{{"person":"{id}","password_at":"1970-01-01T00:00:00Z"}}}}}}"#
    );
    assert_eq!(serde_json::from_str::<SignIn>(&old).unwrap(), after_password());
}

#[test]
fn nobody_becomes_somebody_else_after_signing_in() {
    let it = SignIn::begin(Target::Portal).signed(Uuid::from_u128(3).into(), None);
    assert_eq!(it.password_shown(Uuid::from_u128(2).into(), Timestamp::UNIX_EPOCH), Err(OutOfTurn));
}

fn proof(purpose: Purpose) -> FreshProof {
    let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    FreshProof::mitid(proofing, (purpose, flow), Timestamp::UNIX_EPOCH)
}

#[test]
fn confirming_anew_is_put_off_only_in_time_and_done_only_by_a_proof_made_for_it() {
    let session: SessionId = Uuid::from_u128(3).into();
    let early = SignIn::begin(Target::Portal).asked(session, Asked::InTime);
    let late = SignIn::begin(Target::Portal).asked(session, Asked::Overdue);
    assert_eq!((early.step(), early.session()), (Step::Reconfirm, Some(session)));
    assert_eq!(early.clone().put_off().unwrap().step(), Step::Go);
    assert_eq!(late.clone().put_off(), Err(OutOfTurn));
    for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Reconfirmation) {
        assert_eq!(late.clone().reconfirmed(&proof(other)), Err(OutOfTurn));
    }
    let right = proof(Purpose::Reconfirmation);
    assert_eq!(late.reconfirmed(&right).unwrap().step(), Step::Go);
    assert_eq!(SignIn::begin(Target::Portal).reconfirmed(&right), Err(OutOfTurn), "nobody is signed in");
}

#[test]
fn a_recovery_code_opens_a_proof_and_nothing_else() {
    let begun = SignIn::begin(Target::Portal);
    assert_eq!(begun.clone().recovery_shown(), Err(OutOfTurn), "the password comes first");
    let it = after_password().recovery_shown().unwrap();
    assert_eq!((it.step(), it.awaiting_proof(), it.session()), (Step::Recover, Some(maja()), None));
    assert_eq!(it.awaiting_code(), None);
    assert_eq!(it.code_shown(FactorKind::AuthenticatorApp, NOW), Err(OutOfTurn));
    assert_eq!(it.clone().key_shown(maja(), Worth::Beside, NOW), Err(OutOfTurn));
    assert_eq!(
        it.replaced(FactorKind::AuthenticatorApp, NOW),
        Err(NotYet::StepBefore),
        "no proof, no method"
    );
    for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Recovery) {
        assert_eq!(it.clone().recovered(proof(other)), Err(OutOfTurn), "{other:?}");
    }
    assert_eq!(after_password().recovered(proof(Purpose::Recovery)), Err(OutOfTurn), "no code, no proof");
    let PasswordShown::SecondNext(again) = it.password_shown(maja(), NOW).unwrap() else { panic!() };
    assert_eq!(again.step(), Step::Code, "she found her phone after all");
}

#[test]
fn after_the_proof_a_method_is_added_in_a_quarter_of_an_hour_and_signs_in_with_the_password() {
    let it = after_password().recovery_shown().unwrap().recovered(proof(Purpose::Recovery)).unwrap();
    let late = NOW + REPLACING_HOLDS;
    assert_eq!((it.step(), it.session()), (Step::Replace, None));
    assert_eq!(it.replacing(NOW).unwrap().0, maja());
    assert_eq!(it.replacing(late), Err(NotYet::ProofRanOut));
    assert_eq!(it.replaced(FactorKind::Passkey, late), Err(NotYet::ProofRanOut));
    let seed = PendingSeed { sealed: vec![1], at: NOW };
    assert_eq!(it.clone().offering(seed.clone(), late), Err(NotYet::ProofRanOut));
    let it = it.offering(seed.clone(), NOW).unwrap();
    assert_eq!(it.offered(), Some(&seed));
    assert_eq!(it.replaced(FactorKind::AuthenticatorApp, NOW).unwrap().words(), "password+app");
    assert_eq!(it.replaced(FactorKind::Passkey, NOW).unwrap().words(), "password+passkey");
    let again = it.recovered(FreshProof { at: late, ..proof(Purpose::Recovery) }).unwrap();
    assert_eq!((again.offered(), again.replacing(late).is_ok()), (None, true), "proved once more");
}

#[test]
fn a_leaked_password_asks_for_another_once_and_may_be_put_off() {
    let session: SessionId = Uuid::from_u128(3).into();
    let it = SignIn::begin(Target::Portal).leaked(Some(NOW));
    let PasswordShown::SecondNext(it) = it.password_shown(maja(), NOW).unwrap() else { panic!() };
    assert_eq!(it.leaked_until(), Some(NOW), "it is known until the session begins");
    let asked = it.asked_to_change(session);
    assert_eq!((asked.step(), asked.session()), (Step::ChangePassword, Some(session)));
    assert_eq!(asked.clone().password_shown(maja(), NOW), Err(OutOfTurn));
    assert_eq!(asked.put_off().unwrap().step(), Step::Go);
}

#[test]
fn a_method_that_is_asked_about_stops_nobody() {
    let session: SessionId = Uuid::from_u128(3).into();
    let asked = SignIn::begin(Target::Portal).asked_to_check(session);
    assert_eq!((asked.step(), asked.session()), (Step::CheckMethod, Some(session)));
    assert_eq!(asked.clone().password_shown(maja(), NOW), Err(OutOfTurn));
    assert_eq!(asked.put_off().unwrap().step(), Step::Go);
}
