//! Our answers opened and verified by libxmlsec, an implementation that shares no code with ours.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use bergshamra::{DsigContext, EncContext, KeysManager, dsig, keys::loader};
use common::federations::*;
use common::*;
use domain::relying_party::{Encryption as Kind, Preset, RelyingParty};
use saml::attributes::{Attribute, OIOSAML_3, Professional, name};
use saml::encrypt::{Cipher, Encryption, KeyTransport, Recipient};
use saml::error_response::{ErrorStatus, Failure};
use saml::response::SignIn;
use saml::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};
use usecases::ports::saml::{Keys as Shown, SamlWire as _, Variant};

/// The oracle's Python, made when it is missing.
fn python() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = Command::new(here.join("../../scripts/python-env"))
        .arg(here.join("tests/requirements.txt"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    PathBuf::from(String::from_utf8(made.stdout).unwrap().trim())
}

/// The assertion (or refusal) the oracle found genuine, or its complaint.
fn oracle(response: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let verdict = Command::new(python())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle.py"))
        .arg(file("response.xml", response))
        .arg(file("service.key", &service_keys().pem()))
        .arg(file("idp.crt", &pem("CERTIFICATE", idp_keys().0.certificate.der())))
        .output()
        .unwrap();
    if verdict.status.success() {
        Ok(String::from_utf8(verdict.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&verdict.stderr).into_owned())
    }
}

/// What a library that parses and canonicalises makes of it: the same document, its digest and signature made anew.
fn by_library(signed: &str) -> String {
    let emptied = ["DigestValue", "SignatureValue"].iter().fold(signed.to_owned(), |xml, name| {
        let (before, rest) = xml.split_once(&format!("<ds:{name}>")).unwrap();
        let (_, after) = rest.split_once(&format!("</ds:{name}>")).unwrap();
        format!("{before}<ds:{name}/>{after}")
    });
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_pem_auto(idp_keys().0.pem().as_bytes(), None).unwrap());
    dsig::sign::sign(&DsigContext::new(keys), &emptied).unwrap()
}

fn opened(response: &str) -> String {
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_pem_auto(service_keys().pem().as_bytes(), None).unwrap());
    bergshamra::decrypt(&EncContext::new(keys), response).unwrap()
}

/// An answer in which every value is this one.
fn saying(value: &str) -> String {
    let attributes = ["urn:a", value].map(|name| Attribute {
        name: name.to_owned(),
        values: vec![value.to_owned(), String::new(), value.repeat(3)],
    });
    let sign_in = SignIn {
        response_id: &MessageId::from_random([1; 20]),
        assertion_id: &MessageId::from_random([2; 20]),
        issuer: value,
        audience: value,
        return_to: &ReturnTo { address: value.to_owned(), ..return_to() },
        name_id: &NameId { format: NameIdFormat::Transient, value: value.to_owned(), confidential: false },
        authenticated_at: now(),
        session_index: value,
        session_ends: at("2026-11-21T21:00:00Z"),
        class_ref: value,
        attributes: &attributes,
        now: now(),
    };
    sign_in.to_response(&idp_keys().1, None).unwrap()
}

#[test]
fn what_we_sign_as_we_write_it_is_what_parsing_it_would_sign() {
    let hostile = [
        "",
        " ",
        " \t\r\n\r ",
        "<a b=\"c\" d='e'>&amp;</a>",
        "]]>",
        "&#xD;",
        "xmlns:saml=\"urn:x\"",
        "\u{85}\u{a0}\u{2028}\u{feff}\u{10ffff}",
        "e\u{301}é𝄞",
        "-->",
        "<?a?>",
    ];
    let mut signed: Vec<_> = hostile.map(saying).into();
    for (preset, name_id) in FEDERATIONS {
        signed.push(opened(&answered(&connected_as(preset), name_id)));
    }
    let failure = Failure {
        response_id: &MessageId::from_random([3; 20]),
        issuer: "https://idp.example/?a=1&b=<2>",
        return_to: &return_to(),
        status: ErrorStatus::NoPassive,
        now: now(),
    };
    signed.push(failure.to_response(&idp_keys().1).unwrap());
    for keys in [Shown::All, Shown::One] {
        signed.push(house().metadata(Variant { keys, without_post: false }).unwrap());
    }
    for ours in signed {
        assert_eq!(by_library(&ours), ours);
    }
}

