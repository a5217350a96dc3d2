//! Who sends, and what happened to whom; links and codes that never show themselves in a log.

use super::letter::one_line;
use super::wording;
use crate::{Lang, Say, browser, format};
use jiff::Timestamp;
use std::fmt;

/// Who sends, and where the reader can turn. From the configuration, the same in every mail.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The municipality's name.
    pub municipality: &'a str,
    /// The portal's public address, without a slash at the end.
    pub url: &'a str,
    /// The service desk's telephone number.
    pub phone: &'a str,
}

/// What happened to whom, when and where.
#[derive(Clone, Copy, Debug)]
pub struct Happening<'a> {
    /// The given name of the receiver.
    pub name: &'a str,
    /// When it happened.
    pub at: Timestamp,
    /// What the browser it was done in said about itself, where that is known; read by [`browser::name`], never shown.
    pub agent: Option<&'a str>,
    /// The address it was done from, where that is known.
    pub address: Option<&'a str>,
    /// The reference under which the service desk finds the event.
    pub reference: &'a str,
    /// Where "it was not me" leads: a link that blocks and can do nothing else. Without one, to the public page.
    pub not_me: Option<SecretLink<'a>>,
}

/// A one-time link. It is a secret: it never shows itself in a log.
#[derive(Clone, Copy)]
pub struct SecretLink<'a>(
    /// The whole address.
    pub &'a str,
);

impl fmt::Debug for SecretLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretLink(…)")
    }
}

/// A one-time code. It is a secret: it never shows itself in a log.
#[derive(Clone, Copy)]
pub struct SecretCode<'a>(
    /// Its digits.
    pub &'a str,
);

impl fmt::Debug for SecretCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretCode(…)")
    }
}

impl Happening<'_> {
    pub(super) fn facts(&self, lang: Lang) -> Vec<(String, String)> {
        let fact = |name: Say, value: String| (name.get(lang).to_owned(), value);
        let mut facts = vec![fact(wording::WHEN, format::moment_with_zone(self.at, lang))];
        facts.extend(self.agent.map(|agent| {
            let other = || wording::OTHER_BROWSER.get(lang).to_owned();
            fact(wording::BROWSER, browser::name(agent, lang).unwrap_or_else(other))
        }));
        facts.extend(self.address.map(|address| fact(wording::ADDRESS, one_line(address))));
        facts.push(fact(wording::REFERENCE, one_line(self.reference)));
        facts
    }
}
