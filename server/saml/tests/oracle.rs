//! Our answers opened and verified by libxmlsec, an implementation that shares no code with ours.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;
#[cfg(test)]
#[path = "judges/oracle.rs"]
mod judge;

use bergshamra::{DsigContext, EncContext, KeysManager, dsig, keys::loader};
use common::federations::*;
use common::*;
use domain::relying_party::{Encryption as Kind, Preset, RelyingParty};
use judge::oracle;
use saml::attributes::{Attribute, OIOSAML_3, Professional, name};
use saml::encrypt::{Cipher, Encryption, KeyTransport, Recipient};
use saml::error_response::{ErrorStatus, Failure};
use saml::response::SignIn;
use saml::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};
use usecases::ports::saml::{Keys as Shown, SamlWire as _, Variant};

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

/// Every choice of key transport and cipher.
fn choices() -> Vec<Encryption> {
    let ciphers = [Cipher::Aes256Gcm, Cipher::Aes128Gcm, Cipher::Aes256Cbc];
    let of = |transport| ciphers.map(|cipher| Encryption { transport, cipher });
    [KeyTransport::OaepSha256, KeyTransport::OaepSha1].map(of).concat()
}

#[test]
fn every_kind_of_encryption_opens_and_verifies_elsewhere() {
    let answers: Vec<_> = choices().into_iter().map(|encryption| answer(Some(encryption))).collect();
    for (assertion, encryption) in oracle(&answers).unwrap().iter().zip(choices()) {
        let document = roxmltree::Document::parse(assertion).unwrap();
        let text = |name: &str| {
            let mut named = document.descendants().filter(|n| n.tag_name().name() == name);
            named.next().and_then(|n| n.text()).unwrap_or_default().to_owned()
        };
        assert_eq!(text("NameID"), "_åse\"1", "{encryption:?}");
        assert!(assertion.contains("Prøve &amp; Sønner &lt;Kommune&gt;&#13;\n"), "{encryption:?}");
    }
}

#[test]
fn what_every_federation_is_answered_opens_and_verifies_elsewhere_however_it_is_encrypted() {
    let all: Vec<_> = FEDERATIONS
        .into_iter()
        .flat_map(|(preset, name_id)| ENCRYPTIONS.map(|encryption| (preset, name_id, encryption)))
        .collect();
    let answers: Vec<_> = all
        .iter()
        .map(|(preset, name_id, encryption)| {
            answered(&RelyingParty { encryption: *encryption, ..connected_as(*preset) }, name_id)
        })
        .collect();
    let assertions = oracle(&answers).unwrap();
    for ((preset, name_id, encryption), (answer, assertion)) in
        all.iter().zip(answers.iter().zip(&assertions))
    {
        assert!(answer.contains("EncryptedAssertion") && !answer.contains(name_id), "{preset:?}");
        let named = assertion.contains(&format!(">{name_id}</saml:NameID>"));
        assert!(named, "{preset:?} {encryption:?}: {assertion}");
    }
}

#[test]
fn a_signed_answer_without_encryption_verifies_elsewhere() {
    let readable = RelyingParty { encryption: Kind::None, ..connected_as(Preset::Plain) };
    assert!(oracle(&[answer(None), answered(&readable, PERSON)]).is_ok());
}

#[test]
fn every_refusal_verifies_elsewhere() {
    let all = [
        (ErrorStatus::AuthnFailed, "AuthnFailed"),
        (ErrorStatus::NoPassive, "NoPassive"),
        (ErrorStatus::NoAuthnContext, "NoAuthnContext"),
        (ErrorStatus::InvalidNameIdPolicy, "InvalidNameIDPolicy"),
        (ErrorStatus::UnsupportedBinding, "UnsupportedBinding"),
        (ErrorStatus::RequestUnsupported, "RequestUnsupported"),
        (ErrorStatus::RequestDenied, "RequestDenied"),
    ];
    let refusals = all.map(|(status, _)| {
        let failure = Failure {
            response_id: &MessageId::from_random([3; 20]),
            issuer: IDP,
            return_to: &return_to(),
            status,
            now: now(),
        };
        failure.to_response(&idp_keys().1).unwrap()
    });
    for (verified, (_, word)) in oracle(&refusals).unwrap().iter().zip(all) {
        assert!(verified.contains(&format!(":status:{word}\"")), "{word}: {verified}");
    }
}

#[test]
fn the_oracle_notices_a_change() {
    let changed = answer(None).replace(">Substantial<", ">High<");
    let complaint = oracle(&[answer(None), changed]).unwrap_err();
    assert!(complaint.contains("response-1.xml"), "it says which: {complaint}");
}
