//! A new address for her notices: after a step-up a code is sent to it, and nothing changes before that code comes back.
//! Taking an address away needs no code.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::audit::EventKind;
use domain::contact::{Address, ChannelKind, NotChanged as Refused, Own, Verifying};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::notice::{Channel, Notice, Template};
use domain::step_up::{NotFresh, StepUpFor};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// What was typed is no address of this kind.
    #[error("no address of this kind")]
    Malformed,
    /// The rules of channels.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotChanged {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotChanged {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Sends a code to a new address; gives the flow that waits for it. What is no address, or not taken, spends nothing.
pub async fn ask_contact(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    kind: ChannelKind,
    typed: &str,
) -> Result<FlowId, NotChanged> {
    let address = kind.read(typed).ok_or(NotChanged::Malformed)?;
    let person = here.person.id;
    let mut tx = cx.house.store.begin("ask_contact").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Contact(kind))).await??;
    if let Err(rule) = tx.channels_of(person).await?.change(kind, Some(address.clone()), cx.now) {
        return Err(refused(cx, tx, person, (kind, rule)).await?.into());
    }
    let verifying = Verifying::begin(person, here.session.id, address.clone(), cx.now);
    let until = verifying.until();
    let mut flow =
        Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, About::Verifying(verifying), cx.now);
    flow = flow.until(until);
    flow.person = Some((person, here.session.epoch));
    tx.add_flow(&flow).await?;
    send_code(cx, tx.as_mut(), person, (flow.id, kind)).await?;
    let entry = Entry::by(EventKind::ContactAsked, person).fact("kind", kind.word());
    record(cx, tx.as_mut(), entry.personal("to", address.as_str())).await?;
    tx.commit().await?;
    Ok(flow.id)
}

/// Queues the code. The row names the flow; address and code are read and made at sending.
async fn send_code(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    (flow, kind): (FlowId, ChannelKind),
) -> Result<(), Fault> {
    let [channel, _] = Channel::of(kind);
    let notice = Notice {
        id: cx.id()?,
        person,
        template: Template::ContactCode,
        channel,
        at: cx.now,
        request: cx.request,
        flow: Some(flow),
        due_at: cx.now,
    };
    Ok(tx.enqueue(&notice).await?)
}

/// Takes an address away: no notices by this kind from now on, but for the hour the old one still hears.
pub async fn remove_contact(
    cx: &Cx,
    here: &Here,
    step_up: FlowId,
    kind: ChannelKind,
) -> Result<(), NotChanged> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("remove_contact").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::Contact(kind))).await??;
    let own = match tx.channels_of(person).await?.change(kind, None, cx.now) {
        Ok(own) => own,
        Err(rule) => return Err(refused(cx, tx, person, (kind, rule)).await?.into()),
    };
    apply(cx, tx.as_mut(), person, (kind, &own)).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps that a rule refused a change, and nothing of what was begun: the step-up may open another one yet.
async fn refused(
    cx: &Cx,
    tx: Box<dyn Tx>,
    person: PersonId,
    what: (ChannelKind, Refused),
) -> Result<Refused, Fault> {
    drop(tx);
    note_refused(cx, cx.house.store.begin("refuse_contact").await?, person, what).await
}

/// Keeps that a rule refused a change, with what this transaction did before.
pub(crate) async fn note_refused(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    (kind, rule): (ChannelKind, Refused),
) -> Result<Refused, Fault> {
    let entry = Entry::by(EventKind::ContactRefused, person).fact("kind", kind.word());
    record(cx, tx.as_mut(), entry.fact("why", rule.word())).await?;
    tx.commit().await?;
    Ok(rule)
}

/// Keeps a change, and tells the old and the new address.
pub(crate) async fn apply(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    (kind, own): (ChannelKind, &Own),
) -> Result<(), Fault> {
    tx.put_channel(person, kind, own).await?;
    let text =
        |address: &Option<Address>| address.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default();
    let entry = Entry::by(EventKind::ContactChanged, person)
        .fact("kind", kind.word())
        .fact("to", if own.address.is_some() { "verified" } else { "none" })
        .personal("old", text(&own.before))
        .personal("new", text(&own.address));
    record(cx, tx, entry).await?;
    tell(cx, tx, person, Template::ContactChanged).await
}
