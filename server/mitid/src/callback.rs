//! What the browser brings back. Anybody can write it; nothing in it is believed.

use crate::broker_errors;
use crate::departure::Memory;
use crate::profile::BrokerProfile;
use crate::reason::Reason;
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;

/// Longer than any code a broker gives.
const LONGEST: usize = 4096;

/// The code, when the callback belongs to this trip.
pub(crate) fn code<'a>(
    callback: &'a BTreeMap<String, String>,
    memory: &Memory,
    profile: &BrokerProfile,
) -> Result<&'a str, Reason> {
    if callback.len() > 32 || callback.values().any(|value| value.len() > LONGEST) {
        return Err(Reason::Callback("too large"));
    }
    let given = |name: &str| callback.get(name).map(String::as_str);
    let state = given("state").ok_or(Reason::Callback("no state"))?;
    if !bool::from(state.as_bytes().ct_eq(memory.state.as_bytes())) {
        return Err(Reason::Callback("another state"));
    }
    let issuer = given("iss");
    if issuer.is_some_and(|issuer| issuer != profile.issuer) {
        return Err(Reason::Issuer);
    }
    // Brokers that promise `iss` leave it out of refusals.
    if let Some(error) = given("error") {
        let code = given("error_description").unwrap_or_default();
        return Err(Reason::SentBack(broker_errors::refusal(error, code)));
    }
    if profile.iss_mandatory && issuer.is_none() {
        return Err(Reason::Issuer);
    }
    given("code").filter(|code| !code.is_empty()).ok_or(Reason::Callback("no code"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Client, Environment};
    use domain::proofing::Refusal;
    use proptest::prelude::*;
    use zeroize::Zeroizing;

    const ISSUER: &str = "https://broker.dk/op";

    fn profile() -> BrokerProfile {
        let client = Client { id: "c", secret: "s", redirect_uri: "https://id.kommune.dk/mitid/neb" };
        BrokerProfile::neb("neb", Environment::Production, ISSUER, client)
    }
    fn memory() -> Memory {
        Memory { state: "the-state".into(), nonce: "n".into(), verifier: Zeroizing::new("v".into()) }
    }
    fn of(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }
    fn read(pairs: &[(&str, &str)]) -> Result<String, Reason> {
        code(&of(pairs), &memory(), &profile()).map(str::to_owned)
    }

    #[test]
    fn a_good_callback_gives_its_code() {
        assert_eq!(read(&[("state", "the-state"), ("code", "abc")]), Ok("abc".into()));
        assert_eq!(read(&[("state", "the-state"), ("code", "abc"), ("iss", ISSUER)]), Ok("abc".into()));
    }

    #[test]
    fn a_callback_of_another_trip_is_lost() {
        for pairs in [
            &[("code", "abc")][..],
            &[("state", "other"), ("code", "abc")],
            &[("state", ""), ("code", "abc")],
            &[("state", "the-state")],
            &[("state", "the-state"), ("code", "")],
            &[],
        ] {
            assert_eq!(read(pairs).unwrap_err().refusal(), Refusal::Lost, "{pairs:?}");
        }
    }

    #[test]
    fn the_answer_of_another_issuer_is_refused_even_as_an_error() {
        let pairs = [("state", "the-state"), ("code", "abc"), ("iss", "https://evil.dk/op")];
        assert_eq!(read(&pairs), Err(Reason::Issuer));
        let pairs = [("state", "the-state"), ("error", "access_denied"), ("iss", "https://broker.dk/op/")];
        assert_eq!(read(&pairs), Err(Reason::Issuer));
    }

    #[test]
    fn an_issuer_that_was_promised_must_be_there_except_in_refusals() {
        let strict = BrokerProfile { iss_mandatory: true, ..profile() };
        let good = of(&[("state", "the-state"), ("code", "abc")]);
        assert_eq!(code(&good, &memory(), &strict), Err(Reason::Issuer));
        let refused = of(&[
            ("state", "the-state"),
            ("error", "access_denied"),
            ("error_description", "mitid_user_aborted"),
        ]);
        assert_eq!(code(&refused, &memory(), &strict), Err(Reason::SentBack(Refusal::Aborted)));
    }

    #[test]
    fn an_error_wins_over_a_code_beside_it() {
        let pairs = [("state", "the-state"), ("code", "abc"), ("error", "server_error")];
        assert_eq!(read(&pairs), Err(Reason::SentBack(Refusal::Technical)));
    }

    #[test]
    fn a_huge_callback_is_not_read() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(read(&[("state", "the-state"), ("code", &long)]).unwrap_err().refusal(), Refusal::Lost);
        let many: BTreeMap<_, _> = (0..40).map(|n| (format!("p{n}"), String::new())).collect();
        assert!(code(&many, &memory(), &profile()).is_err());
    }

    proptest! {
        #[test]
        fn without_our_state_nothing_is_a_code(
            callback in prop::collection::btree_map("state|code|error|iss|[a-z]{1,6}", ".{0,20}", 0..8)
        ) {
            prop_assume!(callback.get("state").is_none_or(|state| state != "the-state"));
            prop_assert!(code(&callback, &memory(), &profile()).is_err());
        }
    }
}
