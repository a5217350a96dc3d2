//! Reading XML from strangers, and the one place that writes it.
//!
//! The parser only ever sees text in which nothing can hide: no document type, comment,
//! processing instruction or CDATA section, a bounded size, depth and number of nodes.

mod canonical;
mod guard;
mod read;
mod writer;

pub(crate) use guard::{Limits, parse};
pub(crate) use read::{attribute, children, is, only_child, text, unique_ids};
pub(crate) use writer::{Attributes, Unsigned, Writer};

use crate::reason::reasons;

reasons! {
    /// Why a piece of XML was refused.
    XmlFault {
        TooLarge = "xml-too-large", "The XML is larger than allowed.";
        TooDeep = "xml-too-deep", "The XML is nested deeper than allowed.";
        Crowded = "xml-crowded", "An element of the XML has more attributes, or the XML declares more namespaces, than allowed.";
        Doctype = "xml-doctype", "The XML holds a document type declaration, which SAML forbids.";
        Comment = "xml-comment", "The XML holds a comment; remove it.";
        Instruction = "xml-instruction", "The XML holds a processing instruction; remove it.";
        Cdata = "xml-cdata", "The XML holds a CDATA section; write the text plainly.";
        Malformed = "xml-malformed", "The XML is not well-formed.";
        DuplicateId = "xml-duplicate-id", "Two elements of the XML carry the same id.";
        Repeated = "xml-repeated-element", "An element that may appear once appears several times.";
        MixedText = "xml-mixed-text", "An element that should hold only text holds other elements.";
        IllegalCharacter = "xml-illegal-character", "A value holds a character that XML cannot carry.";
    }
}
