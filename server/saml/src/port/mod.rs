//! The wire behind the use cases' port: their values in, bytes of the standard out.

mod attributes;
mod front;
mod keys;
mod translate;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::LogoutSaid;
use domain::level::AssuranceLevel;
use domain::relying_party::{ContextRef, HandedIn, RelyingParty, Saying, ServiceRequest};
use domain::stateable::Stateable;
use jiff::SignedDuration;
use usecases::ports::saml::{
    Brought, Claimed, Described, FrontAnswer, FrontAsk, FrontMessage, Inbound, KeyWish, LogoutAsk, Named,
    NewKey, NotTaken, OurKey, Outgoing, SamlWire, SoapMessage, Status, Told, Variant,
};

use crate::attributes::name;
use crate::authn_request::{AuthnRequest, Expected, Rejected, check};
use crate::certificate::Certificate;
use crate::encrypt::{Encryption, Recipient};
use crate::error_response::Failure;
use crate::form::PostForm;
use crate::keygen::{self, CertificateWish};
use crate::logout::{LogoutExpected, LogoutRequest, read_answer};
use crate::metadata::{Consumer, LogoutBinding, Policy, ServiceProvider, read, read_signed};
use crate::names;
use crate::redirect::Verified;
use crate::response::SignIn;
use crate::sign::SigningKey;
use crate::values::{MessageId, NameId, ReturnTo};
use crate::{Refusal, posted, redirect};
use keys::KeySet;
use translate::{
    assurance, consumers, encryption, error_status, front_logout, level, name_id_format, name_id_formats,
    name_id_rule, offered, told, vocabulary,
};

/// Longest session a new connection gets; an administrator may only shorten it.
const LONGEST_SESSION: SignedDuration = SignedDuration::from_mins(60);

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

/// A message of either binding, once its signature is verified.
fn verified(message: Inbound<'_>, signing: &[Certificate]) -> Result<Verified, Refusal> {
    match message {
        Inbound::Redirect(query) => redirect::Unverified::from_query(query)?.verify(signing),
        Inbound::Posted { message, relay_state } => {
            posted::Unverified::from_form(message, relay_state)?.verify(signing)
        }
    }
}

