//! Metadata: what services send us, and what we publish.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use common::*;
use saml::certificate::{Certificate, CertificateFault, KeyKind};
use saml::encrypt::{Cipher, Encryption, KeyTransport};
use saml::metadata::{IdentityProvider, LogoutBinding, MetadataFault, Policy, read};
use saml::values::NameIdFormat;

const SHORT_RSA: &str = include_str!("fixtures/rsa1024.crt.b64");

fn role(keys: &str, rest: &str) -> String {
    service_metadata(SERVICE, &format!("{keys}{rest}"))
}

fn signing() -> String {
    key_descriptor("signing", &service_keys().certificate, "")
}

fn encryption(methods: &str) -> String {
    key_descriptor("encryption", &service_keys().certificate, methods)
}

fn method(algorithm: &str, inside: &str) -> String {
    format!("<md:EncryptionMethod Algorithm=\"{algorithm}\">{inside}</md:EncryptionMethod>")
}

fn fault(text: &str) -> MetadataFault {
    read(text, policy()).expect_err("refused").fault
}

#[test]
fn a_service_is_read_with_all_its_keys_and_addresses() {
    let text = role(
        &[
            signing(),
            key_descriptor("signing", &other_keys().certificate, ""),
            encryption(""),
        ]
        .concat(),
        &[
            "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\" Location=\"https://sp.example.dk/soap\"/>",
            "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://sp.example.dk/slo\" ResponseLocation=\"https://sp.example.dk/slor\"/>",
            "<md:NameIDFormat>\n urn:oasis:names:tc:SAML:2.0:nameid-format:transient\n</md:NameIDFormat>",
            "<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:PAOS\" Location=\"https://sp.example.dk/paos\" index=\"9\"/>",
            &consumer("1", OTHER_ACS, ""),
            &consumer("0", ACS, " isDefault=\"true\""),
        ]
        .concat(),
    );
    let service = read(&text, policy()).unwrap();
    assert_eq!(service.entity_id, SERVICE);
    assert_eq!(service.signing.len(), 2);
    assert_eq!(service.encryption, [service_keys().certificate.clone()]);
    assert_eq!(service.preferred_encryption, None);
    assert_eq!(service.consumers.len(), 2);
    assert_eq!(service.default_consumer().unwrap().location, ACS);
    assert_eq!(service.logout[0].binding, LogoutBinding::Soap);
    assert_eq!(service.logout[1].response_location.as_deref(), Some("https://sp.example.dk/slor"));
    assert_eq!(service.name_id_formats, [NameIdFormat::Transient.uri()]);
    assert_eq!(service.valid_until, None);
}

#[test]
fn the_default_address_follows_the_standard() {
    let default = |consumers: &[String]| {
        let service = read(&role(&signing(), &consumers.concat()), policy()).unwrap();
        service.default_consumer().unwrap().location.clone()
    };
    let first_unmarked = [consumer("0", ACS, " isDefault=\"false\""), consumer("1", OTHER_ACS, "")];
    assert_eq!(default(&first_unmarked), OTHER_ACS);
    let all_refused =
        [consumer("0", ACS, " isDefault=\"false\""), consumer("1", OTHER_ACS, " isDefault=\"0\"")];
    assert_eq!(default(&all_refused), ACS);
}

