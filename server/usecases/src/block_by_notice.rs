//! Door D: the link in a notice. Looking does nothing: mail scanners open links.

use crate::block_by_code::{NotBlocked, note_wrong};
use crate::context::Cx;
use crate::doors::a_source_may_be_wrong;
use crate::notice_link::{Behind, behind, notice_of};
use crate::suspend::{Opened, suspend_or_ask};
use domain::notice::Notice;
use domain::suspension::Door;

/// What the letter told, to ask whether it was her. Nothing that did not stand in it; none when the link is dead.
pub async fn look_at_notice(cx: &Cx, token: &str) -> Result<Option<Notice>, crate::Fault> {
    let mut tx = cx.house.store.reading("look_at_notice").await?;
    notice_of(cx, tx.as_mut(), token).await
}

/// Blocks by the link.
pub async fn block_by_notice(cx: &Cx, token: &str) -> Result<Opened, NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("block_by_notice").await?;
    match behind(cx, tx.as_mut(), token).await? {
        Some(Behind::Alive(notice)) => Ok(suspend_or_ask(cx, tx, notice.person, Door::Notice).await?),
        // A dead link lies in a mailbox for years: whoever finds it there tells that she tried, and fills no trail.
        Some(Behind::Dead(person)) => {
            if a_source_may_be_wrong(cx, tx.as_mut(), Door::Notice).await? {
                note_wrong(cx, tx, Some(person), Door::Notice).await?;
            }
            Err(NotBlocked::Wrong)
        }
        // Not ours, so about nobody: whoever makes tokens up does not fill the trail.
        None => Err(NotBlocked::Wrong),
    }
}
