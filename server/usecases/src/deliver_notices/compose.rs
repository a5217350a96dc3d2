//! What a notice says and where it goes, read at sending: the outbox holds ids only (security decision 30).

use super::new_place;
use crate::context::House;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::invitation;
use crate::leaked_password;
use crate::notice_link;
use crate::ports::people::{About, CameFrom, Link, OneTimeCode, Particulars};
use crate::ports::store::Tx;
use crate::record::INVITATION_HOLDS;
use crate::see_activity::personal;
use crate::suspend;
use crate::terms_in_force::terms_on;
use crate::verify_contact;
use domain::audit::{Actor, EventKind};
use domain::calendar::copenhagen_day;
use domain::notice::{Channel, Notice, Template, address};
use domain::person::Person;
use domain::printed::PrintedKind;
use domain::reconfirmation::{Because, Reconfirmation};
use domain::role::{Proposer, Role, RoleKind, RoleState};
use domain::standing::Origin;
use std::collections::BTreeMap;

/// A request writes few rows about one person.
const ROWS: u32 = 8;

/// A notice, looked at.
pub(super) enum Composed {
    /// There is nothing to say any more.
    Nothing,
    /// Nobody to say it to.
    NoAddress,
    /// To be written and sent.
    Letter { about: Box<About>, to: String },
}

/// Reads what a notice is made of.
pub(super) async fn compose(house: &House, notice: &Notice) -> Result<Composed, Fault> {
    let mut tx = house.store.reading("compose_notice").await?;
    let tx = tx.as_mut();
    let Some(person) = tx.person(notice.person).await? else { return Ok(Composed::Nothing) };
    let to_organisation = notice.template.to_organisation();
    let mut code = None;
    let to = if to_organisation {
        match &house.policy.organisation_mail {
            None => return Ok(Composed::Nothing),
            mail => mail.clone(),
        }
    } else if notice.template == Template::ContactCode {
        match verifying(house, tx, notice).await? {
            None => return Ok(Composed::Nothing),
            Some((to, made)) => {
                code = Some(made);
                Some(to)
            }
        }
    } else {
        let channels = tx.channels_of(person.id).await?;
        let as_of = notice.reached_as_of(house.clock.now());
        match address(&channels, notice.template, notice.channel, as_of) {
            // Taken away or replaced meanwhile; the first mail alone must find somebody.
            None if notice.channel != Channel::Mail => return Ok(Composed::Nothing),
            to => to,
        }
    };
    let link = match notice.template {
        Template::Welcome | Template::Reminder => match link(house, tx, notice).await? {
            None => return Ok(Composed::Nothing),
            link => link,
        },
        _ => None,
    };
    let Some(to) = to else { return Ok(Composed::NoAddress) };
    let Some((particulars, full_name)) = particulars(house, tx, notice, &person).await? else {
        return Ok(Composed::Nothing);
    };
    let reader =
        if to_organisation { house.policy.municipality.clone() } else { person.given_name.to_string() };
    let reference = reference(tx, notice).await?;
    let asks = notice.template.may_block() && !notice.channel.is_sms();
    let not_me = asks.then(|| notice_link::address(house, notice.id)).transpose()?;
    let from = if notice.template.tells_where_from() { from(house, tx, notice).await? } else { None };
    let notice = notice.clone();
    let about = About { notice, reader, full_name, link, not_me, code, from, reference, particulars };
    Ok(Composed::Letter { about: Box::new(about), to })
}

/// Where the request came from that queued the notice, as her activity tells it; none when nobody at a browser made it.
async fn from(house: &House, tx: &mut dyn Tx, notice: &Notice) -> Result<Option<CameFrom>, Fault> {
    if notice.template == Template::NewPlace {
        return Ok(new_place::told(house, tx, notice).await?.from);
    }
    // Lost or away: what happened is told all the same, and at once.
    let Ok(Some(key)) = tx.trail_key_of(notice.person).await else { return Ok(None) };
    let rows = tx.rows_of_request(notice.person, notice.request, ROWS).await?;
    let by_browser = |actor: &str| {
        serde_json::from_str::<Actor>(actor)
            .is_ok_and(|actor| matches!(actor, Actor::Person(_) | Actor::Unknown))
    };
    let told = rows
        .iter()
        .find(|row| row.at == notice.at && by_browser(&row.actor))
        .map(|row| came_from(personal(house, notice.person, &key, row)));
    Ok(told.filter(|from| !from.address.is_empty()))
}

/// What was sealed of where from.
pub(super) fn came_from(mut kept: BTreeMap<String, String>) -> CameFrom {
    let mut part = |name| kept.remove(name).unwrap_or_default();
    CameFrom { agent: part("browser"), address: part("address") }
}

