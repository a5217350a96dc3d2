//! One line: looked at whole, then carried out whole, or not at all.

use super::Run;
use super::newcomer::{self, sealed_cpr};
use super::plan::{Planned, is_over, named, refusal};
use crate::close_associations::close;
use crate::end_roles::end_roles_of;
use crate::erasure::was_erased;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::hold;
use crate::outside::keep_outside;
use crate::ports::store::{LineOnRecord, Tx};
use crate::ports::vault::KeyUse;
use crate::record::{record, tell};
use domain::Date;
use domain::association::Association;
use domain::audit::EventKind;
use domain::hr::{HrLine, LineError, LineFault};
use domain::ids::{AssociationId, Epoch, PersonId};
use domain::notice::Template;
use domain::outside::Deed;
use domain::person::Person;
use domain::standing::Origin;

/// The reason of the hold when the feed names another number than the one proved.
const CPR_CHANGED: &str = "feed-cpr-changed";

/// The word for a changed name.
const NAME: &str = "name";
/// The word for a changed user name.
const USER_NAME: &str = "user-name";

/// What became of a line.
pub(crate) enum Taken {
    Added,
    Changed,
    CprCorrected,
    Unchanged,
    Ended,
    Refused(LineError),
}

/// Takes one line.
pub(crate) async fn take(run: &Run<'_>, tx: &mut dyn Tx, planned: &Planned<'_>) -> Result<Taken, Fault> {
    let line = planned.line;
    // Asked of the keys of this instant: a rotation may have indexed her anew since the file was read.
    let indexes = run.cx.house.vault.macs(KeyUse::CprIndex, line.cpr.expose())?;
    let LineOnRecord { person, relation, name_owner } = tx.line_on_record(named(line, &indexes)).await?;
    let known = person.as_ref().map(|person| person.id);
    let taken = match (person, relation) {
        (_, Some(relation)) if known != Some(relation.person) => {
            renumbered(run, tx, planned, known, (relation, name_owner)).await?
        }
        (Some(person), relation) => match look(run, planned, person, relation, name_owner) {
            Ok(work) => {
                if work.wants_an_erased_name(run, tx).await? {
                    name_taken(line)
                } else {
                    work.carry_out(run, tx, line).await?
                }
            }
            Err(refused) => refused,
        },
        (None, _) if is_over(line, run.cx.today()) => Taken::Unchanged,
        (None, _) => newcomer::add(run, tx, planned, name_owner).await?,
    };
    if let Taken::Refused(error) = &taken {
        let entry = run.entry(EventKind::FeedRefused).fact("line", error.line);
        record(run.cx, tx, entry.fact("column", error.column).fact("reason", error.reason)).await?;
    }
    Ok(taken)
}

/// The relation's number is on record for somebody with another CPR number.
async fn renumbered(
    run: &Run<'_>,
    tx: &mut dyn Tx,
    planned: &Planned<'_>,
    known: Option<PersonId>,
    (relation, name_owner): (Association, Option<PersonId>),
) -> Result<Taken, Fault> {
    let (line, person) = (planned.line, relation.person);
    let taken_by_other = Taken::Refused(refusal(line, "employee_number", LineFault::EmployeeNumberTaken));
    if relation.closed_at.is_some() {
        return Ok(taken_by_other);
    }
    // Locked, so that nobody proves this number while it is replaced.
    let her = tx.person_for_update(person).await?.ok_or(Fault::Encoding)?;
    if tx.last_proofing(person).await?.is_some() {
        hold_once(run, tx, person).await?;
        return Ok(Taken::Refused(refusal(line, "cpr", LineFault::ProvedCprChanged)));
    }
    if known.is_some() {
        return Ok(taken_by_other);
    }
    let mut work = match look(run, planned, her, Some(relation), name_owner) {
        Ok(work) => work,
        Err(refused) => return Ok(refused),
    };
    if work.wants_an_erased_name(run, tx).await? {
        return Ok(name_taken(line));
    }
    work.changes.push("cpr");
    work.invites = true;
    let (cpr, index) = sealed_cpr(run, person, line)?;
    tx.set_cpr(person, &cpr, index).await?;
    tx.sweep_flows(person).await?;
    work.carry_out(run, tx, line).await?;
    Ok(Taken::CprCorrected)
}

/// Holds the login of a proved person once, however often the file comes.
async fn hold_once(run: &Run<'_>, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    let standing = tx.standing(person).await?;
    let known =
        |hold: &domain::standing::Hold| hold.origin == Origin::Reconfirmation && hold.reason == CPR_CHANGED;
    if standing.holds().iter().any(known) {
        return Ok(());
    }
    hold(run.cx, tx, person, &run.actor, (Origin::Reconfirmation, CPR_CHANGED)).await?;
    if has_login(tx, person).await? {
        tell(run.cx, tx, person, Template::NumberChanged).await?;
    }
    Ok(())
}

