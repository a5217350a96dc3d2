//! The answer that signs a person in: one assertion, signed, then encrypted (oiosaml 1.4).

use jiff::{SignedDuration, Timestamp};

use crate::attributes::Attribute;
use crate::authn_request::StatedContext;
use crate::encrypt::{EncryptFault, Recipient};
use crate::names;
use crate::reason::reasons;
use crate::sign::{SignFault, SigningKey};
use crate::values::{MessageId, NameId, ReturnTo, format_instant, shifted};
use crate::xml::{Writer, XmlFault};

/// How long the assertion may be handed in (N 6.5: few minutes).
const CONFIRMATION_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long the assertion's content holds.
const CONDITIONS_LIFE: SignedDuration = SignedDuration::from_mins(10);

reasons! {
    /// Why an answer was not made.
    ResponseFault {
        ConfidentialUnencrypted = "response-confidential-unencrypted", "A confidential attribute or name must not be sent without encryption.";
        SessionEnded = "response-session-ended", "The session ends before the assertion begins.";
        Xml = "response-xml", "A value cannot be written as XML.";
        Sign = "response-sign", "The assertion could not be signed.";
        Encrypt = "response-encrypt", "The assertion could not be encrypted.";
    }
}

impl From<XmlFault> for ResponseFault {
    fn from(_: XmlFault) -> Self {
        Self::Xml
    }
}

impl From<SignFault> for ResponseFault {
    fn from(_: SignFault) -> Self {
        Self::Sign
    }
}

impl From<EncryptFault> for ResponseFault {
    fn from(_: EncryptFault) -> Self {
        Self::Encrypt
    }
}

/// What stands in `AuthnContextClassRef`: services differ, so each connection says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassRef {
    /// The stated level as a URI.
    LevelUri,
    /// `https://data.gov.dk/concept/core/nsis`; the level stands in the attribute only.
    Nsis,
    /// The requested reference that is satisfied, for services that compare byte by byte.
    Echo,
}

impl ClassRef {
    /// The reference for a stated context.
    pub fn uri(self, stated: StatedContext) -> &'static str {
        match self {
            Self::LevelUri => stated.level.uri(),
            Self::Nsis => "https://data.gov.dk/concept/core/nsis",
            Self::Echo => stated.requested.unwrap_or(stated.level).uri(),
        }
    }
}

/// A finished sign-in as one service shall learn of it. Decisions are taken by the caller; here
/// they are only written down.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// A new id for the response.
    pub response_id: &'a MessageId,
    /// A new id for the assertion.
    pub assertion_id: &'a MessageId,
    /// Our entity id.
    pub issuer: &'a str,
    /// The service's entity id.
    pub audience: &'a str,
    /// The request answered, and where.
    pub return_to: &'a ReturnTo,
    /// The person's name at this service.
    pub name_id: &'a NameId,
    /// When she really authenticated.
    pub authenticated_at: Timestamp,
    /// The session's handle, by which the service will ask to end it.
    pub session_index: &'a str,
    /// When the service's session must end.
    pub session_ends: Timestamp,
    /// The class reference, see [`ClassRef::uri`].
    pub class_ref: &'a str,
    /// What is said about her.
    pub attributes: &'a [Attribute],
    /// The time of issue.
    pub now: Timestamp,
}

