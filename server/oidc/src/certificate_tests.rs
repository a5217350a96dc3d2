use super::*;
use crate::registration;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P384_SHA384, SanType, date_time_ymd,
};
use serde_json::json;

const NOW: i64 = 1_793_530_800;
const DN: &str = "CN=fagsystem\\, test,O=Nordby Kommune,C=DK";

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

/// An authority of this name, and its certificate.
fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    root.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap()
}

fn params() -> CertificateParams {
    let mut leaf = CertificateParams::new(Vec::new()).unwrap();
    leaf.is_ca = IsCa::ExplicitNoCa;
    leaf.not_after = date_time_ymd(2027, 1, 1);
    leaf.distinguished_name = rcgen::DistinguishedName::new();
    leaf.distinguished_name.push(DnType::CountryName, "DK");
    leaf.distinguished_name.push(DnType::OrganizationName, "Nordby Kommune");
    leaf.distinguished_name.push(DnType::CommonName, "fagsystem, test");
    leaf.subject_alt_names = vec![
        SanType::DnsName("fagsystem.example".try_into().unwrap()),
        SanType::URI("urn:fagsystem".try_into().unwrap()),
    ];
    leaf
}

/// A certificate of this authority.
fn certified(by: &CertifiedIssuer<'static, KeyPair>, params: &CertificateParams) -> Vec<u8> {
    params.signed_by(&KeyPair::generate().unwrap(), by).unwrap().der().to_vec()
}

fn client(auth: ClientAuth) -> Client {
    let text = json!({
        "client_id": "app", "client_name": "App", "redirect_uris": ["https://app.example/back"],
        "token_endpoint_auth_method": "none",
    });
    let client = registration::read(&text.to_string(), uuid::Uuid::nil().into(), [0; 32], false).unwrap();
    Client { auth, ..client }
}

fn subject() -> Client {
    client(ClientAuth::Certified(CertifiedName::Subject(DN.to_owned())))
}

#[test]
fn a_certificate_of_a_trusted_authority_proves_whom_it_names_and_nobody_else() {
    let (ours, other) = (authority("Ours"), authority("Ours"));
    let trusted = Certificates::new(&[ours.der().to_vec()], None).unwrap();
    let good = certified(&ours, &params());
    let proves =
        |name: CertifiedName| trusted.verify(&client(ClientAuth::Certified(name)), Some(&good), now());
    for name in [
        CertifiedName::Subject(DN.to_owned()),
        CertifiedName::Host("fagsystem.example".to_owned()),
        CertifiedName::Address("urn:fagsystem".to_owned()),
    ] {
        assert_eq!(proves(name.clone()), Ok(hash(&good)), "{name:?}");
    }
    for name in [
        CertifiedName::Subject("CN=fagsystem\\, test,O=Nordby Kommune".to_owned()),
        CertifiedName::Subject("CN=Fagsystem\\, test,O=Nordby Kommune,C=DK".to_owned()),
        CertifiedName::Subject("O=Nordby Kommune,CN=fagsystem\\, test,C=DK".to_owned()),
        CertifiedName::Subject(String::new()),
        CertifiedName::Host("example".to_owned()),
        CertifiedName::Host("urn:fagsystem".to_owned()),
        CertifiedName::Address("fagsystem.example".to_owned()),
    ] {
        assert_eq!(proves(name.clone()), Err("certificate-other"), "{name:?}");
    }
    let verify = |der: Option<&[u8]>| trusted.verify(&subject(), der, now());
    assert_eq!(verify(None), Err("certificate-missing"));
    assert_eq!(verify(Some(b"no certificate")), Err("certificate-unreadable"));
    assert_eq!(verify(Some(&certified(&other, &params()))), Err("certificate-authority"), "of the same name");
    let own = params().self_signed(&KeyPair::generate().unwrap()).unwrap();
    assert_eq!(verify(Some(own.der())), Err("certificate-authority"), "its own");
    let nobody = Certificates::new(&[], None).unwrap();
    assert_eq!(nobody.verify(&subject(), Some(&good), now()), Err("certificates-off"));
    assert!(Certificates::new(&[b"no certificate".to_vec()], None).is_err());
}

