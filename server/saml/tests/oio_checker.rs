//! The checks Denmark's reference service makes on an answer (OIOSAML 3.0.3; oiosaml 1.4), as a
//! programme, and our answers put through it.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, EncContext, KeysManager, keys::loader};
use common::federations::*;
use common::*;
use domain::relying_party::{self, Preset, RelyingParty};
use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};
use saml::attributes::{Attribute, OIOSAML_3, Professional, name};
use saml::authn_request::{Comparison, RequestedContext};
use saml::encrypt::{Encryption, Recipient};
use saml::error_response::{ErrorStatus, Failure};
use saml::form::PostForm;
use saml::response::{ClassRef, ResponseFault, SignIn};
use saml::sign::{SignFault, SigningKey};
use saml::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};

const SKEW: SignedDuration = SignedDuration::from_mins(3);

/// By whose rules an answer is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    /// A service by OIOSAML 3.0.3 (oiosaml 1.4, 1.8).
    Service,
    /// `NemLog-in`'s door for local identity providers (oiosaml 2.3).
    LocalIdp,
    /// KOMBIT's Context Handler (oiosaml 3.1).
    ContextHandler,
    /// Unilogin's broker (oiosaml 3.2).
    Unilogin,
    /// A service by SAML 2 alone, which is told no version of a profile.
    Plain,
}

impl Door {
    /// That of a federation.
    const fn of(preset: Preset) -> Self {
        match preset {
            Preset::Oiosaml => Self::Service,
            Preset::NemLogIn => Self::LocalIdp,
            Preset::Kombit => Self::ContextHandler,
            Preset::Stil => Self::Unilogin,
            Preset::Plain => Self::Plain,
        }
    }
}

/// What the service knows when the answer arrives.
struct Awaited<'a> {
    request: &'a str,
    now: Timestamp,
    lowest: Level,
    door: Door,
}