fn return_to() -> ReturnTo {
    ReturnTo { address: ACS.to_owned(), request: MessageId::parse("_request1").unwrap(), relay_state: None }
}

fn answer(encryption: Option<Encryption>) -> String {
    let professional = Professional {
        spec_version: OIOSAML_3,
        cvr: "99999999",
        org_name: "Prøve & Sønner <Kommune>\r\n",
        loa: Some(Level::Substantial),
        ial: None,
        aal: None,
    };
    let mut attributes = professional.attributes();
    attributes.push(Attribute {
        name: name::EMAIL.to_owned(),
        values: vec!["a@example.dk".to_owned(), "b@example.dk".to_owned()],
    });
    let sign_in = SignIn {
        response_id: &MessageId::from_random([1; 20]),
        assertion_id: &MessageId::from_random([2; 20]),
        issuer: IDP,
        audience: SERVICE,
        return_to: &return_to(),
        name_id: &NameId {
            format: NameIdFormat::Transient,
            value: "_åse\"1".to_owned(),
            confidential: false,
        },
        authenticated_at: now(),
        session_index: "_session1",
        session_ends: at("2026-11-21T21:00:00Z"),
        class_ref: Level::Substantial.uri(),
        attributes: &attributes,
        now: now(),
    };
    let recipient = encryption.map(|e| Recipient::new(&service_keys().certificate, e).unwrap());
    sign_in.to_response(&idp_keys().1, recipient.as_ref()).unwrap()
}

#[test]
fn every_kind_of_encryption_opens_and_verifies_elsewhere() {
    for transport in [KeyTransport::OaepSha256, KeyTransport::OaepSha1] {
        for cipher in [Cipher::Aes256Gcm, Cipher::Aes128Gcm, Cipher::Aes256Cbc] {
            let encryption = Encryption { transport, cipher };
            let assertion = oracle(&answer(Some(encryption)));
            let assertion = assertion.unwrap_or_else(|why| panic!("{encryption:?}: {why}"));
            let document = roxmltree::Document::parse(&assertion).unwrap();
            let text = |name: &str| {
                let mut named = document.descendants().filter(|n| n.tag_name().name() == name);
                named.next().and_then(|n| n.text()).unwrap_or_default().to_owned()
            };
            assert_eq!(text("NameID"), "_åse\"1");
            assert!(assertion.contains("Prøve &amp; Sønner &lt;Kommune&gt;&#13;\n"));
        }
    }
}

#[test]
fn what_every_federation_is_answered_opens_and_verifies_elsewhere_in_both_families() {
    for (preset, name_id) in FEDERATIONS {
        for encryption in [Kind::Oaep256Gcm, Kind::OaepMgf1pCbc] {
            let response = answered(&RelyingParty { encryption, ..connected_as(preset) }, name_id);
            assert!(response.contains("EncryptedAssertion") && !response.contains(name_id), "{preset:?}");
            let assertion = oracle(&response);
            let assertion = assertion.unwrap_or_else(|why| panic!("{preset:?} {encryption:?}: {why}"));
            assert!(assertion.contains(&format!(">{name_id}</saml:NameID>")), "{preset:?}: {assertion}");
        }
    }
}

#[test]
fn a_signed_answer_without_encryption_verifies_elsewhere() {
    assert!(oracle(&answer(None)).is_ok());
    let readable = RelyingParty { encryption: Kind::None, ..connected_as(Preset::Plain) };
    assert!(oracle(&answered(&readable, PERSON)).is_ok());
}

#[test]
fn a_refusal_verifies_elsewhere() {
    let failure = Failure {
        response_id: &MessageId::from_random([3; 20]),
        issuer: IDP,
        return_to: &return_to(),
        status: ErrorStatus::NoPassive,
        now: now(),
    };
    let response = failure.to_response(&idp_keys().1).unwrap();
    assert!(oracle(&response).is_ok_and(|verified| verified.contains("status:NoPassive")));
}

#[test]
fn the_oracle_notices_a_change() {
    let changed = answer(None).replace(">Substantial<", ">High<");
    assert!(oracle(&changed).is_err());
}