/// The new address and the code that verifies it, while it is being verified.
async fn verifying(
    house: &House,
    tx: &mut dyn Tx,
    notice: &Notice,
) -> Result<Option<(String, OneTimeCode)>, Fault> {
    let Some(id) = notice.flow else { return Ok(None) };
    let Some(flow) = tx.flow(id).await?.filter(|flow| house.clock.now() < flow.expires_at) else {
        return Ok(None);
    };
    let domain::flow::About::Verifying(verifying) = &flow.about else { return Ok(None) };
    let code = OneTimeCode { digits: verify_contact::code(house, id)?, until: verifying.until() };
    Ok(Some((verifying.address.as_str().to_owned(), code)))
}

/// The request; of a block, what its receipt says, or what the operator was told who put it.
async fn reference(tx: &mut dyn Tx, notice: &Notice) -> Result<String, Fault> {
    if matches!(
        notice.template,
        Template::Blocked | Template::HeldForLeak | Template::HeldForTerms | Template::HeldByMunicipality
    ) {
        let own = matches!(notice.template, Template::Blocked | Template::HeldForLeak);
        let standing = tx.standing(notice.person).await?;
        let mut holds = standing.holds().iter();
        if let Some(hold) = holds.find(|it| (it.origin == Origin::Owner) == own && it.at == notice.at) {
            return Ok(suspend::reference(hold.id));
        }
    }
    Ok(domain::ids::reference(notice.request.into()))
}

/// The link of the invitation that was made when the notice was; none once it opens nothing.
async fn link(house: &House, tx: &mut dyn Tx, notice: &Notice) -> Result<Option<Link>, Fault> {
    let standing = tx.standing(notice.person).await?;
    for token in invitation::tokens(house, notice.person, notice.at)? {
        let found = tx.invitation(&invitation::candidates(house, &token)?).await?;
        let live = found.filter(|found| {
            found.epoch == standing.epoch() && standing.is_active() && house.clock.now() < found.until
        });
        if live.is_some() {
            let until = notice.at.saturating_add(INVITATION_HOLDS).unwrap_or(notice.at);
            return Ok(Some(Link { address: invitation::address(house, &token), until }));
        }
    }
    Ok(None)
}

/// What only this kind of notice tells, with the name of the person it is about.
async fn particulars(
    house: &House,
    tx: &mut dyn Tx,
    notice: &Notice,
    person: &Person,
) -> Result<Option<(Particulars, String)>, Fault> {
    let particulars = match notice.template {
        Template::Reminder => Particulars::StepsLeft(steps_left(house, tx, person).await?),
        Template::TermsAccepted => Particulars::Terms(accepted_version(tx, person).await?),
        Template::FactorAdded => {
            let all = crate::means::named(tx, person.id).await?;
            let newest = all.into_iter().max_by_key(|it| it.added_at);
            newest.map_or(Particulars::None, |it| Particulars::Factor(it.name, it.kind))
        }
        Template::FactorRenamed => {
            let renamed = renamed(tx, notice).await?;
            renamed.map_or(Particulars::None, |it| Particulars::Factor(it.name, it.kind))
        }
        Template::PasswordLeaked => Particulars::Day(leaked_password::last_day(notice.at)),
        Template::RecoveryCodeUsed => {
            Particulars::CodesLeft(tx.printed_left(person.id, PrintedKind::Recovery).await?)
        }
        Template::ActiveToOrganisation => {
            let relations = tx.associations_of(person.id).await?;
            let newest = relations.into_iter().rfind(|it| it.activated_at.is_some());
            newest.map_or(Particulars::None, |it| Particulars::EmployeeNumber(it.employee_number))
        }
        Template::EndedToOrganisation => {
            let relations = tx.associations_of(person.id).await?;
            let ended = relations.into_iter().find(|it| it.closed_at == Some(notice.at));
            ended.map_or(Particulars::None, |it| Particulars::EmployeeNumber(it.employee_number))
        }
        Template::TermsNear => match terms_near(house, tx, notice).await? {
            Some(particulars) => particulars,
            None => return Ok(None),
        },
        Template::NewPlace => {
            let told = new_place::told(house, tx, notice).await?;
            Particulars::NewPlaces { inside: told.inside, also: told.also }
        }
        Template::RoleProposed => return role(tx, notice).await,
        Template::RoleUnheld => Particulars::Unheld(unheld(house, tx, notice).await?),
        Template::ReconfirmationNear | Template::NameChanged | Template::NumberChanged => {
            match reconfirmation(house, tx, notice).await? {
                Some(particulars) => particulars,
                None => return Ok(None),
            }
        }
        _ => Particulars::None,
    };
    Ok(Some((particulars, person.full_name())))
}

/// The login method that got another name in the request that queued the notice, as it is called now; none once it is gone.
async fn renamed(tx: &mut dyn Tx, notice: &Notice) -> Result<Option<crate::means::Named>, Fault> {
    let rows = tx.rows_of_request(notice.person, notice.request, ROWS).await?;
    let row = rows.iter().find(|row| row.kind == EventKind::FactorRenamed.word());
    let facts: BTreeMap<String, String> =
        row.and_then(|row| serde_json::from_str(&row.facts).ok()).unwrap_or_default();
    let Some(id) = facts.get("factor") else { return Ok(None) };
    Ok(crate::means::named(tx, notice.person).await?.into_iter().find(|it| it.id.to_string() == *id))
}

