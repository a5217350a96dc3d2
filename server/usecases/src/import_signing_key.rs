//! A successor of the key that signs by SAML whose certificate an authority made out, such as OCES3's for NemLog-in (NSIS
//! 6.11): drawn elsewhere, and from here on it lives as one that was made here.

use crate::context::Cx;
use crate::make_signing_key::{NotMade, keep, nobody_waits};
use crate::operator::Operator;
use domain::ids::KeyId;

/// Takes a private key, PKCS#8 DER, and the one of these certificates, DER, that belongs to it. It stands in no metadata
/// until it is published.
pub async fn import_signing_key(
    cx: &Cx,
    by: &Operator,
    private: &[u8],
    certificates: &[Vec<u8>],
) -> Result<KeyId, NotMade> {
    nobody_waits(cx).await?;
    let brought = cx.house.saml.brought_key(private, certificates, cx.now)?;
    keep(cx, by, brought, true).await
}
