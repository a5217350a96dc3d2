//! Her own data, taken out (page 41; GDPR articles 15 and 20): everything that is kept about her, and no secret: neither
//! the rest of her CPR number, nor hashes, seeds, MACs or codes.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::KeyUse;
use crate::record::{Entry, cpr_place, record};
use crate::see_activity::personal;
use crate::show_step_up::spend_step_up;
use crate::who::Here;
use domain::audit::{Actor, EventKind, Row};
use domain::contact::{Address, ChannelKind};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::proofing::Means;
use domain::role::RoleState;
use domain::step_up::{NotFresh, StepUpFor};
use domain::{Date, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// As much of the trail as a person can have left in years.
const EVENTS: u32 = 20_000;

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The step-up is missing, over, or for something else.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for NotTaken {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for NotTaken {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Opens her data to this browser and session for a quarter of an hour, by a step-up made for it; gives the flow.
pub async fn take_own_data(cx: &Cx, here: &Here, step_up: FlowId) -> Result<FlowId, NotTaken> {
    let person = here.person.id;
    let mut tx = cx.house.store.begin("take_own_data").await?;
    spend_step_up(cx, tx.as_mut(), here, (step_up, StepUpFor::OwnData)).await??;
    let about = About::OwnData(person, here.session.id);
    let mut flow = Flow::start(cx.handle().map_err(Fault::from)?, cx.browser, about, cx.now);
    flow.person = Some((person, here.session.epoch));
    tx.add_flow(&flow).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::OwnDataTaken, person)).await?;
    tx.commit().await?;
    Ok(flow.id)
}

/// What the page about her data shows: her masked number and the units she works in.
pub async fn see_data(cx: &Cx, here: &Here) -> Result<(String, Vec<String>), Fault> {
    let mut tx = cx.house.store.reading("see_data").await?;
    let today = cx.today();
    let relations = tx.associations_of(here.person.id).await?;
    let units = relations.into_iter().filter(|it| it.active_on(today)).map(|it| it.unit).collect();
    Ok((masked_cpr(cx, tx.as_mut(), here.person.id).await?, units))
}

/// Until when it is open to this browser and session.
pub async fn see_own_data(cx: &Cx, here: &Here, id: FlowId) -> Result<Timestamp, NoFlow> {
    let mut tx = cx.house.store.look("see_own_data").await?;
    Ok(opened(cx, tx.as_mut(), here, id).await?.expires_at)
}

async fn opened(cx: &Cx, tx: &mut dyn Tx, here: &Here, id: FlowId) -> Result<Flow, NoFlow> {
    let flow = flows::seen(cx, tx, id).await?;
    let own = matches!(&flow.about, About::OwnData(person, session)
        if *person == here.person.id && *session == here.session.id);
    if own { Ok(flow) } else { Err(NoFlow::Gone) }
}

/// Everything that is kept about her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnData {
    /// When this was made.
    pub made_at: Timestamp,
    /// Who she is.
    pub person: WhoIs,
    /// Where notices go.
    pub contact: Reached,
    /// Her work relations.
    pub relations: Vec<Relation>,
    /// What holds her login.
    pub holds: Vec<Held>,
    /// The terms she accepted.
    pub terms: Vec<Accept>,
    /// How she proved who she is.
    pub proofs: Vec<Proof>,
    /// When her password was set.
    pub password_set_at: Option<Timestamp>,
    /// Her login methods.
    pub login_methods: Vec<Method>,
    /// Her roles.
    pub roles: Vec<RoleOf>,
    /// Where she is signed in.
    pub sessions: Vec<Since>,
    /// Services she may be logged in to by us.
    pub services: Vec<Service>,
    /// What the trail tells about her, the newest first.
    pub events: Vec<Event>,
}

/// Who she is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhoIs {
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// What she types.
    pub user_name: String,
    /// Her CPR number without its last four digits.
    pub cpr: String,
}

/// Where notices go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// As HR holds it.
    pub work_mail: Option<String>,
    /// As HR holds it.
    pub private_mail_from_hr: Option<String>,
    /// As HR holds it.
    pub mobile_from_hr: Option<String>,
    /// What she decided herself.
    pub own: Vec<OwnChannel>,
}

