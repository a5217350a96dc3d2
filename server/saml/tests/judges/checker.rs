//! The checks Denmark's reference service makes on an answer (OIOSAML 3.0.3; oiosaml 1.4), as a programme: for answers made
//! by the wire alone, and for those of a running house. Stands beside `common`.

use super::common::federations::{EXACT, UNI_ID};
use super::common::{ACS, IDP, SERVICE, idp_keys, service_keys};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, EncContext, KeysManager, keys::loader};
use domain::relying_party::Preset;
use jiff::{SignedDuration, Timestamp};
use roxmltree::{Document, Node};
use saml::attributes::name;
use saml::values::Level;

const SKEW: SignedDuration = SignedDuration::from_mins(3);

/// By whose rules an answer is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
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
    pub(crate) const fn of(preset: Preset) -> Self {
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
pub(crate) struct Awaited<'a> {
    pub(crate) request: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) lowest: Level,
    pub(crate) door: Door,
    /// The organisation she works for.
    pub(crate) cvr: &'a str,
}

/// Everything wrong with an answer; an empty list is a pass.
pub(crate) fn violations(response: &str, awaited: &Awaited<'_>) -> Vec<String> {
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

/// Everything wrong with an answer that says no, with the status of the top level and the second; an empty list is a pass.
pub(crate) fn refusal_violations(response: &str, awaited: &Awaited<'_>, status: [&str; 2]) -> Vec<String> {
    let mut found = Found::default();
    found.unless(signature_is_valid(response), "Response signature");
    let document = Document::parse(response).unwrap();
    let root = document.root_element();
    found.unless(root.tag_name().name() == "Response", "Response");
    found.unless(covers_root(root), "signature covers exactly the Response");
    found.unless(attr(root, "Destination") == ACS, "Response Destination");
    found.unless(attr(root, "InResponseTo") == awaited.request, "Response InResponseTo");
    found.unless(is_fresh(root, awaited.now), "Response IssueInstant");
    let issuer = child(root, "Issuer").and_then(|issuer| issuer.text());
    found.unless(issuer == Some(IDP), "Issuer");
    let codes: Vec<_> = all(root, "StatusCode").iter().map(|code| attr(*code, "Value")).collect();
    let expected = status.map(|word| format!("urn:oasis:names:tc:SAML:2.0:status:{word}"));
    found.unless(codes == expected, "Response Status");
    let assertions = [all(root, "Assertion"), all(root, "EncryptedAssertion")].concat();
    found.unless(assertions.is_empty(), "no assertion in a refusal");
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
            value.starts_with(&format!("C=DK,O={},CN=", awaited.cvr)) && value.contains(",Serial="),
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
    let cvr = is(name::CVR, awaited.cvr) && awaited.cvr.len() == 8;
    let cvr = cvr && awaited.cvr.bytes().all(|b| b.is_ascii_digit());
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
            check_privileges(&value(name::PRIVILEGES).unwrap_or_default(), awaited.cvr, found);
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
fn check_privileges(encoded: &str, cvr: &str, found: &mut Found) {
    let xml =
        STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let Ok(document) = Document::parse(&xml) else {
        return found.unless(false, "privilegesIntermediate");
    };
    let root = document.root_element().tag_name();
    let namespace = Some("http://itst.dk/oiosaml/basic_privilege_profile");
    found.unless((root.name(), root.namespace()) == ("PrivilegeList", namespace), "PrivilegeList");
    let groups: Vec<_> = document.descendants().filter(|n| n.has_tag_name("PrivilegeGroup")).collect();
    let scope = format!("urn:dk:gov:saml:cvrNumberIdentifier:{cvr}");
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
    let Some(signature) = child(assertion, "Signature") else { return false };
    let references = all(signature, "Reference");
    let id = attr(assertion, "ID");
    references.len() == 1
        && attr(references[0], "URI") == format!("#{id}")
        && assertion.descendants().filter(|n| n.attribute("ID") == Some(id)).count() == 1
}

pub(crate) fn signature_is_valid(xml: &str) -> bool {
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
    open.get(start..end).map(str::to_owned)
}
