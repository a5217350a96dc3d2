//! The first factor: user name and password, uniform for the known and the unknown.

use crate::begin_sign_in;
use crate::context::Cx;
use crate::doors::{Admitted, Doors};
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::people::Lane;
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::flow::About;
use domain::ids::{FlowId, PersonId};
use domain::password::Password;
use domain::person::UserName;
use domain::throttle::{self, WaitUntil};

/// Why the first factor is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PasswordWrong {
    /// User name or password does not fit; never which.
    #[error("user name or password does not fit")]
    Wrong {
        /// Tries from here before a wait.
        left: u32,
    },
    /// Too many wrong ones from here; not before then.
    #[error("too many wrong answers")]
    Wait(Timestamp),
    /// The attempt is past this point.
    #[error("another step comes first")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PasswordWrong {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PasswordWrong {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Which attempt a password is shown to.
#[derive(Clone, Copy, Debug)]
pub enum Attempt {
    /// One that begins with it, as this flow: nobody asked the page for one before.
    Begins(FlowId),
    /// One that is under way.
    GoesOn(FlowId),
}

impl Attempt {
    /// Its flow.
    pub fn flow(self) -> FlowId {
        match self {
            Self::Begins(id) | Self::GoesOn(id) => id,
        }
    }
}

impl From<FlowId> for Attempt {
    fn from(id: FlowId) -> Self {
        Self::GoesOn(id)
    }
}

/// Shows the first factor. The doors that count wrong answers belong to account *and* source, or to account and a
/// browser that signed in before, so a stranger cannot spend the owner's tries.
pub async fn show_password(
    cx: &Cx,
    attempt: impl Into<Attempt>,
    user_name: &str,
    password: Password,
) -> Result<(), PasswordWrong> {
    let attempt = attempt.into();
    let place = cx.house.hasher.place(lane(cx, user_name).await?).map_err(Fault::from)?;
    let guess = admit(cx, attempt, user_name).await?;
    let right = match cx.house.hasher.verify(password, guess.hash.clone(), place).await {
        Ok(right) => right,
        Err(down) => {
            take_back(cx, &guess).await?;
            return Err(Fault::from(down).into());
        }
    };
    let Some(person) = guess.person.filter(|_| right) else { return Err(refuse(cx, &guess).await?) };
    match accept(cx, attempt.flow(), person, &guess).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(refuse(cx, &guess).await?),
        Err(refused) => {
            // It was right, whatever became of the attempt meanwhile.
            take_back(cx, &guess).await?;
            Err(refused)
        }
    }
}

/// Where it waits: strangers' storms never keep a browser waiting that signed in as her before.
async fn lane(cx: &Cx, typed: &str) -> Result<Lane, PasswordWrong> {
    let (Some(device), Ok(name)) = (&cx.device, UserName::try_from(typed)) else { return Ok(Lane::SignIn) };
    let mut tx = cx.house.store.look("who_guesses").await?;
    let Some(person) = tx.person_by_user_name(&name).await? else { return Ok(Lane::SignIn) };
    Ok(if device.knows(&cx.house, person)? { Lane::Known } else { Lane::SignIn })
}

/// A guess that is counted already, and what it is held against.
struct Guess {
    doors: Doors,
    admitted: Admitted,
    person: Option<PersonId>,
    hash: Option<String>,
}

async fn admit(cx: &Cx, attempt: Attempt, typed: &str) -> Result<Guess, PasswordWrong> {
    let mut tx = cx.house.store.begin("admit_password").await?;
    if let Attempt::GoesOn(id) = attempt {
        flows::sign_in(&flows::seen(cx, tx.as_mut(), id).await?)?;
    }
    let known = match UserName::try_from(typed).ok() {
        Some(name) => tx.password_of(&name).await?,
        None => None,
    };
    let (person, hash) = known.map_or((None, None), |(person, hash)| (Some(person), hash));
    let doors = Doors::of(cx, tx.as_mut(), typed, person).await?;
    let admitted = doors.admit(cx, tx.as_mut()).await?;
    if let Attempt::Begins(id) = attempt {
        begin_sign_in::begin(cx, tx.as_mut(), id).await?;
    }
    match admitted {
        Ok(admitted) => {
            tx.commit().await?;
            Ok(Guess { doors, admitted, person, hash })
        }
        Err(WaitUntil(until)) => {
            record(cx, tx.as_mut(), refusal(person, "waiting")).await?;
            tx.commit().await?;
            Err(PasswordWrong::Wait(until))
        }
    }
}

/// Lets the attempt go on; false when she has another password by now than the one that was compared with.
async fn accept(cx: &Cx, id: FlowId, person: PersonId, guess: &Guess) -> Result<bool, PasswordWrong> {
    let mut tx = cx.house.store.begin("accept_password").await?;
    let mut flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let shown = sign_in.password_shown(person, cx.now).map_err(|_| PasswordWrong::NotNow)?;
    // Held steady until the commit: a new password that commits first is seen, one that comes later ends this flow.
    let Some(standing) = tx.standing_steady(person).await? else { return Ok(false) };
    if tx.password_hash(person).await? != guess.hash {
        return Ok(false);
    }
    flow.person = Some((person, standing.epoch()));
    guess.doors.right(cx, tx.as_mut()).await?;
    tx.save_flow(&flow.onward(About::SignIn(shown), cx.now)).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordAccepted, person)).await?;
    tx.commit().await?;
    Ok(true)
}

/// It was counted when it was admitted; here it is only told.
async fn refuse(cx: &Cx, guess: &Guess) -> Result<PasswordWrong, PasswordWrong> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    record(cx, tx.as_mut(), refusal(guess.person, "wrong")).await?;
    tx.commit().await?;
    let Admitted { wrong, pressure } = guess.admitted;
    match throttle::password_door(wrong, pressure, cx.now) {
        Ok(()) => Ok(PasswordWrong::Wrong { left: throttle::tries_left(wrong) }),
        Err(WaitUntil(until)) => Ok(PasswordWrong::Wait(until)),
    }
}

async fn take_back(cx: &Cx, guess: &Guess) -> Result<(), PasswordWrong> {
    let mut tx = cx.house.store.begin("take_back_password").await?;
    guess.doors.take_back(cx, tx.as_mut()).await?;
    tx.commit().await?;
    Ok(())
}

fn refusal(person: Option<PersonId>, why: &'static str) -> Entry {
    let entry =
        Entry::new(EventKind::SignInRefused, Actor::Unknown).fact("factor", "password").fact("why", why);
    person.into_iter().fold(entry, Entry::about)
}
