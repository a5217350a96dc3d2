//! Our answers put through the checks of Denmark's reference service (`judges/checker.rs`), and the checks themselves through
//! answers that are wrong.

#![expect(clippy::string_slice, clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;
#[cfg(test)]
#[path = "judges/checker.rs"]
mod judge;

use common::federations::*;
use common::*;
use domain::relying_party::{self, Preset, RelyingParty};
use judge::{Awaited, Door, refusal_violations, signature_is_valid, violations};
use saml::attributes::{Attribute, OIOSAML_3, Professional, name};
use saml::authn_request::{Comparison, RequestedContext};
use saml::encrypt::{Encryption, Recipient};
use saml::error_response::{ErrorStatus, Failure};
use saml::form::PostForm;
use saml::response::{ClassRef, ResponseFault, SignIn};
use saml::sign::{SignFault, SigningKey};
use saml::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};

/// The parts of an answer, to be changed by a test.
struct Answer {
    response_id: MessageId,
    assertion_id: MessageId,
    return_to: ReturnTo,
    name_id: NameId,
    attributes: Vec<Attribute>,
}

impl Answer {
    fn new() -> Self {
        let professional = Professional {
            spec_version: OIOSAML_3,
            cvr: "99999999",
            org_name: "Prøve & Sønner <Kommune>",
            loa: Some(Level::Substantial),
            ial: Some(Level::Substantial),
            aal: Some(Level::Substantial),
        };
        Self {
            response_id: MessageId::from_random([1; 20]),
            assertion_id: MessageId::from_random([2; 20]),
            return_to: ReturnTo {
                address: ACS.to_owned(),
                request: MessageId::parse("_request1").unwrap(),
                relay_state: Some("state".to_owned()),
            },
            name_id: NameId {
                format: NameIdFormat::Persistent,
                value: PERSON.to_owned(),
                confidential: false,
            },
            attributes: professional.attributes(),
        }
    }

    fn sign_in(&self) -> SignIn<'_> {
        SignIn {
            response_id: &self.response_id,
            assertion_id: &self.assertion_id,
            issuer: IDP,
            audience: SERVICE,
            return_to: &self.return_to,
            name_id: &self.name_id,
            authenticated_at: at("2026-11-21T19:45:00Z"),
            session_index: "_session1",
            session_ends: at("2026-11-21T20:45:00Z"),
            class_ref: Level::Substantial.uri(),
            attributes: &self.attributes,
            now: now(),
        }
    }
}

fn recipient() -> Recipient {
    Recipient::new(&service_keys().certificate, Encryption::default()).unwrap()
}

fn awaited() -> Awaited<'static> {
    Awaited {
        request: "_request1",
        now: now(),
        lowest: Level::Substantial,
        door: Door::Service,
        cvr: "99999999",
    }
}

#[test]
fn our_answer_passes_every_check_of_the_reference_service() {
    let response = Answer::new().sign_in().to_response(&idp_keys().1, Some(&recipient())).unwrap();
    assert_eq!(violations(&response, &awaited()), Vec::<String>::new());
}

#[test]
fn our_answer_passes_at_the_door_of_every_federation_however_it_is_encrypted() {
    for (preset, name_id) in FEDERATIONS {
        for encryption in ENCRYPTIONS {
            let response = answered(&RelyingParty { encryption, ..connected_as(preset) }, name_id);
            let found = violations(&response, &Awaited { door: Door::of(preset), ..awaited() });
            assert_eq!(found, Vec::<String>::new(), "{preset:?} {encryption:?}");
        }
    }
}