/// The last day to confirm anew; nothing where she confirmed meanwhile, cannot log in, or what HR changed is settled.
async fn reconfirmation(
    house: &House,
    tx: &mut dyn Tx,
    notice: &Notice,
) -> Result<Option<Particulars>, Fault> {
    let standing = tx.standing(notice.person).await?;
    if notice.template == Template::NumberChanged {
        let held = standing.holds().iter().any(|it| it.origin == Origin::Reconfirmation);
        return Ok(held.then_some(Particulars::None));
    }
    let related = has_login(tx, notice.person).await?;
    let state = tx.proved(notice.person).await?.map(|it| it.reconfirmation(house.clock.now()));
    Ok(match (notice.template, state) {
        _ if !related || !standing.is_active() => None,
        (Template::ReconfirmationNear, Some(Reconfirmation::Near(last))) => Some(Particulars::Day(last)),
        (Template::NameChanged, Some(Reconfirmation::Overdue(Because::NewName(_)))) => {
            Some(Particulars::None)
        }
        _ => None,
    })
}

/// The last day to accept the terms; nothing where she accepted them meanwhile, cannot log in, or no day is set any more.
async fn terms_near(house: &House, tx: &mut dyn Tx, notice: &Notice) -> Result<Option<Particulars>, Fault> {
    let accepted = tx.last_acceptance(notice.person).await?.map(|last| last.accepted.terms);
    let open = tx.standing(notice.person).await?.is_active() && has_login(tx, notice.person).await?;
    let terms = terms_on(house, tx, copenhagen_day(house.clock.now())).await?;
    let asked = open && !terms.settled_by(accepted);
    Ok(terms.accept_by.filter(|_| asked).map(Particulars::Day))
}

/// Terms, password and factor as far as they are missing; the proof always: going on later takes a new one.
async fn steps_left(house: &House, tx: &mut dyn Tx, person: &Person) -> Result<u8, Fault> {
    let accepted = tx.last_acceptance(person.id).await?.map(|last| last.accepted.terms);
    let in_force = terms_on(house, tx, copenhagen_day(house.clock.now())).await?;
    let terms = !in_force.settled_by(accepted);
    let password = tx.password_hash(person.id).await?.is_none();
    let factor = crate::means::named(tx, person.id).await?.is_empty();
    Ok(1 + u8::from(terms) + u8::from(password) + u8::from(factor))
}

/// What people call the version she accepted last.
async fn accepted_version(tx: &mut dyn Tx, person: &Person) -> Result<String, Fault> {
    let newest = tx.acceptances_of(person.id).await?.into_iter().next();
    Ok(newest.map(|(_, version)| version).unwrap_or_default())
}

/// The role a notice is about: the one proposed at that instant, else the newest that waits for its owner.
async fn role(tx: &mut dyn Tx, notice: &Notice) -> Result<Option<(Particulars, String)>, Fault> {
    let roles = tx.roles().await?;
    let at_that_instant = roles.iter().find(|role| role.proposed_at == notice.at);
    let seconded = || roles.iter().find(|role| matches!(role.state, RoleState::Seconded { .. }));
    // Of a proposal that ended meanwhile there is nothing left to tell.
    let waits = |role: &&Role| !matches!(role.state, RoleState::Ended { .. });
    let Some(role) = at_that_instant.or_else(seconded).filter(waits) else { return Ok(None) };
    let Some(bearer) = tx.person(role.person).await? else { return Ok(None) };
    let proposer = proposer(tx, role).await?;
    let for_another = role.person != notice.person;
    Ok(Some((Particulars::Role { kind: role.kind, proposer, for_another }, bearer.full_name())))
}

/// The roles that ended at the notice's instant and that nobody holds now.
async fn unheld(house: &House, tx: &mut dyn Tx, notice: &Notice) -> Result<Vec<RoleKind>, Fault> {
    let (roles, now) = (tx.roles().await?, house.clock.now());
    let gone =
        roles.iter().filter(|role| matches!(role.state, RoleState::Ended { at, .. } if at == notice.at));
    let is_held = |kind: RoleKind| roles.iter().any(|role| role.kind == kind && role.is_held(now));
    let gone = gone.map(|role| role.kind).collect::<Vec<_>>();
    Ok(RoleKind::ALL.into_iter().filter(|kind| gone.contains(kind) && !is_held(*kind)).collect())
}

async fn proposer(tx: &mut dyn Tx, role: &Role) -> Result<String, Fault> {
    let by = match &role.state {
        RoleState::Proposed { by } | RoleState::Seconded { by: [_, by] } => by,
        RoleState::Held { .. } | RoleState::Ended { .. } => return Ok(String::new()),
    };
    Ok(match by {
        Proposer::Operator(name) => name.clone(),
        Proposer::Administrator(id) => tx.person(*id).await?.map(|it| it.full_name()).unwrap_or_default(),
    })
}
