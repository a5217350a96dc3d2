use super::*;
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

fn shown() -> OnPhone {
    OnPhone::show(Ground::Enrolment(Uuid::from_u128(1).into()))
}

fn seed() -> PendingSeed {
    PendingSeed { sealed: vec![1], at: Timestamp::UNIX_EPOCH }
}

fn made() -> Made {
    Made {
        name: FactorName::try_from("Min telefon".to_owned()).unwrap(),
        what: NewMean::App { seed: seed(), step: TimeStep(1) },
        from: MadeFrom::default(),
    }
}

fn admitted() -> OnPhone {
    match shown().opened(Uuid::from_u128(2).into()).numbered(true).unwrap() {
        Numbered::Admitted(it) => it,
        Numbered::Wrong(..) => unreachable!(),
    }
}

#[test]
fn the_way_through() {
    let offered = admitted().offering(seed()).unwrap();
    assert_eq!(offered.admitted(), Ok(Some(&seed())));
    let (over, given) = offered.made(made()).unwrap().confirmed().unwrap();
    assert_eq!(given, made());
    assert_eq!(over.stage(), &Stage::Over(Ended::Confirmed));
    assert_eq!(over.confirmed(), Err(NotNext), "a second yes adds nothing");
}

#[test]
fn a_second_opening_ends_it_at_every_step() {
    let steps = [
        shown().opened(Uuid::from_u128(2).into()),
        admitted(),
        admitted().offering(seed()).unwrap(),
        admitted().made(made()).unwrap(),
    ];
    for step in steps {
        let over = step.opened(Uuid::from_u128(2).into());
        assert_eq!(over.stage(), &Stage::Over(Ended::SecondOpening));
        assert_eq!(over.clone().confirmed(), Err(NotNext));
        assert_eq!(over.numbered(true), Err(NotNext));
    }
}

#[test]
fn the_third_wrong_number_ends_it() {
    let mut it = shown().opened(Uuid::from_u128(2).into());
    for expected in [2, 1, 0] {
        let Ok(Numbered::Wrong(next, left)) = it.numbered(false) else { unreachable!() };
        assert_eq!(left, expected);
        it = next;
    }
    assert_eq!(it.stage(), &Stage::Over(Ended::WrongNumbers));
    assert_eq!(it.numbered(true), Err(NotNext), "the right one comes too late");
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Open,
    Number(bool),
    Offer,
    Make,
    Confirm,
    Leave,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        Just(Act::Open),
        any::<bool>().prop_map(Act::Number),
        Just(Act::Offer),
        Just(Act::Make),
        Just(Act::Confirm),
        Just(Act::Leave),
    ];
    proptest::collection::vec(act, 0..12)
}

proptest! {
    /// Whatever is tried in whatever order: a method is given once at most, and only after one opening, the right number,
    /// and something made, in this order.
    #[test]
    fn nothing_is_given_by_another_way(acts in acts()) {
        let (mut it, mut given, mut openings, mut numbers, mut making) = (shown(), 0, 0, 0, 0);
        for act in acts {
            let before = it.clone();
            it = match act {
                Act::Open => { openings += 1; it.opened(Uuid::from_u128(2).into()) }
                Act::Number(right) => match it.numbered(right) {
                    Ok(Numbered::Admitted(next)) => { numbers += 1; next }
                    Ok(Numbered::Wrong(next, _)) => next,
                    Err(NotNext) => before,
                },
                Act::Offer => it.offering(seed()).unwrap_or(before),
                Act::Make => match it.made(made()) {
                    Ok(next) => { making += 1; next }
                    Err(NotNext) => before,
                },
                Act::Confirm => match it.confirmed() {
                    Ok((next, _)) => {
                        given += 1;
                        prop_assert_eq!((openings, numbers, making), (1, 1, 1));
                        next
                    }
                    Err(NotNext) => before,
                },
                Act::Leave => it.left(),
            };
        }
        prop_assert!(given <= 1);
    }
}
