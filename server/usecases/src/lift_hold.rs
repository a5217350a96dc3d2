//! Two operators lift a hold that its owner cannot settle (NSIS 3.2.3.3; security decisions 5, 21 and 22). Nobody is let
//! in by it: what is left is hers to open with MitID, at the assurance her login was issued with.

use crate::close_login::{deactivate, end_means};
use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::hold;
use crate::hold_login::refusal;
use crate::invitation::invite;
use crate::operator::{Operator, tell_administrators};
use crate::outside::keep_outside;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::suspend::warn_in_time;
use crate::take_back_contact::take_back_contact;
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::lift::{Asked, LiftRefused, Voice, voice};
use domain::notice::Template;
use domain::outside::Deed;
use domain::person::UserName;
use domain::standing::{Hold, Origin, Standing};
use domain::suspension::blocked_since;

/// The reason of the hold that is left for its owner.
const LIFTED: &str = "hold-lifted";
/// Why her old login ends where HR gave her another number.
const RENUMBERED: &str = "number-changed";

/// Why no hold is lifted.
#[derive(Debug, thiserror::Error)]
pub enum NotLifted {
    /// Nobody by that user name.
    #[error("nobody by that user name")]
    Nobody,
    /// The rules of lifting.
    #[error(transparent)]
    Refused(#[from] LiftRefused),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl NotLifted {
    fn word(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Refused(refused) => refused.word(),
            Self::Fault(_) => "fault",
        }
    }
}

impl From<StoreFault> for NotLifted {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// How far it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lifted {
    /// A second, other operator must say the same within two weeks.
    NeedsSecond,
    /// Lifted. These still hold her login, her own among them.
    Lifted(Vec<Hold>),
}

/// Says that her holds of one origin should be lifted; the second, different operator lifts them.
///
/// Then her own hold is left, which she opens with MitID, another password and her login methods gone through. Where HR
/// named another CPR number than the one she proved, her old login is closed for good and she enrols in full.
pub async fn lift_hold(cx: &Cx, by: &Operator, name: &UserName, origin: Origin) -> Result<Lifted, NotLifted> {
    let mut tx = cx.house.store.begin("lift_hold").await?;
    let person = tx.person_by_user_name(name).await?;
    let (person, standing, said) = match decide(cx, tx.as_mut(), &by.name, person, origin).await {
        Ok(decided) => decided,
        Err(NotLifted::Fault(fault)) => return Err(fault.into()),
        Err(refused) => {
            let told = (by, "lifting-hold", refused.word());
            record(cx, tx.as_mut(), refusal(told, person, name, origin)).await?;
            tx.commit().await?;
            return Err(refused);
        }
    };
    tell_administrators(cx, tx.as_mut(), Template::HoldsChanged).await?;
    let lifted = match said {
        Voice::First(holds) => {
            let entry = by.entry(EventKind::LiftAsked).about(person).fact("origin", origin.word());
            record(cx, tx.as_mut(), entry.fact("holds", holds.len())).await?;
            for hold in holds {
                tx.ask_lift(&Asked { hold, by: by.name.clone(), at: cx.now }).await?;
            }
            Lifted::NeedsSecond
        }
        Voice::Second => Lifted::Lifted(lift(cx, tx.as_mut(), by, (person, standing, origin)).await?),
    };
    tx.commit().await?;
    Ok(lifted)
}

/// What this operator's word comes to; changes nothing. Her row is locked before anything is read.
async fn decide(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: &str,
    person: Option<PersonId>,
    origin: Origin,
) -> Result<(PersonId, Standing, Voice), NotLifted> {
    let person = person.ok_or(NotLifted::Nobody)?;
    tx.person_for_update(person).await?.ok_or(NotLifted::Nobody)?;
    let standing = tx.standing(person).await?;
    let asked = tx.lifts_asked(person).await?;
    let said = voice(&standing, origin, &asked, (by, cx.now))?;
    Ok((person, standing, said))
}

/// Lifts them; gives what holds her login now.
async fn lift(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: &Operator,
    (person, standing, origin): (PersonId, Standing, Origin),
) -> Result<Vec<Hold>, Fault> {
    let blocked_at = blocked_since(&standing).unwrap_or(cx.now);
    let holds = standing.holds().iter().filter(|hold| hold.origin == origin).count();
    let after = standing.lift(origin);
    let epoch = after.epoch();
    tx.lift_holds(person, origin, epoch).await?;
    keep_outside(cx, tx, Some((person, epoch)), Deed::Lifted(origin)).await?;
    let entry = by.entry(EventKind::HoldLifted).about(person).fact("origin", origin.word());
    record(cx, tx, entry.fact("why", "two-operators").fact("holds", holds)).await?;
    if origin == Origin::Reconfirmation {
        enrol_anew(cx, tx, (person, &after)).await?;
    } else if has_login(tx, person).await? {
        // Whatever was changed just before the login was closed is not taken for hers.
        take_back_contact(cx, tx, (person, blocked_at), (&Actor::System, LIFTED)).await?;
        leave_hers(cx, tx, by, (person, &after)).await?;
    } else if waits(cx, tx, person).await? && after.is_active() {
        invite(cx, tx, (person, epoch), invited(by)).await?;
    }
    Ok(tx.standing(person).await?.holds().to_vec())
}

/// Her own hold, if none is there: nobody but she opens a login, and only with MitID.
async fn leave_hers(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: &Operator,
    (person, after): (PersonId, &Standing),
) -> Result<(), Fault> {
    if !after.held_by(Origin::Owner) {
        let actor = Actor::Operator(by.name.clone());
        hold(cx, tx, person, &actor, (Origin::Owner, LIFTED)).await?;
        warn_in_time(cx, tx, person).await?;
    }
    tell(cx, tx, person, Template::HoldLifted).await
}

/// She proved another number than the one HR names: what rests on that proof ends, and the next file may name the number
/// she proves (security decision 21).
async fn enrol_anew(cx: &Cx, tx: &mut dyn Tx, (person, after): (PersonId, &Standing)) -> Result<(), Fault> {
    let epoch = after.epoch();
    tx.void_proofs(person, cx.now).await?;
    let means = end_means(cx, tx, (person, epoch)).await?;
    let waits = deactivate(cx, tx, person).await?;
    let entry = Entry::by_system(EventKind::MeansRevoked).about(person).fact("means", means);
    record(cx, tx, entry.fact("why", RENUMBERED)).await?;
    tell(cx, tx, person, Template::BeginsAnew).await?;
    if waits && after.is_active() {
        let entry = Entry::by_system(EventKind::Invited).fact("after", RENUMBERED);
        invite(cx, tx, (person, epoch), entry).await?;
    }
    Ok(())
}

fn invited(by: &Operator) -> Entry {
    Entry::new(EventKind::Invited, Actor::Operator(by.name.clone())).fact("after", LIFTED)
}

async fn waits(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let today = cx.today();
    let relations = tx.associations_of(person).await?;
    Ok(relations.iter().any(|it| it.closed_at.is_none() && !it.is_over(today)))
}
