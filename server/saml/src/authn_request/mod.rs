//! A service's wish to have a person signed in (SAML core 3.4), read and checked.

mod context;
mod vocabulary;

pub use context::{Comparison, ContextFault, EidProfile, RequestedContext, StatedContext};
pub use vocabulary::Vocabulary;

use jiff::Timestamp;
use roxmltree::Node;

use crate::Refusal;
use crate::error_response::ErrorStatus;
use crate::metadata::ServiceProvider;
use crate::names;
use crate::reason::reasons;
use crate::redirect::Verified;
use crate::values::{CLOCK_SKEW, MessageId, NameIdFormat, ReturnTo, parse_instant, shifted};
use crate::xml::{self, Limits};

reasons! {
    /// Why a verified request was refused.
    RequestFault {
        NotAuthnRequest = "request-not-authn-request", "The message is not an AuthnRequest.";
        WrongVersion = "request-wrong-version", "The request is not SAML 2.0.";
        NoId = "request-no-id", "The request has no usable id.";
        WrongIssuer = "request-wrong-issuer", "The request names another sender than the service whose key signed it.";
        IssuerFormat = "request-issuer-format", "The sender's name has a format other than entity.";
        NoIssueInstant = "request-no-issue-instant", "The request has no time of issue in UTC.";
        TooOld = "request-too-old", "The request was issued too long ago.";
        FromTheFuture = "request-from-the-future", "The request was issued in the future; compare the clocks.";
        WrongDestination = "request-wrong-destination", "The request is meant for another address.";
        EnvelopedSignature = "request-enveloped-signature", "A redirected request must not hold a signature of its own.";
        UnknownAddress = "request-unknown-address", "The wanted return address is not in the service's metadata.";
        AddressAndIndex = "request-address-and-index", "The request gives both a return address and an index.";
        BadFlag = "request-bad-flag", "A yes-or-no value is neither true nor false.";
        UnsupportedBinding = "request-unsupported-binding", "The request wants an answer by another way than HTTP-POST.";
        UnsupportedNameId = "request-unsupported-name-id", "The request wants a kind of name the connection does not give.";
        BadContext = "request-bad-context", "The requested authentication context cannot be understood.";
        NoReachableContext = "request-no-reachable-context", "None of the requested authentication contexts is known here.";
        BadSubject = "request-bad-subject", "The person the request is about is not named by a plain NameID.";
        TooManyRequesters = "request-too-many-requesters", "The request names more services behind it than can be shown.";
    }
}

/// What a request is measured against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The service whose certificates verified the message.
    pub service: &'a ServiceProvider,
    /// Our own endpoint, exactly as our metadata states it.
    pub destination: &'a str,
    /// The kinds of name this connection gives, its usual one first.
    pub name_id_formats: &'a [NameIdFormat],
    /// The words for levels this connection may use.
    pub vocabulary: Vocabulary,
    /// The time of arrival.
    pub now: Timestamp,
}

/// A request that may be served. Freshness does not rule out a replay: the caller must also
/// refuse a `return_to.request` it has already seen from this service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// The service's entity id.
    pub issuer: String,
    /// Where the answer goes.
    pub return_to: ReturnTo,
    /// The person must prove every factor anew (NSIS 6.8).
    pub force_authn: bool,
    /// No page may be shown to the person.
    pub is_passive: bool,
    /// Level and profile asked for.
    pub context: RequestedContext,
    /// The kind of name to give.
    pub name_id_format: NameIdFormat,
    /// Who asks through a broker (`Scoping/RequesterID`): to be shown and logged, not trusted.
    pub requesters: Vec<String>,
    /// Whom the service means, as it names her; an answer about anybody else would be wrong (core 3.4.1).
    pub subject: Option<String>,
}

/// A refused request, and whether its sender may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// Nothing proves where an answer may go: show a page of our own.
    ShowPage(Refusal),
    /// The return address is the service's: answer there with `status`.
    Answer {
        /// The reason, for the log.
        reason: RequestFault,
        /// What the service is told.
        status: ErrorStatus,
        /// Where it is told.
        return_to: ReturnTo,
    },
}

