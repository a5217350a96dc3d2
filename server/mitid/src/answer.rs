//! From a broker's words to ours.

use crate::claims::Told;
use crate::profile::{BrokerProfile, LevelValues};
use crate::reason::Reason;
use domain::Timestamp;
use domain::cpr::{Cpr, CprStatus};
use domain::level::AssuranceLevel;
use domain::proofing::BrokerAnswer;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Which register spoke, as it stands in the proofing.
const REGISTER: &str = "broker:ssn.details";

/// Maps claims by the profile. A value the profile does not know is no value: nothing is guessed.
pub(crate) fn answer(
    told: &Told,
    profile: &BrokerProfile,
    receipt: [u8; 32],
    now: Timestamp,
) -> Result<BrokerAnswer, Reason> {
    let names = &profile.claims;
    let level = |name: &str| Ok(told.decisive(name)?.and_then(|value| level(&value, &profile.levels)));
    let known = |name: &str, value: &str, meaning: &str| {
        let told = told.decisive(name)?.unwrap_or_default();
        Ok(if told == value { meaning.to_owned() } else { format!("other:{told}") })
    };
    let evidence = |name: &str| told.recorded(name).ok_or(Reason::Malformed("no transaction"));
    Ok(BrokerAnswer {
        scheme: known(&names.scheme, &profile.scheme.mitid, "mitid")?,
        identity_type: known(&names.identity_type, &profile.scheme.private, "private")?,
        loa: level(&names.loa)?,
        ial: level(&names.ial)?,
        aal: level(&names.aal)?,
        auth_time: told.instant(&names.auth_time)?,
        cpr: cpr(told, &names.cpr)?,
        register: register(told, profile, now)?,
        means: told.list(&names.means),
        issuer: profile.issuer.clone(),
        transaction: evidence(&names.transaction)?,
        mitid_transaction: evidence(&names.mitid_transaction)?,
        receipt,
    })
}

/// The SHA-256 of the signed answer, a line feed, and userinfo.
pub(crate) fn receipt(id_token: &str, userinfo: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(id_token).chain_update(b"\n").chain_update(userinfo).finalize().into()
}

fn level(value: &str, levels: &LevelValues) -> Option<AssuranceLevel> {
    use AssuranceLevel::{High, Low, Substantial};
    [(&levels.low, Low), (&levels.substantial, Substantial), (&levels.high, High)]
        .into_iter()
        .find_map(|(word, level)| (word == value).then_some(level))
}

fn cpr(told: &Told, name: &str) -> Result<Option<Cpr>, Reason> {
    let Some(text) = told.decisive(name)?.map(Zeroizing::new) else { return Ok(None) };
    Cpr::parse(&text).map(Some).map_err(|_| Reason::Malformed("CPR number"))
}

fn register(told: &Told, profile: &BrokerProfile, now: Timestamp) -> Result<Option<CprStatus>, Reason> {
    let looked_up = told.decisive(&profile.claims.register_lookup)?;
    let word = told.decisive(&profile.claims.register_status)?;
    let (Some("success"), Some(word)) = (looked_up.as_deref(), word) else { return Ok(None) };
    let status = profile.register_words.get(&word.to_ascii_lowercase()).copied();
    Ok(status.map(|status| CprStatus { status, source: REGISTER.to_owned(), at: now }))
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