#[test]
fn a_certificate_out_of_time_proves_nothing() {
    let ours = authority("Ours");
    let trusted = Certificates::new(&[ours.der().to_vec()], None).unwrap();
    let (mut late, mut early) = (params(), params());
    late.not_after = date_time_ymd(2026, 10, 1);
    early.not_before = date_time_ymd(2026, 12, 1);
    for params in [late, early] {
        let own = params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec();
        let registered = client(ClientAuth::SelfSigned(vec![own.clone()]));
        assert_eq!(trusted.verify(&registered, Some(&own), now()), Err("certificate-out-of-time"));
        let signed = certified(&ours, &params);
        assert_eq!(trusted.verify(&subject(), Some(&signed), now()), Err("certificate-out-of-time"));
    }
}

#[test]
fn a_registered_certificate_is_compared_whole() {
    let key = KeyPair::generate().unwrap();
    let one = params().self_signed(&key).unwrap().der().to_vec();
    let mut again = params();
    again.not_after = date_time_ymd(2028, 1, 1);
    let again = again.self_signed(&key).unwrap().der().to_vec();
    let own = Certificates::new(&[], None).unwrap();
    let registered = client(ClientAuth::SelfSigned(vec![b"another".to_vec(), one.clone()]));
    assert_eq!(own.verify(&registered, Some(&one), now()), Ok(hash(&one)));
    assert_eq!(
        own.verify(&registered, Some(&again), now()),
        Err("certificate-other"),
        "the same key and names"
    );
    assert_eq!(own.verify(&client(ClientAuth::Public), Some(&one), now()), Err("another-way"));
}

#[test]
fn a_certificate_is_registered_with_the_key_it_is_of() {
    let jwk = |key: &KeyPair, curve: &str, der: &[u8]| {
        let (x, y) = key.public_key_raw()[1..].split_at(key.public_key_raw().len() / 2);
        json!({
            "kty": "EC", "crv": curve, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
            "x5c": [STANDARD.encode(der)],
        })
    };
    let read = |jwk: &Value| registered(jwk.as_object().unwrap());
    let (p256, p384) =
        (KeyPair::generate().unwrap(), KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap());
    for (key, curve) in [(&p256, "P-256"), (&p384, "P-384")] {
        let der = params().self_signed(key).unwrap().der().to_vec();
        assert_eq!(read(&jwk(key, curve, &der)), Ok(der), "{curve}");
    }
    let der = params().self_signed(&p256).unwrap().der().to_vec();
    let good = jwk(&p256, "P-256", &der);
    let changed = |name: &str, value: Value| {
        let mut jwk = good.clone();
        jwk[name] = value;
        read(&jwk)
    };
    for (name, value) in [
        ("kty", json!("RSA")),
        ("crv", json!("P-384")),
        ("x", json!("AQ")),
        ("y", json!(null)),
        ("d", json!("AQ")),
        ("x5c", json!([])),
        ("x5c", json!([STANDARD.encode(&der), STANDARD.encode(&der)])),
        ("x5c", json!(["AQ=="])),
        ("x5c", json!(STANDARD.encode(&der))),
    ] {
        assert!(changed(name, value.clone()).is_err(), "{name} {value}");
    }
    let stranger = KeyPair::generate().unwrap();
    assert!(read(&jwk(&stranger, "P-256", &der)).is_err(), "another's certificate");
    let edwards = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let weak = params().self_signed(&edwards).unwrap().der().to_vec();
    assert_eq!(changed("x5c", json!([STANDARD.encode(weak)])), Err("neither RSA nor an elliptic curve"));
}
