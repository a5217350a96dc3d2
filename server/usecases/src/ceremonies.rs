//! Keeping what a ceremony must remember, and taking its answer once.
//!
//! A ceremony is a flow of its own: bound to the browser that was asked, good for five minutes, spent at the first answer
//! in a transaction of its own. So an answer counts once, whatever it says and however many instances it reaches, and
//! nothing is verified while a row is locked.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::ceremonies::{Asked, KnownKey};
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, Sealed};
use domain::ceremony::{CEREMONY_HOLDS, Ceremony, QUESTIONS_AT_ONCE, Serves};
use domain::factor::Passkey;
use domain::flow::{About, Flow};
use domain::ids::{Epoch, FlowId, PersonId};
use zeroize::Zeroizing;

/// What the browser is asked to do.
#[derive(Clone)]
pub struct Asking {
    /// The ceremony its answer names.
    pub ceremony: FlowId,
    /// The options of `navigator.credentials.create` or `get`, as JSON with base64url for bytes.
    pub options: String,
}

impl core::fmt::Debug for Asking {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Asking").field("ceremony", &self.ceremony).finish_non_exhaustive()
    }
}

/// A ceremony that is spent: what it served, for whom where that was known, and what was remembered.
pub(crate) struct Taken {
    pub(crate) serves: Serves,
    pub(crate) person: Option<(PersonId, Epoch)>,
    pub(crate) state: Zeroizing<Vec<u8>>,
}

/// Keeps what was asked. Asked anew for the same thing in the same browser, the question of before is over: nobody answers it
/// any more. Of those that begin a sign-in, which anybody may be asked, a browser keeps the newest few.
pub(crate) async fn keep(
    cx: &Cx,
    tx: &mut dyn Tx,
    (serves, person): (Serves, Option<(PersonId, Epoch)>),
    asked: Asked,
) -> Result<Asking, Fault> {
    if matches!(serves, Serves::SignIn { begins: true, .. }) {
        tx.end_idle_questions(cx.browser, QUESTIONS_AT_ONCE - 1).await?;
    } else {
        tx.end_same_questions(cx.browser, person.map(|(id, _)| id), &serves).await?;
    }
    let id = cx.handle()?;
    let sealed = cx.house.vault.seal(KeyUse::Memory, &place(id), &asked.state)?.0;
    let flow = Flow::start(id, cx.browser, About::Ceremony(Ceremony { serves, sealed }), cx.now);
    let until = cx.now.saturating_add(CEREMONY_HOLDS).unwrap_or(cx.now);
    tx.add_flow(&Flow { person, ..flow }.until(until)).await?;
    Ok(Asking { ceremony: id, options: asked.options })
}

/// Spends a ceremony of this browser that serves what it must.
pub(crate) async fn take(
    cx: &Cx,
    tx: &mut dyn Tx,
    id: FlowId,
    fits: impl FnOnce(&Serves) -> bool,
) -> Result<Taken, NoFlow> {
    let flow = flows::locked(cx, tx, id).await?;
    let Ceremony { serves, sealed } = flows::ceremony(&flow)?.clone();
    if !fits(&serves) {
        return Err(NoFlow::Gone);
    }
    tx.use_up_flow(id).await?;
    let state = cx.house.vault.open(KeyUse::Memory, &place(id), &Sealed(sealed)).map_err(Fault::from)?;
    Ok(Taken { serves, person: flow.person, state })
}

/// Her keys as an adapter asks for them.
pub(crate) fn known(keys: &[Passkey]) -> Vec<KnownKey> {
    let known = keys.iter().map(|key| KnownKey {
        credential: key.credential.clone(),
        transports: key.registered.transports.clone(),
    });
    known.collect()
}

fn place(id: FlowId) -> String {
    format!("flows/ceremony/{id}")
}
