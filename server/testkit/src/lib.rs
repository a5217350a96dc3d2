//! Fakes for every port, seeded people, a fixed clock. For tests only; nothing here keeps a secret.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a fake that cannot be built must fail its test at once"
)]

mod administrators;
mod application;
mod ceremonies;
mod clock;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod cookies;
mod day_one;
mod deeds;
mod devices;
pub mod hr;
mod meanwhile;
mod mitid;
mod outside;
mod people;
mod reach;
mod rig;
mod ring;
mod saml;
mod stumbling;
mod terms;
mod vault;
mod year;

pub use administrators::Administrator;
pub use application::{Application, BACK, OwnCertificate, VERIFIER, claims, field};
pub use ceremonies::{PlainCeremonies, SoftKey};
pub use clock::{DatabaseClockApart, DryEntropy, FixedClock, SeededEntropy};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub use cookies::{Cookie, Cookies};
pub use day_one::{App, PASSWORD};
pub use deeds::{day, hours, receive};
pub use devices::{Gadget, delivery};
pub use mitid::{BrokerSays, ScriptedMitid, good_answer};
pub use outside::{PlainHerald, PlainOutside};
pub use people::{CountingHasher, FewLeaks, PlainScribe, PostBox, Posted, QuickHasher};
pub use reach::sent_to;
#[cfg(feature = "postgres")]
pub use rig::fresh_database;
#[cfg(feature = "sqlite")]
pub use rig::fresh_file;
pub use rig::{MORNING, Rig, policy};
pub use ring::PlainRing;
pub use saml::{StubLine, StubSaml};
pub use stumbling::Stumbling;
pub use terms::OneTerms;
pub use vault::{PlainSignatures, PlainVault};
pub use year::{Blocked, Calendar, Known, Login, Now, Year};

/// One test on each database from each `async fn name(rig: Rig)`. PostgreSQL comes from `scripts/with-postgres`.
#[cfg(all(feature = "postgres", feature = "sqlite"))]
#[macro_export]
macro_rules! on_both {
    ($($name:ident)+) => {
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::Rig::on_sqlite().await).await;
            }
        )+}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::Rig::on_postgres().await).await;
            }
        )+}
    };
}
