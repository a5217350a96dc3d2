//! Small questions to a parsed container, each with one safe answer.

use crate::lines::Lines;
use crate::values::At;
use domain::code_device::{DeliveryFault, Misread, Place};
use roxmltree::Node;

/// Elements of RFC 6030.
pub(super) const PSKC: &str = "urn:ietf:params:xml:ns:keyprov:pskc";
/// XML Encryption.
pub(super) const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
/// XML Encryption 1.1, where derived keys are.
pub(super) const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";

/// Where in the file one package, or what comes before them, is being read.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) package: Option<u32>,
    /// Of the package's own tag; values in it are named by their element.
    pub(super) line: u64,
}

impl Here {
    pub(super) fn of(node: Node<'_, '_>, package: Option<u32>, lines: &mut Lines<'_>) -> Self {
        Self { package, line: lines.line_of(node.range().start) }
    }

    pub(super) fn at(self, what: &'static str) -> At {
        At { place: Place { line: self.line, package: self.package }, what }
    }

    /// The child, which may be there once.
    pub(super) fn child<'a, 'i>(
        self,
        node: Node<'a, 'i>,
        (namespace, name): (&str, &'static str),
    ) -> Result<Option<Node<'a, 'i>>, DeliveryFault> {
        let mut found = node.children().filter(|child| is(*child, namespace, name));
        let first = found.next();
        match found.next() {
            Some(_) => Err(self.at(name).fault(Misread::Twice)),
            None => Ok(first),
        }
    }

    /// The child, which must be there once.
    pub(super) fn demanded<'a, 'i>(
        self,
        node: Node<'a, 'i>,
        (namespace, name): (&str, &'static str),
    ) -> Result<Node<'a, 'i>, DeliveryFault> {
        self.child(node, (namespace, name))?.ok_or_else(|| self.at(name).fault(Misread::Missing))
    }

    /// The text of a child of RFC 6030's; none when it is empty or not there.
    pub(super) fn text<'a>(
        self,
        node: Node<'a, '_>,
        name: &'static str,
    ) -> Result<Option<&'a str>, DeliveryFault> {
        let Some(child) = self.child(node, (PSKC, name))? else { return Ok(None) };
        let text = self.only_text(child, name)?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// The whole text of an element that holds nothing else.
    pub(super) fn only_text<'a>(
        self,
        node: Node<'a, '_>,
        name: &'static str,
    ) -> Result<&'a str, DeliveryFault> {
        let mut inside = node.children();
        match (inside.next(), inside.next()) {
            (None, _) => Ok(""),
            (Some(only), None) if only.is_text() => Ok(only.text().unwrap_or_default().trim()),
            _ => Err(self.at(name).fault(Misread::Malformed)),
        }
    }
}

/// Whether the node is the element `name` of `namespace`.
pub(super) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(namespace)
}

/// The descendant of a local name, whatever its namespace: inside key derivation every tool writes another one.
pub(super) fn named<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|it| it.is_element() && it.tag_name().name() == name)
}
