//! A service and an identity provider to test with.

#![expect(dead_code, reason = "every test file uses its own part")]
#![expect(unreachable_pub, reason = "a module shared by test files")]

pub mod enveloped;
pub mod federations;

use std::io::Write;
use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaSignatureEncoding};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use domain::association::{Association, Cvr};
use domain::ids::KeyId;
use domain::issue::{Cause, Grant};
use domain::level::{AssuranceLevel, Chain};
use domain::relying_party::{Preset, RelyingParty};
use domain::signing_key::SigningLife;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use saml::Refusal;
use saml::authn_request::{AuthnRequest, Expected, Rejected, Vocabulary, check};
use saml::certificate::Certificate;
use saml::keygen::{CertificateWish, self_signed};
use saml::metadata::{Policy, ServiceProvider, read};
use saml::port::{Settings, Wire};
use saml::redirect::Unverified;
use saml::sign::SigningKey;
use saml::values::NameIdFormat;
use usecases::ports::saml::{OurKey, SamlWire as _};

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const RSA_SHA512: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
pub const SSO: &str = "https://saml.example.dk/saml/sso";
pub const SLO: &str = "https://saml.example.dk/saml/slo";
pub const IDP: &str = "https://saml.example.dk/saml";
pub const SERVICE: &str = "https://sp.example.dk/saml/metadata";
pub const ACS: &str = "https://sp.example.dk/saml/acs";
pub const OTHER_ACS: &str = "https://sp.example.dk/saml/acs2";

pub fn now() -> Timestamp {
    at("2026-11-21T20:00:00Z")
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A key with its certificate.
pub struct Keys {
    pub pkcs8: Vec<u8>,
    pub pair: KeyPair,
    pub certificate: Certificate,
}

impl Keys {
    pub fn new(size: KeySize, name: &str) -> Self {
        let pair = KeyPair::generate(size).unwrap();
        let pkcs8 = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
        let certificate = self_signed(pkcs8.as_ref(), &wish(name)).unwrap();
        Self { pkcs8: pkcs8.as_ref().to_vec(), pair, certificate }
    }

    pub fn sign(&self, encoding: &'static RsaSignatureEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(encoding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }

    pub fn pem(&self) -> String {
        pem("PRIVATE KEY", &self.pkcs8)
    }
}

pub fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der).into_bytes();
    let lines: Vec<_> = base64.chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

pub fn wish(name: &str) -> CertificateWish<'_> {
    CertificateWish {
        common_name: name,
        organisation: "Prøve Kommune",
        serial: [9; 16],
        not_before: at("2026-01-01T00:00:00Z"),
        not_after: at("2029-01-01T00:00:00Z"),
    }
}

/// The service's keys; drawn once for each test programme.
pub fn service_keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::new(KeySize::Rsa2048, "sp.example.dk"))
}

/// A stranger's keys.
pub fn other_keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::new(KeySize::Rsa2048, "stranger.example.dk"))
}

/// The identity provider's keys, and them ready to sign.
pub fn idp_keys() -> &'static (Keys, SigningKey) {
    static KEYS: OnceLock<(Keys, SigningKey)> = OnceLock::new();
    KEYS.get_or_init(|| {
        let keys = Keys::new(KeySize::Rsa3072, "saml.example.dk");
        let signing = SigningKey::new(&keys.pkcs8, keys.certificate.clone()).unwrap();
        (keys, signing)
    })
}

pub fn key_descriptor(r#use: &str, certificate: &Certificate, inside: &str) -> String {
    let attribute = if r#use.is_empty() { String::new() } else { format!(" use=\"{use}\"") };
    format!(
        "<md:KeyDescriptor{attribute}><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>\n{}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo>{inside}</md:KeyDescriptor>",
        certificate.to_base64()
    )
}

pub fn consumer(index: &str, location: &str, rest: &str) -> String {
    format!(
        "<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{location}\" index=\"{index}\"{rest}/>"
    )
}

/// Metadata of a service around what its role holds.
pub fn service_metadata(entity_id: &str, role: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{entity_id}\"><md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{role}</md:SPSSODescriptor></md:EntityDescriptor>"
    )
}

pub fn policy() -> Policy {
    Policy { now: now(), http_on_loopback: false }
}

/// The service as the identity provider knows it.
pub fn service() -> ServiceProvider {
    let keys = service_keys();
    let role = [
        key_descriptor("", &keys.certificate, ""),
        consumer("0", ACS, " isDefault=\"true\""),
        consumer("1", OTHER_ACS, ""),
    ]
    .concat();
    read(&service_metadata(SERVICE, &role), policy()).unwrap()
}

