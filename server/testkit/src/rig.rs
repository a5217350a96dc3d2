//! A whole house of fakes around a real store.

mod changed;
#[cfg(all(feature = "postgres", feature = "sqlite"))]
mod owner;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "postgres")]
pub use postgres::fresh_database;
#[cfg(feature = "sqlite")]
pub use sqlite::fresh_file;

#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::Cookies;
use crate::meanwhile::Meanwhile;
use crate::{
    BrokerSays, CountingHasher, DatabaseClockApart, FewLeaks, FixedClock, OneTerms, PlainCeremonies,
    PlainRing, PlainScribe, PlainSignatures, PlainVault, PostBox, Posted, ScriptedMitid, SeededEntropy,
    StubSaml, Stumbling,
};
use domain::Timestamp;
use domain::evidence::AT_ONCE;
use domain::factor::Models;
use domain::retention::Periods;
use domain::session::SessionTimes;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use usecases::checkpoints::{Apart, Keeping, Reached, Refused};
use usecases::context::{Cx, House, Policy, Source};
use usecases::deliver_notices::{Delivered, deliver_notices};
use usecases::outside::Outside;
use usecases::ports::checkpoints::CheckpointPlace;
use usecases::ports::oidc::TokenKeyKind;
use usecases::ports::people::Carrier;
use usecases::ports::store::Store;

/// When every test begins: Monday 2 November 2026, nine in the morning in Copenhagen.
pub const MORNING: &str = "2026-11-02T08:00:00Z";

/// A house, with a hand on what its fakes do.
#[derive(Debug)]
pub struct Rig {
    /// The house.
    pub house: Arc<House>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// The database's clock, which goes with it.
    pub database_clock: Arc<DatabaseClockApart>,
    /// Its hasher.
    pub hasher: Arc<CountingHasher>,
    /// Its broker.
    pub mitid: Arc<ScriptedMitid>,
    /// Its keys.
    pub ring: PlainRing,
    /// Its terms.
    pub terms: Arc<OneTerms>,
    /// Where its mail ends up.
    pub post: PostBox,
    /// Where its SMS end up.
    pub phone: PostBox,
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    cookies: Option<Cookies>,
    #[cfg(feature = "sqlite")]
    folder: Option<tempfile::TempDir>,
    #[cfg(feature = "postgres")]
    url: Option<String>,
}

impl Rig {
    /// Around this store.
    pub fn on(store: Arc<dyn Store>) -> Self {
        Self::with_chance(store, 1)
    }

    fn with_chance(store: Arc<dyn Store>, seed: u64) -> Self {
        let clock = Arc::new(FixedClock::at(MORNING));
        let database_clock = Arc::new(DatabaseClockApart::from(Arc::clone(&clock)));
        let hasher = Arc::new(CountingHasher::default());
        let mitid = Arc::new(ScriptedMitid::default());
        let terms = Arc::new(OneTerms::default());
        let vault = PlainVault::default();
        let ring = vault.ring();
        let house = House {
            store,
            database_clock: database_clock.clone(),
            vault: Arc::new(vault),
            hasher: hasher.clone(),
            leaks: Arc::new(FewLeaks),
            mitid: mitid.clone(),
            register: Arc::new(BrokerSays),
            ceremonies: Arc::new(PlainCeremonies::default()),
            saml: Arc::new(StubSaml),
            oidc: Arc::new(token_wire()),
            terms: terms.clone(),
            clock: clock.clone(),
            entropy: Arc::new(SeededEntropy::new(seed)),
            outside: Arc::new(Outside::nowhere()),
            keeping: Arc::new(keeping(None)),
            policy: policy(),
        };
        Self {
            house: Arc::new(house),
            clock,
            database_clock,
            hasher,
            mitid,
            ring,
            terms,
            post: PostBox::default(),
            phone: PostBox::default(),
            #[cfg(any(feature = "postgres", feature = "sqlite"))]
            cookies: None,
            #[cfg(feature = "sqlite")]
            folder: None,
            #[cfg(feature = "postgres")]
            url: None,
        }
    }

    /// What browsers carry, kept in this database; for a rig that made it.
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub fn cookies(&self) -> Cookies {
        self.cookies.clone().expect("a rig with a database of its own")
    }

