//! What is encrypted in a container: its key, its MACs, its values (RFC 6030, 6).
//!
//! A value is opened only after its MAC was found right: with a wrong key, or changed on the way, nothing of it is seen.

use super::tree::{Here, PSKC, XENC, XENC11, named};
use crate::{Unlock, bytes};
use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, Algorithm, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::{hmac, pbkdf2};
use core::num::NonZeroU32;
use domain::code_device::{DeliveryFault, Misread};
use roxmltree::Node;
use zeroize::Zeroizing;

/// Most rounds of a key derivation: a hostile file must not keep us busy.
const MOST_ROUNDS: u32 = 2_000_000;
const IV: usize = 16;

/// What opens the values of one container.
pub(super) struct Locks {
    key: Zeroizing<Vec<u8>>,
    mac: Option<hmac::Key>,
}

impl Locks {
    /// Reads how the container is locked; none where it is not.
    pub(super) fn of(
        container: Node<'_, '_>,
        here: Here,
        unlock: &Unlock,
    ) -> Result<Option<Self>, DeliveryFault> {
        let Some(lock) = here.child(container, (PSKC, "EncryptionKey"))? else { return Ok(None) };
        let key = match here.child(lock, (XENC11, "DerivedKey"))? {
            Some(derived) => derive(derived, here, unlock)?,
            None => match unlock {
                Unlock::Key(key) => key.clone(),
                Unlock::Password(_) => return Err(here.at("EncryptionKey").fault(Misread::Unsupported)),
                Unlock::Nothing => return Err(here.at("EncryptionKey").fault(Misread::Locked)),
            },
        };
        let mac = match here.child(container, (PSKC, "MACMethod"))? {
            Some(method) => Some(mac_key(method, here, &key)?),
            None => None,
        };
        Ok(Some(Self { key, mac }))
    }

    /// Opens the seed in `secret`, after its MAC.
    pub(super) fn open(
        &self,
        secret: Node<'_, '_>,
        encrypted: Node<'_, '_>,
        here: Here,
    ) -> Result<Zeroizing<Vec<u8>>, DeliveryFault> {
        let (algorithm, sealed) = cipher_value(encrypted, here)?;
        let mac = here.demanded_text(secret, "ValueMAC", Misread::NoMac)?;
        let at = here.at("ValueMAC");
        let tag = bytes::base64(mac).ok_or_else(|| at.fault(Misread::Malformed))?;
        let key = self.mac.as_ref().ok_or_else(|| here.at("MACMethod").fault(Misread::NoMac))?;
        hmac::verify(key, &sealed, &tag).map_err(|_| at.fault(Misread::Unauthentic))?;
        decrypt(algorithm, &self.key, &sealed)
            .ok_or_else(|| here.at("EncryptedValue").fault(Misread::Unauthentic))
    }
}

impl Here {
    fn demanded_text<'a>(
        self,
        node: Node<'a, '_>,
        name: &'static str,
        missing: Misread,
    ) -> Result<&'a str, DeliveryFault> {
        self.text(node, name)?.ok_or_else(|| self.at(name).fault(missing))
    }
}

/// The key of the MACs: sealed beside them, or the container's own where none is (RFC 6030, 6.1.1).
fn mac_key(method: Node<'_, '_>, here: Here, key: &[u8]) -> Result<hmac::Key, DeliveryFault> {
    let word = method.attribute("Algorithm").unwrap_or_default();
    let algorithm = mac_algorithm(word).ok_or_else(|| here.at("MACMethod").fault(Misread::Unsupported))?;
    match here.child(method, (PSKC, "MACKey"))? {
        None => Ok(hmac::Key::new(algorithm, key)),
        Some(sealed) => {
            let (cipher, sealed) = cipher_value(sealed, here)?;
            let own = decrypt(cipher, key, &sealed).filter(|own| own.len() >= 16);
            // Nothing shows whether it is right but that it opens: a wrong key is found here, or by the first MAC.
            let own = own.ok_or_else(|| here.at("MACKey").fault(Misread::Unauthentic))?;
            Ok(hmac::Key::new(algorithm, &own))
        }
    }
}

