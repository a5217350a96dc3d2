//! What a service says about itself.

use std::collections::BTreeSet;

use jiff::Timestamp;
use roxmltree::{Document, Node};
use url::{Host, Url};

use super::keys::{self, Keys};
use super::{MetadataError, MetadataFault, at};
use crate::certificate::Certificate;
use crate::encrypt::Encryption;
use crate::enveloped;
use crate::names;
use crate::values::parse_instant;
use crate::xml::{self, Limits, XmlFault};

const ENTITY_ID_LONGEST: usize = 1024;

/// An assertion consumer service with the HTTP-POST binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consumer {
    /// Its number, by which requests may point to it.
    pub index: u16,
    /// Whether the service says it is, or is not, its default.
    pub default: Option<bool>,
    /// Its address.
    pub location: String,
}

/// How a logout message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoutBinding {
    /// Through the browser, in the query.
    Redirect,
    /// Through the browser, in a form.
    Post,
    /// From server to server.
    Soap,
}

/// Where a service takes logout messages, in its own order of preference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutEndpoint {
    /// How.
    pub binding: LogoutBinding,
    /// Where requests go.
    pub location: String,
    /// Where answers go, when that is another address.
    pub response_location: Option<String>,
}

/// What is asked of metadata beyond the standard.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// The time of reading: expired metadata is refused.
    pub now: Timestamp,
    /// Accept plain http for loopback hosts; only for demonstrations on one machine.
    pub http_on_loopback: bool,
}

/// A service as its metadata describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProvider {
    /// Its name.
    pub entity_id: String,
    /// What people call it, in Danish when it says so in Danish.
    pub display_name: Option<String>,
    /// Certificates its messages may be signed with; never empty, several during a change of keys.
    pub signing: Vec<Certificate>,
    /// Certificates assertions may be encrypted to.
    pub encryption: Vec<Certificate>,
    /// The best kind of encryption it says it can open; absent when it says nothing.
    pub preferred_encryption: Option<Encryption>,
    /// Where assertions may be sent; never empty.
    pub consumers: Vec<Consumer>,
    /// Where logout messages may be sent.
    pub logout: Vec<LogoutEndpoint>,
    /// Name formats it lists, as written.
    pub name_id_formats: Vec<String>,
    /// When the metadata expires.
    pub valid_until: Option<Timestamp>,
}

impl ServiceProvider {
    /// The consumer with exactly this address.
    pub fn consumer_at(&self, location: &str) -> Option<&Consumer> {
        self.consumers.iter().find(|c| c.location == location)
    }

    /// The consumer with this number.
    pub fn consumer_number(&self, index: u16) -> Option<&Consumer> {
        self.consumers.iter().find(|c| c.index == index)
    }

    /// The consumer for requests that name none (metadata 2.2.3): the one marked as default, else
    /// the first that is not marked otherwise, else the first.
    pub fn default_consumer(&self) -> Option<&Consumer> {
        let find = |default| self.consumers.iter().find(move |c| c.default == default);
        find(Some(true)).or_else(|| find(None)).or_else(|| self.consumers.first())
    }
}

/// Reads a service's metadata; the error says exactly what is wrong and where.
///
/// The text itself must be trusted: uploaded by an administrator or fetched over authenticated TLS.
pub fn read(text: &str, policy: Policy) -> Result<ServiceProvider, MetadataError> {
    let document = parsed(text)?;
    described(&document, policy)
}

/// Reads a service's metadata that must bear the signature of this certificate's key, over the whole of it.
pub fn read_signed(
    text: &str,
    policy: Policy,
    signer: &Certificate,
) -> Result<ServiceProvider, MetadataError> {
    let document = parsed(text)?;
    enveloped::verify(text, &document, std::slice::from_ref(signer))
        .map_err(|fault| at(MetadataFault::NotSigned, fault))?;
    described(&document, policy)
}

fn parsed(text: &str) -> Result<Document<'_>, MetadataError> {
    let broken = |fault: XmlFault| at(MetadataFault::Xml, fault);
    let document = xml::parse(text, Limits::METADATA).map_err(broken)?;
    xml::unique_ids(&document).map_err(broken)?;
    Ok(document)
}

fn described(document: &Document<'_>, policy: Policy) -> Result<ServiceProvider, MetadataError> {
    let entity = document.root_element();
    if !xml::is(entity, names::METADATA, "EntityDescriptor") {
        return Err(at(MetadataFault::NotEntity, entity.tag_name().name()));
    }
    let role = service_role(entity)?;
    let keys = Keys::read(role)?;
    Ok(ServiceProvider {
        entity_id: entity_id(entity)?,
        display_name: display_name(entity),
        valid_until: valid_until(&[entity, role], policy.now)?,
        signing: keys.signing,
        preferred_encryption: keys::preferred(&keys.methods)?,
        encryption: keys.encryption,
        consumers: consumers(role, policy)?,
        logout: logout(role, policy)?,
        name_id_formats: name_id_formats(role)?,
    })
}

fn entity_id(entity: Node<'_, '_>) -> Result<String, MetadataError> {
    let id = xml::attribute(entity, "entityID").unwrap_or_default();
    if id.is_empty() || id.len() > ENTITY_ID_LONGEST {
        return Err(at(MetadataFault::NoEntityId, "md:EntityDescriptor"));
    }
    Ok(id.to_owned())
}

