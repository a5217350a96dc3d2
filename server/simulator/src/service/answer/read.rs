//! Reading the XML of an answer: each thing once, in its own namespace, in its own place.

use super::super::Counter;
use super::{Refused, SKEW, SignedIn};
use bergshamra::EncContext;
use domain::Timestamp;
use roxmltree::{Document, Node, ParsingOptions};

const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const LEVEL: &str = "https://data.gov.dk/concept/core/nsis/loa";
const CVR: &str = "https://data.gov.dk/model/core/eid/professional/cvr";
const ORGANISATION: &str = "https://data.gov.dk/model/core/eid/professional/orgName";

/// What stands outside the encryption.
pub(super) struct Envelope {
    pub(super) in_response_to: String,
    pub(super) destination: String,
    pub(super) success: bool,
}

/// Reads the outside. It is not signed: whatever counts is asked again of the assertion.
pub(super) fn envelope(message: &str) -> Result<Envelope, Refused> {
    let document = parsed(message)?;
    let root = document.root_element();
    if !root.has_tag_name((PROTOCOL, "Response")) {
        return Err(Refused::Unreadable);
    }
    let status = only(root, PROTOCOL, "Status").and_then(|status| only(status, PROTOCOL, "StatusCode"))?;
    Ok(Envelope {
        in_response_to: attribute(root, "InResponseTo")?.to_owned(),
        destination: attribute(root, "Destination")?.to_owned(),
        success: attribute(status, "Value")? == SUCCESS,
    })
}

/// The text of the one assertion, which must have been encrypted.
pub(super) fn opened(counter: &Counter, message: &str) -> Result<String, Refused> {
    let document = parsed(message)?;
    let root = document.root_element();
    let readable = root.descendants().any(|it| it.has_tag_name((ASSERTION, "Assertion")));
    if readable || only(root, ASSERTION, "EncryptedAssertion").is_err() {
        return Err(Refused::Unreadable);
    }
    let keys = counter.opening_keys().ok_or(Refused::Unreadable)?;
    let open = bergshamra::decrypt(&EncContext::new(keys), message).map_err(|_| Refused::Unreadable)?;
    let document = parsed(&open)?;
    let wrapper = only(document.root_element(), ASSERTION, "EncryptedAssertion")?;
    let assertion = only(wrapper, ASSERTION, "Assertion")?;
    if wrapper.children().filter(Node::is_element).count() != 1 {
        return Err(Refused::Unreadable);
    }
    open.get(assertion.range()).map(str::to_owned).ok_or(Refused::Unreadable)
}

/// Reads the assertion whose signature was found good.
pub(super) fn assertion(
    counter: &Counter,
    xml: &str,
    request: &str,
    now: Timestamp,
) -> Result<SignedIn, Refused> {
    let document = parsed(xml)?;
    let root = document.root_element();
    if !covered(root) {
        return Err(Refused::NotSigned);
    }
    if text(only(root, ASSERTION, "Issuer")?) != counter.idp.entity_id {
        return Err(Refused::NotSigned);
    }
    let subject = only(root, ASSERTION, "Subject")?;
    confirmed(counter, subject, request, now)?;
    for_us(counter, only(root, ASSERTION, "Conditions")?, now)?;
    let statement = only(root, ASSERTION, "AuthnStatement")?;
    let ends_at = instant(statement, "SessionNotOnOrAfter")?;
    if ends_at <= now {
        return Err(Refused::NotNow);
    }
    let name_id = only(subject, ASSERTION, "NameID")?;
    if attribute(name_id, "Format")? != PERSISTENT {
        return Err(Refused::NotForUs);
    }
    let attributes = only(root, ASSERTION, "AttributeStatement")?;
    Ok(SignedIn {
        level: said(attributes, LEVEL),
        cvr: said(attributes, CVR).ok_or(Refused::Unreadable)?,
        organisation: said(attributes, ORGANISATION).ok_or(Refused::Unreadable)?,
        name_id: text(name_id).to_owned(),
        authenticated_at: instant(statement, "AuthnInstant")?,
        ends_at,
    })
}

