use super::*;
use crate::cpr::{Cpr, RegisterStatus};
use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}
fn cpr(text: &str) -> Cpr {
    Cpr::parse(text).unwrap()
}
fn answer() -> BrokerAnswer {
    BrokerAnswer {
        scheme: "mitid".into(),
        identity_type: "private".into(),
        loa: Some(AssuranceLevel::Substantial),
        ial: Some(AssuranceLevel::Substantial),
        aal: Some(AssuranceLevel::High),
        auth_time: Some(now()),
        cpr: Some(cpr("6101900001")),
        register: None,
        means: vec!["code_app".into()],
        issuer: "https://broker.test/op".into(),
        transaction: "t".into(),
        mitid_transaction: "m".into(),
        receipt: [0; 32],
    }
}
fn register(status: RegisterStatus) -> CprStatus {
    CprStatus { status, source: "test".into(), at: now() }
}
fn tie(answer: BrokerAnswer, hr: &str, status: RegisterStatus) -> Result<IdentityProofing, Refusal> {
    let hr = cpr(hr);
    let who = Expected {
        person: Uuid::from_u128(1).into(),
        cpr: &hr,
        proofing: Uuid::from_u128(2).into(),
        now: now(),
    };
    assess(answer, now(), now())?.for_person(who, register(status))
}

#[test]
fn the_right_person_at_substantial_is_proved() {
    let proofing = tie(answer(), "610190-0001", RegisterStatus::Resident).unwrap();
    assert_eq!(proofing.level, AssuranceLevel::Substantial);
}

#[test]
fn each_level_is_demanded_by_itself() {
    type Lower = fn(&mut BrokerAnswer);
    let cases: [Lower; 6] = [
        |a| a.loa = Some(AssuranceLevel::Low),
        |a| a.ial = Some(AssuranceLevel::Low),
        |a| a.aal = Some(AssuranceLevel::Low),
        |a| a.ial = None,
        |a| a.scheme = "mitid_erhverv".into(),
        |a| a.identity_type = "professional".into(),
    ];
    for lower in cases {
        let mut it = answer();
        lower(&mut it);
        assert_eq!(tie(it, "6101900001", RegisterStatus::Resident).unwrap_err(), Refusal::LevelTooLow);
    }
}

#[test]
fn an_old_sign_in_at_the_broker_proves_nothing() {
    for minutes in [-4, 4] {
        let moved = now() + SignedDuration::from_mins(minutes);
        let it = BrokerAnswer { auth_time: Some(moved), ..answer() };
        assert_eq!(assess(it, now(), now()).unwrap_err(), Refusal::Lost);
    }
    assert_eq!(
        assess(BrokerAnswer { auth_time: None, ..answer() }, now(), now()).unwrap_err(),
        Refusal::Lost
    );
}

#[test]
fn another_persons_mitid_and_one_without_cpr_are_refused() {
    assert_eq!(tie(answer(), "6101900002", RegisterStatus::Resident).unwrap_err(), Refusal::OtherPerson);
    let none = BrokerAnswer { cpr: None, ..answer() };
    assert_eq!(tie(none, "6101900001", RegisterStatus::Resident).unwrap_err(), Refusal::NoCpr);
}

#[test]
fn the_dead_the_missing_and_withdrawn_numbers_are_refused() {
    use RegisterStatus::{Dead, Missing, Renumbered, Withdrawn};
    for status in [Dead, Missing, Withdrawn, Renumbered] {
        assert_eq!(tie(answer(), "6101900001", status).unwrap_err(), Refusal::Register);
    }
}

proptest! {
    #[test]
    fn nothing_below_substantial_anywhere_is_ever_proved(l in 0u8..4, i in 0u8..4, a in 0u8..4) {
        let level = |n| match n { 0 => None, 1 => Some(AssuranceLevel::Low), 2 => Some(AssuranceLevel::Substantial), _ => Some(AssuranceLevel::High) };
        let it = BrokerAnswer { loa: level(l), ial: level(i), aal: level(a), ..answer() };
        prop_assert_eq!(tie(it, "6101900001", RegisterStatus::Resident).is_ok(), l >= 2 && i >= 2 && a >= 2);
    }
}
