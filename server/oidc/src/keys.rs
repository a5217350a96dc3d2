//! Our own keys: which signs now, and which are published (RFC 7517; roll-over by time, see `usecases::make_token_keys`).

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use domain::Timestamp;
use domain::ids::KeyId;
use domain::oidc::client::Signing;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::{Value, json};
use usecases::ports::oidc::{TokenKeyKind, Unsigned};
use zeroize::Zeroizing;

/// A key that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key for tokens cannot be used")]
pub struct KeyFault;

/// A key of ours, opened.
pub struct OwnKey {
    /// Which; its name on the wire.
    pub id: KeyId,
    /// Of which kind.
    pub kind: TokenKeyKind,
    /// The private key, PKCS#8.
    pub private: Zeroizing<Vec<u8>>,
    /// Signs from then on.
    pub signs_from: Timestamp,
}

impl core::fmt::Debug for OwnKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OwnKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Draws a new private key from the crypto library's generator; PKCS#8 DER.
///
/// # Errors
/// [`Unsigned`]
pub fn new_key(kind: TokenKeyKind) -> Result<Zeroizing<Vec<u8>>, Unsigned> {
    let failed = |_| Unsigned("the key could not be generated");
    let der = match kind {
        TokenKeyKind::Rsa => {
            let pair = KeyPair::generate(KeySize::Rsa3072).map_err(failed)?;
            let der: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
            der.as_ref().to_vec()
        }
        TokenKeyKind::P256 => {
            let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
            pair.map_err(failed)?.as_ref().to_vec()
        }
    };
    Ok(Zeroizing::new(der))
}

/// What stands before the key itself in the PKCS#8 of an RSA key of 2048 to 8192 bits: version 0, `rsaEncryption`, and the
/// head of the octet string. The library signs with what is behind it (RFC 8017 A.1.2).
const RSA_HEAD: [u8; 18] = [
    0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05,
    0x00,
];

fn encoding_key(key: &OwnKey) -> Result<EncodingKey, KeyFault> {
    match key.kind {
        TokenKeyKind::P256 => Ok(EncodingKey::from_ec_der(&key.private)),
        TokenKeyKind::Rsa => {
            let (outer, rest) = key.private.split_first_chunk::<4>().ok_or(KeyFault)?;
            let (head, rest) = rest.split_first_chunk::<18>().ok_or(KeyFault)?;
            let (inner, own) = rest.split_first_chunk::<4>().ok_or(KeyFault)?;
            let long = |[tag, size, _, _]: &[u8; 4], of| *tag == of && *size == 0x82;
            if long(outer, 0x30) && *head == RSA_HEAD && long(inner, 0x04) {
                Ok(EncodingKey::from_rsa_der(own))
            } else {
                Err(KeyFault)
            }
        }
    }
}

pub(crate) fn algorithm(signing: Signing) -> Algorithm {
    match signing {
        Signing::RS256 => Algorithm::RS256,
        Signing::PS256 => Algorithm::PS256,
        Signing::ES256 => Algorithm::ES256,
    }
}

fn kind(signing: Signing) -> TokenKeyKind {
    match signing {
        Signing::RS256 | Signing::PS256 => TokenKeyKind::Rsa,
        Signing::ES256 => TokenKeyKind::P256,
    }
}

struct Held {
    kid: String,
    kind: TokenKeyKind,
    signs_from: Timestamp,
    private: EncodingKey,
    public: Jwk,
}

/// Those that live.
#[derive(Default)]
pub(crate) struct KeySet(Vec<Held>);

impl KeySet {
    pub(crate) fn of(keys: &[OwnKey]) -> Result<Self, KeyFault> {
        keys.iter().map(Held::of).collect::<Result<_, _>>().map(Self)
    }

    /// The key that signs now, and its name: of those whose time has come the newest.
    pub(crate) fn signing(&self, signing: Signing, now: Timestamp) -> Option<(&EncodingKey, &str)> {
        let of_kind = self.0.iter().filter(|key| key.kind == kind(signing) && key.signs_from <= now);
        of_kind.max_by_key(|key| key.signs_from).map(|key| (&key.private, key.kid.as_str()))
    }

    /// The key of this name.
    pub(crate) fn verifying(&self, kid: &str, signing: Signing) -> Option<DecodingKey> {
        let key = self.0.iter().find(|key| key.kid == kid && key.kind == kind(signing))?;
        DecodingKey::from_jwk(&key.public).ok()
    }

    /// What is published: also those that do not sign yet, and those that do not sign any more.
    pub(crate) fn published(&self) -> Value {
        json!({ "keys": self.0.iter().map(|key| &key.public).collect::<Vec<_>>() })
    }
}

impl Held {
    fn of(key: &OwnKey) -> Result<Self, KeyFault> {
        let private = encoding_key(key)?;
        let signing = match key.kind {
            TokenKeyKind::Rsa => Algorithm::RS256,
            TokenKeyKind::P256 => Algorithm::ES256,
        };
        let mut public = Jwk::from_encoding_key(&private, signing).map_err(|_| KeyFault)?;
        let kid = key.id.to_string();
        public.common.key_id = Some(kid.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        if key.kind == TokenKeyKind::Rsa {
            // It is for both, by which each client is registered for one.
            public.common.key_algorithm = None;
        }
        Ok(Self { kid, kind: key.kind, signs_from: key.signs_from, private, public })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_newest_whose_time_has_come_signs_and_all_are_published() {
        let key = |number: u128, signs_from| OwnKey {
            id: uuid::Uuid::from_u128(number).into(),
            kind: TokenKeyKind::P256,
            private: new_key(TokenKeyKind::P256).unwrap(),
            signs_from: at(signs_from),
        };
        let keys = KeySet::of(&[key(1, 0), key(2, 100)]).unwrap();
        let name = |now| keys.signing(Signing::ES256, at(now)).unwrap().1.to_owned();
        assert_eq!(name(99), uuid::Uuid::from_u128(1).to_string());
        assert_eq!(name(100), uuid::Uuid::from_u128(2).to_string());
        assert!(keys.signing(Signing::RS256, at(100)).is_none());
        let published = keys.published().to_string();
        for number in [1, 2] {
            assert!(published.contains(&uuid::Uuid::from_u128(number).to_string()), "{published}");
        }
        assert!(!published.contains("\"d\""), "no private part");
        assert!(published.contains("P-256") && published.contains("ES256") && published.contains("\"sig\""));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let key = |private: &[u8]| OwnKey {
            id: uuid::Uuid::nil().into(),
            kind: TokenKeyKind::Rsa,
            private: Zeroizing::new(private.to_vec()),
            signs_from: at(0),
        };
        for wrong in [&b""[..], b"short", &[0; 64]] {
            assert!(KeySet::of(&[key(wrong)]).is_err());
        }
        let point = new_key(TokenKeyKind::P256).unwrap();
        assert!(KeySet::of(&[key(&point)]).is_err(), "a key of another kind");
    }
}