/// Everything wrong with an answer; an empty list is a pass.
fn violations(response: &str, awaited: &Awaited<'_>) -> Vec<String> {
    let mut found = Found::default();
    let document = Document::parse(response).unwrap();
    let root = document.root_element();
    found.unless(attr(root, "Destination") == ACS, "Response Destination");
    found.unless(attr(root, "InResponseTo") == awaited.request, "Response InResponseTo");
    found.unless(is_fresh(root, awaited.now), "Response IssueInstant");
    found.unless(child(root, "Signature").is_none(), "Response should not be signed directly");
    found.unless(status(root).ends_with(":status:Success"), "Response Status");
    found.unless(all(root, "Assertion").is_empty(), "plaintext Assertion");
    found.unless(all(root, "EncryptedAssertion").len() == 1, "exactly one EncryptedAssertion");
    match decrypt(response) {
        Some(assertion) => check_assertion(&assertion, awaited, &mut found),
        None => found.unless(false, "EncryptedAssertion cannot be opened"),
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    fn unless(&mut self, good: bool, what: &str) {
        if !good {
            self.0.push(what.to_owned());
        }
    }
}

fn check_assertion(xml: &str, awaited: &Awaited<'_>, found: &mut Found) {
    found.unless(signature_is_valid(xml), "Assertion signature");
    let document = Document::parse(xml).unwrap();
    let assertion = document.root_element();
    found.unless(covers_root(assertion), "signature covers exactly the Assertion");
    found.unless(is_fresh(assertion, awaited.now), "Assertion IssueInstant");
    let issuer = child(assertion, "Issuer").unwrap();
    found.unless(issuer.text() == Some(IDP), "Issuer");
    found.unless(
        matches!(attr(issuer, "Format"), "" | "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"),
        "Issuer Format",
    );
    found.unless(all(assertion, "AuthnStatement").len() == 1, "exactly one AuthnStatement");
    found.unless(all(assertion, "AttributeStatement").len() == 1, "exactly one AttributeStatement");
    check_subject(assertion, awaited, found);
    check_conditions(assertion, awaited, found);
    check_statement(assertion, awaited, found);
    check_attributes(assertion, awaited, found);
}

fn check_subject(assertion: Node<'_, '_>, awaited: &Awaited<'_>, found: &mut Found) {
    let name_id = all(assertion, "NameID");
    found.unless(name_id.len() == 1, "exactly one NameID");
    let (format, value) = (attr(name_id[0], "Format"), name_id[0].text().unwrap_or_default());
    let (good_format, good_value) = match awaited.door {
        Door::Service | Door::Plain => (
            format.ends_with(":persistent") || format.ends_with(":transient"),
            value.starts_with("https://data.gov.dk/model/core/eid/professional/uuid/"),
        ),
        // The very bytes that were registered there.
        Door::LocalIdp => (format.ends_with(":persistent"), value == EXACT),
        Door::ContextHandler => (
            format == "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
            value.starts_with("C=DK,O=99999999,CN=") && value.contains(",Serial="),
        ),
        Door::Unilogin => (format.ends_with(":unspecified"), value == UNI_ID),
    };
    found.unless(good_format, "NameID Format");
    found.unless(good_value, "NameID value");
    let confirmation = child(child(assertion, "Subject").unwrap(), "SubjectConfirmation").unwrap();
    found.unless(attr(confirmation, "Method").ends_with(":cm:bearer"), "bearer confirmation");
    let data = child(confirmation, "SubjectConfirmationData").unwrap();
    found.unless(attr(data, "Recipient") == ACS, "Recipient");
    found.unless(attr(data, "InResponseTo") == awaited.request, "confirmation InResponseTo");
    found.unless(attr(data, "NotBefore").is_empty(), "no NotBefore on a bearer confirmation");
    let ends = instant(data, "NotOnOrAfter");
    found.unless(ends.is_some_and(|end| awaited.now < end + SKEW), "confirmation NotOnOrAfter");
}

fn check_conditions(assertion: Node<'_, '_>, awaited: &Awaited<'_>, found: &mut Found) {
    let conditions = child(assertion, "Conditions").unwrap();
    let audience: Vec<_> = all(conditions, "Audience").iter().filter_map(Node::text).collect();
    found.unless(audience == [SERVICE], "Audience");
    let begins = instant(conditions, "NotBefore");
    found.unless(begins.is_some_and(|begin| begin - SKEW <= awaited.now), "Conditions NotBefore");
    let ends = instant(conditions, "NotOnOrAfter");
    found.unless(ends.is_some_and(|end| awaited.now < end + SKEW), "Conditions NotOnOrAfter");
}

fn check_statement(assertion: Node<'_, '_>, awaited: &Awaited<'_>, found: &mut Found) {
    let statement = child(assertion, "AuthnStatement").unwrap();
    found.unless(!attr(statement, "SessionIndex").is_empty(), "SessionIndex");
    let authenticated = instant(statement, "AuthnInstant");
    found.unless(authenticated.is_some_and(|when| when <= awaited.now + SKEW), "AuthnInstant");
    let ends = instant(statement, "SessionNotOnOrAfter");
    found.unless(ends.is_some_and(|end| awaited.now < end), "SessionNotOnOrAfter");
    found.unless(all(statement, "AuthnContextClassRef").len() == 1, "AuthnContextClassRef");
}

fn check_attributes(assertion: Node<'_, '_>, awaited: &Awaited<'_>, found: &mut Found) {
    let attributes = all(assertion, "Attribute");
    let uri = |a: &Node<'_, '_>| attr(*a, "NameFormat").ends_with(":attrname-format:uri");
    found.unless(attributes.iter().all(uri), "attribute NameFormat");
    let value = |name: &str| {
        let named = attributes.iter().find(|a| attr(**a, "Name") == name)?;
        child(*named, "AttributeValue")?.text().map(str::to_owned)
    };
    let loa = value(name::LOA).unwrap_or_default();
    let level = Level::ALL.into_iter().find(|level| level.word() == loa);
    found.unless(level.is_some_and(|level| level >= awaited.lowest), "loa");
    let is = |name: &str, expected: &str| value(name).as_deref() == Some(expected);
    let cvr = value(name::CVR).unwrap_or_default();
    let cvr = cvr.len() == 8 && cvr.bytes().all(|b| b.is_ascii_digit());
    let named: Vec<_> = attributes.iter().map(|a| attr(*a, "Name")).collect();
    if !matches!(awaited.door, Door::Unilogin | Door::Plain) {
        found.unless(is(name::SPEC_VERSION, "OIO-SAML-3.0"), "specVersion");
    }
    found.unless(cvr || awaited.door == Door::Unilogin, "cvr");
    match awaited.door {
        Door::Service | Door::Plain => {
            found.unless(value(name::ORG_NAME).is_some_and(|name| !name.is_empty()), "orgName");
        }
        // Nothing but this: the rest is known there.
        Door::LocalIdp => {
            let all = [name::SPEC_VERSION, name::CVR, name::ORG_NAME, name::LOA];
            found.unless(named == all, "exactly the four attributes of the door");
        }
        Door::ContextHandler => {
            found.unless(is("dk:gov:saml:attribute:KombitSpecVer", "2.0"), "KombitSpecVer");
            found.unless(value(name::EMAIL).is_some_and(|mail| mail.contains('@')), "email");
            check_privileges(&value(name::PRIVILEGES).unwrap_or_default(), found);
        }
        Door::Unilogin => {
            found.unless(is("dk:unilogin:loa", "ToFaktor"), "dk:unilogin:loa");
            found.unless(is("dk:gov:saml:attribute:AssuranceLevel", "3"), "AssuranceLevel");
            let cpr = [name::CPR_NUMBER, "dk:gov:saml:attribute:CprNumberIdentifier"];
            found.unless(!named.iter().any(|name| cpr.contains(name)), "no CPR number unless it is released");
        }
    }
}

/// As the Context Handler reads a list (OIO Basic Privilege Profile 1.1).
fn check_privileges(encoded: &str, found: &mut Found) {
    let xml =
        STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let Ok(document) = Document::parse(&xml) else {
        return found.unless(false, "privilegesIntermediate");
    };
    let root = document.root_element().tag_name();
    let namespace = Some("http://itst.dk/oiosaml/basic_privilege_profile");
    found.unless((root.name(), root.namespace()) == ("PrivilegeList", namespace), "PrivilegeList");
    let groups: Vec<_> = document.descendants().filter(|n| n.has_tag_name("PrivilegeGroup")).collect();
    let scope = "urn:dk:gov:saml:cvrNumberIdentifier:99999999";
    found.unless(groups.iter().any(|group| attr(*group, "Scope") == scope), "PrivilegeGroup Scope");
    found.unless(groups.iter().all(|group| child(*group, "Privilege").is_some()), "Privilege");
}

fn all<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    node.descendants().filter(|n| n.tag_name().name() == name).collect()
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.tag_name().name() == name)
}

