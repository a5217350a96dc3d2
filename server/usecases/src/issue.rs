//! The moment of issue: everything is read again and decided in the transaction that records it; the bytes leave only
//! after its commit (security decision 6).

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::named::{self, NotNamed};
use crate::ports::saml::{Named, NotTaken, Outgoing, Status};
use crate::ports::store::{Evidence, StoreFault, Tx};
use crate::record::{Entry, record};
use crate::terms_in_force::{terms_in_force, terms_of};
use crate::watch_clocks::clocks_to_issue;
use domain::audit::{Actor, EventKind};
use domain::clocks::Agreement;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, SessionId};
use domain::issue::{Demand, Facts, Grant, Missing, decide};
use domain::person::Person;
use domain::relying_party::{Encryption, RelyingParty, ServiceRequest};
use domain::sign_in::{Asked, SignIn, Target};
use domain::terms::Reading;
use domain::visit::{Ending, Visit};

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub enum NotIssued {
    /// A step mends it; the flow stands at that step now.
    #[error("{0}")]
    Step(Missing),
    /// Nothing she can do here mends it: a page says whom to call.
    #[error("{0}")]
    Refused(Missing),
    /// The answer cannot be written.
    #[error(transparent)]
    NotWritten(#[from] NotTaken),
    /// No such flow here, or it was answered already.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotIssued {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotIssued {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Why the service hears no from somebody who gave up, as the trail has it.
pub(crate) const GIVEN_UP: &str = "given-up";

/// Answers the service of a sign-in: with a token, or with no where she gave up. A flow is answered once.
pub async fn issue(cx: &Cx, id: FlowId) -> Result<Outgoing, NotIssued> {
    let clocks = clocks_to_issue(&cx.house).await?;
    let mut tx = cx.house.store.begin("issue").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let Target::Service(request) = flows::sign_in(&flow)?.target.clone() else {
        return Err(NoFlow::Gone.into());
    };
    // Nothing is used up, and the trail tells of no answer, where the address is the service's no more.
    let rp = tx.relying_party(request.relying_party).await?;
    let rp = rp.filter(|rp| !rp.metadata_over(cx.now) && rp.assertion_consumers.contains(&request.answer_to));
    let rp = rp.ok_or(NoFlow::Gone)?;
    let due = Due { flow, kept: true, received: None, clocks };
    answer(cx, tx, due, &rp, &request).await
}

/// An answer that is due.
pub(crate) struct Due {
    /// The attempt it ends.
    pub(crate) flow: Flow,
    /// It stands in the store, locked by this transaction; else only where a step must mend it first.
    pub(crate) kept: bool,
    /// What the trail tells before the answer, whatever that is.
    pub(crate) received: Option<Entry>,
    /// How well the clocks agree.
    pub(crate) clocks: Agreement,
}

/// Decides and records in this transaction, commits, and only then writes.
pub(crate) async fn answer(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    due: Due,
    rp: &RelyingParty,
    request: &ServiceRequest,
) -> Result<Outgoing, NotIssued> {
    cx.house.outside.open()?;
    if !cx.house.saml.signs() {
        // Nothing is decided, written down or used up that could not be answered.
        return Err(NotTaken { reason: "sign-no-active-key".to_owned(), tell: None }.into());
    }
    let sign_in = flows::sign_in(&due.flow)?.clone();
    if sign_in.is_given_up() {
        let entry = refused(&due.flow, GIVEN_UP);
        return say_no(cx, tx, (due.flow, due.kept), (rp, request), entry, Status::AuthnFailed).await;
    }
    let weighed = weigh(cx, tx.as_mut(), sign_in.session(), &Demand::of(rp, request), due.clocks).await?;
    let Due { flow, kept, received, .. } = due;
    if let Some(received) = received {
        record(cx, tx.as_mut(), received).await?;
    }
    let named = match weighed {
        Ok((grant, person)) => {
            let named = named::of(cx, tx.as_mut(), (rp, request), &grant, &person).await?;
            named.map(|named| (grant, named))
        }
        Err(missing) => Err(NotNamed::Missing(missing)),
    };
    match named {
        Ok((grant, named)) => {
            let ids = [message_id(cx)?, message_id(cx)?, message_id(cx)?];
            if kept {
                tx.use_up_flow(flow.id).await?;
            }
            record(cx, tx.as_mut(), issued(rp, request, &grant, &ids)).await?;
            tx.add_visit(&visit(cx, &sign_in, rp, &grant, (&named, &ids))?).await?;
            tx.commit().await?;
            Ok(cx.house.saml.answer(request, rp, &grant, &named, ids, cx.now)?)
        }
        // It asked about somebody, and somebody else is here (SAML core 3.4.1).
        Err(NotNamed::Another) => {
            let entry = refused(&flow, "another-person");
            say_no(cx, tx, (flow, kept), (rp, request), entry, Status::AuthnFailed).await
        }
        // Nothing may be asked of her, so the service hears no, whatever would mend it (SAML core 3.4.1).
        Err(NotNamed::Missing(missing)) if request.passive => {
            let entry = refused(&flow, missing);
            say_no(cx, tx, (flow, kept), (rp, request), entry, Status::NoPassive).await
        }
        Err(NotNamed::Missing(missing)) => Err(refuse(cx, tx, (flow, kept), sign_in, missing).await?),
    }
}

/// The service hears no, and the flow is used up with it. The event tells of request and answer (NSIS 6.7).
async fn say_no(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (flow, kept): (Flow, bool),
    (rp, request): (&RelyingParty, &ServiceRequest),
    entry: Entry,
    status: Status,
) -> Result<Outgoing, NotIssued> {
    if kept {
        tx.use_up_flow(flow.id).await?;
    }
    let id = message_id(cx)?;
    let entry = entry
        .fact("service", &rp.entity_id)
        .fact("in-response-to", &request.message_id)
        .fact("response", &id);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(cx.house.saml.refuse(request, rp, status, id, cx.now)?)
}

/// Whether a token may be issued out of this session, as everything is now; and to whom.
pub(crate) async fn weigh(
    cx: &Cx,
    tx: &mut dyn Tx,
    session: Option<SessionId>,
    demand: &Demand,
    clocks: Agreement,
) -> Result<Result<(Grant, Person), Missing>, Fault> {
    let Some(session) = session else { return Ok(Err(Missing::SignIn)) };
    // Held steady until the commit: a hold that commits first is seen, one that comes later waits.
    let Some(evidence) = tx.evidence(session).await? else { return Ok(Err(Missing::SignIn)) };
    let agreed = terms_of(cx, &evidence.published).settled_by(evidence.accepted);
    let decided = decide(&facts(cx, &evidence, agreed, clocks), demand);
    Ok(decided.map(|grant| (grant, evidence.person)))
}

/// What is looked at, as it was read.
pub(crate) fn facts<'a>(cx: &Cx, evidence: &'a Evidence, agreed: bool, clocks: Agreement) -> Facts<'a> {
    Facts {
        person: evidence.session.person,
        standing: &evidence.standing,
        session: &evidence.session,
        browser: cx.browser,
        proofing: evidence.proofing.as_ref(),
        renamed_at: evidence.renamed_at,
        associations: &evidence.associations,
        agreed,
        times: cx.house.policy.session,
        now: cx.now,
        clocks,
        today: cx.today(),
        pilot: cx.house.policy.pilot,
    }
}

