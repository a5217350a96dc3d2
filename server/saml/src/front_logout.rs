//! Logging out through the browser (SAML profiles 4.4.3): what services ask and answer there, read and checked as
//! strictly as a request for a sign-in; and what we answer.

use jiff::Timestamp;
use roxmltree::Node;

use crate::Refusal;
use crate::logout::{LogoutFault, success};
use crate::metadata::ServiceProvider;
use crate::names;
use crate::reason::reasons;
use crate::redirect::{MessageKind, Verified};
use crate::sign::SigningKey;
use crate::values::{CLOCK_SKEW, MessageId, NameIdFormat, format_instant, parse_instant, shifted};
use crate::xml::{self, Limits, Writer, XmlFault};

reasons! {
    /// Why a verified message about logging out was refused.
    FrontLogoutFault {
        NotLogout = "logout-not-a-logout", "The message is neither a LogoutRequest nor a LogoutResponse, or not what its parameter says.";
        WrongVersion = "logout-wrong-version", "The message is not SAML 2.0.";
        NoId = "logout-no-id", "The message has no usable id.";
        WrongIssuer = "logout-wrong-issuer", "The message names another sender than the service whose key signed it.";
        IssuerFormat = "logout-issuer-format", "The sender's name has a format other than entity.";
        NoIssueInstant = "logout-no-issue-instant", "The message has no time of issue in UTC.";
        TooOld = "logout-too-old", "The message was issued too long ago, or has run out.";
        FromTheFuture = "logout-from-the-future", "The message was issued in the future; compare the clocks.";
        WrongDestination = "logout-wrong-destination", "The message is meant for another address.";
        EnvelopedSignature = "logout-enveloped-signature", "A redirected message must not hold a signature of its own.";
        NoName = "logout-no-name", "The request must name its subject by one NameID, in clear.";
        NoRequest = "logout-no-request", "The answer does not say which request it answers.";
    }
}

/// What a message is measured against.
#[derive(Debug, Clone, Copy)]
pub struct FrontExpected<'a> {
    /// The service whose certificates verified the message.
    pub service: &'a ServiceProvider,
    /// Our own entity id, by which a name may be qualified.
    pub us: &'a str,
    /// Our own endpoint, exactly as our metadata states it.
    pub destination: &'a str,
    /// The kind of name this connection gives.
    pub name_id_format: NameIdFormat,
    /// It came by redirect, so that its signature stands in the query and none in it.
    pub redirected: bool,
    /// The time of arrival.
    pub now: Timestamp,
}

/// A message that may be acted on. Freshness does not rule out a replay: the caller must also refuse an id it has
/// already seen from this service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A service wants a session to end.
    Request(Asked),
    /// A service answers.
    Answer(Said),
}

/// A service wants a session to end.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// The request's own id.
    pub id: MessageId,
    /// By which name; none where it is not one of the kind the connection gives, or is qualified by somebody else.
    pub name_id: Option<String>,
    /// Which sessions; all without any.
    pub session_indexes: Vec<String>,
    /// Opaque, given back unchanged.
    pub relay_state: Option<String>,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A service answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The answer's own id.
    pub id: MessageId,
    /// The request it answers.
    pub in_response_to: String,
    /// Whether it said that the session is over.
    pub ended: Result<(), LogoutFault>,
    /// What it gives back.
    pub relay_state: Option<String>,
}

/// Reads and checks a verified message.
pub fn hear(message: &Verified, expected: &FrontExpected<'_>) -> Result<Heard, Refusal> {
    let document = xml::parse(&message.xml, Limits::MESSAGE)?;
    xml::unique_ids(&document)?;
    let root = document.root_element();
    let name = match message.kind {
        MessageKind::Request => "LogoutRequest",
        MessageKind::Response => "LogoutResponse",
    };
    if !xml::is(root, names::PROTOCOL, name) {
        return Err(FrontLogoutFault::NotLogout.into());
    }
    let id = origin(root, expected)?;
    let relay_state = message.relay_state.clone();
    match message.kind {
        MessageKind::Request => {
            not_run_out(root, expected.now)?;
            Ok(Heard::Request(Asked {
                id,
                name_id: name_id(root, expected)?,
                session_indexes: session_indexes(root)?,
                relay_state,
            }))
        }
        MessageKind::Response => Ok(Heard::Answer(Said {
            id,
            in_response_to: xml::attribute(root, "InResponseTo")
                .map(str::to_owned)
                .ok_or(FrontLogoutFault::NoRequest)?,
            ended: success(root),
            relay_state,
        })),
    }
}

/// Everything that must hold of either message; gives its id.
fn origin(root: Node<'_, '_>, expected: &FrontExpected<'_>) -> Result<MessageId, Refusal> {
    if xml::attribute(root, "Version") != Some("2.0") {
        return Err(FrontLogoutFault::WrongVersion.into());
    }
    if expected.redirected && xml::children(root, names::XMLDSIG, "Signature").next().is_some() {
        return Err(FrontLogoutFault::EnvelopedSignature.into());
    }
    let issuer = xml::only_child(root, names::ASSERTION, "Issuer")?.ok_or(FrontLogoutFault::WrongIssuer)?;
    if xml::text(issuer)? != expected.service.entity_id {
        return Err(FrontLogoutFault::WrongIssuer.into());
    }
    if !matches!(xml::attribute(issuer, "Format"), None | Some(names::FORMAT_ENTITY)) {
        return Err(FrontLogoutFault::IssuerFormat.into());
    }
    fresh(root, expected.now)?;
    if xml::attribute(root, "Destination") != Some(expected.destination) {
        return Err(FrontLogoutFault::WrongDestination.into());
    }
    let id = xml::attribute(root, "ID").and_then(|id| MessageId::parse(id).ok());
    Ok(id.ok_or(FrontLogoutFault::NoId)?)
}

