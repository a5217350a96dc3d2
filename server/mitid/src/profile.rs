//! What one broker calls things. Left out, every name is the one of Signaturgruppen's broker (Nets eID Broker).

use core::fmt;
use domain::cpr::RegisterStatus;
use serde::Deserialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// One broker, as the operator configures it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrokerProfile {
    /// Our name for it; kept with every trip, so that the return uses the same profile.
    pub id: String,
    /// What the broker's end is made for.
    pub environment: Environment,
    /// The issuer, letter by letter. Discovery, callback and answer must carry exactly this.
    pub issuer: String,
    /// Who we are to the broker.
    pub client_id: String,
    /// Our secret, sent with `client_secret_basic`.
    pub client_secret: ClientSecret,
    /// Where the broker sends the browser back; one per profile (mix-up, security decision 3).
    pub redirect_uri: String,
    /// What we ask for. A scope the client may not have fails the whole request at some brokers.
    #[serde(default = "neb::scopes")]
    pub scopes: Vec<String>,
    /// How scheme, level and purpose are asked for.
    #[serde(default)]
    pub ask: AskStyle,
    /// Further parameters of the authorization request; none may replace one of ours.
    #[serde(default)]
    pub extra_parameters: BTreeMap<String, String>,
    /// Further origins a browser passes on its way, for the content security policy.
    #[serde(default)]
    pub passes: Vec<String>,
    /// Names of claims.
    #[serde(default)]
    pub claims: ClaimNames,
    /// Values of the three level claims.
    #[serde(default)]
    pub levels: LevelValues,
    /// Values that mean a person's own MitID.
    #[serde(default)]
    pub scheme: Scheme,
    /// Words of the register status, lower case, and what they mean.
    #[serde(default = "neb::register_words")]
    pub register_words: BTreeMap<String, RegisterStatus>,
    /// Signatures we believe.
    #[serde(default = "SigningAlgorithm::all")]
    pub algorithms: Vec<SigningAlgorithm>,
    /// Whether a successful callback must carry `iss` (RFC 9207). Where it is there, it is always checked.
    #[serde(default)]
    pub iss_mandatory: bool,
}

/// What the broker's end is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Test identities.
    Test,
    /// Real identities.
    Production,
}

/// A client secret: wiped when dropped, never shown.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct ClientSecret(Zeroizing<String>);

impl ClientSecret {
    /// Takes the secret.
    pub fn new(secret: String) -> Self {
        Self(Zeroizing::new(secret))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// How scheme, level and purpose are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskStyle {
    /// `idp_values=mitid` and JSON in `idp_params`.
    #[default]
    IdpParams,
}

/// Names of claims; each is looked for in the signed answer first, then in userinfo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// The CPR number.
    pub cpr: String,
    /// Level of assurance.
    pub loa: String,
    /// Identity assurance level.
    pub ial: String,
    /// Authenticator assurance level.
    pub aal: String,
    /// When she authenticated: seconds since 1970, as number or text, or RFC 3339.
    pub auth_time: String,
    /// The identity scheme.
    pub scheme: String,
    /// Whose identity.
    pub identity_type: String,
    /// The means used: text or a list of texts.
    pub means: String,
    /// The broker's transaction.
    pub transaction: String,
    /// MitID's transaction.
    pub mitid_transaction: String,
    /// Whether the broker's look-up in the register succeeded: the word `success`.
    pub register_lookup: String,
    /// What the register said.
    pub register_status: String,
}

/// The exact values of the level claims; anything else is no level.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LevelValues {
    /// Low.
    pub low: String,
    /// Substantial.
    pub substantial: String,
    /// High.
    pub high: String,
}

/// The values that mean a person's own MitID.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scheme {
    /// MitID.
    pub mitid: String,
    /// A person's own, not a profession's.
    pub private: String,
}

/// Signatures of answers. No symmetric one, and never none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SigningAlgorithm {
    /// RSA PKCS #1 1.5 with SHA-256.
    RS256,
    /// RSA-PSS with SHA-256.
    PS256,
    /// ECDSA on P-256 with SHA-256.
    ES256,
}

impl SigningAlgorithm {
    fn all() -> Vec<Self> {
        vec![Self::RS256, Self::PS256, Self::ES256]
    }
}

impl BrokerProfile {
    /// A profile of Signaturgruppen's broker (Nets eID Broker).
    pub fn neb(id: &str, environment: Environment, issuer: &str, client: Client<'_>) -> Self {
        Self {
            id: id.to_owned(),
            environment,
            issuer: issuer.to_owned(),
            client_id: client.id.to_owned(),
            client_secret: ClientSecret::new(client.secret.to_owned()),
            redirect_uri: client.redirect_uri.to_owned(),
            scopes: neb::scopes(),
            ask: AskStyle::default(),
            extra_parameters: BTreeMap::new(),
            passes: Vec::new(),
            claims: ClaimNames::default(),
            levels: LevelValues::default(),
            scheme: Scheme::default(),
            register_words: neb::register_words(),
            algorithms: SigningAlgorithm::all(),
            iss_mandatory: false,
        }
    }
}

/// Who we are to a broker.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    /// The client's id.
    pub id: &'a str,
    /// Its secret.
    pub secret: &'a str,
    /// Where the broker sends the browser back.
    pub redirect_uri: &'a str,
}

impl fmt::Debug for Client<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            cpr: "dk.cpr".into(),
            loa: "loa".into(),
            ial: "ial".into(),
            aal: "aal".into(),
            auth_time: "auth_time".into(),
            scheme: "idp".into(),
            identity_type: "identity_type".into(),
            means: "amr".into(),
            transaction: "transaction_id".into(),
            mitid_transaction: "mitid.transaction_id".into(),
            register_lookup: "ssn.details.status".into(),
            register_status: "ssn.details.person_status".into(),
        }
    }
}

impl Default for LevelValues {
    fn default() -> Self {
        let value = |word: &str| format!("https://data.gov.dk/concept/core/nsis/{word}");
        Self { low: value("Low"), substantial: value("Substantial"), high: value("High") }
    }
}

impl Default for Scheme {
    fn default() -> Self {
        Self { mitid: "mitid".into(), private: "private".into() }
    }
}

mod neb {
    use super::{BTreeMap, RegisterStatus};

    pub(super) fn scopes() -> Vec<String> {
        ["openid", "mitid", "ssn", "ssn.details_name"].map(String::from).into()
    }

    pub(super) fn register_words() -> BTreeMap<String, RegisterStatus> {
        use RegisterStatus::{Administrative, Dead, Emigrated, Missing, Renumbered, Resident, Withdrawn};
        [
            ("active", Resident),
            ("activewithhighroadcode", Resident),
            ("activeregisteredresidenceingreenlandiccpr", Resident),
            ("activeregisteredresidenceingreenlandiccprwithhighroadcode", Resident),
            ("activeadministrativesocialsecuritynumber", Administrative),
            ("cancelledsocialsecuritynumber", Withdrawn),
            ("deletedsocialsecuritynumber", Withdrawn),
            ("changedsocialsecuritynumber", Renumbered),
            ("missing", Missing),
            ("emigrated", Emigrated),
            ("deceased", Dead),
        ]
        .map(|(word, status)| (word.to_owned(), status))
        .into()
    }
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
