//! The welcome link: made again at each sending from ids alone, so that no secret waits in the outbox.

use crate::context::{Cx, House, hex};
use crate::fault::Fault;
use crate::hold::uninvite;
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Mac, VaultFault};
use crate::record::{Entry, INVITATION_HOLDS, record, tell};
use domain::Timestamp;
use domain::ids::{Epoch, PersonId};
use domain::notice::Template;

/// Invites somebody anew, inside the transaction of the use case that calls: the older link is dead, and the mail makes
/// the new one from the instant of the notice. `entry` says who did it, and after what.
pub(crate) async fn invite(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    entry: Entry,
) -> Result<(), Fault> {
    uninvite(tx, person).await?;
    let token = token(&cx.house, person, cx.now)?;
    let kept = kept(&cx.house, &token)?;
    let until = cx.now.saturating_add(INVITATION_HOLDS).unwrap_or(cx.now);
    tx.put_invitation(person, kept, epoch, until).await?;
    record(cx, tx, entry.about(person)).await?;
    tell(cx, tx, person, Template::Welcome).await
}

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
