//! Metadata: reading a service's, writing our own (SAML metadata 2.0; oiosaml 1.7).

mod idp;
mod keys;
mod service;

pub use idp::IdentityProvider;
pub use service::{Consumer, LogoutBinding, LogoutEndpoint, Policy, ServiceProvider, read, read_signed};

use crate::reason::reasons;

reasons! {
    /// What is wrong with a service's metadata.
    MetadataFault {
        Xml = "metadata-xml", "The metadata cannot be read as XML.";
        NotEntity = "metadata-not-entity", "The metadata is not one md:EntityDescriptor (a list of entities is not accepted).";
        NoEntityId = "metadata-no-entity-id", "The entityID is missing or longer than 1024 characters.";
        Expired = "metadata-expired", "The metadata's validUntil has passed; ask the service for new metadata.";
        BadInstant = "metadata-bad-valid-until", "validUntil is not a time in UTC.";
        NoService = "metadata-no-service", "There must be exactly one md:SPSSODescriptor that supports SAML 2.0.";
        NoSigningKey = "metadata-no-signing-key", "There is no signing certificate, so the service's requests could not be verified.";
        BadCertificate = "metadata-bad-certificate", "A certificate cannot be used.";
        BadKeyUse = "metadata-bad-key-use", "A KeyDescriptor has a use other than signing or encryption.";
        KeyWithoutCertificate = "metadata-key-without-certificate", "A KeyDescriptor holds no X509Certificate.";
        EncryptionKeyNotRsa = "metadata-encryption-key-not-rsa", "The encryption certificate must hold an RSA key.";
        NoSupportedEncryption = "metadata-no-supported-encryption", "The listed EncryptionMethods hold no key transport by RSA-OAEP, or no AES-GCM or AES-256-CBC.";
        NoConsumer = "metadata-no-consumer", "There is no AssertionConsumerService with the HTTP-POST binding.";
        BadIndex = "metadata-bad-index", "An AssertionConsumerService has no index, or one that is used twice.";
        NotSigned = "metadata-not-signed", "The metadata does not bear the signature it must bear, over all of it.";
        BadAddress = "metadata-bad-address", "An address is not an absolute https address without user name and fragment.";
    }
}

/// What is wrong with the metadata, and where: an element, an address or the cause. Metadata
/// holds no personal data that lands here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} ({place})")]
pub struct MetadataError {
    /// What is wrong.
    pub fault: MetadataFault,
    /// Where, for the person who has to mend it.
    pub place: String,
}

impl MetadataError {
    /// A stable word for logs and audit records.
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }
}

/// The longest place that is named: what stands there is a stranger's, and goes into logs and the trail.
const LONGEST_PLACE: usize = 300;

/// Names the place of a fault: its beginning where it is long, and without what would break a line.
fn at(fault: MetadataFault, place: impl std::fmt::Display) -> MetadataError {
    let place = place.to_string();
    let place = place.chars().take(LONGEST_PLACE).map(|c| if c.is_control() { ' ' } else { c });
    MetadataError { fault, place: place.collect() }
}
