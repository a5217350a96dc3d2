//! The only place where XML is put together.

use super::XmlFault;

/// Writes elements that are balanced by construction and values that are always escaped.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
    illegal: bool,
}

/// Attribute names and values of one element.
type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Writer {
    /// Writes a document; refused when a value held a character XML cannot carry.
    pub(crate) fn document(build: impl FnOnce(&mut Self)) -> Result<String, XmlFault> {
        let mut writer = Self::default();
        build(&mut writer);
        if writer.illegal {
            return Err(XmlFault::IllegalCharacter);
        }
        Ok(writer.out)
    }

    /// An element around what `inside` writes.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.start(name, attributes);
        self.out.push('>');
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |w| w.escape(text, false));
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// A fragment that another `Writer`, the signer or the encryptor has already written.
    pub(crate) fn fragment(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.escape(value, true);
            self.out.push('"');
        }
    }

    fn escape(&mut self, value: &str, in_attribute: bool) {
        for character in value.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if in_attribute => self.out.push_str("&quot;"),
                // Parsers fold a raw carriage return, and any white space inside an attribute.
                '\r' => self.out.push_str("&#xD;"),
                '\n' if in_attribute => self.out.push_str("&#xA;"),
                '\t' if in_attribute => self.out.push_str("&#x9;"),
                legal if is_xml_character(legal) => self.out.push(legal),
                _ => self.illegal = true,
            }
        }
    }
}

/// XML 1.0, production 2 (surrogates cannot occur in a `char`).
const fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::xml::{Limits, parse};

    #[test]
    fn a_character_xml_cannot_carry_is_refused_rather_than_dropped() {
        for text in ["a\u{0}b", "\u{1b}", "\u{ffff}"] {
            let written = Writer::document(|w| w.leaf("a", &[], text));
            assert_eq!(written, Err(XmlFault::IllegalCharacter));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back_the_same(text in any::<String>(), value in any::<String>()) {
            let written = Writer::document(|w| {
                w.element("a", &[("v", &value)], |w| w.leaf("b", &[], &text));
            });
            match written {
                Err(fault) => prop_assert_eq!(fault, XmlFault::IllegalCharacter),
                Ok(xml) => {
                    let document = parse(&xml, Limits::MESSAGE).expect("well-formed");
                    let root = document.root_element();
                    prop_assert_eq!(root.attribute("v"), Some(value.as_str()));
                    let inner = root.first_element_child().expect("inner");
                    prop_assert_eq!(inner.text().unwrap_or_default(), text.as_str());
                }
            }
        }

        #[test]
        fn arbitrary_input_never_panics_the_gate(source in ".{0,400}") {
            let _ = parse(&source, Limits::MESSAGE);
        }

        #[test]
        fn markup_shaped_input_never_panics_the_gate(
            source in proptest::collection::vec(
                prop_oneof![Just("<"), Just(">"), Just("/"), Just("a"), Just("\""), Just("?"), Just("!"), Just("--"), Just("å")],
                0..60,
            )
        ) {
            let _ = parse(&source.concat(), Limits::MESSAGE);
        }
    }
}
