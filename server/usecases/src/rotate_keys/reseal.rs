//! One walk over everything that is kept sealed: what does not lie under the key that seals today is sealed anew.
//!
//! Read beside the writers, page by page; written in short transactions, and only where nobody changed it meanwhile.
//! Walked again it finds nothing to do, so it needs no note of how far it came.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{Resealed, Tx};
use crate::ports::vault::{KeyUse, Mac, Sealed, VaultFault};
use crate::record::{cpr_place, seed_place, signing_place, token_key_place};
use crate::turn::Turn;
use domain::SignedDuration;
use domain::ids::{FactorId, KeyId, PersonId};
use std::collections::BTreeSet;

/// Values read on one view of the database.
const PAGE: u32 = 200;
/// Most values written in one transaction.
const BATCH: usize = 50;
/// No further value is begun in a transaction that lasted this long: none may last over 50 ms.
const LONG: SignedDuration = SignedDuration::from_millis(25);

/// Walks at most: a value somebody else is changing is left to the next.
const WALKS: usize = 10;

/// What the walks found and did.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// What they sealed anew.
    pub(crate) resealed: Resealed,
    /// Purposes of which something still lies under an older key.
    pub(crate) left: BTreeSet<KeyUse>,
}

/// One value, sealed anew and not yet written.
enum Fresh {
    Cpr { id: PersonId, before: Sealed, after: Sealed, index: Mac, count: Resealed },
    Seed(FactorId, Sealed),
    SigningKey(KeyId, Sealed),
    TokenKey(KeyId, Sealed),
}

/// Walks over everything until nothing is left that could be sealed anew.
pub(crate) async fn reseal(cx: &Cx) -> Result<Walked, Fault> {
    let mut walked = Walked::default();
    let mut turn = Turn::begin(cx);
    for _ in 0..WALKS {
        let mut walk = Walk { cx, turn: &mut turn, walked: Walked::default(), busy: false };
        walk.numbers().await?;
        walk.seeds().await?;
        walk.trail_keys().await?;
        walk.signing_keys().await?;
        let Walk { walked: Walked { resealed, left }, busy, .. } = walk;
        walked.resealed += resealed;
        walked.left = left;
        if !busy {
            break;
        }
    }
    Ok(walked)
}

struct Walk<'a> {
    cx: &'a Cx,
    turn: &'a mut Turn,
    walked: Walked,
    /// Somebody was changing a value just then.
    busy: bool,
}

