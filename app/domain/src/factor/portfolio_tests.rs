use super::*;
use crate::ids::{FlowId, PersonId, SessionId};
use crate::sign_in::{PasswordShown, SignIn, Step, Target};
use crate::step_up::StepUp;
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: usize) -> FactorId {
    Uuid::from_u128(number.try_into().unwrap()).into()
}
fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}
fn her() -> PersonId {
    Uuid::from_u128(900).into()
}
fn session() -> SessionId {
    Uuid::from_u128(901).into()
}
fn flow() -> FlowId {
    Uuid::from_u128(902).into()
}
fn mean(number: usize, worth: Worth, added: Added, minute: i64) -> Mean {
    let kind = MeanKind::Key(PasskeyKind::Passkey);
    Mean { id: id(number), kind, worth: Some(worth), added_at: at(minute), added }
}
fn beside(number: usize, minute: i64) -> Mean {
    mean(number, Worth::Beside, Added::Enrolment, minute)
}
/// Of a model that is not admitted any more.
fn denied(number: usize, minute: i64) -> Mean {
    Mean { worth: None, ..beside(number, minute) }
}
fn shown(number: usize, minute: i64) -> FreshStepUp {
    let asked = StepUp::ask(her(), session(), StepUpFor::Factors).shown(id(number), at(minute));
    asked.fresh(flow(), StepUpFor::Factors, session(), at(minute)).unwrap()
}
fn proof(purpose: Purpose, minute: i64) -> Authority {
    let proofing = Uuid::from_u128(903).into();
    Authority::Proof(FreshProof::mitid(proofing, (purpose, flow()), at(minute)))
}

#[test]
fn the_last_way_in_stays_until_another_is_added() {
    let one = Portfolio::of(true, vec![beside(1, 0)], Some(id(1)));
    assert_eq!(one.clone().remove(id(1), &shown(1, 1), at(1)), Err(NotRemoved::LastWayIn));
    let (two, _) = one.add(beside(2, 1), &Authority::StepUp(shown(1, 1))).unwrap();
    let left = two.remove(id(1), &shown(1, 2), at(2)).unwrap();
    assert_eq!((left.means().len(), left.primary()), (1, None), "what is gone is no choice any more");
    assert_eq!(left.remove(id(9), &shown(2, 3), at(3)), Err(NotRemoved::Unknown));
}

#[test]
fn without_a_password_only_one_that_counts_alone_is_a_way_in() {
    let alone = mean(1, Worth::Alone, Added::Enrolment, 0);
    let both = Portfolio::of(false, vec![alone, beside(2, 0)], None);
    assert!(both.opens());
    assert_eq!(both.clone().remove(id(1), &shown(1, 1), at(1)), Err(NotRemoved::LastWayIn));
    assert!(both.remove(id(2), &shown(1, 1), at(1)).is_ok());
}

#[test]
fn a_key_whose_model_is_denied_is_no_way_in_beside_nothing_and_can_go() {
    let both = Portfolio::of(true, vec![beside(1, 0), denied(2, 0)], Some(id(2)));
    assert!(both.opens() && !both.opens_without(id(1)) && both.opens_without(id(2)));
    assert_eq!(both.clone().remove(id(1), &shown(1, 1), at(1)), Err(NotRemoved::LastWayIn));
    assert_eq!(both.clone().reopened(&BTreeSet::from([id(2)])), Err(NotRemoved::LastWayIn));
    assert_eq!(both.clone().prefer(id(2)), Err(Unknown));
    assert_eq!(both.means().len(), 2, "she sees it still");
    assert_eq!(both.remove(id(2), &shown(1, 1), at(1)).unwrap().means().len(), 1);
    for password in [true, false] {
        assert!(!Portfolio::of(password, vec![denied(2, 0)], None).opens(), "password: {password}");
    }
}

