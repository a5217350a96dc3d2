//! The wire behind the use cases' port: their values in, bytes of the standard out.

mod front;
mod translate;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::leaving::LogoutSaid;
use domain::level::AssuranceLevel;
use domain::relying_party::{ContextRef, RelyingParty, ServiceRequest};
use jiff::SignedDuration;
use usecases::ports::saml::{
    Brought, Claimed, FrontAnswer, FrontAsk, FrontMessage, LogoutAsk, Named, NotTaken, Outgoing, SamlWire,
    SoapMessage, Status, Told,
};

use crate::XmlFault;
use crate::attributes::{self, OIOSAML_3, Professional};
use crate::authn_request::{AuthnRequest, Comparison, Expected, Rejected, RequestedContext, check};
use crate::certificate::Certificate;
use crate::encrypt::{Encryption, Recipient};
use crate::error_response::Failure;
use crate::form::PostForm;
use crate::logout::{LogoutExpected, LogoutRequest, read_answer};
use crate::metadata::{Consumer, IdentityProvider, LogoutBinding, Policy, ServiceProvider, read};
use crate::names;
use crate::redirect::Unverified;
use crate::response::{ClassRef, SignIn};
use crate::sign::SigningKey;
use crate::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};
use translate::{
    addresses, assurance, encryption, error_status, front_logout, level, name_id_format, name_id_rule,
    offered, told,
};

/// Longest session a new connection gets; an administrator may only shorten it.
const LONGEST_SESSION: SignedDuration = SignedDuration::from_mins(60);

/// Attributes our metadata offers.
const OFFERED: [&str; 6] = [
    attributes::name::SPEC_VERSION,
    attributes::name::LOA,
    attributes::name::IAL,
    attributes::name::AAL,
    attributes::name::CVR,
    attributes::name::ORG_NAME,
];
/// The same without the levels.
const OFFERED_BY_A_PILOT: [&str; 3] =
    [attributes::name::SPEC_VERSION, attributes::name::CVR, attributes::name::ORG_NAME];

/// What the wire is told about the house it speaks for.
#[derive(Debug)]
pub struct Settings {
    /// Our entity id.
    pub entity_id: String,
    /// The address where requests come, as published.
    pub single_sign_on: String,
    /// The address where messages about logging out come, as published.
    pub single_logout: String,
    /// The key that signs.
    pub key: SigningKey,
    /// Certificates published beside the one in use: of the key that comes, or of the one that went.
    pub other_certificates: Vec<Certificate>,
    /// Accept plain http to loopback hosts; only in a demonstration.
    pub http_on_loopback: bool,
    /// Answers state NSIS levels; a pilot's do not.
    pub states_levels: bool,
}

/// Reads and writes SAML messages for one house.
#[derive(Debug)]
pub struct Wire {
    settings: Settings,
    metadata: String,
    recipients: Mutex<HashMap<RelyingPartyId, (RecipientOf, Arc<Recipient>)>>,
}

/// What a prepared recipient was made from: another key or kind of encryption needs another one.
type RecipientOf = (Vec<u8>, Encryption);

impl Wire {
    /// Prepares the wire and writes its metadata once.
    pub fn new(settings: Settings) -> Result<Self, XmlFault> {
        let mut signing = vec![settings.key.certificate().clone()];
        signing.extend(settings.other_certificates.iter().cloned());
        let metadata = IdentityProvider {
            entity_id: &settings.entity_id,
            single_sign_on: &settings.single_sign_on,
            single_logout: Some(&settings.single_logout),
            signing: &signing,
            name_id_formats: &[NameIdFormat::Persistent, NameIdFormat::Transient],
            attributes: if settings.states_levels { &OFFERED } else { &OFFERED_BY_A_PILOT },
        }
        .to_xml()?;
        Ok(Self { settings, metadata, recipients: Mutex::default() })
    }

    /// The recipient of a connection, prepared once for as long as its key stays the same.
    fn recipient(&self, to: &RelyingParty) -> Result<Arc<Recipient>, NotTaken> {
        let made_from = (to.encryption_certificate.clone(), encryption(to.encryption));
        let mut known = self.recipients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((same, recipient)) = known.get(&to.id)
            && *same == made_from
        {
            return Ok(Arc::clone(recipient));
        }
        let certificate = Certificate::from_der(&made_from.0).map_err(|fault| not_taken(fault.code()))?;
        let recipient = Recipient::new(&certificate, made_from.1).map_err(|fault| not_taken(fault.code()))?;
        let recipient = Arc::new(recipient);
        known.insert(to.id, (made_from, Arc::clone(&recipient)));
        Ok(recipient)
    }
}

impl SamlWire for Wire {
    fn claimed(&self, raw_query: &str) -> Result<Claimed, NotTaken> {
        let message = Unverified::from_query(raw_query).map_err(|refusal| not_taken(refusal.code()))?;
        let entity_id = message.claimed_issuer().map_err(|refusal| not_taken(refusal.code()))?;
        let message_id = message.claimed_id().map(|id| id.as_str().to_owned());
        Ok(Claimed { entity_id, message_id: message_id.unwrap_or_default() })
    }

