//! Small questions to a parsed document, each with one safe answer.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::XmlFault;

/// Whether the node is the element `name` of `namespace`.
pub(crate) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(namespace)
}

/// The children called `name` in `namespace`.
pub(crate) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, namespace, name))
}

/// The child called `name`, refused when there are two.
pub(crate) fn only_child<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &'static str,
    name: &'static str,
) -> Result<Option<Node<'a, 'i>>, XmlFault> {
    let mut found = children(node, namespace, name);
    let first = found.next();
    match found.next() {
        Some(_) => Err(XmlFault::Repeated),
        None => Ok(first),
    }
}

/// An attribute without namespace.
pub(crate) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.namespace().is_none() && attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// The whole text of an element that holds nothing else, without white space around it.
pub(crate) fn text<'a>(node: Node<'a, '_>) -> Result<&'a str, XmlFault> {
    let mut inside = node.children();
    let first = inside.next();
    match (first, inside.next()) {
        (None, _) => Ok(""),
        (Some(only), None) if only.is_text() => Ok(only.text().unwrap_or_default().trim()),
        _ => Err(XmlFault::MixedText),
    }
}

/// Refuses a document in which an id could mean two elements.
pub(crate) fn unique_ids(document: &Document<'_>) -> Result<(), XmlFault> {
    let mut seen = HashSet::new();
    let ids = document
        .descendants()
        .flat_map(|node| node.attributes())
        .filter(|attribute| attribute.name().eq_ignore_ascii_case("id"));
    for id in ids {
        if !seen.insert(id.value()) {
            return Err(XmlFault::DuplicateId);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, parse};

    #[test]
    fn text_is_the_whole_text_or_nothing() {
        let document = parse("<a><b> x &amp; y </b><c>x<d/>y</c><e/></a>", Limits::MESSAGE).unwrap();
        let mut inside = document.root_element().children();
        assert_eq!(text(inside.next().unwrap()), Ok("x & y"));
        assert_eq!(text(inside.next().unwrap()), Err(XmlFault::MixedText));
        assert_eq!(text(inside.next().unwrap()), Ok(""));
    }

    #[test]
    fn the_same_id_twice_is_refused_however_it_is_spelled() {
        for source in
            ["<a ID='x'><b ID='x'/></a>", "<a ID='x'><b Id='x'/></a>", "<a ID='x'><b xml:id='x'/></a>"]
        {
            let document = parse(source, Limits::MESSAGE).unwrap();
            assert_eq!(unique_ids(&document), Err(XmlFault::DuplicateId), "{source}");
        }
    }

    #[test]
    fn an_element_is_found_once_or_refused() {
        let document = parse("<a xmlns='urn:n'><b/><c/><c/><b xmlns='urn:o'/></a>", Limits::MESSAGE).unwrap();
        let root = document.root_element();
        assert!(only_child(root, "urn:n", "b").unwrap().is_some());
        assert!(only_child(root, "urn:n", "z").unwrap().is_none());
        assert_eq!(only_child(root, "urn:n", "c"), Err(XmlFault::Repeated));
    }
}
