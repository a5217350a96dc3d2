//! What a person proves to be herself with, and what combinations are worth (NSIS 3.2.1).

mod app;
mod check;
mod kind;
mod model;
mod name;
mod passkey;
mod portfolio;

pub use app::{AuthenticatorApp, TimeStep, unused_step};
pub use check::{CHECKED_AFTER, check_is_due};
pub use kind::{Category, FactorKind, authentication_level};
pub use model::{Aaguid, ModelRule, ModelStatus, Models, NoReference, NotAdmitted, RiskNote};
pub use name::FactorName;
pub use passkey::{
    Assertion, CredentialId, Mistrust, NewPasskey, Passkey, PasskeyKind, Registered, StoredKey, Worth,
};
pub use portfolio::{
    Added, Authority, COOL_OFF, MOST_MEANS, Mean, MeanKind, NotAdded, NotRemoved, Portfolio, Unknown,
};
