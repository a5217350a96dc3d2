use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn person(n: u128) -> PersonId {
    Uuid::from_u128(n).into()
}

fn name() -> FactorName {
    FactorName::try_from("Kodeviser".to_owned()).unwrap()
}

fn device() -> CodeDevice {
    CodeDevice {
        id: Uuid::from_u128(9).into(),
        serial: Serial::try_from("1001".to_owned()).unwrap(),
        manufacturer: None,
        model: None,
        hash: HashAlgorithm::Sha1,
        digits: Digits::SIX,
        moving: Moving::Button { next: 0 },
        life: Life::InStock { since: NOW },
    }
}

#[test]
fn it_counts_once_its_holder_showed_a_code_and_for_nobody_else() {
    let out = device().handed_out(person(1), NOW).unwrap();
    assert_eq!(out.in_use(), None);
    assert_eq!(out.clone().spent(0, NOW), Err(NotNext::TooFar));
    assert_eq!(out.clone().activated(person(2), name(), 0, NOW), Err(NotActivated::NotHers));
    let active = out.activated(person(1), name(), 0, NOW).unwrap();
    assert_eq!(active.in_use().map(|it| it.of), Some(person(1)));
    assert_eq!(active.clone().spent(0, NOW), Err(NotNext::Used), "the code that activated it is used");
    assert!(active.clone().handed_out(person(2), NOW).is_err());
    let again = active.activated(person(1), name(), 1, NOW);
    assert_eq!(again, Err(NotActivated::WrongLife(WrongLife(LifeWord::Active))));
}

#[test]
fn what_one_owner_used_the_next_one_cannot_use() {
    let active = device().handed_out(person(1), NOW).unwrap().activated(person(1), name(), 7, NOW).unwrap();
    let next = active.returned(NOW).unwrap().handed_out(person(2), NOW).unwrap();
    let reused = next.clone().activated(person(2), name(), 7, NOW);
    assert_eq!(reused, Err(NotActivated::NotNext(NotNext::Used)));
    assert!(next.activated(person(2), name(), 8, NOW).is_ok());
}

#[test]
fn lives_are_kept_by_word() {
    for life in LifeWord::ALL {
        assert_eq!(LifeWord::from_word(life.word()), Some(life));
    }
    assert_eq!(LifeWord::from_word("broken"), None);
}

#[derive(Clone, Copy, Debug)]
enum Act {
    HandOut(u128),
    Activate(u128, i64),
    Spend(i64),
    Resync(i64),
    PutAside,
    Return,
    Lose,
    Leak,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1u128..3).prop_map(Act::HandOut),
        4 => (1u128..3, 0i64..60).prop_map(|(who, place)| Act::Activate(who, place)),
        6 => (0i64..60).prop_map(Act::Spend),
        2 => (0i64..60).prop_map(Act::Resync),
        2 => Just(Act::PutAside),
        4 => Just(Act::Return),
        1 => Just(Act::Lose),
        1 => Just(Act::Leak),
    ]
}

fn after(device: CodeDevice, act: Act) -> Option<CodeDevice> {
    match act {
        Act::HandOut(to) => device.handed_out(person(to), NOW).ok(),
        Act::Activate(by, place) => device.activated(person(by), name(), place, NOW).ok(),
        Act::Spend(place) => device.spent(place, NOW).ok(),
        Act::Resync(place) => device.resynchronised(place, NOW).ok(),
        Act::PutAside => Some(device.put_aside(NOW)),
        Act::Return => device.returned(NOW).ok(),
        Act::Lose => device.lost(NOW).ok(),
        Act::Leak => device.leaked(NOW).ok(),
    }
}

proptest! {
    /// Security decision 8: whatever anybody does, a seed that is known by others goes nowhere any more.
    #[test]
    fn a_device_that_is_lost_or_known_never_counts_and_never_goes_out_again(
        before in proptest::collection::vec(act(), 0..20),
        known: bool,
        later in proptest::collection::vec(act(), 0..40),
    ) {
        let device = before.into_iter().fold(device(), |it, act| after(it.clone(), act).unwrap_or(it));
        let mut gone = after(device.clone(), if known { Act::Leak } else { Act::Lose }).unwrap_or(device);
        for act in later {
            gone = after(gone.clone(), act).unwrap_or(gone);
            prop_assert!(matches!(gone.life, Life::Lost { .. } | Life::Leaked { .. }), "{act:?}");
        }
    }

    #[test]
    fn it_only_counts_for_whom_it_was_handed_out_to_and_who_showed_a_code(
        acts in proptest::collection::vec(act(), 1..60),
    ) {
        let (mut it, mut holder, mut used) = (device(), None, -1);
        for act in acts {
            let Some(next) = after(it.clone(), act) else { continue };
            match act {
                Act::HandOut(to) => holder = Some(person(to)),
                Act::Activate(_, place) | Act::Spend(place) | Act::Resync(place) => {
                    prop_assert!(place > used, "{place} after {used}");
                    used = place;
                }
                Act::Return | Act::Lose | Act::Leak => holder = None,
                Act::PutAside => {}
            }
            prop_assert_eq!(next.life.holder(), holder);
            if let Some(in_use) = next.in_use() {
                prop_assert_eq!(Some(in_use.of), holder);
                let counted = it.in_use().is_some() || matches!(act, Act::Activate(..));
                prop_assert!(counted, "it began to count by {:?}", act);
            }
            it = next;
        }
    }
}
