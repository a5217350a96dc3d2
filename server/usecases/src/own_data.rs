//! Her own data, taken out (page 41; GDPR articles 15 and 20): everything that is kept about her, and no secret: neither
//! the rest of her CPR number, nor hashes, seeds, MACs or codes.

mod parts;

use crate::about_her::all_about;
use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::Tx;
use crate::see_activity::{by_another, of_everybody, personal};
use crate::see_data::masked_cpr;
use crate::see_own_data::opened;
use crate::who::Here;
use domain::audit::{Actor, EventKind, Row};
use domain::code_device::Life;
use domain::contact::{Address, ChannelKind};
use domain::ids::{FlowId, PersonId};
use domain::printed::PrintedKind;
use domain::proofing::Means;
use domain::role::RoleState;
use std::collections::BTreeMap;

pub use parts::{
    Accept, Event, Held, Method, OwnChannel, OwnData, Proof, Reached, Relation, RoleOf, Service, Since,
    ToldOfHer, WhoIs,
};

/// What an event tells besides when, what and who. The rest is numbers of the house's own: rows, requests, keys.
const FACTS: [&str; 19] = [
    "after", "asked", "channel", "cvr", "door", "during", "factor", "factors", "for", "kind", "level",
    "origin", "profile", "reason", "role", "service", "step", "template", "why",
];

/// Reads it, at once, while it is open here. A copy may take a minute at most: it is whole in the answer to her request, nothing
/// is ordered, and no test holds a clock to it (what a person's events cost to read is in `docs/figures.md`).
pub async fn own_data(cx: &Cx, here: &Here, id: FlowId) -> Result<OwnData, NoFlow> {
    let mut tx = cx.house.store.reading("own_data").await?;
    let tx = tx.as_mut();
    opened(cx, tx, here, id).await?;
    Ok(all(cx, tx, here.person.id).await?)
}

async fn all(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<OwnData, Fault> {
    let person = tx.person(id).await?.ok_or(Fault::Encoding)?;
    let holds = tx.standing(id).await?;
    let holds = holds.holds().iter().map(|it| Held {
        origin: it.said_origin().to_owned(),
        reason: it.reason.clone(),
        at: it.at,
    });
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
        recovery_codes_left: tx.printed_left(id, PrintedKind::Recovery).await?,
        roles: roles(tx, id).await?,
        sessions: sessions(cx, tx, id).await?,
        services: services(cx, tx, id).await?,
        registered: registered(tx, id).await?,
        events: events(cx, tx, id).await?,
    })
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

async fn registered(tx: &mut dyn Tx, id: PersonId) -> Result<ToldOfHer, Fault> {
    let known = tx.registered(id).await?.unwrap_or_default();
    let functions = known.job_functions.into_iter().map(|it| match it.scope {
        Some(scope) => format!("{scope}|{}", it.privilege),
        None => it.privilege,
    });
    Ok(ToldOfHer {
        subject_name_id: known.subject_name_id,
        uni_id: known.uni_id,
        uuid: known.uuid.map(|uuid| uuid.to_string()),
        job_functions: functions.collect(),
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
    let mut methods: Vec<_> = apps.collect();
    for (device, _) in tx.devices_of(id).await? {
        let kind = if device.in_use().is_some() { "code-device" } else { "code-device-not-in-use" };
        let (name, added_at, used_at) = match device.life {
            Life::Active(in_use) => (in_use.name.as_str().to_owned(), in_use.since, Some(in_use.used_at)),
            Life::HandedOut { at, .. } => (device.serial.to_string(), at, None),
            // Nobody has it, so it is not hers.
            Life::InStock { .. } | Life::Returned { .. } | Life::Lost { .. } | Life::Leaked { .. } => {
                continue;
            }
        };
        methods.push(Method { kind: kind.to_owned(), name, added_at, used_at });
    }
    methods.extend(tx.passkeys_of(id).await?.into_iter().map(|key| Method {
        kind: key.registered.kind.word().to_owned(),
        name: key.name.as_str().to_owned(),
        added_at: key.added_at,
        used_at: key.used_at,
    }));
    Ok(methods)
}

async fn roles(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<RoleOf>, Fault> {
    let roles = tx.roles_of(id).await?;
    let roles = roles.into_iter().map(|it| {
        let (held_until, ended_at) = match it.state {
            RoleState::Held { until, .. } => (Some(until), None),
            RoleState::Ended { at, .. } => (None, Some(at)),
            RoleState::Proposed { .. } | RoleState::Seconded { .. } => (None, None),
        };
        RoleOf { role: it.kind.word().to_owned(), proposed_at: it.proposed_at, held_until, ended_at }
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
        let connection = tx.connection(visit.relying_party).await?;
        let name = connection.map(|it| it.display_name().to_owned()).unwrap_or_default();
        services.push(Service { name, began_at: visit.began_at, until: visit.until });
    }
    Ok(services)
}

async fn events(cx: &Cx, tx: &mut dyn Tx, id: PersonId) -> Result<Vec<Event>, Fault> {
    let Some(key) = tx.trail_key_of(id).await? else { return Ok(Vec::new()) };
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
    let mut rows = all_about(tx, id, &kinds).await?;
    let of_everybody = of_everybody(cx, tx, &rows, None, None).await?;
    rows.extend(of_everybody);
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    let told = rows.into_iter().map(|row| Event {
        at: row.at,
        by: by(id, &row),
        facts: facts(&row),
        details: if by_another(id, &row) { BTreeMap::new() } else { personal(&cx.house, id, &key, &row) },
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

/// What is told of its facts, and nothing that was not thought of.
fn facts(row: &Row) -> BTreeMap<String, String> {
    let mut facts: BTreeMap<String, String> = serde_json::from_str(&row.facts).unwrap_or_default();
    facts.retain(|name, _| FACTS.contains(&name.as_str()));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_event_is_told_what_was_thought_of_and_nothing_else() {
        let row = |facts: &str| Row {
            id: uuid::Uuid::nil().into(),
            format: domain::audit::FORMAT,
            at: domain::Timestamp::UNIX_EPOCH,
            kind: EventKind::TokenIssued.word().to_owned(),
            actor: String::new(),
            subject: None,
            request: uuid::Uuid::nil().into(),
            facts: facts.to_owned(),
            personal: Vec::new(),
            origin: None,
            mac: [0; 32],
        };
        let told = facts(&row(r#"{"service":"https://sp.example","assertion":"_1","level":"Substantial"}"#));
        let expected = [("level", "Substantial"), ("service", "https://sp.example")];
        assert!(told.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(expected), "{told:?}");
        assert!(facts(&row("no facts")).is_empty());
    }
}
