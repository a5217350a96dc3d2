//! The keys of a service, and the kind of encryption it says it can open.

use roxmltree::Node;

use super::{MetadataError, MetadataFault, at};
use crate::certificate::{Certificate, KeyKind};
use crate::encrypt::{Cipher, Encryption, KeyTransport};
use crate::names;
use crate::xml;

/// Everything the key descriptors say.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) signing: Vec<Certificate>,
    pub(super) encryption: Vec<Certificate>,
    pub(super) methods: Vec<Method>,
}

/// One `md:EncryptionMethod`: an algorithm and, for key transport, its digest.
#[derive(Debug)]
pub(super) struct Method {
    algorithm: String,
    digest: Option<String>,
}

impl Keys {
    pub(super) fn read(role: Node<'_, '_>) -> Result<Self, MetadataError> {
        let mut keys = Self::default();
        for (number, descriptor) in (1..).zip(xml::children(role, names::METADATA, "KeyDescriptor")) {
            keys.add(descriptor, number)?;
        }
        if keys.signing.is_empty() {
            return Err(at(MetadataFault::NoSigningKey, "md:KeyDescriptor"));
        }
        Ok(keys)
    }

    fn add(&mut self, descriptor: Node<'_, '_>, number: usize) -> Result<(), MetadataError> {
        let place = format!("KeyDescriptor {number}");
        let (signing, encryption) = match xml::attribute(descriptor, "use") {
            None => (true, true),
            Some("signing") => (true, false),
            Some("encryption") => (false, true),
            Some(_) => return Err(at(MetadataFault::BadKeyUse, place)),
        };
        let certificates = certificates(descriptor, &place)?;
        if encryption {
            let usable = |c: &Certificate| matches!(c.kind(), KeyKind::Rsa { .. });
            // A key for both uses may be one that can only sign.
            if !signing && !certificates.iter().all(usable) {
                return Err(at(MetadataFault::EncryptionKeyNotRsa, place));
            }
            self.encryption.extend(certificates.iter().filter(|c| usable(c)).cloned());
            self.methods.extend(methods(descriptor));
        }
        if signing {
            self.signing.extend(certificates);
        }
        Ok(())
    }
}

fn certificates(descriptor: Node<'_, '_>, place: &str) -> Result<Vec<Certificate>, MetadataError> {
    let bad = |why: &dyn std::fmt::Display| at(MetadataFault::BadCertificate, format!("{place}: {why}"));
    let found = descriptor
        .descendants()
        .filter(|node| xml::is(*node, names::XMLDSIG, "X509Certificate"))
        .map(|node| {
            let text = xml::text(node).map_err(|fault| bad(&fault))?;
            Certificate::from_base64(text).map_err(|fault| bad(&fault))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if found.is_empty() {
        return Err(at(MetadataFault::KeyWithoutCertificate, place));
    }
    Ok(found)
}

fn methods(descriptor: Node<'_, '_>) -> impl Iterator<Item = Method> {
    xml::children(descriptor, names::METADATA, "EncryptionMethod").map(|method| {
        let digest = xml::children(method, names::XMLDSIG, "DigestMethod").next();
        let algorithm = |node| xml::attribute(node, "Algorithm").map(str::to_owned);
        Method { algorithm: algorithm(method).unwrap_or_default(), digest: digest.and_then(algorithm) }
    })
}

/// The best pair the service lists; a list without a cipher or without a transport leaves that
/// half to us (metadata 2.4.1.1 makes the whole list optional).
pub(super) fn preferred(methods: &[Method]) -> Result<Option<Encryption>, MetadataError> {
    if methods.is_empty() {
        return Ok(None);
    }
    let transport = half(methods, is_transport, &KeyTransport::BEST_FIRST, |transport, method| {
        method.algorithm == transport.uri()
            && method.digest.as_deref().unwrap_or(transport.assumed_digest()) == transport.digest_uri()
    })?;
    let cipher = half(
        methods,
        |m| !is_transport(m),
        &Cipher::BEST_FIRST,
        |cipher, method| method.algorithm == cipher.uri(),
    )?;
    Ok(Some(Encryption { transport, cipher }))
}

fn half<T: Copy + Default>(
    methods: &[Method],
    belongs: impl Fn(&Method) -> bool,
    best_first: &[T],
    matches: impl Fn(T, &Method) -> bool,
) -> Result<T, MetadataError> {
    let mut listed = methods.iter().filter(|method| belongs(method)).peekable();
    if listed.peek().is_none() {
        return Ok(T::default());
    }
    let listed: Vec<_> = listed.collect();
    best_first
        .iter()
        .copied()
        .find(|ours| listed.iter().any(|method| matches(*ours, method)))
        .ok_or_else(|| at(MetadataFault::NoSupportedEncryption, "md:EncryptionMethod"))
}

fn is_transport(method: &Method) -> bool {
    // Key transport algorithms are all named after RSA.
    method.algorithm.contains("#rsa-")
}
