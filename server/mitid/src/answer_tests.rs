use super::*;
use crate::claims::Claims;
use crate::profile::{Client, Environment};
use domain::cpr::RegisterStatus::{
    Administrative, Dead, Emigrated, Missing, Renumbered, Resident, Withdrawn,
};
use domain::proofing::{Refusal, assess};
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: i64 = 1_800_000_000;
const SUBSTANTIAL: &str = "https://data.gov.dk/concept/core/nsis/Substantial";

fn profile() -> BrokerProfile {
    let client = Client { id: "us", secret: "s", redirect_uri: "https://id.kommune.dk/mitid/neb" };
    BrokerProfile::neb("neb", Environment::Production, "https://broker.dk/op", client)
}

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn signed() -> Value {
    json!({
        "sub": "someone", "idp": "mitid", "identity_type": "private", "auth_time": NOW, "amr": ["code_app"],
        "loa": SUBSTANTIAL, "ial": SUBSTANTIAL, "aal": "https://data.gov.dk/concept/core/nsis/High",
        "transaction_id": "broker-1",
    })
}

fn userinfo() -> Value {
    json!({
        "sub": "someone", "idp": "mitid", "loa": SUBSTANTIAL, "mitid.has_cpr": "true",
        "mitid.transaction_id": "mitid-1", "dk.cpr": "6101900001",
        "ssn.details.status": "success", "ssn.details.person_status": "Active",
    })
}

fn claims(value: Value) -> Claims {
    let Value::Object(map) = value else { panic!("an object") };
    Claims::new(map)
}

fn read_by(profile: &BrokerProfile, signed: Value, userinfo: Value) -> Result<BrokerAnswer, Reason> {
    let told = Told { signed: claims(signed), userinfo: claims(userinfo) };
    answer(&told, profile, [7; 32], now())
}

fn read(signed: Value, userinfo: Value) -> Result<BrokerAnswer, Reason> {
    read_by(&profile(), signed, userinfo)
}

