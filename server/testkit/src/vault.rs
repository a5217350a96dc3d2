//! A vault without keys. It keeps nothing secret; it honours purpose, place and version as the real one does, so that
//! a use case that mixes them up fails here too.

use domain::ids::PersonId;
use sha2::{Digest, Sha256};
use usecases::ports::vault::{KeyUse, Mac, Sealed, Vault, VaultFault};
use zeroize::Zeroizing;

const TAG: usize = 16;

/// A fake: the same input always gives the same output, under a "key" everybody knows.
#[derive(Clone, Debug)]
pub struct PlainVault {
    versions: Vec<u8>,
}

impl Default for PlainVault {
    fn default() -> Self {
        Self { versions: vec![1] }
    }
}

impl PlainVault {
    /// A vault in the middle of a rotation: the versions still accepted, newest first.
    pub fn of_versions(versions: &[u8]) -> Self {
        Self { versions: versions.to_vec() }
    }

    fn newest(&self) -> Result<u8, VaultFault> {
        self.versions.first().copied().ok_or(VaultFault::NoKey)
    }
}

impl Vault for PlainVault {
    fn seal(&self, key: KeyUse, place: &str, clear: &[u8]) -> Result<Sealed, VaultFault> {
        let version = self.newest()?;
        let mut sealed = vec![version];
        sealed.extend(toy(&named(version, key), place, clear));
        Ok(Sealed(sealed))
    }

    fn open(&self, key: KeyUse, place: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        let (version, body) = sealed.0.split_first().ok_or(VaultFault::DoesNotOpen)?;
        if !self.versions.contains(version) {
            return Err(VaultFault::NoKey);
        }
        untoy(&named(*version, key), place, body)
    }

    fn mac(&self, key: KeyUse, data: &[u8]) -> Result<Mac, VaultFault> {
        Ok(hash(&[named(self.newest()?, key).as_bytes(), b"mac", data]))
    }

    fn macs(&self, key: KeyUse, data: &[u8]) -> Result<Vec<Mac>, VaultFault> {
        Ok(self
            .versions
            .iter()
            .map(|version| hash(&[named(*version, key).as_bytes(), b"mac", data]))
            .collect())
    }

    fn person_key(&self, person: PersonId) -> Result<Sealed, VaultFault> {
        self.seal(KeyUse::People, &format!("trail_keys/{person}"), &hash(&[person.to_string().as_bytes()]))
    }

    fn seal_for(
        &self,
        person: PersonId,
        wrapped: &Sealed,
        place: &str,
        clear: &[u8],
    ) -> Result<Vec<u8>, VaultFault> {
        Ok(toy(&self.unwrap_key(person, wrapped)?, place, clear))
    }

    fn open_for(
        &self,
        person: PersonId,
        wrapped: &Sealed,
        place: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        untoy(&self.unwrap_key(person, wrapped)?, place, sealed)
    }
}

impl PlainVault {
    fn unwrap_key(&self, person: PersonId, wrapped: &Sealed) -> Result<String, VaultFault> {
        let key = self.open(KeyUse::People, &format!("trail_keys/{person}"), wrapped)?;
        Ok(format!("{key:?}"))
    }
}

fn named(version: u8, key: KeyUse) -> String {
    format!("{version}/{}", key.word())
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn toy(key: &str, place: &str, clear: &[u8]) -> Vec<u8> {
    let tag = hash(&[key.as_bytes(), place.as_bytes(), b"tag", clear]);
    tag.into_iter().take(TAG).chain(stream(key, place, clear)).collect()
}

fn untoy(key: &str, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
    let (_, body) = sealed.split_at_checked(TAG).ok_or(VaultFault::DoesNotOpen)?;
    let clear = Zeroizing::new(stream(key, place, body));
    if toy(key, place, &clear) == sealed { Ok(clear) } else { Err(VaultFault::DoesNotOpen) }
}

fn stream(key: &str, place: &str, data: &[u8]) -> Vec<u8> {
    let pad = (0u64..).flat_map(|n| hash(&[key.as_bytes(), place.as_bytes(), &n.to_be_bytes()]));
    data.iter().zip(pad).map(|(byte, pad)| byte ^ pad).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_only_in_its_place_for_its_purpose_and_under_an_accepted_version() {
        let vault = PlainVault::default();
        let sealed = vault.seal(KeyUse::Seeds, "factors/1", b"seed").unwrap();
        assert_eq!(vault.open(KeyUse::Seeds, "factors/1", &sealed).unwrap().as_slice(), b"seed");
        assert!(vault.open(KeyUse::Seeds, "factors/2", &sealed).is_err());
        assert!(vault.open(KeyUse::CprSeal, "factors/1", &sealed).is_err());
        assert!(PlainVault::of_versions(&[2]).open(KeyUse::Seeds, "factors/1", &sealed).is_err());
        let rotating = PlainVault::of_versions(&[2, 1]);
        assert!(rotating.open(KeyUse::Seeds, "factors/1", &sealed).is_ok());
        assert!(
            rotating.macs(KeyUse::Codes, b"x").unwrap().contains(&vault.mac(KeyUse::Codes, b"x").unwrap())
        );
    }
}
