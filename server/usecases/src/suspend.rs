//! What a block does, inside the transaction of the door that opened (NSIS 3.2.3; security decisions 5, 6, 9 and 11).

use crate::context::Cx;
use crate::fault::Fault;
use crate::hold::hold;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell, tell_at};
use crate::who::is_signed_in;
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, HoldId, PersonId};
use domain::notice::Template;
use domain::printed::PrintedKind;
use domain::standing::Origin;
use domain::suspension::{Door, REVOCATION_TOLD, SUSPENSION_HOLDS, suspended_since};
use domain::{SignedDuration, Timestamp};

/// More blocks than this within [`BRAKE_WINDOW`] are not one person's worry any more: somebody is called.
pub const BRAKE_AT: u64 = 10;
/// The window the mass brake looks at.
pub const BRAKE_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// A login that was blocked just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Whose.
    pub person: PersonId,
    /// The hold that was put.
    pub hold: HoldId,
    /// When, to the second people are told.
    pub at: Timestamp,
    /// By which door.
    pub door: Door,
    /// Whether it may list services: as the door tells enough of who sits here, or as she was signed in at this browser
    /// until this block ended her session (security decision 9).
    pub lists_services: bool,
}

impl Receipt {
    /// What she can read aloud on the phone.
    pub fn reference(&self) -> String {
        reference(self.hold)
    }
}

/// A block's reference: one form on the receipt, in the letter and where a sign-in is refused.
pub fn reference(hold: HoldId) -> String {
    format!("SP-{}", domain::ids::reference(hold.into()))
}

/// A block by the same door this soon after the last is the same click, or its echo.
pub(crate) const ECHO: SignedDuration = SignedDuration::from_mins(1);

/// Puts the owner's hold, ends what was begun, asks services to end theirs, and tells her on every channel. A new hold
/// also when one is there; only an echo of the last click is shown that one's receipt.
pub(crate) async fn suspend(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    door: Door,
) -> Result<Receipt, Fault> {
    let by = match door {
        Door::Session | Door::Mitid => Actor::Person(person),
        Door::Code | Door::Notice | Door::Password => Actor::Unknown,
    };
    tx.person_for_update(person).await?;
    if let Some(receipt) = blocked_by(tx, person, door).await?
        && cx.now.duration_since(receipt.at) < ECHO
    {
        return Ok(receipt);
    }
    // Looked at before the hold, which ends her session here too.
    let lists_services = lists_services(cx, tx, person, door).await?;
    let put = hold(cx, tx, person, &by, (Origin::Owner, door.word())).await?;
    // Whatever the door: the sheet's code has done its work, a new one comes with the reopening.
    tx.spend_printed(person, PrintedKind::Blocking, cx.now).await?;
    tell(cx, tx, person, Template::Blocked).await?;
    warn_in_time(cx, tx, person).await?;
    brake(cx, tx, person).await?;
    Ok(Receipt { person, hold: put, at: cx.now, door, lists_services })
}

/// Whether the receipt of a block by this door from this browser lists services: only an own session or MitID is told where
/// she is logged in (security decision 9). The session that lives here must be that of whose login it is.
pub(crate) async fn lists_services(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    door: Door,
) -> Result<bool, Fault> {
    Ok(door.may_see_services() || is_signed_in(cx, tx, person).await?)
}

/// The receipt of the newest block by this door, while it lasts. It tells of services by the door alone: who was signed in
/// at the browser that did it is not known any more.
pub(crate) async fn blocked_by(
    tx: &mut dyn Tx,
    person: PersonId,
    door: Door,
) -> Result<Option<Receipt>, Fault> {
    let standing = tx.standing(person).await?;
    let own = standing.holds().iter().filter(|it| it.origin == Origin::Owner && it.reason == door.word());
    let lists_services = door.may_see_services();
    Ok(own.max_by_key(|it| it.at).map(|it| Receipt { person, hold: it.id, at: it.at, door, lists_services }))
}

/// A week before a block becomes final she is told; a second block does not put that off.
pub(crate) async fn warn_in_time(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    let since = suspended_since(&tx.standing(person).await?).unwrap_or(cx.now);
    let warned = SUSPENSION_HOLDS.saturating_sub(REVOCATION_TOLD);
    let due = since.saturating_add(warned).unwrap_or(cx.now);
    tx.withdraw(person, Template::RevocationNear).await?;
    tell_at(cx, tx, person, Template::RevocationNear, due).await
}

/// What came of a door that opens without a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The login is blocked.
    Blocked(Receipt),
    /// So many were blocked within minutes that one more yes is asked for, in this flow. Nothing is blocked yet, and
    /// the secret that opened the door is unspent.
    Asked(FlowId),
}

/// Blocks; or, while the mass brake is on, drops what the door did and asks for one more yes. It never refuses.
pub(crate) async fn suspend_or_ask(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    door: Door,
) -> Result<Opened, Fault> {
    if blocks_lately(cx, tx.as_mut()).await? <= BRAKE_AT {
        let receipt = suspend(cx, tx.as_mut(), person, door).await?;
        tx.commit().await?;
        return Ok(Opened::Blocked(receipt));
    }
    drop(tx);
    let mut tx = cx.house.store.begin_at_once("ask_once_more").await?;
    let epoch = tx.standing(person).await?.epoch();
    let flow = Flow::start(cx.handle()?, cx.browser, About::Blocking(person, epoch, door), cx.now);
    tx.add_flow(&flow).await?;
    tx.commit().await?;
    Ok(Opened::Asked(flow.id))
}

/// Many blocks at once alarm and never refuse (security decision 10).
async fn brake(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    let told = tx.rows_of_kind(EventKind::MassBlocking.word(), window(cx)).await? > 0;
    if told || blocks_lately(cx, tx).await? <= BRAKE_AT {
        return Ok(());
    }
    record(cx, tx, Entry::by_system(EventKind::MassBlocking).fact("more-than", BRAKE_AT)).await?;
    tell(cx, tx, person, Template::MassBlocking).await
}

/// How many owners blocked within the window, this transaction's included.
pub(crate) async fn blocks_lately(cx: &Cx, tx: &mut dyn Tx) -> Result<u64, Fault> {
    Ok(tx.holds_since(Origin::Owner, window(cx)).await?)
}

fn window(cx: &Cx) -> Timestamp {
    cx.now.saturating_sub(BRAKE_WINDOW).unwrap_or(cx.now)
}
