//! What we say about ourselves.

use aws_lc_rs::digest::{SHA256, digest};

use crate::certificate::Certificate;
use crate::names;
use crate::sign::{SignFault, SigningKey};
use crate::values::{MessageId, NameIdFormat, hex};
use crate::xml::{Writer, XmlFault};

/// Our side of every connection, as published.
#[derive(Debug, Clone, Copy)]
pub struct IdentityProvider<'a> {
    /// Our entity id: an https address of at most 256 characters.
    pub entity_id: &'a str,
    /// Where requests come: by HTTP-Redirect, and signed metadata may offer HTTP-POST beside it.
    pub single_sign_on: &'a str,
    /// Where logout messages come, by HTTP-Redirect or HTTP-POST; published only once it is served.
    pub single_logout: Option<&'a str>,
    /// Certificates to verify our signatures with: the one in use first, then its successor.
    pub signing: &'a [Certificate],
    /// Name formats we give.
    pub name_id_formats: &'a [NameIdFormat],
    /// Names of the attributes we may release.
    pub attributes: &'a [&'a str],
}

impl IdentityProvider<'_> {
    /// Writes the metadata document, unsigned; requests by redirect alone.
    pub fn to_xml(&self) -> Result<String, XmlFault> {
        let root = [("xmlns:md", names::METADATA), ("entityID", self.entity_id)];
        Writer::document(|w| w.element("md:EntityDescriptor", &root, |w| self.descriptor(w, false)))
    }

    /// Writes it signed as a whole; with `posted` it offers requests by HTTP-POST too. The same content always has the
    /// same id, so that a copy is known for one.
    pub fn to_signed_xml(&self, key: &SigningKey, posted: bool) -> Result<String, SignFault> {
        let written = |_: XmlFault| SignFault::Failed;
        let content = self.to_xml().map_err(written)?;
        let id = format!("_{}", hex(digest(&SHA256, format!("{posted}{content}").as_bytes()).as_ref()));
        let id = MessageId::parse(&id).map_err(|_| SignFault::Failed)?;
        let root = [("xmlns:md", names::METADATA), ("ID", id.as_str()), ("entityID", self.entity_id)];
        let unsigned = Writer::unsigned(|w| {
            w.element("md:EntityDescriptor", &root, |w| {
                w.signature();
                self.descriptor(w, posted);
            });
        });
        key.sign(unsigned.map_err(written)?, &id)
    }

    fn descriptor(&self, w: &mut Writer, posted: bool) {
        let role = [("WantAuthnRequestsSigned", "true"), ("protocolSupportEnumeration", names::PROTOCOL)];
        w.element("md:IDPSSODescriptor", &role, |w| self.role(w, posted));
    }

    /// The children, in the order the schema demands.
    fn role(&self, w: &mut Writer, posted: bool) {
        for certificate in self.signing {
            signing_key(w, certificate);
        }
        if let Some(location) = self.single_logout {
            for binding in [names::BINDING_REDIRECT, names::BINDING_POST] {
                endpoint(w, "md:SingleLogoutService", binding, location);
            }
        }
        for format in self.name_id_formats {
            w.leaf("md:NameIDFormat", &[], format.uri());
        }
        endpoint(w, "md:SingleSignOnService", names::BINDING_REDIRECT, self.single_sign_on);
        if posted {
            endpoint(w, "md:SingleSignOnService", names::BINDING_POST, self.single_sign_on);
        }
        for name in self.attributes {
            w.empty(
                "saml:Attribute",
                &[
                    ("xmlns:saml", names::ASSERTION),
                    ("Name", name),
                    ("NameFormat", names::ATTRIBUTE_NAME_URI),
                ],
            );
        }
    }
}

fn signing_key(w: &mut Writer, certificate: &Certificate) {
    w.element("md:KeyDescriptor", &[("use", "signing")], |w| {
        w.element("ds:KeyInfo", &[("xmlns:ds", names::XMLDSIG)], |w| {
            w.element("ds:X509Data", &[], |w| {
                w.leaf("ds:X509Certificate", &[], &certificate.to_base64());
            });
        });
    });
}

fn endpoint(w: &mut Writer, name: &'static str, binding: &str, location: &str) {
    w.empty(name, &[("Binding", binding), ("Location", location)]);
}
