//! Somebody the house has not seen: a person, her relation, her invitation.

use super::Run;
use super::plan::Planned;
use super::take::{Taken, association, name_is_free, name_taken};
use crate::erasure::was_erased;
use crate::fault::Fault;
use crate::hold::uninvite;
use crate::invitation;
use crate::ports::store::{NewPerson, Tx};
use crate::ports::vault::{KeyUse, Mac, Sealed};
use crate::record::{INVITATION_HOLDS, cpr_place, record, tell_at_these};
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::contact::Channels;
use domain::hr::HrLine;
use domain::ids::{Epoch, PersonId};
use domain::notice::Template;
use domain::person::Person;

/// When somebody who has not begun, or not finished, hears of it again: after so many days.
const REMINDERS: [i64; 2] = [2, 5];

/// Adds a person with her relation and invites her.
pub(crate) async fn add(
    run: &Run<'_>,
    tx: &mut dyn Tx,
    planned: &Planned<'_>,
    name_owner: Option<PersonId>,
) -> Result<Taken, Fault> {
    let (cx, line) = (run.cx, planned.line);
    let (id, trail_key) = run.newcomer()?;
    let person = Person {
        id,
        user_name: line.user_name.clone(),
        given_name: line.given_name.clone(),
        family_name: line.family_name.clone(),
        contact: line.contact.clone(),
        epoch: Epoch::default(),
    };
    if let Err(taken) = name_is_free(line, person.id, name_owner) {
        return Ok(taken);
    }
    if was_erased(cx, tx, &line.user_name).await? {
        return Ok(name_taken(line));
    }
    let (cpr, cpr_index) = sealed_cpr(run, person.id, line)?;
    let new = NewPerson { person: &person, cpr: &cpr, cpr_index, trail_key: &trail_key, at: cx.now };
    tx.add_person(new).await?;
    tx.put_association(&association(cx.id()?, person.id, line)).await?;
    let entry = run.entry(EventKind::PersonImported).about(person.id).fact("line", line.line);
    record(cx, tx, entry.fact("change", "person,relation")).await?;
    let channels = Channels { hr: person.contact, private_mail: None, mobile: None };
    invite(run, tx, (person.id, person.epoch), &channels).await?;
    Ok(Taken::Added)
}

/// Her number, sealed to her row, and the index to find it by.
pub(crate) fn sealed_cpr(run: &Run<'_>, person: PersonId, line: &HrLine) -> Result<(Sealed, Mac), Fault> {
    let vault = &run.cx.house.vault;
    let sealed = vault.seal(KeyUse::CprSeal, &cpr_place(person), line.cpr.expose())?;
    Ok((sealed, vault.mac(KeyUse::CprIndex, line.cpr.expose())?))
}

/// Makes a new invitation for somebody who may have one: the older link is dead from now on.
pub(crate) async fn invite_anew(
    run: &Run<'_>,
    tx: &mut dyn Tx,
    person: PersonId,
    epoch: Epoch,
) -> Result<(), Fault> {
    uninvite(tx, person).await?;
    let channels = tx.channels_of(person).await?;
    invite(run, tx, (person, epoch), &channels).await
}

/// Makes an invitation. The mail makes the link again from the instant of the
/// invitation, which is the instant of the notice.
async fn invite(
    run: &Run<'_>,
    tx: &mut dyn Tx,
    (person, epoch): (PersonId, Epoch),
    channels: &Channels,
) -> Result<(), Fault> {
    let cx = run.cx;
    let token = invitation::token(&cx.house, person, cx.now)?;
    let kept = invitation::kept(&cx.house, &token)?;
    let until = cx.now.saturating_add(INVITATION_HOLDS).unwrap_or(cx.now);
    tx.put_invitation(person, kept, epoch, until).await?;
    tell_at_these(cx, tx, (person, channels), Template::Welcome, cx.now).await?;
    for days in REMINDERS {
        let due = cx.now.saturating_add(SignedDuration::from_hours(24 * days)).unwrap_or(until);
        tell_at_these(cx, tx, (person, channels), Template::Reminder, due).await?;
    }
    record(cx, tx, run.entry(EventKind::Invited).about(person)).await
}
