//! Changing the password while signed in: the current one and a fresh factor, a code in the form or a step-up made before
//! (security decision 15).

use crate::authenticator::spend_code;
use crate::choose_password::judge;
use crate::codes::{self, Codes};
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::outside::keep_outside;
use crate::ports::people::Lane;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_step_up::{Showing, spend_step_up};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::outside::Deed;
use domain::password::{Password, Weak};
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;

/// Why the password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// The current password or the code does not fit; never which.
    #[error("password or code does not fit")]
    Wrong,
    /// The new one is not strong enough.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// The new one is the current one, which was shown with a factor; that is used up.
    #[error("the same password as before")]
    SameAsBefore,
    /// Codes are paused or stopped: the page says what opens them.
    #[error("codes are closed")]
    CodesClosed(CodeDoor),
    /// The step-up is over, or was made for something else: she confirms again.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// The session ended meanwhile.
    #[error("signed out")]
    SignedOut,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A step-up that is not there is one to make again.
impl From<NoFlow> for NotChanged {
    fn from(no_flow: NoFlow) -> Self {
        match no_flow {
            NoFlow::Gone => Self::NotFresh(NotFresh::RanOut),
            NoFlow::Fault(fault) => Self::Fault(fault),
        }
    }
}
impl From<StoreFault> for NotChanged {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// What she typed.
#[derive(Debug)]
pub struct Change {
    /// The current password.
    pub current: Password,
    /// The new one.
    pub new: Password,
    /// How she shows that it is her.
    pub showing: Showing,
    /// Whether her sessions in other browsers end too.
    pub end_others: bool,
}

/// Changes it. Nothing is hashed while codes are closed, and nothing is told of the current password before a code held
/// beside it: whoever sits at an open session learns from no answer, and from no pause before it, whether a guess at the
/// password was right, and every guess is counted. A step-up is spent by each: the next takes her key again.
pub async fn change_password(cx: &Cx, here: &Here, change: Change) -> Result<(), NotChanged> {
    judge(cx, &here.person, &change.new)?;
    let before = open_door(cx, here, &change.showing).await?;
    // Both were typed in one form, so what they have in common is no secret; it is told only when they held.
    let same = change.current.expose() == change.new.expose();
    let right = cx
        .house
        .hasher
        .verify(change.current, before.clone(), Lane::Known.into())
        .await
        .map_err(Fault::from)?;
    let fresh = cx.house.hasher.hash(change.new).await.map_err(Fault::from)?;
    let shown = Shown { right, same, before, fresh, showing: change.showing };
    apply(cx, here, shown, change.end_others).await
}

/// What was typed, hashed, and not believed yet.
struct Shown {
    right: bool,
    same: bool,
    before: Option<String>,
    fresh: String,
    showing: Showing,
}

/// The hash to compare with, while a code may be shown. A step-up is spent by that, before anything is compared: of many
/// guesses at once that rest on it, one is looked at.
async fn open_door(cx: &Cx, here: &Here, showing: &Showing) -> Result<Option<String>, NotChanged> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("change_password").await?;
    if let Showing::StepUp(id) = showing {
        spend_step_up(cx, tx.as_mut(), here, (*id, StepUpFor::Password)).await??;
    }
    // Guesses at the password count as codes do, whatever is shown beside them.
    let door = Codes::of(cx, tx.as_mut(), person).await?.door(cx);
    if !matches!(door, CodeDoor::Open { .. }) {
        return Err(closed(cx, tx, person, door).await?);
    }
    let hash = tx.password_hash(person).await?;
    tx.commit().await?;
    Ok(hash)
}

/// Keeps that somebody tried while codes are closed.
async fn closed(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    door: CodeDoor,
) -> Result<NotChanged, NotChanged> {
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordRefused, person).fact("why", "codes-closed"))
        .await?;
    tx.commit().await?;
    Ok(NotChanged::CodesClosed(door))
}

/// Whether a code may be shown now: what her page says before she types.
pub async fn see_code_door(cx: &Cx, here: &Here) -> Result<CodeDoor, Fault> {
    let mut tx = cx.house.store.reading("see_code_door").await?;
    codes::look(cx, tx.as_mut(), here.person.id).await
}

/// Words her new password must not be.
pub fn own_words(cx: &Cx, here: &Here) -> Vec<String> {
    crate::choose_password::own_words(&cx.house.policy, &here.person)
}

async fn apply(cx: &Cx, here: &Here, shown: Shown, end_others: bool) -> Result<(), NotChanged> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("change_password").await?;
    // Before her row, as everybody locks them; which of them end is known once the code held.
    tx.lock_flows(person).await?;
    let steady = tx.person_for_update(person).await?.ok_or(NotChanged::SignedOut)?;
    let live = tx.session(here.session.id).await?.is_some() && steady.epoch == here.session.epoch;
    if !live || tx.password_hash(person).await? != shown.before {
        return Err(NotChanged::SignedOut);
    }
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let door = codes.door(cx);
    let refused = |why| Entry::by(EventKind::PasswordRefused, person).fact("why", why);
    if !matches!(door, CodeDoor::Open { .. }) {
        return Err(closed(cx, tx, person, door).await?);
    }
    let held = match &shown.showing {
        // Spent before it was compared.
        Showing::StepUp(_) => true,
        Showing::Code(code) => shown.right && spend_code(cx, tx.as_mut(), &codes, code).await?.is_some(),
    };
    // A wrong password here counts as a wrong code: a thief at an open session must not guess either.
    if !(shown.right && held) {
        codes.wrong(cx, tx.as_mut()).await?;
        record(cx, tx.as_mut(), refused("not-shown")).await?;
        tx.commit().await?;
        return Err(NotChanged::Wrong);
    }
    codes.right(tx.as_mut()).await?;
    if shown.same {
        record(cx, tx.as_mut(), refused("same-as-before")).await?;
        tx.commit().await?;
        return Err(NotChanged::SameAsBefore);
    }
    // Codes that were tried count on: whoever comes back to the password of before must not find all tries anew, and only
    // the one she has is known. A proof begins them.
    tx.set_password_hash(person, &shown.fresh, cx.now).await?;
    keep_outside(cx, tx.as_mut(), Some((person, steady.epoch)), Deed::PasswordReplaced).await?;
    // Half a sign-in made elsewhere with the old password is worth no more than the old password.
    tx.end_flows_elsewhere(person, cx.browser).await?;
    let ended = if end_others { end_other_sessions(cx, tx.as_mut(), person, here).await? } else { 0 };
    let entry =
        Entry::by(EventKind::PasswordSet, person).fact("during", "change").fact("sessions-ended", ended);
    record(cx, tx.as_mut(), entry).await?;
    tell(cx, tx.as_mut(), person, Template::PasswordSet).await?;
    tx.commit().await?;
    Ok(())
}

async fn end_other_sessions(cx: &Cx, tx: &mut dyn Tx, person: PersonId, here: &Here) -> Result<usize, Fault> {
    let mut ended = 0;
    for session in tx.sessions_of(person).await? {
        if session.id != here.session.id && tx.end_session(session.id, cx.now).await? {
            ended += 1;
        }
    }
    Ok(ended)
}
