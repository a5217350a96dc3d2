use super::*;
use serde_json::{Value, json};

fn least() -> Value {
    json!({
        "id": "neb", "environment": "production", "issuer": "https://netseidbroker.dk/op",
        "client_id": "3f1c", "client_secret": "kept secret",
        "redirect_uri": "https://id.eksempelkommune.dk/mitid/neb",
    })
}

fn read(changes: &[(&str, Value)]) -> Result<BrokerProfile, serde_json::Error> {
    let mut settings = least();
    for (name, value) in changes {
        settings[name] = value.clone();
    }
    serde_json::from_value(settings)
}

#[test]
fn six_settings_make_a_profile() {
    let it = read(&[]).unwrap();
    assert_eq!(it.claims.cpr, "dk.cpr");
    assert_eq!(it.scopes, ["openid", "mitid", "ssn", "ssn.details_name"]);
    assert_eq!(it.levels.substantial, "https://data.gov.dk/concept/core/nsis/Substantial");
    assert!(!it.iss_mandatory);
}

#[test]
fn one_name_can_differ_and_the_others_stay() {
    let it =
        read(&[("claims", json!({"cpr": "nin"})), ("register_words", json!({"alive": "Resident"}))]).unwrap();
    assert_eq!((it.claims.cpr.as_str(), it.claims.loa.as_str()), ("nin", "loa"));
    assert_eq!(it.register_words.get("alive"), Some(&RegisterStatus::Resident));
}

#[test]
fn what_is_misspelt_is_refused() {
    assert!(read(&[("iss_mandatry", json!(true))]).is_err());
    assert!(read(&[("claims", json!({"crp": "nin"}))]).is_err());
    assert!(read(&[("environment", json!("prod"))]).is_err());
    assert!(read(&[("algorithms", json!(["none"]))]).is_err());
    assert!(read(&[("algorithms", json!(["HS256"]))]).is_err());
}
