//! A message that came by HTTP-POST (SAML bindings 3.5): base64 in a form, signed inside.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Refusal;
use crate::certificate::Certificate;
use crate::enveloped::{self, SignatureFault};
use crate::reason::reasons;
use crate::redirect::{RELAY_STATE_LONGEST, Verified, claimed_id, claimed_issuer};
use crate::values::MessageId;
use crate::xml::{self, Limits};

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
            SignatureFault::WeakAlgorithm => Self::WeakAlgorithm,
            SignatureFault::UnknownAlgorithm => Self::UnknownAlgorithm,
            SignatureFault::NotGenuine => Self::BadSignature,
        }
    }
}

/// A message whose signature is not verified yet: all it may be used for is to find out whose certificates to verify it
/// with.
#[derive(Debug)]
pub struct Unverified {
    xml: String,
    relay_state: Option<String>,
}

impl Unverified {
    /// Takes the fields of the form: `SAMLRequest`, and `RelayState`, which no signature covers in this binding.
    pub fn from_form(request: &str, relay_state: Option<&str>) -> Result<Self, Refusal> {
        if relay_state.is_some_and(|state| state.len() > RELAY_STATE_LONGEST) {
            return Err(PostedFault::RelayStateTooLong.into());
        }
        // Some libraries break base64 into lines, and bindings 3.5.4 lets them.
        let compact: String = request.split_ascii_whitespace().collect();
        if compact.len() / 4 * 3 > Limits::MESSAGE.bytes {
            return Err(PostedFault::TooLarge.into());
        }
        let bytes = STANDARD.decode(compact).map_err(|_| PostedFault::BadBase64)?;
        let xml = String::from_utf8(bytes).map_err(|_| PostedFault::NotText)?;
        Ok(Self { xml, relay_state: relay_state.map(str::to_owned) })
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
        Ok(Verified { xml: self.xml, relay_state: self.relay_state, enveloped: true })
    }
}