#[test]
fn one_added_by_recovery_removes_no_older_one_for_an_hour_nor_through_another() {
    let old = Portfolio::of(true, vec![beside(1, 0), beside(2, 0)], None);
    let (with, new) = old.add(beside(3, 100), &proof(Purpose::Reset, 100)).unwrap();
    assert_eq!(new.added, Added::Recovery);
    assert_eq!(with.clone().remove(id(1), &shown(3, 110), at(159)), Err(NotRemoved::CoolOff(at(160))));
    assert!(with.clone().remove(id(1), &shown(3, 160), at(160)).is_ok());
    assert!(with.clone().remove(id(1), &shown(2, 110), at(110)).is_ok(), "shown with an old one");
    assert!(with.clone().remove(id(3), &shown(3, 110), at(110)).is_ok(), "itself");
    let (with, through) = with.add(beside(4, 110), &Authority::StepUp(shown(3, 110))).unwrap();
    assert_eq!(through.added, Added::Recovery);
    assert_eq!(with.remove(id(1), &shown(4, 165), at(165)), Err(NotRemoved::CoolOff(at(170))));
}

#[test]
fn what_was_made_for_something_else_adds_and_removes_nothing() {
    let two = Portfolio::of(true, vec![beside(1, 0), beside(2, 0)], None);
    for purpose in [Purpose::Finding, Purpose::Blocking, Purpose::Reconfirmation] {
        assert_eq!(two.clone().add(beside(3, 1), &proof(purpose, 1)), Err(NotAdded::OtherPurpose));
    }
    for purpose in StepUpFor::ALL.into_iter().filter(|purpose| *purpose != StepUpFor::Factors) {
        let other = FreshStepUp { purpose, ..shown(1, 1) };
        assert_eq!(two.clone().add(beside(3, 1), &Authority::StepUp(other)), Err(NotAdded::OtherPurpose));
        assert_eq!(two.clone().remove(id(2), &other, at(1)), Err(NotRemoved::OtherPurpose));
    }
    let nothing = FreshStepUp { by: None, ..shown(1, 1) };
    assert_eq!(two.clone().remove(id(2), &nothing, at(1)), Err(NotRemoved::OtherPurpose));
    assert_eq!(two.add(beside(3, 1), &Authority::StepUp(shown(7, 1))), Err(NotAdded::OtherPurpose));
}

#[test]
fn ten_are_enough_and_a_choice_is_one_of_hers() {
    let all = (0..MOST_MEANS).map(|number| beside(number, 0)).collect();
    let all = Portfolio::of(true, all, None);
    let step_up = Authority::StepUp(shown(0, 1));
    assert_eq!(all.clone().add(beside(0, 1), &step_up), Err(NotAdded::Twice));
    assert_eq!(all.clone().add(beside(99, 1), &step_up), Err(NotAdded::TooMany));
    assert_eq!(all.clone().prefer(id(99)), Err(Unknown));
    assert_eq!(all.prefer(id(3)).unwrap().primary(), Some(id(3)));
}

/// What the owner does, and what somebody who knows her password tries.
#[derive(Clone, Debug)]
enum Act {
    Add {
        by: usize,
        alone: bool,
    },
    Recover {
        purpose: Purpose,
        alone: bool,
    },
    Remove {
        which: usize,
        by: usize,
    },
    Prefer(usize),
    /// Blocked and opened again with MitID, keeping these.
    Reopen(Vec<bool>),
    Wait(i64),
    /// A password is shown to a sign-in: what it gives is used to add one.
    ThiefSignsIn,
    /// At a session that was left open: asks for a step-up and shows the password again.
    ThiefStepsUp,
}

fn act() -> impl Strategy<Value = Act> {
    let purpose = prop::sample::select(vec![Purpose::Reopening, Purpose::Reset, Purpose::Recovery]);
    prop_oneof![
        (0usize..4, any::<bool>()).prop_map(|(by, alone)| Act::Add { by, alone }),
        (purpose, any::<bool>()).prop_map(|(purpose, alone)| Act::Recover { purpose, alone }),
        (0usize..4, 0usize..4).prop_map(|(which, by)| Act::Remove { which, by }),
        (0usize..4).prop_map(Act::Prefer),
        prop::collection::vec(any::<bool>(), 0..4).prop_map(Act::Reopen),
        (1i64..90).prop_map(Act::Wait),
        Just(Act::ThiefSignsIn),
        Just(Act::ThiefStepsUp),
    ]
}

