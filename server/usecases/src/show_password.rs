//! The first factor: user name and password, uniform for the known and the unknown.

use crate::begin_sign_in;
use crate::context::Cx;
use crate::doors::{Admitted, Doors, sources};
use crate::fault::Fault;
use crate::finish_sign_in::{Barred, SignedIn, admission, barred, begin_session};
use crate::flows::{self, NoFlow};
use crate::leaked_password::{Closed, close, grace};
use crate::ports::people::Lane;
use crate::ports::store::{PasswordShown, StoreFault};
use crate::record::{Entry, record, record_at_name};
use crate::strange_place::tell_of_strange_place;
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::flow::About;
use domain::ids::{FlowId, PersonId};
use domain::password::Password;
use domain::person::UserName;
use domain::sign_in::PasswordShown as Shown;
use domain::standing::Hold;
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
    /// The login is held; told only to who showed a key before, and to whose leaked password put the hold just now.
    #[error("the login is held")]
    Held(Hold),
    /// Her enrolment was never finished; likewise.
    #[error("the enrolment is not finished")]
    Unfinished,
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

impl From<Barred> for PasswordWrong {
    fn from(bar: Barred) -> Self {
        match bar {
            Barred::Held(hold) => Self::Held(hold),
            Barred::Epoch => NoFlow::Gone.into(),
            Barred::Unfinished => Self::Unfinished,
        }
    }
}

/// Shows the password: the first factor, or the second after a passkey that does not count alone; then she is signed in.
/// The doors that count wrong answers belong to account *and* source, or to account and a
/// browser that signed in before, so a stranger cannot spend the owner's tries.
pub async fn show_password(
    cx: &Cx,
    attempt: impl Into<Attempt>,
    user_name: &str,
    password: Password,
) -> Result<PasswordAccepted, PasswordWrong> {
    let attempt = attempt.into();
    let place = cx.house.hasher.place(lane(cx, user_name).await?).map_err(Fault::from)?;
    let guess = admit(cx, attempt, user_name).await?;
    // Looked up for every guess alike: how long it takes says nothing of whose it is.
    let leaked = cx.house.leaks.contains(&password);
    let right = match cx.house.hasher.verify(password, guess.hash.clone(), place).await {
        Ok(right) => right,
        Err(down) => {
            take_back(cx, &guess).await?;
            return Err(Fault::from(down).into());
        }
    };
    let Some(person) = guess.person.filter(|_| right) else { return Err(refuse(cx, &guess).await?) };
    match accept(cx, attempt.flow(), (person, leaked), &guess).await {
        Ok(Accepted::Right(accepted)) => Ok(accepted),
        Ok(Accepted::Barred(bar)) => Err(bar.into()),
        Ok(Accepted::Replaced) => Err(refuse(cx, &guess).await?),
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

/// What a right password led to.
#[derive(Clone, Debug)]
pub enum PasswordAccepted {
    /// It was the second factor: she is signed in.
    SignedIn(Box<SignedIn>),
    /// A second factor comes next.
    SecondNext {
        /// Whether she has any key, so that a key may be what is asked for.
        has_keys: bool,
    },
}

/// What became of a right password.
enum Accepted {
    /// The attempt goes on.
    Right(PasswordAccepted),
    /// It was right, and something else stands in the way.
    Barred(Barred),
    /// She has another one by now than the one that was compared with.
    Replaced,
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
    let doors = Doors::of(cx, typed, person)?;
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
            record_at_name(cx, tx.as_mut(), person, refusal("waiting")).await?;
            tx.commit().await?;
            Err(PasswordWrong::Wait(until))
        }
    }
}

/// Lets the attempt go on.
async fn accept(
    cx: &Cx,
    id: FlowId,
    (person, leaked): (PersonId, bool),
    guess: &Guess,
) -> Result<Accepted, PasswordWrong> {
    let mut tx = cx.house.store.begin("accept_password").await?;
    // Her row is held steady until the commit: a new password that commits first is seen, one that comes later ends this flow.
    let shown = tx.password_shown(id, person, &sources(cx, person).map_err(Fault::from)?).await?;
    let PasswordShown { flow, standing, hash, has_keys, elsewhere } = shown;
    let mut flow = flow.ok_or(NoFlow::Gone)?.usable(cx.browser, cx.now).map_err(NoFlow::from)?;
    let sign_in = flows::sign_in(&flow)?.clone();
    if sign_in.clone().password_shown(person, cx.now).is_err() {
        return Err(PasswordWrong::NotNow);
    }
    let Some(standing) = standing.filter(|_| hash == guess.hash) else { return Ok(Accepted::Replaced) };
    let until = if leaked { Some(grace(cx, tx.as_mut(), person).await?) } else { None };
    if until.is_some_and(|until| cx.now >= until) && standing.is_active() {
        drop(tx);
        return match close(cx, person, guess.hash.as_deref()).await? {
            Closed::Held(hold) => Err(PasswordWrong::Held(hold)),
            Closed::HeldOtherwise => Err(NoFlow::Gone.into()),
            Closed::Replaced => Ok(Accepted::Replaced),
        };
    }
    let sign_in = sign_in.leaked(until);
    let shown = sign_in.clone().password_shown(person, cx.now).map_err(|_| PasswordWrong::NotNow)?;
    guess.doors.right(cx, tx.as_mut()).await?;
    let entry = Entry::by(EventKind::PasswordAccepted, person);
    // Somebody who has her password and not the rest is news to her; of a login that is closed there is none.
    let is_half = matches!(shown, Shown::SecondNext(_));
    let entry = if is_half && standing.is_active() {
        tell_of_strange_place(cx, tx.as_mut(), (person, elsewhere), entry).await?
    } else {
        entry
    };
    record(cx, tx.as_mut(), entry).await?;
    let accepted = match shown {
        Shown::SecondNext(next) => {
            flow.person = Some((person, standing.epoch()));
            tx.save_flow(&flow.onward(About::SignIn(next), cx.now)).await?;
            Accepted::Right(PasswordAccepted::SecondNext { has_keys })
        }
        Shown::Enough(both) => {
            cx.house.outside.open()?;
            let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
            if let Some(bar) = barred(&flow, person, &admission) {
                record(cx, tx.as_mut(), refusal(bar.word()).about(person)).await?;
                Accepted::Barred(bar)
            } else {
                let signed =
                    begin_session(cx, tx.as_mut(), (flow, sign_in), &both, (&admission, None)).await?;
                Accepted::Right(PasswordAccepted::SignedIn(Box::new(signed)))
            }
        }
    };
    tx.commit().await?;
    Ok(accepted)
}

/// It was counted when it was admitted; here it is only told.
async fn refuse(cx: &Cx, guess: &Guess) -> Result<PasswordWrong, PasswordWrong> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    record_at_name(cx, tx.as_mut(), guess.person, refusal("wrong")).await?;
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

fn refusal(why: &'static str) -> Entry {
    Entry::new(EventKind::SignInRefused, Actor::Unknown).fact("factor", "password").fact("why", why)
}
