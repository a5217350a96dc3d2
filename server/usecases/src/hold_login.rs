//! The municipality closes somebody's login: the service desk on her behalf, or security on suspicion (NSIS 3.2.3.4;
//! security decisions 5, 8 and 22). One operator is enough to take away; giving back takes two, in
//! [`crate::lift_hold`].

use crate::context::Cx;
use crate::fault::Fault;
use crate::hold::hold_saying;
use crate::operator::{Operator, tell_administrators};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::suspend::reference;
use domain::audit::EventKind;
use domain::ids::{HoldId, PersonId};
use domain::notice::Template;
use domain::person::UserName;
use domain::standing::Origin;

/// The reason of the hold; what the operator wrote is sealed in the trail.
const REASON: &str = "by-operator";

/// Why no hold is put.
#[derive(Debug, thiserror::Error)]
pub enum NotHeld {
    /// Nobody by that user name.
    #[error("nobody by that user name")]
    Nobody,
    /// A hold of that origin comes from its owner, the register or HR's feed alone.
    #[error("operators put no hold of that origin")]
    OthersPut,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl NotHeld {
    fn word(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::OthersPut => "others-settle",
            Self::Fault(_) => "fault",
        }
    }
}

impl From<StoreFault> for NotHeld {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Puts a hold of the service desk or of security, also where one is; everything she has open ends as at her own block,
/// and she hears whom to call. Gives the reference she reads aloud.
pub async fn hold_login(cx: &Cx, by: &Operator, name: &UserName, origin: Origin) -> Result<String, NotHeld> {
    let mut tx = cx.house.store.begin_at_once("hold_login").await?;
    let person = tx.person_by_user_name(name).await?;
    let put = match (person, origin) {
        (Some(person), Origin::ServiceDesk | Origin::Security) => {
            put(cx, tx.as_mut(), by, (person, origin)).await?
        }
        (person, origin) => {
            let refused = if person.is_none() { NotHeld::Nobody } else { NotHeld::OthersPut };
            let told = (by, "putting-hold", refused.word());
            record(cx, tx.as_mut(), refusal(told, person, name, origin)).await?;
            tx.commit().await?;
            return Err(refused);
        }
    };
    tx.commit().await?;
    Ok(reference(put))
}

async fn put(
    cx: &Cx,
    tx: &mut dyn Tx,
    by: &Operator,
    (person, origin): (PersonId, Origin),
) -> Result<HoldId, Fault> {
    let put = hold_saying(cx, tx, person, by.entry(EventKind::Held), (origin, REASON)).await?;
    tell(cx, tx, person, Template::HeldByMunicipality).await?;
    tell_administrators(cx, tx, Template::HoldsChanged).await?;
    Ok(put)
}

/// What the trail keeps of an operator who was not obeyed. A name nobody has may be a slip of the pen of one somebody
/// has, so it is sealed.
pub(crate) fn refusal(
    (by, during, why): (&Operator, &'static str, &'static str),
    person: Option<PersonId>,
    name: &UserName,
    origin: Origin,
) -> Entry {
    let entry = by.entry(EventKind::HoldRefused).fact("during", during).fact("origin", origin.word());
    let entry = entry.fact("why", why).personal("user-name", name.as_str());
    person.into_iter().fold(entry, Entry::about)
}
