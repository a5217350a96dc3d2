//! Keys that tokens of OpenID Connect are signed with (NSIS 6.11): made, published ahead, used, and destroyed. Time alone moves
//! a key on, so whoever runs sees the same without being told.

use crate::context::Cx;
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::oidc::{TokenKeyKind, Unsigned};
use crate::ports::store::{StoreFault, TokenKey};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, record, token_key_place};
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::notice::Template;

/// How long a key is published before it signs: applications fetch the list anew at least daily.
pub const PUBLISHED_AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// How long one stays published after the next took over: longer than anything signed with it is believed.
pub const PUBLISHED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Why no keys are made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The generator failed.
    #[error(transparent)]
    Generator(#[from] Unsigned),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotMade {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Makes a key of each kind, for an operator or by itself: where there is none, one that signs at once; else, where `roll` says so, one that takes over
/// after it was published for a day. Gives how many. What no token can be verified with any more is destroyed.
pub async fn make_token_keys(cx: &Cx, by: Option<&Operator>, roll: bool) -> Result<usize, NotMade> {
    // Before the transaction: drawing an RSA key takes a second.
    let mut tx = cx.house.store.reading("make_token_keys").await?;
    let there = tx.token_keys().await?;
    drop(tx);
    let mut fresh = Vec::new();
    for kind in TokenKeyKind::ALL {
        let first = !there.iter().any(|key| key.kind == kind);
        let waits = there.iter().any(|key| key.kind == kind && cx.now < key.signs_from);
        if first || (roll && !waits) {
            let id = cx.id().map_err(Fault::from)?;
            let private = cx.house.oidc.new_key(kind)?;
            let sealed = cx.house.vault.seal(KeyUse::Signing, &token_key_place(id), &private);
            let ahead = cx.now.saturating_add(PUBLISHED_AHEAD).unwrap_or(cx.now);
            let signs_from = if first { cx.now } else { ahead };
            let sealed = sealed.map_err(Fault::from)?;
            fresh.push(TokenKey { id, kind, sealed, created_at: cx.now, signs_from });
        }
    }
    let entry =
        |kind| by.map_or_else(|| Entry::by_system(kind), |by| by.entry(kind)).fact("purpose", "id-tokens");
    let mut tx = cx.house.store.begin("make_token_keys").await?;
    for key in &fresh {
        tx.add_token_key(key).await?;
        let made = entry(EventKind::KeyCreated).fact("key", key.id).fact("kind", key.kind.word());
        record(cx, tx.as_mut(), made.fact("signs-from", key.signs_from)).await?;
    }
    for key in there.iter().filter(|key| is_over(key, &there, cx.now)) {
        tx.drop_token_key(key.id).await?;
        let gone = entry(EventKind::KeyRetired).fact("key", key.id).fact("kind", key.kind.word());
        record(cx, tx.as_mut(), gone).await?;
    }
    if roll {
        tell_administrators(cx, tx.as_mut(), Template::KeysChanged).await?;
    }
    tx.commit().await?;
    Ok(fresh.len())
}

/// Whether another of its kind took over so long ago that nothing signed with it is believed any more.
pub fn is_over(key: &TokenKey, all: &[TokenKey], now: domain::Timestamp) -> bool {
    all.iter().any(|next| {
        let over = next.signs_from.saturating_add(PUBLISHED_AFTER).unwrap_or(next.signs_from);
        next.kind == key.kind && next.signs_from > key.signs_from && over <= now
    })
}