#[test]
fn an_answer_for_one_door_is_no_answer_for_another() {
    let plain = answered(&connected_as(Preset::Oiosaml), PERSON);
    for (door, expected) in [
        (Door::LocalIdp, "NameID value"),
        (Door::LocalIdp, "exactly the four attributes of the door"),
        (Door::ContextHandler, "NameID Format"),
        (Door::ContextHandler, "KombitSpecVer"),
        (Door::ContextHandler, "privilegesIntermediate"),
        (Door::Unilogin, "dk:unilogin:loa"),
    ] {
        let found = violations(&plain, &Awaited { door, ..awaited() });
        assert!(found.iter().any(|v| v == expected), "{expected}: {found:?}");
    }
    let mut digst = connected_as(Preset::Kombit);
    digst.says.privileges = relying_party::PrivilegeForm::Digst;
    let newer = answered(&digst, "C=DK,O=99999999,CN=M,Serial=1");
    let found = violations(&newer, &Awaited { door: Door::ContextHandler, ..awaited() });
    assert_eq!(found, ["PrivilegeList"]);
}

#[test]
fn the_checker_itself_notices_what_is_wrong() {
    let key = &idp_keys().1;
    let good = Answer::new();
    let mut wrong_place = Answer::new();
    wrong_place.return_to.address = "https://evil.example/acs".to_owned();
    let mut weak = Answer::new();
    weak.attributes.retain(|a| a.name != name::CVR && a.name != name::LOA);
    weak.attributes.push(Attribute::one(name::LOA, "Low"));
    let cases = [
        (good.sign_in(), Awaited { request: "_other", ..awaited() }, "confirmation InResponseTo"),
        (good.sign_in(), Awaited { now: at("2026-11-21T20:20:00Z"), ..awaited() }, "Conditions NotOnOrAfter"),
        (SignIn { audience: "https://other.example", ..good.sign_in() }, awaited(), "Audience"),
        (SignIn { issuer: "https://other.example", ..good.sign_in() }, awaited(), "Issuer"),
        (SignIn { attributes: &[], ..good.sign_in() }, awaited(), "exactly one AttributeStatement"),
        (wrong_place.sign_in(), awaited(), "Recipient"),
        (weak.sign_in(), awaited(), "cvr"),
        (weak.sign_in(), awaited(), "loa"),
    ];
    for (sign_in, awaited, expected) in cases {
        let response = sign_in.to_response(key, Some(&recipient())).unwrap();
        let found = violations(&response, &awaited);
        assert!(found.iter().any(|v| v == expected), "{expected}: {found:?}");
    }
    let readable = good.sign_in().to_response(key, None).unwrap();
    let found = violations(&readable, &awaited());
    assert!(found.iter().any(|v| v == "plaintext Assertion"), "{found:?}");
    let other = Recipient::new(&other_keys().certificate, Encryption::default()).unwrap();
    let unreadable = good.sign_in().to_response(key, Some(&other)).unwrap();
    let found = violations(&unreadable, &awaited());
    assert!(found.iter().any(|v| v == "EncryptedAssertion cannot be opened"), "{found:?}");
}

#[test]
fn a_changed_assertion_no_longer_verifies() {
    let readable = Answer::new().sign_in().to_response(&idp_keys().1, None).unwrap();
    let start = readable.find("<saml:Assertion").unwrap();
    let end = readable.find("</saml:Assertion>").unwrap() + "</saml:Assertion>".len();
    let assertion = &readable[start..end];
    assert!(signature_is_valid(assertion));
    assert!(!signature_is_valid(&assertion.replace(">Substantial<", ">High<")));
}

#[test]
fn nothing_personal_is_readable_in_an_encrypted_answer() {
    let mut answer = Answer::new();
    answer.attributes.push(Attribute::one(name::FULL_NAME, "Nancy Ann Test"));
    let response = answer.sign_in().to_response(&idp_keys().1, Some(&recipient())).unwrap();
    for secret in [PERSON, "Nancy", "Substantial", "_session1"] {
        assert!(!response.contains(secret), "{secret}");
    }
    assert!(!format!("{:?}", answer.attributes).contains("Nancy"));
}

