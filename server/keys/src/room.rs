//! Where one thread hashes: 19 MiB that are taken once, and wiped after every password.
//!
//! Taken anew for each password they would pass through the allocator, which keeps some of them for later: a storm
//! of logins would then hold hundreds of megabytes.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use usecases::ports::people::NotHashed;

/// 19 MiB, 2 passes, 1 lane: the least that is allowed.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The memory of one thread; empty until its first password.
#[derive(Default)]
pub(crate) struct Room {
    blocks: Vec<Block>,
}

impl Room {
    /// Hashes with Argon2id and the parameters of this house; gives the PHC string.
    pub(crate) fn hash(&mut self, secret: &[u8], salt: &[u8]) -> Result<String, NotHashed> {
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        self.fill(&Argon2::new(Algorithm::Argon2id, Version::V0x13, params()?), secret, salt, &mut out)?;
        of_this_house(salt, &out)
    }

    /// Verifies with the parameters the hash was made with; compared in constant time. A string with a salt and no
    /// hash is as broken as no string at all.
    pub(crate) fn verify(&mut self, secret: &[u8], on_record: &str) -> Result<bool, NotHashed> {
        let phc = PasswordHash::new(on_record).map_err(|_| NotHashed::Down)?;
        let (Some(salt), Some(expected)) = (&phc.salt, &phc.hash) else { return Err(NotHashed::Down) };
        let algorithm = Algorithm::try_from(phc.algorithm.as_str()).map_err(|_| NotHashed::Down)?;
        let version = phc.version.map(Version::try_from).transpose().map_err(|_| NotHashed::Down)?;
        let params = Params::try_from(&phc).map_err(|_| NotHashed::Down)?;
        let mut out = vec![0; expected.len()];
        let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
        self.fill(&argon2, secret, salt, &mut out)?;
        Ok(Output::new(&out).map_err(|_| NotHashed::Down)? == *expected)
    }

    fn fill(
        &mut self,
        argon2: &Argon2<'_>,
        secret: &[u8],
        salt: &[u8],
        out: &mut [u8],
    ) -> Result<(), NotHashed> {
        let needed = argon2.params().block_count();
        if self.blocks.len() < needed {
            self.blocks.resize(needed, Block::default());
        }
        let filled = argon2.hash_password_into_with_memory(secret, salt, out, &mut self.blocks);
        self.blocks.iter_mut().for_each(zeroize::Zeroize::zeroize);
        filled.map_err(|_| NotHashed::Down)
    }
}

fn params() -> Result<Params, NotHashed> {
    Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| NotHashed::Down)
}

/// The PHC string of a hash made with the parameters of this house.
pub(crate) fn of_this_house(salt: &[u8], hash: &[u8]) -> Result<String, NotHashed> {
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params()?).map_err(|_| NotHashed::Down)?,
        salt: Some(Salt::new(salt).map_err(|_| NotHashed::Down)?),
        hash: Some(Output::new(hash).map_err(|_| NotHashed::Down)?),
    };
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_hashes_are_the_librarys_own() {
        use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
        let mut room = Room::default();
        let ours = room.hash(b"gr\xc3\xb8n cykel ved \xc3\xa5en", &[7; 16]).unwrap();
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap();
        let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let theirs = library.hash_password_with_salt(b"gr\xc3\xb8n cykel ved \xc3\xa5en", &[7; 16]).unwrap();
        assert_eq!(ours, theirs.to_string());
        assert!(library.verify_password(b"gr\xc3\xb8n cykel ved \xc3\xa5en", ours.as_str()).is_ok());
    }

    #[test]
    fn nothing_of_a_password_stays_in_it() {
        let mut room = Room::default();
        let hash = room.hash(b"en hemmelighed", &[7; 16]).unwrap();
        assert!(room.verify(b"en hemmelighed", &hash).unwrap());
        assert!(!room.verify(b"en anden hemmelighed", &hash).unwrap());
        assert!(room.blocks.iter().all(|block| block.as_ref().iter().all(|word| *word == 0)));
    }
}