fn mac_algorithm(word: &str) -> Option<hmac::Algorithm> {
    match word {
        // HMAC with SHA-1 is not touched by collisions of SHA-1; RFC 6030 demands that it is known.
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1" => Some(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" => Some(hmac::HMAC_SHA256),
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha384" => Some(hmac::HMAC_SHA384),
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512" => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

/// A key made from the password (PBKDF2, PKCS #5).
fn derive(derived: Node<'_, '_>, here: Here, unlock: &Unlock) -> Result<Zeroizing<Vec<u8>>, DeliveryFault> {
    let at = here.at("KeyDerivationMethod");
    let Unlock::Password(password) = unlock else { return Err(at.fault(Misread::Locked)) };
    let method = named(derived, "KeyDerivationMethod").ok_or_else(|| at.fault(Misread::Missing))?;
    if !method.attribute("Algorithm").unwrap_or_default().ends_with("#pbkdf2") {
        return Err(at.fault(Misread::Unsupported));
    }
    let value = |name: &'static str| -> Result<&str, DeliveryFault> {
        let node = named(method, name).ok_or_else(|| here.at(name).fault(Misread::Missing))?;
        here.only_text(node, name)
    };
    let salt = bytes::base64(value("Specified")?).ok_or_else(|| here.at("Salt").fault(Misread::Malformed))?;
    let rounds =
        value("IterationCount")?.parse().ok().filter(|rounds: &NonZeroU32| rounds.get() <= MOST_ROUNDS);
    let rounds = rounds.ok_or_else(|| here.at("IterationCount").fault(Misread::Malformed))?;
    let length = value("KeyLength")?.parse::<usize>().ok().filter(|length| matches!(length, 16 | 24 | 32));
    let length = length.ok_or_else(|| here.at("KeyLength").fault(Misread::Unsupported))?;
    // PKCS #5 names it in an attribute, some tools in the text.
    let prf = match named(method, "PRF") {
        Some(prf) => prf.attribute("Algorithm").map_or_else(|| here.only_text(prf, "PRF"), Ok)?,
        None => "",
    };
    let prf = prf_algorithm(prf).ok_or_else(|| here.at("PRF").fault(Misread::Unsupported))?;
    let mut key = Zeroizing::new(vec![0; length]);
    pbkdf2::derive(prf, rounds, &salt, password.as_bytes(), &mut key);
    Ok(key)
}

fn prf_algorithm(word: &str) -> Option<pbkdf2::Algorithm> {
    let name = word.rsplit('#').next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        // PKCS #5 says SHA-1 where nothing else is said.
        "" | "hmac-sha1" => Some(pbkdf2::PBKDF2_HMAC_SHA1),
        "hmac-sha256" => Some(pbkdf2::PBKDF2_HMAC_SHA256),
        "hmac-sha384" => Some(pbkdf2::PBKDF2_HMAC_SHA384),
        "hmac-sha512" => Some(pbkdf2::PBKDF2_HMAC_SHA512),
        _ => None,
    }
}

/// Which cipher, and what is under it: the initialisation vector stands in front.
fn cipher_value(
    node: Node<'_, '_>,
    here: Here,
) -> Result<(&'static Algorithm, Zeroizing<Vec<u8>>), DeliveryFault> {
    let method = here.demanded(node, (XENC, "EncryptionMethod"))?;
    let algorithm = match method.attribute("Algorithm").unwrap_or_default() {
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => &AES_128,
        "http://www.w3.org/2001/04/xmlenc#aes192-cbc" => &AES_192,
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => &AES_256,
        _ => return Err(here.at("EncryptionMethod").fault(Misread::Unsupported)),
    };
    let data = here.demanded(node, (XENC, "CipherData"))?;
    let value = here.demanded(data, (XENC, "CipherValue"))?;
    let text = here.only_text(value, "CipherValue")?;
    let sealed = bytes::base64(text).ok_or_else(|| here.at("CipherValue").fault(Misread::Malformed))?;
    Ok((algorithm, sealed))
}

/// AES in CBC mode; of the padding only the last byte says something (XML Encryption, 5.2).
fn decrypt(algorithm: &'static Algorithm, key: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (iv, sealed) = sealed.split_at_checked(IV)?;
    let key = UnboundCipherKey::new(algorithm, key).ok()?;
    let key = PaddedBlockDecryptingKey::cbc_iso10126(key).ok()?;
    let iv: [u8; IV] = iv.try_into().ok()?;
    let mut clear = Zeroizing::new(sealed.to_vec());
    let length = key.decrypt(&mut clear, DecryptionContext::Iv128(FixedLength::from(iv))).ok()?.len();
    clear.truncate(length);
    Some(clear)
}