/// The one signature stands in the assertion and covers it whole: what is read is what was signed.
fn covered(root: Node<'_, '_>) -> bool {
    let references: Vec<Node<'_, '_>> =
        root.descendants().filter(|it| it.has_tag_name((SIGNATURE, "Reference"))).collect();
    let (Some(id), [reference]) = (root.attribute("ID"), references.as_slice()) else { return false };
    root.has_tag_name((ASSERTION, "Assertion"))
        && only(root, SIGNATURE, "Signature").is_ok()
        && reference.attribute("URI") == Some(&format!("#{id}"))
        && root.descendants().filter(|it| it.attribute("ID").is_some()).count() == 1
}

/// Handed in by the bearer, to us, for our request, in time.
fn confirmed(counter: &Counter, subject: Node<'_, '_>, request: &str, now: Timestamp) -> Result<(), Refused> {
    let confirmation = only(subject, ASSERTION, "SubjectConfirmation")?;
    let data = only(confirmation, ASSERTION, "SubjectConfirmationData")?;
    if attribute(confirmation, "Method")? != BEARER || attribute(data, "Recipient")? != counter.consumer() {
        return Err(Refused::NotForUs);
    }
    if attribute(data, "InResponseTo")? != request {
        return Err(Refused::NotAwaited);
    }
    in_time(None, instant(data, "NotOnOrAfter")?, now)
}

fn for_us(counter: &Counter, conditions: Node<'_, '_>, now: Timestamp) -> Result<(), Refused> {
    let restriction = only(conditions, ASSERTION, "AudienceRestriction")?;
    let named = restriction.children().filter(|it| it.has_tag_name((ASSERTION, "Audience")));
    if !named.map(text).any(|audience| audience == counter.entity_id()) {
        return Err(Refused::NotForUs);
    }
    in_time(Some(instant(conditions, "NotBefore")?), instant(conditions, "NotOnOrAfter")?, now)
}

fn in_time(from: Option<Timestamp>, until: Timestamp, now: Timestamp) -> Result<(), Refused> {
    let early = from.is_some_and(|from| from.saturating_sub(SKEW).is_ok_and(|from| now < from));
    let late = until.saturating_add(SKEW).is_ok_and(|until| now >= until);
    if early || late { Err(Refused::NotNow) } else { Ok(()) }
}

/// The value of an attribute of the person.
fn said(statement: Node<'_, '_>, name: &str) -> Option<String> {
    let attribute = statement.children().find(|it| it.attribute("Name") == Some(name))?;
    let value = only(attribute, ASSERTION, "AttributeValue").ok()?;
    Some(text(value).to_owned())
}

fn parsed(xml: &str) -> Result<Document<'_>, Refused> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 2_000, entity_resolver: None };
    Document::parse_with_options(xml, options).map_err(|_| Refused::Unreadable)
}

/// The only child of that name.
fn only<'a, 'i>(node: Node<'a, 'i>, space: &str, name: &str) -> Result<Node<'a, 'i>, Refused> {
    let mut found = node.children().filter(|it| it.has_tag_name((space, name)));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Refused::Unreadable),
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, Refused> {
    node.attribute(name).ok_or(Refused::Unreadable)
}

/// The whole text of an element that holds nothing but text: a comment in it must not cut it short.
fn text<'a>(node: Node<'a, '_>) -> &'a str {
    let mut inside = node.children();
    match (inside.next(), inside.next()) {
        (Some(only), None) if only.is_text() => only.text().unwrap_or_default(),
        _ => "",
    }
}

fn instant(node: Node<'_, '_>, name: &str) -> Result<Timestamp, Refused> {
    attribute(node, name)?.parse().map_err(|_| Refused::Unreadable)
}