    fn read(&self, raw_query: &str, from: &RelyingParty, now: Timestamp) -> Result<ServiceRequest, NotTaken> {
        let service = service(from, now)?;
        if service.signing.is_empty() {
            return Err(not_taken("certificate-out-of-time"));
        }
        let verified = Unverified::from_query(raw_query)
            .and_then(|message| message.verify(&service.signing))
            .map_err(|refusal| not_taken(refusal.code()))?;
        let expected = Expected {
            service: &service,
            destination: &self.settings.single_sign_on,
            name_id_formats: &[name_id_format(from.name_id)],
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
        let format = if named.transient { NameIdFormat::Transient } else { NameIdFormat::Persistent };
        let cvr = grant.association.cvr.to_string();
        let professional = Professional {
            spec_version: OIOSAML_3,
            cvr: &cvr,
            org_name: &named.organisation,
            loa: grant.level.map(level),
            ial: grant.level.map(|_| level(grant.chain.identity)),
            aal: grant.level.map(|_| level(grant.chain.authentication)),
        };
        let sign_in = SignIn {
            response_id: &response_id,
            assertion_id: &message_id(&assertion_id)?,
            issuer: &self.settings.entity_id,
            audience: &to.entity_id,
            return_to: &return_to,
            name_id: &NameId { format, value: named.name_id.clone(), confidential: false },
            authenticated_at: grant.authenticated_at,
            session_index: &session_index,
            session_ends: grant.session_ends_at,
            class_ref: grant.level.map_or(Ok(names::UNSPECIFIED), |level| class_ref(request, to, level))?,
            attributes: &professional.attributes(),
            now,
        };
        let recipient = self.recipient(to)?;
        let xml = sign_in
            .to_response(&self.settings.key, Some(&recipient))
            .map_err(|fault| not_taken(fault.code()))?;
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
        let xml = failure.to_response(&self.settings.key).map_err(|fault| not_taken(fault.code()))?;
        Ok(post(&xml, &return_to, &response_id, request))
    }

    fn connection(
        &self,
        metadata: &str,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<RelyingParty, NotTaken> {
        let policy = Policy { now, http_on_loopback: self.settings.http_on_loopback };
        // Metadata is an administrator's own upload: the whole sentence helps and harms nobody.
        let service = read(metadata, policy).map_err(|error| not_taken(error.to_string()))?;
        let encryption_certificate = service
            .encryption
            .first()
            .ok_or_else(|| not_taken("The metadata holds no certificate to encrypt to."))?;
        let wanted = service.preferred_encryption.unwrap_or_default();
        Ok(RelyingParty {
            id,
            display_name: service.display_name.clone().unwrap_or_else(|| service.entity_id.clone()),
            assertion_consumers: addresses(&service),
            signing_certificates: service.signing.iter().map(|c| c.der().to_vec()).collect(),
            encryption_certificate: encryption_certificate.der().to_vec(),
            encryption: offered(wanted)?,
            context_ref: ContextRef::LevelUri,
            name_id: name_id_rule(&service.name_id_formats),
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: LONGEST_SESSION,
            soap_logout: service
                .logout
                .iter()
                .find(|end| end.binding == LogoutBinding::Soap)
                .map(|end| end.location.clone()),
            back_channel_ca: None,
            front_logout: front_logout(&service),
            entity_id: service.entity_id,
        })
    }

    fn metadata(&self) -> String {
        self.metadata.clone()
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
        let body = request.to_envelope(&self.settings.key).map_err(|fault| not_taken(fault.code()))?;
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
    let consumers = (0..).zip(&from.assertion_consumers).map(|(index, location)| Consumer {
        index,
        default: None,
        location: location.clone(),
    });
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
    let mut read = bare(&request.return_to, from, now);
    read.force = request.force_authn;
    read.passive = request.is_passive;
    read.contexts = request.context.references;
    read.name_id_format = Some(request.name_id_format.uri().to_owned());
    read.requesters = request.requesters;
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

/// What stands in the class reference. The request asked for at least `request.level`, so the
/// highest listed level that was reached is the one it is satisfied by.
fn class_ref(
    request: &ServiceRequest,
    to: &RelyingParty,
    reached: AssuranceLevel,
) -> Result<&'static str, NotTaken> {
    let levels: Vec<_> = request.contexts.iter().filter_map(|uri| Level::from_uri(uri)).collect();
    let stated = RequestedContext::levels(Comparison::Minimum, &levels)
        .state(level(reached))
        .map_err(|fault| not_taken(fault.code()))?;
    let rule = match to.context_ref {
        ContextRef::LevelUri => ClassRef::LevelUri,
        ContextRef::Nsis => ClassRef::Nsis,
        ContextRef::Echo => ClassRef::Echo,
    };
    Ok(rule.uri(stated))
}
