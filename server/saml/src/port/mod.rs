//! The wire behind the use cases' port: their values in, bytes of the standard out.

mod answers;
mod attributes;
mod back;
mod connections;
mod front;
mod keys;
mod requests;
mod translate;

use crate::attributes::name;
use crate::certificate::Certificate;
use crate::encrypt::{Encryption, Recipient};
use crate::keygen::{self, CertificateWish};
use crate::sign::SigningKey;
use crate::values::MessageId;
use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::LogoutSaid;
use domain::relying_party::{RelyingParty, ServiceRequest};
use keys::KeySet;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use translate::encryption;
use usecases::ports::saml::{
    Brought, Claimed, Described, FrontAnswer, FrontAsk, FrontMessage, Inbound, KeyWish, LogoutAsk, Named,
    NewKey, NotTaken, OurKey, Outgoing, SamlWire, SoapMessage, Status, Variant,
};

/// Attributes our metadata offers.
const OFFERED: [&str; 7] =
    [name::SPEC_VERSION, name::PRIVILEGES, name::LOA, name::IAL, name::AAL, name::CVR, name::ORG_NAME];
/// The same without the levels.
const OFFERED_BY_A_PILOT: [&str; 4] = [name::SPEC_VERSION, name::PRIVILEGES, name::CVR, name::ORG_NAME];

/// What the wire is told about the house it speaks for.
#[derive(Debug)]
pub struct Settings {
    /// Our entity id.
    pub entity_id: String,
    /// The address where requests come, as published.
    pub single_sign_on: String,
    /// The address where messages about logging out come, as published.
    pub single_logout: String,
    /// Accept plain http to loopback hosts; only in a demonstration.
    pub http_on_loopback: bool,
    /// Answers state NSIS levels; a pilot's do not.
    pub states_levels: bool,
}

/// Reads and writes SAML messages for one house.
#[derive(Debug)]
pub struct Wire {
    settings: Settings,
    keys: RwLock<Arc<KeySet>>,
    recipients: Mutex<HashMap<RelyingPartyId, (RecipientOf, Arc<Recipient>)>>,
}

/// What a prepared recipient was made from: another key or kind of encryption needs another one.
type RecipientOf = (Vec<u8>, Encryption);

impl Wire {
    /// Prepares the wire. It signs nothing before it took up keys.
    pub fn new(settings: Settings) -> Self {
        Self { settings, keys: RwLock::default(), recipients: Mutex::default() }
    }

    fn keys(&self) -> Arc<KeySet> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The key that signs for a connection at this instant.
    fn signer(&self, to: &RelyingParty, now: Timestamp) -> Result<Arc<SigningKey>, NotTaken> {
        self.keys().signer(to.pinned_key(now))
    }

    /// The recipient of a connection, prepared once for as long as its key stays the same; none where nothing is encrypted.
    fn recipient(&self, to: &RelyingParty) -> Result<Option<Arc<Recipient>>, NotTaken> {
        let Some(kind) = encryption(to.encryption) else { return Ok(None) };
        let made_from = (to.encryption_certificate.clone(), kind);
        let mut known = self.recipients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((same, recipient)) = known.get(&to.id)
            && *same == made_from
        {
            return Ok(Some(Arc::clone(recipient)));
        }
        let certificate = Certificate::from_der(&made_from.0).map_err(|fault| not_taken(fault.code()))?;
        let recipient = Recipient::new(&certificate, made_from.1).map_err(|fault| not_taken(fault.code()))?;
        let recipient = Arc::new(recipient);
        known.insert(to.id, (made_from, Arc::clone(&recipient)));
        Ok(Some(recipient))
    }
}

impl SamlWire for Wire {
    fn take_up(&self, keys: &[OurKey], now: Timestamp) -> Result<(), NotTaken> {
        let before = self.keys();
        if before.is_of(keys, now) {
            return Ok(());
        }
        let (fresh, taken) = match KeySet::of(&self.settings, keys, now) {
            Ok(fresh) => (Arc::new(fresh), Ok(())),
            Err(fault) if before.may_go_on(keys) => (before, Err(fault)),
            Err(fault) => (Arc::default(), Err(fault)),
        };
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        taken
    }

