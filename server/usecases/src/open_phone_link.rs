//! Opening the link of "continue on your phone". GET looks, POST opens: scanners of codes and messages look at links. The
//! first browser that opens it is the phone; another one ends everything.

use crate::context::Cx;
use crate::doors::a_source_may_try_links;
use crate::fault::Fault;
use crate::flows;
use crate::on_phone::{desk_of, keep};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::on_phone::{Ended, OnPhone, Stage};

/// Why a link opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum PhoneLinkRefused {
    /// Unknown, run out, over, or opened before by another browser. One case: a stranger learns nothing.
    #[error("the link does not open anything")]
    Dead,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for PhoneLinkRefused {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Until when a link opens anything; changes nothing and tells nothing about whose it is.
pub async fn look_at_phone_link(cx: &Cx, token: &str) -> Result<Timestamp, PhoneLinkRefused> {
    let Some(id) = desk_of(&cx.house, token).map_err(Fault::from)? else {
        return Err(PhoneLinkRefused::Dead);
    };
    let mut tx = cx.house.store.reading("look_at_phone_link").await?;
    let desk = tx.flow(id).await?.filter(|desk| cx.now < desk.expires_at).ok_or(PhoneLinkRefused::Dead)?;
    match flows::on_phone(&desk).map(OnPhone::stage) {
        Ok(Stage::Over(_)) | Err(_) => Err(PhoneLinkRefused::Dead),
        Ok(_) => Ok(desk.expires_at),
    }
}

/// Opens it in this browser, which is the phone from now on; gives the phone's flow. Opened again in the same browser it
/// gives the same.
pub async fn open_phone_link(cx: &Cx, token: &str) -> Result<FlowId, PhoneLinkRefused> {
    let mut tx = cx.house.store.begin("open_phone_link").await?;
    let id = desk_of(&cx.house, token).map_err(Fault::from)?;
    let desk = match id {
        Some(id) => tx.flow_for_update(id).await?.filter(|desk| cx.now < desk.expires_at),
        None => None,
    };
    let found = desk.and_then(|desk| Some((flows::on_phone(&desk).ok()?.clone(), desk.person?.0, desk)));
    let Some((on_phone, person, desk)) = found else { return Err(note_dead(cx, tx).await?) };
    if let Some(phone) = on_phone.phone
        && tx.flow(phone).await?.is_some_and(|flow| flow.usable(cx.browser, cx.now).is_ok())
    {
        return Ok(phone);
    }
    let phone: FlowId = cx.handle().map_err(Fault::from)?;
    let opened = on_phone.opened(phone);
    if opened.phone != Some(phone) {
        return Err(second(cx, tx, (desk, person), opened).await?);
    }
    let flow = Flow::start(phone, cx.browser, About::PhoneOf(desk.id), cx.now).until(desk.expires_at);
    tx.add_flow(&Flow { person: desk.person, ..flow }).await?;
    keep(cx, tx.as_mut(), desk, opened).await?;
    record(cx, tx.as_mut(), Entry::new(EventKind::PhoneOpened, Actor::Unknown).about(person)).await?;
    tx.commit().await?;
    Ok(phone)
}

/// Another browser had it already: both sides are told by the state.
async fn second(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (desk, person): (Flow, PersonId),
    over: OnPhone,
) -> Result<PhoneLinkRefused, Fault> {
    keep(cx, tx.as_mut(), desk, over).await?;
    let entry = Entry::new(EventKind::PhoneRefused, Actor::Unknown).about(person);
    record(cx, tx.as_mut(), entry.fact("why", Ended::SecondOpening.word())).await?;
    tx.commit().await?;
    Ok(PhoneLinkRefused::Dead)
}

/// Writes that a link was tried that opens nothing; a source that tried too many is not written down again and again.
async fn note_dead(cx: &Cx, mut tx: Box<dyn Tx>) -> Result<PhoneLinkRefused, Fault> {
    if a_source_may_try_links(cx, tx.as_mut()).await? {
        let entry = Entry::new(EventKind::PhoneRefused, Actor::Unknown).fact("why", "link-dead");
        record(cx, tx.as_mut(), entry).await?;
        tx.commit().await?;
    }
    Ok(PhoneLinkRefused::Dead)
}