/// Somebody who proved who she is has another name now: she confirms anew with MitID (service description, condition 6).
/// Her row is locked, so that no proof slips between.
async fn renamed(run: &Run<'_>, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    if tx.proved(person).await?.is_none() {
        return Ok(());
    }
    tx.note_renamed(person, run.cx.now).await?;
    if has_login(tx, person).await? {
        tx.withdraw(person, Template::NameChanged).await?;
        tell(run.cx, tx, person, Template::NameChanged).await?;
    }
    Ok(())
}

/// What a good line about a known person asks for.
struct Work {
    person: Person,
    relation: Relation,
    changes: Vec<&'static str>,
    invites: bool,
}

enum Relation {
    AsBefore,
    New,
    Changed(Association),
    Over(Association),
}

/// Looks at a line about a known person; changes nothing.
fn look(
    run: &Run<'_>,
    planned: &Planned<'_>,
    person: Person,
    relation: Option<Association>,
    name_owner: Option<PersonId>,
) -> Result<Work, Taken> {
    let line = planned.line;
    let relation = match relation_after(line, relation, run.cx.today()) {
        Ok(relation) => relation,
        Err(fault) => return Err(Taken::Refused(refusal(line, "employee_number", fault))),
    };
    let after = if planned.speaks { person_after(&person, line) } else { person.clone() };
    if after.user_name != person.user_name {
        name_is_free(line, person.id, name_owner)?;
    }
    let mut changes = differences(&person, &after);
    changes.extend(relation.word());
    let invites = after.contact.for_welcome() != person.contact.for_welcome();
    Ok(Work { person: after, relation, changes, invites })
}

impl Work {
    /// Whether the line gives her a user name of somebody who was erased.
    async fn wants_an_erased_name(&self, run: &Run<'_>, tx: &mut dyn Tx) -> Result<bool, Fault> {
        Ok(self.changes.contains(&USER_NAME) && was_erased(run.cx, tx, &self.person.user_name).await?)
    }

    async fn carry_out(self, run: &Run<'_>, tx: &mut dyn Tx, line: &HrLine) -> Result<Taken, Fault> {
        if self.changes.is_empty() {
            return Ok(Taken::Unchanged);
        }
        let (cx, person) = (run.cx, self.person.id);
        tx.person_for_update(person).await?;
        tx.change_person(&self.person).await?;
        let entry = run.entry(EventKind::PersonImported).about(person).fact("line", line.line);
        record(cx, tx, entry.fact("change", self.changes.join(","))).await?;
        if self.changes.contains(&NAME) {
            renamed(run, tx, person).await?;
        }
        let mut back = None;
        let taken = match self.relation {
            Relation::AsBefore => Taken::Changed,
            Relation::New => {
                let active = has_login(tx, person).await?;
                let new = association(cx.id()?, person, line);
                tx.put_association(&new).await?;
                back = readmit(run, tx, person).await?;
                if active {
                    activate(run, tx, new).await?;
                }
                Taken::Added
            }
            Relation::Changed(association) => {
                tx.put_association(&association).await?;
                Taken::Changed
            }
            Relation::Over(association) => {
                close(cx, tx, association, &run.actor).await?;
                Taken::Ended
            }
        };
        if (self.invites || back.is_some()) && waits_for_login(tx, person).await? {
            newcomer::invite_anew(run, tx, person, back.unwrap_or(self.person.epoch)).await?;
        }
        Ok(taken)
    }
}

/// Who has a login proved everything a relation asks (NSIS 5.2.7), so a further one is active at once; she and the
/// organisation are told (5.2.11).
async fn activate(run: &Run<'_>, tx: &mut dyn Tx, new: Association) -> Result<(), Fault> {
    let person = new.person;
    let entry = run
        .entry(EventKind::AssociationActivated)
        .about(person)
        .fact("association", new.id)
        .fact("cvr", &new.cvr)
        .fact("source", "hr");
    tx.put_association(&Association { activated_at: Some(run.cx.now), ..new }).await?;
    record(run.cx, tx, entry).await?;
    tell(run.cx, tx, person, Template::Active).await?;
    tell(run.cx, tx, person, Template::ActiveToOrganisation).await
}

