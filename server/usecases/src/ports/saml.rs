//! SAML on the wire, as the use cases see it.

mod answers;
mod keys;
mod lines;
mod logout;
mod metadata;

pub use self::keys::{KeyWish, NewKey, OurKey};
pub use answers::{Named, Outgoing, Status};
pub use lines::{LineDown, MetadataLine, SoapLine};
pub use logout::{Brought, FrontAnswer, FrontAsk, FrontMessage, LogoutAsk, LogoutOutcome, SoapMessage, Way};
pub use metadata::{Described, Keys, Variant};

use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::LogoutSaid;
use domain::relying_party::{RelyingParty, ServiceRequest};

/// A message as it came, not believed yet.
#[derive(Clone, Copy, Debug)]
pub enum Inbound<'a> {
    /// By redirect: the query exactly as it stood in the address, for the signature covers it byte by byte.
    Redirect(&'a str),
    /// By a form of another site.
    Posted {
        /// The field `SAMLRequest`: base64, signed inside.
        message: &'a str,
        /// The field `RelayState`.
        relay_state: Option<&'a str>,
    },
}

/// A request read but not believed yet: who claims to ask.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The entity id in the request.
    pub entity_id: String,
    /// The request's id.
    pub message_id: String,
}

/// Why a message is not taken: a reason fit for a log, without personal data.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct NotTaken {
    /// Such as `redirect-bad-signature`, `request-wrong-destination`, `request-too-old`.
    pub reason: String,
    /// Set when the sender is genuine and its address known: it may be told, by [`SamlWire::refuse`].
    /// Without it nothing is sent anywhere and the person sees a page of ours.
    pub tell: Option<Box<Told>>,
}

/// What a genuine sender of a message not taken may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The request, as far as it was understood: enough to answer it.
    pub request: ServiceRequest,
    /// The answer.
    pub status: Status,
}

/// Reads and writes messages. Signs with the key a connection is pinned to, else with the one that is active, of those
/// it took up last; before it took up any, nothing.
pub trait SamlWire: Send + Sync {
    /// Signs and publishes with these from now on. Where none is active or one cannot be used, those of before go on, but
    /// only while each of them may still sign: else nothing is signed.
    fn take_up(&self, keys: &[OurKey], now: Timestamp) -> Result<(), NotTaken>;

    /// Draws a new key, and makes its certificate. Takes a second.
    fn new_key(&self, wish: &KeyWish<'_>) -> Result<NewKey, NotTaken>;

    /// A private key, PKCS#8 DER, that was drawn elsewhere, with the one of these certificates, DER, that belongs to it: whoever
    /// made that out, it must be within its dates. The reason of a refusal is a sentence.
    fn brought_key(
        &self,
        private: &[u8],
        certificates: &[Vec<u8>],
        now: Timestamp,
    ) -> Result<NewKey, NotTaken>;

    /// When a certificate, DER, ends; none of what is no certificate.
    fn certificate_until(&self, certificate: &[u8]) -> Option<Timestamp>;

    /// Reads who claims to ask.
    fn claimed(&self, message: Inbound<'_>) -> Result<Claimed, NotTaken>;

    /// Verifies the signature and reads the request.
    fn read(
        &self,
        message: Inbound<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<ServiceRequest, NotTaken>;

    /// Signs and encrypts the answer. `ids` are fresh, for the response, the assertion and the session.
    fn answer(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        grant: &Grant,
        named: &Named,
        ids: [String; 3],
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken>;

    /// Says no in the protocol's words.
    fn refuse(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        status: Status,
        id: String,
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken>;

    /// Reads a service's metadata; `id` is fresh. With `signer`, a certificate as DER, it must bear the signature of that
    /// certificate's key over all of it.
    fn described(
        &self,
        metadata: &str,
        signer: Option<&[u8]>,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<Described, NotTaken>;

    /// When the first of the connection's keys that nothing replaces runs out, by its certificate.
    fn keys_until(&self, of: &RelyingParty) -> Option<Timestamp>;

    /// The connection that metadata makes, whoever vouches for it.
    fn connection(
        &self,
        metadata: &str,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<RelyingParty, NotTaken> {
        Ok(self.described(metadata, None, id, now)?.connection)
    }

    /// Our own metadata, signed; none without keys, and none of a next key where none is published.
    fn metadata(&self, variant: Variant) -> Option<String>;

    /// Whether anything is signed: our metadata is, wherever there is a key for it.
    fn signs(&self) -> bool {
        self.metadata(Variant::default()).is_some()
    }

    /// A signed logout request in its SOAP envelope (SAML bindings 3.2, profiles 4.4), for a service that takes them.
    fn logout(&self, to: &RelyingParty, ask: &LogoutAsk) -> Result<SoapMessage, NotTaken>;

    /// Reads the service's answer: fine only when it answers this request, comes from this service and says success.
    fn logged_out(
        &self,
        from: &RelyingParty,
        ask: &LogoutAsk,
        answer: &[u8],
        now: Timestamp,
    ) -> Result<(), NotTaken>;

    /// Reads who claims to have sent what a browser brought to the address for logouts.
    fn claimed_logout(&self, brought: Brought<'_>) -> Result<Claimed, NotTaken>;

    /// Verifies its signature, and reads what the service asks or answers.
    fn read_logout(
        &self,
        brought: Brought<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<LogoutSaid, NotTaken>;

    /// A signed request to end her sessions at a service, for her browser to carry there.
    fn ask_logout(&self, to: &RelyingParty, ask: &FrontAsk) -> Result<FrontMessage, NotTaken>;

    /// A signed answer to a service that sent her to log out, for her browser to carry there.
    fn answer_logout(&self, to: &RelyingParty, answer: &FrontAnswer) -> Result<FrontMessage, NotTaken>;
}
