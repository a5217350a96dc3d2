//! Signing what we issue (XML Signature: RSA-SHA256, exclusive canonicalisation, enveloped).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256};
use bergshamra::{DsigContext, KeysManager, dsig};
use kryptering::{HashAlgorithm, SignatureAlgorithm};

use crate::certificate::Certificate;
use crate::names;
use crate::reason::reasons;
use crate::values::MessageId;
use crate::xml::Writer;

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
    context: DsigContext,
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
        // The seam made for hardware keys takes a prepared software key just as well.
        let context = DsigContext::new(KeysManager::new()).with_hsm_signer(Box::new(Prepared(pair)));
        Ok(Self { context, certificate_base64: certificate.to_base64(), certificate })
    }

    /// The certificate to publish.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Writes the empty signature over the element with `id`; it stands right after the Issuer.
    pub(crate) fn placeholder(&self, w: &mut Writer, id: &MessageId) {
        let reference = format!("#{}", id.as_str());
        w.element("ds:Signature", &[("xmlns:ds", names::XMLDSIG)], |w| {
            w.element("ds:SignedInfo", &[], |w| {
                w.empty("ds:CanonicalizationMethod", &[("Algorithm", names::EXCLUSIVE_C14N)]);
                w.empty("ds:SignatureMethod", &[("Algorithm", names::RSA_SHA256)]);
                w.element("ds:Reference", &[("URI", &reference)], |w| {
                    w.element("ds:Transforms", &[], |w| {
                        w.empty("ds:Transform", &[("Algorithm", names::ENVELOPED_SIGNATURE)]);
                        w.empty("ds:Transform", &[("Algorithm", names::EXCLUSIVE_C14N)]);
                    });
                    w.empty("ds:DigestMethod", &[("Algorithm", names::SHA256)]);
                    w.empty("ds:DigestValue", &[]);
                });
            });
            w.empty("ds:SignatureValue", &[]);
            w.element("ds:KeyInfo", &[], |w| {
                w.element("ds:X509Data", &[], |w| {
                    w.leaf("ds:X509Certificate", &[], &self.certificate_base64);
                });
            });
        });
    }

    /// A signature over these bytes, as a query carries it (RSA-SHA256).
    pub(crate) fn sign_bytes(&self, bytes: &[u8]) -> Result<Vec<u8>, SignFault> {
        let signer = self.context.hsm_signer.as_ref().ok_or(SignFault::Failed)?;
        signer.sign(bytes).map_err(|_| SignFault::Failed)
    }

    /// Fills the placeholder of `document`.
    pub(crate) fn sign(&self, document: String) -> Result<String, SignFault> {
        dsig::sign::sign_owned(&self.context, document).map_err(|_| SignFault::Failed)
    }
}

struct Prepared(RsaKeyPair);

impl kryptering::Signer for Prepared {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::RsaPkcs1v15(HashAlgorithm::Sha256)
    }

    fn sign(&self, data: &[u8]) -> kryptering::Result<Vec<u8>> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        // PKCS#1 1.5 is deterministic; the generator only serves to blind the computation.
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)
            .map_err(|error| kryptering::Error::Crypto(error.to_string()))?;
        Ok(signature)
    }
}
