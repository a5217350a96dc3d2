//! What it says of a sign-in, in the broker's shape: levels in the signed answer, the person in userinfo, where
//! every value is text.

use crate::Desk;
use crate::memory::Grant;
use crate::outcome::Outcome;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

const LEVEL: &str = "https://data.gov.dk/concept/core/nsis/";

/// The claims of the signed answer.
pub(crate) fn signed(desk: &Desk, grant: &Grant, access_token: &str, now: Timestamp) -> Value {
    let level = level(grant.outcome);
    let (now, at) = (now.as_second(), grant.at.as_second());
    let session = identifier("session", &grant.transaction);
    json!({
        "iss": desk.config.issuer,
        "aud": desk.config.client_id,
        "nbf": now,
        "iat": now,
        "exp": now + 300,
        "auth_time": at,
        "nonce": grant.request.nonce,
        "at_hash": left_half(access_token),
        "sub": subject(grant),
        "sid": session,
        "neb_sid": session,
        "session_expiry": (at + 16_200).to_string(),
        "idp": "mitid",
        "identity_type": "private",
        "acr": level,
        "amr": ["code_app"],
        "loa": level,
        "ial": level,
        "aal": format!("{LEVEL}Substantial"),
        "transaction_id": identifier("broker", &grant.transaction),
        "idp_transaction_id": identifier("mitid", &grant.transaction),
        "idtoken_type": "user",
        "subject_type": "organization",
    })
}

/// The claims of userinfo.
pub(crate) fn userinfo(desk: &Desk, grant: &Grant) -> Option<Value> {
    let person = desk.config.people.get(grant.person)?;
    let level = level(grant.outcome);
    let has_cpr = grant.outcome != Outcome::NoCpr;
    let mut claims: Map<String, Value> = Map::new();
    let mut say = |name: &str, value: String| claims.insert(name.to_owned(), Value::String(value));
    say("sub", subject(grant));
    say("idp", "mitid".to_owned());
    say("loa", level.clone());
    say("ial", level);
    say("aal", format!("{LEVEL}Substantial"));
    if asked(grant, "mitid") {
        say("mitid.uuid", identifier("mitid uuid", &grant.person.to_string()));
        say("mitid.identity_name", person.name.clone());
        say("mitid.has_cpr", has_cpr.to_string());
        say("mitid.psd2", "false".to_owned());
        say("mitid.transaction_id", identifier("mitid", &grant.transaction));
    }
    if has_cpr && asked(grant, "ssn") {
        say("dk.cpr", number(desk, grant)?);
    }
    if has_cpr && asked(grant, "ssn.details_name") {
        let (status, word) = register(grant.outcome);
        say("ssn.details.status", status.to_owned());
        if let Some(word) = word {
            say("ssn.details.person_status", word.to_owned());
            say("ssn.details.name_address_protected", "false".to_owned());
        }
    }
    Some(Value::Object(claims))
}

fn asked(grant: &Grant, scope: &str) -> bool {
    grant.request.scopes.iter().any(|asked| asked == scope)
}

fn level(outcome: Outcome) -> String {
    format!("{LEVEL}{}", if outcome == Outcome::LowLevel { "Low" } else { "Substantial" })
}

fn register(outcome: Outcome) -> (&'static str, Option<&'static str>) {
    match outcome {
        Outcome::RegisterSilent => ("unable_to_lookup", None),
        Outcome::Missing => ("success", Some("Missing")),
        _ => ("success", Some("Active")),
    }
}

/// Her number, or, for the MitID of somebody nobody invited, the first replacement number that is no one's here.
fn number(desk: &Desk, grant: &Grant) -> Option<String> {
    let digits =
        |cpr: &domain::cpr::Cpr| cpr.expose().iter().map(|digit| char::from(*digit)).collect::<String>();
    if grant.outcome != Outcome::OtherCpr {
        return desk.config.people.get(grant.person).map(|person| digits(&person.cpr));
    }
    let taken: Vec<String> = desk.config.people.iter().map(|person| digits(&person.cpr)).collect();
    (0..=taken.len()).map(|n| format!("910100{n:04}")).find(|number| !taken.contains(number))
}

/// The same person is the same subject every time.
fn subject(grant: &Grant) -> String {
    identifier("subject", &grant.person.to_string())
}

/// Looks like the ids of a broker; means nothing.
fn identifier(kind: &str, seed: &str) -> String {
    let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(seed).finalize();
    let hex = digest.iter().take(16).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

fn left_half(access_token: &str) -> String {
    let digest = Sha256::digest(access_token);
    URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
}