/// Keeps the refusal, and sets the flow to the step that mends it.
pub(crate) async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (flow, kept): (Flow, bool),
    sign_in: SignIn,
    missing: Missing,
) -> Result<NotIssued, NotIssued> {
    let entry = refused(&flow, missing);
    let mended = match missing {
        Missing::SignIn | Missing::FreshSignIn => Some(SignIn::begin(sign_in.target)),
        Missing::Terms => match sign_in.session() {
            Some(session) => {
                let current = terms_in_force(cx, tx.as_mut()).await?.terms;
                tx.keep_terms(&current).await?;
                Some(sign_in.signed(session, Some(Reading::begin(&current))))
            }
            None => None,
        },
        Missing::Reconfirmation => sign_in.session().map(|session| sign_in.asked(session, Asked::Overdue)),
        Missing::Held
        | Missing::Proof
        | Missing::Association
        | Missing::Name
        | Missing::Level
        | Missing::Pilot
        | Missing::Clocks => None,
    };
    let step = mended.is_some();
    if let Some(sign_in) = mended {
        let mended = flow.onward(About::SignIn(sign_in), cx.now);
        if kept { tx.save_flow(&mended).await? } else { tx.add_flow(&mended).await? }
    }
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(if step { NotIssued::Step(missing) } else { NotIssued::Refused(missing) })
}

pub(crate) fn refused(flow: &Flow, why: impl ToString) -> Entry {
    let entry = Entry::new(EventKind::TokenRefused, Actor::System).fact("why", why);
    flow.person.into_iter().fold(entry, |entry, (person, _)| entry.about(person))
}

fn issued(rp: &RelyingParty, request: &ServiceRequest, grant: &Grant, ids: &[String; 3]) -> Entry {
    let [response, assertion, _] = ids;
    Entry::by(EventKind::TokenIssued, grant.person)
        .fact("service", &rp.entity_id)
        .fact("in-response-to", &request.message_id)
        .fact("response", response)
        .fact("assertion", assertion)
        .fact("asked", request.level.map_or("none", domain::level::AssuranceLevel::word))
        .fact("level", grant.level.map_or("none", domain::level::AssuranceLevel::word))
        .fact("cause", format!("{:?}", grant.cause))
        .fact("cvr", &grant.association.cvr)
        .fact("encrypted", rp.encryption != Encryption::None)
}

/// What a block must end, or say how long it lasts: written with the event, so that no token is without it.
fn visit(
    cx: &Cx,
    sign_in: &SignIn,
    rp: &RelyingParty,
    grant: &Grant,
    (named, [_, _, session_index]): (&Named, &[String; 3]),
) -> Result<Visit, NotIssued> {
    Ok(Visit {
        id: cx.id().map_err(Fault::from)?,
        person: grant.person,
        session: sign_in.session().ok_or(NoFlow::Gone)?,
        relying_party: rp.id,
        name_id: named.name_id.clone(),
        session_index: session_index.clone(),
        began_at: cx.now,
        until: grant.session_ends_at,
        ending: Ending::None,
    })
}

/// An id for a message: random, and with a letter first as XML demands.
pub(crate) fn message_id(cx: &Cx) -> Result<String, Fault> {
    let id: uuid::Uuid = cx.handle()?;
    Ok(format!("_{}", id.simple()))
}
