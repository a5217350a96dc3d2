//! A message that came by HTTP-Redirect (SAML bindings 3.4): taken apart without losing a byte,
//! because the signature covers the query exactly as it was sent.

mod inflate;
pub(crate) mod query;

use std::io::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::Refusal;
use crate::certificate::Certificate;
use crate::names;
use crate::reason::reasons;
use crate::sign::{SignFault, SigningKey};
use crate::values::MessageId;
use crate::xml::{self, Limits, XmlFault};

use query::{Parameters, decode};

/// `RelayState` longer than this is refused.
pub(crate) const RELAY_STATE_LONGEST: usize = 2048;

reasons! {
    /// Why a redirected message was refused before its content was looked at.
    RedirectFault {
        QueryTooLong = "redirect-query-too-long", "The query is longer than allowed.";
        DuplicateParameter = "redirect-duplicate-parameter", "A SAML parameter stands in the query twice.";
        DisguisedParameter = "redirect-disguised-parameter", "The name of a SAML parameter is percent-encoded.";
        NoRequest = "redirect-no-request", "The query or form holds no SAMLRequest.";
        TwoMessages = "redirect-two-messages", "The query or form holds both a SAMLRequest and a SAMLResponse.";
        Response = "redirect-response", "The query holds a SAMLResponse where a request is expected.";
        BadPercentEncoding = "redirect-bad-percent-encoding", "A parameter is not percent-encoded UTF-8.";
        BadEncoding = "redirect-bad-encoding", "The query asks for an encoding other than DEFLATE.";
        BadBase64 = "redirect-bad-base64", "The message or its signature is not base64.";
        BadDeflate = "redirect-bad-deflate", "The message is not compressed with DEFLATE.";
        TooLarge = "redirect-too-large", "The message grows larger than allowed when unpacked.";
        NotText = "redirect-not-text", "The message is not UTF-8 text.";
        RelayStateTooLong = "redirect-relay-state-too-long", "RelayState is longer than 2048 bytes.";
        Unsigned = "redirect-unsigned", "The message is not signed.";
        WeakAlgorithm = "redirect-weak-signature-algorithm", "The message is signed with SHA-1, which is refused.";
        UnknownAlgorithm = "redirect-unknown-signature-algorithm", "The message is signed with an algorithm that is not supported.";
        BadSignature = "redirect-bad-signature", "The signature fits none of the service's signing certificates.";
        NoIssuer = "redirect-no-issuer", "The message does not say who sent it.";
    }
}

/// A signature algorithm accepted on a query. SHA-1 is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA with SHA-256 (PKCS#1 1.5 padding).
    RsaSha256,
    /// RSA with SHA-512 (PKCS#1 1.5 padding).
    RsaSha512,
    /// ECDSA on P-256 with SHA-256.
    EcdsaSha256,
    /// ECDSA on P-384 with SHA-384.
    EcdsaSha384,
}

impl SignatureAlgorithm {
    fn from_uri(uri: &str) -> Result<Self, RedirectFault> {
        match uri {
            names::RSA_SHA256 => Ok(Self::RsaSha256),
            names::RSA_SHA512 => Ok(Self::RsaSha512),
            names::ECDSA_SHA256 => Ok(Self::EcdsaSha256),
            names::ECDSA_SHA384 => Ok(Self::EcdsaSha384),
            names::RSA_SHA1 | names::ECDSA_SHA1 | names::DSA_SHA1 => Err(RedirectFault::WeakAlgorithm),
            _ => Err(RedirectFault::UnknownAlgorithm),
        }
    }
}

/// Whether somebody asks or answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// `SAMLRequest`
    Request,
    /// `SAMLResponse`
    Response,
}

impl MessageKind {
    /// The parameter or field that carries it.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Request => "SAMLRequest",
            Self::Response => "SAMLResponse",
        }
    }
}

/// A signed message whose signature is not verified yet: all it may be used for is to find out
/// whose certificates to verify it with.
pub struct Unverified {
    kind: MessageKind,
    xml: String,
    relay_state: Option<String>,
    signed: String,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
}

