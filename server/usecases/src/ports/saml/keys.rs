//! Our keys, as the wire takes them up and makes them.

use domain::Timestamp;
use domain::ids::KeyId;
use domain::signing_key::SigningLife;
use zeroize::Zeroizing;

/// One of our keys, for the wire to take up.
pub struct OurKey {
    /// Which.
    pub id: KeyId,
    /// How far its life is.
    pub life: SigningLife,
    /// Its certificate, DER.
    pub certificate: Vec<u8>,
    /// The private key, PKCS#8 DER; none where it signs for nobody.
    pub private: Option<Zeroizing<Vec<u8>>>,
}

impl core::fmt::Debug for OurKey {
    /// Never the private key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OurKey").field("id", &self.id).field("life", &self.life).finish_non_exhaustive()
    }
}

/// A key that was just drawn or brought in, with its certificate.
pub struct NewKey {
    /// The private key, PKCS#8 DER.
    pub private: Zeroizing<Vec<u8>>,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
}

impl core::fmt::Debug for NewKey {
    /// Never the private key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("NewKey").finish_non_exhaustive()
    }
}

/// What stands in the certificate of a new key, besides our entity id.
#[derive(Clone, Copy, Debug)]
pub struct KeyWish<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// A number never used before.
    pub serial: [u8; 16],
    /// Start of validity.
    pub from: Timestamp,
    /// End of validity.
    pub until: Timestamp,
}