/// What she decided of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnChannel {
    /// Which.
    pub kind: String,
    /// The address she verified; none when she took it away.
    pub address: Option<String>,
    /// When.
    pub changed_at: Timestamp,
    /// Where notices went until then.
    pub before: Option<String>,
}

/// One work relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The organisation's CVR number.
    pub cvr: String,
    /// The number HR knows her by.
    pub employee_number: String,
    /// The unit.
    pub unit: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// When it became active.
    pub activated_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// One hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// By whom.
    pub origin: String,
    /// Since when.
    pub at: Timestamp,
}

/// One accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accept {
    /// What people call the version.
    pub version: String,
    /// When.
    pub at: Timestamp,
    /// From which address.
    pub address: String,
    /// In which browser.
    pub browser: String,
    /// The accept's reference.
    pub reference: String,
}

/// One proof of who she is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// When.
    pub at: Timestamp,
    /// At what level.
    pub level: String,
    /// With what.
    pub with: String,
    /// Through whom.
    pub through: String,
    /// The authenticators used there.
    pub authenticators: Vec<String>,
    /// Their ids of it.
    pub transactions: Vec<String>,
    /// Which register was asked about her number.
    pub register: String,
    /// When.
    pub register_at: Timestamp,
}

/// One login method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Method {
    /// Which kind.
    pub kind: String,
    /// What she calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
}

/// One role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleOf {
    /// Which.
    pub role: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Until when she holds it.
    pub held_until: Option<Timestamp>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Since {
    /// When it began.
    pub began_at: Timestamp,
    /// Last used.
    pub seen_at: Timestamp,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// What people call it.
    pub name: String,
    /// Since when.
    pub began_at: Timestamp,
    /// Until when at the latest.
    pub until: Timestamp,
}

/// One row of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub what: String,
    /// By whom: herself, nobody known, the system or an operator.
    pub by: &'static str,
    /// What was kept of it that is personal: address, browser, where a notice went.
    pub details: BTreeMap<String, String>,
    /// What to quote.
    pub reference: String,
}

/// Reads it, at once, while it is open here.
pub async fn own_data(cx: &Cx, here: &Here, id: FlowId) -> Result<OwnData, NoFlow> {
    let mut tx = cx.house.store.reading("own_data").await?;
    let tx = tx.as_mut();
    opened(cx, tx, here, id).await?;
    Ok(all(cx, tx, here.person.id).await?)
}