fn attr<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}

fn instant(node: Node<'_, '_>, name: &str) -> Option<Timestamp> {
    attr(node, name).parse().ok()
}

fn is_fresh(node: Node<'_, '_>, now: Timestamp) -> bool {
    instant(node, "IssueInstant").is_some_and(|at| at - SKEW <= now && now <= at + SKEW)
}

fn status<'a>(response: Node<'a, '_>) -> &'a str {
    all(response, "StatusCode").first().map_or("", |code| attr(*code, "Value"))
}

/// The only reference points to the document element, and no id stands there twice.
fn covers_root(assertion: Node<'_, '_>) -> bool {
    let signature = child(assertion, "Signature").unwrap();
    let references = all(signature, "Reference");
    let id = attr(assertion, "ID");
    references.len() == 1
        && attr(references[0], "URI") == format!("#{id}")
        && assertion.descendants().filter(|n| n.attribute("ID") == Some(id)).count() == 1
}

fn signature_is_valid(xml: &str) -> bool {
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_x509_cert_der(idp_keys().0.certificate.der()).unwrap());
    let context = DsigContext::new(keys).with_strict_verification(true);
    bergshamra::verify(&context, xml).is_ok_and(|result| result.is_valid())
}

fn decrypt(response: &str) -> Option<String> {
    let mut keys = KeysManager::new();
    keys.add_key(loader::load_pem_auto(service_keys().pem().as_bytes(), None).unwrap());
    let open = bergshamra::decrypt(&EncContext::new(keys), response).ok()?;
    let start = open.find("<saml:Assertion")?;
    let end = open.find("</saml:Assertion>")? + "</saml:Assertion>".len();
    Some(open[start..end].to_owned())
}

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
    Awaited { request: "_request1", now: now(), lowest: Level::Substantial, door: Door::Service }
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
        assert!(signature_is_valid(&response));
        let document = Document::parse(&response).unwrap();
        let root = document.root_element();
        assert!(covers_root(root));
        assert_eq!(attr(root, "Destination"), ACS);
        assert_eq!(attr(root, "InResponseTo"), "_request1");
        let codes: Vec<_> = all(root, "StatusCode").iter().map(|c| attr(*c, "Value")).collect();
        let uri = |word: &str| format!("urn:oasis:names:tc:SAML:2.0:status:{word}");
        assert_eq!(codes, [uri(top), uri(second)]);
        assert!(all(root, "Assertion").is_empty() && all(root, "EncryptedAssertion").is_empty());
    }
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