impl Rejected {
    /// A stable word for logs and audit records.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ShowPage(refusal) => refusal.code(),
            Self::Answer { reason, .. } => reason.code(),
        }
    }
}

impl<E: Into<Refusal>> From<E> for Rejected {
    fn from(refusal: E) -> Self {
        Self::ShowPage(refusal.into())
    }
}

/// Reads and checks a verified request.
pub fn check(message: &Verified, expected: &Expected<'_>) -> Result<AuthnRequest, Rejected> {
    let document = xml::parse(&message.xml, Limits::MESSAGE).map_err(Refusal::from)?;
    let request = document.root_element();
    let return_to = origin(&document, message, expected)?;
    wishes(request, expected, return_to.clone()).map_err(|(reason, status)| Rejected::Answer {
        reason,
        status,
        return_to,
    })
}

/// Everything that must hold before an answer may be sent anywhere.
fn origin(
    document: &roxmltree::Document<'_>,
    message: &Verified,
    expected: &Expected<'_>,
) -> Result<ReturnTo, Refusal> {
    let request = document.root_element();
    xml::unique_ids(document)?;
    if !xml::is(request, names::PROTOCOL, "AuthnRequest") {
        return Err(RequestFault::NotAuthnRequest.into());
    }
    if xml::attribute(request, "Version") != Some("2.0") {
        return Err(RequestFault::WrongVersion.into());
    }
    // A posted one was verified by it, and is the only one there.
    if !message.enveloped && xml::children(request, names::XMLDSIG, "Signature").next().is_some() {
        return Err(RequestFault::EnvelopedSignature.into());
    }
    check_issuer(request, expected.service)?;
    check_time(request, expected.now)?;
    if xml::attribute(request, "Destination") != Some(expected.destination) {
        return Err(RequestFault::WrongDestination.into());
    }
    let id = xml::attribute(request, "ID").and_then(|id| MessageId::parse(id).ok());
    Ok(ReturnTo {
        address: return_address(request, expected.service)?,
        request: id.ok_or(RequestFault::NoId)?,
        relay_state: message.relay_state.clone(),
    })
}

fn check_issuer(request: Node<'_, '_>, service: &ServiceProvider) -> Result<(), Refusal> {
    let issuer = xml::only_child(request, names::ASSERTION, "Issuer")?.ok_or(RequestFault::WrongIssuer)?;
    if xml::text(issuer)? != service.entity_id {
        return Err(RequestFault::WrongIssuer.into());
    }
    match xml::attribute(issuer, "Format") {
        None | Some(names::FORMAT_ENTITY) => Ok(()),
        Some(_) => Err(RequestFault::IssuerFormat.into()),
    }
}

fn check_time(request: Node<'_, '_>, now: Timestamp) -> Result<(), RequestFault> {
    let issued = xml::attribute(request, "IssueInstant")
        .and_then(|text| parse_instant(text).ok())
        .ok_or(RequestFault::NoIssueInstant)?;
    if issued < shifted(now, -CLOCK_SKEW) {
        Err(RequestFault::TooOld)
    } else if issued > shifted(now, CLOCK_SKEW) {
        Err(RequestFault::FromTheFuture)
    } else {
        Ok(())
    }
}

/// The one address of the metadata that the request points to (SAML profiles 4.1.4.1).
fn return_address(request: Node<'_, '_>, service: &ServiceProvider) -> Result<String, RequestFault> {
    let address = xml::attribute(request, "AssertionConsumerServiceURL");
    let index = xml::attribute(request, "AssertionConsumerServiceIndex");
    let endpoint = match (address, index) {
        (Some(_), Some(_)) => return Err(RequestFault::AddressAndIndex),
        (Some(address), None) => service.consumer_at(address),
        (None, Some(index)) => index.parse().ok().and_then(|i| service.consumer_number(i)),
        (None, None) => service.default_consumer(),
    };
    endpoint.map(|endpoint| endpoint.location.clone()).ok_or(RequestFault::UnknownAddress)
}

type Answerable = (RequestFault, ErrorStatus);