impl Walk<'_> {
    async fn numbers(&mut self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let page = self.look().await?.sealed_cprs(after, PAGE).await?;
            let Some((last, ..)) = page.last() else { return Ok(()) };
            after = Some(*last);
            let mut fresh = Vec::new();
            for (id, sealed, index) in page {
                fresh.extend(self.number(id, sealed, index)?);
            }
            self.write(fresh).await?;
        }
    }

    /// Opened even when it is sealed as it should be: only the clear number tells its index.
    fn number(&mut self, id: PersonId, before: Sealed, index: Mac) -> Result<Option<Fresh>, VaultFault> {
        let (vault, place) = (&self.cx.house.vault, cpr_place(id));
        let Some(digits) = opened(vault.open(KeyUse::CprSeal, &place, &before), &place)? else {
            self.walked.left.extend([KeyUse::CprSeal, KeyUse::CprIndex]);
            return Ok(None);
        };
        let fresh_index = vault.mac(KeyUse::CprIndex, &digits)?;
        let cprs = u64::from(!vault.is_current(KeyUse::CprSeal, &before)?);
        let indexes = u64::from(fresh_index != index);
        if cprs + indexes == 0 {
            return Ok(None);
        }
        let after = vault.seal(KeyUse::CprSeal, &place, &digits)?;
        let count = Resealed { cprs, indexes, ..Resealed::default() };
        Ok(Some(Fresh::Cpr { id, before, after, index: fresh_index, count }))
    }

    async fn seeds(&mut self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let page = self.look().await?.sealed_seeds(after, PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            let mut fresh = Vec::new();
            for (id, sealed) in page {
                let again = self.again(KeyUse::Seeds, &seed_place(id), &sealed)?;
                fresh.extend(again.map(|sealed| Fresh::Seed(id, sealed)));
            }
            self.write(fresh).await?;
        }
    }

    async fn trail_keys(&mut self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let page = self.look().await?.trail_keys(after, PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            let mut fresh = Vec::new();
            for (id, wrapped) in page {
                let vault = &self.cx.house.vault;
                if vault.is_current(KeyUse::People, &wrapped)? {
                    continue;
                }
                match opened(vault.rewrap_person_key(id, &wrapped), "trail_keys")? {
                    Some(wrapped) => fresh.push((id, wrapped)),
                    None => {
                        self.walked.left.insert(KeyUse::People);
                    }
                }
            }
            self.rewrap(&fresh).await?;
        }
    }

    /// A page of people's own keys. They lie in a store apart, which waits for its disk once for all of them, and no transaction
    /// of the database is open meanwhile. Whoever is interrupted finds the rest again.
    async fn rewrap(&mut self, fresh: &[(PersonId, Sealed)]) -> Result<(), Fault> {
        if fresh.is_empty() {
            return Ok(());
        }
        let mut apart = self.cx.house.store.look("reseal").await?;
        let trail_keys = apart.rewrap_trail_keys(fresh).await?;
        drop(apart);
        let count = Resealed { trail_keys, ..Resealed::default() };
        let mut tx = self.cx.house.store.begin("reseal").await?;
        counted(tx.as_mut(), count).await?;
        tx.commit().await?;
        self.walked.resealed += count;
        if trail_keys < u64::try_from(fresh.len()).unwrap_or(u64::MAX) {
            self.busy = true;
            self.walked.left.insert(KeyUse::People);
        }
        self.turn.pass_on(self.cx).await;
        Ok(())
    }

    /// A handful.
    async fn signing_keys(&mut self) -> Result<(), Fault> {
        let keys = self.look().await?.signing_keys().await?;
        let mut fresh = Vec::new();
        for key in keys {
            let again = self.again(KeyUse::Signing, &signing_place(key.id), &key.sealed)?;
            fresh.extend(again.map(|sealed| Fresh::SigningKey(key.id, sealed)));
        }
        let keys = self.look().await?.token_keys().await?;
        for key in keys {
            let again = self.again(KeyUse::Signing, &token_key_place(key.id), &key.sealed)?;
            fresh.extend(again.map(|sealed| Fresh::TokenKey(key.id, sealed)));
        }
        self.write(fresh).await
    }

    async fn look(&self) -> Result<Box<dyn Tx>, Fault> {
        Ok(self.cx.house.store.reading("reseal").await?)
    }

    /// The same under the key that seals today; none when it lies there already, or does not open.
    fn again(&mut self, key: KeyUse, place: &str, sealed: &Sealed) -> Result<Option<Sealed>, VaultFault> {
        let vault = &self.cx.house.vault;
        if vault.is_current(key, sealed)? {
            return Ok(None);
        }
        match opened(vault.open(key, place, sealed), place)? {
            Some(clear) => vault.seal(key, place, &clear).map(Some),
            None => {
                self.walked.left.insert(key);
                Ok(None)
            }
        }
    }

    /// Writes in short transactions, each with its part of the count.
    async fn write(&mut self, mut fresh: Vec<Fresh>) -> Result<(), Fault> {
        let clock = &self.cx.house.clock;
        while !fresh.is_empty() {
            let mut tx = self.cx.house.store.begin("reseal").await?;
            let (begun, mut batch) = (clock.now(), Batch::default());
            while let Some(value) = fresh.pop() {
                batch.keep(tx.as_mut(), value).await?;
                if batch.values >= BATCH || clock.now().duration_since(begun) >= LONG {
                    break;
                }
            }
            counted(tx.as_mut(), batch.resealed).await?;
            tx.commit().await?;
            self.walked.resealed += batch.resealed;
            self.busy |= !batch.left.is_empty();
            self.walked.left.extend(batch.left);
            self.turn.pass_on(self.cx).await;
        }
        Ok(())
    }
}

/// Adds to what the rotation that is under way has done.
async fn counted(tx: &mut dyn Tx, resealed: Resealed) -> Result<(), Fault> {
    if let Some(mut rotation) = tx.rotation_for_update().await? {
        rotation.resealed += resealed;
        tx.put_rotation(&rotation).await?;
    }
    Ok(())
}

/// One transaction's work.
#[derive(Default)]
struct Batch {
    values: usize,
    resealed: Resealed,
    left: BTreeSet<KeyUse>,
}

impl Batch {
    async fn keep(&mut self, tx: &mut dyn Tx, value: Fresh) -> Result<(), Fault> {
        let none = Resealed::default();
        let (kept, purposes, count) = match value {
            Fresh::Cpr { id, before, after, index, count } => {
                let purposes = &[KeyUse::CprSeal, KeyUse::CprIndex][..];
                (tx.reseal_cpr(id, &before, &after, index).await?, purposes, count)
            }
            Fresh::Seed(id, sealed) => {
                let count = Resealed { seeds: 1, ..none };
                (tx.reseal_seed(id, &sealed).await?, &[KeyUse::Seeds][..], count)
            }
            Fresh::SigningKey(id, sealed) => {
                let count = Resealed { signing_keys: 1, ..none };
                (tx.reseal_signing_key(id, &sealed).await?, &[KeyUse::Signing][..], count)
            }
            Fresh::TokenKey(id, sealed) => {
                let count = Resealed { signing_keys: 1, ..none };
                (tx.reseal_token_key(id, &sealed).await?, &[KeyUse::Signing][..], count)
            }
        };
        self.values += 1;
        if kept {
            self.resealed += count;
        } else {
            self.left.extend(purposes);
        }
        Ok(())
    }
}

/// The value; none when it does not open, which is said in the log and stops nothing else.
fn opened<T>(value: Result<T, VaultFault>, place: &str) -> Result<Option<T>, VaultFault> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(VaultFault::DoesNotOpen | VaultFault::NoKey) => {
            tracing::error!(place, "a sealed value does not open and stays as it is");
            Ok(None)
        }
        Err(fault @ VaultFault::Cipher) => Err(fault),
    }
}
