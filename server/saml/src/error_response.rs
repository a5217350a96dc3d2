//! The answer that says no (SAML core 3.2.2.2). Unlike an assertion's envelope it is signed as a
//! whole, since nothing inside it is.

use jiff::Timestamp;

use crate::response::{Envelope, ResponseFault};
use crate::sign::SigningKey;
use crate::values::{MessageId, ReturnTo};
use crate::xml::Writer;

/// What a service is told, top level and second level in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorStatus {
    /// The person did not, or could not, sign in.
    AuthnFailed,
    /// A page would have been needed and none was allowed.
    NoPassive,
    /// The level asked for cannot be reached.
    NoAuthnContext,
    /// The kind of name asked for is not given.
    InvalidNameIdPolicy,
    /// The answer was wanted by a binding we do not use.
    UnsupportedBinding,
    /// The request is genuine and not understood.
    RequestUnsupported,
    /// We refuse, and that is all we say.
    RequestDenied,
}

impl ErrorStatus {
    /// Whose fault it is: `Requester` when another request would do, else `Responder`.
    const fn top(self) -> &'static str {
        match self {
            Self::InvalidNameIdPolicy | Self::UnsupportedBinding | Self::RequestUnsupported => {
                "urn:oasis:names:tc:SAML:2.0:status:Requester"
            }
            Self::AuthnFailed | Self::NoPassive | Self::NoAuthnContext | Self::RequestDenied => {
                "urn:oasis:names:tc:SAML:2.0:status:Responder"
            }
        }
    }

    const fn second(self) -> &'static str {
        match self {
            Self::AuthnFailed => "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
            Self::NoPassive => "urn:oasis:names:tc:SAML:2.0:status:NoPassive",
            Self::NoAuthnContext => "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext",
            Self::InvalidNameIdPolicy => "urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy",
            Self::UnsupportedBinding => "urn:oasis:names:tc:SAML:2.0:status:UnsupportedBinding",
            Self::RequestUnsupported => "urn:oasis:names:tc:SAML:2.0:status:RequestUnsupported",
            Self::RequestDenied => "urn:oasis:names:tc:SAML:2.0:status:RequestDenied",
        }
    }
}

/// A refusal as the service shall learn of it.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// A new id for the response.
    pub response_id: &'a MessageId,
    /// Our entity id.
    pub issuer: &'a str,
    /// The request answered, and where.
    pub return_to: &'a ReturnTo,
    /// What the service is told.
    pub status: ErrorStatus,
    /// The time of issue.
    pub now: Timestamp,
}

impl Failure<'_> {
    /// Writes the signed response as XML.
    pub fn to_response(&self, key: &SigningKey) -> Result<String, ResponseFault> {
        let envelope =
            Envelope { id: self.response_id, issuer: self.issuer, return_to: self.return_to, now: self.now };
        let unsigned = Writer::unsigned(|w| {
            envelope.write(w, |w| {
                w.signature();
                w.element("samlp:Status", &[], |w| {
                    w.element("samlp:StatusCode", &[("Value", self.status.top())], |w| {
                        w.empty("samlp:StatusCode", &[("Value", self.status.second())]);
                    });
                });
            });
        })?;
        Ok(key.sign(unsigned, self.response_id)?)
    }
}
