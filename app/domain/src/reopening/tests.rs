//! No order of requests skips a step, and nothing comes back.

use super::*;
use crate::factor::{Added, AuthenticatorApp, FactorName, TimeStep};
use proptest::prelude::*;
use uuid::Uuid;

fn proof(purpose: Purpose) -> FreshProof {
    let (proofing, flow) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    FreshProof::mitid(proofing, (purpose, flow), Timestamp::UNIX_EPOCH)
}
fn begun() -> Reopening {
    Reopening::begin(Uuid::from_u128(3).into(), proof(Purpose::Reopening)).unwrap()
}
fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

#[test]
fn a_proof_for_something_else_opens_nothing() {
    for other in Purpose::ALL.into_iter().filter(|it| *it != Purpose::Reopening) {
        let refused = Reopening::begin(Uuid::from_u128(3).into(), proof(other));
        assert_eq!(refused, Err(NotYet::WrongProof));
    }
}

fn id(n: u128) -> FactorId {
    Uuid::from_u128(n).into()
}
fn app() -> NewApp {
    let app = AuthenticatorApp {
        id: id(9),
        person: Uuid::from_u128(3).into(),
        name: FactorName::try_from("New".to_owned()).unwrap(),
        added_at: at(1),
        added: Added::Recovery,
        used_at: None,
        last_step: TimeStep(1),
    };
    NewApp { app, sealed: vec![1] }
}
fn seed() -> PendingSeed {
    PendingSeed { sealed: vec![1], at: at(1) }
}

#[derive(Clone, Debug)]
enum Try {
    Password,
    Review(bool),
    Seed,
    App,
    Look,
    Confirm,
}

proptest! {
    #[test]
    fn no_order_of_requests_skips_a_step(
        tries in prop::collection::vec(
            prop::sample::select(vec![
                Try::Password, Try::Review(true), Try::Review(false), Try::Seed, Try::App, Try::Look, Try::Confirm,
            ]),
            0..12,
        ),
    ) {
        let (mut reopening, mut password, mut reviewed, mut looked) = (begun(), false, false, false);
        let (mut keeps, mut new) = (false, false);
        for one in tries {
            let fits = reviewed && (keeps || new);
            let next = match one {
                Try::Password => {
                    password = true;
                    reopening.clone().password(vec![1], at(1))
                }
                Try::Review(keep) => {
                    let kept = keep.then(|| id(1)).into_iter().collect();
                    let next = reopening.clone().review(kept, at(1));
                    prop_assert_eq!(next.is_ok(), password);
                    if next.is_ok() {
                        (reviewed, looked, keeps) = (true, false, keep);
                    }
                    next
                }
                Try::Seed => {
                    let next = reopening.clone().offer_seed(seed(), at(1));
                    prop_assert_eq!(next.is_ok(), reviewed && !keeps && !new);
                    next
                }
                Try::App => {
                    let next = reopening.clone().add_app(app(), at(1));
                    prop_assert_eq!(next.is_ok(), reviewed && !keeps && !new);
                    new |= next.is_ok();
                    next
                }
                Try::Look => {
                    let next = reopening.clone().look(at(1));
                    prop_assert_eq!(next.is_ok(), fits);
                    looked |= next.is_ok();
                    next
                }
                Try::Confirm => {
                    let done = reopening.clone().confirm(at(1));
                    prop_assert_eq!(done.is_ok(), password && fits && looked);
                    if let Ok(done) = done {
                        prop_assert!(!done.keep.is_empty() || done.new.is_some(), "two factors, always");
                    }
                    continue;
                }
            };
            if let Ok(next) = next {
                reopening = next;
            }
        }
    }
}

#[test]
fn who_keeps_nothing_registers_an_app_first() {
    let bare = begun().password(vec![1], at(1)).unwrap().review(BTreeSet::new(), at(2)).unwrap();
    assert_eq!(bare.step(), ReopeningStep::App);
    assert_eq!(bare.clone().look(at(3)), Err(NotYet::StepBefore));
    let ready = bare.offer_seed(seed(), at(3)).unwrap().add_app(app(), at(3)).unwrap();
    assert_eq!((ready.step(), ready.pending_seed()), (ReopeningStep::Activity, None));
    assert_eq!(ready.look(at(4)).unwrap().confirm(at(5)).unwrap().new, Some(app()));
}

