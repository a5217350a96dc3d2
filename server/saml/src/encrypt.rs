//! Encrypting an assertion to one service (XML Encryption 1.1; OIO-ALG-01).
//!
//! The content key and its nonce are drawn by the crypto library: they are the one thing here
//! that does not come in as an argument.

use bergshamra::{EncContext, KeysManager, keys::loader};

use crate::certificate::{Certificate, KeyKind};
use crate::names;
use crate::reason::reasons;
use crate::xml::{Writer, XmlFault};

reasons! {
    /// Why an assertion could not be encrypted.
    EncryptFault {
        KeyNotRsa = "encrypt-key-not-rsa", "The service's encryption certificate holds no RSA key.";
        UnusableKey = "encrypt-key-unusable", "The service's encryption key cannot be used.";
        Failed = "encrypt-failed", "The assertion could not be encrypted.";
    }
}

/// How the content key travels. RSA with PKCS#1 1.5 padding is not among the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyTransport {
    /// `xmlenc11#rsa-oaep` with SHA-256 in both places: what NemLog-in itself uses.
    #[default]
    OaepSha256,
    /// `xmlenc#rsa-oaep-mgf1p` with SHA-1: the only one older libraries open. SHA-1 inside OAEP
    /// carries no signature and is not affected by collisions.
    OaepSha1,
}

impl KeyTransport {
    pub(crate) const BEST_FIRST: [Self; 2] = [Self::OaepSha256, Self::OaepSha1];

    pub(crate) const fn uri(self) -> &'static str {
        match self {
            Self::OaepSha256 => names::RSA_OAEP,
            Self::OaepSha1 => names::RSA_OAEP_MGF1P,
        }
    }

    pub(crate) const fn digest_uri(self) -> &'static str {
        match self {
            Self::OaepSha256 => names::SHA256,
            Self::OaepSha1 => names::SHA1,
        }
    }

    /// The digest a service means that lists this algorithm alone: for the newer one it leaves
    /// the choice to us, for the older one the standard says SHA-1.
    pub(crate) const fn assumed_digest(self) -> &'static str {
        self.digest_uri()
    }
}

/// What the assertion itself is encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cipher {
    /// AES-256 in Galois/Counter mode.
    #[default]
    Aes256Gcm,
    /// AES-128 in Galois/Counter mode.
    Aes128Gcm,
    /// AES-256 in CBC mode, for libraries that know no other; the signature inside protects it.
    Aes256Cbc,
}

impl Cipher {
    pub(crate) const BEST_FIRST: [Self; 3] = [Self::Aes256Gcm, Self::Aes128Gcm, Self::Aes256Cbc];

    pub(crate) const fn uri(self) -> &'static str {
        match self {
            Self::Aes256Gcm => names::AES256_GCM,
            Self::Aes128Gcm => names::AES128_GCM,
            Self::Aes256Cbc => names::AES256_CBC,
        }
    }
}

/// The kind of encryption used towards one service; the default is the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encryption {
    /// How the content key travels.
    pub transport: KeyTransport,
    /// What the content is encrypted with.
    pub cipher: Cipher,
}

/// Who can open the assertion. Worth keeping per connection: making one parses the certificate.
#[derive(Debug)]
pub struct Recipient {
    context: EncContext,
    template: String,
}

impl Recipient {
    /// Prepares encryption to the holder of the certificate's key.
    pub fn new(certificate: &Certificate, encryption: Encryption) -> Result<Self, EncryptFault> {
        if !matches!(certificate.kind(), KeyKind::Rsa { .. }) {
            return Err(EncryptFault::KeyNotRsa);
        }
        let key = loader::load_x509_cert_der(certificate.der()).map_err(|_| EncryptFault::UnusableKey)?;
        let mut keys = KeysManager::new();
        keys.add_key(key);
        Ok(Self {
            context: EncContext::new(keys),
            template: template(certificate, encryption).map_err(|_| EncryptFault::Failed)?,
        })
    }

    /// Wraps a signed assertion into `saml:EncryptedAssertion`.
    pub(crate) fn encrypt(&self, assertion: &str) -> Result<String, EncryptFault> {
        bergshamra::encrypt(&self.context, &self.template, assertion.as_bytes())
            .map_err(|_| EncryptFault::Failed)
    }
}

/// `saml:EncryptedAssertion` with the cipher values still empty.
fn template(certificate: &Certificate, encryption: Encryption) -> Result<String, XmlFault> {
    let data = [("xmlns:xenc", names::XMLENC), ("Type", names::ENCRYPTED_ELEMENT)];
    Writer::document(|w| {
        w.element("saml:EncryptedAssertion", &[("xmlns:saml", names::ASSERTION)], |w| {
            w.element("xenc:EncryptedData", &data, |w| {
                w.empty("xenc:EncryptionMethod", &[("Algorithm", encryption.cipher.uri())]);
                w.element("ds:KeyInfo", &[("xmlns:ds", names::XMLDSIG)], |w| {
                    w.element("xenc:EncryptedKey", &[], |w| {
                        key_transport(w, encryption.transport);
                        recipient(w, certificate);
                        cipher_data(w);
                    });
                });
                cipher_data(w);
            });
        });
    })
}

fn key_transport(w: &mut Writer, transport: KeyTransport) {
    w.element("xenc:EncryptionMethod", &[("Algorithm", transport.uri())], |w| {
        w.empty("ds:DigestMethod", &[("Algorithm", transport.digest_uri())]);
        if transport == KeyTransport::OaepSha256 {
            let mgf = [("xmlns:xenc11", names::XMLENC11), ("Algorithm", names::MGF1_SHA256)];
            w.empty("xenc11:MGF", &mgf);
        }
    });
}

fn recipient(w: &mut Writer, certificate: &Certificate) {
    w.element("ds:KeyInfo", &[], |w| {
        w.element("ds:X509Data", &[], |w| {
            w.leaf("ds:X509Certificate", &[], &certificate.to_base64());
        });
    });
}

fn cipher_data(w: &mut Writer) {
    w.element("xenc:CipherData", &[], |w| w.leaf("xenc:CipherValue", &[], ""));
}
