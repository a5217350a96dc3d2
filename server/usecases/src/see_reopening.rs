//! What the pages of a reopening show: her factors, what happened lately, and what is left to do.

use crate::code_devices::methods;
use crate::context::Cx;
use crate::flows::{self, NoFlow};
use crate::see_activity::{Happened, Which, happened};
use domain::Timestamp;
use domain::contact::ChannelKind;
use domain::factor::{AuthenticatorApp, Passkey};
use domain::ids::FlowId;
use domain::reopening::{ReopeningStep, suspect};
use domain::suspension::blocked_since;

/// How many of the newest rows of each part are looked at.
const EVENTS: u32 = 20;

/// A reopening under way, as its owner sees it.
#[derive(Debug)]
pub struct ReopeningSeen {
    /// What comes next.
    pub step: ReopeningStep,
    /// Her user name, for the browser's password store.
    pub user_name: String,
    /// Words her new password must not be.
    pub own_words: Vec<String>,
    /// Her authenticators, code devices included, each with whether it will be removed: as she said, or marked beforehand.
    pub apps: Vec<(AuthenticatorApp, bool)>,
    /// Her passkeys and security keys, likewise.
    pub keys: Vec<(Passkey, bool)>,
    /// What she calls the app or key she registered meanwhile.
    pub new_app: Option<String>,
    /// The kinds of channel that were changed lately; that is taken back.
    pub taken_back: Vec<ChannelKind>,
    /// Since when the login is blocked.
    pub blocked_at: Timestamp,
    /// What happened lately, the newest first.
    pub events: Vec<Happened>,
    /// Until when she may confirm.
    pub until: Timestamp,
}

/// Looks at a reopening of this browser; everything in it is behind a proof.
pub async fn see_reopening(cx: &Cx, id: FlowId) -> Result<ReopeningSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_reopening").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let reopening = flows::reopening(&flow)?;
    let person = tx.person(reopening.person).await?.ok_or(NoFlow::Gone)?;
    let standing = tx.standing(person.id).await?;
    let blocked_at = blocked_since(&standing).ok_or(NoFlow::Gone)?;
    let apps = methods(tx.as_mut(), person.id).await?;
    let keys = tx.passkeys_of(person.id).await?;
    let channels = tx.channels_of(person.id).await?;
    let suspects = ChannelKind::ALL.into_iter().filter(|kind| channels.suspect(*kind, blocked_at));
    Ok(ReopeningSeen {
        step: reopening.step(),
        own_words: crate::choose_password::own_words(&cx.house.policy, &person),
        user_name: person.user_name.to_string(),
        apps: apps
            .into_iter()
            .map(|app| {
                let said = reopening.kept().map(|kept| !kept.contains(&app.id));
                let goes = said.unwrap_or_else(|| suspect(app.added_at, blocked_at));
                (app, goes)
            })
            .collect(),
        keys: keys
            .into_iter()
            .map(|key| {
                let said = reopening.kept().map(|kept| !kept.contains(&key.id));
                let denied = key.best(&cx.house.policy.models).is_none();
                let goes = said.unwrap_or_else(|| denied || suspect(key.added_at, blocked_at));
                (key, goes)
            })
            .collect(),
        new_app: reopening.new_name().map(|name| name.as_str().to_owned()),
        taken_back: suspects.collect(),
        blocked_at,
        events: happened(cx, tx.as_mut(), person.id, Which::All, EVENTS).await?,
        until: reopening.until(),
    })
}
