//! The municipality: its name and number, who is called, where its own people come from.

use serde::Deserialize;
use std::net::IpAddr;

/// The municipality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Municipality {
    /// Its name.
    pub(crate) name: String,
    /// Its CVR number.
    pub(crate) cvr: String,
    /// The service desk's phone.
    pub(crate) phone: String,
    /// The service desk's mail.
    pub(crate) mail: String,
    /// When the phone is answered, Danish and English.
    #[serde(default)]
    pub(crate) phone_hours: [String; 2],
    /// Where its accessibility statement stands, in Digst's WAS-Tool; left out: the page of ours that tells of it.
    pub(crate) accessibility_statement: Option<String>,
    /// Where the organisation hears of new logins.
    pub(crate) notices_to: Option<String>,
    /// Addresses its own people come from, hundreds behind each; IPv6 by /64.
    #[serde(default)]
    pub(crate) addresses: Vec<IpAddr>,
    /// Words a password must not be.
    #[serde(default)]
    pub(crate) words: Vec<String>,
}

/// Where accessibility statements of the public sector are published (bekendtgørelse nr. 904 of 22 August 2019).
pub(super) const WAS: &str = "was.digst.dk";

/// Whether it is the address of a statement there: everybody's browser is sent to it.
pub(super) fn is_statement(address: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| {
        url.scheme() == "https"
            && url.host_str() == Some(WAS)
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() != "/"
    })
}
