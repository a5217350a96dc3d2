//! Ending a session at a service from server to server: a signed request in a SOAP 1.1 envelope, and its answer
//! (SAML bindings 3.2, profiles 4.4).

use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};

use crate::certificate::Certificate;
use crate::enveloped::{self, SignatureFault};
use crate::names;
use crate::reason::reasons;
use crate::sign::{SignFault, SigningKey};
use crate::values::{CLOCK_SKEW, MessageId, NameIdFormat, format_instant, parse_instant, shifted};
use crate::xml::{self, Limits, Writer, XmlFault};

/// How long a service may act on the request.
const REQUEST_LIFE: SignedDuration = SignedDuration::from_mins(5);

reasons! {
    /// Why a logout was not asked for, or not believed to have happened.
    LogoutFault {
        Xml = "logout-xml", "The answer's XML is unsafe, malformed or too large.";
        NotText = "logout-not-text", "The answer is not UTF-8 text.";
        NotAnAnswer = "logout-not-an-answer", "The answer is no SOAP envelope around one LogoutResponse.";
        OtherRequest = "logout-other-request", "The answer belongs to another request.";
        OtherIssuer = "logout-other-issuer", "The answer comes from another service.";
        Stale = "logout-stale", "The answer was not written now.";
        BadSignature = "logout-bad-signature", "The answer carries a signature that does not hold.";
        Partial = "logout-partial", "The service ended some of its sessions only.";
        Refused = "logout-refused", "The service did not say that the session is over.";
        Sign = "logout-sign", "The request could not be signed.";
    }
}

impl From<XmlFault> for LogoutFault {
    fn from(_: XmlFault) -> Self {
        Self::Xml
    }
}
impl From<SignFault> for LogoutFault {
    fn from(_: SignFault) -> Self {
        Self::Sign
    }
}

/// A session at a service that is to end.
#[derive(Debug, Clone, Copy)]
pub struct LogoutRequest<'a> {
    /// A new id for the request.
    pub id: &'a MessageId,
    /// Our entity id.
    pub issuer: &'a str,
    /// Where the request goes.
    pub destination: &'a str,
    /// The kind of name the service knows her by.
    pub format: NameIdFormat,
    /// That name.
    pub name_id: &'a str,
    /// The sessions, by the indexes the assertions gave them; never empty.
    pub session_indexes: &'a [&'a str],
    /// The time of issue.
    pub now: Timestamp,
}

impl LogoutRequest<'_> {
    /// Writes the signed request in its envelope.
    pub fn to_envelope(&self, key: &SigningKey) -> Result<String, LogoutFault> {
        let signed = self.to_signed(key)?;
        Ok(Writer::document(|w| {
            w.element("soap:Envelope", &[("xmlns:soap", names::SOAP)], |w| {
                w.element("soap:Body", &[], |w| w.fragment(&signed));
            });
        })?)
    }

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
        let until = format_instant(shifted(self.now, REQUEST_LIFE));
        let attributes = [
            ("xmlns:samlp", names::PROTOCOL),
            ("xmlns:saml", names::ASSERTION),
            ("Destination", self.destination),
            ("ID", self.id.as_str()),
            ("IssueInstant", &issued),
            ("NotOnOrAfter", &until),
            ("Version", "2.0"),
        ];
        w.element("samlp:LogoutRequest", &attributes, |w| {
            w.leaf("saml:Issuer", &[], self.issuer);
            if signed {
                w.signature();
            }
            w.leaf("saml:NameID", &[("Format", self.format.uri())], self.name_id);
            for index in self.session_indexes {
                w.leaf("samlp:SessionIndex", &[], index);
            }
        });
    }
}

/// What the answer must fit.
#[derive(Debug, Clone, Copy)]
pub struct LogoutExpected<'a> {
    /// The request it answers.
    pub request: &'a MessageId,
    /// The service's entity id.
    pub issuer: &'a str,
    /// Certificates its signature may be made with.
    pub signing: &'a [Certificate],
    /// The time of reading.
    pub now: Timestamp,
}

/// Reads the answer: fine only when the service says that the session is over, and nothing about it is odd. The line
/// it came by is authenticated by TLS; a signature is not demanded, but one that is there must hold.
pub fn read_answer(answer: &[u8], expected: &LogoutExpected<'_>) -> Result<(), LogoutFault> {
    let source = core::str::from_utf8(answer).map_err(|_| LogoutFault::NotText)?;
    let document = xml::parse(source, Limits::MESSAGE)?;
    xml::unique_ids(&document)?;
    let response = response(&document)?;
    signature(source, &document, response, expected.signing)?;
    if xml::attribute(response, "InResponseTo") != Some(expected.request.as_str()) {
        return Err(LogoutFault::OtherRequest);
    }
    let issuer = xml::only_child(response, names::ASSERTION, "Issuer")?.map(xml::text).transpose()?;
    if issuer != Some(expected.issuer) {
        return Err(LogoutFault::OtherIssuer);
    }
    let age = xml::attribute(response, "IssueInstant")
        .and_then(|text| parse_instant(text).ok())
        .map(|made_at| expected.now.duration_since(made_at).abs());
    if age.is_none_or(|age| age > CLOCK_SKEW) {
        return Err(LogoutFault::Stale);
    }
    success(response)
}

/// The one response in the one body; nothing beside it.
fn response<'a, 'i>(document: &'a Document<'i>) -> Result<Node<'a, 'i>, LogoutFault> {
    let envelope = document.root_element();
    if !xml::is(envelope, names::SOAP, "Envelope") {
        return Err(LogoutFault::NotAnAnswer);
    }
    let body = xml::only_child(envelope, names::SOAP, "Body")?.ok_or(LogoutFault::NotAnAnswer)?;
    let mut inside = body.children().filter(Node::is_element);
    match (inside.next(), inside.next()) {
        (Some(only), None) if xml::is(only, names::PROTOCOL, "LogoutResponse") => Ok(only),
        _ => Err(LogoutFault::NotAnAnswer),
    }
}

/// No signature is fine; one that is there must hold.
fn signature(
    source: &str,
    document: &Document<'_>,
    response: Node<'_, '_>,
    signing: &[Certificate],
) -> Result<(), LogoutFault> {
    match enveloped::verify_inside(source, document, response, signing) {
        Ok(()) | Err(SignatureFault::Unsigned) => Ok(()),
        Err(_) => Err(LogoutFault::BadSignature),
    }
}

/// Success on the top level, and nothing below it that takes it back.
pub(crate) fn success(response: Node<'_, '_>) -> Result<(), LogoutFault> {
    let status = xml::only_child(response, names::PROTOCOL, "Status")?.ok_or(LogoutFault::Refused)?;
    let code = xml::only_child(status, names::PROTOCOL, "StatusCode")?.ok_or(LogoutFault::Refused)?;
    let second = xml::only_child(code, names::PROTOCOL, "StatusCode")?;
    if second.is_some_and(|second| xml::attribute(second, "Value") == Some(names::STATUS_PARTIAL_LOGOUT)) {
        return Err(LogoutFault::Partial);
    }
    match xml::attribute(code, "Value") {
        Some(names::STATUS_SUCCESS) => Ok(()),
        _ => Err(LogoutFault::Refused),
    }
}