#[test]
fn the_kind_of_encryption_is_chosen_from_what_the_service_lists() {
    let preferred = |methods: &[String]| {
        let text = role(&[signing(), encryption(&methods.concat())].concat(), &consumer("0", ACS, ""));
        read(&text, policy()).map(|service| service.preferred_encryption.unwrap())
    };
    let old_transport = method("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "");
    let new_transport = method("http://www.w3.org/2009/xmlenc11#rsa-oaep", "");
    let gcm = method("http://www.w3.org/2009/xmlenc11#aes256-gcm", "");
    let cbc = method("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "");
    let rsa15 = method("http://www.w3.org/2001/04/xmlenc#rsa-1_5", "");
    let best = Encryption::default();
    let old = Encryption { transport: KeyTransport::OaepSha1, cipher: Cipher::Aes256Cbc };
    assert_eq!(preferred(&[cbc.clone(), old_transport.clone()]), Ok(old));
    assert_eq!(preferred(&[cbc.clone(), gcm.clone(), old_transport, new_transport]), Ok(best));
    assert_eq!(preferred(std::slice::from_ref(&gcm)), Ok(best));
    let unsupported = preferred(&[gcm, rsa15]).unwrap_err();
    assert_eq!(unsupported.fault, MetadataFault::NoSupportedEncryption);
    let sha256_with_old_name = method(
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        "<ds:DigestMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>",
    );
    let unsupported = preferred(&[cbc, sha256_with_old_name]).unwrap_err();
    assert_eq!(unsupported.fault, MetadataFault::NoSupportedEncryption);
}

#[test]
fn what_is_wrong_is_said() {
    let consumer_ = consumer("0", ACS, "");
    let http = consumer("0", "http://sp.example.dk/acs", "");
    let cases = [
        (String::new(), MetadataFault::Xml),
        ("<a><!-- x --></a>".to_owned(), MetadataFault::Xml),
        ("<!DOCTYPE a><a/>".to_owned(), MetadataFault::Xml),
        (
            "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>".to_owned(),
            MetadataFault::NotEntity,
        ),
        (
            role(&signing(), &consumer_).replace("SPSSODescriptor", "IDPSSODescriptor"),
            MetadataFault::NoService,
        ),
        (
            role(&signing(), &consumer_).replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
            MetadataFault::NoService,
        ),
        (
            role(&signing(), &consumer_).replace(&format!("entityID=\"{SERVICE}\""), ""),
            MetadataFault::NoEntityId,
        ),
        (role(&encryption(""), &consumer_), MetadataFault::NoSigningKey),
        (role("", &consumer_), MetadataFault::NoSigningKey),
        (role(&signing(), ""), MetadataFault::NoConsumer),
        (role(&signing(), &http), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "javascript:alert(1)", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "https://u:p@sp.example.dk/", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "/acs", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "https://sp.example.dk/&#9;acs", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "https://sp.example.dk;img-src/", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("0", "https://sp.example.dk\\@a.dk/", "")), MetadataFault::BadAddress),
        (role(&signing(), &consumer("x", ACS, "")), MetadataFault::BadIndex),
        (role(&signing(), &consumer_.repeat(2)), MetadataFault::BadIndex),
        (role(&signing().replace("signing", "sign"), &consumer_), MetadataFault::BadKeyUse),
        (role("<md:KeyDescriptor use=\"signing\"/>", &consumer_), MetadataFault::KeyWithoutCertificate),
        (role(&signing().replace("MII", "***"), &consumer_), MetadataFault::BadCertificate),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(&text), expected, "{text}");
    }
}

#[test]
fn the_place_of_a_fault_is_named() {
    let bad = role(&[signing(), signing().replace("MII", "***")].concat(), &consumer("0", ACS, ""));
    let error = read(&bad, policy()).unwrap_err();
    assert_eq!(error.code(), "metadata-bad-certificate");
    assert_eq!(
        error.to_string(),
        "A certificate cannot be used. (KeyDescriptor 2: The certificate is not base64.)"
    );
}

#[test]
fn the_place_of_a_fault_is_one_line_of_bounded_length() {
    let long = format!("http://sp.example.dk/&#10;{}", "x".repeat(100_000));
    let error = read(&role(&signing(), &consumer("0", &long, "")), policy()).unwrap_err();
    assert_eq!((error.fault, error.place.chars().count()), (MetadataFault::BadAddress, 300));
    assert!(error.place.starts_with("AssertionConsumerService Location=\"http://sp.example.dk/ xxx"));
}

#[test]
fn expired_metadata_is_refused() {
    let dated = |until: &str| {
        role(&signing(), &consumer("0", ACS, ""))
            .replace("entityID=", &format!("validUntil=\"{until}\" entityID="))
    };
    assert_eq!(fault(&dated("2026-11-21T20:00:00Z")), MetadataFault::Expired);
    assert_eq!(fault(&dated("tomorrow")), MetadataFault::BadInstant);
    let service = read(&dated("2026-11-21T20:00:01Z"), policy()).unwrap();
    assert_eq!(service.valid_until, Some(at("2026-11-21T20:00:01Z")));
}

