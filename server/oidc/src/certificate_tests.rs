use super::*;
use crate::registration;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType, IsCa,
    KeyIdMethod, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384, RevokedCertParams, SanType, SerialNumber,
    date_time_ymd,
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
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
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

/// A list of this authority from September on, until the first day of that month, of these numbers.
fn list(by: &CertifiedIssuer<'static, KeyPair>, until: (i32, u8), revoked: &[u64]) -> Vec<u8> {
    numbered_list(by, (SerialNumber::from(1_u64), 1), until, revoked)
}

/// The same, of this number and day of September.
fn numbered_list(
    by: &CertifiedIssuer<'static, KeyPair>,
    (number, day): (SerialNumber, u8),
    (year, month): (i32, u8),
    revoked: &[u64],
) -> Vec<u8> {
    let entry = |number: &u64| RevokedCertParams {
        serial_number: SerialNumber::from(*number),
        revocation_time: date_time_ymd(2026, 9, 1),
        reason_code: None,
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: date_time_ymd(2026, 9, day),
        next_update: date_time_ymd(year, month, 1),
        crl_number: number,
        issuing_distribution_point: None,
        revoked_certs: revoked.iter().map(entry).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(by).unwrap().der().to_vec()
}

#[test]
fn a_revoked_certificate_proves_nothing_and_none_does_of_whom_no_list_in_time_speaks() {
    let (ours, other) = (authority("Ours"), authority("Other"));
    let trusted = Certificates::new(&[ours.der().to_vec()], None).unwrap();
    let numbered = |number: u64| {
        let mut params = params();
        params.serial_number = Some(SerialNumber::from(number));
        certified(&ours, &params)
    };
    let (good, gone) = (numbered(7), numbered(8));
    let verify = |der: &[u8]| trusted.verify(&subject(), Some(der), now());
    assert_eq!(verify(&gone), Ok(hash(&gone)), "nobody named a list");
    trusted.refuse_revoked(&[list(&ours, (2027, 1), &[8])]).unwrap();
    assert_eq!((verify(&good), verify(&gone)), (Ok(hash(&good)), Err("certificate-revoked")));
    assert!(trusted.refuse_revoked(&[b"no list".to_vec()]).is_err());
    assert!(trusted.refuse_revoked(&[]).is_err(), "a file that was emptied lets nobody in again");
    assert_eq!(verify(&gone), Err("certificate-revoked"), "the list of before goes on");
    for useless in [list(&ours, (2026, 10), &[]), list(&other, (2027, 1), &[])] {
        trusted.refuse_revoked(&[useless]).unwrap();
        assert_eq!(verify(&good), Err("certificate-revocation-unknown"));
    }
    trusted.refuse_revoked(&[list(&ours, (2027, 1), &[])]).unwrap();
    assert_eq!(verify(&gone), Ok(hash(&gone)), "the newest list counts");
    let nobody = Certificates::new(&[], None).unwrap();
    assert!(nobody.refuse_revoked(&[list(&ours, (2027, 1), &[])]).is_err());
}

#[test]
fn a_list_older_than_the_one_taken_is_refused_by_number_or_day_and_the_newer_one_goes_on() {
    let (ours, second, namesake) = (authority("Ours"), authority("Second"), authority("Ours"));
    let trusted = Certificates::new(&[ours.der().to_vec(), second.der().to_vec()], None).unwrap();
    let numbered = |by, number: u64| {
        let mut params = params();
        params.serial_number = Some(SerialNumber::from(number));
        certified(by, &params)
    };
    let (gone, late) = (numbered(&ours, 8), numbered(&second, 9));
    let verify = |der: &[u8]| trusted.verify(&subject(), Some(der), now());
    let list = |by, (number, day): (u64, u8), revoked: &[u64]| {
        numbered_list(by, (SerialNumber::from(number), day), (2027, 1), revoked)
    };
    let (first, newer) = (list(&ours, (200, 3), &[]), list(&ours, (300, 5), &[8]));
    let quiet = list(&second, (1, 1), &[]);
    trusted.refuse_revoked(&[first.clone(), quiet.clone()]).unwrap();
    assert_eq!((verify(&gone), verify(&late)), (Ok(hash(&gone)), Ok(hash(&late))));
    trusted.refuse_revoked(&[newer.clone(), first.clone(), quiet.clone()]).unwrap();
    assert_eq!(verify(&gone), Err("certificate-revoked"), "of two in one file the newer counts");
    let too_long = numbered_list(&ours, (SerialNumber::from(vec![1_u8; 21]), 9), (2027, 1), &[]);
    assert!(trusted.refuse_revoked(&[too_long, quiet.clone()]).is_err(), "more than twenty octets (5.2.3)");
    assert_eq!(verify(&gone), Err("certificate-revoked"), "those of before go on");
    trusted
        .refuse_revoked(&[newer.clone(), quiet.clone()])
        .expect("the same again is none older, nor than one that could not be used");
    for older in [first, list(&ours, (299, 6), &[]), list(&ours, (301, 4), &[])] {
        let NoAuthority(said) = trusted.refuse_revoked(&[older, quiet.clone()]).unwrap_err();
        assert!(said.contains("CN=Ours") && said.contains("number 0x012c of 2026-09-05T00:00:00Z"), "{said}");
        assert_eq!((verify(&gone), verify(&late)), (Err("certificate-revoked"), Ok(hash(&late))));
    }
    let news = list(&second, (2, 2), &[9]);
    assert!(trusted.refuse_revoked(&[list(&ours, (299, 4), &[]), news.clone()]).is_err());
    assert_eq!(verify(&late), Err("certificate-revoked"), "what another says is taken beside it");
    trusted.refuse_revoked(core::slice::from_ref(&news)).unwrap();
    assert_eq!(verify(&gone), Err("certificate-revocation-unknown"), "there is none in the file");
    assert!(trusted.refuse_revoked(&[list(&ours, (200, 3), &[]), news.clone()]).is_err());
    assert_eq!(verify(&gone), Err("certificate-revoked"), "nor is it forgotten meanwhile");
    let forged = list(&namesake, (u64::MAX, 28), &[]);
    trusted
        .refuse_revoked(&[forged, newer, news])
        .expect("whoever did not sign it keeps none from being taken");
    assert_eq!(verify(&gone), Err("certificate-revoked"));
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
