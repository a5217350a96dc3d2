//! Fakes for every port, seeded people, a fixed clock. For tests only; nothing here keeps a secret.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a fake that cannot be built must fail its test at once"
)]

mod clock;
mod day_one;
mod deeds;
pub mod hr;
mod mitid;
mod people;
mod rig;
mod ring;
mod saml;
mod stumbling;
mod terms;
mod vault;

pub use clock::{DryEntropy, FixedClock, SeededEntropy};
pub use day_one::{App, PASSWORD};
pub use deeds::{day, hours};
pub use mitid::{BrokerSays, ScriptedMitid, good_answer};
pub use people::{CountingHasher, FewLeaks, PlainScribe, PostBox, Posted, QuickHasher};
pub use rig::{MORNING, Rig, policy};
pub use ring::PlainRing;
pub use saml::StubSaml;
pub use stumbling::Stumbling;
pub use terms::OneTerms;
pub use vault::PlainVault;
