//! The only place where XML is put together.

use super::XmlFault;
use super::canonical::Canonical;

/// Writes elements that are balanced by construction and values that are always escaped.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
    illegal: bool,
    /// The same in canonical form, where it is to be signed.
    canonical: Option<Canonical>,
    signature_at: Option<usize>,
}

/// A document that is to be signed: as it was written, what a signature of it covers, and where that goes.
#[derive(Debug)]
pub(crate) struct Unsigned {
    pub(crate) document: String,
    /// Exclusive canonical form, without the signature that is to come.
    pub(crate) canonical: String,
    pub(crate) signature_at: Option<usize>,
}

/// Attribute names and values of one element.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

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

    /// Writes a document together with its canonical form; refused as [`Writer::document`] does, and where that form is not
    /// known.
    pub(crate) fn unsigned(build: impl FnOnce(&mut Self)) -> Result<Unsigned, XmlFault> {
        let mut writer = Self { canonical: Some(Canonical::default()), ..Self::default() };
        build(&mut writer);
        let Self { out, illegal, canonical, signature_at } = writer;
        match canonical.and_then(Canonical::finished) {
            Some(canonical) if !illegal => Ok(Unsigned { document: out, canonical, signature_at }),
            _ => Err(XmlFault::IllegalCharacter),
        }
    }

    /// The signature of the whole document goes here.
    pub(crate) fn signature(&mut self) {
        self.signature_at = Some(self.out.len());
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
        self.close(name);
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |w| {
            w.escape(text, false);
            if let Some(canonical) = &mut w.canonical {
                canonical.text(text);
            }
        });
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>");
        self.close(name);
    }

    /// A fragment that another `Writer`, the signer or the encryptor has already written.
    pub(crate) fn fragment(&mut self, xml: &str) {
        self.out.push_str(xml);
        if let Some(canonical) = &mut self.canonical {
            canonical.give_up();
        }
    }

    fn close(&mut self, name: &'static str) {
        if let Some(canonical) = &mut self.canonical {
            canonical.end(name);
        }
    }

    fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        if let Some(canonical) = &mut self.canonical {
            canonical.start(name, attributes);
        }
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
