use super::*;
use crate::factor::{ModelStatus, RiskNote};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
fn model() -> Aaguid {
    Aaguid::read(Uuid::from_u128(7)).unwrap()
}
fn good() -> Models {
    Models::default().knowing(BTreeMap::from([(model(), ModelStatus::Good)]))
}
fn with_rule(rule: ModelRule) -> Models {
    Models::new(BTreeMap::from([(model(), rule)]), false)
        .knowing(BTreeMap::from([(model(), ModelStatus::Good)]))
}
/// The best there is: bound to its device, attested, verified.
fn best() -> Registered {
    Registered { model: Some(model()), attested: true, ..Registered::plain(PasskeyKind::Passkey) }
}
fn key(registered: Registered, counter: u32) -> Passkey {
    let (credential, stored) = (CredentialId(vec![1]), StoredKey(vec![2]));
    let new = NewPasskey { credential, registered, counter, stored };
    let name = FactorName::try_from("Min telefon".to_owned()).unwrap();
    let (id, person) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    Passkey::take(new, id, person, name, (Added::Enrolment, at(0)))
}
fn said(counter: u32) -> Assertion {
    Assertion { verified: true, backup_eligible: false, backed_up: false, counter }
}
fn worth(registered: Registered, said: Assertion, models: &Models) -> Worth {
    key(registered, 0).answered(said, models, at(1)).unwrap().1
}

#[test]
fn it_counts_alone_only_when_every_condition_holds() {
    assert_eq!(worth(best(), said(0), &good()), Worth::Alone);
    let lacking = [
        Registered { verified: false, ..best() },
        Registered { attested: false, ..best() },
        Registered { model: None, ..best() },
        Registered { model: Aaguid::read(Uuid::from_u128(8)), ..best() },
    ];
    for registered in lacking {
        assert_eq!(worth(registered.clone(), said(0), &good()), Worth::Beside, "{registered:?}");
    }
    assert_eq!(worth(best(), Assertion { verified: false, ..said(0) }, &good()), Worth::Beside);
    let copied = Registered { backup_eligible: true, ..best() };
    assert_eq!(worth(copied, Assertion { backup_eligible: true, ..said(0) }, &good()), Worth::Beside);
    let bad = Models::default().knowing(BTreeMap::from([(model(), ModelStatus::Bad)]));
    assert_eq!(worth(best(), said(0), &bad), Worth::Beside, "it went bad since");
    assert_eq!(worth(best(), said(0), &Models::default()), Worth::Beside, "no metadata");
}

#[test]
fn a_rule_for_the_model_narrows_widens_with_a_reference_and_never_waives_verification() {
    assert_eq!(worth(best(), said(0), &with_rule(ModelRule::Beside)), Worth::Beside);
    assert_eq!(worth(best(), said(0), &with_rule(ModelRule::Allow)), Worth::Alone);
    let denied = key(best(), 0).answered(said(0), &with_rule(ModelRule::Deny), at(1));
    assert_eq!(denied.unwrap_err(), Mistrust::Denied);
    assert_eq!(key(best(), 0).best(&with_rule(ModelRule::Deny)), None);
    assert_eq!(key(best(), 0).best(&with_rule(ModelRule::Beside)), Some(Worth::Beside));
    assert_eq!(key(best(), 0).best(&good()), Some(Worth::Alone));
    let wide = with_rule(ModelRule::Alone(RiskNote::try_from("R-1".to_owned()).unwrap()));
    let synced = Registered { backup_eligible: true, attested: false, ..best() };
    let copied = Assertion { backup_eligible: true, backed_up: true, ..said(0) };
    assert_eq!(worth(synced.clone(), copied, &wide), Worth::Alone);
    assert_eq!(worth(synced.clone(), Assertion { verified: false, ..copied }, &wide), Worth::Beside);
    assert_eq!(worth(Registered { verified: false, ..synced }, copied, &wide), Worth::Beside);
}

#[test]
fn a_counter_that_does_not_rise_opens_a_hold_and_no_counter_is_none() {
    let answered = |before, counter| key(best(), before).answered(said(counter), &good(), at(1)).map(drop);
    assert_eq!(answered(0, 0), Ok(()), "it does not count");
    assert_eq!(answered(0, 1), Ok(()));
    assert_eq!(answered(4, 5), Ok(()));
    for (before, counter) in [(5, 5), (5, 4), (5, 0)] {
        assert_eq!(answered(before, counter), Err(Mistrust::CounterWentBack), "{before} then {counter}");
    }
    assert_eq!(Mistrust::CounterWentBack.hold(), Some("key-copied"));
    for other in [Mistrust::EligibilityGone, Mistrust::Contradiction, Mistrust::Denied] {
        assert_eq!(other.hold(), None);
    }
}

#[test]
fn one_that_may_be_copied_from_now_on_counts_for_less_for_ever() {
    let now = Assertion { backup_eligible: true, backed_up: true, ..said(0) };
    let (after, worth) = key(best(), 0).answered(now, &good(), at(9)).unwrap();
    assert_eq!(worth, Worth::Beside);
    assert_eq!(
        (after.used_at, after.registered.backup_eligible, after.registered.backed_up),
        (Some(at(9)), true, true)
    );
    assert_eq!(after.answered(said(0), &good(), at(10)).unwrap_err(), Mistrust::EligibilityGone);
    let odd = Assertion { backed_up: true, ..said(0) };
    assert_eq!(key(best(), 0).answered(odd, &good(), at(1)).unwrap_err(), Mistrust::Contradiction);
}

proptest! {
    /// Whatever is said and known: alone is never more than the rule of all, and a counter never falls.
    #[test]
    fn no_answer_counts_alone_without_verification_twice_a_device_and_a_good_attested_model(
        verified: bool, now: bool, eligible: bool, says: bool, copied: bool, attested: bool, status in 0u8..3,
        before in 0u32..4, counter in 0u32..4,
    ) {
        let status = [None, Some(ModelStatus::Good), Some(ModelStatus::Bad)][usize::from(status)];
        let models = Models::default().knowing(status.map(|status| (model(), status)).into_iter().collect());
        let registered = Registered { verified, backup_eligible: eligible, attested, ..best() };
        let said = Assertion { verified: now, backup_eligible: says, backed_up: copied, counter };
        match key(registered, before).answered(said, &models, at(1)) {
            Ok((after, worth)) => {
                prop_assert!(after.counter > before || (counter == 0 && before == 0));
                prop_assert!(!eligible || after.registered.backup_eligible);
                let may = verified && now && !eligible && !says && attested && status == Some(ModelStatus::Good);
                prop_assert_eq!(worth == Worth::Alone, may);
            }
            Err(Mistrust::CounterWentBack) => prop_assert!(counter <= before && before > 0),
            Err(_) => prop_assert!((eligible || copied) && !says),
        }
    }
}
