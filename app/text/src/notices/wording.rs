//! The sentences of the notices: here what all of them share.

pub(super) mod blocking;
pub(super) mod herself;
pub(super) mod house;
pub(super) mod login;
pub(super) mod relations;
pub(super) mod short;

use crate::Say;

/// What a kind of notice says.
pub(super) struct Wording {
    pub(super) subject: Say,
    pub(super) greeting: Say,
    pub(super) body: &'static [Say],
    /// The words on the link, where the notice has one.
    pub(super) link: Option<Say>,
    /// What to do if this should not have happened.
    pub(super) doubt: Say,
}

const HELLO: Say = Say::new("Hej {name}", "Hello {name}");
const TO_ORGANISATION: Say = Say::new("Til {organisation}", "To {organisation}");
const NOT_YOU: Say = Say::new("Var det ikke dig?", "Was it not you?");

pub(super) const WHEN: Say = Say::new("Tidspunkt", "Time");
pub(super) const BROWSER: Say = Say::new("Browser", "Browser");
pub(super) const OTHER_BROWSER: Say = Say::new("en anden browser", "another browser");
pub(super) const ADDRESS: Say = Say::new("IP-adresse", "IP address");
pub(super) const REFERENCE: Say = Say::new("Reference", "Reference");
pub(super) const BLOCK: Say = Say::new("Spær dit login", "Block your login");
pub(super) const OR_CALL: Say =
    Say::new("Eller ring til servicedesken på {phone}.", "Or call the service desk on {phone}.");
pub(super) const CALL: Say =
    Say::new("Ring til servicedesken på {phone}.", "Call the service desk on {phone}.");
pub(super) const REGARDS: Say = Say::new("Venlig hilsen {municipality}", "Kind regards, {municipality}");
pub(super) const ENGLISH_BELOW: &str = "English below.";