fn plus(mut base: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

#[test]
fn the_recorded_shape_is_read_whole() {
    let it = read(signed(), userinfo()).unwrap();
    assert_eq!((it.scheme.as_str(), it.identity_type.as_str()), ("mitid", "private"));
    assert_eq!(it.loa, Some(AssuranceLevel::Substantial));
    assert_eq!(it.ial, Some(AssuranceLevel::Substantial));
    assert_eq!(it.aal, Some(AssuranceLevel::High));
    assert_eq!(it.auth_time, Some(now()));
    assert_eq!(it.cpr, Cpr::parse("6101900001").ok());
    assert_eq!(it.means, ["code_app"]);
    assert_eq!((it.transaction.as_str(), it.mitid_transaction.as_str()), ("broker-1", "mitid-1"));
    let register = it.register.unwrap();
    assert_eq!(register.status, Resident);
    assert_eq!(register.source, "broker:ssn.details");
}

#[test]
fn a_level_is_its_exact_value_or_none() {
    for value in [
        "Substantial",
        "SUBSTANTIAL",
        "https://data.gov.dk/concept/core/nsis/substantial",
        "https://data.gov.dk/concept/core/nsis/loa/Substantial",
        "https://data.gov.dk/concept/core/nsis/Substantial#",
        "http://data.gov.dk/concept/core/nsis/Substantial",
        "",
    ] {
        let it = read(plus(signed(), &json!({"ial": value})), userinfo()).unwrap();
        assert_eq!(it.ial, None, "{value}");
        assert_eq!(assess(it, now(), now()).unwrap_err(), Refusal::LevelTooLow);
    }
}

#[test]
fn another_profile_has_other_words() {
    let mut other = profile();
    other.levels = LevelValues { low: "LOW".into(), substantial: "SUBSTANTIAL".into(), high: "HIGH".into() };
    other.scheme.mitid = "dkmitid".into();
    other.claims.cpr = "cprNumberIdentifier".into();
    other.claims.loa = "loA".into();
    let words = json!({
        "idp": "dkmitid", "loA": "SUBSTANTIAL", "ial": "HIGH", "aal": "LOW", "cprNumberIdentifier": "610190-0001",
    });
    let it = read_by(&other, plus(signed(), &words), json!({"mitid.transaction_id": "m"})).unwrap();
    assert_eq!(
        (it.loa, it.ial, it.aal),
        (Some(AssuranceLevel::Substantial), Some(AssuranceLevel::High), Some(AssuranceLevel::Low),)
    );
    assert_eq!(it.scheme, "mitid");
    assert_eq!(it.cpr, Cpr::parse("6101900001").ok());
    let told = json!({"mitid.transaction_id": "m"});
    let imitated = read_by(&other, plus(signed(), &json!({"idp": "mitid"})), told).unwrap();
    assert_ne!(imitated.scheme, "mitid", "a word that is ours but not this broker's means nothing");
}

#[test]
fn no_cpr_number_is_not_a_fault_but_a_broken_one_is() {
    for value in [json!(null), json!(""), json!("  ")] {
        assert_eq!(read(signed(), plus(userinfo(), &json!({"dk.cpr": value}))).unwrap().cpr, None);
    }
    for value in ["61019", "abc", "6113900001"] {
        let broken = read(signed(), plus(userinfo(), &json!({"dk.cpr": value})));
        assert_eq!(broken.unwrap_err().refusal(), Refusal::Technical, "{value}");
    }
}

#[test]
fn the_register_speaks_only_when_it_was_asked_and_answered() {
    let status = |changes: Value| {
        read(signed(), plus(userinfo(), &changes)).unwrap().register.map(|register| register.status)
    };
    for (word, meaning) in [
        ("Active", Resident),
        ("ActiveWithHighRoadCode", Resident),
        ("ActiveRegisteredResidenceInGreenlandicCpr", Resident),
        ("ActiveRegisteredResidenceInGreenlandicCprWithHighRoadCode", Resident),
        ("ActiveAdministrativeSocialSecurityNumber", Administrative),
        ("CancelledSocialSecurityNumber", Withdrawn),
        ("DeletedSocialSecurityNumber", Withdrawn),
        ("ChangedSocialSecurityNumber", Renumbered),
        ("Missing", Missing),
        ("Emigrated", Emigrated),
        ("Deceased", Dead),
    ] {
        assert_eq!(status(json!({"ssn.details.person_status": word})), Some(meaning), "{word}");
    }
    assert_eq!(status(json!({"ssn.details.person_status": "Something new"})), None);
    assert_eq!(status(json!({"ssn.details.status": "unable_to_lookup"})), None);
    assert_eq!(status(json!({"ssn.details.status": null})), None);
    assert_eq!(status(json!({"ssn.details.person_status": null})), None);
}

#[test]
fn a_signed_level_cannot_be_raised_by_userinfo() {
    let low = plus(signed(), &json!({"loa": "https://data.gov.dk/concept/core/nsis/Low"}));
    assert_eq!(read(low, userinfo()).unwrap_err(), Reason::Contradiction);
}

#[test]
fn without_transactions_there_is_no_evidence() {
    assert!(read(plus(signed(), &json!({"transaction_id": null})), userinfo()).is_err());
    assert!(read(signed(), plus(userinfo(), &json!({"mitid.transaction_id": ""}))).is_err());
}

#[test]
fn the_receipt_changes_with_each_of_its_parts() {
    let all = [receipt("a", b"b"), receipt("ab", b""), receipt("a", b"c"), receipt("c", b"b")];
    for (at, one) in all.iter().enumerate() {
        assert!(all.iter().skip(at + 1).all(|other| other != one));
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~]{0,40}".prop_map(Value::from),
        Just(Value::from(SUBSTANTIAL)),
        Just(json!([SUBSTANTIAL])),
        Just(json!({"loa": SUBSTANTIAL})),
    ]
}

proptest! {
    #[test]
    fn nothing_but_the_three_exact_levels_passes(loa in any_value(), ial in any_value(), aal in any_value()) {
        let words = json!({"loa": loa, "ial": ial, "aal": aal});
        let without = plus(userinfo(), &json!({"loa": null}));
        if let Ok(it) = read(plus(signed(), &words), without) {
            let exact = [loa, ial, aal].iter().all(|value| value == SUBSTANTIAL);
            prop_assert_eq!(assess(it, now(), now()).is_ok(), exact);
        }
    }

    #[test]
    fn any_claims_are_read_without_panic(
        one in prop::collection::btree_map("loa|ial|aal|idp|auth_time|amr|dk.cpr|ssn.details.status", any_value(), 0..8),
        two in prop::collection::btree_map("loa|ial|aal|idp|auth_time|amr|dk.cpr|ssn.details.status", any_value(), 0..8),
    ) {
        let _ = read(json!(one), json!(two));
    }
}