    fn parts(&self) -> House {
        let house = &self.house;
        House {
            store: house.store.clone(),
            database_clock: house.database_clock.clone(),
            vault: house.vault.clone(),
            hasher: house.hasher.clone(),
            leaks: house.leaks.clone(),
            mitid: house.mitid.clone(),
            register: house.register.clone(),
            ceremonies: house.ceremonies.clone(),
            saml: house.saml.clone(),
            oidc: house.oidc.clone(),
            terms: house.terms.clone(),
            clock: house.clock.clone(),
            entropy: house.entropy.clone(),
            outside: house.outside.clone(),
            keeping: house.keeping.clone(),
            policy: house.policy.clone(),
        }
    }

    /// A request of the n-th browser, now.
    pub fn browser(&self, n: u128) -> Cx {
        let source =
            Source { address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), agent: "Firefox, Linux".into() };
        Cx::new(Arc::clone(&self.house), source, uuid::Uuid::from_u128(n).into()).expect("chance")
    }

    /// A request, now.
    pub fn cx(&self) -> Cx {
        self.browser(1)
    }

    /// A request, now, to the same house; its store and ring fail for ever after so many steps, as if the power went.
    pub fn stumbling(&self, steps: u32) -> (Cx, Stumbling) {
        let legs = Stumbling::after(steps, Arc::clone(&self.house.store), self.ring.clone());
        let house = House { store: Arc::new(legs.clone()), ..self.parts() };
        (Cx { house: Arc::new(house), ..self.cx() }, legs)
    }

    /// A request of the n-th browser, now, in the midst of which this is done: just before it begins that transaction.
    pub fn meanwhile(
        &self,
        browser: u128,
        before: &'static str,
        deed: impl Future<Output = ()> + Send + 'static,
    ) -> Cx {
        let store = Arc::new(Meanwhile::new(Arc::clone(&self.house.store), before, deed));
        let house = House { store, ..self.parts() };
        Cx { house: Arc::new(house), ..self.browser(browser) }
    }

    /// Sends what is due.
    pub async fn deliver(&self) -> Delivered {
        let letters = self.deliver_by(Carrier::Post(&self.post)).await;
        let texts = self.deliver_by(Carrier::Texts(&self.phone)).await;
        Delivered {
            sent: letters.sent + texts.sent,
            failed: letters.failed + texts.failed,
            dead: letters.dead + texts.dead,
            dropped: letters.dropped + texts.dropped,
        }
    }

    async fn deliver_by(&self, by: Carrier<'_>) -> Delivered {
        deliver_notices(&self.house, by, &PlainScribe, 100).await.expect("a store")
    }

    /// Sends what is due and takes the SMS.
    pub async fn sms(&self) -> Vec<Posted> {
        self.deliver().await;
        self.phone.empty()
    }

    /// Sends what is due and takes it out of the box.
    pub async fn letters(&self) -> Vec<Posted> {
        self.deliver().await;
        self.post.empty()
    }
}

/// The real wire of OpenID Connect, with one key for ES256: to draw it takes no time. Certificates count, of no authority.
fn token_wire() -> oidc::Wire {
    let certificates = oidc::Certificates::new(&[], None).expect("no authority");
    let wire = oidc::Wire::new(&policy().public_url).with_certificates(certificates);
    let kind = TokenKeyKind::P256;
    let private = oidc::keys::new_key(kind).expect("a key");
    let key = oidc::OwnKey {
        id: uuid::Uuid::from_u128(1).into(),
        kind,
        private,
        signs_from: Timestamp::UNIX_EPOCH,
    };
    wire.take_up(&[key]).expect("a key");
    wire
}

/// A run of the programme like no other in this process.
fn keeping(place: Option<Arc<dyn CheckpointPlace>>) -> Keeping {
    use std::sync::atomic::{AtomicU64, Ordering};
    static RUNS: AtomicU64 = AtomicU64::new(1);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    Keeping {
        instance: uuid::Uuid::from_u64_pair(u64::from(std::process::id()), run).into(),
        place,
        heralds: Vec::new(),
        signatures: Arc::new(PlainSignatures),
        apart: Apart::default(),
        refused: Refused::default(),
        reached: Reached::default(),
    }
}

/// What the municipality of the tests decided.
pub fn policy() -> Policy {
    Policy {
        municipality: "Nordby Kommune".into(),
        phone: "70 00 00 00".into(),
        public_url: "https://login.nordby.example".into(),
        organisation_mail: Some("it@nordby.example".into()),
        session: SessionTimes::default(),
        own_networks: vec![IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1))],
        words: vec!["nordby".into()],
        models: Models::default(),
        texts: true,
        retention: Periods::default(),
        exports_at_once: AT_ONCE,
        pilot: false,
        tests: None,
    }
}