#[test]
fn plain_http_is_for_loopback_hosts_when_allowed() {
    let demo = Policy { http_on_loopback: true, ..policy() };
    for (address, good) in [
        ("http://127.0.0.1:8443/acs", true),
        ("http://localhost/acs", true),
        ("http://[::1]/acs", true),
        ("http://localhost.example.dk/acs", false),
        ("http://192.0.2.1/acs", false),
        ("ftp://localhost/acs", false),
    ] {
        let text = role(&signing(), &consumer("0", address, ""));
        assert_eq!(read(&text, demo).is_ok(), good, "{address}");
        assert_eq!(fault(&text), MetadataFault::BadAddress);
    }
}

#[test]
fn weak_and_foreign_keys_are_refused() {
    assert_eq!(Certificate::from_base64(SHORT_RSA), Err(CertificateFault::ShortRsaKey));
    assert_eq!(Certificate::from_base64("AAAA"), Err(CertificateFault::NotX509));
    let edwards = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&edwards).unwrap();
    assert_eq!(Certificate::from_der(certificate.der()), Err(CertificateFault::UnsupportedKey));
}

#[test]
fn a_key_that_cannot_encrypt_is_refused_for_encryption_only() {
    let pair = rcgen::KeyPair::generate().unwrap();
    let der = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
    let curve = Certificate::from_der(der.der()).unwrap();
    assert_eq!(curve.kind(), KeyKind::P256);
    let both = role(&key_descriptor("", &curve, ""), &consumer("0", ACS, ""));
    let service = read(&both, policy()).unwrap();
    assert_eq!((service.signing.len(), service.encryption.len()), (1, 0));
    let only = role(&[signing(), key_descriptor("encryption", &curve, "")].concat(), &consumer("0", ACS, ""));
    assert_eq!(fault(&only), MetadataFault::EncryptionKeyNotRsa);
}

#[test]
fn our_own_metadata_says_what_a_service_needs() {
    let (keys, _) = idp_keys();
    let own = IdentityProvider {
        entity_id: IDP,
        single_sign_on: SSO,
        single_logout: None,
        signing: &[keys.certificate.clone(), other_keys().certificate.clone()],
        name_id_formats: &[NameIdFormat::Persistent],
        attributes: &[saml::attributes::name::LOA],
    };
    let xml = own.to_xml().unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let count = |name| document.descendants().filter(|n| n.tag_name().name() == name).count();
    let role = document.root_element().first_element_child().unwrap();
    assert_eq!(document.root_element().attribute("entityID"), Some(IDP));
    assert_eq!(role.attribute("WantAuthnRequestsSigned"), Some("true"));
    let order: Vec<_> = role.children().map(|child| child.tag_name().name()).collect();
    assert_eq!(order, ["KeyDescriptor", "KeyDescriptor", "NameIDFormat", "SingleSignOnService", "Attribute"]);
    assert!(!xml.contains("HTTP-POST"));
    assert_eq!(count("SingleLogoutService"), 0);
    let with_logout = IdentityProvider { single_logout: Some("https://saml.example.dk/saml/slo"), ..own };
    let xml = with_logout.to_xml().unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let role = document.root_element().first_element_child().unwrap();
    let order: Vec<_> = role.children().map(|child| child.tag_name().name()).collect();
    let (keys, rest) = order.split_at(2);
    assert_eq!(keys, ["KeyDescriptor", "KeyDescriptor"]);
    let logouts = ["SingleLogoutService", "SingleLogoutService", "NameIDFormat"];
    assert_eq!(rest.get(..3), Some(&logouts[..]), "in the order of the schema");
    let how = role
        .children()
        .filter_map(|child| child.attribute("Binding"))
        .map(|uri| uri.rsplit(':').next().unwrap());
    assert_eq!(how.collect::<Vec<_>>(), ["HTTP-Redirect", "HTTP-POST", "HTTP-Redirect"]);
}
