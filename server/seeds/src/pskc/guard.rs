//! The gate before the parser: text in which nothing can hide, and nothing costs more than it is worth.

use crate::Unreadable;
use crate::lines::line_at;
use roxmltree::{Document, ParsingOptions};

/// How deep a container nests: a value of a key in a package lies nine deep.
const DEPTH: usize = 16;
/// Elements, attributes and texts: a device takes some fifty.
const NODES: u32 = 200_000;
/// Attributes of one element, namespaces included: the parser compares each with every other.
const ATTRIBUTES: usize = 16;
/// Declarations of namespaces, a few for each device: each element that declares one is given a copy of all around it.
const NAMESPACES: usize = 4096;

/// Parses what passes.
pub(super) fn parse(source: &str) -> Result<Document<'_>, Unreadable> {
    inspect(source)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, entity_resolver: None };
    Document::parse_with_options(source, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Unreadable::TooMany,
        other => Unreadable::Xml { line: u64::from(other.pos().row), why: "this is no well-formed XML" },
    })
}

/// Walks the tags once. With document types and the like refused, every `<` that is outside quotes and comments opens a
/// tag.
fn inspect(source: &str) -> Result<(), Unreadable> {
    let fault = |at: usize, why| Unreadable::Xml { line: line_at(source.as_bytes(), at), why };
    let malformed = "this is no well-formed XML";
    if source.matches("xmlns").count() > NAMESPACES {
        return Err(fault(0, "this declares more namespaces than any key container"));
    }
    let (mut depth, mut at) = (0_usize, body(source).ok_or_else(|| fault(0, malformed))?);
    while let Some(found) = source.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let tag = source.get(start + 1..).unwrap_or_default();
        if let Some(comment) = tag.strip_prefix("!--") {
            let end = comment.find("-->").ok_or_else(|| fault(start, malformed))?;
            at = start + 4 + end + 3;
            continue;
        }
        if let Some(why) = hiding_place(tag) {
            return Err(fault(start, why));
        }
        let Tag { end, empty, attributes } = end_of_tag(tag).ok_or_else(|| fault(start, malformed))?;
        if attributes > ATTRIBUTES {
            return Err(fault(start, "an element has more attributes than any of a key container"));
        }
        if tag.starts_with('/') {
            depth = depth.checked_sub(1).ok_or_else(|| fault(start, malformed))?;
        } else if !empty {
            depth += 1;
        }
        if depth > DEPTH {
            return Err(fault(start, "this is nested deeper than any key container"));
        }
        at = start + 1 + end;
    }
    Ok(())
}

/// Where the text begins behind the XML declaration, the one `<?` allowed.
fn body(source: &str) -> Option<usize> {
    if !source.starts_with("<?xml ") {
        return Some(0);
    }
    source.find("?>").map(|end| end + 2)
}

fn hiding_place(tag: &str) -> Option<&'static str> {
    if tag.starts_with("![CDATA[") {
        Some("a CDATA section is not taken; write the text plainly")
    } else if tag.starts_with('!') {
        Some("a document type declaration is not taken")
    } else if tag.starts_with('?') {
        Some("a processing instruction is not taken")
    } else {
        None
    }
}

struct Tag {
    /// Past its `>`.
    end: usize,
    /// It closes itself.
    empty: bool,
    attributes: usize,
}

fn end_of_tag(tag: &str) -> Option<Tag> {
    let (mut quote, mut previous, mut attributes) = (None, b' ', 0);
    for (index, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(Tag { end: index + 1, empty: previous == b'/', attributes }),
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                attributes += 1;
            }
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        previous = byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn why(source: &str) -> (u64, &'static str) {
        match parse(source) {
            Err(Unreadable::Xml { line, why }) => (line, why),
            Err(Unreadable::TooMany) => (0, "too many"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn plain_documents_pass_also_with_comments() {
        for source in [
            "<a/>",
            "<?xml version=\"1.0\"?>\n<!-- by hand: <b> --><a b='>'>x &amp; y</a>",
            "<?xml version='1.0' encoding='UTF-8'?><a><b/><!----><c></c></a>",
        ] {
            assert!(parse(source).is_ok(), "{source}");
        }
    }

    #[test]
    fn nothing_can_hide_and_the_line_is_named() {
        let declared =
            "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]>\n<a>&y;</a>";
        assert_eq!(why(declared), (2, "a document type declaration is not taken"));
        assert_eq!(why("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>").0, 1);
        assert_eq!(why("<a>\n\n<?php ?></a>"), (3, "a processing instruction is not taken"));
        assert_eq!(why("<a><![CDATA[x]]></a>").0, 1);
        assert_eq!(why("<a>\n&unknown;</a>").0, 2);
        for broken in ["<a", "<a>", "</a>", "<!-- ", "<?xml ", "<a><b></a></b>", "<a b=\"></a>"] {
            assert_eq!(why(broken).1, "this is no well-formed XML", "{broken}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(parse(&nested(16)).is_ok());
        assert_eq!(why(&nested(17)).1, "this is nested deeper than any key container");
        assert_eq!(why(&"<a>".repeat(100_000)).1, "this is nested deeper than any key container");
        assert_eq!(why(&format!("<a>{}</a>", "<b/>".repeat(200_001))).1, "too many");
    }

    #[test]
    fn what_would_be_compared_with_everything_before_it_is_bounded() {
        let crowd = |many: usize| {
            let each: Vec<_> = (0..many).map(|n| format!(" a{n}=''")).collect();
            format!("<a{}/>", each.concat())
        };
        assert!(parse(&crowd(16)).is_ok());
        assert_eq!(why(&crowd(17)).1, "an element has more attributes than any of a key container");
        let declared = format!("<a>{}</a>", "<b xmlns='u'/>".repeat(4097));
        assert_eq!(why(&declared).1, "this declares more namespaces than any key container");
    }

    proptest! {
        #[test]
        fn whatever_looks_like_markup_never_panics_the_gate(
            source in proptest::collection::vec(
                prop_oneof![
                    Just("<"), Just(">"), Just("/"), Just("a"), Just("\""), Just("?"), Just("!"), Just("--"),
                    Just("?xml "), Just("å"), Just("\n")
                ],
                0..60,
            )
        ) {
            let _ = parse(&source.concat());
        }
    }
}