/// Who claims to have sent it, and under which id.
fn claims(message: Inbound<'_>) -> Result<(String, Option<MessageId>), Refusal> {
    Ok(match message {
        Inbound::Redirect(query) => {
            let message = redirect::Unverified::from_query(query)?;
            (message.claimed_issuer()?, message.claimed_id())
        }
        Inbound::Posted { message, relay_state } => {
            let message = posted::Unverified::from_form(message, relay_state)?;
            (message.claimed_issuer()?, message.claimed_id())
        }
    })
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
        let (entity_id, id) = claims(message).map_err(|refusal| not_taken(refusal.code()))?;
        Ok(Claimed { entity_id, message_id: id.map(|id| id.as_str().to_owned()).unwrap_or_default() })
    }

    fn read(
        &self,
        message: Inbound<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<ServiceRequest, NotTaken> {
        let service = service(from, now)?;
        if service.signing.is_empty() {
            return Err(not_taken("certificate-out-of-time"));
        }
        let verified = verified(message, &service.signing).map_err(|refusal| not_taken(refusal.code()))?;
        let expected = Expected {
            service: &service,
            destination: &self.settings.single_sign_on,
            name_id_formats: name_id_formats(from.name_id),
            vocabulary: vocabulary(from.says.profile),
            now,
        };
        match check(&verified, &expected) {
            Ok(request) => understood(request, from, now),
            Err(rejected) => Err(rejection(&rejected, from, now)),
        }
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
        let [response_id, assertion_id, session_index] = ids;
        let response_id = message_id(&response_id)?;
        let return_to = return_to(request, to)?;
        let attributes = attributes::told(to, grant, named)?;
        let sign_in = SignIn {
            response_id: &response_id,
            assertion_id: &message_id(&assertion_id)?,
            issuer: &self.settings.entity_id,
            audience: &to.entity_id,
            return_to: &return_to,
            name_id: &NameId {
                format: name_id_format(to.name_id),
                value: named.name_id.clone(),
                confidential: false,
            },
            authenticated_at: grant.authenticated_at,
            session_index: &session_index,
            session_ends: grant.session_ends_at,
            class_ref: grant.level.map_or(names::UNSPECIFIED, |level| class_ref(request, to, level)),
            attributes: &attributes,
            now,
        };
        let recipient = self.recipient(to)?;
        let signer = self.signer(to, now)?;
        let xml =
            sign_in.to_response(&signer, recipient.as_deref()).map_err(|fault| not_taken(fault.code()))?;
        Ok(post(&xml, &return_to, &response_id, request))
    }

    fn refuse(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        status: Status,
        id: String,
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        let response_id = message_id(&id)?;
        let return_to = return_to(request, to)?;
        let failure = Failure {
            response_id: &response_id,
            issuer: &self.settings.entity_id,
            return_to: &return_to,
            status: error_status(status),
            now,
        };
        let signer = self.signer(to, now)?;
        let xml = failure.to_response(&signer).map_err(|fault| not_taken(fault.code()))?;
        Ok(post(&xml, &return_to, &response_id, request))
    }

    fn described(
        &self,
        metadata: &str,
        signer: Option<&[u8]>,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<Described, NotTaken> {
        let policy = Policy { now, http_on_loopback: self.settings.http_on_loopback };
        let signer = signer.map(Certificate::from_der).transpose();
        let service = match signer.map_err(|fault| not_taken(fault.code()))? {
            Some(signer) => read_signed(metadata, policy, &signer),
            None => read(metadata, policy),
        };
        // Metadata is an administrator's own choice: the whole sentence helps and harms nobody.
        let service = service.map_err(|error| not_taken(error.to_string()))?;
        let (valid_until, keys_until) = (service.valid_until, keys_until(&service));
        Ok(Described { connection: connection(service, id)?, valid_until, keys_until })
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
        let address = to.soap_logout.clone().ok_or_else(|| not_taken("logout-no-back-channel"))?;
        let request = LogoutRequest {
            id: &message_id(&ask.id)?,
            issuer: &self.settings.entity_id,
            destination: &address,
            format: name_id_format(to.name_id),
            name_id: &ask.name_id,
            session_indexes: &[&ask.session_index],
            now: ask.at,
        };
        let signer = self.signer(to, ask.at)?;
        let body = request.to_envelope(&signer).map_err(|fault| not_taken(fault.code()))?;
        Ok(SoapMessage { address, body, authority: to.back_channel_ca.clone() })
    }

    fn logged_out(
        &self,
        from: &RelyingParty,
        ask: &LogoutAsk,
        answer: &[u8],
        now: Timestamp,
    ) -> Result<(), NotTaken> {
        let service = service(from, now)?;
        let expected = LogoutExpected {
            request: &message_id(&ask.id)?,
            issuer: &from.entity_id,
            signing: &service.signing,
            now,
        };
        read_answer(answer, &expected).map_err(|fault| not_taken(fault.code()))
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

/// A connection to this service, with the defaults of this house. Without a certificate to encrypt to it says so when it
/// is saved.
fn connection(service: ServiceProvider, id: RelyingPartyId) -> Result<RelyingParty, NotTaken> {
    let wanted = service.preferred_encryption.unwrap_or_default();
    let encryption_certificate = service.encryption.first().map(|it| it.der().to_vec()).unwrap_or_default();
    Ok(RelyingParty {
        id,
        display_name: service.display_name.clone().unwrap_or_else(|| service.entity_id.clone()),
        assertion_consumers: consumers(&service).map(|it| it.location.clone()).collect(),
        consumer_indexes: consumers(&service).map(|it| it.index).collect(),
        signing_certificates: service.signing.iter().map(|c| c.der().to_vec()).collect(),
        encryption_certificate,
        encryption: offered(wanted)?,
        context_ref: ContextRef::LevelUri,
        name_id: name_id_rule(&service.name_id_formats),
        demands: AssuranceLevel::Substantial,
        federation: AssuranceLevel::Substantial,
        longest_session: LONGEST_SESSION,
        fresh_within: None,
        soap_logout: service
            .logout
            .iter()
            .find(|end| end.binding == LogoutBinding::Soap)
            .map(|end| end.location.clone()),
        back_channel_ca: None,
        front_logout: front_logout(&service),
        says: Saying::default(),
        contact: None,
        source: None,
        pin: None,
        handed_in: HandedIn::default(),
        entity_id: service.entity_id,
    })
}

/// When the last of its signing certificates runs out, or the one that is encrypted to, whichever is first.
fn keys_until(service: &ServiceProvider) -> Option<Timestamp> {
    let signing = service.signing.iter().map(Certificate::not_after).max();
    let encryption = service.encryption.first().map(Certificate::not_after);
    signing.into_iter().chain(encryption).min()
}

fn post(xml: &str, return_to: &ReturnTo, id: &MessageId, request: &ServiceRequest) -> Outgoing {
    let form = PostForm::new(xml, return_to);
    Outgoing {
        service: request.display_name.clone(),
        address: form.action,
        response: form.saml_response,
        relay_state: form.relay_state,
        message_id: id.as_str().to_owned(),
    }
}

fn not_taken(reason: impl Into<String>) -> NotTaken {
    NotTaken { reason: reason.into(), tell: None }
}

/// The connection as the checks want it, with the keys that count now.
fn service(from: &RelyingParty, now: Timestamp) -> Result<ServiceProvider, NotTaken> {
    let mut signing = from
        .signing_certificates
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|fault| not_taken(fault.code()))?;
    signing.retain(|certificate| certificate.is_in_time(now));
    let numbered = from.consumer_indexes.len() == from.assertion_consumers.len();
    let counted = (0_u16..).zip(&from.assertion_consumers).map(|(place, location)| {
        let number = from.consumer_indexes.get(usize::from(place)).filter(|_| numbered);
        (number.copied().unwrap_or(place), location)
    });
    let consumers =
        counted.map(|(index, location)| Consumer { index, default: None, location: location.clone() });
    Ok(ServiceProvider {
        entity_id: from.entity_id.clone(),
        display_name: None,
        signing,
        encryption: Vec::new(),
        preferred_encryption: None,
        consumers: consumers.collect(),
        logout: Vec::new(),
        name_id_formats: Vec::new(),
        valid_until: None,
    })
}

fn understood(
    request: AuthnRequest,
    from: &RelyingParty,
    now: Timestamp,
) -> Result<ServiceRequest, NotTaken> {
    let asked = !request.context.requested_levels().is_empty();
    let lowest = request.context.lowest_sufficient();
    let may_state = Stateable::those(|stated| request.context.allows(level(stated)));
    let mut read = bare(&request.return_to, from, now);
    read.force = request.force_authn;
    read.passive = request.is_passive;
    read.contexts = request.context.references;
    read.name_id_format = Some(request.name_id_format.uri().to_owned());
    read.requesters = request.requesters;
    read.subject = request.subject;
    read.may_state = may_state;
    match lowest {
        Ok(lowest) => {
            read.level = asked.then(|| assurance(lowest));
            Ok(read)
        }
        Err(fault) => Err(NotTaken {
            reason: fault.code().to_owned(),
            tell: Some(Box::new(Told { request: read, status: Status::NoAuthnContext })),
        }),
    }
}

fn rejection(rejected: &Rejected, from: &RelyingParty, now: Timestamp) -> NotTaken {
    let tell = match rejected {
        Rejected::ShowPage(_) => None,
        Rejected::Answer { status, return_to, .. } => {
            let request = bare(return_to, from, now);
            Some(Box::new(Told { request, status: told(*status) }))
        }
    };
    NotTaken { reason: rejected.code().to_owned(), tell }
}

/// A request of which only the way back is known.
fn bare(return_to: &ReturnTo, from: &RelyingParty, now: Timestamp) -> ServiceRequest {
    ServiceRequest {
        relying_party: from.id,
        display_name: from.display_name.clone(),
        message_id: return_to.request.as_str().to_owned(),
        answer_to: return_to.address.clone(),
        relay_state: return_to.relay_state.clone(),
        force: false,
        passive: false,
        level: None,
        may_state: Stateable::ANY,
        subject: None,
        contexts: Vec::new(),
        name_id_format: None,
        requesters: Vec::new(),
        at: now,
    }
}

/// The way back, checked again: the connection may have changed while the person signed in.
fn return_to(request: &ServiceRequest, to: &RelyingParty) -> Result<ReturnTo, NotTaken> {
    if request.relying_party != to.id || !to.assertion_consumers.contains(&request.answer_to) {
        return Err(not_taken("answer-address-not-the-connections"));
    }
    Ok(ReturnTo {
        address: request.answer_to.clone(),
        request: message_id(&request.message_id)?,
        relay_state: request.relay_state.clone(),
    })
}

/// Ids of ours may begin with a digit, which an XML name may not.
fn message_id(text: &str) -> Result<MessageId, NotTaken> {
    MessageId::parse(text)
        .or_else(|_| MessageId::parse(&format!("_{text}")))
        .map_err(|fault| not_taken(fault.code()))
}

/// What stands in the class reference when this level is stated. Repeated is the highest of the requested references that
/// the level satisfies, in the words it was asked in; one that says more than was reached never is.
fn class_ref<'a>(request: &'a ServiceRequest, to: &RelyingParty, stated: AssuranceLevel) -> &'a str {
    let own = level(stated).uri();
    match to.context_ref {
        ContextRef::LevelUri => own,
        ContextRef::Nsis => "https://data.gov.dk/concept/core/nsis",
        ContextRef::Echo => {
            let words = vocabulary(to.says.profile);
            // From the last to the first: of several that say the same, the first is repeated.
            let asked = request.contexts.iter().rev();
            let levels = asked.filter_map(|uri| Some((words.level(uri)?, uri.as_str())));
            let satisfied = levels.filter(|(asked, _)| *asked <= level(stated));
            satisfied.max_by_key(|(asked, _)| *asked).map_or(own, |(_, uri)| uri)
        }
    }
}
