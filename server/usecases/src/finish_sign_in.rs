//! The end of every sign-in: enough was shown. What may stand in the way yet, and the session that follows.

use crate::check_factors;
use crate::context::{Cx, Device};
use crate::doors::{know_source, sources};
use crate::fault::Fault;
use crate::has_login::gives_login;
use crate::ports::store::{Admission, Tx};
use crate::record::{Entry, record};
use crate::strange_place::tell_of_strange_place;
use crate::terms_in_force::terms_of;
use domain::audit::EventKind;
use domain::flow::{About, Flow};
use domain::ids::{FactorId, FlowId, PersonId, SessionId};
use domain::reconfirmation::Reconfirmation;
use domain::session::Session;
use domain::sign_in::{Asked, Shown, SignIn, Step};
use domain::standing::Hold;
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

/// Reads what decides whether she gets a session, all at once. Her row is held steady by this transaction, so that no hold
/// slips between the look and the session; none where nobody is.
pub(crate) async fn admission(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
) -> Result<Option<Admission>, Fault> {
    Ok(tx.admission(person, &sources(cx, person)?).await?)
}

/// Looks at what may stand in the way.
pub(crate) fn barred(flow: &Flow, person: PersonId, admission: &Admission) -> Option<Barred> {
    let standing = &admission.standing;
    // What she cannot lift herself decides what she is told.
    if let Some(hold) = standing.first_of_others().or(standing.holds().first()) {
        return Some(Barred::Held(hold.clone()));
    }
    if flow.person != Some((person, standing.epoch())) {
        return Some(Barred::Epoch);
    }
    (!gives_login(&admission.associations)).then_some(Barred::Unfinished)
}

/// Begins the session. `with` is the login method that was shown, where one was: where from it was used last is read from
/// this event.
pub(crate) async fn begin_session(
    cx: &Cx,
    tx: &mut dyn Tx,
    (flow, sign_in): (Flow, SignIn),
    shown: &Shown,
    (admission, with): (&Admission, Option<FactorId>),
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
    let signed = what_next(cx, tx, sign_in, (&session, admission)).await?;
    tx.save_flow(&flow.onward(About::SignIn(signed.clone()), cx.now)).await?;
    let entry =
        Entry::by(EventKind::SignedIn, person).fact("session", session.id).fact("factors", shown.words());
    let entry = tell_of_strange_place(cx, tx, (person, admission.elsewhere), entry).await?;
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

async fn what_next(
    cx: &Cx,
    tx: &mut dyn Tx,
    sign_in: SignIn,
    (session, admission): (&Session, &Admission),
) -> Result<SignIn, Fault> {
    let in_force = terms_of(cx, &admission.published);
    let reading = (!in_force.settled_by(admission.accepted)).then(|| Reading::begin(&in_force.terms));
    Ok(if reading.is_some() {
        tx.keep_terms(&in_force.terms).await?;
        sign_in.signed(session.id, reading)
    } else if sign_in.leaked_until().is_some() {
        sign_in.asked_to_change(session.id)
    } else if soon(cx, admission) {
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
fn soon(cx: &Cx, admission: &Admission) -> bool {
    admission.proved.is_some_and(|it| matches!(it.reconfirmation(cx.now), Reconfirmation::Near(_)))
}
