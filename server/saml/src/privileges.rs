//! What a person may do, as a list of the OIO Basic Privilege Profile (1.1 and 1.2; oiosaml 3.1): base64 of XML, in one
//! attribute value.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::names;
use crate::xml::{Writer, XmlFault};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// The namespace of the list; its members stand in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// Of version 1.2.
    Digst,
    /// Of version 1.1, which the Context Handler reads.
    Itst,
}

impl Namespace {
    const fn uri(self) -> &'static str {
        match self {
            Self::Digst => "http://digst.dk/oiosaml/basic_privilege_profile",
            Self::Itst => "http://itst.dk/oiosaml/basic_privilege_profile",
        }
    }
}

/// Privileges that count in one place, such as an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Where, as an address.
    pub scope: String,
    /// What, each an address.
    pub privileges: Vec<String>,
}

/// The value of the attribute: base64, of one line.
pub fn encoded(groups: &[Group], namespace: Namespace) -> Result<String, XmlFault> {
    Ok(STANDARD.encode(format!("{DECLARATION}{}", written(groups, namespace)?)))
}

fn written(groups: &[Group], namespace: Namespace) -> Result<String, XmlFault> {
    let root = [("xmlns:bpp", namespace.uri()), ("xmlns:xsi", names::XML_SCHEMA_INSTANCE)];
    Writer::document(|w| {
        w.element("bpp:PrivilegeList", &root, |w| {
            for group in groups {
                w.element("PrivilegeGroup", &[("Scope", &group.scope)], |w| {
                    for privilege in &group.privileges {
                        w.leaf("Privilege", &[], privilege);
                    }
                });
            }
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(scope: &str, privileges: &[&str]) -> Group {
        Group { scope: scope.to_owned(), privileges: privileges.iter().map(|it| (*it).to_owned()).collect() }
    }

    fn read(encoded: &str) -> String {
        String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn a_list_stands_as_the_profile_writes_it() {
        let groups = [group(
            "urn:dk:gov:saml:cvrNumberIdentifier:29189897",
            &["http://kommune.dk/roles/jobrole/laeser/1", "urn:dk:kommune:skriver"],
        )];
        let of = |namespace: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><bpp:PrivilegeList xmlns:bpp=\"http://{namespace}.dk/oiosaml/basic_privilege_profile\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:29189897\"><Privilege>http://kommune.dk/roles/jobrole/laeser/1</Privilege><Privilege>urn:dk:kommune:skriver</Privilege></PrivilegeGroup></bpp:PrivilegeList>"
            )
        };
        assert_eq!(read(&encoded(&groups, Namespace::Digst).unwrap()), of("digst"));
        assert_eq!(read(&encoded(&groups, Namespace::Itst).unwrap()), of("itst"));
    }

    #[test]
    fn a_value_cannot_leave_its_place() {
        let forged = "urn:x</Privilege></PrivilegeGroup><PrivilegeGroup Scope=\"urn:other\"><Privilege>urn:y";
        let groups = [group("urn:a\"b&c", &[forged])];
        let list = read(&encoded(&groups, Namespace::Digst).unwrap());
        let document = roxmltree::Document::parse(&list).unwrap();
        let found: Vec<_> = document.descendants().filter(|it| it.has_tag_name("Privilege")).collect();
        assert_eq!(found.iter().map(roxmltree::Node::text).collect::<Vec<_>>(), [Some(forged)]);
        let scopes: Vec<_> = document.descendants().filter_map(|it| it.attribute("Scope")).collect();
        assert_eq!(scopes, ["urn:a\"b&c"]);
        assert!(encoded(&[group("urn:a", &["urn:\u{0}"])], Namespace::Digst).is_err());
    }
}
