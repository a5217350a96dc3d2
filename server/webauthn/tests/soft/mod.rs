//! An authenticator made of software that says whatever a test wants, and the browser before it.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, IsCa, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const NEW_KEY: u8 = 1 << 6;

/// The maker of a model: a root, and the certificate its specimens attest with.
pub(crate) struct Maker {
    pub(crate) root: Vec<u8>,
    certificate: Vec<u8>,
    key: EcdsaKeyPair,
}

impl Maker {
    /// The maker of this model.
    pub(crate) fn of(model: Uuid) -> Self {
        let mut root = CertificateParams::new(Vec::new()).unwrap();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        root.distinguished_name.push(DnType::CommonName, format!("Root of {model}"));
        let root = CertifiedIssuer::self_signed(root, pair().0).unwrap();
        let mut leaf = CertificateParams::new(Vec::new()).unwrap();
        leaf.is_ca = IsCa::ExplicitNoCa;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        for (kind, value) in [
            (DnType::CountryName, "DK"),
            (DnType::OrganizationName, "Maker"),
            (DnType::OrganizationalUnitName, "Authenticator Attestation"),
            (DnType::CommonName, "Model"),
        ] {
            leaf.distinguished_name.push(kind, value);
        }
        // id-fido-gen-ce-aaguid: the model, as an octet string (WebAuthn 8.2.1).
        let said = [&[4, 16], model.as_bytes().as_slice()].concat();
        let aaguid = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 45724, 1, 1, 4], said);
        leaf.custom_extensions.push(aaguid);
        let (leaf_pair, pkcs8) = pair();
        let certificate = leaf.signed_by(&leaf_pair, &root).unwrap().der().to_vec();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8).unwrap();
        Self { root: root.der().to_vec(), certificate, key }
    }
}

fn pair() -> (KeyPair, Vec<u8>) {
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    let pkcs8 = pair.serialize_der();
    (pair, pkcs8)
}

/// What an authenticator signs with.
pub(crate) enum Signer {
    Es256(EcdsaKeyPair),
    Rs256(RsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl Signer {
    pub(crate) fn es256() -> Self {
        let (_, pkcs8) = pair();
        Self::Es256(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8).unwrap())
    }

    pub(crate) fn rs256() -> Self {
        Self::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    pub(crate) fn eddsa() -> Self {
        Self::EdDsa(Ed25519KeyPair::generate().unwrap())
    }

    /// The public key as COSE (RFC 9053, RFC 8230).
    fn cose(&self) -> Vec<u8> {
        match self {
            Self::Es256(key) => {
                let point = key.public_key().as_ref();
                let x_and_y = (bytes_item(&point[1..33]), bytes_item(&point[33..65]));
                [&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21][..], &x_and_y.0, &[0x22], &x_and_y.1]
                    .concat()
            }
            Self::Rs256(key) => {
                // A sequence of two integers (RFC 8017): n of 256 bytes behind a zero, and e of three.
                let der = key.public_key().as_ref();
                assert_eq!(der.len(), 270);
                let n_and_e = (bytes_item(&der[9..265]), bytes_item(&der[267..]));
                [&[0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20][..], &n_and_e.0, &[0x21], &n_and_e.1]
                    .concat()
            }
            Self::EdDsa(key) => {
                let x = bytes_item(key.public_key().as_ref());
                [&[0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21][..], &x].concat()
            }
        }
    }

    /// The public key as U2F writes it, a point of P-256; no other is one.
    fn point(&self) -> &[u8] {
        match self {
            Self::Es256(key) => key.public_key().as_ref(),
            Self::Rs256(_) | Self::EdDsa(_) => &[],
        }
    }

    fn sign(&self, data: &[u8], client: &[u8]) -> Vec<u8> {
        match self {
            Self::Es256(key) => sign(key, data, client),
            Self::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                let message = message(data, client);
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &message, &mut signature).unwrap();
                signature
            }
            Self::EdDsa(key) => key.sign(&message(data, client)).as_ref().to_vec(),
        }
    }
}

/// The authenticator.
#[expect(clippy::struct_excessive_bools, reason = "a test says each by itself")]
pub(crate) struct Soft {
    pub(crate) id: Vec<u8>,
    pub(crate) verifies: bool,
    pub(crate) eligible: bool,
    pub(crate) backed_up: bool,
    /// The counter of the next answer, which raises it by one unless it is zero.
    pub(crate) counter: u32,
    pub(crate) model: Uuid,
    pub(crate) origin: String,
    pub(crate) rp_id: String,
    /// Whose, told with an answer where it was made for a passkey.
    pub(crate) user: Option<Vec<u8>>,
    /// Flips a bit of the statement's signature.
    pub(crate) tampers: bool,
    /// Older than passkeys: what its maker states is stated as U2F does.
    pub(crate) u2f: bool,
    pub(crate) key: Signer,
}

