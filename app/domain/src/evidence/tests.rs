use super::*;
use crate::audit::Actor;
use crate::standing::Origin;
use jiff::civil::Date;
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn eighteen_exports_have_numbers_words_and_requirements_of_their_own() {
    let words: BTreeSet<_> = Evidence::ALL.iter().map(|it| it.word()).collect();
    assert_eq!(words.len(), 18);
    for (it, number) in Evidence::ALL.into_iter().zip(1u8..) {
        assert_eq!((it.number(), Evidence::from_number(&number.to_string())), (number, Some(it)));
        assert!(!it.nsis().is_empty() && !it.says().is_empty(), "{it:?}");
    }
    assert_eq!((Evidence::from_number("0"), Evidence::from_number("19")), (None, None));
}

#[test]
fn what_has_no_source_counts_as_open_and_says_what_is_missing() {
    for it in Evidence::ALL {
        assert!(!it.kinds().is_empty() || it.present().is_some(), "{it:?} has no source");
    }
    let full = Evidence::ALL.into_iter().filter(|it| it.collected() == Collected::InFull);
    let full: Vec<_> = full.map(Evidence::number).collect();
    assert_eq!(full, [2, 4, 7, 10, 11, 12, 14, 15, 16]);
}

#[test]
fn a_name_an_address_and_a_browser_are_opened_in_the_trail_of_one_person_alone() {
    for it in Evidence::ALL.into_iter().filter(|it| *it != Evidence::Person) {
        for sealed in ["address", "browser", "user-name", "to", "old", "new"] {
            assert!(!it.opens(sealed), "{it:?} opens {sealed}");
        }
    }
    assert!(Evidence::Person.sealed().contains(&"address"));
    assert_eq!(Evidence::Blocks.sealed(), ["reason"]);
}

#[test]
fn what_staff_did_is_what_operators_did_and_what_people_did_to_others() {
    let (one, other): (PersonId, PersonId) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    let takes =
        |actor, subject| Evidence::Privileged.takes(EventKind::Held, &actor, subject, &BTreeMap::new());
    assert!(takes(Actor::Operator("ops1".into()), Some(one)));
    assert!(takes(Actor::Person(one), Some(other)) && takes(Actor::Person(one), None));
    assert!(!takes(Actor::Person(one), Some(one)));
    assert!(!takes(Actor::System, Some(one)) && !takes(Actor::Unknown, None));
    for kind in [EventKind::TermsPublished, EventKind::AuditorRefused] {
        let own = Evidence::Privileged.takes(kind, &Actor::Person(one), Some(one), &BTreeMap::new());
        assert!(own, "{kind:?} stands at her own login and is no private matter");
    }
}

#[test]
fn of_holds_the_export_of_the_register_takes_those_it_led_to() {
    let takes = |origin: Origin| {
        let facts = BTreeMap::from([("origin".to_owned(), origin.word().to_owned())]);
        Evidence::Register.takes(EventKind::Held, &Actor::System, None, &facts)
    };
    assert!(takes(Origin::Register) && !takes(Origin::Owner) && !takes(Origin::Security));
}

#[test]
fn of_notices_an_export_takes_those_it_is_about() {
    let told = |template: &str| {
        let facts = BTreeMap::from([("template".to_owned(), template.to_owned())]);
        Evidence::Blocks.takes(EventKind::NoticeSent, &Actor::System, None, &facts)
    };
    assert!(told("blocked") && !told("welcome"));
}

#[test]
fn a_period_holds_its_first_and_its_last_day_and_nothing_besides() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let period = Period::of_days(day("2026-11-01"), day("2026-11-02")).unwrap();
    assert!(period.holds(at("2026-10-31T23:00:00Z")) && period.holds(at("2026-11-02T22:59:59.999999Z")));
    assert!(!period.holds(at("2026-10-31T22:59:59Z")) && !period.holds(at("2026-11-02T23:00:00Z")));
    assert_eq!(Period::of_days(day("2026-11-02"), day("2026-11-01")), Err(Backwards));
}

#[test]
fn a_period_ends_behind_the_last_row_that_has_its_place_and_never_before_it_begins() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let period = Period { from: at("2026-11-01T00:00:00Z"), before: at("2026-11-30T00:00:00Z") };
    let last = at("2026-11-02T08:00:00Z");
    let cut = period.chained_until(Some(last));
    assert!(cut.holds(last) && !cut.holds(at("2026-11-02T08:00:00.000001Z")));
    assert_eq!(period.chained_until(Some(at("2027-01-01T00:00:00Z"))), period, "it was over before");
    assert_eq!(period.chained_until(None), period);
    let empty = period.chained_until(Some(at("2026-10-01T00:00:00Z")));
    assert_eq!((empty.from, empty.before), (period.from, period.from));
}
