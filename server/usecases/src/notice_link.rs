//! The link in a notice: "it was not me". Made at sending from the notice's id alone; it can block and nothing else
//! (security decision 13).

use crate::context::{Cx, House, hex};
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, VaultFault};
use domain::SignedDuration;
use domain::ids::{NoticeId, PersonId};
use domain::notice::Notice;

/// How long a link in a notice opens the door.
pub const LINK_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 10);

/// The address in the letter.
pub fn address(house: &House, notice: NoticeId) -> Result<String, VaultFault> {
    let mac = house.vault.mac(KeyUse::Codes, &material(notice))?;
    Ok(format!("{}/var-det-dig/{notice}.{}", house.policy.public_url, hex(&mac)))
}

/// The notice behind a link while the link lives: ours, young enough, and from after she last opened her login.
pub(crate) async fn notice_of(cx: &Cx, tx: &mut dyn Tx, token: &str) -> Result<Option<Notice>, Fault> {
    Ok(match behind(cx, tx, token).await? {
        Some(Behind::Alive(notice)) => Some(notice),
        Some(Behind::Dead(_)) | None => None,
    })
}

/// What is behind a link that we made.
pub(crate) enum Behind {
    /// A notice, and the link opens the door.
    Alive(Notice),
    /// The link opened it once; about whom it was.
    Dead(PersonId),
}

/// The same of every link that we made; none for what anybody could write.
pub(crate) async fn behind(cx: &Cx, tx: &mut dyn Tx, token: &str) -> Result<Option<Behind>, Fault> {
    let Some((id, mac)) = token.split_once('.') else { return Ok(None) };
    let Ok(id) = id.parse::<NoticeId>() else { return Ok(None) };
    let known = cx.house.vault.macs(KeyUse::Codes, &material(id))?;
    if !known.iter().any(|known| same(&hex(known), mac)) {
        return Ok(None);
    }
    let Some((notice, epoch)) = tx.notice(id).await? else { return Ok(None) };
    let asks = notice.template.may_block();
    let young = cx.now.duration_since(notice.at) < LINK_HOLDS;
    let alive = epoch >= tx.opened_epoch(notice.person).await?;
    let dead = Behind::Dead(notice.person);
    Ok(Some(if asks && young && alive { Behind::Alive(notice) } else { dead }))
}

fn material(notice: NoticeId) -> Vec<u8> {
    format!("notice-link:{notice}").into_bytes()
}

/// Compared without telling how far it fits.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
