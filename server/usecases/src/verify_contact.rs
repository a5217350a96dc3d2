//! The code from a new address: right, and her notices go there from now on.

use crate::change_contact::{apply, note_refused};
use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::{KeyUse, VaultFault};
use crate::record::{Entry, record};
use crate::show_step_up::is_live;
use crate::who::Here;
use domain::audit::EventKind;
use domain::code::eight_digits;
use domain::contact::{self, ChannelKind, NotChanged as Refused};
use domain::flow::{About, Flow};
use domain::ids::FlowId;

/// The code of an attempt, for the message to the new address. Kept nowhere: made of the flow's id and a key.
pub(crate) fn code(house: &House, flow: FlowId) -> Result<String, VaultFault> {
    Ok(contact::code(&house.vault.mac(KeyUse::Codes, &material(flow))?))
}

fn material(flow: FlowId) -> Vec<u8> {
    format!("contact-code:{flow}").into_bytes()
}

/// Why the address is not hers yet.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    /// The code does not fit.
    #[error("the code does not fit")]
    Wrong {
        /// Tries that are left.
        left: u8,
    },
    /// One wrong code too many: the attempt is over.
    #[error("the attempt is over")]
    Over,
    /// The rules of channels, as they are by now.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotVerified {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotVerified {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// An attempt as its page shows it.
#[derive(Clone, Debug)]
pub struct VerifyingSeen {
    /// Which kind.
    pub kind: ChannelKind,
    /// Where the code was sent.
    pub address: String,
    /// Until when it works.
    pub until: domain::Timestamp,
}

/// Looks at an attempt of this session.
pub async fn see_verifying(cx: &Cx, here: &Here, id: FlowId) -> Result<VerifyingSeen, NoFlow> {
    let mut tx = cx.house.store.look("see_verifying").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let verifying = flows::verifying(&flow)?;
    if verifying.session != here.session.id {
        return Err(NoFlow::Gone);
    }
    let address = verifying.address.as_str().to_owned();
    Ok(VerifyingSeen { kind: verifying.address.kind(), address, until: verifying.until() })
}

/// Takes the code. Single use: right or wrong too often, the attempt is over.
pub async fn verify_contact(
    cx: &Cx,
    here: &Here,
    id: FlowId,
    typed: &str,
) -> Result<ChannelKind, NotVerified> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("verify_contact").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let verifying = flows::verifying(&flow)?.clone();
    if verifying.session != here.session.id {
        return Err(NoFlow::Gone.into());
    }
    tx.person_for_update(person).await?.ok_or(NoFlow::Gone)?;
    if !is_live(tx.as_mut(), here, &flow).await? {
        return Err(NoFlow::Gone.into());
    }
    if !fits(cx, id, typed)? {
        return Err(wrong(cx, tx, here, flow).await?);
    }
    if !tx.spend_flow(id).await? {
        return Err(NoFlow::Gone.into());
    }
    let kind = verifying.address.kind();
    let own = match tx.channels_of(person).await?.change(kind, Some(verifying.address), cx.now) {
        Ok(own) => own,
        Err(rule) => return Err(note_refused(cx, tx, person, (kind, rule)).await?.into()),
    };
    apply(cx, tx.as_mut(), person, (kind, &own)).await?;
    tx.commit().await?;
    Ok(kind)
}

/// Whether this is the code, under any key that still counts.
fn fits(cx: &Cx, id: FlowId, typed: &str) -> Result<bool, Fault> {
    let Some(typed) = eight_digits(typed) else { return Ok(false) };
    let known = cx.house.vault.macs(KeyUse::Codes, &material(id))?;
    Ok(known.iter().any(|mac| contact::code(mac) == typed))
}

/// Counts a wrong one; after one too many the attempt is over.
async fn wrong(cx: &Cx, mut tx: Box<dyn Tx>, here: &Here, flow: Flow) -> Result<NotVerified, NotVerified> {
    let (id, until) = (flow.id, flow.expires_at);
    let verifying = flows::verifying(&flow)?.clone();
    let kind = verifying.address.kind();
    let refused = if let Some(next) = verifying.wrong() {
        let left = next.left();
        tx.save_flow(&flow.onward(About::Verifying(next), cx.now).until(until)).await?;
        NotVerified::Wrong { left }
    } else {
        tx.spend_flow(id).await?;
        NotVerified::Over
    };
    let entry = Entry::by(EventKind::ContactRefused, here.person.id).fact("kind", kind.word());
    record(cx, tx.as_mut(), entry.fact("why", "code")).await?;
    tx.commit().await?;
    Ok(refused)
}