/// An `AuthnRequest` that passes, to be changed by the test.
#[derive(Clone)]
pub struct Request {
    pub root: &'static str,
    pub attributes: Vec<(&'static str, String)>,
    pub issuer: String,
    pub inside: String,
}

impl Request {
    pub fn good() -> Self {
        let attributes = [
            ("ID", "_request1"),
            ("Version", "2.0"),
            ("IssueInstant", "2026-11-21T20:00:00Z"),
            ("Destination", SSO),
            ("AssertionConsumerServiceURL", ACS),
            ("ProtocolBinding", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"),
        ];
        Self {
            root: "AuthnRequest",
            attributes: attributes.map(|(name, value)| (name, value.to_owned())).to_vec(),
            issuer: format!("<saml:Issuer>{SERVICE}</saml:Issuer>"),
            inside: String::new(),
        }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self.attributes.push((name, value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self
    }

    pub fn issuer(mut self, xml: impl Into<String>) -> Self {
        self.issuer = xml.into();
        self
    }

    pub fn inside(mut self, xml: impl Into<String>) -> Self {
        self.inside = xml.into();
        self
    }

    pub fn xml(&self) -> String {
        let attributes: Vec<_> =
            self.attributes.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let attributes = attributes.join(" ");
        format!(
            "<samlp:{root} xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" {attributes}>{}{}</samlp:{root}>",
            self.issuer,
            self.inside,
            root = self.root,
        )
    }

    /// The request as a signed query.
    pub fn query(&self) -> String {
        signed_query(&self.xml(), Some("token 1/å"))
    }
}

pub fn deflate(plain: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

/// Percent-encoding with upper-case escapes of everything but letters, digits and `-._~`.
pub fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// What a service signs, in the order of the standard.
pub fn to_be_signed(xml: &str, relay_state: Option<&str>, algorithm: &str) -> String {
    let request = escape(&STANDARD.encode(deflate(xml.as_bytes())));
    let relay_state = relay_state.map(|state| format!("&RelayState={}", escape(state))).unwrap_or_default();
    format!("SAMLRequest={request}{relay_state}&SigAlg={}", escape(algorithm))
}

pub fn signed_by(keys: &Keys, signed: &str) -> String {
    let signature = keys.sign(&RSA_PKCS1_SHA256, signed.as_bytes());
    format!("{signed}&Signature={}", escape(&STANDARD.encode(signature)))
}

pub fn signed_with_sha512(keys: &Keys, signed: &str) -> String {
    let signature = keys.sign(&RSA_PKCS1_SHA512, signed.as_bytes());
    format!("{signed}&Signature={}", escape(&STANDARD.encode(signature)))
}

pub fn signed_query(xml: &str, relay_state: Option<&str>) -> String {
    signed_by(service_keys(), &to_be_signed(xml, relay_state, RSA_SHA256))
}

/// Sends a query through the whole gate.
pub fn receive(query: &str) -> Result<AuthnRequest, Rejected> {
    receive_for(query, &service())
}

pub fn receive_for(query: &str, service: &ServiceProvider) -> Result<AuthnRequest, Rejected> {
    let verified = Unverified::from_query(query)?.verify(&service.signing)?;
    let expected = Expected {
        service,
        destination: SSO,
        name_id_formats: &[NameIdFormat::Persistent, NameIdFormat::Transient],
        vocabulary: Vocabulary::Nsis,
        now: now(),
    };
    check(&verified, &expected)
}

/// Why a query was refused with a page of our own.
pub fn refusal(query: &str) -> Refusal {
    match receive(query) {
        Err(Rejected::ShowPage(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// An id of anything.
pub const AN_ID: &str = "019a0000-0000-7000-8000-000000000001";

/// The id of a key of ours.
pub fn key_id(number: u8) -> KeyId {
    format!("00000000-0000-0000-0000-{number:012}").parse().unwrap()
}

/// A key of ours, ready for the wire.
pub fn our_key(number: u8, keys: &Keys, life: SigningLife) -> OurKey {
    OurKey {
        id: key_id(number),
        life,
        certificate: keys.certificate.der().to_vec(),
        private: life.may_sign().then(|| keys.pkcs8.clone().into()),
    }
}

/// A wire of the identity provider without keys.
pub fn keyless() -> Wire {
    Wire::new(Settings {
        entity_id: IDP.to_owned(),
        single_sign_on: SSO.to_owned(),
        single_logout: SLO.to_owned(),
        http_on_loopback: false,
        states_levels: true,
    })
}

/// One that signs with the one key of ours.
pub fn signing() -> Wire {
    let wire = keyless();
    wire.take_up(&[our_key(1, &idp_keys().0, SigningLife::Active(now()))], now()).unwrap();
    wire
}

/// The whole wire of the identity provider, with a key that signs next.
pub fn house() -> Wire {
    let wire = keyless();
    let keys = [
        our_key(1, &idp_keys().0, SigningLife::Active(now())),
        our_key(2, other_keys(), SigningLife::Published(now())),
    ];
    wire.take_up(&keys, now()).unwrap();
    wire
}

/// A service of one of the federations, with what is usual there.
pub fn connected_as(preset: Preset) -> RelyingParty {
    let role = [key_descriptor("", &service_keys().certificate, ""), consumer("0", ACS, "")].concat();
    let rp = house().connection(&service_metadata(SERVICE, &role), AN_ID.parse().unwrap(), now()).unwrap();
    RelyingParty {
        name_id: preset.name_id().unwrap_or(rp.name_id),
        context_ref: preset.context_ref(),
        says: preset.saying(),
        ..rp
    }
}

/// What an employee at Substantial is granted.
pub fn granted() -> Grant {
    let level = AssuranceLevel::Substantial;
    let association = Association {
        id: AN_ID.parse().unwrap(),
        person: AN_ID.parse().unwrap(),
        cvr: Cvr::try_from("99999999".to_owned()).unwrap(),
        employee_number: "1001".to_owned(),
        unit: "Hjemmepleje Nord".to_owned(),
        starts_on: "2026-11-01".parse().unwrap(),
        ends_on: None,
        activated_at: Some(now()),
        closed_at: None,
    };
    Grant {
        person: association.person,
        association,
        level: Some(level),
        chain: Chain { identity: level, authentication: level, federation: level },
        authenticated_at: at("2026-11-21T19:45:00Z"),
        session_ends_at: at("2026-11-21T20:45:00Z"),
        cause: Cause::Session,
    }
}
