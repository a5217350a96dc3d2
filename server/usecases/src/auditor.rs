//! Who reads what only auditors read: somebody who holds the role now, in a live session at Substantial (NSIS 4.1.5.7,
//! security decision 22). Neither an administrator nor anybody else.

use crate::context::Cx;
use crate::doors::a_stranger_may_ask;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::who::Here;
use domain::Timestamp;
use domain::audit::{Actor, EventKind, Row};
use domain::calendar::copenhagen_day;
use domain::evidence::{Looked, Opened};
use domain::factor::authentication_level;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::role::RoleKind;

/// Why somebody does not read it.
#[derive(Debug, thiserror::Error)]
pub enum NotAuditor {
    /// She does not hold the role now, or not in a live session at Substantial.
    #[error("only auditors read this")]
    NoRole,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreFault> for NotAuditor {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Why what an auditor made is not shown.
#[derive(Debug, thiserror::Error)]
pub enum NotSeen {
    /// She is none.
    #[error(transparent)]
    NotAuditor(#[from] NotAuditor),
    /// It is over, or another session's.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotSeen {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotSeen {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Asked at each look and each deed: a role may have ended, and a session with it.
pub(crate) async fn auditor(cx: &Cx, tx: &mut dyn Tx, here: &Here) -> Result<(), NotAuditor> {
    let person = here.person.id;
    if !still_auditor(cx, tx, person).await? {
        return Err(NotAuditor::NoRole);
    }
    let epoch = tx.standing(person).await?.epoch();
    let live = tx.session(here.session.id).await?.is_some() && epoch == here.session.epoch;
    let shown = authentication_level(&here.session.kinds());
    if live && shown >= Some(AssuranceLevel::Substantial) { Ok(()) } else { Err(NotAuditor::NoRole) }
}

/// Whether somebody holds the role now and could sign in to use it: for what goes on for her without a session.
pub(crate) async fn still_auditor(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, StoreFault> {
    let roles = tx.roles_of(person).await?;
    if !roles.iter().any(|it| it.kind == RoleKind::Auditor && it.is_held(cx.now)) {
        return Ok(false);
    }
    let active = tx.standing(person).await?.is_active();
    let proved = tx.proved(person).await?.map(|it| it.level(cx.now));
    Ok(active && proved >= Some(AssuranceLevel::Substantial))
}

/// The same for somebody who is about to do something there: whoever has no right to leaves an event.
pub(crate) async fn only_auditor(cx: &Cx, here: &Here, what: &'static str) -> Result<(), NotAuditor> {
    let mut tx = cx.house.store.look("only_auditor").await?;
    let allowed = auditor(cx, tx.as_mut(), here).await;
    drop(tx);
    if matches!(allowed, Err(NotAuditor::NoRole)) {
        refuse(cx, here, what).await?;
    }
    allowed
}

/// Keeps what she looked for or opened in a flow of this browser and session for a quarter of an hour.
pub(crate) async fn keep_looked(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    opened: Opened,
) -> Result<FlowId, Fault> {
    let by = (here.person.id, here.session.id);
    let about = About::Looked(Box::new(Looked { opened, by }));
    let mut flow = Flow::start(cx.handle()?, cx.browser, about, cx.now);
    flow.person = Some((here.person.id, here.session.epoch));
    tx.add_flow(&flow).await?;
    Ok(flow.id)
}

/// What this session looked for or opened in a flow of this browser, and until when it is open.
pub(crate) async fn looked(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: &Here,
    id: FlowId,
) -> Result<(Opened, Timestamp), NotSeen> {
    auditor(cx, tx, here).await?;
    let flow = flows::seen(cx, tx, id).await?;
    match flow.about {
        About::Looked(looked) if looked.by == (here.person.id, here.session.id) => {
            Ok((looked.opened, flow.expires_at))
        }
        _ => Err(NoFlow::Gone.into()),
    }
}

/// Newest readings about somebody that are looked at: whoever reads about herself more often in a day may be told once more.
const READINGS: u32 = 20;

/// Writes down that an auditor read about somebody, who sees it herself, and queues a letter that says so: the first time of a
/// day that anybody else reads about her. Who read, why and from where is not in it.
pub(crate) async fn read_about(
    cx: &Cx,
    tx: &mut dyn Tx,
    reader: PersonId,
    (about, entry): (PersonId, Entry),
) -> Result<(), Fault> {
    // Of two who read at once the second sees that she is told.
    let is_there = tx.person_for_update(about).await?.is_some();
    let before = tx.rows_about(about, &[EventKind::TrailRead.word()], READINGS).await?;
    let is_told = before.iter().any(|row| copenhagen_day(row.at) == cx.today() && !is_by(row, about));
    record(cx, tx, entry.about(about)).await?;
    if is_there && about != reader && !is_told {
        tell(cx, tx, about, Template::ReadByAuditor).await?;
    }
    Ok(())
}

fn is_by(row: &Row, person: PersonId) -> bool {
    serde_json::from_str::<Actor>(&row.actor).is_ok_and(|actor| actor == Actor::Person(person))
}

/// Writes down that somebody without the role asked for this, so many a minute: nobody fills the trail by asking.
pub(crate) async fn refuse(cx: &Cx, here: &Here, what: &'static str) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("refuse_auditor").await?;
    if !a_stranger_may_ask(cx, tx.as_mut(), here.person.id).await? {
        return Ok(());
    }
    let entry = Entry::by(EventKind::AuditorRefused, here.person.id).fact("for", what);
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}