/// The name for people (`mdui:DisplayName`, else the organisation's), Danish before other languages.
fn display_name(entity: Node<'_, '_>) -> Option<String> {
    let named = |namespace, name| {
        let all: Vec<_> = entity.descendants().filter(|node| xml::is(*node, namespace, name)).collect();
        let danish = all.iter().find(|node| node.attribute((names::XML, "lang")) == Some("da"));
        danish.or(all.first()).and_then(|node| xml::text(*node).ok()).map(str::to_owned)
    };
    named(names::METADATA_UI, "DisplayName")
        .or_else(|| named(names::METADATA, "OrganizationDisplayName"))
        .filter(|name| !name.is_empty())
}

fn service_role<'a, 'i>(entity: Node<'a, 'i>) -> Result<Node<'a, 'i>, MetadataError> {
    let speaks_saml2 = |role: &Node<'_, '_>| {
        xml::attribute(*role, "protocolSupportEnumeration")
            .is_some_and(|all| all.split_whitespace().any(|one| one == names::PROTOCOL))
    };
    let mut roles = xml::children(entity, names::METADATA, "SPSSODescriptor").filter(speaks_saml2);
    match (roles.next(), roles.next()) {
        (Some(role), None) => Ok(role),
        _ => Err(at(MetadataFault::NoService, "md:SPSSODescriptor")),
    }
}

/// The earliest `validUntil` of the entity and its role; refused when it has passed.
fn valid_until(nodes: &[Node<'_, '_>], now: Timestamp) -> Result<Option<Timestamp>, MetadataError> {
    let ends = nodes
        .iter()
        .filter_map(|node| xml::attribute(*node, "validUntil"))
        .map(|text| parse_instant(text).map_err(|_| at(MetadataFault::BadInstant, text)))
        .collect::<Result<Vec<_>, _>>()?;
    let earliest = ends.into_iter().min();
    match earliest {
        Some(end) if end <= now => Err(at(MetadataFault::Expired, end)),
        other => Ok(other),
    }
}

fn consumers(role: Node<'_, '_>, policy: Policy) -> Result<Vec<Consumer>, MetadataError> {
    let mut consumers: Vec<Consumer> = Vec::new();
    let mut taken = BTreeSet::<u16>::new();
    for node in xml::children(role, names::METADATA, "AssertionConsumerService") {
        if xml::attribute(node, "Binding") != Some(names::BINDING_POST) {
            continue;
        }
        let location = address(node, "Location", policy)?;
        let index = xml::attribute(node, "index")
            .and_then(|index| index.parse().ok())
            .filter(|index| taken.insert(*index))
            .ok_or_else(|| at(MetadataFault::BadIndex, &location))?;
        consumers.push(Consumer {
            index,
            default: xml::attribute(node, "isDefault").map(|text| matches!(text, "true" | "1")),
            location,
        });
    }
    if consumers.is_empty() {
        return Err(at(MetadataFault::NoConsumer, "md:AssertionConsumerService"));
    }
    Ok(consumers)
}

fn logout(role: Node<'_, '_>, policy: Policy) -> Result<Vec<LogoutEndpoint>, MetadataError> {
    let mut endpoints = Vec::new();
    for node in xml::children(role, names::METADATA, "SingleLogoutService") {
        let Some(binding) = xml::attribute(node, "Binding").and_then(logout_binding) else {
            continue;
        };
        let response = xml::attribute(node, "ResponseLocation");
        endpoints.push(LogoutEndpoint {
            binding,
            location: address(node, "Location", policy)?,
            response_location: response.map(|_| address(node, "ResponseLocation", policy)).transpose()?,
        });
    }
    Ok(endpoints)
}

fn logout_binding(uri: &str) -> Option<LogoutBinding> {
    match uri {
        names::BINDING_REDIRECT => Some(LogoutBinding::Redirect),
        names::BINDING_POST => Some(LogoutBinding::Post),
        names::BINDING_SOAP => Some(LogoutBinding::Soap),
        _ => None,
    }
}

fn name_id_formats(role: Node<'_, '_>) -> Result<Vec<String>, MetadataError> {
    xml::children(role, names::METADATA, "NameIDFormat")
        .map(|node| xml::text(node).map(str::to_owned))
        .collect::<Result<_, _>>()
        .map_err(|fault| at(MetadataFault::Xml, fault))
}

/// The address as written: requests must repeat it byte for byte.
fn address(node: Node<'_, '_>, attribute: &'static str, policy: Policy) -> Result<String, MetadataError> {
    let text = xml::attribute(node, attribute).unwrap_or_default();
    let place = || format!("{} {attribute}=\"{text}\"", node.tag_name().name());
    let url = Url::parse(text).map_err(|_| at(MetadataFault::BadAddress, place()))?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && is_plain(text)
        && url.host_str().is_some_and(is_plain_host);
    let scheme =
        url.scheme() == "https" || (policy.http_on_loopback && url.scheme() == "http" && is_loopback(&url));
    if plain && scheme && url.host().is_some() {
        Ok(text.to_owned())
    } else {
        Err(at(MetadataFault::BadAddress, place()))
    }
}

/// What a reader of addresses drops or mends in silence: the address is compared, and goes into headers, as it is written.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
}

/// Nothing in the host that ends a source in a content security policy.
fn is_plain_host(host: &str) -> bool {
    host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']'))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