async fn all(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<OwnData, Fault> {
    let person = tx.person(id).await?.ok_or(Fault::Encoding)?;
    let holds = tx.standing(id).await?;
    let holds = holds.holds().iter().map(|it| Held { origin: it.origin.word().to_owned(), at: it.at });
    Ok(OwnData {
        made_at: cx.now,
        person: WhoIs {
            given_name: person.given_name.to_string(),
            family_name: person.family_name.to_string(),
            user_name: person.user_name.to_string(),
            cpr: masked_cpr(cx, tx, id).await?,
        },
        contact: reached(tx, id).await?,
        relations: relations(tx, id).await?,
        holds: holds.collect(),
        terms: terms(tx, id).await?,
        proofs: proofs(tx, id).await?,
        password_set_at: tx.password_set_at(id).await?,
        login_methods: methods(tx, id).await?,
        roles: roles(tx, id).await?,
        sessions: sessions(cx, tx, id).await?,
        services: services(cx, tx, id).await?,
        events: events(cx, tx, id).await?,
    })
}

/// The date of birth in her number; what follows it opens doors and stays sealed.
async fn masked_cpr(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<String, Fault> {
    let Some(sealed) = tx.cpr_of(id).await? else { return Ok(String::new()) };
    let clear = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(id), &sealed)?;
    let birth = clear.get(..6).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default();
    Ok(format!("{birth}-****"))
}

async fn reached(tx: &mut dyn Tx, id: PersonId) -> Result<Reached, Fault> {
    let known = tx.channels_of(id).await?;
    let text = |address: &Option<Address>| address.as_ref().map(|it| it.as_str().to_owned());
    let own = ChannelKind::ALL.into_iter().filter_map(|kind| {
        let own = known.own(kind)?;
        let (address, before) = (text(&own.address), text(&own.before));
        Some(OwnChannel { kind: kind.word().to_owned(), address, changed_at: own.changed_at, before })
    });
    Ok(Reached {
        work_mail: known.hr.work_mail.as_ref().map(ToString::to_string),
        private_mail_from_hr: known.hr.private_mail.as_ref().map(ToString::to_string),
        mobile_from_hr: known.hr.mobile.as_ref().map(ToString::to_string),
        own: own.collect(),
    })
}

async fn relations(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Relation>, Fault> {
    let relations = tx.associations_of(id).await?;
    let relations = relations.into_iter().map(|it| Relation {
        cvr: it.cvr.to_string(),
        employee_number: it.employee_number,
        unit: it.unit,
        starts_on: it.starts_on,
        ends_on: it.ends_on,
        activated_at: it.activated_at,
        closed_at: it.closed_at,
    });
    Ok(relations.collect())
}

async fn terms(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Accept>, Fault> {
    let accepts = tx.acceptances_of(id).await?;
    let accepts = accepts.into_iter().map(|(accept, version)| Accept {
        version,
        at: accept.accepted.at,
        address: accept.accepted.by.address,
        browser: accept.accepted.by.agent,
        reference: domain::ids::reference(accept.id.into()),
    });
    Ok(accepts.collect())
}

async fn proofs(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Proof>, Fault> {
    let proofs = tx.proofings_of(id).await?;
    let proofs = proofs.into_iter().map(|it| {
        let Means::Mitid { issuer, authenticators, transaction, mitid_transaction, .. } = it.means;
        Proof {
            at: it.at,
            level: it.level.word().to_owned(),
            with: "mitid".to_owned(),
            through: issuer,
            authenticators,
            transactions: vec![transaction, mitid_transaction],
            register: it.register.source,
            register_at: it.register.at,
        }
    });
    Ok(proofs.collect())
}

async fn methods(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Method>, Fault> {
    let apps = tx.apps_of(id).await?;
    let apps = apps.into_iter().map(|(app, _)| Method {
        kind: "authenticator-app".to_owned(),
        name: app.name.as_str().to_owned(),
        added_at: app.added_at,
        used_at: app.used_at,
    });
    Ok(apps.collect())
}

async fn roles(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<RoleOf>, Fault> {
    let roles = tx.roles_of(id).await?;
    let roles = roles.into_iter().map(|it| RoleOf {
        role: it.kind.word().to_owned(),
        proposed_at: it.proposed_at,
        held_until: match it.state {
            RoleState::Held { until, .. } => Some(until),
            RoleState::Proposed { .. } | RoleState::Seconded { .. } => None,
        },
    });
    Ok(roles.collect())
}

async fn sessions(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Since>, Fault> {
    let sessions = tx.sessions_of(id).await?;
    let live = sessions.into_iter().filter(|it| cx.now < it.ends_at(cx.house.policy.session));
    Ok(live.map(|it| Since { began_at: it.began_at, seen_at: it.seen_at }).collect())
}

async fn services(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Service>, Fault> {
    let mut services = Vec::new();
    for visit in tx.visits_of(id, cx.now).await? {
        let name = tx.relying_party(visit.relying_party).await?.map(|it| it.display_name).unwrap_or_default();
        services.push(Service { name, began_at: visit.began_at, until: visit.until });
    }
    Ok(services)
}

async fn events(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Event>, Fault> {
    let Some(key) = tx.trail_key_of(id).await? else { return Ok(Vec::new()) };
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
    let rows = tx.rows_about(id, &kinds, EVENTS).await?;
    let told = rows.into_iter().map(|row| Event {
        at: row.at,
        by: by(id, &row),
        details: personal(&cx.house, id, &key, &row),
        reference: domain::ids::reference(row.request.into()),
        what: row.kind,
    });
    Ok(told.collect())
}

fn by(id: PersonId, row: &Row) -> &'static str {
    match serde_json::from_str(&row.actor) {
        Ok(Actor::Person(person)) if person == id => "you",
        Ok(Actor::Person(_)) => "another person",
        Ok(Actor::System) => "the system",
        Ok(Actor::Operator(_)) => "an operator",
        Ok(Actor::Unknown) | Err(_) => "not known",
    }
}
