//! Messages signed inside, as forms carry them, and the eight ways to wrap such a signature around another message.

use super::{Keys, Request, service_keys};
use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};

pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The algorithms of a signature, to be changed by a test.
#[derive(Clone, Copy)]
pub struct Methods {
    pub signature: &'static str,
    pub digest: &'static str,
    pub transforms: &'static str,
}

pub const GOOD: Methods = Methods {
    signature: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    digest: "http://www.w3.org/2001/04/xmlenc#sha256",
    transforms: "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
};

/// An empty signature over the element with this id.
pub fn template(id: &str, methods: Methods) -> String {
    format!(
        "<ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/><ds:SignatureMethod Algorithm=\"{}\"/><ds:Reference URI=\"#{id}\"><ds:Transforms>{}</ds:Transforms><ds:DigestMethod Algorithm=\"{}\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>",
        methods.signature, methods.transforms, methods.digest
    )
}

/// Fills the template that stands in the document.
pub fn signed(document: &str, keys: &Keys) -> String {
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_pem_auto(keys.pem().as_bytes(), None).unwrap());
    dsig::sign::sign(&DsigContext::new(manager), document).unwrap()
}

/// The request with its signature right after the issuer, where the schema has it.
pub fn with_signature(request: &Request, methods: Methods, keys: &Keys) -> String {
    let (_, id) = request.attributes.iter().find(|(name, _)| *name == "ID").unwrap();
    let issuer = format!("{}{}", request.issuer, template(id, methods));
    signed(&request.clone().issuer(issuer).xml(), keys)
}

/// The signature that stands in a document.
pub fn signature_in(xml: &str) -> String {
    let start = xml.find("<ds:Signature ").unwrap();
    let end = xml.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    xml.get(start..end).unwrap().to_owned()
}

/// The eight forms of wrapping (Somorovsky and others, 2012), each around a genuine request of the service. What is forged
/// carries what it is given, under an id of its own.
pub fn wrappings(request: &Request, forged: &dyn Fn(&str) -> Request) -> [(&'static str, String); 8] {
    let genuine = with_signature(request, GOOD, service_keys());
    let signature = signature_in(&genuine);
    let bare = request.xml();
    let object = |inside: &str| {
        signature.replace("</ds:Signature>", &format!("<ds:Object>{inside}</ds:Object></ds:Signature>"))
    };
    let extensions = |inside: &str| format!("<samlp:Extensions>{inside}</samlp:Extensions>");
    let after_issuer = |request: &Request, signature: &str| {
        request.clone().issuer(format!("{}{signature}", request.issuer)).xml()
    };
    let beside = after_issuer(&forged(&extensions(&bare)), &signature);
    let before = forged(&format!("{}{signature}", extensions(&bare))).xml();
    let within = genuine.replace(&signature, &object(&forged("").xml()));
    [
        ("the original in a signature of the forged one", after_issuer(&forged(""), &object(&bare))),
        ("the original beside its signature in the forged one", after_issuer(&forged(&bare), &signature)),
        ("the forged one around the original", forged(&genuine).xml()),
        ("the forged one around it, one element deeper", forged(&extensions(&genuine)).xml()),
        ("the signature in the forged one, the original at the end", beside),
        ("the original in the signature, in extensions", forged(&extensions(&object(&bare))).xml()),
        ("the original in extensions before its signature", before),
        ("the forged one in an object of the original's signature", within),
    ]
}
