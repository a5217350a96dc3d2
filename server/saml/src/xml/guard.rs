//! The gate before the parser.

use roxmltree::{Document, ParsingOptions};

use super::XmlFault;

/// What a document may cost us.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Largest document, in bytes.
    pub(crate) bytes: usize,
    depth: usize,
    nodes: u32,
    namespaces: usize,
}

/// Attributes of one element, namespaces included. The parser compares each with every other.
const ATTRIBUTES: usize = 64;

impl Limits {
    /// A protocol message: a real `AuthnRequest` is 1–3 KB.
    pub(crate) const MESSAGE: Self = Self { bytes: 64 * 1024, depth: 24, nodes: 2_000, namespaces: 64 };
    /// The metadata of one service.
    pub(crate) const METADATA: Self = Self { bytes: 1024 * 1024, depth: 24, nodes: 20_000, namespaces: 256 };
}

/// Parses after refusing everything that could hide from, or overload, the reader.
pub(crate) fn parse(source: &str, limits: Limits) -> Result<Document<'_>, XmlFault> {
    if source.len() > limits.bytes {
        return Err(XmlFault::TooLarge);
    }
    let body = body(source)?;
    // Each element that declares one is given a copy of all around it. What only says `xmlns` counts as well.
    if body.matches("xmlns").count() > limits.namespaces {
        return Err(XmlFault::Crowded);
    }
    inspect(body, limits.depth)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: limits.nodes, entity_resolver: None };
    Document::parse_with_options(source, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => XmlFault::TooLarge,
        _ => XmlFault::Malformed,
    })
}

/// The document without byte order mark and XML declaration, the one `<?` allowed.
fn body(source: &str) -> Result<&str, XmlFault> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let Some(declaration) = source.strip_prefix("<?xml ") else {
        return Ok(source);
    };
    declaration.split_once("?>").map(|(_, rest)| rest).ok_or(XmlFault::Malformed)
}

/// Walks the tags once: with comments and the like refused, every `<` outside quotes opens a tag.
fn inspect(body: &str, max_depth: usize) -> Result<(), XmlFault> {
    let mut depth = 0_usize;
    let mut rest = body;
    while let Some((_, tag)) = rest.split_once('<') {
        refuse_hiding_places(tag)?;
        let Tag { end, empty, attributes } = end_of_tag(tag).ok_or(XmlFault::Malformed)?;
        if attributes > ATTRIBUTES {
            return Err(XmlFault::Crowded);
        }
        if tag.starts_with('/') {
            depth = depth.checked_sub(1).ok_or(XmlFault::Malformed)?;
        } else if !empty {
            depth += 1;
        }
        if depth > max_depth {
            return Err(XmlFault::TooDeep);
        }
        rest = tag.get(end..).unwrap_or_default();
    }
    Ok(())
}

fn refuse_hiding_places(tag: &str) -> Result<(), XmlFault> {
    if tag.starts_with("!--") {
        Err(XmlFault::Comment)
    } else if tag.starts_with("![CDATA[") {
        Err(XmlFault::Cdata)
    } else if tag.starts_with('!') {
        Err(XmlFault::Doctype)
    } else if tag.starts_with('?') {
        Err(XmlFault::Instruction)
    } else {
        Ok(())
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

    fn fault(source: &str) -> XmlFault {
        parse(source, Limits::MESSAGE).expect_err("refused")
    }

    #[test]
    fn plain_documents_pass_with_declaration_and_byte_order_mark() {
        for source in [
            "<a/>",
            "<?xml version=\"1.0\"?><a b='>'>x &amp; y</a>",
            "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<a><b/><c></c></a>",
        ] {
            assert!(parse(source, Limits::MESSAGE).is_ok(), "{source}");
        }
    }

    #[test]
    fn nothing_can_hide_in_a_message() {
        assert_eq!(fault("<!DOCTYPE a><a/>"), XmlFault::Doctype);
        assert_eq!(fault("<a>b<!-- c -->d</a>"), XmlFault::Comment);
        assert_eq!(fault("<a>b<?c d?>e</a>"), XmlFault::Instruction);
        assert_eq!(fault("<?xml-stylesheet href='x'?><a/>"), XmlFault::Instruction);
        assert_eq!(fault("<a><![CDATA[b]]></a>"), XmlFault::Cdata);
        assert_eq!(fault("<a>&unknown;</a>"), XmlFault::Malformed);
    }

    #[test]
    fn an_entity_bomb_is_refused_before_it_is_parsed() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        assert_eq!(fault(bomb), XmlFault::Doctype);
    }

    #[test]
    fn depth_size_and_node_count_are_bounded() {
        assert!(parse(&nested(24), Limits::MESSAGE).is_ok());
        assert_eq!(fault(&nested(25)), XmlFault::TooDeep);
        assert_eq!(fault(&"<a>".repeat(20_000)), XmlFault::TooDeep);
        assert_eq!(fault(&format!("<a>{}</a>", " ".repeat(70_000))), XmlFault::TooLarge);
        assert_eq!(fault(&format!("<a>{}</a>", "<b/>".repeat(3_000))), XmlFault::TooLarge);
    }

    #[test]
    fn what_the_parser_would_compare_with_everything_before_it_is_bounded() {
        let attributes = |many: usize| {
            let each: Vec<_> = (0..many).map(|n| format!(" a{n}=''")).collect();
            format!("<a{}/>", each.concat())
        };
        assert!(parse(&attributes(64), Limits::MESSAGE).is_ok());
        assert_eq!(fault(&attributes(65)), XmlFault::Crowded);
        assert_eq!(fault(&attributes(7_000)), XmlFault::Crowded);
        let namespaces = |many: usize| {
            let each: Vec<_> = (0..many).map(|n| format!("<b xmlns:n{n}='urn:n'/>")).collect();
            format!("<a>{}</a>", each.concat())
        };
        assert!(parse(&namespaces(64), Limits::MESSAGE).is_ok());
        assert_eq!(fault(&namespaces(65)), XmlFault::Crowded);
        assert_eq!(parse(&namespaces(257), Limits::METADATA).expect_err("refused"), XmlFault::Crowded);
    }

    fn nested(depth: usize) -> String {
        format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth))
    }
}