#[test]
fn confidential_values_never_leave_unencrypted() {
    let key = &idp_keys().1;
    for confidential in [name::CPR_NUMBER, name::CPR_UUID, name::CPR_NUMBER_IDENTIFIER] {
        let mut answer = Answer::new();
        answer.attributes.push(Attribute::one(confidential, "x"));
        let sent = answer.sign_in().to_response(key, None);
        assert_eq!(sent, Err(ResponseFault::ConfidentialUnencrypted), "{confidential}");
        assert!(answer.sign_in().to_response(key, Some(&recipient())).is_ok());
    }
    let mut answer = Answer::new();
    answer.name_id.confidential = true;
    assert_eq!(answer.sign_in().to_response(key, None), Err(ResponseFault::ConfidentialUnencrypted));
}

#[test]
fn an_ended_session_and_an_unwritable_value_give_no_answer() {
    let answer = Answer::new();
    let ended = SignIn { session_ends: now(), ..answer.sign_in() };
    assert_eq!(ended.to_response(&idp_keys().1, None), Err(ResponseFault::SessionEnded));
    let unwritable = SignIn { session_index: "\u{0}", ..answer.sign_in() };
    assert_eq!(unwritable.to_response(&idp_keys().1, None), Err(ResponseFault::Xml));
}

#[test]
fn the_class_reference_follows_the_connection() {
    let asked = RequestedContext::levels(Comparison::Minimum, &[Level::Low]);
    let stated = asked.state(Level::Substantial).unwrap();
    assert_eq!(ClassRef::LevelUri.uri(stated), Level::Substantial.uri());
    assert_eq!(ClassRef::Nsis.uri(stated), "https://data.gov.dk/concept/core/nsis");
    assert_eq!(ClassRef::Echo.uri(stated), Level::Low.uri());
    let unasked = RequestedContext::ANY.state(Level::Substantial).unwrap();
    assert_eq!(ClassRef::Echo.uri(unasked), Level::Substantial.uri());
}

#[test]
fn a_refusal_is_signed_as_a_whole_and_holds_no_assertion() {
    for (status, top, second) in [
        (ErrorStatus::NoPassive, "Responder", "NoPassive"),
        (ErrorStatus::NoAuthnContext, "Responder", "NoAuthnContext"),
        (ErrorStatus::AuthnFailed, "Responder", "AuthnFailed"),
        (ErrorStatus::RequestDenied, "Responder", "RequestDenied"),
        (ErrorStatus::InvalidNameIdPolicy, "Requester", "InvalidNameIDPolicy"),
        (ErrorStatus::UnsupportedBinding, "Requester", "UnsupportedBinding"),
        (ErrorStatus::RequestUnsupported, "Requester", "RequestUnsupported"),
    ] {
        let answer = Answer::new();
        let failure = Failure {
            response_id: &answer.response_id,
            issuer: IDP,
            return_to: &answer.return_to,
            status,
            now: now(),
        };
        let response = failure.to_response(&idp_keys().1).unwrap();
        assert_eq!(refusal_violations(&response, &awaited(), [top, second]), Vec::<String>::new());
        let other = refusal_violations(&response, &awaited(), [top, "Success"]);
        assert_eq!(other, ["Response Status"]);
    }
    let granted = Answer::new().sign_in().to_response(&idp_keys().1, Some(&recipient())).unwrap();
    let found = refusal_violations(&granted, &awaited(), ["Responder", "AuthnFailed"]);
    assert!(found.iter().any(|it| it == "no assertion in a refusal"), "{found:?}");
}

#[test]
fn the_form_carries_the_answer_to_the_service() {
    let answer = Answer::new();
    let form = PostForm::new("<a/>", &answer.return_to);
    assert_eq!(form.action, ACS);
    assert_eq!(form.saml_response, "PGEvPg==");
    assert_eq!(form.relay_state.as_deref(), Some("state"));
}

#[test]
fn a_key_without_its_own_certificate_does_not_sign() {
    let (keys, _) = idp_keys();
    let mixed = SigningKey::new(&keys.pkcs8, other_keys().certificate.clone());
    assert_eq!(mixed.err(), Some(SignFault::OtherCertificate));
    let broken = SigningKey::new(b"no key", keys.certificate.clone());
    assert_eq!(broken.err(), Some(SignFault::UnusableKey));
}
