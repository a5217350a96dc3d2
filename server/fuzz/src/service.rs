//! What services send by SAML, and administrators of them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use saml::authn_request::{Expected, Rejected, Vocabulary, check};
use saml::certificate::Certificate;
use saml::front_logout::{FrontExpected, Heard, hear};
use saml::logout::{LogoutExpected, read_answer};
use saml::metadata::{Policy, ServiceProvider, read};
use saml::posted;
use saml::redirect::Unverified;
use saml::values::{MessageId, NameIdFormat, ReturnTo};
use std::io::Write as _;
use std::sync::OnceLock;

const IDP: &str = "https://saml.example.dk/saml";
const SSO: &str = "https://saml.example.dk/saml/sso";
const SLO: &str = "https://saml.example.dk/saml/slo";
const SERVICE: &str = "https://sp.example.dk/saml/metadata";
const ADDRESSES: [&str; 2] = ["https://sp.example.dk/saml/acs", "https://sp.example.dk/saml/acs2"];

fn now() -> Timestamp {
    "2026-11-21T20:00:00Z".parse().expect("an instant")
}

fn policy() -> Policy {
    Policy { now: now(), http_on_loopback: false }
}

/// A connected service, with a key that signs some twenty times faster than RSA.
struct Peer {
    key: EcdsaKeyPair,
    service: ServiceProvider,
}

fn peer() -> &'static Peer {
    static PEER: OnceLock<Peer> = OnceLock::new();
    PEER.get_or_init(|| {
        let pair = rcgen::KeyPair::generate().expect("a key");
        let certificate = rcgen::CertificateParams::default().self_signed(&pair).expect("a certificate");
        let certificate = Certificate::from_der(certificate.der()).expect("a certificate");
        let [first, second] = ADDRESSES;
        let post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
        let metadata = format!(
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{SERVICE}\">\
             <md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:KeyDescriptor>\
             <ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>{}\
             </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
             <md:AssertionConsumerService Binding=\"{post}\" Location=\"{first}\" index=\"0\"/>\
             <md:AssertionConsumerService Binding=\"{post}\" Location=\"{second}\" index=\"1\"/>\
             </md:SPSSODescriptor></md:EntityDescriptor>",
            certificate.to_base64()
        );
        let service = read(&metadata, policy()).expect("metadata");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.serialized_der());
        Peer { key: key.expect("a key"), service }
    })
}

fn escaped(base64: &str) -> String {
    base64.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// A message as the service sends it under this parameter, whatever it says.
fn signed(parameter: &str, xml: &[u8]) -> String {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(xml).expect("memory");
    let message = escaped(&STANDARD.encode(packer.finish().expect("memory")));
    let algorithm = "http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23ecdsa-sha256";
    let query = format!("{parameter}={message}&RelayState=state&SigAlg={algorithm}");
    let signature = peer().key.sign(&SystemRandom::new(), query.as_bytes()).expect("a signature");
    format!("{query}&Signature={}", escaped(&STANDARD.encode(signature)))
}

fn its_own(return_to: &ReturnTo) {
    assert!(ADDRESSES.contains(&return_to.address.as_str()), "an answer would leave for {return_to:?}");
    assert_eq!(return_to.relay_state.as_deref(), Some("state"));
}

/// The query of an address, before anybody's signature is looked at.
pub fn saml_redirect(data: &[u8]) {
    let Ok(query) = core::str::from_utf8(data) else { return };
    if let Ok(message) = Unverified::from_query(query) {
        let _ = (message.claimed_issuer(), message.claimed_id());
        assert!(message.verify(&peer().service.signing).is_err(), "nobody but the service has its key");
    }
}

/// A form of another site, whole or as the message in one, before anybody's signature is believed.
pub fn saml_form(data: &[u8]) {
    let Ok(body) = core::str::from_utf8(data) else { return };
    let packed = escaped(&STANDARD.encode(data));
    let forms =
        [body.to_owned(), format!("SAMLRequest={packed}"), format!("RelayState=s&SAMLResponse={packed}")];
    for form in forms {
        let Ok(message) = posted::Unverified::from_body(&form) else { continue };
        let _ = (message.claimed_issuer(), message.claimed_id());
        assert!(message.verify(&peer().service.signing).is_err(), "nobody but the service has its key");
    }
}

/// What a genuine service may write, signed by it.
pub fn saml_request(data: &[u8]) {
    let Ok(message) = Unverified::from_query(&signed("SAMLRequest", data)) else { return };
    let claimed = message.claimed_issuer();
    let Ok(verified) = message.verify(&peer().service.signing) else { unreachable!("it signed it") };
    let expected = Expected {
        service: &peer().service,
        destination: SSO,
        name_id_formats: &[NameIdFormat::Persistent, NameIdFormat::Transient],
        vocabulary: Vocabulary::Nsis,
        now: now(),
    };
    match check(&verified, &expected) {
        Ok(request) => {
            assert_eq!((request.issuer.as_str(), claimed.as_deref()), (SERVICE, Ok(SERVICE)));
            its_own(&request.return_to);
            if let Ok(level) = request.context.lowest_sufficient() {
                let stated = request.context.state(level).expect("what suffices may be stated");
                assert!(stated.level <= level, "more is stated than was reached");
            }
        }
        Err(Rejected::Answer { return_to, .. }) => its_own(&return_to),
        Err(Rejected::ShowPage(_)) => {}
    }
}

/// What a genuine service may write about logging out through the browser, as a request and as an answer, signed by it.
pub fn saml_front_logout(data: &[u8]) {
    let expected = FrontExpected {
        service: &peer().service,
        us: IDP,
        destination: SLO,
        name_id_format: NameIdFormat::Persistent,
        redirected: true,
        now: now(),
    };
    for parameter in ["SAMLRequest", "SAMLResponse"] {
        let Ok(message) = Unverified::either(&signed(parameter, data)) else { continue };
        let Ok(verified) = message.verify(&peer().service.signing) else { unreachable!("it signed it") };
        let (asks, relay_state) = match hear(&verified, &expected) {
            Ok(Heard::Request(asked)) => (true, asked.relay_state),
            Ok(Heard::Answer(said)) => (false, said.relay_state),
            Err(_) => continue,
        };
        assert_eq!(asks, parameter == "SAMLRequest", "it is another kind of message than its parameter says");
        assert_eq!(relay_state.as_deref(), Some("state"), "another one would be given back");
    }
}

/// A service's answer to our logout request, by SOAP.
pub fn saml_logout(data: &[u8]) {
    let request = MessageId::parse("_ask1").expect("an id");
    let expected =
        LogoutExpected { request: &request, issuer: SERVICE, signing: &peer().service.signing, now: now() };
    if read_answer(data, &expected).is_ok() {
        let holds = |what: &str| data.windows(what.len()).any(|it| it == what.as_bytes());
        assert!(holds("_ask1") && holds("status:Success"), "it is no answer to what was asked");
    }
}

/// A service's metadata, as an administrator uploads it.
pub fn saml_metadata(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(service) = read(text, policy()) else { return };
    assert!(!service.signing.is_empty() && !service.entity_id.is_empty());
    assert!(service.default_consumer().is_some(), "answers would go nowhere");
    for consumer in &service.consumers {
        let seen: String = consumer.location.chars().filter(|sign| !sign.is_ascii_control()).collect();
        let seen = seen.trim_start().to_ascii_lowercase();
        assert!(seen.starts_with("https:"), "answers would go to {:?}", consumer.location);
    }
}
