//! What the writer writes, in exclusive canonical form (Exclusive XML Canonicalization 1.0, without comments), so that what is
//! signed here need not be parsed for it.

use super::writer::Attributes;

/// Written beside the document. It knows what the writer can write: elements, attributes, text, and namespaces by a prefix.
#[derive(Debug, Default)]
pub(super) struct Canonical {
    out: String,
    /// Prefixes and what they mean, the innermost last.
    declared: Vec<(&'static str, String)>,
    /// The same as far as it was written.
    rendered: Vec<(&'static str, String)>,
    /// How many of both there were before each open element.
    open: Vec<(usize, usize)>,
    /// Something was written of which the form is not known.
    unknown: bool,
}

impl Canonical {
    /// All of it; nothing where it cannot be known.
    pub(super) fn finished(self) -> Option<String> {
        (!self.unknown && self.open.is_empty()).then_some(self.out)
    }

    pub(super) fn give_up(&mut self) {
        self.unknown = true;
    }

    pub(super) fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.open.push((self.declared.len(), self.rendered.len()));
        for &(name, value) in attributes {
            match name.strip_prefix("xmlns:") {
                Some(prefix) => self.declared.push((prefix, value.to_owned())),
                // Nobody writes one; what it would change is not kept here.
                None if name == "xmlns" => self.unknown = true,
                None => {}
            }
        }
        let mut plain: Vec<(String, &'static str, &'static str, &str)> = Vec::new();
        let mut used = vec![prefix(name)];
        for &(name, value) in attributes.iter().filter(|(name, _)| !name.starts_with("xmlns")) {
            let prefix = prefix(name);
            let space = if prefix.is_empty() { String::new() } else { self.meaning(prefix) };
            plain.push((space, local(name), name, value));
            used.extend((!prefix.is_empty()).then_some(prefix));
        }
        used.sort_unstable();
        used.dedup();
        // By namespace, then by name within it; those without one come first.
        plain.sort_unstable();
        self.out.push('<');
        self.out.push_str(name);
        used.into_iter().filter(|prefix| !prefix.is_empty()).for_each(|prefix| self.namespace(prefix));
        for (_, _, name, value) in plain {
            self.attribute(&[name], value);
        }
        self.out.push('>');
    }

    pub(super) fn end(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        let (declared, rendered) = self.open.pop().unwrap_or_default();
        self.declared.truncate(declared);
        self.rendered.truncate(rendered);
    }

    pub(super) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#xD;"),
                plain => self.out.push(plain),
            }
        }
    }

    /// A namespace that is used here, unless what stands around it says the same.
    fn namespace(&mut self, prefix: &'static str) {
        let meaning = self.meaning(prefix);
        let said = self.rendered.iter().rev().find(|(said, _)| *said == prefix);
        if said.is_some_and(|(_, said)| *said == meaning) {
            return;
        }
        self.attribute(&["xmlns:", prefix], &meaning);
        self.rendered.push((prefix, meaning));
    }

    fn meaning(&mut self, prefix: &'static str) -> String {
        let found = self.declared.iter().rev().find(|(declared, _)| *declared == prefix);
        let meaning = found.map(|(_, meaning)| meaning.clone());
        self.unknown |= meaning.is_none();
        meaning.unwrap_or_default()
    }

    fn attribute(&mut self, name: &[&str], value: &str) {
        self.out.push(' ');
        self.out.extend(name.iter().copied());
        self.out.push_str("=\"");
        for character in value.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '"' => self.out.push_str("&quot;"),
                '\t' => self.out.push_str("&#x9;"),
                '\n' => self.out.push_str("&#xA;"),
                '\r' => self.out.push_str("&#xD;"),
                plain => self.out.push(plain),
            }
        }
        self.out.push('"');
    }
}

/// What stands before the colon; empty where there is none.
fn prefix(name: &'static str) -> &'static str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn local(name: &'static str) -> &'static str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use bergshamra::c14n::{C14nMode, canonicalize};
    use proptest::prelude::*;

    use crate::xml::Writer;

    /// What the library makes of it.
    fn by_library(xml: &str) -> String {
        let mode = C14nMode::from_uri(crate::names::EXCLUSIVE_C14N).unwrap();
        String::from_utf8(canonicalize::<&str>(xml, mode, None, &[]).unwrap()).unwrap()
    }

    /// Prefixes that are used late, twice, anew and never, attributes out of order and with one, and nothing in an element.
    fn shape(w: &mut Writer, text: &str, value: &str) {
        let root = [
            ("xmlns:b", "urn:b"),
            ("xmlns:a", "urn:z"),
            ("xmlns:never", "urn:n"),
            ("z", value),
            ("a:y", "1"),
            ("b:x", value),
            ("c", ""),
        ];
        w.element("b:root", &root, |w| {
            w.leaf("a:late", &[("xmlns:d", "urn:d"), ("d:v", value)], text);
            w.leaf("a:again", &[("xmlns:a", "urn:other"), ("a:v", value)], text);
            w.element("bare", &[], |w| w.empty("a:nothing", &[("xmlns:never", "urn:b"), ("never:v", "2")]));
            w.leaf("b:last", &[], "");
        });
    }

    #[test]
    fn nothing_is_signed_whose_form_is_not_known() {
        let builds: [fn(&mut Writer); 4] = [
            |w| w.element("a", &[], |w| w.fragment("<b/>")),
            |w| w.empty("p:a", &[]),
            |w| w.empty("a", &[("p:b", "c")]),
            |w| w.empty("a", &[("xmlns", "urn:a")]),
        ];
        for build in builds {
            assert!(Writer::unsigned(build).is_err());
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_library_makes_of_it(text in any::<String>(), value in any::<String>()) {
            let Ok(written) = Writer::unsigned(|w| shape(w, &text, &value)) else { return Ok(()) };
            prop_assert_eq!(by_library(&written.document), written.canonical);
        }

        #[test]
        fn white_space_and_markup_are_kept_alike(text in "[ \t\r\n<>&\"'\u{85}\u{2028}a]{0,12}") {
            let written = Writer::unsigned(|w| shape(w, &text, &text)).unwrap();
            prop_assert_eq!(by_library(&written.document), written.canonical);
        }
    }
}
