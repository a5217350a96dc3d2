//! A signature inside the message it signs (SAML core 5.4): believed only where it can mean nothing but the whole of it.
//!
//! Of the many ways to wrap a signed message into a forged one, each needs a second signature, a signature that stands
//! somewhere else, one that refers to something else, or an id that means two things. None of them gets past
//! [`verify`]: what was verified is what is read afterwards, the document element itself, or the message of an envelope.

use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use roxmltree::{Document, Node};

use crate::certificate::Certificate;
use crate::names;
use crate::reason::reasons;
use crate::xml::{self, XmlFault};

reasons! {
    /// Why a signature inside a message is not believed.
    SignatureFault {
        Xml = "signature-xml", "A part of the signature stands there twice, or not as it should.";
        Unsigned = "signature-missing", "The message is not signed.";
        Misplaced = "signature-misplaced", "The signature does not stand in the message itself, or is not the only one.";
        OtherReference = "signature-other-reference", "The signature does not cover the whole message and nothing else.";
        Crowded = "signature-crowded", "The signature lists more transforms or prefixes than any needs.";
        WeakAlgorithm = "signature-weak-algorithm", "The message is signed with SHA-1, which is refused.";
        UnknownAlgorithm = "signature-unknown-algorithm", "The message is signed with an algorithm that is not supported.";
        NotGenuine = "signature-not-genuine", "The signature fits none of the signing certificates.";
    }
}

impl From<XmlFault> for SignatureFault {
    fn from(_: XmlFault) -> Self {
        Self::Xml
    }
}

const SIGNATURES: [&str; 4] =
    [names::RSA_SHA256, names::RSA_SHA512, names::ECDSA_SHA256, names::ECDSA_SHA384];
const DIGESTS: [&str; 3] = [names::SHA256, names::SHA384, names::SHA512];
/// Prefixes a signature may list, in all. Each costs as much as an element, for each element of the message, and that is
/// computed before anybody knows whose signature it is; what services write lists one or two.
const MOST_PREFIXES: usize = 16;
const WEAK: [&str; 4] = [names::RSA_SHA1, names::DSA_SHA1, names::ECDSA_SHA1, names::SHA1];

/// Believes the document when its one signature is a child of the document element, covers all of it, and was made with
/// the key of one of these certificates. `source` is the text `document` was parsed from; no id in it may mean two
/// elements ([`xml::unique_ids`] is part of this).
pub(crate) fn verify(
    source: &str,
    document: &Document<'_>,
    certificates: &[Certificate],
) -> Result<(), SignatureFault> {
    verify_inside(source, document, document.root_element(), certificates)
}

/// The same of a message inside the document, such as one in an envelope: the one signature of the whole document must
/// stand in it and cover all of it.
pub(crate) fn verify_inside(
    source: &str,
    document: &Document<'_>,
    message: Node<'_, '_>,
    certificates: &[Certificate],
) -> Result<(), SignatureFault> {
    xml::unique_ids(document)?;
    let mut all = document.descendants().filter(|node| xml::is(*node, names::XMLDSIG, "Signature"));
    let signature = all.next().ok_or(SignatureFault::Unsigned)?;
    if all.next().is_some() || signature.parent() != Some(message) {
        return Err(SignatureFault::Misplaced);
    }
    covers(signature, message)?;
    if certificates.iter().any(|certificate| holds(source, certificate)) {
        Ok(())
    } else {
        Err(SignatureFault::NotGenuine)
    }
}

/// One reference, to the message, with strong algorithms and no transform that could cut something out.
fn covers(signature: Node<'_, '_>, message: Node<'_, '_>) -> Result<(), SignatureFault> {
    // What stands in the signature is cut out before digesting, so nothing but the signature may stand there.
    let parts = ["SignedInfo", "SignatureValue", "KeyInfo"];
    let own = |node: Node<'_, '_>| parts.iter().any(|part| xml::is(node, names::XMLDSIG, part));
    if !signature.children().filter(Node::is_element).all(own) {
        return Err(SignatureFault::Misplaced);
    }
    let info = child(signature, "SignedInfo")?.ok_or(SignatureFault::OtherReference)?;
    let reference = child(info, "Reference")?.ok_or(SignatureFault::OtherReference)?;
    let whole = xml::attribute(message, "ID")
        .is_some_and(|id| xml::attribute(reference, "URI") == Some(format!("#{id}").as_str()));
    if !whole {
        return Err(SignatureFault::OtherReference);
    }
    strong(child(info, "SignatureMethod")?, &SIGNATURES)?;
    strong(child(reference, "DigestMethod")?, &DIGESTS)?;
    strong(child(info, "CanonicalizationMethod")?, &[names::EXCLUSIVE_C14N])?;
    few_prefixes(signature)?;
    let transforms = child(reference, "Transforms")?.ok_or(SignatureFault::OtherReference)?;
    let plain = [names::ENVELOPED_SIGNATURE, names::EXCLUSIVE_C14N];
    let transforms: Vec<_> = transforms.children().filter(Node::is_element).collect();
    let only_these = transforms.iter().all(|one| {
        xml::is(*one, names::XMLDSIG, "Transform")
            && xml::attribute(*one, "Algorithm").is_some_and(|algorithm| plain.contains(&algorithm))
    });
    if !only_these || transforms.is_empty() {
        return Err(SignatureFault::OtherReference);
    }
    // Each takes the message apart once more.
    if transforms.len() > plain.len() { Err(SignatureFault::Crowded) } else { Ok(()) }
}

fn few_prefixes(signature: Node<'_, '_>) -> Result<(), SignatureFault> {
    let lists = signature.descendants().flat_map(|node| node.attributes());
    let lists = lists.filter(|attribute| attribute.name() == "PrefixList");
    let listed: usize = lists.map(|list| list.value().split_whitespace().count()).sum();
    if listed > MOST_PREFIXES { Err(SignatureFault::Crowded) } else { Ok(()) }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Result<Option<Node<'a, 'i>>, XmlFault> {
    xml::only_child(node, names::XMLDSIG, name)
}

fn strong(method: Option<Node<'_, '_>>, accepted: &[&str]) -> Result<(), SignatureFault> {
    match method.and_then(|method| xml::attribute(method, "Algorithm")) {
        Some(algorithm) if accepted.contains(&algorithm) => Ok(()),
        Some(algorithm) if WEAK.contains(&algorithm) => Err(SignatureFault::WeakAlgorithm),
        _ => Err(SignatureFault::UnknownAlgorithm),
    }
}

fn holds(source: &str, certificate: &Certificate) -> bool {
    let Ok(key) = loader::load_x509_cert_der(certificate.der()) else { return false };
    let mut keys = KeysManager::new();
    keys.add_key(key);
    // Only this key, whatever the message carries; every reference is digested here.
    dsig::verify::verify(&DsigContext::new(keys), source)
        .is_ok_and(|result| result.all_reference_digests_verified())
}