impl Soft {
    /// A new one for this site, whose owner it verifies.
    pub(crate) fn at(origin: &str, rp_id: &str) -> Self {
        Self {
            id: Uuid::from_u128(77).as_bytes().to_vec(),
            verifies: true,
            eligible: false,
            backed_up: false,
            counter: 0,
            model: Uuid::nil(),
            origin: origin.to_owned(),
            rp_id: rp_id.to_owned(),
            user: None,
            tampers: false,
            u2f: false,
            key: Signer::es256(),
        }
    }

    /// Answers to a registration; attests by its maker where there is one.
    pub(crate) fn create(&mut self, options: &str, maker: Option<&Maker>) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.user = Some(bytes(&options["publicKey"]["user"]["id"]));
        let client = self.client("webauthn.create", &options);
        let data = self.data(NEW_KEY, &self.new_key());
        let object = self.object(&data, &client, maker);
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "response": {
                "clientDataJSON": BASE64.encode(&client),
                "attestationObject": BASE64.encode(&object),
                "transports": ["usb", "nfc"],
            },
            "clientExtensionResults": {"credProps": {"rk": true}},
        })
        .to_string()
    }

    /// Answers to a sign-in.
    pub(crate) fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let client = self.client("webauthn.get", &options);
        let data = self.data(0, &[]);
        let signature = self.key.sign(&data, &client);
        self.counter += u32::from(self.counter > 0);
        let mut response = json!({
            "clientDataJSON": BASE64.encode(&client),
            "authenticatorData": BASE64.encode(&data),
            "signature": BASE64.encode(signature),
        });
        if let Some(user) = &self.user {
            response["userHandle"] = json!(BASE64.encode(user));
        }
        json!({
            "id": BASE64.encode(&self.id), "rawId": BASE64.encode(&self.id), "type": "public-key",
            "response": response, "clientExtensionResults": {}, "authenticatorAttachment": "cross-platform",
        })
        .to_string()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, also: u8, rest: &[u8]) -> Vec<u8> {
        let set = |on: bool, flag: u8| if on { flag } else { 0 };
        let flags = PRESENT
            | also
            | set(self.verifies, VERIFIED)
            | set(self.eligible, ELIGIBLE)
            | set(self.backed_up, BACKED_UP);
        let site = Sha256::digest(self.rp_id.as_bytes());
        [site.as_slice(), &[flags], &self.counter.to_be_bytes(), rest].concat()
    }

    /// The attested credential data: model, name, public key as COSE.
    fn new_key(&self) -> Vec<u8> {
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        [self.model.as_bytes().as_slice(), &length, &self.id, &self.key.cose()].concat()
    }

    fn object(&self, data: &[u8], client: &[u8], maker: Option<&Maker>) -> Vec<u8> {
        let (format, statement) = match maker {
            None => ("none", vec![0xa0]),
            Some(maker) if self.u2f => {
                let stated = self.stated(maker, &self.u2f_message(client));
                ("fido-u2f", [&[0xa2][..], &stated].concat())
            }
            Some(maker) => {
                let stated = self.stated(maker, &message(data, client));
                ("packed", [&[0xa3][..], &text("alg"), &[0x26], &stated].concat())
            }
        };
        let parts = [
            &[0xa3][..],
            &text("fmt"),
            &text(format),
            &text("attStmt"),
            &statement,
            &text("authData"),
            &bytes_item(data),
        ];
        parts.concat()
    }

    /// What its maker signed, and with which certificate: two entries of CBOR.
    fn stated(&self, maker: &Maker, message: &[u8]) -> Vec<u8> {
        let mut signature = signed(&maker.key, message);
        if self.tampers {
            *signature.last_mut().unwrap() ^= 1;
        }
        [&text("sig")[..], &bytes_item(&signature), &text("x5c"), &[0x81], &bytes_item(&maker.certificate)]
            .concat()
    }

    /// What is signed of a new U2F key (FIDO U2F Raw Message Formats 4.3).
    fn u2f_message(&self, client: &[u8]) -> Vec<u8> {
        let (site, client) = (Sha256::digest(self.rp_id.as_bytes()), Sha256::digest(client));
        [&[0][..], site.as_slice(), client.as_slice(), &self.id, self.key.point()].concat()
    }
}

fn sign(key: &EcdsaKeyPair, data: &[u8], client: &[u8]) -> Vec<u8> {
    signed(key, &message(data, client))
}

fn signed(key: &EcdsaKeyPair, message: &[u8]) -> Vec<u8> {
    key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
}

/// What is signed (WebAuthn 6.3.3).
fn message(data: &[u8], client: &[u8]) -> Vec<u8> {
    [data, Sha256::digest(client).as_slice()].concat()
}

fn bytes(value: &Value) -> Vec<u8> {
    BASE64.decode(value.as_str().unwrap()).unwrap()
}

/// A text of CBOR, shorter than 24 bytes.
fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 24);
    [&[0x60 | length], text.as_bytes()].concat()
}

/// Bytes of CBOR.
fn bytes_item(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
    [&[0x59], length.as_slice(), bytes].concat()
}