/// A message known to come from the holder of one of the given certificates.
pub struct Verified {
    pub(crate) kind: MessageKind,
    pub(crate) xml: String,
    pub(crate) relay_state: Option<String>,
    /// The signature that verified it stands inside it.
    pub(crate) enveloped: bool,
}

impl std::fmt::Debug for Unverified {
    /// Never the message: it may hold a name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unverified").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Verified {
    /// Never the message: it may hold a name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verified").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Unverified {
    /// Takes the raw query (the part of the address after `?`, not decoded) of a request apart.
    pub fn from_query(raw: &str) -> Result<Self, Refusal> {
        Self::of(&Parameters::split(raw)?)
    }

    /// The same of a request or a response.
    pub fn either(raw: &str) -> Result<Self, Refusal> {
        Self::of(&Parameters::either(raw)?)
    }

    fn of(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let algorithm = SignatureAlgorithm::from_uri(&decode(parameters.signature_algorithm)?)?;
        let signature = unbase64(parameters.signature)?;
        let relay_state = query::opaque(parameters.relay_state)?;
        let packed = unbase64(parameters.message)?;
        let unpacked = inflate::inflate(&packed, Limits::MESSAGE.bytes)?;
        Ok(Self {
            kind: parameters.kind,
            xml: String::from_utf8(unpacked).map_err(|_| RedirectFault::NotText)?,
            relay_state,
            signed: parameters.signed(),
            algorithm,
            signature,
        })
    }

    /// Who the message claims to come from. Use it only to look up the connection.
    pub fn claimed_issuer(&self) -> Result<String, Refusal> {
        Ok(claimed_issuer(&self.xml)?.ok_or(RedirectFault::NoIssuer)?)
    }

    /// The id the message claims, for the log of a message that is about to be refused.
    pub fn claimed_id(&self) -> Option<MessageId> {
        claimed_id(&self.xml)
    }

    /// Accepts the message when its signature fits any of the service's signing certificates
    /// (several stand side by side while a partner changes keys).
    pub fn verify(self, certificates: &[Certificate]) -> Result<Verified, Refusal> {
        let genuine = certificates
            .iter()
            .any(|certificate| certificate.verifies(self.algorithm, self.signed.as_bytes(), &self.signature));
        if genuine {
            Ok(Verified { kind: self.kind, xml: self.xml, relay_state: self.relay_state, enveloped: false })
        } else {
            Err(RedirectFault::BadSignature.into())
        }
    }
}

/// Who a message of either binding claims to come from.
pub(crate) fn claimed_issuer(xml: &str) -> Result<Option<String>, XmlFault> {
    let document = xml::parse(xml, Limits::MESSAGE)?;
    let issuer = xml::only_child(document.root_element(), names::ASSERTION, "Issuer")?;
    issuer.map(|issuer| xml::text(issuer).map(str::to_owned)).transpose()
}

/// The id a message of either binding claims.
pub(crate) fn claimed_id(xml: &str) -> Option<MessageId> {
    let document = xml::parse(xml, Limits::MESSAGE).ok()?;
    MessageId::parse(xml::attribute(document.root_element(), "ID")?).ok()
}

/// The address that carries a message of ours, signed as a whole (bindings 3.4.4).
pub(crate) fn to_address(
    location: &str,
    kind: MessageKind,
    message: &str,
    relay_state: Option<&str>,
    key: &SigningKey,
) -> Result<String, SignFault> {
    let packed = deflated(message.as_bytes()).map_err(|_| SignFault::Failed)?;
    let unsigned = query::unsigned(kind, &STANDARD.encode(packed), relay_state);
    let signature = STANDARD.encode(key.sign_bytes(unsigned.as_bytes())?);
    let joint = if location.contains('?') { '&' } else { '?' };
    Ok(format!("{location}{joint}{}", query::sealed(&unsigned, &signature)))
}

fn deflated(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain)?;
    encoder.finish()
}

fn unbase64(raw: &str) -> Result<Vec<u8>, RedirectFault> {
    STANDARD.decode(decode(raw)?).map_err(|_| RedirectFault::BadBase64)
}
