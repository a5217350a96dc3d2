//! Signing what we issue (XML Signature: RSA-SHA256, exclusive canonicalisation, enveloped).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::certificate::Certificate;
use crate::names;
use crate::reason::reasons;
use crate::values::MessageId;
use crate::xml::{Attributes, Unsigned, Writer};

reasons! {
    /// Why a signing key was refused, or did not sign.
    SignFault {
        UnusableKey = "sign-key-unusable", "The signing key is not an RSA key of at least 2048 bits in PKCS#8.";
        OtherCertificate = "sign-other-certificate", "The certificate belongs to another key.";
        OutOfTime = "sign-certificate-out-of-time", "The certificate is not within its dates.";
        Failed = "sign-failed", "The message could not be signed.";
        NoActiveKey = "sign-no-active-key", "No key of ours is active: `nsis-id keys create` makes one.";
    }
}

/// Our signing key, prepared once: parsing an RSA key costs as much as half a signature.
pub struct SigningKey {
    pair: RsaKeyPair,
    certificate: Certificate,
    certificate_base64: String,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// Takes a PKCS#8 DER key and the certificate published for it.
    pub fn new(pkcs8: &[u8], certificate: Certificate) -> Result<Self, SignFault> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(|_| SignFault::UnusableKey)?;
        if !certificate.holds_rsa_key(pair.public_key().as_ref()) {
            return Err(SignFault::OtherCertificate);
        }
        Ok(Self { pair, certificate_base64: certificate.to_base64(), certificate })
    }

    /// The certificate to publish.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A signature over these bytes, as a query carries it (RSA-SHA256).
    pub(crate) fn sign_bytes(&self, bytes: &[u8]) -> Result<Vec<u8>, SignFault> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        // PKCS#1 1.5 is deterministic; the generator only serves to blind the computation.
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut signature)
            .map_err(|_| SignFault::Failed)?;
        Ok(signature)
    }

    /// The document, whose root has this id, with its signature in the place left for it.
    pub(crate) fn sign(&self, unsigned: Unsigned, id: &MessageId) -> Result<String, SignFault> {
        let Unsigned { mut document, canonical, signature_at } = unsigned;
        let signature_at = signature_at.ok_or(SignFault::Failed)?;
        let info = SignedInfo {
            reference: format!("#{}", id.as_str()),
            digest: STANDARD.encode(digest(&SHA256, canonical.as_bytes())),
        };
        let alone = [("xmlns:ds", names::XMLDSIG)];
        let signed = Writer::unsigned(|w| info.write(w, &alone)).map_err(|_| SignFault::Failed)?.canonical;
        let value = STANDARD.encode(self.sign_bytes(signed.as_bytes())?);
        let signature = Writer::document(|w| self.signature(w, &info, &value));
        document.insert_str(signature_at, &signature.map_err(|_| SignFault::Failed)?);
        Ok(document)
    }

    fn signature(&self, w: &mut Writer, info: &SignedInfo, value: &str) {
        w.element("ds:Signature", &[("xmlns:ds", names::XMLDSIG)], |w| {
            info.write(w, &[]);
            w.leaf("ds:SignatureValue", &[], value);
            w.element("ds:KeyInfo", &[], |w| {
                w.element("ds:X509Data", &[], |w| {
                    w.leaf("ds:X509Certificate", &[], &self.certificate_base64);
                });
            });
        });
    }
}

/// What the signature itself covers.
struct SignedInfo {
    reference: String,
    digest: String,
}

impl SignedInfo {
    fn write(&self, w: &mut Writer, attributes: Attributes<'_>) {
        w.element("ds:SignedInfo", attributes, |w| {
            w.empty("ds:CanonicalizationMethod", &[("Algorithm", names::EXCLUSIVE_C14N)]);
            w.empty("ds:SignatureMethod", &[("Algorithm", names::RSA_SHA256)]);
            w.element("ds:Reference", &[("URI", &self.reference)], |w| {
                w.element("ds:Transforms", &[], |w| {
                    w.empty("ds:Transform", &[("Algorithm", names::ENVELOPED_SIGNATURE)]);
                    w.empty("ds:Transform", &[("Algorithm", names::EXCLUSIVE_C14N)]);
                });
                w.empty("ds:DigestMethod", &[("Algorithm", names::SHA256)]);
                w.leaf("ds:DigestValue", &[], &self.digest);
            });
        });
    }
}