    fn new_key(&self, wish: &KeyWish<'_>) -> Result<NewKey, NotTaken> {
        let private = keygen::signing_key().map_err(|fault| not_taken(fault.code()))?;
        let wish = CertificateWish {
            common_name: &self.settings.entity_id,
            organisation: wish.organisation,
            serial: wish.serial,
            not_before: wish.from,
            not_after: wish.until,
        };
        let certificate = keygen::self_signed(&private, &wish).map_err(|fault| not_taken(fault.code()))?;
        Ok(NewKey { private, certificate: certificate.der().to_vec() })
    }

    fn brought_key(
        &self,
        private: &[u8],
        certificates: &[Vec<u8>],
        now: Timestamp,
    ) -> Result<NewKey, NotTaken> {
        keys::brought(private, certificates, now).map_err(|fault| not_taken(fault.to_string()))
    }

    fn certificate_until(&self, certificate: &[u8]) -> Option<Timestamp> {
        Some(Certificate::from_der(certificate).ok()?.not_after())
    }

    fn claimed(&self, message: Inbound<'_>) -> Result<Claimed, NotTaken> {
        requests::claimed(message)
    }

    fn read(
        &self,
        message: Inbound<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<ServiceRequest, NotTaken> {
        self.read_request(message, from, now)
    }

    fn answer(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        grant: &Grant,
        named: &Named,
        ids: [String; 3],
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        self.answered(request, to, grant, named, ids, now)
    }

    fn refuse(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        status: Status,
        id: String,
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        self.refused(request, to, status, &id, now)
    }

    fn described(
        &self,
        metadata: &str,
        signer: Option<&[u8]>,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<Described, NotTaken> {
        self.describe(metadata, signer, id, now)
    }

    fn keys_until(&self, of: &RelyingParty) -> Option<Timestamp> {
        let ends = |der: &Vec<u8>| Certificate::from_der(der).ok().map(|it| it.not_after());
        let signing = of.signing_certificates.iter().filter_map(ends).max();
        let encryption = Some(&of.encryption_certificate).filter(|der| !der.is_empty()).and_then(ends);
        signing.into_iter().chain(encryption).min()
    }

    fn metadata(&self, variant: Variant) -> Option<String> {
        self.keys().metadata(variant)
    }

    fn logout(&self, to: &RelyingParty, ask: &LogoutAsk) -> Result<SoapMessage, NotTaken> {
        self.back_request(to, ask)
    }

    fn logged_out(
        &self,
        from: &RelyingParty,
        ask: &LogoutAsk,
        answer: &[u8],
        now: Timestamp,
    ) -> Result<(), NotTaken> {
        back::back_answer(from, ask, answer, now)
    }

    fn claimed_logout(&self, brought: Brought<'_>) -> Result<Claimed, NotTaken> {
        front::claimed(brought)
    }

    fn read_logout(
        &self,
        brought: Brought<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<LogoutSaid, NotTaken> {
        self.heard(brought, from, now)
    }

    fn ask_logout(&self, to: &RelyingParty, ask: &FrontAsk) -> Result<FrontMessage, NotTaken> {
        self.front_request(to, ask)
    }

    fn answer_logout(&self, to: &RelyingParty, answer: &FrontAnswer) -> Result<FrontMessage, NotTaken> {
        self.front_answer(to, answer)
    }
}

fn not_taken(reason: impl Into<String>) -> NotTaken {
    NotTaken { reason: reason.into(), tell: None }
}

/// Ids of ours may begin with a digit, which an XML name may not.
fn message_id(text: &str) -> Result<MessageId, NotTaken> {
    MessageId::parse(text)
        .or_else(|_| MessageId::parse(&format!("_{text}")))
        .map_err(|fault| not_taken(fault.code()))
}
