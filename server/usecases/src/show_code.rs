//! The second factor: a code that is accepted once, and the session that follows.

use crate::authenticator;
use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::finish_sign_in::{Barred, admission, barred, begin_session};
use crate::flows::{self, NoFlow};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::EventKind;
use domain::ids::{FlowId, PersonId};
use domain::standing::Hold;
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

impl From<Barred> for CodeWrong {
    fn from(bar: Barred) -> Self {
        match bar {
            Barred::Held(hold) => Self::Held(hold),
            Barred::Epoch => NoFlow::Gone.into(),
            Barred::Unfinished => Self::Unfinished,
        }
    }
}

pub use crate::finish_sign_in::SignedIn;

/// Shows the second factor. Wrong codes count per account over all sources and sessions: who guesses here already
/// knows the password (security decision 19).
pub async fn show_code(cx: &Cx, id: FlowId, typed: &str) -> Result<SignedIn, CodeWrong> {
    cx.house.outside.open()?;
    let mut tx = cx.house.store.begin("show_code").await?;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let person = sign_in.awaiting_code().ok_or(CodeWrong::NotNow)?;
    // The row is held steady from here to the commit: no hold can slip between the look and the session. Her row
    // before her count, here as where a proof ends a stop: two who lock both never wait for each other.
    let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
    // Locked from here to the commit: of codes typed at once each sees what those before it counted.
    let codes = Codes::of(cx, tx.as_mut(), person).await?;
    let left = match codes.door(cx) {
        CodeDoor::Open { left } => left,
        CodeDoor::Paused(until) => {
            return Err(refuse(cx, tx, (person, "code"), "paused", CodeWrong::Paused(until)).await?);
        }
        CodeDoor::Stopped => {
            return Err(refuse(cx, tx, (person, "code"), "stopped", CodeWrong::Stopped).await?);
        }
    };
    let Some((kind, with)) = authenticator::spend_code(cx, tx.as_mut(), &codes, typed).await? else {
        codes.wrong(cx, tx.as_mut()).await?;
        let left = left.saturating_sub(1);
        return Err(refuse(cx, tx, (person, "code"), "code", CodeWrong::Wrong { left }).await?);
    };
    codes.right(tx.as_mut()).await?;
    if let Some(bar) = barred(&flow, person, &admission) {
        let why = bar.word();
        return Err(refuse(cx, tx, (person, "code"), why, bar.into()).await?);
    }
    let both = sign_in.code_shown(kind, cx.now).map_err(|_| CodeWrong::NotNow)?;
    let signed = begin_session(cx, tx.as_mut(), (flow, sign_in), &both, (&admission, Some(with))).await?;
    tx.commit().await?;
    Ok(signed)
}

/// Writes that a second factor was refused, and why.
pub(crate) async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    (person, factor): (PersonId, &'static str),
    why: &'static str,
    refused: CodeWrong,
) -> Result<CodeWrong, CodeWrong> {
    let entry = Entry::by(EventKind::SignInRefused, person).fact("factor", factor).fact("why", why);
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    Ok(refused)
}
