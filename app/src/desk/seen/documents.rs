//! The texts of the municipality.

use domain::Date;

/// The texts of the municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// `/hjaelp`
    Help,
    /// `/tilgaengelighed`
    Accessibility,
    /// `/privatliv`
    Privacy,
    /// `/service`
    Service,
    /// `/tjenesteudbydere`: what whoever trusts our tokens must check (NSIS 4.1.2.2).
    RelyingParties,
    /// `/vilkaar`: all pages of the terms.
    Terms,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct TextPage {
    /// Its heading.
    pub title: String,
    /// Its text as HTML, ours.
    pub html: String,
    /// Its version and date.
    pub version: Option<(String, Date)>,
}