#[test]
fn a_key_does_instead_of_an_app() {
    let key = || NewKey { name: FactorName::try_from("Key".to_owned()).unwrap(), sealed: vec![1] };
    let begun = begun();
    assert_eq!(begun.clone().add_key(key(), at(1)), Err(NotYet::StepBefore));
    let bare = begun.password(vec![1], at(1)).unwrap().review(BTreeSet::new(), at(2)).unwrap();
    assert_eq!(bare.clone().add_key(key(), at(60 * 60)), Err(NotYet::ProofRanOut));
    let ready = bare.offer_seed(seed(), at(3)).unwrap().add_key(key(), at(3)).unwrap();
    assert_eq!((ready.step(), ready.pending_seed()), (ReopeningStep::Activity, None));
    assert_eq!(ready.new_name(), Some(&key().name));
    assert_eq!(ready.clone().add_key(key(), at(3)), Err(NotYet::StepBefore), "one is enough");
    let done = ready.look(at(4)).unwrap().confirm(at(5)).unwrap();
    assert_eq!((done.key, done.new), (Some(key()), None));
}

#[test]
fn terms_she_has_not_accepted_are_read_and_accepted_before_she_confirms() {
    use crate::terms::Accepting;
    let hash = TermsHash::of(["new"]);
    let current =
        TermsVersion { hash, version: "2.0".into(), date: jiff::civil::date(2026, 11, 1), pages: 2 };
    let by = || Accepting { address: "::1".into(), agent: "test".into() };
    let early = begun().with_terms(&current);
    assert_eq!(
        (early.step(), early.reading()),
        (ReopeningStep::Password, None),
        "the steps before come first"
    );
    let kept = BTreeSet::from([id(1)]);
    let asked = early.password(vec![1], at(1)).unwrap().review(kept, at(1)).unwrap().look(at(1)).unwrap();
    assert_eq!(asked.step(), ReopeningStep::Terms { page: 1 });
    assert_eq!(asked.clone().confirm(at(2)), Err(NotYet::StepBefore));
    let reading = asked.reading().unwrap().clone();
    assert!(reading.clone().accept(true, hash, at(2), by()).is_err(), "a page is missing");
    let read = asked.read(reading.turn(1, hash, at(2)).unwrap());
    assert_eq!(read.step(), ReopeningStep::Terms { page: 2 });
    assert_eq!(read.clone().confirm(at(2)), Err(NotYet::StepBefore), "read is not accepted");
    let accepted = read.reading().unwrap().clone().accept(true, hash, at(3), by()).unwrap();
    let ready = read.agreed(accepted.clone());
    assert_eq!((ready.step(), ready.accepted()), (ReopeningStep::Confirm, Some(hash)));
    assert_eq!(ready.clone().confirm(at(4)).unwrap().accepted, Some(accepted));
    assert_eq!(
        ready.with_terms(&current).step(),
        ReopeningStep::Terms { page: 1 },
        "another version is read anew"
    );
}

#[test]
fn after_the_hour_nothing_goes_on() {
    let kept = BTreeSet::from([id(1)]);
    let ready = begun().password(vec![1], at(1)).unwrap().review(kept.clone(), at(2)).unwrap();
    let ready = ready.look(at(2)).unwrap();
    assert!(ready.clone().confirm(at(59)).is_ok());
    let late = [
        ready.clone().confirm(at(60)).map(drop),
        ready.clone().look(at(60)).map(drop),
        ready.clone().review(kept, at(60)).map(drop),
        ready.clone().offer_seed(seed(), at(60)).map(drop),
        ready.password(vec![2], at(60)).map(drop),
    ];
    assert_eq!(late, [Err(NotYet::ProofRanOut); 5]);
}
