//! The second factor: a code that is accepted once, and the session that follows.

use crate::authenticator;
use crate::codes::Codes;
use crate::context::{Cx, Device};
use crate::doors::know_source;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::association::Association;
use domain::audit::EventKind;
use domain::factor::FactorKind;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId, SessionId};
use domain::reconfirmation::Reconfirmation;
use domain::session::Session;
use domain::sign_in::{Asked, BothShown, SignIn, Step, Target};
use domain::standing::Hold;
use domain::terms::Reading;
use domain::throttle::CodeDoor;

/// Why the second factor is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum CodeWrong {
    /// It does not fit, or was used before.
    #[error("the code does not fit")]
    Wrong {
        /// Tries before the pause.
        left: u32,
    },
    /// Too many wrong ones; not before then.
    #[error("codes are paused")]
    Paused(Timestamp),
    /// Far too many; only a proof with MitID opens codes again.
    #[error("codes are stopped")]
    Stopped,
    /// The login is held: the page says who and whom to call.
    #[error("the login is held")]
    Held(Hold),
    /// Her enrolment was never finished.
    #[error("the enrolment is not finished")]
    Unfinished,
    /// The password comes first.
    #[error("another step comes first")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for CodeWrong {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for CodeWrong {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Signed in: the cookie gets a new id, and the browser is known to this person from now on.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// What the browser keeps to be recognised.
    pub device: Device,
    /// What the sign-in needs next.
    pub next: Step,
    /// Whether it leads to a service.
    pub to_service: bool,
}

/// Shows the second factor. Wrong codes count per account over all sources and sessions: who guesses here already
/// knows the password (security decision 19).
pub async fn show_code(cx: &Cx, id: FlowId, typed: &str) -> Result<SignedIn, CodeWrong> {
    cx.house.outside.open()?;
    let mut tx = cx.house.store.begin("show_code").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let both = sign_in.code_shown(cx.now).map_err(|_| CodeWrong::NotNow)?;
    // The row is held steady from here to the commit: no hold can slip between the look and the session. Her row
    // before her count, here as where a proof ends a stop: two who lock both never wait for each other.
    let standing = tx.standing_steady(both.person).await?.ok_or(NoFlow::Gone)?;
    // Locked from here to the commit: of codes typed at once each sees what those before it counted.
    let codes = Codes::of(cx, tx.as_mut(), both.person).await?;
    let left = match codes.door(cx) {
        CodeDoor::Open { left } => left,
        CodeDoor::Paused(until) => {
            return Err(refuse(cx, tx, both.person, "paused", CodeWrong::Paused(until)).await?);
        }
        CodeDoor::Stopped => return Err(refuse(cx, tx, both.person, "stopped", CodeWrong::Stopped).await?),
    };
    let Some(kind) = authenticator::spend_code(cx, tx.as_mut(), &codes, typed).await? else {
        codes.wrong(cx, tx.as_mut()).await?;
        let left = left.saturating_sub(1);
        return Err(refuse(cx, tx, both.person, "code", CodeWrong::Wrong { left }).await?);
    };
    codes.right(tx.as_mut()).await?;
    // What she cannot lift herself decides what she is told.
    if let Some(hold) = standing.first_of_others().or(standing.holds().first()) {
        return Err(refuse(cx, tx, both.person, "held", CodeWrong::Held(hold.clone())).await?);
    }
    if flow.person != Some((both.person, standing.epoch())) {
        return Err(refuse(cx, tx, both.person, "epoch", NoFlow::Gone.into()).await?);
    }
    // One that was closed says nothing of the enrolment of somebody who came back.
    let open = |it: &Association| it.closed_at.is_none() && it.activated_at.is_some();
    if !tx.associations_of(both.person).await?.iter().any(open) {
        return Err(refuse(cx, tx, both.person, "unfinished", CodeWrong::Unfinished).await?);
    }
    let (session, signed) = begin_session(cx, tx.as_mut(), flow, sign_in, (both, kind)).await?;
    know_source(cx, tx.as_mut(), both.person).await?;
    tx.commit().await?;
    let to_service = matches!(signed.target, Target::Service(_));
    Ok(SignedIn { session, device: Device::known_to(cx, both.person)?, next: signed.step(), to_service })
}

async fn begin_session(
    cx: &Cx,
    tx: &mut dyn Tx,
    flow: Flow,
    sign_in: SignIn,
    (both, kind): (BothShown, FactorKind),
) -> Result<(SessionId, SignIn), Fault> {
    let (_, epoch) = flow.person.ok_or(Fault::Encoding)?;
    let session = Session {
        id: cx.handle()?,
        person: both.person,
        epoch,
        browser: cx.browser,
        shown: vec![(FactorKind::Password, both.password_at), (kind, both.code_at)],
        began_at: cx.now,
        seen_at: cx.now,
    };
    tx.replace_session(&session).await?;
    let current = cx.house.terms.current();
    let accepted = tx.last_acceptance(both.person).await?.map(|last| last.accepted.terms);
    let reading = (accepted != Some(current.hash)).then(|| Reading::begin(&current));
    let signed = if reading.is_some() {
        tx.keep_terms(&current).await?;
        sign_in.signed(session.id, reading)
    } else if soon(cx, tx, both.person).await? {
        sign_in.asked(session.id, Asked::InTime)
    } else {
        sign_in.signed(session.id, None)
    };
    tx.save_flow(&flow.onward(About::SignIn(signed.clone()), cx.now)).await?;
    let entry = Entry::by(EventKind::SignedIn, both.person)
        .fact("session", session.id)
        .fact("factors", format!("password+{}", authenticator::word(kind)));
    record(cx, tx, entry).await?;
    Ok((session.id, signed))
}

/// Whether she is to confirm anew within the month. One ask at a sign-in is enough, so new terms come alone; and whether it
/// is overdue where she goes is decided when a token is issued.
async fn soon(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    let proved = tx.proved(person).await?;
    Ok(proved.is_some_and(|it| matches!(it.reconfirmation(cx.now), Reconfirmation::Near(_))))
}

async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: PersonId,
    why: &'static str,
    refused: CodeWrong,
) -> Result<CodeWrong, CodeWrong> {
    let entry = Entry::by(EventKind::SignInRefused, person).fact("factor", "code").fact("why", why);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}
