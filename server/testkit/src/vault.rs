//! A vault without keys. It keeps nothing secret; it honours purpose, place and version as the real one does, so that
//! a use case that mixes them up fails here too.

use crate::PlainRing;
use domain::audit::checkpoint::{PublicKey, Signature};
use domain::ids::PersonId;
use sha2::{Digest, Sha256};
use usecases::ports::ring::KeyState;
use usecases::ports::vault::{KeyUse, Mac, Sealed, Signatures, Vault, VaultFault};
use zeroize::Zeroizing;

const TAG: usize = 16;

/// A fake: the same input always gives the same output, under a "key" everybody knows.
#[derive(Clone, Debug, Default)]
pub struct PlainVault {
    ring: PlainRing,
}

impl PlainVault {
    /// A vault in the middle of a rotation: the versions still accepted, newest first.
    pub fn of_versions(versions: &[u32]) -> Self {
        Self { ring: PlainRing::of_versions(versions) }
    }

    /// The ring it follows.
    pub fn ring(&self) -> PlainRing {
        self.ring.clone()
    }

    /// The versions that are not retired, the active one first, then the newest.
    fn living(&self, key: KeyUse) -> Vec<u8> {
        let mut living: Vec<_> =
            self.ring.of(key).into_iter().filter(|it| it.state != KeyState::Retired).collect();
        living.sort_by_key(|it| (it.state != KeyState::Active, u32::MAX - it.version));
        living.into_iter().map(|it| u8::try_from(it.version).expect("few rotations")).collect()
    }

    fn newest(&self, key: KeyUse) -> Result<u8, VaultFault> {
        self.living(key).first().copied().ok_or(VaultFault::NoKey)
    }
}

impl Vault for PlainVault {
    fn seal(&self, key: KeyUse, place: &str, clear: &[u8]) -> Result<Sealed, VaultFault> {
        let version = self.newest(key)?;
        let mut sealed = vec![version];
        sealed.extend(toy(&named(version, key), place, clear));
        Ok(Sealed(sealed))
    }

    fn open(&self, key: KeyUse, place: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        let (version, body) = sealed.0.split_first().ok_or(VaultFault::DoesNotOpen)?;
        if !self.living(key).contains(version) {
            return Err(VaultFault::NoKey);
        }
        untoy(&named(*version, key), place, body)
    }

    fn is_current(&self, key: KeyUse, sealed: &Sealed) -> Result<bool, VaultFault> {
        Ok(sealed.0.first() == Some(&self.newest(key)?))
    }

    fn mac(&self, key: KeyUse, data: &[u8]) -> Result<Mac, VaultFault> {
        Ok(hash(&[named(self.newest(key)?, key).as_bytes(), b"mac", data]))
    }

    fn macs(&self, key: KeyUse, data: &[u8]) -> Result<Vec<Mac>, VaultFault> {
        Ok(self
            .living(key)
            .into_iter()
            .map(|version| hash(&[named(version, key).as_bytes(), b"mac", data]))
            .collect())
    }

    fn sign(&self, key: KeyUse, data: &[u8]) -> Result<(PublicKey, Signature), VaultFault> {
        let public = public_half(self.newest(key)?, key);
        Ok((public, plain_signature(&public, data)))
    }

    fn public_keys(&self, key: KeyUse) -> Result<Vec<PublicKey>, VaultFault> {
        Ok(self.living(key).into_iter().map(|version| public_half(version, key)).collect())
    }

    fn person_key(&self, person: PersonId) -> Result<Sealed, VaultFault> {
        self.seal(KeyUse::People, &format!("trail_keys/{person}"), &hash(&[person.to_string().as_bytes()]))
    }

    fn rewrap_person_key(&self, person: PersonId, wrapped: &Sealed) -> Result<Sealed, VaultFault> {
        let place = format!("trail_keys/{person}");
        let key = self.open(KeyUse::People, &place, wrapped)?;
        self.seal(KeyUse::People, &place, &key)
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
        // Its bytes: of a secret as such nothing is shown, and all of them would be alike.
        Ok(format!("{:?}", key.as_slice()))
    }
}

fn public_half(version: u8, key: KeyUse) -> PublicKey {
    hash(&[named(version, key).as_bytes(), b"public"])
}

fn plain_signature(public: &PublicKey, data: &[u8]) -> Signature {
    let half = hash(&[public, b"signature", data]);
    let mut whole = [0; 64];
    whole.iter_mut().zip(half.iter().chain(&half)).for_each(|(byte, from)| *byte = *from);
    whole
}

/// Compares what a [`PlainVault`] signed; whoever knows the public key can sign.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainSignatures;

impl Signatures for PlainSignatures {
    fn holds(&self, key: &PublicKey, data: &[u8], signature: &Signature) -> bool {
        plain_signature(key, data) == *signature
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
