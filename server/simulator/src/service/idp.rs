//! The identity provider, as its metadata describes it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, KeysManager, keys::loader};
use roxmltree::{Document, Node};

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/// Whom the service trusts.
pub(super) struct IdentityProvider {
    /// Its name.
    pub(super) entity_id: String,
    /// Where it takes requests.
    pub(super) single_sign_on: String,
    certificates: Vec<Vec<u8>>,
}

impl IdentityProvider {
    /// Reads its metadata; none when something is missing.
    pub(super) fn read(metadata: &str) -> Option<Self> {
        let document = Document::parse(metadata).ok()?;
        let root = document.root_element();
        let role = root.children().find(|it| it.has_tag_name((METADATA, "IDPSSODescriptor")))?;
        let certificates: Vec<Vec<u8>> = role.children().filter(signs).filter_map(certificate).collect();
        let single_sign_on = role
            .children()
            .filter(|it| it.has_tag_name((METADATA, "SingleSignOnService")))
            .find(|it| it.attribute("Binding") == Some(REDIRECT))?;
        let read = Self {
            entity_id: root.attribute("entityID")?.to_owned(),
            single_sign_on: single_sign_on.attribute("Location")?.to_owned(),
            certificates,
        };
        (!read.certificates.is_empty()).then_some(read)
    }

    /// Whether it signed this document; the certificate inside the document counts for nothing.
    pub(super) fn signed(&self, document: &str) -> bool {
        let mut keys = KeysManager::new();
        keys.add_keys(self.certificates.iter().filter_map(|der| loader::load_x509_cert_der(der).ok()));
        let context = DsigContext::new(keys).with_trusted_keys_only(true).with_strict_verification(true);
        bergshamra::verify(&context, document).is_ok_and(|result| result.all_reference_digests_verified())
    }
}

/// A key without a purpose serves every purpose (SAML metadata 2.4.1.1).
fn signs(node: &Node<'_, '_>) -> bool {
    node.has_tag_name((METADATA, "KeyDescriptor")) && matches!(node.attribute("use"), None | Some("signing"))
}

fn certificate(descriptor: Node<'_, '_>) -> Option<Vec<u8>> {
    let node = descriptor.descendants().find(|it| it.tag_name().name() == "X509Certificate")?;
    let compact: String = node.text()?.split_ascii_whitespace().collect();
    STANDARD.decode(compact).ok()
}