struct World {
    now: i64,
    next: usize,
    hers: Portfolio,
}

impl World {
    /// One of hers, by its place.
    fn nth(&self, place: usize) -> FactorId {
        let means = self.hers.means();
        means[place % means.len()].id
    }

    fn fresh(&self, place: usize) -> FreshStepUp {
        FreshStepUp { by: Some(self.nth(place)), ..shown(1, self.now) }
    }

    fn new_mean(&mut self, alone: bool) -> Mean {
        self.next += 1;
        let worth = if alone { Worth::Alone } else { Worth::Beside };
        Mean { worth: Some(worth), ..beside(self.next, self.now) }
    }

    fn add(&mut self, alone: bool, by: &Authority) {
        let mean = self.new_mean(alone);
        if let Ok((hers, _)) = self.hers.clone().add(mean, by) {
            self.hers = hers;
        }
    }

    fn remove(&mut self, which: usize, by: usize) {
        let (gone, step_up) = (*self.hers.mean(self.nth(which)).unwrap(), self.fresh(by));
        let Ok(left) = self.hers.clone().remove(gone.id, &step_up, at(self.now)) else { return };
        let with = self.hers.mean(step_up.by.unwrap()).unwrap();
        let young = with.added == Added::Recovery && at(self.now).duration_since(with.added_at) < COOL_OFF;
        assert!(!young || gone.added_at >= with.added_at, "a young one removed an older one");
        self.hers = left;
    }

    fn does(&mut self, act: Act) {
        match act {
            Act::Add { by, alone } => self.add(alone, &Authority::StepUp(self.fresh(by))),
            Act::Recover { purpose, alone } => self.add(alone, &proof(purpose, self.now)),
            Act::Remove { which, by } => self.remove(which, by),
            Act::Prefer(which) => self.hers = self.hers.clone().prefer(self.nth(which)).unwrap(),
            Act::Reopen(kept) => {
                let all = self.hers.means().iter().zip(kept);
                let keep = all.filter(|(_, kept)| *kept).map(|(mean, _)| mean.id).collect();
                if let Ok(left) = self.hers.clone().reopened(&keep) {
                    self.hers = left;
                }
            }
            Act::Wait(minutes) => self.now += minutes,
            Act::ThiefSignsIn => {
                let shown = SignIn::begin(Target::Portal).password_shown(her(), at(self.now)).unwrap();
                let PasswordShown::SecondNext(half) = shown else { panic!("a password was enough") };
                assert!(half.session().is_none() && half.step() == Step::Code);
            }
            Act::ThiefStepsUp => {
                let asked = StepUp::ask(her(), session(), StepUpFor::Factors);
                let made = asked.fresh(flow(), StepUpFor::Factors, session(), at(self.now));
                assert!(made.is_err(), "nothing of hers was shown");
                let nothing = FreshStepUp { by: None, ..shown(1, self.now) };
                let mean = self.new_mean(true);
                assert!(self.hers.clone().add(mean, &Authority::StepUp(nothing)).is_err());
            }
        }
    }
}

proptest! {
    #[test]
    fn no_sequence_leaves_her_without_a_way_in_or_lets_a_password_add_one(
        acts in prop::collection::vec(act(), 0..60), password: bool,
    ) {
        let first = mean(1, Worth::Alone, Added::Enrolment, 0);
        let mut world = World { now: 0, next: 1, hers: Portfolio::of(password, vec![first], None) };
        for act in acts {
            let before = world.hers.means().len();
            let thief = matches!(act, Act::ThiefSignsIn | Act::ThiefStepsUp);
            world.does(act);
            prop_assert!(world.hers.opens(), "{:?}", world.hers);
            prop_assert!(world.hers.means().len() <= MOST_MEANS);
            prop_assert!(world.hers.primary().is_none_or(|id| world.hers.mean(id).is_some()));
            prop_assert!(!thief || world.hers.means().len() == before);
        }
    }
}