/// Somebody whose login was closed because her relation ended works here again: that hold is lifted, every other
/// stays. What she signed in with before stays away: she enrols anew, as strongly as the first time (NSIS 3.2.3.3).
/// Gives the raised epoch when there was such a hold.
async fn readmit(run: &Run<'_>, tx: &mut dyn Tx, person: PersonId) -> Result<Option<Epoch>, Fault> {
    let held = tx.standing(person).await?;
    let lifted = held.clone().lift(Origin::Association);
    if lifted == held {
        return Ok(None);
    }
    let epoch = lifted.epoch();
    let count = tx.lift_holds(person, Origin::Association, epoch).await?;
    tx.end_sessions(person, run.cx.now).await?;
    tx.sweep_flows(person).await?;
    tx.enrolment_over(person).await?;
    let means = tx.revoke_means(person).await?;
    for deed in [Deed::Lifted(Origin::Association), Deed::MeansRevoked] {
        keep_outside(run.cx, tx, Some((person, epoch)), deed).await?;
    }
    let entry = run.entry(EventKind::HoldLifted).about(person).fact("origin", Origin::Association.word());
    record(run.cx, tx, entry.fact("reason", "association-opened").fact("holds", count)).await?;
    if means > 0 {
        let entry = run.entry(EventKind::MeansRevoked).about(person).fact("means", means);
        record(run.cx, tx, entry.fact("why", "association-ended")).await?;
    }
    // Mostly none: they ended with her relation. Of one that ended before that was so, none comes back with her.
    end_roles_of(run.cx, tx, person, &run.actor).await?;
    Ok(Some(epoch))
}

/// Whether she may still be invited: a relation is open, none of those was activated, nothing holds.
async fn waits_for_login(tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let relations = tx.associations_of(person).await?;
    let mut open = relations.iter().filter(|relation| relation.closed_at.is_none()).peekable();
    let waits = open.peek().is_some() && open.all(|relation| relation.activated_at.is_none());
    Ok(waits && tx.standing(person).await?.is_active())
}

impl Relation {
    fn word(&self) -> Option<&'static str> {
        match self {
            Self::AsBefore => None,
            Self::New | Self::Changed(_) => Some("relation"),
            Self::Over(_) => Some("end"),
        }
    }
}

fn relation_after(line: &HrLine, before: Option<Association>, today: Date) -> Result<Relation, LineFault> {
    let over = is_over(line, today);
    match before {
        // It was over before we heard of it, or is closed already.
        None if over => Ok(Relation::AsBefore),
        None => Ok(Relation::New),
        Some(closed) if closed.closed_at.is_some() => match over {
            true => Ok(Relation::AsBefore),
            // Never opened again, also when she ended it herself and HR has not heard of it.
            false if line.starts_on <= closed.starts_on => Err(LineFault::Ended),
            false => Ok(Relation::New),
        },
        Some(open) => {
            let after =
                Association { activated_at: open.activated_at, ..association(open.id, open.person, line) };
            Ok(if over {
                Relation::Over(after)
            } else if after == open {
                Relation::AsBefore
            } else {
                Relation::Changed(after)
            })
        }
    }
}

/// The relation a line tells of, not activated and open.
pub(crate) fn association(id: AssociationId, person: PersonId, line: &HrLine) -> Association {
    Association {
        id,
        person,
        cvr: line.cvr.clone(),
        employee_number: line.employee_number.clone(),
        unit: line.unit.clone(),
        starts_on: line.starts_on,
        ends_on: line.ends_on,
        activated_at: None,
        closed_at: None,
    }
}

fn person_after(before: &Person, line: &HrLine) -> Person {
    Person {
        user_name: line.user_name.clone(),
        given_name: line.given_name.clone(),
        family_name: line.family_name.clone(),
        contact: line.contact.clone(),
        ..before.clone()
    }
}

/// The words of what differs, for the trail; never the values.
fn differences(before: &Person, after: &Person) -> Vec<&'static str> {
    let mut words = Vec::new();
    if before.user_name != after.user_name {
        words.push(USER_NAME);
    }
    if (&before.given_name, &before.family_name) != (&after.given_name, &after.family_name) {
        words.push(NAME);
    }
    if before.contact != after.contact {
        words.push("contact");
    }
    words
}

/// A user name somebody else has or had is never given again.
pub(crate) fn name_is_free(line: &HrLine, person: PersonId, owner: Option<PersonId>) -> Result<(), Taken> {
    match owner.filter(|owner| *owner != person) {
        Some(_) => Err(name_taken(line)),
        None => Ok(()),
    }
}

/// Somebody else has or had it.
pub(crate) fn name_taken(line: &HrLine) -> Taken {
    Taken::Refused(refusal(line, "user_name", LineFault::UserNameTaken))
}
