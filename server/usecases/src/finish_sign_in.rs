//! The end of every sign-in: enough was shown. What may stand in the way yet, and the session that follows.

use crate::check_factors;
use crate::context::{Cx, Device};
use crate::doors::{is_strange_place, know_source};
use crate::fault::Fault;
use crate::has_login::has_login;
use crate::ports::store::Tx;
use crate::record::{Entry, record, tell};
use crate::terms_in_force::terms_in_force;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{FactorId, FlowId, PersonId, SessionId};
use domain::notice::Template;
use domain::reconfirmation::Reconfirmation;
use domain::session::Session;
use domain::sign_in::{Asked, Shown, SignIn, Step};
use domain::standing::{Hold, Standing};
use domain::terms::Reading;

/// Signed in: the cookie gets a new id, and the browser is known to this person from now on.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The sign-in.
    pub flow: FlowId,
    /// Whose.
    pub person: PersonId,
    /// The session.
    pub session: SessionId,
    /// What the browser keeps to be recognised.
    pub device: Device,
    /// What the sign-in needs next.
    pub next: Step,
    /// Whether it leads to a service.
    pub to_service: bool,
}

/// Why enough is not enough.
#[derive(Clone, Debug)]
pub(crate) enum Barred {
    /// The login is held.
    Held(Hold),
    /// It was held or changed since this attempt began.
    Epoch,
    /// Her enrolment was never finished.
    Unfinished,
}

impl Barred {
    /// The word kept in the trail.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Held(_) => "held",
            Self::Epoch => "epoch",
            Self::Unfinished => "unfinished",
        }
    }
}

/// Looks at what may stand in the way. `standing` is held steady by this transaction, so that no hold slips between the
/// look and the session.
pub(crate) async fn barred(
    tx: &mut dyn Tx,
    flow: &Flow,
    person: PersonId,
    standing: &Standing,
) -> Result<Option<Barred>, Fault> {
    // What she cannot lift herself decides what she is told.
    if let Some(hold) = standing.first_of_others().or(standing.holds().first()) {
        return Ok(Some(Barred::Held(hold.clone())));
    }
    if flow.person != Some((person, standing.epoch())) {
        return Ok(Some(Barred::Epoch));
    }
    Ok((!has_login(tx, person).await?).then_some(Barred::Unfinished))
}

/// Begins the session. `with` is the login method that was shown, where one was: where from it was used last is read from
/// this event.
pub(crate) async fn begin_session(
    cx: &Cx,
    tx: &mut dyn Tx,
    (flow, sign_in): (Flow, SignIn),
    shown: &Shown,
    with: Option<FactorId>,
) -> Result<SignedIn, Fault> {
    let person = shown.person();
    let (_, epoch) = flow.person.ok_or(Fault::Encoding)?;
    let id = flow.id;
    let session = Session {
        id: cx.handle()?,
        person,
        epoch,
        browser: cx.browser,
        shown: shown.factors().to_vec(),
        began_at: cx.now,
        seen_at: cx.now,
    };
    tx.replace_session(&session).await?;
    let signed = what_next(cx, tx, sign_in, &session).await?;
    tx.save_flow(&flow.onward(About::SignIn(signed.clone()), cx.now)).await?;
    let entry =
        Entry::by(EventKind::SignedIn, person).fact("session", session.id).fact("factors", shown.words());
    let entry = if is_strange_place(cx, tx, person).await? {
        tell_of_strange_place(cx, tx, person, entry).await?
    } else {
        entry
    };
    record(cx, tx, with.into_iter().fold(entry, |entry, id| entry.fact("factor", id))).await?;
    know_source(cx, tx, person).await?;
    Ok(SignedIn {
        flow: id,
        person,
        session: session.id,
        device: Device::known_to(cx, person)?,
        next: signed.step(),
        to_service: signed.target.service().is_some(),
    })
}

/// She hears of a browser and a network that she never signed in with; the event says so too, and that is what the letter is
/// made of (notice 12).
pub(crate) async fn tell_of_strange_place(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    entry: Entry,
) -> Result<Entry, Fault> {
    // The first time every place is new, and she has just been told that her login is active.
    if tx.rows_about(person, &[EventKind::SignedIn.word()], 1).await?.is_empty() {
        return Ok(entry);
    }
    tell(cx, tx, person, Template::NewPlace).await?;
    Ok(entry.fact("new-place", true))
}

async fn what_next(cx: &Cx, tx: &mut dyn Tx, sign_in: SignIn, session: &Session) -> Result<SignIn, Fault> {
    let in_force = terms_in_force(cx, tx).await?;
    let accepted = tx.last_acceptance(session.person).await?.map(|last| last.accepted.terms);
    let reading = (!in_force.settled_by(accepted)).then(|| Reading::begin(&in_force.terms));
    Ok(if reading.is_some() {
        tx.keep_terms(&in_force.terms).await?;
        sign_in.signed(session.id, reading)
    } else if sign_in.leaked_until().is_some() {
        sign_in.asked_to_change(session.id)
    } else if soon(cx, tx, session.person).await? {
        sign_in.asked(session.id, Asked::InTime)
    } else if sign_in.target.service().is_some()
        && check_factors::due(cx, tx, session.person).await?.is_some()
    {
        // The portal's overview asks by itself.
        sign_in.asked_to_check(session.id)
    } else {
        sign_in.signed(session.id, None)
    })
}

/// Whether she is to confirm anew within the month. One ask at a sign-in is enough, so new terms come alone; and whether it
/// is overdue where she goes is decided when a token is issued.
async fn soon(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let proved = tx.proved(person).await?;
    Ok(proved.is_some_and(|it| matches!(it.reconfirmation(cx.now), Reconfirmation::Near(_))))
}
