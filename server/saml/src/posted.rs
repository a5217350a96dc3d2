//! A message that came in a form (HTTP-POST, SAML bindings 3.5): its signature stands inside it, so it is the XML that
//! must be whole.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Refusal;
use crate::certificate::Certificate;
use crate::enveloped::{self, Signature};
use crate::redirect::{MessageKind, RedirectFault, Verified, claimed_id, claimed_issuer, query};
use crate::values::MessageId;
use crate::xml::{self, Limits, XmlFault};

/// A form with a larger body is refused: a real logout message is 2–6 KB.
const FORM_LONGEST: usize = 64 * 1024;

/// A message whose signature is not verified yet: all it may be used for is to find out whose certificates to verify it
/// with.
pub struct Posted {
    kind: MessageKind,
    xml: String,
    relay_state: Option<String>,
}

impl std::fmt::Debug for Posted {
    /// Never the message: it may hold a name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Posted").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Posted {
    /// Takes the raw body of a form (`application/x-www-form-urlencoded`, not decoded) apart.
    pub fn from_form(raw: &str) -> Result<Self, Refusal> {
        if raw.len() > FORM_LONGEST {
            return Err(RedirectFault::TooLarge.into());
        }
        let pairs = query::pairs(raw)?;
        let (kind, message) = query::message(&pairs)?;
        // The standard allows it to be broken into lines (RFC 2045 6.8).
        let base64: String = query::decode(message)?.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(base64).map_err(|_| RedirectFault::BadBase64)?;
        Ok(Self {
            kind,
            xml: String::from_utf8(bytes).map_err(|_| RedirectFault::NotText)?,
            relay_state: query::relay_state(&pairs)?,
        })
    }

    /// Who the message claims to come from. Use it only to look up the connection.
    pub fn claimed_issuer(&self) -> Result<String, Refusal> {
        claimed_issuer(&self.xml)
    }

    /// The id the message claims, for the log of a message that is about to be refused.
    pub fn claimed_id(&self) -> Option<MessageId> {
        claimed_id(&self.xml)
    }

    /// Accepts the message when it is signed as a whole by the holder of any of these certificates.
    pub fn verify(self, certificates: &[Certificate]) -> Result<Verified, Refusal> {
        match self.judged(certificates)? {
            Signature::None => Err(RedirectFault::Unsigned.into()),
            Signature::Broken => Err(RedirectFault::BadSignature.into()),
            Signature::Holds => {
                Ok(Verified { kind: self.kind, xml: self.xml, relay_state: self.relay_state })
            }
        }
    }

    fn judged(&self, certificates: &[Certificate]) -> Result<Signature, XmlFault> {
        let document = xml::parse(&self.xml, Limits::MESSAGE)?;
        xml::unique_ids(&document)?;
        enveloped::signature(&self.xml, &document, document.root_element(), certificates)
    }
}
