//! What a service says about itself, and which of our own metadata it takes.

use domain::Timestamp;
use domain::relying_party::RelyingParty;

/// What a service says about itself.
#[derive(Clone, Debug)]
pub struct Described {
    /// The connection it makes, with the defaults of this house.
    pub connection: RelyingParty,
    /// When the metadata says it ends.
    pub valid_until: Option<Timestamp>,
    /// When the first of its keys that nothing replaces runs out, by its certificate.
    pub keys_until: Option<Timestamp>,
}

/// Which of our metadata: federations differ in what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// Which of our certificates it holds.
    pub keys: Keys,
    /// Requests by redirect alone are offered.
    pub without_post: bool,
}

/// Which of our certificates stand in our metadata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// Every one that anybody needs.
    #[default]
    All,
    /// Only that of the key that signs now: some forms take no second one.
    One,
    /// Only that of the key published to sign next, for the same forms.
    Next,
}
