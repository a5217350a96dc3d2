//! The beginning of a trip: what the browser carries, what we remember.

use crate::profile::{AskStyle, BrokerProfile};
use crate::reason::Reason;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;
use usecases::ports::chance::Entropy;
use usecases::ports::mitid::ProofAsk;
use zeroize::Zeroizing;

/// The most the MitID app shows.
const REFERENCE_LENGTH: usize = 130;

/// What binds the return to the departure.
#[derive(Deserialize, Serialize)]
pub(crate) struct Memory {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: Zeroizing<String>,
}

impl Memory {
    /// Fresh secrets for one trip: 256 bits each.
    pub(crate) fn new(state: String, entropy: &dyn Entropy) -> Result<Self, Reason> {
        let nonce = random_text(entropy)?;
        Ok(Self { state, nonce, verifier: Zeroizing::new(random_text(entropy)?) })
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Reason> {
        serde_json::from_slice(bytes).map_err(|_| Reason::Memory)
    }

    pub(crate) fn write(&self) -> Result<Vec<u8>, Reason> {
        serde_json::to_vec(self).map_err(|_| Reason::Memory)
    }

    /// The S256 challenge of RFC 7636.
    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}

fn random_text(entropy: &dyn Entropy) -> Result<String, Reason> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    entropy.fill(bytes.as_mut()).map_err(|_| Reason::NoEntropy)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_ref()))
}

/// Where the browser goes.
pub(crate) fn address(endpoint: &Url, profile: &BrokerProfile, ask: &ProofAsk, memory: &Memory) -> String {
    let mut address = endpoint.clone();
    {
        let mut query = address.query_pairs_mut();
        query
            .append_pair("client_id", &profile.client_id)
            .append_pair("redirect_uri", &profile.redirect_uri)
            .append_pair("response_type", "code")
            .append_pair("scope", &profile.scopes.join(" "))
            .append_pair("state", &memory.state)
            .append_pair("nonce", &memory.nonce)
            .append_pair("code_challenge", &memory.challenge())
            .append_pair("code_challenge_method", "S256")
            // Without it a broker reuses an older sign-in and ignores the level we ask for.
            .append_pair("prompt", "login");
        match profile.ask {
            AskStyle::IdpParams => query
                .append_pair("idp_values", "mitid")
                .append_pair("idp_params", &idp_params(&ask.reference_text))
                .append_pair("language", ask.language),
        };
        query.extend_pairs(&profile.extra_parameters);
    }
    address.into()
}

fn idp_params(reference_text: &str) -> String {
    let shown: String = reference_text.chars().take(REFERENCE_LENGTH).collect();
    serde_json::json!({ "mitid": {
        "loa_value": "substantial",
        "reference_text": STANDARD.encode(shown),
    }})
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Client, Environment};
    use std::collections::BTreeMap;
    use usecases::ports::chance::NoEntropy;

    struct Sevens;
    impl Entropy for Sevens {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
            bytes.fill(7);
            Ok(())
        }
    }

    fn departure(reference_text: &str) -> BTreeMap<String, String> {
        let client = Client { id: "c", secret: "s", redirect_uri: "https://id.kommune.dk/mitid/neb" };
        let mut profile = BrokerProfile::neb("neb", Environment::Production, "https://broker.dk/op", client);
        profile.extra_parameters.insert("theme".into(), "blue & white".into());
        let ask = ProofAsk { reference_text: reference_text.into(), language: "da", state: "a state".into() };
        let memory = Memory::new(ask.state.clone(), &Sevens).unwrap();
        let endpoint = Url::parse("https://broker.dk/op/connect/authorize").unwrap();
        let address = Url::parse(&address(&endpoint, &profile, &ask, &memory)).unwrap();
        address.query_pairs().into_owned().collect()
    }

    #[test]
    fn it_asks_for_a_fresh_sign_in_bound_to_this_trip() {
        let query = departure("Log ind");
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["prompt"], "login");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["state"], "a state");
        assert_eq!(query["scope"], "openid mitid ssn ssn.details_name");
        assert_eq!(query["theme"], "blue & white");
        let verifier = URL_SAFE_NO_PAD.encode([7u8; 32]);
        assert_eq!(query["code_challenge"], URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
        assert!(query["nonce"].len() >= 43);
    }

    #[test]
    fn it_asks_for_mitid_at_substantial_and_says_why() {
        let query = departure("Få dit login i Eksempel Kommune");
        assert_eq!(query["idp_values"], "mitid");
        let params: serde_json::Value = serde_json::from_str(&query["idp_params"]).unwrap();
        assert_eq!(params["mitid"]["loa_value"], "substantial");
        let text = STANDARD.decode(params["mitid"]["reference_text"].as_str().unwrap()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "Få dit login i Eksempel Kommune");
    }

    #[test]
    fn a_long_reference_text_is_cut_between_letters() {
        let query = departure(&"æ".repeat(200));
        let params: serde_json::Value = serde_json::from_str(&query["idp_params"]).unwrap();
        let text = STANDARD.decode(params["mitid"]["reference_text"].as_str().unwrap()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "æ".repeat(130));
    }
}
