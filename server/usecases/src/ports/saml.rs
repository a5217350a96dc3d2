//! SAML on the wire, as the use cases see it.

use super::oidc::LogoutPost;
use domain::Timestamp;
use domain::ids::{FlowId, KeyId, RelyingPartyId};
use domain::issue::Grant;
use domain::leaving::LogoutSaid;
use domain::registered::JobFunction;
use domain::relying_party::{Attribute, RelyingParty, ServiceRequest};
use domain::signing_key::SigningLife;
use zeroize::Zeroizing;

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

/// What a service says about itself.
#[derive(Clone, Debug)]
pub struct Described {
    /// The connection it makes, with the defaults of this house.
    pub connection: RelyingParty,
    /// When the metadata says it ends.
    pub valid_until: Option<Timestamp>,
    /// When the first of its keys that nothing replaces runs out, by its certificate.
    pub keys_until: Option<Timestamp>,
}

/// Which of our metadata: federations differ in what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// Which of our certificates it holds.
    pub keys: Keys,
    /// Requests by redirect alone are offered.
    pub without_post: bool,
}

/// Which of our certificates stand in our metadata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// Every one that anybody needs.
    #[default]
    All,
    /// Only that of the key that signs now: some forms take no second one.
    One,
    /// Only that of the key published to sign next, for the same forms.
    Next,
}

/// One of our keys, for the wire to take up.
pub struct OurKey {
    /// Which.
    pub id: KeyId,
    /// How far its life is.
    pub life: SigningLife,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
    /// The private key, PKCS#8 DER; none where it signs for nobody.
    pub private: Option<Zeroizing<Vec<u8>>>,
}

impl core::fmt::Debug for OurKey {
    /// Never the private key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OurKey").field("id", &self.id).field("life", &self.life).finish_non_exhaustive()
    }
}

/// A key that was just drawn or brought in, with its certificate.
pub struct NewKey {
    /// The private key, PKCS#8 DER.
    pub private: Zeroizing<Vec<u8>>,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
}

impl core::fmt::Debug for NewKey {
    /// Never the private key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("NewKey").finish_non_exhaustive()
    }
}

/// What stands in the certificate of a new key, besides our entity id.
#[derive(Clone, Copy, Debug)]
pub struct KeyWish<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// A number never used before.
    pub serial: [u8; 16],
    /// Start of validity.
    pub from: Timestamp,
    /// End of validity.
    pub until: Timestamp,
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

/// What goes back to a service, by the browser.
pub struct Outgoing {
    /// What people call the service.
    pub service: String,
    /// Where to.
    pub address: String,
    /// The form field `SAMLResponse`, base64.
    pub response: String,
    /// Given back unchanged.
    pub relay_state: Option<String>,
    /// The response's own id, for the log.
    pub message_id: String,
}

impl core::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Outgoing")
            .field("address", &self.address)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

/// A person as an assertion names her. Its values say who she is, so `Debug` leaves them out.
#[derive(Clone)]
pub struct Named {
    /// The value of the name id, by the connection's rule.
    pub name_id: String,
    /// The organisation's name.
    pub organisation: String,
    /// What the connection releases of her.
    pub released: Vec<(Attribute, String)>,
    /// What she may do, where the connection is told.
    pub job_functions: Vec<JobFunction>,
}

impl core::fmt::Debug for Named {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let released: Vec<_> = self.released.iter().map(|(attribute, _)| attribute).collect();
        f.debug_struct("Named").field("released", &released).finish_non_exhaustive()
    }
}

/// Why a service gets a refusal instead of an assertion (status codes of SAML core 3.2.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Interaction is needed and was forbidden.
    NoPassive,
    /// The level cannot be reached.
    NoAuthnContext,
    /// The kind of name asked for is not given.
    InvalidNameIdPolicy,
    /// The person gave up or may not.
    AuthnFailed,
    /// The request is genuine and asks for something we do not do.
    RequestUnsupported,
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

/// What a browser brought to the address for logouts, byte for byte.
#[derive(Clone, Copy)]
pub enum Brought<'a> {
    /// A query (SAML bindings 3.4): the signature covers it as it stands.
    Query(&'a str),
    /// The body of a form (SAML bindings 3.5): the signature stands in the message.
    Form(&'a str),
}

impl core::fmt::Debug for Brought<'_> {
    /// Never the message: it holds a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Query(_) => "Query",
            Self::Form(_) => "Form",
        })
    }
}

/// Which sessions at a service are to end, asked through her browser.
#[derive(Clone)]
pub struct FrontAsk {
    /// The request's own id.
    pub id: String,
    /// The name the service knows her by.
    pub name_id: String,
    /// The sessions there, by the indexes we gave them.
    pub session_indexes: Vec<String>,
    /// The way out it belongs to, which the service gives back.
    pub walk: FlowId,
    /// When.
    pub at: Timestamp,
}

impl core::fmt::Debug for FrontAsk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FrontAsk").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a service that sent her to log out is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontAnswer {
    /// The answer's own id.
    pub id: String,
    /// The request it answers.
    pub in_response_to: String,
    /// Given back unchanged.
    pub relay_state: Option<String>,
    /// How it went.
    pub outcome: LogoutOutcome,
    /// When.
    pub at: Timestamp,
}

/// How a logout went that a service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// Every service of the session confirmed.
    Everywhere,
    /// The session here is over; not every service confirmed.
    Partly,
    /// Nobody by that name has a session in this browser: nothing ended.
    Nobody,
}

impl LogoutOutcome {
    /// A word for the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Partly => "partly",
            Self::Nobody => "nobody",
        }
    }
}

/// A message about logging out that her browser carries to a service.
#[derive(Clone, PartialEq, Eq)]
pub struct FrontMessage {
    /// What people call the service.
    pub service: String,
    /// Where to.
    pub address: String,
    /// How.
    pub way: Way,
    /// The message's own id.
    pub message_id: String,
}

/// How a browser carries a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// It stands in the address.
    Address,
    /// In these fields of a form.
    Form(Vec<(&'static str, String)>),
}

impl core::fmt::Debug for Way {
    /// Never what stands in the fields: a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(if matches!(self, Self::Address) { "Address" } else { "Form" })
    }
}

impl core::fmt::Debug for FrontMessage {
    /// Never the address or the form: they hold a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FrontMessage").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// Which session at a service is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutAsk {
    /// The request's own id.
    pub id: String,
    /// The name the service knows her by.
    pub name_id: String,
    /// The session there, by the index we gave it.
    pub session_index: String,
    /// When.
    pub at: Timestamp,
}

/// A message for a service's back channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoapMessage {
    /// Where to; `https` outside of the demo.
    pub address: String,
    /// The envelope.
    pub body: String,
    /// The authority that vouches for the service's certificate on this line, as DER; none: the public ones.
    pub authority: Option<Vec<u8>>,
}

/// Carries messages to services, without a browser.
#[async_trait::async_trait]
pub trait SoapLine: Send + Sync {
    /// Posts it and gives the answer's body, within a few seconds and of bounded size.
    async fn ask(&self, message: &SoapMessage) -> Result<Vec<u8>, LineDown>;

    /// Posts a logout token; fine only when the application says that it took it.
    async fn tell(&self, message: &LogoutPost) -> Result<(), LineDown>;
}

/// No usable answer: a reason fit for a log.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct LineDown(pub String);

/// Fetches what services say about themselves.
#[async_trait::async_trait]
pub trait MetadataLine: Send + Sync {
    /// What stands at this address, within a few seconds and of bounded size; never led elsewhere.
    async fn fetch(&self, address: &str) -> Result<String, LineDown>;
}
