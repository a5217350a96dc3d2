//! Encrypting an assertion to one service (XML Encryption 1.1; OIO-ALG-01).
//!
//! The content key and its nonce are drawn by the crypto library: they are the one thing here
//! that does not come in as an argument.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::SoftwareKey;
use bergshamra::crypto::keytransport::OaepParams;
use bergshamra::crypto::{cipher, keytransport};
use bergshamra::keys::loader;
use zeroize::Zeroizing;

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

    /// What masks are made with, where that is said.
    const fn mask_uri(self) -> Option<&'static str> {
        match self {
            Self::OaepSha256 => Some(names::MGF1_SHA256),
            Self::OaepSha1 => None,
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
    key: SoftwareKey,
    encryption: Encryption,
    /// What stands before the key for the content, between it and the content, and after.
    around: [String; 3],
}

impl Recipient {
    /// Prepares encryption to the holder of the certificate's key.
    pub fn new(certificate: &Certificate, encryption: Encryption) -> Result<Self, EncryptFault> {
        if !matches!(certificate.kind(), KeyKind::Rsa { .. }) {
            return Err(EncryptFault::KeyNotRsa);
        }
        let key = loader::load_x509_cert_der(certificate.der()).and_then(|key| key.software_key());
        let key = key.ok().flatten().ok_or(EncryptFault::UnusableKey)?;
        let template = template(certificate, encryption).map_err(|_| EncryptFault::Failed)?;
        let around: Vec<_> = template.split(VALUE).map(str::to_owned).collect();
        Ok(Self { key, encryption, around: around.try_into().map_err(|_| EncryptFault::Failed)? })
    }

    /// Wraps a signed assertion into `saml:EncryptedAssertion`.
    pub(crate) fn encrypt(&self, assertion: &str) -> Result<String, EncryptFault> {
        let Encryption { transport, cipher } = self.encryption;
        let params = OaepParams {
            digest_uri: Some(transport.digest_uri().to_owned()),
            mgf_uri: transport.mask_uri().map(str::to_owned),
            oaep_params: None,
        };
        let sealed = || {
            let cipher = cipher::from_uri(cipher.uri())?;
            let key = kryptering::random_bytes(cipher.key_size());
            let key = Zeroizing::new(key.map_err(|error| bergshamra::Error::Crypto(error.to_string()))?);
            let transport = keytransport::from_uri_with_params(transport.uri(), params)?;
            Ok::<_, bergshamra::Error>([
                transport.encrypt(&self.key, &key)?,
                cipher.encrypt(&key, assertion.as_bytes())?,
            ])
        };
        let [key, content] = sealed().map_err(|_| EncryptFault::Failed)?.map(|bytes| STANDARD.encode(bytes));
        let [before, between, after] = &self.around;
        let value = |text: &str| format!("<xenc:CipherValue>{text}</xenc:CipherValue>");
        Ok([before.as_str(), &value(&key), between, &value(&content), after].concat())
    }
}

/// A cipher value that is still empty.
const VALUE: &str = "<xenc:CipherValue></xenc:CipherValue>";

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
        if let Some(mask) = transport.mask_uri() {
            w.empty("xenc11:MGF", &[("xmlns:xenc11", names::XMLENC11), ("Algorithm", mask)]);
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
