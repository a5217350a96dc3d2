//! A service that trusts our tokens, and what it asks (*tjenesteudbyder*).

mod coherent;
mod profile;
mod source;

pub use coherent::Incoherent;
pub use profile::{Attribute, OIOSAML_3, Preset, PrivilegeForm, Profile, Saying};
pub use source::{HandedIn, Refresh, Source, Waits};

use crate::ids::{KeyId, RelyingPartyId};
use crate::level::AssuranceLevel;
use crate::signing_key::KeyPin;
use crate::stateable::Stateable;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How assertions to a connection are encrypted (OIO-ALG-01). RSA 1.5 does not exist here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encryption {
    /// `xmlenc11#rsa-oaep` with SHA-256 and AES-256-GCM: what NemLog-in speaks.
    Oaep256Gcm,
    /// `xmlenc#rsa-oaep-mgf1p` (SHA-1 inside OAEP only) with AES-256-GCM, for older libraries.
    OaepMgf1pGcm,
    /// `xmlenc#rsa-oaep-mgf1p` with AES-256-CBC, for the oldest.
    OaepMgf1pCbc,
    /// Not at all: in the plain profile, and where nothing confidential is told.
    None,
}

/// What stands in `AuthnContextClassRef`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContextRef {
    /// The level's address.
    LevelUri,
    /// `https://data.gov.dk/concept/core/nsis`.
    Nsis,
    /// The requested one that is satisfied.
    Echo,
}

/// How the person is named to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameIdRule {
    /// A stable pseudonym, another one for every service.
    PersistentPairwise,
    /// Another value each time.
    Transient,
    /// The value registered for her with the partner, byte for byte; else her user name with the connection's suffix
    /// (`NemLog-in`'s door for local identity providers).
    Exact,
    /// `C=DK,O=<cvr>,CN=<name>,Serial=<uuid>` (KOMBIT).
    X509SubjectName,
    /// Her UNI-ID as registered (STIL).
    UniId,
}

impl NameIdRule {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::PersistentPairwise, Self::Transient, Self::Exact, Self::X509SubjectName, Self::UniId];

    /// The word in settings and in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PersistentPairwise => "pairwise",
            Self::Transient => "transient",
            Self::Exact => "exact",
            Self::X509SubjectName => "x509-subject-name",
            Self::UniId => "uni-id",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// Whether metadata alone chooses it, by the formats it lists.
    pub const fn follows_metadata(self) -> bool {
        matches!(self, Self::PersistentPairwise | Self::Transient)
    }
}

/// How a message for a service's logout goes through the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrontBinding {
    /// In the address (SAML bindings 3.4).
    Redirect,
    /// In a form (SAML bindings 3.5).
    Post,
}

/// Where a service takes messages about logging out through the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontLogout {
    /// How they go there.
    pub binding: FrontBinding,
    /// Where requests go.
    pub requests_to: String,
    /// Where answers go.
    pub answers_to: String,
}

/// A connection to a SAML service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelyingParty {
    /// Which.
    pub id: RelyingPartyId,
    /// Its entity id.
    pub entity_id: String,
    /// What people call it.
    pub display_name: String,
    /// Where answers may go, the default first.
    pub assertion_consumers: Vec<String>,
    /// The numbers that its metadata gives these, in the same order, by which requests may point to them (SAML core 3.4.1);
    /// none: counted from 0.
    #[serde(default)]
    pub consumer_indexes: Vec<u16>,
    /// Certificates that verify its requests, DER.
    pub signing_certificates: Vec<Vec<u8>>,
    /// The certificate that assertions are encrypted to, DER.
    pub encryption_certificate: Vec<u8>,
    /// How they are encrypted.
    pub encryption: Encryption,
    /// What the context reference says.
    pub context_ref: ContextRef,
    /// How the person is named.
    pub name_id: NameIdRule,
    /// The least level it takes, whatever it asks.
    pub demands: AssuranceLevel,
    /// How well the connection itself is protected.
    pub federation: AssuranceLevel,
    /// Its longest session.
    pub longest_session: SignedDuration,
    /// How long ago at most she showed every factor, whatever it asks; no time at all: for each of its requests anew, so that
    /// no session answers it. None: as long as her session here lasts.
    #[serde(default)]
    pub fresh_within: Option<SignedDuration>,
    /// Where it can be told, without the browser, that a session is over (SOAP, SAML profiles 4.4); none: it cannot.
    #[serde(default)]
    pub soap_logout: Option<String>,
    /// The authority, as DER, that vouches for its certificate there; none: the public ones.
    #[serde(default)]
    pub back_channel_ca: Option<Vec<u8>>,
    /// Where it takes messages about logging out through the browser, the first it lists; none: it takes none there.
    #[serde(default)]
    pub front_logout: Option<FrontLogout>,
    /// What it is told, and in whose words.
    #[serde(default)]
    pub says: Saying,
    /// Whom to reach there when something is wrong, as an administrator wrote it.
    #[serde(default)]
    pub contact: Option<String>,
    /// Where its metadata is fetched anew; none: an administrator hands it in.
    #[serde(default)]
    pub source: Option<Source>,
    /// Which of our keys signs for it, while it is pinned to one; none: the one that is active.
    #[serde(default)]
    pub pin: Option<KeyPin>,
    /// When what was handed in ends.
    #[serde(default)]
    pub handed_in: HandedIn,
}

impl RelyingParty {
    /// The key it is pinned to at this instant.
    pub fn pinned_key(&self, now: Timestamp) -> Option<KeyId> {
        self.pin.and_then(|pin| pin.key_at(now))
    }
}

/// What a service asked in one verified request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRequest {
    /// Who asks.
    pub relying_party: RelyingPartyId,
    /// What people call it.
    pub display_name: String,
    /// The request's own id.
    pub message_id: String,
    /// Where the answer goes; one of the connection's.
    pub answer_to: String,
    /// Opaque, given back unchanged.
    pub relay_state: Option<String>,
    /// Every factor must be shown anew (NSIS 6.8).
    pub force: bool,
    /// Nothing may be asked of the person.
    pub passive: bool,
    /// The least level asked for.
    pub level: Option<AssuranceLevel>,
    /// What an answer may state.
    #[serde(default)]
    pub may_state: Stateable,
    /// Whom the service means, as it names her (SAML core 3.4.1); an answer about anybody else is refused.
    #[serde(default)]
    pub subject: Option<String>,
    /// The context references asked for, in order.
    pub contexts: Vec<String>,
    /// The format of name asked for.
    pub name_id_format: Option<String>,
    /// The final services behind a broker (Scoping/RequesterID).
    pub requesters: Vec<String>,
    /// When it arrived.
    pub at: Timestamp,
}
