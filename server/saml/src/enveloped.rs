//! A signature inside the message it covers (SAML core 5.4).

use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use roxmltree::{Document, Node};

use crate::certificate::Certificate;
use crate::names;
use crate::xml::{self, XmlFault};

/// What is to be said of a message's own signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signature {
    /// There is none.
    None,
    /// It covers the whole message and was made with one of the keys.
    Holds,
    /// It does not.
    Broken,
}

/// Judges the one signature of a document: it must stand in `message`, cover the whole of it, and be made with one of
/// these keys. The document's ids are unique; see [`xml::unique_ids`].
pub(crate) fn signature(
    source: &str,
    document: &Document<'_>,
    message: Node<'_, '_>,
    signing: &[Certificate],
) -> Result<Signature, XmlFault> {
    let mut all = document.descendants().filter(|node| xml::is(*node, names::XMLDSIG, "Signature"));
    let Some(signature) = all.next() else { return Ok(Signature::None) };
    let own = all.next().is_none() && signature.parent() == Some(message);
    let good = own && covers(signature, message)? && signing.iter().any(|one| holds(source, one));
    Ok(if good { Signature::Holds } else { Signature::Broken })
}

/// One reference, to the message itself, with strong algorithms and no transform that could cut something out.
fn covers(signature: Node<'_, '_>, message: Node<'_, '_>) -> Result<bool, XmlFault> {
    let child = |node, name| xml::only_child(node, names::XMLDSIG, name);
    let algorithm =
        |node: Option<Node<'_, '_>>| node.and_then(|it| it.attribute("Algorithm").map(str::to_owned));
    let Some(info) = child(signature, "SignedInfo")? else { return Ok(false) };
    let Some(reference) = child(info, "Reference")? else { return Ok(false) };
    let whole = xml::attribute(message, "ID")
        .is_some_and(|id| xml::attribute(reference, "URI") == Some(&format!("#{id}")));
    let method = algorithm(child(info, "SignatureMethod")?);
    let strong = [names::RSA_SHA256, names::RSA_SHA512, names::ECDSA_SHA256, names::ECDSA_SHA384];
    let digest = algorithm(child(reference, "DigestMethod")?);
    let digests = [names::SHA256, names::SHA384, names::SHA512];
    let plain = [names::ENVELOPED_SIGNATURE, names::EXCLUSIVE_C14N];
    let transforms = child(reference, "Transforms")?.is_none_or(|transforms| {
        xml::children(transforms, names::XMLDSIG, "Transform")
            .all(|one| algorithm(Some(one)).is_some_and(|one| plain.contains(&one.as_str())))
    });
    Ok(whole
        && transforms
        && method.is_some_and(|method| strong.contains(&method.as_str()))
        && digest.is_some_and(|digest| digests.contains(&digest.as_str())))
}

fn holds(source: &str, certificate: &Certificate) -> bool {
    let Ok(key) = loader::load_x509_cert_der(certificate.der()) else { return false };
    let mut keys = KeysManager::new();
    keys.add_key(key);
    // Only this key, whatever the message carries; every reference is digested here.
    dsig::verify::verify(&DsigContext::new(keys), source)
        .is_ok_and(|result| result.all_reference_digests_verified())
}
