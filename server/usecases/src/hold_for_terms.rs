//! Whoever was told of new terms and has not accepted them by their last day loses the use of her login until she has (NSIS 3.2.3.4; security
//! decision 8). She opens it herself, with MitID, and accepts them on the way.

use crate::chores::Aside;
use crate::context::Cx;
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::hold::hold;
use crate::ports::store::Tx;
use crate::record::tell;
use crate::terms_in_force::terms_in_force;
use domain::audit::Actor;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::publication::InForce;
use domain::standing::Origin;
use domain::terms::{Due, due};

/// How many are looked up at once.
const BATCH: u32 = 25;

/// Holds every login that is behind once the last day is over; gives how many.
pub async fn hold_for_terms(cx: &Cx) -> Result<u64, Fault> {
    let (mut held, mut after, mut aside) = (0, None, Aside::of("hold_for_terms"));
    loop {
        let mut tx = cx.house.store.reading("hold_for_terms").await?;
        let Some(terms) = overdue(cx, tx.as_mut()).await? else { return Ok(held) };
        let behind = tx.behind_terms(&terms.enough(), after, BATCH).await?;
        drop(tx);
        let Some(last) = behind.last().copied() else {
            aside.tell();
            return Ok(held);
        };
        after = Some(last);
        for person in behind {
            match hold_one(cx, person).await {
                Ok(done) => held += u64::from(done),
                // Who cannot be held keeps nobody open who stands behind her.
                Err(fault) => aside.pass_over(person, fault)?,
            }
        }
    }
}

/// The terms that hold, once their last day is over.
async fn overdue(cx: &Cx, tx: &mut dyn Tx) -> Result<Option<InForce>, Fault> {
    let terms = terms_in_force(cx, tx).await?;
    let over = terms.accept_by.is_some_and(|last| due(last, cx.today()) == Due::Over);
    Ok(over.then_some(terms))
}

/// In a transaction of its own: a hold locks flows and person in an order of its own.
async fn hold_one(cx: &Cx, person: PersonId) -> Result<bool, Fault> {
    let mut tx = cx.house.store.begin("hold_for_terms").await?;
    tx.person_for_update(person).await?;
    // Read again under the lock: she may have accepted, other terms hold, or another instance have come first.
    let Some(terms) = overdue(cx, tx.as_mut()).await? else { return Ok(false) };
    let accepted = tx.last_acceptance(person).await?.map(|last| last.accepted.terms);
    let standing = tx.standing(person).await?;
    let held = standing.holds().iter().any(|it| it.origin == Origin::Terms);
    if terms.settled_by(accepted) || held || !has_login(tx.as_mut(), person).await? {
        return Ok(false);
    }
    // Whom nobody told of this very version is not held: a day left over from the version before would close every login at
    // once. What is noted here is given up with the transaction.
    if tx.note_terms_told(person, terms.binding, cx.now).await? {
        return Ok(false);
    }
    hold(cx, tx.as_mut(), person, &Actor::System, (Origin::Terms, "terms-overdue")).await?;
    tell(cx, tx.as_mut(), person, Template::HeldForTerms).await?;
    tx.commit().await?;
    Ok(true)
}