/// What the service wants; refusals from here on are told to the service.
fn wishes(
    request: Node<'_, '_>,
    expected: &Expected<'_>,
    return_to: ReturnTo,
) -> Result<AuthnRequest, Answerable> {
    let binding = xml::attribute(request, "ProtocolBinding");
    if binding.is_some_and(|binding| binding != names::BINDING_POST) {
        return Err((RequestFault::UnsupportedBinding, ErrorStatus::UnsupportedBinding));
    }
    Ok(AuthnRequest {
        issuer: expected.service.entity_id.clone(),
        return_to,
        force_authn: flag(request, "ForceAuthn")?,
        is_passive: flag(request, "IsPassive")?,
        context: RequestedContext::read(request, expected.vocabulary)?,
        name_id_format: name_id_format(request, expected)?,
        requesters: requesters(request)?,
        subject: subject(request)?,
    })
}

fn flag(request: Node<'_, '_>, name: &str) -> Result<bool, Answerable> {
    match xml::attribute(request, name) {
        None | Some("false" | "0") => Ok(false),
        Some("true" | "1") => Ok(true),
        Some(_) => Err((RequestFault::BadFlag, ErrorStatus::RequestUnsupported)),
    }
}

fn name_id_format(request: Node<'_, '_>, expected: &Expected<'_>) -> Result<NameIdFormat, Answerable> {
    const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    let refused = (RequestFault::UnsupportedNameId, ErrorStatus::InvalidNameIdPolicy);
    let usual = expected.name_id_formats.first().copied().ok_or(refused)?;
    let policy = xml::only_child(request, names::PROTOCOL, "NameIDPolicy").map_err(|_| refused)?;
    let Some(policy) = policy else {
        return Ok(usual);
    };
    let own = expected.service.entity_id.as_str();
    if xml::attribute(policy, "SPNameQualifier").is_some_and(|qualifier| qualifier != own) {
        return Err(refused);
    }
    match xml::attribute(policy, "Format") {
        None | Some(UNSPECIFIED) => Ok(usual),
        Some(uri) => NameIdFormat::from_uri(uri)
            .filter(|format| expected.name_id_formats.contains(format))
            .ok_or(refused),
    }
}

/// Services behind the one that asks; more than these no person could read.
const MOST_REQUESTERS: usize = 10;
/// The longest entity id (SAML metadata 2.3.2).
const LONGEST_REQUESTER: usize = 1024;
/// The longest name a person may be given in a request.
const LONGEST_SUBJECT: usize = 256;

fn requesters(request: Node<'_, '_>) -> Result<Vec<String>, Answerable> {
    let refused = |_| (RequestFault::NotAuthnRequest, ErrorStatus::RequestUnsupported);
    let Some(scoping) = xml::only_child(request, names::PROTOCOL, "Scoping").map_err(refused)? else {
        return Ok(Vec::new());
    };
    let named = xml::children(scoping, names::PROTOCOL, "RequesterID")
        .map(|requester| xml::text(requester).map(str::to_owned).map_err(refused))
        .collect::<Result<Vec<_>, _>>()?;
    if named.len() > MOST_REQUESTERS || named.iter().any(|one| one.len() > LONGEST_REQUESTER) {
        return Err((RequestFault::TooManyRequesters, ErrorStatus::RequestUnsupported));
    }
    Ok(named)
}

/// Whom the service means. A confirmation has no place in a request (core 3.4.1), and an encrypted name is not read.
fn subject(request: Node<'_, '_>) -> Result<Option<String>, Answerable> {
    let refused = (RequestFault::BadSubject, ErrorStatus::RequestUnsupported);
    let Some(subject) = xml::only_child(request, names::ASSERTION, "Subject").map_err(|_| refused)? else {
        return Ok(None);
    };
    let mut inside = subject.children().filter(Node::is_element);
    match (inside.next(), inside.next()) {
        (Some(name), None) if xml::is(name, names::ASSERTION, "NameID") => {
            let name = xml::text(name).map_err(|_| refused)?;
            let fits = !name.is_empty() && name.len() <= LONGEST_SUBJECT;
            if fits { Ok(Some(name.to_owned())) } else { Err(refused) }
        }
        _ => Err(refused),
    }
}