impl SignIn<'_> {
    /// Writes the response as XML. Without a recipient the assertion goes signed but readable,
    /// which is refused when anything in it is confidential.
    pub fn to_response(
        &self,
        key: &SigningKey,
        recipient: Option<&Recipient>,
    ) -> Result<String, ResponseFault> {
        let confidential =
            self.name_id.confidential || self.attributes.iter().any(Attribute::is_confidential);
        if confidential && recipient.is_none() {
            return Err(ResponseFault::ConfidentialUnencrypted);
        }
        if self.session_ends <= self.now {
            return Err(ResponseFault::SessionEnded);
        }
        let signed = key.sign(Writer::unsigned(|w| self.assertion(w))?, self.assertion_id)?;
        let assertion = match recipient {
            Some(recipient) => recipient.encrypt(&signed)?,
            None => signed,
        };
        let envelope =
            Envelope { id: self.response_id, issuer: self.issuer, return_to: self.return_to, now: self.now };
        Ok(Writer::document(|w| {
            envelope.write(w, |w| {
                w.element("samlp:Status", &[], |w| {
                    w.empty("samlp:StatusCode", &[("Value", names::STATUS_SUCCESS)]);
                });
                w.fragment(&assertion);
            });
        })?)
    }

    fn assertion(&self, w: &mut Writer) {
        let issued = format_instant(self.now);
        let attributes = [
            ("xmlns:saml", names::ASSERTION),
            ("xmlns:xs", names::XML_SCHEMA),
            ("xmlns:xsi", names::XML_SCHEMA_INSTANCE),
            ("ID", self.assertion_id.as_str()),
            ("IssueInstant", &issued),
            ("Version", "2.0"),
        ];
        w.element("saml:Assertion", &attributes, |w| {
            w.leaf("saml:Issuer", &[], self.issuer);
            w.signature();
            self.subject(w);
            self.conditions(w);
            self.statement(w);
            self.attribute_statement(w);
        });
    }

    fn subject(&self, w: &mut Writer) {
        // No NotBefore: SAML profiles 4.1.4.2 forbids it on a bearer confirmation.
        let expires = format_instant(shifted(self.now, CONFIRMATION_LIFE));
        let data = [
            ("InResponseTo", self.return_to.request.as_str()),
            ("NotOnOrAfter", &expires),
            ("Recipient", &self.return_to.address),
        ];
        let confirmation = [("Method", names::CONFIRMATION_BEARER)];
        w.element("saml:Subject", &[], |w| {
            let format = [("Format", self.name_id.format.uri())];
            w.leaf("saml:NameID", &format, &self.name_id.value);
            w.element("saml:SubjectConfirmation", &confirmation, |w| {
                w.empty("saml:SubjectConfirmationData", &data);
            });
        });
    }

    fn conditions(&self, w: &mut Writer) {
        let begins = format_instant(self.now);
        let ends = format_instant(shifted(self.now, CONDITIONS_LIFE));
        let window = [("NotBefore", begins.as_str()), ("NotOnOrAfter", &ends)];
        w.element("saml:Conditions", &window, |w| {
            w.element("saml:AudienceRestriction", &[], |w| {
                w.leaf("saml:Audience", &[], self.audience);
            });
        });
    }

    fn statement(&self, w: &mut Writer) {
        let instant = format_instant(self.authenticated_at);
        let ends = format_instant(self.session_ends);
        let attributes = [
            ("AuthnInstant", instant.as_str()),
            ("SessionIndex", self.session_index),
            ("SessionNotOnOrAfter", &ends),
        ];
        w.element("saml:AuthnStatement", &attributes, |w| {
            w.element("saml:AuthnContext", &[], |w| {
                w.leaf("saml:AuthnContextClassRef", &[], self.class_ref);
            });
        });
    }

    fn attribute_statement(&self, w: &mut Writer) {
        // The schema demands at least one attribute in the statement.
        if self.attributes.is_empty() {
            return;
        }
        w.element("saml:AttributeStatement", &[], |w| {
            for attribute in self.attributes {
                let name = [("Name", attribute.name.as_str()), ("NameFormat", names::ATTRIBUTE_NAME_URI)];
                w.element("saml:Attribute", &name, |w| {
                    for value in &attribute.values {
                        w.leaf("saml:AttributeValue", &[("xsi:type", "xs:string")], value);
                    }
                });
            }
        });
    }
}

/// What every response begins with.
pub(crate) struct Envelope<'a> {
    pub(crate) id: &'a MessageId,
    pub(crate) issuer: &'a str,
    pub(crate) return_to: &'a ReturnTo,
    pub(crate) now: Timestamp,
}

impl Envelope<'_> {
    pub(crate) fn write(&self, w: &mut Writer, inside: impl FnOnce(&mut Writer)) {
        let issued = format_instant(self.now);
        let attributes = [
            ("xmlns:samlp", names::PROTOCOL),
            ("Destination", &self.return_to.address),
            ("ID", self.id.as_str()),
            ("InResponseTo", self.return_to.request.as_str()),
            ("IssueInstant", &issued),
            ("Version", "2.0"),
        ];
        w.element("samlp:Response", &attributes, |w| {
            w.leaf("saml:Issuer", &[("xmlns:saml", names::ASSERTION)], self.issuer);
            inside(w);
        });
    }
}
