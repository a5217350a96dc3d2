//! The welcome link: made again at each sending from ids alone, so that no secret waits in the outbox.

use crate::context::{House, hex};
use crate::ports::vault::{KeyUse, Mac, VaultFault};
use domain::Timestamp;
use domain::ids::PersonId;

/// The secret part of a welcome link: 64 hexadecimal characters, a MAC under the key for codes.
///
/// `made_at` is when the invitation was made; an invitation made later has another secret, and the older one is dead.
pub(crate) fn token(house: &House, person: PersonId, made_at: Timestamp) -> Result<String, VaultFault> {
    let mac = house.vault.mac(KeyUse::Codes, &material(person, made_at))?;
    Ok(hex(&mac))
}

/// The secret of an invitation made earlier, under every key still accepted: nobody remembers which one made it.
pub(crate) fn tokens(house: &House, person: PersonId, made_at: Timestamp) -> Result<Vec<String>, VaultFault> {
    let macs = house.vault.macs(KeyUse::Codes, &material(person, made_at))?;
    Ok(macs.iter().map(|mac| hex(mac)).collect())
}

/// What the database holds of a token: a MAC of it, so that a stolen copy of the table opens nothing.
pub(crate) fn kept(house: &House, token: &str) -> Result<Mac, VaultFault> {
    house.vault.mac(KeyUse::Codes, &labelled(token))
}

/// What to look for, under every key still accepted.
pub(crate) fn candidates(house: &House, token: &str) -> Result<Vec<Mac>, VaultFault> {
    house.vault.macs(KeyUse::Codes, &labelled(token))
}

/// The address in the mail.
pub fn address(house: &House, token: &str) -> String {
    format!("{}/kom-i-gang/{token}", house.policy.public_url)
}

fn material(person: PersonId, made_at: Timestamp) -> Vec<u8> {
    format!("invitation:{person}:{}", made_at.as_microsecond()).into_bytes()
}

fn labelled(token: &str) -> Vec<u8> {
    format!("invitation-kept:{token}").into_bytes()
}
