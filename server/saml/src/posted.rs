//! A message that came by HTTP-POST (SAML bindings 3.5): base64 in a form, signed inside, so it is the XML that must be
//! whole.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Refusal;
use crate::certificate::Certificate;
use crate::enveloped::{self, SignatureFault};
use crate::reason::reasons;
use crate::redirect::{MessageKind, RELAY_STATE_LONGEST, Verified, claimed_id, claimed_issuer, query};
use crate::values::MessageId;
use crate::xml::{self, Limits};

/// A form with a larger body is refused: a real logout message is 2–6 KB.
const FORM_LONGEST: usize = 64 * 1024;

reasons! {
    /// Why a posted message was refused before its content was looked at.
    PostedFault {
        BadBase64 = "posted-bad-base64", "The message is not base64.";
        TooLarge = "posted-too-large", "The message is larger than allowed.";
        NotText = "posted-not-text", "The message is not UTF-8 text.";
        RelayStateTooLong = "posted-relay-state-too-long", "RelayState is longer than 2048 bytes.";
        NoIssuer = "posted-no-issuer", "The message does not say who sent it.";
        Unsigned = "posted-unsigned", "The message is not signed.";
        WrappedSignature = "posted-wrapped-signature", "The signature does not stand in the message, or covers something else.";
        CrowdedSignature = "posted-crowded-signature", "The signature lists more transforms or prefixes than any needs.";
        WeakAlgorithm = "posted-weak-signature-algorithm", "The message is signed with SHA-1, which is refused.";
        UnknownAlgorithm = "posted-unknown-signature-algorithm", "The message is signed with an algorithm that is not supported.";
        BadSignature = "posted-bad-signature", "The signature fits none of the service's signing certificates.";
    }
}

impl From<SignatureFault> for PostedFault {
    fn from(fault: SignatureFault) -> Self {
        match fault {
            SignatureFault::Unsigned => Self::Unsigned,
            SignatureFault::Xml | SignatureFault::Misplaced | SignatureFault::OtherReference => {
                Self::WrappedSignature
            }
            SignatureFault::Crowded => Self::CrowdedSignature,
            SignatureFault::WeakAlgorithm => Self::WeakAlgorithm,
            SignatureFault::UnknownAlgorithm => Self::UnknownAlgorithm,
            SignatureFault::NotGenuine => Self::BadSignature,
        }
    }
}

/// A message whose signature is not verified yet: all it may be used for is to find out whose certificates to verify it
/// with.
pub struct Unverified {
    kind: MessageKind,
    xml: String,
    relay_state: Option<String>,
}

impl std::fmt::Debug for Unverified {
    /// Never the message: it may hold a name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unverified").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Unverified {
    /// Takes the fields of the form: `SAMLRequest`, and `RelayState`, which no signature covers in this binding.
    pub fn from_form(request: &str, relay_state: Option<&str>) -> Result<Self, Refusal> {
        Self::of(MessageKind::Request, request, relay_state.map(str::to_owned))
    }

    /// Takes the raw body of a form (`application/x-www-form-urlencoded`, not decoded) apart: a request or a response.
    pub fn from_body(raw: &str) -> Result<Self, Refusal> {
        if raw.len() > FORM_LONGEST {
            return Err(PostedFault::TooLarge.into());
        }
        let pairs = query::pairs(raw)?;
        let (kind, message) = query::message(&pairs)?;
        Self::of(kind, &query::decode(message)?, query::relay_state(&pairs)?)
    }

    fn of(kind: MessageKind, message: &str, relay_state: Option<String>) -> Result<Self, Refusal> {
        if relay_state.as_ref().is_some_and(|state| state.len() > RELAY_STATE_LONGEST) {
            return Err(PostedFault::RelayStateTooLong.into());
        }
        // Some libraries break base64 into lines, and bindings 3.5.4 lets them.
        let compact: String = message.split_ascii_whitespace().collect();
        if compact.len() / 4 * 3 > Limits::MESSAGE.bytes {
            return Err(PostedFault::TooLarge.into());
        }
        let bytes = STANDARD.decode(compact).map_err(|_| PostedFault::BadBase64)?;
        let xml = String::from_utf8(bytes).map_err(|_| PostedFault::NotText)?;
        Ok(Self { kind, xml, relay_state })
    }

    /// Who the message claims to come from. Use it only to look up the connection.
    pub fn claimed_issuer(&self) -> Result<String, Refusal> {
        Ok(claimed_issuer(&self.xml)?.ok_or(PostedFault::NoIssuer)?)
    }

    /// The id the message claims, for the log of a message that is about to be refused.
    pub fn claimed_id(&self) -> Option<MessageId> {
        claimed_id(&self.xml)
    }

    /// Accepts the message when the one signature in it covers all of it and fits any of the service's certificates.
    pub fn verify(self, certificates: &[Certificate]) -> Result<Verified, Refusal> {
        let document = xml::parse(&self.xml, Limits::MESSAGE)?;
        xml::unique_ids(&document)?;
        enveloped::verify(&self.xml, &document, certificates).map_err(PostedFault::from)?;
        drop(document);
        Ok(Verified { kind: self.kind, xml: self.xml, relay_state: self.relay_state, enveloped: true })
    }
}
