//! The same house with another part: a place outside, a policy, a wire that is real.

use super::{Rig, keeping as fresh};
use domain::factor::Models;
use std::sync::Arc;
use usecases::checkpoints::Keeping;
use usecases::context::{House, Policy};
use usecases::outside::Outside;
use usecases::ports::ceremonies::Ceremonies;
use usecases::ports::chance::Clock;
use usecases::ports::checkpoints::{CheckpointPlace, Herald};
use usecases::ports::outside::OutsidePlace;
use usecases::ports::people::Hasher;
use usecases::ports::saml::SamlWire;
use usecases::ports::store::Store;
use usecases::ports::vault::{Signatures, Vault};

impl Rig {
    /// The same house on another clock, and with passwords hashed by another: for what takes real time.
    pub fn house_on(&self, clock: Arc<dyn Clock>, hasher: Arc<dyn Hasher>) -> Arc<House> {
        Arc::new(House { hasher, clock, ..self.parts() })
    }

    /// The same, with what it does also kept at this place; nothing is issued before the two were compared.
    #[must_use]
    pub fn keeping(self, place: Arc<dyn OutsidePlace>) -> Self {
        let house = House { outside: Arc::new(Outside::at(place)), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same fakes around another store, as when a backup was put in the place of the database.
    #[must_use]
    pub fn moved_to(self, store: Arc<dyn Store>, place: Arc<dyn OutsidePlace>) -> Self {
        let keeping = Arc::new(self.keeping_anew());
        let house = House { store, outside: Arc::new(Outside::at(place)), keeping, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, with checkpoints of its trail kept at this place.
    #[must_use]
    pub fn with_checkpoints(self, place: Arc<dyn CheckpointPlace>) -> Self {
        let keeping = Keeping { place: Some(place), ..self.keeping_anew() };
        let house = House { keeping: Arc::new(keeping), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where these are told of each checkpoint.
    #[must_use]
    pub fn telling(self, heralds: Vec<Arc<dyn Herald>>) -> Self {
        let keeping = Keeping { heralds, ..self.keeping_anew() };
        let house = House { keeping: Arc::new(keeping), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, with these keys.
    #[must_use]
    pub fn under(self, vault: Arc<dyn Vault>, signatures: Arc<dyn Signatures>) -> Self {
        let keeping = Keeping { signatures, ..self.keeping_anew() };
        let house = House { vault, keeping: Arc::new(keeping), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where the municipality has nobody who carries SMS.
    #[must_use]
    pub fn without_texts(self) -> Self {
        let policy = Policy { texts: false, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where an export that reads more than so many places is ordered.
    #[must_use]
    pub fn reading_at_once(self, places: u64) -> Self {
        let policy = Policy { exports_at_once: places, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where this is known and decided of models.
    #[must_use]
    pub fn knowing(self, models: Models) -> Self {
        let policy = Policy { models, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where these ask and verify: for a test of what really does.
    #[must_use]
    pub fn with_keys(self, ceremonies: Arc<dyn Ceremonies>) -> Self {
        let house = House { ceremonies, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, speaking SAML by this wire: for a test of what really comes and goes.
    #[must_use]
    pub fn with_saml(self, saml: Arc<dyn SamlWire>) -> Self {
        let house = House { saml, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// Another run of the programme, which keeps its trail as this one does.
    fn keeping_anew(&self) -> Keeping {
        let now = &self.house.keeping;
        Keeping {
            heralds: now.heralds.clone(),
            signatures: Arc::clone(&now.signatures),
            ..fresh(now.place.clone())
        }
    }
}