fn fresh(root: Node<'_, '_>, now: Timestamp) -> Result<(), FrontLogoutFault> {
    let issued = xml::attribute(root, "IssueInstant")
        .and_then(|text| parse_instant(text).ok())
        .ok_or(FrontLogoutFault::NoIssueInstant)?;
    if issued < shifted(now, -CLOCK_SKEW) {
        Err(FrontLogoutFault::TooOld)
    } else if issued > shifted(now, CLOCK_SKEW) {
        Err(FrontLogoutFault::FromTheFuture)
    } else {
        Ok(())
    }
}

/// A request may say itself until when it holds (core 3.7.1).
fn not_run_out(root: Node<'_, '_>, now: Timestamp) -> Result<(), FrontLogoutFault> {
    let Some(text) = xml::attribute(root, "NotOnOrAfter") else { return Ok(()) };
    match parse_instant(text) {
        Ok(until) if now < shifted(until, CLOCK_SKEW) => Ok(()),
        Ok(_) | Err(_) => Err(FrontLogoutFault::TooOld),
    }
}

/// The one name, where it is one we could have given.
fn name_id(root: Node<'_, '_>, expected: &FrontExpected<'_>) -> Result<Option<String>, Refusal> {
    let name = xml::only_child(root, names::ASSERTION, "NameID")?.ok_or(FrontLogoutFault::NoName)?;
    let others = ["BaseID", "EncryptedID"];
    if others.iter().any(|other| root.children().any(|child| xml::is(child, names::ASSERTION, other))) {
        return Err(FrontLogoutFault::NoName.into());
    }
    let value = xml::text(name)?;
    let qualified = |by: &str, whom: &str| xml::attribute(name, by).is_none_or(|said| said == whom);
    let ours = xml::attribute(name, "Format") == Some(expected.name_id_format.uri())
        && qualified("NameQualifier", expected.us)
        && qualified("SPNameQualifier", &expected.service.entity_id);
    Ok(ours.then(|| value.to_owned()))
}

fn session_indexes(root: Node<'_, '_>) -> Result<Vec<String>, XmlFault> {
    xml::children(root, names::PROTOCOL, "SessionIndex")
        .map(|index| xml::text(index).map(str::to_owned))
        .collect()
}

/// What a service that sent her to log out is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoutStatus {
    /// Everything of this session is over.
    Success,
    /// Her session here is over, and not all of those at other services (core 3.7.3.2).
    Partial,
    /// Nobody by that name has a session in this browser: nothing ended.
    UnknownPrincipal,
}

impl LogoutStatus {
    const fn codes(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Success => (names::STATUS_SUCCESS, None),
            Self::Partial => (names::STATUS_SUCCESS, Some(names::STATUS_PARTIAL_LOGOUT)),
            Self::UnknownPrincipal => (names::STATUS_REQUESTER, Some(names::STATUS_UNKNOWN_PRINCIPAL)),
        }
    }
}

/// The answer to a service that sent her to log out.
#[derive(Debug, Clone, Copy)]
pub struct LogoutResponse<'a> {
    /// A new id for the answer.
    pub id: &'a MessageId,
    /// Our entity id.
    pub issuer: &'a str,
    /// Where the answer goes.
    pub destination: &'a str,
    /// The request it answers.
    pub request: &'a MessageId,
    /// What it says.
    pub status: LogoutStatus,
    /// The time of issue.
    pub now: Timestamp,
}

impl LogoutResponse<'_> {
    /// Writes it with a signature of its own, as a form carries it.
    pub fn to_signed(&self, key: &SigningKey) -> Result<String, LogoutFault> {
        Ok(key.sign(Writer::unsigned(|w| self.write(w, true))?, self.id)?)
    }

    /// Writes it without one, for a query that is signed as a whole (bindings 3.4.4.1).
    pub fn to_bare(&self) -> Result<String, LogoutFault> {
        Ok(Writer::document(|w| self.write(w, false))?)
    }

    fn write(&self, w: &mut Writer, signed: bool) {
        let issued = format_instant(self.now);
        let attributes = [
            ("xmlns:samlp", names::PROTOCOL),
            ("xmlns:saml", names::ASSERTION),
            ("Destination", self.destination),
            ("ID", self.id.as_str()),
            ("InResponseTo", self.request.as_str()),
            ("IssueInstant", &issued),
            ("Version", "2.0"),
        ];
        let (top, second) = self.status.codes();
        w.element("samlp:LogoutResponse", &attributes, |w| {
            w.leaf("saml:Issuer", &[], self.issuer);
            if signed {
                w.signature();
            }
            w.element("samlp:Status", &[], |w| {
                w.element("samlp:StatusCode", &[("Value", top)], |w| {
                    if let Some(second) = second {
                        w.empty("samlp:StatusCode", &[("Value", second)]);
                    }
                });
            });
        });
    }
}
