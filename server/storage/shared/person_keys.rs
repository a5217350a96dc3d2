//! Each person's own key of the trail, as both stores hand it out (security decision 29). Where the keys lie is the store's
//! own; what is remembered of them for a moment, and what is asked of them, is not.

use super::recent_keys::RecentKeys;
use crate::person_keys::{KeyPlace, KeyTx, erased};
use async_trait::async_trait;
use domain::ids::PersonId;
use usecases::ports::store::{Outside as _, PersonKeys, StoreFault};
use usecases::ports::vault::Sealed;

/// People, or keys, of one page.
pub(crate) const PAGE: u32 = 200;

/// The keys in their place, and those that were read or kept a moment ago.
#[derive(Debug)]
pub(crate) struct TrailKeys {
    pub(crate) place: KeyPlace,
    recent: RecentKeys,
}

impl TrailKeys {
    pub(crate) fn in_place(place: KeyPlace) -> Self {
        Self { place, recent: RecentKeys::default() }
    }

    async fn of(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        if let Some(key) = self.recent.of(id) {
            return Ok(Some(key));
        }
        self.stored(id).await
    }

    async fn stored(&self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        let key = self.place.read(id).await?;
        if let Some(key) = &key {
            self.recent.keep(id, key);
        }
        Ok(key)
    }

    /// Keeps them, all or none; one that is there already stays. Lasting when this returns.
    pub(crate) async fn keep(&self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault> {
        let unknown: Vec<_> =
            keys.iter().filter(|(id, key)| self.recent.of(*id).as_ref() != Some(key)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        for (id, key) in self.place.add(&unknown).await? {
            self.recent.keep(*id, key);
        }
        Ok(())
    }

    /// Replaces them, all or none; gives how many there were.
    async fn rewrap(&self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
        let there = self.place.rewrap(keys).await;
        for (id, _) in keys {
            self.recent.forget(*id);
        }
        there
    }

    /// Destroys these keys; gives how many there were.
    pub(crate) async fn destroy(&self, people: &[PersonId]) -> Result<u64, StoreFault> {
        let gone = self.place.destroy(people).await;
        for id in people {
            self.recent.forget(*id);
        }
        gone
    }
}

#[async_trait]
impl PersonKeys for KeyTx {
    async fn trail_key_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        self.keys().of(id).await
    }

    async fn trail_key_from_store(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault> {
        self.keys().stored(id).await
    }

    async fn keep_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<(), StoreFault> {
        self.keys().keep(keys).await
    }

    async fn trail_keys(
        &mut self,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Sealed)>, StoreFault> {
        self.keys().place.page(after, limit).await
    }

    async fn rewrap_trail_keys(&mut self, keys: &[(PersonId, Sealed)]) -> Result<u64, StoreFault> {
        self.keys().rewrap(keys).await
    }

    async fn people_without_key(&mut self, limit: u32) -> Result<Vec<PersonId>, StoreFault> {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        // The keys are asked for last: whoever is added meanwhile has hers before she is there.
        let (mut without, mut after) = (Vec::new(), None);
        loop {
            let some = self.people_after(after, PAGE).await?;
            let Some(last) = some.last() else { break };
            after = Some(*last);
            without.extend(some);
        }
        let with = self.keys().place.people().await?;
        without.retain(|id| !with.contains(id));
        without.truncate(most);
        Ok(without)
    }

    async fn destroy_keys_of_erased(&mut self) -> Result<u64, StoreFault> {
        let erased = erased(self).await?;
        self.keys().destroy(&erased).await
    }
}
